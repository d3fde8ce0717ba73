//! What an invitation asks people to prepare, and the sheet to search their own records by (INV-20).

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES, section};

const PREPARE: [&str; 5] = ["current information", "history", "chronology", "other areas", "view of the risk"];

/// Shows: INV-20.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_says_what_to_prepare_and_names_nobody() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.is_convened().await;
        let card = house.police().reads().pop().expect("the invitation left").text;
        for words in PREPARE {
            assert!(card.contains(words), "{procedure}, {words}: {card}");
        }
        for words in CASE_WORDS {
            assert!(!card.contains(words), "{procedure}, {words}: {card}");
        }
        house.close().await;
    }
}

/// Shows: INV-20.
#[tokio::test(flavor = "multi_thread")]
async fn the_look_up_sheet_opens_for_whoever_accepted_alone_and_each_opening_is_logged() {
    let house = House::open().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    let adult = [("name", "Marlow Quillfeather"), ("born", "1 May 1990"), ("address", "3 Hidden Row")];
    let adult = adult.into_iter().chain([("relationship", "mother"), ("address_withheld", "true")]);
    house.social_worker().slash(&["strategy", "adult"], &adult.collect::<Vec<_>>()).await;
    house.social_worker().convenes().await;
    house.social_worker().invites(Cast::Police).await;
    let shared = house.police().reads().pop().expect("the card is in the duty channel");
    assert!(shared.button("Look-up sheet").is_none(), "before acceptance there is none to press");

    house.passes(5).await;
    let accepted = house.police().accepts().await;
    let sheet = house.police().presses_in(&accepted, "look_up", &[]).await;
    assert!(sheet.is_private(), "never a post");
    for words in
        ["Ellis Quillfeather", "12 March 2019", "14 Pockmarrow Lane", "Marlow Quillfeather", "address withheld"]
    {
        assert!(sheet.text().contains(words), "{words}: {}", sheet.text());
    }
    assert!(!sheet.text().contains("Hidden Row"), "{}", sheet.text());
    let colleague = house.who(Cast::SecondOfficer).presses("look_up", &[]).await;
    assert_eq!(colleague.code(), "not_seated");
    assert!(CASE_WORDS.iter().all(|word| !colleague.text().contains(word)), "{}", colleague.text());
    house.passes(5).await;
    house.police().presses("look_up", &[]).await;

    let journal = house.db_journal().await;
    let opened: Vec<_> = journal.iter().filter(|record| record.event.kind() == "look_up_opened").collect();
    assert_eq!(opened.len(), 2);
    assert!(opened.iter().all(|record| record.actor.name == "Dana Okafor"));
    let annex = section(&house.minutes().await, "Audit annex");
    let line = annex.lines().find(|line| line.contains("Dana Okafor")).expect("the log names them");
    assert!(line.contains("10:05") && line.contains("10:10"), "{line}");
    for post in house.posts_outside().await {
        assert!(CASE_WORDS.iter().all(|word| !post.text.contains(word)), "{}", post.text);
    }
    house.close().await;
}
