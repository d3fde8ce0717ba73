//! The document as one HTML page: no script, no request to anywhere, readable on a phone and on paper (MIN-27).
//!
//! One title, headings in order, tables with a caption and header cells, words and never colours alone. A wide
//! table scrolls within its own frame, so that the page itself fits 320 pixels; on paper its section lies across.

use minijinja::context;

use super::document::{Block, Fact, Minutes, Piece, Table};
use crate::wording::Wording;

const STYLE: &str = include_str!("page.css");

/// Renders a document. The same document gives the same bytes.
pub fn html(minutes: &Minutes, wording: &Wording) -> String {
    let title = escaped(&minutes.title);
    let marking = wording.say("minutes_page.marking", context! {});
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n\
         <header><p class=\"marking\">{}</p></header>\n<main>\n<h1>{title}</h1>\n",
        margins(&marking, wording),
        escaped(&marking),
    );
    for notice in &minutes.notices {
        out.push_str(&format!("<p class=\"notice\">{}</p>\n", words(notice)));
    }
    facts(&mut out, &minutes.facts);
    for section in &minutes.sections {
        let class = if section.is_wide() { " class=\"across\"" } else { "" };
        out.push_str(&format!("<section{class}>\n<h2>{}</h2>\n", escaped(&section.heading)));
        section.blocks.iter().for_each(|block| block_of(&mut out, block));
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// On paper the marking stands at the head of each page, and "Page 2 of 9" at its foot.
fn margins(marking: &str, wording: &Wording) -> String {
    let [page, pages] = ["\u{1}", "\u{2}"];
    let said = wording.say("minutes_page.page", context! { page, pages });
    let counted = said.split_inclusive(['\u{1}', '\u{2}']).flat_map(|part| {
        let counter = match part.chars().last() {
            Some('\u{1}') => " counter(page) ",
            Some('\u{2}') => " counter(pages) ",
            _ => "",
        };
        [quoted(part.trim_end_matches(['\u{1}', '\u{2}'])), counter.to_owned()]
    });
    let counted: String = counted.collect();
    let small = "font:8pt Arial,Helvetica,sans-serif";
    let (top, foot) = (quoted(marking), counted);
    format!("@page{{@top-center{{{small};content:{top}}}@bottom-right{{{small};content:{foot}}}}}\n")
}

/// A string of a style sheet, in which everything but letters, digits and spaces stands by its number.
fn quoted(text: &str) -> String {
    let safe = text.chars().map(|character| match character {
        plain if plain.is_alphanumeric() || plain == ' ' => plain.to_string(),
        other => format!("\\{:x} ", u32::from(other)),
    });
    format!("\"{}\"", safe.collect::<String>())
}

fn block_of(out: &mut String, block: &Block) {
    match block {
        Block::Subheading(piece) => out.push_str(&format!("<h3>{}</h3>\n", words(piece))),
        Block::Paragraph(piece) => out.push_str(&format!("<p>{}</p>\n", words(piece))),
        Block::Facts(list) => facts(out, list),
        Block::List(items) if items.is_empty() => {}
        Block::List(items) => {
            out.push_str("<ul>\n");
            items.iter().for_each(|item| out.push_str(&format!("<li>{}</li>\n", words(item))));
            out.push_str("</ul>\n");
        }
        Block::Table(rows) => table(out, rows),
    }
}

fn facts(out: &mut String, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    out.push_str("<dl>\n");
    for fact in facts {
        out.push_str(&format!("<dt>{}</dt>\n<dd>{}</dd>\n", words(&fact.label), words(&fact.value)));
    }
    out.push_str("</dl>\n");
}

/// The first cell of a row names the row.
fn table(out: &mut String, table: &Table) {
    let caption = escaped(&table.caption);
    out.push_str(&format!("<div class=\"wide\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table>\n"));
    out.push_str(&format!("<caption>{caption}</caption>\n<thead>\n<tr>"));
    table.headers.iter().for_each(|header| out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(header))));
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let cell = words(cell);
            out.push_str(&if column == 0 {
                format!("<th scope=\"row\">{cell}</th>")
            } else {
                format!("<td>{cell}</td>")
            });
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn words(piece: &Piece) -> String {
    escaped(piece.words())
}

/// Safe between tags and in an attribute, of HTML and of XML.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
