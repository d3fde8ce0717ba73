//! **convenor** runs multi-agency strategy discussions about children at risk.
pub mod app;
pub mod config;
pub mod domain;
pub mod rehearsal;
pub mod store;
pub mod wording;
pub mod workers;
