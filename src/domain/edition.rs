//! The dated texts of a procedure: its own edition and its links, and which of them are over a year old (REF-19).

use chrono::{Months, NaiveDate};

use super::calendar;
use super::procedure::Procedure;

/// After how many months somebody has to look whether a text still holds.
const MONTHS_MAX: Months = Months::new(12);

/// A text that says of when it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition<'a> {
    pub title: &'a str,
    pub as_at: NaiveDate,
}

/// What of a procedure was last looked at over twelve months before this day: its edition, then its links. A date
/// that is none is nobody's age; the configuration is refused for it.
pub fn outdated(procedure: &Procedure, today: NaiveDate) -> Vec<Edition<'_>> {
    let own = (procedure.name.as_str(), procedure.as_at.as_str());
    let links = procedure.links.iter().map(|link| (link.title.as_str(), link.as_at.as_str()));
    let dated = std::iter::once(own).chain(links);
    let editions = dated.filter_map(|(title, as_at)| Some(Edition { title, as_at: as_at.parse().ok()? }));
    editions.filter(|edition| edition.as_at + MONTHS_MAX < today).collect()
}

/// "22 November 2026"; what is no date stays as it was written.
pub fn in_words(as_at: &str) -> String {
    as_at.parse().map_or_else(|_| as_at.to_owned(), calendar::date_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn procedure() -> Procedure {
        let text = include_str!("../../bot-config/procedures/remote-format.toml");
        let mut procedure: Procedure = toml::from_str(text).expect("the shipped file is readable");
        procedure.as_at = "2026-11-22".to_owned();
        procedure.links.truncate(1);
        procedure.links[0].as_at = "2026-12-24".to_owned();
        procedure
    }

    fn titles(today: &str) -> usize {
        outdated(&procedure(), today.parse().expect("a date")).len()
    }

    #[test]
    fn a_text_is_old_the_day_after_its_year_is_over() {
        assert_eq!((titles("2027-11-22"), titles("2027-11-23")), (0, 1));
        assert_eq!((titles("2027-12-24"), titles("2027-12-25")), (1, 2));
    }

    #[test]
    fn a_date_is_said_in_words() {
        assert_eq!((in_words("2026-11-02"), in_words("soon")), ("2 November 2026".to_owned(), "soon".to_owned()));
    }
}
