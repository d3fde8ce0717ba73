//! What a turn asks for, and what the round left unanswered.

use minijinja::context;

use crate::domain::event::{Event, Record};
use crate::domain::floor::{Mode, Whose};
use crate::domain::gaps::{Gap, HISTORY, asked_of, gaps, kind_of, shown, still_to_say};
use crate::domain::ids::DraftId;
use crate::domain::open_items::records_criminal_investigation;
use crate::domain::procedure::Level;
use crate::domain::prompt::{Condition, Prompt};
use crate::domain::session::Session;
use crate::domain::stage::Stage;
use crate::room::Scene;
use crate::room::message::{Button, Message};

impl Scene<'_> {
    /// What whoever has the floor is asked (INFO-12).
    pub(super) fn asked_of(&self, session: &Session, whose: Whose) -> String {
        let asked = asked_of(self.case, session, &self.rules, kind_of(self.case, whose)).into_iter();
        let asked = asked.filter(|prompt| self.rules.procedure.level(&prompt.key).is_asked());
        let titles: Vec<_> = asked.map(|prompt| prompt.title.clone()).collect();
        self.wording.say("room.floor_asked", context! { asked => titles })
    }

    /// Before the risk is weighed: what nobody answered of what the procedure insists on, and of what health is asked in
    /// every procedure, with a button for each (INFO-13, INFO-17).
    pub(super) fn gaps(&self, session: &Session, stage: Stage) -> Vec<Message> {
        let gaps = shown(self.case, session, &self.rules);
        if stage != Stage::Risk || gaps.is_empty() {
            return Vec::new();
        }
        let lines: Vec<_> = gaps.iter().map(|gap| format!("{}: {}", self.gap(gap), self.whose(gap.whose))).collect();
        let buttons = gaps.iter().filter_map(|gap| self.gap_button(gap)).collect();
        let text = self.wording.say("room.gaps", context! { gaps => lines });
        Message::text(text).with_buttons(buttons).in_parts()
    }

    /// A criminal investigation was decided after the round: its officers are asked now what they would have been asked in
    /// their turn (INFO-22).
    pub(super) fn police_asked(&self, session: &Session, drafts: &[DraftId]) -> Option<Message> {
        let mut confirmed = session.drafts.iter().filter(|draft| drafts.contains(&draft.id) && !draft.replaced);
        if !confirmed.any(|draft| records_criminal_investigation(&draft.entry, self.rules.procedure)) {
            return None;
        }
        let of_it = |level: Level, prompt: Option<&Prompt>| {
            level < Level::Off && prompt.is_some_and(|prompt| prompt.when == Condition::CriminalInvestigation)
        };
        let gaps = gaps(self.case, session, &self.rules, of_it);
        let questions: Vec<_> = gaps.iter().filter_map(|gap| Some(gap.prompt?.question.clone())).collect();
        let officers = gaps.iter().filter_map(|gap| match gap.whose {
            Whose::Seat(seat) => Some(seat),
            Whose::Invitation(_) => None,
        });
        let officers = self.accounts(officers);
        let mentions: Vec<_> = officers.iter().map(|officer| format!("<@{officer}>")).collect();
        let text = self.wording.say("room.police_asked", context! { mentions, questions });
        let message = Message::text(text).notifying(officers);
        let buttons: Vec<_> = gaps.iter().filter_map(|gap| self.gap_button(gap)).collect();
        (!buttons.is_empty()).then(|| message.with_buttons(buttons))
    }

    /// Under what somebody shared: what else their turn asks, and nobody has said (INFO-17 to INFO-21).
    pub fn still_to_say(&self, record: &Record) -> Vec<Button> {
        let Event::Contributed { contribution } = &record.event else { return Vec::new() };
        let Some(session) = self.case.session().filter(|_| contribution.mode == Mode::Live) else { return Vec::new() };
        let turn = contribution.turn.and_then(|turn| session.turn(turn)).filter(|turn| turn.ended.is_none());
        let prompts = turn.map(|turn| still_to_say(self.case, session, &self.rules, turn)).unwrap_or_default();
        let entered_for = contribution.entered_by.map(|_| format!("s{}", contribution.seat));
        let button = |prompt: &Prompt| {
            let press = self.press("part").with("prompt", &prompt.key);
            let press = entered_for.iter().fold(press, |press, seat| press.with("for", seat));
            Button::labelled(&press, prompt.title.clone())
        };
        prompts.into_iter().map(button).collect()
    }

    fn gap(&self, gap: &Gap<'_>) -> String {
        let title = gap.prompt.map_or_else(|| self.label_of(HISTORY), |prompt| prompt.title.clone());
        let missing: Vec<_> = gap.missing.iter().map(|field| field.label.clone()).collect();
        if missing.is_empty() { title } else { format!("{title} ({})", missing.join(", ")) }
    }

    /// For whoever was asked, or who enters it for them; somebody who never came has none.
    fn gap_button(&self, gap: &Gap<'_>) -> Option<Button> {
        let Whose::Seat(seat) = gap.whose else { return None };
        let press = match gap.prompt {
            Some(prompt) => self.press("part").with("prompt", &prompt.key),
            None => self.press("history"),
        };
        let title = gap.prompt.map_or_else(|| self.label_of(HISTORY), |prompt| prompt.title.clone());
        let name = &self.case.person(seat).name;
        Some(Button::labelled(&press.with("for", format!("s{seat}")), format!("{title}: {name}")))
    }
}
