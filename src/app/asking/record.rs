//! What somebody is shown of a record: their copy, and the handover.

use super::{App, Asked, Loaded};
use crate::app::execute::seat_of;
use crate::app::ports::StoreError;
use crate::domain::event::{CopyKind, Event};
use crate::domain::ids::SeatId;
use crate::forms::AS_FORM;
use crate::minutes;
use crate::room::Scene;
use crate::room::message::Message;

impl App {
    /// The handover, less whatever is limited away from its reader; the part asked for where it takes several (SES-03).
    pub(super) fn handover(&self, scene: &Scene<'_>, loaded: &Loaded, asked: &Asked) -> Message {
        let seat = seat_of(scene.case, Some(asked.account));
        let page = minutes::handover(&loaded.journal, &scene.rules, scene.wording, seat);
        let text = minutes::markdown(&page);
        scene.page(&text, &scene.press("read_handover"), asked.part(), "handover.page")
    }

    /// The sessions of the case one after the other, as far as a seat may read them (REV-06).
    pub(super) fn history(&self, scene: &Scene<'_>, asked: &Asked, seat: SeatId) -> Message {
        let text = scene.history(seat);
        scene.page(&text, &scene.press("case_history"), asked.part(), "history.page")
    }

    /// A seat's copy of one version, part by part: the record or, for whoever gets no more, an extract of it; as the
    /// text of the case system's form where that is asked for (MIN-20, MIN-26, MIN-30).
    pub(super) async fn copy(
        &self,
        scene: &Scene<'_>,
        loaded: &Loaded,
        asked: &Asked,
        opened: &Event,
    ) -> Result<Message, StoreError> {
        let Event::CopyOpened { session, seat, version } = opened else { return Ok(Message::default()) };
        let journal = minutes::as_of_version(&loaded.journal, *session, *version);
        let head = self.head_at(loaded, journal.len()).await?;
        let (rules, wording) = (&scene.rules, scene.wording);
        let sent = scene.case.session_of(opened).into_iter().flat_map(|session| &session.circulation);
        let last_sent = sent.rev().map(|(recipient, ..)| recipient).find(|to| to.seat == *seat);
        let copy = if last_sent.is_some_and(|to| to.copy == CopyKind::Extract) {
            minutes::extract(scene.case, rules, wording, *seat, &head)
        } else {
            minutes::copy(journal, *session, rules, wording, &head, Some(*seat))
        };
        let as_form = asked.answers.get("as").is_some_and(|form| form == AS_FORM);
        let form = &rules.procedure.case_form;
        let text = if as_form { minutes::plain(&copy, form) } else { minutes::markdown(&copy) };
        let press = scene.press("copy").with("version", version);
        let press = session.iter().fold(press, |press, no| press.with("session", no));
        let press = if as_form { press.with("as", AS_FORM) } else { press };
        Ok(scene.page(&text, &press, asked.part(), "issuing.copy"))
    }

    /// The digest of the last entry an earlier version was made from, or of the journal as it stands.
    async fn head_at(&self, loaded: &Loaded, entries: usize) -> Result<String, StoreError> {
        if entries == loaded.journal.len() {
            return self.store.head(&loaded.id).await;
        }
        let lines = self.store.export_jsonl(&loaded.id).await?;
        Ok(entries.checked_sub(1).and_then(|last| hash_of(lines.get(last)?)).unwrap_or_default())
    }
}

/// The digest of the journal's so-manieth entry, as a line of its export has it.
fn hash_of(line: &str) -> Option<String> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(line.get("hash")?.as_str()?.to_owned())
}
