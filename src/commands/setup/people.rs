//! The list of people to enrol, as it comes out of a spreadsheet: name, role, agency, rank, account id.
//!
//! A byte-order mark, either line end, quotes, semicolons or tabs for commas, empty lines and stray spaces are all
//! taken. Everything wrong is told at once, by line; then nothing is enrolled at all.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::plan::PlannedAgency;
use crate::commands::{Problem, no_use};
use crate::domain::directory::{Directory, OTHER};
use crate::domain::ids::AccountId;
use crate::domain::people::Person;

/// The columns, by the words a first line may have for them. Rank may be missing.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("name", &["name", "full name"]),
    ("role", &["role", "job title", "title"]),
    ("agency", &["agency", "organisation"]),
    ("rank", &["rank"]),
    ("account id", &["account id", "account", "account_id", "user id"]),
];

/// Who is to be enrolled.
#[derive(Debug, Default)]
pub struct Enrolment {
    pub people: Vec<Person>,
    pub remarks: Vec<String>,
}

/// Reads the list.
pub fn read(bytes: &[u8], file: &str, agencies: &[PlannedAgency], directory: &Directory) -> Result<Enrolment, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| no_use(format!("{file} is not UTF-8 text; save it from the spreadsheet as \"CSV UTF-8\"")))?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(&text)).trim(Trim::All).flexible(true).from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| no_use(unreadable(file, &error)))?.clone();
    let columns = Columns::find(&columns, file)?;
    let mut reading = Reading {
        text: &text,
        agencies,
        directory,
        enrolment: Enrolment::default(),
        wrong: Vec::new(),
        seen: BTreeMap::new(),
    };
    for record in reader.records() {
        match record {
            Ok(record) if record.iter().all(str::is_empty) => {}
            Ok(record) => reading.person(&record, &columns),
            Err(error) => reading.wrong.push(unreadable("", &error)),
        }
    }
    if reading.wrong.is_empty() {
        return Ok(reading.enrolment);
    }
    let lines: Vec<_> = reading.wrong.iter().map(|wrong| format!("{file}, {wrong}")).collect();
    Err(no_use(format!(
        "{}\nnobody was enrolled and nothing was made; correct the list and run it again",
        lines.join("\n")
    )))
}

/// What stands between two fields of the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn unreadable(file: &str, error: &csv::Error) -> String {
    let line = error.position().map_or(1, csv::Position::line);
    let file = if file.is_empty() { String::new() } else { format!("{file}, ") };
    format!("{file}line {line}: it can't be read as CSV; check its quotes")
}

/// Where each column stands.
struct Columns([Option<usize>; COLUMNS.len()]);

impl Columns {
    fn find(first: &StringRecord, file: &str) -> Result<Self, Problem> {
        let place = |words: &[&str]| first.iter().position(|cell| words.contains(&cell.to_lowercase().as_str()));
        let places = COLUMNS.map(|(_, words)| place(words));
        for ((name, _), place) in COLUMNS.iter().zip(&places) {
            if place.is_none() && *name != "rank" {
                return Err(no_use(format!(
                    "{file}, line 1: the column \"{name}\" is missing; the first line names the columns: name, role, agency, rank, account id"
                )));
            }
        }
        Ok(Self(places))
    }

    fn of<'r>(&self, record: &'r StringRecord) -> [&'r str; COLUMNS.len()] {
        self.0.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default())
    }
}

/// The line a record starts on. The reader's own count begins before empty lines it passed over.
fn line_of(text: &str, position: Option<&csv::Position>) -> usize {
    let start = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let empty = text.bytes().skip(start).take_while(|byte| *byte == b'\n').count();
    1 + text.bytes().take(start + empty).filter(|byte| *byte == b'\n').count()
}

struct Reading<'a> {
    text: &'a str,
    agencies: &'a [PlannedAgency],
    directory: &'a Directory,
    enrolment: Enrolment,
    wrong: Vec<String>,
    /// The line each account was first seen on.
    seen: BTreeMap<u64, usize>,
}

impl Reading<'_> {
    fn person(&mut self, record: &StringRecord, columns: &Columns) {
        let line = line_of(self.text, record.position());
        let fields = columns.of(record);
        let read = one(fields, self.agencies, self.directory);
        let (person, remark) = match read {
            Ok(read) => read,
            Err(wrong) => return self.wrong.extend(wrong.into_iter().map(|wrong| format!("line {line}: {wrong}"))),
        };
        self.enrolment.remarks.extend(remark.map(|remark| format!("line {line}: {remark}")));
        if let Some(account) = person.account
            && let Some(first) = self.seen.insert(account.0, line)
        {
            self.wrong
                .push(format!("line {line}: the account {account} is on line {first} already; remove one of the two"));
        }
        self.enrolment.people.push(person);
    }
}

/// One person from name, role, agency, rank and account id, with a remark where the role is in no catalogue.
///
/// # Errors
/// Everything that is wrong with them, a sentence each.
pub fn one(
    [name, role, agency, rank, account]: [&str; COLUMNS.len()],
    agencies: &[PlannedAgency],
    directory: &Directory,
) -> Result<(Person, Option<String>), Vec<String>> {
    let mut wrong = Vec::new();
    for (field, what) in [(name, "name"), (role, "role"), (agency, "agency"), (account, "account id")] {
        if field.is_empty() {
            wrong.push(format!("the {what} is missing; fill it in"));
        }
    }
    let known = agencies.iter().find(|known| known.name.to_lowercase() == agency.to_lowercase());
    if known.is_none() && !agency.is_empty() {
        let names: Vec<_> = agencies.iter().map(|known| known.name.as_str()).collect();
        wrong.push(format!("there is no agency \"{agency}\"; the agencies are {}", names.join(", ")));
    }
    let number = if account.is_empty() { None } else { account_id(account).map_err(|error| wrong.push(error)).ok() };
    let (Some(agency), Some(number), true) = (known, number, wrong.is_empty()) else { return Err(wrong) };
    let role_code = directory.role_code(role, agency.kind).to_owned();
    let remark = (role_code == OTHER)
        .then(|| format!("\"{role}\" is no title of directory.toml in this kind of agency and counts as \"{OTHER}\""));
    let person = Person {
        account: Some(AccountId(number)),
        name: name.to_owned(),
        role: role.to_owned(),
        role_code,
        agency: agency.name.clone(),
        agency_kind: agency.kind,
        rank: Some(rank.to_owned()).filter(|rank| !rank.is_empty()),
    };
    Ok((person, remark))
}

fn account_id(text: &str) -> Result<u64, String> {
    text.parse().ok().filter(|number| *number != 0 && text.len() >= 15).ok_or_else(|| {
        let shortened = text.contains(['E', 'e', '.']) && text.starts_with(|c: char| c.is_ascii_digit());
        let next = if shortened {
            "the spreadsheet has shortened it: format the column as text and enter it again"
        } else {
            "give the number of 17 to 20 digits that \"Copy User ID\" gives"
        };
        format!("\"{text}\" is no account id; {next}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::domain::people::AgencyKind;

    fn agencies() -> Vec<PlannedAgency> {
        let agency = |name: &str, kind| PlannedAgency::new(name, kind);
        vec![agency("Larkshire Police", AgencyKind::Police), agency("St Ann's, Larkshire", AgencyKind::Education)]
    }

    fn read_list(bytes: &[u8]) -> Result<Enrolment, String> {
        read(bytes, "people.csv", &agencies(), &Config::built_in().directory).map_err(|problem| problem.to_string())
    }

    #[test]
    fn a_list_out_of_a_spreadsheet_is_read() {
        let comma = "\u{feff}Name,Role,Agency,Rank,Account ID\r\nSiân Okafor , Police officer,larkshire police,DS,123456789012345678\r\n\r\n,,,,\r\n\"Marsh, Bela\",Head teacher,\"St Ann's, Larkshire\",,223456789012345678\r\n";
        let semicolon = "account;name;agency;role\n123456789012345678;Siân Okafor;Larkshire Police;Police officer\n";
        let people = read_list(comma.as_bytes()).expect("it is read").people;
        assert_eq!(people.len(), 2);
        assert_eq!((people[0].name.as_str(), people[0].rank.as_deref()), ("Siân Okafor", Some("DS")));
        assert_eq!((people[0].agency.as_str(), people[0].role_code.as_str()), ("Larkshire Police", "police_officer"));
        assert_eq!((people[1].name.as_str(), people[1].rank.as_deref()), ("Marsh, Bela", None));
        let people = read_list(semicolon.as_bytes()).expect("it is read").people;
        assert_eq!(people[0].account, Some(AccountId(123_456_789_012_345_678)));
    }

    #[test]
    fn a_title_nobody_knows_is_remarked_upon() {
        let list = "name,role,agency,account id\nA,Juggler,Larkshire Police,123456789012345678\n";
        let enrolment = read_list(list.as_bytes()).expect("it is read");
        assert_eq!(enrolment.people[0].role_code, OTHER);
        assert!(enrolment.remarks[0].starts_with("line 2: \"Juggler\""), "{:?}", enrolment.remarks);
    }

    #[test]
    fn everything_wrong_is_told_by_its_line() {
        let list = "name,role,agency,rank,account id\r\n\
            A,Police officer,Larkshire Police,,1.23457E+17\n\
            ,Police officer,Larkshire Fire,,123456789012345678\n\
            \n\
            \"C\nD\",Police officer,Larkshire Police,,223456789012345678\n\
            E,Police officer,Larkshire Police,,223456789012345678\n";
        insta::assert_snapshot!(read_list(list.as_bytes()).expect_err("it is refused"), @r#"
        people.csv, line 2: "1.23457E+17" is no account id; the spreadsheet has shortened it: format the column as text and enter it again
        people.csv, line 3: the name is missing; fill it in
        people.csv, line 3: there is no agency "Larkshire Fire"; the agencies are Larkshire Police, St Ann's, Larkshire
        people.csv, line 7: the account 223456789012345678 is on line 5 already; remove one of the two
        nobody was enrolled and nothing was made; correct the list and run it again
        "#);
    }

    #[test]
    fn a_list_in_another_shape_is_refused_as_a_whole() {
        assert!(read_list(b"name,role,agency\n").expect_err("it is refused").contains("\"account id\" is missing"));
        assert!(read_list(b"name,role,agency,account id\nSi\xe2n").expect_err("it is refused").contains("CSV UTF-8"));
        assert!(read_list(b"").expect_err("it is refused").contains("line 1"));
    }
}
