//! The application: one write path from a request to a committed decision.
pub mod effect;
pub mod ports;
