//! The documents for each child's file, the calendar file, and the versions.

use super::*;
use crate::domain::event::CopyKind;
use crate::domain::ids::ChildId;

fn files(journal: &Journal) -> Vec<(ChildId, Minutes)> {
    for_files(&journal.records, None, &rules(), &CONFIG.wording, HEAD)
}

/// Shows: MIN-24.
#[test]
fn each_child_has_a_document_of_their_own_and_another_childs_slip_holds_nothing_else() {
    let journal = whole();
    let case = journal.case();
    let other = case.children.iter().find(|child| !child.subject).expect("another child").clone();
    let files = files(&journal);
    assert_eq!(files.len(), case.children.len());
    for (child, document) in &files {
        let child = case.child(*child).expect("a child of the case");
        let text = markdown(document);
        assert_has(&text, &[&format!("- Copy: For the file of {}", child.name.words()), "WC-27-0099"]);
        let others = case.children.iter().filter(|one| one.id != child.id);
        if child.subject {
            assert_has(&text, &["## Decision and outcomes"]);
        } else {
            for word in others.map(|one| one.name.words()).chain(["Section 47", "Polglaze", "Sluice Lane", "kettle"]) {
                assert!(!text.contains(word), "{word} is in the slip of {}:\n{text}", child.name.words());
            }
        }
    }
    let slip = files.iter().find(|(child, _)| *child == other.id).expect("a slip");
    assert_has(&markdown(&slip.1), &["- Decision: no safeguarding concerns", "Lives elsewhere and was not there"]);
}

/// Shows: MIN-11, MIN-19.
#[test]
fn the_heading_of_each_copy_says_whose_it_is_and_carries_the_journals_digest() {
    let (journal, wording) = (whole(), &CONFIG.wording);
    let copy_for = |seat| copy(&journal.records, None, &rules(), wording, HEAD, seat);
    let own = "- Copy: Cerys Vane, Child protection investigator, Westshire Police";
    let digest = format!("checksum of the last entry {HEAD}");
    let case = journal.case();
    for (document, whose) in [
        (compiled(&journal), "- Copy: the full record, for the chair and the recorder"),
        (copy_for(None), "- Copy: common to all recipients"),
        (copy_for(Some(POLICE)), own),
        (extract(&case, &rules(), wording, POLICE, HEAD), own),
    ] {
        assert_has(&markdown(&document), &[whose, &digest]);
    }
    assert_eq!(CopyKind::ALL.len(), 2, "each kind of copy is above");
}

#[test]
fn a_further_session_is_a_calendar_file_that_names_nobody() {
    let mut journal = whole();
    assert_eq!(calendar_file(&journal.case(), &rules(), &CONFIG.wording), None);
    let outcome =
        journal.case().session().and_then(|session| session.outcomes().map(|(_, chosen)| chosen.clone()).next());
    let mut chosen = outcome.expect("an outcome");
    let planning =
        rules().procedure.outcomes.iter().find(|outcome| outcome.plans_session).expect("one plans a session");
    (chosen.code, chosen.at) = (planning.code.clone(), Some(on(2027, 5, 18, "14:00")));
    journal.drafts(Entry::Outcome(chosen));
    let file = calendar_file(&journal.case(), &rules(), &CONFIG.wording).expect("a session is planned");
    assert_eq!(calendar_file(&journal.case(), &rules(), &CONFIG.wording), Some(file.clone()));
    for line in ["BEGIN:VEVENT\r\n", "DTSTART:20270518T130000Z\r\n", "SUMMARY:slate-otter-k\\, session 2\r\n"] {
        assert!(file.contains(line), "{line}: {file}");
    }
    for word in ["Polglaze", "WC-27-0099", "Merryn", "Section", "Westcombe"] {
        assert!(!file.contains(word), "{word}: {file}");
    }
    assert!(file.lines().all(|line| line.len() <= 75));
}

/// Shows: MIN-26.
#[test]
fn the_first_version_can_be_compiled_after_the_second() {
    let mut journal = whole();
    let first = journal.records.len();
    journal.by(CHAIR, Event::DraftIssued { session: None, version: 2 });
    journal.by(CHAIR, Event::MinutesSigned { session: None, version: 2 });
    let (one, two) = (as_of_version(&journal.records, None, 1), as_of_version(&journal.records, None, 2));
    assert_eq!((one.len(), two.len()), (first, journal.records.len()));
    assert_has(&markdown(&compile(one, None, &rules(), &CONFIG.wording, HEAD)), &["- Version: 1\n"]);
    assert_has(&markdown(&compile(two, None, &rules(), &CONFIG.wording, HEAD)), &["- Version: 2\n"]);
}
