//! What is for some readers only: in the room, in private, and in everybody's copy.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, Member, section};

const PLAN: &str = "Arrest planned for half past four";
const CODES: &str = "chair_police";

/// How many direct messages say that there is something limited to read.
fn told(member: &Member<'_>) -> usize {
    member.person.direct_messages().iter().filter(|message| message.text.contains("not for everybody")).count()
}

async fn read_by(house: &House, who: Cast) -> String {
    house.who(who).slash(&["limited"], &[]).await.text().to_owned()
}

/// The social worker shares the plan with chair and police.
async fn shared() -> House {
    let house = House::at(Stage::Sharing).await;
    let got = house.social_worker().slash(&["share"], &[("current", PLAN), ("readers", CODES)]).await;
    assert_eq!(got.code(), "limited", "{}", got.text());
    house
}

/// Shows: SEC-05.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_limited_to_chair_and_police_is_in_no_room_and_in_nobody_elses_copy() {
    let house = shared().await;
    assert!(!house.room_has(PLAN).await, "not in the room");
    for who in [Cast::SocialWorker, Cast::HealthVisitor] {
        assert_eq!(told(&house.who(who)), 0, "{who:?}");
    }
    for who in [Cast::TeamManager, Cast::Police] {
        assert_eq!(told(&house.who(who)), 1, "{who:?} is told that there is something");
        let read = read_by(&house, who).await;
        assert!(read.contains(PLAN) && read.contains("the chair and the police"), "{read}");
    }
    assert_eq!(house.who(Cast::HealthVisitor).slash(&["limited"], &[]).await.code(), "nothing_to_read");
    assert_eq!(house.db_count("limited_read").await, 2, "that it was read is recorded");
    house.goes_on_to(Stage::Closed).await;
    house.has_drafted().await;
    let copy = async |who| house.who(who).presses("copy", &[]).await.text().to_owned();
    let (others, police, chair) =
        (copy(Cast::HealthVisitor).await, copy(Cast::Police).await, copy(Cast::TeamManager).await);
    let count = "Entries limited to some readers, and in nobody else's copy: 1.";
    assert!(!others.contains(PLAN) && !others.contains("imited"), "{others}");
    assert!(!police.contains(count) && chair.contains(count), "the count is the chair's and the auditor's");
    let record = house.minutes().await;
    assert!(section(&record, "Contributions").contains(PLAN) && record.contains(count), "{record}");
    assert!(record.contains("Limited to the chair and the police."), "{record}");
    house.close().await;
}

/// Shows: SEC-05.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_narrows_a_limit_and_asks_its_originator_before_anybody_else_reads_it() {
    let house = shared().await;
    let limits = async |readers: String| house.chair().slash(&["readers"], &[("item", "k1"), ("readers", &readers)]).await;
    let wider = limits("everybody".to_owned()).await;
    assert_eq!(wider.code(), "widening_asked", "{}", wider.text());
    assert!(!house.room_has(PLAN).await);
    let asked = house.social_worker().person.direct_messages().pop().expect("its originator is asked");
    assert!(asked.text.contains("everybody here") && !asked.text.contains(PLAN), "{}", asked.text);
    let kept = house.social_worker().presses("answer_widening", &[("agrees", "no")]).await;
    assert_eq!(kept.code(), "widening_refused", "{}", kept.text());
    let police = house.chair().picks(&["readers"], "readers", "Dana Okafor").await;
    assert_eq!(limits(police).await.code(), "limited", "an officer of the police is no wider");
    let health = house.chair().picks(&["readers"], "readers", "Priya Nandy").await;
    assert_eq!(limits(health).await.code(), "widening_asked");
    house.social_worker().presses("answer_widening", &[("agrees", "yes")]).await;
    assert!(read_by(&house, Cast::HealthVisitor).await.contains(PLAN));
    let others = house.police().slash(&["readers"], &[("item", "k1"), ("readers", "everybody")]).await;
    assert_eq!(others.code(), "for_chair", "{}", others.text());
    let lifted = house.social_worker().slash(&["readers"], &[("item", "k1"), ("readers", "everybody")]).await;
    assert_eq!(lifted.code(), "limit_changed", "{}", lifted.text());
    assert!(house.room_has(PLAN).await, "now it is for everybody");
    house.close().await;
}

/// Shows: SEC-05.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_and_an_action_can_be_limited_too() {
    let house = House::at(Stage::Questions).await;
    house.police().asks("Where will he be tonight?", Some(Cast::SocialWorker)).await;
    let answer = [("answer", "At his sister's until five"), ("readers", CODES)];
    let got = house.social_worker().presses("reply_limited", &answer).await;
    assert_eq!(got.code(), "limited", "{}", got.text());
    assert!(!house.room_has("sister's").await);
    assert!(read_by(&house, Cast::Police).await.contains("At his sister's until five"));

    house.goes_on_to(Stage::Actions).await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
    let action = [("what", "Be at the yard before five"), ("owner", owner.as_str())];
    house.who(Cast::SocialWorker).slash(&["action", "add"], &action).await;
    let item = house.social_worker().picks(&["readers"], "item", "Be at the yard").await;
    house.social_worker().slash(&["readers"], &[("item", &item), ("readers", CODES)]).await;
    house.chair().presses("confirm_drafts", &[]).await;
    assert!(!house.room_has("Be at the yard").await, "confirmed, and posted nowhere");
    let offered = house.health_visitor().is_offered(&["action", "change"], "action", "").await;
    assert!(offered.iter().all(|choice| !choice.name.contains("yard")), "{offered:?}");
    let sheet = house.police().slash(&["limited"], &[]).await;
    assert!(sheet.text().contains("Be at the yard") && sheet.buttons().len() == 1, "{:?}", sheet.buttons());
    house.goes_on_to(Stage::Closed).await;
    house.has_drafted().await;
    let copy = async |who| house.who(who).presses("copy", &[]).await.text().to_owned();
    let others = copy(Cast::HealthVisitor).await;
    assert!(!others.contains("sister's") && !others.contains("yard"), "{others}");
    assert!(house.room_posts().await.iter().all(|post| !post.contains("sister's") && !post.contains("yard")));
    let record = house.minutes().await;
    assert!(record.contains("At his sister's until five") && record.contains("Be at the yard before five"));
    house.close().await;
}
