//! Who reads what.

use super::*;
use crate::domain::ids::{MaskNo, SeatId};
use crate::domain::limits::Readers;
use crate::domain::masks::Mask;
use crate::domain::spoken::Spoken;

/// Shows: INFO-04.
#[test]
fn a_withheld_address_is_in_the_record_and_in_no_circulated_copy() {
    let (whole, rules) = (whole(), rules());
    let minutes = compiled(&whole);
    let copy_for = |seat| copy(&whole.records, None, &rules, &CONFIG.wording, HEAD, seat);
    let marked = "2 Sluice Lane, Westcombe (withheld: not to be shown on circulated copies)";
    assert_has(&markdown(&minutes), &[marked]);
    for copy in [copy_for(None), copy_for(Some(POLICE))] {
        let text = markdown(&copy) + &html(&copy, &CONFIG.wording) + &json(&copy);
        // Nor where it is the address of somebody nobody marked, who lives there too.
        assert!(!text.contains("(withheld: not to be shown") && !text.contains("2 Sluice Lane"), "{text}");
        assert_has(&text, &["| Hedra Polglaze | 20 November 1998 | mother | withheld |"]);
    }
}

#[test]
fn the_annex_is_not_circulated() {
    let copy = copy(&whole().records, None, &rules(), &CONFIG.wording, HEAD, None);
    let text = markdown(&copy) + &json(&copy);
    assert!(!text.contains("Dylis Okaford") && !text.contains("knows the family privately"));
    assert_has(&text, &["## Open items", "Items not to be shared with the family"]);
}

#[test]
fn the_line_for_an_agencys_own_record_has_the_exact_words() {
    let case = whole().case();
    let session = case.session().expect("a session");
    let line = case_note_line(&case, session, &rules(), &CONFIG.wording);
    assert_eq!(line, "Attended Strategy Discussion, 14 May 2027, reference WC-27-0099.");
}

/// Shows: MIN-30.
#[test]
fn an_extract_holds_its_owners_actions_and_nothing_else() {
    let text = markdown(&extract(&whole().case(), &rules(), &CONFIG.wording, DOCTOR, HEAD));
    assert_has(&text, &["- Case: slate-otter-k", "### Action 3", "- What: Find the bandage's date"]);
    assert_has(&text, &["- Purpose: Know how Merryn is", "- Serves: Section 47 decision"]);
    for other in ["See Merryn", "Ring the aunt", "Polglaze", "WC-27-0099", "Cerys Vane", "kettle"] {
        assert!(!text.contains(other), "{other} is in the extract");
    }
    assert!(extract(&whole().case(), &rules(), &CONFIG.wording, SeatId(3), HEAD).sections[0].blocks.is_empty());
}

/// The draft for the family with every line ticked that there is.
fn for_the_family(mut journal: Journal) -> String {
    let session = journal.case().session().expect("it was convened").no;
    let lines = crate::domain::family_draft::lines(&journal.case(), session);
    journal.by(CHAIR, Event::FamilyLinesTicked { session, lines, ticked: true });
    markdown(&family_draft(&journal.case(), session, &rules(), &CONFIG.wording))
}

#[test]
fn the_draft_for_the_family_holds_what_its_list_names_and_nothing_else() {
    assert_snapshot!(for_the_family(whole()));
}

/// Shows: SEC-06.
#[test]
fn a_draft_for_the_family_just_opened_holds_headings_only() {
    let case = whole().case();
    let session = case.session().expect("it was convened").no;
    let text = markdown(&family_draft(&case, session, &rules(), &CONFIG.wording));
    let said: Vec<_> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(said.is_empty(), "{said:?}");
    assert_has(&text, &["## Children", "## Section 47", "## What parents are told"]);
}

#[test]
fn the_draft_for_the_family_holds_nothing_the_chair_has_not_confirmed() {
    let mut journal = whole();
    journal.records.retain(|record| !matches!(record.event, Event::DraftsConfirmed { .. }));
    let text = for_the_family(journal);
    assert!(!text.contains("That enquiries have started") && !text.contains(": yes."));
}

/// Shows: SEC-06, SEC-08.
#[test]
fn what_is_masked_is_masked_in_the_draft_for_the_family_in_what_a_line_is_called_too() {
    let name = "Merryn Polglaze";
    let mut journal = whole();
    assert!(for_the_family(whole()).matches(name).count() == 2, "in the list, and where it is told what");
    let mask = Mask {
        no: MaskNo(1),
        words: name.into(),
        shown: "the older child".into(),
        originator: DOCTOR,
        readers: Readers::ChairAndPolice,
    };
    journal.by(DOCTOR, Event::Masked { mask });
    let text = for_the_family(journal);
    assert!(!text.contains(name), "{text}");
    let masked = "- [the older child, withheld]";
    assert_has(&text, &[&format!("{masked}\n"), &format!("{masked} – What the child is told")]);
}

#[test]
fn the_summary_says_what_was_decided_in_few_words() {
    assert_snapshot!(summary(&compiled(&whole()), &CONFIG.wording));
}

#[test]
fn a_long_summary_ends_where_the_platforms_message_does() {
    let mut journal = whole();
    for no in 4..200 {
        let mut action = journal.case().actions[1].entered.clone();
        action.no = crate::domain::ids::ActionNo(no);
        action.owner_words = Spoken::new("Health and everybody else ".repeat(3));
        journal.drafts(Entry::Action(action));
    }
    let text = summary(&compiled(&journal), &CONFIG.wording);
    assert!(text.chars().count() <= CHARACTERS_MAX);
    assert!(text.starts_with("Strategy discussion/meeting minutes: slate-otter-k\n"));
    assert!(text.ends_with("\nThe rest is in the minutes."), "{text}");
}
