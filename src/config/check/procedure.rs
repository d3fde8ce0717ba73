//! A procedure against the catalogue, the directory and itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Config, ConfigError, Source, is_code, listed, quoted, repeated, too_long};
use crate::domain::agreement::AGREEMENT;
use crate::domain::people::AgencyKind;
use crate::domain::procedure::{Level, Match, MinutesSection, Procedure, Required, Rule};

/// How many requirements each family has; a level may be keyed by any of their numbers.
const REQUIREMENTS: [(&str, u32); 16] = [
    ("REF", 19),
    ("TIM", 26),
    ("INV", 34),
    ("GATE", 15),
    ("TURN", 18),
    ("INFO", 27),
    ("RISK", 10),
    ("DEC", 46),
    ("DIS", 14),
    ("ACT", 15),
    ("MIN", 30),
    ("REV", 10),
    ("AUD", 15),
    ("SEC", 26),
    ("SAFE", 7),
    ("SES", 20),
];

/// Whether a text is the number of a requirement: `DEC-04`.
pub(super) fn is_requirement(text: &str) -> bool {
    let numbers = |(family, most): &(&str, u32)| (1..=*most).any(|number| text == format!("{family}-{number:02}"));
    REQUIREMENTS.iter().any(numbers)
}

pub(super) fn check(slug: &str, procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    if procedure.slug != slug {
        let sentence = format!("the slug is \"{}\" in a file named {slug}.toml; make the two the same", procedure.slug);
        errors.push(source.error_at("slug", sentence));
    }
    errors.extend(dates(procedure, source));
    errors.extend(levels(procedure, config, source));
    errors.extend(outcomes(procedure, source));
    errors.extend(sections(procedure, config, source));
    errors.extend(roles(procedure, config, source));
    errors.extend(lengths(procedure, source));
    errors.extend(codes(procedure, source));
    errors.extend(needed(procedure, config, source));
    errors.extend(super::catalogue::terms(procedure, &config.catalogue, source));
    errors.extend(title_needs(procedure, source));
    errors.extend(agreement(procedure, config, source));
    errors.extend(super::proposals::check(procedure, config, source));
    errors.extend(child_seen(procedure, source));
    errors.extend(agenda(procedure, config, source));
    if procedure.chair_rule.trim().is_empty() {
        let sentence = "\"chair_rule\" is empty, so nobody is told who should chair; write it";
        errors.push(source.error_at("chair_rule", sentence));
    }
    if procedure.request.pathway.trim().is_empty() {
        let sentence = "\"pathway\" under [request] is empty, so nobody is told where a request goes; write it";
        errors.push(source.error_at("pathway", sentence));
    }
    errors
}

/// The agenda is in the order of the stages, and covers sections that there are (GATE-13).
fn agenda(procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let is_section = |key: &str| {
        MinutesSection::COMPILED.contains(&key) || config.catalogue.prompts.iter().any(|prompt| prompt.section == key)
    };
    let mut errors = Vec::new();
    for item in &procedure.agenda {
        for key in item.covers.iter().filter(|key| !is_section(key)) {
            let sentence = format!("the item \"{}\" covers \"{key}\", which no question is in; correct it", item.title);
            errors.push(source.error_at(&quoted(&item.title), sentence));
        }
    }
    for pair in procedure.agenda.windows(2).filter(|pair| pair[1].stage < pair[0].stage) {
        let sentence = format!("the item \"{}\" comes after a later stage; move it up", pair[1].title);
        errors.push(source.error_at(&quoted(&pair[1].title), sentence));
    }
    errors
}

/// Each line of the agreement needs a field that takes it when it is given by telephone.
fn agreement(procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let Some(prompt) = config.catalogue.prompt(AGREEMENT) else { return Vec::new() };
    let unknown = procedure.agreement.iter().filter(|line| prompt.field(&line.role).is_none());
    let error = |line: &Required| {
        let known = listed(&prompt.fields.iter().map(|field| field.key.clone()).collect::<Vec<_>>());
        let sentence = format!("the prompt \"{AGREEMENT}\" has no field \"{}\"; its fields are {known}", line.role);
        source.error_at("[[agreement]]", sentence)
    };
    unknown.map(error).collect()
}

/// What is needed here has to be a field of a prompt.
fn needed(procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    for (key, fields) in &procedure.needed {
        let Some(prompt) = config.catalogue.prompt(key) else {
            let sentence = format!("\"{key}\" under [needed] is no key of prompts.toml; correct it");
            errors.push(source.error_at("[needed]", sentence));
            continue;
        };
        for field in fields.iter().filter(|field| prompt.field(field).is_none()) {
            let known = listed(&prompt.fields.iter().map(|field| field.key.clone()).collect::<Vec<_>>());
            let sentence = format!("the prompt \"{key}\" has no field \"{field}\"; its fields are {known}");
            errors.push(source.error_at("[needed]", sentence));
        }
    }
    errors
}

/// The clock for seeing a child is stopped by the action of that name being done, so neither makes sense alone (TIM-11).
fn child_seen(procedure: &Procedure, source: &Source) -> Option<ConfigError> {
    let set = &procedure.deadlines;
    let (given, missing) = match (&set.child_seen, &set.child_seen_action) {
        (Some(_), None) => ("child_seen", "child_seen_action"),
        (None, Some(_)) => ("child_seen_action", "child_seen"),
        _ => return None,
    };
    let sentence = format!("[deadlines] has \"{given}\" and no \"{missing}\"; give both, or take it out");
    Some(source.error_at("[deadlines]", sentence))
}

/// What the title asks for has to be a line of the minimum.
fn title_needs(procedure: &Procedure, source: &Source) -> Vec<ConfigError> {
    let Some(needs) = &procedure.title_needs else { return Vec::new() };
    let lines = procedure.minimum.meeting.iter().chain(&procedure.minimum.discussion);
    let known: Vec<&str> = lines.map(|line| line.role.as_str()).collect();
    let unknown = needs.roles.iter().filter(|role| !known.contains(&role.as_str()));
    let error = |role: &String| {
        let sentence = format!("the title needs \"{role}\", which no line of the minimum is; correct it");
        source.error_at("[title_needs]", sentence)
    };
    unknown.map(error).collect()
}

/// The dates something was last checked have to be dates, or nobody can be reminded of their age (REF-19).
fn dates(procedure: &Procedure, source: &Source) -> Vec<ConfigError> {
    let dates = std::iter::once(&procedure.as_at).chain(procedure.links.iter().map(|link| &link.as_at));
    let wrong = dates.filter(|date| date.parse::<NaiveDate>().is_err());
    let error = |date: &String| {
        let sentence = format!("\"as_at\" is \"{date}\", which is no date; write it as 2026-11-22");
        source.error_at(&quoted(date), sentence)
    };
    wrong.map(error).collect()
}

fn levels(procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let is_known = |key: &&String| config.catalogue.prompt(key).is_some() || is_requirement(key);
    let unknown = procedure.levels.keys().filter(|key| !is_known(key));
    let error = |key: &String| {
        let sentence =
            format!("\"{key}\" is neither a key of prompts.toml nor the number of a requirement; correct it");
        source.error_at(key, sentence)
    };
    unknown.map(error).collect()
}

fn outcomes(procedure: &Procedure, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    let codes: BTreeSet<&str> = procedure.outcomes.iter().map(|outcome| outcome.code.as_str()).collect();
    for code in repeated(procedure.outcomes.iter().map(|outcome| outcome.code.as_str())) {
        errors.push(source.error_at(&quoted(code), format!("the outcome \"{code}\" is there twice; rename one")));
    }
    for (other, code) in &procedure.outcome_aliases {
        if codes.contains(other.as_str()) {
            let sentence = format!("\"{other}\" is an outcome here and can't also stand for another; remove the alias");
            errors.push(source.error_at(&format!("{other} ="), sentence));
        } else if !codes.contains(code.as_str()) {
            let known = codes.iter().copied().collect::<Vec<_>>().join(", ");
            let sentence =
                format!("\"{other}\" stands for \"{code}\", which is no outcome here; the codes are {known}");
            errors.push(source.error_at(&format!("{other} ="), sentence));
        }
    }
    errors
}

/// Every section has something that fills it, and every answer a section to print in.
fn sections(procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    let printed: BTreeSet<&str> = procedure.minutes.iter().map(|section| section.key.as_str()).collect();
    let compiled: BTreeSet<&str> = MinutesSection::COMPILED.into_iter().collect();
    let answers = config.catalogue.prompts.iter().filter(|prompt| procedure.level(&prompt.key) != Level::Absent);
    let answered: BTreeSet<&str> = answers.map(|prompt| prompt.section.as_str()).collect();
    for key in repeated(procedure.minutes.iter().map(|section| section.key.as_str())) {
        errors.push(source.error_at(&key_line(key), format!("the section \"{key}\" is there twice; remove one")));
    }
    for key in &printed {
        if !compiled.contains(key) && !answered.contains(key) && *key != MinutesSection::ANNEX {
            let known = compiled.union(&answered).copied().collect::<Vec<_>>().join(", ");
            let sentence = format!("nothing fills the section \"{key}\"; the sections are {known}");
            errors.push(source.error_at(&key_line(key), sentence));
        }
    }
    for key in compiled.union(&answered).filter(|key| !printed.contains(*key)) {
        let sentence =
            format!("the minutes lack the section \"{key}\", so what is said under it would not print; add it");
        errors.push(source.error_at("[[minutes]]", sentence));
    }
    errors
}

fn key_line(key: &str) -> String {
    format!("key = {}", quoted(key))
}

fn roles(procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let lines = procedure.minimum.meeting.iter().chain(&procedure.minimum.discussion).chain(&procedure.agreement);
    let named = lines.flat_map(|line| line.any_of.iter().chain(&line.when_closed));
    let named = named.chain(procedure.proposals.iter().flat_map(|proposal| &proposal.any_of));
    let matches = procedure.convenor.iter().chain(&procedure.chair).chain(&procedure.recorder);
    let matches = matches.chain(&procedure.manager).chain(&procedure.agency_managers).chain(named);
    let mut errors = Vec::new();
    let mut told = BTreeSet::new();
    for Match { agency_kind, roles, .. } in matches {
        for code in roles.iter().filter(|code| !is_found(code, *agency_kind, config)) {
            if told.insert(code) {
                let sentence =
                    format!("the role \"{code}\" is not in directory.toml for this kind of agency; correct it");
                errors.push(source.error_at(&quoted(code), sentence));
            }
        }
    }
    let lists = [("convenor", &procedure.convenor), ("chair", &procedure.chair), ("manager", &procedure.manager)];
    for (what, list) in lists {
        if list.is_empty() {
            errors.push(
                source.error_at_key(what, format!("\"{what}\" names nobody, so no one could be it; name a role")),
            );
        }
    }
    errors
}

fn is_found(code: &str, kind: AgencyKind, config: &Config) -> bool {
    config.directory.role(code).is_some_and(|role| role.agency_kinds.contains(&kind))
}

fn lengths(procedure: &Procedure, source: &Source) -> Vec<ConfigError> {
    let deadlines = &procedure.deadlines;
    let (hold_by, circulation) = (&deadlines.hold_by, &deadlines.circulation);
    let rules: [(&str, Option<&Rule>); 11] = [
        ("serious_risk", hold_by.serious_risk.as_ref()),
        ("complex", hold_by.complex.as_ref()),
        ("post_assessment", hold_by.post_assessment.as_ref()),
        ("immediate_protection", hold_by.immediate_protection.as_ref()),
        ("after_exceptional_action", hold_by.after_exceptional_action.as_ref()),
        ("meeting", Some(&circulation.meeting)),
        ("complex_meeting", circulation.complex_meeting.as_ref()),
        ("discussion", Some(&circulation.discussion)),
        ("child_seen", deadlines.child_seen.as_ref()),
        ("conference", Some(&deadlines.conference)),
        ("assessment", Some(&deadlines.assessment)),
    ];
    let given = rules.into_iter().filter_map(|(key, rule)| Some((key, rule?)));
    let mut errors: Vec<ConfigError> = given
        .filter_map(|(key, rule)| Some(source.error_at(&format!("{key} = {{"), too_long(key, rule.within)?)))
        .collect();
    for step in procedure.silence.iter().filter(|step| step.tell.is_empty() == step.tell_contact.is_none()) {
        let sentence =
            format!("the step \"{}\" tells nobody, or two; give it either \"tell\" or \"tell_contact\"", step.code);
        errors.push(source.error_at(&format!("code = \"{}\"", step.code), sentence));
    }
    if procedure.waits.mailbox_least_minutes > procedure.waits.mailbox_most_minutes {
        let sentence = "\"mailbox_least_minutes\" is more than \"mailbox_most_minutes\"; correct one of the two";
        errors.push(source.error_at("mailbox_least_minutes", sentence));
    }
    errors
}

/// Codes that commands and buttons carry.
fn codes(procedure: &Procedure, source: &Source) -> Vec<ConfigError> {
    let scale = procedure.risk_scale.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>();
    let stages = procedure.disagreement.stages.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>();
    let of = |lines: &'_ [Required]| lines.iter().map(|line| line.role.clone()).collect::<Vec<_>>();
    let (meeting, discussion) = (of(&procedure.minimum.meeting), of(&procedure.minimum.discussion));
    let lists: [(&str, Vec<&str>); 4] = [
        ("risk_scale", scale),
        ("disagreement.stages", stages),
        ("minimum.meeting", meeting.iter().map(String::as_str).collect()),
        ("minimum.discussion", discussion.iter().map(String::as_str).collect()),
    ];
    let mut errors = Vec::new();
    for (what, list) in lists {
        let place = format!("[{what}]");
        if list.is_empty() {
            errors.push(source.error_at(&place, format!("\"{what}\" is empty; give at least one")));
        }
        for code in repeated(list.iter().copied()) {
            errors.push(source.error_at(&place, format!("\"{what}\" has \"{code}\" twice; rename one")));
        }
        for code in list.iter().filter(|code| !is_code(code)) {
            errors.push(
                source.error_at(&quoted(code), format!("\"{code}\" is not lower case with underscores; change it")),
            );
        }
    }
    let outcomes: Vec<String> = procedure.outcomes.iter().map(|outcome| outcome.code.clone()).collect();
    let odd: Vec<String> = outcomes.into_iter().filter(|code| !is_code(code)).collect();
    if !odd.is_empty() {
        let sentence = format!("outcome codes are lower case with underscores; change {}", listed(&odd));
        errors.push(source.error_at(&quoted(&odd[0]), sentence));
    }
    errors
}
