//! **convenor** runs multi-agency strategy discussions about children at risk.
//!
//! Read `domain` first: what can be asked (`command`), what can happen (`event`), and the rules between (`decide`).
//! Then `app::execute`, the one way anything is recorded; `forms::rows`, all that people can do; `room` and `minutes`,
//! what they see and get. `docs/ARCHITECTURE.md` says how they meet.

pub mod app;
pub mod audit;
pub mod bot;
pub mod commands;
pub mod config;
pub mod discord;
pub mod domain;
pub mod forms;
pub mod mail;
pub mod minutes;
pub mod pdf;
pub mod rehearsal;
pub mod room;
pub mod store;
pub mod wording;
pub mod workers;
