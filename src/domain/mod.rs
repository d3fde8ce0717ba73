//! The core: what a strategy discussion is and what its rules are.
//!
//! Pure. Nothing here waits, reads a clock, draws a random number, logs, or knows of a chat platform or a
//! database; time and chance are arguments. To read it: `command` and `event` say what can be asked and what
//! can happen, `decide` holds the rules between the two, `case` and `session` what is known.

pub mod adjournment;
pub mod agenda;
pub mod agreement;
pub mod alert;
pub mod amendment;
pub mod apply;
pub mod attendance;
pub mod calendar;
pub mod case;
pub mod chairing;
pub mod code_name;
pub mod command;
pub mod deadlines;
pub mod decide;
pub mod decided;
pub mod decision;
pub mod directory;
pub mod drift;
pub mod due;
pub mod duty;
pub mod edition;
pub mod enquiry;
pub mod event;
pub mod facts;
pub mod family;
pub mod finding_out;
pub mod floor;
pub mod gaps;
pub mod gist;
pub mod handover;
pub mod hearing;
pub mod ids;
pub mod issuing;
pub mod item_zero;
pub mod knowing;
pub mod late;
pub mod limits;
pub mod link;
pub mod open_items;
pub mod people;
pub mod positions;
pub mod procedure;
pub mod prompt;
pub mod proposal;
pub mod protection;
pub mod provisional;
pub mod purpose;
pub mod question_time;
pub mod quorum;
pub mod readiness;
pub mod recipients;
pub mod referral;
pub mod refusal;
pub mod request;
pub mod schooling;
pub mod session;
pub mod silence;
pub mod spoken;
pub mod stage;
pub mod suggestion;
mod support;
pub mod timer;
pub mod withholding;
