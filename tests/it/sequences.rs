//! What holds for any sequence of commands by anybody, under every procedure.
//!
//! `commands` draws the commands, `drawn` what they name, and `usual` has how a session usually goes, so that chance
//! reaches every stage of one; `play` carries them out. `checks` has what must hold after each of them, `room` what must
//! hold of what people are shown, `record` what must hold of the minutes, and `refusing` on what a refusal may rest.
//! A command nobody draws here is told by `every_command_is_drawn`.

mod checks;
mod commands;
mod drawn;
pub mod parts;
mod play;
mod record;
mod refusing;
mod room;
mod usual;

use std::collections::BTreeSet;

use convenor::domain::command::Command;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use self::commands::{GENERATORS, Said, anything};
use self::play::{CONFIG, PEOPLE, Play};
use self::usual::usual;

/// How many plays: more find more, and these take seconds.
const PLAYS: u32 = 64;

/// Draws a play: under one of the procedures, with the first so many steps as they usually go, and then chance, between
/// which the session goes on as it usually would.
fn drawn() -> impl Strategy<Value = (usize, usize, Vec<(Option<usize>, Said)>)> {
    let who = proptest::option::weighted(0.95, 0..PEOPLE.len());
    (0..CONFIG.procedures.len(), 0..=usual().len(), proptest::collection::vec((who, anything()), 1..60))
}

fn played((procedure, usual_for, chance): &(usize, usize, Vec<(Option<usize>, Said)>)) -> Result<Play, TestCaseError> {
    let mut play = Play::under(*procedure);
    let usual = usual();
    let (first, rest) = usual.split_at((*usual_for).min(usual.len()));
    for (who, said) in first {
        play.does(Some(*who), said)?;
    }
    let mut rest = rest.iter();
    for (n, (who, said)) in chance.iter().enumerate() {
        play.does(*who, said)?;
        // Now and then the session goes on as it usually would.
        if n % 3 == 2
            && let Some((who, said)) = rest.next()
        {
            play.does(Some(*who), said)?;
        }
    }
    Ok(play)
}

proptest! {
    // What fails is printed with the seed it came from; nothing is kept in a file.
    #![proptest_config(ProptestConfig { cases: PLAYS, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_commands_keeps_what_must_hold(drawn in drawn(), cut in any::<prop::sample::Index>()) {
        let play = played(&drawn)?;
        play.check_replay(cut.index(play.journal.len() + 1))?;
        play.check_posts()?;
        play.check_record()?;
    }
}

/// As they stand in the source: a new command is here before anybody has thought of this test.
fn commands_of_the_source() -> BTreeSet<String> {
    let source = include_str!("../../src/domain/command.rs");
    let (_, variants) = source.split_once("pub enum Command {").expect("the commands are an enum of their own");
    let lines = variants.lines().take_while(|line| *line != "}");
    // A variant stands four blanks in, and begins with a capital.
    let names = lines.filter_map(|line| line.strip_prefix("    ").filter(|rest| rest.starts_with(char::is_uppercase)));
    names.map(|rest| rest.chars().take_while(|letter| letter.is_alphanumeric()).collect()).collect()
}

/// The name alone: the rest may hold words.
fn name_of(command: &Command) -> String {
    format!("{command:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect()
}

/// A new command has a line in `commands::GENERATORS`, or it is never among what the properties are tried on.
#[test]
fn every_command_is_drawn() {
    let mut runner = TestRunner::deterministic();
    let drawn: BTreeSet<String> = GENERATORS
        .iter()
        .map(|(_, generator)| {
            name_of(&generator("word".into()).new_tree(&mut runner).expect("it can be drawn").current())
        })
        .collect();
    let known = commands_of_the_source();
    assert!(known.len() > 50, "the commands are read from the source: {known:?}");
    let missing: Vec<_> = known.difference(&drawn).collect();
    assert!(missing.is_empty(), "no line in tests/it/sequences/commands.rs draws {missing:?}");
}

/// The usual way leads through every stage, or chance would never see the last of them.
#[test]
fn the_usual_way_leads_to_the_end() {
    for n in 0..CONFIG.procedures.len() {
        let play = played(&(n, usize::MAX, Vec::new())).expect("nothing is broken on the usual way");
        let stage = play.case.as_ref().and_then(|case| case.session()).map(|session| session.stage);
        assert_eq!(stage, Some(convenor::domain::stage::Stage::Circulated), "procedure {n}");
        let limited: Vec<_> = play.limited_words().into_iter().collect();
        assert_eq!(limited, ["wordusualanswer", "wordusualhealth", "wordusuallimited"], "procedure {n}");
        play.check_record().expect("nobody reads what is not for them");
    }
}
