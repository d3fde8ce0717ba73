//! What must hold of what people are shown: the platform takes it, and the way out in danger is always there.

use std::collections::BTreeSet;

use convenor::room::Scene;
use convenor::room::message::{MESSAGE_CHARACTERS_MAX, Message, ROW_MAX, Row};
use proptest::prelude::*;

use super::play::{CONFIG, Play};

impl Play {
    /// The board fits into a message, and immediate danger is the last of its buttons at every stage (SAFE-01).
    pub fn check_board(&self) -> Result<(), TestCaseError> {
        let Some(case) = &self.case else { return Ok(()) };
        let Some(session) = case.session() else { return Ok(()) };
        let scene = Scene { case, rules: self.rules(), wording: &CONFIG.wording };
        let board = scene.board(session, self.now);
        check_fits(&board)?;
        let last = ids(&board).pop().unwrap_or_default();
        prop_assert!(last.starts_with("v1:danger:"), "at {:?} the last button is {last}", session.stage);
        Ok(())
    }

    /// Every post the last facts made in the room fits into a message.
    pub fn check_posts(&self) -> Result<(), TestCaseError> {
        let Some(case) = &self.case else { return Ok(()) };
        let scene = Scene { case, rules: self.rules(), wording: &CONFIG.wording };
        self.journal.iter().flat_map(|record| scene.posts(record)).try_for_each(|post| check_fits(&post))
    }
}

fn check_fits(message: &Message) -> Result<(), TestCaseError> {
    prop_assert!(message.text.chars().count() <= MESSAGE_CHARACTERS_MAX);
    prop_assert!(message.rows.len() <= ROW_MAX);
    let ids = ids(message);
    prop_assert!(ids.iter().all(|id| id.len() <= 100), "{ids:?}");
    prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    Ok(())
}

fn ids(message: &Message) -> Vec<String> {
    let of_row = |row: &Row| match row {
        Row::Buttons(buttons) => buttons.iter().map(|button| button.id.clone()).collect(),
        Row::Select(select) => vec![select.id.clone()],
    };
    message.rows.iter().flat_map(of_row).collect()
}
