//! Immediate danger.

use super::{field, needed, plain};
use crate::domain::decision::DangerKind;
use crate::forms::building as build;
use crate::forms::{Kind, Row};

pub const ROWS: &[Row] = &[
    // Two presses and no words: those can follow (SAFE-01).
    plain("danger", Some(("danger", None)), &[needed("danger", codes!("danger", DangerKind))], build::danger),
    plain("danger_text", None, &[needed("alert", Kind::Number), field("text", Kind::Text)], build::danger_text),
    plain("acknowledge", None, &[needed("alert", Kind::Number)], build::acknowledge),
    plain("false_alarm", None, &[needed("alert", Kind::Number), field("reason", Kind::Line)], build::false_alarm),
];
