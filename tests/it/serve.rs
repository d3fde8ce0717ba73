//! The live bot's command line, as an operator has it: the program as a process of its own.

mod checking;
mod enrolling;
mod reporting;
mod setting_up;
mod starting;
mod verifying;

use std::time::Duration;

use convenor::domain::event::{Event, Record};
use convenor::domain::ids::SeatId;
use convenor::domain::stage::Stage;
use convenor::domain::under_review::AskedOn;
use convenor::rehearsal::workspace::{Fault, Route};

use crate::support::House;
use crate::support::live_play::LivePlay;
use crate::support::plays::played;

/// The journal's kinds of entry, and who made each: what happened, without when. What convenor says of deadlines that
/// come near or are missed, of a chair who has been silent, and of what has waited for days, is left out.
fn facts(journal: &[Record]) -> Vec<(&'static str, Option<SeatId>, &str)> {
    let is_of_time_alone = |event: &Event| {
        matches!(
            event,
            Event::DeadlineNear { .. }
                | Event::DeadlineMissed { .. }
                | Event::ChairSilent { .. }
                | Event::QuestionsInvited { .. }
                | Event::QuestionsOver { .. }
                | Event::StillUndecided { .. }
                | Event::StillWithoutAction { .. }
                | Event::ReviewAsked { on: AskedOn::Interval }
        )
    };
    let journal = journal.iter().filter(|record| !is_of_time_alone(&record.event));
    journal.map(|record| (record.event.kind(), record.actor.seat, record.actor.name.as_str())).collect()
}

/// Case 1 from referral to filing, by everybody who is in it: the same kinds of entry, by the same people, in the same
/// order. Two things are left out. When each happened, since one play has the case's own dates and the other those of
/// today; and the entries of deadlines near and missed, of a silent chair and of the countdown of questions, since between
/// two beats the one clock passes hours and the other none. The draft, which a timer brings too, is compared.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_cast_of_a_case_gets_the_same_record_from_the_live_bot() {
    let live = LivePlay::set(None).await;
    live.is_played().await;
    println!("resident after the whole of case 1: {} KiB", live.resident());
    let (recorded, rehearsed) = (live.journal().await, &played(0).await.journal);
    live.closes().await;
    assert_eq!(facts(&recorded), facts(rehearsed));
    assert!(rehearsed.len() > 100, "it is the whole case: {}", rehearsed.len());
}

async fn plays_a_short_case(house: &House) {
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Sharing).await;
    house.social_worker().shares("Seen at home on Friday").await;
    let refused = house.police().shares("Two call-outs in March").await;
    assert_eq!(refused.code(), "not_your_turn");
    house.social_worker().finishes().await;
    house.chair().slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    house.has_drafted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_live_bot_does_what_the_rehearsed_one_does() {
    let (live, rehearsed) = (House::served().await, House::open().await);
    plays_a_short_case(&live).await;
    plays_a_short_case(&rehearsed).await;
    assert_eq!(facts(&live.db_journal().await), facts(&rehearsed.db_journal().await));
    assert!(live.room_has("Seen at home on Friday").await);
    let posts = async |house: &House| house.room_posts().await.len();
    assert_eq!(posts(&live).await, posts(&rehearsed).await);
    live.close().await;
    rehearsed.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_bot_goes_on_where_it_was() {
    let mut house = House::served().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house.is_killed_and_served_again().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    assert!(house.chair().sees_the_room().await);
    house.close().await;
}

/// A case whose next post the platform refuses stands still: an administrator is told by its code name, and sets it
/// going again.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_stands_still_is_told_and_released() {
    let house = House::served().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    let missing = Fault::Refused { status: 403, code: 50013, message: "Missing Permissions".to_owned() };
    house.workspace.next(Route::CreateMessage, missing);
    house.social_worker().convenes().await;
    let row = house.store.cases().await.expect("the store can be read").pop().expect("a case was opened");
    let told = |workspace: &convenor::rehearsal::workspace::Workspace| {
        let channels = workspace.channels();
        let admin = channels.iter().find(|channel| channel.name == "convenor-administrators").map(|channel| channel.id);
        let posts = workspace.posts();
        posts.iter().any(|post| Some(post.channel) == admin && post.text.contains(&row.code_name.0))
    };
    house.workspace.wait_until(told, Duration::from_secs(20)).await.expect("the administrators are told");
    let wrong = house.place().run(&["check", "--config", "config"]).await;
    assert!(wrong.code == Some(1) && wrong.out.contains("stands still"), "{}", wrong.out);
    let released = house.place().run(&["release", &row.code_name.0]).await;
    assert_eq!((released.code, released.out), (Some(0), format!("{} goes on", row.code_name)));
    house.settle().await;
    house.board().await;
    house.close().await;
}

/// A category holds fifty channels; the next case's is made outside it.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_category_keeps_nobody_waiting() {
    let house = House::served().await;
    let mut channels = house.workspace.channels().into_iter();
    let category = channels.find(|channel| channel.name == "Strategy discussions").map(|channel| channel.id);
    for n in 0..50 {
        house.workspace.add_text_channel(&format!("old-{n}"), category, &[]);
    }
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house.board().await;
    house.close().await;
}

/// An event nobody can read is counted and logged by its name alone.
#[tokio::test(flavor = "multi_thread")]
async fn an_event_nobody_knows_raises_an_alarm() {
    let (workspace, place) = starting::set_up().await;
    let child = place.serve().await;
    workspace.send_unknown_event();
    let ended = child.logs("an event from Discord that can't be read").await.stop().await;
    assert!(ended.err.contains("ERROR"), "{}", ended.err);
}
