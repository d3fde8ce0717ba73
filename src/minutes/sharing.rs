//! What was shared, under whose name, what those who could not come think, and the questions.

use std::collections::BTreeSet;

use super::document::{Block, Fact, Piece};
use super::prompts;
use super::reading::{Reading, values};
use crate::domain::attendance::Means;
use crate::domain::floor::{Addressee, Contribution, Mode, Question, QuestionState, Release, TurnState, Whose};
use crate::domain::gist::awaits_its_speaker;
use crate::domain::ids::{QuestionId, SeatId};
use crate::domain::limits::{Item, Readers};
use crate::domain::open_items::arising;
use crate::domain::procedure::Level;
use crate::domain::prompt::{Field, Prompt};
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// Whose words they are: the speaker, or the partner social care shared for.
pub(super) fn speaker(reading: &Reading<'_>, contribution: &Contribution) -> String {
    if contribution.on_behalf_of.is_none() {
        return reading.person(contribution.seat);
    }
    let (name, role, agency) = author(reading, contribution);
    reading.named(&name, &role, &agency)
}

/// Name, role and agency of the same.
pub(super) fn author(reading: &Reading<'_>, contribution: &Contribution) -> (String, String, String) {
    let partner = reading.session.and_then(|session| reading.case.partner(session, contribution));
    let Some((name, role, agency)) = partner else {
        let person = reading.case.person(contribution.seat);
        return (person.name.clone(), super::attendance::role(reading, person), person.agency.clone());
    };
    let known = |part: &str| if part.is_empty() { reading.label("not_recorded") } else { part.to_owned() };
    (name.map_or_else(|| reading.label("not_named"), str::to_owned), known(role), known(agency))
}

/// Every contribution in the order of the round, each under name, role and agency (TURN-07, MIN-02).
pub(super) fn contributions(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let mut blocks: Vec<_> = session.turns.iter().flat_map(|turn| turn_blocks(reading, session, turn)).collect();
    let outside = session
        .contributions
        .iter()
        .map(|(contribution, _)| contribution)
        .filter(|contribution| contribution.turn.is_none_or(|turn| session.turn(turn).is_none()));
    blocks.extend(outside.flat_map(|contribution| contribution_blocks(reading, contribution)));
    blocks.extend(without_a_turn(reading, session));
    let presented = |submission: &&Contribution| {
        session.contributions.iter().any(|(contribution, _)| contribution.id == submission.id)
    };
    for submission in session.submissions.iter().filter(|submission| !presented(submission)) {
        blocks.extend(contribution_blocks(reading, submission));
        blocks.push(reading.paragraph("not_presented", values! {}));
    }
    blocks
}

fn turn_blocks(reading: &Reading<'_>, session: &Session, turn: &TurnState) -> Vec<Block> {
    if is_limited_away(reading, session, turn) {
        return Vec::new();
    }
    let shared = session.contributions.iter().map(|(contribution, _)| contribution);
    let mut blocks: Vec<_> = shared
        .filter(|contribution| contribution.turn == Some(turn.turn.id))
        .flat_map(|contribution| contribution_blocks(reading, contribution))
        .collect();
    let note = match &turn.ended {
        Some(Release::NothingHeld) => Some(reading.sentence("nothing_held", values! {})),
        Some(Release::MovedOn(reason)) => {
            let reason = reading.choice("moved_on", reason.code());
            Some(reading.sentence("moved_on", values! { reason }))
        }
        Some(Release::Finished) if !blocks.is_empty() => None,
        Some(Release::Finished) => Some(reading.sentence("finished", values! {})),
        _ if blocks.is_empty() => Some(not_heard(reading, session)),
        _ => None,
    };
    if blocks.is_empty() {
        blocks.push(Block::subheading(whose(reading, turn.turn.whose)));
    }
    let was_moved_on = matches!(turn.ended, Some(Release::MovedOn(_)));
    let is_unheard = was_moved_on && session.not_heard.iter().any(|seat| turn.turn.whose == Whose::Seat(*seat));
    blocks.extend(note.map(Block::paragraph));
    blocks.extend(is_unheard.then(|| Block::paragraph(not_heard(reading, session))));
    blocks
}

/// With the reason the chair chose, where there is one.
fn not_heard(reading: &Reading<'_>, session: &Session) -> String {
    let reason = session.round_closed_for.map(|reason| reading.choice("moved_on", reason.code()));
    reading.sentence("not_heard", values! { reason })
}

/// All that was said in a turn is for other readers.
fn is_limited_away(reading: &Reading<'_>, session: &Session, turn: &TurnState) -> bool {
    let said_in = |session: &Session| {
        session.contributions.iter().filter(|(contribution, _)| contribution.turn == Some(turn.turn.id)).count()
    };
    said_in(session) == 0 && reading.whole.session().is_some_and(|whole| said_in(whole) > 0)
}

/// Who was in the room without any turn when the round was closed (TURN-17).
fn without_a_turn(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let has_turn = |seat: &SeatId| session.turns.iter().any(|state| state.turn.whose == Whose::Seat(*seat));
    let without = session.not_heard.iter().filter(|seat| !has_turn(seat));
    without
        .flat_map(|seat| [Block::subheading(reading.person(*seat)), Block::paragraph(not_heard(reading, session))])
        .collect()
}

/// Name, role and agency of whoever a turn was for.
pub(super) fn whose(reading: &Reading<'_>, whose: Whose) -> String {
    let (name, role, agency) = reading.case.whose(whose);
    let not_named = reading.label("not_named");
    reading.named(name.unwrap_or(&not_named), role, agency)
}

fn contribution_blocks(reading: &Reading<'_>, contribution: &Contribution) -> Vec<Block> {
    let mut blocks = vec![Block::subheading(speaker(reading, contribution))];
    blocks.extend(marks(reading, contribution).into_iter().map(Block::paragraph));
    blocks.extend(parts(reading, contribution));
    let checked = reading.session.and_then(|session| session.checked.get(&contribution.id));
    if let Some(fields) = checked.and_then(|checked| checked.as_entered.clone()) {
        blocks.push(reading.paragraph("gist_as_entered", values! {}));
        blocks.extend(parts(reading, &Contribution { fields, ..contribution.clone() }));
    }
    blocks
}

/// What it says, part by part.
fn parts(reading: &Reading<'_>, contribution: &Contribution) -> Vec<Block> {
    let mut facts: Vec<_> = own_parts(reading, contribution);
    let mut sentences = Vec::new();
    for prompt in sharing_prompts(reading) {
        let said = prompt.fields.iter().filter_map(|field| {
            let said = contribution.fields.get(&field.key).filter(|said| !said.is_empty())?;
            Some((field, prompts::value(reading, field, said)))
        });
        let said: Vec<_> = said.collect();
        match in_a_sentence(reading, &said) {
            Some(sentence) => sentences.push(Block::paragraph(sentence)),
            None => facts.extend(said.into_iter().map(|(field, shown)| Fact::new(field.label.as_str(), shown))),
        }
    }
    std::iter::once(Block::Facts(facts)).chain(sentences).collect()
}

/// How far it is the speaker's own: not confirmed, right, or put right, and when (SES-08).
fn gist(reading: &Reading<'_>, contribution: &Contribution) -> Option<String> {
    let session = reading.session?;
    if awaits_its_speaker(reading.case, session, contribution) {
        return Some(reading.sentence("gist_not_confirmed", values! {}));
    }
    let checked = session.checked.get(&contribution.id)?;
    let values = values! { at => reading.at(checked.at), corrected => checked.as_entered.is_some() };
    Some(reading.sentence("gist_checked", values))
}

/// Present concerns and history have a line each even where nothing was said (INFO-12), once in a turn; then views, and
/// whatever the form did not ask for.
fn own_parts(reading: &Reading<'_>, contribution: &Contribution) -> Vec<Fact> {
    let said = |key: &str| contribution.fields.get(key).filter(|said| !said.is_empty());
    let nature = reading.session.and_then(|session| session.natures.get(&contribution.id));
    // The mark stands beside each line that was said (INFO-27).
    let marked = |key: &str, said: &Spoken| {
        let label = reading.label(&format!("field_{key}"));
        match nature.map(|nature| reading.choice("nature", nature.code())) {
            Some(nature) => Fact::new(reading.sentence("marked_label", values! { label, nature }), said),
            None => Fact::new(label, said),
        }
    };
    let line = |key: &str| match said(key) {
        Some(words) => Some(marked(key, words)),
        None if is_said_elsewhere(reading, contribution, key) => None,
        None => Some(reading.fact(&format!("field_{key}"), reading.label("not_stated"))),
    };
    let mut facts: Vec<_> = ["current", "history"].into_iter().filter_map(line).collect();
    facts.extend(said("views").map(|views| marked("views", views)));
    let is_unknown = |key: &str| {
        !["current", "history", "views"].contains(&key) && sharing_fields(reading).all(|field| field.key != key)
    };
    let unknown = contribution.fields.iter().filter(|(key, said)| is_unknown(key) && !said.is_empty());
    facts.extend(unknown.map(|(key, said)| Fact::new(key.replace('_', " "), said)));
    facts
}

/// Another contribution of the same speaker's turn has this part, or is the one that says it is missing: the first.
fn is_said_elsewhere(reading: &Reading<'_>, contribution: &Contribution, key: &str) -> bool {
    let shared = reading.session.into_iter().flat_map(|session| &session.contributions);
    let mut of_the_turn = shared.map(|(other, _)| other).filter(|other| {
        contribution.turn.is_some() && other.turn == contribution.turn && other.seat == contribution.seat
    });
    let is_said = |other: &Contribution| other.fields.get(key).is_some_and(|said| !said.is_empty());
    let is_first = of_the_turn.clone().next().is_none_or(|first| first.id == contribution.id);
    !is_first || of_the_turn.any(is_said)
}

/// The catalogue's fields of the sharing form.
fn sharing_fields<'a>(reading: &Reading<'a>) -> impl Iterator<Item = &'a Field> + use<'a> {
    sharing_prompts(reading).flat_map(|prompt| &prompt.fields)
}

fn sharing_prompts<'a>(reading: &Reading<'a>) -> impl Iterator<Item = &'a Prompt> + use<'a> {
    reading.rules.catalogue.prompts.iter().filter(|prompt| prompt.joins_sharing())
}

/// An answer readers look for as a sentence has one of its own in the wording, by its first field; its other parts
/// stand in it too (INFO-19).
fn in_a_sentence(reading: &Reading<'_>, said: &[(&Field, Piece)]) -> Option<String> {
    let ((field, answer), more) = said.split_first()?;
    let key = format!("field_{}", field.key);
    let more: Vec<_> = more.iter().map(|(_, part)| part.words()).collect();
    let has_one = reading.wording.has(&format!("minutes.{key}"));
    has_one.then(|| reading.sentence(&key, values! { answer => answer.words().to_lowercase(), more }))
}

/// How it came in: written, relayed, entered by another (INFO-23, MIN-08, DEC-44).
fn marks(reading: &Reading<'_>, contribution: &Contribution) -> Vec<String> {
    let mut marks = Vec::new();
    match (contribution.mode, &contribution.on_behalf_of) {
        (Mode::Written, _) if !is_there(reading, contribution) => marks.push(reading.sentence("written", values! {})),
        (Mode::Written, _) => marks.push(reading.sentence("sent_beforehand", values! {})),
        (Mode::Relayed, source) => {
            let values = values! {
                source => speaker(reading, contribution),
                how => source.as_ref().map(|source| source.by.words()),
                stated => !contribution.lacks_source(),
                by => reading.person(contribution.seat),
            };
            marks.push(reading.sentence("relayed", values));
        }
        (Mode::Live, _) => {}
    }
    marks.extend(limited_to(reading, Item::Contribution(contribution.id)));
    let entered = contribution.entered_by.filter(|by| *by != contribution.seat);
    marks.extend(entered.map(|by| entered_by(reading, contribution, by)));
    marks.extend(gist(reading, contribution));
    let weighed = reading.session.and_then(|session| session.weighed.get(&contribution.id));
    marks.extend(weighed.map(|weighed| {
        let (by, at) = (&weighed.by, reading.at(weighed.at));
        let by = reading.named(&by.name, &by.role, &by.agency);
        reading.sentence("weighed", values! { act_now => weighed.act_now, by, at })
    }));
    marks
}

/// For whom it is, where not for everybody (SEC-05).
pub(super) fn limited_to(reading: &Reading<'_>, item: Item) -> Option<String> {
    let limit = reading.session?.limits.get(&item)?;
    let names = |seats: &BTreeSet<SeatId>| seats.iter().map(|seat| reading.person(*seat)).collect::<Vec<_>>();
    let names: Option<Vec<String>> = limit.readers.iter().rev().find_map(|readers| match readers {
        Readers::Named(seats) => Some(names(seats)),
        Readers::ChairAndPolice => None,
    });
    Some(reading.sentence("limited_to", values! { names }))
}

/// Of somebody on the telephone it says when it was read back to them (INV-34).
fn entered_by(reading: &Reading<'_>, contribution: &Contribution, by: SeatId) -> String {
    let by = reading.person(by);
    let Some(session) = reading.session else { return reading.sentence("contribution_entered", values! { by }) };
    let was_spoken = contribution.mode == Mode::Live;
    if !was_spoken || reading.case.means(session, contribution.seat) != Means::Telephone {
        return reading.sentence("contribution_entered", values! { by });
    }
    let at = session.read_back_to.get(&contribution.id).map(|at| reading.clock_time(*at));
    reading.sentence("by_telephone", values! { at, by })
}

fn is_there(reading: &Reading<'_>, contribution: &Contribution) -> bool {
    let attendance = reading.session.and_then(|session| session.attendance.get(&contribution.seat));
    attendance.is_some_and(|attendance| attendance.attended())
}

/// That the police lead a criminal investigation, once one is recorded, and which officer acknowledged it (INFO-22).
pub(super) fn police_lead(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let is_printed = reading.rules.procedure.level(POLICE_LEAD) < Level::Off;
    let is_recorded = arising(reading.case, session, reading.rules.procedure).criminal_investigation;
    let acknowledged = session
        .contributions
        .iter()
        .find(|(contribution, _)| contribution.fields.get(POLICE_LEAD).is_some_and(|answer| answer.words() == "yes"));
    if acknowledged.is_none() && !(is_printed && is_recorded) {
        return Vec::new();
    }
    let by = acknowledged.map(|(contribution, _)| reading.person(contribution.seat));
    let at = acknowledged.map(|(_, at)| reading.clock_time(*at));
    vec![reading.paragraph("police_lead", values! { by, at })]
}

/// The question that has an officer acknowledge it.
pub(super) const POLICE_LEAD: &str = "police_lead";

/// The views, not only the facts, of those who could not come (INFO-24, MIN-05).
pub(super) fn absent_views(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let absent = |contribution: &&Contribution| match contribution.mode {
        Mode::Written => !is_there(reading, contribution),
        Mode::Relayed => true,
        Mode::Live => false,
    };
    let shared = session.contributions.iter().map(|(contribution, _)| contribution);
    let late = session
        .submissions
        .iter()
        .filter(|submission| session.contributions.iter().all(|(contribution, _)| contribution.id != submission.id));
    let with_views = shared.chain(late).filter(absent).filter_map(|contribution| {
        let views: &Spoken = contribution.fields.get("views").filter(|views| !views.is_empty())?;
        Some(Fact::new(speaker(reading, contribution), views))
    });
    let facts: Vec<_> = with_views.collect();
    if facts.is_empty() { vec![reading.paragraph("no_views", values! {})] } else { vec![Block::Facts(facts)] }
}

/// Questions as put, and their answers (TURN-08 to TURN-13). What was parked or held stays its author's: the
/// body says that there was one, and nothing of what it asked.
pub(super) fn questions(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let asked = put(session).enumerate();
    let rows: Vec<_> = asked.map(|(n, question)| question_row(reading, n + 1, question)).collect();
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(reading.paragraph("no_questions_put", values! {}));
    } else {
        let headers = ["number", "asked_by", "asked_of", "question", "answer", "answered_by"];
        blocks.push(reading.table("questions", &headers, rows));
    }
    let kept = |question: &&Question| matches!(question.state, QuestionState::Parked | QuestionState::Held);
    let not_put = session.questions.iter().filter(kept).count();
    if not_put > 0 {
        blocks.push(reading.paragraph("questions_not_put", values! { number => not_put }));
    }
    blocks.extend(super::asked::opportunities(reading, session));
    blocks
}

/// The questions that were put, which are numbered as the record shows them.
fn put(session: &Session) -> impl Iterator<Item = &Question> {
    let questions = session.questions.iter();
    questions.filter(|question| matches!(question.state, QuestionState::Asked | QuestionState::Answered))
}

pub(super) fn number_of(session: &Session, id: QuestionId) -> Option<usize> {
    put(session).position(|question| question.id == id).map(|place| place + 1)
}

fn question_row(reading: &Reading<'_>, number: usize, question: &Question) -> Vec<Piece> {
    let to = match &question.to {
        Some(Addressee::Seat(seat)) => reading.person(*seat).into(),
        Some(Addressee::Agency(agency)) => Piece::new(agency),
        None => reading.nothing(),
    };
    let (answer, by) = match &question.answer {
        Some((by, text, at)) => {
            let person = reading.person(*by);
            let said = reading.sentence("answered_by", values! { person, at => reading.clock_time(*at) });
            let mark =
                limited_to(reading, Item::Answer(question.id)).map(|mark| format!("\n{mark}")).unwrap_or_default();
            (Piece::from(format!("{}{mark}", text.words())), Piece::from(said))
        }
        None => {
            let action = question.action;
            (reading.sentence("question_unanswered", values! { action }).into(), reading.label("nobody").into())
        }
    };
    vec![number.to_string().into(), reading.person(question.by).into(), to, reading.spoken(&question.text), answer, by]
}
