//! The record as one accessible PDF, with the record's JSON inside it (MIN-27).
//!
//! [`Printer`] is what the rest of the program sees: it hands a record and a template to a process that does nothing
//! else ([`child`]) and takes back the bytes, or one of a few reasons why there are none. The engine that sets the type is
//! large, and the text it sets is anybody's: out there a panic, a loop or a document without end costs a PDF and
//! nothing else.
//!
//! Nothing here knows a case, a clock, a file or the network. The template (`bot-config/minutes.typ`) gets the record
//! as data; nothing in it is ever run. The same record, template and date give the same bytes.
//!
//! To add a script that people's names are written in: its face in `assets/fonts` with its licence, and its line in
//! [`fonts`].

#[cfg(feature = "pdf")]
pub mod child;
#[cfg(feature = "pdf")]
mod fonts;
mod printer;
mod process;
#[cfg(feature = "pdf")]
mod render;
#[cfg(feature = "pdf")]
mod sanitise;
#[cfg(feature = "pdf")]
mod world;

pub use printer::{Limits, PrintError, Printer};
pub use process::Job;
#[cfg(feature = "pdf")]
pub use render::{RenderError, render};

/// What stands wrong in a template's syntax, each with its line; nothing is found where nothing can be printed.
pub fn slips(template: &str) -> Vec<(usize, String)> {
    #[cfg(feature = "pdf")]
    return render::slips(template);
    #[cfg(not(feature = "pdf"))]
    {
        let _ = template;
        Vec::new()
    }
}
