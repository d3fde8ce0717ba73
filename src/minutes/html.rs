//! The document as one HTML page: no script, no request to anywhere, readable on a phone and on paper (MIN-27).
//!
//! One title, headings in order, tables with a caption and header cells, words and never colours alone. A wide
//! table scrolls within its own frame, so that the page itself fits 320 pixels.

use super::document::{Block, Fact, Minutes, Piece, Table};

const STYLE: &str = "\
body{font:1rem/1.5 sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#111;background:#fff}\
h1,h2,h3{line-height:1.2;overflow-wrap:anywhere}h2{border-top:1px solid #555;padding-top:1rem}\
.notice{border:2px solid #111;padding:.5rem;font-weight:bold}\
p,dt,dd,li,td{white-space:pre-line;overflow-wrap:anywhere}dt{font-weight:bold}dd{margin:0 0 .5rem 1rem}\
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold}\
th,td{border:1px solid #555;padding:.25rem .5rem;text-align:left;vertical-align:top;min-width:5rem}\
@media print{body{max-width:none;padding:0;font-size:10pt}.wide{overflow:visible}tr{break-inside:avoid}\
h2,h3{break-after:avoid}th,td{min-width:0}}";

/// Renders a document. The same document gives the same bytes.
pub fn html(minutes: &Minutes) -> String {
    let title = escaped(&minutes.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    for notice in &minutes.notices {
        out.push_str(&format!("<p class=\"notice\">{}</p>\n", words(notice)));
    }
    facts(&mut out, &minutes.facts);
    for section in &minutes.sections {
        out.push_str(&format!("<section>\n<h2>{}</h2>\n", escaped(&section.heading)));
        section.blocks.iter().for_each(|block| block_of(&mut out, block));
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
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

fn escaped(text: &str) -> String {
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
