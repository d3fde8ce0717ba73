//! The one integration-test binary: a file per subject.

mod courier;
mod gateway;
mod referral;
mod rehearsal;
mod sequences;
mod store;
mod support;
mod tidy;
mod workspace;
