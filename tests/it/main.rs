//! The one integration-test binary: a file per subject.

mod courier;
mod door;
mod gateway;
mod questions;
mod referral;
mod rehearsal;
mod sequences;
mod sharing;
mod store;
mod support;
mod tidy;
mod workspace;
