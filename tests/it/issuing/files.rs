//! A copy taken away as a file: the same record as the copy that is read, for its reader alone.

use std::io::Read as _;

use super::{drafted, sends_out};
use crate::support::{Got, House};
use convenor::rehearsal::workspace::{Fault, Route, SeenFile};

fn only_file(got: &Got) -> SeenFile {
    let message = got.response.message().expect("a message comes with it");
    let [file] = message.files.as_slice() else { panic!("{} files: {}", message.files.len(), message.text) };
    file.clone()
}

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
        let file = only_file(&got);
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
    assert!(only_file(&got).name.ends_with(".docx"));

    house.printer = None;
    house.starts_again(1).await;
    let none = house.police().slash(&["strategy", "copy"], &[("as", "pdf")]).await;
    assert!(none.text().contains("the PDF can't be made just now"), "{}", none.text());
    let page = house.police().presses_in(&none, "copy", &[("as", "page")]).await;
    assert!(only_file(&page).name.ends_with(".html"));
    house.close().await;
}
