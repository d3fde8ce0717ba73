//! From the referral to the invitations.

use crate::support::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_is_registered_and_answered_privately_with_its_code_name() {
    let house = House::open().await;
    let got = house.social_worker().registers().await;
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name;
    assert!(got.is_private() && got.text().contains(&name.0), "{}", got.text());
    assert!(got.text().contains("As soon as possible"), "{}", got.text());
    house.close().await;
}
