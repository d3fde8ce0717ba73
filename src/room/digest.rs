//! Everything that was shared, drawn together before the risk is weighed: a few lines for the room, the whole by agency
//! for whoever asks (INFO-26).

use minijinja::context;

use crate::domain::floor::{Contribution, Release, Whose};
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, parts};

/// Somebody whose information the session has, with all of it; without any where they said that nothing is held.
struct Contributor<'a> {
    who: String,
    agency: String,
    shared: Vec<&'a Contribution>,
}

impl Scene<'_> {
    /// How much there is, from whom, and a button to the whole; three lines at most.
    pub(super) fn digest(&self, session: &Session) -> Message {
        let mut agencies: Vec<String> = Vec::new();
        for Contributor { agency, .. } in self.contributors(session) {
            if !agencies.contains(&agency) {
                agencies.push(agency);
            }
        }
        let values = context! {
            contributions => session.contributions.len(), agencies => agencies,
            questions => session.open_questions().count(),
        };
        let whole = Button::new(&self.press("digest"), self.wording).styled(ButtonStyle::Main);
        Message::text(self.wording.say("room.stage_risk", values)).with_buttons(vec![whole])
    }

    /// A part of the whole, from 1: every contributor once, in the order of the round.
    pub fn digest_part(&self, session: &Session, part: usize) -> Message {
        let entries: Vec<_> =
            self.contributors(session).iter().map(|contributor| self.digest_entry(contributor)).collect();
        let heading = |part: usize, of: usize| {
            self.wording
                .say("view.digest", context! { code_name => self.code_name().to_string(), part => part, of => of })
        };
        let room = MESSAGE_CHARACTERS_MAX - heading(999, 999).chars().count() - 2;
        let texts = parts(&entries.join("\n\n"), room);
        let at = part.clamp(1, texts.len().max(1));
        let text = texts.get(at - 1).map(String::as_str).unwrap_or_default();
        let more = (at < texts.len()).then(|| {
            let press = self.press("digest").with("part", at + 1);
            Button::labelled(&press, self.wording.say("view.digest_more", ()))
        });
        let heading = heading(at, texts.len());
        Message::text(format!("{heading}\n\n{text}").trim_end()).with_buttons(more.into_iter().collect())
    }

    fn digest_entry(&self, contributor: &Contributor<'_>) -> String {
        let shared: Vec<_> =
            contributor.shared.iter().map(|shared| (self.mode(shared), self.said_in(shared))).collect();
        self.wording.say("view.digest_entry", context! { who => &contributor.who, shared => shared })
    }

    fn contributors<'a>(&self, session: &'a Session) -> Vec<Contributor<'a>> {
        let all = || session.contributions.iter().map(|(contribution, _)| contribution);
        let mut contributors: Vec<Contributor<'a>> = Vec::new();
        let mut add = |who: String, agency: String, shared: Option<&'a Contribution>| match contributors
            .iter_mut()
            .find(|known| known.who == who)
        {
            Some(known) => known.shared.extend(shared),
            None => contributors.push(Contributor { who, agency, shared: shared.into_iter().collect() }),
        };
        for state in &session.turns {
            for shared in all().filter(|shared| shared.turn == Some(state.turn.id)) {
                let (who, agency) = self.speaker(session, shared);
                add(who, agency, Some(shared));
            }
            if let (Some(Release::NothingHeld), Whose::Seat(seat)) = (&state.ended, state.turn.whose) {
                add(self.person(seat), self.case.person(seat).agency.clone(), None);
            }
        }
        let is_outside = |shared: &&Contribution| shared.turn.is_none_or(|turn| session.turn(turn).is_none());
        for shared in all().filter(is_outside) {
            let (who, agency) = self.speaker(session, shared);
            add(who, agency, Some(shared));
        }
        contributors
    }

    /// Whose information it is, and of which agency.
    fn speaker(&self, session: &Session, shared: &Contribution) -> (String, String) {
        match self.case.partner(session, shared) {
            None => (self.person(shared.seat), self.case.person(shared.seat).agency.clone()),
            Some((name, role, agency)) => {
                let known: Vec<_> = name.into_iter().chain([role, agency]).filter(|part| !part.is_empty()).collect();
                (known.join(", "), agency.to_owned())
            }
        }
    }
}
