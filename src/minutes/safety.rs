//! Item zero: each time it was asked, a line a child, with the time of the answer (SAFE-04).

use super::document::{Block, Piece};
use super::prompts;
use super::reading::Reading;
use crate::domain::decision::Draft;
use crate::domain::ids::ChildId;
use crate::domain::item_zero::{self, Asking};
use crate::domain::open_items::abouts;
use crate::domain::prompt::{About, Answer, Prompt};

/// The opening first, then each adjournment, then the close; an answer put right later stands beside the one before.
pub(super) fn item_zero(reading: &Reading<'_>) -> Vec<Block> {
    let (Some(session), Some(prompt)) = (reading.session, item_zero::prompt(reading.rules)) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut drafts: Vec<&Draft> = Vec::new();
    for (asking, given) in item_zero::answers(session) {
        drafts.extend(given.iter().map(|(draft, _)| *draft));
        rows.extend(rows_of(reading, prompt, asking, &given));
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![reading.table("item_zero", &["child", "asked_at", "safe", "with_whom", "time"], rows)];
    blocks.extend(prompts::entered_by(reading, &drafts).into_iter().map(Block::paragraph));
    blocks
}

fn rows_of(reading: &Reading<'_>, prompt: &Prompt, asking: Asking, given: &[(&Draft, &Answer)]) -> Vec<Vec<Piece>> {
    let children = abouts(prompt, reading.case).into_iter();
    let rows = children.flat_map(|about| {
        let own: Vec<_> = given.iter().filter(|(_, answer)| answer.about == about).collect();
        let answers: Vec<_> =
            own.into_iter().map(|(draft, answer)| row(reading, prompt, asking, about, Some((draft, answer)))).collect();
        if answers.is_empty() { vec![row(reading, prompt, asking, about, None)] } else { answers }
    });
    rows.collect()
}

fn row(
    reading: &Reading<'_>,
    prompt: &Prompt,
    asking: Asking,
    about: About,
    given: Option<(&Draft, &Answer)>,
) -> Vec<Piece> {
    let part = |key: &str| {
        let said = given.and_then(|(_, answer)| answer.fields.get(key)).filter(|said| !said.is_empty());
        said.and_then(|said| Some(prompts::value(reading, prompt.field(key)?, said)))
    };
    let not_answered = || reading.label("not_answered").into();
    vec![
        child(reading, about),
        reading.choice("asked", asking.occasion.code()).into(),
        part("safe").unwrap_or_else(not_answered),
        part("with_whom").unwrap_or_else(not_answered),
        given.map_or_else(|| reading.at(asking.at), |(draft, _)| reading.at(draft.entered_at)).into(),
    ]
}

fn child(reading: &Reading<'_>, about: About) -> Piece {
    match about {
        About::Child(child) => reading.child(child),
        About::Session => reading.label("the_session").into(),
    }
}

/// The last answer about a child, with when it was given.
pub(super) fn last<'a>(reading: &Reading<'a>, child: ChildId) -> Option<(&'a Draft, &'a Answer)> {
    let given = item_zero::answers(reading.session?).flat_map(|(_, given)| given);
    given.filter(|(_, answer)| answer.about == About::Child(child)).last()
}
