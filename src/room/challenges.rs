//! Challenge and escalation as people see them: in the room with everything said, and outside it without a word of what it
//! is about (DIS-01 to DIS-10, DIS-14).

use chrono::{DateTime, Utc};
use minijinja::{Value, context};

use crate::domain::calendar;
use crate::domain::challenge::{CHALLENGE_INVITED, ChallengeState, Challenger};
use crate::domain::decision::Entry;
use crate::domain::escalation::{ESCALATION, HEALTH_QUESTIONED, POLICE};
use crate::domain::event::{Event, Record};
use crate::domain::ids::ChallengeId;
use crate::domain::procedure::{Level, Within};
use crate::domain::session::Session;
use crate::domain::stage::Stage;

use super::Scene;
use super::message::{Button, ButtonStyle, Message};
use super::press::Press;

/// How many buttons the board has room for where partners did not come: a pair each.
const ABSENT_MAX: usize = 4;

impl Scene<'_> {
    /// What the room hears of a challenge and of an escalation.
    pub(super) fn challenge_posts(&self, record: &Record) -> Vec<Message> {
        match &record.event {
            Event::ChallengeInvited => {
                let text = self.wording.say("room.challenge_invited", context! { time => calendar::time(record.at) });
                vec![Message::text(text).with_buttons(vec![self.challenge_button()])]
            }
            Event::ChallengeRaised { challenge } => self.raised(challenge.id),
            Event::ChallengeFiled { challenge, .. } => self.raised(*challenge),
            Event::ChallengeSettled { challenge, resolved, tried, result, .. } => {
                let values = context! { resolved, tried => tried.words(), result => result.words() };
                self.of_challenge(*challenge, "room.challenge_settled", record, values)
            }
            Event::ChallengeEscalated { challenge, own, other, met_at, due_at, .. } => {
                let values = context! {
                    own => own.words(), other => other.words(), met => met_at.map(|at| self.moment(at)),
                    due => due_at.map(|at| self.moment(at)), ..self.policy()
                };
                self.of_challenge(*challenge, "room.challenge_escalated", record, values)
            }
            Event::ChallengeAnswered { challenge, text, .. } => {
                self.of_challenge(*challenge, "room.challenge_answered", record, context! { text => text.words() })
            }
            Event::HealthQuestioned { seat, text } => {
                let chair =
                    self.case.session().and_then(Session::chair).and_then(|chair| self.case.person(chair).account);
                let text = self.wording.say(
                    "room.health_questioned",
                    context! {
                        who => self.person(*seat), text => text.words(),
                        mention => chair.map(|account| format!("<@{account}>")),
                    },
                );
                let answer = self.press("prompt").with("prompt", HEALTH_QUESTIONED);
                let answer = Button::labelled(&answer, self.wording.say("room.health_answer", ()));
                vec![Message::text(text).with_buttons(vec![answer]).notifying(chair)]
            }
            Event::PoliceUnavailable => {
                let values = context! { who => &record.actor.name, inspector => self.inspector() };
                let text = self.wording.say("room.police_unavailable", values);
                vec![Message::text(text).with_buttons(vec![self.talk_button()])]
            }
            Event::PoliceTalkLogged { spoke, with, talked_at, result } => {
                let values = context! {
                    by => &record.actor.name, spoke => spoke.words(), with => with.words(), result => result.words(),
                    at => self.moment(talked_at.unwrap_or(record.at)),
                };
                self.long(&self.wording.say("room.police_talk", values))
            }
            _ => Vec::new(),
        }
    }

    fn raised(&self, id: ChallengeId) -> Vec<Message> {
        let Some((_, state)) = self.case.challenge(id) else { return Vec::new() };
        let end = state.level().ends.last();
        let values = context! {
            n => id.0, who => self.challenger(state), about => state.about.words(), why => state.why.words(),
            against => state.against.words(), kind => self.kind_of(state), omitted => state.seat().is_none(),
            tried => end.map(|end| end.tried.words()), result => end.map(|end| end.result.words()),
            due => state.level().due_at.map(|at| self.moment(at)), ..self.policy()
        };
        self.with_steps(id, self.long(&self.wording.say("room.challenge", values)))
    }

    fn of_challenge(&self, id: ChallengeId, key: &str, record: &Record, values: Value) -> Vec<Message> {
        let Some((_, state)) = self.case.challenge(id) else { return Vec::new() };
        let named = context! {
            n => id.0, who => self.challenger(state), by => &record.actor.name, level => self.level_of(&state.level().stage),
        };
        self.with_steps(id, self.long(&self.wording.say(key, context! { ..values, ..named })))
    }

    /// The last part has the buttons for what comes next; the chair's are there for as long as it stands.
    fn with_steps(&self, id: ChallengeId, mut posts: Vec<Message>) -> Vec<Message> {
        if let Some(last) = posts.pop() {
            posts.push(last.with_buttons(self.steps_of(id)));
        }
        posts
    }

    /// What can become of a challenge, a press each.
    pub fn steps_of(&self, id: ChallengeId) -> Vec<Button> {
        let Some((_, state)) = self.case.challenge(id) else { return Vec::new() };
        let press = |row: &str| self.press(row).with("challenge", id);
        let settle = |resolved: &str| {
            let label = self.wording.say(&format!("room.challenge_resolved_{resolved}"), ());
            Button::labelled(&press("settle_challenge").with("resolved", resolved), label)
        };
        let is_open = state.is_open();
        let above = self.rules.procedure.disagreement.after(&state.level().stage);
        let escalate = above.filter(|_| is_open).map(|_| Button::new(&press("escalate_challenge"), self.wording));
        let resolved = is_open.then(|| settle("yes"));
        let answer = Button::new(&press("answer_challenge"), self.wording);
        resolved.into_iter().chain([settle("no")]).chain(escalate).chain([answer]).collect()
    }

    /// Whose it is: name, role and agency.
    fn challenger(&self, state: &ChallengeState) -> String {
        match &state.by {
            Challenger::Seat(seat) => self.person(*seat),
            Challenger::Outside(person) => format!("{}, {}, {}", person.name, person.role, person.agency),
        }
    }

    fn kind_of(&self, state: &ChallengeState) -> Option<String> {
        state.kind.map(|kind| self.wording.say(&format!("choice.challenge_kind.{}", kind.code()), ()))
    }

    /// A level of the policy as people say it; one that the procedure doesn't have by its code.
    fn level_of(&self, code: &str) -> String {
        let stage = self.rules.procedure.disagreement.stage(code);
        stage.map_or_else(|| code.replace('_', " "), |stage| stage.label.clone())
    }

    /// The policy's name and link, its levels with their times, and whom to turn to (DIS-05).
    fn policy(&self) -> Value {
        let policy = &self.rules.procedure.disagreement;
        let contacts: Vec<_> =
            policy.contacts.iter().map(|line| (line.concern.clone(), line.contact.clone())).collect();
        let levels: Vec<_> = policy
            .stages
            .iter()
            .map(|stage| (stage.label.clone(), stage.within.map(|within| self.length(within))))
            .collect();
        context! { policy => &policy.policy, link => &policy.link, contacts, levels }
    }

    /// "2 working days".
    fn length(&self, within: Within) -> String {
        let (unit, number) = within.counted();
        self.wording.say("clock.length", context! { unit, number })
    }

    fn inspector(&self) -> &str {
        &self.rules.procedure.disagreement.duty_inspector
    }

    /// The challenges that are open, each with its level and when it is due.
    pub(super) fn challenges_open(&self) -> Vec<String> {
        let all = self.case.sessions.iter().flat_map(|session| &session.challenges);
        let lines = all.filter(|state| state.is_open()).map(|state| {
            let level = state.level();
            self.wording.say(
                "board.challenge",
                context! {
                    n => state.id.0, who => &state.person(self.case).name, level => self.level_of(&level.stage),
                    due => level.due_at.map(|at| self.moment(at)), overdue => level.overdue,
                },
            )
        });
        lines.collect()
    }

    /// Challenge is still to be invited, before the decisions are confirmed (DIS-06).
    pub(super) fn is_challenge_due(&self, session: &Session) -> bool {
        let is_deciding = (Stage::Deciding..Stage::Closed).contains(&session.stage);
        let is_asked = self.rules.procedure.level(CHALLENGE_INVITED).is_asked();
        is_deciding && is_asked && session.challenge_invited_at().is_none()
    }

    /// Before the first decision is confirmed, the chair is asked once more (DIS-06).
    pub fn challenge_to_invite(&self, record: &Record) -> Option<Button> {
        let decides = matches!(&record.event, Event::Entered { entry: Entry::Section47(_) | Entry::Outcome(_), .. });
        if !decides {
            return None;
        }
        let session = self.case.session().filter(|session| self.is_challenge_due(session))?;
        let is_chair = record.actor.seat.is_some() && session.chair() == record.actor.seat;
        is_chair.then(|| Button::new(&self.press("invite_challenge"), self.wording))
    }

    fn challenge_button(&self) -> Button {
        Button::new(&self.press("challenge"), self.wording)
    }

    fn talk_button(&self) -> Button {
        Button::new(&self.press("police_talk"), self.wording)
    }

    /// For each line of the minimum nobody meets, whether its manager is turned to; until the chair has said (DIS-07).
    pub fn absence_buttons(&self, session: &Session) -> Vec<Button> {
        if !self.rules.procedure.level(ESCALATION).is_recordable() || session.opened_at.is_none() {
            return Vec::new();
        }
        let missing = session.quorum.iter().enumerate().filter(|(_, line)| !line.met);
        let undecided = missing.filter(|(_, line)| session.absence_choice(&line.role).is_none());
        let button = |row: &str, n: usize, label: &str| {
            let text = self.wording.say(&format!("board.{row}"), context! { label });
            Button::labelled(&self.press(row).with("line", n), text)
        };
        undecided
            .flat_map(|(n, line)| ["escalate_absence", "leave_absence"].map(|row| button(row, n, &line.label)))
            .collect()
    }

    /// Challenge, and what is offered where somebody is missing.
    pub(super) fn challenge_buttons(&self, session: &Session) -> Vec<Button> {
        let invite = self.is_challenge_due(session).then(|| Button::new(&self.press("invite_challenge"), self.wording));
        let can_challenge = session.stage < Stage::Circulated && session.stage >= Stage::Open;
        let challenge = can_challenge.then(|| self.challenge_button());
        let absent = if session.stage.is_sitting() { self.absence_buttons(session) } else { Vec::new() };
        let police = matches!(self.rules.procedure.level(POLICE), Level::Off | Level::Absent);
        let is_before = session.stage < Stage::Closed && !police;
        let police = is_before.then(|| match session.escalations.police_unavailable.is_empty() {
            true => Button::new(&self.press("police_unavailable"), self.wording),
            false => self.talk_button(),
        });
        let absent = absent.into_iter().take(ABSENT_MAX);
        invite.into_iter().chain(challenge).chain(police).chain(absent).collect()
    }

    /// To an attendee of the police, where the session opened without health (DIS-09).
    pub fn health_missing(&self) -> Message {
        self.without_content("challenge.health_missing", context! {}, vec![self.press("question_health")])
    }

    /// To a health role that was left out: nothing of the case, and the way to challenge it (DIS-10).
    pub fn health_left_out(&self) -> Message {
        let policy = &self.rules.procedure.disagreement.policy;
        self.without_content("challenge.health_left_out", context! { policy }, vec![self.press("file_challenge")])
    }

    /// To those who speak with the duty Detective Inspector (DIS-08).
    pub fn police_to_be_rung(&self) -> Message {
        let values = context! { inspector => self.inspector() };
        self.without_content("challenge.police_unavailable", values, vec![self.press("police_talk")])
    }

    /// To the manager of a partner nobody came for (DIS-07).
    pub fn partner_absent(&self, label: &str) -> Message {
        self.without_content("challenge.partner_absent", context! { label }, Vec::new())
    }

    /// To the chair: a challenge came from outside.
    pub fn challenge_filed(&self) -> Message {
        self.without_content("challenge.filed", context! {}, Vec::new())
    }

    /// That a level is to be settled soon, or should have been: to those who can do something about it with the buttons,
    /// to the next level's role without (DIS-14).
    pub fn challenge_clock(&self, key: &str, id: ChallengeId, stage: &str, due_at: DateTime<Utc>) -> Message {
        let policy = &self.rules.procedure.disagreement;
        let next = policy.after(stage).map(|next| next.label.as_str());
        let values = context! {
            level => self.level_of(stage), due => self.moment(due_at), next, policy => &policy.policy, link => &policy.link,
        };
        self.without_content(key, values, Vec::new()).with_buttons(self.steps_of(id))
    }

    fn without_content(&self, key: &str, values: Value, presses: Vec<Press>) -> Message {
        let named = context! { code_name => self.code_name().to_string() };
        let buttons = presses.iter().map(|press| Button::new(press, self.wording).styled(ButtonStyle::Main));
        Message::text(self.wording.say(key, context! { ..named, ..values })).with_buttons(buttons.collect())
    }
}
