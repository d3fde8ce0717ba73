//! The children and the people around them (INFO-01 to INFO-11).

use super::document::{Block, Fact, Piece};
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::event::Event;
use crate::domain::referral::{Adult, Child};
use crate::domain::spoken::Spoken;

/// The subject children: full name and date of birth, or the expected date (INFO-01).
pub(super) fn child(reading: &Reading<'_>) -> Vec<Block> {
    let subjects = reading.case.subjects();
    let facts: Vec<_> = subjects.map(|child| Fact::new(reading.spoken(&child.name), birth(reading, child))).collect();
    if facts.is_empty() { Vec::new() } else { vec![Block::Facts(facts)] }
}

fn birth(reading: &Reading<'_>, child: &Child) -> String {
    let school = reading.choice("school", child.stage.code());
    reading.sentence("birth", values! { born => reading.born(child.born), school })
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
fn address(reading: &Reading<'_>, address: &Spoken, withheld: bool) -> Piece {
    if !withheld {
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

/// Where each subject child is, with when that was put down (INFO-08).
pub(super) fn locations(reading: &Reading<'_>) -> Vec<Fact> {
    let subjects = reading.case.subjects();
    subjects
        .map(|child| {
            let listed = |event: &Event| matches!(event, Event::ChildListed { child: known } if known.id == child.id);
            let at = reading.when(listed).map(calendar::both);
            let name = reading.spoken(&child.name);
            let label = reading.sentence("location", values! { child => name.words(), at });
            Fact::new(label, reading.spoken(&child.location))
        })
        .collect()
}
