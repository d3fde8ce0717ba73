//! What the procedure asks and the session lacks: marked, listed, asked again, and never a wall.
//!
//! Each subject has its file, and [`open_items`] puts them in the order people would deal with them. To add an item:
//! its function in the file of its subject, its place here, and its sentence under `open` in `wording.toml`.

mod actions;
mod asked;
mod attendance;
mod decisions;
mod family;
mod questions;

use serde::{Deserialize, Serialize};

use super::agenda;
use super::alert::Alert;
use super::case::Case;
use super::crossing::{CrossingIs, CrossingState};
use super::deadlines::meeting_still_due;
use super::facts::Rules;
use super::gaps;
use super::gist::{awaits_its_speaker, position_awaits};
use super::ids::{ActionNo, AdultId, ChildId, ContributionId, DraftId, InvitationId, QuestionId, SeatId};
use super::prompt::About;
use super::readiness;
use super::under_review;

pub use actions::{missing_parts, recommended_parts, waits};
pub use asked::{abouts, arising, records_criminal_investigation};
pub use attendance::{GOING_ON, NOTICE, is_without_information};
pub use decisions::RISK;
pub use decisions::without_level;
pub use questions::{carried_over, is_answer, lacks_statement, left_open, prompts_at, still_asked, to_answer_of};

/// Somebody the procedure proposes, neither invited nor turned down with a reason; `missing` has the proposal's key
/// (INV-09).
pub const FURTHER_INVITEE: &str = "further_invitee";
/// The rule that each question left for the enquiry is somebody's, with a date.
const ALLOCATED: &str = "ACT-12";
/// Social care shared something for a partner, and has not said who told them (TURN-14).
pub const SOURCE: &str = "source_not_stated";

/// Something still open. Its id is a prompt's key, or a key of `wording.toml` under `open`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpenItem {
    pub id: String,
    pub about: Topic,
    /// Field keys that are blank, where some of the answer is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// What an open item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Session,
    Child(ChildId),
    Adult(AdultId),
    Seat(SeatId),
    Invitation(InvitationId),
    Contribution(ContributionId),
    Question(QuestionId),
    Action(ActionNo),
    Draft(DraftId),
}

impl From<About> for Topic {
    fn from(about: About) -> Self {
        match about {
            About::Session => Self::Session,
            About::Child(child) => Self::Child(child),
        }
    }
}

pub(super) fn item(id: &str, about: Topic) -> OpenItem {
    OpenItem { id: id.to_owned(), about, missing: Vec::new() }
}

/// Everything open in the session under way, in the order people would deal with it.
pub fn open_items(case: &Case, rules: &Rules<'_>) -> Vec<OpenItem> {
    let Some(session) = case.session() else { return Vec::new() };
    let mut items = Vec::new();
    items.extend(case.referral.gaps().into_iter().map(|gap| item(gap, Topic::Session)));
    items.extend(attendance::convening(case, session, rules));
    items.extend(meeting_still_due(case, rules).map(|_| item("meeting_due", Topic::Session)));
    items.extend(attendance::coming(case, session, rules));
    items.extend(
        readiness::open(case, session, rules)
            .into_iter()
            .map(|proposal| OpenItem { missing: vec![proposal.key.clone()], ..item(FURTHER_INVITEE, Topic::Session) }),
    );
    items.extend(attendance::conduct(case, session, rules));
    items.extend(attendance::without_views(case, session, rules));
    items.extend(family::composition(case, rules));
    items.extend(gaps::open(case, session, rules));
    items.extend(questions::unanswered(case, session, rules));
    items.extend(questions::of_agencies(case, session, rules));
    items.extend(questions::of_leaders(case, session, rules));
    let shared = session.contributions.iter().map(|(contribution, _)| contribution);
    let lacking = shared.filter(|contribution| contribution.lacks_source());
    items.extend(lacking.map(|contribution| item(SOURCE, Topic::Contribution(contribution.id))));
    let shared = session.contributions.iter().map(|(contribution, _)| contribution);
    let unconfirmed = shared.filter(|contribution| awaits_its_speaker(case, session, contribution));
    items.extend(unconfirmed.map(|contribution| item("gist_not_confirmed", Topic::Contribution(contribution.id))));
    let positions = session.positions.iter().map(|(position, _)| position);
    let unconfirmed = positions.filter(|position| position_awaits(case, session, position));
    items.extend(unconfirmed.map(|position| item("position_not_confirmed", Topic::Seat(position.seat))));
    // What became an action is watched as one. Where the procedure doesn't insist, the chair is shown what nobody has
    // answered before decisions, and that is all (ACT-12, TURN-13).
    let is_allocated = rules.procedure.level(ALLOCATED).is_mandatory(session.held_late);
    let unanswered = session.open_questions().filter(|question| is_allocated && question.action.is_none());
    items.extend(unanswered.map(|question| item("question_unanswered", Topic::Question(question.id))));
    items.extend(decisions::section_47(session, rules));
    items.extend(decisions::outcomes(case, session, rules));
    let asked = case.actions.iter().filter(|action| !actions::waits(&action.entered, session));
    items.extend(asked.filter_map(|action| actions::lacking(action, rules)));
    if case.alerts_of(session).any(Alert::is_waiting) {
        items.push(item("danger", Topic::Session));
    }
    let is_wrong = |state: &CrossingState| state.is == CrossingIs::Wrong && state.crossing.session == Some(session.no);
    if case.crossings.iter().any(is_wrong) {
        items.push(item("wrong_case", Topic::Session));
    }
    let is_insisted_on = rules.procedure.level(under_review::REVIEW_RULE).is_mandatory(session.held_late);
    if is_insisted_on && under_review::unanswered(case).is_some() {
        items.push(item("immediate_review", Topic::Session));
    }
    items.extend(actions::seen_later(case, rules));
    items.extend(actions::left_behind(case));
    items.extend(session.unconfirmed().map(|draft| item("not_confirmed", Topic::Draft(draft.id))));
    items.extend(actions::of_the_plan(case, session, rules));
    if agenda::is_short(session, rules) {
        items.push(item("agenda", Topic::Session));
    }
    if session.read_back_at.is_none() {
        items.push(item("read_back", Topic::Session));
    }
    items
}
