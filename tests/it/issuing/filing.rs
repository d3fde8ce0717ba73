//! The line for each agency's own record, the case system, and the reminders until both are filed.

use super::{circulation, drafted, sends_out};
use crate::support::{Cast, House, PROCEDURES};

const LINE: &str = "Attended Strategy Discussion, 7 December 2026, reference LCS-2026-0417.";

/// Shows: MIN-10.
#[tokio::test(flavor = "multi_thread")]
async fn each_attendee_but_social_cares_gets_the_line_for_their_own_record_in_private() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        let line = house.police().presses("case_note", &[]).await;
        assert!(line.is_private() && line.text().contains(LINE), "{procedure}: {}", line.text());
        let social_care = house.social_worker().presses("case_note", &[]).await;
        assert!(!social_care.text().contains("Attended Strategy"), "{procedure}: {}", social_care.text());
        let everything = house.minutes().await + &house.room_posts().await.join("\n");
        assert!(!everything.contains("meeting at social care"), "{procedure}");
        house.close().await;
    }
}

/// Shows: MIN-10, MIN-20.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_filed_is_shown_and_chased_until_it_is() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        sends_out(&house).await;
        house.police().presses("filed", &[]).await;
        let shown = circulation(&house).await;
        assert!(shown.contains("| Larkshire Police | filed: Dana Okafor, "), "{shown}");
        assert!(shown.contains("| Larkshire Community Health | not confirmed |"), "{shown}");
        assert!(shown.contains("Not confirmed as recorded there yet."), "{shown}");

        let chased = |who: Cast| {
            let seen = house.who(who).person.direct_messages();
            seen.iter().filter(|message| message.text.contains("not yet confirmed as filed")).count()
        };
        for day in 8..=9 {
            house.comes_to(&format!("2026-12-{day:02} 09:30")).await;
        }
        assert_eq!((chased(Cast::Police), chased(Cast::HealthVisitor), chased(Cast::SocialWorker)), (0, 2, 2));
        house.health_visitor().presses("filed", &[]).await;
        house.social_worker().presses("filed", &[]).await;
        house.comes_to("2026-12-10 09:30").await;
        assert_eq!((chased(Cast::HealthVisitor), chased(Cast::SocialWorker)), (2, 2), "nobody is left to remind");
        let shown = circulation(&house).await;
        let system = &house.config.procedures[procedure].case_system;
        let recorded =
            format!("Recorded on {system}: Rowan Ashby, Social worker, Larkshire Children's Services, 9 December 2026");
        assert!(shown.contains(&recorded), "{procedure}: {recorded}: {shown}");
        house.close().await;
    }
}

/// Shows: MIN-20.
#[tokio::test(flavor = "multi_thread")]
async fn the_recorder_reads_the_record_as_the_text_of_the_case_systems_form() {
    for procedure in PROCEDURES {
        let house = drafted(procedure).await;
        let text = house.social_worker().slash(&["strategy", "copy"], &[("as", "form")]).await;
        assert!(text.is_private() && text.text().contains("\nPeople\n======"), "{procedure}: {}", text.text());
        assert!(!text.text().contains("| ---"), "{procedure}: {}", text.text());
        let next = house.social_worker().presses_in(&text, "copy", &[("part", "2")]).await;
        assert!(next.text().contains("part 2 of"), "{procedure}: {}", next.text());
        house.close().await;
    }
}

/// Shows: MIN-21.
#[tokio::test(flavor = "multi_thread")]
async fn both_parties_to_a_discussion_record_it() {
    let house = House::under("county-strategy-meetings", "2026-12-07 10:00").await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    let chair = house.account(Cast::TeamManager).to_string();
    let starts = house.moment(60);
    let given = [("form", "discussion"), ("starts", starts.as_str()), ("chair", chair.as_str())];
    house.social_worker().slash(&["strategy", "convene"], &given).await;
    house.social_worker().invites(Cast::Police).await;
    for who in [Cast::TeamManager, Cast::Police] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    house.chair().closes().await;
    house.has_drafted().await;
    sends_out(&house).await;
    let copy = house.police().presses("copy", &[]).await;
    assert!(copy.is_private() && copy.text().contains("my copy"), "the police have the text for their own record");
    house.social_worker().presses("filed", &[]).await;
    let before = circulation(&house).await;
    assert!(before.contains("To be recorded by both parties"), "{before}");
    house.passes(30).await;
    house.police().presses("filed", &[]).await;
    let shown = circulation(&house).await;
    let both = "Recorded by both parties: social care 7 December 2026 10:01, police 7 December 2026 10:31.";
    assert!(shown.contains(both), "{shown}");
    house.close().await;
}
