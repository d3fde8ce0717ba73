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

/// Closes over whatever is open; gives what the room was told stays open.
async fn left_open_by(house: &House, chair: &Member<'_>) -> String {
    chair.slash(&["chair", "close"], &[("reason", "not reached, next session")]).await;
    let closed = house.room_posts().await.into_iter().find(|post| post.contains("stay open"));
    closed.unwrap_or_default()
}

/// What somebody has been told in direct messages that says this.
fn told_directly(who: &Member<'_>, words: &str) -> Vec<String> {
    let messages = who.person.direct_messages().into_iter().map(|message| message.text);
    messages.filter(|text| text.contains(words)).collect()
}

/// A section of the minutes, by how its heading begins.
fn section(minutes: &str, heading: &str) -> String {
    let found = minutes.split("\n## ").find(|section| section.starts_with(heading));
    found.unwrap_or_else(|| panic!("the minutes have a section {heading}")).to_owned()
}
