//! A copy taken away as a file: the same record as the copy that is read, for its reader alone.

use std::io::Read as _;

use super::{drafted, sends_out};
use crate::support::{CASE_WORDS, Got, House, PROCEDURES};
use convenor::domain::stage::Stage;
use convenor::rehearsal::workspace::{Fault, Route};

/// The text of a Word document's body, its marks left out.
fn words(docx: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("it is a zip");
    let mut body = String::new();
    zip.by_name("word/document.xml").expect("it has a body").read_to_string(&mut body).expect("it is text");
    body.split('<').filter_map(|mark| mark.split_once('>')).map(|(_, text)| text).collect()
}

async fn sent(procedure: &str) -> House {
    let house = drafted(procedure).await;
    sends_out(&house).await;
    house
}

/// Shows: MIN-27, MIN-30.
#[tokio::test(flavor = "multi_thread")]
async fn everybodys_copy_can_be_taken_away_as_a_document_with_one_more_press() {
    let house = sent("remote-format").await;
    let code_name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let read = house.police().presses("copy", &[]).await;
    let before = house.room_messages().await.len();
    for (kind, ending) in [("pdf", "pdf"), ("word", "docx"), ("page", "html")] {
        let got = house.police().presses_in(&read, "copy", &[("as", kind)]).await;
        assert_eq!((got.code(), got.presses), ("copy_opened", 1), "{}", got.text());
        assert!(got.is_private() && got.text().contains("for you alone"), "{}", got.text());
        let file = got.file();
        assert_eq!(file.name, format!("{code_name}-session-1-version-1.{ending}"), "no name of a person");
        let holds = |words: &str| match kind {
            // Its text is compressed; that it is well made is looked at where PDFs are.
            "pdf" => file.bytes.starts_with(b"%PDF-"),
            "word" => self::words(&file.bytes).contains(words),
            _ => String::from_utf8_lossy(&file.bytes).contains(words),
        };
        for said in ["Dana Okafor", "Copy", "Circulation"] {
            assert!(holds(said), "{kind}: {said}");
        }
    }
    assert_eq!(house.room_messages().await.len(), before, "nobody else sees anything");
    assert_eq!(house.db_count("copy_opened").await, 4, "each of them is on the log of who read what");
    house.close().await;
}

/// Shows: MIN-27.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_taken_is_said_and_one_that_can_not_be_made_leads_to_another_kind() {
    let mut house = sent("county-strategy-meetings").await;
    let refused = Fault::Refused { status: 413, code: 40005, message: "Request entity too large".to_owned() };
    house.workspace.next(Route::EditOriginal, refused);
    let lost = house.police().slash(&["strategy", "copy"], &[("as", "word")]).await;
    assert!(lost.text().contains("ask for it again"), "{}", lost.text());
    let got = house.police().slash(&["strategy", "copy"], &[("as", "word")]).await;
    assert!(got.file().name.ends_with(".docx"));

    house.printer = None;
    house.starts_again(1).await;
    let none = house.police().slash(&["strategy", "copy"], &[("as", "pdf")]).await;
    assert!(none.text().contains("the PDF can't be made just now"), "{}", none.text());
    let page = house.police().presses_in(&none, "copy", &[("as", "page")]).await;
    assert!(page.file().name.ends_with(".html"));
    house.close().await;
}

/// Shows: MIN-24.
#[tokio::test(flavor = "multi_thread")]
async fn social_care_takes_a_document_for_each_childs_file_and_a_slip_holds_no_other_family() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.gathers().await;
        let neighbour = [
            ("name", "Otto Bramwell"),
            ("born", "4 July 2020"),
            ("subject", "false"),
            ("relationship", "child of the neighbour"),
            ("stage", "pre_school"),
        ];
        house.social_worker().slash(&["strategy", "child"], &neighbour).await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Deciding).await;
        let decided = [("decision", "initiate"), ("rationale", "An injury nobody explains")];
        house.chair().slash(&["chair", "section-47"], &decided).await;
        let other =
            [("prompt", "other_child_decision"), ("about", "c2"), ("concerns", "no"), ("reason", "Sees him by day")];
        assert_eq!(house.chair().slash(&["chair", "prompt"], &other).await.code(), "entered");
        house.goes_on_to(Stage::ReadBack).await;
        house.chair().closes().await;
        house.has_drafted().await;
        sends_out(&house).await;

        let copy = house.social_worker().presses("copy", &[]).await;
        for label in ["For the file of Ellis Quillfeather", "For the file of Otto Bramwell"] {
            assert!(copy.buttons().iter().any(|button| button == label), "{procedure}: {:?}", copy.buttons());
        }
        let whole = whole_copy(&house, &copy, "c1").await;
        assert!(whole.contains("- Copy: For the file of Ellis Quillfeather"), "{procedure}: {whole}");
        assert!(whole.contains("An injury nobody explains"), "{procedure}: the record itself: {whole}");
        let slip = whole_copy(&house, &copy, "c2").await;
        assert!(
            slip.contains("For the file of Otto Bramwell") && slip.contains("Sees him by day"),
            "{procedure}: {slip}"
        );
        for word in CASE_WORDS.into_iter().chain(["An injury nobody explains", "Rowan Ashby"]) {
            assert!(!slip.contains(word), "{procedure}, {word}: {slip}");
        }
        let given = [("child_file", "c2"), ("as", "word")];
        let word = house.social_worker().slash(&["strategy", "copy"], &given).await.file();
        assert!(word.name.ends_with("-version-1-child-2.docx"), "{procedure}: {}", word.name);
        assert!(words(&word.bytes).contains("Otto Bramwell") && !words(&word.bytes).contains("Ellis"), "{procedure}");

        let police = house.police().slash(&["strategy", "copy"], &[("child_file", "c2")]).await;
        assert_eq!(police.code(), "for_social_care", "{procedure}: {}", police.text());
        let none = house.social_worker().slash(&["strategy", "copy"], &[("child_file", "c9")]).await;
        assert_eq!(none.code(), "unknown_child", "{procedure}: {}", none.text());
        house.close().await;
    }
}

/// A child's document, however many parts it takes, from the buttons under one's own copy.
async fn whole_copy(house: &House, copy: &Got, child: &str) -> String {
    let mut got = house.social_worker().presses_in(copy, "copy", &[("child_file", child)]).await;
    let mut text = String::new();
    for part in 2..60 {
        assert!(got.is_private(), "{}", got.text());
        text.push_str(got.text().split_once('\n').map_or("", |(_, text)| text));
        text.push('\n');
        if !got.buttons().iter().any(|label| label.starts_with("Part ")) {
            return text;
        }
        let part = part.to_string();
        got = house.social_worker().presses_in(&got, "copy", &[("child_file", child), ("part", &part)]).await;
    }
    panic!("it has an end: {text}")
}

/// Shows: MIN-20.
#[tokio::test(flavor = "multi_thread")]
async fn the_text_for_the_case_system_comes_as_a_file_too_and_whole() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        let read = house.social_worker().presses("copy", &[]).await;
        let system = format!("Text for {}", house.config.procedures[procedure].case_system);
        assert!(read.buttons().contains(&system), "{procedure}: {:?}", read.buttons());
        let got = house.social_worker().presses_in(&read, "copy", &[("as", "form")]).await;
        let file = got.file();
        assert!(file.name.ends_with("-session-1-version-1.txt"), "{procedure}: {}", file.name);
        let text = String::from_utf8(file.bytes).expect("it is text");
        assert!(text.contains("Ellis Quillfeather") && !text.contains("| ---"), "{procedure}: {text}");
        let heading = &house.config.procedures[procedure].minutes;
        let lacking: Vec<_> =
            heading.iter().map(|section| &section.heading).filter(|one| !text.contains(*one)).collect();
        assert!(lacking.len() < 5, "{procedure}: whole but for what has nothing to say: {lacking:?}");
        house.close().await;
    }
}
