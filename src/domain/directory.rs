//! The catalogue of roles: which code each title people use stands for (INV-11).
//!
//! Read from `bot-config/directory.toml`. Procedures name roles by code; to add a role, add an entry there.

use serde::{Deserialize, Serialize};

use super::people::AgencyKind;

/// The code of a role the catalogue doesn't list.
pub const OTHER: &str = "other";

/// Every role an authority's partners may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    #[serde(rename = "role")]
    pub roles: Vec<Role>,
}

/// A role, and the titles that mean it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub code: String,
    /// How people say it.
    pub label: String,
    /// The kinds of agency it is found in; the same title elsewhere is another role.
    pub agency_kinds: Vec<AgencyKind>,
    /// Further titles that mean this role, besides the label.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Whoever comes in it has a support seat (SES-09).
    #[serde(default)]
    pub support: bool,
}

impl Directory {
    /// The code of a title within a kind of agency, or [`OTHER`]. Capitals and spacing don't matter.
    pub fn role_code(&self, title: &str, kind: AgencyKind) -> &str {
        let mut roles = self.roles.iter().filter(|role| role.agency_kinds.contains(&kind));
        roles.find(|role| role.is_called(title)).map_or(OTHER, |role| role.code.as_str())
    }

    /// The title, where it is one of a role that supports the session (SES-09).
    pub fn support(&self, title: &str, kind: AgencyKind) -> Option<String> {
        let role = self.role(self.role_code(title, kind))?;
        role.support.then(|| title.to_owned())
    }

    /// The role of a code.
    pub fn role(&self, code: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.code == code)
    }
}

impl Role {
    fn is_called(&self, title: &str) -> bool {
        let title = plain(title);
        plain(&self.label) == title || self.titles.iter().any(|known| plain(known) == title)
    }
}

fn plain(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let role = |code: &str, label: &str, kind| Role {
            code: code.into(),
            label: label.into(),
            agency_kinds: vec![kind],
            titles: vec![format!("Deputy {label}")],
            support: false,
        };
        Directory {
            roles: vec![
                role("nurse", "School nurse", AgencyKind::Health),
                role("lead", "Safeguarding lead", AgencyKind::Education),
            ],
        }
    }

    #[test]
    fn a_title_is_found_by_label_or_by_title_whatever_its_capitals() {
        assert_eq!(directory().role_code("school  Nurse", AgencyKind::Health), "nurse");
        assert_eq!(directory().role_code("deputy safeguarding lead", AgencyKind::Education), "lead");
    }

    #[test]
    fn a_title_of_another_kind_of_agency_is_another_role() {
        assert_eq!(directory().role_code("School nurse", AgencyKind::Education), OTHER);
        assert_eq!(directory().role_code("Juggler", AgencyKind::Health), OTHER);
    }
}
