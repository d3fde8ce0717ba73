//! Typed access to a form's answers.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Answers, Row};
use crate::domain::due::{self, Direction};
use crate::domain::event::Fields;
use crate::domain::facts::Rules;
use crate::domain::floor::{Addressee, Whose};
use crate::domain::ids::{AdultId, ChildId, DraftId, SeatId, SessionNo, TurnId};
use crate::domain::limits::{Item, Readers};
use crate::domain::people::Person;
use crate::domain::prompt::FieldKind;
use crate::domain::referral::Born;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::room::press::TURN;

/// A form with its answers and what is needed to understand them.
pub struct Form<'a> {
    pub row: &'static Row,
    pub answers: &'a Answers,
    pub rules: Rules<'a>,
    pub now: DateTime<Utc>,
    /// Whose form it is; `None` for an account nobody enrolled.
    pub person: Option<&'a Person>,
    /// People and agencies named in the form, as the directory knows them.
    pub named: &'a Named,
    /// What stands already of what the form changes; filled in, and kept where it isn't asked for.
    pub stood: &'a Answers,
}

/// What the directory says of the accounts and agencies a form names.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// By field key.
    pub people: std::collections::BTreeMap<String, Person>,
    pub agency: Option<(String, crate::domain::people::AgencyKind)>,
    pub reach: crate::domain::attendance::Reach,
    /// Every role of the directory, where one has to be chosen.
    pub roles: Vec<crate::domain::directory::Role>,
    /// How the agencies a further session is to ask are reached, by name.
    pub reach_of: std::collections::BTreeMap<String, crate::domain::attendance::Reach>,
    /// By field key, where a form names several.
    pub by_field: std::collections::BTreeMap<String, AskedAgency>,
    /// Every agency there is, where one has to be chosen.
    pub agencies: Vec<(String, crate::domain::people::AgencyKind)>,
    /// The other case a form names, where there is one of that code name.
    pub case: Option<crate::domain::ids::CodeName>,
    /// The code of the role a form gives in words.
    pub role_code: Option<String>,
    /// The role a form gives in words, or the one named is enrolled in, where it supports the session (SES-09).
    pub support: Option<String>,
}

/// The codes of a choice of readers that are nobody's seat.
pub const CHAIR_AND_POLICE: &str = "chair_police";
pub const EVERYBODY: &str = "everybody";

/// Everything that was read back, where decisions can be picked.
pub const ALL_DECISIONS: &str = "all";

/// An agency a form names.
#[derive(Debug, Clone)]
pub struct AskedAgency {
    pub agency: String,
    pub kind: crate::domain::people::AgencyKind,
    pub reach: crate::domain::attendance::Reach,
}

impl Named {
    /// A role of the directory.
    pub fn role(&self, code: &str) -> Option<&crate::domain::directory::Role> {
        self.roles.iter().find(|role| role.code == code)
    }
}

impl Form<'_> {
    pub fn has(&self, key: &str) -> bool {
        self.answers.get(key).is_some_and(|value| !value.trim().is_empty())
    }

    /// The words of a field; empty where nothing was said.
    pub fn spoken(&self, key: &str) -> Spoken {
        self.answers.get(key).map(Spoken::new).unwrap_or_default()
    }

    pub fn line(&self, key: &str) -> String {
        self.spoken(key).words().to_owned()
    }

    /// A needed line.
    pub fn needed(&self, key: &str) -> Result<String, Refusal> {
        let line = self.line(key);
        if line.is_empty() { Err(Refusal::Missing { field: key.to_owned() }) } else { Ok(line) }
    }

    pub fn flag(&self, key: &str) -> bool {
        self.answers.get(key).is_some_and(|value| matches!(value.as_str(), "true" | "yes"))
    }

    /// A fixed choice by its code.
    pub fn choice<T: Copy>(&self, key: &str, from_code: fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
        let Some(given) = self.answers.get(key).filter(|given| !given.is_empty()) else { return Ok(None) };
        let unknown = || Refusal::NotAChoice { field: key.to_owned(), given: given.clone(), choices: Vec::new() };
        from_code(given).map(Some).ok_or_else(unknown)
    }

    pub fn needed_choice<T: Copy>(&self, key: &str, from_code: fn(&str) -> Option<T>) -> Result<T, Refusal> {
        self.choice(key, from_code)?.ok_or_else(|| Refusal::Missing { field: key.to_owned() })
    }

    /// A date and time in words people use, read in the direction of the row's field.
    pub fn time(&self, key: &str) -> Result<Option<DateTime<Utc>>, Refusal> {
        let field = self.row.fields.iter().find(|field| field.key == key);
        self.time_in(key, field.and_then(|field| field.kind.direction()).unwrap_or(Direction::Coming))
    }

    fn time_in(&self, key: &str, direction: Direction) -> Result<Option<DateTime<Utc>>, Refusal> {
        let given = self.line(key);
        if given.is_empty() {
            return Ok(None);
        }
        let parsed = due::parse(&given, direction, self.now, self.rules.calendar);
        parsed.map(Some).map_err(|bad| Refusal::NotATime {
            field: key.to_owned(),
            why: bad.why.key().to_owned(),
            given,
            offers: bad.offers_in_words(),
        })
    }

    /// Whether a time that is still to come was given as a day alone.
    pub fn is_day_alone(&self, key: &str) -> bool {
        due::is_day_alone(&self.line(key), Direction::Coming, self.now, self.rules.calendar)
    }

    pub fn needed_time(&self, key: &str) -> Result<DateTime<Utc>, Refusal> {
        self.time(key)?.ok_or_else(|| Refusal::Missing { field: key.to_owned() })
    }

    /// A date of birth, `expected` and a date, or nothing known.
    pub fn born(&self, key: &str) -> Result<Born, Refusal> {
        let given = self.line(key);
        if given.is_empty() {
            return Ok(Born::NotGiven);
        }
        if given.eq_ignore_ascii_case("not known") {
            return Ok(Born::NotKnown);
        }
        let expected = given.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("expected"));
        let words = if expected { given.get(8..).unwrap_or_default().trim() } else { given.as_str() };
        let day = day(words).ok_or_else(|| Refusal::NotADate { field: key.to_owned(), given: given.clone() })?;
        Ok(if expected { Born::Expected(day) } else { Born::On(day) })
    }

    /// A needed day, as people or calendars write it.
    pub fn needed_day(&self, key: &str) -> Result<NaiveDate, Refusal> {
        let given = self.needed(key)?;
        day(&given).ok_or_else(|| Refusal::NotADate { field: key.to_owned(), given })
    }

    /// The turn a button was shown for.
    pub fn turn(&self) -> Option<TurnId> {
        self.answers.get(TURN)?.parse().ok()
    }

    pub fn number(&self, key: &str) -> Result<u16, Refusal> {
        let given = self.needed(key)?;
        given.parse().map_err(|_| Refusal::NotAChoice { field: key.to_owned(), given, choices: Vec::new() })
    }

    /// `1,4`
    pub fn numbers(&self, key: &str) -> Result<Vec<u16>, Refusal> {
        let given = self.needed(key)?;
        let unknown = |_| Refusal::NotAChoice { field: key.to_owned(), given: given.clone(), choices: Vec::new() };
        given.split(',').map(|one| one.trim().parse().map_err(unknown)).collect()
    }

    /// Which session's record is meant, where it is said.
    pub fn session(&self) -> Result<Option<SessionNo>, Refusal> {
        if self.answers.contains_key("session") { self.number("session").map(SessionNo).map(Some) } else { Ok(None) }
    }

    /// `s3`
    pub fn seat(&self, key: &str) -> Result<Option<SeatId>, Refusal> {
        match self.answers.get(key).filter(|given| !given.is_empty()) {
            None => Ok(None),
            Some(given) => seat(given).map(Some).ok_or_else(|| Refusal::UnknownSeat { given: given.clone() }),
        }
    }

    pub fn needed_seat(&self, key: &str) -> Result<SeatId, Refusal> {
        self.seat(key)?.ok_or_else(|| Refusal::Missing { field: key.to_owned() })
    }

    /// `c1`
    pub fn child(&self, key: &str) -> Result<Option<ChildId>, Refusal> {
        let Some(given) = self.answers.get(key).filter(|given| !given.is_empty()) else { return Ok(None) };
        let id = given.strip_prefix('c').and_then(|id| id.parse().ok());
        id.map(Some).ok_or_else(|| Refusal::NotAChoice {
            field: key.to_owned(),
            given: given.clone(),
            choices: Vec::new(),
        })
    }

    /// `a1`
    pub fn adult(&self, key: &str) -> Result<AdultId, Refusal> {
        let given = self.needed(key)?;
        let id = given.strip_prefix('a').and_then(|id| id.parse().ok());
        id.map(AdultId).ok_or_else(|| Refusal::NotAChoice { field: key.to_owned(), given, choices: Vec::new() })
    }

    /// `s3` or `i2`
    pub fn whose(&self, key: &str) -> Result<Whose, Refusal> {
        let given = self.needed(key)?;
        Whose::from_code(&given).ok_or(Refusal::UnknownSeat { given })
    }

    /// `s2,s7,i4`
    pub fn order(&self, key: &str) -> Result<Vec<Whose>, Refusal> {
        let given = self.needed(key)?;
        given
            .split(',')
            .map(|one| {
                Whose::from_code(one.trim()).ok_or_else(|| Refusal::UnknownSeat { given: one.trim().to_owned() })
            })
            .collect()
    }

    /// `s3` or `a:Larkshire Police`
    pub fn addressee(&self, key: &str) -> Result<Option<Addressee>, Refusal> {
        let Some(given) = self.answers.get(key).filter(|given| !given.is_empty()) else { return Ok(None) };
        if let Some(agency) = given.strip_prefix("a:") {
            return Ok(Some(Addressee::Agency(agency.to_owned())));
        }
        seat(given).map(|seat| Some(Addressee::Seat(seat))).ok_or_else(|| Refusal::UnknownSeat { given: given.clone() })
    }

    /// `chair_police`, `everybody`, or `s2,s7`; nothing given is no answer.
    pub fn readers(&self, key: &str) -> Result<Option<Readers>, Refusal> {
        let given = self.line(key);
        let chosen: Vec<&str> = given.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
        if chosen.is_empty() || chosen.contains(&EVERYBODY) {
            return Ok(None);
        }
        if chosen.contains(&CHAIR_AND_POLICE) && chosen.len() == 1 {
            return Ok(Some(Readers::ChairAndPolice));
        }
        let named = chosen.into_iter().filter(|one| *one != CHAIR_AND_POLICE);
        let named = named.map(|one| seat(one).ok_or_else(|| Refusal::UnknownSeat { given: one.to_owned() }));
        named.collect::<Result<_, _>>().map(|seats| Some(Readers::Named(seats)))
    }

    /// `d1,d4`; nothing given names none, and so does `all`.
    pub fn decisions(&self, key: &str) -> Result<Vec<DraftId>, Refusal> {
        let given = self.line(key);
        let one = |code: &str| {
            let id = code.strip_prefix('d').and_then(|id| id.parse().ok());
            let unknown = || Refusal::NotAChoice { field: key.to_owned(), given: code.to_owned(), choices: Vec::new() };
            id.map(DraftId).ok_or_else(unknown)
        };
        let codes: Vec<_> = given.split(',').map(str::trim).filter(|code| !code.is_empty()).collect();
        if codes.contains(&ALL_DECISIONS) { Ok(Vec::new()) } else { codes.into_iter().map(one).collect() }
    }

    /// `k3`, `q2`, `d5`
    pub fn item(&self, key: &str) -> Result<Item, Refusal> {
        let given = self.needed(key)?;
        given.parse().map_err(|_| Refusal::NothingToLimit)
    }

    /// What was said under these keys, blanks left out.
    pub fn fields(&self, keys: impl IntoIterator<Item = String>) -> Fields {
        let said = keys.into_iter().map(|key| (key.clone(), self.spoken(&key)));
        said.filter(|(_, words)| !words.is_empty()).collect()
    }

    /// The fields of a prompt, times resolved to instants and seats to their numbers.
    pub fn prompt_fields(&self, prompt: &str) -> Result<Fields, Refusal> {
        let prompt = self.rules.catalogue.prompt(prompt).ok_or(Refusal::UnknownPrompt)?;
        let mut fields = self.fields(prompt.fields.iter().map(|field| field.key.clone()));
        for field in &prompt.fields {
            let Some(words) = fields.get_mut(&field.key) else { continue };
            if let Some(direction) = field.kind.direction() {
                let at = self.time_in(&field.key, direction)?;
                *words = at.map(|at| Spoken::new(crate::domain::calendar::iso_with_offset(at))).unwrap_or_default();
            } else if field.kind == FieldKind::Seat
                && let Some(id) = words.words().strip_prefix('s')
            {
                *words = Spoken::new(id);
            }
        }
        Ok(fields)
    }
}

fn day(words: &str) -> Option<NaiveDate> {
    let formats = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"];
    formats.iter().find_map(|format| NaiveDate::parse_from_str(words, format).ok())
}

fn seat(given: &str) -> Option<SeatId> {
    given.strip_prefix('s')?.parse().ok()
}
