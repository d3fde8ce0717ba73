//! The room: what each seat may see of a case, as values. The chat channel shows them; so can any other surface.
//!
//! Pure. A person outside the door sees nothing made here but the card, the look-up sheet after acceptance, and
//! the door's question.

mod actions;
mod agenda;
mod asked;
pub mod board;
mod call;
pub mod card;
pub mod challenges;
pub mod clocks;
mod conduct;
mod crossing;
mod danger;
mod decided;
mod digest;
mod door;
mod drafts;
pub mod entries;
pub mod family;
mod family_draft;
mod further;
mod gists;
mod handing_on;
mod history;
pub mod invited;
pub mod issuing;
mod limits;
pub mod message;
pub mod names;
pub mod paging;
mod positions;
pub mod posts;
pub mod press;
pub mod readiness;
pub mod request;
pub mod reviewing;
pub mod view;

use crate::domain::case::Case;
use crate::domain::facts::Rules;
use crate::domain::ids::CodeName;
use crate::wording::Wording;

use press::Press;

/// A case, the rules it runs under, and the words to show it in.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub case: &'a Case,
    pub rules: Rules<'a>,
    pub wording: &'a Wording,
}

impl Scene<'_> {
    /// A press on a button of this case.
    pub fn press(&self, row: &str) -> Press {
        Press::new(row, self.code_name())
    }

    pub fn code_name(&self) -> &CodeName {
        &self.case.code_name
    }
}
