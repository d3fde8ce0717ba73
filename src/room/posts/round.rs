//! What the room hears of the round and the questions.

use crate::domain::calendar;
use crate::domain::decision::ActionStatus;
use crate::domain::floor::{Addressee, Contribution, Mode, Release, Turn, Whose};
use crate::domain::ids::{QuestionId, SeatId, TurnId};
use crate::domain::session::Session;
use crate::domain::stage::Stage;
use crate::room::Scene;
use crate::room::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, shortened};
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
        let mut text = self.wording.say(
            key,
            context! { who => self.whose(whose), n => at + 1, of => session.turns.len(), mention => mention },
        );
        text.extend(self.asked_of(session, whose).map(|asked| format!("\n{asked}")));
        Some(Message::text(text).notifying(account))
    }

    /// A contribution under its three-part heading, part by part, verbatim.
    pub(super) fn contribution(&self, contribution: &Contribution) -> String {
        let mode = match (contribution.mode, &contribution.on_behalf_of) {
            (Mode::Relayed, Some(source)) => self.wording.say(
                "room.relayed",
                context! { name => source.name.words(), role => source.role.words(), agency => source.agency.words(), by => source.by.words() },
            ),
            (Mode::Written, _) => self.wording.say("room.written", ()),
            _ => String::new(),
        };
        let fields = self.rules.sharing_fields();
        let said = fields.iter().filter_map(|key| contribution.fields.get(key).map(|text| (key, text)));
        let said: Vec<_> = said.map(|(key, text)| (self.label_of(key), self.words_of(key, text.words()))).collect();
        self.wording.say(
            "room.contribution",
            context! { n => contribution.id.0, who => self.person(contribution.seat), mode => mode, said => said },
        )
    }

    pub(super) fn released(&self, session: &Session, turn: TurnId, how: &Release) -> Option<Message> {
        let who = self.whose(session.turn(turn)?.turn.whose);
        let text = match how {
            Release::Finished => return None,
            Release::NothingHeld => self.wording.say("room.nothing_held", context! { who => who }),
            Release::MovedOn(reason) => {
                let reason = self.wording.say(&format!("choice.reason.{}", reason.code()), ());
                self.wording.say("room.moved_on", context! { who => who, reason => reason })
            }
        };
        Some(Message::text(text))
    }

    /// A question, with its addressee mentioned and a button to answer it.
    pub(super) fn question(&self, id: QuestionId, by: SeatId, to: &Addressee, text: &str) -> Message {
        let accounts = match to {
            Addressee::Seat(seat) => self.accounts(std::iter::once(*seat)),
            Addressee::Agency(agency) => {
                let session = self.case.session();
                let here: Vec<_> = session.map(|session| session.here().collect()).unwrap_or_default();
                self.accounts(here.into_iter().filter(|seat| self.case.person(*seat).agency == *agency))
            }
        };
        let mentions: Vec<_> = accounts.iter().map(|account| format!("<@{account}>")).collect();
        let text = self.wording.say(
            "room.question",
            context! { n => id.0, by => self.person(by), to => self.addressee(to), text => text, mentions => mentions.join(" ") },
        );
        let reply = Button::new(&self.press("reply").with("question", id), self.wording).styled(ButtonStyle::Main);
        Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(vec![reply]).notifying(accounts)
    }

    /// One line at the change of stage; before the risk stage the digest of what was shared (INFO-26).
    pub(super) fn stage(&self, session: &Session, stage: Stage) -> Vec<Message> {
        let agencies: Vec<_> = session
            .contributions
            .iter()
            .map(|(contribution, _)| {
                let source = contribution.on_behalf_of.as_ref().map(|source| source.agency.words().to_owned());
                source.unwrap_or_else(|| self.case.person(contribution.seat).agency.clone())
            })
            .collect();
        let mut distinct = agencies.clone();
        distinct.sort();
        distinct.dedup();
        let text = self.wording.say(
            &format!("room.stage_{}", stage.key()),
            context! { contributions => agencies.len(), agencies => distinct, questions => session.open_questions().count() },
        );
        if text.is_empty() { Vec::new() } else { vec![Message::text(text)] }
    }

    /// A sharing field's value as people read it: a choice by its label, words as they are.
    pub(in crate::room) fn words_of(&self, key: &str, text: &str) -> String {
        let prompts = self.rules.catalogue.prompts.iter();
        let asking = prompts.filter(|prompt| prompt.field(key).is_some()).find(|prompt| prompt.joins_sharing());
        asking.map_or_else(|| text.to_owned(), |prompt| self.value_of(&prompt.key, key, text))
    }
}
