//! What of a child's or an adult's entry is supplied or put right (INFO-02 to INFO-06, INFO-11).

use super::case::Case;
use super::referral::{Adult, Born, Child};
use super::spoken::Spoken;

/// What is given takes the place of what stood; the rest stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildChange {
    pub name: Option<Spoken>,
    pub born: Option<Born>,
    pub relationship: Option<Spoken>,
    pub address: Option<Spoken>,
    pub address_withheld: Option<bool>,
    pub parental_responsibility: Option<Spoken>,
    pub legal_status: Option<Spoken>,
    pub location: Option<Spoken>,
    pub subject: Option<bool>,
}

/// The same of an adult.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdultChange {
    pub name: Option<Spoken>,
    pub born: Option<Born>,
    pub relationship: Option<Spoken>,
    pub address: Option<Spoken>,
    pub address_withheld: Option<bool>,
    pub flags: Option<Spoken>,
    pub risk: Option<bool>,
}

impl ChildChange {
    /// The child's entry as it is then.
    pub fn applied_to(&self, child: &Child) -> Child {
        let given = self.clone();
        Child {
            name: given.name.unwrap_or_else(|| child.name.clone()),
            born: given.born.unwrap_or(child.born),
            relationship: given.relationship.unwrap_or_else(|| child.relationship.clone()),
            address: given.address.unwrap_or_else(|| child.address.clone()),
            address_withheld: given.address_withheld.unwrap_or(child.address_withheld),
            parental_responsibility: given
                .parental_responsibility
                .unwrap_or_else(|| child.parental_responsibility.clone()),
            legal_status: given.legal_status.unwrap_or_else(|| child.legal_status.clone()),
            location: given.location.unwrap_or_else(|| child.location.clone()),
            subject: given.subject.unwrap_or(child.subject),
            ..child.clone()
        }
    }
}

impl AdultChange {
    /// The adult's entry as it is then.
    pub fn applied_to(&self, adult: &Adult) -> Adult {
        let given = self.clone();
        Adult {
            name: given.name.unwrap_or_else(|| adult.name.clone()),
            born: given.born.unwrap_or(adult.born),
            relationship: given.relationship.unwrap_or_else(|| adult.relationship.clone()),
            address: given.address.unwrap_or_else(|| adult.address.clone()),
            address_withheld: given.address_withheld.unwrap_or(adult.address_withheld),
            flags: given.flags.unwrap_or_else(|| adult.flags.clone()),
            risk: given.risk.unwrap_or(adult.risk),
            ..adult.clone()
        }
    }
}

impl Case {
    /// Whether an address stands in no copy: marked so itself, or the same as one that is, which somebody else's line
    /// would give away (INFO-04).
    pub fn withholds(&self, address: &Spoken, is_marked: bool) -> bool {
        let of_children = self.children.iter().map(|child| (child.address_withheld, &child.address));
        let of_adults = self.adults.iter().map(|adult| (adult.address_withheld, &adult.address));
        let words = address.words().trim();
        let is_this = |other: &Spoken| !words.is_empty() && other.words().trim().eq_ignore_ascii_case(words);
        is_marked || of_children.chain(of_adults).any(|(withheld, other)| withheld && is_this(other))
    }
}
