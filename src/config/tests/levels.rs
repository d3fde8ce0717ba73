//! Each rule has the level it should have in each procedure.

use super::*;
use crate::domain::prompt::Prompt;

const PROCEDURES: [&str; 5] =
    ["county-strategy-meetings", "seven-minute-briefing", "practice-guidance", "remote-format", "audit-assured"];

/// Whatever differs between the procedures, in their order: M mandatory, R prompted, `R/M` mandatory when late, on, o off,
/// a dash absent. `on*` has a rank besides, `strict` a setting of its own, `full` and `extract` say what an owner of an action
/// is sent: all of these work.
const MATRIX: &str = include_str!("levels.txt");

/// What works by being asked where no more is laid down than that it works: what it needs to know, a person has to say.
const ASKED: [(&str, &str, Level); 3] = [
    ("INV-26", "practice-guidance", Level::Mandatory),
    ("INV-27", "county-strategy-meetings", Level::Prompted),
    ("MIN-25", "remote-format", Level::Prompted),
];

fn level(word: &str) -> Level {
    match word {
        "M" => Level::Mandatory,
        "R/M" => Level::MandatoryWhenLate,
        "R" => Level::Prompted,
        "on" | "on*" | "strict" | "full" | "extract" => Level::On,
        "o" => Level::Off,
        "-" => Level::Absent,
        other => panic!("{other} is no level"),
    }
}

/// The rules by number, each with its levels in the order of the procedures.
fn matrix() -> BTreeMap<&'static str, Vec<Level>> {
    let rows = MATRIX.lines().map(|row| {
        let mut words = row.split_whitespace();
        (words.next().expect("a row begins with its rule"), words.map(level).collect::<Vec<_>>())
    });
    rows.collect()
}

#[test]
fn every_rule_of_the_level_matrix_has_its_own_level_in_each_procedure() {
    let (config, matrix) = (Config::built_in(), matrix());
    assert_eq!(matrix.len(), 143);
    for (n, slug) in PROCEDURES.into_iter().enumerate() {
        let levels = &config.procedures[slug].levels;
        for (id, of_each) in &matrix {
            assert_eq!(of_each.len(), PROCEDURES.len(), "{id}");
            let asked = ASKED.iter().find(|(rule, procedure, _)| rule == id && *procedure == slug);
            let wanted = asked.map_or(of_each[n], |(.., level)| *level);
            if let Some(found) = levels.get(*id) {
                assert_eq!(*found, wanted, "{slug}: {id}");
                continue;
            }
            let carries = |prompt: &&Prompt| prompt.requirement.iter().any(|carried| carried == id);
            let prompts: Vec<_> = config.catalogue.prompts.iter().filter(carries).collect();
            assert!(!prompts.is_empty(), "{slug}: nothing carries {id}");
            for prompt in prompts {
                // A question that carries out several rules is as strict as the strictest of them.
                let others = prompt.requirement.iter().filter_map(|other| matrix.get(other.as_str()));
                let strictest = others.map(|of_each| of_each[n]).min().expect("this rule is one of them");
                assert_eq!(levels[&prompt.key], strictest.min(wanted), "{slug}: {id}, by {}", prompt.key);
            }
        }
    }
}

#[test]
fn every_question_has_a_level_in_each_procedure() {
    let config = Config::built_in();
    for (slug, procedure) in &config.procedures {
        for prompt in &config.catalogue.prompts {
            assert!(procedure.levels.contains_key(&prompt.key), "{slug}: {} has no level", prompt.key);
        }
    }
}
