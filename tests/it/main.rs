//! The one integration-test binary: a file per subject.

mod agenda;
mod chairing;
mod channels;
mod closing;
mod convening;
mod courier;
mod deadline;
mod deciding;
mod door;
mod drift;
mod form_of_session;
mod gateway;
mod opening;
#[cfg(feature = "pdf")]
mod pdf;
mod protocol;
mod questions;
mod readiness;
mod record;
mod referral;
mod rehearsal;
mod requests;
mod restarts;
mod room;
mod safety;
mod sentences;
mod sequences;
mod serve;
mod sessions;
mod sharing;
mod store;
mod support;
mod surface;
mod tidy;
mod timing;
mod workspace;
