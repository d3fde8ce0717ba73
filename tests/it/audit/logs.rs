//! The log: every change and every read, an export in which a missing row shows, and what somebody in the wrong meeting
//! had seen.

use convenor::store::chain::verify_jsonl;

use super::{SHEET, audited, code_name, has_an_auditor, is_closed, opened};
use crate::support::{Cast, House, section};

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
         Whether that is a breach is for the authority to assess.",
        removed.seq, opened.seq
    );
    assert!(breaches.contains(&expected), "{expected}\n{breaches}");
    assert!(!breaches.contains("Bela Marsh"), "who had seen nothing breached nothing: {breaches}");
    house.close().await;
}
