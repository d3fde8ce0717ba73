//! Whoever may not convene asks for it by trying to.

use crate::support::{Cast, House, PROCEDURES};

/// What was filed is read by whoever may answer it.
async fn sheet(house: &House) -> String {
    house.social_worker().presses("read_request", &[]).await.text().to_owned()
}

/// Shows: INV-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_police_officers_attempt_to_convene_is_filed_as_a_request_with_everything_they_gave() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let manager = house.account(Cast::TeamManager).to_string();
        let given = [("form", "meeting"), ("starts", "today at five"), ("complex", "true"), ("chair", &manager)];
        let got = house.police().slash(&["strategy", "convene"], &given).await;
        assert!(got.is_private());
        assert_eq!(got.code(), "discussion_requested", "{procedure}: {}", got.text());
        let reference = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
        for words in [reference.as_str(), "filed as a request", "7 December 2026 12:00"] {
            assert!(got.text().contains(words), "{procedure}, {words}: {}", got.text());
        }
        let sheet = sheet(&house).await;
        for words in ["Dana Okafor", "Meeting", "today at five", "Yes", "Imogen Vale"] {
            assert!(sheet.contains(words), "{procedure}, {words}: {sheet}");
        }
        assert!(house.room().await.is_none(), "nothing is convened");
        house.close().await;
    }
}

/// Shows: INV-01.
#[tokio::test(flavor = "multi_thread")]
async fn a_referral_registered_by_a_partner_is_a_request_and_loses_nothing() {
    let house = House::open().await;
    let got = house.police().registers().await;
    assert_eq!(got.code(), "discussion_requested", "{}", got.text());
    let sheet = sheet(&house).await;
    let typed = ["spiral fracture", "LCS-2026-0417", "Telephone, from the ward", "Sister Hale", "Ward sister"];
    let chosen = ["At referral", "Incident", "Serious risk", "the child is suffering significant harm"];
    for words in typed.into_iter().chain(chosen).chain([house.moment(-90).as_str()]) {
        assert!(sheet.contains(words), "{words}: {sheet}");
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_filled_in_the_form_of_a_request_comes_next() {
    let house = House::open().await;
    let given = [("concern", "Bruises seen at the station"), ("children", ""), ("how_urgent", "")];
    let got = house.police().slash(&["strategy", "register"], &given).await;
    assert_eq!(got.code(), "discussion_requested", "{}", got.text());
    assert!(sheet(&house).await.contains("Bruises seen at the station"));
    house.close().await;
}
