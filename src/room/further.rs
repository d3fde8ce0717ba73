//! Whom a further session is to ask, as whoever convenes sees it before anybody is asked; and the actions that came over
//! from earlier sessions (REV-04).

use minijinja::context;

use crate::domain::attendance::Invitee;
use crate::domain::further::{ToInvite, session_of_action, to_be_asked};
use crate::domain::ids::ActionNo;
use crate::domain::session::Session;

use super::Scene;
use super::message::{Button, ButtonStyle, Message, fullest};

impl Scene<'_> {
    /// The list with the presses that send or change it.
    pub fn to_invite(&self) -> Option<Message> {
        let session = self.case.session()?;
        let listed: Vec<_> = to_be_asked(self.case, session).collect();
        let text = fullest(|most| {
            let people = self.the_first_few(listed.iter().map(|one| self.listed(session, one)), most);
            let values = context! {
                code_name => self.code_name().to_string(), session => session.no.0, starts => self.starts(session), people,
            };
            self.wording.say("further.list", values)
        });
        Some(Message::text(text).with_buttons(self.buttons_of_the_list(listed.len())))
    }

    /// One press asks everybody.
    fn buttons_of_the_list(&self, listed: usize) -> Vec<Button> {
        let add = Button::new(&self.press("add_invitee"), self.wording);
        if listed == 0 {
            return vec![add];
        }
        let label = self.wording.say("further.send", context! { n => listed });
        let send = Button::labelled(&self.press("send_invitations"), label).styled(ButtonStyle::Main);
        vec![send, Button::new(&self.press("leave_out"), self.wording), add]
    }

    /// How many are to be asked and have not been.
    pub(super) fn not_asked_yet(&self, session: &Session) -> usize {
        to_be_asked(self.case, session).count()
    }

    fn listed(&self, session: &Session, one: &ToInvite) -> String {
        let came = self.came_last_time(session, &one.to);
        let values = context! { who => self.invitee(&one.to), came, chairs => one.chairs, support => &one.support };
        self.wording.say("further.listed", values)
    }

    /// Who came for an agency the last time it was asked.
    fn came_last_time(&self, session: &Session, to: &Invitee) -> Option<&str> {
        let earlier = self.case.sessions.iter().filter(|earlier| earlier.no < session.no);
        let asked = earlier.flat_map(|earlier| &earlier.invitations).filter(|state| state.invitation.to.is_same(to));
        let seat = asked.filter(|_| to.name().is_none()).filter_map(|state| state.seat).next_back()?;
        Some(&self.case.person(seat).name)
    }

    /// Somebody who is asked: by name, or for an agency in a role.
    pub fn invitee(&self, to: &Invitee) -> String {
        let role_and_agency = format!("{}, {}", to.role(), to.agency());
        to.name().map_or_else(|| role_and_agency.clone(), |name| format!("{name}, {role_and_agency}"))
    }

    /// Actions of earlier sessions that were open when this one was convened, each as it stands now.
    pub(super) fn carried_actions(&self, session: &Session) -> Vec<String> {
        let readable = session.open_actions.iter().filter(|no| self.case.action(**no).is_some());
        readable.map(|no| self.action_in_brief(*no)).collect()
    }

    /// An action with the session it was entered in and how it stands.
    pub(super) fn action_in_brief(&self, no: ActionNo) -> String {
        let status = self.case.action(no).map(|action| action.status.code()).unwrap_or_default();
        let values = context! {
            action => self.action(no), session => session_of_action(self.case, no).map(|session| session.0),
            status => self.wording.say(&format!("choice.action_status.{status}"), ()),
        };
        self.wording.say("further.action", values)
    }
}
