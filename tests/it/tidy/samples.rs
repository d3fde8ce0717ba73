//! Each rule tried on files made up for it: it must find the lines marked `//~` and no other. A rule that finds
//! nothing looks exactly like a tree that breaks none.

use super::source::File;
use super::{Finding, arrows, duties, examples, words};

fn check(rule: fn(&File) -> Vec<Finding>, path: &str, text: &str) {
    let mut found: Vec<usize> = rule(&File::made_up(path, text)).iter().map(|finding| finding.line).collect();
    found.dedup();
    let marked = text.lines().enumerate().filter(|(_, line)| line.contains("//~")).map(|(index, _)| index + 1);
    assert_eq!(found, marked.collect::<Vec<_>>(), "in {path}:\n{text}");
}

#[test]
fn walls_are_seen_through_groups_and_supers() {
    let check = |path, text| check(arrows::wrong_ways, path, text);
    check(
        "src/domain/decide.rs",
        r"
        use super::event::Event;
        use crate::app::Effect; //~
        /// Not [`tokio::spawn`].
        fn decide() { tokio::spawn(async {}); } //~
        ",
    );
    check("src/minutes/mod.rs", r"use {serde::Serialize, crate::{domain::Case, store::{self, Row}}}; //~");
    check(
        "src/app/plan.rs",
        r"
        fn plan(store: &Store) { store.append(); }
        fn count() { sqlx::query(); } //~
        mod inner {
            use super::super::store;
            use super::super::super::store; //~
        }
        ",
    );
    check("src/store/journal.rs", "use crate::app::ports::Store;\nuse sqlx::Row;");
    check("src/discord/gateway.rs", "use crate::app::ports::Store;\nuse serenity::all::Client;");
    check(
        "src/rehearsal/workspace/check.rs",
        r"
        use super::state::State;
        use super::super::cast; //~
        use crate::domain; //~
        use serenity::model::Event;
        use serenity::{model, http::Http}; //~
        ",
    );
    check("src/main.rs", "use serenity; //~");
}

#[test]
fn procedures_are_seen_in_strings_only() {
    let check = |path, text| check(words::procedures_named, path, text);
    check(
        "src/config.rs",
        r#"
        // audit-assured
        #[arg(default_value = "remote-format")]
        const SHIPPED: &str = "procedures/audit-assured.toml";
        fn f() { g("audit-assured") } //~
        #[cfg(test)]
        mod tests { const SLUG: &str = "audit-assured"; }
        "#,
    );
    check("src/domain/x.rs", r#"fn is(slug: &str) -> bool { slug == "remote-format" } //~"#);
}

#[test]
fn sentences_are_told_from_text_for_ourselves() {
    let check = |path, text| check(words::sentences, path, text);
    check(
        "src/app/x.rs",
        r#"
        /// "You do not have the floor."
        fn refuse() -> &'static str { "You do not have the floor." } //~
        fn debug() { write!(f, "Message({} characters, {} rows)", 1, 2) }
        fn log() { tracing::warn!(n, "The lane has stopped for good."); }
        #[error("The row is not there")]
        struct Missing;
        fn key() { x.expect("A key is always there"); "read_back" }
        #[test]
        fn says() { assert("You do not have the floor.") }
        fn after() { "Somebody else has the floor." } //~
        "#,
    );
    check("src/app/x_tests.rs", r#"const REFUSAL: &str = "You do not have the floor.";"#);
    check("src/store/sql.rs", r#"const ENTRY: &str = "SELECT body FROM entry ORDER BY seq";"#);
}

#[test]
fn leavings_are_seen() {
    let check = |path, text| check(words::left_lying, path, text);
    check(
        "src/app/x.rs",
        r#"
        // todo!()
        fn one() { todo!() } //~
        fn two() { println!("{}", 1) } //~
        "#,
    );
    check(
        "tests/it/x.rs",
        r#"
        #[test]
        #[ignore = "slow"] //~
        fn one() { println!(); }
        fn two() { dbg!(1); } //~
        "#,
    );
    check("src/rehearsal/terminal.rs", r#"fn show() { println!("played") }"#);
}

#[test]
fn the_word_for_the_mode_is_told_from_its_other_uses() {
    check(
        words::loose_seals,
        "README.md",
        "A sealed envelope. //~\nIn sealed mode.\nSet `sealed`.\ncontent = \"sealed\"\nUnsealed. //~",
    );
}

#[test]
fn paths_of_a_machine_are_told_from_addresses() {
    let home = ["", "home", "ann", "convenor"].join("/");
    check(words::machine_paths, "docs/x.md", &format!("cd {home} //~\nsee https://example.org{home}\n/data"));
}

#[test]
fn the_page_of_duties_is_read_strictly() {
    check(
        |file| duties::read_page(file).1,
        "docs/requirements.md",
        "| ID | duty | state |\n|---|---|---|\n\
         | REF-01 | One | done |\n| REF-03 | A gap //~ | open |\n| REF-03 | No such state //~ | nearly |",
    );
    let shows = |ids: &str| format!("/// {}: {ids}", "Shows");
    check(
        |file| duties::read_shows(file).1,
        "tests/it/x.rs",
        &[
            &shows("REF-01, TIM-13."),
            "#[tokio::test]",
            &shows("REF-01 and TIM-13. //~"),
            "#[test]",
            &shows("REF-02."),
            &shows("REF-03."),
            "#[test]",
        ]
        .join("\n"),
    );
    let adrift = File::made_up("tests/it/x.rs", &(shows("REF-01.") + "\nfn not_a_test() {}"));
    assert_eq!(duties::read_shows(&adrift).1.len(), 1);
}

#[test]
fn the_page_and_the_tests_are_compared_both_ways() {
    let page_file = File::made_up("docs/requirements.md", "| REF-01 | One | done |\n| REF-02 | Two | done |");
    let (page, _) = duties::read_page(&page_file);
    let text = format!("/// {}: REF-01, REF-09.\n#[test]\nfn one() {{}}", "Shows");
    let (shown, _) = duties::read_shows(&File::made_up("tests/it/x.rs", &text));
    let said = duties::disagreements(&page_file, &page, &shown).iter().map(ToString::to_string).collect::<Vec<_>>();
    insta::assert_snapshot!(said.join("\n"), @r"
    docs/requirements.md:2: REF-02 is called done, and no test names it
    tests/it/x.rs:1: REF-09 is not on the page
    ");
}

#[test]
fn examples_are_found_however_they_are_laid_out() {
    let code = [File::made_up("src/app/plan.rs", "fn plan() {\n    set(\n        1,\n    );\n}\n")];
    let page = "Some words.\n\n    fn plan() {\n        set(1,\n        );\n\nMore words.\n\n    clear(1);\n";
    let found = examples::not_in_the_code(&File::made_up("docs/page.md", page), &code);
    assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [9]);
}
