//! Identities that could put somebody at risk: known to some, and something else to everybody besides.

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, Member, PROCEDURES, section};

const NEIGHBOUR: &str = "Mrs Pell";
const ADDRESS: &str = "14 Pockmarrow Lane";
const INSTEAD: &str = "[a neighbour, withheld]";

/// Masks words for everybody but these.
async fn masks(member: &Member<'_>, words: &str, shown: &str, readers: &str) -> String {
    let given = [("masked", words), ("shown", shown), ("readers", readers)];
    member.slash(&["mask"], &given).await.code().to_owned()
}

async fn copy(house: &House, who: Cast) -> String {
    let copy = house.who(who).presses("copy", &[]).await;
    copy.text().to_owned()
}

/// Shows: SEC-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_is_masked_from_the_moment_they_are_spoken_of_and_the_original_names_them() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Sharing).await;
        let police = house.social_worker().picks(&["mask"], "readers", "Dana Okafor").await;
        assert_eq!(masks(&house.social_worker(), NEIGHBOUR, "a neighbour", &police).await, "masked", "{procedure}");
        let got = house.social_worker().shares("On Friday MRS  Pell's son heard shouting").await;
        assert_eq!(got.code(), "contributed", "{procedure}: {}", got.text());
        assert!(house.room_has(&format!("On Friday {INSTEAD}'s son heard shouting")).await, "{procedure}");
        let whatever_is_said = house.chair().slash(&["action", "add"], &[("what", "Speak to mrs pell")]).await;
        assert!(whatever_is_said.text().contains("mrs pell"), "{procedure}: the chair knows");
        house.goes_on_to(Stage::Questions).await;
        house.police().asks("Where is Mrs Pell tonight?", Some(Cast::SocialWorker)).await;
        for post in house.room_messages().await {
            assert!(!post.text.to_lowercase().contains("pell"), "{procedure}: {}", post.text);
        }
        let owner = house.chair().picks(&["action", "add"], "owner", "Priya Nandy").await;
        let action = [("what", "Write to Mrs Pell"), ("owner", owner.as_str())];
        house.chair().slash(&["action", "add"], &action).await;
        let mine = house.health_visitor().slash(&["strategy", "mine"], &[]).await.text().to_owned();
        assert!(mine.contains(INSTEAD) && !mine.contains(NEIGHBOUR), "{procedure}: {mine}");
        house.goes_on_to(Stage::Risk).await;
        let digest = async |who: Cast| house.who(who).presses("digest", &[]).await.text().to_owned();
        let (health, officer) = (digest(Cast::HealthVisitor).await, digest(Cast::Police).await);
        assert!(health.contains(INSTEAD) && !health.to_lowercase().contains("pell"), "{procedure}: {health}");
        assert!(officer.contains("MRS  Pell") && !officer.contains(INSTEAD), "{procedure}: {officer}");

        house.chair().closes().await;
        house.has_drafted().await;
        let health = copy(&house, Cast::HealthVisitor).await;
        assert!(!health.to_lowercase().contains("pell"), "{procedure}: {health}");
        let common = house.common_copy().await;
        assert!(common.contains(INSTEAD) && !common.to_lowercase().contains("pell"), "{procedure}: {common}");
        for who in [Cast::SocialWorker, Cast::TeamManager, Cast::Police] {
            let copy = house.copy_of(who).await;
            assert!(copy.contains("MRS  Pell") && !copy.contains(INSTEAD), "{procedure}: {who:?}: {copy}");
        }
        let health = house.copy_of(Cast::HealthVisitor).await;
        assert!(health.contains(INSTEAD) && !health.to_lowercase().contains("pell"), "{procedure}: {health}");
        let original = house.minutes().await;
        assert!(original.contains("MRS  Pell's son heard shouting"), "{procedure}: {original}");
        let annex = section(&original, "Audit annex");
        assert!(annex.contains("“Mrs Pell”, in copies “a neighbour”. Masked by Rowan Ashby"), "{procedure}: {annex}");
        house.close().await;
    }
}

/// Shows: SEC-08, INV-20.
#[tokio::test(flavor = "multi_thread")]
async fn a_protected_address_is_missing_on_the_look_up_sheet_of_whomever_it_is_masked_from() {
    let house = House::convened().await;
    house.police().accepts().await;
    let police = house.social_worker().picks(&["mask"], "readers", "Dana Okafor").await;
    assert_eq!(masks(&house.social_worker(), ADDRESS, "", &police).await, "masked");
    house.health_visitor().accepts().await;
    let sheet = async |who: Cast| house.who(who).presses("look_up", &[]).await.text().to_owned();
    assert!(sheet(Cast::Police).await.contains(ADDRESS));
    let health = sheet(Cast::HealthVisitor).await;
    assert!(health.contains("Quillfeather") && health.contains("[withheld]"), "{health}");
    assert!(!health.contains("Pockmarrow"), "{health}");
    house.close().await;
}

/// Shows: SEC-08.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_whoever_masked_it_lifts_a_mask() {
    let house = House::at(Stage::Sharing).await;
    assert_eq!(masks(&house.social_worker(), NEIGHBOUR, "a neighbour", "chair_police").await, "masked");
    for who in [Cast::HealthVisitor, Cast::TeamManager] {
        assert_eq!(masks(&house.who(who), NEIGHBOUR, "", "everybody").await, "nothing_to_limit", "{who:?}");
    }
    house.social_worker().shares("Mrs Pell heard shouting").await;
    assert!(!house.room_has(NEIGHBOUR).await);
    assert!(!house.board().await.text.contains(NEIGHBOUR));
    let missing = house.social_worker().slash(&["mask"], &[("masked", " "), ("readers", "chair_police")]).await;
    assert!(missing.code() != "masked", "{}", missing.text());
    let lifted = house.social_worker().slash(&["mask"], &[("masked", "mrs pell"), ("readers", "everybody")]).await;
    assert_eq!(lifted.code(), "unmasked", "{}", lifted.text());
    assert!(lifted.text().contains("Everybody reads these words again"), "{}", lifted.text());
    house.chair().slash(&["action", "add"], &[("what", "Ring Mrs Pell")]).await;
    assert!(house.room_has("Ring Mrs Pell").await, "from now on");
    assert!(house.common_copy().await.contains("Mrs Pell heard shouting"));
    house.close().await;
}
