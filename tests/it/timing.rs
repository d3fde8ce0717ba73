//! By when: the session, the minutes, and what follows from a decision.

mod circulation;
mod holding;
mod section_47;

use crate::support::{House, Member};

/// A complex case's procedure, which has figures for holding the session.
const WITH_FIGURES: &str = "practice-guidance";

/// The social worker registers with these in place of what is usual, lists the child and convenes.
async fn convened<'h>(house: &'h House, more: &[(&str, &str)], form: &str) -> (Member<'h>, String) {
    let convenor = house.social_worker();
    convenor.registers_with(more).await;
    convenor.lists_the_child().await;
    let starts = house.moment(60);
    let got = convenor.slash(&["strategy", "convene"], &[("form", form), ("starts", &starts)]).await;
    let told = got.text().to_owned();
    (convenor, told)
}

/// What somebody has been told in direct messages that says this.
fn told_directly(who: &Member<'_>, words: &str) -> Vec<String> {
    let messages = who.person.direct_messages().into_iter().map(|message| message.text);
    messages.filter(|text| text.contains(words)).collect()
}
