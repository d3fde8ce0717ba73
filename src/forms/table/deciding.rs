//! What is entered for the record: decisions, answers to prompts, and where each agency stands.

use super::{chair, field, followed_by, needed, plain, with_more};
use crate::domain::decision::{EnquiryMode, PositionKind};
use crate::forms::building as build;
use crate::forms::{Kind, More, Row};

const POSITION: Kind = codes!("position", PositionKind);

pub const ROWS: &[Row] = &[
    plain(
        "section_47",
        chair("section-47"),
        &[
            needed("decision", Kind::Section47),
            field("mode", codes!("mode", EnquiryMode)),
            field("rationale", Kind::Text),
            field("how", Kind::Line),
            field("when", Kind::Line),
            field("by_whom", Kind::Line),
            field("agency", Kind::Line),
        ],
        build::section_47,
    ),
    with_more(
        More::OfOutcome,
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
                field("for_child", Kind::Child),
            ],
            build::outcome,
        ),
    ),
    with_more(
        More::OfDraft,
        plain(
            "supply",
            None,
            &[
                needed("draft", Kind::Number),
                field("mode", codes!("mode", EnquiryMode)),
                field("rationale", Kind::Text),
                field("despite", Kind::Text),
                field("how", Kind::Line),
                field("when", Kind::Line),
                field("by_whom", Kind::Line),
                field("agency", Kind::Line),
                field("who", Kind::Line),
                field("at", Kind::Time),
                field("description", Kind::Text),
            ],
            build::supply,
        ),
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
    plain("confirm_actions", None, &[], build::confirm_actions),
    plain("agree_all", None, &[], build::agree_all),
    plain("disagree", None, &[needed("items", Kind::Decisions), field("about", Kind::Text)], build::disagree),
    plain("not_authorised", None, &[], build::not_authorised),
    // What buttons of earlier read-backs have.
    plain("position", None, &[needed("position", POSITION), field("about", Kind::Text)], build::position),
    plain(
        "position_for",
        chair("position"),
        &[
            needed("for", Kind::Seat),
            needed("position", POSITION),
            field("about", Kind::Text),
            field("items", Kind::Decisions),
        ],
        build::position,
    ),
    plain("hide_positions", None, &[], build::hide_positions),
    plain("show_positions", None, &[], build::show_positions),
    plain("read_suggestion", None, &[needed("suggestion", Kind::Number)], build::read_suggestion),
    plain("take_suggestion", None, &[needed("suggestion", Kind::Number)], build::take_suggestion),
    plain("leave_suggestion", None, &[needed("suggestion", Kind::Number)], build::leave_suggestion),
];
