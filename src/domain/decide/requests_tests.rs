//! Who answers a request, and what becomes of it.

use chrono::{DateTime, Utc};

use super::super::decide;
use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::command::Command;
use crate::domain::event::{Actor, Record};
use crate::domain::facts::Rules;
use crate::domain::ids::AccountId;
use crate::domain::people::{AgencyKind, Person};
use crate::domain::procedure::Procedure;
use crate::domain::prompt::Catalogue;
use crate::domain::referral::Referrer;

fn person(role_code: &str, agency_kind: AgencyKind) -> Person {
    Person {
        account: Some(AccountId(7)),
        name: "Priya Nandy".into(),
        role: role_code.replace('_', " "),
        role_code: role_code.into(),
        agency: "Larkshire".into(),
        agency_kind,
        rank: None,
    }
}

fn social_worker() -> Person {
    person("social_worker", AgencyKind::SocialCare)
}

fn filed_at() -> DateTime<Utc> {
    "2026-12-07T10:00:00Z".parse().expect("a time")
}

/// What a person's command comes to, at the moment of filing.
fn decided(case: Option<&Case>, command: &Command, by: &Person) -> Decision {
    let procedure: Procedure = toml::from_str(include_str!("../../../bot-config/procedures/remote-format.toml"))
        .expect("the shipped file is readable");
    let calendar = Calendar::from_gov_uk(include_str!("../../../bot-config/bank-holidays.json")).expect("holidays");
    let catalogue = Catalogue { prompts: Vec::new(), groups: Vec::new(), carries_over: None };
    let rules = Rules { procedure: &procedure, catalogue: &catalogue, calendar: &calendar };
    decide(case, command, &Facts { now: filed_at(), person: Some(by), seat: None, duty_team_stands_in: false, rules })
}

fn follow(case: Option<Case>, events: Vec<Event>) -> Case {
    let mut case = case;
    for event in events {
        let seq = case.as_ref().map_or(1, |case| case.entries + 1);
        let record = Record { seq, at: filed_at(), actor: Actor::default(), event };
        match &mut case {
            Some(case) => case.apply(&record),
            None => case = Case::fold(&[record]),
        }
    }
    case.expect("something happened")
}

fn requested() -> Case {
    let wanted = Wanted { concern: "Bruises".into(), ..Wanted::default() };
    let (code_name, pinned) = (CodeName("amber-heron-k".into()), pinned());
    let command = Command::RequestDiscussion { code_name, pinned, wanted };
    let by = person("health_visitor", AgencyKind::Health);
    follow(None, decided(None, &command, &by).expect("anybody enrolled can ask"))
}

fn pinned() -> Pinned {
    let text = String::new;
    Pinned { procedure: text(), procedure_digest: text(), catalogue_digest: text(), wording_digest: text() }
}

fn declined(reason: &str) -> Command {
    Command::DeclineRequest { reason: reason.into() }
}

fn taken_up(referral: Referral) -> Command {
    Command::TakeUpRequest { referral: Box::new(referral) }
}

/// What somebody enters who fills in a reference and nothing else.
fn entered() -> Referral {
    let blank = Referrer { name: "".into(), role: "".into(), agency: "".into(), high_status: true };
    let mut referral = requested().referral;
    (referral.reference, referral.referrer, referral.grounds) = ("LCS-1".into(), blank, "".into());
    Referral { received_at: None, route: "".into(), ..referral }
}

#[test]
fn only_whoever_may_convene_reads_and_answers() {
    for other in [person("health_visitor", AgencyKind::Health), person("lawyer", AgencyKind::SocialCare)] {
        for command in [Command::ReadRequest, declined("no"), taken_up(entered())] {
            assert_eq!(decided(Some(&requested()), &command, &other), Err(Refusal::ForConvenor));
        }
    }
}

#[test]
fn what_is_left_blank_at_taking_up_stands_as_it_was_requested() {
    let case = requested();
    let case = follow(Some(case.clone()), decided(Some(&case), &taken_up(entered()), &social_worker()).expect("done"));
    let referral = &case.referral;
    assert_eq!((referral.reference.as_str(), referral.grounds.words()), ("LCS-1", "Bruises"));
    assert_eq!((referral.referrer.name.words(), referral.referrer.high_status), ("Priya Nandy", true));
    assert_eq!(referral.received_at, Some(filed_at()));
    assert!(referral.route.words().contains("duty team"));
    assert_eq!(case.seats.len(), 1);
}

#[test]
fn another_referrer_is_not_given_the_requesters_role() {
    let mut referral = entered();
    referral.referrer.name = "A neighbour".into();
    let case = requested();
    let case = follow(Some(case.clone()), decided(Some(&case), &taken_up(referral), &social_worker()).expect("done"));
    assert_eq!(case.referral.referrer.name.words(), "A neighbour");
    assert!(case.referral.referrer.role.is_empty());
}

#[test]
fn a_declined_request_can_be_taken_up_and_one_taken_up_is_answered_for_good() {
    let case = requested();
    let case = follow(Some(case.clone()), decided(Some(&case), &declined("no"), &social_worker()).expect("done"));
    assert_eq!(decided(Some(&case), &declined("again"), &social_worker()), Err(Refusal::AlreadyDone));
    let up = decided(Some(&case), &taken_up(entered()), &social_worker()).expect("minds change");
    let case = follow(Some(case), up);
    for command in [Command::ReadRequest, declined("no"), taken_up(entered())] {
        assert_eq!(decided(Some(&case), &command, &social_worker()), Err(Refusal::AlreadyDone));
    }
}
