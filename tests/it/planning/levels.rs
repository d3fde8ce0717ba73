//! At which level each procedure asks, after which section 47 decision, and in which groups.

use convenor::domain::stage::Stage;

use super::{COUNTY, answers, asked, decided, decides, deciding_with, line, open_once_closed};
use crate::support::{House, PROCEDURES, section};

/// A question with its level in each procedure, in their order: M mandatory, R asked, o on or off.
type Levelled = (&'static str, &'static str);

/// Asked only once section 47 enquiries start or continue (DEC-45).
const PLANNING: [Levelled; 9] = [
    ("medical_examination", "MMRRR"),
    ("medical_treatment", "MRRRR"),
    ("interviews", "MRRRR"),
    ("needs", "MRRRR"),
    ("who_conducts", "MRMRR"),
    ("child_seen", "MRRRR"),
    ("pr_agreement", "MRRRR"),
    ("further_information", "MRMRM"),
    ("protect_other_children", "Moooo"),
];
/// Asked whatever the decision is.
const REGARDLESS: [Levelled; 8] = [
    ("criminal_investigation", "MRMRR"),
    ("tell_parents", "MRMRM"),
    ("tell_child", "RRMRM"),
    ("legal_action", "MRMRR"),
    ("immediate_action", "MMMMM"),
    ("interim_services", "MMMMM"),
    ("short_term_action", "RRMRM"),
    ("further_session", "MRMRR"),
];

fn title(house: &House, prompt: &str) -> String {
    house.config.catalogue.prompt(prompt).expect("it is a question").title.clone()
}

/// The titles of the groups that are shown.
async fn groups(house: &House) -> Vec<String> {
    asked(house).await.into_iter().filter(|label| label.starts_with("Planning: ")).collect()
}

/// The questions a group shows.
async fn of_group(house: &House, group: &str) -> Vec<String> {
    let shown = house.chair().presses("prompts", &[]).await;
    house.chair().presses_in(&shown, "group", &[("group", group)]).await.buttons()
}

/// Shows: DEC-20, DEC-21, DEC-23, DEC-24, DEC-25, DEC-26, DEC-27, DEC-28, DEC-29, DEC-31, DEC-32, DEC-34, DEC-35, DEC-37, DEC-38, DEC-39, DEC-45.
#[tokio::test(flavor = "multi_thread")]
async fn once_enquiries_start_each_procedure_asks_and_leaves_open_what_it_insists_on() {
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let house = decided(procedure, "initiate").await;
        let shown = groups(&house).await;
        assert!((3..=4).contains(&shown.len()), "{procedure}: {shown:?}");
        let mut buttons = asked(&house).await;
        let insists_on_other_children = place == 0;
        let groups = ["health", "hearing", "enquiry"].into_iter();
        for group in groups.chain(insists_on_other_children.then_some("other_children")) {
            buttons.extend(of_group(&house, group).await);
        }
        let all = PLANNING.iter().chain(&REGARDLESS);
        for (prompt, _) in all.clone().filter(|(_, levels)| levels.as_bytes()[place] != b'o') {
            let (prompt, title) = (*prompt, title(&house, prompt));
            let is_asked = buttons.iter().any(|label| label.starts_with(&title));
            assert!(is_asked, "{procedure}: {prompt}: {buttons:?}");
        }
        let open = open_once_closed(&house).await;
        for (prompt, levels) in all {
            let row = format!("| {} |", title(&house, prompt));
            assert_eq!(open.contains(&row), levels.as_bytes()[place] == b'M', "{procedure}: {prompt}: {open}");
        }
        house.close().await;
    }
}

/// Shows: DEC-45.
#[tokio::test(flavor = "multi_thread")]
async fn without_enquiries_no_planning_is_asked_or_open_and_the_rest_is() {
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let house = decided(procedure, "do_not_initiate").await;
        assert_eq!(groups(&house).await, Vec::<String>::new(), "{procedure}");
        // Besides these, hospital discharge: a child in hospital brings that up.
        let place_of_child = [("about", "c1"), ("standing", "in_hospital"), ("place", "Ward 4")];
        answers(&house, "current_location", &place_of_child).await;
        let buttons = asked(&house).await;
        for prompt in REGARDLESS.iter().map(|(prompt, _)| *prompt).chain(["hospital_discharge"]) {
            let title = title(&house, prompt);
            let is_asked = buttons.iter().any(|label| label.starts_with(&title));
            assert!(is_asked, "{procedure}: {prompt}: {buttons:?}");
        }
        let open = open_once_closed(&house).await;
        let minutes = house.minutes().await;
        for (prompt, _) in PLANNING {
            let title = title(&house, prompt);
            assert!(!open.contains(&format!("| {title} |")), "{procedure}: {prompt}: {open}");
            assert!(!minutes.contains(&format!("{title}: not answered")), "{procedure}: {prompt}");
        }
        for (prompt, levels) in REGARDLESS {
            let row = format!("| {} |", title(&house, prompt));
            assert_eq!(open.contains(&row), levels.as_bytes()[place] == b'M', "{procedure}: {prompt}: {open}");
        }
        house.close().await;
    }
}

/// Shows: DEC-45.
#[tokio::test(flavor = "multi_thread")]
async fn one_press_answers_a_whole_group_as_not_needed_with_one_reason() {
    let house = decided(COUNTY, "continue").await;
    assert_eq!(groups(&house).await.len(), 4, "in at most four");
    assert!(groups(&house).await.contains(&"Planning: health (2)".to_owned()));
    let shown = house.chair().presses("prompts", &[]).await;
    let group = house.chair().presses_in(&shown, "group", &[("group", "health")]).await;
    assert!(
        group.is_private() && group.text().contains("Is a medical examination required, and why or why not?"),
        "{}",
        group.text()
    );
    let got = house.chair().presses_in(&group, "answer_group", &[("because", "Seen by the ward today")]).await;
    assert_eq!((got.code(), got.presses), ("entered", 2), "one press, and the form for its one reason: {}", got.text());
    assert_eq!(groups(&house).await.len(), 3, "the group is answered");
    for title in ["Medical examination", "Medical treatment"] {
        let line = line(&house, &format!("{title}:")).await;
        assert!(line.ends_with("Seen by the ward today"), "{line}");
    }
    let confirmed = house.room_posts().await.into_iter().filter(|post| post.contains("Seen by the ward today"));
    assert_eq!(confirmed.count(), 1, "the room hears of it once");
    let again = house.chair().presses_in(&group, "answer_group", &[("because", "Twice")]).await;
    assert_eq!(again.code(), "already_done");
    let open = open_once_closed(&house).await;
    assert!(!open.contains("Medical"), "{open}");
    assert!(open.contains("| Who conducts the enquiries |"), "{open}");
    house.close().await;

    // Without its reason the answer stands, and is open.
    let house = decided(COUNTY, "initiate").await;
    let shown = house.chair().presses("prompts", &[]).await;
    let group = house.chair().presses_in(&shown, "group", &[("group", "health")]).await;
    house.chair().presses_in(&group, "answer_group", &[]).await;
    assert!(line(&house, "Medical examination:").await.contains("Not needed (reason not given)"));
    let open = open_once_closed(&house).await;
    assert!(open.lines().any(|row| row.contains("| Medical treatment |") && row.contains("reason")), "{open}");
    house.close().await;
}

/// Shows: DEC-45.
#[tokio::test(flavor = "multi_thread")]
async fn the_recorder_drafts_a_group_and_the_chair_confirms_it() {
    let house = decided(COUNTY, "initiate").await;
    let shown = house.social_worker().presses("prompts", &[]).await;
    let group = house.social_worker().presses_in(&shown, "group", &[("group", "enquiry")]).await;
    house.social_worker().presses_in(&group, "answer_group", &[("because", "Joint team stands")]).await;
    assert!(!house.room_has("Joint team stands").await);
    house.chair().presses("confirm_drafts", &[]).await;
    assert!(house.room_has("Joint team stands").await);
    house.close().await;
}

/// Shows: DEC-36.
#[tokio::test(flavor = "multi_thread")]
async fn a_child_in_hospital_brings_up_the_discharge_whatever_is_decided() {
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let insists = place == 0;
        for decision in ["initiate", "do_not_initiate"] {
            let house = deciding_with(procedure, &[]).await;
            decides(&house, decision).await;
            assert!(!asked(&house).await.contains(&"Leaving hospital safely".to_owned()), "{procedure}");
            // By its own choice, or in words alone.
            let said = [
                &[("standing", "in_hospital"), ("place", "Ward 4")][..],
                &[("standing", "confirmed"), ("place", "Larkshire General Hospital, ward 4")],
                &[("standing", "believed"), ("place", "the hospital in Northmere")],
            ];
            let said = said[place % said.len()];
            answers(&house, "current_location", &[&[("about", "c1")], said].concat()).await;
            assert!(asked(&house).await.contains(&"Leaving hospital safely".to_owned()), "{procedure}: {decision}");
            let minutes = house.minutes().await;
            let unanswered = "Leaving hospital safely: not answered";
            assert_eq!(section(&minutes, "Immediate action").contains(unanswered), insists, "{procedure}: {minutes}");
            let open = open_once_closed(&house).await;
            assert_eq!(open.contains("| Leaving hospital safely |"), insists, "{procedure}: {open}");
            assert!(line(&house, "Status: ").await.contains("incomplete"), "{procedure}");
            house.close().await;
        }
    }
    // So do the words a child is listed with, until the session says that the child is somewhere else.
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.gathers_with(&[], &[("location", "Larkshire General Hospital, ward 4")]).await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Deciding).await;
        assert!(asked(&house).await.contains(&"Leaving hospital safely".to_owned()), "{procedure}");
        let home = [("about", "c1"), ("standing", "confirmed"), ("place", "At her grandmother's")];
        answers(&house, "current_location", &home).await;
        assert!(!asked(&house).await.contains(&"Leaving hospital safely".to_owned()), "{procedure}");
        house.close().await;
    }
    // So does the referral that says so.
    let house = deciding_with(COUNTY, &[("in_hospital", "true")]).await;
    let given = [("text", "The ward keeps her until the second meeting"), ("not_removed_by", "Mr Marlow Reed")];
    answers(&house, "hospital_discharge", &given).await;
    let immediate = section(&house.minutes().await, "Immediate action");
    assert!(immediate.contains("How a safe discharge is secured: The ward keeps her"), "{immediate}");
    assert!(immediate.contains("Who may not remove the child meanwhile: Mr Marlow Reed"), "{immediate}");
    house.close().await;
}
