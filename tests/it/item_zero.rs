//! Item zero: is every child safe for the next two hours, and who is with them?

use convenor::domain::stage::Stage;

use crate::support::{Cast, House, PROCEDURES};

const OPENED: &str = "2026-12-07 10:00";

/// Shows: SAFE-04.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_asked_at_the_opening_at_each_adjournment_and_at_the_close_and_stops_nothing() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        house.is_convened().await;
        let wren = [("name", "Wren Quillfeather"), ("stage", "pre_school"), ("relationship", "sister")];
        house.social_worker().slash(&["strategy", "child"], &wren).await;
        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        let opened = house.chair().opens().await;
        let asked: Vec<_> = opened.buttons().into_iter().filter(|label| label.starts_with("Safe for")).collect();
        assert_eq!(asked.len(), 2, "{procedure}: a line a child: {:?}", opened.buttons());
        let unknown = [("about", "c1"), ("safe", "not_known"), ("with_whom", "Perhaps her aunt")];
        let got = house.chair().presses_in(&opened, "prompt", &unknown).await;
        assert_eq!(got.code(), "entered", "{procedure}: not known is an answer: {}", got.text());
        let action = "Make sure at once that the child is safe, and who is with them: Ellis Quillfeather";
        assert!(house.room_has(action).await, "{procedure}: {:?}", house.room_posts().await);
        let next = house.chair().presses("next", &[]).await;
        assert!(next.text().contains("Safe for the next two hours?: Wren"), "{procedure}: moved on: {}", next.text());

        house.passes(30).await;
        let safety = "Ellis: yes, ward staff\nWren: no, alone at home";
        let adjourned = house.chair().presses("adjourn", &[("safety", safety), ("holder", "The night team")]).await;
        assert!(!adjourned.text().contains("Safe for"), "{procedure}: both answered: {}", adjourned.text());
        assert!(house.room_has(&action.replace("Ellis", "Wren")).await, "{procedure}");
        assert_eq!(house.db_journal().await.iter().filter(|entry| makes_safe(entry)).count(), 2, "{procedure}");

        house.passes(60).await;
        house.chair().passes_the_door().await;
        house.chair().presses("resume", &[]).await;
        house.goes_on_to(Stage::ReadBack).await;
        let board = house.board().await.text;
        assert!(board.contains("Safe for the next two hours?"), "{procedure}: asked at the close: {board}");
        let close = [("reason", "not reached"), ("safety", "yes, home with her mother")];
        house.chair().slash(&["chair", "close"], &close).await;
        let closed = house.room_posts().await.into_iter().rfind(|post| post.contains("stay open"));
        let closed = closed.expect("the close lists what is open");
        assert!(
            closed.contains("• Safe for the next two hours, at the close: Wren Quillfeather"),
            "{procedure}: {closed}"
        );
        assert!(!closed.contains("at the close: Ellis"), "{procedure}: {closed}");

        let minutes = house.minutes().await;
        let first = minutes.split("\n## ").nth(1).expect("the minutes have sections");
        assert!(first.starts_with("Immediate safety of each child"), "{procedure}: first of all: {first}");
        for row in [
            "| Ellis Quillfeather | the opening | Not known | Perhaps her aunt | 10:00 |",
            "| Wren Quillfeather | the opening | not answered | not answered | 10:00 |",
            "| Ellis Quillfeather | an adjournment | Yes | ward staff | 10:30 |",
            "| Wren Quillfeather | an adjournment | No | alone at home | 10:30 |",
            "| Ellis Quillfeather | the close | Yes | home with her mother | 11:30 |",
            "| Wren Quillfeather | the close | not answered | not answered | 11:30 |",
        ] {
            assert!(first.contains(row), "{procedure}: {row}\n{first}");
        }
        assert!(minutes.contains(&format!("| {action} |")), "{procedure}: {minutes}");
        house.close().await;
    }
}

/// Shows: SAFE-04.
#[tokio::test(flavor = "multi_thread")]
async fn not_known_at_the_close_makes_an_immediate_action_too() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let safe = [("prompt", "item_zero"), ("about", "c1"), ("safe", "yes"), ("with_whom", "Ward staff")];
        house.chair().slash(&["chair", "prompt"], &safe).await;
        house.goes_on_to(Stage::ReadBack).await;
        assert!(!house.db_journal().await.iter().any(makes_safe), "{procedure}: the child was safe");
        let close = [("reason", "not reached"), ("safety", "Ellis: not known")];
        house.chair().slash(&["chair", "close"], &close).await;
        let action = "Make sure at once that the child is safe, and who is with them: Ellis Quillfeather";
        assert!(house.room_has(action).await, "{procedure}: {:?}", house.room_posts().await);
        let minutes = house.minutes().await;
        assert!(minutes.contains("| Ellis Quillfeather | the close | Not known | not answered |"), "{minutes}");
        let row = minutes.lines().find(|line| line.contains(action)).expect("the action is listed");
        assert!(row.contains("Rowan Ashby"), "{procedure}: whoever convened: {row}");
        house.close().await;
    }
}

/// Shows: SAFE-04.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_that_a_child_is_not_safe_waits_for_nobodys_word() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let no = [("prompt", "item_zero"), ("about", "c1"), ("safe", "no"), ("with_whom", "Her mother's partner")];
        house.social_worker().slash(&["chair", "prompt"], &no).await;
        let action = "Make sure at once that the child is safe, and who is with them: Ellis Quillfeather";
        assert!(house.room_has(action).await, "{procedure}: the room has it: {:?}", house.room_posts().await);
        let minutes = house.minutes().await;
        let row = minutes.lines().find(|line| line.contains(action)).expect("the action is listed");
        assert!(row.contains("7 December 2026 12:00") && !row.contains("draft"), "{procedure}: in two hours: {row}");
        house.chair().slash(&["chair", "prompt"], &no).await;
        assert_eq!(house.db_journal().await.iter().filter(|entry| makes_safe(entry)).count(), 1, "{procedure}: once");
        house.close().await;
    }
}

fn makes_safe(record: &convenor::domain::event::Record) -> bool {
    use convenor::domain::decision::Entry;
    use convenor::domain::event::Event;
    matches!(&record.event, Event::Entered { entry: Entry::Action(action), .. } if action.protects.is_some())
}
