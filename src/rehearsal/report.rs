//! `report.json`: what a play came to, for other programs. Fields may be added; none is renamed or removed.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::cast::company::Step;
use super::cast::setting::Setting;
use super::workspace::{Post, PostKind, RequestRecord, SeenChannel};
use crate::app::ports::ReceiptResult;
use crate::config::Content;
use crate::domain::calendar::iso_with_offset;
use crate::domain::case::Case;
use crate::domain::deadlines::{DeadlineKind, deadline};
use crate::domain::facts::Rules;
use crate::domain::floor::Mode;
use crate::domain::ids::SeatId;
use crate::domain::open_items::{OpenItem, Topic};
use crate::domain::session::Session;

#[derive(Debug, Serialize)]
pub struct Report {
    pub case: String,
    pub procedure: String,
    pub content: Content,
    pub steps: Vec<StepLine>,
    pub deadlines: Deadlines,
    pub quorum: Quorum,
    pub chair_allowed: bool,
    pub held_late: bool,
    pub status: Vec<String>,
    pub open_items: Vec<OpenLine>,
    pub refused: Vec<RefusedLine>,
    pub posts: Vec<PostLine>,
    pub recipients: Vec<String>,
    pub circulation: Vec<CirculationLine>,
    pub actions: Vec<ActionLine>,
    pub contributors: Vec<ContributorLine>,
    pub acknowledgement_ms: Acknowledgement,
    pub requests: BTreeMap<String, usize>,
    pub requests_total: usize,
    pub milliseconds: u128,
}

#[derive(Debug, Serialize)]
pub struct StepLine {
    pub who: String,
    pub does: &'static str,
    pub result: &'static str,
    pub code: String,
    pub text: String,
    pub at: String,
}

/// To the second and with offset, or nothing where the procedure sets none.
#[derive(Debug, Default, Serialize)]
pub struct Deadlines {
    pub hold_by: Option<String>,
    pub meeting_by: Option<String>,
    pub circulation_due: Option<String>,
    pub child_seen_due: Option<String>,
    pub conference_by: Option<String>,
    pub assessment_by: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub struct Quorum {
    pub met: bool,
    pub missing: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct OpenLine {
    pub id: String,
    pub reason: String,
    pub about: Option<String>,
    pub missing: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct RefusedLine {
    pub who: String,
    pub does: &'static str,
    pub code: String,
}

#[derive(Debug, Serialize)]
pub struct PostLine {
    #[serde(rename = "where")]
    pub place: String,
    pub ephemeral: bool,
    pub private_to: Option<String>,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct CirculationLine {
    pub to: String,
    pub at: String,
    pub version: u16,
    pub on_time: bool,
}

#[derive(Debug, Serialize)]
pub struct ActionLine {
    pub n: u16,
    pub what: String,
    pub who: Option<String>,
    pub due: Option<String>,
    pub status: &'static str,
}

#[derive(Debug, Serialize)]
pub struct ContributorLine {
    pub who: String,
    pub mode: &'static str,
    pub on_behalf_of: Option<String>,
    /// Whether the person whose information it is was in the room.
    pub present: bool,
}

#[derive(Debug, Default, Serialize)]
pub struct Acknowledgement {
    pub p50: f64,
    pub p99: f64,
    pub n: usize,
}

/// Everything a report is made from.
pub struct Sources<'a> {
    pub case_id: &'a str,
    pub content: Content,
    pub case: Option<&'a Case>,
    pub rules: Rules<'a>,
    pub setting: &'a Setting,
    /// The case's people by name, with their keys: guests and those who never came have no account to be known by.
    pub names: Vec<(String, String)>,
    pub steps: &'a [Step],
    pub status: Vec<String>,
    pub posts: &'a [Post],
    pub requests: &'a [RequestRecord],
    pub channels: &'a [SeenChannel],
    pub acknowledged: &'a [Duration],
    pub took: Duration,
}

/// Puts a report together.
pub fn report(sources: &Sources<'_>) -> Report {
    let session = sources.case.and_then(Case::session);
    let mut routes = BTreeMap::new();
    for request in sources.requests {
        *routes.entry(format!("{} {}", request.method, request.route)).or_insert(0) += 1;
    }
    Report {
        case: sources.case_id.to_owned(),
        procedure: sources.rules.procedure.slug.clone(),
        content: sources.content,
        steps: sources.steps.iter().map(step).collect(),
        deadlines: deadlines(sources),
        quorum: session.map(quorum).unwrap_or_default(),
        chair_allowed: session.is_some_and(|session| session.chair_allowed),
        held_late: session.is_some_and(|session| session.held_late),
        status: sources.status.clone(),
        open_items: session.map(open_items).unwrap_or_default(),
        refused: sources.steps.iter().filter(|step| step.result == ReceiptResult::Refused).map(refused).collect(),
        posts: sources.posts.iter().map(|post| sources.post(post)).collect(),
        recipients: session.map(|session| sources.recipients(session)).unwrap_or_default(),
        circulation: session.map(|session| sources.circulation(session)).unwrap_or_default(),
        actions: sources.case.map(|case| sources.actions(case)).unwrap_or_default(),
        contributors: session.map(|session| sources.contributors(session)).unwrap_or_default(),
        acknowledgement_ms: acknowledgement(sources.acknowledged),
        requests: routes,
        requests_total: sources.requests.len(),
        milliseconds: sources.took.as_millis(),
    }
}

fn step(step: &Step) -> StepLine {
    StepLine {
        who: step.who.clone(),
        does: step.does,
        result: step.result.word(),
        code: step.code.clone(),
        text: step.text.clone(),
        at: iso_with_offset(step.at),
    }
}

fn refused(step: &Step) -> RefusedLine {
    RefusedLine { who: step.who.clone(), does: step.does, code: step.code.clone() }
}

fn deadlines(sources: &Sources<'_>) -> Deadlines {
    let Some(case) = sources.case else { return Deadlines::default() };
    let written = |kind| deadline(kind, case, &sources.rules).map(|deadline| iso_with_offset(deadline.due.at));
    Deadlines {
        hold_by: written(DeadlineKind::HoldBy),
        meeting_by: written(DeadlineKind::MeetingBy),
        circulation_due: written(DeadlineKind::Circulation),
        child_seen_due: written(DeadlineKind::ChildSeen),
        conference_by: written(DeadlineKind::Conference),
        assessment_by: written(DeadlineKind::Assessment),
    }
}

/// As stated last; missing roles as people write them.
fn quorum(session: &Session) -> Quorum {
    let missing = session.quorum.iter().filter(|line| !line.met).map(|line| line.role.replace('_', " "));
    Quorum { met: session.is_quorate(), missing: missing.collect() }
}

fn open_items(session: &Session) -> Vec<OpenLine> {
    let reason = session.close_reason.as_ref().map(|reason| reason.words().to_owned()).unwrap_or_default();
    let line = |item: &OpenItem| OpenLine {
        id: item.id.clone(),
        reason: reason.clone(),
        about: about(item.about),
        missing: item.missing.clone(),
    };
    session.closed_over.iter().map(line).collect()
}

fn about(topic: Topic) -> Option<String> {
    match topic {
        Topic::Session => None,
        Topic::Child(id) => Some(format!("c{id}")),
        Topic::Adult(id) => Some(format!("a{id}")),
        Topic::Seat(id) => Some(format!("s{id}")),
        Topic::Invitation(id) => Some(format!("i{id}")),
        Topic::Question(id) => Some(format!("question {id}")),
        Topic::Action(id) => Some(format!("action {id}")),
        Topic::Contribution(id) => Some(format!("contribution {id}")),
        Topic::Draft(id) => Some(format!("draft {id}")),
    }
}

/// Half of all were faster than `p50`; one in a hundred was slower than `p99`.
fn acknowledgement(acknowledged: &[Duration]) -> Acknowledgement {
    let mut sorted: Vec<f64> = acknowledged.iter().map(|took| took.as_secs_f64() * 1_000.0).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(place).map_or(0.0, |ms| (ms * 1_000.0).round() / 1_000.0)
    };
    Acknowledgement { p50: at(50), p99: at(99), n: sorted.len() }
}

impl Sources<'_> {
    /// The case file's own key for a seat; a person's name where the file has none.
    pub fn key_of(&self, seat: SeatId) -> String {
        let Some(person) = self.case.and_then(|case| case.seat(seat)).map(|seat| &seat.person) else {
            return seat.to_string();
        };
        let account = person.account.and_then(|account| self.setting.key_of(account.0.into()));
        account.map_or_else(|| self.key_of_name(&person.name), str::to_owned)
    }

    fn key_of_name(&self, name: &str) -> String {
        let known = self.names.iter().find(|(known, _)| known == name);
        known.map_or(name, |(_, key)| key).to_owned()
    }

    /// Where a post stands, by what the place is to the case.
    pub fn place_of(&self, post: &Post) -> String {
        let key = post.private_to.and_then(|account| self.setting.key_of(account));
        if post.kind == PostKind::Direct {
            return key.map_or_else(|| "other".to_owned(), |key| format!("direct/{key}"));
        }
        if let Some((agency, _)) = self.setting.duty.iter().find(|(_, channel)| **channel == post.channel) {
            return format!("duty/{agency}");
        }
        let code_name = self.case.map(|case| case.code_name.0.as_str());
        let channel = self.channels.iter().find(|channel| channel.id == post.channel);
        let is_case = channel.is_some_and(|channel| Some(channel.name.as_str()) == code_name);
        if is_case { "case" } else { "other" }.to_owned()
    }

    fn post(&self, post: &Post) -> PostLine {
        PostLine {
            place: self.place_of(post),
            ephemeral: post.ephemeral,
            private_to: post.private_to.and_then(|account| self.setting.key_of(account)).map(str::to_owned),
            text: post.text.clone(),
        }
    }

    fn recipients(&self, session: &Session) -> Vec<String> {
        session.circulation.iter().map(|(recipient, ..)| self.key_of(recipient.seat)).collect()
    }

    fn circulation(&self, session: &Session) -> Vec<CirculationLine> {
        let due = self.case.and_then(|case| deadline(DeadlineKind::Circulation, case, &self.rules));
        let lines = session.circulation.iter().map(|(recipient, at, version)| CirculationLine {
            to: self.key_of(recipient.seat),
            at: iso_with_offset(*at),
            version: *version,
            on_time: due.as_ref().is_none_or(|due| *at <= due.due.at),
        });
        lines.collect()
    }

    fn actions(&self, case: &Case) -> Vec<ActionLine> {
        let line = |action: &crate::domain::decision::Action| ActionLine {
            n: action.entered.no.0,
            what: action.entered.what.words().to_owned(),
            who: action.entered.owner.map(|seat| self.key_of(seat)),
            due: action.entered.due.map(iso_with_offset),
            status: action.status.code(),
        };
        case.actions.iter().map(line).collect()
    }

    /// Whose information it is, each person once for each way it came in.
    fn contributors(&self, session: &Session) -> Vec<ContributorLine> {
        let mut lines: Vec<ContributorLine> = Vec::new();
        for (contribution, _) in &session.contributions {
            let attendance = session.attendance.get(&contribution.seat);
            let source = contribution.on_behalf_of.as_ref();
            let line = ContributorLine {
                who: self.key_of(contribution.seat),
                mode: contribution.mode.code(),
                on_behalf_of: source.map(|source| self.key_of_name(source.name.words())),
                present: contribution.mode != Mode::Relayed
                    && attendance.is_some_and(crate::domain::attendance::Attendance::attended),
            };
            let same = |known: &ContributorLine| {
                (&known.who, known.mode, &known.on_behalf_of) == (&line.who, line.mode, &line.on_behalf_of)
            };
            if !lines.iter().any(same) {
                lines.push(line);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_what_was_measured() {
        let measured: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        let found = acknowledgement(&measured);
        assert_eq!((found.p50, found.p99, found.n), (100.0, 198.0, 200));
        assert_eq!(acknowledgement(&[]).n, 0);
    }
}
