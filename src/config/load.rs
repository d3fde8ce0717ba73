//! Reads the files of `bot-config`: the built-in ones, and those of a folder in their place.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::check;
use super::errors::{ConfigError, ConfigErrors, Source};
use super::{CaseNames, Config};
use crate::domain::calendar::Calendar;
use crate::domain::procedure::Procedure;
use crate::wording::Wording;

/// The files compiled in, by their names in `bot-config`. To ship another procedure, add its line.
const BUILT_IN: [(&str, &str); 12] = [
    ("bank-holidays.json", include_str!("../../bot-config/bank-holidays.json")),
    ("code-words.toml", include_str!("../../bot-config/code-words.toml")),
    ("convenor.toml", include_str!("../../bot-config/convenor.toml")),
    ("directory.toml", include_str!("../../bot-config/directory.toml")),
    (MINUTES_TEMPLATE, include_str!("../../bot-config/minutes.typ")),
    ("procedures/audit-assured.toml", include_str!("../../bot-config/procedures/audit-assured.toml")),
    (
        "procedures/county-strategy-meetings.toml",
        include_str!("../../bot-config/procedures/county-strategy-meetings.toml"),
    ),
    ("procedures/practice-guidance.toml", include_str!("../../bot-config/procedures/practice-guidance.toml")),
    ("procedures/remote-format.toml", include_str!("../../bot-config/procedures/remote-format.toml")),
    ("procedures/seven-minute-briefing.toml", include_str!("../../bot-config/procedures/seven-minute-briefing.toml")),
    ("prompts.toml", include_str!("../../bot-config/prompts.toml")),
    ("wording.toml", include_str!("../../bot-config/wording.toml")),
];

/// The name the built-in folder has in messages.
const FOLDER: &str = "bot-config";
const PROCEDURES: &str = "procedures/";
const MINUTES_TEMPLATE: &str = "minutes.typ";

/// The files by their names within the folder.
type Files = BTreeMap<String, Source>;

impl Config {
    /// The configuration as shipped.
    ///
    /// # Panics
    ///
    /// Where a shipped file is wrong, which a test excludes.
    pub fn built_in() -> Self {
        assemble(&built_in_files()).unwrap_or_else(|errors| panic!("the shipped configuration is wrong:\n{errors}"))
    }

    /// The configuration as shipped, with each file that a folder holds in place of the built-in one. Its
    /// `wording.toml` may hold only the sentences it changes, its `procedures` only those it changes or adds.
    pub fn load(folder: &Path) -> Result<Self, ConfigErrors> {
        let mut files = built_in_files();
        let mut errors = Vec::new();
        if !folder.is_dir() {
            let file = folder.display().to_string();
            let sentence = "there is no such folder; name the folder that holds convenor.toml".to_owned();
            return Err(ConfigErrors(vec![ConfigError { file, line: None, sentence }]));
        }
        for name in names_in(folder, &mut errors) {
            let file = folder.join(&name).display().to_string();
            let is_procedure = name.starts_with(PROCEDURES);
            if !is_procedure && !files.contains_key(&name) {
                let known: Vec<_> = files.keys().filter(|name| !name.starts_with(PROCEDURES)).cloned().collect();
                let sentence = format!("no file of this name is read; the files are {}, procedures/", known.join(", "));
                errors.push(ConfigError { file, line: None, sentence });
                continue;
            }
            match std::fs::read_to_string(folder.join(&name)) {
                Ok(text) => drop(files.insert(name, Source { file, text })),
                Err(error) => errors.push(unreadable(file, &error)),
            }
        }
        match assemble(&files) {
            Ok(config) if errors.is_empty() => Ok(config),
            Ok(_) => Err(ConfigErrors(errors)),
            Err(further) => Err(ConfigErrors(errors.into_iter().chain(further.0).collect())),
        }
    }
}

/// What a folder's files, or the built-in ones, leave for the authority to fill in: values that say they are "to be
/// set". Nothing is wrong with them.
pub fn remarks(folder: Option<&Path>) -> Vec<ConfigError> {
    let mut files = built_in_files();
    for name in folder.map(|folder| names_in(folder, &mut Vec::new())).unwrap_or_default() {
        let path = folder.map(|folder| folder.join(&name)).unwrap_or_default();
        if let Ok(text) = std::fs::read_to_string(&path) {
            files.insert(name, Source { file: path.display().to_string(), text });
        }
    }
    let open = files.values().flat_map(|source| {
        let lines = source.text.lines().enumerate();
        let unset = lines.filter(|(_, line)| !line.trim_start().starts_with('#') && line.contains("to be set"));
        unset.map(|(n, line)| source.error_on(n + 1, format!("a local value is to be set: {}", line.trim())))
    });
    open.collect()
}

fn built_in_files() -> Files {
    let file = |(name, text): &(&str, &str)| {
        ((*name).to_owned(), Source { file: format!("{FOLDER}/{name}"), text: (*text).to_owned() })
    };
    BUILT_IN.iter().map(file).collect()
}

/// The names of the files in a folder that are ours to read, sorted. Other kinds of file (cases to rehearse, a
/// note) are other people's.
fn names_in(folder: &Path, errors: &mut Vec<ConfigError>) -> Vec<String> {
    let mut names = Vec::new();
    for (prefix, within) in [("", folder.to_owned()), (PROCEDURES, folder.join(PROCEDURES))] {
        if !within.is_dir() {
            continue;
        }
        match std::fs::read_dir(&within) {
            Ok(entries) => {
                let found = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
                let ours = found
                    .filter(|name| name.ends_with(".toml") || name.ends_with(".typ") || name == "bank-holidays.json");
                names.extend(ours.map(|name| format!("{prefix}{name}")));
            }
            Err(error) => errors.push(unreadable(within.display().to_string(), &error)),
        }
    }
    names.sort();
    names
}

fn unreadable(file: String, error: &std::io::Error) -> ConfigError {
    ConfigError {
        file,
        line: None,
        sentence: format!("it can't be read ({error}); check that it is there and readable"),
    }
}

/// Reads every file, and checks them against each other once each can be read by itself.
fn assemble(files: &Files) -> Result<Config, ConfigErrors> {
    let mut errors = Vec::new();
    let settings = keep(&mut errors, read(files, "convenor.toml"));
    let catalogue = keep(&mut errors, read(files, "prompts.toml"));
    let directory = keep(&mut errors, read(files, "directory.toml"));
    let case_names = keep(&mut errors, read::<CaseNames>(files, "code-words.toml"));
    let calendar = keep(&mut errors, calendar(files));
    let wording = keep_all(&mut errors, wording(files));
    let procedures = procedures(files, &mut errors);
    let minutes_template = minutes_template(&files[MINUTES_TEMPLATE], &mut errors);
    let (Some(settings), Some(catalogue), Some(directory), Some(case_names), Some(calendar), Some(wording)) =
        (settings, catalogue, directory, case_names, calendar, wording)
    else {
        return Err(ConfigErrors(errors));
    };
    let config = Config { settings, procedures, catalogue, wording, directory, calendar, case_names, minutes_template };
    errors.extend(check::all(&config, files));
    if errors.is_empty() { Ok(config) } else { Err(ConfigErrors(errors)) }
}

fn read<T: DeserializeOwned>(files: &Files, name: &str) -> Result<T, ConfigError> {
    files[name].read()
}

fn keep<T>(errors: &mut Vec<ConfigError>, found: Result<T, ConfigError>) -> Option<T> {
    keep_all(errors, found.map_err(|error| vec![error]))
}

fn keep_all<T>(errors: &mut Vec<ConfigError>, found: Result<T, Vec<ConfigError>>) -> Option<T> {
    found.map_err(|found| errors.extend(found)).ok()
}

fn calendar(files: &Files) -> Result<Calendar, ConfigError> {
    let source = &files["bank-holidays.json"];
    Calendar::from_gov_uk(&source.text).map_err(|error| ConfigError {
        file: source.file.clone(),
        line: None,
        sentence: format!("{error}; put the file from https://www.gov.uk/bank-holidays.json in its place"),
    })
}

/// Its syntax is checked where the program can print; a name it gets wrong shows when it first prints.
fn minutes_template(source: &Source, errors: &mut Vec<ConfigError>) -> String {
    let slips = crate::pdf::slips(&source.text).into_iter();
    errors.extend(slips.map(|(line, slip)| source.error_on(line, format!("{slip}; correct this line"))));
    source.text.clone()
}

fn procedures(files: &Files, errors: &mut Vec<ConfigError>) -> BTreeMap<String, Procedure> {
    let mut procedures = BTreeMap::new();
    for (name, source) in files {
        let Some(slug) = name.strip_prefix(PROCEDURES).and_then(|name| name.strip_suffix(".toml")) else {
            continue;
        };
        if let Some(procedure) = keep(errors, source.read::<Procedure>()) {
            procedures.insert(slug.to_owned(), procedure);
        }
    }
    procedures
}

/// Sentences by section and key, each with its place in the file.
type Sentences = BTreeMap<String, BTreeMap<String, Spanned<String>>>;

/// The built-in sentences, with those of the folder's file over them: a sentence added by a later release is
/// then there too.
fn wording(files: &Files) -> Result<Wording, Vec<ConfigError>> {
    let (_, shipped) = BUILT_IN.iter().find(|(name, _)| *name == "wording.toml").expect("it is in the list above");
    let shipped = Source { file: format!("{FOLDER}/wording.toml"), text: (*shipped).to_owned() };
    let mut sentences = flat(&shipped)?;
    let source = &files["wording.toml"];
    if source.file == shipped.file {
        return compile(source, &sentences);
    }
    let base = compile(&shipped, &sentences)?;
    let own = flat(source)?;
    let mut errors: Vec<ConfigError> = own
        .iter()
        .filter(|(key, _)| !base.has(key))
        .map(|(key, (line, _))| {
            source.error_on(
                *line,
                format!("unknown sentence \"{key}\"; the sections and keys are those of {}", shipped.file),
            )
        })
        .collect();
    sentences.extend(own.clone());
    let wording = match compile(source, &sentences) {
        Ok(wording) => wording,
        Err(slips) => return Err(errors.into_iter().chain(slips).collect()),
    };
    for (key, (line, _)) in &own {
        let known = base.names_in(key);
        for name in wording.names_in(key).difference(&known) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let known = if known.is_empty() { "it has none".to_owned() } else { known.join(", ") };
            let sentence =
                format!("the sentence \"{key}\" uses {{{{ {name} }}}}, which nobody fills in; its values: {known}");
            errors.push(source.error_on(*line, sentence));
        }
    }
    if errors.is_empty() { Ok(wording) } else { Err(errors) }
}

/// Sentences by `section.key`, each with the line its text starts on.
type Flat = BTreeMap<String, (usize, String)>;

fn flat(source: &Source) -> Result<Flat, Vec<ConfigError>> {
    let sections: Sentences = source.read().map_err(|error| vec![error])?;
    let lines = source.lines();
    let mut flat = Flat::new();
    for (section, sentences) in sections {
        for (key, sentence) in sentences {
            let start = sentence.span().start;
            // A text of several lines starts after the line break that follows its quotes.
            let opening = source.text.get(start..).unwrap_or_default();
            let on_next = opening.starts_with("\"\"\"\n") || opening.starts_with("'''\n");
            let line = lines.at(start) + usize::from(on_next);
            flat.insert(format!("{section}.{key}"), (line, sentence.into_inner()));
        }
    }
    Ok(flat)
}

fn compile(source: &Source, flat: &Flat) -> Result<Wording, Vec<ConfigError>> {
    let sentences = flat.iter().map(|(key, (_, sentence))| (key.clone(), sentence.clone())).collect();
    Wording::compile(sentences).map_err(|bad| {
        let error = |bad: crate::wording::BadSentence| {
            let line = flat.get(&bad.key).map_or(1, |(line, _)| line + bad.line - 1);
            source.error_on(line, format!("the sentence \"{}\" has a slip: {}; correct it", bad.key, bad.reason))
        };
        bad.into_iter().map(error).collect()
    })
}
