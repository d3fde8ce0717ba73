//! Prints the answers to the catalogue's prompts: one printer for every question that is fields and nothing more.
//!
//! A section's prompts print in the catalogue's order. What is mandatory and open prints as not answered; what
//! was merely offered and passed over prints nothing, unless the catalogue has it print always.

use chrono::{DateTime, Utc};

use super::document::{Block, Fact, Piece};
use super::reading::{Reading, values};
use super::sharing::limited_to;
use crate::domain::calendar;
use crate::domain::decision::Draft;
use crate::domain::due;
use crate::domain::ids::{ChildId, SeatId};
use crate::domain::knowing::{people_in, seated};
use crate::domain::limits::Item;
use crate::domain::open_items::{abouts, arising};
use crate::domain::prompt::{About, Answer, AskedOf, Beside, Field, FieldKind, Per, Prompt, arises, missing_fields};
use crate::domain::provisional::{self, LEVEL, UNTIL};
use crate::domain::referral::Child;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// The answers of a section, less those of prompts the section prints in a way of its own.
pub(super) fn answers(reading: &Reading<'_>, section: &str, own: &[&str]) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let catalogue = reading.rules.catalogue.prompts.iter();
    let prompts: Vec<&Prompt> =
        catalogue.filter(|prompt| prompt.section == section && !own.contains(&prompt.key.as_str())).collect();
    // A contribution prints whole where it was made; its parts are repeated only under a heading of their own.
    let mut blocks = if section == "contributions" { Vec::new() } else { quotes(reading, session, &prompts) };
    blocks.extend(by_child(reading, session, &prompts));
    blocks.extend(of_the_session(reading, session, &prompts));
    let by_agency = prompts.iter().filter(|prompt| prompt.asked_of == AskedOf::EachAgency);
    blocks.extend(by_agency.filter_map(|prompt| agency_views(reading, session, prompt)));
    blocks.extend(provenance(reading, session, &prompts));
    blocks
}

fn is_speakers(prompt: &Prompt) -> bool {
    matches!(prompt.asked_of, AskedOf::Speaker | AskedOf::SpeakerOf(_))
}

/// Fields of the sharing form that have a section of their own, under who said them.
fn quotes(reading: &Reading<'_>, session: &Session, prompts: &[&Prompt]) -> Vec<Block> {
    let fields = prompts.iter().filter(|prompt| is_speakers(prompt)).flat_map(|prompt| &prompt.fields);
    let fields: Vec<&Field> = fields.collect();
    let mut facts = Vec::new();
    for (contribution, _) in &session.contributions {
        for field in &fields {
            let Some(said) = contribution.fields.get(&field.key).filter(|said| !said.is_empty()) else { continue };
            let speaker = super::sharing::speaker(reading, contribution);
            let label = reading.sentence("part", values! { title => speaker, part => field.label });
            facts.push(Fact::new(label, value(reading, field, said)));
        }
    }
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

fn by_child(reading: &Reading<'_>, session: &Session, prompts: &[&Prompt]) -> Vec<Block> {
    let prompts: Vec<_> = prompts.iter().filter(|prompt| prompt.per != Per::Session).collect();
    let mut blocks = Vec::new();
    for child in &reading.case.children {
        let facts: Vec<_> =
            prompts.iter().flat_map(|prompt| prompt_facts(reading, session, prompt, About::Child(child.id))).collect();
        if !facts.is_empty() {
            blocks.push(Block::Subheading(reading.child(child.id)));
            blocks.push(Block::Facts(facts));
        }
    }
    blocks
}

fn of_the_session(reading: &Reading<'_>, session: &Session, prompts: &[&Prompt]) -> Vec<Block> {
    let has_children = prompts.iter().any(|prompt| prompt.per != Per::Session);
    let prompts = prompts.iter().filter(|prompt| !is_speakers(prompt) && prompt.asked_of != AskedOf::EachAgency);
    let facts = prompts.flat_map(|prompt| {
        let answered = prompt_facts(reading, session, prompt, About::Session);
        answered.into_iter().chain(not_for_unborn(reading, session, prompt))
    });
    let facts: Vec<_> = facts.collect();
    if facts.is_empty() {
        return Vec::new();
    }
    let heading = has_children.then(|| Block::subheading(reading.label("all_children")));
    heading.into_iter().chain([Block::Facts(facts)]).collect()
}

/// About whom a question is not asked, since they are not yet born (REF-08).
fn not_for_unborn(reading: &Reading<'_>, session: &Session, prompt: &Prompt) -> Option<Fact> {
    let is_asked = reading.rules.procedure.level(&prompt.key).is_asked();
    if !prompt.not_for_unborn || !is_asked || !arises(prompt, &arising(reading.case, session, reading.rules.procedure))
    {
        return None;
    }
    let unborn = reading.case.subjects().filter(|child| child.is_unborn());
    let children: Vec<_> = unborn
        .map(|child| {
            let name = reading.spoken(&child.name);
            reading.sentence("unborn", values! { child => name.words(), born => reading.born(child.born) })
        })
        .collect();
    let said = || reading.sentence("not_for_unborn", values! { children });
    (!children.is_empty()).then(|| Fact::new(prompt.title.as_str(), said()))
}

/// One prompt's answers about one thing, or that it is still to be answered.
pub(super) fn prompt_facts(reading: &Reading<'_>, session: &Session, prompt: &Prompt, about: About) -> Vec<Fact> {
    let mut answers: Vec<_> = session.answers(&prompt.key).filter(|(_, answer)| answer.about == about).collect();
    if answers.is_empty() {
        let label = not_answered(reading, session, prompt, about);
        return label.map(|label| Fact::new(prompt.title.as_str(), reading.label(label))).into_iter().collect();
    }
    in_their_places(prompt, &mut answers);
    let many = answers.len() > 1;
    let titled = answers.into_iter().enumerate().map(|(n, (draft, answer))| {
        let number = n + 1;
        let title = if many {
            reading.sentence("numbered", values! { title => prompt.title, number })
        } else {
            prompt.title.clone()
        };
        (title, draft, answer)
    });
    let facts = titled.flat_map(|(title, draft, answer)| answer_facts(reading, prompt, &title, draft, answer));
    facts.chain(beside(reading, session, prompt)).collect()
}

/// Answers in the order one of their fields gives them; one that gives none keeps the place it was entered at (DEC-24).
fn in_their_places(prompt: &Prompt, answers: &mut Vec<(&Draft, &Answer)>) {
    let Some(field) = &prompt.ordered_by else { return };
    let mut placed: Vec<_> = answers.drain(..).enumerate().collect();
    placed.sort_by_key(|(n, (_, answer))| {
        let place = answer.fields.get(field).and_then(|place| place.words().trim().parse().ok());
        (place.unwrap_or(n + 1), place.is_none())
    });
    answers.extend(placed.into_iter().map(|(_, answer)| answer));
}

/// What is known already and belongs beside an answer.
fn beside(reading: &Reading<'_>, session: &Session, prompt: &Prompt) -> Option<Fact> {
    let lines: Vec<String> = match prompt.beside? {
        Beside::ParentalResponsibility => {
            let subjects = reading.case.subjects();
            let line = |child: &Child| {
                let (child, held_by) = (reading.spoken(&child.name), reading.spoken(&child.parental_responsibility));
                reading.sentence("held_by", values! { child => child.words(), who => held_by.words() })
            };
            subjects.map(line).collect()
        }
        Beside::ChildrenDecided => {
            let line = |child: &Child| {
                let decision = decision_about(reading, session, child.id);
                reading.sentence("child_decided", values! { child => reading.child(child.id).words(), decision })
            };
            reading.case.children.iter().map(line).collect()
        }
    };
    let label = match prompt.beside? {
        Beside::ParentalResponsibility => "parental_responsibility",
        Beside::ChildrenDecided => "other_children",
    };
    (!lines.is_empty()).then(|| reading.fact(label, lines.join("; ")))
}

/// What stands in place of an answer nobody has given: that it is open, or where the procedure asks and doesn't insist
/// that it was recommended, of a question that always prints (DEC-25).
fn not_answered(reading: &Reading<'_>, session: &Session, prompt: &Prompt, about: About) -> Option<&'static str> {
    let level = reading.rules.procedure.level(&prompt.key);
    let label = match level.is_mandatory(session.held_late) {
        true => "not_answered",
        false if prompt.always_prints && level.is_asked() => "not_answered_recommended",
        false => return None,
    };
    let is_answered = reading.whole.session().is_some_and(|session| session.answer(&prompt.key, about).is_some());
    let is_asked = !is_answered
        && arises(prompt, &arising(reading.case, session, reading.rules.procedure))
        && abouts(prompt, reading.case).contains(&about);
    is_asked.then_some(label)
}

fn answer_facts(reading: &Reading<'_>, prompt: &Prompt, title: &str, draft: &Draft, answer: &Answer) -> Vec<Fact> {
    // Under a child's name the fields speak for themselves; elsewhere they need the question beside them.
    let is_alone = matches!(answer.about, About::Child(_)) && !prompt.many;
    let label = |field: &Field| {
        let whole = match prompt.fields.len() {
            1 => title.to_owned(),
            _ if field.alone => field.label.clone(),
            _ if is_alone => field.label.clone(),
            _ => reading.sentence("part", values! { title, part => field.label }),
        };
        match draft.confirmed {
            Some(_) => whole,
            None => reading.sentence("draft_label", values! { label => whole }),
        }
    };
    if let Some(reason) = &answer.none {
        let label = match draft.confirmed {
            Some(_) => title.to_owned(),
            None => reading.sentence("draft_label", values! { label => title }),
        };
        return vec![Fact::new(label, nothing(reading, prompt, reason))];
    }
    let missing = missing_fields(prompt, answer, reading.rules.procedure);
    // Until when a level is held stands beside it.
    let fields = prompt.fields.iter().filter(|field| field.key != UNTIL || provisional::until(answer).is_none());
    let shown = fields.filter_map(|field| match answer.fields.get(&field.key) {
        Some(said) if !said.is_empty() => Some(Fact::new(label(field), value_in(reading, field, said, answer))),
        _ if missing.contains(&field) => {
            let blank = field.blank.clone().unwrap_or_else(|| reading.label("not_answered"));
            Some(Fact::new(label(field), blank))
        }
        _ => None,
    });
    shown.collect()
}

/// That there is nothing of it, in the question's own words, and why.
fn nothing(reading: &Reading<'_>, prompt: &Prompt, reason: &Spoken) -> String {
    let none = prompt.none.as_ref();
    let (label, is_asked_why) = (none.map(|none| none.label.as_str()), none.is_none_or(|none| none.reason));
    let reason = Some(reason.words()).filter(|reason| !reason.is_empty());
    reading.sentence("nothing", values! { label, reason, is_asked_why })
}

/// A field's value in words; a level held until more is known says until when (RISK-01).
fn value_in(reading: &Reading<'_>, field: &Field, said: &Spoken, answer: &Answer) -> Piece {
    let shown = value(reading, field, said);
    match provisional::until(answer).filter(|_| field.key == LEVEL) {
        Some(until) => reading.sentence("until", values! { level => shown.words(), until => until.words() }).into(),
        None => shown,
    }
}

/// A field's value in words: a choice by its label, a time as a time, a seat as its person.
pub(super) fn value(reading: &Reading<'_>, field: &Field, said: &Spoken) -> Piece {
    let words = said.words();
    match &field.kind {
        FieldKind::Text | FieldKind::Line => said.into(),
        FieldKind::YesNo => reading.choice("answer", words).into(),
        FieldKind::Time | FieldKind::PastTime => {
            due::instant(words).map_or_else(|| said.into(), |at| calendar::both(at).into())
        }
        FieldKind::Seat => reading.person_of(words).map_or_else(|| said.into(), Piece::from),
        FieldKind::People => people(reading, words).into(),
        FieldKind::Choice(_) | FieldKind::RiskLevel | FieldKind::Indicators => {
            field.chosen(words, reading.rules.procedure).into()
        }
    }
}

fn people(reading: &Reading<'_>, codes: &str) -> String {
    let name = |whose| {
        let now = reading.session.map_or(whose, |session| seated(session, whose));
        super::sharing::whose(reading, now)
    };
    let people: Vec<_> = people_in(codes).map(name).collect();
    if people.is_empty() { reading.label("nobody") } else { people.join("; ") }
}

/// What each agency said of the same thing, side by side and never averaged (RISK-04).
fn agency_views(reading: &Reading<'_>, session: &Session, prompt: &Prompt) -> Option<Block> {
    let shown = || prompt.fields.iter().filter(|field| field.key != UNTIL);
    let rows: Vec<Vec<Piece>> = session
        .answers(&prompt.key)
        .map(|(draft, answer)| {
            let person = reading.case.person(draft.entered_by);
            let mut row = vec![Piece::new(&person.agency)];
            row.extend(shown().map(|field| match answer.fields.get(&field.key) {
                Some(said) if !said.is_empty() => value_in(reading, field, said, answer),
                _ => reading.nothing(),
            }));
            row.push(Piece::new(&person.name));
            row
        })
        .collect();
    let mut headers = vec![reading.label("agency")];
    headers.extend(shown().map(|field| field.label.clone()));
    headers.push(reading.label("given_by"));
    let table = super::document::Table { caption: prompt.title.clone(), headers, rows };
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// Who entered the section's answers and who confirmed them, once for each pair (DEC-44).
fn provenance(reading: &Reading<'_>, session: &Session, prompts: &[&Prompt]) -> Vec<Block> {
    let asked = prompts.iter().filter(|prompt| !is_speakers(prompt) && prompt.asked_of != AskedOf::EachAgency);
    let drafts: Vec<&Draft> = asked.flat_map(|prompt| session.answers(&prompt.key).map(|(draft, _)| draft)).collect();
    let limited = drafts.iter().filter_map(|draft| limited_to(reading, Item::Entry(draft.id)));
    entered_by(reading, &drafts).into_iter().chain(limited).map(Block::paragraph).collect()
}

/// "Entered by …, confirmed by … at 11:05", once for each pair of people.
pub(super) fn entered_by(reading: &Reading<'_>, drafts: &[&Draft]) -> Vec<String> {
    type Confirmed = Option<(SeatId, DateTime<Utc>)>;
    let mut pairs: Vec<(SeatId, Confirmed)> = Vec::new();
    for draft in drafts {
        let known = pairs.iter_mut().find(|(by, confirmed)| {
            *by == draft.entered_by && confirmed.map(|(seat, _)| seat) == draft.confirmed.map(|(seat, _)| seat)
        });
        match known {
            // The last confirmation of a batch is the one that made it whole.
            Some((_, confirmed)) => *confirmed = (*confirmed).max(draft.confirmed),
            None => pairs.push((draft.entered_by, draft.confirmed)),
        }
    }
    let said = pairs.into_iter().map(|(by, confirmed)| {
        let entered = &reading.case.person(by).name;
        let (name, at) = match confirmed {
            Some((seat, at)) => (reading.case.person(seat).name.clone(), reading.at(at)),
            None => (String::new(), String::new()),
        };
        reading.sentence("entered", values! { by => entered, confirmed_by => name, at })
    });
    said.collect()
}

/// The value of one field of the standing answer to a prompt, in words.
pub(super) fn answered(reading: &Reading<'_>, prompt: &str, about: About, field: &str) -> Option<Piece> {
    in_answer(reading, reading.session?.answer(prompt, about)?, field)
}

/// The value of one field of an answer, in words.
pub(super) fn in_answer(reading: &Reading<'_>, answer: &Answer, field: &str) -> Option<Piece> {
    let prompt = reading.rules.catalogue.prompt(&answer.prompt)?;
    if let Some(reason) = &answer.none {
        return Some(nothing(reading, prompt, reason).into());
    }
    let said = answer.fields.get(field).filter(|said| !said.is_empty())?;
    Some(value_in(reading, prompt.field(field)?, said, answer))
}

/// The chair's decision about a child, and its reason (INFO-09, INFO-10).
pub(super) fn other_children(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let Some(prompt) = reading.rules.catalogue.prompt(OTHER_CHILD) else { return Vec::new() };
    let rows: Vec<_> = reading.case.children.iter().map(|child| decision_row(reading, session, child.id)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut blocks =
        vec![reading.table("other_children", &["child", "born", "relationship", "decision", "reason"], rows)];
    blocks.extend(provenance(reading, session, &[prompt]));
    blocks
}

/// The prompt printed as a table rather than as fields.
pub(super) use crate::domain::drift::OTHER_CHILD;

fn decision_row(reading: &Reading<'_>, session: &Session, id: ChildId) -> Vec<Piece> {
    let child = reading.case.child(id);
    let answer = session.answer(OTHER_CHILD, About::Child(id));
    let said = |field: &str| answer.and_then(|answer| answer.fields.get(field)).filter(|said| !said.is_empty());
    let decision = decision_about(reading, session, id);
    vec![
        reading.child(id),
        child.map_or_else(|| reading.nothing(), |child| reading.born(child.born).into()),
        child.map_or_else(|| reading.nothing(), |child| reading.spoken(&child.relationship)),
        decision.into(),
        said("reason").map_or_else(|| reading.nothing(), Piece::from),
    ]
}

/// Whether there are concerns about a child, in words; or that nobody has decided.
pub(super) fn decision_about(reading: &Reading<'_>, session: &Session, id: ChildId) -> String {
    let answer = session.answer(OTHER_CHILD, About::Child(id));
    let said = answer.and_then(|answer| answer.fields.get("concerns")).filter(|said| !said.is_empty());
    said.map_or_else(|| reading.label("not_decided"), |code| reading.choice("concerns", code.words()))
}
