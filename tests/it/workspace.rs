//! The rehearsal workspace, driven by the real serenity client and by plain requests.

mod answers;
mod bench;
mod faults;
mod gateway;
mod limits;
mod people;
mod permissions;
mod requests;
