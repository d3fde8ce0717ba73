//! Prepared text: its author's alone, until it is released (INV-21).

use convenor::domain::stage::Stage;

use crate::support::{Cast, House};

const PREPARED: &str = "Three call-outs since the summer, each for shouting";

async fn prepares(house: &House, who: Cast) {
    let got = house.who(who).presses("prepare", &[("current", PREPARED), ("history", ""), ("views", "")]).await;
    assert_eq!(got.code(), "text_prepared", "{}", got.text());
}

/// Whether anybody but its author was shown a word of it, in the room, outside, or in the minutes.
async fn is_seen(house: &House) -> bool {
    let posts = house.workspace.posts();
    let in_posts = posts.iter().any(|post| !post.ephemeral && post.text.contains(PREPARED));
    in_posts || house.minutes().await.contains(PREPARED)
}

/// Shows: INV-21.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_attendee_prepares_is_seen_by_nobody_else_and_shared_in_their_turn_with_one_press() {
    let house = House::convened().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.police().accepts().await;
    prepares(&house, Cast::Police).await;
    house.police().passes_the_door().await;
    house.chair().opens().await;
    assert!(!is_seen(&house).await);
    let early = house.police().slash(&["share"], &[("current", "now?")]).await;
    assert_ne!(early.code(), "contributed");
    house.goes_on_to(Stage::Sharing).await;
    assert!(!is_seen(&house).await);
    let chairs = house.chair().presses("release", &[]).await;
    assert_eq!(chairs.code(), "nothing_prepared");
    // Social care has the first turn.
    let out_of_turn = house.police().presses("release", &[]).await;
    assert_eq!(out_of_turn.code(), "not_your_turn");
    assert!(!is_seen(&house).await);
    house.social_worker().finishes().await;
    let got = house.police().presses("release", &[]).await;
    assert_eq!(got.code(), "contributed", "{}", got.text());
    assert!(house.room_has(PREPARED).await && house.minutes().await.contains(PREPARED));
    let again = house.police().presses("release", &[]).await;
    assert_eq!(again.code(), "nothing_prepared");
    house.close().await;
}

/// Shows: INV-21.
#[tokio::test(flavor = "multi_thread")]
async fn an_author_who_does_not_attend_is_asked_to_send_it_in_or_keep_it() {
    for (answer, code) in [("send_prepared", "information_sent"), ("keep_prepared", "prepared_text_kept")] {
        let house = House::convened().await;
        house.chair().accepts().await;
        house.chair().passes_the_door().await;
        house.police().accepts().await;
        prepares(&house, Cast::Police).await;
        house.chair().opens().await;
        let asked = house.police().person.direct_messages().pop().expect("they are asked");
        assert!(asked.text.contains("send it in"), "{}", asked.text);
        let got = house.police().presses(answer, &[]).await;
        assert_eq!(got.code(), code, "{}", got.text());
        let read_now = "something came in writing";
        let is_sent = answer == "send_prepared";
        assert_eq!(super::answering::told(&house, Cast::TeamManager, read_now), usize::from(is_sent));
        assert_eq!(house.minutes().await.contains(PREPARED), is_sent, "what is kept is nobody else's");
        house.close().await;
    }
}
