//! What was entered, as people read it: a decision, an action, an answer to a question, and a field of one.

use minijinja::context;

use crate::domain::decided::{Contradiction, contradictions, missing_of_outcome};
use crate::domain::decision::{Entry, OutcomeChosen, Section47};
use crate::domain::ids::{ActionNo, SeatId};
use crate::domain::knowing::{people_in, seated};
use crate::domain::procedure::Level;
use crate::domain::prompt::{About, FieldKind, Prompt, missing_fields};
use crate::domain::provisional::{self, LEVEL, UNTIL};
use crate::domain::{calendar, due};

use super::Scene;

impl Scene<'_> {
    /// One entry as it is read out.
    pub fn entry(&self, entry: &Entry) -> String {
        match entry {
            Entry::Section47(decided) => self.section_47(decided),
            Entry::Outcome(chosen) => self.outcome(chosen),
            Entry::Action(action) => self.action(action.no),
            Entry::Answer(answer) => {
                let prompt = self.rules.catalogue.prompt(&answer.prompt);
                let about = match answer.about {
                    About::Session => None,
                    About::Child(child) => Some(self.child(child)),
                };
                let title = prompt.map(|prompt| prompt.title.clone()).unwrap_or_default();
                if let (Some(prompt), Some(reason)) = (prompt, &answer.none) {
                    let nothing = self.nothing(prompt, reason.words());
                    return self.wording.say("room.entry_nothing", context! { title, about, nothing });
                }
                let order: Vec<_> = prompt
                    .map(|prompt| prompt.fields.iter().map(|field| field.key.clone()).collect())
                    .unwrap_or_default();
                let missing =
                    prompt.map(|prompt| missing_fields(prompt, answer, self.rules.procedure)).unwrap_or_default();
                let blank = |key: &str| missing.iter().find(|field| field.key == key)?.blank.clone();
                let words = |key: &String| match answer.fields.get(key) {
                    Some(text) => Some(self.value_of(&answer.prompt, key, text.words())),
                    None => blank(key),
                };
                let until = provisional::until(answer);
                // Until when a level is held stands beside it.
                let words = |key: &String| match &until {
                    Some(until) if key == LEVEL => {
                        let values = context! { level => words(key), until => until.words() };
                        Some(self.wording.say("room.until", values))
                    }
                    Some(_) if key == UNTIL => None,
                    _ => words(key),
                };
                let fields: Vec<_> =
                    order.iter().filter_map(|key| Some((self.field(&answer.prompt, key), words(key)?))).collect();
                self.wording.say("room.entry", context! { title => title, about => about, fields => fields })
            }
        }
    }

    /// That there is nothing of it, in the question's own words, and why.
    fn nothing(&self, prompt: &Prompt, reason: &str) -> String {
        let (none, reason) = (prompt.none.as_ref(), Some(reason).filter(|reason| !reason.is_empty()));
        let label = none.map(|none| none.label.as_str());
        let is_asked_why = none.is_none_or(|none| none.reason);
        self.wording.say("room.nothing", context! { label, reason, is_asked_why })
    }

    fn section_47(&self, decided: &Section47) -> String {
        let mode = decided.mode.map(|mode| self.wording.say(&format!("choice.mode.{}", mode.code()), ()));
        self.wording.say(
            "room.section_47",
            context! {
                decision => self.wording.say(&format!("choice.decision.{}", decided.decision.code()), ()),
                mode => mode, agency => decided.agency.words(), rationale => decided.rationale.words(),
                how => decided.how.words(), when => decided.when.words(), by_whom => decided.by_whom.words(),
            },
        )
    }

    fn outcome(&self, chosen: &OutcomeChosen) -> String {
        let label = self.rules.procedure.outcome(&chosen.code).map_or(chosen.code.as_str(), |outcome| &outcome.label);
        let mode = chosen.mode.map(|mode| self.wording.say(&format!("choice.mode.{}", mode.code()), ()));
        let missing = missing_of_outcome(chosen, self.rules.procedure, Level::is_asked).into_iter();
        // The rationale has its own place in the sentence.
        let missing = missing.filter(|part| part != "rationale").map(|part| self.part_of_outcome(chosen, &part));
        self.wording.say(
            "room.outcome",
            context! {
                missing => missing.collect::<Vec<_>>(), child => chosen.child.map(|child| self.child(child)),
                contradicts => self.contradicts(chosen), despite => chosen.despite.words(),
                outcome => label, rationale => chosen.rationale.words(), mode => mode, who => chosen.who.words(),
                agency => chosen.agency.words(), at => chosen.at.map(calendar::both), description => chosen.description.words(),
            },
        )
    }

    /// A part of a decision or an outcome, as it is asked for.
    pub fn part_of(&self, entry: &Entry, part: &str) -> String {
        match entry {
            Entry::Outcome(chosen) => self.part_of_outcome(chosen, part),
            Entry::Section47(_) | Entry::Answer(_) | Entry::Action(_) => self.label_of(part),
        }
    }

    fn part_of_outcome(&self, chosen: &OutcomeChosen, part: &str) -> String {
        let outcome = self.rules.procedure.outcome(&chosen.code);
        let own = outcome.and_then(|outcome| outcome.labels.iter().find(|(field, _)| field.key() == part));
        own.map_or_else(|| self.label_of(part), |(_, label)| label.clone())
    }

    /// An outcome and what it does not go with (DEC-13, DEC-14).
    pub fn contradiction(&self, found: &Contradiction<'_>) -> String {
        let code = &found.chosen.code;
        let outcome = self.rules.procedure.outcome(code).map_or(code.as_str(), |outcome| &outcome.label);
        let decision = self.wording.say(&format!("choice.decision.{}", found.with.code()), ());
        let child = found.chosen.child.map(|child| self.child(child));
        self.wording.say("room.contradiction", context! { outcome => outcome, decision => decision, child => child })
    }

    fn contradicts(&self, chosen: &OutcomeChosen) -> Option<String> {
        let session = self.case.session()?;
        let found = contradictions(self.case, session, self.rules.procedure)
            .into_iter()
            .find(|found| found.chosen == chosen)?;
        Some(self.wording.say(&format!("choice.decision.{}", found.with.code()), ()))
    }

    /// An action in one line: number, what, who, when.
    pub fn action(&self, no: ActionNo) -> String {
        let Some(action) = self.case.action(no) else { return String::new() };
        let entered = &action.entered;
        let owner = match (entered.owner, entered.found_by) {
            (Some(seat), _) => self.owner(seat),
            (None, Some(by)) => {
                let (by, at) = (&self.case.person(by).name, entered.find_by.map(calendar::both));
                self.wording.say("room.owner_sought", context! { words => entered.owner_words.words(), by, at })
            }
            (None, None) => entered.owner_words.words().to_owned(),
        };
        let lacks_time = action.lacks_time(&self.rules.procedure.waits);
        let due = entered.due.map(|due| match lacks_time {
            true => self.wording.say("room.due_without_time", context! { day => calendar::date(due) }),
            false => calendar::both(due),
        });
        let values = context! {
            waits => self.case.session().is_some_and(|session| session.waits_for_section_47(no)),
            n => no.0, what => entered.what.words(), owner => owner, due => due,
            unnamed => entered.owner.is_none() && entered.found_by.is_none(),
        };
        self.wording.say("room.action", values)
    }

    /// Whoever is to do an action, and that they left where they have (SES-17).
    fn owner(&self, seat: SeatId) -> String {
        let name = self.case.person(seat).name.clone();
        let has_left = self.case.has_left(seat);
        if has_left { self.wording.say("room.owner_is_gone", context! { name }) } else { name }
    }

    /// A field's value as people read it.
    pub fn value_of(&self, prompt: &str, key: &str, text: &str) -> String {
        let field = self.rules.catalogue.prompt(prompt).and_then(|prompt| prompt.field(key));
        let Some(field) = field else { return text.to_owned() };
        if field.kind == FieldKind::Seat {
            let seat = text.parse().ok().and_then(|id| self.case.seat(id));
            return seat.map_or_else(|| text.to_owned(), |seat| self.person(seat.id));
        }
        if field.kind == FieldKind::People {
            let session = self.case.session();
            let now = |whose| session.map_or(whose, |session| seated(session, whose));
            let people: Vec<_> = people_in(text).map(|whose| self.whose(now(whose))).collect();
            return if people.is_empty() { self.wording.say("ready.nobody", ()) } else { people.join("; ") };
        }
        if field.kind.direction().is_some() {
            return due::instant(text).map_or_else(|| text.to_owned(), calendar::both);
        }
        if field.choices(self.rules.procedure).is_some() {
            field.chosen(text, self.rules.procedure)
        } else {
            text.to_owned()
        }
    }
}
