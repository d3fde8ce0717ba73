//! What the room hears of each fact: once, under the speaker's name, role and agency (TURN-07).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::amendment::Amendment;
use crate::domain::calendar;
use crate::domain::deadlines::DeadlineKind;
use crate::domain::decision::{ActionEntered, ActionStatus, Entry};
use crate::domain::edition;
use crate::domain::event::{Actor, Event, QuorumLine, Record};
use crate::domain::floor::{Addressee, Contribution, Mode, QuestionState, Release, Turn, Whose};
use crate::domain::ids::{AccountId, DraftId, QuestionId, SeatId, TurnId};
use crate::domain::open_items::{FURTHER_INVITEE, OpenItem, lacks_statement, open_items};
use crate::domain::session::Session;
use crate::domain::stage::Stage;

use super::Scene;
use super::message::{Button, ButtonStyle, MESSAGE_CHARACTERS_MAX, Message, parts, shortened};

/// How many actions one post shows, a button each.
const ACTIONS_A_POST: usize = 10;

impl Scene<'_> {
    /// The posts one fact makes in the room, in order. Most facts only change the board.
    pub fn posts(&self, record: &Record) -> Vec<Message> {
        let Some(session) = self.case.session() else { return Vec::new() };
        match &record.event {
            Event::SessionOpened { quorum, .. } => self.opening(session, quorum),
            Event::ReferralAmended { amendment } if session.opened_at.is_some() => {
                self.long(&self.amended(record, amendment))
            }
            // Of an earlier session nothing can be answered any more.
            Event::DraftIssued { session: of, .. } if of.is_none_or(|of| of == session.no) => {
                self.asked_again(session).into_iter().collect()
            }
            Event::OrderAnnounced { turns } => self.long(&self.order(turns)),
            Event::LeaveByGiven { seat, at, first } => vec![self.leave_by(session, *seat, *at, *first)],
            Event::LeaveByNear { seat, at } => vec![self.leave_by_near(session, *seat, *at)],
            Event::FloorGiven { turn } => self.banner(session, *turn).into_iter().collect(),
            Event::Contributed { contribution } => self.long(&self.contribution(contribution)),
            Event::FloorReleased { turn, how } => self.released(session, *turn, how).into_iter().collect(),
            Event::QuestionRaised { question, by, to: Some(to), text, state: QuestionState::Asked } => {
                vec![self.question(*question, *by, to, text.words())]
            }
            Event::QuestionPut { question, to } => session
                .question(*question)
                .map(|asked| self.question(*question, asked.by, to, asked.text.words()))
                .into_iter()
                .collect(),
            Event::QuestionAnswered { question, by, text } => {
                let text = self
                    .wording
                    .say("room.answer", context! { n => question.0, who => self.person(*by), answer => text.words() });
                self.long(&text)
            }
            Event::StageEntered { stage } => self.stage(session, *stage),
            Event::DraftsConfirmed { drafts } => self.confirmed(session, drafts),
            Event::ReadBackGiven => self.read_back(session),
            Event::ChallengeRaised { challenge } => {
                let text = self.wording.say(
                    "room.challenge",
                    context! {
                        who => self.person(challenge.by), about => challenge.about.words(), against => challenge.against.words(),
                        tried => challenge.tried.words(), result => challenge.result.words(),
                    },
                );
                self.long(&text)
            }
            Event::Arrived { seat } if session.opened_at.is_some_and(|opened| opened < record.at) => {
                vec![self.say("room.arrived", *seat, record)]
            }
            Event::Left { seat } => vec![self.say("room.left", *seat, record)],
            Event::WrongMeeting { possible_breach, .. } => vec![self.wrong_meeting(session, *possible_breach)],
            Event::Introduced { seat, authorised: false, authority_not_stated: false, basis, .. } => {
                vec![self.not_authorised(session, *seat, basis.as_ref())]
            }
            Event::QuorumStated { quorum, attendance_changed: true } => vec![self.quorum_changed(session, quorum)],
            Event::ChairingAdopted => vec![self.chairing_adopted(session, &record.actor)],
            Event::StoodDown { seat, .. } => vec![self.say("room.stood_down", *seat, record)],
            Event::DangerRaised { alert, .. } => session
                .alerts
                .iter()
                .find(|raised| raised.id == *alert)
                .map(|raised| self.alert(raised, record.at).notifying(self.accounts(session.here())))
                .into_iter()
                .collect(),
            Event::SessionClosed { open, reason } => {
                self.long(&self.closed(session, open, reason.as_ref().map(|reason| reason.words())))
            }
            Event::ReferralRegistered { .. }
            | Event::ReferralAmended { .. }
            | Event::DiscussionRequested { .. }
            | Event::RequestRead
            | Event::RequestTakenUp { .. }
            | Event::RequestDeclined { .. }
            | Event::RequestUnanswered { .. }
            | Event::CaseLinked { .. }
            | Event::ChildListed { .. }
            | Event::AdultListed { .. }
            | Event::AdultFlagged { .. }
            | Event::ProposalTurnedDown { .. }
            | Event::SeatTaken { .. }
            | Event::SessionConvened { .. }
            | Event::SessionRescheduled { .. }
            | Event::DateAsked
            | Event::AgreementGiven { .. }
            | Event::Invited { .. }
            | Event::InvitationAccepted { .. }
            | Event::InvitationDeclined { .. }
            | Event::InvitationWithdrawn { .. }
            | Event::ByNameOnlySet { .. }
            | Event::ConflictAnswered { .. }
            | Event::MailboxNotified { .. }
            | Event::InvitationUnanswered { .. }
            | Event::InvitationEscalated { .. }
            | Event::LookUpOpened { .. }
            | Event::InformationSent { .. }
            | Event::SubmissionRead { .. }
            | Event::SubmissionWeighed { .. }
            | Event::TextPrepared { .. }
            | Event::PreparedTextReleased { .. }
            | Event::PreparedTextKept { .. }
            | Event::MeansRecorded { .. }
            | Event::ContributionReadBack { .. }
            | Event::MeetingConfirmed { .. }
            | Event::Introduced { .. }
            | Event::Reminded { .. }
            | Event::Arrived { .. }
            | Event::AbsenceMarked { .. }
            | Event::QuestionRaised { .. }
            | Event::QuestionGivenUp { .. }
            | Event::NoQuestions { .. }
            | Event::SkipExplained { .. }
            | Event::Entered { .. }
            | Event::QuorumStated { .. }
            | Event::PositionGiven { .. }
            | Event::ActionAnswered { .. }
            | Event::ActionDone { .. }
            | Event::ActionChanged { .. }
            | Event::DangerAcknowledged { .. }
            | Event::DraftIssued { .. }
            | Event::MinutesSigned { .. }
            | Event::MinutesCirculated { .. }
            | Event::CopyOpened { .. }
            | Event::Filed { .. }
            | Event::ProtectionReviewDue { .. }
            | Event::StillUndecided { .. }
            | Event::DeadlineNear { .. }
            | Event::DeadlineMissed { .. } => Vec::new(),
        }
    }

    fn say(&self, key: &str, seat: SeatId, record: &Record) -> Message {
        Message::text(self.wording.say(key, context! { who => self.person(seat), time => calendar::time(record.at) }))
    }

    /// A text as one message, or as several where it is too long for one.
    pub fn long(&self, text: &str) -> Vec<Message> {
        parts(text, MESSAGE_CHARACTERS_MAX).into_iter().map(Message::text).collect()
    }

    /// Who has to go and when. Where an order stands, the chair takes them first with one press (SES-12).
    fn leave_by(&self, session: &Session, seat: SeatId, at: DateTime<Utc>, first: bool) -> Message {
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
    fn leave_by_near(&self, session: &Session, seat: SeatId, at: DateTime<Utc>) -> Message {
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

    /// The accounts of these seats; guests have none.
    pub fn accounts(&self, seats: impl Iterator<Item = SeatId>) -> Vec<AccountId> {
        seats.filter_map(|seat| self.case.person(seat).account).collect()
    }

    /// What is still open once there is a draft, put once more to those who can answer before the record is issued.
    fn asked_again(&self, session: &Session) -> Option<Message> {
        let open = open_items(self.case, &self.rules);
        let items: Vec<_> = open.iter().map(|item| self.open_item(item)).collect();
        if items.is_empty() {
            return None;
        }
        let mut buttons = vec![Button::new(&self.press("prompts"), self.wording)];
        if !self.case.referral.gaps().is_empty() {
            buttons.push(Button::new(&self.press("amend"), self.wording));
        }
        if open.iter().any(|item| item.id == FURTHER_INVITEE) {
            buttons.push(Button::new(&self.press("ready"), self.wording));
        }
        buttons.extend(self.adopt_button(session));
        let mut asked = self.accounts(session.chair().into_iter().chain([session.convenor]));
        asked.dedup();
        let mentions: Vec<_> = asked.iter().map(|account| format!("<@{account}>")).collect();
        let text = self.wording.say("room.asked_again", context! { items => items, mentions => mentions.join(" ") });
        Some(Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(buttons).notifying(asked))
    }

    /// Who put the referral right, what of it, and how it stands now (REF-01).
    fn amended(&self, record: &Record, amendment: &Amendment) -> String {
        let Actor { name, role, agency, .. } = &record.actor;
        let parts: Vec<_> = amendment.parts().into_iter().map(|part| self.label_of(part)).collect();
        let values =
            context! { who => format!("{name}, {role}, {agency}"), parts => parts, referral => self.referral() };
        self.wording.say("room.referral_amended", values)
    }

    /// Who referred, by which route, when it was received and known, and which of the two the clocks run from.
    fn referral(&self) -> String {
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
    fn opening(&self, session: &Session, quorum: &[QuorumLine]) -> Vec<Message> {
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

    /// "Quorate" or "Not quorate: missing police representative" (GATE-08).
    pub fn quorum(&self, quorum: &[QuorumLine]) -> String {
        let missing: Vec<_> = quorum.iter().filter(|line| !line.met).map(|line| line.label.clone()).collect();
        if missing.is_empty() {
            self.wording.say("room.quorate", ())
        } else {
            let statement = lacks_statement(self.case, &self.rules);
            self.wording.say("room.not_quorate", context! { missing => missing, statement => statement })
        }
    }

    fn order(&self, turns: &[Turn]) -> String {
        let turns: Vec<_> = turns.iter().map(|turn| self.whose(turn.whose)).collect();
        self.wording.say("room.order", context! { turns => turns })
    }

    /// The floor banner: agency, person, role, position; the holder is mentioned once (TURN-04).
    fn banner(&self, session: &Session, turn: TurnId) -> Option<Message> {
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
        let text = self.wording.say(
            key,
            context! { who => self.whose(whose), n => at + 1, of => session.turns.len(), mention => mention },
        );
        Some(Message::text(text).notifying(account))
    }

    /// A contribution under its three-part heading, part by part, verbatim.
    fn contribution(&self, contribution: &Contribution) -> String {
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

    fn released(&self, session: &Session, turn: TurnId, how: &Release) -> Option<Message> {
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
    fn question(&self, id: QuestionId, by: SeatId, to: &Addressee, text: &str) -> Message {
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
    fn stage(&self, session: &Session, stage: Stage) -> Vec<Message> {
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

    /// What the chair confirmed, each entry in its own words; actions apart, so that their owners can answer.
    fn confirmed(&self, session: &Session, drafts: &[DraftId]) -> Vec<Message> {
        let entries = session.drafts.iter().filter(|draft| drafts.contains(&draft.id) && !draft.replaced);
        let (actions, others): (Vec<_>, Vec<_>) = entries.partition(|draft| matches!(draft.entry, Entry::Action(_)));
        let mut posts = Vec::new();
        if !others.is_empty() {
            let lines: Vec<_> = others.iter().map(|draft| self.entry(&draft.entry)).collect();
            let starts_enquiries = others.iter().any(|draft| matches!(draft.entry, Entry::Section47(_)));
            let follow_on = if starts_enquiries { self.follow_on() } else { Vec::new() };
            posts =
                self.long(&self.wording.say("room.confirmed", context! { entries => lines, follow_on => follow_on }));
        }
        let actions = actions.into_iter().filter_map(|draft| match &draft.entry {
            Entry::Action(action) => Some(action),
            _ => None,
        });
        let actions: Vec<_> = actions.collect();
        posts.extend(actions.chunks(ACTIONS_A_POST).map(|actions| self.actions_to_answer(actions)));
        posts
    }

    /// Confirmed actions with their owners mentioned and a button for each to accept theirs (ACT-10).
    fn actions_to_answer(&self, actions: &[&ActionEntered]) -> Message {
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
        Message::text(shortened(&text, MESSAGE_CHARACTERS_MAX)).with_buttons(buttons).notifying(owners)
    }

    /// Everything decided, with one press for each agency's position (DEC-43, DEC-44, ACT-14).
    fn read_back(&self, session: &Session) -> Vec<Message> {
        let decisions = session.section_47().map(|(draft, _)| &draft.entry).into_iter();
        let outcomes = session.outcomes().map(|(draft, _)| &draft.entry);
        let decisions: Vec<_> = decisions.chain(outcomes).map(|entry| self.entry(entry)).collect();
        let actions: Vec<_> = self.case.actions.iter().map(|action| self.action(action.entered.no)).collect();
        let text = self.wording.say("room.read_back", context! { decisions => decisions, actions => actions });
        let mut posts = self.long(&text);
        if let Some(last) = posts.pop() {
            let press = |code: &str| self.press("position").with("position", code);
            let label = |code: &str| self.wording.say(&format!("choice.position.{code}"), ());
            let buttons =
                ["agree", "disagree", "not_authorised"].map(|code| Button::labelled(&press(code), label(code)));
            posts.push(last.with_buttons(buttons.to_vec()).notifying(self.accounts(session.here())));
        }
        posts
    }

    fn closed(&self, session: &Session, open: &[OpenItem], reason: Option<&str>) -> String {
        let open: Vec<_> = open.iter().map(|item| self.open_item(item)).collect();
        self.wording.say(
            "room.closed",
            context! { label => self.label(session.form), time => session.closed_at.map(calendar::time), open => open, reason => reason,
                circulation => self.due(DeadlineKind::Circulation) },
        )
    }

    /// A sharing field's value as people read it: a choice by its label, words as they are.
    pub(super) fn words_of(&self, key: &str, text: &str) -> String {
        let prompts = self.rules.catalogue.prompts.iter();
        let asking = prompts.filter(|prompt| prompt.field(key).is_some()).find(|prompt| prompt.joins_sharing());
        asking.map_or_else(|| text.to_owned(), |prompt| self.value_of(&prompt.key, key, text))
    }
}
