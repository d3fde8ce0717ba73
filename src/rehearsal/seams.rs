//! Where the rehearsal meets the bot and the minutes: the only file that changes when either does.

use std::sync::Arc;

use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::workspace::{self, Workspace};
use crate::app::ports::{Clock, Store};
use crate::bot::{self, Bot};
use crate::config::Config;
use crate::discord::courier::Limits;
use crate::domain::case::Case;
use crate::domain::event::{CopyKind, Record};
use crate::domain::facts::Rules;
use crate::domain::ids::{ChildId, SeatId};
use crate::minutes::{self, Minutes};
use crate::wording::Wording;
use crate::workers::machine_time;

/// With roomy limits a play is as fast as this machine; the platform's own figure is the courier's default.
const ROOMY_REQUESTS_PER_SECOND: u16 = 5_000;

/// What the bot under rehearsal is started with.
pub struct Start {
    pub procedure: String,
    pub limits: workspace::Limits,
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub config: Arc<Config>,
}

/// Starts the bot against the workspace: the same bot, told another address.
pub async fn start(workspace: &Workspace, start: Start, chance: &mut ChaCha20Rng) -> anyhow::Result<Bot> {
    let limits = match start.limits {
        workspace::Limits::Roomy => Limits::unhurried(ROOMY_REQUESTS_PER_SECOND),
        workspace::Limits::Discord => Limits::default(),
    };
    let options = bot::Options {
        base: workspace.base_url(),
        token: workspace.bot_token(),
        guild: workspace.guild_id().0,
        procedure: start.procedure,
        store: start.store,
        clock: start.clock,
        chance: Box::new(ChaCha20Rng::from_rng(chance)),
        spread: Box::new(ChaCha20Rng::from_rng(chance)),
        config: start.config,
        printer: None,
        // Leases only have to be consistent within this play.
        machine_time: machine_time(0),
        poll: None,
        category: None,
        admin_channel: None,
        mailer: None,
        limits,
    };
    Bot::start(options).await
}

/// The written record, as files will hold it.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    pub markdown: String,
    pub html: String,
    pub docx: Vec<u8>,
    /// To be pasted into the case system.
    pub plain: String,
    pub json: String,
    /// The words of the heading: "draft", "not quorate".
    pub status: Vec<String>,
    /// What every recipient reads whose copy doesn't differ.
    pub common: String,
    /// The copies that differ from the common one, by seat.
    pub copies: Vec<(SeatId, String)>,
    pub family: String,
    /// For the file of each child considered (MIN-24).
    pub files: Vec<(ChildId, String)>,
    /// The further session that was arranged, for people's calendars.
    pub further_session: Option<String>,
}

/// Compiles the record: the chair's full one, each copy that differs, and the family's. `head` is the digest printed
/// in it.
pub fn documents(records: &[Record], rules: &Rules<'_>, wording: &Wording, head: &str) -> Documents {
    let Some(case) = Case::fold(records).filter(|case| case.session().is_some()) else { return Documents::default() };
    let record = minutes::compile(records, None, rules, wording, head);
    let copy_for = |seat| minutes::copy(records, None, rules, wording, head, seat);
    let common = copy_for(None);
    let recipients = case.session().map(|session| session.circulation.as_slice()).unwrap_or_default();
    let copies = recipients.iter().map(|(recipient, ..)| {
        let copy = match recipient.copy {
            CopyKind::Common => copy_for(Some(recipient.seat)),
            CopyKind::Extract => minutes::extract(&case, rules, wording, recipient.seat, head),
        };
        (recipient.seat, copy)
    });
    // Whose copy it is says each of them; what counts is what it holds.
    let differs = |copy: &Minutes| (&copy.notices, &copy.sections) != (&common.notices, &common.sections);
    let family = case.session().map(|session| minutes::family_draft(&case, session.no, rules, wording));
    let family = family.map(|draft| minutes::markdown(&draft));
    let files = minutes::for_files(records, None, rules, wording, head).into_iter();
    Documents {
        markdown: minutes::markdown(&record),
        html: minutes::html(&record, wording),
        docx: minutes::docx(&record, wording),
        plain: minutes::plain(&record, &rules.procedure.case_form),
        json: minutes::json(&record),
        status: record.status.iter().map(|status| status.word.clone()).collect(),
        copies: copies.filter(|(_, copy)| differs(copy)).map(|(seat, copy)| (seat, minutes::markdown(&copy))).collect(),
        common: minutes::markdown(&common),
        files: files.map(|(child, document)| (child, minutes::markdown(&document))).collect(),
        further_session: minutes::calendar_file(&case, rules, wording),
        family: family.unwrap_or_default(),
    }
}
