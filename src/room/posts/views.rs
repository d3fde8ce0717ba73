//! What each agency thinks of the same thing: one by one as it comes, or all together where the chair chose so (RISK-04).

use std::collections::BTreeSet;

use minijinja::context;

use crate::domain::decision::{Draft, Entry};
use crate::domain::prompt::{Answer, AskedOf};
use crate::domain::provisional::{LEVEL, level_of};
use crate::domain::session::Session;
use crate::room::Scene;
use crate::room::message::{Button, Message};

impl Scene<'_> {
    /// Whether an entry is an agency's own view, which needs nobody's word.
    pub(super) fn is_view(&self, draft: &Draft) -> bool {
        self.view(draft).is_some()
    }

    fn view<'d>(&self, draft: &'d Draft) -> Option<&'d Answer> {
        let Entry::Answer(answer) = &draft.entry else { return None };
        let prompt = self.rules.catalogue.prompt(&answer.prompt)?;
        (prompt.asked_of == AskedOf::EachAgency).then_some(answer)
    }

    /// These views, with a way to disagree where the agencies' levels differ; nothing while they are kept unseen.
    pub(super) fn views(&self, session: &Session, drafts: &[&Draft]) -> Vec<Message> {
        if session.views_hidden || drafts.is_empty() {
            return Vec::new();
        }
        let lines: Vec<_> = drafts.iter().map(|draft| self.view_line(draft)).collect();
        let standing = session.standing().filter_map(|draft| Some((draft, self.view(draft)?)));
        let levels = standing.filter_map(|(draft, answer)| {
            let level = self.value_of(&answer.prompt, LEVEL, level_of(answer)?);
            Some((self.case.person(draft.entered_by).agency.clone(), level))
        });
        let levels: Vec<_> = levels.collect();
        let differ = levels.iter().map(|(_, level)| level).collect::<BTreeSet<_>>().len() > 1;
        let spread: Vec<_> = levels.iter().map(|(agency, level)| format!("{agency}: {level}")).collect();
        let spread = if differ { spread } else { Vec::new() };
        let text = self.wording.say("room.views", context! { views => lines, spread => spread });
        let mut posts = self.long(&text);
        if let Some(last) = posts.pop() {
            let challenge = differ.then(|| Button::new(&self.press("challenge"), self.wording));
            posts.push(last.with_buttons(challenge.into_iter().collect()));
        }
        posts
    }

    /// Everything that was kept unseen.
    pub(super) fn views_shown(&self, session: &Session) -> Vec<Message> {
        let views: Vec<_> = session.standing().filter(|draft| self.is_view(draft)).collect();
        self.views(session, &views)
    }

    fn view_line(&self, draft: &Draft) -> String {
        let who = self.person(draft.entered_by);
        self.wording.say("room.view", context! { who => who, entry => self.entry(&draft.entry) })
    }
}
