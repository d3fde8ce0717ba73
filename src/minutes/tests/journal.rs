//! A small invented case, told fact by fact. Every person, place and agency is fictional.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};

use crate::domain::attendance::{Absence, Invitation, Invitee, Means, Seat};
use crate::domain::case::Case;
use crate::domain::decision::*;
use crate::domain::event::*;
use crate::domain::floor::*;
use crate::domain::ids::*;
use crate::domain::open_items::{OpenItem, Topic};
use crate::domain::people::{AgencyKind, Person};
use crate::domain::prompt::{About, Answer};
use crate::domain::referral::*;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

pub const WORKER: SeatId = SeatId(1);
pub const CHAIR: SeatId = SeatId(2);
pub const POLICE: SeatId = SeatId(3);
pub const VISITOR: SeatId = SeatId(4);
pub const DOCTOR: SeatId = SeatId(5);
pub const STRAY: SeatId = SeatId(6);
pub const LATECOMER: SeatId = SeatId(7);

pub const CHILD: ChildId = ChildId(1);
pub const UNBORN: ChildId = ChildId(2);
pub const COUSIN: ChildId = ChildId(3);

/// A journal being written: each fact a minute after the last, unless the clock is set.
pub struct Journal {
    pub records: Vec<Record>,
    clock: DateTime<Utc>,
    drafts: u16,
}

impl Journal {
    pub fn case(&self) -> Case {
        Case::fold(&self.records).expect("it begins with the referral")
    }

    /// Sets the clock of 14 May 2027, by the clock on the wall.
    pub fn at(&mut self, time: &str) -> &mut Self {
        self.clock = on(2027, 5, 14, time);
        self
    }

    pub fn by(&mut self, seat: SeatId, event: Event) -> &mut Self {
        let (_, name, role, agency, ..) =
            people().into_iter().find(|(id, ..)| *id == seat).expect("a person of the case");
        let actor = Actor { seat: Some(seat), name: name.into(), role: role.into(), agency: agency.into() };
        let seq = self.records.len() as u64 + 1;
        self.records.push(Record { seq, at: self.clock, actor, event });
        self.clock += chrono::TimeDelta::minutes(1);
        self
    }

    /// The recorder drafts.
    pub fn drafts(&mut self, entry: Entry) -> DraftId {
        self.drafts += 1;
        let draft = DraftId(self.drafts);
        self.by(WORKER, Event::Entered { draft, entry, replaces: None });
        draft
    }

    pub fn answers(&mut self, prompt: &str, about: About, fields: &[(&str, &str)]) -> DraftId {
        self.drafts(Entry::Answer(Answer::new(prompt, about, said(fields))))
    }

    pub fn shares(&mut self, turn: u16, seat: SeatId, fields: &[(&str, &str)]) -> &mut Self {
        let contribution = contribution(turn, seat, Mode::Live, fields);
        self.by(seat, Event::Contributed { contribution })
    }
}

pub fn on(year: i32, month: u32, day: u32, time: &str) -> DateTime<Utc> {
    let time: NaiveTime = format!("{time}:00").parse().expect("a time of day");
    let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    chrono_tz::Europe::London.from_local_datetime(&day.and_time(time)).single().expect("once").to_utc()
}

pub fn said(fields: &[(&str, &str)]) -> BTreeMap<String, Spoken> {
    fields.iter().map(|(key, words)| ((*key).to_owned(), Spoken::new(words))).collect()
}

pub fn contribution(turn: u16, seat: SeatId, mode: Mode, fields: &[(&str, &str)]) -> Contribution {
    Contribution {
        id: ContributionId(turn),
        turn: Some(TurnId(turn)),
        seat,
        mode,
        on_behalf_of: None,
        fields: said(fields),
        entered_by: None,
    }
}

type Someone = (SeatId, &'static str, &'static str, &'static str, AgencyKind, Option<u16>);

fn people() -> Vec<Someone> {
    let council = "Westcombe Children's Services";
    vec![
        (WORKER, "Ana Penhallow", "Social worker", council, AgencyKind::SocialCare, None),
        (CHAIR, "Bartek Rowe", "Team manager", council, AgencyKind::SocialCare, Some(1)),
        (POLICE, "Cerys Vane", "Child protection investigator", "Westshire Police", AgencyKind::Police, Some(2)),
        (VISITOR, "Dilys Okafor", "Health visitor", "Westcombe Community Health", AgencyKind::Health, Some(3)),
        (DOCTOR, "Dr Emeka Sand", "GP", "Quay Surgery", AgencyKind::Health, None),
        (STRAY, "Dylis Okaford", "Health visitor", "Westcombe Community Health", AgencyKind::Health, Some(5)),
        (LATECOMER, "Fenna Huish", "School nurse", "Westcombe Community Health", AgencyKind::Health, Some(6)),
    ]
}

pub fn person(seat: SeatId) -> Person {
    let (_, name, role, agency, agency_kind, _) =
        people().into_iter().find(|(id, ..)| *id == seat).expect("a person of the case");
    let role_code = role.to_lowercase().replace(' ', "_");
    let rank = (seat == POLICE).then(|| "Detective Sergeant".to_owned());
    Person { account: None, name: name.into(), role: role.into(), role_code, agency: agency.into(), agency_kind, rank }
}

fn seat_taken(id: SeatId, means: Means) -> Event {
    let invitation = people().into_iter().find(|(seat, ..)| *seat == id).and_then(|(.., invitation)| invitation);
    let vouched_by = (means == Means::WrittenOnly).then_some(WORKER);
    let invitation = invitation.map(InvitationId);
    Event::SeatTaken {
        seat: Seat { id, person: person(id), means, knows_child: true, vouched_by, invitation, support: None },
    }
}

fn invited(id: u16, to: Invitee) -> Event {
    Event::Invited { invitation: Invitation { statutory: true, ..Invitation::new(InvitationId(id), to) } }
}

/// A whole case: convened, held, closed over two items, signed and circulated.
pub fn whole() -> Journal {
    let mut journal = referred();
    convened(&mut journal);
    opened(&mut journal);
    shared(&mut journal);
    weighed(&mut journal);
    decided(&mut journal);
    planned(&mut journal);
    finished(&mut journal);
    journal
}

pub fn referred() -> Journal {
    let mut journal = Journal { records: Vec::new(), clock: on(2027, 5, 13, "16:30"), drafts: 0 };
    let urgency = Urgency {
        class: UrgencyClass::SeriousRisk,
        immediate_protection: true,
        complex: false,
        injury: true,
        in_hospital: false,
        medical_likely: false,
        legal_action_likely: false,
        moved: false,
    };
    let referral = Referral {
        reference: "WC-27-0099".into(),
        received_at: Some(on(2027, 5, 13, "16:20")),
        known_at: None,
        clock_from: None,
        route: "By telephone from the school".into(),
        referrer: Referrer {
            name: "Gorran Blight".into(),
            role: "Head teacher".into(),
            agency: "Harbour School".into(),
            high_status: false,
        },
        taken_by: None,
        trigger_point: TriggerPoint::AtReferral,
        trigger_type: TriggerType::Incident,
        threshold: Threshold::Suffering,
        grounds: "A burn to the hand, explained in two ways.".into(),
        urgency,
        prior_conversations: Spoken::default(),
    };
    let pinned = Pinned {
        procedure: "remote-format".into(),
        procedure_digest: "p".into(),
        catalogue_digest: "c".into(),
        wording_digest: "w".into(),
    };
    let code_name = CodeName("slate-otter-k".into());
    journal.by(WORKER, Event::ReferralRegistered { code_name, pinned, referral });
    journal.by(WORKER, seat_taken(WORKER, Means::Chat));
    for child in [
        child(CHILD, "Merryn Polglaze", Born::On(day(2021, 2, 3)), true, SchoolStage::SchoolAge),
        child(UNBORN, "Baby Polglaze", Born::Expected(day(2027, 9, 30)), true, SchoolStage::Unborn),
        child(COUSIN, "Jago Trewin", Born::NotKnown, false, SchoolStage::PreSchool),
    ] {
        journal.by(WORKER, Event::ChildListed { child });
    }
    let adult = Adult {
        id: AdultId(1),
        name: "Hedra Polglaze".into(),
        born: Born::On(day(1998, 11, 20)),
        relationship: "mother".into(),
        address: "2 Sluice Lane, Westcombe".into(),
        address_withheld: true,
        flags: "has left a violent partner".into(),
        difficulties: Vec::new(),
        risk: false,
    };
    journal.by(WORKER, Event::AdultListed { adult });
    journal
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn child(id: ChildId, name: &str, born: Born, subject: bool, stage: SchoolStage) -> Child {
    Child {
        id,
        name: name.into(),
        subject,
        born,
        relationship: if subject { "subject" } else { "cousin, stays at weekends" }.into(),
        address: "2 Sluice Lane, Westcombe".into(),
        address_withheld: id == CHILD,
        parental_responsibility: "Hedra Polglaze".into(),
        legal_status: "None".into(),
        location: if id == CHILD { "Harbour School until 15:30" } else { "" }.into(),
        stage,
        education: None,
    }
}

fn convened(journal: &mut Journal) {
    let chair = Some(InvitationId(1));
    journal.at("08:40").by(
        WORKER,
        Event::SessionConvened {
            session: SessionNo(1),
            form: SessionForm::Meeting,
            complex: false,
            starts_at: Some(on(2027, 5, 14, "10:00")),
            held: Held::Virtual,
            convenor: WORKER,
            chair,
            recorder: WORKER,
            carried: Vec::new(),
            open_actions: Vec::new(),
        },
    );
    let agency = |kind, agency: &str, role: &str| Invitee::Agency {
        agency: agency.into(),
        kind,
        role: role.into(),
        role_code: role.to_lowercase().replace(' ', "_"),
    };
    let health = "Westcombe Community Health";
    let invitees = [
        Invitee::Person(person(CHAIR)),
        agency(AgencyKind::Police, "Westshire Police", "Child protection investigator"),
        agency(AgencyKind::Health, health, "Health visitor"),
        agency(AgencyKind::Education, "Harbour School", "Safeguarding lead"),
        agency(AgencyKind::Health, health, "Health visitor"),
        agency(AgencyKind::Health, health, "School nurse"),
    ];
    for (n, to) in invitees.into_iter().enumerate() {
        journal.by(WORKER, invited(n as u16 + 1, to));
    }
    journal.by(WORKER, Event::MeetingConfirmed { seat: WORKER });
    journal.by(WORKER, introduced(WORKER, true, None, true));
    for (seat, invitation) in [(CHAIR, 1), (POLICE, 2), (VISITOR, 3), (STRAY, 5), (LATECOMER, 6)] {
        journal.by(seat, seat_taken(seat, Means::Chat));
        journal.by(seat, Event::InvitationAccepted { invitation: InvitationId(invitation), seat });
    }
    journal.by(WORKER, seat_taken(DOCTOR, Means::WrittenOnly));
    let mut sent = contribution(
        4,
        DOCTOR,
        Mode::Written,
        &[("current", "Seen once this year."), ("views", "The unborn child should be in the plan.")],
    );
    sent.turn = None;
    sent.entered_by = Some(WORKER);
    journal.by(WORKER, Event::InformationSent { contribution: sent });
    journal.by(POLICE, Event::LookUpOpened { seat: POLICE });
}

fn introduced(seat: SeatId, authorised: bool, basis: Option<Spoken>, by_enrolment: bool) -> Event {
    Event::Introduced { seat, authorised, basis, by_enrolment, authority_not_stated: false }
}

fn opened(journal: &mut Journal) {
    journal.at("09:45");
    journal.by(STRAY, Event::WrongMeeting { seat: STRAY, invitation: Some(InvitationId(5)), possible_breach: false });
    for seat in [CHAIR, POLICE, VISITOR] {
        journal.by(seat, Event::MeetingConfirmed { seat });
        let basis = (seat == POLICE).then(|| "for the unit, as its duty sergeant".into());
        journal.by(seat, introduced(seat, true, basis, false));
        journal.by(seat, Event::Arrived { seat });
    }
    journal.at("10:00").by(WORKER, Event::Arrived { seat: WORKER });
    journal.at("10:00");
    let who = Whose::Seat(DOCTOR);
    let reason = Some("In clinic".into());
    journal.by(CHAIR, Event::AbsenceMarked { who, absence: Absence::Apologies, reason });
    let who = Whose::Invitation(InvitationId(4));
    journal.at("10:00").by(CHAIR, Event::AbsenceMarked { who, absence: Absence::NoResponse, reason: None });
    let line = |role: &str, label: &str, met| QuorumLine {
        role: role.into(),
        label: label.into(),
        met,
        missing_since: None,
        gap: None,
    };
    let quorum = vec![line("team_manager", "team manager", true), line("police", "police representative", true)];
    let agreement_missing = Vec::new();
    let opened = Event::SessionOpened { quorum, chair_allowed: true, held_late: true, agreement_missing };
    journal.at("10:00").by(CHAIR, opened);
}

fn shared(journal: &mut Journal) {
    let seats = [WORKER, VISITOR, POLICE, DOCTOR];
    let mut turns: Vec<_> = seats.into_iter().map(Whose::Seat).collect();
    turns.push(Whose::Invitation(InvitationId(4)));
    let turns: Vec<_> =
        turns.into_iter().enumerate().map(|(n, whose)| Turn { id: TurnId(n as u16 + 1), whose }).collect();
    journal.at("10:05").by(CHAIR, Event::OrderAnnounced { turns });
    journal.by(CHAIR, Event::StageEntered { stage: Stage::Sharing });
    journal.by(CHAIR, Event::FloorGiven { turn: TurnId(1) });
    let words =
        [("current", "The school rang at four. Mother said \"it was the kettle\"."), ("chronology", "declared")];
    journal.shares(1, WORKER, &words);
    ends(journal, 1, Release::Finished);
    journal.shares(
        2,
        VISITOR,
        &[
            ("current", "Weight steady."),
            ("history", "None known."),
            ("child_perspective", "Merryn hid her hand."),
            ("injury_consistent", "unclear"),
        ],
    );
    ends(journal, 2, Release::Finished);
    ends(journal, 3, Release::NothingHeld);
    let mut written = contribution(
        4,
        DOCTOR,
        Mode::Written,
        &[("current", "Seen once this year."), ("views", "The unborn child should be in the plan.")],
    );
    written.entered_by = Some(WORKER);
    journal.by(WORKER, Event::Contributed { contribution: written });
    ends(journal, 4, Release::Finished);
    let mut relayed = contribution(
        5,
        WORKER,
        Mode::Relayed,
        &[("current", "Two days missed in May."), ("history", "Good attendance before.")],
    );
    relayed.on_behalf_of = Some(Source {
        name: "Gorran Blight".into(),
        role: "Head teacher".into(),
        agency: "Harbour School".into(),
        by: "telephone, 14 May 2027 08:55".into(),
    });
    journal.by(WORKER, Event::Contributed { contribution: relayed });
    ends(journal, 5, Release::Finished);
    journal.at("10:31").by(LATECOMER, Event::MeetingConfirmed { seat: LATECOMER });
    journal.by(LATECOMER, introduced(LATECOMER, false, None, false));
    journal.at("10:32").by(LATECOMER, Event::Arrived { seat: LATECOMER });
    journal.by(CHAIR, Event::StageEntered { stage: Stage::Questions });
    questions(journal);
    let reason = "knows the family privately".into();
    journal.at("10:48").by(CHAIR, Event::StoodDown { seat: LATECOMER, reason });
}

fn ends(journal: &mut Journal, turn: u16, how: Release) {
    journal.by(CHAIR, Event::FloorReleased { turn: TurnId(turn), how });
}

fn questions(journal: &mut Journal) {
    let raised = |question, by, to: Option<SeatId>, text: &str, state| {
        let to = to.map(Addressee::Seat);
        let event = Event::QuestionRaised { question: QuestionId(question), by, to, text: text.into(), state };
        (by, event)
    };
    for (by, event) in [
        raised(1, CHAIR, Some(VISITOR), "Was the bandage clean?", QuestionState::Asked),
        raised(2, VISITOR, None, "Who has the spare key?", QuestionState::Held),
        raised(3, POLICE, Some(WORKER), "Is the kettle still there?", QuestionState::Asked),
        raised(4, VISITOR, None, "Might the aunt help?", QuestionState::Held),
    ] {
        journal.by(by, event);
    }
    let text = "Yes, and changed that morning.".into();
    journal.at("10:40").by(VISITOR, Event::QuestionAnswered { question: QuestionId(1), by: VISITOR, text });
    journal.by(VISITOR, Event::QuestionGivenUp { question: QuestionId(2) });
    journal.by(POLICE, Event::NoQuestions { seat: POLICE });
}

fn weighed(journal: &mut Journal) {
    journal.at("10:50").by(CHAIR, Event::StageEntered { stage: Stage::Risk });
    let mut drafts = vec![
        journal.answers("item_zero", About::Child(CHILD), &[("safe", "yes"), ("with_whom", "Her teacher")]),
        journal.answers(
            "timing_rationale",
            About::Session,
            &[("text", "The morning after, once the school was open.")],
        ),
        journal.answers(
            "risk",
            About::Child(CHILD),
            &[
                ("level", "high"),
                ("welfare", "Cared for at school"),
                ("safety", "Safe until 15:30"),
                ("rationale", "A burn with two accounts"),
                ("history_weighed", "None to weigh"),
            ],
        ),
        journal.answers("other_child_decision", About::Child(CHILD), &[("concerns", "yes"), ("reason", "The burn")]),
        journal.answers(
            "other_child_decision",
            About::Child(COUSIN),
            &[("concerns", "no"), ("reason", "Lives elsewhere and was not there")],
        ),
    ];
    journal.by(CHAIR, Event::DraftsConfirmed { drafts: drafts.split_off(0) });
    let view = said(&[("level", "medium"), ("reason", "One source")]);
    let answer = Answer::new("agency_view", About::Session, view);
    journal.drafts += 1;
    let draft = DraftId(journal.drafts);
    journal.by(POLICE, Event::Entered { draft, entry: Entry::Answer(answer), replaces: None });
    journal.by(POLICE, Event::DraftsConfirmed { drafts: vec![draft] });
}

fn decided(journal: &mut Journal) {
    journal.at("11:00").by(CHAIR, Event::StageEntered { stage: Stage::Deciding });
    let decision = Section47 {
        decision: Section47Decision::Initiate,
        mode: Some(EnquiryMode::Joint),
        agency: Spoken::default(),
        rationale: "Reasonable cause: an unexplained burn.".into(),
        how: "To the joint protocol".into(),
        when: "From the close".into(),
        by_whom: "Ana Penhallow and Cerys Vane".into(),
    };
    journal.at("11:05");
    let mut drafts = vec![journal.drafts(Entry::Section47(decision))];
    let line = |role: &str, label: &str| QuorumLine {
        role: role.into(),
        label: label.into(),
        met: true,
        missing_since: None,
        gap: None,
    };
    let quorum = vec![line("team_manager", "team manager"), line("police", "police representative")];
    journal.by(WORKER, Event::QuorumStated { quorum, attendance_changed: false });
    for (code, mode, who) in
        [("start_section_47", Some(EnquiryMode::Joint), ""), ("police_investigation", None, "DS Vane")]
    {
        drafts.push(journal.drafts(Entry::Outcome(OutcomeChosen {
            code: code.into(),
            rationale: "As above".into(),
            mode,
            who: who.into(),
            agency: Spoken::default(),
            at: None,
            description: Spoken::default(),
            child: None,
            despite: Spoken::default(),
        })));
    }
    for (prompt, fields) in [
        ("immediate_action", &[("text", "Merryn goes home with her aunt.")][..]),
        (
            "tell_parents",
            &[("what", "That enquiries have started"), ("how", "In person"), ("when", "Today"), ("by", "1")],
        ),
        ("tell_child", &[("text", "That grown-ups are helping")]),
        (
            "withhold",
            &[
                ("item", "What the kettle showed"),
                ("ground", "jeopardise_police_investigation"),
                ("narrative", "Accounts are not yet taken"),
            ],
        ),
        ("needs", &[("text", "None identified")]),
        ("challenge_invited", &[("raised", "no")]),
    ] {
        let about = if prompt == "tell_child" { About::Child(CHILD) } else { About::Session };
        drafts.push(journal.answers(prompt, about, fields));
    }
    journal.at("11:15").by(CHAIR, Event::DraftsConfirmed { drafts });
    let late = Answer::new("legal_action", About::Session, said(&[("required", "no")]));
    journal.drafts(Entry::Answer(late));
}

fn planned(journal: &mut Journal) {
    journal.at("11:18").by(CHAIR, Event::StageEntered { stage: Stage::Actions });
    let action = |no, what: &str, owner: Option<SeatId>, words: &str| ActionEntered {
        what: what.into(),
        owner,
        owner_words: words.into(),
        due: owner.map(|_| on(2027, 5, 14, "15:30")),
        place: "Harbour School".into(),
        how: "In person".into(),
        purpose: "Know how Merryn is".into(),
        serves: "section_47".into(),
        measure: "Note on file".into(),
        ..ActionEntered::numbered(ActionNo(no))
    };
    let first = journal.drafts(Entry::Action(action(1, "See Merryn", Some(WORKER), "")));
    let second = journal.drafts(Entry::Action(action(2, "Ring the aunt", None, "Health")));
    let third = journal.drafts(Entry::Action(action(3, "Find the bandage's date", Some(DOCTOR), "")));
    journal.by(CHAIR, Event::DraftsConfirmed { drafts: vec![first, second, third] });
    journal.by(WORKER, Event::ActionAnswered { action: ActionNo(1), accepted: true, reason: Spoken::default() });
}

fn finished(journal: &mut Journal) {
    journal.at("11:22").by(CHAIR, Event::StageEntered { stage: Stage::ReadBack });
    journal.by(CHAIR, Event::ReadBackGiven);
    journal.by(CHAIR, Event::ActionsConfirmed { actions: [1, 2, 3].map(ActionNo).to_vec() });
    let position = |seat, kind, about: &str, entered_by| Event::PositionGiven {
        position: Position { seat, kind, about: about.into(), entered_by, items: Vec::new() },
    };
    journal.by(CHAIR, position(CHAIR, PositionKind::Agree, "", None));
    journal.by(WORKER, position(POLICE, PositionKind::Disagree, "Joint is more than this needs", Some(WORKER)));
    let open = |id: &str, about| OpenItem { id: id.into(), about, missing: Vec::new() };
    let open = vec![
        OpenItem {
            missing: ["owner", "due"].map(str::to_owned).to_vec(),
            ..open("action", Topic::Action(ActionNo(2)))
        },
        open("family_group_conference", Topic::Session),
    ];
    journal
        .at("11:30")
        .by(CHAIR, Event::SessionClosed { open, reason: Some("Not reached".into()), carries_over: false });
    journal.at("11:30").by(CHAIR, Event::DraftIssued { session: None, version: 1 });
    journal.at("12:00").by(CHAIR, Event::MinutesSigned { session: None, version: 1 });
    let recipient = |seat| Recipient { seat, copy: CopyKind::Common };
    let recipients = [WORKER, CHAIR, POLICE, VISITOR, DOCTOR].map(recipient).to_vec();
    journal.at("12:01").by(CHAIR, Event::MinutesCirculated { session: None, version: 1, recipients, owners: None });
    journal.at("13:10").by(POLICE, Event::CopyOpened { session: None, seat: POLICE, version: 1, child: None });
    journal.at("13:15").by(POLICE, Event::Filed { session: None, seat: POLICE });
}
