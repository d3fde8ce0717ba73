//! Looking at records from outside, for those the procedure names.

use super::{field, needed, plain};
use crate::domain::audit::Judgement;
use crate::forms::building as build;
use crate::forms::{Field, Kind, Row};

const fn audit(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("audit", Some(sub)))
}

const SESSION: Field = field("session", Kind::Number);
const PART: Field = field("part", Kind::Number);

pub const ROWS: &[Row] = &[
    plain("audit_sheet", audit("sheet"), &[SESSION, PART], build::audit_sheet),
    plain("audit_learning", audit("learning"), &[SESSION, PART], build::audit_learning),
    plain(
        "judge",
        audit("judge"),
        &[needed("judgement", codes!("judgement", Judgement)), field("judged_why", Kind::Text), SESSION],
        build::judge,
    ),
];
