//! What is known of a form, short enough for a control's id: a fixed choice or a tick by its place in the table.

use super::{Answers, Kind, Row};

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

fn codes(kind: Kind) -> Option<Vec<&'static str>> {
    match kind {
        Kind::Choice(_, codes) => Some(codes()),
        Kind::Flag => Some(vec!["false", "true"]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::CodeName;
    use crate::forms::TABLE;
    use crate::room::press::Press;

    #[test]
    fn every_choice_of_every_row_fits_into_an_id_and_comes_back() {
        for row in TABLE {
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
}
