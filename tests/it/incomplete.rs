//! A session in which nothing is answered: held, decided, closed and issued all the same, and marked incomplete.

use convenor::domain::stage::Stage;

use crate::support::{House, PROCEDURES};

/// Shows: SES-20.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_with_every_answer_left_empty_is_opened_decided_closed_with_one_reason_and_issued_as_incomplete() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let blank = ["route", "referrer_name", "referrer_role", "referrer_agency", "grounds", "received"];
        house.social_worker().registers_with(&blank.map(|key| (key, ""))).await;
        let child = [("name", "Ellis"), ("subject", "true"), ("relationship", "")];
        house.social_worker().slash(&["strategy", "child"], &child).await;
        house.social_worker().convenes().await;
        house.chair().accepts().await;
        house.chair().passes_the_door().await;

        let opened = house.chair().opens().await;
        assert_eq!(house.db_count("session_opened").await, 1, "{procedure}: {}", opened.text());
        house.goes_on_to(Stage::Deciding).await;
        let decided = house.chair().presses("section_47", &[("decision", "initiate"), ("rationale", "")]).await;
        assert_ne!(house.db_count("entered").await, 0, "{procedure}: {}", decided.text());
        house.goes_on_to(Stage::ReadBack).await;
        let closed = house.chair().closes().await;
        assert!(closed.contains("stay open"), "{procedure}: {closed}");
        house.has_drafted().await;
        assert!(
            house.room_posts().await.iter().any(|post| post.contains("Grounds not stated")),
            "{procedure}: asked again"
        );

        let signed = house.chair().presses("sign", &[]).await;
        if signed.code() == "title_not_earned" {
            house.chair().presses_in(&signed, "sign_untitled", &[]).await;
        }
        house.chair().presses("circulate", &[]).await;
        assert_eq!(house.db_count("minutes_circulated").await, 1, "{procedure}: issued");
        let minutes = house.minutes().await;
        assert!(minutes.to_lowercase().contains("incomplete"), "{procedure}: {minutes}");
        for said in ["not reached, next session", "Grounds not stated"] {
            assert!(minutes.contains(said), "{procedure}: {said}");
        }
        house.close().await;
    }
}
