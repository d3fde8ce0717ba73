//! The agenda: ticked in order, moved on from without a wall, and printed with what was passed over.

use convenor::domain::stage::Stage;

use crate::support::{House, PROCEDURES, section};

/// The procedure that insists on its agenda.
const INSISTS: &str = "county-strategy-meetings";

/// The agenda's lines as they stand in the room, item zero first.
async fn agenda(house: &House) -> Vec<String> {
    let posts = house.room_posts().await;
    let posts: Vec<_> = posts.iter().filter(|post| post.starts_with("**Agenda**")).collect();
    assert_eq!(posts.len(), 1, "one post, edited in place");
    posts[0].lines().skip(1).map(str::to_owned).collect()
}

/// What item zero asks.
const SAFE: &str = "Safe for the next two hours?";

fn is_taken(line: &str) -> bool {
    line.starts_with('✓') && line.ends_with("· taken")
}

/// Shows: GATE-13.
#[tokio::test(flavor = "multi_thread")]
async fn the_items_of_every_procedure_are_ticked_in_order_and_moving_on_lists_what_was_passed_over() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let items = &house.config.procedures[procedure].agenda;
        let gathering = items.iter().filter(|item| item.stage == Stage::Gathering).count();
        let lines = agenda(&house).await;
        assert_eq!(lines.len(), items.len() + 1, "{procedure}: {lines:?}");
        for (line, item) in lines[1..].iter().zip(items) {
            assert!(line.contains(&item.title), "{procedure}, in its order: {line}");
        }
        assert!(lines[0].contains("Immediate safety of each child** · now"), "{procedure}: {}", lines[0]);
        let is_over = |line: &String| is_taken(line) || line.contains("· moved on, open: ");
        assert!(lines[1..=gathering].iter().all(is_over), "{procedure}: {lines:?}");
        assert!(!lines[gathering + 1..].iter().any(is_over), "{procedure}: {lines:?}");

        let next = house.chair().presses("next", &[]).await;
        assert_eq!(next.code(), "order_announced", "moved on: {procedure}: {}", next.text());
        assert!(next.text().contains(&format!("{SAFE}: Ellis")), "{procedure}: {}", next.text());
        assert!(next.buttons().iter().any(|label| label == "Say why"), "{procedure}: {:?}", next.buttons());
        let first = agenda(&house).await.remove(0);
        assert!(first.ends_with(&format!("· moved on, open: {SAFE}: Ellis Quillfeather")), "{procedure}: {first}");
        let printed = section(&house.minutes().await, "Audit annex");
        assert!(printed.contains(&format!("| moved on | {SAFE} | no reason given |")), "{procedure}: {printed}");

        let why = [("reason", "Asked on the ward at 09:50")];
        let got = house.chair().presses_in(&next, "explain", &why).await;
        assert_eq!(got.code(), "skip_explained", "{procedure}: {}", got.text());
        let first = agenda(&house).await.remove(0);
        assert!(first.ends_with("(reason: Asked on the ward at 09:50)"), "{procedure}: {first}");
        let again = house.chair().slash(&["chair", "explain"], &why).await;
        assert_eq!(again.code(), "nothing_skipped", "{procedure}");

        house.goes_on_to(Stage::ReadBack).await;
        let lines = agenda(&house).await;
        let of = |stage| items.iter().zip(&lines[1..]).filter(move |(item, _)| item.stage == stage);
        assert!(of(Stage::ReadBack).all(|(_, line)| line.contains("· now")), "{procedure}: {lines:?}");
        assert!(of(Stage::Deciding).any(|(_, line)| line.contains("open: ") && line.contains("Section 47 decision")));
        house.chair().closes().await;
        let printed = section(&house.minutes().await, "Audit annex");
        for words in ["Asked on the ward at 09:50", "Section 47 decision", "no reason given"] {
            assert!(printed.contains(words), "{procedure}: {words}\n{printed}");
        }
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_ticked_as_it_is_taken_and_one_answered_later_is_open_no_more() {
    let safe = [("prompt", "item_zero"), ("about", "c1"), ("safe", "yes"), ("with_whom", "Ward staff")];
    let house = House::under_at(INSISTS, Stage::Open).await;
    house.chair().slash(&["chair", "prompt"], &safe).await;
    assert!(is_taken(&agenda(&house).await[0]), "before the session moves on");
    house.goes_on_to(Stage::Actions).await;
    let item = |lines: Vec<String>| lines.into_iter().find(|line| line.contains("Legal action")).expect("it is there");
    assert!(item(agenda(&house).await).contains("· moved on, open: Legal action"));
    let advice =
        [("prompt", "legal_action"), ("required", "no"), ("reason", "Not now"), ("advice_from", "Duty solicitor")];
    house.chair().slash(&["chair", "prompt"], &advice).await;
    let line = item(agenda(&house).await);
    assert!(is_taken(&line), "{line}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_before_the_end_says_what_was_not_reached_and_stays_open_where_the_agenda_is_mandatory() {
    for procedure in [INSISTS, "remote-format"] {
        let house = House::under_at(procedure, Stage::Open).await;
        house.goes_on_to(Stage::Questions).await;
        let open = house.chair().closes().await;
        assert_eq!(open.contains("• Agenda not followed to its end"), procedure == INSISTS, "{procedure}: {open}");
        let lines = agenda(&house).await;
        assert!(lines.last().is_some_and(|line| line.ends_with("· not reached")), "{procedure}: {lines:?}");
        let printed = section(&house.minutes().await, "Audit annex");
        assert!(printed.contains("| not reached |"), "{procedure}: {printed}");
        house.close().await;
    }
}
