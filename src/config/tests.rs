//! The shipped files are right, and each kind of slip is told with its file, its line and what to do.

mod levels;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::domain::people::AgencyKind;
use crate::domain::procedure::{Level, Within};
use crate::domain::prompt::Condition;

const PROCEDURE: &str = include_str!("../../bot-config/procedures/remote-format.toml");
const PROMPTS: &str = include_str!("../../bot-config/prompts.toml");

/// A folder with some files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder within");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// What is told about a folder with one file, without the folder's own path.
fn told(name: &str, text: &str) -> String {
    let folder = folder(&[(name, text)]);
    let errors = Config::load(folder.path()).expect_err("something is wrong with it").to_string();
    errors.replace(&format!("{}/", folder.path().display()), "")
}

/// What is told about the shipped procedure with one change.
fn told_of_procedure(from: &str, to: &str) -> String {
    assert!(PROCEDURE.contains(from), "{from}");
    told("procedures/remote-format.toml", &PROCEDURE.replacen(from, to, 1))
}

fn told_of_prompts(from: &str, to: &str) -> String {
    assert!(PROMPTS.contains(from), "{from}");
    told("prompts.toml", &PROMPTS.replacen(from, to, 1))
}

fn line_of(text: &str, part: &str) -> usize {
    1 + text.lines().position(|line| line.contains(part)).expect("it is there")
}

#[test]
fn the_shipped_configuration_is_right() {
    let config = Config::built_in();
    assert_eq!(config.settings.procedure, "remote-format");
    let procedure = &config.procedures["remote-format"];
    assert_eq!(procedure.deadlines.circulation.meeting.within, Within::CalendarDays(5));
    assert_eq!(procedure.deadlines.conference.within, Within::WorkingDays(15));
    assert_eq!(procedure.deadlines.assessment.within, Within::WorkingDays(45));
    assert_eq!(procedure.offered().count(), 8);
    assert_eq!(procedure.script.len(), 4);
    assert_eq!(procedure.prepare.len(), 5);
    assert_eq!(procedure.agenda.len(), 14);
    assert_eq!(procedure.level("timing_rationale"), Level::MandatoryWhenLate);
    assert_eq!(procedure.level("INV-09"), Level::Mandatory);
    assert_eq!(config.catalogue.prompt("interviews").map(|prompt| prompt.when.clone()), Some(Condition::Section47));
}

/// A sixth procedure is a copy with a line changed, and nothing of the program.
///
/// Shows: INV-31, RISK-10.
#[test]
fn a_sixth_procedure_is_a_file() {
    let line = "role = \"police\"\nlabel = \"police representative\"\n";
    let added = "role = \"school\"\nlabel = \"school\"\nany_of = [{ agency_kind = \"education\" }]\n\
                 source = \"local value\"\n\n[[minimum.meeting]]\n";
    let copy = PROCEDURE
        .replace("slug = \"remote-format\"", "slug = \"sixth\"")
        .replacen(line, &format!("{added}{line}"), 1)
        .replacen("code = \"very_high\"\nlabel = \"Very high\"", "code = \"extreme\"\nlabel = \"Extreme\"", 1);
    let folder = folder(&[("procedures/sixth.toml", &copy)]);
    let procedure = &Config::load(folder.path()).expect("it is right").procedures["sixth"];
    let lines: Vec<_> = procedure.minimum.meeting.iter().map(|line| line.role.as_str()).collect();
    assert_eq!(lines, ["team_manager", "health", "school", "police"]);
    assert_eq!(procedure.risk_scale.last().map(|level| level.code.as_str()), Some("extreme"));
}

#[test]
fn a_slip_in_a_proposal_is_told_with_its_line() {
    let key = "key = \"lawyer\"";
    let line = line_of(PROCEDURE, key);
    let check = |from: &str, to: &str, told: &str| {
        let found = told_of_procedure(from, to);
        assert!(found.contains(told), "{found}");
        found
    };
    let found =
        check("when = [\"legal_action\"]\nlevel = \"INV-29\"", "when = []\nlevel = \"INV-99\"", "nothing brings it up");
    assert!(found.contains(&format!("line {line}: the proposal \"lawyer\"")), "{found}");
    assert!(found.contains("its level \"INV-99\" is neither"), "{found}");
    check("[{ adult = \"housing\" }]", "[{ adult = \"houses\" }]", "\"houses\" is no difficulty of the list");
    check("[{ adult = \"housing\" }]", "[\"always\"]", "no proposal is made where \"housing\" is flagged");
    check("[{ agency_kind = \"legal\" }]", "[]", "\"any_of\" is empty");
    check(key, "key = \"school\"", "the proposal \"school\" is there twice");
    check("roles = [\"nursery\"]", "roles = [\"creche\"]", "the role \"creche\" is not in directory.toml");
}

/// Shows: TURN-02.
#[test]
fn the_script_says_what_it_has_to() {
    let config = Config::built_in();
    for (slug, procedure) in &config.procedures {
        let script: String = procedure.script.iter().map(|passage| passage.text.as_str()).collect();
        let script = script.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in
            ["start or continue", "to plan them", "make the child safe", "not an informal", "hallenge is", "welcome"]
        {
            assert!(script.contains(part), "{slug}: {part}");
        }
        let etiquette = procedure.etiquette.join(" ");
        let heard = ["Everyone will have an opportunity", "names the agency and the person"];
        for part in heard.into_iter().chain(["Questions come after everyone has shared", "urgent safety question"]) {
            assert!(etiquette.contains(part), "{slug}: {part}");
        }
    }
}

#[test]
fn every_title_of_the_cases_has_its_role() {
    use AgencyKind::{Education, Health, Other, Police, Probation, SocialCare, YouthSupport};
    let directory = Config::built_in().directory;
    for (title, kind, code) in [
        ("Team manager", SocialCare, "team_manager"),
        ("Social worker", SocialCare, "social_worker"),
        ("Emergency duty social worker", SocialCare, "emergency_duty_social_worker"),
        ("Child protection investigator", Police, "child_protection_investigator"),
        ("Offender manager, Sex Offender Unit", Police, "offender_manager"),
        ("Child sexual exploitation team", Police, "exploitation_officer"),
        ("Consultant paediatrician", Health, "paediatrician"),
        ("Hospital staff nurse", Health, "hospital_staff_nurse"),
        ("Health visitor", Health, "health_visitor"),
        ("School nurse", Health, "school_nurse"),
        ("Safeguarding nurse", Health, "safeguarding_nurse"),
        ("Emergency department registrar", Health, "hospital_doctor"),
        ("GP", Health, "gp"),
        ("Nursery safeguarding lead", Education, "nursery"),
        ("School designated safeguarding lead", Education, "school_safeguarding_lead"),
        ("Probation officer", Probation, "probation_officer"),
        ("Youth support worker", YouthSupport, "youth_support_worker"),
        ("Housing officer", Other, "housing_officer"),
        ("Juggler", Other, "other"),
    ] {
        assert_eq!(directory.role_code(title, kind), code, "{title}");
    }
}

#[test]
fn a_folder_overrides_file_by_file_and_sentence_by_sentence() {
    let copy = PROCEDURE.replace("slug = \"remote-format\"", "slug = \"our-own\"");
    let folder = folder(&[
        ("procedures/our-own.toml", &copy),
        ("wording.toml", "[stage]\nopen = \"Under way\"\n"),
        ("minutes.typ", "#set document(title: \"Ours\")\n"),
        ("cases/case.json", "{}"),
    ]);
    let config = Config::load(folder.path()).expect("it is right");
    assert_eq!(config.procedures.len(), Config::built_in().procedures.len() + 1);
    assert_eq!(config.procedures["our-own"].outcomes, config.procedures["remote-format"].outcomes);
    assert_eq!(config.wording.say("stage.open", ()), "Under way");
    assert_eq!(config.wording.say("stage.closed", ()), "Closed");
    assert_eq!(config.minutes_template, "#set document(title: \"Ours\")\n");
    assert_eq!(config.settings, Config::built_in().settings);
}

#[cfg(feature = "pdf")]
#[test]
fn a_slip_in_the_template_of_the_minutes_is_told_by_its_line() {
    assert_eq!(
        told("minutes.typ", "#let a = 1\n#let b = (\n"),
        "minutes.typ, line 2: unclosed delimiter; correct this line"
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let errors = Config::load(Path::new("no-such-folder")).expect_err("it is not there").to_string();
    assert_eq!(errors, "no-such-folder: there is no such folder; name the folder that holds convenor.toml");
}

#[test]
fn a_file_nobody_reads_is_told() {
    assert!(
        told("prompt.toml", "").starts_with("prompt.toml: no file of this name is read; the files are bank-holidays")
    );
}

#[test]
fn slips_of_writing_are_told_with_line_and_key() {
    let line = line_of(PROCEDURE, "[deadlines.circulation]") + 1;
    assert_eq!(
        told_of_procedure("meeting = { within = { calendar_days = 5 }", "meating = { within = { calendar_days = 5 }"),
        format!(
            "procedures/remote-format.toml, line {line}: unknown key \"meating\"; the keys here are meeting, \
             complex_meeting, discussion, discussion_reminder_at"
        )
    );
    let line = line_of(PROCEDURE, "withhold = \"on\"");
    assert_eq!(
        told_of_procedure("withhold = \"on\"", "withhold = \"mandatry\""),
        format!(
            "procedures/remote-format.toml, line {line}: \"mandatry\" is no value of \"withhold\"; the values are \
             mandatory, mandatory_when_late, prompted, on, off, absent"
        )
    );
    let line = line_of(PROCEDURE, "chair_silent_minutes = 10");
    assert_eq!(
        told_of_procedure("chair_silent_minutes = 10", "chair_silent_minutes = \"10\""),
        format!(
            "procedures/remote-format.toml, line {line}: \"chair_silent_minutes\" can't be read: invalid type: string \
             \"10\", expected u32; correct its value"
        )
    );
    assert!(told_of_procedure("case_system = \"LCS\"", "").contains("the key \"case_system\" is missing here; add it"));
}

#[test]
fn slips_of_meaning_are_told_all_at_once() {
    let text = PROCEDURE
        .replacen("slug = \"remote-format\"", "slug = \"remote\"", 1)
        .replacen("\"DEC-04\" =", "\"DEC-47\" =", 1)
        .replacen("\"team_manager\", \"acting_manager\", \"emergency_duty_team_manager\"]", "\"team_leader\"]", 1)
        .replacen("[outcome_aliases]", "[outcome_aliases]\nno_action = \"nothing\"", 1)
        .replacen("key = \"timing\"", "key = \"timeing\"", 1)
        .replacen("working_days = 15", "working_days = 99999", 1)
        .replacen("as_at = \"2026-11-22\"", "as_at = \"last year\"", 1);
    let told = told("procedures/remote-format.toml", &text);
    let lines: Vec<&str> = told.lines().collect();
    let expected = [
        ("slug", "the slug is \"remote\" in a file named remote-format.toml; make the two the same"),
        ("as_at = \"last", "\"as_at\" is \"last year\", which is no date; write it as 2026-11-22"),
        ("DEC-47", "\"DEC-47\" is neither a key of prompts.toml nor the number of a requirement; correct it"),
        ("no_action =", "\"no_action\" stands for \"nothing\", which is no outcome here; the codes are arrange_"),
        ("timeing", "nothing fills the section \"timeing\"; the sections are absent_views, actions,"),
        ("[[minutes]]", "the minutes lack the section \"timing\", so what is said under it would not print; add it"),
        ("team_leader", "the role \"team_leader\" is not in directory.toml for this kind of agency; correct it"),
        ("conference = {", "\"conference\" is 99999; give at most 5000"),
    ];
    for ((place, sentence), line) in expected.iter().zip(&lines) {
        let start = format!("procedures/remote-format.toml, line {}: {sentence}", line_of(&text, place));
        assert!(line.starts_with(&start), "{line}\n{start}");
    }
    assert_eq!(lines.len(), expected.len(), "{told}");
}

#[test]
fn seeing_the_child_has_a_time_and_an_action_or_neither() {
    let line = line_of(PROCEDURE, "[deadlines]");
    let clock = "[deadlines]\nchild_seen = { within = { hours = 24 }, source = \"local value\" }";
    assert_eq!(
        told_of_procedure("[deadlines]", clock),
        format!(
            "procedures/remote-format.toml, line {line}: [deadlines] has \"child_seen\" and no \"child_seen_action\"; \
             give both, or take it out"
        )
    );
    let action = "[deadlines]\nchild_seen_action = \"Child seen\"";
    assert!(told_of_procedure("[deadlines]", action).contains("\"child_seen_action\" and no \"child_seen\""));
}

#[test]
fn who_is_told_of_a_silence_and_where_a_request_goes_are_asked_for() {
    let start = PROCEDURE.find("[[manager]]").expect("it is there");
    let end = start + PROCEDURE[start..].find("\n# ").expect("something follows");
    assert_eq!(
        told_of_procedure(&PROCEDURE[start..end], ""),
        "procedures/remote-format.toml: \"manager\" names nobody, so no one could be it; name a role"
    );
    let pathway = PROCEDURE.lines().find(|line| line.starts_with("pathway = ")).expect("it is there");
    let line = line_of(PROCEDURE, pathway);
    assert_eq!(
        told_of_procedure(pathway, "pathway = \" \""),
        format!(
            "procedures/remote-format.toml, line {line}: \"pathway\" under [request] is empty, so nobody is told where \
             a request goes; write it"
        )
    );
}

#[test]
fn prompts_fit_the_forms_they_are_asked_with() {
    let long = "x".repeat(46);
    let line = line_of(PROMPTS, "key = \"lived_experience\"");
    assert_eq!(
        told_of_prompts("The child's lived experience", &long),
        format!(
            "prompts.toml, line {line}: the prompt \"lived_experience\": its title has 46 characters; give at most 45"
        )
    );
    let told = told_of_prompts("key = \"needs\"", "key = \"tell_child\"");
    assert!(told.contains("the prompt \"tell_child\" is there twice; rename one"), "{told}");
    assert!(told.contains("\"needs\" is neither a key of prompts.toml"), "{told}");
    let told = told_of_prompts("{ key = \"coercion\"", "{ key = \"history\"");
    assert!(told.contains("the field \"history\" is in the sharing form twice"), "{told}");
}

#[test]
fn slips_in_sentences_are_told_before_anybody_reads_them() {
    assert_eq!(
        told("wording.toml", "[due]\nnothing = \"When?\"\nunknown = \"{{ read }\"\n").split(": ").next(),
        Some("wording.toml, line 3")
    );
    assert_eq!(
        told("wording.toml", "[due]\nunknown = \"\"\"\nWhat is\n{{ raed }}?\"\"\"\n"),
        "wording.toml, line 3: the sentence \"due.unknown\" uses {{ raed }}, which nobody fills in; its values: read"
    );
    assert_eq!(
        told("wording.toml", "[stage]\nopened = \"Open\"\n"),
        "wording.toml, line 2: unknown sentence \"stage.opened\"; the sections and keys are those of \
         bot-config/wording.toml"
    );
}

#[test]
fn other_files_are_checked_too() {
    let told_of = |name: &str, text: &str| told(name, text).lines().next().unwrap_or_default().to_owned();
    assert!(told_of("bank-holidays.json", "{}").starts_with("bank-holidays.json: it is not in the shape of gov.uk's"));
    assert!(
        told_of("code-words.toml", "first = [\"ox\"]\nsecond = []").contains("\"first\" has 1 words; give at least 64")
    );
    let settings = include_str!("../../bot-config/convenor.toml").replace("\"remote-format\"", "\"remote\"");
    assert!(
        told_of("convenor.toml", &settings)
            .contains("there is no procedure \"remote\"; the procedures are audit-assured, county-")
    );
    let roles = "[[role]]\ncode = \"other\"\nlabel = \"Other\"\nagency_kinds = [\"health\"]\ntitles = [\"GP\"]\n\
                 [[role]]\ncode = \"gp\"\nlabel = \"GP\"\nagency_kinds = [\"health\"]\n";
    assert!(told("directory.toml", roles).contains("the title \"GP\" means both \"other\" and \"gp\"; keep one"));
}
