//! How a session usually goes, from the referral to the last copy.

use convenor::domain::challenge::{ChallengeKind, Challenged};
use convenor::domain::command::Command;
use convenor::domain::decision::{ActionEntered, Entry, Section47Decision};
use convenor::domain::event::SessionForm;
use convenor::domain::floor::Addressee;
use convenor::domain::follow_up::Completion;
use convenor::domain::ids::{ActionNo, ContributionId, InvitationId, QuestionId, SeatId};
use convenor::domain::limits::{Item, Readers};
use convenor::domain::prompt::{About, Answer};

use super::commands::Said;
use super::parts::{
    action, adjourn, adult, child, close, close_round, convene, introduce, invite_agency_of, register, said, section_47,
};

/// Who does what, one after the other.
pub fn usual() -> Vec<(usize, Said)> {
    let advance = || Command::Advance { from: None };
    let mut usual = vec![
        (0, register("usual grounds")),
        (0, child("Ellis", true)),
        (0, adult("Ash")),
        (0, convene(SessionForm::Meeting)),
        (0, Command::GiveCall { details: "wordusualcall".into() }),
        (0, invite_agency_of(2)),
        (0, invite_agency_of(3)),
        (0, invite_agency_of(4)),
    ];
    for n in 1..5 {
        usual.push((n, Command::Accept { invitation: InvitationId(n as u16), conflict: None }));
        usual.push((n, Command::ConfirmMeeting));
        usual.push((n, introduce(true)));
    }
    usual.push((1, Command::Open));
    usual.push((2, Command::Prepare { fields: said("wordusualprepared") }));
    for _ in 0..2 {
        usual.extend([(1, advance()), (1, adjourn("usual night team")), (1, Command::ConfirmMeeting)]);
        usual.extend([(1, introduce(true)), (1, Command::Resume)]);
    }
    // The others come back after the adjournment, or would have to be passed over.
    for n in [0, 2, 3, 4] {
        usual.extend([(n, Command::ConfirmMeeting), (n, introduce(true))]);
    }
    let share = |word: &str, readers| Command::Share { seat: None, on_behalf_of: None, fields: said(word), readers };
    // Whoever has the floor shares; the others are told that they don't.
    for _ in 0..5 {
        usual.extend([
            (0, share("wordusualshare", None)),
            (2, share("wordusuallimited", Some(Readers::ChairAndPolice))),
            (3, share("wordusualhealth", Some(Readers::Named([SeatId(2)].into())))),
            (1, Command::Finish { turn: None }),
        ]);
    }
    // The chair would have everybody read it, and whoever said it has not answered.
    usual.extend((1..6).map(|n| {
        let item = Item::Contribution(ContributionId(n));
        (1, Command::Limit { item, readers: None })
    }));
    let at_once = ActionEntered { immediate: true, ..action("wordusualatonce", None) };
    let answer = |prompt: &str, field: &str, word: &str| {
        let fields = [(field.to_owned(), word.into())].into();
        Command::Enter(Box::new(Entry::Answer(Answer::new(prompt, About::Session, fields))))
    };
    let challenged = Challenged::new(ChallengeKind::Decision, "wordusualchallenge".into(), "".into());
    let ask = |word: &str, urgent| {
        let to = Some(Addressee::Agency("Police".to_owned()));
        Command::Ask { to, text: word.into(), urgent }
    };
    usual.extend([
        (3, ask("wordusualurgent", true)),
        (1, close_round()),
        (1, advance()),
        // What is done at once is under review from here on.
        (2, Command::Enter(Box::new(Entry::Action(at_once)))),
        (1, ask("wordusualquestion", false)),
        (
            2,
            Command::AnswerQuestion {
                question: QuestionId(2),
                text: "wordusualanswer".into(),
                readers: Some(Readers::ChairAndPolice),
            },
        ),
        (1, advance()),
        (1, advance()),
        (1, Command::Enter(Box::new(Entry::Section47(section_47(Section47Decision::Initiate, "wordusualreason"))))),
        (2, Command::Enter(Box::new(Entry::Section47(section_47(Section47Decision::Initiate, "wordusualsuggested"))))),
        // What the parents are told, and the same is kept from them.
        (1, answer("tell_parents", "what", "wordusualtold")),
        (1, answer("withhold", "item", "wordusualtold")),
        (1, advance()),
        (1, Command::Enter(Box::new(Entry::Action(action("wordusualaction", Some(SeatId(3))))))),
        (1, Command::Confirm { drafts: None }),
        (3, Command::Challenge { by: None, challenged: Box::new(challenged) }),
    ]);
    // Whoever has one of the actions says what became of it.
    usual.extend((1..5).map(|n| {
        let (evidence, changed) = ("wordusualdone".into(), "".into());
        (2, Command::ReportAction { action: ActionNo(n), completion: Completion::Done, evidence, changed })
    }));
    usual.extend([
        (1, advance()),
        (1, close()),
        (0, Command::DeadlineReached { deadline: "draft".to_owned() }),
        (2, Command::RequestCorrection { session: None, text: "wordusualcorrection".into() }),
        (1, Command::Sign { session: None, untitled: true }),
        (1, Command::Sign { session: None, untitled: false }),
        (1, Command::Circulate { session: None, owners: None }),
        (0, Command::Circulate { session: None, owners: None }),
        (2, Command::OpenCopy { session: None, version: None, child: None }),
    ]);
    usual.into_iter().map(|(who, command)| (who, Said::without_words(command))).collect()
}
