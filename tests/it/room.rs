//! The room is a value; the channel shows it.

use convenor::domain::case::Case;
use convenor::domain::facts::Rules;
use convenor::domain::ids::SeatId;
use convenor::domain::stage::Stage;
use convenor::room::view::{Room, room};

use crate::support::{Cast, House};

/// What the core says a person sees, from the journal alone.
async fn view(house: &House, who: Cast) -> Room {
    let journal = house.db_journal().await;
    let config = &house.config;
    let rules = Rules {
        procedure: &config.procedures["remote-format"],
        catalogue: &config.catalogue,
        calendar: &config.calendar,
    };
    let case = Case::fold(&journal).expect("there is a case");
    let account = house.account(who).0;
    let seat = case.seats.iter().find(|seat| seat.person.account.is_some_and(|known| known.0 == account));
    room(&journal, seat.map_or(SeatId(999), |seat| seat.id), rules, &config.wording)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_channel_shows_the_room_and_nothing_else() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Seen at home on Friday").await;
    house.social_worker().finishes().await;
    house.settle().await;
    let seen = view(&house, Cast::Police).await;
    let posts: Vec<_> = seen.posts.iter().map(|post| post.text.trim().to_owned()).collect();
    let shown: Vec<_> = house.room_posts().await.iter().map(|post| post.trim().to_owned()).collect();
    let (agenda, shown): (Vec<_>, Vec<_>) = shown.into_iter().partition(|post| post.starts_with("**Agenda**"));
    assert_eq!(posts, shown);
    assert_eq!(agenda, [seen.agenda.expect("the agenda is there").text.trim()]);
    assert_eq!(seen.board.expect("the board is there").text.trim(), house.board().await.text.trim());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_outside_the_door_sees_an_empty_room() {
    let house = House::gathered().await;
    assert_eq!(view(&house, Cast::Stranger).await, Room::default());
    assert_ne!(view(&house, Cast::SocialWorker).await, Room::default());
    house.close().await;
}
