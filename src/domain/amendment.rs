//! What of a referral is supplied or put right after it was registered (REF-01).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::referral::{ClockFrom, Referral, Threshold, TriggerPoint, TriggerType, UrgencyClass};
use super::spoken::Spoken;

/// Declares the parts of an amendment: each with its key in the wording and its place in the referral.
macro_rules! amendment {
    ($($part:ident: $kind:ty = $key:literal, |$referral:ident, $given:ident| $set:expr;)+) => {
        /// What is given takes the place of what stood; the rest stays as it was.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Amendment {
            $(#[serde(skip_serializing_if = "Option::is_none")]
            pub $part: Option<$kind>,)+
        }

        impl Amendment {
            /// The wording's keys of the parts given, in the order of the form.
            pub fn parts(&self) -> Vec<&'static str> {
                let parts = [$(self.$part.as_ref().map(|_| $key)),+];
                parts.into_iter().flatten().collect()
            }
        }

        impl Referral {
            /// Takes an amendment into account.
            pub fn amend(&mut self, amendment: &Amendment) {
                $(if let Some(given) = &amendment.$part {
                    let ($referral, $given) = (&mut *self, given.clone());
                    $set;
                })+
            }
        }
    };
}

amendment! {
    received_at: DateTime<Utc> = "received", |referral, at| referral.received_at = Some(at);
    known_at: DateTime<Utc> = "known", |referral, at| referral.known_at = Some(at);
    clock_from: ClockFrom = "clock_from", |referral, from| referral.clock_from = Some(from);
    grounds: Spoken = "grounds", |referral, words| referral.grounds = words;
    route: Spoken = "route", |referral, words| referral.route = words;
    referrer_name: Spoken = "referrer_name", |referral, words| referral.referrer.name = words;
    referrer_role: Spoken = "referrer_role", |referral, words| referral.referrer.role = words;
    referrer_agency: Spoken = "referrer_agency", |referral, words| referral.referrer.agency = words;
    taken_by: Spoken = "taken_by", |referral, words| referral.taken_by = Some(words);
    high_status: bool = "high_status", |referral, flag| referral.referrer.high_status = flag;
    trigger_point: TriggerPoint = "trigger_point", |referral, point| referral.trigger_point = point;
    trigger_type: TriggerType = "trigger_type", |referral, kind| referral.trigger_type = kind;
    threshold: Threshold = "threshold", |referral, threshold| referral.threshold = threshold;
    urgency: UrgencyClass = "urgency", |referral, class| referral.urgency.class = class;
    immediate_protection: bool = "immediate_protection", |referral, flag| referral.urgency.immediate_protection = flag;
    complex: bool = "complex", |referral, flag| referral.urgency.complex = flag;
    injury: bool = "injury", |referral, flag| referral.urgency.injury = flag;
    in_hospital: bool = "in_hospital", |referral, flag| referral.urgency.in_hospital = flag;
    medical_likely: bool = "medical_likely", |referral, flag| referral.urgency.medical_likely = flag;
    legal_action_likely: bool = "legal_likely", |referral, flag| referral.urgency.legal_action_likely = flag;
    moved: bool = "moved", |referral, flag| referral.urgency.moved = flag;
}

impl Amendment {
    /// Nothing is given.
    pub fn is_empty(&self) -> bool {
        self.parts().is_empty()
    }
}
