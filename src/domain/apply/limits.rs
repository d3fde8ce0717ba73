//! How limits change a session (SEC-05).

use crate::domain::event::{Event, Record};
use crate::domain::limits::{Item, Limit};
use crate::domain::session::Session;

impl Session {
    pub(super) fn limited_to(&mut self, record: &Record) {
        match &record.event {
            Event::Limited { item, originator, readers } => {
                let limit = Limit { originator: *originator, readers: Vec::new(), asked: None };
                self.limits.entry(*item).or_insert(limit).readers.push(readers.clone());
            }
            Event::LimitChanged { item, readers: None } => {
                self.limits.remove(item);
            }
            Event::LimitChanged { item, readers: Some(readers) } => self.limit(*item, |limit| {
                (limit.readers, limit.asked) = (vec![readers.clone()], None);
            }),
            Event::WideningAsked { item, readers } => self.limit(*item, |limit| limit.asked = Some(readers.clone())),
            Event::WideningRefused { item } => self.limit(*item, |limit| limit.asked = None),
            _ => {}
        }
    }

    fn limit(&mut self, item: Item, change: impl FnOnce(&mut Limit)) {
        if let Some(limit) = self.limits.get_mut(&item) {
            change(limit);
        }
    }
}
