//! A referrer of high status, or the interest of the press: would it look as serious from another source?

use convenor::domain::stage::Stage;

use crate::referral::{asked_once_more, convened_with, left_open_by, under};
use crate::support::{House, Member, PROCEDURES};

const TITLE: &str = "The same from another source";
const MANDATORY: &str = "audit-assured";

async fn at_risk<'h>(house: &'h House, flag: &str) -> Member<'h> {
    let received = house.moment(-90);
    let chair = convened_with(house, &[("received", &received), ("high_status", flag)]).await;
    chair.opens().await;
    for _ in 0..3 {
        chair.goes_on_regardless().await;
    }
    chair
}

/// The board's line of stages that left something open.
async fn incomplete(house: &House) -> String {
    let board = house.board().await.text;
    board.lines().find(|line| line.starts_with("**Incomplete**")).unwrap_or_default().to_owned()
}

/// Shows: REF-17.
#[tokio::test(flavor = "multi_thread")]
async fn with_the_flag_the_risk_stage_is_incomplete_until_it_is_answered() {
    let house = under(MANDATORY).await;
    let chair = at_risk(&house, "true").await;
    assert!(chair.presses("prompts", &[]).await.buttons().iter().any(|label| label == TITLE));
    chair.goes_on_regardless().await;
    let marked = incomplete(&house).await;
    let risk = marked.split(" · ").find(|stage| stage.contains("Risk: ")).unwrap_or_default().to_owned();
    assert!(risk.contains(TITLE), "{marked}");
    assert!(left_open_by(&house, &chair).await.contains(TITLE));
    assert!(asked_once_more(&house).await.contains(TITLE), "it is asked again before the record is issued");
    let again = chair.presses("prompts", &[]).await;
    let words = "Yes: the injury speaks for itself";
    chair.presses_in(&again, "prompt", &[("prompt", "high_status_answer"), ("text", words)]).await;
    assert!(!incomplete(&house).await.contains(TITLE));
    let minutes = house.minutes().await;
    assert!(minutes.contains(&format!("{TITLE}: {words}")), "{minutes}");
    assert!(minutes.contains("Referrer of high status, or interest of the press: yes"), "{minutes}");
    house.close().await;
}

/// Shows: REF-17.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_flag_the_question_is_not_asked() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        let chair = at_risk(&house, "false").await;
        assert!(!chair.presses("prompts", &[]).await.buttons().iter().any(|label| label == TITLE), "{procedure}");
        chair.goes_on_regardless().await;
        assert!(!incomplete(&house).await.contains(TITLE), "{procedure}");
        assert!(!left_open_by(&house, &chair).await.contains(TITLE), "{procedure}");
        assert!(!asked_once_more(&house).await.contains(TITLE), "{procedure}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_only_prompted_it_is_asked_and_marks_nothing() {
    let house = under("remote-format").await;
    let chair = at_risk(&house, "true").await;
    assert!(chair.presses("prompts", &[]).await.buttons().iter().any(|label| label == TITLE));
    house.goes_on_to(Stage::Deciding).await;
    assert!(!incomplete(&house).await.contains(TITLE));
    house.close().await;
}
