//! Who knows the child: asked of those invited, of those who came, and at the decision; and when nobody is left.

use convenor::domain::stage::Stage;

use super::{AUDIT, GUIDANCE, comes, convened, lists, ready};
use crate::support::{Cast, House, PROCEDURES};

const WARNING: &str = "Nobody expected is marked as knowing the child";
const GONE: &str = "the only person marked as knowing the child is not coming, or has left";

/// How often somebody was told, directly, that nobody who knows the child is left.
fn times_told(house: &House, who: Cast) -> usize {
    let messages = house.who(who).person.direct_messages();
    messages.iter().filter(|message| message.text.contains(GONE)).count()
}

/// With the police and the health visitor invited, as `i2` and `i3`; the chair is `i1`.
async fn with_two_invited(procedure: &str) -> House {
    let house = convened(procedure).await;
    lists(&house, "Ellis Quillfeather", 2024, &[]).await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
    }
    house
}

/// The convenor marks who knows the child, from the view.
async fn marks(house: &House, people: &str) {
    let view = ready(house).await;
    let given = [("prompt", "knows_child"), ("people", people)];
    let got = house.social_worker().presses_in(&view, "prompt", &given).await;
    assert_eq!(got.code(), "entered", "{}", got.text());
}

/// Shows: INV-16.
#[tokio::test(flavor = "multi_thread")]
async fn who_knows_the_child_is_asked_three_times_and_the_chair_hears_when_nobody_is_left() {
    for procedure in PROCEDURES {
        let insists = [GUIDANCE, AUDIT].contains(&procedure);
        let house = with_two_invited(procedure).await;
        assert!(ready(&house).await.text().contains(WARNING), "{procedure}");
        marks(&house, "i3").await;
        let view = ready(&house).await;
        assert!(view.text().contains("**Knows the child** Health visitor, Larkshire Community Health"), "{procedure}");

        comes(&house, Cast::TeamManager).await;
        comes(&house, Cast::Police).await;
        comes(&house, Cast::HealthVisitor).await;
        assert!(ready(&house).await.text().contains("**Knows the child** Priya Nandy"), "{procedure}");
        house.chair().opens().await;
        let asked = house.chair().presses("prompts", &[]).await.buttons();
        assert!(asked.iter().any(|label| label == "Who of those here knows the child"), "{procedure}: {asked:?}");
        let both = house.chair().picks(&["chair", "position"], "for", "Priya Nandy").await;
        let here = [("prompt", "knows_child_opening"), ("people", both.as_str())];
        let got = house.chair().slash(&["chair", "prompt"], &here).await;
        assert_eq!(got.code(), "entered", "{procedure}: {}", got.text());

        assert_eq!(times_told(&house, Cast::TeamManager), 0, "{procedure}");
        house.police().slash(&["strategy", "leave"], &[]).await;
        assert_eq!(times_told(&house, Cast::TeamManager), 0, "{procedure}: the officer never met the child");
        house.health_visitor().slash(&["strategy", "leave"], &[]).await;
        assert_eq!(times_told(&house, Cast::TeamManager), 1, "{procedure}");
        assert!(ready(&house).await.text().contains(WARNING), "{procedure}");

        house.goes_on_to(Stage::Deciding).await;
        let board = house.board().await.text;
        let asked = house.chair().presses("prompts", &[]).await.buttons();
        assert!(asked.iter().any(|label| label == "Who at the decision knows the child"), "{procedure}: {board}");
        let closed = house.chair().closes().await;
        assert_eq!(closed.contains("• Who at the decision knows the child"), insists, "{procedure}: {closed}");
        let nobody = [("prompt", "knows_child_decision"), ("people", "nobody")];
        house.chair().slash(&["chair", "prompt"], &nobody).await;
        house.chair().slash(&["chair", "confirm"], &[]).await;
        let minutes = house.minutes().await;
        for line in [
            "- Who of those invited knows the child: Priya Nandy, Health visitor, Larkshire Community Health",
            "- Who of those here knows the child: Priya Nandy, Health visitor, Larkshire Community Health",
            "- Who at the decision knows the child: nobody",
        ] {
            assert!(minutes.contains(line), "{procedure}: {line}: {minutes}");
        }
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_hears_when_the_only_one_stays_away_and_until_there_is_one_the_convenor() {
    let house = with_two_invited(AUDIT).await;
    marks(&house, "i3").await;
    house.health_visitor().presses("decline", &[("reason", "On leave")]).await;
    assert_eq!(times_told(&house, Cast::SocialWorker), 1, "nobody chairs yet");
    house.close().await;

    let house = with_two_invited(AUDIT).await;
    marks(&house, "i2,i3").await;
    comes(&house, Cast::TeamManager).await;
    comes(&house, Cast::Police).await;
    house.chair().opens().await;
    assert_eq!(times_told(&house, Cast::TeamManager), 0, "one of the two came");
    house.police().slash(&["strategy", "leave"], &[]).await;
    assert_eq!(times_told(&house, Cast::TeamManager), 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_without_the_only_one_who_knows_the_child_tells_the_chair() {
    let house = with_two_invited(GUIDANCE).await;
    marks(&house, "i3").await;
    comes(&house, Cast::TeamManager).await;
    house.chair().opens().await;
    assert_eq!(times_told(&house, Cast::TeamManager), 1);
    let outside = house.posts_outside().await;
    assert!(outside.iter().all(|post| !post.text.contains("Quillfeather") && !post.text.contains("Priya")));
    house.close().await;
}
