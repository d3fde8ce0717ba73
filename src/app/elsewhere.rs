//! What people of a case have to do with other cases: one's own list, who is asked to two sessions at once (SES-14), and
//! who has just acted in another (SES-15).
//! Another case is named to nobody who is not part of it.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use chrono::{DateTime, TimeDelta, Utc};
use minijinja::context;

use crate::domain::attendance::Invitee;
use crate::domain::case::Case;
use crate::domain::drift;
use crate::domain::event::{Event, Record};
use crate::domain::ids::{AccountId, CaseId, SeatId};
use crate::domain::people::Person;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

use super::execute::{App, Loaded, Who, seat_of};
use super::ports::StoreError;

/// What each did last, and when.
pub(super) type LastActs = BTreeMap<AccountId, Option<(CaseId, DateTime<Utc>)>>;

impl App {
    /// Whether the last thing somebody did, within the procedure's minutes, was in another case (SES-15).
    pub(super) async fn crosses(&self, person: Option<&Person>, loaded: &Loaded) -> Result<bool, StoreError> {
        let within = TimeDelta::minutes(loaded.book.procedure.waits.two_cases_minutes.into());
        let last = self.last_act(person).await?;
        Ok(last.is_some_and(|(case, at)| case != loaded.id && self.now() - at <= within))
    }

    pub(super) fn has_acted(&self, who: &Who, case: &CaseId, at: DateTime<Utc>) {
        if let Some(account) = who.person.as_ref().and_then(|person| person.account) {
            let mut acts = self.last_acts.lock().unwrap_or_else(PoisonError::into_inner);
            acts.insert(account, Some((case.clone(), at)));
        }
    }

    /// Kept in memory; the first time after a start it is looked up in their cases.
    async fn last_act(&self, person: Option<&Person>) -> Result<Option<(CaseId, DateTime<Utc>)>, StoreError> {
        let Some(account) = person.and_then(|person| person.account) else { return Ok(None) };
        let known = self.last_acts.lock().unwrap_or_else(PoisonError::into_inner).get(&account).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let mut last: Option<(CaseId, DateTime<Utc>)> = None;
        for row in self.own_cases(person).await? {
            let loaded = self.load(&row.case).await?;
            let seat = seat_of(&loaded.case, Some(account));
            let own =
                loaded.journal.iter().rev().find(|record| record.actor.seat.is_some() && record.actor.seat == seat);
            let own = own.filter(|record| last.as_ref().is_none_or(|(_, at)| record.at > *at));
            last = own.map(|record| (loaded.id.clone(), record.at)).or(last);
        }
        self.last_acts.lock().unwrap_or_else(PoisonError::into_inner).entry(account).or_insert(last.clone());
        Ok(last)
    }

    /// One's own discussions in a line each, the earliest first.
    pub(super) async fn mine(&self, person: Option<&Person>) -> Result<Vec<String>, StoreError> {
        let account = person.and_then(|person| person.account);
        let mut lines = Vec::new();
        for row in self.own_cases(person).await? {
            let loaded = self.load(&row.case).await?;
            let Some(seat) = seat_of(&loaded.case, account).filter(|seat| !is_out(&loaded.case, *seat)) else {
                continue;
            };
            let starts = loaded.case.session().and_then(Session::held_at);
            lines.push((starts.is_none(), starts, self.standing(&loaded, seat)));
        }
        lines.sort_by_key(|(undated, starts, _)| (*undated, *starts));
        Ok(lines.into_iter().map(|(.., line)| line).collect())
    }

    /// When a case sits, how far it is, when the reader speaks, and how long children of it have been without a
    /// decision; none by name (SES-14, TIM-10).
    fn standing(&self, loaded: &Loaded, seat: SeatId) -> String {
        let scene = self.scene(loaded);
        let undecided = drift::undecided(&loaded.case, &scene.rules, self.now());
        let first = undecided.first();
        let idle = drift::without_action(&loaded.case, &scene.rules, self.now());
        let longest = idle.iter().max_by_key(|one| one.working_days);
        let session = loaded.case.session();
        let before = session.and_then(|session| session.turns_before(seat));
        loaded.book.wording.say(
            "view.standing",
            context! {
                code_name => loaded.case.code_name.to_string(),
                starts => session.map(|session| scene.starts(session)),
                stage => session.map(|session| scene.wording.say(&format!("stage.{}", session.stage.key()), ())),
                before, speaks => session.is_some_and(|session| session.speaks(seat)), children => undecided.len(),
                days => first.map_or(0, |one| one.working_days), drift => first.is_some_and(|one| one.drift),
                idle => idle.len(), idle_days => longest.map_or(0, |one| one.working_days),
                idle_drift => longest.is_some_and(|one| one.drift), closed => loaded.case.closed.is_some(),
            },
        )
    }

    /// A line for each person who was asked with these facts, or whose session was moved, and is asked to sit in another
    /// case at that time.
    pub(super) async fn clashes(
        &self,
        loaded: &Loaded,
        brought: &[Record],
        reader: AccountId,
    ) -> Result<Vec<String>, StoreError> {
        let Some(session) = loaded.case.session() else { return Ok(Vec::new()) };
        let Some(starts_at) = session.starts_at else { return Ok(Vec::new()) };
        let mut asked: Vec<&Person> = brought.iter().flat_map(|record| asked(&loaded.case, session, record)).collect();
        asked.sort_by_key(|person| person.account);
        asked.dedup_by_key(|person| person.account);
        let mut lines = Vec::new();
        for person in asked {
            let Some(account) = person.account else { continue };
            for row in self.store.own_cases(account).await? {
                let other = self.load(&row.case).await?;
                let apart = TimeDelta::minutes(loaded.book.procedure.waits.clash_minutes.into());
                if other.id == loaded.id || !sits(&other.case, account, starts_at, apart) {
                    continue;
                }
                let is_known = seat_of(&other.case, Some(reader)).is_some_and(|seat| !is_out(&other.case, seat));
                let named = is_known.then(|| other.case.code_name.to_string());
                let values = context! { who => &person.name, own => account == reader, other => named };
                let line = self.today.wording.say("view.clash", values);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        Ok(lines)
    }
}

/// Whom a fact asks to a session: everybody asked so far where it convenes or moves it.
fn asked<'a>(case: &'a Case, session: &'a Session, record: &'a Record) -> Vec<&'a Person> {
    match &record.event {
        Event::SessionConvened { .. } | Event::SessionRescheduled { .. } => {
            let seated = session.attendance.iter().filter(|(_, at)| at.is_expected() && at.excluded.is_none());
            let named = session.invitations.iter().filter(|state| !state.is_withdrawn() && state.absence.is_none());
            let named = named.filter_map(|state| by_name(&state.invitation.to));
            seated.map(|(seat, _)| case.person(*seat)).chain(named).collect()
        }
        Event::Invited { invitation } => by_name(&invitation.to).into_iter().collect(),
        Event::InvitationAccepted { seat, .. } => vec![case.person(*seat)],
        _ => Vec::new(),
    }
}

fn by_name(to: &Invitee) -> Option<&Person> {
    match to {
        Invitee::Person(person) => Some(person),
        Invitee::Agency { .. } => None,
    }
}

/// Whether somebody is to sit in this case about that time.
fn sits(case: &Case, account: AccountId, at: DateTime<Utc>, apart: TimeDelta) -> bool {
    let Some(session) = case.session().filter(|session| session.stage < Stage::Closed) else { return false };
    let Some(seat) = seat_of(case, Some(account)) else { return false };
    let attendance = session.attendance.get(&seat);
    let is_expected = attendance.is_some_and(|attendance| attendance.is_expected() && attendance.excluded.is_none());
    let is_then = session.starts_at.is_some_and(|starts_at| (starts_at - at).abs() <= apart);
    is_then && (is_expected || session.convenor == seat)
}

/// Somebody who was turned away, stood down, or has handed their seat on has no discussion there any more.
fn is_out(case: &Case, seat: SeatId) -> bool {
    let attendance = case.session().and_then(|session| session.attendance.get(&seat));
    attendance.is_some_and(|attendance| attendance.excluded.is_some())
}
