//! What agencies are asked in their turn and leave unanswered: shown before the risk is weighed, and open until it is
//! answered (INFO-12, INFO-13, INFO-15 to INFO-21, INFO-25).

use std::collections::BTreeMap;

use super::case::Case;
use super::facts::Rules;
use super::floor::{Contribution, Release, TurnState, Whose};
use super::ids::TurnId;
use super::open_items::{OpenItem, Topic, arising};
use super::people::AgencyKind;
use super::procedure::Level;
use super::prompt::{About, Answer, Field, Prompt, arises, missing_fields};
use super::session::Session;
use super::spoken::Spoken;

/// The part of every contribution that says what is known from before, or that nothing is; also its item's id.
pub const HISTORY: &str = "history";
/// The rule that each agency is asked for it.
const HISTORY_RULE: &str = "INFO-12";

/// Something a speaker left unanswered.
pub struct Gap<'a> {
    pub whose: Whose,
    /// `None`: the history.
    pub prompt: Option<&'a Prompt>,
    /// What of it is missing; empty where all of it is.
    pub missing: Vec<&'a Field>,
}

/// What a speaker of this kind of agency is asked in this session, what is mandatory first.
pub fn asked_of<'a>(case: &Case, session: &Session, rules: &Rules<'a>, kind: AgencyKind) -> Vec<&'a Prompt> {
    let arising = arising(case, session, rules.procedure);
    let prompts = rules.catalogue.prompts.iter();
    let prompts = prompts.filter(|prompt| prompt.is_put_to(kind) && arises(prompt, &arising));
    let mut asked: Vec<_> = prompts.filter(|prompt| rules.procedure.level(&prompt.key) < Level::Off).collect();
    asked.sort_by_key(|prompt| rules.procedure.level(&prompt.key));
    asked
}

/// What whoever has or had this turn could still say of what they are asked.
pub fn still_to_say<'a>(case: &Case, session: &Session, rules: &Rules<'a>, turn: &TurnState) -> Vec<&'a Prompt> {
    let asked = asked_of(case, session, rules, kind_of(case, turn.turn.whose)).into_iter();
    asked.filter(|prompt| missing(case, session, rules, turn, prompt).is_some()).collect()
}

/// What is shown before the risk is weighed: what the procedure insists on, and what is shown wherever it works (INFO-17).
pub fn shown<'a>(case: &Case, session: &Session, rules: &Rules<'a>) -> Vec<Gap<'a>> {
    let always = |prompt: &Prompt| prompt.always_a_gap && rules.procedure.level(&prompt.key).works();
    gaps(case, session, rules, |level, prompt| level.is_mandatory(session.held_late) || prompt.is_some_and(always))
}

/// What those who have been heard left unanswered, of the questions that count, and of the history, which is no question.
/// A question one answer is enough for is missed of the first who was asked it.
pub fn gaps<'a>(
    case: &Case,
    session: &Session,
    rules: &Rules<'a>,
    counts: impl Fn(Level, Option<&Prompt>) -> bool,
) -> Vec<Gap<'a>> {
    let mut gaps: Vec<Gap<'a>> = Vec::new();
    for turn in session.turns.iter().filter(|turn| is_over(turn)) {
        let whose = turn.turn.whose;
        let said = said_in(session, &[turn.turn.id]);
        let has_spoken = !said.is_empty();
        if has_spoken && counts(rules.procedure.level(HISTORY_RULE), None) && !said.contains_key(HISTORY) {
            gaps.push(Gap { whose, prompt: None, missing: Vec::new() });
        }
        let asked = asked_of(case, session, rules, kind_of(case, whose)).into_iter();
        for prompt in asked.filter(|prompt| counts(rules.procedure.level(&prompt.key), Some(prompt))) {
            let is_known = |gap: &Gap<'_>| gap.prompt.is_some_and(|known| known.key == prompt.key);
            if if prompt.of_each { !has_spoken } else { gaps.iter().any(is_known) } {
                continue;
            }
            if let Some(missing) = missing(case, session, rules, turn, prompt) {
                gaps.push(Gap { whose, prompt: Some(prompt), missing });
            }
        }
    }
    gaps
}

/// What of it the procedure insists on.
pub fn open(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let insists = |level: Level, _: Option<&Prompt>| level.is_mandatory(session.held_late);
    let item = |gap: Gap<'_>| OpenItem {
        id: gap.prompt.map_or(HISTORY, |prompt| &prompt.key).to_owned(),
        about: match gap.whose {
            Whose::Seat(seat) => Topic::Seat(seat),
            Whose::Invitation(invitation) => Topic::Invitation(invitation),
        },
        missing: gap.missing.iter().map(|field| field.key.clone()).collect(),
    };
    gaps(case, session, rules, insists).into_iter().map(item).collect()
}

/// The kind of agency a turn is for.
pub fn kind_of(case: &Case, whose: Whose) -> AgencyKind {
    match whose {
        Whose::Seat(seat) => case.person(seat).agency_kind,
        Whose::Invitation(id) => {
            let invited = case.session().and_then(|session| session.invitation(id));
            invited.map_or(AgencyKind::Other, |state| state.invitation.to.kind())
        }
    }
}

/// Its holder was asked, and is done; that an agency holds nothing answers everything it is asked.
fn is_over(turn: &TurnState) -> bool {
    matches!(turn.ended, Some(Release::Finished | Release::MovedOn(_)))
}

/// What of a question nobody it is put to has answered: `None` where nothing is missing, and nothing in it where all is.
fn missing<'a>(
    case: &Case,
    session: &Session,
    rules: &Rules<'a>,
    turn: &TurnState,
    prompt: &'a Prompt,
) -> Option<Vec<&'a Field>> {
    let others = session.turns.iter().filter(|other| prompt.is_put_to(kind_of(case, other.turn.whose)));
    let turns: Vec<_> = if prompt.of_each { vec![turn.turn.id] } else { others.map(|other| other.turn.id).collect() };
    let mut fields = said_in(session, &turns);
    fields.retain(|key, _| prompt.field(key).is_some());
    if fields.is_empty() {
        return Some(Vec::new());
    }
    let answer = Answer::new(&prompt.key, About::Session, fields);
    let missing = missing_fields(prompt, &answer, rules.procedure);
    (!missing.is_empty()).then_some(missing)
}

fn said_in(session: &Session, turns: &[TurnId]) -> BTreeMap<String, Spoken> {
    let of_these = |contribution: &Contribution| contribution.turn.is_some_and(|turn| turns.contains(&turn));
    let said = session.contributions.iter().map(|(contribution, _)| contribution).filter(|shared| of_these(shared));
    let said = said.flat_map(|contribution| contribution.fields.iter()).filter(|(_, words)| !words.is_empty());
    said.map(|(key, words)| (key.clone(), words.clone())).collect()
}
