//! The children and the people around them (INFO-01 to INFO-11).

use super::document::{Block, Fact, Piece};
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::decision::Draft;
use crate::domain::due;
use crate::domain::event::Event;
use crate::domain::finding_out::{self, BORN, IN_HOSPITAL, LOCATION, NAME, STANDING};
use crate::domain::prompt::{About, Answer};
use crate::domain::referral::{Adult, Born, Child};
use crate::domain::spoken::Spoken;

/// The subject children: full name and date of birth, or the expected date; what is not known, with the number of the
/// action to find it out (INFO-01).
pub(super) fn child(reading: &Reading<'_>) -> Vec<Block> {
    let subjects = reading.case.subjects();
    let facts: Vec<_> = subjects.map(|child| Fact::new(name(reading, child), birth(reading, child))).collect();
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

fn name(reading: &Reading<'_>, child: &Child) -> Piece {
    if !finding_out::is_not_known(&child.name) {
        return reading.spoken(&child.name);
    }
    to_find_out(reading, &reading.label("not_known"), NAME, child).into()
}

fn birth(reading: &Reading<'_>, child: &Child) -> String {
    let school = reading.choice("school", child.stage.code());
    let is_born = matches!(child.born, Born::On(_));
    let born = match child.born {
        Born::NotKnown => to_find_out(reading, &reading.label("birth_not_known"), BORN, child),
        born => reading.born(born),
    };
    reading.sentence("birth", values! { born, is_born, school })
}

/// What is said, with the number of the action to find it out.
fn to_find_out(reading: &Reading<'_>, value: &str, serves: &str, child: &Child) -> String {
    let number = finding_out::action(reading.case, serves, Some(child.id)).map(|action| action.entered.no);
    reading.sentence("to_find_out", values! { value, number })
}

/// Everybody of the family and household, one row each (INFO-02 to INFO-06).
pub(super) fn family(reading: &Reading<'_>) -> Vec<Block> {
    let headers = ["name", "born", "relationship", "address", "parental_responsibility", "legal_status", "location"];
    let children = reading.case.children.iter().map(|child| child_row(reading, child));
    let rows: Vec<_> = children.chain(reading.case.adults.iter().map(|adult| adult_row(reading, adult))).collect();
    if rows.is_empty() { Vec::new() } else { vec![reading.table("family", &headers, rows)] }
}

fn child_row(reading: &Reading<'_>, child: &Child) -> Vec<Piece> {
    vec![
        reading.spoken(&child.name),
        reading.born(child.born).into(),
        reading.spoken(&child.relationship),
        address(reading, &child.address, child.address_withheld),
        reading.spoken(&child.parental_responsibility),
        reading.spoken(&child.legal_status),
        reading.spoken(&child.location),
    ]
}

fn adult_row(reading: &Reading<'_>, adult: &Adult) -> Vec<Piece> {
    let not_for_an_adult = || Piece::new(reading.label("not_applicable"));
    vec![
        reading.spoken(&adult.name),
        reading.born(adult.born).into(),
        reading.spoken(&adult.relationship),
        address(reading, &adult.address, adult.address_withheld),
        not_for_an_adult(),
        not_for_an_adult(),
        not_for_an_adult(),
    ]
}

/// An address to be withheld is marked in the full record and masked in every circulated copy (INFO-04).
fn address(reading: &Reading<'_>, address: &Spoken, is_marked: bool) -> Piece {
    if !reading.case.withholds(address, is_marked) {
        return reading.spoken(address);
    }
    let marked = reading.sentence("withheld_address", values! { address => reading.spoken(address).words() });
    Piece::limited(marked, reading.label("withheld"))
}

/// Adults linked to the children, what is known of them, and who may pose a risk (INFO-11).
pub(super) fn other_people(reading: &Reading<'_>) -> Vec<Block> {
    let rows: Vec<_> = reading.case.adults.iter().map(|adult| other_person(reading, adult)).collect();
    let headers = ["name", "relationship", "whereabouts", "may_pose_risk", "flags"];
    if rows.is_empty() { Vec::new() } else { vec![reading.table("other_people", &headers, rows)] }
}

fn other_person(reading: &Reading<'_>, adult: &Adult) -> Vec<Piece> {
    let flags = if adult.flags.is_empty() { reading.label("none_known").into() } else { (&adult.flags).into() };
    vec![
        reading.spoken(&adult.name),
        reading.spoken(&adult.relationship),
        address(reading, &adult.address, adult.address_withheld),
        reading.yes_no(adult.risk).into(),
        flags,
    ]
}

/// Where each subject child is: as confirmed at the session, with the time, or as it was put down before (INFO-08).
pub(super) fn locations(reading: &Reading<'_>) -> Vec<Fact> {
    let asked_at_the_session = |child: &Child| {
        let answers = reading.session.into_iter().flat_map(|session| session.answers(LOCATION));
        answers.filter(|(_, answer)| answer.about == About::Child(child.id)).last()
    };
    let subjects = reading.case.subjects();
    subjects
        .map(|child| match asked_at_the_session(child) {
            Some((draft, answer)) => location_at_the_session(reading, child, draft, answer),
            None => location_as_listed(reading, child),
        })
        .collect()
}

fn location_as_listed(reading: &Reading<'_>, child: &Child) -> Fact {
    let listed = |event: &Event| match event {
        Event::ChildListed { child: known } | Event::ChildAmended { child: known } => known.id == child.id,
        _ => false,
    };
    let at = reading.when(listed).map(calendar::both);
    let name = reading.spoken(&child.name);
    let label = reading.sentence("location", values! { child => name.words(), at });
    let place = reading.spoken(&child.location);
    if finding_out::is_not_known(&child.location) {
        return Fact::new(label, to_find_out(reading, place.words(), LOCATION, child));
    }
    Fact::new(label, place)
}

fn location_at_the_session(reading: &Reading<'_>, child: &Child, draft: &Draft, answer: &Answer) -> Fact {
    let said = |key: &str| answer.fields.get(key).map(Spoken::words);
    let standing = said(STANDING).unwrap_or_default();
    let since = said("since").and_then(due::instant);
    let since = since.map(|at| format!("{} {}", calendar::weekday(at), calendar::both(at)));
    let (place, at) = (said("place"), reading.clock_time(draft.entered_at));
    let name = reading.spoken(&child.name);
    let is_confirmed = ["confirmed", IN_HOSPITAL].contains(&standing);
    let label = reading.sentence("location_asked", values! { child => name.words(), at, is_confirmed });
    let label = match draft.confirmed {
        Some(_) => label,
        None => reading.sentence("draft_label", values! { label }),
    };
    let value = reading.sentence("location_said", values! { standing, place, since });
    Fact::new(label, if is_confirmed { value } else { to_find_out(reading, &value, LOCATION, child) })
}
