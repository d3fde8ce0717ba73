//! **convenor** runs multi-agency strategy discussions about children at risk.
pub mod app;
pub mod domain;
pub mod store;
pub mod workers;
