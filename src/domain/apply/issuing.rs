//! What is said of a record once it is drafted.

use crate::domain::event::{Event, Record};
use crate::domain::issuing::{Choice, Correction, CorrectionAnswer, Endorsed};
use crate::domain::session::Session;

impl Session {
    pub(super) fn said_of_the_record(&mut self, record: &Record) {
        let (by, at) = (record.actor.clone(), record.at);
        match &record.event {
            Event::RecordEndorsed { version, what, agrees, reason, .. } => self.issuing.endorsed.push(Endorsed {
                what: *what,
                by,
                at,
                version: *version,
                agrees: *agrees,
                reason: reason.clone(),
            }),
            Event::CorrectionRequested { correction: id, text, late, .. } => {
                let (id, text, late) = (*id, text.clone(), *late);
                self.issuing.corrections.push(Correction { id, by, at, text, late, answer: None });
            }
            Event::CorrectionAnswered { correction, accepted, words, .. } => {
                let answer = CorrectionAnswer { accepted: *accepted, words: words.clone(), by, at, version: None };
                let asked = self.issuing.corrections.iter_mut().find(|asked| asked.id == *correction);
                asked.into_iter().for_each(|asked| asked.answer = Some(answer.clone()));
            }
            Event::RecipientChosen { seat, copy, reason, .. } => {
                self.issuing.chosen.insert(*seat, Choice { copy: *copy, reason: reason.clone(), by });
            }
            _ => {}
        }
    }
}
