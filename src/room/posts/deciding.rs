//! What the room hears of decisions and actions, and at the end.

use crate::domain::calendar;
use crate::domain::deadlines::DeadlineKind;
use crate::domain::decided::still_to_say;
use crate::domain::decision::{ActionEntered, Draft, Entry};
use crate::domain::event::Record;
use crate::domain::ids::{ActionNo, ContributionId, DraftId};
use crate::domain::open_items::{FURTHER_INVITEE, OpenItem, SOURCE, Topic, open_items};
use crate::domain::plan;
use crate::domain::positions::decisions;
use crate::domain::session::Session;
use crate::room::Scene;
use crate::room::message::{Button, Message};
use minijinja::context;
use std::collections::BTreeSet;

/// How many actions one post shows, a button each.
const ACTIONS_A_POST: usize = 10;
/// How many decisions a post offers to say more of.
const SUPPLIED_A_POST: usize = 5;

impl Scene<'_> {
    /// What the chair confirmed, each entry in its own words; actions apart, so that their owners can answer.
    pub(super) fn confirmed(&self, session: &Session, drafts: &[DraftId]) -> Vec<Message> {
        let entries = session.drafts.iter().filter(|draft| drafts.contains(&draft.id) && !draft.replaced);
        let (views, entries): (Vec<_>, Vec<_>) = entries.partition(|draft| self.is_view(draft));
        let (actions, others): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|draft| matches!(draft.entry, Entry::Action(_)));
        let mut posts = Vec::new();
        if !others.is_empty() {
            let lines: Vec<_> = others.iter().map(|draft| self.entry(&draft.entry)).collect();
            let starts_enquiries = others.iter().any(|draft| matches!(draft.entry, Entry::Section47(_)));
            let follow_on = if starts_enquiries { self.follow_on() } else { Vec::new() };
            posts =
                self.long(&self.wording.say("room.confirmed", context! { entries => lines, follow_on => follow_on }));
        }
        posts.extend(self.views(session, &views));
        let actions = actions.into_iter().filter_map(|draft| match &draft.entry {
            Entry::Action(action) => Some(action),
            _ => None,
        });
        let actions: Vec<_> = actions.collect();
        posts.extend(actions.chunks(ACTIONS_A_POST).flat_map(|actions| self.actions_to_answer(actions).in_parts()));
        posts
    }

    /// Confirmed actions with their owners mentioned and a button for each to accept theirs (ACT-10).
    pub(super) fn actions_to_answer(&self, actions: &[&ActionEntered]) -> Message {
        let lines: Vec<_> = actions.iter().map(|action| self.action(action.no)).collect();
        let owners = self.accounts(actions.iter().filter_map(|action| action.owner));
        let mentions: BTreeSet<_> = owners.iter().map(|owner| format!("<@{owner}>")).collect();
        let text = self.wording.say("room.actions", context! { actions => lines, mentions => mentions });
        let accept = |action: &&ActionEntered| {
            let press = self.press("accept_action").with("action", action.no);
            Button::labelled(&press, format!("{} {}", self.wording.say("button.accept_action", ()), action.no))
        };
        let mut buttons: Vec<_> = actions.iter().map(accept).collect();
        buttons.push(Button::new(&self.press("decline_action"), self.wording));
        Message::text(text).with_buttons(buttons).notifying(owners)
    }

    /// Everything decided, with one press for each agency's position (DEC-43, DEC-44, ACT-14).
    pub(super) fn read_back(&self, session: &Session) -> Vec<Message> {
        let decisions = session.section_47().map(|(draft, _)| &draft.entry).into_iter();
        let outcomes = session.outcomes().map(|(draft, _)| &draft.entry);
        let decisions: Vec<_> = decisions.chain(outcomes).map(|entry| self.entry(entry)).collect();
        let actions: Vec<_> = self.case.actions.iter().map(|action| self.action(action.entered.no)).collect();
        let asked = self.accounts(session.here().filter(|seat| self.case.has_part(*seat)));
        let mentions: Vec<_> = asked.iter().map(|account| format!("<@{account}>")).collect();
        let open = open_items(self.case, &self.rules).into_iter();
        let missing: Vec<_> =
            open.filter(|item| matches!(item.about, Topic::Action(_))).map(|item| self.open_item(&item)).collect();
        let change = if missing.is_empty() { &[][..] } else { &["change_action", "supply_action"] };
        let change = change.iter().map(|row| Button::new(&self.press(row), self.wording));
        let values = context! { decisions => decisions, actions => actions, missing => missing, mentions => mentions };
        let text = self.wording.say("room.read_back", values);
        let mut posts = self.long(&text);
        if let Some(last) = posts.pop() {
            let buttons =
                ["agree_all", "disagree", "not_authorised"].map(|row| Button::new(&self.press(row), self.wording));
            let confirm = self.confirm_list_button(session);
            let buttons = buttons.into_iter().chain(change).chain(confirm);
            posts.push(last.with_buttons(buttons.collect()).notifying(asked));
        }
        posts
    }

    /// That the chair confirmed the list, by the numbers of its actions (ACT-14).
    pub(super) fn list_confirmed(&self, actions: &[ActionNo], record: &Record) -> Message {
        let numbers: Vec<_> = actions.iter().map(|no| no.0).collect();
        let values = context! { who => &record.actor.name, time => calendar::time(record.at), numbers };
        Message::text(self.wording.say("room.list_confirmed", values))
    }

    /// The chair's press, for as long as anything on the list waits for it.
    pub(super) fn confirm_list_button(&self, session: &Session) -> Option<Button> {
        plan::waits(self.case, session).then(|| Button::new(&self.press("confirm_actions"), self.wording))
    }

    pub(super) fn closed(&self, session: &Session, open: &[OpenItem], reason: Option<&str>) -> String {
        let open: Vec<_> = open.iter().map(|item| self.open_item(item)).collect();
        self.wording.say(
            "room.closed",
            context! { label => self.label(session.form), time => session.closed_at.map(calendar::time), open => open, reason => reason,
                circulation => self.due(DeadlineKind::Circulation) },
        )
    }

    /// To say who told social care, for one contribution (TURN-14).
    pub fn source_button(&self, contribution: ContributionId) -> Button {
        let label = format!("{} {contribution}", self.wording.say("button.source", ()));
        Button::labelled(&self.press("source").with("contribution", contribution), label)
    }

    /// One press for each decision or outcome with something still to be said of it.
    fn supply_buttons(&self, session: &Session) -> Vec<Button> {
        let procedure = self.rules.procedure;
        let lacking = decisions(session).into_iter();
        let lacking = lacking.filter(|draft| !still_to_say(self.case, session, draft, procedure).is_empty());
        let button = |draft: &Draft| {
            let label = format!("{}: {}", self.wording.say("button.supply", ()), self.decision_label(&draft.entry));
            Button::labelled(&self.press("supply").with("draft", draft.id), label)
        };
        lacking.take(SUPPLIED_A_POST).map(button).collect()
    }

    /// What is still open once there is a draft, put once more to those who can answer before the record is issued.
    pub(super) fn asked_again(&self, session: &Session) -> Vec<Message> {
        let open = open_items(self.case, &self.rules);
        let items: Vec<_> = open.iter().map(|item| self.open_item(item)).collect();
        if items.is_empty() {
            return Vec::new();
        }
        let mut buttons = vec![Button::new(&self.press("prompts"), self.wording)];
        if !self.case.referral.gaps().is_empty() {
            buttons.push(Button::new(&self.press("amend"), self.wording));
        }
        if open.iter().any(|item| item.id == FURTHER_INVITEE) {
            buttons.push(Button::new(&self.press("ready"), self.wording));
        }
        buttons.extend(open.iter().filter_map(|item| match (item.id.as_str(), item.about) {
            (SOURCE, Topic::Contribution(id)) => Some(self.source_button(id)),
            ("question_unanswered", Topic::Question(id)) => Some(self.allocate_button(id)),
            _ => None,
        }));
        buttons.extend(self.confirm_list_button(session));
        buttons.extend(self.supply_buttons(session));
        buttons.extend(self.adopt_button(session));
        let mut asked = self.accounts(session.chair().into_iter().chain([session.convenor]));
        asked.dedup();
        let mentions: Vec<_> = asked.iter().map(|account| format!("<@{account}>")).collect();
        let text = self.wording.say("room.asked_again", context! { items => items, mentions => mentions.join(" ") });
        Message::text(text).with_buttons(buttons).notifying(asked).in_parts()
    }
}
