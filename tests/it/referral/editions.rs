//! The statutory wording has an edition and a date, and somebody is reminded when that is over a year old.

use crate::referral::under;
use crate::support::{House, PROCEDURES};

const MINUTES_A_DAY: i64 = 24 * 60;

/// Shows: REF-19.
#[tokio::test(flavor = "multi_thread")]
async fn the_script_shows_its_edition_and_date() {
    for procedure in PROCEDURES {
        let house = under(procedure).await;
        let convenor = house.social_worker();
        convenor.registers().await;
        convenor.lists_the_child().await;
        convenor.slash(&["strategy", "convene"], &[("form", "meeting"), ("starts", &house.moment(60))]).await;
        convenor.opens().await;
        let posts = house.room_posts().await;
        let footer = posts.iter().flat_map(|post| post.lines()).find(|line| line.starts_with("-# "));
        let footer = footer.expect("the script has a footer");
        assert!(footer.contains("Children Act 1989, section 47"), "{procedure}: {footer}");
        assert!(footer.contains("Working Together to Safeguard Children 20"), "{procedure}: {footer}");
        assert!(footer.ends_with("As at 22 November 2026."), "{procedure}: {footer}");
        house.close().await;
    }
}

/// Shows: REF-19.
#[tokio::test(flavor = "multi_thread")]
async fn after_thirteen_months_the_administrators_are_reminded_once() {
    let house = House::administered().await;
    house.passes(11 * 30 * MINUTES_A_DAY).await;
    assert_eq!(house.told_to_administrators(), Vec::<String>::new());
    house.passes(66 * MINUTES_A_DAY).await;
    let told = house.told_to_administrators();
    assert_eq!(told.len(), 1, "{told:?}");
    let procedure = &house.config.procedures["remote-format"];
    for text in std::iter::once(&procedure.name).chain(procedure.links.iter().map(|link| &link.title)) {
        assert!(told[0].contains(&format!("• {text}, as at 22 November 2026")), "{text}: {}", told[0]);
    }
    house.passes(60 * MINUTES_A_DAY).await;
    assert_eq!(house.told_to_administrators().len(), 1);
    house.close().await;
}
