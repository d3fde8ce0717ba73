//! Who gets the record under each procedure, whom the chair adds or leaves out, and what owners of actions get.

use convenor::domain::event::{CopyKind, Event};
use convenor::domain::stage::Stage;

use super::{circulation, drafted, gives_an_action, sends_out, signs};
use crate::support::{Cast, House, PROCEDURES};

/// Everybody of a session of whom each procedure says something else: here, apologies with information, never answered,
/// and an owner of an action who took no part.
async fn of_all_kinds(procedure: &str) -> House {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.gathers().await;
    for who in [Cast::Paediatrician, Cast::SchoolNurse, Cast::SecondOfficer] {
        house.social_worker().invites(who).await;
    }
    let sent = [("reason", "On the ward"), ("current", "Seen on Friday")];
    house.paediatrician().presses("decline", &sent).await;
    house.who(Cast::SchoolNurse).accepts().await;
    house.chair().opens().await;
    gives_an_action(&house, Cast::SchoolNurse, "Weigh the child").await;
    house.goes_on_to(Stage::ReadBack).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house
}

/// Names and copies of the recipients of the last circulation.
async fn sent_to(house: &House) -> Vec<(String, CopyKind)> {
    let journal = house.db_journal().await;
    let case = convenor::domain::case::Case::fold(&journal).expect("a case");
    let sent = journal.iter().rev().find_map(|record| match &record.event {
        Event::MinutesCirculated { recipients, .. } => Some(recipients.clone()),
        _ => None,
    });
    let sent = sent.expect("it went out").into_iter();
    sent.map(|to| (case.person(to.seat).name.clone(), to.copy)).collect()
}

fn names(sent: &[(String, CopyKind)], copy: CopyKind) -> Vec<&str> {
    sent.iter().filter(|(_, kind)| *kind == copy).map(|(name, _)| name.as_str()).collect()
}

/// Shows: MIN-15, MIN-30.
#[tokio::test(flavor = "multi_thread")]
async fn all_present_and_after_asking_all_with_an_action_get_the_full_record() {
    let house = of_all_kinds("county-strategy-meetings").await;
    signs(&house).await;
    let asked = house.chair().slash(&["chair", "circulate"], &[]).await;
    assert_eq!(asked.code(), "owners_copy_not_chosen", "{}", asked.text());
    assert!(asked.text().contains("Bela Marsh took no part and owns an action"), "{}", asked.text());
    assert_eq!(house.db_count("minutes_circulated").await, 0, "the chair is asked first");
    house.chair().presses_in(&asked, "circulate_full", &[]).await;
    let sent = sent_to(&house).await;
    let all = ["Rowan Ashby", "Imogen Vale", "Dana Okafor", "Priya Nandy", "Bela Marsh"];
    let mut common = names(&sent, CopyKind::Common);
    common.sort_unstable();
    let mut wanted = all.to_vec();
    wanted.sort_unstable();
    assert_eq!(common, wanted, "an absent owner is among them, an absent non-owner is not");
    let logged = circulation(&house).await;
    assert!(logged.contains("the chair was asked first. Sent to them: "), "{logged}");
    assert!(logged.contains("(Imogen Vale, 7 December 2026 "), "{logged}");
    let copy = house.who(Cast::SchoolNurse).presses("copy", &[]).await;
    assert!(copy.text().contains("Copy: Bela Marsh") && copy.text().contains("LCS-2026-0417"), "{}", copy.text());
    house.close().await;
}

/// Shows: MIN-15.
#[tokio::test(flavor = "multi_thread")]
async fn an_excluded_person_gets_it_only_where_the_chair_adds_them_and_the_reason_prints() {
    let house = of_all_kinds("county-strategy-meetings").await;
    let officer = house.account(Cast::SecondOfficer).to_string();
    let given = [("person", officer.as_str()), ("reason", "Takes the case over on Tuesday")];
    let refused = house.police().slash(&["chair", "recipient"], &given).await;
    assert_eq!(refused.code(), "for_chair");
    house.chair().slash(&["chair", "recipient"], &given).await;
    signs(&house).await;
    house.chair().presses("circulate_extract", &[]).await;
    let sent = sent_to(&house).await;
    assert!(names(&sent, CopyKind::Common).contains(&"Piet Lund"), "{sent:?}");
    assert!(!names(&sent, CopyKind::Common).contains(&"Tom Ferris"), "{sent:?}");
    let logged = circulation(&house).await;
    assert!(logged.contains("Piet Lund, Police officer, Larkshire Police: added"), "{logged}");
    assert!(logged.contains("Reason: Takes the case over on Tuesday."), "{logged}");
    house.close().await;
}

/// Shows: MIN-15, MIN-16, MIN-17, MIN-18.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_stood_down_or_in_the_wrong_meeting_gets_it_unless_the_chair_adds_them_with_a_reason() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.gathers().await;
        house.social_worker().invites(Cast::SchoolNurse).await;
        house.who(Cast::SchoolNurse).accepts().await;
        let door = house.who(Cast::SchoolNurse).comes_to_the_door().await;
        house.who(Cast::SchoolNurse).presses_in(&door, "not_mine", &[]).await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Sharing).await;
        // Somebody who was in the room, shared and owns an action, and is stood down all the same.
        house.health_visitor().slash(&["strategy", "information"], &[("current", "Seen at six weeks")]).await;
        gives_an_action(&house, Cast::HealthVisitor, "Weigh the child").await;
        gives_an_action(&house, Cast::SchoolNurse, "Ring the school").await;
        let seat = house.chair().picks(&["chair", "stand-down"], "who", "Priya Nandy").await;
        house.chair().slash(&["chair", "stand-down"], &[("who", &seat), ("reason", "Knows the family")]).await;
        house.goes_on_to(Stage::ReadBack).await;
        house.chair().closes().await;
        house.has_drafted().await;
        signs(&house).await;
        let sheet = house.chair().presses("recipients", &[]).await;
        let without = sheet.text().split("**Nothing for**").nth(1).expect("somebody gets nothing");
        let line = |name: &str| without.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
        assert!(line("Priya Nandy").contains("stood down"), "{procedure}: {without}");
        assert!(line("Bela Marsh").contains("wrong meeting"), "{procedure}: {without}");
        let given = [("reason", "Is to act on it after all")];
        let add = sheet.response.message().expect("a sheet").buttons();
        let add = add.into_iter().find(|button| button.label.starts_with("Add Priya Nandy")).expect("she can be added");
        let message = sheet.response.message().expect("a sheet").id;
        let custom = add.custom_id.expect("it can be pressed");
        let got = house.chair().slash(&["chair", "circulate"], &[]).await;
        assert_eq!(got.code(), "minutes_circulated", "{procedure}: {}", got.text());
        let sent = sent_to(&house).await;
        let all: Vec<_> = sent.iter().map(|(name, _)| name.as_str()).collect();
        assert!(all.contains(&"Dana Okafor"), "{procedure}: {sent:?}");
        assert!(!all.contains(&"Priya Nandy") && !all.contains(&"Bela Marsh"), "{procedure}: {sent:?}");
        let added = house.chair().presses_this(message, &custom, &given).await;
        assert_eq!(added.code(), "recipient_chosen", "{procedure}: {}", added.text());
        let sent = sent_to(&house).await;
        assert_eq!(sent, [("Priya Nandy".to_owned(), CopyKind::Common)], "{procedure}: it is sent at once");
        let logged = circulation(&house).await;
        assert!(logged.contains("Reason: Is to act on it after all."), "{procedure}: {logged}");
        house.close().await;
    }
}

/// Shows: MIN-15, MIN-16, MIN-17, MIN-18.
#[tokio::test(flavor = "multi_thread")]
async fn the_record_says_whose_rule_the_recipients_are() {
    for (procedure, words) in [
        (
            "county-strategy-meetings",
            "all present, all with an action. An owner of an action who took no part gets the whole record, once the chair was asked. Source: 000-42, 000-45.",
        ),
        (
            "seven-minute-briefing",
            "all present, all who contributed, invited statutory partners who confirmed. An owner of an action who took no part gets an extract. Source: 001-29.",
        ),
        (
            "practice-guidance",
            "all present, all invited who confirmed. An owner of an action who took no part gets an extract. Source: 002-45.",
        ),
        (
            "remote-format",
            "all present, all invited who confirmed. An owner of an action who took no part gets an extract. Source: local value.",
        ),
        (
            "audit-assured",
            "all present, all invited who confirmed. An owner of an action who took no part gets an extract. Source: local value.",
        ),
    ] {
        let house = drafted(procedure).await;
        let log = circulation(&house).await;
        assert!(log.contains(&format!("Recipients by the procedure: {words}")), "{procedure}: {log}");
        house.close().await;
    }
}

/// Shows: MIN-16, MIN-17.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_adds_an_invitee_who_never_answered_with_a_reason() {
    for procedure in ["seven-minute-briefing", "practice-guidance"] {
        let house = of_all_kinds(procedure).await;
        let officer = house.account(Cast::SecondOfficer).to_string();
        let sheet = house.chair().presses("recipients", &[]).await;
        let message = sheet.response.message().expect("a sheet");
        let add = message.buttons().into_iter().find(|button| button.label.starts_with("Add Police officer"));
        let custom = add.and_then(|add| add.custom_id).expect("it can be pressed");
        let given = [("person", officer.as_str()), ("reason", "Takes the case over")];
        let got = house.chair().presses_this(message.id, &custom, &given).await;
        // A press names no account of the platform: the command does, once it is told so.
        if got.code() == "missing" {
            house.chair().slash(&["chair", "recipient"], &given).await;
        }
        sends_out(&house).await;
        let sent = sent_to(&house).await;
        assert!(names(&sent, CopyKind::Common).contains(&"Piet Lund"), "{procedure}: {sent:?}");
        let logged = circulation(&house).await;
        assert!(logged.contains("Reason: Takes the case over."), "{procedure}: {logged}");
        house.close().await;
    }
}

/// Shows: MIN-16.
#[tokio::test(flavor = "multi_thread")]
async fn all_parties_get_it_and_a_statutory_invitee_who_never_answered_is_shown_to_the_chair() {
    let house = of_all_kinds("seven-minute-briefing").await;
    let shown = house.chair().presses("recipients", &[]).await;
    assert!(shown.is_private());
    let without = shown.text().split("**Nothing for**").nth(1).expect("somebody gets nothing");
    assert!(without.contains("Police officer, Larkshire Police: never confirmed"), "{without}");
    assert!(shown.buttons().iter().any(|label| label.starts_with("Add Police officer")), "{:?}", shown.buttons());
    sends_out(&house).await;
    let sent = sent_to(&house).await;
    assert!(names(&sent, CopyKind::Common).contains(&"Dana Okafor"), "{sent:?}");
    assert!(!sent.iter().any(|(name, _)| name == "Piet Lund"), "{sent:?}");
    house.close().await;
}

/// Shows: MIN-17, MIN-19.
#[tokio::test(flavor = "multi_thread")]
async fn all_invitees_who_confirmed_get_it_and_each_exclusion_prints_its_reason() {
    let house = of_all_kinds("practice-guidance").await;
    sends_out(&house).await;
    let sent = sent_to(&house).await;
    assert!(names(&sent, CopyKind::Common).contains(&"Tom Ferris"), "apologies with information: {sent:?}");
    assert!(!sent.iter().any(|(name, _)| name == "Piet Lund"), "{sent:?}");
    let logged = circulation(&house).await;
    assert!(logged.contains("Police officer, Larkshire Police: never confirmed"), "{logged}");
    let row = logged.lines().find(|line| line.starts_with("| Tom Ferris")).expect("a row of the log");
    assert!(row.contains("| 7 December 2026 10:01 | 1 | on time |"), "{row}");
    house.close().await;
}

/// Shows: MIN-17.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_leaves_somebody_out_and_the_reason_prints() {
    let house = of_all_kinds("practice-guidance").await;
    let who = house.chair().picks(&["chair", "recipient"], "who", "Tom Ferris").await;
    let given = [("who", who.as_str()), ("gets", "none"), ("reason", "Related to the family, as we now know")];
    house.chair().slash(&["chair", "recipient"], &given).await;
    sends_out(&house).await;
    assert!(!sent_to(&house).await.iter().any(|(name, _)| name == "Tom Ferris"));
    let logged = circulation(&house).await;
    assert!(logged.contains("left out by Imogen Vale. Reason: Related to the family, as we now know."), "{logged}");
    let case = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let refused = house.paediatrician().slash(&["strategy", "copy"], &[("case", &case)]).await;
    assert_eq!(refused.code(), "not_at_the_door", "{}", refused.text());
    house.close().await;
}

/// Shows: MIN-18, MIN-30.
#[tokio::test(flavor = "multi_thread")]
async fn attendees_and_invited_agencies_get_it_and_an_owner_who_took_no_part_an_extract() {
    for procedure in ["remote-format", "audit-assured", "seven-minute-briefing", "practice-guidance"] {
        let house = of_all_kinds(procedure).await;
        sends_out(&house).await;
        let sent = sent_to(&house).await;
        let common = names(&sent, CopyKind::Common);
        for name in ["Rowan Ashby", "Imogen Vale", "Dana Okafor", "Priya Nandy"] {
            assert!(common.contains(&name), "{procedure}: {sent:?}");
        }
        assert_eq!(names(&sent, CopyKind::Extract), ["Bela Marsh"], "{procedure}");
        let extract = house.who(Cast::SchoolNurse).presses("copy", &[]).await;
        assert!(extract.text().contains("Weigh the child"), "{procedure}: {}", extract.text());
        for other in ["LCS-2026-0417", "Ellis", "Quillfeather", "spiral"] {
            assert!(!extract.text().contains(other), "{procedure}, {other}: {}", extract.text());
        }
        let log = circulation(&house).await;
        if matches!(procedure, "remote-format" | "audit-assured") {
            assert!(names(&sent, CopyKind::Common).contains(&"Tom Ferris"), "{procedure}: {sent:?}");
        }
        assert!(log.lines().any(|line| line.starts_with("| Bela Marsh") && line.contains("extract")), "{log}");
        house.close().await;
    }
}

/// Shows: MIN-19.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_added_once_it_is_out_is_sent_it_at_once_and_told_so_without_a_word_of_it() {
    let house = drafted("remote-format").await;
    sends_out(&house).await;
    let doctor = house.account(Cast::Paediatrician).to_string();
    let given = [("person", doctor.as_str()), ("reason", "Sees the child tomorrow")];
    house.chair().slash(&["chair", "recipient"], &given).await;
    assert_eq!(sent_to(&house).await, [("Tom Ferris".to_owned(), CopyKind::Common)]);
    let told = house.paediatrician().person.direct_messages();
    let told = told.iter().find(|message| message.text.contains("Fetch your copy")).expect("they are told");
    for word in crate::support::CASE_WORDS {
        assert!(!told.text.contains(word), "{word}: {}", told.text);
    }
    let copy = house.paediatrician().presses("copy", &[]).await;
    assert!(copy.is_private() && copy.text().contains("LCS-2026-0417"), "{}", copy.text());
    house.close().await;
}
