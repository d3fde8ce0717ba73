//! Another case that belongs beside this one, by its code name and nothing else.

use serde::{Deserialize, Serialize};

use super::ids::CodeName;
use super::referral::choices;

choices! {
    /// Why a case is linked.
    LinkKind {
        Sibling = "sibling",
        Earlier = "earlier",
        Other = "other",
    }
}

/// A case linked to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub code_name: CodeName,
    pub why: LinkKind,
}
