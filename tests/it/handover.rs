//! The page for the out-of-hours team: made at an adjournment and on request at a close, opened by them and logged.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, section};

/// Somebody of the emergency duty team, with no seat in the case.
async fn with_a_night_team() -> House {
    let house = House::open().await;
    house.gathers_with(&[], &[("address_withheld", "true")]).await;
    house.enrols_as(Cast::SchoolNurse, "Emergency duty social worker", Cast::TeamManager, None).await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Deciding).await;
    house
}

/// Shows: SES-03.
#[tokio::test(flavor = "multi_thread")]
async fn an_adjournment_makes_one_page_for_the_night_and_whoever_opens_it_is_logged() {
    let house = with_a_night_team().await;
    let decided = [("decision", "not_yet_decided"), ("rationale", "The X-ray is awaited")];
    house.chair().presses("section_47", &decided).await;
    let action = [("what", "Visit the ward at 20:00"), ("due", "7 December 2026 20:00")];
    house.chair().slash(&["action", "add"], &action).await;
    let for_police = ["Wait at the yard from five", "A car stands by at the yard"];
    let recorder = house.social_worker();
    recorder.slash(&["action", "add"], &[("what", for_police[0])]).await;
    recorder.slash(&["chair", "prompt"], &[("prompt", "immediate_safety_plan"), ("text", for_police[1])]).await;
    for words in for_police {
        let item = recorder.picks(&["readers"], "item", words).await;
        let limited = recorder.slash(&["readers"], &[("item", &item), ("readers", "chair_police")]).await;
        assert_eq!(limited.code(), "limited", "{}", limited.text());
    }
    house.chair().presses("confirm_drafts", &[]).await;
    house.police().presses("danger", &[("danger", "removal")]).await;
    let said = [
        ("safety", "Ellis: yes, ward staff"),
        ("holder", "Nell Orrin, emergency duty team"),
        ("resumes", "8 December 2026 09:00"),
        ("undecided", "Whether Ellis goes home"),
    ];
    house.chair().presses("adjourn", &said).await;

    let night = house.who(Cast::SchoolNurse);
    let notice = night.person.direct_messages().pop().expect("the night team is told");
    assert!(CASE_WORDS.iter().all(|word| !notice.text.contains(word)), "{}", notice.text);
    let page = night.presses("read_handover", &[]).await;
    assert!(page.is_private());
    assert!(!page.text().contains("Part 1"), "one page: {}", page.text());
    for words in [
        "Ellis Quillfeather: safe for the next two hours: yes; ward staff",
        "a child is being removed",
        "Undecided, and next: Whether Ellis goes home",
        "Not yet decided",
        "Action 1: Visit the ward at 20:00",
        "7 December 2026 20:00",
        "Who holds the case: Nell Orrin, emergency duty team",
        "Chair: Imogen Vale",
        "Police: Dana Okafor",
        "Emergency contact: ",
        "The session resumes 8 December 2026 09:00.",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    for withheld in for_police.into_iter().chain(["Pockmarrow"]) {
        assert!(!page.text().contains(withheld), "{withheld}: {}", page.text());
    }
    assert_eq!(house.db_count("handover_read").await, 1);
    assert!(!night.sees_the_room().await, "it opens no door");
    let annex = section(&house.minutes().await, "Audit annex");
    assert!(annex.contains("Read by Bela Marsh, Emergency duty social worker, "), "{annex}");

    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let other = house.who(Cast::SecondOfficer).slash(&["strategy", "handover"], &[("case", &name)]).await;
    assert_eq!(other.code(), "not_yours_to_read");
    assert!(CASE_WORDS.iter().all(|word| !other.text().contains(word)), "{}", other.text());
    let chairs = house.chair().slash(&["strategy", "handover"], &[]).await;
    for limited in for_police {
        assert!(chairs.text().contains(limited), "{limited}: {}", chairs.text());
    }
    house.chair().passes_the_door().await;
    house.chair().presses("resume", &[]).await;
    let late = night.slash(&["strategy", "handover"], &[("case", &name)]).await;
    assert_eq!(late.code(), "no_handover", "out of date once the session goes on: {}", late.text());
    house.close().await;
}

/// Shows: SES-03.
#[tokio::test(flavor = "multi_thread")]
async fn however_long_the_plan_is_the_page_has_what_the_night_needs_and_says_how_much_comes_later() {
    let house = with_a_night_team().await;
    let what = "Speak with the school about attendance, the incident in March and who collects the children";
    for day in 9..29 {
        let due = format!("{day} December 2026 17:00");
        house.chair().slash(&["action", "add"], &[("what", what), ("due", &due)]).await;
    }
    house
        .chair()
        .slash(&["action", "add"], &[("what", "Sit with Ellis until ten"), ("due", "7 December 2026 22:00")])
        .await;
    house.chair().slash(&["action", "add"], &[("what", "Ring the aunt")]).await;
    let said = [("safety", "Ellis: yes, ward staff"), ("holder", "Nell Orrin"), ("resumes", "8 December 2026 09:00")];
    house.chair().presses("adjourn", &said).await;
    let page = house.who(Cast::SchoolNurse).presses("read_handover", &[]).await;
    for words in ["Sit with Ellis until ten", "Ring the aunt", "20 more actions are due later", "The session resumes"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(!page.text().contains("Speak with the school") && page.buttons().is_empty(), "one page: {}", page.text());
    house.close().await;
}

/// Shows: SES-03.
#[tokio::test(flavor = "multi_thread")]
async fn at_a_close_it_is_made_on_request() {
    let house = with_a_night_team().await;
    house.chair().slash(&["chair", "close"], &[("reason", "decided"), ("safety", "yes, ward staff")]).await;
    let night = house.who(Cast::SchoolNurse);
    assert!(night.person.direct_messages().is_empty(), "only on request");
    let made = house.chair().presses("make_handover", &[]).await;
    assert_eq!(made.code(), "handover_made", "{}", made.text());
    let page = night.presses("read_handover", &[]).await;
    for words in ["yes; ward staff", "Section 47 decision not recorded", "The session closed 10:00 and does not resume"]
    {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let again = house.chair().slash(&["strategy", "handover"], &[]).await;
    assert_eq!(again.code(), "handover_read", "the chair reads it too: {}", again.text());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_procedure_says_who_holds_cases_out_of_hours() {
    let house = House::open().await;
    for (slug, procedure) in &house.config.procedures {
        assert!(!procedure.out_of_hours.is_empty(), "{slug}");
    }
    house.close().await;
}
