//! The record: signed, sent out, read, put right and filed.

use super::{chair, field, needed, plain, strategy};
use crate::domain::issuing::Endorsement;
use crate::forms::building as build;
use crate::forms::{CopyAs, Field, Kind, Row};

const SESSION: Field = field("session", Kind::Number);

const FAMILY_LINE: &[Field] = &[SESSION, needed("family_line", Kind::FamilyLine), field("part", Kind::Number)];

pub const ROWS: &[Row] = &[
    // The case itself, not a session of it (REV-10).
    plain("close_case", chair("close-case"), &[], build::close_case),
    plain("close_not_held", None, &[field("reason", Kind::Text)], build::close_not_held),
    plain("sign", chair("sign"), &[SESSION], build::sign),
    plain("sign_untitled", None, &[SESSION], build::sign_untitled),
    plain("recipients", None, &[SESSION], build::recipients),
    plain(
        "recipient",
        chair("recipient"),
        &[
            SESSION,
            field("who", Kind::Whose),
            field("person", Kind::User),
            field("gets", Kind::Choice("gets", || build::GETS.to_vec())),
            field("reason", Kind::Text),
        ],
        build::recipient,
    ),
    plain("circulate", chair("circulate"), &[SESSION], build::circulate),
    plain("circulate_full", None, &[SESSION], build::circulate_full),
    plain("circulate_extract", None, &[SESSION], build::circulate_extract),
    plain(
        "copy",
        strategy("copy"),
        &[
            SESSION,
            field("version", Kind::Number),
            field("as", codes!("as", CopyAs)),
            field("child_file", Kind::Child),
            field("part", Kind::Number),
        ],
        build::copy,
    ),
    // What the family may be given, line by line (SEC-06).
    plain("family_draft", None, &[SESSION, field("part", Kind::Number)], build::family_draft),
    plain("family_tick_all", None, &[SESSION], build::family_tick_all),
    plain("family_tick", None, FAMILY_LINE, build::family_tick),
    plain("family_untick", None, FAMILY_LINE, build::family_untick),
    plain(
        "family_lift",
        None,
        &[SESSION, needed("family_line", Kind::FamilyLine), needed("reason", Kind::Text), field("part", Kind::Number)],
        build::family_lift,
    ),
    plain(
        "family_copy",
        None,
        &[SESSION, field("as", codes!("as", CopyAs)), field("part", Kind::Number)],
        build::family_draft,
    ),
    plain("case_history", strategy("history"), &[field("part", Kind::Number)], build::case_history),
    plain("endorse", None, &[SESSION, needed("endorsement", codes!("endorsement", Endorsement))], build::endorse),
    plain(
        "endorse_not",
        None,
        &[SESSION, needed("endorsement", codes!("endorsement", Endorsement)), field("reason", Kind::Text)],
        build::endorse_not,
    ),
    plain("correction", strategy("correction"), &[SESSION, needed("should_read", Kind::Text)], build::correction),
    plain("accept_correction", None, &[SESSION, needed("correction", Kind::Number)], build::accept_correction),
    plain(
        "refuse_correction",
        None,
        &[SESSION, needed("correction", Kind::Number), field("reason", Kind::Text)],
        build::refuse_correction,
    ),
    plain("case_note", None, &[SESSION], build::case_note),
    plain("filed", strategy("filed"), &[SESSION], build::filed),
];
