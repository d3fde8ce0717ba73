//! The log: every change and every read, an export in which a missing row shows, and what somebody in the wrong meeting
//! had seen.

use convenor::domain::stage::Stage;
use convenor::store::chain::verify_jsonl;

use super::{AUDITOR, SHEET, audited, code_name, has_an_auditor, is_closed, opened};
use crate::support::{CASE_WORDS, Cast, House, PROCEDURES, section};

const LOG: [&str; 2] = ["audit", "log"];

/// Shows: AUD-11.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_every_change_and_every_read_and_a_copy_opened_twice_is_two_reads() {
    let house = opened("practice-guidance", &[]).await;
    is_closed(&house).await;
    for _ in 0..2 {
        house.police().slash(&["strategy", "copy"], &[]).await;
    }
    audited(&house, &SHEET).await;
    let journal = house.db_journal().await;
    let log = audited(&house, &LOG).await;

    let reads = section(&log, "Reads");
    let copies = reads.lines().filter(|line| line.contains("Dana Okafor") && line.contains("Copy of the record"));
    assert_eq!(copies.count(), 2, "{reads}");
    let looked = reads.lines().find(|line| line.contains("Audit sheet")).expect("the auditor's look is a read");
    assert!(looked.contains("Piet Lund, Auditor") && looked.contains("7 December 2026"), "{looked}");
    assert!(reads.lines().any(|line| line.contains("Priya Nandy") && line.contains("Posts in the room")), "{reads}");

    let changes = section(&log, "Entries of the record");
    for record in &journal {
        let row = changes.lines().find(|line| line.starts_with(&format!("| {} |", record.seq)));
        let row = row.unwrap_or_else(|| panic!("entry {} has a row: {changes}", record.seq));
        assert!(row.contains(&record.event.kind().replace('_', " ")), "{row}");
        assert!(record.actor.name.is_empty() || row.contains(&record.actor.name), "{row}");
        assert_eq!(record.event.mark().is_some(), row.split(" | ").nth(4).is_some_and(|mark| !mark.trim().is_empty()));
    }
    let name = code_name(&house).await;
    let refused = house.chair().slash(&LOG, &[("case", &name)]).await;
    assert_eq!(refused.code(), "for_auditor");
    house.close().await;
}

/// Shows: AUD-11.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_taken_out_of_the_export_is_named_and_the_log_shows_the_digest_of_each() {
    let house = opened("remote-format", &[]).await;
    is_closed(&house).await;
    let log = audited(&house, &LOG).await;
    let case = house.store.cases().await.expect("the store can be read").remove(0).case;
    let lines = house.store.export_jsonl(&case).await.expect("it can be exported");
    let whole = format!("{}\n", lines.join("\n"));
    assert!(verify_jsonl(whole.as_bytes()).is_ok());
    let read = lines.iter().position(|line| line.contains("\"kind\":\"audit_viewed\"")).expect("the read is a row");
    let mut fewer = lines.clone();
    fewer.remove(3);
    let broken = verify_jsonl(format!("{}\n", fewer.join("\n")).as_bytes()).expect_err("a row is missing");
    assert!(broken.to_string().contains("entry 4"), "{broken}");
    let changes = section(&log, "Entries of the record");
    for line in &lines[..=read] {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let (seq, hash) = (line["seq"].as_u64().expect("a number"), line["hash"].as_str().expect("a digest"));
        let row = changes.lines().find(|row| row.starts_with(&format!("| {seq} |"))).expect("it has a row");
        assert!(row.contains(&hash[..12]), "{row}");
    }
    house.close().await;
}

/// Shows: AUD-11.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_in_the_wrong_meeting_leaves_a_breach_record_of_what_they_had_seen() {
    let house = House::gathered().await;
    has_an_auditor(&house).await;
    for who in [Cast::SchoolNurse, Cast::Paediatrician] {
        house.social_worker().invites(who).await;
    }
    house.who(Cast::SchoolNurse).accepts().await;
    let door = house.who(Cast::SchoolNurse).comes_to_the_door().await;
    house.who(Cast::SchoolNurse).presses_in(&door, "not_mine", &[]).await;
    let accepted = house.paediatrician().accepts().await;
    house.paediatrician().presses_in(&accepted, "look_up", &[]).await;
    house.passes(7).await;
    let door = house.paediatrician().comes_to_the_door().await;
    house.paediatrician().presses_in(&door, "not_mine", &[]).await;
    let journal = house.db_journal().await;
    let opened = journal.iter().find(|record| record.event.kind() == "look_up_opened").expect("it was opened");
    let removed = journal.iter().rfind(|record| record.event.kind() == "wrong_meeting").expect("they were removed");

    let breaches = section(&audited(&house, &LOG).await, "Possible breaches");
    let expected = format!(
        "- Tom Ferris, Consultant paediatrician, Larkshire General Hospital was in the wrong meeting and was removed at \
         7 December 2026 10:07 (entry {}). Until then they had seen: Look-up sheet, 7 December 2026 10:00, entry {}. \
         Whether that is a breach is for the authority to assess: not assessed yet.",
        removed.seq, opened.seq
    );
    assert!(breaches.contains(&expected), "{expected}\n{breaches}");
    assert!(!breaches.contains("Bela Marsh"), "who had seen nothing breached nothing: {breaches}");
    house.close().await;
}

const ASSESS: [&str; 2] = ["audit", "breach"];

/// Shows: AUD-11.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_had_seen_entries_is_named_with_them_and_the_authority_says_what_it_was() {
    for procedure in PROCEDURES {
        let house = opened(procedure, &[]).await;
        house.enrols_as(Cast::Paediatrician, "Service manager", Cast::TeamManager, None).await;
        let door = house.health_visitor().comes_to_the_door().await;
        house.goes_on_to(Stage::Sharing).await;
        house.passes(4).await;
        let early = house.paediatrician().slash(&ASSESS, &[("case", &code_name(&house).await), FOUND]).await;
        assert_eq!(early.code(), "no_such_breach", "{procedure}: {}", early.text());
        house.health_visitor().presses_in(&door, "not_mine", &[]).await;
        let journal = house.db_journal().await;
        let removed = journal.iter().rfind(|record| record.event.kind() == "wrong_meeting").expect("they are out");

        let told = house.paediatrician().person.direct_messages();
        let told =
            told.iter().find(|message| message.text.contains("a possible breach")).expect("who assesses is told");
        assert!(told.text.contains(&format!("entry {}", removed.seq)), "{procedure}: {}", told.text);
        for word in CASE_WORDS.into_iter().chain([Cast::HealthVisitor.name()]) {
            assert!(!told.text.contains(word), "{procedure}, {word}: {}", told.text);
        }
        assert!(house.chair().person.direct_messages().iter().all(|it| !it.text.contains("a possible breach")));

        let before = section(&audited(&house, &LOG).await, "Possible breaches");
        let row = before.lines().find(|line| line.starts_with("- Priya Nandy")).expect("it names the person");
        let seen =
            row.split("Posts in the room, 7 December 2026 10:00, entry ").nth(1).expect("it names what was seen");
        let last = seen.split([';', '.']).next().and_then(|seen| seen.rsplit(' ').next()).expect("the last entry");
        let last: u64 = last.parse().expect("a number");
        let entered = journal.iter().rfind(|record| record.event.kind() == "stage_entered").expect("the round began");
        assert!(last >= entered.seq && last <= removed.seq, "{procedure}: {row}");
        assert!(
            row.contains("not assessed yet") && row.contains("removed at 7 December 2026 10:04"),
            "{procedure}: {row}"
        );

        let refused = house.police().slash(&ASSESS, &[("case", &code_name(&house).await), FOUND]).await;
        assert_eq!(refused.code(), "not_yours_to_assess", "{procedure}: {}", refused.text());
        let bare = house.paediatrician().presses("assess_breach", &[FOUND]).await;
        assert_eq!(bare.code(), "reason_missing", "{procedure}: {}", bare.text());
        house.passes(60).await;
        let why = ("assessed_why", "They saw the opening alone");
        let given = [("case", &*code_name(&house).await), ("breach_finding", "breach"), why];
        let got = house.who(AUDITOR).slash(&ASSESS, &given).await;
        assert_eq!(got.code(), "breach_assessed", "{procedure}: {}", got.text());
        let after = section(&audited(&house, &LOG).await, "Possible breaches");
        for words in [
            "A breach, reported to the regulator (Tom Ferris, Service manager, Larkshire Children's Services, 7 December 2026 10:04)",
            "A breach, kept in our own register. They saw the opening alone (Piet Lund, Auditor, Larkshire Children's Services, 7 December 2026 11:04)",
        ] {
            assert!(after.contains(words), "{procedure}, {words}: {after}");
        }
        assert!(!after.contains("not assessed yet"), "{procedure}: {after}");
        let annex = section(&house.minutes().await, "Audit annex");
        let line = annex.lines().find(|line| line.contains("Priya Nandy") && line.contains("Removed at once"));
        let line = line.expect("it is in the annex");
        assert!(
            line.contains("They saw the opening alone") && !line.contains("For the authority"),
            "{procedure}: {line}"
        );
        house.close().await;
    }
}

const FOUND: (&str, &str) = ("breach_finding", "reportable");

/// Shows: AUD-11.
#[tokio::test(flavor = "multi_thread")]
async fn each_read_says_which_entries_or_which_copy_were_read() {
    let house = House::at(Stage::Sharing).await;
    has_an_auditor(&house).await;
    house.police().slash(&["strategy", "information"], &[("current", "A call last night")]).await;
    let unread = house.chair().presses("read_sent", &[]).await;
    assert!(unread.text().contains("A call last night"), "{}", unread.text());
    let given = [("current", "An arrest is planned"), ("readers", "chair_police")];
    assert_eq!(house.social_worker().slash(&["share"], &given).await.code(), "limited");
    house.police().slash(&["limited"], &[]).await;
    house.chair().closes().await;
    house.has_drafted().await;
    house.health_visitor().presses("copy", &[]).await;
    let journal = house.db_journal().await;
    let entry = |kind: &str| journal.iter().rfind(|record| record.event.kind() == kind).expect(kind).seq;

    let reads = section(&audited(&house, &LOG).await, "Reads");
    for (who, what, read) in [
        ("Imogen Vale", format!("What was sent in writing: entry {}", entry("information_sent")), "submission_read"),
        ("Dana Okafor", format!("What is limited to them: entry {}", entry("contributed")), "limited_read"),
        ("Priya Nandy", "Copy of the record, session 1, version 1".to_owned(), "copy_opened"),
    ] {
        let row = reads.lines().find(|line| line.contains(who) && line.contains(&what));
        let row = row.unwrap_or_else(|| panic!("{who}: {what}: {reads}"));
        assert!(row.ends_with(&format!("| {} |", entry(read))), "{row}");
    }
    house.close().await;
}
