//! One voice at a time: what is shared, what was sent in writing, what is relayed, and who speaks out of turn.

use crate::rehearsal::cast::answers::text_of;
use crate::rehearsal::cast::case_parts::{CaseFile, Contribution};
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;

pub async fn contribute(company: &mut Company<'_>, n: usize) {
    let shared = &company.case.contributions[n];
    if shared.mode == "written" {
        let chair = company.case.chair.clone();
        let author = company.case.invitee(&shared.by).map(|invitee| invitee.name.clone()).unwrap_or_default();
        company.press(&chair, "read_out", &[], Vec::new(), &author).await;
        return;
    }
    let mut given = fields(shared);
    if let Some(source) = &shared.on_behalf_of {
        given.extend([
            ("source_name", Given::Text(source.name.clone())),
            ("source_role", Given::Text(source.role.clone())),
            ("source_agency", Given::Text(source.agency.clone())),
            ("source_by", Given::Text(source.by.clone())),
        ]);
    }
    let readers: Vec<_> =
        shared.restricted_to.iter().filter_map(|key| company.seat(key)).map(|seat| format!("s{seat}")).collect();
    if !readers.is_empty() {
        given.push(("readers", Given::Text(readers.join(","))));
    }
    let what = first_words(shared);
    company.slash(&shared.by, "share", &["share"], given, &what).await;
}

/// What an absent person wrote.
pub fn written_by<'a>(case: &'a CaseFile, key: &str) -> Vec<(&'a str, Given)> {
    let written = case.contributions.iter().find(|shared| shared.by == key && shared.mode == "written");
    written.map(fields).unwrap_or_default()
}

fn fields(shared: &Contribution) -> Vec<(&str, Given)> {
    let texts = shared.fields.iter().filter_map(|(key, value)| Some((key.as_str(), Given::Text(text_of(value)?))));
    texts.collect()
}

fn first_words(shared: &Contribution) -> String {
    shared.fields.get("current").and_then(text_of).unwrap_or_default()
}

pub async fn out_of_turn(company: &mut Company<'_>, n: usize) {
    let attempt = &company.case.out_of_turn[n];
    let given = vec![("current", Given::Text(attempt.text.clone()))];
    company.slash(&attempt.by, "share", &["share"], given, &attempt.text).await;
}

pub async fn end_turn(company: &mut Company<'_>, key: &str) {
    company.press(key, "finish", &[], Vec::new(), "").await;
}

/// The turn of somebody who shares nothing in the case.
pub async fn move_on(company: &mut Company<'_>) {
    let chair = company.case.chair.clone();
    let given = vec![("reason", Given::from("other"))];
    company.slash(&chair, "move_on", &["chair", "move-on"], given, "").await;
}
