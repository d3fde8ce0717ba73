//! How people, times and things are said in the room.

use chrono::{DateTime, Utc};

use crate::domain::calendar;
use crate::domain::event::SessionForm;
use crate::domain::floor::{Addressee, Whose};
use crate::domain::ids::{ChildId, SeatId};
use crate::domain::link::Link;
use crate::domain::open_items::{FURTHER_INVITEE, OpenItem, Topic};
use crate::domain::referral::Born;
use crate::domain::session::Session;

use super::Scene;

impl Scene<'_> {
    /// "Dr Lisle-Okoro, Consultant paediatrician, Larkhaven General Hospital" (TURN-07); of a guest also who vouches
    /// for them (INV-34), of a support seat its role (SES-09).
    pub fn person(&self, seat: SeatId) -> String {
        let person = self.case.person(seat);
        let vouched_by = self.case.seat(seat).and_then(|seat| seat.vouched_by);
        let guest = vouched_by.map(|by| {
            let values = minijinja::context! { by => &self.case.person(by).name };
            format!(" ({})", self.wording.say("room.guest", values))
        });
        let support = self.case.support(seat).map(|role| {
            let values = minijinja::context! { role => role.to_lowercase() };
            format!(" ({})", self.wording.say("room.support", values))
        });
        let (guest, support) = (guest.unwrap_or_default(), support.unwrap_or_default());
        format!("{}, {}, {}{guest}{support}", person.name, person.role, person.agency)
    }

    /// The same for a turn, whose partner may be unnamed.
    pub fn whose(&self, whose: Whose) -> String {
        if let Whose::Seat(seat) = whose {
            return self.person(seat);
        }
        let (name, role, agency) = self.case.whose(whose);
        match name {
            Some(name) => format!("{name}, {role}, {agency}"),
            None => format!("{role}, {agency}"),
        }
    }

    pub fn addressee(&self, to: &Addressee) -> String {
        match to {
            Addressee::Seat(seat) => self.person(*seat),
            Addressee::Agency(agency) => agency.clone(),
        }
    }

    pub fn child(&self, id: ChildId) -> String {
        self.case.child(id).map(|child| child.name.words().to_owned()).unwrap_or_default()
    }

    /// What this procedure calls the session.
    pub fn label(&self, form: SessionForm) -> &str {
        match form {
            SessionForm::Meeting => &self.rules.procedure.labels.meeting,
            SessionForm::Discussion => &self.rules.procedure.labels.discussion,
        }
    }

    /// The sessions before this one, each with the version of its record (REF-14).
    pub fn earlier_sessions(&self) -> Vec<String> {
        let earlier = self.case.sessions.split_last().map_or(&[][..], |(_, earlier)| earlier);
        let line = |session: &Session| {
            let values = minijinja::context! {
                n => session.no.0,
                date => session.held_at().map(calendar::date),
                was_opened => session.opened_at.is_some(),
                version => session.draft_version,
            };
            self.wording.say("room.earlier_session", values)
        };
        earlier.iter().map(line).collect()
    }

    /// The cases linked to this one: code name and why, nothing else.
    pub fn links(&self) -> Vec<String> {
        let why = |link: &Link| self.wording.say(&format!("choice.link.{}", link.why.code()), ()).to_lowercase();
        self.case.links.iter().map(|link| format!("{} ({})", link.code_name, why(link))).collect()
    }

    /// "7 December 2026, 10:00 (<t:...:R>)": absolute, and relative as the reader's own client counts it.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        format!("{} (<t:{}:R>)", calendar::both(at), at.timestamp())
    }

    /// When a session starts, or that no date is fixed (REF-07).
    pub fn starts(&self, session: &Session) -> String {
        session.starts_at.map_or_else(|| self.wording.say("card.no_date", ()), |at| self.moment(at))
    }

    /// A date of birth, an expected date, or that it is not known.
    pub fn born(&self, born: Born) -> String {
        match born {
            Born::On(day) => calendar::date_of(day),
            Born::Expected(day) => {
                self.wording.say("born.expected", minijinja::context! { date => calendar::date_of(day) })
            }
            Born::NotKnown => self.wording.say("born.not_known", ()),
            Born::NotGiven => self.wording.say("born.not_given", ()),
        }
    }

    /// One open item in a line: what it is, about whom, and what of it is missing.
    pub fn open_item(&self, item: &OpenItem) -> String {
        let what = match self.rules.catalogue.prompt(&item.id) {
            Some(prompt) => prompt.title.clone(),
            None => self.wording.say(&format!("open.{}", item.id), ()),
        };
        let about = self.topic(item.about).map(|about| format!(": {about}")).unwrap_or_default();
        let missing: Vec<_> = item.missing.iter().map(|field| self.missing(&item.id, field)).collect();
        let missing = if missing.is_empty() { String::new() } else { format!(" ({})", missing.join(", ")) };
        format!("{what}{about}{missing}")
    }

    /// What a blank field leaves open, in its own words where it has them.
    fn missing(&self, prompt: &str, field: &str) -> String {
        if let Some(proposal) = self.rules.procedure.proposal(field).filter(|_| prompt == FURTHER_INVITEE) {
            return proposal.label.clone();
        }
        let asked = self.rules.catalogue.prompt(prompt).and_then(|prompt| prompt.field(field));
        asked.and_then(|field| field.blank.clone()).unwrap_or_else(|| self.field(prompt, field))
    }

    /// A field's label: the catalogue's for a prompt, `field.<key>` otherwise.
    pub fn field(&self, prompt: &str, field: &str) -> String {
        let asked = self.rules.catalogue.prompt(prompt).and_then(|prompt| prompt.field(field));
        asked.map(|field| field.label.clone()).unwrap_or_else(|| self.label_of(field))
    }

    /// The label of a field of the command table or the sharing form.
    pub fn label_of(&self, field: &str) -> String {
        let key = format!("field.{field}");
        if self.wording.has(&key) {
            return self.wording.say(&key, ());
        }
        let prompts = self.rules.catalogue.prompts.iter();
        let known = prompts.flat_map(|prompt| &prompt.fields).find(|known| known.key == field);
        known.map_or_else(|| field.to_owned(), |field| field.label.clone())
    }

    fn topic(&self, topic: Topic) -> Option<String> {
        let session = self.case.session()?;
        match topic {
            Topic::Session | Topic::Draft(_) => None,
            Topic::Child(child) => Some(self.child(child)),
            Topic::Adult(id) => {
                let adult = self.case.adults.iter().find(|adult| adult.id == id);
                adult.map(|adult| adult.name.words().to_owned())
            }
            Topic::Seat(seat) => Some(self.case.person(seat).name.clone()),
            Topic::Invitation(id) => session.invitation(id).map(|state| {
                let to = &state.invitation.to;
                format!("{}, {}", to.role(), to.agency())
            }),
            Topic::Contribution(id) => {
                Some(self.wording.say("room.contribution_number", minijinja::context! { n => id.0 }))
            }
            Topic::Question(id) => Some(id.to_string()),
            // Lists of what is open are shown to everybody: of a limited action they hold the number alone (SEC-05).
            Topic::Action(no) => {
                let readable = self.case.as_read_by(None);
                let what = readable.action(no).map(|action| format!("{no}, {}", action.entered.what.words()));
                what.or_else(|| Some(no.to_string()))
            }
        }
    }
}
