//! Discord: the only place that knows it. What people do comes in here as values, and effects go out.
//!
//! It decides nothing. Nothing a person said is logged here.

pub mod answering;
mod body;
pub mod carrier;
mod case_channel;
pub mod courier;
pub mod gateway;
pub mod guild;
pub mod interaction;
pub mod notices;
pub mod permissions;
pub mod read;
pub mod registration;
