//! What the room hears at the opening, and of the referral.

use crate::domain::amendment::Amendment;
use crate::domain::calendar;
use crate::domain::edition;
use crate::domain::event::{Actor, QuorumLine, Record};
use crate::domain::open_items::lacks_statement;
use crate::domain::session::Session;
use crate::room::Scene;
use crate::room::message::Message;
use minijinja::context;

impl Scene<'_> {
    /// Who put the referral right, what of it, and how it stands now (REF-01).
    pub(super) fn amended(&self, record: &Record, amendment: &Amendment) -> String {
        let Actor { name, role, agency, .. } = &record.actor;
        let parts: Vec<_> = amendment.parts().into_iter().map(|part| self.label_of(part)).collect();
        let values =
            context! { who => format!("{name}, {role}, {agency}"), parts => parts, referral => self.referral() };
        self.wording.say("room.referral_amended", values)
    }

    /// Who referred, by which route, when it was received and known, and which of the two the clocks run from.
    pub(super) fn referral(&self) -> String {
        let referral = &self.case.referral;
        let referrer = &referral.referrer;
        let said = [&referrer.name, &referrer.role, &referrer.agency].map(|part| part.words());
        let said: Vec<_> = said.into_iter().filter(|part| !part.is_empty()).collect();
        let from = referral.clock_from(&self.rules.procedure.deadlines);
        let by = &self.case.registered_by;
        self.wording.say(
            "room.referral",
            context! {
                route => referral.route.words(), referrer => said.join(", "),
                received => referral.received_at.map(calendar::both),
                known => referral.known_at.map(calendar::both),
                clock => self.wording.say(&format!("choice.clock_from.{}", from.code()), ()),
                registered_by => format!("{}, {}, {}", by.name, by.role, by.agency),
                registered_at => calendar::both(self.case.registered_at),
                taken_by => referral.taken_by.as_ref().map(|by| by.words()),
            },
        )
    }

    /// Title and purpose, the child and the reason, then the script; quorum and who is not here; etiquette
    /// (GATE-04, GATE-08, GATE-11, TURN-01).
    pub(super) fn opening(&self, session: &Session, quorum: &[QuorumLine]) -> Vec<Message> {
        let procedure = self.rules.procedure;
        let children: Vec<_> =
            self.case.subjects().map(|child| format!("{}, {}", child.name.words(), self.born(child.born))).collect();
        let title = self.wording.say(
            "room.opening",
            context! {
                label => self.label(session.form), children => children,
                session => session.no.0, earlier => self.earlier_sessions(),
                threshold => self.wording.say(&format!("choice.threshold.{}", self.case.referral.threshold.code()), ()),
                grounds => self.case.referral.grounds.words(),
                referral => self.referral(),
                trigger_type => self.wording.say(&format!("choice.trigger_type.{}", self.case.referral.trigger_type.code()), ()),
                trigger_point => self.wording.say(&format!("choice.trigger_point.{}", self.case.referral.trigger_point.code()), ()),
            },
        );
        let script: Vec<_> =
            procedure.script.iter().map(|part| format!("**{}**\n{}", part.heading, part.text)).collect();
        let footer = self.wording.say(
            "room.script_as_at",
            context! { framework => &procedure.legal_framework, as_at => edition::in_words(&procedure.as_at) },
        );
        let absent: Vec<_> = session
            .invitations
            .iter()
            .filter(|state| state.seat.is_none())
            .map(|state| format!("{}, {}", state.invitation.to.role(), state.invitation.to.agency()))
            .chain(
                session
                    .attendance
                    .iter()
                    .filter(|(_, attendance)| attendance.absence.is_some())
                    .map(|(seat, _)| self.person(*seat)),
            )
            .collect();
        let here: Vec<_> = session.here().map(|seat| self.introduced(session, seat)).collect();
        let chair = session.chair().map(|seat| self.person(seat));
        let attendance = self.wording.say(
            "room.attendance",
            context! {
                here => here, absent => absent, quorum => self.quorum(quorum),
                chair => chair, recorder => self.person(session.recorder),
            },
        );
        let etiquette = self.wording.say("room.etiquette", context! { lines => &procedure.etiquette });
        let opening = format!("{title}\n\n{}\n\n{footer}", script.join("\n\n"));
        [opening, attendance, etiquette].iter().flat_map(|text| self.long(text)).collect()
    }

    /// "police representative", with since when where they were here before (SES-11).
    fn missing_line(&self, line: &QuorumLine) -> String {
        let since = line.missing_since.map(|since| calendar::time(since));
        self.wording.say("room.missing_line", context! { label => &line.label, since => since })
    }

    /// "Quorate" or "Not quorate: missing police representative" (GATE-08).
    pub fn quorum(&self, quorum: &[QuorumLine]) -> String {
        let missing: Vec<_> = quorum.iter().filter(|line| !line.met).map(|line| self.missing_line(line)).collect();
        if missing.is_empty() {
            self.wording.say("room.quorate", ())
        } else {
            let statement = lacks_statement(self.case, &self.rules);
            self.wording.say("room.not_quorate", context! { missing => missing, statement => statement })
        }
    }
}
