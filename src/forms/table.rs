//! The command table.

use super::building as build;
use super::{Field, Kind, More, Row};
use crate::domain::attendance::Means;
use crate::domain::decision::{ChallengeStage, DangerKind, EnquiryMode, PositionKind, Section47Decision};
use crate::domain::event::{Held, SessionForm};
use crate::domain::floor::{MoveOnReason, Nature};
use crate::domain::link::LinkKind;
use crate::domain::referral::{ClockFrom, Education, SchoolStage, Threshold, TriggerPoint, TriggerType, UrgencyClass};

const fn needed(key: &'static str, kind: Kind) -> Field {
    Field { key, kind, needed: true }
}

const fn field(key: &'static str, kind: Kind) -> Field {
    Field { key, kind, needed: false }
}

/// The codes of a set of fixed choices.
macro_rules! codes {
    ($set:literal, $choices:ty) => {
        Kind::Choice($set, || <$choices>::ALL.iter().map(|(_, code)| *code).collect())
    };
}

const YES_NO: Kind = Kind::Choice("yes_no", || vec!["yes", "no"]);
const AGENCY_KINDS: Kind = Kind::Choice("kind", || {
    vec![
        "social_care",
        "police",
        "health",
        "education",
        "adult_services",
        "probation",
        "youth_support",
        "early_help",
        "voluntary",
        "legal",
        "other",
    ]
});
const POSITION: Kind = codes!("position", PositionKind);

const fn strategy(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("strategy", Some(sub)))
}

const fn chair(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("chair", Some(sub)))
}

const fn action(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("action", Some(sub)))
}

/// A row about a case, without catalogue fields.
const fn plain(
    key: &'static str,
    path: Option<(&'static str, Option<&'static str>)>,
    fields: &'static [Field],
    build: fn(&super::Form<'_>) -> Result<super::Doing, crate::domain::refusal::Refusal>,
) -> Row {
    Row { key, path, needs_case: true, fields, more: More::Nothing, build, then: &[] }
}

/// The row for whatever is not about one case.
const fn caseless(row: Row) -> Row {
    Row { needs_case: false, ..row }
}

/// The row with fields from the catalogue besides its own.
const fn with_more(more: More, row: Row) -> Row {
    Row { more, ..row }
}

/// The row with these rows' buttons under its answer.
const fn followed_by(then: &'static [&'static str], row: Row) -> Row {
    Row { then, ..row }
}

const SAID: [Field; 3] = [field("current", Kind::Text), field("history", Kind::Text), field("views", Kind::Text)];

/// What a referral is registered with, and a request taken up.
const REFERRAL: [Field; 21] = [
    needed("trigger_point", codes!("trigger_point", TriggerPoint)),
    needed("trigger_type", codes!("trigger_type", TriggerType)),
    needed("threshold", codes!("threshold", Threshold)),
    needed("urgency", codes!("urgency", UrgencyClass)),
    needed("reference", Kind::Line),
    field("received", Kind::Time),
    field("grounds", Kind::Text),
    field("route", Kind::Line),
    field("referrer_name", Kind::Line),
    field("referrer_role", Kind::Line),
    field("referrer_agency", Kind::Line),
    field("high_status", Kind::Flag),
    field("known", Kind::Time),
    field("taken_by", Kind::Line),
    field("clock_from", codes!("clock_from", ClockFrom)),
    field("immediate_protection", Kind::Flag),
    field("complex", Kind::Flag),
    field("injury", Kind::Flag),
    field("in_hospital", Kind::Flag),
    field("medical_likely", Kind::Flag),
    field("legal_likely", Kind::Flag),
];

/// Everything people can do, in the order help shows it.
pub const TABLE: &[Row] = &[
    // The referral and convening.
    caseless(plain("register", strategy("register"), &REFERRAL, build::register)),
    caseless(plain(
        "request",
        strategy("request"),
        &[needed("concern", Kind::Text), field("children", Kind::Text), field("how_urgent", Kind::Text)],
        build::request,
    )),
    plain("read_request", None, &[], build::read_request),
    plain("take_up", None, &REFERRAL, build::take_up),
    plain("decline_request", None, &[field("reason", Kind::Text)], build::decline_request),
    plain(
        "amend",
        strategy("amend"),
        &[
            field("received", Kind::Time),
            field("known", Kind::Time),
            field("grounds", Kind::Text),
            field("route", Kind::Line),
            field("taken_by", Kind::Line),
            field("referrer_name", Kind::Line),
            field("referrer_role", Kind::Line),
            field("referrer_agency", Kind::Line),
            field("clock_from", codes!("clock_from", ClockFrom)),
            field("trigger_point", codes!("trigger_point", TriggerPoint)),
            field("trigger_type", codes!("trigger_type", TriggerType)),
            field("threshold", codes!("threshold", Threshold)),
            field("urgency", codes!("urgency", UrgencyClass)),
            field("high_status", Kind::Flag),
            field("immediate_protection", Kind::Flag),
            field("complex", Kind::Flag),
            field("injury", Kind::Flag),
            field("in_hospital", Kind::Flag),
            field("medical_likely", Kind::Flag),
            field("legal_likely", Kind::Flag),
        ],
        build::amend,
    ),
    plain(
        "child",
        strategy("child"),
        &[
            needed("stage", codes!("school_stage", SchoolStage)),
            needed("name", Kind::Line),
            field("born", Kind::Line),
            field("relationship", Kind::Line),
            field("address", Kind::Line),
            field("location", Kind::Line),
            field("parental_responsibility", Kind::Line),
            field("legal_status", Kind::Line),
            field("subject", Kind::Flag),
            field("address_withheld", Kind::Flag),
            field("education", codes!("education", Education)),
        ],
        build::child,
    ),
    followed_by(
        &["flag_adult"],
        plain(
            "adult",
            strategy("adult"),
            &[
                needed("name", Kind::Line),
                field("born", Kind::Line),
                field("relationship", Kind::Line),
                field("address", Kind::Line),
                field("flags", Kind::Line),
                field("address_withheld", Kind::Flag),
                field("risk", Kind::Flag),
            ],
            build::adult,
        ),
    ),
    plain(
        "flag_adult",
        None,
        &[needed("adult", Kind::Adult), needed("difficulties", Kind::Difficulties)],
        build::flag_adult,
    ),
    followed_by(
        &["ready", "prompts"],
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
    plain("agree", strategy("agree"), &[], build::agree),
    plain(
        "invite",
        strategy("invite"),
        &[field("person", Kind::User), field("agency", Kind::Agency), field("role", Kind::Role)],
        build::invite,
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
    plain(
        "link",
        strategy("link"),
        &[needed("why_linked", codes!("link", LinkKind)), needed("linked_case", Kind::Case)],
        build::link,
    ),
    plain("absent", strategy("absent"), &[needed("who", Kind::Whose), field("reason", Kind::Line)], build::absent),
    with_more(
        More::Speaker,
        plain("inform", strategy("information"), &[SAID[0], SAID[1], SAID[2], field("for", Kind::Seat)], build::inform),
    ),
    caseless(plain("help", strategy("help"), &[], build::help)),
    caseless(plain("mine", strategy("mine"), &[], build::mine)),
    // The card and the door.
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
    // The round.
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
    plain("digest", None, &[field("part", Kind::Number)], build::digest),
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
    // The chair's.
    followed_by(&["vice_chair"], plain("open", chair("open"), &[], build::open)),
    plain("remind", chair("remind"), &[], build::remind),
    plain("adopt", chair("adopt"), &[], build::adopt),
    plain("order", chair("order"), &[needed("order", Kind::Line)], build::order),
    plain("take_first", None, &[needed("who", Kind::Seat)], build::take_first),
    plain("next", chair("next"), &[], build::next),
    plain("close_round", None, &[], build::close_round),
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
    with_more(More::OfPrompt, plain("view", None, &[], build::view)),
    plain("confirm_drafts", chair("confirm"), &[], build::confirm_drafts),
    plain("position", None, &[needed("position", POSITION), field("about", Kind::Text)], build::position),
    plain(
        "position_for",
        chair("position"),
        &[needed("for", Kind::Seat), needed("position", POSITION), field("about", Kind::Text)],
        build::position,
    ),
    plain(
        "stand_down",
        chair("stand-down"),
        &[needed("who", Kind::Whose), field("reason", Kind::Line)],
        build::stand_down,
    ),
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
    plain("close", chair("close"), &[field("reason", Kind::Text), field("safety", Kind::Text)], build::close),
    plain("sign", chair("sign"), &[field("session", Kind::Number)], build::sign),
    plain("sign_untitled", None, &[field("session", Kind::Number)], build::sign_untitled),
    plain("circulate", chair("circulate"), &[field("session", Kind::Number)], build::circulate),
    // Actions, challenge, danger.
    plain(
        "action",
        action("add"),
        &[
            field("owner", Kind::Seat),
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
    plain("done", action("done"), &[needed("action", Kind::Action)], build::done),
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
    plain(
        "danger",
        Some(("danger", None)),
        &[needed("danger", codes!("danger", DangerKind)), field("text", Kind::Text)],
        build::danger,
    ),
    plain("acknowledge", None, &[needed("alert", Kind::Number)], build::acknowledge),
    plain("leave", strategy("leave"), &[], build::leave),
    plain(
        "leave_by",
        strategy("leave-by"),
        &[needed("leave_at", Kind::Time), field("first", Kind::Flag)],
        build::leave_by,
    ),
    // The record.
    plain("copy", strategy("copy"), &[field("session", Kind::Number)], build::copy),
    plain("filed", strategy("filed"), &[field("session", Kind::Number)], build::filed),
];

/// The row of a button.
pub fn row(key: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.key == key)
}

/// The row of a slash command.
pub fn row_at(top: &str, sub: Option<&str>) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.path.is_some_and(|path| path == (top, sub)))
}
