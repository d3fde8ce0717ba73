//! People without an account: vouched for, on the telephone, and for one session only (INV-34).

use convenor::domain::stage::Stage;

use crate::support::{House, section};

async fn guest_of(house: &House, voucher: &str) -> crate::support::Got {
    let given = [
        ("name", "Dr Asha Bryn"),
        ("role", "General practitioner"),
        ("agency", "Larkshire Surgery"),
        ("kind", "health"),
        ("means", "telephone"),
        ("voucher", voucher),
    ];
    house.social_worker().slash(&["strategy", "guest"], &given).await
}

/// Shows: INV-34.
#[tokio::test(flavor = "multi_thread")]
async fn a_guests_words_are_entered_by_the_recorder_and_read_back() {
    let house = House::at(Stage::Open).await;
    let voucher = house.social_worker().picks(&["strategy", "guest"], "voucher", "Priya Nandy").await;
    let got = guest_of(&house, &voucher).await;
    assert_eq!(got.code(), "seat_taken", "{}", got.text());
    let guest = house.social_worker().picks(&["chair", "attends"], "who", "Asha Bryn").await;
    let given = [("who", guest.as_str()), ("means", "telephone")];
    house.social_worker().slash(&["chair", "attends"], &given).await;
    house.chair().slash(&["chair", "order"], &[("order", &guest)]).await;
    house.goes_on_to(Stage::Sharing).await;
    let seat = "Dr Asha Bryn, General practitioner, Larkshire Surgery (guest, vouched for by Priya Nandy)";
    assert!(house.board().await.text.contains(seat), "{}", house.board().await.text);
    let entered = house.social_worker().slash(&["share"], &[("current", "Two missed reviews"), ("for", &guest)]).await;
    assert!(entered.buttons().contains(&"Read back to them".to_owned()), "{:?}", entered.buttons());
    assert!(house.room_has(seat).await);
    let minutes = house.minutes().await;
    assert!(minutes.contains("by telephone, not read back, entered by Rowan Ashby"), "{minutes}");
    house.passes(3).await;
    let back = house.social_worker().presses_in(&entered, "read_back", &[]).await;
    assert_eq!(back.code(), "contribution_read_back", "{}", back.text());
    let minutes = house.minutes().await;
    assert!(minutes.contains("by telephone, read back at 10:03, entered by Rowan Ashby"), "{minutes}");
    assert!(section(&minutes, "Attendance").contains("guest, vouched for by Priya Nandy"), "{minutes}");
    house.close().await;
}

/// Shows: INV-34.
#[tokio::test(flavor = "multi_thread")]
async fn without_somebody_enrolled_who_vouches_there_is_no_seat() {
    let house = House::convened().await;
    let nobody = guest_of(&house, "").await;
    assert_eq!(nobody.code(), "nobody_vouches", "{}", nobody.text());
    assert_eq!(guest_of(&house, "s99").await.code(), "unknown_seat");
    let own = house.social_worker().picks(&["strategy", "guest"], "voucher", "Rowan Ashby").await;
    assert_eq!(guest_of(&house, &own).await.code(), "seat_taken");
    let guest = house.social_worker().picks(&["strategy", "guest"], "voucher", "Asha Bryn").await;
    let refused = guest_of(&house, &guest).await;
    assert_eq!(refused.code(), "nobody_vouches", "{}", refused.text());
    assert!(refused.text().contains("Who vouches for them"), "{}", refused.text());
    house.close().await;
}

/// Shows: INV-34.
#[tokio::test(flavor = "multi_thread")]
async fn a_guests_seat_ends_with_its_session() {
    let house = House::at(Stage::ReadBack).await;
    let own = house.social_worker().picks(&["strategy", "guest"], "voucher", "Rowan Ashby").await;
    guest_of(&house, &own).await;
    let guest = house.social_worker().picks(&["strategy", "information"], "for", "Asha Bryn").await;
    house.chair().closes().await;
    house.has_drafted().await;
    house.social_worker().convenes().await;
    let given = [("current", "Two missed reviews"), ("for", guest.as_str())];
    let got = house.social_worker().slash(&["strategy", "information"], &given).await;
    assert_eq!(got.code(), "seat_ended", "{}", got.text());
    house.close().await;
}
