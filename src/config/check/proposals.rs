//! What a procedure proposes besides its minimum: each line can be understood, and each difficulty brings one up.

use super::procedure::is_requirement;
use super::{Config, ConfigError, Source, is_code, listed, quoted, repeated};
use crate::domain::procedure::Procedure;
use crate::domain::proposal::{Cause, NO_DIFFICULTY, Proposal};

/// A key is part of a button's id.
const KEY_CHARACTERS_MAX: usize = 32;
/// A label stands on a button.
const LABEL_CHARACTERS_MAX: usize = 60;
/// A list offers 25, and one of them says that none is known.
const DIFFICULTIES_MAX: usize = 24;

pub(super) fn check(procedure: &Procedure, config: &Config, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    for proposal in &procedure.proposals {
        let faults = faults(proposal, procedure, config).into_iter();
        errors.extend(faults.map(|fault| {
            source.error_at(
                &format!("key = {}", quoted(&proposal.key)),
                format!("the proposal \"{}\": {fault}", proposal.key),
            )
        }));
    }
    for key in repeated(procedure.proposals.iter().map(|proposal| proposal.key.as_str())) {
        errors.push(source.error_at("[[proposals]]", format!("the proposal \"{key}\" is there twice; rename one")));
    }
    errors.extend(difficulties(procedure, source));
    errors
}

fn faults(proposal: &Proposal, procedure: &Procedure, config: &Config) -> Vec<String> {
    let mut faults = Vec::new();
    if !is_code(&proposal.key) || proposal.key.len() > KEY_CHARACTERS_MAX {
        faults.push(format!("its key is not lower case with underscores, at most {KEY_CHARACTERS_MAX}; change it"));
    }
    if proposal.label.trim().is_empty() || proposal.label.chars().count() > LABEL_CHARACTERS_MAX {
        faults.push(format!("its label has to have 1 to {LABEL_CHARACTERS_MAX} characters; change it"));
    }
    if proposal.when.is_empty() {
        faults.push("nothing brings it up; say when".to_owned());
    }
    if proposal.any_of.is_empty() && !proposal.when.contains(&Cause::Referrer) {
        faults.push("\"any_of\" is empty, so inviting nobody could answer it; say who counts".to_owned());
    }
    if config.catalogue.prompt(&proposal.level).is_none() && !is_requirement(&proposal.level) {
        let sentence = "is neither a key of prompts.toml nor the number of a requirement; correct it";
        faults.push(format!("its level \"{}\" {sentence}", proposal.level));
    }
    let codes: Vec<String> = procedure.difficulties.iter().map(|choice| choice.code.clone()).collect();
    for cause in &proposal.when {
        if let Cause::Adult(code) = cause
            && !codes.contains(code)
        {
            faults.push(format!("\"{code}\" is no difficulty of the list; the codes are {}", listed(&codes)));
        }
    }
    faults
}

fn difficulties(procedure: &Procedure, source: &Source) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    let place = "[[difficulties]]";
    if procedure.difficulties.len() > DIFFICULTIES_MAX {
        let sentence =
            format!("there are {} difficulties; give at most {DIFFICULTIES_MAX}", procedure.difficulties.len());
        errors.push(source.error_at(place, sentence));
    }
    for code in repeated(procedure.difficulties.iter().map(|choice| choice.code.as_str())) {
        errors.push(source.error_at(place, format!("the difficulty \"{code}\" is there twice; rename one")));
    }
    for choice in &procedure.difficulties {
        let code = &choice.code;
        if !is_code(code) || code == NO_DIFFICULTY {
            let sentence =
                format!("\"{code}\" is not lower case with underscores, or is \"{NO_DIFFICULTY}\"; change it");
            errors.push(source.error_at(&quoted(code), sentence));
        }
        let proposals = procedure.proposals.iter().flat_map(|proposal| &proposal.when);
        if !proposals.into_iter().any(|cause| *cause == Cause::Adult(code.clone())) {
            let sentence = format!("no proposal is made where \"{code}\" is flagged; add one that names it");
            errors.push(source.error_at(&quoted(code), sentence));
        }
    }
    errors
}
