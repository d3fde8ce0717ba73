//! Section 47 first, then the outcomes, the agencies' positions, challenge, and what is kept from the family.

use super::document::{Block, Fact, Piece};
use super::prompts;
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::chairing;
use crate::domain::decision::{Draft, EnquiryMode, Entry, OutcomeChosen, PositionKind, Section47};
use crate::domain::gist::position_awaits;
use crate::domain::prompt::About;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// The section 47 decision with its reasons, and what was missing beside it (DEC-01 to DEC-04, DEC-46).
pub(super) fn section_47(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let Some((draft, decided)) = session.section_47() else {
        return vec![reading.paragraph("section_47_not_recorded", values! {})];
    };
    let mut facts = vec![reading.fact("decision", reading.choice("section_47", decided.decision.code()))];
    let running = decided.decision.is_running();
    if running || decided.mode.is_some() {
        facts.push(reading.fact("mode", mode(reading, decided.mode, &decided.agency)));
    }
    facts.push(reading.fact("rationale", reading.spoken(&decided.rationale)));
    let parts = [("how", &decided.how), ("when_done", &decided.when), ("by_whom", &decided.by_whom)];
    let parts = parts.into_iter().filter(|(_, said)| running || !said.is_empty());
    facts.extend(parts.map(|(label, said)| reading.fact(label, reading.spoken(said))));
    facts.push(reading.fact("decided", reading.sentence("decided", values! { at => reading.at(draft.entered_at) })));
    facts.extend(entered(reading, draft));
    let quorum = session.quorum_at_decision.as_deref().unwrap_or(&session.quorum);
    facts.push(reading.fact("quorum_at_decision", reading.quorum(quorum)));
    if !chairing::outside_rule(session).is_empty() {
        let word = reading.wording.say("minutes_status.chair_not_within_rule", values! {});
        facts.push(reading.fact("marked", word));
    }
    let mut blocks = vec![Block::Facts(facts)];
    blocks.extend(earlier_decisions(reading, session));
    blocks
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
fn earlier_decisions(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let replaced = session.drafts.iter().filter(|draft| draft.replaced);
    let earlier = replaced.filter_map(|draft| match &draft.entry {
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
    let offered = &reading.rules.procedure.outcomes;
    let chosen: Vec<_> = session.outcomes().collect();
    let of = |code: &str| chosen.iter().find(|(_, outcome)| outcome.code == code);
    let mut rows: Vec<_> = offered
        .iter()
        .map(|outcome| match of(&outcome.code) {
            Some((draft, chosen)) => chosen_row(reading, &outcome.label, draft, chosen),
            None => {
                let dash = || Piece::new(reading.label("not_applicable"));
                vec![outcome.label.as_str().into(), reading.label("not_chosen").into(), dash(), dash()]
            }
        })
        .collect();
    let others = chosen.iter().filter(|(_, chosen)| offered.iter().all(|outcome| outcome.code != chosen.code));
    rows.extend(others.map(|(draft, chosen)| chosen_row(reading, &chosen.code, draft, chosen)));
    let mut blocks = vec![reading.table("outcomes", &["outcome", "chosen_or_not", "rationale", "details"], rows)];
    let drafts: Vec<_> = chosen.iter().map(|(draft, _)| *draft).collect();
    blocks.extend(prompts::entered_by(reading, &drafts).into_iter().map(Block::paragraph));
    blocks
}

fn chosen_row(reading: &Reading<'_>, label: &str, draft: &Draft, chosen: &OutcomeChosen) -> Vec<Piece> {
    let chosen_label = reading.label("chosen");
    let mark = match draft.confirmed {
        Some(_) => chosen_label,
        None => reading.sentence("draft_label", values! { label => chosen_label }),
    };
    vec![label.into(), mark.into(), reading.spoken(&chosen.rationale), details(reading, chosen)]
}

fn details(reading: &Reading<'_>, chosen: &OutcomeChosen) -> Piece {
    let mode = chosen.mode.map(|_| mode(reading, chosen.mode, &chosen.agency));
    let said = |spoken: &Spoken| (!spoken.is_empty()).then(|| Piece::from(spoken));
    let agency = (chosen.mode != Some(EnquiryMode::Single)).then(|| said(&chosen.agency)).flatten();
    let at = chosen.at.map(|at| Piece::new(calendar::both(at)));
    let parts = [
        ("mode", mode),
        ("who", said(&chosen.who)),
        ("agency", agency),
        ("at", at),
        ("description", said(&chosen.description)),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter_map(|(label, part)| {
            let label = reading.label(&format!("outcome_{label}"));
            part.map(|part| reading.sentence("detail", values! { label, value => part.words() }))
        })
        .collect();
    if parts.is_empty() { reading.label("none").into() } else { parts.join("; ").into() }
}

/// Agreed by, dissent, no position given: silence is never agreement (DEC-43).
pub(super) fn positions(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let of = |kind: PositionKind| {
        let given = session.positions.iter().filter(move |(position, _)| position.kind == kind);
        given.map(|(position, _)| position).collect::<Vec<_>>()
    };
    let said = |kind: PositionKind| -> Vec<Piece> {
        of(kind).into_iter().map(|position| position_words(reading, position)).collect()
    };
    let spoke_for = |agency: &str| {
        session.positions.iter().any(|(position, _)| reading.case.person(position.seat).agency == agency)
    };
    let mut silent: Vec<&str> = session
        .attended()
        .filter(|seat| reading.case.has_part(*seat))
        .map(|seat| reading.case.person(seat).agency.as_str())
        .filter(|agency| !spoke_for(agency))
        .collect();
    silent.sort_unstable();
    silent.dedup();
    let silent = silent.into_iter().map(Piece::from).collect();
    let groups = [
        ("agreed_by", said(PositionKind::Agree)),
        ("dissent", said(PositionKind::Disagree)),
        ("not_authorised", said(PositionKind::NotAuthorised)),
        ("no_position", silent),
    ];
    let read_back = match session.read_back_at {
        Some(at) => reading.sentence("read_back_at", values! { at => reading.at(at) }),
        None => reading.sentence("no_read_back", values! {}),
    };
    let mut blocks = vec![Block::paragraph(read_back)];
    for (label, items) in groups {
        blocks.push(Block::subheading(reading.label(label)));
        let none = || vec![Piece::new(reading.label("none"))];
        blocks.push(Block::List(if items.is_empty() { none() } else { items }));
    }
    blocks
}

fn position_words(reading: &Reading<'_>, position: &crate::domain::decision::Position) -> Piece {
    let as_entered = reading
        .session
        .and_then(|session| session.positions_as_entered.iter().rfind(|earlier| earlier.seat == position.seat));
    let as_entered = as_entered.map(|earlier| {
        let kind = reading.choice("position", earlier.kind.code());
        let by = earlier.entered_by.map(|seat| reading.case.person(seat).name.as_str());
        reading.sentence("position_as_entered", values! { kind, about => earlier.about.words(), by })
    });
    let unconfirmed = reading.session.is_some_and(|session| position_awaits(reading.case, session, position));
    let values = values! {
        as_entered, unconfirmed,
        person => reading.person(position.seat),
        about => position.about.words(),
        entered_by => position.entered_by.map(|seat| reading.case.person(seat).name.as_str()),
    };
    reading.sentence("position", values).into()
}

/// Each challenge in its parts; never empty (MIN-06, DIS-02, DIS-06).
pub(super) fn challenge(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let invited = session.answers(CHALLENGE_INVITED).map(|(draft, _)| draft.entered_at).next();
    let at = invited.map(calendar::time);
    let raised = session.challenges.len();
    let mut blocks = vec![reading.paragraph("challenge", values! { at, raised })];
    for challenge in &session.challenges {
        let words = |label: &str, said: &Spoken| reading.fact(label, reading.spoken(said));
        blocks.push(Block::subheading(reading.person(challenge.by)));
        blocks.push(Block::Facts(vec![
            reading.fact("challenge_stage", reading.choice("challenge", challenge.stage.code())),
            words("challenge_about", &challenge.about),
            words("challenge_against", &challenge.against),
            words("challenge_tried", &challenge.tried),
            words("challenge_result", &challenge.result),
        ]));
    }
    let policy = &reading.rules.procedure.disagreement;
    blocks.push(reading.paragraph("disagreement", values! { policy => policy.policy, link => policy.link }));
    blocks
}

/// The prompt whose answer says when the chair invited challenge.
pub(super) const CHALLENGE_INVITED: &str = "challenge_invited";
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
            let ground = said("ground").and_then(|code| {
                let label = prompts::value(reading, prompt.field("ground")?, code);
                Some(reading.sentence("ground", values! { label => label.words(), code => code.words() }))
            });
            let or_missing = |key: &str| said(key).map_or_else(|| reading.nothing(), Piece::from);
            let ground = ground.unwrap_or_else(|| reading.label("ground_missing"));
            let narrative = said("narrative").map_or_else(|| reading.label("ground_missing").into(), Piece::from);
            vec![or_missing("item"), ground.into(), narrative]
        })
        .collect();
    let mut blocks = if rows.is_empty() {
        vec![reading.paragraph("nothing_withheld", values! {})]
    } else {
        let table = reading.table("withheld_items", &["withheld_item", "ground", "narrative"], rows);
        vec![table, reading.paragraph("withheld_until_lifted", values! {})]
    };
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
