//! Signatures, the manager's sign-off, and the check of the timing.

use super::{circulation, drafted, sends_out, signs, status};
use crate::support::{Cast, House, PROCEDURES};

const MANAGER: &str = "Service manager";

/// Whether a draft asks for it in the room.
async fn asks(house: &House, label: &str) -> bool {
    let posts = house.room_messages().await;
    posts.iter().flat_map(|post| post.buttons()).any(|button| button.label == label)
}

/// Shows: MIN-12.
#[tokio::test(flavor = "multi_thread")]
async fn those_present_are_asked_to_sign_where_the_procedure_says_so() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        let is_asked = asks(&house, "It is a true record").await;
        assert_eq!(is_asked, procedure == "county-strategy-meetings", "{procedure}");
        house.close().await;
    }
}

/// Shows: MIN-12.
#[tokio::test(flavor = "multi_thread")]
async fn signatures_refusals_and_missing_names_are_listed_and_nothing_waits_for_them() {
    let house = drafted("county-strategy-meetings").await;
    let signed = house.police().presses("endorse", &[("endorsement", "true_record")]).await;
    assert_eq!(signed.code(), "record_endorsed", "{}", signed.text());
    assert!(signed.is_private());
    let given = [("endorsement", "true_record"), ("reason", "I said Tuesday")];
    house.health_visitor().presses("endorse_not", &given).await;
    let again = house.police().presses("endorse", &[("endorsement", "true_record")]).await;
    assert_eq!(again.code(), "already_done");
    let signatures = circulation(&house).await;
    let table = signatures.split("A true record").nth(1).expect("a table of signatures");
    let line = |name: &str| table.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    assert!(line("Dana Okafor").contains("signed as a true record | 7 December 2026 10:01"), "{table}");
    assert!(line("Priya Nandy").contains("refused to sign"), "{table}");
    assert!(line("Priya Nandy").contains("I said Tuesday"), "{table}");
    assert!(line("Rowan Ashby").contains("not signed"), "{table}");
    assert!(signatures.contains("electronic acknowledgement"), "{signatures}");
    sends_out(&house).await;
    assert!(house.common_copy().await.contains("| not signed |"), "unsigned names are shown");
    house.close().await;
}

/// Shows: MIN-13.
#[tokio::test(flavor = "multi_thread")]
async fn copies_are_drafts_until_a_manager_signs_them_off() {
    let house = drafted("practice-guidance").await;
    house.enrols_as(Cast::Paediatrician, MANAGER, Cast::TeamManager, None).await;
    signs(&house).await;
    assert!(status(&house.minutes().await).contains("draft, not signed off"), "{}", house.minutes().await);
    let asked = house.paediatrician().reads();
    let asked = asked.iter().find(|message| message.text.contains("wait for a manager's sign-off"));
    let asked = asked.expect("a manager is asked");
    assert!(!asked.text.contains("Ellis") && !asked.text.contains("Imogen"), "{}", asked.text);
    let copy = house.paediatrician().presses("copy", &[]).await;
    assert!(copy.is_private() && copy.text().contains("- Copy: Tom Ferris"), "they read it first: {}", copy.text());
    assert!(!house.paediatrician().sees_the_room().await);
    let signed = house.paediatrician().presses("endorse", &[("endorsement", "sign_off")]).await;
    assert_eq!(signed.code(), "record_endorsed", "{}", signed.text());
    let minutes = house.minutes().await;
    assert!(!status(&minutes).contains("draft"), "{}", status(&minutes));
    let line = "Signed off by Tom Ferris, Service manager, Larkshire Children's Services, 7 December 2026 10:01";
    assert!(minutes.contains(line), "{minutes}");
    house.close().await;
}

/// Shows: MIN-13, TIM-20.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_off_after_the_deadline_says_how_late_it_is() {
    let house = drafted("practice-guidance").await;
    signs(&house).await;
    house.passes(26 * 60).await;
    house.chair().presses("endorse", &[("endorsement", "sign_off")]).await;
    let minutes = house.minutes().await;
    assert!(minutes.contains(", late by 2 h"), "{}", circulation(&house).await);
    house.close().await;
}

/// Shows: MIN-13.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_a_manager_signs_off() {
    let house = drafted("practice-guidance").await;
    house.enrols_as(Cast::Paediatrician, MANAGER, Cast::TeamManager, None).await;
    signs(&house).await;
    let is_offered = |who: Cast| house.who(who).reads().iter().any(|seen| seen.text.contains("manager's sign-off"));
    assert!(is_offered(Cast::Paediatrician) && !is_offered(Cast::Police));
    house.enrols_as(Cast::Paediatrician, "Social worker", Cast::TeamManager, None).await;
    let got = house.paediatrician().presses("endorse", &[("endorsement", "sign_off")]).await;
    assert_eq!(got.code(), "not_yours_to_sign_off", "{}", got.text());
    assert!(status(&house.minutes().await).contains("not signed off"));
    house.close().await;
}

/// Shows: MIN-14.
#[tokio::test(flavor = "multi_thread")]
async fn attendees_are_asked_whether_the_timing_is_clear_and_a_no_goes_back_to_the_chair() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        assert_eq!(asks(&house, "The timing is clear").await, procedure == "audit-assured", "{procedure}");
        house.close().await;
    }
    let house = drafted("audit-assured").await;
    house.police().presses("endorse", &[("endorsement", "timing_clear")]).await;
    let given = [("endorsement", "timing_clear"), ("reason", "Why not on Sunday?")];
    house.health_visitor().presses("endorse_not", &given).await;
    let minutes = house.minutes().await;
    assert!(status(&minutes).contains("returned to the chair by Priya Nandy"), "{}", status(&minutes));
    let table = minutes.split("Is the reason for the timing clear?").nth(1).expect("a table of answers");
    assert!(table.lines().any(|line| line.contains("Dana Okafor") && line.contains("| clear |")), "{table}");
    assert!(table.lines().any(|line| line.contains("Priya Nandy") && line.contains("Why not on Sunday?")), "{table}");
    assert!(table.lines().any(|line| line.contains("Rowan Ashby") && line.contains("not answered")), "{table}");
    let told = house.chair().person.direct_messages();
    assert!(told.iter().any(|message| message.text.contains("came back to you")), "the chair is told");
    assert!(told.iter().all(|message| !message.text.contains("Sunday")), "and nothing of it stands outside the room");
    assert!(house.board().await.text.contains("Came back to the chair"));
    house.health_visitor().presses("endorse", &[("endorsement", "timing_clear")]).await;
    assert!(!status(&house.minutes().await).contains("returned"), "whoever says otherwise later lifts it");
    house.close().await;
}
