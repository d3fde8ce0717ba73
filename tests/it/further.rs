//! A further session of a case: whom the last one asked, when it was planned for, and what is still to be done.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, Got, House, Member, PROCEDURES};

const PLANNED: &str = "10 December 2026 11:00";
const CONVENE: [&str; 2] = ["strategy", "convene"];
const CHAIR: &str = "Imogen Vale, Team manager, Larkshire Children's Services · to chair";
const POLICE: &str = "Child protection investigator, Larkshire Police · Dana Okafor last time";
const HEALTH: &str = "Health visitor, Larkshire Community Health · Priya Nandy last time";

/// A first session that plans another one and leaves two actions open, closed.
async fn after_a_first_session(procedure: &str) -> House {
    let house = House::under_at(procedure, Stage::Deciding).await;
    let planned = [("prompt", "further_session"), ("needed", "yes"), ("at", PLANNED)];
    assert_eq!(house.chair().slash(&["chair", "prompt"], &planned).await.code(), "entered");
    house.goes_on_to(Stage::Actions).await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
    for what in ["Fetch the call log", "Visit the home"] {
        let given = [("what", what), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
        house.chair().slash(&["action", "add"], &given).await;
    }
    house.chair().closes().await;
    house.has_drafted().await;
    house
}

/// Shows: REV-04.
#[tokio::test(flavor = "multi_thread")]
async fn the_planned_session_goes_into_a_calendar_with_the_reference_and_nothing_of_the_case() {
    let house = after_a_first_session("remote-format").await;
    house.chair().presses("sign", &[]).await;
    house.chair().presses("circulate", &[]).await;
    house.passes(1).await;
    let copy = house.police().presses("copy", &[]).await;
    assert!(copy.buttons().iter().any(|label| label == "Next session, for my calendar"), "{:?}", copy.buttons());
    let got = house.police().presses_in(&copy, "copy", &[("as", "calendar")]).await;
    assert!(got.is_private() && got.presses == 1, "{}", got.text());
    let message = got.response.message().expect("a message comes with it");
    let [file] = message.files.as_slice() else { panic!("{} files: {}", message.files.len(), message.text) };
    let text = String::from_utf8_lossy(&file.bytes);
    assert!(file.name.ends_with("-next-session.ics") && text.contains("DTSTART:20261210T110000Z"), "{text}");
    for word in CASE_WORDS {
        assert!(!text.contains(word) && !file.name.contains(word), "{word}: {text}");
    }
    house.close().await;

    let house = House::under_at("remote-format", Stage::ReadBack).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house.chair().presses("sign", &[]).await;
    house.chair().presses("circulate", &[]).await;
    house.passes(1).await;
    let none = house.police().slash(&["strategy", "copy"], &[("as", "calendar")]).await;
    assert!(none.text().contains("no further session with a time is planned"), "{}", none.text());
    house.close().await;
}

/// Nothing is given but the form of the session.
async fn convenes_again(member: &Member<'_>) -> Got {
    let got = member.slash(&CONVENE, &[("form", "meeting")]).await;
    assert_eq!(got.code(), "session_convened", "{}", got.text());
    got
}

/// Shows: REV-04.
#[tokio::test(flavor = "multi_thread")]
async fn a_further_session_is_filled_in_and_one_press_asks_everybody_the_last_one_asked() {
    for procedure in PROCEDURES {
        let house = after_a_first_session(procedure).await;
        let asked = house.social_worker().sends(&CONVENE, &[("form", "meeting")]).await.expect("it can be sent");
        let fields = &asked.modal().expect("what is left is asked").fields;
        let starts = fields.iter().find(|field| field.custom_id == "starts").expect("the start is asked");
        assert_eq!(starts.value, PLANNED, "{procedure}: as the last session planned it");

        let got = convenes_again(&house.social_worker()).await;
        for words in [PLANNED, "2 open actions come over", "Nobody has been asked yet", CHAIR, POLICE, HEALTH] {
            assert!(got.text().contains(words), "{procedure}: {words}: {}", got.text());
        }
        assert!(got.is_private());
        assert_eq!(got.buttons()[..3], ["Send 3 invitations", "Leave somebody out", "Add somebody"]);
        assert_eq!(house.db_count("invited").await, 3, "{procedure}: those of the first session");
        assert!(house.board().await.text.contains("**Not invited yet** 3"), "{procedure}");

        let sent = house.social_worker().presses_in(&got, "send_invitations", &[]).await;
        assert_eq!((sent.code(), sent.presses), ("invited", 1), "{procedure}: {}", sent.text());
        assert!(sent.text().contains("3 invitations are on the way"), "{}", sent.text());
        assert_eq!(house.db_count("invited").await, 6);
        assert!(!house.board().await.text.contains("Not invited yet"));
        let again = house.social_worker().presses_in(&got, "send_invitations", &[]).await;
        assert_eq!(again.code(), "already_done", "{procedure}: nobody is asked twice");
        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        house.chair().opens().await;
        assert_eq!(house.db_count("session_opened").await, 2, "{procedure}: the chair of the first chairs again");

        let agenda =
            house.room_posts().await.into_iter().rfind(|post| post.contains("**Agenda**")).expect("it is posted");
        let (_, open) = agenda.split_once("**Open actions from earlier sessions**").expect("they are listed");
        for action in ["1. Fetch the call log", "2. Visit the home"] {
            let line = open.lines().find(|line| line.contains(action)).expect("it is listed");
            assert!(line.contains("from session 1") && line.contains("Dana Okafor"), "{procedure}: {line}");
        }
        let actions = house.minutes().await;
        let carried = "Carried over from earlier sessions, and open when this one was convened: action 1 (session 1); \
                       action 2 (session 1).";
        assert!(actions.contains(carried), "{procedure}: {actions}");
        for post in house.posts_outside().await {
            assert!(CASE_WORDS.iter().all(|word| !post.text.contains(word)), "{procedure}: {}", post.text);
        }
        house.close().await;
    }
}

/// A card that nobody has answered, in the duty channel.
fn has_a_new_card(house: &House, who: Cast) -> bool {
    let messages = house.who(who).person.messages(house.duty_channel(who)).into_iter();
    let buttons = messages.filter(|message| !message.ephemeral).flat_map(|message| message.buttons());
    buttons.filter_map(|button| button.custom_id).any(|id| id.starts_with("v1:accept:"))
}

/// Shows: REV-04.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_left_out_or_added_before_anybody_is_asked() {
    let house = after_a_first_session("remote-format").await;
    let worker = house.social_worker();
    let got = convenes_again(&worker).await;
    let left = worker.presses_in(&got, "leave_out", &[("left_out", "3")]).await;
    assert_eq!(left.code(), "invitees_listed", "{}", left.text());
    assert!(left.text().contains(POLICE) && !left.text().contains("Health visitor"), "{}", left.text());
    let paediatrician = [("agency", "Larkshire General Hospital"), ("asked_role", "paediatrician")];
    let added = worker.presses_in(&left, "add_invitee", &paediatrician).await;
    assert!(added.text().contains("Paediatrician, Larkshire General Hospital"), "{}", added.text());
    let twice = worker.presses_in(&added, "add_invitee", &paediatrician).await;
    assert_eq!(twice.code(), "already_done");
    assert_eq!(house.db_count("invited").await, 3, "nobody is asked by it");

    let shown = worker.presses("to_invite", &[]).await;
    assert_eq!(shown.text(), added.text(), "the board leads to it");
    let sent = worker.presses_in(&shown, "send_invitations", &[]).await;
    assert!(sent.text().contains("3 invitations"), "{}", sent.text());
    for (who, code) in [(Cast::Police, "invitation_accepted"), (Cast::Paediatrician, "seat_taken")] {
        assert_eq!(house.who(who).accepts().await.code(), code, "{who:?}");
    }
    assert!(!has_a_new_card(&house, Cast::HealthVisitor), "whoever is left out is not asked");
    worker.invites(Cast::HealthVisitor).await;
    assert!(has_a_new_card(&house, Cast::HealthVisitor), "and can be by hand");
    house.close().await;
}

/// Shows: REV-04.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_stood_down_is_not_carried_over_and_whoever_convened_is() {
    let house = House::at(Stage::ReadBack).await;
    let seat = house.chair().picks(&["chair", "stand-down"], "who", "Priya Nandy").await;
    house.chair().slash(&["chair", "stand-down"], &[("who", &seat), ("reason", "Knows the family")]).await;
    house.chair().closes().await;
    house.has_drafted().await;
    let starts = [("form", "meeting"), ("starts", "9 December 2026 09:30")];
    let got = house.chair().slash(&CONVENE, &starts).await;
    assert!(got.text().contains("- Rowan Ashby, Social worker, Larkshire Children's Services"), "{}", got.text());
    assert!(got.text().contains(POLICE) && !got.text().contains("Health visitor"), "{}", got.text());
    assert!(!got.text().contains("to chair"), "whoever convenes chaired, and does again: {}", got.text());
    house.chair().invites(Cast::Police).await;
    let left = house.chair().presses("to_invite", &[]).await;
    assert!(left.text().contains("Rowan Ashby") && !left.text().contains("Larkshire Police"), "{}", left.text());
    house.close().await;
}

/// Shows: REV-04.
#[tokio::test(flavor = "multi_thread")]
async fn a_chair_who_is_named_takes_the_place_of_the_last_one() {
    let house = after_a_first_session("remote-format").await;
    let got = house.social_worker().convenes_on(PLANNED, Cast::TeamManager).await;
    assert!(!got.text().contains("Imogen Vale"), "asked with the same step: {}", got.text());
    assert_eq!(got.buttons()[0], "Send 2 invitations");
    house.close().await;
}
