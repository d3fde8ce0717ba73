//! Health: which services were considered, and what is said where a session starts without.

use super::{AUDIT, GUIDANCE, convened, is_opened, lists, ready};
use crate::support::{Cast, House, PROCEDURES};

/// Shows: INV-14.
#[tokio::test(flavor = "multi_thread")]
async fn which_health_services_were_considered_is_asked_and_no_invitation_waits_for_it() {
    const CHECK: &str = "Health services considered";
    for procedure in PROCEDURES {
        let house = convened(procedure).await;
        house.social_worker().invites(Cast::HealthVisitor).await;
        assert!(house.health_visitor().reads().pop().is_some(), "{procedure}: the invitation left");
        let asked = house.social_worker().presses("prompts", &[]).await.buttons();
        assert!(asked.iter().any(|label| label == CHECK), "{procedure}: {asked:?}");
        is_opened(&house).await;
        let closed = house.chair().closes().await;
        assert_eq!(closed.contains(&format!("• {CHECK}")), procedure == AUDIT, "{procedure}: {closed}");
        house.has_drafted().await;
        let again = house.room_posts().await.into_iter().filter(|post| post.contains("asked once more"));
        let again = again.collect::<Vec<_>>().concat();
        assert_eq!(again.contains(CHECK), procedure == AUDIT, "{procedure}: {again}");
        let answer = [
            ("prompt", "health_services_considered"),
            ("considered", "Health visiting, the GP and the ward"),
            ("chosen", "The health visitor, who sees the child each week"),
        ];
        let got = house.social_worker().slash(&["chair", "prompt"], &answer).await;
        assert_eq!(got.code(), "entered", "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        for (_, words) in &answer[1..] {
            assert!(minutes.contains(words), "{procedure}: {minutes}");
        }
        house.close().await;
    }
}

/// A discussion of social care and police, convened about a child under school age.
async fn without_health(procedure: &str) -> House {
    let house = House::under(procedure, super::OPENED).await;
    let convenor = house.social_worker();
    convenor.registers().await;
    lists(&house, "Ellis Quillfeather", 2024, &[]).await;
    let (chair, starts) = (house.account(Cast::TeamManager).to_string(), house.moment(60));
    let given = [("form", "discussion"), ("starts", starts.as_str()), ("chair", chair.as_str())];
    convenor.slash(&["strategy", "convene"], &given).await;
    convenor.invites(Cast::Police).await;
    super::comes(&house, Cast::Police).await;
    is_opened(&house).await;
    house
}

fn status(minutes: &str) -> &str {
    minutes.lines().find(|line| line.contains("Status: ")).unwrap_or_default()
}

const STATEMENT: &str = "Urgent, without health";

/// Shows: INV-26.
#[tokio::test(flavor = "multi_thread")]
async fn starting_without_health_is_marked_until_it_is_stated_how_health_comes_to_hear() {
    let marked = "ot quorate: missing health; statement missing";
    let house = without_health(GUIDANCE).await;
    assert!(house.room_has(marked).await, "it opens, marked");
    assert!(house.board().await.text.contains(marked), "{}", house.board().await.text);
    assert!(status(&house.minutes().await).contains(marked), "{}", status(&house.minutes().await));
    let closed = house.chair().closes().await;
    assert!(closed.contains(&format!("• {STATEMENT}")), "{closed}");
    house.has_drafted().await;
    let again = house.room_posts().await.into_iter().filter(|post| post.contains("asked once more"));
    assert!(again.collect::<Vec<_>>().concat().contains(STATEMENT));
    house.close().await;

    let house = without_health(GUIDANCE).await;
    let worker = house.chair().picks(&["chair", "position"], "for", "Rowan Ashby").await;
    let stated = [
        ("prompt", "urgent_without_health"),
        ("reason", "He is on his way to the house"),
        ("how", "By telephone with the ward, and in writing after"),
        ("who", worker.as_str()),
        ("by", "7 December 2026 18:00"),
    ];
    let got = house.chair().slash(&["chair", "prompt"], &stated).await;
    assert_eq!(got.code(), "entered", "{}", got.text());
    let board = house.board().await.text;
    assert!(board.contains("Not quorate: missing health") && !board.contains("statement missing"), "{board}");
    assert!(house.room_has("Share information and discuss with health").await, "the action is put to its owner");
    let minutes = house.minutes().await;
    assert!(!status(&minutes).contains("statement missing"), "{}", status(&minutes));
    for said in ["He is on his way to the house", "By telephone with the ward, and in writing after"] {
        assert!(minutes.contains(said), "{minutes}");
    }
    let action = minutes.lines().find(|line| line.starts_with("| 1 | Share information and discuss with health |"));
    let action = action.unwrap_or_else(|| panic!("it is an action: {minutes}"));
    assert!(action.contains("Rowan Ashby") && action.contains("7 December 2026 18:00"), "{action}");
    // Said anew, it is still the one action, with the new time.
    let later = stated.map(|(key, text)| (key, if key == "by" { "8 December 2026 10:00" } else { text }));
    house.chair().slash(&["chair", "prompt"], &later).await;
    assert_eq!(house.db_count("action_changed").await, 1);
    let minutes = house.minutes().await;
    assert!(!minutes.contains("| 2 | Share information"), "{minutes}");
    assert!(minutes.contains("Action 1 changed") && minutes.contains("now due 8 December 2026 10:00"), "{minutes}");
    let closed = house.chair().closes().await;
    assert!(!closed.contains(STATEMENT), "{closed}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_no_statement_is_asked_for() {
    for procedure in PROCEDURES.into_iter().filter(|procedure| *procedure != GUIDANCE) {
        let house = without_health(procedure).await;
        assert!(!house.board().await.text.contains("statement missing"), "{procedure}");
        assert!(ready(&house).await.is_private());
        house.close().await;
    }
}
