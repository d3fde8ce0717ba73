//! What is missing of a decision, what was missing beside it, which outcomes don't go with it, and what an outcome
//! brings about (DEC-03 to DEC-16, DEC-46).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::agreement;
use super::calendar::is_a_day;
use super::case::Case;
use super::chairing;
use super::decision::{Draft, EnquiryMode, Entry, OutcomeChosen, Section47, Section47Decision};
use super::facts::Rules;
use super::ids::{ChildId, SessionNo};
use super::open_items::{OpenItem, RISK, Topic, item};
use super::procedure::{Level, Outcome, OutcomeField, Procedure, fits};
use super::prompt::About;
use super::provisional::LEVEL;
use super::referral::Child;
use super::session::Session;

/// Rules whose level says what is open (DEC-03, DEC-04).
const HOW_WHEN_BY_WHOM: &str = "DEC-03";
const MODE: &str = "DEC-04";
/// The key of the reason for an outcome that does not go with the decision.
pub(super) const DESPITE: &str = "despite";

/// Keys of the parts a decision lacks, of those whose rule has a level that counts; the rationale always counts.
pub fn missing_of_section_47(
    decided: &Section47,
    procedure: &Procedure,
    counts: impl Fn(Level) -> bool,
) -> Vec<String> {
    let asks = |rule: &str| decided.decision.is_running() && counts(procedure.level(rule));
    let no_agency = decided.mode == Some(EnquiryMode::Single) && decided.agency.is_empty();
    let blanks = [
        ("rationale", decided.rationale.is_empty()),
        ("mode", asks(MODE) && (decided.mode.is_none() || no_agency)),
        ("how", asks(HOW_WHEN_BY_WHOM) && decided.how.is_empty()),
        ("when", asks(HOW_WHEN_BY_WHOM) && decided.when.is_empty()),
        ("by_whom", asks(HOW_WHEN_BY_WHOM) && decided.by_whom.is_empty()),
    ];
    blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect()
}

/// Keys of the parts an outcome lacks (DEC-06 to DEC-13).
pub fn missing_of_outcome(
    chosen: &OutcomeChosen,
    procedure: &Procedure,
    counts: impl Fn(Level) -> bool,
) -> Vec<String> {
    let known = procedure.outcome(&chosen.code);
    let asks = known.map_or(&[][..], |outcome| &outcome.asks);
    let is_offered = known.is_some_and(|outcome| procedure.offers(outcome));
    let is_asked = |field: OutcomeField| match field {
        OutcomeField::Mode => counts(procedure.level(MODE)),
        OutcomeField::Who | OutcomeField::Agency | OutcomeField::At | OutcomeField::Description => is_offered,
    };
    let fields = asks.iter().filter(|field| is_asked(**field) && chosen.lacks(**field));
    let rationale = chosen.rationale.is_empty().then(|| "rationale".to_owned());
    rationale.into_iter().chain(fields.map(|field| field.key().to_owned())).collect()
}

/// Everything that can still be said of an entry, by the keys of its parts: what is asked and blank, and why it stands
/// beside what it does not go with.
pub fn still_to_say(case: &Case, session: &Session, draft: &Draft, procedure: &Procedure) -> Vec<String> {
    match &draft.entry {
        Entry::Section47(decided) => missing_of_section_47(decided, procedure, Level::is_asked),
        Entry::Outcome(chosen) => {
            let mut missing = missing_of_outcome(chosen, procedure, Level::is_asked);
            let found = contradictions(case, session, procedure).into_iter().find(|found| found.draft.id == draft.id);
            missing.extend(found.filter(|found| found.chosen.despite.is_empty()).map(|_| DESPITE.to_owned()));
            missing
        }
        Entry::Answer(_) | Entry::Action(_) => Vec::new(),
    }
}

/// What was missing when the decision was taken, which it does not wait for (DEC-46): the minimum, the chair's rule,
/// the managers' agreements, the levels of risk. Where each agency stands is only known afterwards.
pub fn missing_beside(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let procedure = rules.procedure;
    let mut items = Vec::new();
    if !session.is_quorate() {
        items.push(item("not_quorate", Topic::Session));
    }
    let chair = session.chair().map(|seat| case.person(seat));
    let is_outside = session.opened_at.is_none() && chair.is_none_or(|chair| !fits(chair, &procedure.chair));
    if is_outside || !chairing::outside_rule(session).is_empty() {
        items.push(item("chair_not_within_rule", Topic::Session));
    }
    let agreements: Vec<_> =
        agreement::not_recorded(session, procedure).into_iter().map(|line| line.role.clone()).collect();
    if !agreements.is_empty() {
        items.push(OpenItem { missing: agreements, ..item(agreement::AGREEMENT, Topic::Session) });
    }
    let has_level = |child: &&Child| {
        let answer = session.answer(RISK, About::Child(child.id));
        answer.is_some_and(|answer| answer.fields.get(LEVEL).is_some_and(|level| !level.is_empty()))
    };
    let without = case.subjects().filter(|child| !has_level(child)).filter(|_| procedure.level(RISK).is_recordable());
    items.extend(without.map(|child| item(RISK, Topic::Child(child.id))));
    items
}

/// An outcome that does not go with what is said of section 47 about the same child (DEC-13, DEC-14).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contradiction<'a> {
    pub draft: &'a Draft,
    pub chosen: &'a OutcomeChosen,
    pub with: Section47Decision,
}

/// Whom something is for: these children, or all the session is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whom {
    All,
    Some(BTreeSet<ChildId>),
}

impl Whom {
    fn of(chosen: &OutcomeChosen) -> Self {
        chosen.child.map_or(Self::All, |child| Self::Some(BTreeSet::from([child])))
    }

    fn meets(&self, other: &Self, case: &Case) -> bool {
        let is_subject = |child: &ChildId| case.subjects().any(|subject| subject.id == *child);
        match (self, other) {
            (Self::All, Self::All) => true,
            (Self::All, Self::Some(children)) | (Self::Some(children), Self::All) => children.iter().any(is_subject),
            (Self::Some(one), Self::Some(two)) => !one.is_disjoint(two),
        }
    }
}

pub fn contradictions<'a>(case: &Case, session: &'a Session, procedure: &Procedure) -> Vec<Contradiction<'a>> {
    let said = said_of_section_47(session, procedure);
    let found = |(draft, chosen): (&'a Draft, &'a OutcomeChosen)| {
        let outcome = procedure.outcome(&chosen.code)?;
        let contradicts = |(with, whom): &&(Section47Decision, Whom)| {
            outcome.contradicts.contains(with) && Whom::of(chosen).meets(whom, case)
        };
        let (with, _) = said.iter().find(contradicts)?;
        Some(Contradiction { draft, chosen, with: *with })
    };
    session.outcomes().filter_map(found).collect()
}

/// What the decision says, for the children the outcomes that say the same name where they do, and what outcomes say.
fn said_of_section_47(session: &Session, procedure: &Procedure) -> Vec<(Section47Decision, Whom)> {
    let by_outcome = session.outcomes().filter_map(|(_, chosen)| {
        let decides = procedure.outcome(&chosen.code)?.decides?;
        Some((decides, Whom::of(chosen)))
    });
    let mut said: Vec<_> = by_outcome.collect();
    if let Some((_, decided)) = session.section_47() {
        let is_named = said.iter().any(|(decision, whom)| *decision == decided.decision && *whom != Whom::All);
        said.extend((!is_named).then_some((decided.decision, Whom::All)));
    }
    said
}

/// A session that an outcome arranges and nobody has convened yet (DEC-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    pub no: SessionNo,
    /// When, or by when at the latest.
    pub at: Option<DateTime<Utc>>,
}

impl Planned {
    /// When it is to begin; `None` where no more than a day is said, or nothing.
    pub fn start(self) -> Option<DateTime<Utc>> {
        self.at.filter(|at| !is_a_day(*at))
    }

    /// The latest day, where no more than a day is said.
    pub fn by(self) -> Option<DateTime<Utc>> {
        self.at.filter(|at| is_a_day(*at))
    }
}

/// The session after the last one, where an outcome of the last one arranges it.
pub fn planned(case: &Case, procedure: &Procedure) -> Option<Planned> {
    let session = case.session()?;
    let arranges =
        |chosen: &&OutcomeChosen| procedure.outcome(&chosen.code).is_some_and(|outcome| outcome.plans_session);
    let chosen = session.outcomes().map(|(_, chosen)| chosen).filter(arranges).last()?;
    Some(Planned { no: SessionNo(session.no.0 + 1), at: chosen.at })
}

impl OutcomeChosen {
    /// Nothing is said of a part that is asked.
    pub fn lacks(&self, field: OutcomeField) -> bool {
        match field {
            OutcomeField::Mode => self.mode.is_none(),
            OutcomeField::Who => self.who.is_empty(),
            OutcomeField::Agency => self.agency.is_empty(),
            OutcomeField::At => self.at.is_none(),
            OutcomeField::Description => self.description.is_empty(),
        }
    }
}

impl OutcomeField {
    /// The field's key in forms and wording.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Who => "who",
            Self::Agency => "agency",
            Self::At => "at",
            Self::Description => "description",
        }
    }
}

impl Procedure {
    /// It stands in the list; one whose rule is off can be recorded all the same (DEC-06).
    pub fn offers(&self, outcome: &Outcome) -> bool {
        outcome.rule.as_deref().is_none_or(|rule| self.level(rule).works())
    }
}
