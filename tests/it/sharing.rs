//! One voice at a time.

use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::CannotDo;

use crate::support::{Cast, House};

/// Social work, health, police; the chair does not share.
async fn round() -> House {
    House::at(Stage::Sharing).await
}

/// Shows: TURN-05.
#[tokio::test(flavor = "multi_thread")]
async fn out_of_turn_is_answered_privately_with_the_holders_name_and_not_minuted() {
    let house = round().await;
    let got = house.police().shares("Two call-outs in March").await;
    assert!(got.is_private());
    assert_eq!(got.code(), "not_your_turn");
    assert!(got.text().contains("Rowan Ashby (Social worker) is speaking; you are number 2"), "{}", got.text());
    assert!(got.text().contains("Two call-outs in March"), "the words come back: {}", got.text());
    assert!(!house.room_has("Two call-outs").await && !house.minutes().await.contains("Two call-outs"));
    let room = house.room().await.expect("the room is there");
    let typed = house.police().person.say(room, "But I was there first");
    assert_eq!(typed.err(), Some(CannotDo::TypeHere), "nobody types over a speaker");
    house.close().await;
}

/// Shows: TURN-04.
#[tokio::test(flavor = "multi_thread")]
async fn each_turn_opens_with_a_banner_that_calls_its_holder() {
    let house = round().await;
    house.social_worker().shares("Seen at home on Friday").await;
    house.social_worker().finishes().await;
    house.health_visitor().finishes().await;
    let banners: Vec<_> =
        house.room_messages().await.into_iter().filter(|post| post.text.contains("has the floor")).collect();
    let turns = [
        (Cast::SocialWorker, "Rowan Ashby, Social worker, Larkshire Children's Services** has the floor (1 of 3)"),
        (Cast::HealthVisitor, "Priya Nandy, Health visitor, Larkshire Community Health** has the floor (2 of 3)"),
        (Cast::Police, "Dana Okafor, Child protection investigator, Larkshire Police** has the floor (3 of 3)"),
    ];
    assert_eq!(banners.len(), turns.len());
    for (banner, (who, words)) in banners.iter().zip(turns) {
        assert!(banner.text.contains(words), "{}", banner.text);
        assert_eq!(banner.mentions, [house.account(who)]);
    }
    house.close().await;
}

/// Shows: TURN-06.
#[tokio::test(flavor = "multi_thread")]
async fn the_floor_passes_only_when_finished_or_moved_on_with_a_reason() {
    let house = round().await;
    house.social_worker().shares("Seen at home on Friday").await;
    assert_eq!(house.db_count("floor_given").await, 1, "sharing does not end a turn");
    house.social_worker().finishes().await;
    assert_eq!(house.db_count("floor_given").await, 2);
    let refused = house.police().finishes().await;
    assert_eq!(refused.code(), "not_your_turn");
    let moved = house.chair().presses("move_on", &[("reason", "lost_connection")]).await;
    assert_eq!(moved.code(), "floor_released");
    assert!(house.room_has("The chair moved on from Priya Nandy, Health visitor").await);
    assert!(house.room_has("lost connection").await);
    assert!(house.minutes().await.contains("The chair moved on: the connection was lost"));
    house.close().await;
}

/// Shows: TURN-06.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_moves_on_with_two_presses_and_one_of_five_reasons_also_where_the_round_is_closed() {
    let reasons = [
        ("finished_not_pressed", "finished, did not press", "the speaker had finished"),
        ("time", "time", "for lack of time"),
        ("lost_connection", "lost connection", "the connection was lost"),
        ("called_away", "called away", "the speaker was called away"),
        ("other", "other reason", "for another reason"),
    ];
    for (code, in_the_room, in_the_minutes) in reasons {
        let house = round().await;
        assert_eq!(house.police().slash(&["chair", "move-on"], &[("reason", code)]).await.code(), "for_chair");
        let moved = house.chair().presses("move_on", &[("reason", code)]).await;
        assert_eq!((moved.code(), moved.presses), ("floor_released", 2), "{code}");
        let said =
            format!("The chair moved on from Rowan Ashby, Social worker, Larkshire Children's Services: {in_the_room}");
        assert!(house.room_has(&said).await, "{code}: {:?}", house.room_posts().await);
        assert!(house.minutes().await.contains(&format!("The chair moved on: {in_the_minutes}.")), "{code}");
        house.close().await;
    }
    let house = round().await;
    for who in [Cast::SocialWorker, Cast::HealthVisitor] {
        house.who(who).shares("Seen on Friday").await;
        house.who(who).finishes().await;
    }
    house.police().shares("Nothing on the system").await;
    let told = house.chair().slash(&["chair", "next"], &[]).await;
    assert_eq!(told.code(), "not_heard", "who has not said finished still has the floor");
    assert!(told.text().contains("Dana Okafor") && !told.text().contains("Priya Nandy"), "{}", told.text());
    assert_eq!(told.buttons(), ["Move on and close…", "Return to…"], "over a speaker, with a reason");
    house.chair().presses_in(&told, "close_over_speaker", &[("reason", "called_away")]).await;
    assert!(house.room_has("Any questions?").await);
    let minutes = house.minutes().await;
    assert!(minutes.contains("The chair moved on: the speaker was called away."), "{minutes}");
    assert!(!minutes.contains("Not heard in the round"), "{minutes}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_press_finished_at_once_pass_the_floor_once() {
    let house = round().await;
    let board = house.board().await;
    let finish = board.button("I've finished").and_then(|button| button.custom_id).expect("the round is on");
    let (holder, chair) = (house.social_worker(), house.chair());
    let both = tokio::join!(holder.person.press(board.id, &finish), chair.person.press(board.id, &finish));
    house.settle().await;
    let texts = [both.0.expect("pressed"), both.1.expect("pressed")].map(|response| response.text().to_owned());
    assert_eq!(texts.iter().filter(|text| text.contains("The floor has passed on")).count(), 1, "{texts:?}");
    assert_eq!(house.db_count("floor_released").await, 1);
    assert_eq!(house.db_count("floor_given").await, 2);
    house.close().await;
}

/// Shows: TURN-15.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_held_is_said_and_minuted_as_such() {
    let house = round().await;
    house.social_worker().presses("nothing_held", &[]).await;
    assert!(house.room_has("Rowan Ashby, Social worker, Larkshire Children's Services**: nothing held").await);
    assert!(house.minutes().await.contains("Said to hold nothing relevant"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_names_a_seat_nobody_took_is_refused() {
    let house = House::at(Stage::Open).await;
    let order = |order| [("order", order)];
    assert_eq!(house.chair().slash(&["chair", "order"], &order("s99")).await.code(), "unknown_seat");
    assert_eq!(house.chair().slash(&["chair", "order"], &order("i99")).await.code(), "unknown_invitation");
    house.close().await;
}

/// Shows: TURN-14.
#[tokio::test(flavor = "multi_thread")]
async fn social_care_shares_for_a_partner_who_is_not_there_and_names_the_source() {
    let house = House::gathered().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.chair().opens().await;
    let offered = house.social_worker().picks(&["strategy", "absent"], "who", "Consultant paediatrician").await;
    let worker = house.social_worker().picks(&["strategy", "absent"], "who", "Rowan Ashby").await;
    house.chair().slash(&["chair", "order"], &[("order", &format!("{offered},{worker}"))]).await;
    house.goes_on_to(Stage::Sharing).await;
    assert!(house.room_has("Consultant paediatrician, Larkshire General Hospital** is not here").await);
    let refused = house.police().shares("The fracture is three days old").await;
    assert_eq!(refused.code(), "nobodys_turn");
    let given = [
        ("current", "The fracture is three days old"),
        ("source_name", "Dr Ferris"),
        ("source_role", "Consultant paediatrician"),
        ("source_agency", "Larkshire General Hospital"),
        ("source_by", "by telephone at 10:40"),
    ];
    house.social_worker().slash(&["share"], &given).await;
    let mark = "shared by social care on behalf of Dr Ferris, Consultant paediatrician, Larkshire General Hospital";
    assert!(house.room_has(mark).await);
    assert!(house.minutes().await.contains("shared by social care on behalf of Dr Ferris"));
    house.close().await;
}

/// Shows: TURN-03, INFO-23.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_in_writing_has_a_turn_of_its_own() {
    let house = House::gathered().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.paediatrician().accepts().await;
    let sent = house.paediatrician().presses("inform", &[("current", "Three older fractures on the X-ray")]).await;
    assert!(sent.is_private() && !house.room_has("Three older fractures").await);
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    let posts = house.room_posts().await;
    let place = |words: &str| posts.iter().position(|post| post.contains(words)).expect("it is posted");
    assert!(place("Order of sharing") < place("has the floor"), "the order first: {posts:?}");
    let order = &posts[place("Order of sharing")];
    for (n, who) in [Cast::SocialWorker, Cast::HealthVisitor, Cast::Police, Cast::Paediatrician].iter().enumerate() {
        let card = who.card();
        assert!(order.contains(&format!("{}. {}, {}, {}", n + 1, card.name, card.role, card.agency)), "{order}");
    }
    for who in [Cast::SocialWorker, Cast::HealthVisitor, Cast::Police] {
        house.who(who).finishes().await;
    }
    assert!(!house.room_has("Three older fractures").await, "not before its turn");
    house.chair().presses("read_out", &[]).await;
    let read = house.room_posts().await.into_iter().find(|post| post.contains("Three older fractures"));
    let read = read.expect("it is read out");
    assert!(read.contains("Tom Ferris, Consultant paediatrician, Larkshire General Hospital"), "{read}");
    assert!(read.contains("written, not present"), "{read}");
    let minutes = house.minutes().await;
    let (_, from_there) =
        minutes.split_once("Tom Ferris, Consultant paediatrician").expect("it prints under their name");
    assert!(from_there.contains("written, not present") && from_there.contains("Three older fractures"), "{minutes}");
    house.close().await;
}

/// Shows: TURN-16.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_order_is_announced_and_the_old_one_stays_in_the_journal() {
    let house = round().await;
    let chair = house.chair();
    let mut seats = Vec::new();
    for who in [Cast::Police, Cast::HealthVisitor] {
        seats.push(chair.picks(&["strategy", "absent"], "who", who.name()).await);
    }
    chair.slash(&["chair", "order"], &[("order", &seats.join(","))]).await;
    let orders: Vec<_> =
        house.room_posts().await.into_iter().filter(|post| post.contains("Order of sharing")).collect();
    assert_eq!((orders.len(), house.db_count("order_announced").await), (2, 2));
    assert!(orders[1].contains("2. Dana Okafor") && orders[1].contains("3. Priya Nandy"), "{}", orders[1]);
    house.close().await;
}

/// Shows: SES-12.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_to_leave_is_proposed_first_and_the_chair_hears_what_is_still_expected() {
    let house = House::at(Stage::Open).await;
    let given = [("leave_at", "7 December 2026 11:30"), ("first", "true")];
    let got = house.police().slash(&["strategy", "leave-by"], &given).await;
    assert_eq!(got.code(), "leave_by_given");
    assert!(house.room_has("Larkshire Police has to leave at 11:30 and asks to be taken first").await);
    house.goes_on_to(Stage::Sharing).await;
    assert!(house.room_has("1. Dana Okafor").await, "the chair's one press announces the order proposed");
    assert!(
        house.room_has("Dana Okafor, Child protection investigator, Larkshire Police** has the floor (1 of 3)").await
    );
    house.passes(79).await;
    assert!(!house.room_has("Still expected").await, "not before ten minutes are left");
    house.passes(1).await;
    let posts = house.room_messages().await;
    let told = posts.iter().find(|post| post.text.contains("Still expected from them")).expect("the chair is told");
    assert_eq!(told.mentions, [house.account(Cast::TeamManager)]);
    assert!(told.text.contains("their turn; their agency's position."), "{}", told.text);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_round_the_chair_takes_somebody_first_with_one_press() {
    let house = round().await;
    let given = [("leave_at", "7 December 2026 11:30"), ("first", "true")];
    house.police().slash(&["strategy", "leave-by"], &given).await;
    let refused = house.health_visitor().presses("take_first", &[]).await;
    assert_eq!(refused.code(), "for_chair");
    assert_eq!(house.chair().presses("take_first", &[]).await.code(), "order_announced");
    house.social_worker().finishes().await;
    assert!(house.room_has("Larkshire Police** has the floor (2 of 3)").await);
    house.police().slash(&["strategy", "leave"], &[]).await;
    assert!(house.minutes().await.contains("(had to leave by 11:30, asked to be taken first)"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_while_the_round_is_on_has_a_turn_at_its_end() {
    let house = House::gathered().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.paediatrician().accepts().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    house.paediatrician().presses("inform", &[("current", "Three older fractures on the X-ray")]).await;
    let order = house.room_posts().await.into_iter().rfind(|post| post.contains("Order of sharing"));
    assert!(order.is_some_and(|order| order.contains("4. Tom Ferris, Consultant paediatrician")));
    assert!(!house.room_has("Three older fractures").await);
    house.close().await;
}
