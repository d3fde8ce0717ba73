//! Immediate danger.

use super::{field, needed, plain};
use crate::domain::decision::DangerKind;
use crate::forms::building as build;
use crate::forms::{Kind, Row};

pub const ROWS: &[Row] = &[
    plain(
        "danger",
        Some(("danger", None)),
        &[needed("danger", codes!("danger", DangerKind)), field("text", Kind::Text)],
        build::danger,
    ),
    plain("acknowledge", None, &[needed("alert", Kind::Number)], build::acknowledge),
];
