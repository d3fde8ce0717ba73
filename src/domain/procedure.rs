//! A local procedure as data: everything in which one authority differs from the next.
//!
//! Read from `bot-config/procedures/<slug>.toml`. No procedure's name appears in code, and a rule that
//! differs between procedures is a field here, never an `if` elsewhere.

mod clocks;
mod disagreement;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decision::Section47Decision;
use super::people::{AgencyContact, AgencyKind, Person};
use super::proposal::Proposal;
use super::purpose::Purpose;
use super::schooling::Schooling;

pub use clocks::{Circulation, Deadlines, HoldBy, Rule, Waits, Within};
pub use disagreement::{Contact, Disagreement, DisagreementStage};

/// One authority's rules for a strategy discussion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// The file's own name, without `.toml`.
    pub slug: String,
    /// Where the rules come from, and as at when (REF-19).
    pub name: String,
    pub as_at: String,
    /// The title the minutes may bear once earned (MIN-01).
    pub record_title: String,
    /// What the title asks beside an opened session; without it every opened session has earned it.
    #[serde(default)]
    pub title_needs: Option<TitleNeeds>,
    /// What each form of session is called (REF-09).
    pub labels: Labels,
    /// Who may convene (INV-01).
    pub convenor: Vec<Match>,
    /// Who may chair without a mark (INV-27, INV-28).
    pub chair: Vec<Match>,
    /// That rule as people are told it.
    #[serde(default)]
    pub chair_rule: String,
    /// Who may record (GATE-14).
    pub recorder: Vec<Match>,
    /// Who is told of a breach and of a request nobody answered, reference only (TIM-23, REF-02).
    #[serde(default)]
    pub manager: Vec<Match>,
    /// An agency's own managers, who are told what still stands under the name of somebody of theirs who left (SES-17).
    #[serde(default)]
    pub agency_managers: Vec<Match>,
    /// Who holds cases out of hours, and reads what is handed over to them (SES-03).
    #[serde(default)]
    pub out_of_hours: Vec<Match>,
    /// How a partner asks for a discussion (REF-02).
    #[serde(default)]
    pub request: Requesting,
    pub deadlines: Deadlines,
    /// Who has to be there (INV-02), by form.
    pub minimum: Minimum,
    /// At which ages a child has a school, and who is asked where there is none (INV-06).
    #[serde(default)]
    pub schooling: Schooling,
    /// What an adult can be flagged with; each brings up the proposal that names it (INV-10).
    #[serde(default)]
    pub difficulties: Vec<Choice>,
    /// Whom to think of besides, each to be invited or given a reason (INV-09).
    #[serde(default)]
    pub proposals: Vec<Proposal>,
    /// Who has to agree that a discussion is held first (REF-10); a line's role is also the field that takes an
    /// agreement given by telephone.
    #[serde(default)]
    pub agreement: Vec<Required>,
    /// What speaks for a strategy meeting after a discussion (REF-12, REF-13).
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    pub recipients: Recipients,
    /// The levels of risk, lowest first (RISK-10).
    pub risk_scale: Vec<Choice>,
    /// The outcomes offered after the section 47 decision (DEC-06).
    pub outcomes: Vec<Outcome>,
    /// Codes other procedures use for an outcome, and what they are called here.
    #[serde(default)]
    pub outcome_aliases: BTreeMap<String, String>,
    /// The level of each prompt or rule by its key; one not listed is `on`.
    pub levels: BTreeMap<String, Level>,
    /// Fields that are needed here and not everywhere, by their prompt's key.
    #[serde(default)]
    pub needed: BTreeMap<String, Vec<String>>,
    /// Questions in this procedure's own terms, by their keys (ACT-09).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<String, Terms>,
    /// The agenda in its order, each item held at a stage (GATE-13).
    pub agenda: Vec<AgendaItem>,
    /// The minutes' sections in their order (MIN-01).
    pub minutes: Vec<MinutesSection>,
    /// The chair's script (GATE-11): four headings and their text.
    pub script: Vec<Passage>,
    /// The etiquette of taking turns (TURN-01, TURN-02).
    pub etiquette: Vec<String>,
    /// What an invitee is asked to prepare (INV-20).
    pub prepare: Vec<String>,
    /// The default order of sharing, by kind of agency; kinds not listed come last (G-06).
    pub sharing_order: Vec<AgencyKind>,
    /// What becomes of an ordinary message typed in a case's channel while another has the floor (TURN-05).
    #[serde(default)]
    pub typed_messages: TypedMessages,
    /// Reference links shown in help (REF-18).
    pub links: Vec<Link>,
    /// The statute the script cites and the edition of the guidance (MIN-09).
    pub legal_framework: String,
    pub case_system: String,
    /// The boxes of the form the record is pasted into there, in their order (MIN-20).
    #[serde(default)]
    pub case_form: Vec<FormBox>,
    pub assessment_term: String,
    /// The action that starts or updates the assessment once section 47 is initiated (DEC-16).
    #[serde(default)]
    pub assessment_action: Option<AssessmentAction>,
    /// What a session is for, and the words that bring a reminder of it before section 47 is decided (DEC-17, DEC-18).
    #[serde(default)]
    pub purpose: Option<Purpose>,
    pub disagreement: Disagreement,
    /// Whom an alert of danger is sent to besides the people of the case (SAFE-02).
    pub emergency_contact: String,
    /// The role it is sent to; where nobody enrolled holds it, the duty channels of social care get it.
    #[serde(default)]
    pub emergency: Vec<Match>,
    pub waits: Waits,
    /// What is to be found out at once (INFO-01, INFO-08).
    #[serde(default)]
    pub find_out: super::finding_out::FindOut,
    /// What makes an action too vague to be seen done (ACT-04).
    #[serde(default)]
    pub smart: super::smart::Smart,
    /// The steps that can be taken where nobody answers an invitation (INV-17, INV-32).
    #[serde(default)]
    pub silence: Vec<SilenceStep>,
    /// Who may look at records from outside, and how (AUD-01 to AUD-15).
    #[serde(default)]
    pub audit: super::audit::Auditing,
}

/// What a question is called in a procedure, and how it is asked there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub title: String,
    pub question: String,
}

/// What becomes of an ordinary message by somebody whose rights let them type; it is in no record either way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypedMessages {
    #[default]
    Left,
    /// Taken out, and its author told how to say it.
    Removed,
}

/// A rule's force in a procedure. Nothing blocks: an unanswered mandatory prompt is an open item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Open until answered or covered by a reason.
    Mandatory,
    /// Mandatory once the session is late, prompted until then (TIM-07).
    MandatoryWhenLate,
    /// Asked, may be skipped.
    Prompted,
    /// Works and prints, without being asked as a question.
    On,
    /// Never asked, still recordable and printed.
    Off,
    /// Does not exist here.
    Absent,
}

/// When the record may bear its title, and what it is called until then (GATE-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleNeeds {
    /// Lines of the minimum that have to be met; one that the form of session doesn't have is passed over.
    pub roles: Vec<String>,
    /// Whether the chair has to be within the rule.
    #[serde(default)]
    pub chair_within_rule: bool,
    pub otherwise: String,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    pub meeting: String,
    pub discussion: String,
}

/// A kind of agency, and within it the role codes and the ranks that count; none listed means any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    pub agency_kind: AgencyKind,
    #[serde(default)]
    pub roles: Vec<String>,
    /// As enrolled, capitals aside: `Detective Sergeant` (REF-10, INV-04).
    #[serde(default)]
    pub ranks: Vec<String>,
}

/// Whether a person is within a procedure's rule for a part.
pub fn fits(person: &Person, rule: &[Match]) -> bool {
    rule.iter().any(|line| line.covers(person.agency_kind, &person.role_code, person.rank.as_deref()))
}

/// How a partner asks for a discussion; the wait for the answer is among the [`Waits`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requesting {
    /// The way a request takes, as people are told it.
    pub pathway: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// Each role below needs a person of its own (INV-05).
    #[serde(default)]
    pub distinct: bool,
    pub meeting: Vec<Required>,
    pub discussion: Vec<Required>,
}

impl Minimum {
    /// The list for a form of session.
    pub fn of(&self, form: super::event::SessionForm) -> &[Required] {
        match form {
            super::event::SessionForm::Meeting => &self.meeting,
            super::event::SessionForm::Discussion => &self.discussion,
        }
    }
}

/// One line of the minimum attendance list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// The key reported when it is missing: `team_manager`.
    pub role: String,
    /// How people say it: "team manager".
    pub label: String,
    pub any_of: Vec<Match>,
    #[serde(default)]
    pub when: When,
    /// Who, once asked, meets a line for the school while it is closed; shown as a gap (INV-06).
    #[serde(default)]
    pub when_closed: Vec<Match>,
    /// Information sent in writing meets it as presence does (INV-03).
    #[serde(default)]
    pub information_suffices: bool,
    pub source: String,
}

/// When a line of the minimum applies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    #[default]
    Always,
    /// Any subject child has a school (INV-06).
    SchoolAgeSubject,
    /// Any subject child of school age has none.
    HomeEducatedSubject,
}

/// Who gets the minutes (MIN-15 to MIN-18). People stood down, never confirmed or in the wrong room
/// never do unless the chair adds them with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipients {
    /// Those who are recipients by right.
    pub groups: Vec<RecipientGroup>,
    /// What the owner of an action who took no part gets (MIN-30).
    pub action_owner_copy: OwnerCopy,
    pub source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientGroup {
    Present,
    Contributed,
    InvitedStatutory,
    Invited,
    ActionOwners,
}

impl RecipientGroup {
    /// As procedures write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Contributed => "contributed",
            Self::InvitedStatutory => "invited_statutory",
            Self::Invited => "invited",
            Self::ActionOwners => "action_owners",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerCopy {
    FullAsked,
    Extract,
}

impl OwnerCopy {
    /// As procedures write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::FullAsked => "full_asked",
            Self::Extract => "extract",
        }
    }
}

/// A code and how people say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub code: String,
    pub label: String,
}

/// Something that speaks for a strategy meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub code: String,
    pub label: String,
    /// The procedure to follow beside this one, shown once it is chosen.
    #[serde(default)]
    pub linked: Option<String>,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub code: String,
    pub label: String,
    /// The rule it carries out, whose level says whether it is offered; without one it is.
    #[serde(default)]
    pub rule: Option<String>,
    /// What is asked beside the rationale.
    #[serde(default)]
    pub asks: Vec<OutcomeField>,
    /// What a part that is asked is called here: "The employer or body" rather than "Who".
    #[serde(default)]
    pub labels: BTreeMap<OutcomeField, String>,
    /// What it says of section 47, where it says something (DEC-13, DEC-14).
    #[serde(default)]
    pub decides: Option<Section47Decision>,
    /// It does not go with these decisions about the same child: that is saved, marked, and the reason asked (DEC-13,
    /// DEC-14).
    #[serde(default)]
    pub contradicts: Vec<Section47Decision>,
    /// It becomes this action, with the agency it names (DEC-11).
    #[serde(default)]
    pub action: Option<String>,
    /// The next session of the case is planned by it (DEC-10).
    #[serde(default)]
    pub plans_session: bool,
    /// It starts a criminal investigation, which the police lead (INFO-22).
    #[serde(default)]
    pub criminal_investigation: bool,
    pub source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeField {
    /// Single or joint agency (DEC-04).
    Mode,
    /// Who leads, or which officer, employer, body or service.
    Who,
    /// Which agency (DEC-11).
    Agency,
    /// When, or by when at the latest (DEC-10).
    At,
    /// What it is (DEC-12).
    Description,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    pub title: String,
    pub stage: super::stage::Stage,
    /// The sections of the record whose questions it takes; those of no item belong to the last of their stage.
    #[serde(default)]
    pub covers: Vec<String>,
    pub source: String,
}

/// A section of the minutes: which part of the record it prints, and under what heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinutesSection {
    /// The key the compiler knows, or the `section` key of catalogue prompts.
    pub key: String,
    pub heading: String,
}

/// A box of the form in the authority's case system, and the sections of the minutes that go into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormBox {
    pub title: String,
    pub sections: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    pub heading: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub title: String,
    pub url: String,
    pub as_at: String,
}

/// The action that starts or updates the assessment, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentAction {
    /// With the procedure's own word for the assessment.
    pub what: String,
    #[serde(default)]
    pub purpose: String,
    pub source: String,
}

/// What can be done where nobody answers an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceStep {
    pub code: String,
    /// Who is told, as people say it: "the Safeguarding Nurses".
    pub label: String,
    /// The invitations it is for; none listed means any.
    #[serde(default)]
    pub silent: Vec<Match>,
    /// Who is told: these,
    #[serde(default)]
    pub tell: Vec<Match>,
    /// or whom the agency named itself; offered where it did.
    #[serde(default)]
    pub tell_contact: Option<AgencyContact>,
    /// The rule whose level says whether it is offered.
    pub rule: String,
    pub source: String,
}

impl Procedure {
    /// The force of a prompt or rule here.
    pub fn level(&self, key: &str) -> Level {
        self.levels.get(key).copied().unwrap_or(Level::On)
    }

    /// Whether an answer to a prompt needs this field here, beside those it needs everywhere.
    pub fn needs(&self, prompt: &str, field: &str) -> bool {
        self.needed.get(prompt).is_some_and(|fields| fields.iter().any(|needed| needed == field))
    }

    /// The proposal of a key.
    pub fn proposal(&self, key: &str) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.key == key)
    }

    /// The outcome this procedure has for a code, its own or another procedure's. One whose rule is absent is none.
    pub fn outcome(&self, code: &str) -> Option<&Outcome> {
        let code = self.outcome_aliases.get(code).map_or(code, String::as_str);
        let exists = |outcome: &&Outcome| outcome.rule.as_deref().is_none_or(|rule| self.level(rule) != Level::Absent);
        self.outcomes.iter().filter(exists).find(|outcome| outcome.code == code)
    }

    /// The outcomes offered, in their order (DEC-06).
    pub fn offered(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| self.offers(outcome))
    }
}

impl Match {
    /// Whether a person of this kind, role code and rank is meant.
    pub fn covers(&self, kind: AgencyKind, role_code: &str, rank: Option<&str>) -> bool {
        let held = |wanted: &String| rank.is_some_and(|rank| rank.eq_ignore_ascii_case(wanted));
        self.asks_for(kind, role_code) && (self.ranks.is_empty() || self.ranks.iter().any(held))
    }

    /// Whether this kind and role code is asked for, whoever will hold the role.
    pub fn asks_for(&self, kind: AgencyKind, role_code: &str) -> bool {
        self.agency_kind == kind && (self.roles.is_empty() || self.roles.iter().any(|role| role == role_code))
    }
}

impl MinutesSection {
    /// The sections the compiler of the minutes fills from the record itself; the others hold answers to prompts.
    pub const COMPILED: [&str; 20] = [
        "danger",
        "referral",
        "child",
        "attendance",
        "family",
        "other_people",
        "reason",
        "form",
        "script",
        "contributions",
        "absent_views",
        "contributors",
        "questions",
        "section_47",
        "outcomes",
        "positions",
        "challenge",
        "actions",
        "circulation",
        "open_items",
    ];

    /// The optional section for what belongs in the audit annex and not in the body (SEC-07, TURN-18).
    pub const ANNEX: &str = "annex";
}

#[cfg(test)]
#[path = "procedure_tests.rs"]
mod tests;
