//! What the chair does to run the session.

use super::{chair, field, followed_by, needed, plain, strategy};
use crate::domain::attendance::Means;
use crate::domain::floor::MoveOnReason;
use crate::domain::late::Sight;
use crate::forms::building as build;
use crate::forms::{Kind, Row};

pub const ROWS: &[Row] = &[
    followed_by(&["vice_chair"], plain("open", chair("open"), &[], build::open)),
    plain("remind", chair("remind"), &[], build::remind),
    plain("adopt", chair("adopt"), &[], build::adopt),
    plain("order", chair("order"), &[needed("order", Kind::Line)], build::order),
    plain("take_first", None, &[needed("who", Kind::Seat)], build::take_first),
    plain("next", chair("next"), &[], build::next),
    plain("close_round", None, &[], build::close_round),
    plain("close_over_speaker", None, &[needed("reason", codes!("reason", MoveOnReason))], build::close_over_speaker),
    plain("return_to", None, &[needed("who", Kind::Seat)], build::return_to),
    plain("nudge", None, &[], build::nudge),
    plain("explain", chair("explain"), &[field("reason", Kind::Text)], build::explain),
    plain("move_on", chair("move-on"), &[needed("reason", codes!("reason", MoveOnReason))], build::move_on),
    plain("read_out", chair("read-out"), &[], build::read_out),
    plain("read_back", None, &[needed("contribution", Kind::Number)], build::read_back),
    plain(
        "attends",
        chair("attends"),
        &[needed("who", Kind::Seat), needed("means", codes!("means", Means)), field("gone", Kind::Flag)],
        build::attends,
    ),
    plain(
        "stand_down",
        chair("stand-down"),
        &[needed("who", Kind::Whose), field("reason", Kind::Line)],
        build::stand_down,
    ),
    plain("sight", None, &[needed("who", Kind::Seat), needed("sight", codes!("sight", Sight))], build::sight),
    plain("end_support", None, &[needed("who", Kind::Whose)], build::stand_down),
    followed_by(
        &["adjourn"],
        plain(
            "adjourn",
            chair("adjourn"),
            &[
                field("safety", Kind::Text),
                field("holder", Kind::Line),
                field("resumes", Kind::Time),
                field("undecided", Kind::Text),
            ],
            build::adjourn,
        ),
    ),
    plain("resume", chair("resume"), &[], build::resume),
    plain("make_handover", None, &[], build::make_handover),
    plain("read_handover", strategy("handover"), &[field("part", Kind::Number)], build::read_handover),
    plain("vice_chair", chair("vice-chair"), &[needed("who", Kind::Seat)], build::vice_chair),
    plain("hand_over", chair("hand-over"), &[needed("who", Kind::Seat)], build::hand_over),
    plain("take_chair", chair("take"), &[], build::take_chair),
    plain("still_here", None, &[], build::still_here),
    plain("closing", None, &[], build::closing),
    plain("close_next", None, &[], build::close_next),
    plain("close", chair("close"), &[field("reason", Kind::Text), field("safety", Kind::Text)], build::close),
];
