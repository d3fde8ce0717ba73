//! The round and the questions, as everybody takes part in them.

use super::{SAID, YES_NO, field, needed, plain, strategy, with_more};
use crate::domain::floor::Nature;
use crate::forms::building as build;
use crate::forms::{Kind, More, Row};

pub const ROWS: &[Row] = &[
    with_more(
        More::Speaker,
        plain(
            "share",
            Some(("share", None)),
            &[
                SAID[0],
                SAID[1],
                SAID[2],
                field("for", Kind::Seat),
                field("source_name", Kind::Line),
                field("source_role", Kind::Line),
                field("source_agency", Kind::Line),
                field("source_by", Kind::Line),
                field("readers", Kind::Readers),
            ],
            build::share,
        ),
    ),
    with_more(
        More::Speaker,
        plain("share_limited", None, &[needed("readers", Kind::Readers), SAID[0], SAID[1], SAID[2]], build::share),
    ),
    plain(
        "limit",
        Some(("readers", None)),
        &[needed("item", Kind::Item), needed("readers", Kind::Readers)],
        build::limit,
    ),
    plain("read_limited", Some(("limited", None)), &[], build::read_limited),
    plain(
        "mask",
        Some(("mask", None)),
        &[needed("masked", Kind::Line), field("shown", Kind::Line), needed("readers", Kind::Readers)],
        build::mask,
    ),
    plain("wrong_case", None, &[needed("crossing", Kind::Number)], build::wrong_case),
    plain("answer_widening", None, &[needed("item", Kind::Line), needed("agrees", YES_NO)], build::answer_widening),
    plain(
        "source",
        None,
        &[
            needed("contribution", Kind::Number),
            field("source_name", Kind::Line),
            field("source_role", Kind::Line),
            field("source_agency", Kind::Line),
            field("source_by", Kind::Line),
        ],
        build::source,
    ),
    plain(
        "mark",
        None,
        &[needed("contribution", Kind::Number), needed("nature", codes!("nature", Nature))],
        build::mark,
    ),
    plain("said_for_me", None, &[], build::said_for_me),
    plain("right", None, &[needed("contribution", Kind::Number)], build::right),
    plain("correct", None, &[needed("contribution", Kind::Number), SAID[0], SAID[1], SAID[2]], build::correct),
    plain("right_position", None, &[], build::right_position),
    plain("digest", None, &[field("part", Kind::Number)], build::digest),
    with_more(More::OfPrompt, plain("part", None, &[field("for", Kind::Seat)], build::part)),
    plain("history", None, &[field("for", Kind::Seat), needed("history", Kind::Text)], build::history),
    plain("finish", None, &[], build::finish),
    plain("nothing_held", None, &[], build::nothing_held),
    plain("back", None, &[], build::back),
    plain(
        "ask",
        Some(("ask", None)),
        &[needed("question", Kind::Text), field("to", Kind::Addressee), field("urgent", Kind::Flag)],
        build::ask,
    ),
    plain(
        "reply",
        Some(("answer", None)),
        &[needed("question", Kind::Number), needed("answer", Kind::Text), field("readers", Kind::Readers)],
        build::reply,
    ),
    plain(
        "reply_limited",
        None,
        &[needed("question", Kind::Number), needed("readers", Kind::Readers), needed("answer", Kind::Text)],
        build::reply,
    ),
    plain("parked", None, &[], build::parked),
    plain("put", None, &[needed("question", Kind::OwnQuestion), needed("to", Kind::Addressee)], build::put),
    plain("give_up", None, &[needed("question", Kind::OwnQuestion)], build::give_up),
    plain("urgent", None, &[needed("question", Kind::OwnQuestion)], build::urgent),
    plain("read_urgent", None, &[needed("question", Kind::Number)], build::read_urgent),
    plain("put_urgent", None, &[needed("question", Kind::Number)], build::put),
    plain("put_urgent_to", None, &[needed("question", Kind::Number), needed("to", Kind::Addressee)], build::put),
    plain("keep_urgent", None, &[needed("question", Kind::Number)], build::keep_urgent),
    plain("no_questions", None, &[], build::no_questions),
    plain("question_action", None, &[needed("question", Kind::Number)], build::question_action),
    plain("leave", strategy("leave"), &[], build::leave),
    plain(
        "leave_by",
        strategy("leave-by"),
        &[needed("leave_at", Kind::Time), field("first", Kind::Flag)],
        build::leave_by,
    ),
];
