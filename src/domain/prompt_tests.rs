//! The engine over one invented question of every kind of field.

use super::*;
use crate::domain::procedure::Choice;

fn prompt(fields: &[(&str, FieldKind, bool)]) -> Prompt {
    let field = |(key, kind, needed): &(&str, FieldKind, bool)| Field {
        key: (*key).into(),
        label: (*key).into(),
        kind: kind.clone(),
        needed: *needed,
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
        key: "tea".into(),
        requirement: vec!["DEC-99".into()],
        title: "Tea".into(),
        question: "Is tea needed?".into(),
        stage: Stage::Deciding,
        asked_of: AskedOf::Chair,
        per: Per::Session,
        when: Condition::Always,
        many: false,
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
        section: "planning".into(),
        fields: fields.iter().map(field).collect(),
    }
}

fn procedure() -> Procedure {
    toml::from_str(include_str!("../../bot-config/procedures/remote-format.toml"))
        .expect("the shipped file is readable")
}

fn ground() -> FieldKind {
    FieldKind::Choice(vec![Choice { code: "cold".into(), label: "It is cold".into() }])
}

fn check(kind: FieldKind, text: &str) -> Result<String, &'static str> {
    let prompt = prompt(&[("cup", kind, true)]);
    let fields = BTreeMap::from([("cup".to_owned(), text.to_owned())]);
    let kept = validate(&prompt, &fields, &procedure()).map_err(|bad| bad.code())?;
    Ok(kept.get("cup").map(|kept| kept.words().to_owned()).unwrap_or_default())
}

#[test]
fn each_kind_of_field_keeps_what_it_takes() {
    assert_eq!(check(FieldKind::Text, " two\nlines "), Ok("two\nlines".into()));
    assert_eq!(check(FieldKind::Line, "one"), Ok("one".into()));
    assert_eq!(check(FieldKind::YesNo, "yes"), Ok("yes".into()));
    assert_eq!(check(ground(), "cold"), Ok("cold".into()));
    assert_eq!(check(FieldKind::RiskLevel, "high"), Ok("high".into()));
    assert_eq!(check(FieldKind::Time, "2026-12-10T14:00+00:00"), Ok("2026-12-10T14:00:00+00:00".into()));
    assert_eq!(check(FieldKind::Seat, "7"), Ok("7".into()));
}

#[test]
fn what_a_field_does_not_take_is_refused_with_its_code() {
    assert_eq!(check(FieldKind::YesNo, "maybe"), Err("not_offered"));
    assert_eq!(check(ground(), "hot"), Err("not_offered"));
    assert_eq!(check(FieldKind::RiskLevel, "enormous"), Err("not_offered"));
    assert_eq!(check(FieldKind::Time, "soon"), Err("not_a_time"));
    assert_eq!(check(FieldKind::Seat, "the chair"), Err("not_a_seat"));
    assert_eq!(check(FieldKind::Line, &"x".repeat(401)), Err("too_long"));
    assert_eq!(check(FieldKind::Text, &"x".repeat(4_001)), Err("too_long"));
}

#[test]
fn a_choice_not_offered_comes_back_with_the_choices() {
    let prompt = prompt(&[("cup", ground(), true)]);
    let fields = BTreeMap::from([("cup".to_owned(), "hot".to_owned())]);
    let FieldKind::Choice(choices) = ground() else { unreachable!("it is a choice") };
    let bad = validate(&prompt, &fields, &procedure());
    assert_eq!(bad, Err(BadField::NotOffered { field: "cup".into(), choices }));
}

#[test]
fn a_field_the_prompt_does_not_have_is_named() {
    let fields = BTreeMap::from([("saucer".to_owned(), "yes".to_owned())]);
    let bad = validate(&prompt(&[("cup", FieldKind::Line, true)]), &fields, &procedure()).expect_err("no such field");
    assert_eq!((bad.code(), bad.field()), ("unknown_field", "saucer"));
}

#[test]
fn a_blank_is_never_refused_and_is_still_to_ask() {
    let prompt = prompt(&[("cup", ground(), true), ("milk", FieldKind::YesNo, false), ("by", FieldKind::Line, true)]);
    let fields = BTreeMap::from([("cup".to_owned(), "  ".to_owned()), ("by".to_owned(), "Theo".to_owned())]);
    let fields = validate(&prompt, &fields, &procedure()).expect("blanks are kept out, not refused");
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["by"]);
    let answer = Answer::new("tea", About::Session, fields);
    let missing: Vec<_> =
        missing_fields(&prompt, &answer, &procedure()).iter().map(|field| field.key.as_str()).collect();
    assert_eq!(missing, ["cup"]);
}

#[test]
fn a_question_arises_when_its_condition_holds() {
    let none = Arising::default();
    let cases = [
        (Condition::Section47, Arising { section_47: true, ..none.clone() }),
        (Condition::InHospital, Arising { in_hospital: true, ..none.clone() }),
        (Condition::Injury, Arising { injury: true, ..none.clone() }),
        (Condition::HighStatus, Arising { high_status: true, ..none.clone() }),
        (Condition::NotSameDay, Arising { not_same_day: true, ..none.clone() }),
        (Condition::PutBack, Arising { put_back: true, ..none.clone() }),
        (Condition::Discussion, Arising { discussion: true, ..none.clone() }),
        (Condition::VirtualMeeting, Arising { virtual_meeting: true, ..none.clone() }),
        (Condition::Accumulation, Arising { accumulation: true, ..none.clone() }),
        (Condition::RepeatedAssessments, Arising { repeated_assessments: true, ..none.clone() }),
        (Condition::Unborn, Arising { unborn: true, ..none.clone() }),
        (Condition::NotQuorate, Arising { not_quorate: true, ..none.clone() }),
        (Condition::NoHealth, Arising { no_health: true, ..none.clone() }),
        (Condition::School, Arising { school: true, ..none.clone() }),
        (Condition::Moved, Arising { moved: true, ..none.clone() }),
        (Condition::OneAgency, Arising { one_agency: true, ..none.clone() }),
        (Condition::CriminalInvestigation, Arising { criminal_investigation: true, ..none.clone() }),
        (
            Condition::Outcome("police_investigation".into()),
            Arising { outcomes: vec!["police_investigation".into()], ..none.clone() },
        ),
        (Condition::Flagged("housing".into()), Arising { flagged: vec!["housing".into()], ..none.clone() }),
    ];
    for (when, facts) in cases {
        let prompt = Prompt { when: when.clone(), ..prompt(&[]) };
        assert!(arises(&prompt, &facts), "{when:?}");
        assert!(!arises(&prompt, &none), "{when:?}");
    }
    assert!(arises(&prompt(&[]), &none));
}

#[test]
fn a_level_says_what_is_open_what_is_asked_and_what_can_be_recorded() {
    use Level::{Absent, Mandatory, MandatoryWhenLate, Off, On, Prompted};
    let levels = [Mandatory, MandatoryWhenLate, Prompted, On, Off, Absent];
    let those = |holds: &dyn Fn(Level) -> bool| levels.into_iter().filter(|level| holds(*level)).collect::<Vec<_>>();
    assert_eq!(those(&|level| level.is_mandatory(false)), [Mandatory]);
    assert_eq!(those(&|level| level.is_mandatory(true)), [Mandatory, MandatoryWhenLate]);
    assert_eq!(those(&Level::is_asked), [Mandatory, MandatoryWhenLate, Prompted]);
    assert_eq!(those(&Level::is_recordable), [Mandatory, MandatoryWhenLate, Prompted, On, Off]);
}
