//! The agenda, posted at the opening and ticked in place as its items are taken (GATE-13).

use minijinja::context;

use crate::domain::agenda::{Line, Standing, agenda};
use crate::domain::open_items::OpenItem;
use crate::domain::session::Session;

use super::Scene;
use super::message::{Message, fullest};

impl Scene<'_> {
    /// The post as it stands; none before the session opens.
    pub fn agenda(&self) -> Option<Message> {
        let session = self.case.session()?;
        let lines = agenda(self.case, &self.rules);
        if lines.is_empty() {
            return None;
        }
        // The room reads what everybody may (SEC-05).
        let readable = self.case.as_read_by(None);
        let carried = Scene { case: &readable, ..*self }.carried_actions(session);
        let text = fullest(|most| {
            let lines = lines.iter().enumerate().map(|(n, line)| self.agenda_line(session, n, line, most));
            let lines = lines.collect::<Vec<_>>();
            let carried = self.the_first_few(carried.clone(), most);
            self.wording.say("agenda.text", context! { lines, carried })
        });
        Some(Message::text(text))
    }

    fn agenda_line(&self, session: &Session, n: usize, line: &Line<'_>, most: usize) -> String {
        let title = match line.item {
            Some(item) => item.title.clone(),
            None => self.wording.say("agenda.item_zero", ()),
        };
        let left = match &line.standing {
            Standing::LeftOpen(items) => {
                self.the_first_few(items.iter().map(|item| self.left_open(session, item)), most)
            }
            _ => Vec::new(),
        };
        self.wording.say(&format!("agenda.{}", line.standing.key()), context! { n => n, title => title, left => left })
    }

    /// What was left open, and the reason where one was given.
    fn left_open(&self, session: &Session, item: &OpenItem) -> String {
        let reason = session.skip_reason(item).map(|reason| reason.words());
        self.wording.say("agenda.left", context! { what => self.open_item(item), reason => reason })
    }
}
