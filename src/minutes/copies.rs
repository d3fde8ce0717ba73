//! Who reads what: circulated copies, the line for an agency's own record, and extracts.
//!
//! A copy for others is the same document with some pieces replaced, or a smaller document made from named parts. What the
//! family may be given is [`super::family_draft`].

use super::actions;
use super::document::{Block, Fact, Minutes, Piece, Section, map_facts};
use super::reading::{Reading, values};
use crate::domain::calendar;
use crate::domain::case::Case;
use crate::domain::facts::Rules;
use crate::domain::ids::SeatId;
use crate::domain::session::Session;
use crate::wording::Wording;

/// Without the annex, which is the audit's, and with what is withheld from a seat, or masked from it, replaced (INFO-04,
/// SEC-08).
pub(super) fn masked(minutes: &Minutes, case: &Case, seat: Option<SeatId>, wording: &Wording) -> Minutes {
    let wording = wording.masking(case.masked_from(seat));
    let shown = |piece: &Piece| Piece::Open(wording.masked(piece.for_reader(seat).words().to_owned()));
    let circulated = minutes.sections.iter().filter(|section| section.key != super::ANNEX);
    let sections = circulated.map(|section| Section {
        blocks: section.blocks.iter().map(|block| block.map(&shown)).collect(),
        ..section.clone()
    });
    Minutes {
        notices: minutes.notices.iter().map(shown).collect(),
        facts: map_facts(&minutes.facts, &shown),
        sections: sections.collect(),
        outline: minutes.outline.as_ref().map(|outline| outline.map(&shown)),
        ..minutes.clone()
    }
}

/// The line each agency files in its own record: it says that a strategy discussion was attended, and when (MIN-10).
pub fn case_note_line(case: &Case, session: &Session, rules: &Rules<'_>, wording: &Wording) -> String {
    note_line(&Reading { session: Some(session), ..Reading::new(&[], case, rules, wording) })
}

pub(super) fn note_line(reading: &Reading<'_>) -> String {
    let at = reading.session.and_then(Session::held_at);
    let reference = &reading.case.referral.reference;
    reading.sentence("case_note_line", values! { date => at.map(calendar::date), reference })
}

/// What the owner of an action gets who took no part: their own actions, the reason for each, and the code name,
/// and no child's name unless an action itself says it (MIN-30).
pub fn extract(whole: &Case, rules: &Rules<'_>, wording: &Wording, seat: SeatId, head: &str) -> Minutes {
    // An action its author may still take back is not told to its owner yet (SES-15).
    let read = whole.as_read_by(Some(seat));
    let case = &*read;
    let reading = Reading::new(&[], case, rules, wording);
    let own = case.actions.iter().filter(|action| action.entered.owner == Some(seat));
    let blocks = own.flat_map(|action| {
        let entered = &action.entered;
        let said = |label: &str, piece: Piece| reading.fact(label, piece);
        let facts = vec![
            said("what", reading.spoken(&entered.what)),
            said("due", actions::due(&reading, entered)),
            said("place", reading.spoken(&entered.place)),
            said("action_how", reading.spoken(&entered.how)),
            said("purpose", reading.spoken(&entered.purpose)),
            said("contingency", reading.spoken(&entered.contingency)),
            said("serves", actions::serves(&reading, &entered.serves)),
            said("measure", reading.spoken(&entered.measure)),
        ];
        let heading = reading.sentence("action_number", values! { number => entered.no });
        [Block::subheading(heading), Block::Facts(facts)]
    });
    let section =
        Section { key: "actions".to_owned(), heading: reading.label("your_actions"), blocks: blocks.collect() };
    let extract = Minutes {
        title: reading.sentence("extract_title", values! {}),
        status: Vec::new(),
        notices: vec![reading.sentence("extract_notice", values! {}).into()],
        facts: vec![
            reading.fact("copy_of", reading.person(seat)),
            reading.fact("code_name", case.code_name.0.as_str()),
            original(&reading, head),
        ],
        sections: vec![section],
        outline: None,
    };
    masked(&extract, whole, Some(seat), wording)
}

/// Which journal it is made from, as it stood (MIN-11).
pub(super) fn original(reading: &Reading<'_>, head: &str) -> Fact {
    let case = reading.case;
    let words = reading.sentence("original", values! { case => case.code_name, entries => case.entries, head });
    reading.fact("original", words)
}
