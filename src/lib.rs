//! **convenor** runs multi-agency strategy discussions about children at risk.
pub mod app;
pub mod bot;
pub mod commands;
pub mod config;
pub mod discord;
pub mod domain;
pub mod forms;
pub mod minutes;
pub mod pdf;
pub mod rehearsal;
pub mod room;
pub mod store;
pub mod wording;
pub mod workers;
