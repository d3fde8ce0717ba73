//! What becomes of a session's record once it is drafted: what people say of it, what they ask to have corrected, who is
//! to get it beside or against the procedure's rule, and who has filed it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::event::{Actor, CopyKind, SessionForm};
use super::ids::{CorrectionId, SeatId};
use super::people::AgencyKind;
use super::procedure::{Level, Procedure};
use super::referral::choices;
use super::session::Session;
use super::spoken::Spoken;

choices! {
    /// What somebody is asked about a record. Its code is in entries, buttons and wording.
    Endorsement {
        /// Of whoever was present: it is a true record (MIN-12).
        TrueRecord = "true_record",
        /// Of a practice manager: it is signed off (MIN-13).
        SignOff = "sign_off",
        /// Of whoever was present: the reason for the timing is clear (MIN-14).
        TimingClear = "timing_clear",
    }
}

impl Endorsement {
    /// The rule whose level says whether it is asked; it can be given wherever it is not absent.
    pub fn rule(self) -> &'static str {
        match self {
            Self::TrueRecord => "MIN-12",
            Self::SignOff => "MIN-13",
            Self::TimingClear => "MIN-14",
        }
    }
}

/// How a record stands on its way out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issuing {
    /// When its last version was drafted.
    pub drafted_at: Option<DateTime<Utc>>,
    pub endorsed: Vec<Endorsed>,
    pub corrections: Vec<Correction>,
    /// Who gets it, or doesn't, by the chair's word (MIN-15 to MIN-18).
    pub chosen: BTreeMap<SeatId, Choice>,
    /// What owners of actions who took no part were sent where the chair was asked, and by whom it was said (MIN-30).
    pub owners_copy: Option<(CopyKind, Actor, DateTime<Utc>)>,
    /// When the chair was asked whether the session is over, nothing having been entered for a time.
    pub close_prompted_at: Option<DateTime<Utc>>,
    /// When somebody last did something in it.
    pub touched_at: Option<DateTime<Utc>>,
}

/// What somebody said of a version of a record; an electronic acknowledgement in place of a signature (G-05).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsed {
    pub what: Endorsement,
    pub by: Actor,
    pub at: DateTime<Utc>,
    pub version: u16,
    pub agrees: bool,
    pub reason: Option<Spoken>,
}

/// What somebody asked to have put right, and the chair's answer (MIN-26).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub id: CorrectionId,
    pub by: Actor,
    pub at: DateTime<Utc>,
    pub text: Spoken,
    /// It came after the set time.
    pub late: bool,
    pub answer: Option<CorrectionAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionAnswer {
    pub accepted: bool,
    pub words: Spoken,
    pub by: Actor,
    pub at: DateTime<Utc>,
    /// The version that lists it, where it was accepted.
    pub version: Option<u16>,
}

/// The chair's word on one recipient: which copy, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub copy: Option<CopyKind>,
    pub reason: Option<Spoken>,
    pub by: Actor,
}

impl Session {
    /// What this seat, or whoever has none, said last of the record.
    pub fn endorsed_by(&self, what: Endorsement, by: &Actor) -> Option<&Endorsed> {
        let is_own = |said: &&Endorsed| said.what == what && said.by.seat == by.seat && said.by.name == by.name;
        self.issuing.endorsed.iter().rev().find(is_own)
    }

    /// The manager's sign-off of the version as it stands (MIN-13).
    pub fn signed_off(&self) -> Option<&Endorsed> {
        let is_meant = |said: &&Endorsed| said.what == Endorsement::SignOff && said.version == self.draft_version;
        self.issuing.endorsed.iter().rev().find(is_meant).filter(|said| said.agrees)
    }

    /// What stands against the record: people to whom the timing is not clear, and a manager who sent it back. Whoever
    /// says otherwise later, and a new version, lift it.
    pub fn returned(&self) -> Vec<&Endorsed> {
        let last = |said: &&Endorsed| self.endorsed_by(said.what, &said.by) == Some(*said);
        let stands = |said: &&Endorsed| {
            said.what != Endorsement::TrueRecord && !said.agrees && said.version == self.draft_version
        };
        self.issuing.endorsed.iter().filter(stands).filter(last).collect()
    }

    pub fn correction(&self, id: CorrectionId) -> Option<&Correction> {
        self.issuing.corrections.iter().find(|correction| correction.id == id)
    }
}

/// The seats that are asked about the record: whoever was in the room, with a part in the session.
pub fn asked_of_the_record<'a>(case: &'a Case, session: &'a Session) -> impl Iterator<Item = SeatId> + 'a {
    session.attended().filter(|seat| case.has_part(*seat))
}

/// Who was in the room and has not said of this version what the procedure insists on; nobody where it doesn't, or before
/// there is a draft.
pub fn still_to_say(case: &Case, session: &Session, procedure: &Procedure, what: Endorsement) -> Vec<SeatId> {
    if session.draft_version == 0 || procedure.level(what.rule()) != Level::Mandatory {
        return Vec::new();
    }
    let has_said = |seat: &SeatId| {
        let mut said = session.issuing.endorsed.iter().filter(|said| said.version == session.draft_version);
        said.any(|said| said.what == what && said.by.seat == Some(*seat))
    };
    asked_of_the_record(case, session).filter(|seat| !has_said(seat)).collect()
}

/// An agency that is to file the record, or the line for it, in its own system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    pub agency: String,
    pub is_police: bool,
    /// Who of it was in the room.
    pub seats: Vec<SeatId>,
    /// Who of it said first that it is filed, and when.
    pub filed: Option<(SeatId, DateTime<Utc>)>,
}

/// Each agency but social care's that somebody came for (MIN-10).
pub fn filings(case: &Case, session: &Session) -> Vec<Filing> {
    let mut filings: Vec<Filing> = Vec::new();
    for seat in asked_of_the_record(case, session) {
        let person = case.person(seat);
        if person.agency_kind == AgencyKind::SocialCare {
            continue;
        }
        let place = filings.iter().position(|filing| filing.agency == person.agency).unwrap_or_else(|| {
            let is_police = person.agency_kind == AgencyKind::Police;
            filings.push(Filing { agency: person.agency.clone(), is_police, seats: Vec::new(), filed: None });
            filings.len() - 1
        });
        let filing = &mut filings[place];
        filing.seats.push(seat);
        let own = filed_at(session, seat).map(|at| (seat, at));
        filing.filed = [filing.filed, own].into_iter().flatten().min_by_key(|(_, at)| *at);
    }
    filings
}

/// Who said first that the record is entered on the authority's case system, and when (MIN-20).
pub fn entered_on_case_system(case: &Case, session: &Session) -> Option<(SeatId, DateTime<Utc>)> {
    let social_care =
        case.seats.iter().map(|seat| seat.id).filter(|seat| case.person(*seat).agency_kind == AgencyKind::SocialCare);
    social_care.filter_map(|seat| Some((seat, filed_at(session, seat)?))).min_by_key(|(_, at)| *at)
}

/// When both parties to a discussion have it on their own record: social care and the police (MIN-21).
pub fn recorded_by_both(case: &Case, session: &Session) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    if session.form != SessionForm::Discussion {
        return None;
    }
    let (_, social_care) = entered_on_case_system(case, session)?;
    let police = filings(case, session).into_iter().filter(|filing| filing.is_police).find_map(|filing| filing.filed);
    Some((social_care, police?.1))
}

fn filed_at(session: &Session, seat: SeatId) -> Option<DateTime<Utc>> {
    session.attendance.get(&seat).and_then(|attendance| attendance.filed_at)
}

/// Whom a record that is out still waits for: the recorder for the case system, and of each agency that has not filed
/// whoever was in the room (MIN-10, MIN-20, MIN-21).
pub fn unfiled(case: &Case, session: &Session, procedure: &Procedure) -> Vec<SeatId> {
    let asks = |rule: &str| procedure.level(rule).works();
    let recorder = (asks("MIN-20") && entered_on_case_system(case, session).is_none()).then_some(session.recorder);
    let waits = |filing: &Filing| {
        let is_asked =
            asks("MIN-10") || (filing.is_police && session.form == SessionForm::Discussion && asks("MIN-21"));
        is_asked && filing.filed.is_none()
    };
    let others = filings(case, session).into_iter().filter(waits).flat_map(|filing| filing.seats);
    recorder.into_iter().chain(others).collect::<BTreeSet<_>>().into_iter().collect()
}

/// When the bot asks whether a session is over in which nothing is entered any more, and later drafts its record without
/// a close; `None` where neither is due.
pub fn idle_at(session: &Session, procedure: &Procedure) -> Option<DateTime<Utc>> {
    let wait = chrono::TimeDelta::minutes(i64::from(procedure.waits.close_prompt_minutes));
    let touched_at = session.issuing.touched_at.filter(|_| session.stage.is_sitting())?;
    if session.opened_at.is_none() || session.adjourned().is_some() || session.draft_version > 0 {
        return None;
    }
    let prompted_at = session.issuing.close_prompted_at.filter(|prompted_at| *prompted_at > touched_at);
    Some(prompted_at.unwrap_or(touched_at) + wait)
}
