//! Multi-agency conversations before the session: asked about at convening, cautioned, and listed.

use crate::referral::{left_open_by, under};
use crate::support::{House, Member, PROCEDURES, section};

const CAUTION: &str = "A series of conversations is no substitute for the formal discussion.";
const TITLE: &str = "Earlier conversations";

async fn answers(convenor: &Member<'_>, held: &str, date: &str) -> String {
    let shown = convenor.presses("prompts", &[]).await;
    let given =
        [("prompt", "prior_conversations"), ("held", held), ("date", date), ("who", "School and health visitor")];
    convenor.presses_in(&shown, "prompt", &given).await.text().to_owned()
}

async fn convenes(house: &House) -> Member<'_> {
    let convenor = house.social_worker();
    convenor.registers().await;
    convenor.lists_the_child().await;
    let starts = house.moment(60);
    let given = [("form", "meeting"), ("starts", starts.as_str())];
    let convened = convenor.slash(&["strategy", "convene"], &given).await;
    assert!(convened.text().contains("you are asked: Earlier conversations"), "{}", convened.text());
    let shown = convenor.presses_in(&convened, "prompts", &[]).await;
    assert!(shown.buttons().iter().any(|label| label == TITLE), "{:?}", shown.buttons());
    let asked = convenor.presses_in(&shown, "prompt", &[("prompt", "prior_conversations")]).await;
    assert!(asked.text().contains("Have agencies already talked with each other"), "{}", asked.text());
    convenor
}

/// Shows: REF-16.
#[tokio::test(flavor = "multi_thread")]
async fn two_conversations_bring_the_caution_and_are_listed_with_their_dates() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        let convenor = convenes(&house).await;
        for date in ["2 December 2026", "4 December 2026"] {
            let told = answers(&convenor, "yes", date).await;
            assert!(told.contains(CAUTION), "{procedure}: {told}");
        }
        convenor.opens().await;
        let referral = section(&house.minutes().await, "Referral");
        for words in [
            "Earlier conversations: 2: 2 December 2026; 4 December 2026",
            "Earlier conversations 1 – When: 2 December 2026",
            "Earlier conversations 2 – When: 4 December 2026",
        ] {
            assert!(referral.contains(words), "{procedure}, {words}: {referral}");
        }
        assert!(!left_open_by(&house, &convenor).await.contains(&format!("• {TITLE}")));
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unanswered_it_stays_open_where_it_must_be_answered_and_no_is_an_answer() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        let convenor = convenes(&house).await;
        convenor.opens().await;
        let must = procedure == "audit-assured";
        let open = left_open_by(&house, &convenor).await;
        assert_eq!(open.contains(&format!("• {TITLE}")), must, "{procedure}: {open}");
        house.close().await;
    }
    let house = under("audit-assured").await;
    let convenor = convenes(&house).await;
    let told = answers(&convenor, "no", "").await;
    assert!(!told.contains(CAUTION), "{told}");
    convenor.opens().await;
    assert!(!left_open_by(&house, &convenor).await.contains(&format!("• {TITLE}")));
    assert!(!section(&house.minutes().await, "Referral").contains("Earlier conversations: 1"));
    house.close().await;
}
