//! Whether section 47 enquiries are under way, and what is put about them first (DEC-01, DEC-05).

use chrono::{DateTime, Utc};

use super::case::Case;
use super::decision::{Draft, Entry, Section47, Section47Decision};
use super::referral::TriggerPoint;
use super::session::Session;

/// The last decision of the sessions before this one, with the session it is of: one that was put off is carried too.
pub fn carried(case: &Case) -> Option<(&Session, &Draft, &Section47)> {
    let (_, earlier) = case.sessions.split_last()?;
    earlier.iter().rev().find_map(|session| {
        let (draft, decided) = session.section_47()?;
        Some((session, draft, decided))
    })
}

/// Enquiries run when the session begins: an earlier one started or continued them, or the referral came during some.
pub fn is_under_way(case: &Case) -> bool {
    let earlier = case.sessions.split_last().map_or(&[][..], |(_, earlier)| earlier);
    let mut decided = earlier.iter().rev().filter_map(Session::section_47).map(|(_, decided)| decided.decision);
    let last = decided.find(|decision| *decision != Section47Decision::NotYetDecided);
    last.map_or(case.referral.trigger_point == TriggerPoint::DuringSection47, Section47Decision::is_running)
}

/// The decisions that make sense now, in the order they are offered.
pub fn put(case: &Case) -> [Section47Decision; 3] {
    if is_under_way(case) {
        [Section47Decision::Continue, Section47Decision::End, Section47Decision::NotYetDecided]
    } else {
        [Section47Decision::Initiate, Section47Decision::DoNotInitiate, Section47Decision::NotYetDecided]
    }
}

impl Session {
    /// The entry that first said what is decided now: parts supplied later don't move the time of the decision.
    pub fn section_47_first(&self) -> Option<&Draft> {
        let (_, stands) = self.section_47()?;
        let entries = self.drafts.iter().rev().filter_map(|draft| match &draft.entry {
            Entry::Section47(decided) => Some((draft, decided)),
            _ => None,
        });
        entries.take_while(|(_, decided)| decided.decision == stands.decision).last().map(|(draft, _)| draft)
    }

    /// When it was decided (DEC-46).
    pub fn section_47_decided_at(&self) -> Option<DateTime<Utc>> {
        self.section_47_first().map(|draft| draft.entered_at)
    }

    /// Put off, and nobody has said until when since (DEC-01).
    pub fn lacks_time_to_decide(&self) -> bool {
        let Some((draft, decided)) = self.section_47() else { return false };
        let is_said = self.adjournments.iter().any(|adjourned| {
            let is_since = adjourned.resumed_at.is_none_or(|resumed| resumed >= draft.entered_at);
            is_since && adjourned.interim.resumes_at.is_some()
        });
        decided.decision == Section47Decision::NotYetDecided && !is_said
    }
}
