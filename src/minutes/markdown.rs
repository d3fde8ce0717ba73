//! The document as Markdown that reads as plain text too: people's words stand as they were said.
//!
//! Only what would change the structure is escaped: a pipe or a line break in a table's cell, a character that
//! would start a heading, a list, a rule, a quotation or a code block, and the start of an HTML tag or of an image.

use super::document::{Block, Fact, Minutes, Piece, Table};

/// Renders a document. The same document gives the same bytes.
pub fn markdown(minutes: &Minutes) -> String {
    let mut out = format!("# {}\n", line(&minutes.title));
    for notice in &minutes.notices {
        paragraph(&mut out, notice);
    }
    facts(&mut out, &minutes.facts);
    for section in &minutes.sections {
        out.push_str(&format!("\n## {}\n", line(&section.heading)));
        for block in &section.blocks {
            block_of(&mut out, block);
        }
    }
    out
}

fn block_of(out: &mut String, block: &Block) {
    match block {
        Block::Subheading(piece) => out.push_str(&format!("\n### {}\n", line(piece.words()))),
        Block::Paragraph(piece) => paragraph(out, piece),
        Block::Facts(list) => facts(out, list),
        Block::List(items) => {
            out.push('\n');
            items.iter().for_each(|item| out.push_str(&format!("- {}\n", indented(&starting(item.words())))));
        }
        Block::Table(rows) => table(out, rows),
    }
}

fn paragraph(out: &mut String, piece: &Piece) {
    let lines: Vec<_> = piece.words().split('\n').map(start_of_line).collect();
    out.push_str(&format!("\n{}\n", lines.join("\n")));
}

/// "- Label: value"; a label that asks has its answer after the question mark.
fn facts(out: &mut String, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    out.push('\n');
    for fact in facts {
        let label = start_of_line(&line(fact.label.words()));
        let after = if label.ends_with(['?', ':', '.', '!']) { "" } else { ":" };
        out.push_str(&format!("- {label}{after} {}\n", indented(&inline(fact.value.words()))));
    }
}

fn table(out: &mut String, table: &Table) {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let headers = table.headers.iter().map(|header| cell(header)).collect();
    let rule = table.headers.iter().map(|_| "---".to_owned()).collect();
    out.push_str(&format!("\n{}\n\n{}{}", start_of_line(&line(&table.caption)), row(headers), row(rule)));
    for cells in &table.rows {
        out.push_str(&row(cells.iter().map(|piece| cell(piece.words())).collect()));
    }
}

/// One line: a heading or a label can't hold a break.
fn line(text: &str) -> String {
    inline(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A cell holds no bare pipe and no line break; a backslash before a pipe must not undo the pipe's own.
fn cell(text: &str) -> String {
    let lines: Vec<_> = inline(text.trim()).split('\n').map(|line| line.trim().to_owned()).collect();
    let mut cell = String::new();
    for (n, text) in lines.iter().enumerate() {
        if n > 0 {
            cell.push_str("<br>");
        }
        let mut backslashes = 0;
        for character in text.chars() {
            if character == '|' {
                cell.push_str(&"\\".repeat(backslashes + 1));
            }
            backslashes = if character == '\\' { backslashes + 1 } else { 0 };
            cell.push(character);
        }
        // A backslash at the very end would take the break or the cell's own border with it.
        cell.push_str(&"\\".repeat(backslashes));
    }
    cell
}

/// Further lines of a list item stay inside it.
fn indented(text: &str) -> String {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |mut text, line| {
        let line = starting(line);
        text.push('\n');
        if !line.is_empty() {
            text.push_str("  ");
            text.push_str(&line);
        }
        text
    })
}

fn start_of_line(text: &str) -> String {
    starting(&inline(text))
}

/// Escapes what a line can't begin with. Indentation means code, so it goes.
fn starting(text: &str) -> String {
    let text = text.trim_start();
    let mut characters = text.chars();
    let (Some(first), rest) = (characters.next(), characters.as_str()) else { return String::new() };
    let second = rest.chars().next();
    let ends_word = second.is_none_or(|next| !next.is_alphanumeric());
    let is_run = |of: char| text.chars().all(|character| character == of || character == ' ');
    let opens = match first {
        '#' | '-' | '+' | '*' => ends_word,
        '>' | '|' => true,
        ':' => second == Some('-'),
        '=' | '_' => is_run(first),
        '`' | '~' => text.starts_with(&first.to_string().repeat(3)),
        '[' => text.contains("]:"),
        _ => false,
    };
    if opens {
        return format!("\\{text}");
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let after = &text[digits..];
    if digits > 0 && after.starts_with(['.', ')']) && after[1..].chars().next().is_none_or(char::is_whitespace) {
        return format!("{}\\{after}", &text[..digits]);
    }
    text.to_owned()
}

/// Escapes the start of an HTML tag, which would swallow words, and of an image, which would be fetched.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let opens_tag = character == '<' && next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next));
        let opens_image = character == '!' && next == Some('[');
        if opens_tag || opens_image {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
