//! What the room hears of the round and the questions.

use crate::domain::calendar;
use crate::domain::decision::ActionStatus;
use crate::domain::floor::{Addressee, Contribution, Mode, Nature, Release, Turn, Whose};
use crate::domain::hearing::is_passed_over;
use crate::domain::ids::{ContributionId, SeatId, TurnId};
use crate::domain::session::Session;
use crate::domain::stage::Stage;
use crate::room::Scene;
use crate::room::message::{Button, Message};
use chrono::{DateTime, Utc};
use minijinja::context;

impl Scene<'_> {
    /// Who has to go and when. Where an order stands, the chair takes them first with one press (SES-12).
    pub(super) fn leave_by(&self, session: &Session, seat: SeatId, at: DateTime<Utc>, first: bool) -> Message {
        let values = context! { who => self.person(seat), time => calendar::time(at), first => first };
        let message = Message::text(self.wording.say("room.leave_by", values));
        let turn = session.turns.iter().find(|state| state.turn.whose == Whose::Seat(seat));
        let is_waiting = turn.map_or(!session.turns.is_empty(), |state| state.began_at.is_none());
        if !first || !is_waiting || session.stage > Stage::Sharing {
            return message;
        }
        let press = self.press("take_first").with("who", format!("s{seat}"));
        let chair = self.accounts(session.chair().into_iter());
        message.with_buttons(vec![Button::new(&press, self.wording)]).notifying(chair)
    }

    /// Tells the chair what is still expected from somebody who has to go soon (SES-12).
    pub(super) fn leave_by_near(&self, session: &Session, seat: SeatId, at: DateTime<Utc>) -> Message {
        let person = self.case.person(seat);
        let to_them = |to: &Addressee| match to {
            Addressee::Seat(other) => *other == seat,
            Addressee::Agency(agency) => *agency == person.agency,
        };
        let turns = session.turns.iter().filter(|state| state.ended.is_none());
        let questions = session.open_questions().filter(|question| question.to.as_ref().is_some_and(to_them));
        let actions = self
            .case
            .actions
            .iter()
            .filter(|action| action.entered.owner == Some(seat) && action.status == ActionStatus::Pending);
        let chair = self.accounts(session.chair().into_iter());
        let text = self.wording.say(
            "room.leave_by_near",
            context! {
                who => self.person(seat), time => calendar::time(at),
                turn => turns.map(|state| state.turn.whose).any(|whose| whose == Whose::Seat(seat)),
                questions => questions.count(), actions => actions.count(),
                position => !session.positions.iter().any(|(position, _)| position.seat == seat),
                mention => chair.first().map(|account| format!("<@{account}>")),
            },
        );
        Message::text(text).notifying(chair)
    }

    pub(super) fn order(&self, turns: &[Turn]) -> String {
        let turns: Vec<_> = turns.iter().map(|turn| self.whose(turn.whose)).collect();
        self.wording.say("room.order", context! { turns => turns })
    }

    /// The floor banner: agency, person, role, position; the holder is mentioned once (TURN-04).
    pub(super) fn banner(&self, session: &Session, turn: TurnId) -> Option<Message> {
        let at = session.turns.iter().position(|state| state.turn.id == turn)?;
        let whose = session.turns.get(at)?.turn.whose;
        let account = match whose {
            Whose::Seat(seat) if session.attendance.get(&seat).is_some_and(|attendance| attendance.is_here()) => {
                self.case.person(seat).account
            }
            _ => None,
        };
        let key = match (whose, account) {
            (_, Some(_)) => "room.floor",
            (Whose::Seat(seat), None) if session.here().any(|here| here == seat) => "room.floor_guest",
            (Whose::Seat(seat), None) if session.submission(seat).is_some() => "room.floor_written",
            _ => "room.floor_absent",
        };
        let mention = account.map(|account| format!("<@{account}>"));
        let banner = self.wording.say(
            key,
            context! { who => self.whose(whose), n => at + 1, of => session.turns.len(), mention => mention },
        );
        Some(Message::text(format!("{banner}\n{}", self.asked_of(session, whose))).notifying(account))
    }

    /// A contribution under its three-part heading, part by part, verbatim.
    pub(in crate::room) fn contribution(&self, contribution: &Contribution) -> String {
        let (mode, said) = (self.mode(contribution), self.said_in(contribution));
        self.wording.say(
            "room.contribution",
            context! { n => contribution.id.0, who => self.person(contribution.seat), mode => mode, said => said },
        )
    }

    /// How it came in: relayed with its source, written, or empty where it was said.
    pub(in crate::room) fn mode(&self, contribution: &Contribution) -> String {
        let partner = self.case.session().and_then(|session| self.case.partner(session, contribution));
        match (contribution.mode, partner) {
            (Mode::Relayed, Some((name, role, agency))) => {
                let known = name.into_iter().chain([role, agency]).filter(|part| !part.is_empty());
                let by = contribution.on_behalf_of.as_ref().map(|source| source.by.words());
                let who = known.collect::<Vec<_>>().join(", ");
                let stated = !contribution.lacks_source();
                self.wording.say("room.relayed", context! { who => who, by => by, stated => stated })
            }
            (Mode::Written, _) => self.wording.say("room.written", ()),
            _ => self.standing_of(contribution),
        }
    }

    /// Its parts under the labels of the sharing form.
    pub(in crate::room) fn said_in(&self, contribution: &Contribution) -> Vec<(String, String)> {
        let fields = self.rules.sharing_fields();
        let said = fields.iter().filter_map(|key| contribution.fields.get(key).map(|text| (key, text)));
        said.map(|(key, text)| (self.label_of(key), self.words_of(key, text.words()))).collect()
    }

    /// What its speaker marked it as (INFO-27).
    pub(super) fn marked(&self, session: &Session, contribution: ContributionId, nature: Nature) -> Option<Message> {
        let (shared, _) = session.contributions.iter().find(|(shared, _)| shared.id == contribution)?;
        let nature = self.wording.say(&format!("choice.nature.{}", nature.code()), ());
        let values = context! { n => contribution.0, who => self.person(shared.seat), nature => nature };
        Some(Message::text(self.wording.say("room.marked", values)))
    }

    /// Who told social care, said afterwards (TURN-14).
    pub(super) fn source_stated(&self, session: &Session, contribution: ContributionId) -> Option<Message> {
        let (shared, _) = session.contributions.iter().find(|(shared, _)| shared.id == contribution)?;
        let values = context! { n => contribution.0, mode => self.mode(shared) };
        Some(Message::text(self.wording.say("room.source_stated", values)))
    }

    pub(super) fn released(&self, session: &Session, turn: TurnId, how: &Release) -> Option<Message> {
        let whose = session.turn(turn)?.turn.whose;
        let who = self.whose(whose);
        let text = match how {
            Release::Finished => return None,
            Release::NothingHeld => self.wording.say("room.nothing_held", context! { who => who }),
            Release::MovedOn(reason) => {
                let reason = self.wording.say(&format!("choice.reason.{}", reason.code()), ());
                self.wording.say("room.moved_on", context! { who => who, reason => reason })
            }
        };
        let is_passed_over = matches!(whose, Whose::Seat(seat) if is_passed_over(session, seat));
        let back = is_passed_over.then(|| Button::new(&self.press("back"), self.wording));
        Some(Message::text(text).with_buttons(back.into_iter().collect()))
    }

    /// From the chair to whoever has the floor (TURN-18).
    pub(super) fn nudged(&self, seat: SeatId) -> Message {
        let account = self.case.person(seat).account;
        let mention = account.map(|account| format!("<@{account}>"));
        let values = context! { who => &self.case.person(seat).name, mention => mention };
        Message::text(self.wording.say("room.nudged", values)).notifying(account)
    }

    /// One line at the change of stage; before the risk stage the digest of what was shared (INFO-26).
    pub(super) fn stage(&self, session: &Session, stage: Stage) -> Vec<Message> {
        let line = match stage {
            Stage::Risk => Some(self.digest(session)),
            stage => Some(self.wording.say(&format!("room.stage_{}", stage.key()), ()))
                .filter(|text| !text.is_empty())
                .map(Message::text),
        };
        // The questions are over at the one, and the decision is next at the other (TURN-13).
        let lists_questions = matches!(stage, Stage::Risk | Stage::Deciding);
        let open = lists_questions.then(|| self.open_questions(session)).flatten();
        open.into_iter().chain(line).collect()
    }

    /// A sharing field's value as people read it: a choice by its label, words as they are.
    pub(in crate::room) fn words_of(&self, key: &str, text: &str) -> String {
        let prompts = self.rules.catalogue.prompts.iter();
        let asking = prompts.filter(|prompt| prompt.field(key).is_some()).find(|prompt| prompt.joins_sharing());
        asking.map_or_else(|| text.to_owned(), |prompt| self.value_of(&prompt.key, key, text))
    }
}
