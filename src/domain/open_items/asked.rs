//! Which questions of the catalogue arise in a case now, and about what each is asked.

use crate::domain::calendar::day_of;
use crate::domain::case::Case;
use crate::domain::decision::Entry;
use crate::domain::event::{Held, SessionForm};
use crate::domain::finding_out::{self, LOCATION};
use crate::domain::people::AgencyKind;
use crate::domain::procedure::Procedure;
use crate::domain::prompt::{About, Arising, Per, Prompt};
use crate::domain::referral::{Child, TriggerType};
use crate::domain::schooling::schools;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// What the police say a criminal investigation rests on (INFO-20, INFO-22).
const POLICE_BASIS: &str = "police_basis";
/// What the chair records of how it is carried out (DEC-20).
const CRIMINAL_INVESTIGATION: &str = "criminal_investigation";

/// What one prompt is asked about in this case. What can't apply to a child not yet born is not asked about one, nor
/// at all where every subject is unborn (REF-08).
pub fn abouts(prompt: &Prompt, case: &Case) -> Vec<About> {
    let applies = |child: &Child| !prompt.not_for_unborn || !child.is_unborn();
    let children = |wanted: fn(&Child) -> bool| {
        let asked = case.children.iter().filter(|child| wanted(child) && applies(child));
        asked.map(|child| About::Child(child.id)).collect()
    };
    let mut subjects = case.subjects().peekable();
    match prompt.per {
        Per::Session if subjects.peek().is_some() && !subjects.any(applies) => Vec::new(),
        Per::Session => vec![About::Session],
        Per::SubjectChild => children(|child| child.subject),
        Per::EveryChild => children(|_| true),
        Per::OtherChild => children(|child| !child.subject),
    }
}

/// The conditions of prompts as they hold now.
pub fn arising(case: &Case, session: &Session, procedure: &Procedure) -> Arising {
    let received = case.referral.received_at;
    let not_same_day =
        session.held_at().is_some_and(|held| received.is_none_or(|received| day_of(received) != day_of(held)));
    Arising {
        section_47: session.section_47_is_running(),
        in_hospital: case.referral.urgency.in_hospital || case.subjects().any(|child| is_in_hospital(child, session)),
        injury: case.referral.urgency.injury,
        high_status: case.referral.referrer.high_status,
        not_same_day,
        put_back: not_same_day || session.put_back,
        discussion: session.form == SessionForm::Discussion,
        virtual_meeting: session.form == SessionForm::Meeting && session.held == Held::Virtual,
        accumulation: case.referral.trigger_type != TriggerType::Incident,
        repeated_assessments: case.referral.trigger_type == TriggerType::RepeatedAssessments,
        unborn: case.subjects().any(Child::is_unborn),
        not_quorate: !session.is_quorate(),
        chair_outside_social_care: session
            .chair()
            .is_some_and(|chair| case.person(chair).agency_kind != AgencyKind::SocialCare),
        no_health: session.opened_at.is_some() && !is_here(case, session, AgencyKind::Health),
        school: schools(case, session, &procedure.schooling).school,
        moved: case.referral.urgency.moved,
        criminal_investigation: has_criminal_investigation(session, procedure),
        one_agency: is_of_one_agency(case),
        outcomes: session.outcomes().map(|(_, chosen)| chosen.code.clone()).collect(),
        answers: session.standing_answers().filter(|answer| answer.about == About::Session).cloned().collect(),
        flagged: case.adults.iter().flat_map(|adult| adult.difficulties.iter().cloned()).collect(),
    }
}

/// One is recorded: by the police in their turn, by the chair, or as an outcome (INFO-22).
fn has_criminal_investigation(session: &Session, procedure: &Procedure) -> bool {
    let mut said = session.contributions.iter().filter_map(|(contribution, _)| contribution.fields.get(POLICE_BASIS));
    said.any(|basis| !basis.is_empty())
        || session.standing().any(|draft| records_criminal_investigation(&draft.entry, procedure))
}

/// The chair's answer says how one is carried out, or the outcome starts one.
pub fn records_criminal_investigation(entry: &Entry, procedure: &Procedure) -> bool {
    match entry {
        Entry::Answer(answer) => {
            answer.prompt == CRIMINAL_INVESTIGATION && answer.none.is_none() && !answer.fields.is_empty()
        }
        Entry::Outcome(chosen) => procedure.outcome(&chosen.code).is_some_and(|outcome| outcome.criminal_investigation),
        _ => false,
    }
}

/// A child's place is a hospital: as last said at the session, or else as listed (DEC-36). Words that name one only bring
/// up a question; nothing is decided by them.
fn is_in_hospital(child: &Child, session: &Session) -> bool {
    let answers = session.answers(LOCATION).map(|(_, answer)| answer);
    let last = answers.filter(|answer| answer.about == About::Child(child.id)).last();
    let said = |part: &str| last.and_then(|answer| answer.fields.get(part));
    match (said(finding_out::STANDING).map(Spoken::words), said(finding_out::PLACE)) {
        (Some(finding_out::IN_HOSPITAL), _) => true,
        (_, Some(place)) if !place.is_empty() => finding_out::names_a_hospital(place),
        (Some(finding_out::MISSING | finding_out::NOT_KNOWN), _) => false,
        (_, _) => finding_out::names_a_hospital(&child.location),
    }
}

/// There is a plan, and everything of it that is still to be done is one agency's (ACT-15).
fn is_of_one_agency(case: &Case) -> bool {
    let live = case.actions.iter().filter(|action| action.is_live());
    let agencies: Vec<_> =
        live.map(|action| action.entered.owner.map(|owner| case.person(owner).agency.as_str())).collect();
    agencies.len() > 1 && agencies[0].is_some() && agencies.iter().all(|agency| *agency == agencies[0])
}

/// Somebody of this kind of agency is or was in the room.
fn is_here(case: &Case, session: &Session, kind: AgencyKind) -> bool {
    session.attended().any(|seat| case.has_part(seat) && case.person(seat).agency_kind == kind)
}
