//! Compares a play with what its case expects. What only a person can judge is passed on in the case's own words.
//!
//! Nothing is expected here that the case doesn't say: to judge one more list, add how it is looked for.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::cast::case_parts::CaseFile;
use super::cast::setting::stranger_key;
use super::report::{PostLine, Report};
use crate::domain::calendar::iso_with_offset;
use crate::domain::due;

/// How one expectation came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub what: String,
    pub expected: String,
    pub found: String,
    pub held: Held,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Yes,
    No,
    /// Prose: told to a person, and no part of the exit code.
    ForAPerson,
}

/// What there is to look at.
pub struct Evidence<'a> {
    pub report: &'a Report,
    /// What cases call the procedure; without it, only what is expected of every profile is compared.
    pub profile: Option<&'a str>,
    pub minutes: &'a str,
    pub family: &'a str,
    /// The copy of everybody whose copy doesn't differ.
    pub common: &'a str,
    /// Copies that differ, by the case's key.
    pub copies: &'a [(String, String)],
    /// Names and topics of channels, as everybody may come to see them.
    pub channels: Vec<String>,
}

/// Judges everything the case expects.
pub fn judge(case: &CaseFile, evidence: &Evidence<'_>) -> Vec<Verdict> {
    let expected = &case.expected;
    let mut verdicts = Vec::new();
    if let Some(profile) = evidence.profile {
        verdicts.extend(deadlines(expected, profile, evidence.report));
        verdicts.extend(standing(expected, profile, evidence.report));
    }
    verdicts.extend(attempts(case, evidence.report));
    verdicts.extend(actions(case, evidence.report));
    verdicts.extend(refused(case, evidence.report));
    verdicts.extend(texts(expected, evidence));
    verdicts.extend(prose(expected, evidence.profile));
    verdicts
}

/// Whether everything a program can judge held.
pub fn all_held(verdicts: &[Verdict]) -> bool {
    verdicts.iter().all(|verdict| verdict.held != Held::No)
}

fn verdict(what: impl Into<String>, expected: impl Into<String>, found: impl Into<String>, held: bool) -> Verdict {
    let held = if held { Held::Yes } else { Held::No };
    Verdict { what: what.into(), expected: expected.into(), found: found.into(), held }
}

fn deadlines(expected: &Value, profile: &str, report: &Report) -> Vec<Verdict> {
    let (expected, listed) = (&expected["deadlines"], &expected["held_late"]);
    let found = &report.deadlines;
    let mut verdicts = Vec::new();
    if let Some(hold_by) = expected["hold_by"].get(profile) {
        verdicts.push(instant("hold by", &hold_by["deadline"], found.hold_by.as_deref()));
        // The list of profiles that are late says the same; where there is one, it is enough.
        if let Some(late) = hold_by["held_late"].as_bool().filter(|_| listed.is_null()) {
            verdicts.push(verdict(
                "held late",
                late.to_string(),
                report.held_late.to_string(),
                late == report.held_late,
            ));
        }
    }
    if let Some(due) = expected["circulation_due"].get(profile) {
        // Where the profile has several forms, the case says which applies.
        let due = due["applies_here"].as_str().map_or(due, |form| &due[form]);
        let due = due.get("backstop").unwrap_or(due);
        verdicts.push(instant("circulation due", due, found.circulation_due.as_deref()));
    }
    if let Some(seen) = expected["child_seen_due"].get(profile) {
        verdicts.push(instant("child seen due", seen, found.child_seen_due.as_deref()));
    }
    let follow_on = [
        ("conference by", "initial_conference_by", &found.conference_by),
        ("assessment by", "assessment_by", &found.assessment_by),
    ];
    for (what, key, found) in follow_on {
        if let Some(by) = expected["statutory_follow_on"].get(key) {
            verdicts.push(instant(what, by, found.as_deref()));
        }
    }
    verdicts
}

fn instant(what: &str, expected: &Value, found: Option<&str>) -> Verdict {
    let wanted = expected.as_str();
    let none = || "none".to_owned();
    let held = wanted.map(due::instant) == found.map(due::instant);
    verdict(what, wanted.map_or_else(none, str::to_owned), found.map_or_else(none, str::to_owned), held)
}

fn standing(expected: &Value, profile: &str, report: &Report) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    if let Some(quorum) = expected["quorum"].get(profile) {
        let words = |met: bool, missing: &[String]| {
            if met { "met".to_owned() } else { format!("missing {}", missing.join(", ")) }
        };
        let mut missing = strings(&quorum["missing"]);
        let mut found = report.quorum.missing.clone();
        let met = quorum["met"].as_bool().unwrap_or(missing.is_empty());
        missing.sort();
        found.sort();
        let held = met == report.quorum.met && missing == found;
        verdicts.push(verdict("quorum", words(met, &missing), words(report.quorum.met, &found), held));
    }
    if let Some(allowed) = expected["chair_allowed"].get(profile).and_then(Value::as_bool) {
        let found = report.chair_allowed;
        verdicts.push(verdict("chair allowed", allowed.to_string(), found.to_string(), allowed == found));
    }
    if let Some(late) = expected.get("held_late") {
        let late = strings(late).iter().any(|listed| listed == profile);
        verdicts.push(verdict("held late", late.to_string(), report.held_late.to_string(), late == report.held_late));
    }
    verdicts
}

/// The `expect` of each attempt: its first word says what must have come of it.
fn attempts(case: &CaseFile, report: &Report) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for attempt in &case.out_of_turn {
        let Some(expect) = &attempt.expect else { continue };
        let refused = report.refused.iter().any(|line| line.who == attempt.by && line.does == "share");
        let found = if refused { "refused" } else { "not refused" };
        verdicts.push(verdict(format!("{} out of turn", attempt.by), expect.as_str(), found, refused));
    }
    for (n, stranger) in case.wrong_meeting.iter().enumerate() {
        let Some(expect) = &stranger.expect else { continue };
        let key = stranger_key(n);
        let turned =
            report.steps.iter().any(|step| step.who == key && step.does == "not_mine" && step.result != "refused");
        let shown = report.posts.iter().any(|post| post.place == "case" && post.private_to.as_deref() == Some(&key));
        let found = if !turned {
            "did not turn away"
        } else if shown {
            "was shown something"
        } else {
            "turned away"
        };
        verdicts.push(verdict(format!("{key}, {}", stranger.name), expect.as_str(), found, turned && !shown));
    }
    verdicts.extend(questions(case, report));
    verdicts
}

/// Each action of the case is in the plan once, with its owner and its time; the procedure may add others (ACT-01, ACT-02).
fn actions(case: &CaseFile, report: &Report) -> Vec<Verdict> {
    let words = |who: Option<&str>, due: Option<DateTime<Utc>>| {
        format!("{}, {}", who.unwrap_or("nobody"), due.map_or_else(|| "no date".to_owned(), iso_with_offset))
    };
    let judged = case.actions.iter().map(|action| {
        let expected = words(action.who.as_deref(), action.due.map(|due| due.0));
        let found = report.actions.iter().filter(|line| line.what == action.what);
        let found = found.map(|line| words(line.who.as_deref(), line.due.as_deref().and_then(due::instant)));
        let found: Vec<_> = found.collect();
        let held = found == [expected.clone()];
        verdict(format!("action {}, {}", action.n, action.what), expected, found.join("; "), held)
    });
    judged.collect()
}

/// Nothing is refused but what the case tries and expects to be: as many as it has of each person's attempts.
fn refused(case: &CaseFile, report: &Report) -> Option<Verdict> {
    let is_refused = |expect: &Option<String>| expect.as_deref().map(first_word) == Some("refused");
    let spoken = case.out_of_turn.iter().filter(|attempt| is_refused(&attempt.expect));
    let spoken = spoken.map(|attempt| format!("{} share", attempt.by));
    let asked = case.questions.iter().filter(|question| is_refused(&question.expect));
    let asked = asked.map(|question| format!("{} ask", question.by));
    let mut expected: Vec<_> = spoken.chain(asked).collect();
    let mut found: Vec<_> = report.refused.iter().map(|line| format!("{} {}", line.who, line.does)).collect();
    expected.sort();
    found.sort();
    let held = expected == found;
    (!expected.is_empty() || !held).then(|| verdict("refused in all", expected.join("; "), found.join("; "), held))
}

fn questions(case: &CaseFile, report: &Report) -> Vec<Verdict> {
    let mut order: Vec<_> = case.questions.iter().collect();
    order.sort_by_key(|question| question.seq);
    let asked = report.steps.iter().filter(|step| step.does == "ask");
    let verdicts = order.into_iter().zip(asked).filter_map(|(question, step)| {
        let expect = question.expect.as_deref()?;
        let held = match first_word(expect) {
            "accepted" => step.result == "accepted",
            "held" => step.code == "question_held",
            "refused" => step.result == "refused",
            _ => return None,
        };
        let found = format!("{} {}", step.result, step.code);
        Some(verdict(format!("question {}", question.seq), expect, found.trim(), held))
    });
    verdicts.collect()
}

fn first_word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}

fn texts(expected: &Value, evidence: &Evidence<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for list in ["minutes_contain_data", "minutes_contain_wording"] {
        let wanted = strings(&expected[list]);
        verdicts.extend(wanted.iter().map(|text| contains("the minutes", text, evidence.minutes)));
    }
    verdicts
        .extend(strings(&expected["minutes_lack"]).iter().map(|text| lacks("in the minutes", text, evidence.minutes)));
    let family = strings(&expected["family_copy_lacks"]);
    verdicts.extend(family.iter().map(|text| lacks("in the draft for the family", text, evidence.family)));
    let outside = outside(evidence);
    let hidden = strings(&expected["outside_channel_lacks"]);
    verdicts.extend(hidden.iter().map(|text| lacks("outside the channel", text, &outside)));
    if let Some(text) = expected["limited_copy_lacks"]["text"].as_str() {
        for key in strings(&expected["limited_copy_lacks"]["recipients"]) {
            let own = evidence.copies.iter().find(|(copy, _)| *copy == key);
            let copy = own.map_or(evidence.common, |(_, copy)| copy);
            verdicts.push(lacks(&format!("in the copy of {key}"), text, copy));
        }
    }
    verdicts
}

/// Everything people outside the case may see: posts in other places, direct messages, names and topics.
fn outside(evidence: &Evidence<'_>) -> String {
    let is_outside = |post: &&PostLine| !post.ephemeral && post.place != "case";
    let posts = evidence.report.posts.iter().filter(is_outside).map(|post| post.text.clone());
    posts.chain(evidence.channels.iter().cloned()).collect::<Vec<_>>().join("\n")
}

fn contains(place: &str, text: &str, within: &str) -> Verdict {
    let found = within.contains(text);
    verdict(format!("{place} hold"), text, if found { "there" } else { "not there" }, found)
}

/// What was never written lacks nothing: that would be no finding.
fn lacks(place: &str, text: &str, within: &str) -> Verdict {
    let found = match within {
        "" => "nothing was written",
        within if within.contains(text) => "there",
        _ => "not there",
    };
    verdict(format!("not {place}"), text, found, found == "not there")
}

/// Prose, in the case's own words.
fn prose(expected: &Value, profile: Option<&str>) -> Vec<Verdict> {
    let mut prose: Vec<(&str, String)> = Vec::new();
    prose.extend(strings(&expected["blocked"]).into_iter().map(|text| ("blocked", text)));
    prose.extend(strings(&expected["marked"]).into_iter().map(|text| ("marked", text)));
    let own = profile.map(|profile| strings(&expected["by_profile"][profile])).unwrap_or_default();
    prose.extend(own.into_iter().map(|text| ("here", text)));
    let verdicts = prose.into_iter().map(|(what, expected)| Verdict {
        what: what.to_owned(),
        expected,
        found: String::new(),
        held: Held::ForAPerson,
    });
    verdicts.collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
