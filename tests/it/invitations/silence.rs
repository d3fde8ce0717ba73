//! Nobody answers: how long that is waited for, and what is done then (INV-17, INV-32).

use convenor::domain::ids::AccountId;
use convenor::domain::people::{AgencyKind, Person};

use super::answering::told;
use crate::support::{CASE_WORDS, Cast, House, section};

const SILENT: &str = "Health has not answered";

/// The hospital's paediatrician is a safeguarding nurse in this house.
async fn has_a_safeguarding_nurse(house: &House) {
    let card = Cast::Paediatrician.card();
    let nurse = Person {
        account: Some(AccountId(house.account(Cast::Paediatrician).0)),
        name: card.name.to_owned(),
        role: "Named nurse".to_owned(),
        role_code: "safeguarding_nurse".to_owned(),
        agency: card.agency.to_owned(),
        agency_kind: AgencyKind::Health,
        rank: None,
    };
    house.store.enrol(&nurse).await.expect("the nurse is enrolled");
}

/// Shows: INV-17.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_health_visitor_can_be_taken_to_the_safeguarding_nurses() {
    let house = House::under("audit-assured", "2026-12-07 10:00").await;
    has_a_safeguarding_nurse(&house).await;
    house.is_convened().await;
    house.chair().accepts().await;
    house.passes(119).await;
    assert_eq!(told(&house, Cast::TeamManager, SILENT), 0);
    house.passes(1).await;
    let asked = house.chair().person.direct_messages().pop().expect("the chair hears");
    let labels: Vec<_> = asked.buttons().into_iter().map(|button| button.label).collect();
    assert_eq!(labels, ["Tell the Safeguarding Nurses", "Tell the manager"], "{}", asked.text);
    let got = house.chair().presses("escalate", &[("step", "safeguarding_nurses")]).await;
    assert_eq!(got.code(), "invitation_escalated", "{}", got.text());
    let heard = house.paediatrician().person.direct_messages().pop().expect("the role is told");
    assert!(heard.text.contains("Health was invited 7 December 2026 10:00"), "{}", heard.text);
    let again = house.chair().presses("escalate", &[("step", "safeguarding_nurses")]).await;
    assert_eq!(again.code(), "already_done");
    let annex = section(&house.minutes().await, "Audit annex");
    assert!(annex.contains("the Safeguarding Nurses told") && annex.contains("by Imogen Vale"), "{annex}");
    for post in house.posts_outside().await {
        assert!(CASE_WORDS.iter().all(|word| !post.text.contains(word)), "{}", post.text);
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_the_next_step_is_the_manager_and_an_answer_ends_the_wait() {
    let house = House::convened().await;
    house.chair().accepts().await;
    house.police().accepts().await;
    house.passes(120).await;
    assert_eq!(told(&house, Cast::TeamManager, "Police has not answered"), 0);
    let asked = house.chair().person.direct_messages().pop().expect("the chair hears of the others");
    let labels: Vec<_> = asked.buttons().into_iter().map(|button| button.label).collect();
    assert_eq!(labels, ["Tell the manager"], "{}", asked.text);
    house.passes(24 * 60).await;
    assert_eq!(told(&house, Cast::TeamManager, SILENT), 1, "it is said once");
    house.close().await;
}
