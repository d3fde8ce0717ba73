//! Which questions of a turn each procedure insists on: a blank is shown before the risk is weighed and open until it is
//! answered; where it only recommends one, it is asked all the same.

use convenor::domain::stage::Stage;

use super::{heard, house_with};
use crate::support::{Cast, House, PROCEDURES};

/// A question: its name on the list, a letter for each procedure in the order of the matrix (`M` insisted on, `R`
/// recommended), and who is asked.
const ASKED: [(&str, &str, Cast); 8] = [
    ("Relevant history", "RRMRM", Cast::SocialWorker),
    ("Information from other areas", "RMRRR", Cast::SocialWorker),
    ("Voice of the child", "RMRRM", Cast::SocialWorker),
    ("The child's lived experience", "RMRRR", Cast::SocialWorker),
    ("Injury and explanation", "RRRRM", Cast::HealthVisitor),
    ("Basis of the investigation", "RMRRM", Cast::Police),
    ("Gathering evidence", "RMRRM", Cast::Police),
    ("Assessment in progress", "RRMRM", Cast::SocialWorker),
];

/// All of it, by who is asked.
const ANSWERED: [(Cast, &[(&str, &str)]); 3] = [
    (
        Cast::SocialWorker,
        &[
            ("current", "Bruised"),
            ("history", "None known"),
            ("chronology", "none"),
            ("other_area", "Two referrals in Northshire"),
            ("child_perspective", "Told her aunt on Sunday"),
            ("coercion", "Not known"),
            ("lived_experience", "Seldom outside"),
            ("assessment_in_progress", "Child and family, day 12"),
        ],
    ),
    (
        Cast::HealthVisitor,
        &[
            ("current", "Seen in March"),
            ("history", "None known"),
            ("chronology", "none"),
            ("other_area", "None held"),
            ("injury_consistent", "no"),
            ("injury_reasons", "She doesn't walk yet"),
            ("presenting_needs", "Feeding"),
            ("health_concerns", "None"),
        ],
    ),
    (
        Cast::Police,
        &[
            ("current", "Two call-outs"),
            ("history", "None known"),
            ("chronology", "none"),
            ("other_area", "None held"),
            ("police_basis", "Assault"),
            ("police_process", "Bail"),
            ("evidence_plan", "Photographs today"),
            ("police_lead", "yes"),
        ],
    ),
];

/// A child who was hurt, of a family that have moved; these were heard.
async fn round(procedure: &str, said: &[(Cast, &[(&str, &str)])]) -> House {
    let house = house_with(procedure, &[("moved", "true"), ("injury", "true")], &[], Stage::Open).await;
    let banners = heard(&house, said).await;
    let insisted_or_not: Vec<_> = ASKED.iter().skip(1).map(|(title, ..)| title).collect();
    for title in insisted_or_not {
        assert!(banners.iter().any(|banner| banner.contains(title)), "{procedure}: {title} is asked: {banners:?}");
    }
    house.goes_on_to(Stage::Risk).await;
    house
}

/// Shows: INFO-12, INFO-13, INFO-15, INFO-16, INFO-19, INFO-20, INFO-21, INFO-25.
#[tokio::test(flavor = "multi_thread")]
async fn a_blank_is_a_gap_and_open_where_the_procedure_insists_and_nowhere_once_it_is_answered() {
    let blank = ANSWERED.map(|(who, said)| (who, &said[..1]));
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let house = round(procedure, &blank).await;
        let told = house.room_posts().await.into_iter().find(|post| post.contains("Not answered in the round"));
        let (told, open) = (told.unwrap_or_default(), house.chair().closes().await);
        for (title, levels, who) in ASKED {
            let insists = levels.as_bytes()[place] == b'M';
            let is_gap = told.lines().any(|line| line.contains(title) && line.contains(who.name()));
            assert_eq!(is_gap, insists, "{procedure}: {title}: {told}");
            let title = if title == "Relevant history" { "History: what is known" } else { title };
            assert_eq!(open.contains(title), insists, "{procedure}: {title}: {open}");
        }
        house.close().await;

        let house = round(procedure, &ANSWERED).await;
        assert!(!house.room_has("Not answered in the round").await, "{procedure}: {:?}", house.room_posts().await);
        let open = house.chair().closes().await;
        for (title, ..) in ASKED.into_iter().chain([("History: what is known", "", Cast::Police)]) {
            assert!(!open.contains(title), "{procedure}: {title}: {open}");
        }
        house.close().await;
    }
}
