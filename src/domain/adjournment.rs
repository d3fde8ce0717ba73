//! An adjournment: the session stops for a time and is the same session afterwards, at the stage it had come to.
//!
//! While it is adjourned nobody has the floor and nobody is present; whatever stands is carried (SES-01, SES-02).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Actor;
use super::ids::TurnId;
use super::session::Session;
use super::spoken::Spoken;

/// What is said of the time until the session resumes. Any part may be missing: it is listed as open (SES-01).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interim {
    /// Who holds the case meanwhile.
    pub holder: Spoken,
    pub resumes_at: Option<DateTime<Utc>>,
    /// What is undecided, and what comes next.
    pub undecided: Spoken,
}

/// One adjournment of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjournment {
    pub at: DateTime<Utc>,
    pub by: Actor,
    pub interim: Interim,
    /// Whose turn it stopped; they are next when it resumes.
    pub floor: Option<TurnId>,
    /// `None` while it lasts, and for good where the session closed without resuming.
    pub resumed_at: Option<DateTime<Utc>>,
}

impl Interim {
    /// The keys of the parts that are missing, as forms and wording have them.
    pub fn missing(&self) -> Vec<&'static str> {
        let parts = [
            ("holder", self.holder.is_empty()),
            ("resumes", self.resumes_at.is_none()),
            ("undecided", self.undecided.is_empty()),
        ];
        parts.into_iter().filter(|(_, missing)| *missing).map(|(key, _)| key).collect()
    }

    /// Nothing was said of it.
    pub fn is_empty(&self) -> bool {
        self.missing().len() == 3
    }

    /// With what is given in place of what stood.
    pub fn supplied(&self, more: &Self) -> Self {
        let or = |given: &Spoken, stood: &Spoken| if given.is_empty() { stood.clone() } else { given.clone() };
        Self {
            holder: or(&more.holder, &self.holder),
            resumes_at: more.resumes_at.or(self.resumes_at),
            undecided: or(&more.undecided, &self.undecided),
        }
    }
}

impl Session {
    /// The adjournment under way.
    pub fn adjourned(&self) -> Option<&Adjournment> {
        self.adjournments.last().filter(|last| last.resumed_at.is_none() && self.stage.is_sitting())
    }

    /// When it was opened, and again when it resumed last.
    pub fn sitting_since(&self) -> Option<DateTime<Utc>> {
        self.adjournments.iter().filter_map(|adjournment| adjournment.resumed_at).next_back().or(self.opened_at)
    }

    /// Each part it sat for: from when, and until when it was adjourned or closed (SES-02).
    pub fn parts(&self) -> Vec<(DateTime<Utc>, Option<DateTime<Utc>>)> {
        let resumed = self.adjournments.iter().filter_map(|adjournment| adjournment.resumed_at);
        let begins = self.opened_at.into_iter().chain(resumed);
        let ends = self.adjournments.iter().map(|adjournment| Some(adjournment.at)).chain([self.closed_at]);
        begins.zip(ends).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_later_takes_the_place_of_what_stood_and_a_blank_of_nothing() {
        let stood = Interim { holder: "The night team".into(), ..Interim::default() };
        let more = Interim { undecided: "Section 47".into(), ..Interim::default() };
        let both = stood.supplied(&more);
        assert_eq!((both.holder.words(), both.undecided.words()), ("The night team", "Section 47"));
        assert_eq!(both.missing(), ["resumes"]);
        assert!(Interim::default().is_empty() && !both.is_empty());
    }
}
