//! The answers a case gives, found by the key of their question and brought into its fields.
//!
//! A question's answer stands in the case under the question's own key in `decisions.prompts`, or at one of the
//! places below. Nothing is invented: a question the case doesn't answer stays open. To play another part of a case
//! file, add its place.

use serde_json::Value;

use super::case_file::Reading;
use super::case_parts::CaseFile;
use super::forms::Given;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::{Catalogue, Field, FieldKind, Per, Prompt};

/// Where answers stand that are not under their question's key: path in the case, then the question.
const PLACES: [(&str, &str); 12] = [
    ("referral.earlier_assessments", "earlier_assessments"),
    ("session.delay_weighing", "delay_weighing"),
    ("session.timing_rationale", "timing_rationale"),
    ("session.temporary_protections", "temporary_protection"),
    ("session.urgent_without_health", "urgent_without_health"),
    ("session.urgent_without_health.reason", "going_on"),
    ("escalations", "escalation"),
    ("risk.immediate_safety_plan", "immediate_safety_plan"),
    ("risk.high_status_answer", "high_status_answer"),
    ("family_group_conference", "family_group_conference"),
    ("review", "review_mechanism"),
    ("aob", "any_other_business"),
];

/// The safety of each child for the next two hours: a case doesn't say, and the rehearsal answers "yes".
const ITEM_ZERO: &str = "item_zero";
/// Where each subject child is, confirmed at the session as the case has it.
const CURRENT_LOCATION: &str = "current_location";
/// Earlier conversations: that one is listed is itself the answer that there was one.
const PRIOR: &str = "prior_conversations";
/// What a case's own fields for a question say by being there: the question, its choice, the code.
const IMPLIED: [(&str, &str, &str); 1] = [("consultant_paediatrician", "standing", "consulted")];
/// Asked only of those whose procedure asks it; other procedures take the form as it is.
const FORM: &str = "form_of_session";
const CHAIR_EXPERIENCE: &str = "chair_experience";
const EXCEPTIONAL_ACTION: &str = "exceptional_action";
const CHALLENGE_INVITED: &str = "challenge_invited";
pub const PROTECTIVE_FACTORS: &str = "protective_factors";
/// The questions of the level of risk: about a subject child, about another.
const RISK: [(&str, Per); 2] = [("risk", Per::SubjectChild), ("other_child_risk", Per::OtherChild)];
const CHILD_DECISION: &str = "other_child_decision";

/// An answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub prompt: String,
    /// The child it is about, by place in the file; the session where none.
    pub child: Option<usize>,
    pub fields: Vec<(String, Given)>,
}

/// Every answer of a case, in the order of the catalogue.
pub fn answers(reading: &Reading, catalogue: &Catalogue, procedure: &Procedure) -> Vec<Answer> {
    let exists = |prompt: &&Prompt| procedure.level(&prompt.key).is_recordable();
    catalogue.prompts.iter().filter(exists).flat_map(|prompt| answers_to(prompt, reading, procedure)).collect()
}

/// Parts of the case that no question of the catalogue takes, by their path.
pub fn without_a_place(reading: &Reading, catalogue: &Catalogue) -> Vec<String> {
    let elsewhere = PLACES.iter().filter(|(path, _)| at(&reading.raw, path).is_some_and(is_something));
    let mut paths: Vec<_> = elsewhere
        .filter(|(_, prompt)| catalogue.prompt(prompt).is_none())
        .map(|(path, _)| (*path).to_owned())
        .collect();
    let own = reading.case.decisions.prompts.iter().filter(|(_, value)| is_something(value));
    let unknown = own.filter(|(key, _)| catalogue.prompt(key).is_none());
    paths.extend(unknown.map(|(key, _)| format!("decisions.prompts.{key}")));
    paths
}

fn answers_to(prompt: &Prompt, reading: &Reading, procedure: &Procedure) -> Vec<Answer> {
    let case = &reading.case;
    match prompt.key.as_str() {
        ITEM_ZERO => item_zero(prompt, case),
        CURRENT_LOCATION if !procedure.level(&prompt.key).is_asked() => Vec::new(),
        CURRENT_LOCATION => current_location(prompt, case),
        PRIOR => prior_conversations(prompt, case),
        FORM | CHAIR_EXPERIENCE | EXCEPTIONAL_ACTION if !procedure.level(&prompt.key).is_asked() => Vec::new(),
        FORM => form_of_session(prompt, reading),
        CHAIR_EXPERIENCE => chair_experience(prompt, case),
        EXCEPTIONAL_ACTION => exceptional_action(prompt, reading),
        CHALLENGE_INVITED => challenge_invited(prompt, case),
        CHILD_DECISION => child_decisions(prompt, case),
        PROTECTIVE_FACTORS => risk_answers(prompt, case, None),
        key if RISK.iter().any(|(risk, _)| *risk == key) => risk_answers(prompt, case, Some(prompt.per)),
        key => {
            let own = case.decisions.prompts.get(key);
            let placed = PLACES.iter().find(|(_, prompt)| *prompt == key).and_then(|(path, _)| at(&reading.raw, path));
            let given = own.or(placed).filter(|value| is_something(value));
            given.map(|value| from_value(prompt, value, case)).unwrap_or_default()
        }
    }
}

/// A text answers the first text field, an object its fields by their keys, a list one answer each.
fn from_value(prompt: &Prompt, value: &Value, case: &CaseFile) -> Vec<Answer> {
    let each: Vec<&Value> = match value {
        Value::Array(list) if prompt.many => list.iter().collect(),
        other => vec![other],
    };
    let answered = |value: &Value| fields_from(prompt, value, case);
    let about = abouts(prompt, case);
    let one = |fields: Vec<_>| {
        about.iter().map(move |child| Answer { prompt: prompt.key.clone(), child: *child, fields: fields.clone() })
    };
    each.into_iter().map(answered).filter(|fields| !fields.is_empty()).flat_map(one).collect()
}

fn fields_from(prompt: &Prompt, value: &Value, case: &CaseFile) -> Vec<(String, Given)> {
    let Value::Object(object) = value else {
        let wanted = |field: &&Field| matches!(field.kind, FieldKind::Text | FieldKind::Line);
        let field = prompt.fields.iter().find(wanted).or(prompt.fields.first());
        let given = field.and_then(|field| Some((field.key.clone(), given(field, value, case)?)));
        return named_choices(prompt, value).chain(given).collect();
    };
    let field = |(key, value): (&String, &Value)| {
        let field = prompt.field(key)?;
        Some((field.key.clone(), given(field, value, case)?))
    };
    let nested = object.values().filter_map(Value::as_object).flatten();
    let implied = IMPLIED.iter().filter(|(key, ..)| *key == prompt.key && !object.is_empty());
    let implied = implied.map(|(_, field, code)| ((*field).to_owned(), Given::from(*code)));
    implied.chain(object.iter().chain(nested).filter_map(field)).collect()
}

/// A text that says one of a question's choices in the choice's own words makes that choice.
fn named_choices<'a>(prompt: &'a Prompt, value: &'a Value) -> impl Iterator<Item = (String, Given)> + 'a {
    let text = text_of(value).unwrap_or_default().to_lowercase();
    prompt.fields.iter().filter_map(move |field| {
        let FieldKind::Choice(choices) = &field.kind else { return None };
        let words = |label: &str| label.to_lowercase().trim_start_matches("a ").to_owned();
        let named = choices.iter().find(|choice| text.contains(&words(&choice.label)))?;
        Some((field.key.clone(), Given::Text(named.code.clone())))
    })
}

fn given(field: &Field, value: &Value, case: &CaseFile) -> Option<Given> {
    match (&field.kind, value) {
        (FieldKind::Seat, Value::String(key)) if case.invitee(key).is_some() => Some(Given::Seat(key.clone())),
        (FieldKind::Line, Value::String(key)) if case.invitee(key).is_some() => {
            case.invitee(key).map(|invitee| Given::Text(invitee.name.clone()))
        }
        (FieldKind::YesNo, Value::Bool(yes)) => Some(Given::Text(if *yes { "yes" } else { "no" }.to_owned())),
        (FieldKind::Choice(_) | FieldKind::RiskLevel | FieldKind::YesNo, _) => {
            text_of(value).map(|text| Given::Text(code(&text)))
        }
        _ => text_of(value).map(Given::Text),
    }
}

fn item_zero(prompt: &Prompt, case: &CaseFile) -> Vec<Answer> {
    let safe = |child: Option<usize>| {
        let whereabouts = child.map(|n| case.children[n].current_location.clone()).unwrap_or_default();
        let fields = vec![("safe".to_owned(), "yes".into()), ("with_whom".to_owned(), Given::Text(whereabouts))];
        Answer { prompt: prompt.key.clone(), child, fields }
    };
    abouts(prompt, case).into_iter().map(safe).collect()
}

fn current_location(prompt: &Prompt, case: &CaseFile) -> Vec<Answer> {
    let confirmed = |child: Option<usize>| {
        let place = case.children[child?].current_location.clone();
        let fields = vec![("standing".to_owned(), "confirmed".into()), ("place".to_owned(), Given::Text(place))];
        Some(Answer { prompt: prompt.key.clone(), child, fields })
    };
    abouts(prompt, case).into_iter().filter_map(confirmed).collect()
}

fn prior_conversations(prompt: &Prompt, case: &CaseFile) -> Vec<Answer> {
    let one = |earlier: &super::case_parts::PriorConversation| Answer {
        prompt: prompt.key.clone(),
        child: None,
        fields: vec![
            ("held".to_owned(), "yes".into()),
            ("date".to_owned(), Given::Text(earlier.date.clone())),
            ("who".to_owned(), Given::Text(earlier.who.clone())),
        ],
    };
    case.referral.prior_conversations.iter().map(one).collect()
}

/// What the chair of the case says of their own experience, where the case has them say it.
fn chair_experience(prompt: &Prompt, case: &CaseFile) -> Vec<Answer> {
    let Some(chair) = case.invitee(&case.chair) else { return Vec::new() };
    let said = [("experienced", chair.attests_cp_experience), ("familiar", chair.attests_familiar_with_case)];
    let word = |yes: bool| Given::from(if yes { "yes" } else { "no" });
    let fields: Vec<_> = said.into_iter().filter_map(|(key, yes)| Some((key.to_owned(), word(yes?)))).collect();
    if fields.is_empty() { Vec::new() } else { vec![Answer { prompt: prompt.key.clone(), child: None, fields }] }
}

/// A case that lists the key with nothing under it says that no action was taken first.
fn exceptional_action(prompt: &Prompt, reading: &Reading) -> Vec<Answer> {
    let Some(action) = at(&reading.raw, "referral.urgency.exceptional_action") else { return Vec::new() };
    let taken = if is_something(action) { "yes" } else { "no" };
    let mut fields = vec![("taken".to_owned(), taken.into())];
    if is_something(action) {
        fields.extend(fields_from(prompt, action, &reading.case));
    }
    vec![Answer { prompt: prompt.key.clone(), child: None, fields }]
}

fn form_of_session(prompt: &Prompt, reading: &Reading) -> Vec<Answer> {
    let from = |field: &Field| {
        let value = at(&reading.raw, &format!("session.p0_{}", field.key)).filter(|value| is_something(value))?;
        Some((field.key.clone(), given(field, value, &reading.case)?))
    };
    let fields: Vec<_> = prompt.fields.iter().filter_map(from).collect();
    if fields.is_empty() { Vec::new() } else { vec![Answer { prompt: prompt.key.clone(), child: None, fields }] }
}

/// Only where the case says when challenge was invited.
fn challenge_invited(prompt: &Prompt, case: &CaseFile) -> Vec<Answer> {
    let raised = if case.challenge.is_empty() { "no" } else { "yes" };
    let fields = vec![("raised".to_owned(), raised.into())];
    let answer = Answer { prompt: prompt.key.clone(), child: None, fields };
    case.challenge_invited_at.map(|_| answer).into_iter().collect()
}

fn child_decisions(prompt: &Prompt, case: &CaseFile) -> Vec<Answer> {
    let decided = case.children.iter().enumerate().filter_map(|(n, child)| {
        let fields = fields_from(prompt, child.decision.as_ref()?, case);
        (!fields.is_empty()).then(|| Answer { prompt: prompt.key.clone(), child: Some(n), fields })
    });
    decided.collect()
}

/// The level and its reasons have a question for subjects and one for others; what protects has one for all.
fn risk_answers(prompt: &Prompt, case: &CaseFile, per: Option<Per>) -> Vec<Answer> {
    let answer = |risk: &super::case_parts::ChildRisk| {
        let (n, child) = case.child(&risk.child)?;
        let is_asked = match per {
            Some(Per::SubjectChild) => child.subject,
            Some(Per::OtherChild) => !child.subject,
            _ => true,
        };
        let fields = if prompt.key == PROTECTIVE_FACTORS {
            fields_from(prompt, risk.fields.get(PROTECTIVE_FACTORS)?, case)
        } else {
            fields_from(prompt, &Value::Object(risk.fields.clone().into_iter().collect()), case)
        };
        (is_asked && !fields.is_empty()).then(|| Answer { prompt: prompt.key.clone(), child: Some(n), fields })
    };
    case.risk.per_child.iter().filter_map(answer).collect()
}

fn abouts(prompt: &Prompt, case: &CaseFile) -> Vec<Option<usize>> {
    let children = case.children.iter().enumerate();
    match prompt.per {
        Per::Session => vec![None],
        Per::EveryChild => children.map(|(n, _)| Some(n)).collect(),
        Per::SubjectChild => children.filter(|(_, child)| child.subject).map(|(n, _)| Some(n)).collect(),
        Per::OtherChild => children.filter(|(_, child)| !child.subject).map(|(n, _)| Some(n)).collect(),
    }
}

/// The value at a path of keys.
fn at<'a>(raw: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(raw, |value, key| value.get(key))
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => object.values().any(is_something),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// A value as a person would write it.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Array(list) => {
            let parts: Vec<String> = list.iter().filter_map(text_of).collect();
            (!parts.is_empty()).then(|| parts.join("; "))
        }
        _ => None,
    }
}

/// A choice's code as convenor writes it: cases put blanks and hyphens where codes have underscores.
pub fn code(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rehearsal::cast::case_file::parse;

    fn case(n: usize) -> Reading {
        let text = crate::rehearsal::play::SHIPPED_CASES[n].1;
        parse("case.json", text).expect("a shipped case")
    }

    fn prompt(key: &str, per: Per, many: bool, fields: &[(&str, FieldKind)]) -> Prompt {
        let field = |(key, kind): &(&str, FieldKind)| Field {
            key: (*key).to_owned(),
            label: (*key).to_owned(),
            kind: kind.clone(),
            needed: true,
            needed_if: None,
            needed_unless: Vec::new(),
            alone: false,
            later: None,
            offered: false,
            expects: None,
            provisional: None,
            blank: None,
        };
        Prompt {
            key: key.to_owned(),
            requirement: Vec::new(),
            title: key.to_owned(),
            question: key.to_owned(),
            stage: crate::domain::stage::Stage::Deciding,
            asked_of: crate::domain::prompt::AskedOf::Chair,
            per,
            when: crate::domain::prompt::Condition::Always,
            many,
            of_each: false,
            always_a_gap: false,
            in_full: false,
            always_prints: false,
            note: None,
            not_for_unborn: false,
            caution: None,
            action: None,
            alarm: None,
            group: None,
            none: None,
            follows: None,
            ordered_by: None,
            by_action: false,
            beside: None,
            section: "planning".to_owned(),
            fields: fields.iter().map(field).collect(),
        }
    }

    #[test]
    fn a_text_answers_the_first_text_field_and_a_list_is_one_answer_each() {
        let (reading, kinds) = (case(0), [("team", FieldKind::YesNo), ("text", FieldKind::Text)]);
        let one = from_value(&prompt("needs", Per::Session, false, &kinds), &json!("None identified"), &reading.case);
        assert_eq!(one[0].fields, [("text".to_owned(), Given::from("None identified"))]);
        let many = from_value(&prompt("needs", Per::Session, true, &kinds), &json!(["a", "b"]), &reading.case);
        assert_eq!(many.len(), 2);
    }

    #[test]
    fn an_object_answers_by_key_and_people_become_seats() {
        let kinds = [("what", FieldKind::Text), ("by", FieldKind::Seat), ("now", FieldKind::YesNo)];
        let prompt = prompt("tell", Per::Session, false, &kinds);
        let value = json!({ "what": "All of it", "by": "sw", "now": true });
        let answer = &from_value(&prompt, &value, &case(0).case)[0];
        assert_eq!(answer.fields[1], ("by".to_owned(), Given::Seat("sw".to_owned())));
        assert_eq!(answer.fields[2], ("now".to_owned(), Given::from("yes")));
    }

    #[test]
    fn every_child_is_safe_where_the_case_says_it_is() {
        let kinds = [("safe", FieldKind::Line), ("with_whom", FieldKind::Line)];
        let zero = item_zero(&prompt(ITEM_ZERO, Per::EveryChild, false, &kinds), &case(0).case);
        assert_eq!(zero.len(), 4);
        assert_eq!(zero[0].fields[1].1, Given::from("Ward 3, Larkhaven General Hospital"));
    }

    #[test]
    fn the_level_of_risk_of_another_child_has_its_own_question() {
        let kinds = [("level", FieldKind::RiskLevel)];
        let of = |key: &str, per| risk_answers(&prompt(key, per, false, &kinds), &case(0).case, Some(per)).len();
        assert_eq!((of("risk", Per::SubjectChild), of("other_child_risk", Per::OtherChild)), (2, 1));
    }
}
