//! `convenor enrol`: one person or a list, beside a bot that runs.

use convenor::rehearsal::workspace::permissions;

use crate::support::{Cast, House};

const TEAM: &str = "Larkshire Children's Services";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_enrolled_is_known_to_the_running_bot_at_once() {
    let house = House::served().await;
    let before = house.stranger().slash(&["strategy", "mine"], &[]).await;
    assert_eq!(before.code(), "not_enrolled");
    let account = house.account(Cast::Stranger).to_string();
    let given = ["--name", "Ines Calder", "--role", "Social worker", "--agency", TEAM, "--account", &account];
    let ended = house.place().run(&[&["enrol"], &given[..]].concat()).await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(
        ended.out.contains("Ines Calder is enrolled: Social worker, Larkshire Children's Services"),
        "{}",
        ended.out
    );
    let channel = house.workspace.channels().into_iter().find(|it| it.name == "duty-larkshire-childrens-services");
    let channel = channel.expect("the team has a duty channel").id;
    let bits = house.workspace.permissions_in(house.account(Cast::Stranger), channel);
    assert_ne!(bits & permissions::VIEW_CHANNEL, 0, "they see their duty channel");
    house.stranger().registers().await;
    let journal = house.db_journal().await;
    assert_eq!(journal[0].actor.name, "Ines Calder", "as enrolled, whatever the platform shows");
    house.close().await;
}

/// Shows: SES-17.
#[tokio::test(flavor = "multi_thread")]
async fn ending_an_enrolment_ends_access_at_once_beside_a_bot_that_runs() {
    let house = House::served().await;
    house.social_worker().registers_with(&[]).await;
    house.social_worker().convenes().await;
    assert!(house.social_worker().sees_the_room().await);
    let account = house.account(Cast::SocialWorker).to_string();
    let ended = house.place().run(&["enrol", "--end", "--account", &account]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains("Rowan Ashby is enrolled no more"), "{}", ended.out);
    house.settle().await;
    assert!(!house.social_worker().sees_the_room().await, "the running bot has taken the channel from them");
    let refused = house.social_worker().slash(&["strategy", "mine"], &[]).await;
    assert_eq!(refused.code(), "not_enrolled");
    let channel = house.duty_channel(Cast::SocialWorker);
    let bits = house.workspace.permissions_in(house.account(Cast::SocialWorker), channel);
    assert_eq!(bits & permissions::VIEW_CHANNEL, 0, "nor do they see their duty channel");
    assert_eq!(house.db_count("owner_left").await, 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_is_told_in_full_and_nobody_is_enrolled() {
    let house = House::served().await;
    let enrolled = house.store.enrolments().await.expect("the store can be read").len();
    let given = ["--name", "Ines Calder", "--role", "Social worker", "--agency", "Larkshire", "--account", "12"];
    let ended = house.place().run(&[&["enrol"], &given[..]].concat()).await;
    assert_eq!(ended.code, Some(2), "{}", ended.out);
    for words in
        ["there is no agency \"Larkshire\"; the agencies are", "\"12\" is no account id", "nobody was enrolled"]
    {
        assert!(ended.err.contains(words), "{}", ended.err);
    }
    let account = house.account(Cast::Stranger);
    let list =
        format!("name,role,agency,rank,account id\nInes Calder,Social worker,{TEAM},,{account}\nPia,,{TEAM},,\n");
    house.place().write("more.csv", &list);
    let ended = house.place().run(&["enrol", "--from", "more.csv"]).await;
    assert_eq!(ended.code, Some(2), "{}", ended.out);
    assert!(ended.err.contains("more.csv, line 3: the role is missing"), "{}", ended.err);
    assert_eq!(house.store.enrolments().await.expect("the store can be read").len(), enrolled);

    house.place().write("more.csv", list.lines().take(2).collect::<Vec<_>>().join("\n"));
    let ended = house.place().run(&["enrol", "--from", "more.csv"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(house.store.enrolments().await.expect("the store can be read").len(), enrolled + 1);
    house.close().await;
}
