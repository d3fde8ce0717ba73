//! What the procedure asks and the session lacks: marked, listed, asked again, and never a wall.

use serde::{Deserialize, Serialize};

use super::agenda;
use super::agreement::{AGREEMENT, missing as agreement_missing};
use super::attendance::{Absence, InvitationState};
use super::calendar::day_of;
use super::case::Case;
use super::chairing;
use super::challenge::CHALLENGE_INVITED;
use super::deadlines::meeting_still_due;
use super::decision::{ActionEntered, EnquiryMode, Entry};
use super::event::{Held, SessionForm};
use super::facts::Rules;
use super::floor::Whose;
use super::gaps;
use super::ids::{ActionNo, AdultId, ChildId, ContributionId, DraftId, InvitationId, QuestionId, SeatId};
use super::item_zero::{self, ITEM_ZERO, Occasion};
use super::people::AgencyKind;
use super::procedure::{OutcomeField, Procedure};
use super::prompt::{About, Arising, AskedOf, Per, Prompt, arises, missing_fields};
use super::provisional::LEVEL;
use super::readiness;
use super::referral::{Adult, Born, Child, TriggerPoint, TriggerType};
use super::schooling::schools;
use super::session::Session;
use super::stage::Stage;

/// The question whose answer is the reason for going on without quorum (GATE-09).
pub const GOING_ON: &str = "going_on";

/// The rule that partners hear of an assessment's recommendation the same day (REF-07).
pub const NOTICE: &str = "REF-07";
/// The rule that whoever declines supplies information in writing (INV-25).
pub const IN_WRITING: &str = "INV-25";

/// Somebody the procedure proposes, neither invited nor turned down with a reason; `missing` has the proposal's key
/// (INV-09).
pub const FURTHER_INVITEE: &str = "further_invitee";
/// Social care shared something for a partner, and has not said who told them (TURN-14).
pub const SOURCE: &str = "source_not_stated";
/// What the police say a criminal investigation rests on (INFO-20, INFO-22).
const POLICE_BASIS: &str = "police_basis";
/// The level of risk to a child the session is about.
const RISK: &str = "risk";
/// How, by whom and by when health comes to hear of it (INV-26).
const WITHOUT_HEALTH: &str = "urgent_without_health";

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

fn item(id: &str, about: Topic) -> OpenItem {
    OpenItem { id: id.to_owned(), about, missing: Vec::new() }
}

/// Everything open in the session under way, in the order people would deal with it.
pub fn open_items(case: &Case, rules: &Rules<'_>) -> Vec<OpenItem> {
    let Some(session) = case.session() else { return Vec::new() };
    let mut items = Vec::new();
    items.extend(case.referral.gaps().into_iter().map(|gap| item(gap, Topic::Session)));
    items.extend(convening_items(case, session, rules));
    items.extend(meeting_still_due(case, rules).map(|_| item("meeting_due", Topic::Session)));
    items.extend(attendance_items(case, session, rules));
    items.extend(
        readiness::open(case, session, rules)
            .into_iter()
            .map(|proposal| OpenItem { missing: vec![proposal.key.clone()], ..item(FURTHER_INVITEE, Topic::Session) }),
    );
    items.extend(conduct_items(case, session, rules));
    items.extend(family_items(case, rules));
    items.extend(gaps::open(case, session, rules));
    items.extend(prompt_items(case, session, rules));
    items.extend(agency_items(case, session, rules));
    let shared = session.contributions.iter().map(|(contribution, _)| contribution);
    let lacking = shared.filter(|contribution| contribution.lacks_source());
    items.extend(lacking.map(|contribution| item(SOURCE, Topic::Contribution(contribution.id))));
    // What became an action is watched as one.
    let unanswered = session.open_questions().filter(|question| question.action.is_none());
    items.extend(unanswered.map(|question| item("question_unanswered", Topic::Question(question.id))));
    items.extend(section_47_items(session, rules));
    items.extend(outcome_items(session, rules));
    items.extend(case.actions.iter().filter_map(|action| action_item(&action.entered, rules)));
    items.extend(seen_later(case, rules));
    items.extend(session.unconfirmed().map(|draft| item("not_confirmed", Topic::Draft(draft.id))));
    if agenda::is_short(session, rules) {
        items.push(item("agenda", Topic::Session));
    }
    if session.read_back_at.is_none() {
        items.push(item("read_back", Topic::Session));
    }
    items
}

/// Nobody named to stand in for the chair (SES-04); what was not said of the adjournment (SES-01); and the children nobody
/// has answered about since item zero was asked last, where there is an earlier answer (SAFE-04).
fn conduct_items(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    if session.opened_at.is_some() && session.chairing.vice.is_none() {
        items.push(item("vice_chair", Topic::Session));
    }
    let last = session.adjournments.last().filter(|last| last.resumed_at.is_none());
    let missing: Vec<_> = last.map(|last| last.interim.missing()).unwrap_or_default();
    if !missing.is_empty() {
        let missing = missing.into_iter().map(str::to_owned).collect();
        items.push(OpenItem { missing, ..item("adjournment", Topic::Session) });
    }
    let is_insisted_on = rules.procedure.level(ITEM_ZERO).is_mandatory(session.held_late);
    if let Some((asking, children)) = item_zero::unanswered(case, session, rules).filter(|_| is_insisted_on) {
        let earlier = children.into_iter().filter(|child| session.answer(ITEM_ZERO, About::Child(*child)).is_some());
        items.extend(earlier.map(|child| item(asking.open_key(), Topic::Child(child))));
    }
    items
}

/// No date fixed, and after an assessment no word of it to the partners on the day of its recommendation (REF-07).
fn convening_items(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    if session.held_at().is_none() {
        items.push(item("starts_at", Topic::Session));
    }
    let is_asked = case.referral.trigger_point == TriggerPoint::FollowingAssessment
        && rules.procedure.level(NOTICE).is_mandatory(session.held_late);
    let recommended = day_of(case.referral.received_at.unwrap_or(case.registered_at));
    let partners = session.invitations.iter().filter(|state| state.invitation.to.kind() != AgencyKind::SocialCare);
    let is_told = partners.into_iter().any(|state| day_of(state.invited_at) == recommended);
    if is_asked && !is_told {
        items.push(item("assessment_notice", Topic::Session));
    }
    items
}

/// Declined, and nothing sent in writing, where the procedure insists on it (INV-25).
pub fn is_without_information(session: &Session, state: &InvitationState, rules: &Rules<'_>) -> bool {
    let by = state.declined.and_then(|(_, by)| by);
    let has_informed = by.is_some_and(|seat| session.submission(seat).is_some());
    let is_asked = rules.procedure.level(IN_WRITING).is_mandatory(session.held_late);
    is_asked && state.is_declined() && !state.is_withdrawn() && !has_informed
}

fn attendance_items(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    let without = session.invitations.iter().filter(|state| is_without_information(session, state, rules));
    items.extend(without.map(|state| item("declined_without_information", Topic::Invitation(state.invitation.id))));
    if !session.is_quorate() && session.answer(GOING_ON, About::Session).is_none() {
        items.push(item("not_quorate", Topic::Session));
    }
    if !chairing::outside_rule(session).is_empty() {
        items.push(item("chair_not_within_rule", Topic::Session));
    }
    if !chairing::recorder_is_within_rule(case, session, rules.procedure) {
        items.push(item("recorder_not_within_rule", Topic::Session));
    }
    let invited = session.invitations.iter();
    let unsorted = invited.filter(|state| matches!(state.absence, Some((Absence::ReasonOpen, _))));
    items.extend(unsorted.map(|state| item("absence_reason", Topic::Invitation(state.invitation.id))));
    let seats = session.attendance.iter();
    let unsorted = seats.filter(|(_, attendance)| matches!(attendance.absence, Some((Absence::ReasonOpen, _))));
    items.extend(unsorted.map(|(seat, _)| item("absence_reason", Topic::Seat(*seat))));
    let cut_off = session.turns.iter().filter(|turn| turn.began_at.is_some() && turn.ended.is_none());
    let cut_off = cut_off.filter_map(|turn| match turn.turn.whose {
        Whose::Seat(seat) => Some(seat),
        Whose::Invitation(_) => None,
    });
    let unheard = cut_off.chain(session.not_heard.iter().copied());
    items.extend(unheard.map(|seat| item("not_heard", Topic::Seat(seat))));
    items
}

/// Family composition, where the procedure makes it mandatory (INFO-02 to INFO-08).
fn family_items(case: &Case, rules: &Rules<'_>) -> Vec<OpenItem> {
    let asked = |id: &str| rules.procedure.level(id).is_mandatory(false);
    let missing = |child: &Child| {
        let blanks = [
            ("relationship", asked("INFO-02") && child.relationship.is_empty()),
            ("born", asked("INFO-03") && child.born == Born::NotGiven),
            ("address", asked("INFO-04") && child.address.is_empty()),
            ("parental_responsibility", asked("INFO-05") && child.parental_responsibility.is_empty()),
            ("legal_status", asked("INFO-06") && child.legal_status.is_empty()),
        ];
        blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
    };
    let of_an_adult = |adult: &Adult| {
        let blanks = [
            ("relationship", asked("INFO-02") && adult.relationship.is_empty()),
            ("born", asked("INFO-03") && adult.born == Born::NotGiven),
            ("address", asked("INFO-04") && adult.address.is_empty()),
        ];
        blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
    };
    let children = case.children.iter().map(|child| (Topic::Child(child.id), missing(child)));
    let adults = case.adults.iter().map(|adult| (Topic::Adult(adult.id), of_an_adult(adult)));
    children
        .chain(adults)
        .filter(|(_, missing)| !missing.is_empty())
        .map(|(about, missing)| OpenItem { id: "family_composition".to_owned(), about, missing })
        .collect()
}

/// Mandatory prompts without an answer, or with one that lacks a needed field.
fn prompt_items(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    open_prompts(case, session, rules).into_iter().map(|(_, _, item)| item).collect()
}

/// Mandatory questions of stages that are over and not fully answered: those stages are incomplete, and the questions
/// are asked again until the record is issued.
pub fn left_open<'a>(case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let open = open_prompts(case, session, rules).into_iter();
    let over = open.filter(|(prompt, ..)| prompt.stage < session.stage && !is_asked_at(prompt, session.stage));
    over.map(|(prompt, about, _)| (prompt, about)).collect()
}

/// The session goes on without health and the statement the procedure asks for is not given, or not in full (INV-26).
pub fn lacks_statement(case: &Case, rules: &Rules<'_>) -> bool {
    let Some(session) = case.session() else { return false };
    open_prompts(case, session, rules).iter().any(|(prompt, ..)| prompt.key == WITHOUT_HEALTH)
}

fn open_prompts<'a>(case: &Case, session: &Session, rules: &Rules<'a>) -> Vec<(&'a Prompt, About, OpenItem)> {
    let arising = arising(case, session, rules.procedure);
    let of_the_chair = |prompt: &&Prompt| matches!(prompt.asked_of, AskedOf::Chair | AskedOf::Convenor);
    let prompts = rules.catalogue.prompts.iter().filter(of_the_chair);
    let asked = prompts.filter(|prompt| {
        let is_mandatory = rules.procedure.level(&prompt.key).is_mandatory(session.held_late);
        (is_mandatory || prompt.in_full) && arises(prompt, &arising)
    });
    asked
        .flat_map(|prompt| {
            let is_mandatory = rules.procedure.level(&prompt.key).is_mandatory(session.held_late);
            let is_asked = move |about: &About| is_mandatory || session.answer(&prompt.key, *about).is_some();
            let open = move |about| Some((prompt, about, prompt_item(prompt, about, session, rules)?));
            abouts(prompt, case).into_iter().filter(is_asked).filter_map(open)
        })
        .collect()
}

/// Mandatory questions of each agency, about those who came and whose agency has not answered (RISK-04).
fn agency_items(case: &Case, session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let is_asked = |prompt: &&Prompt| {
        let is_mandatory = rules.procedure.level(&prompt.key).is_mandatory(session.held_late);
        prompt.asked_of == AskedOf::EachAgency && is_mandatory
    };
    let agency = |seat: SeatId| case.person(seat).agency.as_str();
    let mut items = Vec::new();
    for prompt in rules.catalogue.prompts.iter().filter(is_asked) {
        let mut seen: Vec<_> = session.answers(&prompt.key).map(|(draft, _)| agency(draft.entered_by)).collect();
        for seat in session.attended() {
            if !seen.contains(&agency(seat)) {
                seen.push(agency(seat));
                items.push(item(&prompt.key, Topic::Seat(seat)));
            }
        }
    }
    items
}

/// The subject children without a level where the procedure insists on one and decisions are under way (RISK-01).
pub fn without_level<'a>(case: &'a Case, session: &Session, procedure: &Procedure) -> Vec<&'a Child> {
    if session.reached < Stage::Deciding || !procedure.level(RISK).is_mandatory(session.held_late) {
        return Vec::new();
    }
    let has_level = |child: &Child| {
        let answer = session.answer(RISK, About::Child(child.id));
        answer.is_some_and(|answer| answer.fields.get(LEVEL).is_some_and(|level| !level.is_empty()))
    };
    case.subjects().filter(|child| !has_level(child)).collect()
}

fn prompt_item(prompt: &Prompt, about: About, session: &Session, rules: &Rules<'_>) -> Option<OpenItem> {
    let missing = match session.answer(&prompt.key, about) {
        // Invited by the chair's own press (DIS-06).
        None if prompt.key == CHALLENGE_INVITED && session.challenge_invited_at().is_some() => return None,
        // Managers agree themselves, or by telephone in an answer.
        _ if prompt.key == AGREEMENT => {
            agreement_missing(session, rules.procedure).into_iter().map(|line| line.role.clone()).collect()
        }
        None => return Some(item(&prompt.key, about.into())),
        Some(answer) => missing_fields(prompt, answer, rules.procedure)
            .into_iter()
            .map(|field| field.key.clone())
            .collect::<Vec<_>>(),
    };
    (!missing.is_empty()).then(|| OpenItem { id: prompt.key.clone(), about: about.into(), missing })
}

/// What one prompt is asked about in this case. What can't apply to a child not yet born is not asked about one, nor
/// at all where every subject is unborn (REF-08).
pub fn abouts(prompt: &Prompt, case: &Case) -> Vec<About> {
    let applies = |child: &Child| !prompt.not_for_unborn || !child.is_unborn();
    let children = |wanted: fn(&Child) -> bool| {
        let asked = case.children.iter().filter(|child| wanted(child) && applies(child));
        asked.map(|child| About::Child(child.id)).collect()
    };
    let mut subjects = case.subjects().peekable();
    match prompt.per {
        Per::Session if subjects.peek().is_some() && !subjects.any(applies) => Vec::new(),
        Per::Session => vec![About::Session],
        Per::SubjectChild => children(|child| child.subject),
        Per::EveryChild => children(|_| true),
        Per::OtherChild => children(|child| !child.subject),
    }
}

/// The conditions of prompts as they hold now.
pub fn arising(case: &Case, session: &Session, procedure: &Procedure) -> Arising {
    let received = case.referral.received_at;
    let not_same_day =
        session.held_at().is_some_and(|held| received.is_none_or(|received| day_of(received) != day_of(held)));
    Arising {
        section_47: session.section_47_is_running(),
        in_hospital: case.referral.urgency.in_hospital,
        injury: case.referral.urgency.injury,
        high_status: case.referral.referrer.high_status,
        not_same_day,
        put_back: not_same_day || session.put_back,
        discussion: session.form == SessionForm::Discussion,
        virtual_meeting: session.form == SessionForm::Meeting && session.held == Held::Virtual,
        accumulation: case.referral.trigger_type != TriggerType::Incident,
        repeated_assessments: case.referral.trigger_type == TriggerType::RepeatedAssessments,
        unborn: case.subjects().any(Child::is_unborn),
        not_quorate: !session.is_quorate(),
        chair_outside_social_care: session
            .chair()
            .is_some_and(|chair| case.person(chair).agency_kind != AgencyKind::SocialCare),
        no_health: session.opened_at.is_some() && !is_here(case, session, AgencyKind::Health),
        school: schools(case, session, &procedure.schooling).school,
        moved: case.referral.urgency.moved,
        criminal_investigation: session
            .contributions
            .iter()
            .any(|(contribution, _)| contribution.fields.get(POLICE_BASIS).is_some_and(|said| !said.is_empty())),
        flagged: case.adults.iter().flat_map(|adult| adult.difficulties.iter().cloned()).collect(),
    }
}

/// Somebody of this kind of agency is or was in the room.
fn is_here(case: &Case, session: &Session, kind: AgencyKind) -> bool {
    session.attended().any(|seat| case.person(seat).agency_kind == kind)
}

fn section_47_items(session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let Some((_, decided)) = session.section_47() else { return vec![item("section_47", Topic::Session)] };
    let running = decided.decision.is_running();
    let mandatory = |id: &str| rules.procedure.level(id).is_mandatory(session.held_late);
    let no_agency = decided.mode == Some(EnquiryMode::Single) && decided.agency.is_empty();
    let blanks = [
        ("rationale", decided.rationale.is_empty()),
        ("mode", running && mandatory("DEC-04") && (decided.mode.is_none() || no_agency)),
        ("how", running && mandatory("DEC-03") && decided.how.is_empty()),
        ("when", running && mandatory("DEC-03") && decided.when.is_empty()),
        ("by_whom", running && mandatory("DEC-03") && decided.by_whom.is_empty()),
    ];
    let missing: Vec<_> = blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect();
    if missing.is_empty() {
        Vec::new()
    } else {
        vec![OpenItem { id: "section_47".to_owned(), about: Topic::Session, missing }]
    }
}

fn outcome_items(session: &Session, rules: &Rules<'_>) -> Vec<OpenItem> {
    let mut items = Vec::new();
    for (draft, chosen) in session.outcomes() {
        let asks = rules.procedure.outcome(&chosen.code).map_or(&[][..], |outcome| &outcome.asks);
        let mut missing: Vec<_> =
            asks.iter().filter(|field| chosen.lacks(**field)).map(|field| field.key().to_owned()).collect();
        if chosen.rationale.is_empty() {
            missing.insert(0, "rationale".to_owned());
        }
        if !missing.is_empty() {
            items.push(OpenItem { id: "outcome".to_owned(), about: Topic::Draft(draft.id), missing });
        }
    }
    if session.outcomes().next().is_none() {
        items.push(item("outcomes", Topic::Session));
    }
    items
}

impl super::decision::OutcomeChosen {
    fn lacks(&self, field: OutcomeField) -> bool {
        match field {
            OutcomeField::Mode => self.mode.is_none(),
            OutcomeField::Who => self.who.is_empty(),
            OutcomeField::Agency => self.agency.is_empty(),
            OutcomeField::At => self.at.is_none(),
            OutcomeField::Description => self.description.is_empty(),
        }
    }
}

impl OutcomeField {
    /// The field's key in forms and wording.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Who => "who",
            Self::Agency => "agency",
            Self::At => "at",
            Self::Description => "description",
        }
    }
}

/// The parts an action lacks (ACT-01, ACT-03, ACT-04).
pub fn missing_parts(action: &ActionEntered, rules: &Rules<'_>) -> Vec<String> {
    let mandatory = |id: &str| rules.procedure.level(id).is_mandatory(false);
    let blanks = [
        ("what", action.what.is_empty()),
        ("owner", action.owner.is_none()),
        ("due", action.due.is_none()),
        ("place", mandatory("ACT-03") && action.place.is_empty()),
        ("how", mandatory("ACT-03") && action.how.is_empty()),
        ("measure", mandatory("ACT-04") && action.measure.is_empty()),
        ("purpose", mandatory("ACT-05") && action.purpose.is_empty()),
        ("contingency", mandatory("ACT-06") && action.contingency.is_empty()),
    ];
    blanks.into_iter().filter(|(_, blank)| *blank).map(|(key, _)| key.to_owned()).collect()
}

fn action_item(action: &ActionEntered, rules: &Rules<'_>) -> Option<OpenItem> {
    let missing = missing_parts(action, rules);
    (!missing.is_empty()).then(|| OpenItem { id: "action".to_owned(), about: Topic::Action(action.no), missing })
}

/// Seeing a child put off beyond the procedure's time, without a reason (TIM-11).
fn seen_later(case: &Case, rules: &Rules<'_>) -> impl Iterator<Item = OpenItem> {
    let is_mandatory = rules.procedure.level("TIM-11").is_mandatory(false);
    let later = case.actions.iter().filter(move |action| {
        let first = action.first_due.filter(|_| action.entered.sees.is_some() && is_mandatory);
        let put_off = action.changes.iter().rev().find(|change| change.due.is_some());
        let put_off = put_off.filter(|change| change.due > first && first.is_some());
        put_off.is_some_and(|change| change.reason.is_empty())
    });
    later.map(|action| item("child_seen_later", Topic::Action(action.entered.no)))
}

/// The prompts that belong to a stage and arise now, whatever their level, with what each is about.
pub fn prompts_at<'a>(stage: Stage, case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let arising = arising(case, session, rules.procedure);
    let prompts = rules.catalogue.prompts.iter();
    let prompts = prompts.filter(|prompt| is_asked_at(prompt, stage) && arises(prompt, &arising));
    let asked = prompts.filter(|prompt| rules.procedure.level(&prompt.key).is_asked());
    asked.flat_map(|prompt| abouts(prompt, case).into_iter().map(move |about| (prompt, about))).collect()
}

/// What is still to be asked of chair and convenor: the unanswered questions of this stage and of convening
/// while people gather.
pub fn still_asked<'a>(case: &Case, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let Some(session) = case.session() else { return Vec::new() };
    let to_answer = item_zero::unanswered(case, session, rules).map(|(_, children)| children).unwrap_or_default();
    let is_answered = |prompt: &Prompt, about: About| match prompt.key.as_str() {
        AGREEMENT => agreement_missing(session, rules.procedure).is_empty(),
        CHALLENGE_INVITED => session.challenge_invited_at().is_some(),
        ITEM_ZERO => !to_answer.iter().any(|child| About::Child(*child) == about),
        key => session.answer(key, about).is_some(),
    };
    let asked = prompts_at(session.stage, case, rules).into_iter().filter(|(prompt, about)| {
        matches!(prompt.asked_of, AskedOf::Chair | AskedOf::Convenor) && !is_answered(prompt, *about)
    });
    let asked: Vec<_> = asked.collect();
    asked.into_iter().chain(safety_asked_again(case, session, rules)).collect()
}

/// Item zero at an adjournment or at the close, about the children who were answered about before and not since.
fn safety_asked_again<'a>(case: &Case, session: &Session, rules: &Rules<'a>) -> Vec<(&'a Prompt, About)> {
    let again = item_zero::unanswered(case, session, rules).filter(|(asking, _)| asking.occasion != Occasion::Opening);
    let again = item_zero::prompt(rules).zip(again).filter(|(prompt, _)| prompt.stage != session.stage);
    let Some((prompt, (_, children))) = again else { return Vec::new() };
    let about = children.into_iter().map(About::Child);
    about.filter(|about| session.answer(ITEM_ZERO, *about).is_some()).map(|about| (prompt, about)).collect()
}

/// A session gathers as soon as it is convened, so what is asked at convening is asked then.
fn is_asked_at(prompt: &Prompt, stage: Stage) -> bool {
    prompt.stage == stage || (prompt.stage == Stage::Convened && stage == Stage::Gathering)
}

/// Whether a standing entry is an answer to this prompt about this thing.
pub fn is_answer(entry: &Entry, prompt: &str, about: About) -> bool {
    matches!(entry, Entry::Answer(answer) if answer.prompt == prompt && answer.about == about)
}
