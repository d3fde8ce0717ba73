//! What must hold of the minutes of any case.

use std::collections::BTreeSet;

use convenor::domain::case::Case;
use convenor::domain::crossing::CrossingIs;
use convenor::domain::decision::Entry;
use convenor::domain::family_draft;
use convenor::domain::ids::{SeatId, SessionNo};
use convenor::domain::limits::{Item, Readers};
use convenor::domain::people::AgencyKind;
use convenor::domain::session::Session;
use convenor::minutes::{self, Minutes};
use proptest::prelude::*;

use super::play::{CONFIG, Play};

impl Play {
    /// The minutes of every session, in every text format and every copy.
    pub fn check_record(&self) -> Result<(), TestCaseError> {
        let Some(case) = &self.case else { return Ok(()) };
        let sessions: Vec<Option<SessionNo>> = match case.sessions.len() {
            0 => vec![None],
            _ => case.sessions.iter().map(|session| Some(session.no)).collect(),
        };
        for session in sessions {
            let whole = texts(&self.record(session));
            prop_assert!(whole == texts(&self.record(session)), "compiled twice, the minutes differ");
            self.check_unsaid(case, &whole.concat())?;
            self.check_copies(case, session)?;
        }
        Ok(())
    }

    /// What is for some readers only: without any, a check of the copies would prove nothing.
    pub fn limited_words(&self) -> BTreeSet<String> {
        self.case.as_ref().map(|case| kept_from(case, None)).unwrap_or_default()
    }

    fn record(&self, session: Option<SessionNo>) -> Minutes {
        minutes::compile(&self.journal, session, &self.rules(), &CONFIG.wording, "head")
    }

    /// What was refused was never said, and what somebody prepared is theirs until they release it (INV-21).
    fn check_unsaid(&self, case: &Case, text: &str) -> Result<(), TestCaseError> {
        let attendances = case.sessions.iter().flat_map(|session| session.attendance.values());
        let prepared = attendances.filter_map(|attendance| attendance.prepared.as_ref()).flat_map(|it| it.values());
        let prepared = prepared.flat_map(|said| said.words().split_whitespace());
        let mut unsaid = self.refused.iter().map(String::as_str).chain(prepared);
        let found = unsaid.find(|word| text.contains(word));
        prop_assert!(found.is_none(), "never said, and in the minutes: {:?}", found);
        Ok(())
    }

    /// A copy holds nothing of what is limited from its reader (SEC-05), nor do the extract and the draft for the family.
    fn check_copies(&self, case: &Case, no: Option<SessionNo>) -> Result<(), TestCaseError> {
        let (rules, wording) = (self.rules(), &CONFIG.wording);
        let copy = |seat| minutes::copy(&self.journal, no, &rules, wording, "head", seat);
        let family = no.map(|no| texts(&minutes::family_draft(&all_ticked(case, no), no, &rules, wording)).concat());
        let common = texts(&copy(None)).concat() + &family.unwrap_or_default();
        check_lacks("everybody's copy", &kept_from(case, None), &common)?;
        let Some(session) = case.session() else { return Ok(()) };
        for seat in session.attendance.keys().copied() {
            let extract = minutes::extract(case, &rules, wording, seat, "head");
            let text = texts(&copy(Some(seat))).concat() + &texts(&extract).concat();
            check_lacks(&case.person(seat).name, &kept_from(case, Some(seat)), &text)?;
        }
        Ok(())
    }
}

/// The case with every line ticked that the family may be told.
fn all_ticked(case: &Case, no: SessionNo) -> Case {
    let mut ticked = case.clone();
    let lines = family_draft::lines(case, no);
    ticked.sessions.iter_mut().filter(|session| session.no == no).for_each(|session| {
        session.family.ticked.extend(lines.iter().cloned());
    });
    ticked
}

fn check_lacks(whose: &str, kept: &BTreeSet<String>, text: &str) -> Result<(), TestCaseError> {
    let found = kept.iter().find(|word| text.contains(*word));
    prop_assert!(found.is_none(), "in the copy of {whose}: {:?}", found);
    Ok(())
}

fn texts(minutes: &Minutes) -> [String; 3] {
    [minutes::markdown(minutes), minutes::html(minutes, &CONFIG.wording), minutes::json(minutes)]
}

/// The words of what is limited from a reader, less those they may read somewhere else. Told from the limits as the
/// source has them, and not by the rules that are tried here.
fn kept_from(case: &Case, seat: Option<SeatId>) -> BTreeSet<String> {
    let (mut kept, mut open) = (BTreeSet::new(), BTreeSet::new());
    for session in &case.sessions {
        for (item, words) in items(session) {
            // What was prepared in two goes is two words in one field.
            let words = words.iter().flat_map(|words| words.split_whitespace()).filter(|word| word.starts_with("word"));
            let words = words.map(str::to_owned);
            let standing = if may_read(case, session, item, seat) { &mut open } else { &mut kept };
            standing.extend(words);
        }
    }
    &kept - &open
}

fn may_read(case: &Case, session: &Session, item: Item, seat: Option<SeatId>) -> bool {
    // Held, it is its author's alone; of another case, the chair's too (SES-15).
    let of_session = case.crossings.iter().filter(|state| state.crossing.session == Some(session.no));
    let kept_back = of_session.filter(|state| state.crossing.items.contains(&item));
    for state in kept_back {
        let is_author = seat == Some(state.crossing.by);
        match state.is {
            CrossingIs::Held => return is_author,
            CrossingIs::Wrong => return is_author || (seat.is_some() && session.chair() == seat),
            CrossingIs::Standing | CrossingIs::TakenBack => {}
        }
    }
    let Some(limit) = session.limits.get(&item) else { return true };
    let Some(seat) = seat else { return false };
    let is_named = |readers: &Readers| match readers {
        Readers::ChairAndPolice => case.person(seat).agency_kind == AgencyKind::Police,
        Readers::Named(seats) => seats.contains(&seat),
    };
    let is_owner = session.drafts.iter().any(|draft| {
        Item::Entry(draft.id) == item && matches!(&draft.entry, Entry::Action(action) if action.owner == Some(seat))
    });
    session.chair() == Some(seat) || limit.originator == seat || is_owner || limit.readers.iter().all(is_named)
}

/// Everything that can be limited, with its words.
fn items(session: &Session) -> Vec<(Item, Vec<String>)> {
    let shared = session.contributions.iter().map(|(contribution, _)| contribution).chain(&session.submissions);
    let shared = shared.map(|contribution| {
        let words = contribution.fields.values().map(|field| field.words().to_owned());
        (Item::Contribution(contribution.id), words.collect())
    });
    let answers = session.questions.iter().filter_map(|question| {
        let (_, text, _) = question.answer.as_ref()?;
        Some((Item::Answer(question.id), vec![text.words().to_owned()]))
    });
    let asked = session.questions.iter().map(|question| {
        let words = vec![question.text.words().to_owned()];
        (Item::Question(question.id), words)
    });
    let entries = session.drafts.iter().map(|draft| (Item::Entry(draft.id), words_of(&draft.entry)));
    shared.chain(answers).chain(asked).chain(entries).collect()
}

fn words_of(entry: &Entry) -> Vec<String> {
    match entry {
        Entry::Answer(answer) => answer.fields.values().map(|field| field.words().to_owned()).collect(),
        Entry::Section47(decided) => vec![decided.rationale.words().to_owned()],
        Entry::Outcome(outcome) => vec![outcome.rationale.words().to_owned()],
        Entry::Action(action) => vec![action.what.words().to_owned()],
    }
}
