//! Closing, signing, circulating, and each recipient's own copy.

use crate::domain::issuing::{Endorsement, still_to_say};
use crate::domain::open_items::open_items;
use crate::domain::recipients::owners_to_ask_about;
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;

/// The one reason for whatever a case leaves open: nothing is invented.
const NOT_IN_THE_CASE: &str = "not in the case file";

pub async fn close(company: &mut Company<'_>) {
    let open = company.known.as_ref().map_or(0, |case| open_items(case, &company.rules()).len());
    let reason = if open > 0 { NOT_IN_THE_CASE } else { "" };
    let chair = company.case.chair.clone();
    let given = vec![("reason", Given::from(reason)), ("safety", Given::Text(where_each_child_is(company)))];
    company.slash(&chair, "close", &["chair", "close"], given, reason).await;
}

/// Item zero at the close, a line a child; a case doesn't say, and the rehearsal answers "yes".
fn where_each_child_is(company: &Company<'_>) -> String {
    let lines = company.case.children.iter().map(|child| format!("{}: yes, {}", child.name, child.current_location));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whoever was there signs, and finds the timing clear, where the procedure insists on it: a case doesn't say otherwise.
pub async fn endorse(company: &mut Company<'_>, key: &str) {
    for what in [Endorsement::TrueRecord, Endorsement::TimingClear] {
        let session = company.known.as_ref().and_then(|known| Some((known, known.session()?)));
        let seat = company.seat(key);
        let is_asked = session.is_some_and(|(known, session)| {
            let seats = still_to_say(known, session, company.rules().procedure, what);
            seats.into_iter().any(|asked| Some(asked) == seat)
        });
        if is_asked {
            let known = [("endorsement", what.code().to_owned())];
            company.press(key, "endorse", &known, Vec::new(), what.code()).await;
        }
    }
}

pub async fn sign(company: &mut Company<'_>) {
    let chair = company.case.chair.clone();
    let signed = company.slash(&chair, "sign", &["chair", "sign"], Vec::new(), "").await;
    // A record that has not earned its title is signed as what it is.
    if !signed.is_done() {
        company.press_in(&chair, "sign_untitled", &signed, &[], Vec::new(), "").await;
    }
}

/// The convenor sends where they may: as chair or recorder.
pub async fn circulate(company: &mut Company<'_>) {
    let case = company.case;
    let may = case.convenor == case.recorder || case.convenor == case.chair;
    let who = if may { case.convenor.clone() } else { case.chair.clone() };
    // Where the chair is asked what owners of actions who took no part get, the rehearsal answers as the procedure has
    // it: the full record.
    let rule = company.rules().procedure.recipients.clone();
    let session = company.known.as_ref().and_then(|known| Some((known, known.session()?)));
    let is_asked = session.is_some_and(|(known, session)| !owners_to_ask_about(known, session, &rule).is_empty());
    if is_asked {
        company.press(&who, "circulate_full", &[], Vec::new(), "").await;
    } else {
        company.slash(&who, "circulate", &["chair", "circulate"], Vec::new(), "").await;
    }
}

/// Every line that isn't kept from the family.
pub async fn family_draft(company: &mut Company<'_>) {
    let chair = company.case.chair.clone();
    let asked = company.press(&chair, "family_draft", &[], Vec::new(), "").await;
    company.press_in(&chair, "family_tick_all", &asked, &[], Vec::new(), "").await;
}

/// Only recipients have a copy to fetch.
pub async fn copy(company: &mut Company<'_>, key: &str) {
    if is_recipient(company, key) {
        company.press(key, "copy", &[], Vec::new(), "").await;
    }
}

pub async fn file(company: &mut Company<'_>, key: &str) {
    if is_recipient(company, key) {
        company.press(key, "filed", &[], Vec::new(), "").await;
    }
}

fn is_recipient(company: &Company<'_>, key: &str) -> bool {
    let session = company.known.as_ref().and_then(|case| case.session());
    let seat = company.seat(key);
    session.is_some_and(|session| session.circulation.iter().any(|(recipient, ..)| Some(recipient.seat) == seat))
}
