//! What holds for any sequence of commands by anybody: the core never panics, its journal tells the whole case, only
//! the floor-holder's words are taken in a turn, and closing is never refused for what is missing.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use convenor::app::execute::seat_of;
use convenor::config::Config;
use convenor::domain::adjournment::Interim;
use convenor::domain::attendance::{Invitee, Means, Reach};
use convenor::domain::case::Case;
use convenor::domain::challenge::{ChallengeKind, Challenged};
use convenor::domain::command::Command;
use convenor::domain::decide::decide;
use convenor::domain::decision::{
    ActionEntered, DangerKind, EnquiryMode, Entry, OutcomeChosen, PositionKind, Section47, Section47Decision,
    Supplement,
};
use convenor::domain::event::{Actor, CopyKind, Event, Fields, Held, Pinned, Record, SessionForm};
use convenor::domain::facts::{Facts, Rules};
use convenor::domain::floor::{Addressee, Mode, MoveOnReason, Source, Whose};
use convenor::domain::ids::{
    AccountId, ActionNo, AlertId, ChallengeId, ChildId, CodeName, ContributionId, CorrectionId, DraftId, InvitationId,
    QuestionId, SeatId, SuggestionId, TurnId,
};
use convenor::domain::issuing::Endorsement;
use convenor::domain::late::Sight;
use convenor::domain::people::{AgencyKind, Person};
use convenor::domain::prompt::{About, Answer};
use convenor::domain::referral::{
    Born, Child, Referral, Referrer, SchoolStage, Threshold, TriggerPoint, TriggerType, Urgency, UrgencyClass,
};
use convenor::domain::session::Session;
use convenor::domain::stage::Stage;
use proptest::prelude::*;
use proptest::sample::select;

pub static CONFIG: LazyLock<Config> = LazyLock::new(Config::built_in);

fn rules() -> Rules<'static> {
    let procedure = &CONFIG.procedures["remote-format"];
    Rules { procedure, catalogue: &CONFIG.catalogue, calendar: &CONFIG.calendar }
}

pub const PEOPLE: [(&str, &str, &str, AgencyKind); 6] = [
    ("Rowan", "social_worker", "Children's Services", AgencyKind::SocialCare),
    ("Imogen", "team_manager", "Children's Services", AgencyKind::SocialCare),
    ("Dana", "police_officer", "Police", AgencyKind::Police),
    ("Priya", "health_visitor", "Community Health", AgencyKind::Health),
    ("Tom", "paediatrician", "Hospital", AgencyKind::Health),
    ("Bela", "school_nurse", "Community Health", AgencyKind::Health),
];

pub fn person(n: usize) -> Person {
    let (name, role, agency, agency_kind) = PEOPLE[n];
    Person {
        account: Some(AccountId(n as u64 + 1)),
        name: name.to_owned(),
        role: role.to_owned(),
        role_code: role.to_owned(),
        agency: agency.to_owned(),
        agency_kind,
        rank: None,
    }
}

/// A case as its commands make it, one after the other.
struct Play {
    journal: Vec<Record>,
    case: Option<Case>,
    now: DateTime<Utc>,
}

impl Play {
    fn new() -> Self {
        let now = Utc.with_ymd_and_hms(2026, 12, 7, 10, 0, 0).single().expect("there is such an hour");
        Self { journal: Vec::new(), case: None, now }
    }

    fn facts<'a>(&self, person: Option<&'a Person>) -> Facts<'a> {
        let seat = self.case.as_ref().and_then(|case| seat_of(case, person.and_then(|person| person.account)));
        Facts { now: self.now, person, seat, rules: rules() }
    }

    /// Carries out a command, and checks what must hold afterwards.
    fn does(&mut self, who: Option<usize>, command: &Command) -> Result<(), TestCaseError> {
        self.now += TimeDelta::seconds(37);
        let person = who.map(person);
        let facts = self.facts(person.as_ref());
        let Ok(events) = decide(self.case.as_ref(), command, &facts) else { return Ok(()) };
        let actor = Actor { seat: facts.seat, ..Actor::default() };
        for event in events {
            self.check_floor(&event)?;
            let before = self.case.as_ref().and_then(Case::session).cloned();
            let record = Record { seq: self.journal.len() as u64 + 1, at: self.now, actor: actor.clone(), event };
            match &mut self.case {
                Some(case) => case.apply(&record),
                None => self.case = Case::fold(std::slice::from_ref(&record)),
            }
            self.check_adjourned(before.as_ref(), &record.event)?;
            self.journal.push(record);
        }
        prop_assert_eq!(Case::fold(&self.journal), self.case.clone());
        self.check_close()
    }

    /// In a turn stand the holder's words alone, or what social care shares for a partner who is not there.
    fn check_floor(&self, event: &Event) -> Result<(), TestCaseError> {
        let Event::Contributed { contribution } = event else { return Ok(()) };
        let session = self.case.as_ref().and_then(Case::session).expect("nobody speaks before a session");
        let turn = session.current_turn().expect("somebody has the floor");
        prop_assert_eq!(contribution.turn, Some(turn.turn.id));
        let holder = turn.turn.whose;
        if contribution.mode == Mode::Relayed {
            let speaker = self.case.as_ref().expect("there is a case").person(contribution.seat);
            let is_here = matches!(holder, Whose::Seat(seat) if session.here().any(|here| here == seat));
            prop_assert!(holder == Whose::Seat(contribution.seat) || !is_here);
            prop_assert!(holder == Whose::Seat(contribution.seat) || speaker.agency_kind == AgencyKind::SocialCare);
        } else {
            prop_assert_eq!(holder, Whose::Seat(contribution.seat));
        }
        Ok(())
    }

    /// Nothing in an adjourned session changes the floor, and resuming leads back to the stage it was at.
    fn check_adjourned(&self, before: Option<&Session>, event: &Event) -> Result<(), TestCaseError> {
        let Some(before) = before.filter(|before| before.adjourned().is_some()) else { return Ok(()) };
        prop_assert_eq!(before.floor, None);
        if matches!(event, Event::SessionClosed { .. }) {
            return Ok(());
        }
        let after = self.case.as_ref().and_then(Case::session).expect("a session does not go away");
        prop_assert_eq!(after.stage, before.stage);
        prop_assert_eq!(after.floor, None);
        // Whoever comes back or sends something meanwhile is put at the end.
        prop_assert_eq!(&after.turns[..before.turns.len()], &before.turns[..]);
        Ok(())
    }

    /// Whatever is open, the chair of a sitting session may close it.
    fn check_close(&self) -> Result<(), TestCaseError> {
        let Some(case) = &self.case else { return Ok(()) };
        let Some(session) = case.session().filter(|session| session.stage.is_sitting()) else { return Ok(()) };
        let Some(chair) = session.chair() else { return Ok(()) };
        let attendance = &session.attendance[&chair];
        if attendance.excluded.is_some() || attendance.introduced.is_none() {
            return Ok(());
        }
        let person = case.person(chair);
        let facts = Facts { seat: Some(chair), ..self.facts(Some(person)) };
        let closed = decide(Some(case), &close(), &facts);
        prop_assert!(closed.is_ok(), "{:?}", closed);
        Ok(())
    }
}

/// How a session usually goes, so that chance reaches every stage of one.
pub fn usual() -> Vec<(usize, Command)> {
    let agency = |n: usize| {
        let person = person(n);
        let (role, kind) = (person.role_code.clone(), person.agency_kind);
        Command::Invite {
            to: Invitee::Agency { agency: person.agency, kind, role: person.role, role_code: role },
            reach: Reach::default(),
            support: None,
        }
    };
    let mut usual = vec![(0, register()), (0, child()), (0, convene()), (0, agency(2)), (0, agency(3)), (0, agency(4))];
    for n in 1..5 {
        usual.push((n, Command::Accept { invitation: InvitationId(n as u16), conflict: None }));
        usual.push((n, Command::ConfirmMeeting));
        usual.push((n, Command::Introduce { authorised: true, basis: "".into() }));
    }
    usual.push((1, Command::Open));
    for _ in 0..2 {
        usual.extend([(1, Command::Advance { from: None }), (1, adjourn()), (1, Command::ConfirmMeeting)]);
        usual.extend([(1, Command::Introduce { authorised: true, basis: "".into() }), (1, Command::Resume)]);
    }
    for _ in 0..2 {
        usual.push((1, Command::Advance { from: None }));
        usual.push((1, Command::Finish { turn: None }));
    }
    usual.extend([
        (1, Command::Advance { from: None }),
        (1, Command::Advance { from: None }),
        (1, Command::Advance { from: None }),
    ]);
    usual.push((1, close()));
    usual
}

pub fn adjourn() -> Command {
    let interim = Interim { holder: "the night team".into(), ..Interim::default() };
    Command::Adjourn { interim, safety: "yes, ward staff".into() }
}

pub fn close() -> Command {
    Command::Close { reason: None, safety: "".into() }
}

pub fn register() -> Command {
    let referral = Referral {
        reference: "LCS-1".to_owned(),
        received_at: None,
        known_at: None,
        clock_from: None,
        route: "".into(),
        referrer: Referrer { name: "".into(), role: "".into(), agency: "".into(), high_status: false },
        taken_by: None,
        trigger_point: TriggerPoint::AtReferral,
        trigger_type: TriggerType::Incident,
        threshold: Threshold::Suffering,
        grounds: "".into(),
        urgency: Urgency {
            class: UrgencyClass::SeriousRisk,
            immediate_protection: false,
            complex: false,
            injury: true,
            in_hospital: false,
            medical_likely: false,
            legal_action_likely: false,
            moved: false,
        },
        prior_conversations: "".into(),
    };
    let text = String::new;
    let pinned =
        Pinned { procedure: text(), procedure_digest: text(), catalogue_digest: text(), wording_digest: text() };
    Command::RegisterReferral { code_name: CodeName("amber-heron-k".to_owned()), pinned, referral: Box::new(referral) }
}

pub fn child() -> Command {
    Command::ListChild(Box::new(Child {
        id: ChildId(0),
        name: "Ellis".into(),
        subject: true,
        born: Born::NotKnown,
        relationship: "".into(),
        address: "".into(),
        address_withheld: false,
        parental_responsibility: "".into(),
        legal_status: "".into(),
        location: "".into(),
        stage: SchoolStage::SchoolAge,
        education: None,
    }))
}

pub fn convene() -> Command {
    let starts_at = Utc.with_ymd_and_hms(2026, 12, 7, 11, 0, 0).single().expect("there is such an hour");
    Command::Convene {
        form: SessionForm::Meeting,
        complex: false,
        starts_at: Some(starts_at),
        held: Held::Virtual,
        chair: Some(person(1)),
        parties: Vec::new(),
        call: "".into(),
    }
}

fn entry() -> impl Strategy<Value = Command> {
    let section_47 = select(Section47Decision::ALL).prop_map(|(decision, _)| {
        let blank = || "".into();
        Entry::Section47(Section47 {
            decision,
            mode: Some(EnquiryMode::Joint),
            agency: blank(),
            rationale: blank(),
            how: blank(),
            when: blank(),
            by_whom: blank(),
        })
    });
    let codes = vec!["other_action", "transfer_to_early_help", "no_such_outcome"];
    let outcome = select(codes).prop_map(|code| {
        let blank = || "".into();
        Entry::Outcome(OutcomeChosen {
            code: code.to_owned(),
            rationale: blank(),
            mode: None,
            who: blank(),
            agency: blank(),
            at: None,
            description: blank(),
            child: None,
            despite: blank(),
        })
    });
    let action = proptest::option::of(0..9_u16).prop_map(|owner| {
        let blank = || "".into();
        Entry::Action(ActionEntered {
            sees: None,
            child: None,
            immediate: false,
            protects: None,
            alert: None,
            found_by: None,
            find_by: None,
            no: ActionNo(0),
            what: "ring the ward".into(),
            owner: owner.map(SeatId),
            owner_words: blank(),
            due: None,
            place: blank(),
            how: blank(),
            purpose: blank(),
            contingency: blank(),
            serves: String::new(),
            measure: blank(),
        })
    });
    let prompts: Vec<_> = CONFIG.catalogue.prompts.iter().map(|prompt| prompt.key.clone()).collect();
    let answer = (select(prompts), proptest::option::of(0..3_u16)).prop_map(|(prompt, child)| {
        let about = child.map_or(About::Session, |child| About::Child(ChildId(child)));
        Entry::Answer(Answer::new(&prompt, about, [("text".to_owned(), "words".into())].into()))
    });
    prop_oneof![section_47, outcome, action, answer].prop_map(|entry| Command::Enter(Box::new(entry)))
}

fn whose() -> impl Strategy<Value = Whose> {
    prop_oneof![
        (0..8_u16).prop_map(|seat| Whose::Seat(SeatId(seat))),
        (0..6_u16).prop_map(|id| Whose::Invitation(InvitationId(id)))
    ]
}

fn anything() -> impl Strategy<Value = Command> {
    let seat = || proptest::option::of((0..8_u16).prop_map(SeatId));
    let invitation = || (0..6_u16).prop_map(InvitationId);
    let question = || (0..4_u16).prop_map(QuestionId);
    let to = || {
        proptest::option::of(prop_oneof![
            (0..8_u16).prop_map(|seat| Addressee::Seat(SeatId(seat))),
            select(["Police", "Nobody"].as_slice()).prop_map(|agency| Addressee::Agency(agency.to_owned()))
        ])
    };
    let said = || [("current".to_owned(), "words".into())].into();
    let source = || Source { name: "Ms Lee".into(), role: "".into(), agency: "".into(), by: "".into() };
    let plain = vec![
        Command::LookUp,
        Command::ConfirmMeeting,
        Command::NotMine,
        Command::Leave,
        Command::Open,
        Command::ReadOut,
        Command::Prepare { fields: said() },
        Command::ReleasePrepared,
        Command::SendPrepared,
        Command::KeepPrepared,
        Command::ReadSent { contribution: ContributionId(1) },
        Command::WeighSent { contribution: ContributionId(1), act_now: true },
        Command::ReadBack { contribution: ContributionId(1) },
        Command::DeadlineReached { deadline: "silence:1".to_owned() },
        Command::Escalate { invitation: InvitationId(1), step: "manager".to_owned() },
        Command::Finish { turn: None },
        Command::Finish { turn: Some(TurnId(1)) },
        Command::NothingHeld { turn: None },
        Command::NoQuestions,
        adjourn(),
        Command::Resume,
        Command::MakeHandover,
        Command::ReadHandover,
        Command::NameViceChair { seat: SeatId(1) },
        Command::HandOver { seat: SeatId(3) },
        Command::TakeChair,
        Command::StillChairing,
        Command::DeadlineReached { deadline: "chair_silent".to_owned() },
        Command::MarkUrgent { question: QuestionId(1) },
        Command::KeepUrgent { question: QuestionId(1) },
        Command::AllocateQuestion { question: QuestionId(1) },
        Command::DeadlineReached { deadline: "questions".to_owned() },
        Command::InviteChallenge,
        Command::QuestionHealth { text: "".into() },
        Command::PoliceUnavailable,
        Command::LogPoliceTalk { spoke: "".into(), with: "".into(), talked_at: None, result: "".into() },
        Command::DeadlineReached { deadline: "challenge_near:1.1".to_owned() },
        Command::DeadlineReached { deadline: "challenge_due:1.1".to_owned() },
        Command::Advance { from: None },
        Command::Advance { from: Some(Stage::Sharing) },
        Command::ReturnTo { seat: SeatId(3) },
        Command::ComeBack,
        Command::Nudge,
        Command::GiveCall { details: "a number".into() },
        Command::ReadCall,
        Command::ConfirmWords { contribution: ContributionId(1) },
        Command::ConfirmPosition,
        Command::ChooseSight { seat: SeatId(3), sight: Sight::Everything },
        Command::CloseRound,
        Command::Confirm { drafts: None },
        close(),
        Command::Sign { session: None, untitled: false },
        Command::Circulate { session: None, owners: None },
        Command::Circulate { session: None, owners: Some(CopyKind::Extract) },
        Command::OpenCopy { session: None, version: None },
        Command::OpenCopy { session: None, version: Some(1) },
        Command::Endorse { session: None, what: Endorsement::TrueRecord, agrees: true, reason: "".into() },
        Command::Endorse { session: None, what: Endorsement::SignOff, agrees: true, reason: "".into() },
        Command::Endorse { session: None, what: Endorsement::TimingClear, agrees: false, reason: "why then?".into() },
        Command::RequestCorrection { session: None, text: "It was Tuesday".into() },
        Command::AnswerCorrection { session: None, correction: CorrectionId(1), accepted: true, words: "".into() },
        Command::ChooseRecipient {
            session: None,
            who: Some(Whose::Seat(SeatId(3))),
            person: None,
            copy: None,
            reason: "".into(),
        },
        Command::DeadlineReached { deadline: "idle".to_owned() },
        Command::DeadlineReached { deadline: "filing:1".to_owned() },
        Command::ConfirmFiled { session: None },
        Command::DeadlineReached { deadline: "draft".to_owned() },
        Command::DeadlineReached { deadline: "missed:circulation_due".to_owned() },
        register(),
        child(),
        convene(),
        Command::Introduce { authorised: false, basis: "".into() },
    ];
    let people = prop_oneof![
        (invitation(), proptest::option::of(any::<bool>()))
            .prop_map(|(invitation, conflict)| Command::Accept { invitation, conflict }),
        (invitation(), any::<bool>()).prop_map(move |(invitation, informs)| Command::Decline {
            invitation,
            reason: "".into(),
            fields: if informs { said() } else { Fields::new() }
        }),
        (0..6_usize, any::<bool>(), any::<bool>()).prop_map(|(n, by_mail, supports)| Command::Invite {
            to: Invitee::Person(person(n)),
            reach: Reach { by_mail, ..Reach::default() },
            support: supports.then(|| "Interpreter".to_owned()),
        }),
        (seat(), 0..6_usize).prop_map(|(voucher, n)| Command::Vouch {
            voucher,
            person: person(n),
            means: Means::Telephone,
            knows_child: true,
            support: n == 5,
        }),
        (0..6_usize).prop_map(|n| Command::SendDeputy { deputy: person(n) }),
        Just(Command::AskByNameOnly { kind: AgencyKind::Police }),
        ((0..8_u16), any::<bool>()).prop_map(|(seat, gone)| Command::EnterAttendance {
            seat: SeatId(seat),
            means: Means::Telephone,
            gone
        }),
        whose().prop_map(|who| Command::MarkAbsent { who, reason: "".into() }),
        whose().prop_map(|who| Command::StandDown { who, reason: "".into() }),
        select(DangerKind::ALL).prop_map(|(danger, _)| Command::RaiseDanger { danger }),
        (0..3_u16).prop_map(|alert| Command::AcknowledgeDanger { alert: AlertId(alert) }),
        (0..3_u16).prop_map(|alert| Command::MarkFalseAlarm { alert: AlertId(alert), reason: "".into() }),
        (0..3_u16).prop_map(|alert| Command::DeadlineReached { deadline: format!("danger:{alert}") }),
    ];
    let round = prop_oneof![
        seat().prop_map(move |seat| Command::SendInformation { seat, fields: said() }),
        (seat(), any::<bool>()).prop_map(move |(seat, relays)| Command::Share {
            seat,
            on_behalf_of: relays.then(source),
            fields: said(),
            readers: None,
        }),
        proptest::collection::vec(whose(), 0..6).prop_map(|order| Command::SetOrder { order }),
        select(MoveOnReason::ALL).prop_map(|(reason, _)| Command::MoveOn { turn: None, reason }),
        to().prop_map(|to| Command::Ask { to, text: "why?".into(), urgent: false }),
        (question(), to()).prop_map(|(question, to)| Command::PutQuestion { question, to }),
        question().prop_map(|question| Command::AnswerQuestion { question, text: "so".into(), readers: None }),
        question().prop_map(|question| Command::GiveUpQuestion { question }),
    ];
    let decided = prop_oneof![
        entry(),
        ((0..9_u16), entry()).prop_map(|(draft, entry)| match entry {
            Command::Enter(entry) => Command::ChangeDraft { draft: DraftId(draft), entry },
            other => other,
        }),
        (0..4_u16).prop_map(move |id| Command::CorrectWords { contribution: ContributionId(id), fields: said() }),
        (0..9_u16).prop_map(|draft| Command::Confirm { drafts: Some(vec![DraftId(draft)]) }),
        (seat(), select(PositionKind::ALL)).prop_map(|(seat, (kind, _))| Command::GivePosition {
            seat,
            kind,
            about: "".into(),
            items: Vec::new(),
        }),
        (0..9_u16).prop_map(|draft| {
            let more = Supplement { how: "by visit".into(), despite: "both hold".into(), ..Supplement::default() };
            Command::Supply { draft: DraftId(draft), more: Box::new(more) }
        }),
        ((0..4_u16), any::<bool>())
            .prop_map(|(n, taken)| Command::AnswerSuggestion { suggestion: SuggestionId(n), taken }),
        select(vec![Command::HidePositions, Command::ShowPositions]),
        seat().prop_map(|by| Command::Challenge {
            by,
            challenged: Box::new(Challenged::new(ChallengeKind::Decision, "".into(), "".into())),
        }),
        ((0..4_u16), any::<bool>()).prop_map(|(challenge, resolved)| Command::SettleChallenge {
            challenge: ChallengeId(challenge),
            resolved,
            tried: "".into(),
            result: "".into()
        }),
        (0..4_u16).prop_map(|challenge| Command::EscalateChallenge {
            challenge: ChallengeId(challenge),
            own: "".into(),
            other: "".into(),
            met_at: None
        }),
        (0..4_u16)
            .prop_map(|challenge| Command::AnswerChallenge { challenge: ChallengeId(challenge), text: "".into() }),
        ((0..4_u16), any::<bool>()).prop_map(|(line, escalated)| Command::EscalateAbsence {
            line,
            escalated,
            reason: "".into()
        }),
        ((0..4_u16), any::<bool>()).prop_map(|(action, accepted)| Command::AnswerAction {
            action: ActionNo(action),
            accepted,
            reason: "".into()
        }),
        (0..4_u16).prop_map(|action| Command::ActionDone { action: ActionNo(action) }),
        Just(Command::AgencyAnswer { prompt: "agency_view".to_owned(), fields: said() }),
    ];
    prop_oneof![2 => select(plain), 2 => people, 3 => round, 2 => decided]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_commands_keeps_what_must_hold(
        usual_for in 0..40_usize,
        chance in proptest::collection::vec((proptest::option::weighted(0.95, 0..6_usize), anything()), 1..60),
    ) {
        let mut play = Play::new();
        let usual = usual();
        let (first, rest) = usual.split_at(usual_for.min(usual.len()));
        for (who, command) in first {
            play.does(Some(*who), command)?;
        }
        let mut rest = rest.iter();
        for (n, (who, command)) in chance.iter().enumerate() {
            play.does(*who, command)?;
            // Now and then the session goes on as it usually would.
            if n % 4 == 3 && let Some((who, command)) = rest.next() {
                play.does(Some(*who), command)?;
            }
        }
    }
}
