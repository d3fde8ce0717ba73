//! Rehearsing on one machine, without an account anywhere: a product feature and the test bench in one.

pub mod workspace;
