//! Actions, and what becomes of them.

use super::{action, field, followed_by, needed, plain};
use crate::domain::follow_up::Completion;
use crate::forms::building as build;
use crate::forms::{Kind, Row};

pub const ROWS: &[Row] = &[
    plain(
        "action",
        action("add"),
        &[
            field("owner", Kind::Owner),
            needed("what", Kind::Text),
            field("due", Kind::Time),
            field("place", Kind::Line),
            field("how", Kind::Line),
            field("measure", Kind::Line),
            field("purpose", Kind::Line),
            field("contingency", Kind::Line),
            field("serves", Kind::Line),
        ],
        build::action,
    ),
    // Nothing of it is needed, and nothing is asked after it (SAFE-05).
    plain(
        "at_once",
        action("now"),
        &[
            field("what", Kind::Text),
            field("on_call", Kind::Line),
            field("find_by", Kind::Time),
            field("due", Kind::Time),
            field("owner", Kind::Seat),
            field("found_by", Kind::Seat),
            field("alert", Kind::Number),
        ],
        build::at_once,
    ),
    plain(
        "name_owner",
        None,
        &[needed("action", Kind::Action), field("on_call", Kind::Line), field("owner", Kind::Seat)],
        build::name_owner,
    ),
    plain("accept_action", None, &[needed("action", Kind::Action)], build::accept_action),
    plain(
        "decline_action",
        None,
        &[needed("action", Kind::Action), field("reason", Kind::Line)],
        build::decline_action,
    ),
    plain(
        "change_action",
        action("change"),
        &[
            needed("action", Kind::Action),
            field("due", Kind::Time),
            field("reason", Kind::Line),
            field("owner", Kind::Seat),
        ],
        build::change_action,
    ),
    plain(
        "supply_action",
        action("details"),
        &[
            needed("action", Kind::Action),
            field("place", Kind::Line),
            field("how", Kind::Line),
            field("measure", Kind::Line),
            field("purpose", Kind::Line),
            field("contingency", Kind::Line),
        ],
        build::supply_action,
    ),
    plain(
        "cancel_action",
        action("cancel"),
        &[needed("action", Kind::Action), needed("reason", Kind::Text)],
        build::cancel_action,
    ),
    plain("hand_on", action("hand-on"), &[needed("person", Kind::User), field("leaver", Kind::Seat)], build::hand_on),
    plain(
        "done",
        action("done"),
        &[
            needed("action", Kind::Action),
            needed("completion", codes!("completion", Completion)),
            field("evidence", Kind::Text),
            field("changed", Kind::Text),
        ],
        build::done,
    ),
    plain("read_report", None, &[needed("action", Kind::Action)], build::read_report),
    plain("accept_report", None, &[needed("action", Kind::Action)], build::accept_report),
    plain("return_report", None, &[needed("action", Kind::Action), field("reason", Kind::Line)], build::return_report),
    plain("still_holds", None, &[], build::still_holds),
    followed_by(&["at_once", "prompts", "convene"], plain("no_longer_holds", None, &[], build::no_longer_holds)),
    plain("review_result", None, &[field("session", Kind::Number), field("result", Kind::Text)], build::review_result),
];
