//! Filling in what convenor asks: a select, then a modal, then the reply, as a person would go through them.

use std::time::Duration;

use crate::rehearsal::workspace::{Answer, CannotDo, Id, Person, Response, SeenSelect};

/// What a person gives for a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Text(String),
    Yes(bool),
    /// A person of the case, by key: chosen from a list of seats.
    Seat(String),
    /// A person of the case, by key: mentioned by their account.
    Account(String),
    Instant(chrono::DateTime<chrono::Utc>),
}

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// How far a form was gone through.
#[derive(Debug)]
pub struct Filled {
    /// What the person got last.
    pub last: Response,
    /// Every interaction on the way, in order.
    pub interactions: Vec<Id>,
    /// How long each took to be acknowledged.
    pub acknowledged: Vec<Duration>,
    /// A list the person had no answer for; there the form ends.
    pub unanswered: Option<String>,
}

/// More questions than any form has: one that goes on asking is given up.
const ROUNDS_MAX: usize = 12;

/// Goes on from the first response until convenor asks nothing more. `answers` are by field key.
pub async fn fill(person: &Person, first: Response, answers: &[(String, String)]) -> Result<Filled, CannotDo> {
    let mut filled = Filled { last: first, interactions: Vec::new(), acknowledged: Vec::new(), unanswered: None };
    filled.note();
    for _ in 0..ROUNDS_MAX {
        match next(person, &filled.last, answers).await? {
            Next::Response(response) => filled.last = *response,
            Next::NoAnswerFor(field) => {
                filled.unanswered = Some(field);
                break;
            }
            Next::Done => break,
        }
        filled.note();
    }
    Ok(filled)
}

impl Filled {
    fn note(&mut self) {
        self.interactions.push(self.last.interaction_id);
        self.acknowledged.extend(self.last.acknowledged_after);
    }
}

enum Next {
    Response(Box<Response>),
    NoAnswerFor(String),
    Done,
}

async fn next(person: &Person, shown: &Response, answers: &[(String, String)]) -> Result<Next, CannotDo> {
    let known = |field: &str| answers.iter().find(|(key, _)| key == field).map(|(_, value)| value.as_str());
    if let Answer::Modal(modal) = &shown.answer {
        let asked = modal
            .fields
            .iter()
            .filter_map(|field| Some((field.custom_id.clone(), known(&field.custom_id)?.to_owned())));
        return Ok(Next::Response(Box::new(person.submit(modal, asked.collect()).await?)));
    }
    let Some(message) = shown.message() else { return Ok(Next::Done) };
    let lists: Vec<_> = message.selects().into_iter().filter(|select| picked(&select.custom_id).is_some()).collect();
    let Some(first) = lists.first() else { return Ok(Next::Done) };
    let field = picked(&first.custom_id).unwrap_or_default().to_owned();
    let Some(wanted) = known(&field) else { return Ok(Next::NoAnswerFor(field)) };
    let wanted: Vec<_> = if first.most > 1 { wanted.split(',').collect() } else { vec![wanted] };
    // Where a field has many options, they are in lists one under the other.
    let offers = |select: &&SeenSelect| wanted.iter().all(|one| select.choices.iter().any(|it| it.value == *one));
    let select = lists.iter().find(|select| offers(select)).unwrap_or(first);
    Ok(Next::Response(Box::new(person.select(message.id, &select.custom_id, &wanted).await?)))
}

/// The field a list asks for: `pick=FIELD` or `pick=FIELD.1` among the arguments of its id.
fn picked(custom_id: &str) -> Option<&str> {
    argument(custom_id, "pick")?.split('.').next()
}

/// An argument of a control's id, `v1:row:code-name:key=value;key=value`.
pub fn argument<'a>(custom_id: &'a str, key: &str) -> Option<&'a str> {
    let arguments = custom_id.splitn(4, ':').nth(3)?;
    let mut pairs = arguments.split([';', ',']).filter_map(|argument| argument.split_once('='));
    pairs.find(|(known, _)| *known == key).map(|(_, value)| value)
}

/// The row a control belongs to.
pub fn row(custom_id: &str) -> Option<&str> {
    custom_id.split(':').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_controls_id_says_its_row_and_arguments() {
        let id = "v1:prompt:amber-heron-k:prompt=risk;about=c1;pick=level";
        assert_eq!(row(id), Some("prompt"));
        assert_eq!(argument(id, "about"), Some("c1"));
        assert_eq!(picked(id), Some("level"));
        assert_eq!(picked("v1:open:amber-heron-k"), None);
    }
}
