//! The sessions of one case as one history, for one reader: when each was held and by whom, what it decided, and the
//! actions that are still open (REV-06). Of a session they may not read, that it was held.

use minijinja::context;

use crate::domain::calendar;
use crate::domain::decision::{Draft, Entry};
use crate::domain::further::{open_actions, session_of_action};
use crate::domain::history::may_read;
use crate::domain::ids::{ActionNo, SeatId};
use crate::domain::session::Session;
use crate::domain::stage::Stage;

use super::Scene;

impl Scene<'_> {
    /// Oldest session first, then what is still to be done.
    pub fn history(&self, seat: SeatId) -> String {
        // While a session lasts, somebody who came late sees no further back (SES-13); its record is whole.
        let is_over = self.case.session().is_none_or(|last| last.stage >= Stage::Closed);
        let case = if is_over { self.case.as_read_by(Some(seat)) } else { self.case.as_seen_by(seat) };
        let readable = Scene { case: &case, ..*self };
        let sessions = case.sessions.iter().map(|session| {
            // Who may read it is asked of the whole case: a circulation says so, whatever is limited in it.
            if may_read(self.case, session, seat) { readable.told(session) } else { readable.not_told(session) }
        });
        let actions: Vec<_> = readable.open_to(seat).into_iter().map(|no| readable.action_in_brief(no)).collect();
        let actions = self.wording.say("history.actions", context! { actions });
        sessions.chain([actions]).collect::<Vec<_>>().join("\n\n")
    }

    /// Open actions of the sessions somebody may read, and their own.
    fn open_to(&self, seat: SeatId) -> Vec<ActionNo> {
        let is_open_to = |no: &ActionNo| {
            let session = session_of_action(self.case, *no).and_then(|no| self.case.session_no(no));
            let is_own = self.case.action(*no).is_some_and(|action| action.entered.owner == Some(seat));
            is_own || session.is_some_and(|session| may_read(self.case, session, seat))
        };
        open_actions(self.case).into_iter().filter(is_open_to).collect()
    }

    fn told(&self, session: &Session) -> String {
        let confirmed: Vec<_> = session.standing().filter(|draft| draft.confirmed.is_some()).collect();
        let is_section_47 = |draft: &&&Draft| matches!(draft.entry, Entry::Section47(_));
        let is_outcome = |draft: &&&Draft| matches!(draft.entry, Entry::Outcome(_));
        let section_47 = confirmed.iter().rfind(is_section_47).map(|draft| self.entry(&draft.entry));
        let outcomes: Vec<_> = confirmed.iter().filter(is_outcome).map(|draft| self.entry(&draft.entry)).collect();
        let sent = session.circulation.first().map(|(_, at, _)| calendar::date(*at));
        self.wording.say(
            "history.session",
            context! {
                n => session.no.0, form => self.label(session.form), held => session.held_at().map(calendar::both),
                was_opened => session.opened_at.is_some(), is_over => session.closed_at.is_some(),
                chair => session.chair().map(|seat| self.person(seat)), section_47, outcomes,
                version => session.draft_version, sent,
            },
        )
    }

    fn not_told(&self, session: &Session) -> String {
        let held = session.held_at().map(calendar::both);
        self.wording.say("history.not_yours", context! { n => session.no.0, form => self.label(session.form), held })
    }
}
