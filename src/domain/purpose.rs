//! What a session is for: whether section 47 enquiries are needed. A conference can only follow that decision, so what
//! is said of one before it brings a reminder (DEC-17, DEC-18). The words looked for are the procedure's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::decision::{ActionEntered, Entry, Section47Decision};
use super::enquiry;
use super::event::Actor;
use super::ids::{ActionNo, DraftId};
use super::session::Session;
use super::spoken::Spoken;

/// The words that speak of a conference, and the reminder they bring.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Whole words, capitals aside.
    pub conference: Vec<String>,
    /// Phrases with such a word that mean something else.
    #[serde(default)]
    pub besides: Vec<String>,
    pub reminder: String,
    pub source: String,
}

/// The reminder somebody was given, which is evidence of challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    pub draft: DraftId,
    /// The action that waits for the decision.
    pub action: Option<ActionNo>,
    pub by: Actor,
    pub at: DateTime<Utc>,
}

impl Purpose {
    /// Whether these words speak of a conference.
    pub fn is_mentioned(&self, words: &Spoken) -> bool {
        let said = self.besides.iter().fold(plain(words.words()), |said, other| said.replace(&plain(other), " "));
        self.conference.iter().any(|word| said.contains(&plain(word)))
    }
}

/// Lower case, whole words with one blank around each.
fn plain(text: &str) -> String {
    let words = text.split(|of: char| !of.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// Section 47 is decided here, or an enquiry was under way before.
pub fn is_decided(case: &Case, session: &Session) -> bool {
    let decided = session.section_47().map(|(_, decided)| decided.decision);
    decided.is_some_and(|decision| decision != Section47Decision::NotYetDecided) || enquiry::is_under_way(case)
}

/// The words of an entry that may speak of a conference.
pub fn words_of(entry: &Entry) -> Vec<&Spoken> {
    match entry {
        Entry::Action(ActionEntered { what, purpose, .. }) => vec![what, purpose],
        Entry::Section47(decided) => vec![&decided.rationale, &decided.how, &decided.when, &decided.by_whom],
        Entry::Outcome(chosen) => vec![&chosen.rationale, &chosen.description, &chosen.who, &chosen.agency],
        Entry::Answer(answer) => answer.fields.values().collect(),
    }
}

impl Session {
    /// An action that speaks of a conference waits until section 47 is decided.
    pub fn waits_for_section_47(&self, action: ActionNo) -> bool {
        let undecided = self.section_47().is_none_or(|(_, it)| it.decision == Section47Decision::NotYetDecided);
        undecided && self.reminders.iter().any(|reminder| reminder.action == Some(action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conference_is_known_by_its_words_and_a_family_group_conference_is_another() {
        let words = |text: &[&str]| text.iter().map(|word| (*word).to_owned()).collect();
        let purpose = Purpose {
            conference: words(&["conference", "ICPC"]),
            besides: words(&["family group conference"]),
            ..Purpose::default()
        };
        for (text, expected) in [
            ("Call an ICPC.", true),
            ("An initial child-protection Conference within 15 days", true),
            ("Offer a Family Group Conference", false),
            ("A family group conference, and then a conference", true),
            ("Conferences elsewhere, and nothing else", false),
            ("", false),
        ] {
            assert_eq!(purpose.is_mentioned(&text.into()), expected, "{text}");
        }
    }
}
