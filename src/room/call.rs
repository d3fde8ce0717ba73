//! The call a session runs on: what says that there is one, and the details for whoever asks (SES-07).

use minijinja::context;

use super::Scene;
use super::message::{Button, ButtonStyle, Message};

impl Scene<'_> {
    /// To whoever accepted: there are details, none of them here.
    pub fn call_given(&self) -> Message {
        let text = self.wording.say("card.call", context! { code_name => self.code_name().to_string() });
        let read = Button::new(&self.press("call"), self.wording).styled(ButtonStyle::Main);
        Message::text(text).with_buttons(vec![read])
    }

    /// The details, privately to whoever asked.
    pub fn call_sheet(&self) -> Message {
        let session = self.case.session();
        let details = session.and_then(|session| session.call.as_ref()).map(|details| details.words());
        let values = context! {
            code_name => self.code_name().to_string(), details,
            starts => session.map(|session| self.starts(session)),
        };
        let door = Button::new(&self.press("door"), self.wording);
        Message::text(self.wording.say("look_up.call", values)).with_buttons(vec![door])
    }
}
