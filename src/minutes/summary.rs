//! The summary the channel gets before people leave: what was decided, not what was said.
//!
//! It is for the case's own private channel in room mode. It names no child in full and quotes nobody.

use chrono::Datelike;

use super::document::Minutes;
use super::reading::{Reading, values};
use crate::domain::referral::Born;
use crate::wording::Wording;

/// The longest message the platform takes, in characters.
pub const CHARACTERS_MAX: usize = 2_000;

/// Status, quorum, section 47, risk, outcomes, actions and circulation, in at most [`CHARACTERS_MAX`]; lines
/// that don't fit give way to one that says where the rest is.
pub fn summary(minutes: &Minutes, wording: &Wording) -> String {
    let mut lines = lines(minutes, wording);
    let whole = lines.join("\n");
    if whole.chars().count() <= CHARACTERS_MAX {
        return whole;
    }
    let rest = wording.say("minutes_summary.rest", values! {});
    let room = CHARACTERS_MAX.saturating_sub(rest.chars().count());
    while lines.len() > 1 && lines.iter().map(|line| line.chars().count() + 1).sum::<usize>() > room {
        lines.pop();
    }
    lines.push(rest);
    lines.join("\n").chars().take(CHARACTERS_MAX).collect()
}

fn lines(minutes: &Minutes, wording: &Wording) -> Vec<String> {
    let say = |key: &str, values| wording.say(&format!("minutes_summary.{key}"), values);
    let Some(outline) = &minutes.outline else { return vec![say("nothing", values! {})] };
    let status: Vec<_> = minutes.status.iter().map(|status| status.words.as_str()).collect();
    let risk: Vec<_> = outline
        .risk
        .iter()
        .map(|risk| {
            say("risk", values! { child => risk.child, level => risk.level.as_ref().map(|level| level.words()) })
        })
        .collect();
    let outcomes: Vec<_> = outline.outcomes.iter().map(|outcome| outcome.label.as_str()).collect();
    let circulation = outline.deadlines.iter().find(|due| due.deadline == "circulation_due");
    let section_47 = outline.section_47.as_ref();
    let mut lines = vec![
        say("title", values! { title => minutes.title, case => outline.code_name }),
        say("status", values! { status }),
        say("quorum", values! { quorum => outline.quorum.as_ref().map(|quorum| quorum.words.as_str()) }),
        say("section_47", values! { decision => section_47.map(|decision| decision.words.as_str()) }),
        say("risks", values! { risk }),
        say("outcomes", values! { outcomes }),
    ];
    lines.extend(circulation.map(|due| say("circulation", values! { due => due.words })));
    lines.push(say("actions", values! { number => outline.actions.len() }));
    let actions = outline.actions.iter().map(|action| {
        say(
            "action",
            values! { number => action.number, owner => one_line(action.owner.words()), due => action.due.words() },
        )
    });
    lines.extend(actions);
    lines
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "R.T., born 2026", or "A.B., EDD 2027".
pub(super) fn initials(reading: &Reading<'_>, initials: &str, born: Born) -> String {
    let (year, expected) = match born {
        Born::On(day) => (Some(day.year()), false),
        Born::Expected(day) => (Some(day.year()), true),
        Born::NotKnown | Born::NotGiven => (None, false),
    };
    reading.sentence("initials", values! { initials, year, expected })
}
