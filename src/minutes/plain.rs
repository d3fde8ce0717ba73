//! The document as plain text in the order of the authority's own form, to be pasted into its case system (MIN-20).
//!
//! A box of a form holds neither headings nor tables: each label stands before what it says, each row of a table is a
//! few lines, and nothing is escaped. Sections the form has no box for follow it, so that none is lost on the way.

use super::document::{Block, Fact, Minutes, Piece, Section, Table};
use crate::domain::procedure::FormBox;

/// Renders a document. The same document gives the same bytes.
pub fn plain(minutes: &Minutes, form: &[FormBox]) -> String {
    let mut out = heading(&minutes.title, '=');
    for notice in &minutes.notices {
        paragraph(&mut out, notice.words());
    }
    facts(&mut out, &minutes.facts);
    let in_a_box = |section: &&Section| form.iter().any(|one| one.sections.contains(&section.key));
    for one in form {
        let own = one.sections.iter().flat_map(|key| minutes.sections.iter().filter(move |it| it.key == *key));
        let own: Vec<_> = own.collect();
        if own.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{}", heading(&one.title, '=')));
        own.into_iter().for_each(|section| section_of(&mut out, section));
    }
    let others: Vec<_> = minutes.sections.iter().filter(|section| !in_a_box(section)).collect();
    others.into_iter().for_each(|section| section_of(&mut out, section));
    out
}

fn heading(text: &str, rule: char) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rule: String = text.chars().map(|_| rule).collect();
    format!("{text}\n{rule}\n")
}

fn section_of(out: &mut String, section: &Section) {
    out.push_str(&format!("\n{}", heading(&section.heading, '-')));
    for block in &section.blocks {
        match block {
            Block::Subheading(piece) => paragraph(out, piece.words()),
            Block::Paragraph(piece) => paragraph(out, piece.words()),
            Block::Facts(list) => facts(out, list),
            Block::List(items) => {
                out.push('\n');
                items.iter().for_each(|item| out.push_str(&format!("- {}\n", hanging(item.words()))));
            }
            Block::Table(rows) => table(out, rows),
        }
    }
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str(&format!("\n{text}\n"));
}

fn facts(out: &mut String, facts: &[Fact]) {
    out.push('\n');
    for fact in facts {
        out.push_str(&format!("{}\n", labelled(fact.label.words(), fact.value.words())));
    }
}

/// The first cell names the row; the others stand beneath it with their headers.
fn table(out: &mut String, table: &Table) {
    paragraph(out, &table.caption);
    for row in &table.rows {
        let mut cells = table.headers.iter().zip(row.iter().map(Piece::words));
        let Some((header, first)) = cells.next() else { continue };
        out.push_str(&format!("\n{}\n", labelled(header, first)));
        for (header, words) in cells {
            out.push_str(&format!("  {}\n", labelled(header, words)));
        }
    }
}

/// "Label: value"; a label that asks has its answer after the question mark.
fn labelled(label: &str, value: &str) -> String {
    let after = if label.ends_with(['?', ':', '.', '!']) { "" } else { ":" };
    format!("{label}{after} {}", hanging(value))
}

/// Further lines stand in from the first.
fn hanging(text: &str) -> String {
    text.replace('\n', "\n    ")
}
