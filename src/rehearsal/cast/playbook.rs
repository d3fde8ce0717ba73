//! A case made ready to be played: what it answers and who does what when, under one procedure.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::answers::{Answer, answers};
use super::case_file::Reading;
use super::company::{Company, Resting};
use super::script::{Beat, script};
use super::setting::Setting;
use crate::app::ports::Store;
use crate::config::Config;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::Catalogue;
use crate::domain::stage::Stage;
use crate::rehearsal::workspace::Workspace;

/// What a company plays from.
#[derive(Debug, Clone)]
pub struct Playbook {
    pub reading: Reading,
    pub config: Arc<Config>,
    /// The questions as that procedure asks them.
    pub catalogue: Catalogue,
    /// The procedure it is played under.
    pub slug: String,
    pub answers: Vec<Answer>,
    pub beats: Vec<Beat>,
}

impl Playbook {
    /// `profile` is what cases call the procedure.
    ///
    /// # Panics
    /// Where the configuration has no procedure of that slug.
    pub fn of(reading: Reading, config: Arc<Config>, slug: &str, profile: Option<&str>) -> Self {
        let procedure = &config.procedures[slug];
        let catalogue = config.catalogue.in_terms_of(procedure);
        let answers = answers(&reading, &catalogue, procedure);
        let beats = script(&reading.case, &answers, &catalogue, profile);
        Self { reading, config, catalogue, slug: slug.to_owned(), answers, beats }
    }

    pub fn procedure(&self) -> &Procedure {
        &self.config.procedures[&self.slug]
    }

    /// When the first of them does something.
    pub fn begins_at(&self) -> DateTime<Utc> {
        self.beats.first().map_or(DateTime::UNIX_EPOCH, |beat| beat.at)
    }

    /// Everybody, before anybody has done anything.
    pub fn company<'a>(
        &'a self,
        workspace: &'a Workspace,
        store: &'a dyn Store,
        bot: &'a dyn Resting,
        setting: &'a Setting,
    ) -> Company<'a> {
        Company {
            case: &self.reading.case,
            answers: &self.answers,
            config: &self.config,
            procedure: self.procedure(),
            catalogue: &self.catalogue,
            workspace,
            store,
            bot,
            setting,
            known: None,
            now: self.begins_at(),
            stage: Stage::Convened,
            steps: Vec::new(),
            acknowledged: Vec::new(),
            unanswered: Vec::new(),
            fell_short: Vec::new(),
        }
    }
}
