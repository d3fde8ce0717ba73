//! The card, what is sent or prepared beforehand, and the door.

use super::{SAID, YES_NO, field, followed_by, needed, plain, strategy, with_more};
use crate::forms::building as build;
use crate::forms::{Kind, More, Row};

pub const ROWS: &[Row] = &[
    followed_by(
        &["look_up", "door", "prepare", "inform"],
        plain("accept", None, &[needed("invitation", Kind::Number), field("conflict", YES_NO)], build::accept),
    ),
    plain(
        "decline",
        None,
        &[needed("invitation", Kind::Number), field("reason", Kind::Line), SAID[0], SAID[1], SAID[2]],
        build::decline,
    ),
    plain("deputy", strategy("deputy"), &[needed("person", Kind::User)], build::deputy),
    plain("look_up", None, &[], build::look_up),
    followed_by(
        &["prepared"],
        with_more(More::Speaker, plain("prepare", None, &[SAID[0], SAID[1], SAID[2]], build::prepare)),
    ),
    plain("prepared", None, &[], build::prepared),
    plain("release", None, &[], build::release),
    plain("send_prepared", None, &[], build::send_prepared),
    plain("keep_prepared", None, &[], build::keep_prepared),
    plain("read_sent", None, &[needed("contribution", Kind::Number)], build::read_sent),
    followed_by(
        &["danger"],
        plain(
            "weigh_sent",
            None,
            &[needed("contribution", Kind::Number), needed("act_now", YES_NO)],
            build::weigh_sent,
        ),
    ),
    plain("door", None, &[], build::door),
    plain("confirm", None, &[], build::confirm_meeting),
    plain("not_mine", None, &[], build::not_mine),
    plain("introduce", None, &[needed("authorised", YES_NO)], build::introduce),
    plain("introduce_basis", None, &[needed("authorised", YES_NO), field("basis", Kind::Line)], build::introduce),
];
