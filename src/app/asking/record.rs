//! What somebody is shown of a record: their copy, and the handover.

use minijinja::context;

use super::{App, Asked, File, Loaded, Shown};
use crate::app::execute::seat_of;
use crate::app::ports::StoreError;
use crate::domain::event::{Event, Record};
use crate::domain::further::planned_for;
use crate::domain::ids::{ChildId, SeatId, SessionNo};
use crate::domain::people::AgencyKind;
use crate::domain::referral::Child;
use crate::forms::CopyAs;
use crate::minutes::{self, Minutes};
use crate::room::Scene;
use crate::room::message::{Button, Message};
use crate::room::press::Press;

/// So many children have a button under a copy; the command takes any.
const CHILD_BUTTONS_MAX: usize = 12;

/// The button to the draft for the family itself, once its lines are ticked.
const FAMILY_COPY: &str = "family_copy";

/// A document on its way into a file: the file's name without its ending, the button for another kind, and what is said
/// with it.
struct Away {
    name: String,
    press: Press,
    sentence: &'static str,
}

/// The largest file the platform takes everywhere.
const FILE_BYTES_MAX: usize = 10 << 20;

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

    /// A seat's copy of one version: the record or, for whoever gets no more, an extract of it. Read part by part, as the
    /// record or as the text of the case system's form, or taken away as a file (MIN-20, MIN-26, MIN-27, MIN-30).
    pub(super) async fn copy(
        &self,
        scene: &Scene<'_>,
        loaded: &Loaded,
        asked: &Asked,
        opened: &Event,
    ) -> Result<Shown, StoreError> {
        let Event::CopyOpened { session, seat, version, child } = opened else { return Ok(Shown::Nothing) };
        let journal = minutes::as_of_version(&loaded.journal, *session, *version);
        let head = self.head_at(loaded, journal.len()).await?;
        let (rules, wording) = (&scene.rules, scene.wording);
        let is_extract = scene.case.session_of(opened).is_some_and(|session| session.was_sent_an_extract(*seat));
        let copy = match child {
            Some(child) => {
                let files = minutes::for_files(journal, *session, rules, wording, &head);
                let own = files.into_iter().find(|(of, _)| of == child);
                own.map(|(_, document)| document).expect("it is a child of the case")
            }
            None if is_extract => minutes::extract(scene.case, rules, wording, *seat, &head),
            None => minutes::copy(journal, *session, rules, wording, &head, Some(*seat)),
        };
        let own = scene.press("copy").with("version", version);
        let own = session.iter().fold(own, |press, no| press.with("session", no));
        let press = child.iter().fold(own.clone(), |press, child| press.with("child_file", format!("c{child}")));
        let wanted = asked.answers.get("as").and_then(|code| CopyAs::from_code(code)).unwrap_or(CopyAs::Record);
        let text = match wanted {
            CopyAs::Record => minutes::markdown(&copy),
            CopyAs::Calendar => return Ok(next_session(scene)),
            CopyAs::Form => {
                let text = minutes::plain(&copy, &rules.procedure.case_form);
                let press = press.with("as", wanted.code());
                let message = scene.page(&text, &press, asked.part(), "issuing.copy");
                if asked.part() > 1 {
                    return Ok(Shown::Message(message));
                }
                // The whole text comes with its first part, for whoever brings it to the case system as a file.
                let name = format!("{}.txt", name(scene, *session, *version, *child));
                let file = File { name, media_type: "text/plain; charset=utf-8", bytes: text.into_bytes() };
                return Ok(Shown::Document { message, file });
            }
            CopyAs::Pdf | CopyAs::Word | CopyAs::Page => {
                let name = name(scene, *session, *version, *child);
                let away = Away { name, press, sentence: "issuing.copy_file" };
                return Ok(self.taken_away(scene, &copy, journal, wanted, &away).await);
            }
        };
        let page = scene.page(&text, &press, asked.part(), "issuing.copy");
        let away = files(scene, &press, None).into_iter().chain(calendar_button(scene, &own));
        let page = page.with_buttons(away.collect());
        let keeps_files = scene.case.person(*seat).agency_kind == AgencyKind::SocialCare && !is_extract;
        let for_others = if keeps_files && child.is_none() { for_the_files(scene, &own) } else { Vec::new() };
        let family = session.filter(|_| child.is_none()).and_then(|no| scene.case.session_no(no));
        let family = family.filter(|session| session.chair() == Some(*seat));
        let family = family.map(|session| Button::new(&scene.of_record("family_draft", session), wording));
        Ok(Shown::Message(page.with_buttons(family.into_iter().chain(for_others).collect())))
    }

    /// The lines of the draft for the family with their ticks or, where that was asked for, the draft itself to be read or
    /// taken away (SEC-06).
    pub(super) async fn family_draft(
        &self,
        scene: &Scene<'_>,
        loaded: &Loaded,
        asked: &Asked,
        session: SessionNo,
    ) -> Shown {
        let (rules, wording) = (&scene.rules, scene.wording);
        if asked.row.key != FAMILY_COPY {
            let lines = minutes::family_lines(scene.case, session, rules, wording);
            return Shown::Message(scene.family_draft(session, &lines, asked.part()));
        }
        let draft = minutes::family_draft(scene.case, session, rules, wording);
        let press = scene.press(FAMILY_COPY).with("session", session);
        match asked.answers.get("as").and_then(|code| CopyAs::from_code(code)) {
            Some(wanted @ (CopyAs::Pdf | CopyAs::Word | CopyAs::Page)) => {
                let name = format!("{}-session-{session}-family", scene.code_name());
                let away = Away { name, press, sentence: "family_draft.file" };
                self.taken_away(scene, &draft, &loaded.journal, wanted, &away).await
            }
            _ => {
                let page = scene.page(&minutes::markdown(&draft), &press, asked.part(), "family_draft.copy");
                Shown::Message(page.with_buttons(files(scene, &press, None)))
            }
        }
    }

    /// The copy as a file. Where it can't be made, the other kinds are offered.
    async fn taken_away(
        &self,
        scene: &Scene<'_>,
        copy: &Minutes,
        journal: &[Record],
        wanted: CopyAs,
        away: &Away,
    ) -> Shown {
        let made = match wanted {
            CopyAs::Pdf => self.typeset(copy, journal).await,
            CopyAs::Word => Some(minutes::docx(copy, scene.wording)),
            _ => Some(minutes::html(copy, scene.wording).into_bytes()),
        };
        let (ending, media_type) = match wanted {
            CopyAs::Pdf => ("pdf", "application/pdf"),
            CopyAs::Word => ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            _ => ("html", "text/html"),
        };
        let values = context! { code_name => scene.code_name().to_string(), file => wanted.code() };
        match made.filter(|bytes| bytes.len() <= FILE_BYTES_MAX) {
            Some(bytes) => {
                let message = Message::text(scene.wording.say(away.sentence, values));
                Shown::Document { message, file: File { name: format!("{}.{ending}", away.name), media_type, bytes } }
            }
            None => {
                let message = Message::text(scene.wording.say("issuing.no_copy_file", values));
                Shown::Message(message.with_buttons(files(scene, &away.press, Some(wanted))))
            }
        }
    }

    /// The PDF, where this program can make one.
    async fn typeset(&self, copy: &Minutes, journal: &[Record]) -> Option<Vec<u8>> {
        let at = journal.last()?.at;
        self.typesetter.as_ref()?.pdf(&self.config.minutes_template, minutes::json(copy), at).await
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

/// The further session that is planned, as a file for whoever's calendar it goes into.
fn next_session(scene: &Scene<'_>) -> Shown {
    let code_name = scene.code_name().to_string();
    let Some(text) = minutes::calendar_file(scene.case, &scene.rules, scene.wording) else {
        return Shown::Message(Message::text(scene.wording.say("issuing.no_next_session", context! { code_name })));
    };
    let file =
        File { name: format!("{code_name}-next-session.ics"), media_type: "text/calendar", bytes: text.into_bytes() };
    let message = Message::text(scene.wording.say("issuing.next_session", context! { code_name }));
    Shown::Document { message, file }
}

/// Where there is one.
fn calendar_button(scene: &Scene<'_>, own: &Press) -> Option<Button> {
    let is_planned = planned_for(scene.case, scene.rules.procedure).is_some();
    let press = own.clone().with("as", CopyAs::Calendar.code());
    is_planned.then(|| Button::labelled(&press, scene.wording.say("issuing.calendar", ())))
}

/// What a file of this version is called: nothing in it tells whom the case is about.
fn name(scene: &Scene<'_>, session: Option<SessionNo>, version: u16, child: Option<ChildId>) -> String {
    let session = session.map(|no| format!("-session-{no}")).unwrap_or_default();
    let child = child.map(|child| format!("-child-{child}")).unwrap_or_default();
    format!("{}{session}-version-{version}{child}", scene.code_name())
}

/// What social care keeps beside its own copy: the text of the case system's form, and the document for each child's file
/// (MIN-20, MIN-24).
fn for_the_files(scene: &Scene<'_>, own: &Press) -> Vec<Button> {
    let system = context! { case_system => scene.rules.procedure.case_system.as_str() };
    let form = own.clone().with("as", CopyAs::Form.code());
    let form = Button::labelled(&form, scene.wording.say("issuing.copy_form", system));
    let of = |child: &Child| {
        let label =
            scene.wording.say("issuing.copy_for_child", context! { child => child.name.words(), n => child.id.0 });
        Button::labelled(&own.clone().with("child_file", format!("c{}", child.id)), label)
    };
    let children = scene.case.children.iter().take(CHILD_BUTTONS_MAX).map(of);
    std::iter::once(form).chain(children).collect()
}

/// The kinds of file a copy can be taken away as, less one that could not be made.
fn files(scene: &Scene<'_>, press: &Press, less: Option<CopyAs>) -> Vec<Button> {
    let kinds = [CopyAs::Pdf, CopyAs::Word, CopyAs::Page].into_iter().filter(|kind| Some(*kind) != less);
    let button = |kind: CopyAs| {
        let label = scene.wording.say("issuing.copy_as", context! { file => kind.code() });
        Button::labelled(&press.clone().with("as", kind.code()), label)
    };
    kinds.map(button).collect()
}

/// The digest of the journal's so-manieth entry, as a line of its export has it.
fn hash_of(line: &str) -> Option<String> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(line.get("hash")?.as_str()?.to_owned())
}
