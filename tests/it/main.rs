//! The one integration-test binary: a file per subject.

mod courier;
mod gateway;
mod rehearsal;
mod store;
mod tidy;
mod workspace;
