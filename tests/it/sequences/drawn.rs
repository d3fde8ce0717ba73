//! What commands name, drawn by chance: people, things and places, some of which are there.

use convenor::domain::decision::{Entry, Section47Decision};
use convenor::domain::family_draft::FamilyLine;
use convenor::domain::floor::{Addressee, Whose};
use convenor::domain::ids::{
    ActionNo, AlertId, ChallengeId, ChildId, ContributionId, DraftId, InvitationId, QuestionId, SeatId, SessionNo,
    TurnId,
};
use convenor::domain::limits::{Item, Readers};
use convenor::domain::prompt::{About, Answer};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::parts::{action, outcome, section_47};
use super::play::CONFIG;

pub fn seat() -> impl Strategy<Value = SeatId> + Clone {
    (0..8_u16).prop_map(SeatId)
}

pub fn invitation() -> impl Strategy<Value = InvitationId> {
    (0..6_u16).prop_map(InvitationId)
}

pub fn question() -> impl Strategy<Value = QuestionId> {
    (0..5_u16).prop_map(QuestionId)
}

pub fn contribution() -> impl Strategy<Value = ContributionId> {
    (0..6_u16).prop_map(ContributionId)
}

pub fn session() -> impl Strategy<Value = Option<SessionNo>> {
    option::weighted(0.2, (1..3_u16).prop_map(SessionNo))
}

pub fn turn() -> impl Strategy<Value = Option<TurnId>> {
    option::weighted(0.2, (0..6_u16).prop_map(TurnId))
}

pub fn whose() -> impl Strategy<Value = Whose> {
    prop_oneof![seat().prop_map(Whose::Seat), invitation().prop_map(Whose::Invitation)]
}

pub fn to() -> impl Strategy<Value = Option<Addressee>> {
    option::weighted(
        0.8,
        prop_oneof![
            seat().prop_map(Addressee::Seat),
            select(&["Police", "Community Health", "Nobody"][..])
                .prop_map(|agency| Addressee::Agency(agency.to_owned()))
        ],
    )
}

pub fn readers() -> impl Strategy<Value = Option<Readers>> {
    option::of(prop_oneof![
        Just(Readers::ChairAndPolice),
        proptest::collection::btree_set(seat(), 0..3).prop_map(Readers::Named)
    ])
}

pub fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        contribution().prop_map(Item::Contribution),
        question().prop_map(Item::Answer),
        draft().prop_map(Item::Entry)
    ]
}

pub fn draft() -> impl Strategy<Value = DraftId> {
    (0..9_u16).prop_map(DraftId)
}

pub fn family_line() -> impl Strategy<Value = FamilyLine> {
    let fields = prop_oneof![2 => Just("what"), 1 => select(vec!["how", "when", "by", "text"])];
    prop_oneof![
        1 => Just(FamilyLine::Reference),
        1 => Just(FamilyLine::Date),
        1 => (1..4_u16).prop_map(|child| FamilyLine::Child(ChildId(child))),
        1 => draft().prop_map(FamilyLine::Section47),
        6 => (draft(), fields).prop_map(|(draft, field)| FamilyLine::Answer { draft, field: field.to_owned() }),
    ]
}

pub fn alert() -> impl Strategy<Value = AlertId> {
    (0..3_u16).prop_map(AlertId)
}

pub fn challenge() -> impl Strategy<Value = ChallengeId> {
    (0..4_u16).prop_map(ChallengeId)
}

pub fn action_no() -> impl Strategy<Value = ActionNo> {
    (0..4_u16).prop_map(ActionNo)
}

pub fn prompt() -> impl Strategy<Value = String> {
    select(CONFIG.catalogue.prompts.iter().map(|prompt| prompt.key.clone()).collect::<Vec<_>>())
}

/// A word in the first field that takes any.
pub fn filled(prompt: &str, word: &str) -> convenor::domain::event::Fields {
    use convenor::domain::prompt::FieldKind::{Line, Text};
    let fields = CONFIG.catalogue.prompt(prompt).map(|prompt| &prompt.fields[..]).unwrap_or_default();
    let typed = fields.iter().find(|field| matches!(field.kind, Text | Line));
    let key = typed.or(fields.first()).map_or("text", |field| &field.key);
    [(key.to_owned(), word.into())].into()
}

pub fn entry(word: String) -> impl Strategy<Value = Entry> {
    let words = [word.clone(), word.clone(), word.clone(), word];
    let [for_answer, for_47, for_outcome, for_action] = words;
    let answer = (prompt(), option::of(0..3_u16)).prop_map(move |(prompt, child)| {
        let about = child.map_or(About::Session, |child| About::Child(ChildId(child)));
        let fields = filled(&prompt, &for_answer);
        Entry::Answer(Answer::new(&prompt, about, fields))
    });
    let codes = vec!["other_action", "transfer_to_early_help", "no_such_outcome"];
    prop_oneof![
        3 => answer,
        1 => select(Section47Decision::ALL)
            .prop_map(move |(decision, _)| Entry::Section47(section_47(decision, &for_47))),
        1 => select(codes).prop_map(move |code| Entry::Outcome(outcome(code, &for_outcome))),
        1 => option::of(seat()).prop_map(move |owner| Entry::Action(action(&for_action, owner))),
    ]
}

pub fn deadline() -> impl Strategy<Value = String> {
    let deadlines = vec![
        "draft",
        "questions",
        "chair_silent",
        "silence:1",
        "danger:1",
        "danger:2",
        "challenge_near:1.1",
        "challenge_due:1.1",
        "leavers",
        "follow_up:1",
        "find_owner:1",
        "completion:1.1",
        "crossing:1",
        "missed:circulation_due",
        "missed:hold_by",
    ];
    select(deadlines).prop_map(str::to_owned)
}
