//! Convening a session, and who is asked to it.

use super::{AGENCY_KINDS, SAID, YES_NO, caseless, field, followed_by, needed, plain, strategy, with_more};
use crate::domain::attendance::Means;
use crate::domain::event::{Held, SessionForm};
use crate::forms::building as build;
use crate::forms::{Kind, More, Row};

pub const ROWS: &[Row] = &[
    followed_by(
        &["ready", "prompts", "give_call"],
        plain(
            "convene",
            strategy("convene"),
            &[
                needed("form", codes!("form", SessionForm)),
                field("starts", Kind::Time),
                field("held", codes!("held", Held)),
                field("complex", Kind::Flag),
                field("chair", Kind::User),
                field("police", Kind::Agency),
                field("health", Kind::Agency),
                field("call", Kind::Line),
            ],
            build::convene,
        ),
    ),
    plain(
        "reschedule",
        strategy("reschedule"),
        &[needed("for_attendance", YES_NO), needed("starts", Kind::Time)],
        build::reschedule,
    ),
    plain("give_call", None, &[needed("call", Kind::Line)], build::give_call),
    plain("call", None, &[], build::call),
    plain("agree", strategy("agree"), &[], build::agree),
    plain(
        "invite",
        strategy("invite"),
        &[field("person", Kind::User), field("agency", Kind::Agency), field("role", Kind::Role)],
        build::invite,
    ),
    plain("to_invite", None, &[], build::to_invite),
    plain("send_invitations", None, &[], build::send_invitations),
    plain("leave_out", None, &[needed("left_out", Kind::ToInvite)], build::leave_out),
    plain(
        "add_invitee",
        None,
        &[needed("asked_role", Kind::RoleOf), needed("agency", Kind::Agency)],
        build::add_invitee,
    ),
    plain("ready", strategy("ready"), &[], build::ready),
    plain(
        "invite_proposed",
        None,
        &[needed("proposal", Kind::Proposal), needed("agency", Kind::Agency)],
        build::invite_proposed,
    ),
    plain("not_needed", None, &[needed("proposal", Kind::Proposal), field("reason", Kind::Text)], build::not_needed),
    plain(
        "guest",
        strategy("guest"),
        &[
            needed("kind", AGENCY_KINDS),
            needed("name", Kind::Line),
            needed("role", Kind::Role),
            needed("agency", Kind::Line),
            needed("voucher", Kind::Seat),
            field("means", codes!("means", Means)),
            field("knows_child", Kind::Flag),
        ],
        build::guest,
    ),
    plain("by_name_only", strategy("by-name-only"), &[needed("kind", AGENCY_KINDS)], build::by_name_only),
    plain("escalate", None, &[needed("invitation", Kind::Number), needed("step", Kind::Step)], build::escalate),
    plain("absent", strategy("absent"), &[needed("who", Kind::Whose), field("reason", Kind::Line)], build::absent),
    with_more(
        More::Speaker,
        plain("inform", strategy("information"), &[SAID[0], SAID[1], SAID[2], field("for", Kind::Seat)], build::inform),
    ),
    caseless(plain("help", strategy("help"), &[], build::help)),
    caseless(plain("mine", strategy("mine"), &[], build::mine)),
];
