//! The document for Word, because authorities live in Word: real headings, header rows, a language and a title (MIN-27).
//!
//! A file of Word's is a zip of XML parts. Those that are the same for every record stand in `docx/` as they are sent;
//! the document itself is written here. Nothing in it depends on the day or the machine: the same document gives the
//! same bytes.

use std::io::{Cursor, Write};

use minijinja::context;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::document::{Block, Fact, Minutes, Piece, Table};
use crate::wording::Wording;

/// The parts that never change, in the order they are written.
const FIXED: [(&str, &str); 6] = [
    ("[Content_Types].xml", include_str!("docx/content_types.xml")),
    ("_rels/.rels", include_str!("docx/package_rels.xml")),
    ("word/_rels/document.xml.rels", include_str!("docx/document_rels.xml")),
    ("word/styles.xml", include_str!("docx/styles.xml")),
    ("word/numbering.xml", include_str!("docx/numbering.xml")),
    ("word/settings.xml", include_str!("docx/settings.xml")),
];

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Twentieths of a point. A4, with 20 mm left and right.
const SHORT_EDGE: usize = 11_906;
const LONG_EDGE: usize = 16_838;
const MARGIN: usize = 1_134;
/// A row with a longer cell, in characters, may go on over the page.
const ROW_TOGETHER_MAX: usize = 900;
/// A longer label, in characters, has its value beneath it and not beside it.
const LABEL_BESIDE_MAX: usize = 26;

/// Renders a document. The same document gives the same bytes.
pub fn docx(minutes: &Minutes, wording: &Wording) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let written = [
        ("docProps/core.xml", properties(minutes)),
        ("word/document.xml", document(minutes)),
        ("word/header1.xml", header(wording)),
        ("word/footer1.xml", footer(minutes, wording)),
    ];
    let fixed = FIXED.iter().map(|(name, part)| (*name, (*part).to_owned()));
    for (name, part) in fixed.chain(written) {
        // A time would be the machine's own; without one, every part has the format's first day.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, options).expect("a part has a name of its own");
        zip.write_all(part.as_bytes()).expect("memory takes what is written");
    }
    zip.finish().expect("memory takes what is written").into_inner()
}

fn properties(minutes: &Minutes) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>en-GB</dc:language>\
         </cp:coreProperties>",
        escaped(&minutes.title)
    )
}

fn header(wording: &Wording) -> String {
    let marking = run("Marking", &wording.say("minutes_page.marking", context! {}));
    format!("{DECLARATION}<w:hdr {NAMESPACES}>{}</w:hdr>", styled("Header", &marking))
}

/// The marks of the heading, and "Page 2 of 9", whose numbers Word fills in.
fn footer(minutes: &Minutes, wording: &Wording) -> String {
    let status: Vec<_> = minutes.status.iter().map(|status| status.word.as_str()).collect();
    let [page, pages] = ["\u{1}", "\u{2}"];
    let said = wording.say("minutes_page.page", context! { page, pages });
    let mut text = run("", &format!("{}\t", status.join(", ")));
    for part in said.split_inclusive(['\u{1}', '\u{2}']) {
        text.push_str(&run("", part.trim_end_matches(['\u{1}', '\u{2}'])));
        for (number, field) in [(page, "PAGE"), (pages, "NUMPAGES")] {
            if part.ends_with(number) {
                text.push_str(&format!("<w:fldSimple w:instr=\" {field} \">{}</w:fldSimple>", run("", "1")));
            }
        }
    }
    format!("{DECLARATION}<w:ftr {NAMESPACES}>{}</w:ftr>", styled("Footer", &text))
}

fn document(minutes: &Minutes) -> String {
    let mut body = Body::default();
    body.paragraph("Title", &minutes.title);
    for notice in &minutes.notices {
        body.paragraph("Notice", notice.words());
    }
    body.facts(&minutes.facts);
    for section in &minutes.sections {
        body.lies(section.is_wide());
        body.paragraph("Heading1", &section.heading);
        for block in &section.blocks {
            body.block(block);
        }
    }
    let end = page(body.lies_across);
    format!("{DECLARATION}<w:document {NAMESPACES}><w:body>{}{end}</w:body></w:document>", body.xml)
}

/// The document as it is written, from its first page on.
#[derive(Default)]
struct Body {
    xml: String,
    /// The page lies across, as it does for a section with a wide table.
    lies_across: bool,
}

impl Body {
    fn paragraph(&mut self, style: &str, text: &str) {
        self.xml.push_str(&styled(style, &run("", text)));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Subheading(piece) => self.paragraph("Heading2", piece.words()),
            Block::Paragraph(piece) => self.paragraph("BodyText", piece.words()),
            Block::Facts(facts) => self.facts(facts),
            Block::List(items) => items.iter().for_each(|item| self.paragraph("ListBullet", item.words())),
            Block::Table(table) => self.table(table),
        }
    }

    /// Labels and what they say of the case, side by side where the label is short.
    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            let label = fact.label.words();
            let is_short = label.chars().count() <= LABEL_BESIDE_MAX;
            let (style, between) = if is_short { ("Fact", "\t") } else { ("FactBelow", "\n") };
            let text = format!("{}{}", run("Strong", label), run("", &format!("{between}{}", fact.value.words())));
            self.xml.push_str(&styled(style, &text));
        }
    }

    fn table(&mut self, table: &Table) {
        let width = if self.lies_across { LONG_EDGE } else { SHORT_EDGE } - 2 * MARGIN;
        self.paragraph("Caption", &table.caption);
        let widths = widths(table, width);
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"RecordTable\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:firstRow=\"1\" w:firstColumn=\"1\" w:noHBand=\"1\" \
             w:noVBand=\"1\"/><w:tblCaption w:val=\"{0}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            escaped(&table.caption)
        ));
        let headers: Vec<_> = table.headers.iter().map(String::as_str).collect();
        self.row("<w:cantSplit/><w:tblHeader/>", "TableHead", &headers, &widths);
        for cells in &table.rows {
            let words: Vec<_> = cells.iter().map(Piece::words).collect();
            let is_short = words.iter().all(|words| words.chars().count() <= ROW_TOGETHER_MAX);
            self.row(if is_short { "<w:cantSplit/>" } else { "" }, "TableText", &words, &widths);
        }
        self.xml.push_str("</w:tbl>");
        // Two tables without a paragraph between them would be one.
        self.paragraph("AfterTable", "");
    }

    fn row(&mut self, properties: &str, style: &str, cells: &[&str], widths: &[usize]) {
        self.xml.push_str(&format!("<w:tr><w:trPr>{properties}</w:trPr>"));
        for (words, width) in cells.iter().zip(widths) {
            let cell = styled(style, &run("", words));
            self.xml.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"));
        }
        self.xml.push_str("</w:tr>");
    }

    /// From here on pages lie across, or upright: where that changes, a new page begins.
    fn lies(&mut self, across: bool) {
        if across != self.lies_across {
            let page = page(self.lies_across);
            self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/>{page}</w:pPr></w:p>"));
            self.lies_across = across;
        }
    }
}

fn page(lies_across: bool) -> String {
    let size = if lies_across {
        format!("w:w=\"{LONG_EDGE}\" w:h=\"{SHORT_EDGE}\" w:orient=\"landscape\"")
    } else {
        format!("w:w=\"{SHORT_EDGE}\" w:h=\"{LONG_EDGE}\"")
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/><w:footerReference w:type=\"default\" \
         r:id=\"footer\"/><w:pgSz {size}/><w:pgMar w:top=\"1418\" w:right=\"{MARGIN}\" w:bottom=\"1304\" \
         w:left=\"{MARGIN}\" w:header=\"680\" w:footer=\"624\" w:gutter=\"0\"/></w:sectPr>"
    )
}

/// Every column has room for its longest word, as far as there is room, and what is left is shared by what they hold.
fn widths(table: &Table, width: usize) -> Vec<usize> {
    let columns = table.headers.len().max(1);
    let column = |n: usize| {
        let cells = table.rows.iter().filter_map(move |row| row.get(n)).map(Piece::words);
        cells.chain(table.headers.get(n).map(String::as_str))
    };
    let longest = |words: &str| words.split(char::is_whitespace).map(|word| word.chars().count()).max().unwrap_or(0);
    // Twentieths of a point a character takes; the first column is set in bold.
    let character = |n: usize| if n == 0 { 125 } else { 100 };
    let least = |n: usize| column(n).map(longest).max().unwrap_or(0).clamp(4, 16) * character(n) + 200;
    let least: Vec<_> = (0..columns).map(least).collect();
    let wanted: Vec<_> =
        (0..columns).map(|n| column(n).map(|words| words.chars().count().min(240)).sum::<usize>() + 1).collect();
    let (taken, all) = (least.iter().sum::<usize>(), wanted.iter().sum::<usize>());
    if taken >= width {
        return least.iter().map(|least| least * width / taken).collect();
    }
    least.iter().zip(&wanted).map(|(least, wanted)| least + (width - taken) * wanted / all).collect()
}

fn styled(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// A run of text; a line break and a tab are elements of their own.
fn run(style: &str, text: &str) -> String {
    let properties =
        if style.is_empty() { String::new() } else { format!("<w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>") };
    let lines = text.split('\n').map(|line| {
        let parts: Vec<_> =
            line.split('\t').map(|part| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(part))).collect();
        parts.join("<w:tab/>")
    });
    format!("<w:r>{properties}{}</w:r>", lines.collect::<Vec<_>>().join("<w:br/>"))
}

/// Beside what is escaped, there are characters XML can't hold at all.
fn escaped(text: &str) -> String {
    let is_impossible = |character: char| character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}');
    super::escaped(&text.replace(is_impossible, "\u{fffd}"))
}
