//! How long an answer to an invitation is waited for, and what can be done then (INV-17, INV-32).

use chrono::{DateTime, Duration, Utc};

use super::attendance::{InvitationState, Invitee};
use super::procedure::{Level, Procedure, SilenceStep, Waits};

/// A quarter of the time left to the hold-by, within the procedure's bounds; without a hold-by the longest.
pub fn wait(hold_by: Option<DateTime<Utc>>, now: DateTime<Utc>, waits: &Waits) -> Duration {
    let [least, most] =
        [waits.mailbox_least_minutes, waits.mailbox_most_minutes].map(|minutes| Duration::minutes(i64::from(minutes)));
    hold_by.map_or(most, |hold_by| ((hold_by - now) / 4).max(least).min(most))
}

/// The steps still open once the wait for an answer is over.
pub fn steps<'a>(state: &InvitationState, procedure: &'a Procedure) -> impl Iterator<Item = &'a SilenceStep> {
    let (kind, role_code) = match &state.invitation.to {
        Invitee::Agency { kind, role_code, .. } => (*kind, role_code.clone()),
        Invitee::Person(person) => (person.agency_kind, person.role_code.clone()),
    };
    let is_silent = state.is_unanswered() && state.unanswered_at.is_some();
    let taken = state.escalated.clone();
    procedure.silence.iter().filter(move |step| {
        let is_meant = step.silent.is_empty() || step.silent.iter().any(|line| line.asks_for(kind, &role_code));
        let is_offered = !matches!(procedure.level(&step.rule), Level::Off | Level::Absent);
        let is_anybody = step.tell_contact.is_none_or(|contact| state.invitation.contacts.of(contact).is_some());
        is_silent && is_meant && is_offered && is_anybody && !taken.contains(&step.code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_wait_is_a_quarter_of_the_time_left_between_its_bounds() {
        let now = DateTime::from_timestamp(1_796_637_600, 0).expect("a moment");
        for (slug, procedure) in &Config::built_in().procedures {
            let wait = |left: Option<i64>| {
                let hold_by = left.map(|minutes| now + Duration::minutes(minutes));
                wait(hold_by, now, &procedure.waits).num_minutes()
            };
            assert_eq!(wait(Some(4 * 60)), 60, "{slug}");
            assert_eq!(wait(Some(30)), 15, "{slug}: the least");
            assert_eq!(wait(Some(-30)), 15, "{slug}: the hold-by is over");
            assert_eq!(wait(Some(24 * 60)), 120, "{slug}: the most");
            assert_eq!(wait(None), 120, "{slug}");
        }
    }
}
