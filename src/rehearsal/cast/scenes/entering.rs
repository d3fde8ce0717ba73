//! What is entered for the record: the recorder drafts, the chair confirms, owners accept their actions.

use crate::domain::plan;
use crate::domain::prompt::AskedOf;
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;

/// The field of the Family Group Conference's answer that holds a number of the case's own list.
const ACTION_FIELD: &str = "action";

pub async fn answer(company: &mut Company<'_>, n: usize) {
    let answer = &company.answers[n];
    let Some(prompt) = company.catalogue.prompt(&answer.prompt) else { return };
    let who = if prompt.asked_of == AskedOf::Convenor { &company.case.convenor } else { &company.case.recorder };
    let mut given = vec![("prompt", Given::Text(answer.prompt.clone()))];
    given.extend(answer.child.map(|n| ("about", Given::Text(format!("c{}", n + 1)))));
    let fields = answer.fields.iter().map(|(key, value)| (key.as_str(), value.clone()));
    given.extend(fields.map(|(key, value)| match (key, &value) {
        (ACTION_FIELD, Given::Text(number)) => (key, Given::Text(numbered(company, number))),
        _ => (key, value),
    }));
    let about = answer.child.map(|n| format!(" ({})", company.case.children[n].name)).unwrap_or_default();
    let what = format!("{}{about}", prompt.title);
    company.slash(&who.clone(), "prompt", &["chair", "prompt"], given, &what).await;
}

/// The number convenor gave an action, for the number it has in the case: the bot's own actions stand between.
fn numbered(company: &Company<'_>, number: &str) -> String {
    let listed = company.case.actions.iter().find(|action| action.n.to_string() == number);
    let no = listed.and_then(|listed| number_of(company, &listed.what));
    no.unwrap_or_else(|| number.to_owned())
}

fn number_of(company: &Company<'_>, what: &str) -> Option<String> {
    let mut actions = company.known.as_ref()?.actions.iter();
    actions.find(|action| action.entered.what.words() == what.trim()).map(|action| action.entered.no.to_string())
}

/// One press for whatever waits; nothing where nothing does.
pub async fn confirm(company: &mut Company<'_>) {
    let session = company.known.as_ref().and_then(|case| case.session());
    if session.is_none_or(|session| session.unconfirmed().next().is_none()) {
        return;
    }
    let chair = company.case.chair.clone();
    company.slash(&chair, "confirm_drafts", &["chair", "confirm"], Vec::new(), "").await;
}

/// The list as it was read back is right; nothing where nobody is to do anything.
pub async fn confirm_actions(company: &mut Company<'_>) {
    if company.known.as_ref().is_none_or(|case| plan::listed(case).next().is_none()) {
        return;
    }
    let chair = company.case.chair.clone();
    company.press(&chair, "confirm_actions", &[], Vec::new(), "").await;
}

pub async fn action(company: &mut Company<'_>, n: usize) {
    let action = &company.case.actions[n];
    let text = |text: &Option<String>| Given::Text(text.clone().unwrap_or_default());
    let mut given = vec![
        ("what", Given::Text(action.what.clone())),
        ("place", text(&action.place)),
        ("how", text(&action.how)),
        ("purpose", text(&action.purpose)),
        ("contingency", text(&action.contingency)),
        ("serves", text(&action.serves)),
        ("measure", text(&action.measure)),
    ];
    given.extend(action.who.as_ref().map(|key| ("owner", Given::Seat(key.clone()))));
    given.extend(action.due.map(|at| ("due", Given::Instant(at.0))));
    let recorder = company.case.recorder.clone();
    company.slash(&recorder, "action", &["action", "add"], given, &action.what).await;
}

/// The owner accepts, if they have an account to accept it with.
pub async fn accept_action(company: &mut Company<'_>, n: usize) {
    let action = &company.case.actions[n];
    let Some(owner) = action.who.as_ref().filter(|key| company.setting.accounts.contains_key(*key)) else { return };
    let comes = company.case.invitee(owner).is_some_and(|invitee| invitee.comes());
    let Some(number) = number_of(company, &action.what).filter(|_| comes) else { return };
    company.press(owner, "accept_action", &[("action", number)], Vec::new(), &action.what).await;
}
