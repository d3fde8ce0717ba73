//! The risk to each child: a level or until when one is assumed, what it rests on, and what each agency thinks.

use convenor::config::Config;
use convenor::domain::procedure::Choice;
use convenor::domain::stage::Stage;

use crate::support::{Got, House, Member, PROCEDURES, section};

/// The chair answers a question about the child the session is about.
async fn says(house: &House, prompt: &str, fields: &[(&str, &str)]) -> Got {
    let given = [&[("prompt", prompt), ("about", "c1")], fields].concat();
    house.chair().slash(&["chair", "prompt"], &given).await
}

async fn thinks(who: Member<'_>, level: &str, reason: &str) -> Got {
    who.presses("view", &[("prompt", "agency_view"), ("level", level), ("reason", reason)]).await
}

fn reviews(house: &House) -> usize {
    let messages = house.chair().person.direct_messages().into_iter();
    messages.filter(|message| message.text.contains("looked at again")).count()
}

/// Shows: RISK-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_level_is_missed_once_decisions_begin_and_one_held_until_more_is_known_counts() {
    for procedure in ["seven-minute-briefing", "practice-guidance", "audit-assured"] {
        let house = House::under_at(procedure, Stage::Risk).await;
        let mark = "risk level missing: Ellis Quillfeather";
        assert!(!house.minutes().await.contains(mark), "{procedure}: not before decisions begin");
        house.goes_on_to(Stage::Deciding).await;
        assert!(house.board().await.text.contains("**DECIDING**"), "{procedure}: the stage opens");
        assert!(house.minutes().await.contains(mark), "{procedure}");
        let got = says(&house, "risk", &[("level", "treat_as_high"), ("until", "the scan")]).await;
        assert!(got.text().contains("Cannot yet say, treat as high until the scan"), "{}", got.text());
        let minutes = house.minutes().await;
        assert!(!minutes.contains(mark), "{procedure}: it counts as a level");
        let line = "Level of risk: Cannot yet say, treat as high until the scan";
        assert!(section(&minutes, risk_heading(&house)).contains(line), "{procedure}: {minutes}");
        house.comes_to("2026-12-08 08:59").await;
        assert_eq!(reviews(&house), 0, "{procedure}");
        house.comes_to("2026-12-08 09:00").await;
        assert_eq!(reviews(&house), 1, "{procedure}: an event has no date, so it is the next working day");
        house.close().await;
    }
    let house = House::under_at("audit-assured", Stage::Deciding).await;
    let sister = [("name", "Wren Quillfeather"), ("subject", "true"), ("born", "3 May 2022"), ("stage", "pre_school")];
    house.social_worker().slash(&["strategy", "child"], &sister).await;
    assert_eq!(mark(&house).await, "risk level missing: Ellis Quillfeather, Wren Quillfeather");
    says(&house, "risk", &[("level", "high")]).await;
    assert_eq!(mark(&house).await, "risk level missing: Wren Quillfeather", "each child has a level of its own");
    house.close().await;
    let house = House::under_at("remote-format", Stage::Deciding).await;
    assert!(!house.minutes().await.contains("risk level missing"), "prompted, and not insisted on");
    says(&house, "risk", &[("level", "treat_as_medium"), ("until", "10 December 2026")]).await;
    for (time, expected) in [("2026-12-09 09:00", 0), ("2026-12-10 08:59", 0), ("2026-12-10 09:00", 1)] {
        house.comes_to(time).await;
        assert_eq!(reviews(&house), expected, "{time}");
    }
    house.close().await;
}

/// The mark for the children without a level, as the heading has it.
async fn mark(house: &House) -> String {
    let minutes = house.minutes().await;
    let (_, mark) = minutes.split_once("risk level missing").expect("it is marked");
    let end = mark.find([';', '\n']).expect("the line of marks ends");
    format!("risk level missing{}", &mark[..end])
}

/// What the procedure calls the section.
fn risk_heading(house: &House) -> &str {
    let sections = &house.config.procedures[house.procedure()].minutes;
    &sections.iter().find(|section| section.key == "risk").expect("risk has a section").heading
}

/// Shows: RISK-02.
#[tokio::test(flavor = "multi_thread")]
async fn the_three_statements_print_under_every_procedure_with_the_two_who_weighed_them() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Risk).await;
        says(&house, "risk", &[("level", "high"), ("welfare", "Thin"), ("safety", "On the ward")]).await;
        let risk = section(&house.minutes().await, risk_heading(&house));
        for line in ["Level of risk: ", "The child's welfare: Thin", "The child's safety: On the ward"] {
            assert!(risk.contains(line), "{procedure}: {line}: {risk}");
        }
        let names = "by Rowan Ashby, Social worker, Larkshire Children's Services, and Imogen Vale, Team manager";
        assert!(risk.contains(names), "{procedure}: {risk}");
        house.close().await;
    }
}

/// Shows: RISK-02, RISK-05, RISK-06.
#[tokio::test(flavor = "multi_thread")]
async fn welfare_safety_level_evidence_and_history_are_labelled_and_those_who_weighed_them_named() {
    let house = House::under_at("audit-assured", Stage::Risk).await;
    let risk = section(&house.minutes().await, risk_heading(&house));
    assert!(!risk.contains("Weighed with the views"), "nobody has weighed anything yet: {risk}");
    says(&house, "risk", &[("level", "high"), ("welfare", "Thin"), ("safety", "On the ward")]).await;
    let risk = section(&house.minutes().await, risk_heading(&house));
    for line in ["Level of risk: High", "The child's welfare: Thin", "The child's safety: On the ward"] {
        assert!(risk.contains(line), "{line}: {risk}");
    }
    assert!(risk.contains("Why this level: the evidence: not answered"), "{risk}");
    let names = "by Rowan Ashby, Social worker, Larkshire Children's Services, and Imogen Vale, Team manager";
    assert!(risk.contains(names), "{risk}");
    let open = house.chair().closes().await;
    let missing = "Risk to the child: Ellis Quillfeather (Why this level: the evidence, How history was weighed)";
    assert!(open.contains(missing), "{open}");
    house.close().await;

    let house = House::under_at("audit-assured", Stage::Risk).await;
    let whole = [
        ("level", "high"),
        ("welfare", "Thin"),
        ("safety", "On the ward"),
        ("rationale", "The X-ray"),
        ("history_weighed", "Two call-outs"),
    ];
    says(&house, "risk", &whole).await;
    let risk = section(&house.minutes().await, risk_heading(&house));
    assert!(risk.contains("Why this level: the evidence: The X-ray"), "{risk}");
    assert!(risk.contains("How history was weighed: Two call-outs"), "{risk}");
    assert!(!house.chair().closes().await.contains("Risk to the child"));
    house.close().await;
}

/// Shows: RISK-02.
#[tokio::test(flavor = "multi_thread")]
async fn a_level_without_statements_on_welfare_and_safety_leaves_them_open_by_name() {
    let rationale = "Why this level: the evidence";
    for (procedure, missing) in [
        ("practice-guidance", vec!["The child's welfare", "The child's safety", "How history was weighed"]),
        ("audit-assured", vec!["The child's welfare", "The child's safety", rationale, "How history was weighed"]),
    ] {
        let house = House::under_at(procedure, Stage::Risk).await;
        says(&house, "risk", &[("level", "high")]).await;
        let open = house.chair().closes().await;
        let line = format!("Risk to the child: Ellis Quillfeather ({})", missing.join(", "));
        assert!(open.contains(&line), "{procedure}: {line} in {open}");
        house.close().await;
    }
}

/// Shows: RISK-03.
#[tokio::test(flavor = "multi_thread")]
async fn each_other_child_has_a_line_of_its_own() {
    let house = House::under_at("audit-assured", Stage::Risk).await;
    for (name, relationship) in [("Wren Quillfeather", "sister"), ("Ash Quillfeather", "brother")] {
        let child = [("name", name), ("born", "3 May 2022"), ("stage", "pre_school"), ("relationship", relationship)];
        house.social_worker().slash(&["strategy", "child"], &child).await;
    }
    let given = [("prompt", "other_child_risk"), ("about", "c2"), ("level", "medium"), ("rationale", "Shares a room")];
    house.chair().slash(&["chair", "prompt"], &given).await;
    let risk = section(&house.minutes().await, risk_heading(&house));
    let of = |child: &str| risk.split("### ").find(|part| part.starts_with(child)).unwrap_or_default().to_owned();
    assert!(of("Wren").contains("Level of risk: Medium"), "{risk}");
    assert!(of("Ash").contains("Risk to another child: not answered"), "{risk}");
    assert!(house.chair().closes().await.contains("Risk to another child: Ash Quillfeather"));
    house.close().await;
}

/// Shows: RISK-04.
#[tokio::test(flavor = "multi_thread")]
async fn agencies_views_stand_side_by_side_and_can_be_collected_unseen() {
    let house = House::under_at("practice-guidance", Stage::Risk).await;
    thinks(house.police(), "high", "Two call-outs").await;
    assert!(house.room_has("Level of risk: High · Why: Two call-outs").await, "open as they come");
    assert!(!house.room_has("The levels differ").await);
    thinks(house.health_visitor(), "medium", "Seen well in March").await;
    let posts = house.room_messages().await;
    let spread = posts.iter().find(|post| post.text.contains("The levels differ")).expect("the spread is shown");
    let side_by_side = "Larkshire Police: High · Larkshire Community Health: Medium";
    assert!(spread.text.contains(side_by_side), "{}", spread.text);
    assert!(spread.button("Challenge").is_some(), "the way to disagree is offered");
    let risk = section(&house.minutes().await, risk_heading(&house));
    assert!(risk.contains("| Larkshire Police | High | Two call-outs | Dana Okafor |"), "{risk}");
    assert!(risk.contains("| Larkshire Community Health | Medium | Seen well in March | Priya Nandy |"), "{risk}");
    let open = house.chair().closes().await;
    assert!(open.contains("Your agency's view of the risk: "), "social care gave none: {open}");
    assert!(!open.contains("Your agency's view of the risk: Dana Okafor"), "{open}");
    house.close().await;

    for by_the_chair in [false, true] {
        let house = House::under_at("practice-guidance", Stage::Risk).await;
        assert_eq!(house.police().presses("hide_views", &[]).await.code(), "for_chair");
        house.chair().presses("hide_views", &[]).await;
        thinks(house.police(), "high", "Two call-outs").await;
        thinks(house.health_visitor(), "medium", "Seen well in March").await;
        assert!(!house.room_has("Two call-outs").await && !house.room_has("Seen well").await);
        if by_the_chair {
            house.chair().presses("show_views", &[]).await;
        } else {
            thinks(house.social_worker(), "high", "The X-ray").await;
        }
        let shown = house.room_posts().await.into_iter().find(|post| post.contains("The agencies' views"));
        let shown = shown.expect("they are shown together");
        assert!(shown.contains("Two call-outs") && shown.contains("Seen well in March"), "{shown}");
        house.close().await;
    }
}

/// Shows: RISK-07.
#[tokio::test(flavor = "multi_thread")]
async fn what_protects_the_child_does_not_stand_for_the_level_of_risk() {
    let house = House::under_at("audit-assured", Stage::Risk).await;
    let got = says(&house, "protective_factors", &[("text", "A careful grandmother")]).await;
    assert!(got.text().contains("Keep the focus on the child"), "{}", got.text());
    assert!(house.minutes().await.contains("A careful grandmother"));
    house.goes_on_to(Stage::Deciding).await;
    let board = house.board().await.text;
    assert!(board.contains("Risk: Risk to the child"), "the stage is marked incomplete: {board}");
    assert!(house.chair().closes().await.contains("• Risk to the child: Ellis Quillfeather"));
    house.close().await;
}

/// Shows: RISK-08.
#[tokio::test(flavor = "multi_thread")]
async fn an_immediate_plan_to_secure_safety_is_recorded_or_open() {
    for plan in ["", "Stays on the ward; the ward rings if anybody comes for him"] {
        let house = House::under_at("practice-guidance", Stage::Risk).await;
        if !plan.is_empty() {
            let given = [("prompt", "immediate_safety_plan"), ("text", plan)];
            house.chair().slash(&["chair", "prompt"], &given).await;
        }
        let risk = section(&house.minutes().await, risk_heading(&house));
        let line = if plan.is_empty() { "not answered" } else { plan };
        assert!(risk.contains(&format!("Immediate safety plan: {line}")), "{risk}");
        assert_eq!(house.chair().closes().await.contains("• Immediate safety plan"), plan.is_empty());
        house.close().await;
    }
}

/// Shows: RISK-10.
#[tokio::test(flavor = "multi_thread")]
async fn the_levels_offered_are_the_procedures_own() {
    let mut config = Config::built_in();
    let procedure = config.procedures.get_mut("remote-format").expect("it is shipped");
    let level = |code: &str, label: &str| Choice { code: code.to_owned(), label: label.to_owned() };
    procedure.risk_scale = vec![level("green", "Green"), level("red", "Red")];
    let house = House::configured(config, "remote-format").await;
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Risk).await;
    let list = says(&house, "risk", &[]).await;
    let list = list.response.message().expect("a list is shown").selects().remove(0);
    let offered: Vec<_> = list.choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(offered, ["Green", "Red", "Cannot yet say, treat as green", "Cannot yet say, treat as red"]);
    says(&house, "risk", &[("level", "red")]).await;
    assert!(house.minutes().await.contains("Level of risk: Red"));
    house.close().await;
}
