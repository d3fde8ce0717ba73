//! What the case is about: the referral, the children, and the people around them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{AdultId, ChildId};
use super::procedure::Deadlines;
use super::spoken::Spoken;

/// The concern as it was received (REF-01 to REF-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// The authority's own reference.
    pub reference: String,
    /// `None` is saved and listed as open.
    pub received_at: Option<DateTime<Utc>>,
    /// When the information became known, where that was not at receipt.
    pub known_at: Option<DateTime<Utc>>,
    /// Which of the two the clocks run from; `None` leaves it to the procedure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_from: Option<ClockFrom>,
    /// How it came, in words.
    pub route: Spoken,
    pub referrer: Referrer,
    /// Who took it down, where that was not the person entering it.
    pub taken_by: Option<Spoken>,
    pub trigger_point: TriggerPoint,
    pub trigger_type: TriggerType,
    pub threshold: Threshold,
    /// Empty is saved and listed as open (REF-03).
    pub grounds: Spoken,
    pub urgency: Urgency,
    /// Earlier conversations as older journals have them; today they are answers to a question (REF-16).
    pub prior_conversations: Spoken,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referrer {
    pub name: Spoken,
    pub role: Spoken,
    pub agency: Spoken,
    /// Of high status, or the press is interested (REF-17).
    pub high_status: bool,
}

/// Declares an enum of fixed choices with the codes used in commands, cases and wording keys.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant),+
        }

        impl $name {
            /// Every choice with its code, in the order offered.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $code)),+];

            /// The stable code: also its key in `wording.toml`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The choice for a code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, known)| *known == code).map(|(choice, _)| *choice)
            }
        }
    )+};
}
pub(crate) use choices;

choices! {
    /// REF-04.
    TriggerPoint {
        AtReferral = "at_referral",
        DuringAssessment = "during_assessment",
        FollowingAssessment = "following_assessment",
        DuringSection47 = "during_section_47",
        OnOpenCase = "on_open_case",
        Other = "other",
    }
    /// REF-05.
    TriggerType {
        Incident = "incident",
        Accumulation = "accumulation",
        /// An accumulation too: assessment after assessment, and agencies still concerned (REF-06).
        RepeatedAssessments = "repeated_assessments",
    }
    /// Which moment the clocks of a referral run from (REF-01, TIM-02).
    #[derive(Default)]
    ClockFrom {
        #[default]
        Received = "received",
        Known = "known",
    }
    /// The statute's own tense (REF-03).
    Threshold {
        Suffering = "suffering",
        LikelyToSuffer = "likely_to_suffer",
    }
    /// TIM-01. What each class means in time is the procedure's.
    UrgencyClass {
        SeriousRisk = "serious_risk",
        Complex = "complex",
        PostAssessment = "post_assessment",
        NotClassified = "not_classified",
    }
    /// Where a child is in schooling; decides who is expected (INV-06, INV-12).
    SchoolStage {
        PreSchool = "pre_school",
        SchoolAge = "school_age",
        Unborn = "unborn",
    }
    /// Whether a child has a school (INV-06).
    Education {
        /// On the roll of a school or college, or in training.
        OnRoll = "on_roll",
        HomeEducated = "home_educated",
        NotOnRoll = "not_on_roll",
    }
}

/// Class and flags combine; the earliest deadline rules (TIM-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urgency {
    pub class: UrgencyClass,
    pub immediate_protection: bool,
    pub complex: bool,
    /// An injury is reported (INV-15, INFO-19).
    pub injury: bool,
    /// A child is in hospital (INV-15, DEC-36).
    pub in_hospital: bool,
    /// A medical examination may be needed (INV-15).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub medical_likely: bool,
    /// INV-29.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub legal_action_likely: bool,
}

/// A date of birth, or the expected date of one not yet born (REF-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Born {
    On(NaiveDate),
    Expected(NaiveDate),
    /// A valid answer that asks for an urgent action (INFO-01).
    NotKnown,
    /// Left blank: kept, and listed as open (INFO-03).
    NotGiven,
}

/// A child of the family, the household or the contact circle (INFO-01 to INFO-09).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    pub id: ChildId,
    pub name: Spoken,
    /// The discussion is held about this child; the others are considered beside it.
    pub subject: bool,
    pub born: Born,
    pub relationship: Spoken,
    pub address: Spoken,
    pub address_withheld: bool,
    pub parental_responsibility: Spoken,
    pub legal_status: Spoken,
    pub location: Spoken,
    pub stage: SchoolStage,
    /// `None` where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education: Option<Education>,
}

/// An adult of the household, or linked to it (INFO-02 to INFO-04, INFO-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adult {
    pub id: AdultId,
    pub name: Spoken,
    pub born: Born,
    pub relationship: Spoken,
    pub address: Spoken,
    pub address_withheld: bool,
    /// Known needs or risks, in words.
    pub flags: Spoken,
    /// Difficulties by their codes in the procedure's list; each brings up a service to invite (INV-10).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub difficulties: Vec<String>,
    /// May pose a risk to a child.
    pub risk: bool,
}

impl Referral {
    /// Which moment the clocks run from: as the convenor said, or as the procedure has it.
    pub fn clock_from(&self, rules: &Deadlines) -> ClockFrom {
        self.clock_from.unwrap_or(rules.runs_from)
    }

    /// What it still lacks, by the codes of the open items (REF-01, REF-03).
    pub fn gaps(&self) -> Vec<&'static str> {
        let gaps = [("received_at", self.received_at.is_none()), ("grounds", self.grounds.is_empty())];
        gaps.into_iter().filter(|(_, missing)| *missing).map(|(code, _)| code).collect()
    }

    /// When the clocks start. What has no time of its own became known when it was received; `None` where that isn't
    /// recorded either.
    pub fn clock_start(&self, rules: &Deadlines) -> Option<DateTime<Utc>> {
        match self.clock_from(rules) {
            ClockFrom::Received => self.received_at,
            ClockFrom::Known => self.known_at.or(self.received_at),
        }
    }
}

impl Child {
    /// Not yet born: there is an expected date and no date of birth, and what needs a child to see or hear is not
    /// asked (REF-08).
    pub fn is_unborn(&self) -> bool {
        self.stage == SchoolStage::Unborn || matches!(self.born, Born::Expected(_))
    }

    /// Initials and year of birth: all the door shows (GATE-02).
    pub fn initials_and_year(&self) -> (String, Born) {
        let initials = self.name.words().split_whitespace().filter_map(|word| word.chars().next());
        (initials.map(|letter| format!("{letter}.")).collect(), self.born)
    }
}
