//! Signatures, the manager's sign-off, and the check of the timing.

use super::{circulation, drafted, sends_out, signs, status};
use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

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

/// Who is asked once more when the chair has signed.
fn asked_once_more(house: &House) -> Vec<Cast> {
    let is_asked = |who: &Cast| {
        let told = house.who(*who).person.direct_messages();
        told.iter().filter(|message| message.text.contains("You have not said yet whether")).count()
    };
    let asked: Vec<_> = Cast::ALL.into_iter().filter(|who| is_asked(who) > 0).collect();
    assert!(asked.iter().all(|who| is_asked(who) == 1), "each once");
    asked
}

/// Shows: MIN-12, MIN-14, MIN-29.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_procedure_insists_on_is_a_mark_until_everybody_has_said_it_and_is_asked_once_more() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        let (what, mark) = match procedure {
            "county-strategy-meetings" => ("true_record", "signatures missing: "),
            "audit-assured" => ("timing_clear", "timing not checked yet by "),
            _ => {
                let stands = status(&house.minutes().await);
                assert!(!stands.contains("signatures missing") && !stands.contains("not checked"), "{stands}");
                signs(&house).await;
                assert_eq!(asked_once_more(&house), [], "{procedure}");
                house.close().await;
                continue;
            }
        };
        let stands = status(&house.minutes().await);
        assert!(stands.contains(&format!("{mark}4 of 4")), "{procedure}: {stands}");
        house.police().presses("endorse", &[("endorsement", what)]).await;
        let no = [("endorsement", what), ("reason", "Why so late?")];
        house.health_visitor().presses("endorse_not", &no).await;
        let stands = status(&house.minutes().await);
        assert!(stands.contains(&format!("{mark}2 of 4")), "{procedure}: a no is an answer: {stands}");
        signs(&house).await;
        assert_eq!(asked_once_more(&house), [Cast::SocialWorker, Cast::TeamManager], "{procedure}");
        for who in [Cast::SocialWorker, Cast::TeamManager] {
            let told = house.who(who).person.direct_messages();
            assert!(told.iter().all(|message| CASE_WORDS.iter().all(|word| !message.text.contains(word))));
            house.who(who).presses("endorse", &[("endorsement", what)]).await;
        }
        let stands = status(&house.minutes().await);
        assert!(!stands.contains(mark), "{procedure}: {stands}");
        house.close().await;
    }
}

/// Shows: MIN-13.
#[tokio::test(flavor = "multi_thread")]
async fn copies_are_marked_as_drafts_until_the_sign_off_where_the_procedure_asks_one() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        signs(&house).await;
        let copy = house.police().presses("copy", &[]).await;
        let is_draft = copy.text().contains("draft, not signed off");
        assert_eq!(is_draft, procedure == "practice-guidance", "{procedure}: {}", copy.text());
        if is_draft {
            house.chair().presses("endorse", &[("endorsement", "sign_off")]).await;
            let copy = house.police().presses("copy", &[]).await;
            assert!(!copy.text().contains("draft"), "{}", copy.text());
        }
        house.close().await;
    }
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
