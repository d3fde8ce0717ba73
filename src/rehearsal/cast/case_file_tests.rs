use super::*;

const SHIPPED: [&str; 3] = [
    include_str!("../../../bot-config/cases/case-1-fractured-skull.json"),
    include_str!("../../../bot-config/cases/case-2-released-offender.json"),
    include_str!("../../../bot-config/cases/case-3-suspected-cse.json"),
];

fn with(change: impl FnOnce(&mut Value)) -> String {
    let mut case: Value = serde_json::from_str(SHIPPED[0]).expect("the shipped case is JSON");
    change(&mut case);
    serde_json::to_string_pretty(&case).expect("a value can be written")
}

fn refused(text: &str) -> String {
    parse("case.json", text).expect_err("it should not be taken").0
}

#[test]
fn every_shipped_case_is_read_without_a_warning() {
    for text in SHIPPED {
        let reading = parse("case.json", text).expect("a shipped case");
        assert_eq!(reading.unknown, Vec::<String>::new(), "{}", reading.case.id);
    }
}

#[test]
fn times_are_taken_with_seconds_and_without() {
    let reading = parse("case.json", SHIPPED[0]).expect("the shipped case");
    let opened = reading.case.session.opened_at.0;
    let text = with(|case| case["session"]["opened_at"] = "2026-12-07T10:00:00+00:00".into());
    assert_eq!(parse("case.json", &text).expect("with seconds").case.session.opened_at.0, opened);
}

#[test]
fn keys_nobody_knows_are_told_with_their_path() {
    let text = with(|case| {
        case["weather"] = "rain".into();
        case["invitees"][1]["shoe_size"] = 43.into();
    });
    assert_eq!(parse("case.json", &text).expect("still a case").unknown, ["invitees[1].shoe_size", "weather"]);
}

#[test]
fn what_is_wrong_is_one_sentence_with_its_line() {
    let broken = refused("{\n \"schema\": \"sd-case/1\",\n \"id\": }");
    assert!(broken.starts_with("case.json, line 3: "), "{broken}");
    let other = refused("{\n \"schema\": \"sd-case/9\"\n}");
    assert_eq!(other, "case.json, line 2: the schema is \"sd-case/9\", and only sd-case/1 is played");
    assert!(refused("{}").contains("there is no \"schema\""));
    let time = refused(&with(|case| case["session"]["opened_at"] = "soon".into()));
    assert!(time.contains("\"soon\" is no time"), "{time}");
    let nobody = refused(&with(|case| case["chair"] = "nobody".into()));
    assert!(nobody.contains("chair names \"nobody\", which is no invitee's key"), "{nobody}");
    let missing = read(std::path::Path::new("no-such-case.json")).expect_err("there is no such file").0;
    assert!(missing.starts_with("the case no-such-case.json can't be read"), "{missing}");
}

#[test]
fn a_case_is_moved_with_all_its_moments_and_nothing_else() {
    let written = parse("case.json", SHIPPED[0]).expect("the shipped case");
    let by = TimeDelta::hours(-49);
    let moved = written.moved_by(by);
    let moments = |case: &CaseFile| {
        let times = [case.session.opened_at, case.session.closed_at].into_iter();
        let more = case.referral.received_at.into_iter().chain(case.challenge_invited_at);
        times.chain(more).chain(case.actions.iter().filter_map(|action| action.due)).map(|at| at.0).collect::<Vec<_>>()
    };
    let expected: Vec<_> = moments(&written.case).into_iter().map(|at| at + by).collect();
    assert!(expected.len() > 8, "the case has many");
    assert_eq!(moments(&moved.case), expected);
    assert_eq!(moved.raw["review"]["when"], "2026-12-08T13:00:00+00:00", "answers are found in it");
    assert_eq!(moved.case.children[0].dob, written.case.children[0].dob);
    let said = moved.raw["decisions"]["prompts"]["medical_examination"]["timing"].to_string();
    assert!(said.contains("by 2026-12-08 17:00"), "{said}");
    let (back, there) = (moved.moved_by(-by), written.moved_by(TimeDelta::zero()));
    assert_eq!(back.raw, there.raw);
}

#[test]
fn those_without_an_account_are_guests() {
    let case = parse("case.json", SHIPPED[2]).expect("the shipped case").case;
    assert!(case.invitee("sgn").expect("she is there").is_guest());
    assert!(!case.invitee("sn").expect("she is there").is_guest());
    assert!(case.invitee("police").expect("they are there").comes());
}
