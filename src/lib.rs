//! **convenor** runs multi-agency strategy discussions about children at risk.
pub mod discord;
