//! `convenor deadline`: what a person checks by hand, with the working.

use std::process::{Command, Output};

use crate::support::PROCEDURES;

fn asks(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_convenor");
    Command::new(program).arg("deadline").args(arguments).output().expect("the program runs")
}

/// What is printed for an event under a procedure.
fn told(procedure: &str, event: &str, from: &str) -> String {
    told_of(&["--procedure", procedure, "--event", event, "--from", from])
}

fn told_of(arguments: &[&str]) -> String {
    let output = asks(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is text")
}

/// Why it can't be answered: one sentence, exit code 2.
fn refused(arguments: &[&str]) -> String {
    let output = asks(arguments);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("it is text")
}

/// The lines of one deadline, from its name to the blank line after it.
fn of(text: &str, name: &str) -> String {
    let found = text.split("\n\n").find(|part| part.starts_with(name));
    found.unwrap_or_else(|| panic!("{name} is answered: {text}")).to_owned()
}

/// Shows: TIM-12, TIM-13.
#[test]
fn working_days_pass_over_weekends_and_bank_holidays_and_say_so() {
    let thursday = told("seven-minute-briefing", "closed", "24 December 2026 11:00");
    let circulation = of(&thursday, "Circulation, meeting");
    for line in ["Christmas Day", "weekend", "Tue 29 Dec 2026  day 1", "due Tuesday 29 December 2026 23:59 GMT"] {
        assert!(circulation.contains(line), "{line}: {circulation}");
    }
    for event in ["4 December 2026 14:00", "5 December 2026 14:00"] {
        let told = told("seven-minute-briefing", "closed", event);
        assert!(of(&told, "Circulation, meeting").contains("due Monday 7 December 2026 23:59"), "{event}: {told}");
    }
}

/// Shows: TIM-14.
#[test]
fn hours_are_those_of_the_clock_across_a_clock_change() {
    let seen = told("practice-guidance", "section-47", "30 October 2027 14:00");
    let seen = of(&seen, "Child seen");
    assert!(seen.contains("24 hours of the clock (002-31)"), "{seen}");
    assert!(seen.contains("due Sunday 31 October 2027 13:00 GMT"), "{seen}");
}

/// Shows: TIM-15.
#[test]
fn plain_days_are_counted_as_the_procedure_says() {
    let shipped = told("remote-format", "closed", "23 December 2026 11:00");
    assert!(of(&shipped, "Circulation, meeting").contains("due Monday 28 December 2026 23:59"), "{shipped}");
    let folder = tempfile::tempdir().expect("a folder of the test's own");
    let copy = include_str!("../../bot-config/procedures/remote-format.toml");
    let changed = copy.replace("calendar_days = 5", "working_days = 5");
    assert_ne!(changed, copy);
    std::fs::create_dir(folder.path().join("procedures")).expect("the folder is made");
    std::fs::write(folder.path().join("procedures/remote-format.toml"), changed).expect("the file is written");
    let config = folder.path().display().to_string();
    let changed = told_of(&["--config", &config, "--event", "closed", "--from", "23 December 2026 11:00"]);
    assert!(of(&changed, "Circulation, meeting").contains("due Monday 4 January 2027 23:59"), "{changed}");
}

/// Shows: TIM-22.
#[test]
fn a_local_figure_is_marked_and_a_procedure_without_one_is_no_procedure() {
    let local = told("audit-assured", "closed", "7 December 2026 11:00");
    assert!(of(&local, "Circulation, meeting").contains("local value"), "{local}");
    let folder = tempfile::tempdir().expect("a folder of the test's own");
    let copy = include_str!("../../bot-config/procedures/audit-assured.toml");
    let section = copy.find("[deadlines.circulation]").expect("the section is there");
    let line = section + copy[section..].find("\nmeeting = ").expect("the figure is there") + 1;
    let end = line + copy[line..].find('\n').expect("the line ends") + 1;
    std::fs::create_dir(folder.path().join("procedures")).expect("the folder is made");
    let without = format!("{}{}", &copy[..line], &copy[end..]);
    std::fs::write(folder.path().join("procedures/audit-assured.toml"), without).expect("the file is written");
    let config = folder.path().display().to_string();
    let refused = refused(&["--config", &config, "--event", "closed", "--from", "7 December 2026 11:00"]);
    assert!(refused.contains("meeting"), "{refused}");
}

/// Shows: TIM-26.
#[test]
fn a_date_beyond_the_loaded_bank_holidays_is_to_be_checked_by_hand() {
    let late = told("seven-minute-briefing", "closed", "29 December 2028 11:00");
    let circulation = of(&late, "Circulation, meeting");
    assert!(circulation.contains("loaded up to 2028 only: check this date by hand"), "{circulation}");
}

#[test]
fn every_procedure_answers_every_event_and_says_what_it_has_no_figure_for() {
    for procedure in PROCEDURES {
        for event in ["received", "known", "exceptional-action", "section-47", "closed"] {
            let told = told(procedure, event, "7 December 2026 11:00");
            assert!(told.contains("due ") || told.contains("no figure in this procedure"), "{procedure}: {told}");
        }
    }
    let none = told("county-strategy-meetings", "received", "7 December 2026 11:00");
    assert!(none.contains("Hold by, serious risk: no figure in this procedure"), "{none}");
}

#[test]
fn what_cannot_be_answered_is_one_sentence() {
    let at = ["--from", "7 December 2026 11:00"];
    let event = refused(&["--event", "tea", at[0], at[1]]);
    assert!(event.contains("an event is one of received, known, exceptional-action, section-47, closed"), "{event}");
    let procedure = refused(&["--procedure", "elsewhere", "--event", "closed", at[0], at[1]]);
    assert!(procedure.contains("there is no procedure elsewhere; choose one of "), "{procedure}");
    let time = refused(&["--event", "closed", "--from", "soonish"]);
    assert!(time.contains("--from soonish: not a date and time"), "{time}");
}
