//! Who there is, and what the case is about: all invented.

use convenor::domain::people::AgencyKind;

/// What nobody outside the door may read: the child's and the family's details, and the grounds.
pub const CASE_WORDS: [&str; 7] =
    ["Ellis", "Quillfeather", "Marlow", "Pockmarrow", "12 March", "2019-03-12", "spiral fracture"];

pub const SOCIAL_CARE: &str = "Larkshire Children's Services";
pub const POLICE: &str = "Larkshire Police";

/// Somebody of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cast {
    SocialWorker,
    TeamManager,
    Police,
    SecondOfficer,
    HealthVisitor,
    Paediatrician,
    SchoolNurse,
    /// Has an account and is not enrolled.
    Stranger,
}

/// Name, role, agency, kind of agency.
pub struct Card {
    pub name: &'static str,
    pub role: &'static str,
    pub agency: &'static str,
    pub kind: AgencyKind,
}

impl Cast {
    pub const ALL: [Self; 8] = [
        Self::SocialWorker,
        Self::TeamManager,
        Self::Police,
        Self::SecondOfficer,
        Self::HealthVisitor,
        Self::Paediatrician,
        Self::SchoolNurse,
        Self::Stranger,
    ];

    pub fn card(self) -> Card {
        use AgencyKind::{Health, Other, Police, SocialCare};
        let (name, role, agency, kind) = match self {
            Self::SocialWorker => ("Rowan Ashby", "Social worker", SOCIAL_CARE, SocialCare),
            Self::TeamManager => ("Imogen Vale", "Team manager", SOCIAL_CARE, SocialCare),
            Self::Police => ("Dana Okafor", "Child protection investigator", POLICE, Police),
            Self::SecondOfficer => ("Piet Lund", "Police officer", POLICE, Police),
            Self::HealthVisitor => ("Priya Nandy", "Health visitor", "Larkshire Community Health", Health),
            Self::Paediatrician => ("Tom Ferris", "Consultant paediatrician", "Larkshire General Hospital", Health),
            Self::SchoolNurse => ("Bela Marsh", "School nurse", "Larkshire School Nursing", Health),
            Self::Stranger => ("Noel Finch", "Visitor", "Nobody's", Other),
        };
        Card { name, role, agency, kind }
    }

    pub fn name(self) -> &'static str {
        self.card().name
    }
}
