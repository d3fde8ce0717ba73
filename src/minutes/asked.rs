//! Who was asked for questions, and what each made of it (TURN-10, TURN-11).

use super::document::{Block, Fact};
use super::reading::{Reading, values};
use crate::domain::floor::Addressee;
use crate::domain::question_time::opportunity;
use crate::domain::session::Session;

/// Chair and social worker by name, then the other agencies; before anybody was asked, the names of those who said that
/// they had none.
pub(super) fn opportunities(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let asked = &session.question_time.asked;
    if asked.is_empty() {
        return passed(reading, session).into_iter().collect();
    }
    let facts = asked.iter().map(|(_, who)| {
        let answer = reading.choice("opportunity", opportunity(who, reading.case, session).code());
        Fact::new(named(reading, who), answer)
    });
    vec![Block::subheading(reading.label("opportunities")), Block::Facts(facts.collect())]
}

fn named(reading: &Reading<'_>, who: &Addressee) -> String {
    match who {
        Addressee::Seat(seat) => reading.person(*seat),
        Addressee::Agency(agency) => agency.clone(),
    }
}

fn passed(reading: &Reading<'_>, session: &Session) -> Option<Block> {
    let none = session.attendance.iter().filter(|(_, attendance)| attendance.no_questions);
    let names: Vec<_> = none.map(|(seat, _)| reading.case.person(*seat).name.as_str()).collect();
    (!names.is_empty()).then(|| reading.paragraph("no_questions_of", values! { names }))
}
