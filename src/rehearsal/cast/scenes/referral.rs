//! The referral is registered, and the people it is about are listed.

use crate::rehearsal::cast::answers::code;
use crate::rehearsal::cast::case_parts::{Adult, Child};
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;

/// Field keys of a case that say, by being answered, what the urgency form asks with a tick.
const INJURY: &str = "injury_consistent";
const DISCHARGE: &str = "hospital_discharge";
const OTHER_AREA: &str = "other_area";

pub async fn register(company: &mut Company<'_>) {
    let case = company.case;
    let (referral, who) = (&case.referral, case.convenor.clone());
    let mut given = vec![
        ("reference", Given::Text(referral.reference.clone())),
        ("route", Given::Text(referral.route.clone())),
        ("referrer_name", Given::Text(referral.referrer.name.clone())),
        ("referrer_role", Given::Text(referral.referrer.role.clone())),
        ("referrer_agency", Given::Text(referral.referrer.agency.clone())),
        ("high_status", Given::Yes(referral.referrer.high_status || referral.referrer.press_interest)),
        ("trigger_point", Given::Text(trigger_point(&referral.trigger_point))),
        ("trigger_type", Given::Text(code(&referral.trigger_type))),
        ("threshold", Given::Text(code(&referral.threshold))),
        ("urgency", Given::Text(code(&referral.urgency.klass))),
        ("immediate_protection", Given::Yes(referral.urgency.immediate_protection)),
        ("complex", Given::Yes(referral.urgency.complex)),
        ("injury", Given::Yes(case.contributions.iter().any(|shared| is_given(shared.fields.get(INJURY))))),
        ("moved", Given::Yes(case.contributions.iter().any(|shared| is_given(shared.fields.get(OTHER_AREA))))),
        ("in_hospital", Given::Yes(is_given(case.decisions.prompts.get(DISCHARGE)))),
        ("grounds", Given::Text(referral.grounds.clone())),
    ];
    given.extend(referral.received_at.map(|at| ("received", Given::Instant(at.0))));
    given.extend(referral.information_shared_at.map(|at| ("known", Given::Instant(at.0))));
    let taken_by = referral.registered_by.as_deref().filter(|key| **key != who).and_then(|key| case.invitee(key));
    given.extend(taken_by.map(|person| ("taken_by", Given::Text(person.name.clone()))));
    company.slash(&who, "register", &["strategy", "register"], given, &referral.reference).await;
}

fn is_given(value: Option<&serde_json::Value>) -> bool {
    value.is_some_and(|value| !value.is_null())
}

/// Cases write the article, codes don't: "during an assessment" is `during_assessment`.
fn trigger_point(text: &str) -> String {
    code(text).replace("_an_", "_")
}

pub async fn child(company: &mut Company<'_>, n: usize) {
    let child = &company.case.children[n];
    let given = vec![
        ("name", Given::Text(child.name.clone())),
        ("born", Given::Text(born(child))),
        ("subject", Given::Yes(child.subject)),
        ("relationship", Given::Text(child.relationship.clone())),
        ("address", Given::Text(child.address.clone())),
        ("address_withheld", Given::Yes(child.address_withheld)),
        ("parental_responsibility", Given::Text(child.parental_responsibility.join(", "))),
        ("legal_status", Given::Text(child.legal_status.clone())),
        ("location", Given::Text(child.current_location.clone())),
        ("stage", Given::Text(code(&child.school_stage))),
    ];
    let who = company.case.convenor.clone();
    company.slash(&who, "child", &["strategy", "child"], given, &child.name).await;
}

fn born(child: &Child) -> String {
    match (&child.dob, &child.edd) {
        (Some(born), _) => born.clone(),
        (None, Some(expected)) => format!("expected {expected}"),
        (None, None) => "not known".to_owned(),
    }
}

pub async fn adult(company: &mut Company<'_>, n: usize) {
    let adult: &Adult = &company.case.adults[n];
    let given = vec![
        ("name", Given::Text(adult.name.clone())),
        ("born", Given::Text(adult.dob.clone().unwrap_or_else(|| "not known".to_owned()))),
        ("relationship", Given::Text(adult.relationship.clone())),
        ("address", Given::Text(adult.address.clone())),
        ("address_withheld", Given::Yes(adult.address_withheld)),
        ("flags", Given::Text(adult.flags.join("; "))),
        ("risk", Given::Yes(adult.risk_person)),
    ];
    let who = company.case.convenor.clone();
    company.slash(&who, "adult", &["strategy", "adult"], given, &adult.name).await;
}
