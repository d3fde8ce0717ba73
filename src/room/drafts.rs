//! What the recorder entered and the chair has not confirmed, with a press for all of it, for one, and to change one
//! (SES-06).

use minijinja::context;

use crate::domain::decision::{Draft, Entry};
use crate::domain::prompt::About;

use super::Scene;
use super::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, shortened};
use super::press::{CHANGES, Press};

/// How many are listed at once: each has two of a message's 25 buttons, beside the one for all, the invitation to
/// challenge and the one for danger.
const LISTED_MAX: usize = 11;

impl Scene<'_> {
    /// As its reader may read the case.
    pub fn drafts(&self) -> Message {
        let waiting: Vec<_> = self.case.session().into_iter().flat_map(|session| session.unconfirmed()).collect();
        let listed = &waiting[..waiting.len().min(LISTED_MAX)];
        let most = MESSAGE_CHARACTERS_MAX / (listed.len().max(1) + 1);
        let line = |draft: &&Draft| {
            let values = context! {
                n => draft.id.0, entry => self.entry(&draft.entry), by => &self.case.person(draft.entered_by).name,
            };
            shortened(&self.wording.say("view.draft", values), most)
        };
        let lines: Vec<_> = listed.iter().map(line).collect();
        let values = context! {
            code_name => self.code_name().to_string(), drafts => lines, more => waiting.len() - listed.len(),
        };
        let all = Button::new(&self.press("confirm_drafts"), self.wording).styled(ButtonStyle::Main);
        let each = listed.iter().flat_map(|draft| {
            let confirm = self.press("confirm_draft").with("draft", draft.id);
            let label = format!("{} {}", self.wording.say("button.confirm_draft", ()), draft.id);
            let change = self.wording.say("view.change_draft", context! { n => draft.id.0 });
            [Button::labelled(&confirm, label), Button::labelled(&self.change_of(draft), change)]
        });
        let decides = listed.iter().any(|draft| matches!(draft.entry, Entry::Section47(_) | Entry::Outcome(_)));
        let session = self.case.session().filter(|session| decides && self.is_challenge_due(session));
        let invite = session.map(|_| Button::new(&self.press("invite_challenge"), self.wording));
        let each = [all].into_iter().chain(each);
        let buttons = if listed.is_empty() { Vec::new() } else { invite.into_iter().chain(each).collect() };
        Message::text(self.wording.say("view.drafts", values)).with_buttons(buttons)
    }

    /// The form it was entered with, filled in.
    fn change_of(&self, draft: &Draft) -> Press {
        let press = match &draft.entry {
            Entry::Section47(_) => self.press("section_47"),
            Entry::Outcome(_) => self.press("outcome"),
            Entry::Action(_) => self.press("action"),
            Entry::Answer(answer) => {
                let press = self.press("prompt").with("prompt", &answer.prompt);
                match answer.about {
                    About::Session => press,
                    About::Child(child) => press.with("about", format!("c{child}")),
                }
            }
        };
        press.with(CHANGES, draft.id)
    }
}
