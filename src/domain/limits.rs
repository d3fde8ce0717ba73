//! What is for some readers only (SEC-05). Whoever shares it says for whom before it is released; the chair may narrow
//! that and never widen it.
//!
//! What somebody may not read is taken out of the case before anything is shown to them or compiled for them, so that
//! no post, list or copy has to remember to leave it out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::crossing::CrossingIs;
use super::decision::Entry;
use super::floor::{Question, QuestionState};
use super::ids::{ActionNo, ContributionId, DraftId, QuestionId, SeatId};
use super::people::AgencyKind;
use super::session::Session;

/// Who may read something besides the chair and whoever it is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    ChairAndPolice,
    Named(BTreeSet<SeatId>),
}

impl Readers {
    pub(super) fn allow(&self, case: &Case, seat: SeatId) -> bool {
        match self {
            Self::ChairAndPolice => case.person(seat).agency_kind == AgencyKind::Police,
            Self::Named(seats) => seats.contains(&seat),
        }
    }
}

/// Something that can be limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    Contribution(ContributionId),
    /// The answer to a question.
    Answer(QuestionId),
    /// A question that was put. Nobody limits one; it can be held (SES-15).
    Question(QuestionId),
    /// An answer to a prompt, a decision or an action.
    Entry(DraftId),
}

impl Item {
    /// As forms and buttons write it: `k3`, `q2`, `p4`, `d5`.
    pub fn code(self) -> String {
        match self {
            Self::Contribution(id) => format!("k{id}"),
            Self::Answer(id) => format!("q{id}"),
            Self::Question(id) => format!("p{id}"),
            Self::Entry(id) => format!("d{id}"),
        }
    }
}

/// No item has this code.
#[derive(Debug, PartialEq, Eq)]
pub struct NoItem;

impl FromStr for Item {
    type Err = NoItem;

    fn from_str(code: &str) -> Result<Self, NoItem> {
        let (kind, id) = code.split_at_checked(1).ok_or(NoItem)?;
        let item = match kind {
            "k" => id.parse().map(Self::Contribution),
            "q" => id.parse().map(Self::Answer),
            "p" => id.parse().map(Self::Question),
            "d" => id.parse().map(Self::Entry),
            _ => return Err(NoItem),
        };
        item.map_err(|_| NoItem)
    }
}

/// The limit of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Whoever it is from, and may widen it.
    pub originator: SeatId,
    /// As first set, and each narrowing since: a reader is allowed by all of them.
    pub readers: Vec<Readers>,
    /// What the chair asked the originator to widen it to, not yet answered; the inner `None` means everybody.
    pub asked: Option<Option<Readers>>,
}

/// The limits of a session.
pub type Limits = BTreeMap<Item, Limit>;

impl Session {
    /// Whether a seat may read an item; `None` is whoever reads what is for everybody.
    pub fn may_read(&self, case: &Case, item: Item, seat: Option<SeatId>) -> bool {
        if let Some(state) = case.kept_back(self.no, item) {
            let is_chairs = state.is == CrossingIs::Wrong && self.chair().is_some() && self.chair() == seat;
            return seat == Some(state.crossing.by) || is_chairs;
        }
        let Some(limit) = self.limits.get(&item) else { return true };
        let Some(seat) = seat else { return false };
        self.chair() == Some(seat)
            || limit.originator == seat
            || self.owner_of(item) == Some(seat)
            || limit.readers.iter().all(|readers| readers.allow(case, seat))
    }

    /// Who is told that there is something for them: those a limit lets read, less whoever it is from.
    pub fn readers_of(&self, case: &Case, item: Item) -> Vec<SeatId> {
        let Some(limit) = self.limits.get(&item) else { return Vec::new() };
        let is_told = |seat: &SeatId| *seat != limit.originator && self.may_read(case, item, Some(*seat));
        self.attendance.keys().copied().filter(is_told).collect()
    }

    /// Whoever is to do a limited action reads it.
    fn owner_of(&self, item: Item) -> Option<SeatId> {
        let Item::Entry(id) = item else { return None };
        let draft = self.drafts.iter().find(|draft| draft.id == id)?;
        match &draft.entry {
            Entry::Action(action) => action.owner,
            _ => None,
        }
    }

    /// Whoever an item is from: its speaker, who answered, who entered it. `None` where there is no such item.
    pub fn originator_of(&self, item: Item) -> Option<SeatId> {
        match item {
            Item::Contribution(id) => {
                let said = self.contributions.iter().map(|(contribution, _)| contribution).chain(&self.submissions);
                said.into_iter().find(|contribution| contribution.id == id).map(|contribution| contribution.seat)
            }
            Item::Answer(id) => self.question(id)?.answer.as_ref().map(|(by, ..)| *by),
            Item::Question(_) => None,
            Item::Entry(id) => self.standing().find(|draft| draft.id == id).map(|draft| draft.entered_by),
        }
    }

    /// How many items are limited, which chair and auditor alone are told.
    pub fn limited(&self) -> usize {
        self.limits.keys().filter(|item| self.originator_of(**item).is_some()).count()
    }
}

impl Case {
    /// The case as one seat may read it, or as everybody may. What is limited away from them isn't in it.
    pub fn as_read_by(&self, seat: Option<SeatId>) -> Cow<'_, Self> {
        let is_hidden = |session: &Session| {
            let kept_back = self.kept_back_in(session.no).flat_map(|state| &state.crossing.items);
            session.limits.keys().chain(kept_back).any(|item| !session.may_read(self, *item, seat))
        };
        if !self.sessions.iter().any(is_hidden) {
            return Cow::Borrowed(self);
        }
        let mut read = self.clone();
        let mut actions: BTreeSet<ActionNo> = BTreeSet::new();
        for (session, whole) in read.sessions.iter_mut().zip(&self.sessions) {
            let may_read = |item| whole.may_read(self, item, seat);
            session.contributions.retain(|(contribution, _)| may_read(Item::Contribution(contribution.id)));
            session.submissions.retain(|submission| may_read(Item::Contribution(submission.id)));
            let is_readable = |question: &Question| {
                may_read(Item::Question(question.id))
                    && (question.state != QuestionState::Answered || may_read(Item::Answer(question.id)))
            };
            session.questions.retain(is_readable);
            let hidden = whole.drafts.iter().filter(|draft| !may_read(Item::Entry(draft.id)));
            actions.extend(hidden.filter_map(|draft| match &draft.entry {
                Entry::Action(action) => Some(action.no),
                _ => None,
            }));
            session.drafts.retain(|draft| may_read(Item::Entry(draft.id)));
            session.family.lifted.retain(|lifted| {
                let of = lifted.line.draft();
                lifted.withheld.iter().copied().chain(of).all(|draft| may_read(Item::Entry(draft)))
            });
            session.checked.retain(|contribution, _| may_read(Item::Contribution(*contribution)));
            session.limits.retain(|item, _| may_read(*item));
        }
        read.actions.retain(|action| !actions.contains(&action.entered.no));
        Cow::Owned(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_known_by_its_code() {
        let items = [
            Item::Contribution(ContributionId(3)),
            Item::Answer(QuestionId(2)),
            Item::Question(QuestionId(4)),
            Item::Entry(DraftId(5)),
        ];
        assert_eq!(items.map(Item::code), ["k3", "q2", "p4", "d5"]);
        assert_eq!(items.map(|item| item.code().parse()), items.map(Ok));
        for wrong in ["", "k", "x3", "3", "é3"] {
            assert_eq!(wrong.parse::<Item>(), Err(NoItem), "{wrong}");
        }
    }
}
