//! What those who look at records from outside are shown. That they looked is recorded first, as a fact of the case.

use minijinja::context;

use crate::audit::{self, Sitting};
use crate::domain::audit::Viewed;
use crate::domain::event::Event;
use crate::minutes;
use crate::room::Scene;
use crate::room::message::{Button, MESSAGE_CHARACTERS_MAX, Message, parts};
use crate::room::press::Press;
use crate::wording::Wording;

use super::asking::Asked;
use super::execute::{App, Loaded};

/// Room on a page for the line that says which of how many it is.
const PAGE_LINE_MAX: usize = 100;

impl App {
    /// One case's sheet, its questions to learn from, or its log.
    pub(super) fn audited(&self, scene: &Scene<'_>, loaded: &Loaded, asked: &Asked, event: &Event) -> Message {
        let Event::AuditViewed { session, viewed } = event else { return Message::default() };
        let wording = scene.wording;
        let sitting = session.and_then(|no| Sitting::of(&loaded.journal, no, scene.rules, self.now()));
        let paper = match (viewed, &sitting) {
            (Viewed::Learning, Some(sitting)) => audit::learning(sitting, wording),
            (_, Some(sitting)) => audit::sheet(sitting, wording),
            (_, None) => return Message::default(),
        };
        let press = scene.press(asked.row.key);
        let press = session.iter().fold(press, |press, no| press.with("session", no));
        let mut page = page(&minutes::markdown(&paper), &press, asked, wording);
        if let (Viewed::Sheet, Some(no)) = (viewed, session) {
            page = page.with_buttons(vec![Button::new(&scene.press("judge").with("session", no), wording)]);
        }
        page
    }
}

/// The part of a long text that is asked for, with a button for the next.
fn page(text: &str, press: &Press, asked: &Asked, wording: &Wording) -> Message {
    let parts = parts(text, MESSAGE_CHARACTERS_MAX - PAGE_LINE_MAX);
    let n = asked.answers.get("part").and_then(|part| part.parse().ok()).unwrap_or(1_usize);
    let text = parts.get(n.saturating_sub(1)).cloned().unwrap_or_default();
    let of = parts.len();
    let next = (n < of).then(|| {
        let label = wording.say("handover.part", context! { n => n + 1 });
        Button::labelled(&press.clone().with("part", n + 1), label)
    });
    Message::text(wording.say("audit.page", context! { text, n, of })).with_buttons(next.into_iter().collect())
}
