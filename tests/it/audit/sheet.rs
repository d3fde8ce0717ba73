//! The sheet: four heads in order, each line answered from the record, and the questions to learn from.

use convenor::domain::stage::Stage;

use super::{
    AUDITOR, SHEET, answers, audited, code_name, decides, finds, has_an_auditor, is_circulated, is_closed, line, opened,
};
use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

const FIGURES: &str = "practice-guidance";
const ANSWERS: [&str; 3] = ["Met", "Not met", "Not applicable"];

/// Shows: AUD-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_session_has_a_sheet_of_four_heads_each_line_answered_from_the_record() {
    for procedure in PROCEDURES {
        let house = opened(procedure, &[]).await;
        let name = code_name(&house).await;
        let auditor = house.who(AUDITOR);
        let early = auditor.slash(&SHEET, &[("case", &name)]).await;
        assert_eq!(early.code(), "not_at_this_stage", "{procedure}: {}", early.text());
        is_closed(&house).await;

        let sheet = audited(&house, &SHEET).await;
        let heads: Vec<_> = sheet.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(heads, ["Attendance", "Timeliness", "Discussion", "Decisions", "Judgements"], "{procedure}");
        let is_line = |line: &&str| line.starts_with("| ") && !line.contains("---") && !line.contains("Looked for");
        let lines: Vec<_> = sheet.lines().filter(is_line).collect();
        assert_eq!(lines.len(), 22, "{procedure}: {sheet}");
        for line in lines {
            let cells: Vec<_> = line.split(" | ").collect();
            assert!(ANSWERS.contains(&cells[1]), "{procedure}: {line}");
        }
        // The entry a finding rests on is where the record has it.
        let opening = house.db_journal().await.into_iter().find(|record| record.event.kind() == "session_opened");
        let opening = opening.expect("it was opened").seq.to_string();
        assert!(line(&sheet, "The minimum was there").1.contains(&opening), "{procedure}: {sheet}");
        let refused = house.police().slash(&SHEET, &[("case", &name)]).await;
        assert_eq!(refused.code(), "for_auditor", "{procedure}: a seat is no audit");
        assert!(!house.who(AUDITOR).sees_the_room().await, "{procedure}: it opens no door");
        house.close().await;
    }
}

/// Shows: AUD-02.
#[tokio::test(flavor = "multi_thread")]
async fn attendance_is_met_where_everybody_the_case_calls_for_came_and_could_decide() {
    let house = opened(FIGURES, &[]).await;
    is_closed(&house).await;
    let sheet = audited(&house, &SHEET).await;
    finds(
        &sheet,
        &[
            ("The minimum was there", "Not met"),
            ("Others this case calls for", "Not met"),
            ("Those who came could decide", "Met"),
            ("School nurse or health visitor", "Not met"),
            ("The school itself", "Not met"),
        ],
    );
    assert!(line(&sheet, "The minimum was there").1.contains("Lacking: school"), "{sheet}");
    assert!(line(&sheet, "School nurse or health visitor").1.contains("school nurse"), "{sheet}");
    house.close().await;

    // A child before school has no school, the health visitor came, and one person could not decide.
    let house = House::under("remote-format", "2026-12-07 10:00").await;
    house.social_worker().registers().await;
    let child =
        [("name", "Ellis Quillfeather"), ("born", "12 March 2025"), ("subject", "true"), ("stage", "pre_school")];
    house.social_worker().slash(&["strategy", "child"], &child).await;
    house.social_worker().convenes().await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
    }
    let others = [
        ("referrer", "Has told us all in the call"),
        ("nursery", "He goes to none"),
        ("health_and_care", "Nobody else sees the child"),
    ];
    for (proposal, reason) in others {
        let view = house.social_worker().slash(&["strategy", "ready"], &[]).await;
        let given = [("proposal", proposal), ("reason", reason)];
        let got = house.social_worker().presses_in(&view, "not_needed", &given).await;
        assert_eq!(got.code(), "proposal_turned_down", "{proposal}: {}", got.text());
    }
    for who in [Cast::TeamManager, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.police().accepts().await;
    let door = house.police().comes_to_the_door().await;
    let confirmed = house.police().presses_in(&door, "confirm", &[]).await;
    house.police().presses_in(&confirmed, "introduce", &[("authorised", "no"), ("basis", "")]).await;
    house.chair().opens().await;
    has_an_auditor(&house).await;
    is_closed(&house).await;
    let sheet = audited(&house, &SHEET).await;
    finds(
        &sheet,
        &[
            ("The minimum was there", "Met"),
            ("Others this case calls for", "Met"),
            ("Those who came could decide", "Not met"),
            ("School nurse or health visitor", "Met"),
            ("The school itself", "Not applicable"),
        ],
    );
    let unsure = "Lacking: Child protection investigator, Larkshire Police.";
    assert!(line(&sheet, "Those who came could decide").1.contains(unsure), "{sheet}");
    house.close().await;
}

/// Shows: AUD-03.
#[tokio::test(flavor = "multi_thread")]
async fn timeliness_is_the_deadline_the_reason_on_the_record_and_the_circulation() {
    let looked_for = ["Held within the procedure's time", "Why it was held then", "The record went out in time"];
    let house = opened(FIGURES, &[]).await;
    answers(&house, "timing_rationale", &[("text", "The ward rang at eight")]).await;
    is_closed(&house).await;
    let expected = ["Met", "Met", "Not applicable"];
    finds(&audited(&house, &SHEET).await, &looked_for.iter().copied().zip(expected).collect::<Vec<_>>());
    is_circulated(&house).await;
    finds(&audited(&house, &SHEET).await, &[(looked_for[2], "Met")]);
    house.close().await;

    let house = opened(FIGURES, &[("received", "4 December 2026 09:00")]).await;
    is_closed(&house).await;
    house.comes_to("2027-01-11 09:00").await;
    finds(&audited(&house, &SHEET).await, &looked_for.map(|one| (one, "Not met")));
    is_circulated(&house).await;
    finds(&audited(&house, &SHEET).await, &[(looked_for[2], "Not met")]);
    house.close().await;

    let house = opened("audit-assured", &[]).await;
    is_closed(&house).await;
    finds(&audited(&house, &SHEET).await, &[(looked_for[0], "Not applicable")]);
    house.close().await;
}

/// Shows: AUD-04.
#[tokio::test(flavor = "multi_thread")]
async fn the_discussion_is_the_level_what_it_rests_on_the_child_the_siblings_and_the_police() {
    let looked_for = [
        "The level of risk",
        "The level has an analysis",
        "The child's perspective",
        "Siblings and other children",
        "The focus was the risk",
        "Police information",
    ];
    let house = opened(FIGURES, &[]).await;
    is_closed(&house).await;
    let none = ["Not met", "Not met", "Not met", "Not applicable", "Not applicable", "Not met"];
    let sheet = audited(&house, &SHEET).await;
    finds(&sheet, &looked_for.into_iter().zip(none).collect::<Vec<_>>());
    assert!(line(&sheet, "The level of risk").1.contains("Lacking: Ellis Quillfeather"), "{sheet}");
    house.close().await;

    let house = opened(FIGURES, &[]).await;
    let sister =
        [("name", "Wren Quillfeather"), ("born", "3 May 2022"), ("stage", "pre_school"), ("relationship", "sister")];
    house.social_worker().slash(&["strategy", "child"], &sister).await;
    house.goes_on_to(Stage::Sharing).await;
    for _ in 0..4 {
        let said = [("current", "As we hold it"), ("child_perspective", "Ellis asked for the light to stay on")];
        for who in [Cast::SocialWorker, Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            if house.who(who).slash(&["share"], &said).await.code() == "contributed" {
                house.who(who).finishes().await;
            }
        }
    }
    house.goes_on_to(Stage::Risk).await;
    answers(&house, "protective_factors", &[("about", "c1"), ("text", "An aunt nearby")]).await;
    let weighed =
        [("about", "c1"), ("level", "high"), ("rationale", "The X-ray"), ("history_weighed", "Two call-outs")];
    answers(&house, "risk", &weighed).await;
    answers(&house, "other_child_decision", &[("about", "c2"), ("concerns", "yes"), ("reason", "Same home")]).await;
    decides(&house).await;
    answers(&house, "criminal_investigation", &[("text", "Joint, from today")]).await;
    is_closed(&house).await;
    finds(&audited(&house, &SHEET).await, &looked_for.map(|one| (one, "Met")));
    house.close().await;

    // What protects the child, without the level beside it.
    let house = opened(FIGURES, &[]).await;
    house.goes_on_to(Stage::Risk).await;
    answers(&house, "protective_factors", &[("about", "c1"), ("text", "The mother is protective")]).await;
    is_closed(&house).await;
    finds(&audited(&house, &SHEET).await, &[("The focus was the risk", "Not met")]);
    house.close().await;
}

/// Shows: AUD-05.
#[tokio::test(flavor = "multi_thread")]
async fn decisions_are_section_47_then_who_does_what_by_when_the_family_and_the_record() {
    let looked_for = [
        "Section 47 was decided",
        "What further information",
        "Immediate action",
        "Short-term action",
        "Every action says",
        "What the family is told",
        "The record has earned its title",
        "The question stayed section 47",
    ];
    let house = opened(FIGURES, &[]).await;
    decides(&house).await;
    house.chair().slash(&["action", "add"], &[("what", "Call an initial conference")]).await;
    is_closed(&house).await;
    let poor = ["Not met", "Not applicable", "Not met", "Not met", "Not met", "Not met", "Not met", "Not met"];
    finds(&audited(&house, &SHEET).await, &looked_for.into_iter().zip(poor).collect::<Vec<_>>());
    house.close().await;

    let house = opened(FIGURES, &[]).await;
    decides(&house).await;
    let decided = [("decision", "initiate"), ("mode", "joint"), ("rationale", "No explanation fits")];
    house.chair().slash(&["chair", "section-47"], &decided).await;
    let further =
        [("text", "The earlier X-rays"), ("source", "The hospital"), ("how", "By the nurse"), ("recorded", "On file")];
    answers(&house, "further_information", &further).await;
    answers(&house, "immediate_action", &[("text", "Ellis stays on the ward")]).await;
    answers(&house, "short_term_action", &[("text", "A visit on Wednesday")]).await;
    let worker = house.chair().picks(&["action", "add"], "owner", "Rowan").await;
    let action = [("what", "Visit the ward"), ("owner", worker.as_str()), ("due", "7 December 2026 20:00")];
    house.chair().slash(&["action", "add"], &action).await;
    // The decision itself made others, one of them for nobody yet.
    for no in ["1", "2"] {
        let whole =
            [("action", no), ("owner", worker.as_str()), ("due", "9 December 2026 12:00"), ("reason", "Said now")];
        house.chair().slash(&["action", "change"], &whole).await;
    }
    let told = [("what", "That Ellis stays"), ("how", "In person"), ("when", "Today"), ("by", worker.as_str())];
    answers(&house, "tell_parents", &told).await;
    answers(&house, "tell_child", &[("about", "c1"), ("text", "Where they sleep tonight")]).await;
    is_closed(&house).await;
    is_circulated(&house).await;
    let sheet = audited(&house, &SHEET).await;
    finds(&sheet, &looked_for[..6].iter().map(|one| (*one, "Met")).collect::<Vec<_>>());
    finds(&sheet, &looked_for[6..].iter().map(|one| (*one, "Met")).collect::<Vec<_>>());
    house.close().await;
}

/// Shows: AUD-10.
#[tokio::test(flavor = "multi_thread")]
async fn the_learning_sheet_asks_about_what_was_not_met_and_names_nobody() {
    let house = opened(FIGURES, &[]).await;
    is_closed(&house).await;
    let learning = audited(&house, &["audit", "learning"]).await;
    let heads: Vec<_> = learning.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(heads, ["Attendance", "Timeliness", "Discussion", "Decisions"]);
    for part in learning.split("\n## ").skip(1) {
        assert!(part.contains("What helped, and how do you keep it?"), "{part}");
    }
    assert!(learning.contains("Which nurse knows a child of this age best"), "{learning}");
    assert!(!learning.contains("How do people know before they come"), "that was met: {learning}");
    let name = code_name(&house).await;
    let people = [Cast::SocialWorker, Cast::TeamManager, Cast::Police, Cast::HealthVisitor, AUDITOR].map(Cast::name);
    let cards = [Cast::SocialWorker, Cast::Police, Cast::HealthVisitor].map(|who| who.card().agency);
    let case = [name.as_str(), "LCS-2026-0417", "2026", "2019"];
    for word in CASE_WORDS.into_iter().chain(people).chain(cards).chain(case) {
        assert!(!learning.contains(word), "{word}: {learning}");
    }
    house.close().await;
}
