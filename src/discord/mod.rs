//! Discord, and the only place that knows it: what comes in (`gateway`, `interaction`) and what goes out (`courier`).
//!
//! It must never decide anything about a case, and never log what a person wrote or who they are.

pub mod courier;
pub mod gateway;
pub mod interaction;
