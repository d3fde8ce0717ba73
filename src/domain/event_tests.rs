use regex::Regex;

use super::*;

/// The compiler sees to it that `kind` has a line for every variant.
#[test]
fn every_kind_is_its_variant_as_the_journal_writes_it() {
    let line = Regex::new(r#"Self::(\w+)(?: \{ \.\. \})? => "(\w+)","#).expect("the pattern is right");
    let before_a_capital = Regex::new("(.)([A-Z])").expect("the pattern is right");
    let lines: Vec<_> = line.captures_iter(include_str!("event/kind.rs")).collect();
    assert!(lines.len() > 40, "only {} found: the pattern no longer fits", lines.len());
    for found in lines {
        assert_eq!(before_a_capital.replace_all(&found[1], "${1}_$2").to_lowercase(), found[2]);
    }
}

#[test]
fn a_session_convened_when_every_session_had_a_date_is_still_read() {
    let written = r#"{"kind":"session_convened","session":1,"form":"discussion","complex":false,
        "starts_at":"2026-12-07T11:00:00Z","held":"virtual","convenor":1,"chair":null,"recorder":1}"#;
    let read: Event = serde_json::from_str(written).expect("it is read");
    assert!(matches!(read, Event::SessionConvened { starts_at: Some(_), .. }) && read.mark().is_none());
    let written = r#"{"kind":"session_opened","quorum":[],"chair_allowed":true,"held_late":false}"#;
    let read: Event = serde_json::from_str(written).expect("it is read");
    assert_eq!(read.mark(), None);
    assert!(!serde_json::to_string(&read).expect("it is written").contains("agreement"));
}

/// Copies were opened before a child's document could be fetched in the same way.
#[test]
fn a_copy_of_before_is_nobodys_file() {
    let written = r#"{"kind":"copy_opened","session":1,"seat":2,"version":1}"#;
    let read: Event = serde_json::from_str(written).expect("it is read");
    let session = Some(SessionNo(1));
    assert_eq!(read, Event::CopyOpened { session, seat: SeatId(2), version: 1, child: None });
    assert_eq!(serde_json::to_string(&read).expect("it is written"), written);
}
