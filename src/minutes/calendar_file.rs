//! The further session that is planned, as a file for people's calendars: its code name and its time, and nothing of
//! the case (iCalendar, RFC 5545).

use chrono::{DateTime, TimeDelta, Utc};

use super::reading::values;
use crate::domain::case::Case;
use crate::domain::facts::Rules;
use crate::domain::further::planned_for;
use crate::domain::ids::SessionNo;
use crate::wording::Wording;

/// What a calendar keeps free for a session, in minutes.
const HELD_FOR: i64 = 60;

/// `None` where no further session with a time is arranged. The same case gives the same bytes.
pub fn calendar_file(case: &Case, rules: &Rules<'_>, wording: &Wording) -> Option<String> {
    let at = planned_for(case, rules.procedure)?;
    // The file says when it was made; nobody's clock is asked but the session's own.
    let session = case.session()?;
    let number = SessionNo(session.no.0 + 1);
    let made_at = session.closed_at.or(session.opened_at).unwrap_or(session.convened_at);
    let title = wording.say("minutes.calendar_title", values! { case => case.code_name, number });
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//convenor//further session//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}-{}@convenor", case.code_name, number),
        format!("DTSTAMP:{}", instant(made_at)),
        format!("DTSTART:{}", instant(at)),
        format!("DTEND:{}", instant(at + TimeDelta::minutes(HELD_FOR))),
        format!("SUMMARY:{}", escaped(&title)),
        "CLASS:CONFIDENTIAL".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    Some(lines.map(|line| folded(&line)).concat())
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// No line has more than 75 octets; what is longer goes on behind a space.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > 75 {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(character);
        octets += character.len_utf8();
    }
    out + "\r\n"
}
