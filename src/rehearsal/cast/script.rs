//! Who does what, in which order and when: a case made into a script, before anything is played.
//!
//! Pure. Times a case gives are exact; the rest is spread evenly between opening, decision and close. To play one more
//! thing: an act here, its beat in the order people would do it, and its scene in `scenes`.

use chrono::{DateTime, TimeDelta, Utc};

use super::answers::Answer;
use super::case_parts::{Answered, CaseFile, Invitee};
use super::clock::spread;
use crate::domain::people::AgencyKind;
use crate::domain::prompt::{AskedOf, Catalogue};
use crate::domain::stage::Stage;

/// One thing somebody does. Numbers are places in the case file's lists, names its keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Register,
    Child(usize),
    Adult(usize),
    Convene,
    Invite(String),
    InviteInError(usize),
    Vouch(String),
    WrongMeeting(usize),
    Accept(String),
    Decline(String),
    SendInformation(String),
    EnterInformation(String),
    MarkAbsent(String),
    Door(String),
    Open,
    Order,
    StandDown(String),
    Next,
    OutOfTurn(usize),
    Contribute(usize),
    EndTurn(String),
    MoveOn,
    Ask(usize),
    AgencyView(AgencyKind),
    FirstAttempt,
    /// An answer, by place in the list of answers.
    Answer(usize),
    Propose,
    Dissent(usize),
    Challenge(usize),
    Section47,
    Outcome(usize),
    Action(usize),
    AcceptAction(usize),
    Confirm,
    ConfirmActions,
    Position(String),
    Close,
    /// Says of the draft what the procedure asks of whoever was there.
    Endorse(String),
    Sign,
    Circulate,
    /// The chair asks for the draft for the family, and ticks what may be told.
    FamilyDraft,
    Copy(String),
    File(String),
}

/// An act with the stage it belongs to and, where the case says so, its time.
#[derive(Debug, Clone, PartialEq)]
pub struct Beat {
    pub act: Act,
    pub stage: Stage,
    pub at: DateTime<Utc>,
}

/// The script of a case. `profile` is what cases call the procedure it is played under.
pub fn script(case: &CaseFile, answers: &[Answer], catalogue: &Catalogue, profile: Option<&str>) -> Vec<Beat> {
    let mut draft = Draft { case, answers, catalogue, profile, beats: Vec::new(), stage: Stage::Convened };
    draft.convening();
    draft.gathering();
    draft.opening();
    draft.sharing();
    draft.questions();
    draft.risk();
    draft.deciding();
    draft.actions();
    draft.ending();
    draft.latecomers();
    draft.afterwards();
    let times = spread(&draft.beats.iter().map(|(_, _, at)| *at).collect::<Vec<_>>());
    draft.beats.into_iter().zip(times).map(|((act, stage, _), at)| Beat { act, stage, at }).collect()
}

struct Draft<'a> {
    case: &'a CaseFile,
    answers: &'a [Answer],
    catalogue: &'a Catalogue,
    profile: Option<&'a str>,
    beats: Vec<(Act, Stage, Option<DateTime<Utc>>)>,
    stage: Stage,
}

/// From receipt to convening, and from convening to the opening, where a case says neither.
const TO_CONVENE: TimeDelta = TimeDelta::minutes(10);
const TO_LIST: TimeDelta = TimeDelta::minutes(9);
const BEFORE_OPENING: TimeDelta = TimeDelta::minutes(60);
/// Between one step and the next once the session is closed.
const AFTERWARDS: TimeDelta = TimeDelta::minutes(5);

impl Draft<'_> {
    fn add(&mut self, act: Act) {
        self.beats.push((act, self.stage, None));
    }

    fn add_at(&mut self, act: Act, at: DateTime<Utc>) {
        self.beats.push((act, self.stage, Some(at)));
    }

    fn each(&mut self, invitees: impl Fn(&Invitee) -> bool, act: impl Fn(String) -> Act) {
        let case = self.case;
        for invitee in case.invitees.iter().filter(|invitee| invitees(invitee)) {
            self.add(act(invitee.key.clone()));
        }
    }

    /// The answers to questions of a stage; the convenor's come first.
    fn answers_of(&mut self, stage: Stage, asked_of: impl Fn(&AskedOf) -> bool) {
        for (n, answer) in self.answers.iter().enumerate() {
            let prompt = self.catalogue.prompt(&answer.prompt);
            if prompt.is_some_and(|prompt| prompt.stage == stage && asked_of(&prompt.asked_of)) {
                self.add(Act::Answer(n));
            }
        }
    }

    fn convening(&mut self) {
        let case = self.case;
        let opened = case.session.opened_at.0;
        let known = case.referral.received_at.or(case.referral.information_shared_at).map(|at| at.0);
        let registered = known.unwrap_or(opened - BEFORE_OPENING - TO_CONVENE);
        let convened = (registered + TO_CONVENE).max(opened - BEFORE_OPENING);
        self.add_at(Act::Register, registered);
        (0..case.children.len()).for_each(|n| self.add(Act::Child(n)));
        (0..case.adults.len()).for_each(|n| self.add(Act::Adult(n)));
        // Whoever takes a referral lists the family in one go, however much later the session is convened.
        if let Some((_, _, at)) = self.beats.last_mut() {
            *at = Some((registered + TO_LIST).min(convened).max(registered));
        }
        self.add_at(Act::Convene, convened);
        let is_invited = |invitee: &Invitee| invitee.key != case.convenor && invitee.key != case.chair;
        self.each(|invitee| is_invited(invitee) && !invitee.is_guest(), Act::Invite);
        for (n, stranger) in case.wrong_meeting.iter().enumerate() {
            if case.invitees.iter().all(|invitee| invitee.agency != stranger.agency) {
                self.add(Act::InviteInError(n));
            }
        }
        self.each(Invitee::is_guest, Act::Vouch);
        self.answers_of(Stage::Convened, |asked_of| *asked_of == AskedOf::Convenor);
    }

    fn gathering(&mut self) {
        self.stage = Stage::Gathering;
        let case = self.case;
        (0..case.wrong_meeting.len()).for_each(|n| self.add(Act::WrongMeeting(n)));
        let is_asked = |invitee: &Invitee| invitee.key != case.convenor && !invitee.is_guest();
        let writes = |invitee: &Invitee| is_asked(invitee) && invitee.sends_information();
        self.each(|invitee| is_asked(invitee) && (invitee.comes() || invitee.sends_information()), Act::Accept);
        self.each(writes, Act::SendInformation);
        self.each(
            |invitee| is_asked(invitee) && !writes(invitee) && invitee.response == Answered::Apologies,
            Act::Decline,
        );
        self.each(|invitee| invitee.is_guest() && invitee.sends_information(), Act::EnterInformation);
        let is_in_time = |invitee: &Invitee| invitee.comes() && invitee.response != Answered::Late;
        self.each(|invitee| is_asked(invitee) && is_in_time(invitee), Act::Door);
        let is_away = |invitee: &Invitee| !invitee.comes() && invitee.reason.is_some();
        let declined = |invitee: &Invitee| is_asked(invitee) && invitee.response == Answered::Apologies;
        self.each(|invitee| is_away(invitee) && (!declined(invitee) || writes(invitee)), Act::MarkAbsent);
    }

    fn opening(&mut self) {
        self.stage = Stage::Open;
        self.add_at(Act::Open, self.case.session.opened_at.0);
        self.answers_of(Stage::Convened, |asked_of| *asked_of != AskedOf::Convenor);
        self.answers_of(Stage::Gathering, |_| true);
        self.answers_of(Stage::Open, |_| true);
        let speaks = |key: &str| self.case.contributions.iter().any(|shared| shared.by == key);
        let silent: Vec<_> = self.stood_down().filter(|key| !speaks(key)).collect();
        silent.into_iter().for_each(|key| self.add(Act::StandDown(key)));
        self.add(Act::Confirm);
        self.add(Act::Order);
    }

    fn stood_down(&self) -> impl Iterator<Item = String> {
        let is_out = |invitee: &&Invitee| invitee.response == Answered::StoodDown;
        self.case.invitees.iter().filter(is_out).map(|invitee| invitee.key.clone())
    }

    fn sharing(&mut self) {
        self.stage = Stage::Sharing;
        self.add(Act::Next);
        for key in turns(self.case) {
            for (n, attempt) in self.case.out_of_turn.iter().enumerate() {
                if attempt.during_turn_of == key {
                    self.add(Act::OutOfTurn(n));
                }
            }
            let shared = in_turn_of(self.case, &key);
            let is_read_out = shared.iter().any(|n| self.case.contributions[*n].mode == "written");
            shared.iter().for_each(|n| self.add(Act::Contribute(*n)));
            match shared.last() {
                None => self.add(Act::MoveOn),
                // Reading out ends the turn by itself.
                Some(_) if is_read_out => {}
                Some(n) => self.add(Act::EndTurn(self.case.contributions[*n].by.clone())),
            }
            if self.stood_down().any(|out| out == key) {
                self.add(Act::StandDown(key));
            }
        }
    }

    fn questions(&mut self) {
        self.stage = Stage::Questions;
        self.add(Act::Next);
        let mut order: Vec<usize> = (0..self.case.questions.len()).collect();
        order.sort_by_key(|n| self.case.questions[*n].seq);
        order.into_iter().for_each(|n| self.add(Act::Ask(n)));
    }

    fn risk(&mut self) {
        self.stage = Stage::Risk;
        self.add(Act::Next);
        let kinds: Vec<_> = self.case.risk.agency_views.keys().copied().collect();
        kinds.into_iter().for_each(|kind| self.add(Act::AgencyView(kind)));
        if self.case.risk.first_attempt.as_ref().is_some_and(|first| Some(first.profile.as_str()) == self.profile) {
            self.add(Act::FirstAttempt);
        }
        self.answers_of(Stage::Risk, |_| true);
        self.add(Act::Confirm);
    }

    fn deciding(&mut self) {
        self.stage = Stage::Deciding;
        self.add(Act::Next);
        let case = self.case;
        if let Some(proposal) = &case.decisions.first_proposal {
            self.add(Act::Propose);
            (0..proposal.dissent.len()).for_each(|n| self.add(Act::Dissent(n)));
        }
        (0..case.challenge.len()).for_each(|n| self.add(Act::Challenge(n)));
        if let Some(decision) = &case.decisions.section_47 {
            let decided = decision.decided_at.map(|at| at.0);
            self.beats.push((Act::Section47, self.stage, decided));
            self.beats.push((Act::Confirm, self.stage, decided));
        }
        (0..case.decisions.outcomes.len()).for_each(|n| self.add(Act::Outcome(n)));
        self.answers_of(Stage::Deciding, |_| true);
        self.add(Act::Confirm);
    }

    fn actions(&mut self) {
        self.stage = Stage::Actions;
        self.add(Act::Next);
        let mut order: Vec<usize> = (0..self.case.actions.len()).collect();
        order.sort_by_key(|n| self.case.actions[*n].n);
        order.iter().for_each(|n| self.add(Act::Action(*n)));
        self.answers_of(Stage::Actions, |_| true);
        self.add(Act::Confirm);
        order.iter().for_each(|n| self.add(Act::AcceptAction(*n)));
    }

    fn ending(&mut self) {
        self.stage = Stage::ReadBack;
        self.add(Act::Next);
        self.answers_of(Stage::ReadBack, |_| true);
        self.add(Act::Confirm);
        self.add(Act::ConfirmActions);
        self.each(|invitee| invitee.comes() && invitee.response != Answered::StoodDown, Act::Position);
        self.stage = Stage::Closed;
        self.add_at(Act::Close, self.case.session.closed_at.0);
    }

    /// Whoever joins late comes through the door at their own minute, whatever is going on then; and challenge is
    /// invited at the minute the case says.
    fn latecomers(&mut self) {
        let case = self.case;
        for invitee in case.invitees.iter().filter(|invitee| invitee.response == Answered::Late && !invitee.is_guest())
        {
            let at = invitee.joined_at.map_or(case.session.opened_at.0, |joined| joined.0);
            self.insert(Act::Door(invitee.key.clone()), at, |act| is_of(act, &invitee.key, case));
        }
        if let Some(at) = case.challenge_invited_at {
            let invited = |act: &Act| matches!(act, Act::Answer(n) if self.answers[*n].prompt == "challenge_invited");
            if let Some(place) = self.beats.iter().position(|(act, ..)| invited(act)) {
                let (act, ..) = self.beats.remove(place);
                self.insert(act, at.0, |act| matches!(act, Act::Close));
            }
        }
    }

    /// Puts an act at its time, but never behind one that must follow it.
    fn insert(&mut self, act: Act, at: DateTime<Utc>, follows: impl Fn(&Act) -> bool) {
        let times = spread(&self.beats.iter().map(|(_, _, at)| *at).collect::<Vec<_>>());
        let by_time = times.iter().position(|time| *time > at).unwrap_or(times.len());
        let first = self.beats.iter().position(|(act, stage, _)| *stage > Stage::Gathering && follows(act));
        let place = first.map_or(by_time, |first| first.min(by_time));
        let stage = place.checked_sub(1).map_or(Stage::Gathering, |before| self.beats[before].1);
        self.beats.insert(place, (act, stage, Some(at)));
    }

    fn afterwards(&mut self) {
        self.stage = Stage::Minutes;
        let closed = self.case.session.closed_at.0;
        let was_there =
            |invitee: &&Invitee| !invitee.is_guest() && invitee.comes() && invitee.response != Answered::StoodDown;
        for invitee in self.case.invitees.iter().filter(was_there) {
            self.add_at(Act::Endorse(invitee.key.clone()), closed + AFTERWARDS);
        }
        self.add_at(Act::Sign, closed + AFTERWARDS);
        self.add_at(Act::Circulate, closed + AFTERWARDS * 2);
        self.stage = Stage::Circulated;
        if self.case.wants_family_draft() {
            self.add_at(Act::FamilyDraft, closed + AFTERWARDS * 2);
        }
        let has_account = |invitee: &Invitee| {
            !invitee.is_guest()
                && (invitee.comes() && invitee.response != Answered::StoodDown || invitee.sends_information())
        };
        let readers: Vec<_> = self.case.invitees.iter().filter(|invitee| has_account(invitee)).collect();
        for (n, reader) in (3..).zip(&readers) {
            self.add_at(Act::Copy(reader.key.clone()), closed + AFTERWARDS * n);
            self.add_at(Act::File(reader.key.clone()), closed + AFTERWARDS * n);
        }
    }
}

/// Whose turns there are, in order: as announced, then whoever shares without standing in the order.
pub fn turns(case: &CaseFile) -> Vec<String> {
    let mut turns = case.speaking_order.clone();
    for shared in case.contributions.iter().filter(|shared| shared.mode != "relayed") {
        if !turns.contains(&shared.by) {
            turns.push(shared.by.clone());
        }
    }
    turns
}

/// The contributions of a turn, in order. What is relayed belongs to the turn of the partner it is shared for.
fn in_turn_of(case: &CaseFile, key: &str) -> Vec<usize> {
    let turns = turns(case);
    let belongs = |n: &usize| {
        let shared = &case.contributions[*n];
        let source = shared.on_behalf_of.as_ref().and_then(|source| {
            case.invitees.iter().find(|invitee| invitee.name == source.name && turns.contains(&invitee.key))
        });
        source.map_or(shared.by == key, |source| source.key == key)
    };
    let mut places: Vec<usize> = (0..case.contributions.len()).filter(belongs).collect();
    places.sort_by_key(|n| case.contributions[*n].seq);
    places
}

/// Whether a person has to be in the room for this.
fn is_of(act: &Act, key: &str, case: &CaseFile) -> bool {
    match act {
        Act::Contribute(n) => case.contributions[*n].by == key,
        Act::OutOfTurn(n) => case.out_of_turn[*n].by == key,
        Act::EndTurn(of) | Act::Position(of) | Act::StandDown(of) => of == key,
        Act::Ask(n) => {
            let question = &case.questions[*n];
            question.by == key || question.answered_by.as_deref() == Some(key)
        }
        Act::Challenge(n) => case.challenge[*n].by == key,
        _ => false,
    }
}

#[cfg(test)]
#[path = "script_tests.rs"]
mod tests;
