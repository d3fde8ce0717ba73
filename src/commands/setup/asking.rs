//! Asks for what is to be set up, step by step, on a terminal.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

use super::plan::{CATEGORY, Plan, PlannedAgency};
use crate::app::ports::Administrator;
use crate::commands::{Problem, no_use};
use crate::domain::directory::Directory;
use crate::domain::ids::AccountId;
use crate::domain::people::AgencyKind;

/// Asks until each answer is of use; an end of input gives up.
pub fn ask(input: impl BufRead, output: impl Write, invitation: &str, directory: &Directory) -> Result<Plan, Problem> {
    let mut terminal = Terminal { input, output };
    terminal.say("Numbers of guilds, people and channels are copied in Discord: User Settings, Advanced, Developer")?;
    terminal.say("Mode; then a right click on the guild or person, Copy ID.")?;
    terminal.say(&format!("If the bot is not in the guild yet, somebody who manages it opens {invitation}"))?;
    let guild = terminal.number("The guild's number")?;
    let category = terminal.line(&format!("The category cases open in [{CATEGORY}]"))?;
    let account = AccountId(terminal.number("Your own account's number, as the first administrator")?);
    let name = terminal.answer("Your name")?;
    let agencies = terminal.agencies()?;
    terminal.say("The people to enrol, in a CSV with the columns name, role, agency, rank, account id")?;
    let list = terminal.line("Its path, or nothing for nobody yet")?;
    let list = Some(list).filter(|list| !list.is_empty()).map(PathBuf::from);
    Plan::check(guild, Some(category), Administrator { account, name }, agencies, list.as_deref(), directory)
}

struct Terminal<I, O> {
    input: I,
    output: O,
}

impl<I: BufRead, O: Write> Terminal<I, O> {
    fn say(&mut self, line: &str) -> Result<(), Problem> {
        writeln!(self.output, "{line}").map_err(|_| gone())
    }

    fn line(&mut self, question: &str) -> Result<String, Problem> {
        write!(self.output, "{question}: ").and_then(|()| self.output.flush()).map_err(|_| gone())?;
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(0) | Err(_) => Err(gone()),
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }

    fn answer(&mut self, question: &str) -> Result<String, Problem> {
        loop {
            let line = self.line(question)?;
            if !line.is_empty() {
                return Ok(line);
            }
        }
    }

    fn number(&mut self, question: &str) -> Result<u64, Problem> {
        loop {
            match self.answer(question)?.parse() {
                Ok(number) if number != 0 => return Ok(number),
                _ => self.say("That is no number of Discord's: it has 17 to 20 digits and nothing else.")?,
            }
        }
    }

    fn agencies(&mut self) -> Result<Vec<PlannedAgency>, Problem> {
        let mut agencies = Vec::new();
        loop {
            let name = self.line("An agency's name, or nothing when all are given")?;
            if name.is_empty() {
                return Ok(agencies);
            }
            let kind = loop {
                let word = self.answer("Its kind (social_care, police, health, education, ...)")?;
                match kind(&word) {
                    Ok(kind) => break kind,
                    Err(error) => self.say(&error.to_string())?,
                }
            };
            agencies.push(PlannedAgency::new(&name, kind));
        }
    }
}

/// A kind by its word in configuration files.
fn kind(word: &str) -> Result<AgencyKind, Error> {
    let deserializer: StrDeserializer<'_, Error> = word.into_deserializer();
    AgencyKind::deserialize(deserializer)
}

fn gone() -> Problem {
    no_use("the answers ended before all was asked, and nothing was made; run setup again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn asked(answers: &str) -> (Result<Plan, Problem>, String) {
        let mut output = Vec::new();
        let plan = ask(answers.as_bytes(), &mut output, "https://example.org/invite", &Config::built_in().directory);
        (plan, String::from_utf8(output).expect("text"))
    }

    #[test]
    fn what_is_no_answer_is_asked_again() {
        let (plan, output) =
            asked("mine\n123456789012345678\n\n223456789012345678\n\nWyn Aldous\nLarkshire Police\nfuzz\npolice\n\n\n");
        let plan = plan.expect("all is answered");
        assert_eq!((plan.guild, plan.category.as_str()), (123_456_789_012_345_678, CATEGORY));
        assert_eq!(plan.administrator.name, "Wyn Aldous");
        assert_eq!(plan.agencies[0].channel(), "duty-larkshire-police");
        assert!(output.contains("That is no number") && output.contains("unknown variant"), "{output}");
    }

    #[test]
    fn answers_that_end_early_make_nothing() {
        let (plan, _) = asked("123456789012345678\n");
        assert!(plan.expect_err("it gives up").to_string().contains("nothing was made"));
    }
}
