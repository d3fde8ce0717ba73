//! Who in the room knows the child, or has met the child: asked of those invited, and again of those who came (INV-16).

use super::case::Case;
use super::decision::Entry;
use super::event::Event;
use super::floor::Whose;
use super::session::Session;

/// The questions that ask it: while convening, at the opening, and with the section 47 decision.
pub const QUESTIONS: [&str; 3] = ["knows_child", "knows_child_opening", "knows_child_decision"];
/// The answer that nobody does.
pub const NOBODY: &str = "nobody";

/// Those marked as knowing the child: by the last answer given, and guests by whoever vouched for them.
pub fn marked(case: &Case, session: &Session) -> Vec<Whose> {
    let is_asked =
        |entry: &Entry| matches!(entry, Entry::Answer(answer) if QUESTIONS.contains(&answer.prompt.as_str()));
    let last = session.standing().filter(|draft| is_asked(&draft.entry)).max_by_key(|draft| draft.id);
    let said = match last.map(|draft| &draft.entry) {
        Some(Entry::Answer(answer)) => answer.fields.values().flat_map(|words| people_in(words.words())).collect(),
        _ => Vec::new(),
    };
    let mut marked: Vec<Whose> = said.into_iter().map(|whose| seated(session, whose)).collect();
    let guests = session.attendance.keys().filter(|seat| case.seat(**seat).is_some_and(|seat| seat.knows_child));
    marked.extend(guests.map(|seat| Whose::Seat(*seat)));
    marked.sort();
    marked.dedup();
    marked
}

/// Those marked who are here or still to come.
pub fn expected(case: &Case, session: &Session) -> Vec<Whose> {
    marked(case, session).into_iter().filter(|whose| session.is_coming(*whose)).collect()
}

/// The people an answer names: `s3,i2`.
pub fn people_in(codes: &str) -> impl Iterator<Item = Whose> {
    codes.split(',').filter_map(|code| Whose::from_code(code.trim()))
}

/// Somebody stays away, or goes.
pub fn is_going(event: &Event) -> bool {
    matches!(
        event,
        Event::InvitationDeclined { .. }
            | Event::AbsenceMarked { .. }
            | Event::WrongMeeting { .. }
            | Event::StoodDown { .. }
            | Event::SeatHandedOn { .. }
            | Event::OwnerLeft { .. }
            | Event::Left { .. }
    )
}

/// The seat that took an invitation up, once one has.
pub fn seated(session: &Session, whose: Whose) -> Whose {
    match whose {
        Whose::Invitation(id) => session.invitation(id).and_then(|state| state.seat).map_or(whose, Whose::Seat),
        Whose::Seat(_) => whose,
    }
}
