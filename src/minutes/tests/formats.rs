//! The formats for other programs: Word, the form of a case system, and the published schema.

use std::io::{Cursor, Read};

use proptest::prelude::*;
use regex::Regex;

use super::structure::spoken;
use super::*;

/// The parts of a Word file by name.
fn parts(file: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).expect("a zip");
    let number = zip.len();
    let read = |n| {
        let mut part = zip.by_index(n).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        (part.name().expect("a name").into_owned(), text)
    };
    (0..number).map(read).collect()
}

fn part(file: &[u8], name: &str) -> String {
    let found = parts(file).into_iter().find(|(own, _)| own == name);
    found.unwrap_or_else(|| panic!("no part {name}")).1
}

/// The names of a part's elements in order; panics where one is not closed in its place.
fn elements(xml: &str) -> Vec<String> {
    let tag = Regex::new(r"<(/?)([A-Za-z0-9:]+)([^>]*?)(/?)>").expect("a pattern");
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for found in tag.captures_iter(xml) {
        let name = found[2].to_owned();
        if &found[1] == "/" {
            assert_eq!(open.pop().as_ref(), Some(&name), "closed out of place");
            continue;
        }
        if &found[4] != "/" {
            open.push(name.clone());
        }
        all.push(name);
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    all
}

/// The styles of a document's paragraphs, in order.
fn styles(file: &[u8]) -> Vec<String> {
    let style = Regex::new(r#"<w:pStyle w:val="([A-Za-z0-9]+)"/>"#).expect("a pattern");
    style.captures_iter(&part(file, "word/document.xml")).map(|found| found[1].to_owned()).collect()
}

/// Shows: MIN-27.
#[test]
fn a_word_document_has_real_headings_header_rows_a_language_and_a_title() {
    let minutes = compiled(&whole());
    let file = docx(&minutes, &CONFIG.wording);
    for (name, xml) in parts(&file) {
        assert!(!elements(&xml).is_empty(), "{name} is XML");
    }
    let document = part(&file, "word/document.xml");
    let tables =
        minutes.sections.iter().flat_map(|section| &section.blocks).filter(|block| matches!(block, Block::Table(_)));
    let tables = tables.count();
    assert!(tables > 3);
    assert_eq!(document.matches("<w:tblHeader/>").count(), tables, "each table has one header row");
    assert_eq!(document.matches("<w:tblCaption ").count(), tables);
    let styles = styles(&file);
    let count = |wanted: &str| styles.iter().filter(|style| *style == wanted).count();
    assert_eq!((count("Title"), count("Heading1")), (1, minutes.sections.len()));
    assert!(count("Heading2") > 0);
    assert!(part(&file, "word/styles.xml").contains("<w:lang w:val=\"en-GB\""));
    let properties = part(&file, "docProps/core.xml");
    assert_has(&properties, &[&format!("<dc:title>{}</dc:title>", minutes.title), "<dc:language>en-GB</dc:language>"]);
    assert_has(&part(&file, "word/header1.xml"), &["OFFICIAL-SENSITIVE"]);
    assert_has(&part(&file, "word/footer1.xml"), &["Page ", " PAGE ", " of ", " NUMPAGES "]);
    assert!(document.contains("w:orient=\"landscape\""), "the widest tables lie across");
}

/// Shows: MIN-11.
#[test]
fn the_same_journal_is_the_same_word_document_and_the_same_text() {
    let (first, second) = (compiled(&whole()), compiled(&whole()));
    assert_eq!(docx(&first, &CONFIG.wording), docx(&second, &CONFIG.wording));
    let form = &rules().procedure.case_form;
    assert_eq!(plain(&first, form), plain(&second, form));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// Shows: MIN-27.
    #[test]
    fn no_words_at_all_break_the_word_document(words in "(\\PC|[<>&\"'\u{0}\u{7}\u{b}\u{fffe}\u{ffff}\n\r\t\u{2028}]){1,60}") {
        prop_assume!(!crate::domain::spoken::Spoken::new(&words).is_empty());
        let file = docx(&compiled(&spoken(&words)), &CONFIG.wording);
        let as_plain = docx(&compiled(&spoken("plain")), &CONFIG.wording);
        // A label with a long name in it stands above its value and not beside it.
        let shape = |file: &[u8]| styles(file).iter().map(|style| style.replace("FactBelow", "Fact")).collect::<Vec<_>>();
        prop_assert!(shape(&file) == shape(&as_plain));
        let document = part(&file, "word/document.xml");
        elements(&document);
        let illegal = |character: char| matches!(character, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        prop_assert!(!document.contains(illegal));
    }
}

/// Shows: MIN-20.
#[test]
fn the_text_for_the_case_system_stands_in_the_order_of_the_authoritys_form_and_loses_nothing() {
    let minutes = compiled(&whole());
    let text = plain(&minutes, &rules().procedure.case_form);
    let boxes: Vec<_> = rules().procedure.case_form.iter().map(|one| format!("\n{}\n====", one.title)).collect();
    let places: Vec<_> = boxes.iter().map(|one| text.find(one).unwrap_or_else(|| panic!("no box {one}"))).collect();
    assert!(places.is_sorted(), "the boxes stand in the form's order");
    for section in &minutes.sections {
        assert_eq!(text.matches(&format!("\n{}\n---", section.heading)).count(), 1, "{}", section.heading);
    }
    let pieces = minutes.sections.iter().flat_map(|section| &section.blocks);
    for piece in pieces.flat_map(words_of) {
        let first = piece.lines().next().unwrap_or_default();
        assert!(text.contains(first), "{first} is lost");
    }
    assert!(!text.contains("<br>") && !text.contains("| ---"));
}

fn words_of(block: &Block) -> Vec<&str> {
    match block {
        Block::Subheading(piece) | Block::Paragraph(piece) => vec![piece.words()],
        Block::Facts(facts) => facts.iter().map(|fact| fact.value.words()).collect(),
        Block::List(items) => items.iter().map(Piece::words).collect(),
        Block::Table(table) => table.rows.iter().flatten().map(Piece::words).collect(),
    }
}

/// Shows: MIN-27.
#[test]
fn the_record_as_data_is_as_its_published_schema_says() {
    let schema = include_str!("../../../docs/minutes.schema.json");
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let (case, wording) = (whole().case(), &CONFIG.wording);
    let common = copy(&whole().records, None, &rules(), wording, HEAD, None);
    let documents = [
        compiled(&whole()),
        common,
        extract(&case, &rules(), wording, DOCTOR, HEAD),
        family_draft(&case, case.session().expect("it was convened").no, &rules(), wording),
    ];
    for document in documents {
        let value = serde_json::from_str(&json(&document)).expect("JSON");
        let errors: Vec<_> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", document.title);
    }
}
