//! The people of a case, who act only as people can: by commands, buttons, selects and modals of the chat.
//!
//! A case file is read ([`case_file`]), turned into who does what and when ([`script`], kept in a
//! [`playbook::Playbook`]), and played by [`company::Company`], one scene at a time. Nothing a case expects is known here.

pub mod answers;
pub mod case_file;
pub mod case_parts;
pub mod clock;
pub mod company;
pub mod forms;
pub mod playbook;
pub mod scenes;
pub mod script;
pub mod setting;
