//! Counts over many sessions: totals, an agency's own, the way to the section 47 decision, and the rules gone over.

use super::{AUDITOR, DECEMBER, counting_from_one, has_an_auditor, is_circulated, is_held, is_left, reads};
use crate::support::{CASE_WORDS, Cast, House, section};

const TOTALS: [&str; 2] = ["audit", "totals"];
const OVERRIDES: [&str; 2] = ["audit", "overrides"];
const AGENCY: [&str; 2] = ["audit", "agency"];

/// Three cases of which counts are shown: the last has decided 20 minutes after its opening, and otherwise later on.
async fn three_cases() -> (House, Vec<String>) {
    let house = counting_from_one().await;
    has_an_auditor(&house).await;
    let mut names = Vec::new();
    for n in 1..=3 {
        let name = is_held(&house, &format!("LCS-2026-06{n:02}")).await;
        if n == 3 {
            house.passes(20).await;
            let decided = [("decision", "initiate"), ("rationale", "As shared"), ("case", name.as_str())];
            house.chair().slash(&["chair", "section-47"], &decided).await;
            house.passes(40).await;
            let changed = [("decision", "do_not_initiate"), ("rationale", "Explained"), ("case", name.as_str())];
            house.chair().slash(&["chair", "section-47"], &changed).await;
        }
        is_left(&house, &name).await;
        names.push(name);
    }
    (house, names)
}

fn names_nobody(text: &str, names: &[String]) {
    let people = Cast::ALL.map(Cast::name);
    let case = names.iter().map(String::as_str).chain(["LCS-2026"]);
    for word in CASE_WORDS.into_iter().chain(people).chain(case) {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

/// The cells of a row of a table.
fn row(text: &str, label: &str) -> Vec<String> {
    let found = text.lines().find(|line| line.starts_with(&format!("| {label} |")));
    let found = found.unwrap_or_else(|| panic!("there is a row {label}: {text}"));
    found.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// Shows: AUD-08, AUD-12.
#[tokio::test(flavor = "multi_thread")]
async fn totals_count_findings_judgements_and_the_four_measures_and_name_nobody() {
    let (house, names) = three_cases().await;
    for (name, judgement) in [(&names[0], "good"), (&names[1], "inadequate")] {
        let given = [("case", name.as_str()), ("judgement", judgement), ("judged_why", "Rowan Ashby did well")];
        house.who(AUDITOR).slash(&["audit", "judge"], &given).await;
    }
    let totals = reads(&house.who(AUDITOR), &TOTALS, &DECEMBER).await;
    let heads: Vec<_> = totals.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let judgements = ["Attendance", "Timeliness", "Discussion", "Decisions", "Judgements"];
    assert_eq!(heads[..5], judgements);
    assert!(totals.contains("3 sessions closed, held from 1 December 2026 to 31 December 2026."), "{totals}");
    let row_of = |label: &str| row(&totals, label);
    assert_eq!(row_of("Section 47 was decided, with the reason")[1..], ["1", "2", "0", "33 %"], "{totals}");
    assert_eq!(row_of("The minimum was there")[1..], ["0", "3", "0", "0 %"], "{totals}");
    let judged = section(&totals, "Judgements");
    for (label, count) in [("Good", "1"), ("Requires improvement", "0"), ("Inadequate", "1"), ("Not judged", "1")] {
        assert_eq!(row(&judged, label)[1], count, "{label}: {judged}");
    }
    let measures = section(&totals, "The way to the section 47 decision");
    assert_eq!(row(&measures, "Minutes from the opening to the decision")[1..], ["1", "20"], "{measures}");
    assert_eq!(row(&measures, "Closed without a decision")[1], "2", "{measures}");
    assert_eq!(row(&measures, "Rules gone over")[1], "3", "{measures}");
    assert_eq!(row(&measures, "Adjournments")[1..], ["0", "0"], "{measures}");
    assert_eq!(row(&measures, "Decisions changed within 30 days")[1], "1", "{measures}");
    names_nobody(&totals, &names);
    assert_eq!(house.police().slash(&TOTALS, &DECEMBER).await.code(), "for_auditor");
    house.close().await;
}

/// Shows: AUD-08.
#[tokio::test(flavor = "multi_thread")]
async fn where_there_are_too_few_sessions_no_count_is_shown() {
    let house = House::open().await;
    has_an_auditor(&house).await;
    let name = is_held(&house, "LCS-2026-0701").await;
    is_left(&house, &name).await;
    let totals = reads(&house.who(AUDITOR), &TOTALS, &DECEMBER).await;
    assert!(totals.contains("Fewer than 5 sessions"), "{totals}");
    assert!(!totals.contains('|'), "no table: {totals}");
    house.close().await;
}

/// Shows: AUD-08, AUD-14.
#[tokio::test(flavor = "multi_thread")]
async fn totals_can_be_of_a_sample_and_the_same_seed_counts_the_same_sessions() {
    let (house, names) = three_cases().await;
    let auditor = house.who(AUDITOR);
    let with = |seed: &'static str| [&DECEMBER[..], &[("size", "1"), ("seed", seed)]].concat();
    let mut decided = Vec::new();
    for seed in ["1", "2", "3", "4", "5", "6", "7", "8"] {
        let totals = reads(&auditor, &TOTALS, &with(seed)).await;
        assert!(totals.contains(&format!("A sample of 1, drawn with seed {seed}.")), "{totals}");
        assert!(totals.contains("1 session closed"), "{totals}");
        let drawn = reads(&auditor, &["audit", "sample"], &with(seed)).await;
        let is_third = drawn.contains(&names[2]);
        let count = row(&totals, "Section 47 was decided, with the reason")[1].clone();
        assert_eq!(count == "1", is_third, "seed {seed}: the session that was drawn is the one counted: {totals}");
        decided.push(is_third);
        names_nobody(&totals, &names);
    }
    assert!(decided.contains(&true) && decided.contains(&false), "the seeds draw different ones: {decided:?}");
    house.close().await;
}

/// Shows: AUD-09.
#[tokio::test(flavor = "multi_thread")]
async fn a_senior_manager_sees_the_counts_of_their_own_agency_and_nothing_else() {
    let house = counting_from_one().await;
    house.enrols_as(Cast::SecondOfficer, "Superintendent", Cast::Police, None).await;
    house.gathers().await;
    house.chair().opens().await;
    let challenge = [("challenge_kind", "decision"), ("about", "The level"), ("why", "It is higher")];
    assert_eq!(house.police().slash(&["challenge"], &challenge).await.code(), "challenge_raised");
    house.chair().closes().await;
    house.has_drafted().await;
    is_circulated(&house).await;
    let counts = reads(&house.who(Cast::SecondOfficer), &AGENCY, &DECEMBER).await;
    assert!(counts.contains(&format!("Strategy discussions: {}", Cast::Police.card().agency)), "{counts}");
    for (label, count) in [
        ("Came", "1"),
        ("Did neither", "0"),
        ("A challenge was raised", "1"),
        ("A challenge was taken to a further level", "0"),
    ] {
        assert_eq!(row(&counts, label)[1], count, "{label}: {counts}");
    }
    let came = section(&counts, "Attendance");
    assert_eq!(row(&came, "Came")[1], "1", "{came}");
    // This procedure sets no time for it; the record went out on the day.
    for (part, label) in
        [("Held within the procedure's time", "Not applicable"), ("The record went out in time", "Met")]
    {
        let table = section(&counts, part);
        for one in ["Met", "Not met", "Not applicable"] {
            let count = if one == label { "1" } else { "0" };
            assert_eq!(row(&table, one)[1], count, "{part}, {one}: {counts}");
        }
    }
    names_nobody(&counts, &[house.store.cases().await.expect("the store can be read").remove(0).code_name.0]);
    for who in [Cast::Police, Cast::TeamManager] {
        assert_eq!(house.who(who).slash(&AGENCY, &DECEMBER).await.code(), "for_agency_manager", "{who:?}");
    }
    house.close().await;
}

/// Shows: AUD-15.
#[tokio::test(flavor = "multi_thread")]
async fn the_map_counts_the_rules_gone_over_by_role_procedure_and_hour_with_reasons_grouped() {
    let (house, names) = three_cases().await;
    let preset = is_held(&house, "LCS-2026-0604").await;
    let given = [("reason", "not reached, next session"), ("case", preset.as_str())];
    house.chair().slash(&["chair", "close"], &given).await;
    house.passes(1).await;
    let map = reads(&house.who(AUDITOR), &OVERRIDES, &DECEMBER).await;
    assert!(map.contains("4 sessions held from 1 December 2026 to 31 December 2026"), "{map}");
    // Undecided at three of the four closes: two with words of the chair's own, one with the catalogue's.
    let cells = row(&map, "DEC-01");
    assert_eq!(cells[1..5], ["3", "1", "2", "0"], "{map}");
    assert_eq!(cells[5..7], ["Team manager 3", "remote-format 3"], "{map}");
    assert_eq!(cells[7], "10:00 2, 11:00 1", "{map}");
    // Marked at each opening, and again at each close.
    let not_quorate = row(&map, "GATE-08");
    assert_eq!(not_quorate[1..5], ["10", "1", "3", "6"], "two decisions were marked too: {map}");
    names_nobody(&map, &names);
    assert!(!map.contains("called away"), "the words of a reason are not told: {map}");
    assert_eq!(house.police().slash(&OVERRIDES, &DECEMBER).await.code(), "for_auditor");
    house.close().await;
}
