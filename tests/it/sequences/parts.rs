//! What commands are made of, where more than one place makes it.

use chrono::{DateTime, TimeZone, Utc};
use convenor::domain::adjournment::Interim;
use convenor::domain::attendance::{Invitee, Reach};
use convenor::domain::command::Command;
use convenor::domain::decision::{ActionEntered, EnquiryMode, OutcomeChosen, Section47, Section47Decision};
use convenor::domain::event::{Fields, Held, Pinned, SessionForm};
use convenor::domain::floor::{MoveOnReason, Source};
use convenor::domain::ids::{ActionNo, AdultId, ChildId, CodeName, SeatId};
use convenor::domain::referral::{
    Adult, Born, Child, Referral, Referrer, SchoolStage, Threshold, TriggerPoint, TriggerType, Urgency, UrgencyClass,
};

use super::play::person;

pub fn adjourn(holder: &str) -> Command {
    let interim = Interim { holder: holder.into(), ..Interim::default() };
    Command::Adjourn { interim, safety: "yes, ward staff".into() }
}

pub fn close() -> Command {
    Command::Close { reason: None, safety: "".into() }
}

pub fn close_round() -> Command {
    Command::CloseRound { reason: Some(MoveOnReason::ALL[0].0) }
}

pub fn pinned() -> Pinned {
    let text = String::new;
    Pinned { procedure: text(), procedure_digest: text(), catalogue_digest: text(), wording_digest: text() }
}

pub fn code_name() -> CodeName {
    CodeName("amber-heron-k".to_owned())
}

pub fn referral(grounds: &str) -> Referral {
    Referral {
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
        grounds: grounds.into(),
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
    }
}

pub fn register(grounds: &str) -> Command {
    Command::RegisterReferral { code_name: code_name(), pinned: pinned(), referral: Box::new(referral(grounds)) }
}

pub fn child(name: &str, subject: bool) -> Command {
    Command::ListChild(Box::new(Child {
        id: ChildId(0),
        name: name.into(),
        subject,
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

pub fn adult(name: &str) -> Command {
    Command::ListAdult(Box::new(Adult {
        id: AdultId(0),
        name: name.into(),
        born: Born::NotGiven,
        relationship: "".into(),
        address: "".into(),
        address_withheld: true,
        flags: "".into(),
        difficulties: Vec::new(),
        risk: true,
    }))
}

pub fn hour() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 12, 7, 11, 0, 0).single().expect("there is such an hour")
}

pub fn convene(form: SessionForm) -> Command {
    Command::Convene {
        form,
        complex: false,
        starts_at: Some(hour()),
        held: Held::Virtual,
        chair: Some(person(1)),
        parties: Vec::new(),
        call: "".into(),
    }
}

pub fn invite_agency_of(n: usize) -> Command {
    let person = person(n);
    let (role, kind) = (person.role_code.clone(), person.agency_kind);
    let to = Invitee::Agency { agency: person.agency, kind, role: person.role, role_code: role };
    Command::Invite { to, reach: Reach::default(), support: None }
}

pub fn introduce(authorised: bool) -> Command {
    Command::Introduce { authorised, basis: "".into() }
}

pub fn said(word: &str) -> Fields {
    [("current".to_owned(), word.into())].into()
}

pub fn source(name: &str) -> Source {
    Source { name: name.into(), role: "".into(), agency: "Housing".into(), by: "".into() }
}

pub fn section_47(decision: Section47Decision, rationale: &str) -> Section47 {
    let blank = || "".into();
    Section47 {
        decision,
        mode: Some(EnquiryMode::Joint),
        agency: blank(),
        rationale: rationale.into(),
        how: blank(),
        when: blank(),
        by_whom: blank(),
    }
}

pub fn outcome(code: &str, rationale: &str) -> OutcomeChosen {
    let blank = || "".into();
    OutcomeChosen {
        code: code.to_owned(),
        rationale: rationale.into(),
        mode: None,
        who: blank(),
        agency: blank(),
        at: None,
        description: blank(),
        child: None,
        despite: blank(),
    }
}

pub fn action(what: &str, owner: Option<SeatId>) -> ActionEntered {
    ActionEntered { what: what.into(), owner, ..ActionEntered::numbered(ActionNo(0)) }
}
