//! What follows from limits: the room hears nothing of what is limited, and its readers are told that there is something
//! for them (SEC-05).

use crate::domain::case::Case;
use crate::domain::event::{Event, Record};
use crate::domain::limits::Item;
use crate::room::Scene;

use super::Plan;

/// A fact whose words are for some readers only.
pub(super) fn is_limited(case: &Case, record: &Record) -> bool {
    let item = match &record.event {
        Event::Contributed { contribution } => Item::Contribution(contribution.id),
        Event::WordsCorrected { contribution, .. } => Item::Contribution(*contribution),
        Event::QuestionAnswered { question, .. } => Item::Answer(*question),
        _ => return false,
    };
    case.session().is_some_and(|session| session.limits.contains_key(&item) || case.is_held(session.no, item))
}

impl Plan {
    pub(super) fn limited(&mut self, scene: &Scene<'_>, record: &Record) {
        let Some(session) = scene.case.session() else { return };
        match &record.event {
            // Its readers are told once it is held no longer.
            Event::Limited { item, .. } if scene.case.is_held(session.no, *item) => {}
            // Narrowed later, it has been told to whoever still reads it.
            Event::Limited { item, .. } if session.limits.get(item).is_some_and(|limit| limit.readers.len() > 1) => {}
            Event::Limited { item, .. } | Event::LimitChanged { item, readers: Some(_) } => {
                let readers = session.readers_of(scene.case, *item);
                self.tell_each(scene, readers.into_iter(), &scene.limited_told());
            }
            Event::WideningAsked { item, readers } => {
                let originator = session.limits.get(item).map(|limit| limit.originator);
                let question = scene.widening_question(*item, readers.as_ref());
                self.tell_each(scene, originator.into_iter(), &question);
            }
            _ => {}
        }
    }
}
