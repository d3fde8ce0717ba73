//! A child not yet born: an expected date in place of a date of birth, and nothing asked that can't apply.

use convenor::domain::decision::Entry;
use convenor::domain::event::Event;
use convenor::domain::stage::Stage;

use crate::referral::{left_open_by, under};
use crate::support::{House, Member, PROCEDURES};

/// What can't be asked about a child nobody can see or hear.
const NOT_ASKED: [&str; 3] =
    ["Seeing and hearing the child", "Parental responsibility: agreement", "What the child is told"];

async fn lists_the_unborn(convenor: &Member<'_>) {
    let given = [
        ("name", "Baby Quillfeather"),
        ("born", "30 March 2027"),
        ("stage", "unborn"),
        ("subject", "true"),
        ("relationship", "subject"),
    ];
    assert_eq!(convenor.slash(&["strategy", "child"], &given).await.code(), "child_listed");
}

async fn convenes(house: &House) -> Member<'_> {
    let convenor = house.social_worker();
    convenor.slash(&["strategy", "convene"], &[("form", "meeting"), ("starts", &house.moment(60))]).await;
    convenor.opens().await;
    house.goes_on_to(Stage::Open).await;
    convenor
}

async fn initiates(chair: &Member<'_>) {
    let given = [("decision", "initiate"), ("mode", "joint"), ("rationale", "Two earlier removals")];
    chair.slash(&["chair", "section-47"], &given).await;
}

/// Everything offered at the stage of the decision.
async fn offered(house: &House, chair: &Member<'_>) -> Vec<String> {
    for _ in 0..4 {
        chair.goes_on_regardless().await;
    }
    assert!(house.board().await.text.contains("**DECIDING**"), "{}", house.board().await.text);
    let shown = chair.presses("prompts", &[]).await;
    let mut offered = shown.buttons();
    offered.extend(chair.presses_in(&shown, "group", &[("group", "hearing")]).await.buttons());
    offered
}

/// Shows: REF-08.
#[tokio::test(flavor = "multi_thread")]
async fn an_unborn_subject_has_an_expected_date_and_no_action_to_be_seen() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        house.social_worker().registers().await;
        lists_the_unborn(&house.social_worker()).await;
        let chair = convenes(&house).await;
        assert!(house.room_has("Baby Quillfeather, EDD 30 March 2027").await);
        initiates(&chair).await;
        let offered = offered(&house, &chair).await;
        for title in NOT_ASKED {
            assert!(offered.iter().all(|label| !label.contains(title)), "{procedure}: {offered:?}");
        }
        let open = left_open_by(&house, &chair).await;
        assert!(open.contains("• Not read back"), "{procedure}: {open}");
        assert!(NOT_ASKED.iter().all(|title| !open.contains(title)), "{procedure}: {open}");

        let is_action = |event: &Event| matches!(event, Event::Entered { entry: Entry::Action(_), .. });
        assert!(house.db_journal().await.iter().all(|record| !is_action(&record.event)), "{procedure}");
        let minutes = house.minutes().await;
        assert!(minutes.contains("Baby Quillfeather: EDD 30 March 2027; not yet born"), "{procedure}: {minutes}");
        let why = "Seeing and hearing the child: not asked about Baby Quillfeather (EDD 30 March 2027): not yet born";
        assert!(minutes.contains(why), "{procedure}: {minutes}");
        let has_a_time = house.config.procedures[procedure].deadlines.child_seen.is_some();
        let why = "No action to see Baby Quillfeather by a deadline is made: not yet born (EDD 30 March 2027).";
        assert_eq!(minutes.contains(why), has_a_time, "{procedure}: {minutes}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_born_subject_beside_the_unborn_is_asked_about() {
    let house = under("practice-guidance").await;
    house.social_worker().registers().await;
    lists_the_unborn(&house.social_worker()).await;
    house.social_worker().lists_the_child().await;
    let chair = convenes(&house).await;
    initiates(&chair).await;
    let offered = offered(&house, &chair).await;
    for title in NOT_ASKED {
        assert!(offered.iter().any(|label| label.contains(title)), "{title}: {offered:?}");
    }
    house.close().await;
}
