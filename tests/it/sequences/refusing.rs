//! *Mark, don't block*: a refusal rests on one of the grounds there are, and on what that ground says; and what must
//! always be possible is, whatever is missing (SES-20).
//!
//! Plays by chance are held to it at every step. The sweep below tries every command by everybody after each step of the
//! usual way and of a session of few in which nobody answers anything, and where plays by chance end.

use std::collections::{BTreeMap, BTreeSet};

use convenor::domain::attendance::{Invitee, Means, Reach};
use convenor::domain::case::Case;
use convenor::domain::command::Command;
use convenor::domain::decision::{ActionEntered, Entry, PositionKind, Section47Decision};
use convenor::domain::event::SessionForm;
use convenor::domain::floor::{Addressee, MoveOnReason, Source};
use convenor::domain::ids::{ActionNo, InvitationId, SeatId};
use convenor::domain::people::Person;
use convenor::domain::refusal::{Ground, Refusal};
use convenor::domain::request::Wanted;
use convenor::domain::stage::Stage;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::commands::{GENERATORS, Said};
use super::parts::{
    adjourn, child, close, close_round, code_name, convene, introduce, invite_agency_of, pinned, referral, said,
    section_47,
};
use super::play::{CONFIG, PEOPLE, Play, person};
use super::usual::usual;
use super::{PLAYS, commands_of_the_source, drawn, name_of, played};

/// How often each command is tried at the end of a play by chance, each time with other things named.
const TRIES: usize = 6;

impl Play {
    /// What its ground says of a refusal is so.
    pub fn check_refusal(&self, who: Option<usize>, command: &Command, refusal: &Refusal) -> Result<(), TestCaseError> {
        let stage = self.case.as_ref().and_then(Case::session).map(|session| session.stage);
        let is_so = match refusal.ground() {
            Ground::OutOfTurn => speaks(command) && stage == Some(Stage::Sharing),
            Ground::OutsideTheDoor => {
                let is_early = stage < Some(Stage::Open) || (stage == Some(Stage::Open) && speaks(command));
                is_early || !self.is_inside(who) || is_about_the_door(command)
            }
            Ground::Title => matches!(command, Command::Sign { .. } | Command::Circulate { .. }),
            Ground::OpenActions => {
                let runs = |case: &Case| case.actions.iter().any(|action| action.is_live());
                matches!(command, Command::CloseCase { .. }) && self.case.as_ref().is_some_and(runs)
            }
            Ground::AnotherRole => {
                let could = |other: usize| match self.decides(Some(other), command) {
                    Err(refusal) => refusal.ground() != Ground::AnotherRole,
                    Ok(_) => true,
                };
                (0..PEOPLE.len()).any(|other| Some(other) != who && could(other))
            }
            // A timer that were refused would come back for ever.
            Ground::NotThere | Ground::NotUnderstood if self.case.is_some() && is_a_timer(command) => false,
            Ground::NotThere => self.is_not_there(refusal),
            Ground::NotUnderstood => is_not_understood(command, refusal),
        };
        prop_assert!(is_so, "at {stage:?} {who:?} got {refusal:?} for {command:?}");
        Ok(())
    }

    /// What the refusal says of the case and its session is so.
    fn is_not_there(&self, refusal: &Refusal) -> bool {
        let session = self.case.as_ref().and_then(Case::session);
        let stage = session.map(|session| session.stage);
        let adjourned = session.and_then(|session| session.adjourned());
        match refusal {
            Refusal::NoCase => self.case.is_none(),
            Refusal::Adjourned { .. } => adjourned.is_some(),
            Refusal::NotAdjourned => adjourned.is_none(),
            Refusal::SessionUnderWay => stage < Some(Stage::Circulated),
            Refusal::NotSharing => {
                stage != Some(Stage::Sharing) || session.is_none_or(|session| session.floor.is_none())
            }
            _ => true,
        }
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
            (is_to_issue, Command::Circulate { session: Some(session.no), owners: None }),
        ];
        for (_, command) in possible.iter().filter(|(is_time, _)| *is_time) {
            let done = self.decides(who, command);
            prop_assert!(done.is_ok(), "{command:?} at {stage:?}: {done:?}");
        }
        if sits && !is_adjourned && stage < Stage::ReadBack {
            let gone_on = self.decides(who, &Command::Advance { from: Some(stage) });
            let offered = matches!(gone_on, Err(Refusal::NotHeard { .. })).then(|| self.decides(who, &close_round()));
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

fn is_a_timer(command: &Command) -> bool {
    matches!(command, Command::DeadlineReached { .. })
}

/// Something of the command is blank or is none of what there is, or the answer offers the press that says what was meant;
/// whatever is given in full is understood.
fn is_not_understood(command: &Command, refusal: &Refusal) -> bool {
    if let Refusal::NotAChoice { given, choices, .. } = refusal {
        return !choices.contains(given);
    }
    let said = format!("{command:?}");
    let is_blank = ["Spoken(0 characters)", "None", "[]", "{}"].iter().any(|blank| said.contains(blank));
    refusal.leads_to().is_some() || is_blank
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
            | Command::AddInvitee { .. }
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

/// Who does what in it, by their numbers among `PEOPLE`.
const CONVENOR: usize = 0;
const CHAIR: usize = 1;
const POLICE: usize = 2;
const SILENT: usize = 3;
const WRITES: usize = 4;
const LATE: usize = 5;

/// A session of few, asked for by the police, in which nobody answers anything; and the one after it, which its chair says
/// is not theirs. What happens in it is what many commands are about.
fn sparse() -> Vec<(usize, Command)> {
    let (convenor, chair, police, guest) = (SeatId(1), SeatId(2), SeatId(3), SeatId(5));
    let advance = || (CHAIR, Command::Advance { from: None });
    let accept = |who, n| (who, Command::Accept { invitation: InvitationId(n), conflict: None });
    let door = |who| [(who, Command::ConfirmMeeting), (who, introduce(false))];
    let timer = |name: &str| (CONVENOR, Command::DeadlineReached { deadline: name.to_owned() });
    let share = |seat, on_behalf_of| Command::Share { seat, on_behalf_of, fields: said("words"), readers: None };
    let asks = |who| {
        let to = Some(Addressee::Agency("Police".to_owned()));
        (who, Command::Ask { to, text: "words".into(), urgent: false })
    };
    let wanted = Wanted::default();
    let mut steps = vec![(POLICE, Command::RequestDiscussion { code_name: code_name(), pinned: pinned(), wanted })];
    steps.extend([
        (CONVENOR, Command::TakeUpRequest { referral: Box::new(referral("")) }),
        (CONVENOR, child("", true)),
        (CONVENOR, convene(SessionForm::Meeting)),
    ]);
    steps.extend([POLICE, SILENT, WRITES].map(|n| (CONVENOR, invite_agency_of(n))));
    steps.extend([accept(CHAIR, 1), accept(POLICE, 2)]);
    let information = Command::Decline { invitation: InvitationId(4), reason: "".into(), fields: said("words") };
    steps.extend([(WRITES, information), timer("silence:3")]);
    steps.extend([CHAIR, POLICE].into_iter().flat_map(door));
    let vouched = Command::Vouch {
        voucher: Some(convenor),
        person: Person { account: None, ..person(8) },
        means: Means::Telephone,
        knows_child: false,
        support: false,
    };
    let invite = Command::Invite { to: Invitee::Person(person(LATE)), reach: Reach::default(), support: None };
    steps.extend([(CONVENOR, vouched), (CHAIR, Command::Open), (CONVENOR, invite), accept(LATE, 5)]);
    steps.extend(door(LATE));
    steps.extend([(CHAIR, Command::NameViceChair { seat: convenor }), advance(), asks(LATE)]);
    for _ in 0..6 {
        let of_others = [share(Some(police), None), share(Some(guest), None), share(None, Some(Source::default()))];
        steps.extend(of_others.map(|share| (CONVENOR, share)));
        steps.push((CHAIR, Command::MoveOn { turn: None, reason: MoveOnReason::ALL[0].0 }));
    }
    steps.extend([(CHAIR, close_round()), asks(CHAIR), advance(), (CHAIR, Command::HideViews)]);
    // The police chair for a while, whom no procedure names for it.
    steps.extend([(CHAIR, Command::HandOver { seat: police }), (POLICE, Command::HandOver { seat: chair })]);
    steps.extend([timer("chair_silent"), advance(), advance(), advance()]);
    let position =
        Command::GivePosition { seat: Some(police), kind: PositionKind::ALL[0].0, about: "".into(), items: Vec::new() };
    steps.extend([
        (CONVENOR, position),
        (CHAIR, Command::HidePositions),
        (CHAIR, close()),
        timer("draft"),
        (CHAIR, Command::Sign { session: None, untitled: true }),
        (CHAIR, Command::Circulate { session: None, owners: None }),
        (CONVENOR, convene(SessionForm::Discussion)),
        accept(CHAIR, 6),
        // What they have seen by then is a breach.
        (CHAIR, Command::LookUp),
        (CHAIR, Command::NotMine),
    ]);
    steps
}

/// All commands tried so far.
struct Sweep {
    chance: TestRunner,
    /// Those somebody could do.
    done: BTreeSet<String>,
    /// Refusals that rest on nothing, one of a kind.
    wrong: BTreeMap<String, String>,
}

impl Sweep {
    /// Every command by everybody, so many times over: with something typed, and with everything left blank.
    fn tries(&mut self, play: &Play, times: usize) {
        for (_, generator) in GENERATORS {
            for word in ["words", ""].into_iter().cycle().take(times) {
                let command = generator(word.to_owned()).new_tree(&mut self.chance).expect("it can be drawn").current();
                (0..PEOPLE.len()).for_each(|who| self.tries_one(play, who, &command));
            }
        }
    }

    fn tries_one(&mut self, play: &Play, who: usize, command: &Command) {
        let name = name_of(command);
        match play.decides(Some(who), command) {
            Ok(_) => _ = self.done.insert(name),
            Err(refusal) => {
                let checked = play.check_refusal(Some(who), command, &refusal).err();
                self.wrong.extend(checked.map(|wrong| (format!("{name} {}", refusal.code()), wrong.to_string())));
            }
        }
    }

    /// After each step of a course; gives the stages it came to.
    fn follows(&mut self, procedure: usize, course: &[(usize, Said)]) -> Result<BTreeSet<&'static str>, TestCaseError> {
        let mut play = Play::under(procedure);
        let mut stages = BTreeSet::new();
        self.tries(&play, 2);
        for (who, said) in course {
            let before = play.journal.len();
            play.does(Some(*who), said)?;
            if play.journal.len() > before {
                stages.extend(play.case.as_ref().and_then(Case::session).map(|session| session.stage.key()));
                self.tries(&play, 2);
            }
        }
        Ok(stages)
    }
}

/// Shows: SES-20, SAFE-01, SAFE-05.
#[test]
fn nothing_is_refused_but_for_the_four_and_what_is_not_there_or_somebody_elses() {
    let sparse = sparse().into_iter().map(|(who, command)| (who, Said::without_words(command)));
    let courses = [usual(), sparse.collect()];
    let mut sweep = Sweep { chance: TestRunner::deterministic(), done: BTreeSet::new(), wrong: BTreeMap::new() };
    for (n, slug) in CONFIG.procedures.keys().enumerate() {
        for course in &courses {
            let stages = sweep.follows(n, course).unwrap_or_else(|wrong| panic!("under {slug}: {wrong}"));
            assert!(stages.len() >= 9, "{slug}: the sweep comes to every stage: {stages:?}");
        }
    }
    for _ in 0..PLAYS {
        let drawn = drawn().new_tree(&mut sweep.chance).expect("it can be drawn").current();
        let play = played(&drawn).unwrap_or_else(|wrong| panic!("{wrong}"));
        sweep.tries(&play, TRIES);
    }
    assert!(sweep.wrong.is_empty(), "{:#?}", sweep.wrong);
    let never: Vec<_> = commands_of_the_source().difference(&sweep.done).cloned().collect();
    assert!(never.is_empty(), "nobody can ever do these: {never:?}");
}
