//! People who are part of several cases.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, Got, House, Member, PROCEDURES, section};

const FIRST: &str = "LCS-2026-0301";
const AT_ELEVEN: &str = "7 December 2026 11:00";

/// A first case, convened for eleven by the social worker with this person in the chair, who accepts.
async fn sits_at_eleven(house: &House, who: Cast) -> String {
    house.social_worker().registers_with(&[("reference", FIRST)]).await;
    let case = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let chair = house.account(who).to_string();
    let given = [("case", case.as_str()), ("form", "meeting"), ("starts", AT_ELEVEN), ("chair", chair.as_str())];
    house.social_worker().slash(&["strategy", "convene"], &given).await;
    house.who(who).accepts().await;
    case
}

async fn mine(member: &Member<'_>) -> String {
    member.slash(&["strategy", "mine"], &[]).await.text().to_owned()
}

/// How many speak before each of those who have a turn to come in a case; none where they have the floor.
async fn queue(house: &House, case: &str) -> Vec<(Cast, usize)> {
    let mut queue = Vec::new();
    for who in [Cast::SocialWorker, Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
        let lines = mine(&house.who(who)).await;
        let line = lines.lines().find(|line| line.contains(case)).expect("they are part of it").to_owned();
        let before = line.split(" · ").find_map(|part| part.strip_suffix(" before you")?.parse().ok());
        let place = before.or_else(|| line.contains("you have the floor").then_some(0));
        queue.extend(place.map(|place| (who, place)));
    }
    queue
}

/// Shows: SES-14.
#[tokio::test(flavor = "multi_thread")]
async fn my_discussions_are_a_private_list_with_times_stages_and_the_place_in_the_queue() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let first = sits_at_eleven(&house, Cast::Police).await;
        house.social_worker().registers().await;
        let second = house.store.cases().await.expect("the store can be read").remove(1).code_name.0;
        let chair = house.account(Cast::TeamManager).to_string();
        let given = [("case", second.as_str()), ("form", "meeting"), ("starts", "7 December 2026 13:30")];
        let given = [&given[..], &[("chair", chair.as_str())]].concat();
        house.social_worker().slash(&["strategy", "convene"], &given).await;
        for who in [Cast::Police, Cast::HealthVisitor] {
            let card = who.card();
            let given = [("case", second.as_str()), ("agency", card.agency), ("role", card.role)];
            house.social_worker().slash(&["strategy", "invite"], &given).await;
        }
        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        house.chair().opens().await;
        house.goes_on_to(Stage::Sharing).await;

        let got = house.police().slash(&["strategy", "mine"], &[]).await;
        assert!(got.is_private(), "{procedure}");
        let lines: Vec<_> = got.text().lines().skip(1).collect();
        assert_eq!(lines.len(), 2, "{procedure}: {}", got.text());
        assert!(lines.iter().all(|line| CASE_WORDS.iter().all(|word| !line.contains(word))), "{lines:?}");
        let of = |case: &str| *lines.iter().find(|line| line.contains(case)).expect("each case has a line");
        assert!(of(&first).contains("11:00") && of(&first).contains("Gathering"), "{lines:?}");
        assert!(!of(&first).contains("before you"), "{lines:?}");
        assert!(of(&second).contains("13:30") && of(&second).contains("Sharing"), "{procedure}: {lines:?}");

        let before = queue(&house, &second).await;
        let mut places: Vec<_> = before.iter().map(|(_, place)| *place).collect();
        places.sort_unstable();
        assert_eq!(places, [0, 1, 2], "{procedure}: one has the floor, and the others are told their place");
        let (speaker, _) = before.iter().find(|(_, place)| *place == 0).expect("somebody has the floor");
        house.who(*speaker).finishes().await;
        for (who, place) in queue(&house, &second).await {
            let was = before.iter().find(|(known, _)| *known == who).map(|(_, place)| *place);
            assert_eq!(Some(place + 1), was, "{procedure}: {who:?} has moved up");
        }
        house.close().await;
    }
}

/// Shows: SES-14.
#[tokio::test(flavor = "multi_thread")]
async fn a_clash_is_shown_to_whoever_convenes_and_names_the_other_case_to_nobody_outside_it() {
    let house = House::open().await;
    let first = sits_at_eleven(&house, Cast::TeamManager).await;
    // The convenor of the first is part of it; another who convenes is not.
    let account = house.account(Cast::TeamManager).to_string();
    let convenes = async |who: Cast, reference: &str, starts: &str| {
        house.who(who).registers_with(&[("reference", reference)]).await;
        let case = house.store.cases().await.expect("the store can be read").pop().expect("registered").code_name.0;
        let given = [("case", case.as_str()), ("form", "meeting"), ("starts", starts), ("chair", account.as_str())];
        (case.clone(), house.who(who).slash(&["strategy", "convene"], &given).await.text().to_owned())
    };
    let (_, known) = convenes(Cast::SocialWorker, "LCS-2026-0302", "7 December 2026 11:30").await;
    assert!(known.contains("Clash") && known.contains("Imogen Vale") && known.contains(&first), "{known}");
    let (_, apart) = convenes(Cast::SocialWorker, "LCS-2026-0303", "7 December 2026 15:00").await;
    assert!(!apart.contains("Clash"), "{apart}");
    house.enrols_as(Cast::SchoolNurse, "Social worker", Cast::SocialWorker, None).await;
    let (case, unknown) = convenes(Cast::SchoolNurse, "LCS-2026-0304", AT_ELEVEN).await;
    assert!(unknown.contains("Clash") && unknown.contains("Imogen Vale"), "{unknown}");
    assert!(!unknown.contains(&first), "whoever is not part of a case is not told of it: {unknown}");
    let given = [("case", case.as_str()), ("for_attendance", "no"), ("starts", "7 December 2026 15:00")];
    let moved = house.who(Cast::SchoolNurse).slash(&["strategy", "reschedule"], &given).await;
    assert_eq!(moved.code(), "session_rescheduled", "{}", moved.text());
    assert!(!moved.text().contains("Clash"), "{}", moved.text());
    house.close().await;
}

const WHAT: &str = "Ring the ward at four";

/// The chair has a case of their own too, and then chairs one that has come to this stage.
async fn chairs_and_convenes(procedure: &str, stage: Stage) -> (House, String) {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.chair().registers_with(&[("reference", FIRST)]).await;
    let own = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(stage).await;
    (house, own)
}

/// The chair does something in their own case.
async fn acts_elsewhere(house: &House, own: &str) -> Got {
    let got = house.chair().lists_the_child_with(&[("case", own), ("name", "Robin Ashdown")]).await;
    assert_eq!(got.code(), "child_listed", "{}", got.text());
    got
}

async fn adds(house: &House, what: &str) -> Got {
    house.chair().slash(&["action", "add"], &[("what", what)]).await
}

fn says_which(got: &Got, case: &str) -> bool {
    got.text().starts_with(&format!("This was **{case}**"))
}

/// Shows: SES-15.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_acts_in_a_second_case_is_told_which_and_takes_it_back_before_anybody_sees_it() {
    for procedure in PROCEDURES {
        let (house, own) = chairs_and_convenes(procedure, Stage::Actions).await;
        let other = house.store.cases().await.expect("the store can be read").remove(1).code_name.0;
        let got = acts_elsewhere(&house, &own).await;
        assert!(says_which(&got, &own), "{procedure}: {}", got.text());
        assert!(got.buttons().iter().any(|label| label == "Wrong case"), "{procedure}: {:?}", got.buttons());

        let got = adds(&house, WHAT).await;
        assert!(says_which(&got, &other) && got.text().contains("60 seconds"), "{procedure}: {}", got.text());
        assert!(!house.room_has(WHAT).await, "{procedure}: nobody sees it yet");
        assert!(!house.common_copy().await.contains(WHAT), "{procedure}");
        house.passes_seconds(59).await;
        let back = house.chair().presses_in(&got, "wrong_case", &[]).await;
        assert_eq!(back.code(), "taken_back", "{procedure}: {}", back.text());
        assert!(back.text().contains(WHAT), "{procedure}: it is theirs again: {}", back.text());
        house.passes(5).await;
        assert!(!house.room_has(WHAT).await, "{procedure}: nobody ever sees it");
        assert!(!house.minutes().await.contains(WHAT), "{procedure}");
        let again = house.chair().presses_in(&got, "wrong_case", &[]).await;
        assert_eq!(again.code(), "already_done", "{procedure}: {}", again.text());

        acts_elsewhere(&house, &own).await;
        let got = adds(&house, WHAT).await;
        house.passes_seconds(60).await;
        assert!(house.room_has(WHAT).await, "{procedure}: once the minute is over it stands like anything");
        let late = house.chair().presses_in(&got, "wrong_case", &[]).await;
        assert_eq!(late.code(), "wrong_case_marked", "{procedure}: {}", late.text());
        let told = house.social_worker().person.direct_messages().pop().expect("the convenor is told").text;
        assert!(told.contains("Imogen Vale") && told.contains("meant for another case"), "{procedure}: {told}");
        assert!(CASE_WORDS.iter().chain([&WHAT]).all(|word| !told.contains(word)), "{procedure}: {told}");
        assert!(!house.common_copy().await.contains(WHAT), "{procedure}: in no copy from now on");
        house.chair().closes().await;
        let open = section(&house.minutes().await, "Open items");
        assert!(open.contains("Entered in the wrong case: to be taken out of the record"), "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: SES-15.
#[tokio::test(flavor = "multi_thread")]
async fn after_five_minutes_in_one_case_nothing_is_said_and_a_restart_forgets_nothing() {
    let (mut house, own) = chairs_and_convenes("remote-format", Stage::Actions).await;
    let other = house.store.cases().await.expect("the store can be read").remove(1).code_name.0;
    acts_elsewhere(&house, &own).await;
    house.passes(6).await;
    let got = adds(&house, WHAT).await;
    assert!(!says_which(&got, &other) && !got.buttons().iter().any(|label| label == "Wrong case"), "{}", got.text());
    assert!(house.room_has(WHAT).await, "it is posted at once");
    acts_elsewhere(&house, &own).await;
    house.starts_again(1).await;
    let got = adds(&house, "Ring the school").await;
    assert!(says_which(&got, &other), "{}", got.text());
    assert!(!says_which(&adds(&house, "Ring the surgery").await, &other), "once for each time they cross");
    house.passes_seconds(60).await;
    assert!(house.room_has("Ring the school").await && house.room_has("Ring the surgery").await);
    house.close().await;
}

/// Shows: SES-15.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_asked_and_answered_is_held_in_the_same_way() {
    let (house, own) = chairs_and_convenes("remote-format", Stage::Open).await;
    let chair = house.chair().picks(&["strategy", "absent"], "who", "Imogen Vale").await;
    house.chair().slash(&["chair", "order"], &[("order", chair.as_str())]).await;
    house.goes_on_to(Stage::Sharing).await;
    let shared = "Robin was seen at school";
    acts_elsewhere(&house, &own).await;
    let got = house.chair().shares(shared).await;
    assert_eq!(got.code(), "contributed", "{}", got.text());
    assert!(!house.room_has(shared).await);
    assert!(!house.police().slash(&["limited"], &[]).await.text().contains(shared));
    assert_eq!(house.chair().presses_in(&got, "wrong_case", &[]).await.code(), "taken_back");
    let right = house.chair().shares("Ellis was seen at school").await;
    assert!(right.text().contains('2'), "a number that was taken back is not given again: {}", right.text());

    house.goes_on_to(Stage::Questions).await;
    house.police().asks("Who was there?", Some(Cast::TeamManager)).await;
    acts_elsewhere(&house, &own).await;
    let asked = house.chair().asks("Where is Robin tonight?", Some(Cast::SocialWorker)).await;
    assert!(!house.room_has("Robin tonight").await);
    house.passes_seconds(60).await;
    assert!(house.room_has("Robin tonight").await, "asked once the minute is over: {}", asked.text());
    acts_elsewhere(&house, &own).await;
    let answer = [("question", "1"), ("answer", "Robin's aunt")];
    let got = house.chair().slash(&["answer"], &answer).await;
    assert_eq!(got.code(), "question_answered", "{}", got.text());
    assert!(!house.room_has("Robin's aunt").await);
    house.chair().presses_in(&got, "wrong_case", &[]).await;
    house.passes(2).await;
    let got = house.chair().slash(&["answer"], &[("question", "1"), ("answer", "Her grandmother")]).await;
    assert_eq!(got.code(), "question_answered", "it is open again: {}", got.text());
    assert!(house.room_has("Her grandmother").await && !house.room_has("Robin's aunt").await);
    house.close().await;
}

/// Shows: SES-15.
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_is_away_hears_of_an_action_once_it_can_no_longer_be_taken_back() {
    let (house, own) = chairs_and_convenes("remote-format", Stage::Actions).await;
    house.health_visitor().slash(&["strategy", "leave"], &[]).await;
    acts_elsewhere(&house, &own).await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Priya Nandy").await;
    house.chair().slash(&["action", "add"], &[("what", WHAT), ("owner", owner.as_str())]).await;
    let told = || house.health_visitor().person.direct_messages().len();
    let before = told();
    house.passes_seconds(60).await;
    assert_eq!(told(), before + 1, "not before the minute is over");
    house.close().await;
}

/// Shows: SES-15, SAFE-05.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_to_be_done_at_once_is_held() {
    let (house, own) = chairs_and_convenes("remote-format", Stage::Open).await;
    acts_elsewhere(&house, &own).await;
    let got = house.chair().slash(&["action", "now"], &[("what", WHAT)]).await;
    assert!(got.buttons().iter().any(|label| label == "Wrong case"), "{}", got.text());
    assert!(house.room_has(WHAT).await, "{}", got.text());
    house.close().await;
}

/// Shows: SES-14.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_invited_by_name_who_sits_elsewhere_then_clashes() {
    let house = House::open().await;
    let first = sits_at_eleven(&house, Cast::Police).await;
    house.social_worker().registers_with(&[("reference", "LCS-2026-0302")]).await;
    let case = house.store.cases().await.expect("the store can be read").pop().expect("registered").code_name.0;
    let given = [("case", case.as_str()), ("form", "meeting"), ("starts", AT_ELEVEN)];
    let convened = house.social_worker().slash(&["strategy", "convene"], &given).await;
    assert!(!convened.text().contains("Dana Okafor"), "not asked yet: {}", convened.text());
    for (who, clashes) in [(Cast::SecondOfficer, false), (Cast::Police, true)] {
        let person = house.account(who).to_string();
        let invited =
            house.social_worker().slash(&["strategy", "invite"], &[("case", &case), ("person", &person)]).await;
        assert_eq!(invited.code(), "invited", "{}", invited.text());
        assert_eq!(invited.text().contains("Clash"), clashes, "{who:?}: {}", invited.text());
        assert_eq!(invited.text().contains("Dana Okafor"), clashes, "{who:?}: {}", invited.text());
        assert_eq!(invited.text().contains(&first), clashes, "the convenor is part of both: {}", invited.text());
    }
    house.close().await;
}
