//! The invitations that can't wait: police, health and the chair, with the session itself.

use convenor::domain::event::Event;

use crate::support::{Cast, House, PROCEDURES};

/// Shows: SES-19.
#[tokio::test(flavor = "multi_thread")]
async fn police_health_and_the_chair_are_invited_in_one_step_before_any_question_is_answered() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let blank = ["received", "route", "referrer_name", "referrer_role", "referrer_agency", "grounds"];
        house.social_worker().registers_with(&blank.map(|key| (key, ""))).await;
        let (chair, starts) = (house.account(Cast::TeamManager).to_string(), house.moment(60));
        let given = [
            ("form", "meeting"),
            ("starts", starts.as_str()),
            ("chair", chair.as_str()),
            ("police", Cast::Police.card().agency),
            ("health", Cast::HealthVisitor.card().agency),
        ];
        let convened = house.social_worker().slash(&["strategy", "convene"], &given).await;
        assert_eq!(convened.code(), "session_convened", "{procedure}: {}", convened.text());
        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            let card = house.who(who).reads().into_iter().find(|message| message.button("I'll attend").is_some());
            let card = card.unwrap_or_else(|| panic!("{procedure}: {who:?} is asked"));
            assert!(card.text.contains("you are a required partner"), "{procedure}: {who:?}: {}", card.text);
        }
        let journal = house.db_journal().await;
        let invited = |event: &Event| matches!(event, Event::Invited { .. });
        let at: Vec<_> = journal.iter().filter(|entry| invited(&entry.event)).map(|entry| entry.at).collect();
        let convened_at = journal.iter().find(|entry| matches!(entry.event, Event::SessionConvened { .. }));
        assert_eq!(at, [convened_at.expect("it is convened").at; 3], "{procedure}: in one step");
        assert_eq!(house.db_count("entered").await, 0, "{procedure}: before the first answer");

        let question = [("prompt", "prior_conversations"), ("held", "no")];
        house.social_worker().slash(&["chair", "prompt"], &question).await;
        let journal = house.db_journal().await;
        let place = |wanted: &str| journal.iter().position(|entry| entry.event.kind() == wanted).expect("it is there");
        assert!(place("invited") < place("entered"), "{procedure}: the log shows the invitations first");
        house.police().accepts().await;
        house.police().passes_the_door().await;
        assert!(house.police().sees_the_room().await, "{procedure}");
        house.close().await;
    }
}
