//! What is kept from the family (DEC-30): on one of two grounds and with the reason, or marked as lacking them, and kept
//! from the family all the same. What is left out of a copy for another reason is a question of its own and never one of
//! these.

use super::prompt::Answer;

/// The question whose answers are kept from the family.
pub const WITHHOLD: &str = "withhold";
/// The question of what is left out of a copy for another reason.
pub const OMISSION: &str = "omission";

/// Withheld without one of the grounds, or without why it applies.
pub fn lacks_ground(answer: &Answer) -> bool {
    let is_blank = |part: &&str| answer.fields.get(*part).is_none_or(|said| said.is_empty());
    answer.prompt == WITHHOLD && ["ground", "narrative"].iter().any(|part| is_blank(&part))
}
