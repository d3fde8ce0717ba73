//! Professional challenge, and whom to turn to where somebody is missing.

use super::{YES_NO, field, needed, plain};
use crate::domain::challenge::ChallengeKind;
use crate::forms::building as build;
use crate::forms::{Kind, Row};

pub const ROWS: &[Row] = &[
    plain("invite_challenge", None, &[], build::invite_challenge),
    plain(
        "challenge",
        Some(("challenge", None)),
        &[
            needed("about", Kind::Text),
            field("why", Kind::Text),
            field("against", Kind::Line),
            field("tried", Kind::Text),
            field("result", Kind::Text),
            field("challenge_kind", codes!("challenge_kind", ChallengeKind)),
            field("for", Kind::Seat),
        ],
        build::challenge,
    ),
    plain(
        "settle_challenge",
        None,
        &[
            needed("challenge", Kind::Number),
            needed("resolved", YES_NO),
            field("tried", Kind::Text),
            field("result", Kind::Text),
        ],
        build::settle_challenge,
    ),
    plain(
        "escalate_challenge",
        None,
        &[
            needed("challenge", Kind::Number),
            field("own_manager", Kind::Line),
            field("other_manager", Kind::Line),
            field("talked_at", Kind::Time),
        ],
        build::escalate_challenge,
    ),
    plain(
        "answer_challenge",
        None,
        &[needed("challenge", Kind::Number), needed("challenge_reply", Kind::Text)],
        build::answer_challenge,
    ),
    // By somebody of a health role that was left out, who has no seat.
    plain("file_challenge", None, &[field("why", Kind::Text)], build::file_challenge),
    plain("escalate_absence", None, &[needed("line", Kind::Number)], build::escalate_absence),
    plain("leave_absence", None, &[needed("line", Kind::Number), field("why_not", Kind::Line)], build::leave_absence),
    plain("question_health", None, &[field("health_question", Kind::Text)], build::question_health),
    plain("police_unavailable", None, &[], build::police_unavailable),
    plain(
        "police_talk",
        None,
        &[
            field("spoke", Kind::Line),
            field("spoke_with", Kind::Line),
            field("talked_at", Kind::Time),
            field("result", Kind::Text),
        ],
        build::police_talk,
    ),
];
