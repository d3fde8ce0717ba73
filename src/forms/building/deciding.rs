//! Prompts, decisions, positions and actions.

use super::{Built, command};
use crate::domain::command::Command;
use crate::domain::decision::{
    ActionEntered, ActionParts, EnquiryMode, Entry, OutcomeChosen, PositionKind, Section47, Section47Decision,
    Supplement,
};
use crate::domain::floor::Whose;
use crate::domain::follow_up::Completion;
use crate::domain::ids::{ActionNo, DraftId, SuggestionId};
use crate::domain::prompt::{About, Answer};
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;
use crate::forms::{Doing, Form, View};
use crate::room::press::CHANGES;

pub fn prompts(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Prompts))
}

pub fn group(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Group))
}

pub fn answer_group(form: &Form<'_>) -> Built {
    command(Command::AnswerGroup { group: form.needed("group")?, reason: form.spoken("because") })
}

/// That there is nothing of it, with the reason where one is asked.
pub fn answer_nothing(form: &Form<'_>) -> Built {
    let about = form.child("about")?.map_or(About::Session, About::Child);
    enter(form, Entry::Answer(Answer::nothing(&form.needed("prompt")?, about, &form.spoken("because"))))
}

pub fn prompt(form: &Form<'_>) -> Built {
    let prompt = form.needed("prompt")?;
    let about = form.child("about")?.map_or(About::Session, About::Child);
    let fields = form.prompt_fields(&prompt)?;
    enter(form, Entry::Answer(Answer::new(&prompt, about, fields)))
}

/// An agency's own answer to a prompt asked of each agency.
pub fn view(form: &Form<'_>) -> Built {
    let prompt = form.needed("prompt")?;
    command(Command::AgencyAnswer { fields: form.prompt_fields(&prompt)?, prompt })
}

pub fn section_47(form: &Form<'_>) -> Built {
    enter(
        form,
        Entry::Section47(Section47 {
            decision: form.needed_choice("decision", Section47Decision::from_code)?,
            mode: form.choice("mode", EnquiryMode::from_code)?,
            agency: form.spoken("agency"),
            rationale: form.spoken("rationale"),
            how: form.spoken("how"),
            when: form.spoken("when"),
            by_whom: form.spoken("by_whom"),
        }),
    )
}

pub fn outcome(form: &Form<'_>) -> Built {
    enter(
        form,
        Entry::Outcome(OutcomeChosen {
            code: form.needed("outcome")?,
            rationale: form.spoken("rationale"),
            mode: form.choice("mode", EnquiryMode::from_code)?,
            who: form.spoken("who"),
            agency: form.spoken("agency"),
            at: form.time("at")?,
            description: form.spoken("description"),
            child: form.child("for_child")?,
            despite: Spoken::default(),
        }),
    )
}

/// What was not said of a decision or an outcome.
pub fn supply(form: &Form<'_>) -> Built {
    let more = Supplement {
        mode: form.choice("mode", EnquiryMode::from_code)?,
        agency: form.spoken("agency"),
        rationale: form.spoken("rationale"),
        how: form.spoken("how"),
        when: form.spoken("when"),
        by_whom: form.spoken("by_whom"),
        who: form.spoken("who"),
        at: form.time("at")?,
        description: form.spoken("description"),
        despite: form.spoken("despite"),
    };
    command(Command::Supply { draft: DraftId(form.number("draft")?), more: Box::new(more) })
}

pub fn hide_views(_: &Form<'_>) -> Built {
    command(Command::HideViews)
}

pub fn show_views(_: &Form<'_>) -> Built {
    command(Command::ShowViews)
}

pub fn drafts(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Drafts))
}

pub fn confirm_draft(form: &Form<'_>) -> Built {
    command(Command::Confirm { drafts: Some(vec![DraftId(form.number("draft")?)]) })
}

pub fn confirm_drafts(_: &Form<'_>) -> Built {
    command(Command::Confirm { drafts: None })
}

pub fn confirm_actions(_: &Form<'_>) -> Built {
    command(Command::ConfirmActions)
}

pub fn position(form: &Form<'_>) -> Built {
    let kind = form.needed_choice("position", PositionKind::from_code)?;
    let items = form.decisions("items")?;
    command(Command::GivePosition { seat: form.seat("for")?, kind, about: form.spoken("about"), items })
}

pub fn agree_all(_: &Form<'_>) -> Built {
    own_position(PositionKind::Agree)
}

pub fn disagree(form: &Form<'_>) -> Built {
    let (about, items) = (form.spoken("about"), form.decisions("items")?);
    command(Command::GivePosition { seat: None, kind: PositionKind::Disagree, about, items })
}

pub fn not_authorised(_: &Form<'_>) -> Built {
    own_position(PositionKind::NotAuthorised)
}

fn own_position(kind: PositionKind) -> Built {
    command(Command::GivePosition { seat: None, kind, about: Spoken::default(), items: Vec::new() })
}

pub fn hide_positions(_: &Form<'_>) -> Built {
    command(Command::HidePositions)
}

pub fn show_positions(_: &Form<'_>) -> Built {
    command(Command::ShowPositions)
}

pub fn read_suggestion(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Suggestion))
}

pub fn take_suggestion(form: &Form<'_>) -> Built {
    command(Command::AnswerSuggestion { suggestion: SuggestionId(form.number("suggestion")?), taken: true })
}

pub fn leave_suggestion(form: &Form<'_>) -> Built {
    command(Command::AnswerSuggestion { suggestion: SuggestionId(form.number("suggestion")?), taken: false })
}

pub fn action(form: &Form<'_>) -> Built {
    // Anything that is no person of the case is kept as it was said (ACT-02).
    let (owner, invited, owner_words) = match form.whose("owner") {
        Ok(Whose::Seat(seat)) => (Some(seat), None, Spoken::default()),
        Ok(Whose::Invitation(id)) => (None, Some(id), Spoken::default()),
        Err(_) => (None, None, form.spoken("owner")),
    };
    enter(
        form,
        Entry::Action(ActionEntered {
            what: form.needed("what")?.as_str().into(),
            owner,
            invited,
            owner_words,
            due: form.time("due")?,
            day_alone: form.is_day_alone("due"),
            place: form.spoken("place"),
            how: form.spoken("how"),
            purpose: form.spoken("purpose"),
            contingency: form.spoken("contingency"),
            serves: form.line("serves"),
            measure: form.spoken("measure"),
            ..ActionEntered::numbered(ActionNo(0))
        }),
    )
}

pub fn accept_action(form: &Form<'_>) -> Built {
    let action = ActionNo(form.number("action")?);
    command(Command::AnswerAction { action, accepted: true, reason: form.spoken("reason") })
}

pub fn decline_action(form: &Form<'_>) -> Built {
    let action = ActionNo(form.number("action")?);
    command(Command::AnswerAction { action, accepted: false, reason: form.spoken("reason") })
}

pub fn done(form: &Form<'_>) -> Built {
    command(Command::ReportAction {
        action: ActionNo(form.number("action")?),
        completion: form.needed_choice("completion", Completion::from_code)?,
        evidence: form.spoken("evidence"),
        changed: form.spoken("changed"),
    })
}

pub fn read_report(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Report))
}

pub fn accept_report(form: &Form<'_>) -> Built {
    let action = ActionNo(form.number("action")?);
    command(Command::AnswerReport { action, accepted: true, reason: form.spoken("reason") })
}

pub fn return_report(form: &Form<'_>) -> Built {
    let action = ActionNo(form.number("action")?);
    command(Command::AnswerReport { action, accepted: false, reason: form.spoken("reason") })
}

pub fn review_result(form: &Form<'_>) -> Built {
    command(Command::ReviewCompletion { session: form.session()?, result: form.spoken("result") })
}

pub fn change_action(form: &Form<'_>) -> Built {
    command(Command::ChangeAction {
        action: ActionNo(form.number("action")?),
        due: form.time("due")?,
        day_alone: form.is_day_alone("due"),
        owner: form.seat("owner")?,
        parts: ActionParts::default(),
        reason: form.spoken("reason"),
    })
}

/// What was left out of an action, once it is there.
pub fn supply_action(form: &Form<'_>) -> Built {
    let [place, how, measure, purpose, contingency] =
        ["place", "how", "measure", "purpose", "contingency"].map(|part| form.spoken(part));
    let parts = ActionParts { place, how, measure, purpose, contingency };
    if parts.is_empty() {
        return Err(Refusal::NothingGiven);
    }
    command(Command::ChangeAction {
        action: ActionNo(form.number("action")?),
        due: None,
        day_alone: false,
        owner: None,
        parts,
        reason: Spoken::default(),
    })
}

pub fn cancel_action(form: &Form<'_>) -> Built {
    command(Command::CancelAction { action: ActionNo(form.number("action")?), reason: form.spoken("reason") })
}

pub fn still_holds(_: &Form<'_>) -> Built {
    command(Command::AnswerReview { holds: true })
}

pub fn no_longer_holds(_: &Form<'_>) -> Built {
    command(Command::AnswerReview { holds: false })
}

/// Entered for the first time, or in the place of the draft the form was opened to change.
fn enter(form: &Form<'_>, entry: Entry) -> Built {
    let entry = Box::new(entry);
    if !form.has(CHANGES) {
        return command(Command::Enter(entry));
    }
    command(Command::ChangeDraft { draft: DraftId(form.number(CHANGES)?), entry })
}
