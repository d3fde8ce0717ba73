//! The record: signed, sent out, read and filed.

use super::{chair, field, plain, strategy};
use crate::forms::building as build;
use crate::forms::{Kind, Row};

pub const ROWS: &[Row] = &[
    plain("sign", chair("sign"), &[field("session", Kind::Number)], build::sign),
    plain("sign_untitled", None, &[field("session", Kind::Number)], build::sign_untitled),
    plain("circulate", chair("circulate"), &[field("session", Kind::Number)], build::circulate),
    plain("copy", strategy("copy"), &[field("session", Kind::Number)], build::copy),
    plain("filed", strategy("filed"), &[field("session", Kind::Number)], build::filed),
];
