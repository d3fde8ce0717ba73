//! Looking at records from outside, for those the procedure names.

use super::{caseless, field, needed, plain};
use crate::domain::audit::{BreachFinding, Judgement};
use crate::forms::building as build;
use crate::forms::{Field, Kind, Row};

const fn audit(sub: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    Some(("audit", Some(sub)))
}

const SESSION: Field = field("session", Kind::Number);
const PART: Field = field("part", Kind::Number);
const PERIOD: [Field; 3] = [needed("from_day", Kind::Line), needed("to_day", Kind::Line), PART];
const SAMPLED: [Field; 5] = [
    needed("from_day", Kind::Line),
    needed("to_day", Kind::Line),
    field("size", Kind::Number),
    field("seed", Kind::Number),
    PART,
];

pub const ROWS: &[Row] = &[
    plain("audit_sheet", audit("sheet"), &[SESSION, PART], build::audit_sheet),
    plain("audit_learning", audit("learning"), &[SESSION, PART], build::audit_learning),
    plain(
        "judge",
        audit("judge"),
        &[needed("judgement", codes!("judgement", Judgement)), field("judged_why", Kind::Text), SESSION],
        build::judge,
    ),
    plain("audit_log", audit("log"), &[PART], build::audit_log),
    plain(
        "assess_breach",
        audit("breach"),
        &[
            needed("breach_finding", codes!("breach_finding", BreachFinding)),
            field("assessed_why", Kind::Text),
            field("breach_entry", Kind::Number),
        ],
        build::assess_breach,
    ),
    caseless(plain("audit_totals", audit("totals"), &SAMPLED, build::audit_totals)),
    caseless(plain("audit_overrides", audit("overrides"), &PERIOD, build::audit_overrides)),
    caseless(plain("agency_counts", audit("agency"), &PERIOD, build::agency_counts)),
    caseless(plain("inspection_list", audit("inspection-list"), &PERIOD, build::inspection_list)),
    caseless(plain("audit_sample", audit("sample"), &SAMPLED, build::audit_sample)),
];
