//! Counts over many sessions: findings, judgements, and how the section 47 decision was come to (AUD-08, AUD-12); and
//! what concerns one agency (AUD-09). Nothing of a case is in them, and no count is small enough to tell one.

use chrono::{DateTime, TimeDelta, Utc};
use minijinja::context;

use super::overrides::overrides;
use super::sheet::{name, paper};
use super::{Answer, Check, Head, Sitting, checks};
use crate::domain::audit::{Judgement, Period};
use crate::domain::case::Case;
use crate::domain::challenge::Challenger;
use crate::domain::decision::{Entry, Section47Decision};
use crate::domain::ids::SessionNo;
use crate::minutes::{Block, Minutes, Piece, Section, Table};
use crate::wording::Wording;

/// A changed decision is counted within so many days of the first.
const CHANGED_WITHIN_DAYS: i64 = 30;

/// What a session shows of the way to its section 47 decision. It grades nobody (AUD-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measures {
    /// From the opening to the decision; `None` where there is none.
    pub minutes_to_decision: Option<i64>,
    pub overrides: i64,
    pub adjournments: i64,
    /// Another decision followed within thirty days.
    pub changed: bool,
}

impl Sitting<'_> {
    /// The measures of this session; `whole` is its case as it is now, with whatever came later.
    pub fn measures(&self, whole: &Case) -> Measures {
        let session = self.session();
        let first = decisions(whole).into_iter().find(|(no, ..)| *no == self.no);
        let minutes = session.opened_at.zip(first).map(|(opened, (_, at, _))| (at - opened).num_minutes().max(0));
        let overrides = i64::try_from(overrides(self).len()).unwrap_or(i64::MAX);
        let adjournments = i64::try_from(session.adjournments.len()).unwrap_or(i64::MAX);
        Measures { minutes_to_decision: minutes, overrides, adjournments, changed: self.is_changed(whole) }
    }

    /// The first decision of this session, and whether a different one was confirmed within thirty days.
    fn is_changed(&self, whole: &Case) -> bool {
        let confirmed = decisions(whole);
        let Some((_, first_at, first)) = confirmed.iter().find(|(no, ..)| *no == self.no).copied() else {
            return false;
        };
        let limit = first_at + TimeDelta::days(CHANGED_WITHIN_DAYS);
        confirmed.iter().any(|(_, at, decision)| *at > first_at && *at <= limit && *decision != first)
    }
}

/// Every decision on section 47 the chair confirmed in a case, in their order; what was put off is none.
fn decisions(whole: &Case) -> Vec<(SessionNo, DateTime<Utc>, Section47Decision)> {
    let confirmed = whole.sessions.iter().flat_map(|session| {
        session.drafts.iter().filter_map(|draft| match &draft.entry {
            Entry::Section47(decided) => Some((session.no, draft.confirmed?.1, decided.decision)),
            _ => None,
        })
    });
    let mut confirmed: Vec<_> =
        confirmed.filter(|(.., decision)| *decision != Section47Decision::NotYetDecided).collect();
    confirmed.sort_by_key(|(no, at, _)| (*at, *no));
    confirmed
}

/// The counts as they may be shown: one below `least` that is not none is hidden, and where it alone is, so that the
/// others would give it away, the next smallest with it (AUD-08).
pub fn shown(counts: &[usize], least: usize) -> Vec<Option<usize>> {
    let mut shown: Vec<_> = counts.iter().map(|count| (*count == 0 || *count >= least).then_some(*count)).collect();
    if shown.iter().filter(|count| count.is_none()).count() == 1 {
        let others = shown.iter().enumerate().filter_map(|(place, count)| count.map(|count| (count, place)));
        let next = others.filter(|(count, _)| *count > 0).min();
        if let Some((_, place)) = next {
            shown[place] = None;
        }
    }
    shown
}

/// A count that others don't add up with, as it may be shown: neither it nor what is left of all sessions may be small.
pub(super) fn shown_of(count: usize, of: usize, least: usize) -> Option<usize> {
    shown(&[count, of.saturating_sub(count)], least)[0]
}

/// The middle of some values; of two in the middle the mean.
pub fn median(values: &[i64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    let lower = if sorted.len() % 2 == 1 { upper } else { sorted[middle - 1] };
    Some(f64::midpoint(as_number(lower), as_number(upper)))
}

#[expect(clippy::cast_precision_loss, reason = "minutes and counts are far below 2^52")]
fn as_number(value: i64) -> f64 {
    value as f64
}

/// A paper of counts.
struct Paper<'a> {
    least: usize,
    wording: &'a Wording,
}

/// The totals over a period, or over a sample of it drawn by size and seed, each session with its case as it is now
/// (AUD-08, AUD-12).
pub fn totals(
    sittings: &[(Sitting<'_>, &Case)],
    period: Period,
    drawn: Option<(u16, u32)>,
    least: usize,
    wording: &Wording,
) -> Minutes {
    let on = Paper { least, wording };
    let values = counted(sittings.len(), period, least);
    let mut sections = Vec::new();
    if sittings.len() >= least {
        sections.extend(Head::ALL.iter().map(|(head, _)| on.findings(*head, sittings)));
        sections.push(on.judgements(sittings));
        sections.push(on.measures(sittings));
    }
    let mut notice = wording.say("audit.totals_notice", values);
    if let Some((size, seed)) = drawn {
        let sample = wording.say("audit.totals_sample", context! { size, seed => seed.to_string() });
        notice = format!("{sample} {notice}");
    }
    paper(wording.say("audit.totals_title", ()), notice, Vec::new(), sections)
}

/// What concerns one agency, without a word of any case (AUD-09).
pub fn agency_counts(
    sittings: &[Sitting<'_>],
    agency: &str,
    period: Period,
    least: usize,
    wording: &Wording,
) -> Minutes {
    let on = Paper { least, wording };
    let own: Vec<_> = sittings.iter().filter(|sitting| is_asked(sitting, agency)).collect();
    let values = counted(own.len(), period, least);
    let mut sections = Vec::new();
    if own.len() >= least {
        let count = |is: &dyn Fn(&Sitting<'_>) -> bool| own.iter().filter(|sitting| is(sitting)).count();
        let came = count(&|sitting| came(sitting, agency));
        let informed = count(&|sitting| !self::came(sitting, agency) && informed(sitting, agency));
        sections.push(on.table(
            "attendance",
            &[("came", came), ("sent_information", informed), ("did_not_come", own.len() - came - informed)],
        ));
        for key in ["held_in_time", "circulated_in_time"] {
            let check = checks::all().find(|check| check.key == key).expect("it is looked for");
            let answers = Answer::ALL.iter().map(|(answer, code)| {
                (*code, own.iter().filter(|sitting| (check.look)(sitting).answer == *answer).count())
            });
            sections.push(on.table(key, &answers.collect::<Vec<_>>()));
        }
        let raised = |sitting: &Sitting<'_>| challenges(sitting, agency).next().is_some();
        let taken_up = |sitting: &Sitting<'_>| challenges(sitting, agency).any(|levels| levels > 1);
        sections.push(on.table_apart(
            "escalations",
            own.len(),
            &[
                ("challenge_raised", count(&raised)),
                ("challenge_taken_up", count(&taken_up)),
                (
                    "absence_escalated",
                    count(&|sitting| sitting.session().escalations.absences.iter().any(|one| one.escalated)),
                ),
            ],
        ));
    }
    let title = wording.say("audit.agency_title", context! { agency });
    paper(title, wording.say("audit.totals_notice", values), Vec::new(), sections)
}

fn is_asked(sitting: &Sitting<'_>, agency: &str) -> bool {
    let invited = sitting.session().invitations.iter().any(|state| state.invitation.to.agency() == agency);
    invited || came(sitting, agency)
}

fn came(sitting: &Sitting<'_>, agency: &str) -> bool {
    let mut seats = sitting.session().attended();
    seats.any(|seat| sitting.case.person(seat).agency == agency)
}

fn informed(sitting: &Sitting<'_>, agency: &str) -> bool {
    let attendance = sitting.session().attendance.iter();
    attendance.into_iter().any(|(seat, at)| at.informed && sitting.case.person(*seat).agency == agency)
}

/// How many levels each challenge by somebody of an agency came to.
fn challenges<'a>(sitting: &'a Sitting<'_>, agency: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_of = move |by: &Challenger| match by {
        Challenger::Seat(seat) => sitting.case.person(*seat).agency == agency,
        Challenger::Outside(person) => person.agency == agency,
    };
    sitting.session().challenges.iter().filter(move |one| is_of(&one.by)).map(|one| one.levels.len())
}

/// What is said of all counts together: of which days they are and of how many sessions.
pub(super) fn counted(sessions: usize, period: Period, least: usize) -> minijinja::Value {
    let [from, to] = period.words();
    context! { from, to, sessions => (sessions >= least).then_some(sessions), least }
}

impl Paper<'_> {
    fn label(&self, key: &str) -> String {
        self.wording.say(&format!("audit_label.{key}"), ())
    }

    /// A count, or that it is too small to be shown.
    fn cell(&self, count: Option<usize>) -> String {
        count.map_or_else(|| self.wording.say("audit.hidden", context! { least => self.least }), |it| it.to_string())
    }

    /// Each thing looked for under a head, with how often it was met, not met or not applicable.
    fn findings(&self, head: Head, sittings: &[(Sitting<'_>, &Case)]) -> Section {
        let of = |check: &Check| {
            let answers: Vec<_> = sittings.iter().map(|(sitting, _)| (check.look)(sitting).answer).collect();
            let counts = Answer::ALL.iter().map(|(one, _)| answers.iter().filter(|answer| *answer == one).count());
            let counts: Vec<_> = counts.collect();
            let cells = shown(&counts, self.least);
            let asked = counts[0] + counts[1];
            let is_shown = cells[0].is_some() && cells[1].is_some() && asked > 0;
            let percent = if is_shown { format!("{} %", counts[0] * 100 / asked) } else { String::new() };
            let label = self.wording.say(&format!("audit_check.{}", check.key), ());
            let cells = cells.into_iter().map(|count| self.cell(count));
            std::iter::once(label).chain(cells).chain([percent]).map(Piece::from).collect()
        };
        let heading = name(head, self.wording);
        let answers = Answer::ALL.iter().map(|(_, code)| self.wording.say(&format!("audit_answer.{code}"), ()));
        let headers =
            std::iter::once(self.label("looked_for")).chain(answers).chain([self.label("percent_met")]).collect();
        let rows = checks::all().filter(|check| check.head == head).map(of).collect();
        let table = Table { caption: self.label("caption"), headers, rows };
        Section { key: head.code().to_owned(), heading, blocks: vec![Block::Table(table)] }
    }

    /// How often each judgement was given, and the sessions nobody judged.
    fn judgements(&self, sittings: &[(Sitting<'_>, &Case)]) -> Section {
        let given = || sittings.iter().flat_map(|(sitting, _)| &sitting.session().judgements);
        let times = |one: Judgement| given().filter(|judged| judged.judgement == one).count();
        let none = sittings.iter().filter(|(sitting, _)| sitting.session().judgements.is_empty()).count();
        let counts: Vec<_> = Judgement::ALL.iter().map(|(one, code)| (*code, times(*one))).collect();
        let rows: Vec<_> = counts.into_iter().chain([("not_judged", none)]).collect();
        self.table("judgements", &rows)
    }

    /// The four measures: in how many sessions, and the middle of them.
    fn measures(&self, sittings: &[(Sitting<'_>, &Case)]) -> Section {
        let all: Vec<_> = sittings.iter().map(|(sitting, whole)| sitting.measures(whole)).collect();
        let minutes: Vec<_> = all.iter().filter_map(|one| one.minutes_to_decision).collect();
        let none = all.len() - minutes.len();
        let split = shown(&[minutes.len(), none], self.least);
        let row = |key: &str, count: Option<usize>, values: Option<&[i64]>| -> Vec<Piece> {
            let middle = values.filter(|values| values.len() >= self.least).and_then(median);
            let middle = middle.map(|middle| format!("{middle}")).unwrap_or_default();
            vec![self.label(key).into(), self.cell(count).into(), middle.into()]
        };
        let with =
            |values: &[i64]| shown_of(values.iter().filter(|value| **value > 0).count(), values.len(), self.least);
        let overrides: Vec<_> = all.iter().map(|one| one.overrides).collect();
        let adjournments: Vec<_> = all.iter().map(|one| one.adjournments).collect();
        let changed: Vec<_> = all.iter().map(|one| i64::from(one.changed)).collect();
        let rows = vec![
            row("minutes_to_decision", split[0], Some(&minutes)),
            row("without_decision", split[1], None),
            row("overrides", with(&overrides), Some(&overrides)),
            row("adjournments", with(&adjournments), Some(&adjournments)),
            row("changed_decisions", with(&changed), Some(&changed)),
        ];
        let heading = self.label("measures");
        let headers = ["measure", "sessions", "median"].map(|key| self.label(key)).to_vec();
        let table = Table { caption: self.label("caption"), headers, rows };
        Section { key: "measures".to_owned(), heading, blocks: vec![Block::Table(table)] }
    }

    /// Counts that together are all there is, by the keys of their labels.
    fn table(&self, key: &str, counts: &[(&str, usize)]) -> Section {
        let cells = shown(&counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), self.least);
        self.table_of(key, counts, cells)
    }

    /// Counts each of which is for itself.
    fn table_apart(&self, key: &str, of: usize, counts: &[(&str, usize)]) -> Section {
        let cells = counts.iter().map(|(_, count)| shown_of(*count, of, self.least)).collect();
        self.table_of(key, counts, cells)
    }

    fn table_of(&self, key: &str, counts: &[(&str, usize)], cells: Vec<Option<usize>>) -> Section {
        let rows = counts.iter().zip(cells);
        let rows = rows.map(|((label, _), count)| vec![self.label(label).into(), self.cell(count).into()]).collect();
        let heading = self.label(key);
        let headers = ["what", "sessions"].map(|key| self.label(key)).to_vec();
        let table = Table { caption: self.label("caption"), headers, rows };
        Section { key: key.to_owned(), heading, blocks: vec![Block::Table(table)] }
    }
}
