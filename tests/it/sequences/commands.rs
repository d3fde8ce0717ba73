//! Every command, drawn by chance. What is typed with one is a word of its own, so that it is known wherever it stands.
//!
//! A new command is one line of the table, under its subject.

use std::collections::{BTreeMap, BTreeSet};

use convenor::domain::amendment::Amendment;
use convenor::domain::attendance::{Invitee, Means, Reach};
use convenor::domain::audit::{BreachFinding, Judgement, Viewed};
use convenor::domain::challenge::{ChallengeKind, Challenged};
use convenor::domain::command::Command;
use convenor::domain::decision::{ActionParts, DangerKind, PositionKind, Supplement};
use convenor::domain::event::{CopyKind, SessionForm};
use convenor::domain::family::{AdultChange, ChildChange};
use convenor::domain::floor::{MoveOnReason, Nature};
use convenor::domain::follow_up::Completion;
use convenor::domain::ids::{AccountId, AdultId, ChildId, CodeName, CorrectionId, CrossingNo, MessageId, SuggestionId};
use convenor::domain::issuing::Endorsement;
use convenor::domain::late::Sight;
use convenor::domain::link::{Link, LinkKind};
use convenor::domain::people::AgencyKind;
use convenor::domain::request::Wanted;
use convenor::domain::stage::Stage;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::drawn::{
    action_no, alert, challenge, contribution, deadline, draft, entry, family_line, filled, invitation, item, question,
    readers, seat, session, to, turn, whose,
};
use super::parts::{
    adjourn, adult, child, close, code_name, convene, hour, introduce, invite_agency_of, pinned, referral, register,
    said, source,
};
use super::play::{CONFIG, PEOPLE, person};

/// A command, and the word that was typed with it.
#[derive(Debug, Clone)]
pub struct Said {
    pub word: String,
    pub command: Command,
    /// By somebody who acted in another case just before (SES-15).
    pub crosses: bool,
}

impl Said {
    /// What nobody looks for.
    pub fn without_words(command: Command) -> Self {
        Self { word: "wordofnobody".to_owned(), command, crosses: false }
    }
}

/// A generator of one command from the word that is typed with it.
pub type Generator = fn(String) -> BoxedStrategy<Command>;

fn copy() -> impl Strategy<Value = Option<CopyKind>> {
    option::of(select(vec![CopyKind::Common, CopyKind::Extract]))
}

/// Any command, with a word nobody else says.
pub fn anything() -> impl Strategy<Value = Said> {
    let weighted = GENERATORS.iter().map(|(weight, generator)| (*weight, Just(*generator).boxed()));
    let generator = proptest::strategy::Union::new_weighted(weighted.collect());
    (generator, any::<u64>(), proptest::bool::weighted(0.1)).prop_flat_map(|(generator, n, crosses)| {
        let word = format!("word{n:016x}");
        generator(word.clone()).prop_map(move |command| Said { word: word.clone(), command, crosses })
    })
}

fn just(command: Command) -> BoxedStrategy<Command> {
    Just(command).boxed()
}

/// How often each is drawn, and how.
pub const GENERATORS: &[(u32, Generator)] = &[
    // The referral and the people it is about.
    (1, |word| just(register(&word))),
    (1, |word| {
        just(Command::AmendReferral(Box::new(Amendment {
            grounds: Some(word.as_str().into()),
            ..Amendment::default()
        })))
    }),
    (1, |word| {
        let wanted = Wanted { concern: word.as_str().into(), ..Wanted::default() };
        just(Command::RequestDiscussion { code_name: code_name(), pinned: pinned(), wanted })
    }),
    (1, |_| just(Command::ReadRequest)),
    (1, |word| just(Command::TakeUpRequest { referral: Box::new(referral(&word)) })),
    (1, |word| just(Command::DeclineRequest { reason: word.as_str().into() })),
    (1, |_| {
        select(LinkKind::ALL)
            .prop_map(|(why, _)| Command::LinkCase(Link { code_name: CodeName("teal-otter-m".to_owned()), why }))
            .boxed()
    }),
    (1, |word| any::<bool>().prop_map(move |subject| child(&word, subject)).boxed()),
    (1, |word| just(adult(&word))),
    (1, |word| {
        (0..3_u16, option::of(any::<bool>()))
            .prop_map(move |(id, subject)| {
                let change = ChildChange { name: Some(word.as_str().into()), subject, ..ChildChange::default() };
                Command::AmendChild { child: ChildId(id), change: Box::new(change) }
            })
            .boxed()
    }),
    (1, |word| {
        let change = AdultChange { flags: Some(word.as_str().into()), ..AdultChange::default() };
        just(Command::AmendAdult { adult: AdultId(1), change: Box::new(change) })
    }),
    (1, |_| just(Command::FlagAdult { adult: AdultId(1), difficulties: vec!["substance_misuse".to_owned()] })),
    // Convening.
    (1, |_| select(&[SessionForm::Meeting, SessionForm::Discussion][..]).prop_map(convene).boxed()),
    (1, |_| any::<bool>().prop_map(|for_attendance| Command::Reschedule { starts_at: hour(), for_attendance }).boxed()),
    (1, |_| just(Command::Agree)),
    (1, |_| proptest::collection::vec(1..5_u16, 1..3).prop_map(|nos| Command::LeaveOut { nos }).boxed()),
    (1, |_| {
        let by_name = (0..PEOPLE.len()).prop_map(|n| Command::AddInvitee {
            to: Invitee::Person(person(n)),
            support: (n == 3).then(|| "Interpreter".to_owned()),
        });
        let agency = (2..PEOPLE.len()).prop_filter_map("it is an agency", |n| match invite_agency_of(n) {
            Command::Invite { to, support, .. } => Some(Command::AddInvitee { to, support }),
            _ => None,
        });
        prop_oneof![by_name, agency].boxed()
    }),
    (2, |_| {
        any::<bool>()
            .prop_map(|by_mail| {
                let reach = Reach { by_mail, ..Reach::default() };
                Command::SendInvitations { reach: BTreeMap::from([("Police".to_owned(), reach)]) }
            })
            .boxed()
    }),
    (1, |word| just(Command::GiveCall { details: word.as_str().into() })),
    (1, |_| just(Command::ReadCall)),
    (2, |_| {
        let by_name = (0..PEOPLE.len(), any::<bool>()).prop_map(|(n, by_mail)| Command::Invite {
            to: Invitee::Person(person(n)),
            reach: Reach { by_mail, ..Reach::default() },
            support: None,
        });
        let in_support = (0..PEOPLE.len()).prop_map(|n| Command::Invite {
            to: Invitee::Person(person(n)),
            reach: Reach::default(),
            support: Some("Interpreter".to_owned()),
        });
        prop_oneof![2 => by_name, 2 => (2..PEOPLE.len()).prop_map(invite_agency_of), 1 => in_support].boxed()
    }),
    (1, |_| just(Command::AskByNameOnly { kind: AgencyKind::Police })),
    (1, |word| {
        let keys = CONFIG.procedures.values().flat_map(|procedure| &procedure.proposals).map(|one| one.key.clone());
        let keys: Vec<_> = keys.chain(["nothing".to_owned()]).collect();
        select(keys)
            .prop_map(move |proposal| Command::TurnDownProposal { proposal, reason: word.as_str().into() })
            .boxed()
    }),
    (1, |_| {
        (option::of(seat()), 0..PEOPLE.len(), any::<bool>())
            .prop_map(|(voucher, n, support)| Command::Vouch {
                voucher,
                person: person(n),
                means: Means::Telephone,
                knows_child: true,
                support,
            })
            .boxed()
    }),
    (2, |_| {
        (invitation(), option::of(any::<bool>()))
            .prop_map(|(invitation, conflict)| Command::Accept { invitation, conflict })
            .boxed()
    }),
    (1, |word| {
        (invitation(), any::<bool>())
            .prop_map(move |(invitation, informs)| Command::Decline {
                invitation,
                reason: "".into(),
                fields: if informs { said(&word) } else { [].into() },
            })
            .boxed()
    }),
    (1, |_| (0..PEOPLE.len()).prop_map(|n| Command::SendDeputy { deputy: person(n) }).boxed()),
    (1, |_| {
        let steps = CONFIG.procedures.values().flat_map(|procedure| &procedure.silence).map(|step| step.code.clone());
        let steps: Vec<_> = steps.chain(["manager".to_owned()]).collect();
        (invitation(), select(steps)).prop_map(|(invitation, step)| Command::Escalate { invitation, step }).boxed()
    }),
    (1, |_| {
        (option::weighted(0.3, seat()), 0..PEOPLE.len())
            .prop_map(|(from, n)| Command::HandOn { from, to: person(n) })
            .boxed()
    }),
    (1, |_| (1..8_u64).prop_map(|account| Command::EndSeats { account: AccountId(account) }).boxed()),
    (1, |_| just(Command::LookUp)),
    (2, |word| option::of(seat()).prop_map(move |seat| Command::SendInformation { seat, fields: said(&word) }).boxed()),
    (1, |_| contribution().prop_map(|contribution| Command::ReadSent { contribution }).boxed()),
    (1, |_| {
        (contribution(), any::<bool>())
            .prop_map(|(contribution, act_now)| Command::WeighSent { contribution, act_now })
            .boxed()
    }),
    (2, |word| just(Command::Prepare { fields: said(&word) })),
    (2, |_| just(Command::ReleasePrepared)),
    (1, |_| just(Command::SendPrepared)),
    (1, |_| just(Command::KeepPrepared)),
    (1, |word| whose().prop_map(move |who| Command::MarkAbsent { who, reason: word.as_str().into() }).boxed()),
    // The door.
    (2, |_| just(Command::ConfirmMeeting)),
    (1, |_| just(Command::NotMine)),
    (2, |_| any::<bool>().prop_map(introduce).boxed()),
    (1, |_| just(Command::Remind)),
    (1, |word| whose().prop_map(move |who| Command::StandDown { who, reason: word.as_str().into() }).boxed()),
    (1, |_| {
        (seat(), any::<bool>())
            .prop_map(|(seat, gone)| Command::EnterAttendance { seat, means: Means::Telephone, gone })
            .boxed()
    }),
    (1, |_| (seat(), select(Sight::ALL)).prop_map(|(seat, (sight, _))| Command::ChooseSight { seat, sight }).boxed()),
    (1, |_| just(Command::Leave)),
    (1, |_| just(Command::Open)),
    (1, |_| just(Command::AdoptChairing)),
    // Adjourning, and the chair's seat.
    (1, |word| just(adjourn(&word))),
    (1, |_| just(Command::Resume)),
    (1, |_| just(Command::MakeHandover)),
    (1, |_| just(Command::ReadHandover)),
    (1, |_| seat().prop_map(|seat| Command::NameViceChair { seat }).boxed()),
    (1, |_| seat().prop_map(|seat| Command::HandOver { seat }).boxed()),
    (1, |_| just(Command::TakeChair)),
    (1, |_| just(Command::StillChairing)),
    // The round.
    (1, |_| proptest::collection::vec(whose(), 0..6).prop_map(|order| Command::SetOrder { order }).boxed()),
    (8, |word| {
        (option::weighted(0.3, seat()), any::<bool>(), readers())
            .prop_map(move |(seat, relays, readers)| Command::Share {
                seat,
                on_behalf_of: relays.then(|| source("Ms Lee")),
                fields: said(&word),
                readers,
            })
            .boxed()
    }),
    // What is asked of a speaker is taken after the round too.
    (2, |word| {
        option::of(seat())
            .prop_map(move |seat| Command::Share {
                seat,
                on_behalf_of: None,
                fields: [("history".to_owned(), word.as_str().into())].into(),
                readers: None,
            })
            .boxed()
    }),
    (1, |_| just(Command::ReadOut)),
    (1, |_| contribution().prop_map(|contribution| Command::ReadBack { contribution }).boxed()),
    (1, |_| contribution().prop_map(|contribution| Command::ConfirmWords { contribution }).boxed()),
    (1, |word| {
        contribution().prop_map(move |contribution| Command::CorrectWords { contribution, fields: said(&word) }).boxed()
    }),
    (1, |_| {
        (contribution(), select(Nature::ALL))
            .prop_map(|(contribution, (nature, _))| Command::MarkContribution { contribution, nature })
            .boxed()
    }),
    (1, |word| {
        contribution()
            .prop_map(move |contribution| Command::StateSource { contribution, source: source(&word) })
            .boxed()
    }),
    (3, |_| turn().prop_map(|turn| Command::Finish { turn }).boxed()),
    (1, |_| turn().prop_map(|turn| Command::NothingHeld { turn }).boxed()),
    (1, |_| any::<bool>().prop_map(|first| Command::LeaveBy { at: hour(), first }).boxed()),
    (1, |_| seat().prop_map(|seat| Command::TakeFirst { seat }).boxed()),
    (1, |_| {
        (turn(), select(MoveOnReason::ALL)).prop_map(|(turn, (reason, _))| Command::MoveOn { turn, reason }).boxed()
    }),
    (1, |_| seat().prop_map(|seat| Command::ReturnTo { seat }).boxed()),
    (1, |_| just(Command::ComeBack)),
    (1, |_| just(Command::Nudge)),
    (1, |_| {
        (0..8_u64).prop_map(|account| Command::HoldBack { message: MessageId(7), account: AccountId(account) }).boxed()
    }),
    (1, |_| {
        option::of(select(MoveOnReason::ALL))
            .prop_map(|reason| Command::CloseRound { reason: reason.map(|(reason, _)| reason) })
            .boxed()
    }),
    // Questions, and who may read what.
    (3, |word| {
        (to(), any::<bool>())
            .prop_map(move |(to, urgent)| Command::Ask { to, text: word.as_str().into(), urgent })
            .boxed()
    }),
    (1, |_| question().prop_map(|question| Command::MarkUrgent { question }).boxed()),
    (1, |_| question().prop_map(|question| Command::KeepUrgent { question }).boxed()),
    (1, |_| (question(), to()).prop_map(|(question, to)| Command::PutQuestion { question, to }).boxed()),
    (3, |word| {
        (question(), readers())
            .prop_map(move |(question, readers)| Command::AnswerQuestion {
                question,
                text: word.as_str().into(),
                readers,
            })
            .boxed()
    }),
    (3, |_| (item(), readers()).prop_map(|(item, readers)| Command::Limit { item, readers }).boxed()),
    (1, |_| (item(), any::<bool>()).prop_map(|(item, agrees)| Command::AnswerWidening { item, agrees }).boxed()),
    (1, |_| just(Command::ReadLimited)),
    (1, |_| question().prop_map(|question| Command::GiveUpQuestion { question }).boxed()),
    (1, |_| just(Command::NoQuestions)),
    (1, |_| question().prop_map(|question| Command::AllocateQuestion { question }).boxed()),
    (2, |_| option::weighted(0.2, select(&Stage::ALL[..])).prop_map(|from| Command::Advance { from }).boxed()),
    (1, |word| just(Command::ExplainSkipped { reason: word.as_str().into() })),
    // Decisions.
    (6, |word| entry(word).prop_map(|entry| Command::Enter(Box::new(entry))).boxed()),
    (1, |word| {
        let groups: BTreeSet<_> = CONFIG.catalogue.prompts.iter().filter_map(|prompt| prompt.group.clone()).collect();
        select(groups.into_iter().collect::<Vec<_>>())
            .prop_map(move |group| Command::AnswerGroup { group, reason: word.as_str().into() })
            .boxed()
    }),
    (1, |word| {
        draft()
            .prop_map(move |draft| {
                let more = Supplement { rationale: word.as_str().into(), ..Supplement::default() };
                Command::Supply { draft, more: Box::new(more) }
            })
            .boxed()
    }),
    (1, |word| {
        (draft(), entry(word)).prop_map(|(draft, entry)| Command::ChangeDraft { draft, entry: Box::new(entry) }).boxed()
    }),
    (1, |_| just(Command::HideViews)),
    (1, |_| just(Command::ShowViews)),
    (2, |word| {
        let prompts = CONFIG.catalogue.prompts.iter();
        let of_agencies = prompts.filter(|prompt| prompt.asked_of == convenor::domain::prompt::AskedOf::EachAgency);
        select(of_agencies.map(|prompt| prompt.key.clone()).collect::<Vec<_>>())
            .prop_map(move |prompt| Command::AgencyAnswer { fields: filled(&prompt, &word), prompt })
            .boxed()
    }),
    (2, |_| {
        let some = proptest::collection::vec(draft(), 1..3);
        option::of(some).prop_map(|drafts| Command::Confirm { drafts }).boxed()
    }),
    (2, |word| {
        (option::of(seat()), select(PositionKind::ALL), proptest::collection::vec(draft(), 0..3))
            .prop_map(move |(seat, (kind, _), items)| Command::GivePosition {
                seat,
                kind,
                about: word.as_str().into(),
                items,
            })
            .boxed()
    }),
    (1, |_| just(Command::ConfirmPosition)),
    (1, |_| just(Command::ConfirmActions)),
    (1, |_| just(Command::HidePositions)),
    (1, |_| just(Command::ShowPositions)),
    (1, |_| {
        ((0..4_u16).prop_map(SuggestionId), any::<bool>())
            .prop_map(|(suggestion, taken)| Command::AnswerSuggestion { suggestion, taken })
            .boxed()
    }),
    // Challenge and escalation.
    (1, |_| just(Command::InviteChallenge)),
    (2, |word| {
        (option::of(seat()), select(ChallengeKind::ALL))
            .prop_map(move |(by, (kind, _))| {
                let challenged = Challenged::new(kind, word.as_str().into(), "".into());
                Command::Challenge { by, challenged: Box::new(challenged) }
            })
            .boxed()
    }),
    (1, |word| {
        (challenge(), any::<bool>())
            .prop_map(move |(challenge, resolved)| Command::SettleChallenge {
                challenge,
                resolved,
                tried: word.as_str().into(),
                result: "".into(),
            })
            .boxed()
    }),
    (1, |word| {
        challenge()
            .prop_map(move |challenge| Command::EscalateChallenge {
                challenge,
                own: word.as_str().into(),
                other: "".into(),
                met_at: None,
            })
            .boxed()
    }),
    (1, |word| {
        challenge()
            .prop_map(move |challenge| Command::AnswerChallenge { challenge, text: word.as_str().into() })
            .boxed()
    }),
    (1, |word| {
        (0..4_u16, any::<bool>())
            .prop_map(move |(line, escalated)| Command::EscalateAbsence {
                line,
                escalated,
                reason: word.as_str().into(),
            })
            .boxed()
    }),
    (1, |word| just(Command::QuestionHealth { text: word.as_str().into() })),
    (1, |_| just(Command::PoliceUnavailable)),
    (1, |word| {
        just(Command::LogPoliceTalk {
            spoke: word.as_str().into(),
            with: "".into(),
            talked_at: None,
            result: "".into(),
        })
    }),
    // Actions.
    (1, |word| {
        (action_no(), any::<bool>())
            .prop_map(move |(action, accepted)| Command::AnswerAction {
                action,
                accepted,
                reason: word.as_str().into(),
            })
            .boxed()
    }),
    (2, |word| {
        (action_no(), select(Completion::ALL))
            .prop_map(move |(action, (completion, _))| Command::ReportAction {
                action,
                completion,
                evidence: word.as_str().into(),
                changed: "".into(),
            })
            .boxed()
    }),
    (1, |word| {
        (action_no(), any::<bool>())
            .prop_map(move |(action, accepted)| Command::AnswerReport {
                action,
                accepted,
                reason: word.as_str().into(),
            })
            .boxed()
    }),
    (1, |word| {
        session().prop_map(move |session| Command::ReviewCompletion { session, result: word.as_str().into() }).boxed()
    }),
    (1, |word| {
        readers()
            .prop_map(move |readers| Command::Mask { words: word.as_str().into(), shown: "somebody".into(), readers })
            .boxed()
    }),
    (1, |_| (1..4_u16).prop_map(|n| Command::WrongCase { crossing: CrossingNo(n) }).boxed()),
    (1, |word| {
        (action_no(), option::of(seat()), any::<bool>())
            .prop_map(move |(action, owner, is_more)| Command::ChangeAction {
                action,
                due: (!is_more).then(hour),
                day_alone: false,
                owner: owner.filter(|_| !is_more),
                parts: ActionParts {
                    how: if is_more { word.as_str().into() } else { "".into() },
                    ..ActionParts::default()
                },
                reason: word.as_str().into(),
            })
            .boxed()
    }),
    (1, |word| {
        action_no().prop_map(move |action| Command::CancelAction { action, reason: word.as_str().into() }).boxed()
    }),
    (1, |_| any::<bool>().prop_map(|holds| Command::AnswerReview { holds }).boxed()),
    (1, |word| {
        any::<bool>().prop_map(move |not_held| Command::CloseCase { not_held, reason: word.as_str().into() }).boxed()
    }),
    (1, |word| {
        (action_no(), option::of(seat()))
            .prop_map(move |(action, owner)| Command::NameOwner { action, owner, words: word.as_str().into() })
            .boxed()
    }),
    // Safety.
    (2, |_| select(DangerKind::ALL).prop_map(|(danger, _)| Command::RaiseDanger { danger }).boxed()),
    (1, |word| alert().prop_map(move |alert| Command::DescribeDanger { alert, text: word.as_str().into() }).boxed()),
    (1, |_| alert().prop_map(|alert| Command::AcknowledgeDanger { alert }).boxed()),
    (1, |word| alert().prop_map(move |alert| Command::MarkFalseAlarm { alert, reason: word.as_str().into() }).boxed()),
    // The end, and after.
    (1, |_| just(close())),
    (1, |_| (session(), any::<bool>()).prop_map(|(session, untitled)| Command::Sign { session, untitled }).boxed()),
    (1, |_| (session(), copy()).prop_map(|(session, owners)| Command::Circulate { session, owners }).boxed()),
    (1, |_| just(Command::ReadHistory)),
    (1, |_| session().prop_map(|session| Command::OpenFamilyDraft { session }).boxed()),
    (2, |_| {
        (session(), option::of(family_line()), proptest::bool::weighted(0.8))
            .prop_map(|(session, line, ticked)| Command::TickFamilyLines { session, line, ticked })
            .boxed()
    }),
    (1, |word| {
        (session(), family_line())
            .prop_map(move |(session, line)| Command::LiftFamilyEmbargo { session, line, reason: word.as_str().into() })
            .boxed()
    }),
    (1, |_| {
        (session(), option::of(1..3_u16), option::of(1..4_u16))
            .prop_map(|(session, version, child)| Command::OpenCopy { session, version, child: child.map(ChildId) })
            .boxed()
    }),
    (1, |word| {
        (session(), select(Endorsement::ALL), any::<bool>())
            .prop_map(move |(session, (what, _), agrees)| Command::Endorse {
                session,
                what,
                agrees,
                reason: word.as_str().into(),
            })
            .boxed()
    }),
    (1, |word| {
        session().prop_map(move |session| Command::RequestCorrection { session, text: word.as_str().into() }).boxed()
    }),
    (1, |word| {
        (session(), 1..4_u16, any::<bool>())
            .prop_map(move |(session, n, accepted)| Command::AnswerCorrection {
                session,
                correction: CorrectionId(n),
                accepted,
                words: word.as_str().into(),
            })
            .boxed()
    }),
    (1, |word| {
        (session(), option::of(whose()), copy())
            .prop_map(move |(session, who, copy)| Command::ChooseRecipient {
                session,
                who,
                person: None,
                copy,
                reason: word.as_str().into(),
            })
            .boxed()
    }),
    (1, |word| {
        (session(), select(Judgement::ALL))
            .prop_map(move |(session, (judgement, _))| Command::Judge {
                session,
                judgement,
                words: word.as_str().into(),
            })
            .boxed()
    }),
    (1, |word| {
        select(BreachFinding::ALL)
            .prop_map(move |(finding, _)| Command::AssessBreach { entry: None, finding, words: word.as_str().into() })
            .boxed()
    }),
    (1, |_| {
        (session(), select(vec![Viewed::Sheet, Viewed::Learning, Viewed::Log]))
            .prop_map(|(session, viewed)| Command::ViewForAudit { session, viewed })
            .boxed()
    }),
    (1, |_| session().prop_map(|session| Command::ConfirmFiled { session }).boxed()),
    (1, |_| {
        (invitation(), any::<bool>())
            .prop_map(|(invitation, by_mail)| Command::NoteUndelivered { invitation, by_mail })
            .boxed()
    }),
    (2, |_| deadline().prop_map(|deadline| Command::DeadlineReached { deadline }).boxed()),
];
