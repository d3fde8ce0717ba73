//! What a play leaves behind: the record in its forms, the report, and whether the case's expectations held.

use std::io::Write;
use std::time::Instant;

use super::cast::company::{Company, Step};
use super::cast::script::turns;
use super::files::{Folder, Unwritable, requests};
use super::judge::{Evidence, all_held, judge};
use super::play::{Problem, Production, broken};
use super::report::{Report, Sources, report};
use super::seams::{Documents, documents};
use super::transcript::Transcript;
use super::workspace::{Post, RequestRecord};
use crate::app::ports::ReceiptResult;
use crate::pdf::Job;

/// Whether the play came out as the case has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    AsExpected,
    FellShort,
}

/// Writes every file, judges the play and ends the transcript. `intervals` are the counts of requests and posts after
/// each beat.
pub(super) async fn write_down<W: Write>(
    production: &Production,
    company: &Company<'_>,
    intervals: &[(usize, usize)],
    began: Instant,
    folder: &mut Folder,
    transcript: &mut Transcript<'_, W>,
) -> Result<Outcome, Problem> {
    let record = record(company).await?;
    let people = company.case.invitees.iter();
    let mut sources = Sources {
        case_id: &company.case.id,
        content: production.content,
        case: company.known.as_ref(),
        rules: company.rules(),
        setting: company.setting,
        names: people.map(|invitee| (invitee.name.clone(), invitee.key.clone())).collect(),
        steps: &company.steps,
        status: record.documents.status.clone(),
        posts: &[],
        requests: &[],
        channels: &company.workspace.channels(),
        acknowledged: &company.acknowledged,
        took: began.elapsed(),
    };
    let posts = in_order(company.workspace.posts(), intervals.iter().map(|(_, posts)| *posts), |post: &Post| {
        sources.place_of(post)
    });
    let asked = company.workspace.requests();
    let rooms = rooms(company);
    let asked = in_order(asked, intervals.iter().map(|(requests, _)| *requests), |request: &RequestRecord| {
        super::files::lane(&request.path, &rooms)
    });
    (sources.posts, sources.requests) = (&posts, &asked);
    let report = report(&sources);
    let copies: Vec<(String, String)> =
        record.documents.copies.iter().map(|(seat, copy)| (sources.key_of(*seat), copy.clone())).collect();

    let input = |problem: Unwritable| Problem::Input(problem.to_string());
    written(folder, &record, &copies, company.case.wants_family_draft()).map_err(input)?;
    if let Some(pdf) = printed(production, company, &record).await {
        folder.write("minutes.pdf", pdf).map_err(input)?;
    }
    folder.write("http.jsonl", requests(&asked, &rooms)).map_err(input)?;
    let verdicts = judge(company.case, &evidence(production, company, &report, &record.documents, &copies));
    let fell_short = fell_short(company);
    transcript.ending(&verdicts, &fell_short).map_err(broken)?;
    let mut names = folder.written().to_vec();
    names.extend(["transcript.txt".to_owned(), "report.json".to_owned()]);
    // The file ends before the folder is named: it is the same wherever the play was written.
    folder.write("transcript.txt", transcript.text()).map_err(input)?;
    transcript.files(&folder.path().display().to_string(), &names).map_err(broken)?;
    folder.write_json("report.json", &report).map_err(input)?;
    Ok(if all_held(&verdicts) && fell_short.is_empty() { Outcome::AsExpected } else { Outcome::FellShort })
}

/// The record as it is kept and as it is read.
#[derive(Default)]
struct Written {
    documents: Documents,
    journal: Vec<String>,
    /// When the last entry was made, in milliseconds UTC.
    at_ms: i64,
}

async fn record(company: &Company<'_>) -> Result<Written, Problem> {
    let rows = company.store.cases().await.map_err(broken)?;
    let Some(row) = rows.last() else { return Ok(Written::default()) };
    let records = company.store.journal(&row.case, 0).await.map_err(broken)?;
    let head = company.store.head(&row.case).await.map_err(broken)?;
    let journal = company.store.export_jsonl(&row.case).await.map_err(broken)?;
    let documents = documents(&records, &company.rules(), &company.config.wording, &head);
    let at_ms = records.last().map(|record| record.at.timestamp_millis()).unwrap_or_default();
    Ok(Written { documents, journal, at_ms })
}

/// The chair's full record as a PDF. Where it can't be made the other forms stand, and a line of the log says why.
async fn printed(production: &Production, company: &Company<'_>, record: &Written) -> Option<Vec<u8>> {
    let printer = production.printer.as_ref().filter(|_| !record.documents.json.is_empty())?;
    let job = Job {
        template: production.playbook.config.minutes_template.clone(),
        record: record.documents.json.clone(),
        at_ms: record.at_ms,
    };
    let case = company.known.as_ref().map(|case| case.code_name.0.as_str());
    let printed = printer.print(&job).await;
    printed.inspect_err(|error| tracing::error!(case, %error, "no PDF of the minutes")).ok()
}

fn written(
    folder: &mut Folder,
    record: &Written,
    copies: &[(String, String)],
    has_family_draft: bool,
) -> Result<(), Unwritable> {
    let documents = &record.documents;
    folder.write("minutes.md", &documents.markdown)?;
    folder.write("minutes.html", &documents.html)?;
    folder.write("minutes.json", &documents.json)?;
    folder.write("minutes.docx", &documents.docx)?;
    folder.write("minutes.txt", &documents.plain)?;
    folder.write("minutes-common.md", &documents.common)?;
    for (key, copy) in copies {
        folder.write(&format!("minutes-{key}.md"), copy)?;
    }
    for (child, document) in &documents.files {
        folder.write(&format!("child-{child}.md"), document)?;
    }
    if let Some(file) = &documents.further_session {
        folder.write("further-session.ics", file)?;
    }
    if has_family_draft {
        folder.write("minutes-family.md", &documents.family)?;
    }
    let journal: String = record.journal.iter().map(|line| format!("{line}\n")).collect();
    folder.write("journal.jsonl", &journal)
}

fn evidence<'a>(
    production: &'a Production,
    company: &Company<'_>,
    report: &'a Report,
    documents: &'a Documents,
    copies: &'a [(String, String)],
) -> Evidence<'a> {
    let channels = company.workspace.channels().into_iter();
    Evidence {
        report,
        profile: production.profile.as_deref(),
        minutes: &documents.markdown,
        common: &documents.common,
        family: &documents.family,
        copies,
        channels: channels.map(|channel| format!("{} {}", channel.name, channel.topic.unwrap_or_default())).collect(),
    }
}

/// What nobody expected: a person who could not act, an act the case has done and convenor refused, and whatever the
/// platform thought odd.
pub fn fell_short(company: &Company<'_>) -> Vec<String> {
    let is_tried = |step: &Step| {
        let attempts = &company.case.out_of_turn;
        step.does == "share" && attempts.iter().any(|attempt| attempt.by == step.who && attempt.text == step.what)
    };
    let refused = company.steps.iter().filter(|step| step.result == ReceiptResult::Refused && !is_tried(step));
    let refused = refused
        .map(|step| format!("{}, {} \"{}\": refused, {}. {}", step.who, step.does, step.what, step.code, step.text));
    let unheard = turns(company.case).into_iter().filter(|key| company.whose(key).is_none());
    let unheard = unheard.map(|key| format!("{key} has a turn in the case and no seat in the session"));
    let odd = company.workspace.unexpected().into_iter().map(|sentence| format!("the platform: {sentence}"));
    counted(company.unanswered.iter().chain(&company.fell_short).cloned().chain(refused).chain(unheard).chain(odd))
}

/// A sentence that comes again and again is told once, with how often.
fn counted(sentences: impl Iterator<Item = String>) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for sentence in sentences {
        match counted.iter_mut().find(|(known, _)| *known == sentence) {
            Some((_, times)) => *times += 1,
            None => counted.push((sentence, 1)),
        }
    }
    let told = |(sentence, times): (String, usize)| match times {
        1 => sentence,
        times => format!("{sentence} ({times} times)"),
    };
    counted.into_iter().map(told).collect()
}

/// The channel of the case, with its code name.
fn rooms(company: &Company<'_>) -> Vec<(String, String)> {
    let Some(case) = &company.known else { return Vec::new() };
    let channels = company.workspace.channels().into_iter().filter(|channel| channel.name == case.code_name.0);
    channels.map(|channel| (channel.id.to_string(), channel.name)).collect()
}

/// Within one beat, replies and deliveries cross each other as the machine has it; by lane, each is in its own order.
fn in_order<T>(mut items: Vec<T>, ends: impl Iterator<Item = usize>, lane: impl Fn(&T) -> String) -> Vec<T> {
    let mut start = 0;
    for end in ends.map(|end| end.min(items.len())).collect::<Vec<_>>() {
        if start < end {
            items[start..end].sort_by_cached_key(&lane);
            start = end;
        }
    }
    items[start..].sort_by_cached_key(&lane);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_lane_keep_their_order_within_a_beat() {
        let items = vec!["b1", "a1", "b2", "b3", "a2"];
        let sorted = in_order(items, [3, 5].into_iter(), |item: &&str| item[..1].to_owned());
        assert_eq!(sorted, ["a1", "b1", "b2", "a2", "b3"]);
    }
}
