//! Who must and who should be there, as whoever convenes or chairs sees it: the minimum line by line, each proposal with
//! what became of it, and who knows the child.

use minijinja::context;

use crate::domain::floor::Whose;
use crate::domain::knowing::{self, QUESTIONS};
use crate::domain::proposal::{Cause, capitalised};
use crate::domain::quorum::Gap;
use crate::domain::readiness::{self, Answer, Line, LineState, Proposed};
use crate::domain::session::Session;
use crate::domain::stage::Stage;

use super::Scene;
use super::message::{Button, Message};

/// How many proposals have buttons of their own at a time, two each; a message holds 25 buttons.
const ANSWERED_AT_ONCE: usize = 11;

impl Scene<'_> {
    /// The whole of it, with a way to answer each line.
    pub fn readiness(&self, session: &Session) -> Message {
        let lines = readiness::lines(self.case, session, self.rules.procedure);
        let proposed = readiness::proposals(self.case, session, &self.rules);
        let lines: Vec<_> = lines.iter().map(|line| self.line_of_the_minimum(line)).collect();
        let said: Vec<_> = proposed.iter().map(|one| self.proposed(one)).collect();
        let text = self.wording.say(
            "ready.text",
            context! {
                code_name => self.code_name().to_string(), label => self.label(session.form), lines => lines,
                proposals => said, knowing => self.knowing(session),
            },
        );
        let unanswered = proposed.iter().filter(|one| {
            matches!(one.answer, Answer::Unanswered | Answer::NotNeeded(None)) && session.stage < Stage::Circulated
        });
        let mut buttons: Vec<_> =
            unanswered.take(ANSWERED_AT_ONCE).flat_map(|one| self.ways_to_answer(session, one)).collect();
        buttons.extend(self.who_knows(session));
        Message::text(text.trim()).with_buttons(buttons)
    }

    /// The only one marked as knowing the child is not coming, or has gone; nobody is named (INV-16).
    pub fn last_knowing_gone(&self) -> Message {
        Message::text(
            self.wording.say("ready.last_knowing_gone", context! { code_name => self.code_name().to_string() }),
        )
    }

    fn line_of_the_minimum(&self, line: &Line) -> String {
        let key = match (line.state, line.gap) {
            (LineState::Missing, _) => "ready.line_missing",
            (_, Some(Gap::SchoolClosed)) => "ready.line_school_closed",
            (LineState::Met, None) => "ready.line_met",
            (LineState::Planned, None) => "ready.line_planned",
        };
        self.wording.say(key, context! { label => capitalised(&line.label), who => self.each(&line.by) })
    }

    fn proposed(&self, proposed: &Proposed<'_>) -> String {
        let because: Vec<_> = proposed
            .because
            .iter()
            .map(|cause| self.wording.say(&format!("ready.{}", cause.key()), context! { who => self.flagged(cause) }))
            .filter(|because| !because.is_empty())
            .collect();
        let (invited, not_needed, reason) = match &proposed.answer {
            Answer::Invited(who) => (self.each(who), false, None),
            Answer::NotNeeded(reason) => (Vec::new(), true, reason.map(|reason| reason.words())),
            Answer::Unanswered => (Vec::new(), false, None),
        };
        let label = proposed.proposal.role();
        self.wording.say("ready.proposal", context! { label, because, invited, not_needed, reason })
    }

    /// The adults who bring a proposal up, each with what was flagged.
    fn flagged(&self, cause: &Cause) -> Vec<String> {
        let Cause::Adult(code) = cause else { return Vec::new() };
        let flagged = self.case.adults.iter().filter(|adult| adult.difficulties.contains(code));
        flagged.map(|adult| adult.name.words().to_owned()).collect()
    }

    fn each(&self, who: &[Whose]) -> Vec<String> {
        who.iter().map(|whose| self.whose(*whose)).collect()
    }

    fn knowing(&self, session: &Session) -> String {
        let expected = knowing::expected(self.case, session);
        if expected.is_empty() {
            return self.wording.say("ready.nobody_knows", ());
        }
        self.wording.say("ready.knowing", context! { who => self.each(&expected) })
    }

    /// Invite, or say why not; nobody is invited any more once the session closed.
    fn ways_to_answer(&self, session: &Session, proposed: &Proposed<'_>) -> Vec<Button> {
        let invite = (session.stage < Stage::Closed).then_some("invite_proposed");
        let button = |row: &str| {
            let press = self.press(row).with("proposal", &proposed.proposal.key);
            let label = format!("{}: {}", self.wording.say(&format!("button.{row}"), ()), proposed.proposal.label);
            Button::labelled(&press, label)
        };
        invite.into_iter().chain(["not_needed"]).map(button).collect()
    }

    /// The question of this stage who knows the child.
    fn who_knows(&self, session: &Session) -> Option<Button> {
        let due = QUESTIONS.iter().rev().filter_map(|key| self.rules.catalogue.prompt(key));
        let prompt = due.into_iter().find(|prompt| prompt.stage <= session.stage)?;
        let is_recordable = self.rules.procedure.level(&prompt.key).is_recordable();
        let press = self.press("prompt").with("prompt", &prompt.key);
        is_recordable.then(|| Button::labelled(&press, prompt.title.clone()))
    }
}
