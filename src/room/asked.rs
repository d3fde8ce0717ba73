//! What is still asked, as buttons: one for a question, one for a group of them, and for whatever is open the one that
//! answers it.

use minijinja::context;

use crate::domain::ids::ActionNo;
use crate::domain::item_zero::ITEM_ZERO;
use crate::domain::open_items::{
    FURTHER_INVITEE, GOING_ON, OpenItem, SOURCE, Topic, open_items, prompts_at, to_answer_of,
};
use crate::domain::prompt::{About, Group, Nothing, Prompt};

use super::Scene;
use super::message::{Button, Message, ROW_MAX};

/// The most buttons a private answer holds beside [Immediate danger], which always has its place (SAFE-01).
const BUTTONS_MAX: usize = ROW_MAX * ROW_MAX - 1;
/// Rows a close ends with, under the buttons of what is open.
const CLOSING: [&str; 3] = ["close", "close_next", "adjourn"];

impl Scene<'_> {
    /// A button for each question; those of a group stand behind one of the group's (DEC-45). What can be answered with
    /// nothing has a second button, which says so.
    pub fn question_buttons(&self, asked: &[(&Prompt, About)]) -> Vec<Button> {
        fitting(asked, BUTTONS_MAX, |asked| {
            let mut groups: Vec<&str> = Vec::new();
            let mut buttons: Vec<Button> = Vec::new();
            for (prompt, about) in asked {
                let Some(group) = self.group_of(prompt) else {
                    buttons.extend(self.with_nothing(prompt, *about));
                    continue;
                };
                if !groups.contains(&group.key.as_str()) {
                    groups.push(&group.key);
                    buttons.push(self.group_button(group));
                }
            }
            buttons
        })
    }

    /// The questions of one group in full, a button each, and one that answers all of them as not needed.
    pub fn group(&self, key: &str) -> Option<Message> {
        let group = self.rules.catalogue.group(key)?;
        let open = to_answer_of(key, self.case, &self.rules);
        let stage = self.case.session()?.stage;
        // What may have several answers is offered again after the first.
        let again = prompts_at(stage, self.case, &self.rules).into_iter();
        let again = again.filter(|(prompt, about)| {
            prompt.many && prompt.group.as_deref() == Some(key) && !open.contains(&(*prompt, *about))
        });
        let asked: Vec<_> = open.iter().copied().chain(again).collect();
        let mut questions: Vec<_> = asked.iter().map(|(prompt, _)| prompt.question.clone()).collect();
        questions.dedup();
        let values = context! { title => &group.title, questions, open => open.len() };
        let all = (!open.is_empty()).then(|| Button::new(&self.press("answer_group").with("group", key), self.wording));
        let mut buttons = fitting(&asked, BUTTONS_MAX - 1, |asked| {
            asked.iter().flat_map(|(prompt, about)| self.with_nothing(prompt, *about)).collect()
        });
        buttons.extend(all);
        Some(Message::text(self.wording.say("view.group", values)).with_buttons(buttons))
    }

    /// What would stay open if the session closed now, a button each; then the close itself (DEC-41).
    pub fn closing(&self) -> Message {
        let open = open_items(self.case, &self.rules);
        let items: Vec<_> = open.iter().map(|item| self.open_item(item)).collect();
        let mut buttons = fitting(&open, BUTTONS_MAX - CLOSING.len(), |open| {
            let mut buttons: Vec<Button> = Vec::new();
            for button in open.iter().filter_map(|item| self.item_button(item)) {
                if !buttons.iter().any(|known| known.id == button.id) {
                    buttons.push(button);
                }
            }
            buttons
        });
        let rows = if open.is_empty() { &CLOSING[..1] } else { &CLOSING[..] };
        buttons.extend(rows.iter().map(|row| match *row {
            "close" if !open.is_empty() => {
                Button::labelled(&self.press(row), self.wording.say("view.close_with_reason", ()))
            }
            row => Button::new(&self.press(row), self.wording),
        }));
        let text = self.wording.say("view.closing", context! { items });
        Message::text(text).with_buttons(buttons)
    }

    /// Titles of what is still asked, a group's once and with how many of it.
    pub(super) fn titles(&self, asked: &[(&Prompt, About)]) -> Vec<String> {
        let mut titles: Vec<String> = Vec::new();
        for (prompt, _) in asked {
            let title = self.group_of(prompt).map_or_else(|| prompt.title.clone(), |group| self.group_title(group));
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles
    }

    fn group_of(&self, prompt: &Prompt) -> Option<&Group> {
        self.rules.catalogue.group(prompt.group.as_deref()?)
    }

    fn group_title(&self, group: &Group) -> String {
        let n = to_answer_of(&group.key, self.case, &self.rules).len();
        self.wording.say("view.group_title", context! { title => &group.title, n })
    }

    fn group_button(&self, group: &Group) -> Button {
        Button::labelled(&self.press("group").with("group", &group.key), self.group_title(group))
    }

    fn with_nothing(&self, prompt: &Prompt, about: About) -> Vec<Button> {
        let nothing = prompt.none.as_ref().map(|none| self.nothing_button(prompt, none, about));
        std::iter::once(self.question_button(prompt, about)).chain(nothing).collect()
    }

    fn question_button(&self, prompt: &Prompt, about: About) -> Button {
        self.about_button("prompt", prompt, about, &prompt.title)
    }

    /// "None identified": one press, where no reason is asked with it (DEC-25).
    fn nothing_button(&self, prompt: &Prompt, none: &Nothing, about: About) -> Button {
        let row = if none.reason { "answer_nothing_because" } else { "answer_nothing" };
        let values = context! { title => &prompt.title, nothing => &none.label };
        self.about_button(row, prompt, about, &self.wording.say("view.nothing", values))
    }

    fn about_button(&self, row: &str, prompt: &Prompt, about: About, label: &str) -> Button {
        let press = self.press(row).with("prompt", &prompt.key);
        match about {
            About::Session => Button::labelled(&press, label),
            About::Child(child) => {
                let label = format!("{label}: {}", self.child(child));
                Button::labelled(&press.with("about", format!("c{child}")), label)
            }
        }
    }

    /// The button that answers an open item; none where nobody who closes can answer it.
    fn item_button(&self, item: &OpenItem) -> Option<Button> {
        if let Some(prompt) = self.rules.catalogue.prompt(&item.id) {
            return self.of_the_catalogue(prompt, item.about);
        }
        let row = match item.id.as_str() {
            "item_zero_adjournment" | "item_zero_close" => {
                return self.of_the_catalogue(self.rules.catalogue.prompt(ITEM_ZERO)?, item.about);
            }
            "not_quorate" => return self.of_the_catalogue(self.rules.catalogue.prompt(GOING_ON)?, item.about),
            "section_47" => "section_47",
            "outcome" | "outcomes" => "outcome",
            "family_composition" => "family",
            "not_confirmed" => "confirm_drafts",
            "no_actions" | "roles" => "action",
            "list_not_confirmed" => "confirm_actions",
            "vice_chair" => "vice_chair",
            "absence_reason" => "absent",
            FURTHER_INVITEE => "ready",
            id if self.case.referral.gaps().contains(&id) => "amend",
            _ => match (item.id.as_str(), item.about) {
                (SOURCE, Topic::Contribution(id)) => return Some(self.source_button(id)),
                ("question_unanswered", Topic::Question(id)) => return Some(self.allocate_button(id)),
                ("action", Topic::Action(no)) => return Some(self.lacking_button(no, item)),
                _ => return None,
            },
        };
        Some(Button::labelled(&self.press(row), self.open_item(item)))
    }

    /// What an action lacks: who does it and when, or else the rest of it (ACT-01, ACT-03).
    fn lacking_button(&self, no: ActionNo, item: &OpenItem) -> Button {
        let is_changed =
            item.missing.iter().any(|part| ["owner", "due", "due_time", "accepted"].contains(&part.as_str()));
        let row = if is_changed { "change_action" } else { "supply_action" };
        Button::labelled(&self.press(row).with("action", no), self.open_item(item))
    }

    fn of_the_catalogue(&self, prompt: &Prompt, about: Topic) -> Option<Button> {
        let about = match about {
            Topic::Session => About::Session,
            Topic::Child(child) => About::Child(child),
            _ => return None,
        };
        let group = self.group_of(prompt).map(|group| self.group_button(group));
        prompt.is_chairs().then(|| group.unwrap_or_else(|| self.question_button(prompt, about)))
    }
}

/// What is asked about somebody or something, and can be asked without saying about which child.
trait OfAChild: Clone {
    /// The question, where it is about a child.
    fn question(&self) -> Option<&str>;
    fn of_any_child(&self) -> Self;
}

impl OfAChild for (&Prompt, About) {
    fn question(&self) -> Option<&str> {
        matches!(self.1, About::Child(_)).then_some(&self.0.key)
    }

    fn of_any_child(&self) -> Self {
        (self.0, About::Session)
    }
}

impl OfAChild for OpenItem {
    fn question(&self) -> Option<&str> {
        matches!(self.about, Topic::Child(_)).then_some(&self.id)
    }

    fn of_any_child(&self) -> Self {
        Self { about: Topic::Session, ..self.clone() }
    }
}

/// The buttons of what is asked, so many at most. Where there is no room for one a child, a question has one for all
/// children, which asks about whom.
fn fitting<T: OfAChild>(asked: &[T], most: usize, buttons: impl Fn(&[T]) -> Vec<Button>) -> Vec<Button> {
    let each = buttons(asked);
    let mut fitting = if each.len() <= most { each } else { buttons(&once(asked)) };
    fitting.truncate(most);
    fitting
}

/// What is asked about several children, once; the rest as it is.
fn once<T: OfAChild>(asked: &[T]) -> Vec<T> {
    let mut once: Vec<T> = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for one in asked {
        let Some(question) = one.question() else {
            once.push(one.clone());
            continue;
        };
        let is_asked_again = asked.iter().filter(|other| other.question() == Some(question)).count() > 1;
        if !known.contains(&question) {
            once.push(if is_asked_again { one.of_any_child() } else { one.clone() });
        }
        known.push(question);
    }
    once
}
