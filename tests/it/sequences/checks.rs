//! What must hold after every fact and after every command.

use convenor::domain::attendance::Attendance;
use convenor::domain::case::Case;
use convenor::domain::command::Command;
use convenor::domain::decision::DangerKind;
use convenor::domain::event::Event;
use convenor::domain::floor::{Mode, Whose};
use convenor::domain::people::AgencyKind;
use convenor::domain::session::Session;
use convenor::domain::stage::Stage;
use proptest::prelude::*;

use super::play::{PEOPLE, Play, person};

impl Play {
    /// After a fact; `before` is the case it was added to.
    pub fn check_event(&self, before: Option<&Case>, event: &Event) -> Result<(), TestCaseError> {
        check_floor(before, event)?;
        if let (Some(before), Some(after)) = (before, &self.case) {
            check_stages(before, after)?;
            check_adjourned(before.session(), after.session(), event)?;
        }
        self.case.iter().flat_map(|case| &case.sessions).try_for_each(check_one_voice)?;
        if event.stage().is_some() { self.check_board() } else { Ok(()) }
    }

    /// After a command with all its facts.
    pub fn check_command(&self) -> Result<(), TestCaseError> {
        self.check_danger()?;
        self.check_never_stopped()
    }

    /// The journal tells the whole case, and a fold can be kept and gone on with at any place.
    pub fn check_replay(&self, cut: usize) -> Result<(), TestCaseError> {
        prop_assert_eq!(&Case::fold(&self.journal), &self.case);
        let (first, rest) = self.journal.split_at(cut);
        let mut kept = Case::fold(first);
        for record in rest {
            match &mut kept {
                Some(case) => case.apply(record),
                None => kept = Case::fold(std::slice::from_ref(record)),
            }
        }
        prop_assert_eq!(&kept, &self.case);
        let text = serde_json::to_string(&self.journal).expect("a journal can be written");
        let read: Vec<convenor::domain::event::Record> = serde_json::from_str(&text).expect("and read again");
        prop_assert_eq!(&Case::fold(&read), &self.case);
        Ok(())
    }

    /// Immediate danger is taken at any time from everybody who is invited or has a seat, before the door too, whatever
    /// became of them (SAFE-01).
    fn check_danger(&self) -> Result<(), TestCaseError> {
        let Some(case) = &self.case else { return Ok(()) };
        let danger = Command::RaiseDanger { danger: DangerKind::ALL[0].0 };
        for who in 0..PEOPLE.len() {
            let person = person(who);
            let invitations = case.session().into_iter().flat_map(|session| &session.invitations);
            let is_invited = invitations.into_iter().any(|state| state.invitation.to.means(&person));
            if self.seat(Some(who)).is_some() || is_invited {
                let raised = self.decides(Some(who), &danger);
                let stage = case.session().map(|session| session.stage);
                prop_assert!(raised.is_ok(), "{} at {stage:?}: {raised:?}", person.name);
            }
        }
        Ok(())
    }
}

/// Nothing stands in the round from a person without the floor. In a turn stand its holder's words alone, or what social
/// care shares for a partner who is not there; after the round, what a speaker who had a turn was asked and could still
/// say. What is sent in writing is no part of the round until it is read out in its author's turn. Danger has no turn.
fn check_floor(before: Option<&Case>, event: &Event) -> Result<(), TestCaseError> {
    let Event::Contributed { contribution } = event else { return Ok(()) };
    let case = before.expect("nobody speaks before there is a case");
    let session = case.session().expect("nobody speaks before a session");
    let turn = contribution.turn.and_then(|id| session.turn(id)).expect("a contribution has a turn");
    let holder = turn.turn.whose;
    prop_assert!(turn.began_at.is_some());
    if session.stage > Stage::Sharing {
        prop_assert_eq!(holder, Whose::Seat(contribution.seat));
        return Ok(());
    }
    prop_assert_eq!(session.stage, Stage::Sharing);
    prop_assert_eq!(session.floor, contribution.turn);
    if contribution.mode == Mode::Relayed {
        let speaker = case.person(contribution.seat);
        let is_here =
            matches!(holder, Whose::Seat(seat) if session.attendance.get(&seat).is_some_and(Attendance::is_here));
        prop_assert!(holder == Whose::Seat(contribution.seat) || !is_here);
        prop_assert!(holder == Whose::Seat(contribution.seat) || speaker.agency_kind == AgencyKind::SocialCare);
    } else {
        prop_assert_eq!(holder, Whose::Seat(contribution.seat));
    }
    Ok(())
}

/// One turn at most has begun and not ended, and nobody has the floor but in it.
fn check_one_voice(session: &Session) -> Result<(), TestCaseError> {
    let begun = session.turns.iter().filter(|state| state.began_at.is_some() && state.ended.is_none());
    let begun: Vec<_> = begun.map(|state| state.turn.id).collect();
    prop_assert!(begun.len() <= 1, "{} turns have begun and not ended", begun.len());
    prop_assert!(session.floor.is_none_or(|floor| begun == [floor]));
    prop_assert!(session.floor.is_none() || session.stage == Stage::Sharing);
    Ok(())
}

/// No fact leads a session back. Returning to a speaker and coming back give another turn in the round that is under
/// way; resuming leads to the stage the session was adjourned at; what is supplied later changes no stage; and a further
/// session of the case is another one, beginning with the first stage. One thing alone is taken up again, and is
/// recorded: a corrected record that had gone out is signed and sent out anew, as the next version.
fn check_stages(before: &Case, after: &Case) -> Result<(), TestCaseError> {
    prop_assert!(after.sessions.len() >= before.sessions.len());
    for (before, after) in before.sessions.iter().zip(&after.sessions) {
        let accepted_anew = |session: &Session| {
            let answers = session.issuing.corrections.iter().filter_map(|correction| correction.answer.as_ref());
            answers.filter(|answer| answer.accepted && answer.version.is_none()).count()
        };
        let is_corrected = (before.stage, after.stage) == (Stage::Circulated, Stage::Minutes)
            && after.draft_version == before.draft_version + 1
            && (accepted_anew(before), accepted_anew(after)) == (1, 0);
        prop_assert!(after.stage >= before.stage || is_corrected, "from {:?} back to {:?}", before.stage, after.stage);
    }
    Ok(())
}

/// Nothing in an adjourned session changes the floor, and resuming leads back to the stage it was at.
fn check_adjourned(before: Option<&Session>, after: Option<&Session>, event: &Event) -> Result<(), TestCaseError> {
    let Some(before) = before.filter(|before| before.adjourned().is_some()) else { return Ok(()) };
    prop_assert_eq!(before.floor, None);
    if matches!(event, Event::SessionClosed { .. }) {
        return Ok(());
    }
    let after = after.expect("a session does not go away");
    prop_assert_eq!(after.stage, before.stage);
    prop_assert_eq!(after.floor, None);
    // Whoever comes back or sends something meanwhile is put at the end.
    prop_assert_eq!(&after.turns[..before.turns.len()], &before.turns[..]);
    Ok(())
}
