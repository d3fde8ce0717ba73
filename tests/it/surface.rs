//! The surface itself: deliveries that come twice, buttons from long ago, and a platform that fails.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::{Answer, Fault, Route};
use serde_json::json;

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_interaction_delivered_twice_is_recorded_once_and_answered_once() {
    let house = House::at(Stage::Sharing).await;
    house.workspace.duplicate_next("INTERACTION_CREATE");
    let got = house.social_worker().shares("Seen at home on Friday").await;
    assert!(got.text().contains("recorded as item"), "{}", got.text());
    house.workspace.duplicate_next("INTERACTION_CREATE");
    let refused = house.police().shares("Two call-outs in March").await;
    assert_eq!(refused.code(), "not_your_turn");
    house.settle().await;
    assert_eq!(house.db_count("contributed").await, 1);
    let posts = house.room_posts().await;
    assert_eq!(posts.iter().filter(|post| post.contains("Seen at home on Friday")).count(), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_from_an_older_version_gets_a_polite_answer() {
    let house = House::convened().await;
    let channel = house.duty_channel(crate::support::Cast::Police);
    let old = json!({
        "content": "An old card",
        "components": [{ "type": 1, "components": [
            { "type": 2, "style": 2, "label": "I'll attend", "custom_id": "v0:accept:amber-heron-k:invitation=1" },
            { "type": 2, "style": 2, "label": "Dance", "custom_id": "v1:dance:amber-heron-k" },
        ] }],
    });
    let posted = reqwest::Client::new()
        .post(format!("{}/api/v10/channels/{channel}/messages", house.workspace.base_url()))
        .header("Authorization", format!("Bot {}", house.workspace.bot_token()))
        .json(&old)
        .send()
        .await
        .expect("the platform answers");
    assert!(posted.status().is_success());
    let card = house.police().reads().pop().expect("the old card is there");
    for button in card.buttons() {
        let id = button.custom_id.expect("it can be pressed");
        let got = house.police().presses_this(card.id, &id, &[]).await;
        assert!(got.is_private());
        assert!(got.text().contains("older version") && got.text().contains("board"), "{}", got.text());
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_appears_once_whatever_the_platform_does_to_it() {
    let house = House::at(Stage::Sharing).await;
    let faults = [
        Fault::TooManyRequests { retry_after: Duration::from_millis(20) },
        Fault::ServerError,
        Fault::BadGateway,
        Fault::LostUnread,
        Fault::DoneThenLost,
        Fault::DoneThenBadGateway,
    ];
    for (n, fault) in faults.into_iter().enumerate() {
        let words = format!("Entry number {n} of Friday");
        house.workspace.next(Route::CreateMessage, fault.clone());
        house.social_worker().shares(&words).await;
        let posts = house.room_posts().await;
        assert_eq!(posts.iter().filter(|post| post.contains(&words)).count(), 1, "{fault:?}");
    }
    assert_eq!(house.db_count("contributed").await, 6);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_by_choices_alone_opens_a_form_for_the_words() {
    let house = House::open().await;
    let given = [
        ("trigger_point", "following_assessment"),
        ("trigger_type", "accumulation"),
        ("threshold", "likely_to_suffer"),
        ("urgency", "post_assessment"),
        ("injury", "true"),
        ("in_hospital", "true"),
    ];
    let lobby = house.social_worker().place().await;
    let options = given.map(|(key, value)| {
        use convenor::rehearsal::workspace::OptionValue::{Boolean, Text};
        (key.to_owned(), if value == "true" { Boolean(true) } else { Text(value.to_owned()) })
    });
    let person = &house.social_worker().person;
    let shown = person.command(lobby, &["strategy", "register"], options.to_vec()).await.expect("it can be run");
    let Answer::Modal(modal) = &shown.answer else { panic!("a form is opened, not {:?}", shown.answer) };
    let words = vec![("reference".to_owned(), "LCS-1".to_owned())];
    let got = person.submit(modal, words).await.expect("it can be filled in");
    assert!(got.text().contains("is registered"), "{}", got.text());
    house.settle().await;
    let journal = house.db_journal().await;
    let convenor::domain::event::Event::ReferralRegistered { referral, .. } = &journal[0].event else {
        panic!("the referral comes first")
    };
    assert_eq!(referral.trigger_point.code(), "following_assessment");
    assert!(referral.urgency.injury && referral.urgency.in_hospital && !referral.urgency.complex);
    house.close().await;
}

/// Shows: REF-18.
#[tokio::test(flavor = "multi_thread")]
async fn help_gives_every_link_of_the_procedure_and_says_why_it_matters() {
    let house = House::open().await;
    let got = house.police().slash(&["strategy", "help"], &[]).await;
    assert!(got.is_private() && got.text().contains("reviews show that children are harmed"), "{}", got.text());
    let links = &house.config.procedures["remote-format"].links;
    assert!(!links.is_empty());
    for link in links {
        assert!(got.text().contains(&link.url), "{} is missing: {}", link.url, got.text());
    }
    house.close().await;
}

/// What was logged, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked while logging").extend(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything the bot sends but private answers and what it says in the case's own channel: posts, direct messages,
/// channel names and topics, permissions, audit reasons.
/// Shows: SAFE-06.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_sent_outside_the_room_holds_a_word_of_the_case() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.gathers().await;
        house.social_worker().invites(Cast::Paediatrician).await;
        let sent = [("reason", "In clinic"), ("current", "Ellis Quillfeather has a spiral fracture")];
        house.paediatrician().presses("decline", &sent).await;
        house.police().presses("look_up", &[]).await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Sharing).await;
        house.social_worker().shares("Ellis Quillfeather has a spiral fracture, says Marlow").await;
        let raised = house.health_visitor().presses("danger", &[("danger", "other")]).await;
        let more = [("text", "Marlow is at Pockmarrow Lane")];
        house.health_visitor().presses_in(&raised, "danger_text", &more).await;
        house.goes_on_to(Stage::ReadBack).await;
        house.chair().closes().await;
        house.has_drafted().await;
        house.passes(60 * 24 * 12).await;
        let room = house.room().await.expect("there is one").to_string();
        let requests = house.workspace.requests();
        let is_private = |path: &str| path.contains("/interactions/") || path.contains("/webhooks/");
        let is_inside = |path: &str| path.contains(&format!("/channels/{room}/messages"));
        let outside = requests.iter().filter(|sent| !is_private(&sent.path) && !is_inside(&sent.path));
        let mut seen = 0;
        for sent in outside {
            seen += 1;
            let whole = format!("{} {} {} {:?}", sent.path, sent.query, sent.body, sent.reason);
            for word in CASE_WORDS {
                assert!(!whole.contains(word), "{procedure}: {word} stands in {whole}");
            }
        }
        assert!(seen > 20, "{procedure}: only {seen} requests were looked at");
        let inside = requests.iter().filter(|sent| is_inside(&sent.path));
        assert!(
            inside.into_iter().any(|sent| sent.body.to_string().contains("Quillfeather")),
            "the search finds words"
        );
        house.close().await;
    }
}

/// On one thread, so that everything the bot does is logged here.
/// Shows: SAFE-06.
#[tokio::test]
async fn no_log_line_holds_what_people_said() {
    let kept = Kept::default();
    let writer = kept.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("the log is kept");
    let house = House::at(Stage::Sharing).await;
    house.workspace.next(Route::CreateMessage, Fault::ServerError);
    house.social_worker().shares("Ellis Quillfeather has a spiral fracture, says Marlow").await;
    house.police().shares("Pockmarrow Lane, two call-outs").await;
    let raised = house.health_visitor().presses("danger", &[("danger", "other")]).await;
    house.health_visitor().presses_in(&raised, "danger_text", &[("text", "Marlow is here")]).await;
    house.close().await;
    drop(guard);
    let logged = String::from_utf8(kept.0.lock().expect("nobody panicked while logging").clone()).expect("text");
    assert!(logged.contains("the log is kept"));
    for line in logged.lines() {
        for word in CASE_WORDS.iter().chain(&["call-outs"]) {
            assert!(!line.contains(word), "{word} stands in {line}");
        }
    }
}
