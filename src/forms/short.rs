//! What is known of a form, short enough for a control's id: a fixed choice or a tick by its place in the table.

use super::{Answers, Kind, Row};
use crate::domain::decision::Section47Decision;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::Prompt;

/// A choice as `place of the field = place of the code`; anything else stays as it is.
pub fn short(row: &Row, key: &str, value: &str) -> (String, String) {
    let found = row.fields.iter().enumerate().find(|(_, field)| field.key == key);
    let place = found.and_then(|(n, field)| Some((n, codes(field.kind)?.iter().position(|code| *code == value)?)));
    place.map_or_else(|| (key.to_owned(), value.to_owned()), |(n, code)| (n.to_string(), code.to_string()))
}

/// The answers as they were before [`short`]. A place the table doesn't have is left out.
pub fn long(row: &Row, known: &Answers) -> Answers {
    let answer = |(key, value): (&String, &String)| match key.parse::<usize>() {
        Err(_) => Some((key.clone(), value.clone())),
        Ok(n) => {
            let field = row.fields.get(n)?;
            let code = *codes(field.kind)?.get(value.parse::<usize>().ok()?)?;
            Some((field.key.to_owned(), code.to_owned()))
        }
    };
    known.iter().filter_map(answer).collect()
}

/// The same for a choice of a question of the catalogue: `c1=0.2`, by places in the question and among its choices.
pub fn short_answer(prompt: &Prompt, procedure: &Procedure, key: &str, value: &str) -> (String, String) {
    let as_it_is = || (key.to_owned(), value.to_owned());
    let Some((n, field)) = prompt.fields.iter().enumerate().find(|(_, field)| field.key == key) else {
        return as_it_is();
    };
    let Some(choices) = field.choices(procedure) else { return as_it_is() };
    let place = |code: &str| choices.iter().position(|choice| choice.code == code).map(|place| place.to_string());
    let places: Option<Vec<_>> = field.codes_in(value).into_iter().map(place).collect();
    places.map_or_else(as_it_is, |places| (format!("c{n}"), places.join(".")))
}

/// The answers as they were before [`short_answer`].
pub fn long_answers(prompt: &Prompt, procedure: &Procedure, known: &Answers) -> Answers {
    let chosen = |key: &str, value: &str| {
        let field = prompt.fields.get(key.strip_prefix('c')?.parse::<usize>().ok()?)?;
        let choices = field.choices(procedure)?;
        let code = |place: &str| Some(choices.get(place.parse::<usize>().ok()?)?.code.clone());
        let codes: Option<Vec<_>> = value.split('.').map(code).collect();
        Some((field.key.clone(), codes?.join(",")))
    };
    let answer = |(key, value): (&String, &String)| chosen(key, value).unwrap_or_else(|| (key.clone(), value.clone()));
    known.iter().map(answer).collect()
}

fn codes(kind: Kind) -> Option<Vec<&'static str>> {
    match kind {
        Kind::Choice(_, codes) => Some(codes()),
        Kind::Section47 => Some(Section47Decision::ALL.iter().map(|(_, code)| *code).collect()),
        Kind::Flag => Some(vec!["false", "true"]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::CodeName;
    use crate::forms::rows;
    use crate::room::press::Press;

    #[test]
    fn every_choice_of_every_row_fits_into_an_id_and_comes_back() {
        for row in rows() {
            let mut press = Press::new(row.key, &CodeName("unmistakable-hippopotamus-k".to_owned()));
            let mut answers = Answers::new();
            for field in row.fields {
                let Some(longest) = codes(field.kind).and_then(|codes| codes.into_iter().max_by_key(|code| code.len()))
                else {
                    continue;
                };
                answers.insert(field.key.to_owned(), longest.to_owned());
                let (key, value) = short(row, field.key, longest);
                press = press.with(&key, value);
            }
            assert!(press.to_string().len() <= 100, "{press}");
            assert_eq!(long(row, &press.known), answers);
        }
    }

    #[test]
    fn every_choice_of_every_question_fits_into_an_id_and_comes_back() {
        let config = crate::config::Config::built_in();
        let row = crate::forms::row("prompt").expect("questions have a row");
        for procedure in config.procedures.values() {
            for prompt in &config.catalogue.prompts {
                let mut press = Press::new(row.key, &CodeName("unmistakable-hippopotamus-k".to_owned()));
                press = press.with("prompt", &prompt.key);
                let mut answers = Answers::from([("prompt".to_owned(), prompt.key.clone())]);
                let mut longest_key = String::new();
                for field in &prompt.fields {
                    let Some(choices) = field.choices(procedure).filter(|choices| !choices.is_empty()) else {
                        continue;
                    };
                    let codes = choices.iter().map(|choice| choice.code.clone());
                    let most = if field.takes_several() { choices.len() } else { 1 };
                    let value = codes.take(most).collect::<Vec<_>>().join(",");
                    let (key, places) = short_answer(prompt, procedure, &field.key, &value);
                    press = press.with(&key, places);
                    answers.insert(field.key.clone(), value);
                    longest_key = field.key.clone();
                }
                // The last list's own id carries the answers before it and its field.
                assert!(press.to_string().len() <= 100, "{press}");
                assert_eq!(long_answers(prompt, procedure, &press.known), answers);
                press.known.pop_first();
                press = press.with("prompt", &prompt.key).with("pick", longest_key);
                assert!(press.to_string().len() <= 100, "{press}");
            }
        }
    }
}
