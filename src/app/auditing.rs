//! What those who look at records from outside are shown. That they looked is recorded first, as a fact of each case they
//! were shown something of; counts that name no case are shown and nothing more.

use minijinja::context;

use crate::audit::{self, Sitting};
use crate::domain::audit::{Period, Viewed};
use crate::domain::command::Command;
use crate::domain::event::Event;
use crate::domain::people::Person;
use crate::domain::procedure::fits;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::forms::AuditView;
use crate::minutes;
use crate::room::Scene;
use crate::room::message::{Button, Message};
use crate::room::paging;
use crate::room::press::Press;
use crate::wording::Wording;

use super::asking::{Asked, File, Shown};
use super::execute::{App, Loaded, Outcome, Who};
use super::ports::{Committed, Receipt, ReceiptResult, StoreError};
use super::telling::Telling;

/// So many possible breaches have a button under the log; a command takes any.
const BREACH_BUTTONS_MAX: usize = 5;

impl App {
    /// One case's sheet, its questions to learn from, or its log.
    pub(super) async fn audited(
        &self,
        scene: &Scene<'_>,
        loaded: &Loaded,
        asked: &Asked,
        event: &Event,
    ) -> Result<Message, StoreError> {
        let Event::AuditViewed { session, viewed } = event else { return Ok(Message::default()) };
        let wording = scene.wording;
        let sitting = session.and_then(|no| Sitting::of(&loaded.journal, no, scene.rules, self.now()));
        let paper = match (viewed, &sitting) {
            (Viewed::Log, _) => {
                let lines = self.store.export_jsonl(&loaded.id).await?;
                let digests: Vec<_> = lines.iter().map(|line| digest_of(line)).collect();
                audit::log(&loaded.journal, scene.case, &digests, wording)
            }
            (Viewed::Learning, Some(sitting)) => audit::learning(sitting, wording),
            (_, Some(sitting)) => audit::sheet(sitting, wording),
            (_, None) => return Ok(Message::default()),
        };
        let press = scene.press(asked.row.key);
        let press = session.iter().fold(press, |press, no| press.with("session", no));
        let mut page = page(&minutes::markdown(&paper), &press, asked, wording);
        if let (Viewed::Sheet, Some(no)) = (viewed, session) {
            page = page.with_buttons(vec![Button::new(&scene.press("judge").with("session", no), wording)]);
        }
        if *viewed == Viewed::Log {
            let waiting = audit::breaches(&loaded.journal, scene.case).into_iter();
            let waiting = waiting.filter(|breach| breach.assessed.is_empty()).take(BREACH_BUTTONS_MAX);
            page = page.with_buttons(waiting.map(|breach| scene.assess_button(breach.entry)).collect());
        }
        Ok(page)
    }

    /// Every case, oldest first, as it is now.
    ///
    /// # Errors
    /// Where the store can't be used.
    pub async fn every_case(&self) -> Result<Vec<Loaded>, StoreError> {
        let mut cases = Vec::new();
        for row in self.store.cases().await? {
            cases.push(self.load(&row.case).await?);
        }
        Ok(cases)
    }

    /// The closed sessions of these cases that were held in a period, each with the place of its case among them.
    pub fn sittings<'a>(&'a self, cases: &'a [Loaded], period: Period) -> Vec<(usize, Sitting<'a>)> {
        self.those(cases, period, |session| session.closed_at.is_some())
    }

    fn those<'a>(
        &'a self,
        cases: &'a [Loaded],
        period: Period,
        is_meant: fn(&Session) -> bool,
    ) -> Vec<(usize, Sitting<'a>)> {
        let of = |(place, loaded): (usize, &'a Loaded)| {
            let rules = loaded.book.rules(&self.config.calendar);
            let all = Sitting::all(&loaded.journal, &loaded.case, rules, self.now(), is_meant);
            all.into_iter().map(move |sitting| (place, sitting))
        };
        let all = cases.iter().enumerate().flat_map(of);
        all.filter(|(_, sitting)| period.holds(sitting.held_at())).collect()
    }

    /// Lists and counts over many cases.
    pub(super) async fn audit_view(
        &self,
        view: AuditView,
        telling: &Telling<'_>,
        person: Option<&Person>,
    ) -> Result<Shown, StoreError> {
        let rule = &self.today.procedure.audit;
        let (named, otherwise) = match view {
            AuditView::InspectionList(_) => (&rule.inspection, Refusal::NotYoursToList),
            AuditView::AgencyCounts(_) => (&rule.agency_manager, Refusal::ForAgencyManager),
            _ => (&rule.auditor, Refusal::ForAuditor),
        };
        let refusal = match person {
            None => Some(Refusal::NotEnrolled),
            Some(person) => (!fits(person, named)).then_some(otherwise),
        };
        let (Some(person), None) = (person, &refusal) else {
            return self.refused_view(telling, person, refusal.unwrap_or(Refusal::NotEnrolled)).await;
        };
        let cases = self.every_case().await?;
        let found = match view {
            // One that nobody closed was held all the same (AUD-13).
            AuditView::InspectionList(_) => self.those(&cases, view.period(), |session| session.opened_at.is_some()),
            _ => self.sittings(&cases, view.period()),
        };
        if found.is_empty() {
            return self.refused_view(telling, Some(person), Refusal::NothingInPeriod).await;
        }
        let (wording, least, period) = (&self.today.wording, rule.least_shown, view.period());
        let press = telling.press(telling.asked.row.key);
        let press = press.with("from_day", period.from).with("to_day", period.to);
        let message = match view {
            AuditView::Totals { sample, .. } => {
                let drawn = sample.map(|(size, seed)| (size, seed.unwrap_or_else(|| self.draw_seed())));
                let found = match drawn {
                    Some((size, seed)) => audit::sample(found, |(_, one)| one, size.into(), seed),
                    None => found,
                };
                let counted: Vec<_> = found.into_iter().map(|(place, one)| (one, &*cases[place].case)).collect();
                let paper = audit::totals(&counted, period, drawn, least, wording);
                let press = drawn.iter().fold(press, |press, (size, seed)| press.with("size", size).with("seed", seed));
                page(&minutes::markdown(&paper), &press, telling.asked, wording)
            }
            AuditView::AgencyCounts(_) => {
                let found: Vec<_> = found.into_iter().map(|(_, one)| one).collect();
                let paper = audit::agency_counts(&found, &person.agency, period, least, wording);
                page(&minutes::markdown(&paper), &press, telling.asked, wording)
            }
            AuditView::Overrides(_) => {
                let found: Vec<_> = found.into_iter().map(|(_, one)| one).collect();
                page(&minutes::markdown(&audit::map(&found, period, wording)), &press, telling.asked, wording)
            }
            AuditView::InspectionList(_) => {
                if !self.is_first(telling.asked).await? {
                    return Ok(Shown::Nothing);
                }
                let viewed = Viewed::InspectionList { period };
                let mut listed = Vec::new();
                for (place, sitting) in found {
                    if self.is_viewed(&cases[place], &sitting, person, viewed).await? {
                        listed.push(sitting);
                    }
                }
                let csv = audit::inspection_list(&listed);
                let message = fenced(page(&csv, &press, telling.asked, wording));
                if telling.asked.part() > 1 {
                    return Ok(Shown::Message(message));
                }
                // The whole list comes with its first part, for whatever opens such files.
                let name = format!("inspection-list-{}-{}.csv", period.from, period.to);
                let file = File { name, media_type: "text/csv; charset=utf-8", bytes: csv.into_bytes() };
                return Ok(Shown::Document { message, file });
            }
            AuditView::Sample { size, seed, .. } => {
                if !self.is_first(telling.asked).await? {
                    return Ok(Shown::Nothing);
                }
                let seed = seed.unwrap_or_else(|| self.draw_seed());
                let viewed = Viewed::Sample { period, size, seed };
                let of = found.len();
                let drawn = audit::sample(found, |(_, one)| one, size.into(), seed);
                for (place, sitting) in &drawn {
                    self.is_viewed(&cases[*place], sitting, person, viewed).await?;
                }
                let drawn: Vec<_> = drawn.iter().map(|(_, sitting)| sitting).collect();
                let paper = audit::drawn(&drawn, of, period, size, seed, wording);
                let press = press.with("size", size).with("seed", seed);
                page(&minutes::markdown(&paper), &press, telling.asked, wording)
            }
        };
        Ok(Shown::Message(message))
    }

    /// Puts it into a case's journal that its session is in a list; `false` where the case's own procedure has it that
    /// this person may not list it.
    async fn is_viewed(
        &self,
        case: &Loaded,
        sitting: &Sitting<'_>,
        person: &Person,
        viewed: Viewed,
    ) -> Result<bool, StoreError> {
        // The list has one receipt, and each of its cases an entry.
        let who = Who { interaction: None, person: Some(person.clone()), crosses: false };
        let command = Command::ViewForAudit { session: Some(sitting.no()), viewed };
        Ok(matches!(self.execute(&case.id, &who, &command).await?, Outcome::Done { .. }))
    }

    /// Keeps that a list was asked for; `false` for a second delivery of the same interaction.
    async fn is_first(&self, asked: &Asked) -> Result<bool, StoreError> {
        let receipt = Receipt {
            interaction: asked.interaction.clone(),
            case: None,
            at: self.now(),
            result: ReceiptResult::Accepted,
            code: asked.row.key.to_owned(),
        };
        Ok(self.store.record_receipt(&receipt).await? == Committed::Done)
    }

    async fn refused_view(
        &self,
        telling: &Telling<'_>,
        person: Option<&Person>,
        refusal: Refusal,
    ) -> Result<Shown, StoreError> {
        let who = Who { interaction: Some(telling.asked.interaction.clone()), person: person.cloned(), crosses: false };
        let is_first = self.record_refusal(None, &who, &refusal).await?;
        Ok(if is_first { telling.refusal(&refusal) } else { Shown::Nothing })
    }
}

/// The digest of an entry, as a line of the export has it.
fn digest_of(line: &str) -> String {
    let line: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    line.get("hash").and_then(|hash| hash.as_str()).unwrap_or_default().to_owned()
}

/// The part of a paper that is asked for, with a button for the next.
fn page(text: &str, press: &Press, asked: &Asked, wording: &Wording) -> Message {
    paging::page(text, press, asked.part(), wording, |text, n, of| wording.say("audit.page", context! { text, n, of }))
}

/// The same in a block that the platform shows as it is and copies whole.
fn fenced(message: Message) -> Message {
    let (list, foot) = message.text.split_once("\n\n-#").unwrap_or((&message.text, ""));
    let foot = if foot.is_empty() { String::new() } else { format!("\n-#{foot}") };
    Message { text: format!("```csv\n{list}\n```{foot}"), ..message.clone() }
}
