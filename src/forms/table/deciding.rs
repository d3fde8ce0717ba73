//! What is entered for the record: decisions, answers to prompts, and where each agency stands.

use super::{chair, field, followed_by, needed, plain, with_more};
use crate::domain::decision::{ChallengeStage, EnquiryMode, PositionKind, Section47Decision};
use crate::forms::building as build;
use crate::forms::{Kind, More, Row};

const POSITION: Kind = codes!("position", PositionKind);

pub const ROWS: &[Row] = &[
    plain(
        "section_47",
        chair("section-47"),
        &[
            needed("decision", codes!("decision", Section47Decision)),
            field("mode", codes!("mode", EnquiryMode)),
            field("rationale", Kind::Text),
            field("how", Kind::Line),
            field("when", Kind::Line),
            field("by_whom", Kind::Line),
            field("agency", Kind::Line),
        ],
        build::section_47,
    ),
    plain(
        "outcome",
        chair("outcome"),
        &[
            needed("outcome", Kind::Outcome),
            field("rationale", Kind::Text),
            field("who", Kind::Line),
            field("agency", Kind::Line),
            field("at", Kind::Time),
            field("description", Kind::Text),
            field("mode", codes!("mode", EnquiryMode)),
        ],
        build::outcome,
    ),
    with_more(
        More::OfPrompt,
        plain("prompt", chair("prompt"), &[needed("prompt", Kind::Prompt), field("about", Kind::Child)], build::prompt),
    ),
    plain("prompts", None, &[], build::prompts),
    plain("group", None, &[needed("group", Kind::Group)], build::group),
    plain("answer_group", None, &[needed("group", Kind::Group), field("because", Kind::Text)], build::answer_group),
    plain(
        "answer_nothing",
        None,
        &[needed("prompt", Kind::Prompt), field("about", Kind::Child)],
        build::answer_nothing,
    ),
    plain(
        "answer_nothing_because",
        None,
        &[needed("prompt", Kind::Prompt), field("about", Kind::Child), field("because", Kind::Text)],
        build::answer_nothing,
    ),
    with_more(More::OfPrompt, plain("view", None, &[], build::view)),
    plain("hide_views", None, &[], build::hide_views),
    plain("show_views", None, &[], build::show_views),
    plain("confirm_drafts", chair("confirm"), &[], build::confirm_drafts),
    plain("drafts", None, &[], build::drafts),
    followed_by(&["drafts"], plain("confirm_draft", None, &[needed("draft", Kind::Number)], build::confirm_draft)),
    plain("position", None, &[needed("position", POSITION), field("about", Kind::Text)], build::position),
    plain(
        "position_for",
        chair("position"),
        &[needed("for", Kind::Seat), needed("position", POSITION), field("about", Kind::Text)],
        build::position,
    ),
    plain(
        "challenge",
        Some(("challenge", None)),
        &[
            needed("about", Kind::Text),
            field("against", Kind::Line),
            field("tried", Kind::Text),
            field("result", Kind::Text),
            field("stage", codes!("challenge_stage", ChallengeStage)),
            field("for", Kind::Seat),
        ],
        build::challenge,
    ),
];
