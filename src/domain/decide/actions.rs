//! Actions from their entry to their end: what one line says of who and when, the owner's answer, their report and the
//! chair's word on it, and what falls due of them.

use chrono::{DateTime, Utc};

use super::{Decision, Situation, seats};
use crate::domain::decision::{Action, ActionEntered, ActionParts, Draft, Entry};
use crate::domain::due::{self, Direction, Why};
use crate::domain::event::Event;
use crate::domain::follow_up::{self, Completion};
use crate::domain::ids::{ActionNo, DraftId, SeatId, SessionNo};
use crate::domain::limits::Item;
use crate::domain::plan;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::domain::stage::Stage;

/// The question that says who checks the actions, how and when (ACT-08).
pub const REVIEW: &str = "review_mechanism";
/// How many words of a line are looked through for a date.
const WORDS_MAX: usize = 60;

/// When something is due, and whether only its day was said.
#[derive(Clone, Copy)]
pub(super) struct Due {
    pub at: DateTime<Utc>,
    pub day_alone: bool,
}

/// With what one line says and its form left blank: "Theo to see Tegan tomorrow 9.30 at grandmother's" names its owner,
/// its time and its place (ACT-01). What could be read two ways is left out, and listed as missing.
pub(super) fn understood(situation: &Situation<'_>, mut action: ActionEntered) -> ActionEntered {
    let line = action.what.words().to_owned();
    if action.owner.is_none() && action.invited.is_none() && !action.immediate {
        let said = if action.owner_words.is_empty() { doer(&line) } else { action.owner_words.words() };
        action.owner = named(situation, said);
        if action.owner.is_some() {
            action.owner_words = Spoken::default();
        }
    }
    if let (None, Some((due, after))) = (action.due, dated(situation, &line)) {
        (action.due, action.day_alone) = (Some(due.at), due.day_alone);
        let place = after.trim().trim_end_matches('.').strip_prefix("at ").unwrap_or_default();
        if action.place.is_empty() && !place.is_empty() {
            action.place = Spoken::new(place);
        }
    }
    action
}

/// An owner who is invited by name takes a seat, so that the action can be theirs (ACT-11).
pub(super) fn with_seat(situation: &Situation<'_>, entry: Entry) -> Result<(Option<Event>, Entry), Refusal> {
    let Entry::Action(action) = entry else { return Ok((None, entry)) };
    let Some(id) = action.invited else { return Ok((None, Entry::Action(action))) };
    let mut invited = situation.case.invited_by_name().filter(|(known, _)| *known == id);
    let (_, person) = invited.next().ok_or(Refusal::UnknownInvitation)?;
    let seat = seats::own_seat(seats::next_seat(situation.case), person, Some(id));
    let action = ActionEntered { owner: Some(seat.id), invited: None, ..action };
    Ok((Some(Event::SeatTaken { seat }), Entry::Action(action)))
}

/// Whom a line begins with: "Theo to ...", "DS Orr will ...".
fn doer(line: &str) -> &str {
    let said = [" to ", " will ", " - ", ": "].into_iter().filter_map(|mark| line.split_once(mark));
    said.map(|(who, _)| who).min_by_key(|who| who.len()).unwrap_or_default()
}

/// The one person of the case who is called so.
fn named(situation: &Situation<'_>, said: &str) -> Option<SeatId> {
    let doer = said.trim().to_lowercase();
    if doer.is_empty() {
        return None;
    }
    let is_meant = |name: &str| {
        let name = name.to_lowercase();
        name == doer
            || name.split_whitespace().any(|part| part == doer)
            || doer.ends_with(&format!(" {}", surname(&name)))
    };
    let mut meant = situation.case.seats.iter().filter(|seat| is_meant(&seat.person.name));
    let found = meant.next()?;
    let is_the_same =
        |person: &crate::domain::people::Person| person.account.is_some() && person.account == found.person.account;
    let others = meant.filter(|seat| !is_the_same(&seat.person)).count();
    (others == 0).then(|| situation.known(found.id).ok()).flatten()
}

fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// The one date the line says, and what follows it. The longest words that make a date count; where two do not overlap,
/// or words could be two dates, none is taken.
fn dated<'a>(situation: &Situation<'_>, line: &'a str) -> Option<(Due, &'a str)> {
    let calendar = situation.facts.rules.calendar;
    let starts: Vec<usize> = line
        .char_indices()
        .filter(|(at, letter)| {
            !letter.is_whitespace() && line[..*at].chars().next_back().is_none_or(char::is_whitespace)
        })
        .map(|(at, _)| at)
        .take(WORDS_MAX)
        .collect();
    let ends: Vec<usize> =
        starts.iter().map(|at| line[*at..].find(char::is_whitespace).map_or(line.len(), |n| at + n)).collect();
    let mut found: Vec<(usize, usize, Due)> = Vec::new();
    for (first, start) in starts.iter().enumerate() {
        for end in ends[first..].iter().take(7).rev() {
            let is_inside = found.iter().any(|(from, to, _)| from <= start && end <= to);
            if is_inside {
                break;
            }
            let words = line[*start..*end].trim_end_matches(['.', ',', ';']);
            let (coming, now) = (Direction::Coming, situation.facts.now);
            match due::parse(words, coming, now, calendar) {
                Ok(at) => {
                    let day_alone = due::is_day_alone(words, coming, now, calendar);
                    found.push((*start, *end, Due { at, day_alone }));
                    break;
                }
                Err(not_understood) if !matches!(not_understood.why, Why::Nothing | Why::Unknown) => return None,
                Err(_) => {}
            }
        }
    }
    match found[..] {
        [(_, end, due)] => Some((due, &line[end..])),
        _ => None,
    }
}

/// The chair's word on the list as it was read back: one press, which confirms what of it was only drafted, too (ACT-14).
pub(super) fn confirm_list(situation: &Situation<'_>) -> Decision {
    situation.chair()?;
    let (case, session) = (situation.case, situation.session()?);
    if session.stage > Stage::Minutes {
        return Err(Refusal::AlreadyClosed);
    }
    if session.read_back_at.is_none() {
        return Err(Refusal::NotAtThisStage { stage: session.stage, needed: Stage::ReadBack });
    }
    // Nobody confirms what its author may still take back (SES-15).
    let is_held = |draft: &Draft| case.is_held(session.no, Item::Entry(draft.id));
    let number = |draft: &Draft| match &draft.entry {
        Entry::Action(action) => Some(action.no),
        _ => None,
    };
    let held: Vec<_> = session.drafts.iter().filter(|draft| is_held(draft)).filter_map(number).collect();
    if !plan::to_confirm(case, session).iter().any(|no| !held.contains(no)) {
        return Err(Refusal::NothingToConfirm);
    }
    let listed = plan::listed(case).map(|action| action.entered.no).filter(|no| !held.contains(no)).collect();
    let drafts = session.unconfirmed().filter(|draft| number(draft).is_some() && !is_held(draft));
    let drafts: Vec<_> = drafts.map(|draft| draft.id).collect();
    let confirmed = (!drafts.is_empty()).then_some(Event::DraftsConfirmed { drafts });
    Ok(confirmed.into_iter().chain([Event::ActionsConfirmed { actions: listed }]).collect())
}

/// The owner accepts, or sends it back to the chair (ACT-10).
pub(super) fn answer(situation: &Situation<'_>, action: ActionNo, accepted: bool, reason: &Spoken) -> Decision {
    owned(situation, action)?;
    if situation.case.action(action).is_some_and(|action| action.cancelled.is_some()) {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::ActionAnswered { action, accepted, reason: reason.clone() }])
}

/// Done, partly or not, with the evidence and what changed for the child; of an action that is nobody's, the chair says
/// so. The chair's own needs nobody else's word (REV-02).
pub(super) fn report(
    situation: &Situation<'_>,
    action: ActionNo,
    completion: Completion,
    evidence: &Spoken,
    changed: &Spoken,
) -> Decision {
    let known = situation.case.action(action).ok_or(Refusal::UnknownAction)?;
    owned(situation, action)?;
    let by = situation.seat()?;
    if !known.is_live() {
        return Err(Refusal::AlreadyDone);
    }
    let (evidence, changed) = (evidence.clone(), changed.clone());
    let reported = Event::ActionReported { action, by, completion, evidence, changed };
    let accepted = Event::ReportAnswered { action, accepted: true, reason: Spoken::default() };
    let is_chair = situation.is_chair().is_ok();
    Ok([reported].into_iter().chain(is_chair.then_some(accepted)).collect())
}

/// The chair accepts what was reported, or returns it with the reason (REV-02).
pub(super) fn answer_report(situation: &Situation<'_>, action: ActionNo, accepted: bool, reason: &Spoken) -> Decision {
    situation.is_chair()?;
    let known = situation.case.action(action).ok_or(Refusal::UnknownAction)?;
    if !known.is_reported() {
        return Err(Refusal::AlreadyDone);
    }
    Ok(vec![Event::ReportAnswered { action, accepted, reason: reason.clone() }])
}

/// Not to be done any more; the chair's to say, with the reason, without which it stays as it was (REV-10).
pub(super) fn cancel(situation: &Situation<'_>, action: ActionNo, reason: &Spoken) -> Decision {
    situation.leads()?;
    let known = situation.case.action(action).ok_or(Refusal::UnknownAction)?;
    if !known.is_live() {
        return Err(Refusal::AlreadyDone);
    }
    if reason.is_empty() {
        return Err(Refusal::Missing { field: "reason".to_owned() });
    }
    Ok(vec![Event::ActionCancelled { action, reason: reason.clone() }])
}

/// Another time or another owner, or more of what it is; the chair's, the recorder's or the owner's to say, with the reason
/// (TIM-11, ACT-03).
pub(super) fn change(
    situation: &Situation<'_>,
    action: ActionNo,
    due: Option<Due>,
    owner: Option<SeatId>,
    (parts, reason): (&ActionParts, &Spoken),
) -> Decision {
    situation.case.action(action).ok_or(Refusal::UnknownAction)?;
    situation.chair_or_recorder().map(drop).or_else(|_| owned(situation, action))?;
    let owner = owner.map(|seat| situation.known(seat)).transpose()?;
    let day_alone = due.is_some_and(|due| due.day_alone);
    let due = due.map(|due| due.at);
    Ok(vec![Event::ActionChanged { action, due, day_alone, owner, parts: parts.clone(), reason: reason.clone() }])
}

/// What came of checking the actions, by whoever was to check them or the chair (REV-03).
pub(super) fn review(situation: &Situation<'_>, session: Option<SessionNo>, result: &Spoken) -> Decision {
    let own = situation.seat()?;
    let no = session.or(situation.session.map(|session| session.no));
    let of = no.and_then(|no| situation.case.session_no(no)).ok_or(Refusal::NoSession)?;
    let is_meant = of.answers(REVIEW).any(|(_, answer)| checker(answer) == Some(own));
    if !is_meant {
        situation.is_chair()?;
    }
    if result.is_empty() {
        return Err(Refusal::Missing { field: "result".to_owned() });
    }
    Ok(vec![Event::CompletionReviewed { session: no, by: own, result: result.clone() }])
}

/// Who checks, as the answer says.
fn checker(answer: &crate::domain::prompt::Answer) -> Option<SeatId> {
    answer.fields.get("who")?.words().parse().ok()
}

/// The check fell due; the answer that set it still stands (REV-03).
pub(super) fn review_due(situation: &Situation<'_>, no: SessionNo, draft: DraftId) -> Option<Event> {
    let session = situation.case.session_no(no)?;
    let entered = session.standing().find(|entered| entered.id == draft)?;
    let Entry::Answer(answer) = &entered.entry else { return None };
    Some(Event::CompletionReviewDue { session: Some(no), draft, who: checker(answer) })
}

/// A step of following an action up is due (REV-01, REV-07).
pub(super) fn follow_up(situation: &Situation<'_>, no: ActionNo) -> Option<Event> {
    let action: &Action = situation.case.action(no)?;
    let step = follow_up::due(action, situation.case, &situation.facts.rules.procedure.waits, situation.facts.now)?;
    Some(Event::ActionFollowedUp { action: no, step, due_at: action.entered.due })
}

fn owned(situation: &Situation<'_>, action: ActionNo) -> Result<(), Refusal> {
    let own = situation.seat()?;
    let entered = &situation.case.action(action).ok_or(Refusal::UnknownAction)?.entered;
    // Without an owner it is the chair's and the recorder's, and an immediate one anybody's who can.
    let is_nobodys = entered.owner.is_none() && (entered.is_at_once() || situation.chair_or_recorder().is_ok());
    if entered.owner == Some(own) || is_nobodys {
        Ok(())
    } else {
        Err(Refusal::NotYourAction { owner: situation.name_of(entered.owner) })
    }
}
