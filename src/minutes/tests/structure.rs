//! Whatever people say, the document keeps its shape; and every sentence the compiler says is in the wording.

use proptest::prelude::*;
use regex::Regex;

use super::*;
use crate::domain::attendance::Means;
use crate::domain::challenge::{ChallengeKind, ChallengeStage};
use crate::domain::decision::{ActionStatus, EnquiryMode, Section47Decision};
use crate::domain::event::Held;
use crate::domain::floor::MoveOnReason;
use crate::domain::referral::{SchoolStage, Threshold, TriggerPoint, TriggerType, UrgencyClass};
use crate::domain::spoken::Spoken;

/// A case in which somebody said `words` wherever people's words are printed.
pub(super) fn spoken(words: &str) -> Journal {
    let mut journal = whole();
    for record in &mut journal.records {
        match &mut record.event {
            Event::Contributed { contribution } => {
                contribution.fields.insert("current".into(), Spoken::new(words));
            }
            Event::QuestionAnswered { text, .. } => *text = Spoken::new(words),
            Event::AdultListed { adult } => adult.flags = Spoken::new(words),
            Event::Entered { entry: Entry::Action(action), .. } => action.what = Spoken::new(words),
            Event::Entered { entry: Entry::Section47(decision), .. } => decision.rationale = Spoken::new(words),
            Event::Entered { entry: Entry::Answer(answer), .. } if answer.prompt == "needs" => {
                answer.fields.insert("text".into(), Spoken::new(words));
            }
            Event::StoodDown { reason, .. } => *reason = Spoken::new(words),
            Event::SessionClosed { reason, .. } => *reason = Some(Spoken::new(words)),
            Event::ChildListed { child } if child.id == UNBORN => child.name = Spoken::new(words),
            _ => {}
        }
    }
    journal
}

/// What a Markdown text is made of, whatever its words: headings by level, items of lists, rows with their cells.
fn bones(text: &str) -> Vec<String> {
    let heading = Regex::new(r"^(#{1,6})(\s|$)").expect("a pattern");
    let bone = |line: &str| {
        if let Some(found) = heading.captures(line) {
            return Some(found[1].to_owned());
        }
        if line.starts_with('|') {
            return Some(format!("row of {}", unescaped_pipes(line)));
        }
        line.starts_with("- ").then(|| "item".to_owned())
    };
    text.lines().filter_map(bone).collect()
}

fn unescaped_pipes(line: &str) -> usize {
    let mut escaped = false;
    let mut pipes = 0;
    for character in line.chars() {
        pipes += usize::from(character == '|' && !escaped);
        escaped = character == '\\' && !escaped;
    }
    pipes
}

/// Every tag of a page in order; panics where one is not closed in its place.
fn tags(page: &str) -> Vec<String> {
    let tag = Regex::new(r"<(/?)([a-z0-9]+)[^>]*>").expect("a pattern");
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for found in tag.captures_iter(page) {
        let name = found[2].to_owned();
        if &found[1] == "/" {
            assert_eq!(open.pop().as_ref(), Some(&name), "closed out of place");
        } else if name != "meta" {
            open.push(name.clone());
        }
        all.push(found[0].to_owned());
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    all
}

/// Shows: MIN-27.
#[test]
fn a_page_has_one_title_ordered_headings_and_tables_with_headers() {
    let page = html(&compiled(&whole()), &CONFIG.wording);
    let all = tags(&page);
    let count = |wanted: &str| all.iter().filter(|tag| tag.starts_with(wanted)).count();
    assert_eq!((count("<h1"), count("<title")), (1, 1));
    assert!(page.contains("<html lang=\"en-GB\">"));
    assert_eq!(count("<table"), count("<caption"));
    assert_eq!(count("<th>"), 0, "every header cell says what it heads");
    let levels = all.iter().filter_map(|tag| tag.strip_prefix("<h")?.chars().next()?.to_digit(10));
    levels.fold(0, |above, level| {
        assert!(level <= above + 1, "a level is skipped");
        level
    });
    assert!(!page.contains("<script") && !page.contains("http-equiv") && !page.contains("src="));
}

/// Shows: MIN-27.
#[test]
fn every_row_is_as_long_as_its_headers() {
    for section in compiled(&whole()).sections {
        for block in section.blocks {
            let Block::Table(table) = block else { continue };
            assert!(table.rows.iter().all(|row| row.len() == table.headers.len()), "{}", table.caption);
            let cells = table.rows.iter().flatten();
            assert!(cells.clone().all(|cell| !cell.words().is_empty()), "a blank in {}", table.caption);
        }
    }
}

/// Shows: MIN-02, MIN-27.
#[test]
fn ordinary_words_stand_as_they_were_said() {
    let words = "He said \"it's 5 < 6 & 100% -- really\" (twice); see a/b_c, *twice*, at 10.30 – O'Brien’s café";
    assert_has(&markdown(&compiled(&spoken(words))), &[words]);
}

fn check_shape(words: &str) {
    let (odd, plain) = (compiled(&spoken(words)), compiled(&spoken("plain")));
    assert_eq!(bones(&markdown(&odd)), bones(&markdown(&plain)), "{words:?}");
    assert_eq!(tags(&html(&odd, &CONFIG.wording)), tags(&html(&plain, &CONFIG.wording)), "{words:?}");
    let case = spoken(words).case();
    let no = case.session().expect("it was convened").no;
    let wording = &CONFIG.wording;
    let _any = (extract(&case, &rules(), wording, DOCTOR, HEAD), family_draft(&case, no, &rules(), wording));
    let form = &rules().procedure.case_form;
    let text = crate::minutes::plain(&odd, form);
    assert!(form.iter().all(|one| text.contains(&format!("\n{}\n===", one.title))), "{words:?}");
    assert!(summary(&odd, &CONFIG.wording).chars().count() <= CHARACTERS_MAX);
    let read: serde_json::Value = serde_json::from_str(&json(&odd)).expect("JSON");
    assert_eq!(read["sections"].as_array().map(Vec::len), Some(odd.sections.len()));
}

/// Shows: MIN-27.
#[test]
fn words_that_look_like_structure_stay_words() {
    let odd = [
        "a | b\n--- | ---\nc | d",
        "# Heading\n## Another\n- item\n1. one\n> quoted",
        "ends with a backslash \\",
        "a \\| b \\\\| c",
        "one\n\n- two\n\n    code\n```\nfence",
        "<script>alert(1)</script><!-- gone -->",
        "![a picture](https://example.org/x.png)\n[a]: https://example.org",
        "===\n---\n***\n___",
        "bell \u{7} null \0 escape \u{1b}[31m line\u{2028}separator\r\nand return\rhere",
        "| leading pipe\n:--|--:",
    ];
    odd.into_iter().for_each(check_shape);
    let text = markdown(&compiled(&spoken("<script>alert(1)</script> ![x](y) \u{7}")));
    assert!(text.contains("\\<script>") && text.contains("\\![x](y)") && !text.contains('\u{7}'));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Shows: MIN-27.
    #[test]
    fn no_words_at_all_break_the_shape(words in "[-#|\\\\\n\r\t<>!\\[\\]()`~*_+=:0-9. a-zé&\"'\u{0}\u{7}\u{2028}]{1,60}") {
        prop_assume!(!Spoken::new(&words).is_empty());
        check_shape(&words);
    }
}

#[test]
fn every_sentence_the_compiler_says_is_in_the_wording() {
    let says =
        Regex::new(r#"(?:\b(label|sentence|paragraph|fact|table)\(\s*|say\(")"?([a-z0-9_]+)""#).expect("a pattern");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/minutes");
    let mut said = 0;
    for entry in std::fs::read_dir(folder).expect("the sources").flatten().filter(|entry| entry.path().is_file()) {
        let source = std::fs::read_to_string(entry.path()).expect("a source");
        for found in says.captures_iter(&source) {
            let section = match found.get(1).map(|call| call.as_str()) {
                Some("label" | "fact" | "table") => "minutes_label",
                Some(_) => "minutes",
                None => "minutes_summary",
            };
            let key = format!("{section}.{}", &found[2]);
            assert!(CONFIG.wording.has(&key), "{key}, said in {}", entry.path().display());
            said += 1;
        }
    }
    assert!(said > 150, "only {said} found: the pattern no longer fits the sources");
}

#[test]
fn every_choice_is_in_the_wording() {
    fn codes<T>(set: &str, all: &[(T, &str)]) -> Vec<String> {
        all.iter().map(|(_, code)| format!("{set}_{code}")).collect()
    }
    let sets = [
        codes("held", Held::ALL),
        codes("means", Means::ALL),
        codes("trigger_point", TriggerPoint::ALL),
        codes("trigger_type", TriggerType::ALL),
        codes("threshold", Threshold::ALL),
        codes("urgency", UrgencyClass::ALL),
        codes("school", SchoolStage::ALL),
        codes("section_47", Section47Decision::ALL),
        codes("mode", EnquiryMode::ALL),
        codes("challenge", ChallengeStage::ALL),
        codes("challenge_kind", ChallengeKind::ALL),
        codes("danger", DangerKind::ALL),
        codes("action", ActionStatus::ALL),
        codes("moved_on", MoveOnReason::ALL),
    ];
    for key in sets.concat() {
        assert!(CONFIG.wording.has(&format!("minutes_choice.{key}")), "{key}");
    }
}
