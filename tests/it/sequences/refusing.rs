//! *Mark, don't block*: a refusal rests on one of the grounds there are, and on what that ground says; and what must
//! always be possible is, whatever is missing (SES-20).
//!
//! Plays by chance are held to it at every step; the sweep below tries every command by everybody after each step of
//! the usual way, and of a session held by two people who answer nothing.

use std::collections::BTreeSet;

use convenor::domain::case::Case;
use convenor::domain::command::Command;
use convenor::domain::decision::{ActionEntered, Entry, Section47Decision};
use convenor::domain::event::SessionForm;
use convenor::domain::ids::{ActionNo, InvitationId};
use convenor::domain::refusal::{Ground, Refusal};
use convenor::domain::stage::Stage;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::commands::{GENERATORS, Said};
use super::parts::{adjourn, child, close, convene, introduce, register, section_47};
use super::play::{CONFIG, PEOPLE, Play};
use super::usual::usual;
use super::{commands_of_the_source, name_of};

impl Play {
    /// What its ground says of a refusal is so.
    pub fn check_refusal(&self, who: Option<usize>, command: &Command, refusal: &Refusal) -> Result<(), TestCaseError> {
        let stage = self.case.as_ref().and_then(Case::session).map(|session| session.stage);
        let is_so = match refusal.ground() {
            Ground::OutOfTurn => speaks(command) && stage == Some(Stage::Sharing),
            Ground::OutsideTheDoor => !self.is_inside(who) || stage < Some(Stage::Open) || is_about_the_door(command),
            Ground::Title => matches!(command, Command::Sign { .. } | Command::Circulate { .. }),
            // No command closes a case.
            Ground::OpenActions => false,
            Ground::AnotherRole => {
                let could = |other: usize| match self.decides(Some(other), command) {
                    Err(refusal) => refusal.ground() != Ground::AnotherRole,
                    Ok(_) => true,
                };
                (0..PEOPLE.len()).any(|other| Some(other) != who && could(other))
            }
            // A timer that were refused would come back for ever.
            Ground::NotThere | Ground::NotUnderstood => {
                self.case.is_none() || !matches!(command, Command::DeadlineReached { .. })
            }
        };
        prop_assert!(is_so, "at {stage:?} {who:?} got {refusal:?} for {command:?}");
        Ok(())
    }

    /// What a chair does to lead a session, to stop it and to end it is never refused for what is missing, and nobody is
    /// kept from seeing to something at once (DEC-46, GATE-13, SES-01, SAFE-05).
    pub fn check_never_stopped(&self) -> Result<(), TestCaseError> {
        let Some(session) = self.case.as_ref().and_then(Case::session) else { return Ok(()) };
        for who in (0..PEOPLE.len()).map(Some) {
            let attendance = self.seat(who).and_then(|seat| session.attendance.get(&seat));
            if attendance.is_some_and(|attendance| attendance.excluded.is_none()) {
                let saved = self.decides(who, &at_once());
                prop_assert!(saved.is_ok(), "{who:?} can't act at once: {saved:?}");
            }
            if session.chair() == self.seat(who) && self.is_inside(who) {
                self.check_chair(who)?;
            }
        }
        Ok(())
    }

    fn check_chair(&self, who: Option<usize>) -> Result<(), TestCaseError> {
        let Some(session) = self.case.as_ref().and_then(Case::session) else { return Ok(()) };
        let (stage, is_adjourned) = (session.stage, session.adjourned().is_some());
        let is_to_sign = stage == Stage::Minutes && session.opened_at.is_some() && session.signed_at.is_none();
        let is_to_issue = stage == Stage::Minutes && session.signed_at.is_some();
        let (sits, decides) = (stage.is_sitting(), (Stage::Open..=Stage::Minutes).contains(&stage));
        let possible = [
            (stage == Stage::Gathering, Command::Open),
            (sits || is_adjourned, close()),
            (sits && !is_adjourned, adjourn("")),
            (is_adjourned, Command::Resume),
            (decides, Command::Enter(Box::new(Entry::Section47(section_47(Section47Decision::Initiate, ""))))),
            (is_to_sign, Command::Sign { session: Some(session.no), untitled: true }),
            (is_to_issue, Command::Circulate { session: Some(session.no) }),
        ];
        for (_, command) in possible.iter().filter(|(is_time, _)| *is_time) {
            let done = self.decides(who, command);
            prop_assert!(done.is_ok(), "{command:?} at {stage:?}: {done:?}");
        }
        if sits && !is_adjourned && stage < Stage::ReadBack {
            let gone_on = self.decides(who, &Command::Advance { from: Some(stage) });
            let offered =
                matches!(gone_on, Err(Refusal::NotHeard { .. })).then(|| self.decides(who, &Command::CloseRound));
            let goes_on = gone_on.is_ok() || offered.is_some_and(|offered| offered.is_ok());
            prop_assert!(goes_on, "at {stage:?} the chair can't go on: {gone_on:?}");
        }
        Ok(())
    }

    /// Whether somebody is past the door and not shut out.
    fn is_inside(&self, who: Option<usize>) -> bool {
        let session = self.case.as_ref().and_then(Case::session);
        let attendance = self.seat(who).and_then(|seat| session?.attendance.get(&seat));
        attendance.is_some_and(|attendance| attendance.introduced.is_some() && attendance.excluded.is_none())
    }
}

/// Takes the floor, keeps it or ends it.
fn speaks(command: &Command) -> bool {
    matches!(
        command,
        Command::Share { .. }
            | Command::ReleasePrepared
            | Command::ReadOut
            | Command::Finish { .. }
            | Command::NothingHeld { .. }
            | Command::Nudge
    )
}

/// It is about somebody else's door, or about one that whoever convenes never stands before.
fn is_about_the_door(command: &Command) -> bool {
    matches!(
        command,
        Command::Vouch { .. }
            | Command::EnterAttendance { .. }
            | Command::Invite { .. }
            | Command::ConfirmMeeting
            | Command::NotMine
            | Command::Introduce { .. }
            | Command::LookUp
    )
}

fn at_once() -> Command {
    let action = ActionEntered { immediate: true, ..ActionEntered::numbered(ActionNo(0)) };
    Command::Enter(Box::new(Entry::Action(action)))
}

/// A session of two, who answer nothing; and the one after it, which somebody says is not theirs.
fn bare() -> Vec<(usize, Command)> {
    let mut bare = vec![(0, register("")), (0, child("", true)), (0, convene(SessionForm::Meeting))];
    let accept = Command::Accept { invitation: InvitationId(1), conflict: None };
    bare.extend([(1, accept.clone()), (1, Command::ConfirmMeeting), (1, introduce(false)), (1, Command::Open)]);
    bare.extend((0..2).map(|_| (1, Command::Advance { from: None })));
    bare.push((1, Command::CloseRound));
    bare.extend((0..5).map(|_| (1, Command::Advance { from: None })));
    bare.extend([
        (1, close()),
        (1, Command::DeadlineReached { deadline: "draft".to_owned() }),
        (1, Command::Sign { session: None, untitled: true }),
        (1, Command::Circulate { session: None }),
        (0, convene(SessionForm::Discussion)),
        (1, accept),
        (1, Command::NotMine),
    ]);
    bare
}

/// Which commands somebody did, and which stages a session came to.
#[derive(Default)]
struct Swept {
    done: BTreeSet<String>,
    stages: BTreeSet<&'static str>,
}

/// After each step, every command by everybody.
fn sweep(procedure: usize, course: &[(usize, Said)], chance: &mut TestRunner) -> Result<Swept, TestCaseError> {
    let mut play = Play::under(procedure);
    let mut swept = Swept::default();
    for (n, (who, said)) in course.iter().enumerate() {
        let before = play.journal.len();
        play.does(Some(*who), said)?;
        if play.journal.len() == before {
            continue;
        }
        swept.stages.extend(play.case.as_ref().and_then(Case::session).map(|session| session.stage.key()));
        // With something typed, and with everything left blank.
        let word = ["words", ""][n % 2];
        for (_, generator) in GENERATORS {
            let command = generator(word.to_owned()).new_tree(chance).expect("it can be drawn").current();
            for who in (0..PEOPLE.len()).map(Some) {
                match play.decides(who, &command) {
                    Ok(_) => _ = swept.done.insert(name_of(&command)),
                    Err(refusal) => play.check_refusal(who, &command, &refusal)?,
                }
            }
        }
    }
    Ok(swept)
}

/// Shows: SES-20, SAFE-01, SAFE-05.
#[test]
fn nothing_is_refused_but_for_the_four_and_what_is_not_there_or_somebody_elses() {
    let bare = bare().into_iter().map(|(who, command)| (who, Said { word: "wordofnobody".to_owned(), command }));
    let (bare, usual) = (bare.collect::<Vec<_>>(), usual());
    let mut chance = TestRunner::deterministic();
    let mut done = BTreeSet::new();
    for (n, slug) in CONFIG.procedures.keys().enumerate() {
        for course in [&bare, &usual] {
            let swept = sweep(n, course, &mut chance).unwrap_or_else(|wrong| panic!("under {slug}: {wrong}"));
            assert!(swept.stages.len() >= 9, "{slug}: the sweep comes to every stage: {:?}", swept.stages);
            done.extend(swept.done);
        }
    }
    let never: Vec<_> = commands_of_the_source().difference(&done).cloned().collect();
    assert!(never.is_empty(), "nobody can ever do these: {never:?}");
}
