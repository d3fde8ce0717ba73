//! Section 47 first, then the outcomes, and what is kept from the family.

use super::document::{Block, Fact, Piece};
use super::ending;
use super::family_draft;
use super::prompts;
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::chairing;
use crate::domain::decided::{contradictions, planned};
use crate::domain::decision::{Draft, EnquiryMode, Entry, OutcomeChosen, Section47};
use crate::domain::enquiry;
use crate::domain::procedure::OutcomeField;
use crate::domain::prompt::About;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;
use crate::domain::suggestion::Suggestion;

/// The section 47 decision with its reasons, and what was missing beside it (DEC-01 to DEC-04, DEC-46).
pub(super) fn section_47(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let carried = carried_over(reading);
    let Some((draft, decided)) = session.section_47() else {
        return std::iter::once(reading.paragraph("section_47_not_recorded", values! {})).chain(carried).collect();
    };
    let first = session.section_47_first().unwrap_or(draft);
    let mut facts = vec![reading.fact("decision", reading.choice("section_47", decided.decision.code()))];
    let running = decided.decision.is_running();
    if running || decided.mode.is_some() {
        facts.push(reading.fact("mode", mode(reading, decided.mode, &decided.agency)));
    }
    facts.push(reading.fact("grounds", super::referral::grounds(reading)));
    facts.push(reading.fact("rationale", reading.spoken(&decided.rationale)));
    let parts = [("how", &decided.how), ("when_done", &decided.when), ("by_whom", &decided.by_whom)];
    let parts = parts.into_iter().filter(|(_, said)| running || !said.is_empty());
    facts.extend(parts.map(|(label, said)| reading.fact(label, reading.spoken(said))));
    facts.push(reading.fact("decided", reading.sentence("decided", values! { at => reading.at(first.entered_at) })));
    facts.extend(entered(reading, draft));
    let quorum = session.quorum_at_decision.as_deref().unwrap_or(&session.quorum);
    facts.push(reading.fact("quorum_at_decision", reading.quorum(quorum)));
    facts.extend(missing_beside(reading, session, first).map(|missing| reading.fact("missing_beside", missing)));
    if !chairing::outside_rule(session).is_empty() {
        let word = reading.wording.say("minutes_status.chair_not_within_rule", values! {});
        facts.push(reading.fact("marked", word));
    }
    let mut blocks = vec![Block::Facts(facts)];
    blocks.extend(carried);
    blocks.extend(earlier_decisions(reading, session, decided));
    blocks
}

/// What was missing when it was decided and, as long as nobody has given one, the agencies' positions (DEC-46).
fn missing_beside(reading: &Reading<'_>, session: &Session, first: &Draft) -> Option<Piece> {
    let marks = session.decision_marks.get(&first.id).map(Vec::as_slice).unwrap_or_default();
    let mut names: Vec<Piece> = marks.iter().map(|item| ending::in_words(reading, item)).collect();
    names.extend(session.positions.is_empty().then(|| reading.open_item("positions").into()));
    let words: Vec<_> = names.iter().map(Piece::words).collect();
    let joined = words.join("; ");
    (!names.is_empty()).then(|| Piece::made_of(joined, &names.iter().collect::<Vec<_>>()))
}

/// What an earlier session decided, or put off, and this one takes up (DEC-01, DEC-05).
fn carried_over(reading: &Reading<'_>) -> Option<Block> {
    let (earlier, _, decided) = enquiry::carried(reading.case)?;
    let at = earlier.section_47_decided_at().map(calendar::both);
    let decision = reading.choice("section_47", decided.decision.code());
    Some(reading.paragraph("decision_carried", values! { session => earlier.no, decision, at }))
}

/// "Joint", or "Single (agency)" (DEC-04).
pub(super) fn mode(reading: &Reading<'_>, mode: Option<EnquiryMode>, agency: &Spoken) -> Piece {
    let Some(mode) = mode else { return reading.nothing() };
    let agency = (mode == EnquiryMode::Single && !agency.is_empty()).then(|| agency.words());
    let mode = reading.choice("mode", mode.code());
    reading.sentence("mode", values! { mode, agency }).into()
}

/// Entered by, confirmed by: or that it stands as a draft (DEC-44).
fn entered(reading: &Reading<'_>, draft: &Draft) -> Vec<Fact> {
    let confirmed = match draft.confirmed {
        Some((seat, at)) => {
            let person = reading.person(seat);
            reading.sentence("by_at", values! { person, at => reading.at(at) })
        }
        None => reading.label("draft_not_confirmed"),
    };
    let person = reading.person(draft.entered_by);
    let by = reading.sentence("by_at", values! { person, at => reading.at(draft.entered_at) });
    vec![reading.fact("entered_by", by), reading.fact("confirmed_by", confirmed)]
}

/// A decision that was entered and then replaced stays in the record (DIS-12).
fn earlier_decisions(reading: &Reading<'_>, session: &Session, stands: &Section47) -> Vec<Block> {
    let replaced = session.drafts.iter().filter(|draft| draft.replaced);
    let earlier = replaced.filter_map(|draft| match &draft.entry {
        // What stands says all of it.
        Entry::Section47(decided) if decided.is_contained_in(stands) => None,
        Entry::Section47(decided) => Some(earlier_decision(reading, draft, decided)),
        _ => None,
    });
    let items: Vec<_> = earlier.collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("earlier_decisions")), Block::List(items)]
}

fn earlier_decision(reading: &Reading<'_>, draft: &Draft, decided: &Section47) -> Piece {
    let values = values! {
        decision => reading.choice("section_47", decided.decision.code()),
        at => reading.at(draft.entered_at),
        by => reading.case.person(draft.entered_by).name,
        rationale => reading.spoken(&decided.rationale).words(),
    };
    reading.sentence("earlier_decision", values).into()
}

/// The procedure's list, each outcome chosen or not in words, with its own reasons (DEC-06, MIN-23).
pub(super) fn outcomes(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let procedure = reading.rules.procedure;
    let chosen: Vec<_> = session.outcomes().collect();
    let mut rows = Vec::new();
    for outcome in procedure.offered() {
        // The same can be chosen more than once: for two children, or as two other actions.
        let own: Vec<_> = chosen.iter().filter(|(_, chosen)| chosen.code == outcome.code).collect();
        if own.is_empty() {
            let dash = || Piece::new(reading.label("not_applicable"));
            rows.push(vec![outcome.label.as_str().into(), reading.label("not_chosen").into(), dash(), dash()]);
        }
        rows.extend(own.into_iter().map(|(draft, chosen)| chosen_row(reading, session, draft, chosen)));
    }
    let is_offered = |code: &str| procedure.offered().any(|outcome| outcome.code == code);
    let others = chosen.iter().filter(|(_, chosen)| !is_offered(&chosen.code));
    rows.extend(others.map(|(draft, chosen)| chosen_row(reading, session, draft, chosen)));
    let mut blocks = vec![reading.table("outcomes", &["outcome", "chosen_or_not", "rationale", "details"], rows)];
    let drafts: Vec<_> = chosen.iter().map(|(draft, _)| *draft).collect();
    blocks.extend(prompts::entered_by(reading, &drafts).into_iter().map(Block::paragraph));
    let planned = planned(reading.case, procedure);
    blocks.extend(planned.map(|next| {
        let values = values! { number => next.no, at => next.start().map(calendar::both), by => next.by().map(calendar::date), after => session.no };
        reading.paragraph("planned_session", values)
    }));
    blocks.extend(rationale_clear(reading, session));
    blocks.extend(suggestions(reading, session));
    blocks
}

fn chosen_row(reading: &Reading<'_>, session: &Session, draft: &Draft, chosen: &OutcomeChosen) -> Vec<Piece> {
    let procedure = reading.rules.procedure;
    let label = procedure.outcome(&chosen.code).map_or(chosen.code.as_str(), |outcome| outcome.label.as_str());
    let found = contradictions(reading.case, session, procedure).into_iter().find(|found| found.draft.id == draft.id);
    let mut mark = reading.label("chosen");
    if let Some(found) = found {
        let decision = reading.choice("section_47", found.with.code());
        mark = reading.sentence("contradicts", values! { label => mark, decision });
    }
    if draft.confirmed.is_none() {
        mark = reading.sentence("draft_label", values! { label => mark });
    }
    vec![label.into(), mark.into(), reading.spoken(&chosen.rationale), details(reading, chosen, found.is_some())]
}

/// What was said of it, and that nothing was where it is asked (DEC-07 to DEC-13).
fn details(reading: &Reading<'_>, chosen: &OutcomeChosen, is_contradiction: bool) -> Piece {
    let outcome = reading.rules.procedure.outcome(&chosen.code);
    let asks = |field: OutcomeField| outcome.is_some_and(|outcome| outcome.asks.contains(&field));
    let own_label = |field: OutcomeField| {
        let own = outcome.and_then(|outcome| outcome.labels.get(&field));
        own.map_or_else(|| reading.label(&format!("outcome_{}", field.key())), Clone::clone)
    };
    let said = |spoken: &Spoken| (!spoken.is_empty()).then(|| Piece::from(spoken));
    let agency = (chosen.mode != Some(EnquiryMode::Single)).then(|| said(&chosen.agency)).flatten();
    let parts = [
        (OutcomeField::Mode, chosen.mode.map(|_| mode(reading, chosen.mode, &chosen.agency))),
        (OutcomeField::Who, said(&chosen.who)),
        (OutcomeField::Agency, agency),
        (OutcomeField::At, chosen.at.map(|at| Piece::new(calendar::both(at)))),
        (OutcomeField::Description, said(&chosen.description)),
    ];
    let parts = parts.into_iter().filter_map(|(field, part)| {
        let part = part.or_else(|| asks(field).then(|| reading.nothing()))?;
        Some((own_label(field), part))
    });
    let child = chosen.child.map(|child| (reading.label("child"), reading.child(child)));
    let despite = is_contradiction.then(|| (reading.label("outcome_despite"), reading.spoken(&chosen.despite)));
    let parts: Vec<_> = child.into_iter().chain(parts).chain(despite).collect();
    let lines: Vec<_> = parts
        .iter()
        .map(|(label, part)| reading.sentence("detail", values! { label, value => part.words() }))
        .collect();
    let pieces: Vec<_> = parts.iter().map(|(_, part)| part).collect();
    if lines.is_empty() { reading.label("none").into() } else { Piece::made_of(lines.join("; "), &pieces) }
}

/// The chair's word that each reason is clear, with its time (DEC-42).
fn rationale_clear(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let Some(prompt) = reading.rules.catalogue.prompt(RATIONALE_CLEAR) else { return Vec::new() };
    let Some((draft, answer)) = session.answers(RATIONALE_CLEAR).last() else {
        let open = prompts::prompt_facts(reading, session, prompt, About::Session);
        return if open.is_empty() { Vec::new() } else { vec![Block::Facts(open)] };
    };
    let clear = answer.fields.get("clear").is_some_and(|said| said.words() == "yes");
    let confirmed = draft.confirmed.map(|(seat, at)| (reading.person(seat), reading.at(at)));
    let (chair, at) = confirmed.unzip();
    vec![reading.paragraph("rationale_clear", values! { clear, chair, at })]
}

/// Suggestions of those who neither chair nor record, and what became of each (DEC-44).
fn suggestions(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let line = |suggestion: &Suggestion| {
        let what = match &suggestion.entry {
            Entry::Section47(decided) => reading.choice("section_47", decided.decision.code()),
            Entry::Outcome(chosen) => {
                let known = reading.rules.procedure.outcome(&chosen.code);
                known.map_or_else(|| chosen.code.clone(), |outcome| outcome.label.clone())
            }
            Entry::Answer(_) | Entry::Action(_) => String::new(),
        };
        let taken = suggestion.answered.map(|(taken, _)| taken);
        let (by, at) = (reading.person(suggestion.by), reading.at(suggestion.at));
        Piece::from(reading.sentence("suggestion", values! { what, by, at, taken }))
    };
    let lines: Vec<_> = session.suggestions.iter().map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// The question by which the chair confirms the reasons.
pub(super) const RATIONALE_CLEAR: &str = "rationale_clear";
pub(super) use crate::domain::withholding::{OMISSION, WITHHOLD};

/// What is kept from the family, on which ground, and why (DEC-30).
pub(super) fn withheld(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let Some(prompt) = reading.rules.catalogue.prompt(WITHHOLD) else { return Vec::new() };
    let rows: Vec<Vec<Piece>> = session
        .answers(WITHHOLD)
        .filter(|(_, answer)| answer.about == About::Session)
        .map(|(_, answer)| {
            let said = |key: &str| answer.fields.get(key).filter(|said| !said.is_empty());
            let ground = said("ground").and_then(|code| Some(prompts::value(reading, prompt.field("ground")?, code)));
            let or_missing = |key: &str| said(key).map_or_else(|| reading.nothing(), Piece::from);
            let ground = ground.unwrap_or_else(|| reading.label("ground_missing").into());
            let narrative = said("narrative").map_or_else(|| reading.label("ground_missing").into(), Piece::from);
            vec![or_missing("item"), ground, narrative]
        })
        .collect();
    let mut blocks = if rows.is_empty() {
        vec![reading.paragraph("nothing_withheld", values! {})]
    } else {
        let table = reading.table("withheld_items", &["withheld_item", "ground", "narrative"], rows);
        vec![table, reading.paragraph("withheld_until_lifted", values! {})]
    };
    blocks.extend(session.family.lifted.iter().map(|lifted| {
        let (what, at) = (family_draft::label(reading, &lifted.line), reading.at(lifted.at));
        let values = values! { what, reason => lifted.reason.words(), by => &lifted.by.name, at };
        reading.paragraph("family_lifted", values)
    }));
    blocks.extend(omitted(reading, session));
    blocks
}

/// What is left out of a copy for another reason, by its class; never as a withholding (DEC-30).
fn omitted(reading: &Reading<'_>, session: &Session) -> Option<Block> {
    let prompt = reading.rules.catalogue.prompt(OMISSION)?;
    let rows: Vec<Vec<Piece>> = session
        .answers(OMISSION)
        .map(|(_, answer)| {
            let said = |key: &str| answer.fields.get(key).filter(|said| !said.is_empty());
            let of = |key: &str| Some(prompts::value(reading, prompt.field(key)?, said(key)?));
            ["item", "class", "copy"]
                .map(|key| of(key).unwrap_or_else(|| reading.label("not_answered").into()))
                .to_vec()
        })
        .collect();
    (!rows.is_empty()).then(|| reading.table("omitted_items", &["omitted_item", "omitted_class", "omitted_copy"], rows))
}
