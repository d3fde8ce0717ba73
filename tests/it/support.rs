//! A discussion house: the real bot, a store of its own, the in-process platform, and a small company who act as people
//! do. Tests speak through them and read what they see.
//!
//! Every deed waits until the bot is idle; nothing sleeps, every wait has an end, and the clock stands still until a
//! test moves it. A test ends with `house.close()`, which fails on anything left over.

pub mod child;
mod company;
mod family_copy;
mod house;
pub mod live_play;
pub mod mail_server;
mod member;
pub mod plays;
pub mod postgres;
mod stages;

pub use child::{Ended, Place};
pub use company::{CASE_WORDS, Cast};
pub use house::{House, PROCEDURES};
pub use mail_server::MailServer;
pub use member::{Got, Member};

/// A section of the minutes, by how its heading begins.
pub fn section(minutes: &str, heading: &str) -> String {
    let found = minutes.split("\n## ").find(|section| section.starts_with(heading));
    found.unwrap_or_else(|| panic!("the minutes have a section {heading}")).to_owned()
}
