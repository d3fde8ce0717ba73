//! *Mark, don't block*, over all commands in many reachable states: every refusal rests on one of the grounds there are,
//! and on what that ground says; and what must always be possible is (SES-20).

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use convenor::app::execute::seat_of;
use convenor::domain::adjournment::Interim;
use convenor::domain::attendance::{Invitee, Means, Reach};
use convenor::domain::case::Case;
use convenor::domain::command::Command;
use convenor::domain::decide::{Decision, decide};
use convenor::domain::decision::{
    ActionEntered, ChallengeStage, DangerKind, EnquiryMode, Entry, PositionKind, Section47, Section47Decision,
};
use convenor::domain::event::{Actor, Record};
use convenor::domain::facts::{Facts, Rules};
use convenor::domain::floor::{MoveOnReason, Nature, Source, Whose};
use convenor::domain::ids::{
    AccountId, ActionNo, AdultId, AlertId, ChildId, ContributionId, DraftId, InvitationId, MessageId, QuestionId,
    SeatId,
};
use convenor::domain::limits::Item;
use convenor::domain::link::{Link, LinkKind};
use convenor::domain::people::{AgencyKind, Person};
use convenor::domain::referral::{Adult, Born};
use convenor::domain::refusal::{Ground, Refusal};
use convenor::domain::request::Wanted;
use convenor::domain::stage::Stage;

use crate::sequences::{CONFIG, PEOPLE, adjourn, child, close, convene, person, register, usual};
use crate::support::PROCEDURES;

/// Whoever may come to a case besides: the night's social worker, a detective inspector, and a second manager.
const OTHERS: [(&str, AgencyKind, Option<&str>); 3] = [
    ("emergency_duty_social_worker", AgencyKind::SocialCare, None),
    ("police_officer", AgencyKind::Police, Some("Detective Inspector")),
    ("team_manager", AgencyKind::SocialCare, None),
];

fn anybody() -> impl Iterator<Item = usize> {
    0..PEOPLE.len() + OTHERS.len()
}

fn somebody(n: usize) -> Person {
    let Some(other) = n.checked_sub(PEOPLE.len()) else { return person(n) };
    let (role, agency_kind, rank) = OTHERS[other];
    Person {
        account: Some(AccountId(n as u64 + 1)),
        name: role.to_owned(),
        role: role.to_owned(),
        role_code: role.to_owned(),
        agency: if agency_kind == AgencyKind::Police { "Police" } else { "Children's Services" }.to_owned(),
        agency_kind,
        rank: rank.map(str::to_owned),
    }
}

/// A case as far as it has come, under one of the procedures.
#[derive(Clone)]
struct State {
    case: Option<Case>,
    now: DateTime<Utc>,
    procedure: &'static str,
}

impl State {
    fn new(procedure: &'static str) -> Self {
        let now = Utc.with_ymd_and_hms(2026, 12, 7, 10, 0, 0).single().expect("there is such an hour");
        Self { case: None, now, procedure }
    }

    fn seat(&self, who: Option<usize>) -> Option<SeatId> {
        let account = who.and_then(|who| somebody(who).account);
        self.case.as_ref().and_then(|case| seat_of(case, account))
    }

    fn decides(&self, who: Option<usize>, command: &Command) -> Decision {
        let enrolled: Option<Person> = who.map(somebody);
        let rules = Rules {
            procedure: &CONFIG.procedures[self.procedure],
            catalogue: &CONFIG.catalogue,
            calendar: &CONFIG.calendar,
        };
        let facts = Facts { now: self.now, person: enrolled.as_ref(), seat: self.seat(who), rules };
        decide(self.case.as_ref(), command, &facts)
    }

    fn does(&mut self, who: usize, command: &Command) {
        self.now += TimeDelta::seconds(37);
        let actor = Actor { seat: self.seat(Some(who)), ..Actor::default() };
        for event in self.decides(Some(who), command).unwrap_or_default() {
            let seq = self.case.as_ref().map_or(0, |case| case.entries) + 1;
            let record = Record { seq, at: self.now, actor: actor.clone(), event };
            match &mut self.case {
                Some(case) => case.apply(&record),
                None => self.case = Case::fold(&[record]),
            }
        }
    }

    /// Whether somebody is in the room, or may come in without a door.
    fn is_inside(&self, who: Option<usize>) -> bool {
        let session = self.case.as_ref().and_then(Case::session);
        let of = self.seat(who).and_then(|seat| session?.attendance.get(&seat));
        of.is_some_and(|attendance| attendance.introduced.is_some() && attendance.excluded.is_none())
    }

    /// What its ground says of a refusal is so.
    fn check(&self, who: Option<usize>, command: &Command, refusal: &Refusal) {
        let told = || format!("{}: {who:?} got {refusal:?} for {command:?}", self.procedure);
        let stage = self.case.as_ref().and_then(Case::session).map(|session| session.stage);
        match refusal.ground() {
            Ground::OutOfTurn => assert!(speaks(command) && stage == Some(Stage::Sharing), "{}", told()),
            Ground::OutsideTheDoor => {
                let is_open = stage >= Some(Stage::Open);
                assert!(!self.is_inside(who) || !is_open || is_about_the_door(command), "{}", told());
            }
            Ground::Title => {
                assert!(matches!(command, Command::Sign { .. } | Command::Circulate { .. }), "{}", told());
            }
            Ground::OpenActions => panic!("no command closes a case: {}", told()),
            Ground::AnotherRole => {
                let mut others = anybody().filter(|other| Some(*other) != who);
                let is_anothers = |other: usize| match self.decides(Some(other), command) {
                    Err(refusal) => refusal.ground() != Ground::AnotherRole,
                    Ok(_) => true,
                };
                assert!(others.any(is_anothers), "nobody could: {}", told());
            }
            Ground::NotThere | Ground::NotUnderstood => {
                assert!(self.case.is_none() || !is_never_stopped(command), "{}", told());
            }
        }
    }

    /// Whoever has a seat, or is asked to it, can raise danger; the chair can stop, go on and end, whatever is missing.
    fn check_always_possible(&self, who: usize) {
        let (Some(case), seat) = (&self.case, self.seat(Some(who))) else { return };
        if case.may_raise(&somebody(who), seat) {
            let raised = self.decides(Some(who), &danger());
            assert!(raised.is_ok(), "{}: {who} can't raise danger: {raised:?}", self.procedure);
        }
        let Some(session) = case.session() else { return };
        let is_excluded = seat.and_then(|seat| session.attendance.get(&seat)).is_none_or(|at| at.excluded.is_some());
        if !is_excluded {
            let saved = self.decides(Some(who), &at_once());
            assert!(saved.is_ok(), "{}: {who} can't act at once: {saved:?}", self.procedure);
        }
        if session.chair() != seat || !self.is_inside(Some(who)) {
            return;
        }
        let is_adjourned = session.adjourned().is_some();
        let mut possible = Vec::new();
        possible.extend((session.stage == Stage::Gathering).then_some(Command::Open));
        possible.extend((session.stage.is_sitting() || is_adjourned).then(close));
        possible.extend((session.stage.is_sitting() && !is_adjourned).then(adjourn));
        possible.extend(is_adjourned.then_some(Command::Resume));
        let is_to_sign = session.stage == Stage::Minutes && session.opened_at.is_some() && session.signed_at.is_none();
        possible.extend(is_to_sign.then_some(Command::Sign { session: Some(session.no), untitled: true }));
        let is_signed = session.stage == Stage::Minutes && session.signed_at.is_some();
        possible.extend(is_signed.then_some(Command::Circulate { session: Some(session.no) }));
        for command in possible {
            let done = self.decides(Some(who), &command);
            assert!(done.is_ok(), "{}: {command:?} at {:?}: {done:?}", self.procedure, session.stage);
        }
        let moves_on = session.stage.is_sitting() && !is_adjourned && session.stage < Stage::ReadBack;
        let gone_on = self.decides(Some(who), &Command::Advance { from: Some(session.stage) });
        let is_asked = matches!(gone_on, Err(Refusal::NotHeard { .. }));
        assert!(!moves_on || gone_on.is_ok() || is_asked, "{}: {:?}: {gone_on:?}", self.procedure, session.stage);
        if is_asked {
            assert!(self.decides(Some(who), &Command::CloseRound).is_ok(), "what the answer offers is possible");
        }
    }
}

/// Takes the floor, keeps it or ends it.
fn speaks(command: &Command) -> bool {
    matches!(
        command,
        Command::Share { .. }
            | Command::ReleasePrepared
            | Command::ReadOut
            | Command::Finish { .. }
            | Command::NothingHeld { .. }
            | Command::Nudge
    )
}

/// It is about somebody else's door, or about one that whoever convenes never stands before.
fn is_about_the_door(command: &Command) -> bool {
    matches!(
        command,
        Command::Vouch { .. }
            | Command::EnterAttendance { .. }
            | Command::Invite { .. }
            | Command::ConfirmMeeting
            | Command::NotMine
            | Command::Introduce { .. }
            | Command::LookUp
    )
}

/// A danger, and whatever a timer was set for.
fn is_never_stopped(command: &Command) -> bool {
    matches!(command, Command::DeadlineReached { .. })
}

fn danger() -> Command {
    Command::RaiseDanger { danger: DangerKind::Removal }
}

fn at_once() -> Command {
    let action = ActionEntered { immediate: true, ..ActionEntered::numbered(ActionNo(0)) };
    Command::Enter(Box::new(Entry::Action(action)))
}

fn section_47() -> Command {
    let blank = || "".into();
    Command::Enter(Box::new(Entry::Section47(Section47 {
        decision: Section47Decision::Initiate,
        mode: None::<EnquiryMode>,
        agency: blank(),
        rationale: blank(),
        how: blank(),
        when: blank(),
        by_whom: blank(),
    })))
}

/// At least one of each, everything left blank that can be.
fn every() -> Vec<Command> {
    let blank = || "".into();
    let said = || [("current".to_owned(), "words".into())].into();
    let later = Utc.with_ymd_and_hms(2026, 12, 7, 12, 0, 0).single().expect("there is such an hour");
    let Command::RegisterReferral { code_name, pinned, referral } = register() else { unreachable!("it is one") };
    let (seat, invitation, question, action) = (SeatId(3), InvitationId(1), QuestionId(1), ActionNo(1));
    let adult = Adult {
        id: AdultId(0),
        name: blank(),
        born: Born::NotGiven,
        relationship: blank(),
        address: blank(),
        address_withheld: false,
        flags: blank(),
        difficulties: Vec::new(),
        risk: false,
    };
    let police = Invitee::Agency {
        agency: "Police".to_owned(),
        kind: AgencyKind::Police,
        role: "Officer".to_owned(),
        role_code: "police_officer".to_owned(),
    };
    vec![
        register(),
        Command::AmendReferral(Box::default()),
        Command::RequestDiscussion { code_name: code_name.clone(), pinned, wanted: Wanted::default() },
        Command::ReadRequest,
        Command::TakeUpRequest { referral },
        Command::DeclineRequest { reason: blank() },
        Command::LinkCase(Link { code_name: code_name.clone(), why: LinkKind::Other }),
        child(),
        Command::ListAdult(Box::new(adult)),
        Command::AmendChild { child: ChildId(1), change: Box::default() },
        Command::AmendAdult { adult: AdultId(1), change: Box::default() },
        Command::FlagAdult { adult: AdultId(1), difficulties: Vec::new() },
        convene(),
        Command::Reschedule { starts_at: later, for_attendance: false },
        Command::Agree,
        Command::Invite { to: police, reach: Reach::default() },
        Command::AskByNameOnly { kind: AgencyKind::Police },
        Command::TurnDownProposal { proposal: "school_nurse".to_owned(), reason: blank() },
        Command::Vouch {
            voucher: None,
            person: Person { account: None, ..person(5) },
            means: Means::Telephone,
            knows_child: false,
        },
        Command::Accept { invitation, conflict: None },
        Command::Decline { invitation, reason: blank(), fields: said() },
        Command::SendDeputy { deputy: person(5) },
        Command::Escalate { invitation, step: "manager".to_owned() },
        Command::LookUp,
        Command::SendInformation { seat: None, fields: said() },
        Command::ReadSent { contribution: ContributionId(1) },
        Command::WeighSent { contribution: ContributionId(1), act_now: true },
        Command::Prepare { fields: said() },
        Command::ReleasePrepared,
        Command::SendPrepared,
        Command::KeepPrepared,
        Command::MarkAbsent { who: Whose::Seat(seat), reason: blank() },
        Command::ConfirmMeeting,
        Command::NotMine,
        Command::Introduce { authorised: false, basis: blank() },
        Command::Remind,
        Command::StandDown { who: Whose::Seat(seat), reason: blank() },
        Command::EnterAttendance { seat, means: Means::Telephone, gone: false },
        Command::Leave,
        Command::Open,
        Command::AdoptChairing,
        Command::Adjourn { interim: Interim::default(), safety: blank() },
        Command::Resume,
        Command::MakeHandover,
        Command::ReadHandover,
        Command::NameViceChair { seat },
        Command::HandOver { seat },
        Command::TakeChair,
        Command::StillChairing,
        Command::SetOrder { order: vec![Whose::Seat(seat)] },
        Command::Share { seat: None, on_behalf_of: None, fields: said(), readers: None },
        Command::Share { seat: None, on_behalf_of: Some(Source::default()), fields: said(), readers: None },
        Command::ReadOut,
        Command::ReadBack { contribution: ContributionId(1) },
        Command::MarkContribution { contribution: ContributionId(1), nature: Nature::Fact },
        Command::StateSource { contribution: ContributionId(1), source: Source::default() },
        Command::Finish { turn: None },
        Command::NothingHeld { turn: None },
        Command::LeaveBy { at: later, first: true },
        Command::TakeFirst { seat },
        Command::MoveOn { turn: None, reason: MoveOnReason::ALL[0].0 },
        Command::ReturnTo { seat },
        Command::ComeBack,
        Command::Nudge,
        Command::HoldBack { message: MessageId(1), account: AccountId(1) },
        Command::CloseRound,
        Command::Ask { to: None, text: "why?".into(), urgent: false },
        Command::Ask { to: None, text: "why?".into(), urgent: true },
        Command::MarkUrgent { question },
        Command::KeepUrgent { question },
        Command::PutQuestion { question, to: None },
        Command::AnswerQuestion { question, text: blank(), readers: None },
        Command::Limit { item: Item::Contribution(ContributionId(1)), readers: None },
        Command::AnswerWidening { item: Item::Contribution(ContributionId(1)), agrees: false },
        Command::ReadLimited,
        Command::GiveUpQuestion { question },
        Command::NoQuestions,
        Command::AllocateQuestion { question },
        Command::Advance { from: None },
        Command::ExplainSkipped { reason: blank() },
        section_47(),
        at_once(),
        Command::HideViews,
        Command::ShowViews,
        Command::AgencyAnswer { prompt: "agency_view".to_owned(), fields: said() },
        Command::Confirm { drafts: Some(vec![DraftId(1)]) },
        Command::GivePosition { seat: None, kind: PositionKind::ALL[1].0, about: blank() },
        Command::Challenge {
            by: None,
            stage: ChallengeStage::Practitioner,
            about: blank(),
            against: blank(),
            tried: blank(),
            result: blank(),
        },
        Command::AnswerAction { action, accepted: true, reason: blank() },
        Command::ActionDone { action },
        Command::ChangeAction { action, due: None, owner: None, reason: blank() },
        Command::NameOwner { action, owner: Some(seat), words: blank() },
        danger(),
        Command::DescribeDanger { alert: AlertId(1), text: "at the gate".into() },
        Command::AcknowledgeDanger { alert: AlertId(1) },
        Command::MarkFalseAlarm { alert: AlertId(1), reason: blank() },
        close(),
        Command::Sign { session: None, untitled: false },
        Command::Circulate { session: None },
        Command::OpenCopy { session: None },
        Command::ConfirmFiled { session: None },
        Command::NoteUndelivered { invitation, by_mail: false },
        Command::DeadlineReached { deadline: "draft".to_owned() },
        Command::DeadlineReached { deadline: "danger:1".to_owned() },
        Command::DeadlineReached { deadline: "find_owner:1".to_owned() },
        Command::DeadlineReached { deadline: "chair_silent".to_owned() },
        Command::DeadlineReached { deadline: "undecided".to_owned() },
    ]
}

/// A session from its referral to its circulated record, with nothing answered, a danger, and somebody turned away.
fn course() -> Vec<(usize, Command)> {
    let mut course = vec![(3, danger())];
    let mut usual = usual();
    usual.pop();
    for (n, step) in usual.into_iter().enumerate() {
        course.push(step);
        if n == 12 {
            course.extend([(2, danger()), (2, at_once())]);
        }
    }
    course.push((1, Command::CloseRound));
    course.extend((0..6).map(|_| (1, Command::Advance { from: None })));
    course.extend([
        (1, close()),
        (1, Command::DeadlineReached { deadline: "draft".to_owned() }),
        (1, Command::Sign { session: None, untitled: true }),
        (1, Command::Circulate { session: None }),
        (0, convene()),
        (1, Command::Accept { invitation: InvitationId(1), conflict: None }),
        (4, Command::NotMine),
    ]);
    course
}

/// The names of the variants of `Command`, as they stand in its file.
fn variants() -> BTreeSet<&'static str> {
    let text = include_str!("../../src/domain/command.rs");
    let body = text.split("pub enum Command {").nth(1).expect("the list of commands");
    let lines = body.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let names = lines.map(|line| line.trim().split([' ', ',', '(', '{']).next().unwrap_or_default());
    names.filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase())).collect()
}

#[test]
fn the_sweep_tries_every_command_there_is() {
    let tried: Vec<String> = every().iter().map(|command| format!("{command:?}")).collect();
    let missing: Vec<_> = variants()
        .into_iter()
        .filter(|name| !tried.iter().any(|tried| tried.split([' ', '(', '{']).next() == Some(name)))
        .collect();
    assert!(missing.is_empty(), "give one of each to `every`: {missing:?}");
}

/// Shows: SES-20, SAFE-01, SAFE-05, DIS-11.
#[test]
fn nothing_is_refused_but_for_the_four_and_what_is_not_there_or_somebody_elses() {
    let every = every();
    for procedure in PROCEDURES {
        let mut state = State::new(procedure);
        let mut reached: BTreeSet<String> = BTreeSet::new();
        for (who, command) in course() {
            let entries = state.case.as_ref().map(|case| case.entries);
            state.does(who, &command);
            if entries == state.case.as_ref().map(|case| case.entries) {
                continue;
            }
            let session = state.case.as_ref().and_then(Case::session);
            reached.extend(session.map(|session| session.stage.key().to_owned()));
            for who in anybody() {
                state.check_always_possible(who);
                for command in &every {
                    if let Err(refusal) = state.decides(Some(who), command) {
                        state.check(Some(who), command, &refusal);
                    }
                }
            }
            let timers = every.iter().filter(|command| is_never_stopped(command) && state.case.is_some());
            timers.for_each(|timer| assert!(state.decides(None, timer).is_ok(), "{timer:?} would come back for ever"));
        }
        assert!(reached.len() >= 9, "{procedure}: the sweep comes to every stage: {reached:?}");
    }
}
