//! The chair's seat: who chairs and who may take it; whether they are within the procedure's rule, and the recorder; and
//! what the record lacks of its title.
//!
//! None of it stops a session: whoever is outside the rule is marked, listed as open, and asked about again before the
//! record is issued (INV-27, INV-28, GATE-14). Only the title has to be earned (GATE-10).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::facts::Rules;
use super::ids::SeatId;
use super::people::{AgencyKind, Person};
use super::procedure::{Procedure, fits};
use super::prompt::About;
use super::referral::choices;
use super::session::Session;
use super::stage::Stage;

/// The question about the chair's experience in child protection and familiarity with the case.
pub const EXPERIENCE: &str = "chair_experience";

/// Who has chaired a session, and how it stands with whoever does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chairing {
    /// From the opening on, in order; the last is the chair.
    pub chaired: Vec<Chaired>,
    /// Whom the chair named to stand in for them (SES-04).
    pub vice: Option<SeatId>,
    /// When the chair's seat last did something.
    pub acted_at: Option<DateTime<Utc>>,
    /// To whom the chair was offered since then (SES-05).
    pub offered: Vec<SeatId>,
}

/// Somebody in the chair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chaired {
    pub seat: SeatId,
    pub from: DateTime<Utc>,
    /// `None` for whoever chaired from the opening on.
    pub how: Option<Took>,
}

impl Chairing {
    /// The chair, once there is one.
    pub fn now(&self) -> Option<SeatId> {
        self.chaired.last().map(|last| last.seat)
    }
}

choices! {
    /// How somebody came to the chair.
    Took {
        HandedOver = "handed_over",
        /// The chair was silent (SES-05).
        Taken = "taken",
        /// By whoever had lost it that way.
        TakenBack = "taken_back",
    }
    /// What keeps a chair outside the rule.
    Outside {
        Role = "role",
        NotExperienced = "not_experienced",
        NotFamiliar = "not_familiar",
    }
}

/// Everything that keeps the chair outside the rule; nothing, once a second manager has made the chairing their own.
pub fn outside_rule(session: &Session) -> Vec<Outside> {
    if session.chairing_adopted.is_some() {
        return Vec::new();
    }
    let attested = session.answer(EXPERIENCE, About::Session);
    let says_no = |field: &str| {
        let said = attested.and_then(|answer| answer.fields.get(field));
        said.is_some_and(|said| said.words() == "no")
    };
    let reasons = [
        (!session.chair_allowed, Outside::Role),
        (says_no("experienced"), Outside::NotExperienced),
        (says_no("familiar"), Outside::NotFamiliar),
    ];
    reasons.into_iter().filter(|(so, _)| *so).map(|(_, why)| why).collect()
}

/// Since when the chair's seat has done nothing although it was theirs to do something: while the session sits, once an
/// adjournment is to be over, and once a session is to start (SES-05).
pub fn silent_since(session: &Session) -> Option<DateTime<Utc>> {
    let from = match session.adjourned() {
        Some(adjourned) => adjourned.interim.resumes_at?,
        None if session.stage.is_sitting() => session.sitting_since()?,
        None if session.stage < Stage::Open => session.starts_at?,
        None => return None,
    };
    let took = session.chairing.chaired.last().map(|last| last.from);
    [Some(from), session.chairing.acted_at, took].into_iter().flatten().max()
}

/// Whoever may take the chair from one who is silent: the vice-chair, and whoever is present and within the rule. Where
/// there is nobody else it is whoever convenes, marked (SES-05).
pub fn may_take(case: &Case, session: &Session, procedure: &Procedure) -> Vec<SeatId> {
    let chair = session.chair();
    let can_press =
        |seat: &SeatId| Some(*seat) != chair && case.person(*seat).account.is_some() && case.has_part(*seat);
    let is_vice = |seat: &SeatId| session.chairing.vice == Some(*seat);
    let mut seats: Vec<_> = session.here().filter(can_press).filter(is_vice).collect();
    seats.extend(
        session.here().filter(can_press).filter(|seat| !is_vice(seat) && fits(case.person(*seat), &procedure.chair)),
    );
    if seats.is_empty() {
        seats.extend(Some(session.convenor).filter(can_press));
    }
    seats
}

/// When the chair is next to be offered, and to whom: after the procedure's minutes of silence to the vice-chair, after
/// as many again to the others (SES-05). `None` once everybody was asked, and until the session opens.
pub fn next_offer(case: &Case, rules: &Rules<'_>) -> Option<(DateTime<Utc>, Vec<SeatId>)> {
    let session = case.session().filter(|session| session.stage.is_sitting())?;
    let since = silent_since(session)?;
    let (vice, mut seats) = (session.chairing.vice, may_take(case, session, rules.procedure));
    let is_vice = |seat: &SeatId| vice == Some(*seat);
    let rounds = match session.chairing.offered.as_slice() {
        [] => {
            let stands_in = seats.iter().any(is_vice);
            seats.retain(|seat| !stands_in || is_vice(seat));
            1
        }
        [one] if is_vice(one) => {
            seats.retain(|seat| !is_vice(seat));
            2
        }
        _ => return None,
    };
    let minutes = i64::from(rules.procedure.waits.chair_silent_minutes) * rounds;
    (!seats.is_empty()).then(|| (since + TimeDelta::minutes(minutes), seats))
}

/// Whoever lost the chair for being silent, as long as whoever took it has it (SES-05).
pub fn displaced(session: &Session) -> Option<SeatId> {
    let (last, earlier) = session.chairing.chaired.split_last()?;
    let before = || earlier.last().map(|before| before.seat).or_else(|| session.invited_chair());
    (last.how == Some(Took::Taken)).then(before).flatten()
}

/// A manager of social care within the rule may make a chairing their own.
pub fn may_adopt(person: &Person, procedure: &Procedure) -> bool {
    person.agency_kind == AgencyKind::SocialCare && fits(person, &procedure.chair)
}

/// Whether the recorder is one the procedure names (GATE-14).
pub fn recorder_is_within_rule(case: &Case, session: &Session, procedure: &Procedure) -> bool {
    fits(case.person(session.recorder), &procedure.recorder)
}

/// What a record lacks of its title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Lines of the minimum that were never met, as people say them.
    pub roles: Vec<String>,
    /// The chair is outside the rule.
    pub chair: bool,
}

/// What the record lacks of its title; `None` once it is earned. A line that was met at any time was met (GATE-10).
pub fn lacking_of_title(session: &Session, procedure: &Procedure) -> Option<Lacking> {
    let needs = procedure.title_needs.as_ref()?;
    let asked = session.quorum.iter().filter(|line| needs.roles.contains(&line.role));
    let never_met = asked.filter(|line| !session.roles_met.contains(&line.role));
    let lacking = Lacking {
        roles: never_met.map(|line| line.label.clone()).collect(),
        chair: needs.chair_within_rule && !outside_rule(session).is_empty(),
    };
    (lacking != Lacking::default()).then_some(lacking)
}
