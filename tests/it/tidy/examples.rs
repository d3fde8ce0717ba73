//! The examples of the checklists against the code they are taken from.

use super::Finding;
use super::source::File;

/// Paragraphs of a page's indented blocks that stand nowhere in the code, however either is laid out.
pub fn not_in_the_code(page: &File, code: &[File]) -> Vec<Finding> {
    let code: Vec<String> = code.iter().map(|file| close(&file.text)).collect();
    let is_there = |example: &str| code.iter().any(|text| text.contains(&close(example)));
    let examples = examples(&page.text).into_iter();
    let strange = examples.filter(|(_, example)| !is_there(example));
    strange.map(|(line, example)| Finding::new(page, line, format!("not in the code:\n{example}"))).collect()
}

/// Each run of lines indented by four, and where it begins.
fn examples(page: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut is_inside = false;
    for (index, line) in page.lines().enumerate() {
        let is_example = line.starts_with("    ");
        match found.last_mut().filter(|_| is_example && is_inside) {
            Some((_, example)) => example.extend(["\n", line]),
            None if is_example => found.push((index + 1, line.to_owned())),
            None => {}
        }
        is_inside = is_example;
    }
    found
}

fn close(text: &str) -> String {
    text.split_whitespace().collect()
}
