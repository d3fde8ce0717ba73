//! The parts of an action: what each procedure insists on, what it only asks for, and the hour where hours matter.

use convenor::domain::stage::Stage;

use super::at_actions;
use crate::support::{PROCEDURES, section};

/// Shows: ACT-03, ACT-05, ACT-06, ACT-07.
#[tokio::test(flavor = "multi_thread")]
async fn each_part_of_an_action_prints_and_a_blank_one_is_open_where_the_procedure_insists() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
        let whole = [
            ("what", "Fetch the call log"),
            ("owner", owner.as_str()),
            ("due", "9 December 2026 12:00"),
            ("place", "Eastmere station"),
            ("how", "By request to the control room"),
            ("measure", "The log lies with the chair"),
            ("purpose", "To know who rang"),
            ("contingency", "The inspector asks again"),
            ("serves", "section_47"),
        ];
        house.chair().slash(&["action", "add"], &whole).await;
        let bare = [("what", "Visit the home"), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
        house.chair().slash(&["action", "add"], &bare).await;
        let minutes = house.minutes().await;
        for (_, words) in whole.iter().filter(|(key, _)| !matches!(*key, "owner" | "due" | "serves")) {
            assert!(minutes.contains(words), "{procedure}, {words}: {minutes}");
        }
        // Action, who, when, where, what to know it by, and how, each in its column.
        let row = minutes.lines().find(|row| row.starts_with("| 1 | ")).unwrap_or_default();
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let six = ["Fetch the call log", "Dana Okafor, Larkshire Police", "9 December 2026 12:00", "Eastmere station"];
        assert_eq!(cells[2..6], six, "{procedure}: {row}");
        assert_eq!(cells[6], "By request to the control room", "{procedure}: {row}");
        assert!(cells.contains(&"The log lies with the chair"), "{procedure}: {row}");
        assert!(
            minutes.contains("Roles and responsibilities") && minutes.contains("actions 1, 2"),
            "{procedure}: {minutes}"
        );
        house.chair().slash(&["action", "add"], &[("what", "Ring the school")]).await;
        house.chair().closes().await;
        let minutes = house.minutes().await;
        // Without its owner and its date an action is open everywhere.
        let blank = minutes.lines().find(|line| line.starts_with("| Action | Action 3 |")).unwrap_or_default();
        assert!(blank.contains("named owner, date"), "{procedure}: {blank}");
        let open = minutes.lines().filter(|line| line.contains("Action 2"));
        let open: String = open.collect();
        for (part, insists) in [
            ("where", "remote-format"),
            ("how", "remote-format"),
            ("purpose", "county-strategy-meetings"),
            ("contingency", "seven-minute-briefing"),
        ] {
            assert_eq!(open.contains(part), procedure == insists, "{procedure}, {part}: {open}");
        }
        assert!(
            !minutes.lines().any(|line| line.starts_with('|') && line.contains("Action 1 ")),
            "{procedure}: {minutes}"
        );
        house.close().await;
    }
}

/// Shows: ACT-03, ACT-04, ACT-06.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_action_leaves_out_can_be_said_of_it_afterwards_by_chair_recorder_and_owner() {
    let house = at_actions("seven-minute-briefing").await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
    let bare = [("what", "Fetch the call log"), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
    house.chair().slash(&["action", "add"], &bare).await;
    let supply = |given: &[(&'static str, &'static str)]| [&[("action", "1")][..], given].concat();
    let details = ["action", "details"];
    let nothing = house.chair().slash(&details, &supply(&[("how", "")])).await;
    assert_eq!(nothing.code(), "nothing_given", "{}", nothing.text());
    let other = house.health_visitor().slash(&details, &supply(&[("how", "By letter")])).await;
    assert_eq!(other.code(), "not_your_action", "{}", other.text());
    let own = house.police().slash(&details, &supply(&[("how", "By request to the control room")])).await;
    assert_eq!(own.code(), "action_changed", "{}", own.text());
    house.goes_on_to(Stage::ReadBack).await;
    let closing = house.chair().presses("closing", &[]).await;
    let more = supply(&[("measure", "The log lies with the chair"), ("contingency", "The inspector asks again")]);
    let got = house.chair().presses_in(&closing, "supply_action", &more).await;
    assert_eq!(got.code(), "action_changed", "{}", got.text());
    house.chair().slash(&details, &supply(&[("purpose", "To know who rang")])).await;
    let minutes = house.minutes().await;
    let row = minutes.lines().find(|row| row.starts_with("| 1 | ")).unwrap_or_default();
    for said in ["Fetch the call log", "By request to the control room", "The log lies with the chair"] {
        assert!(row.contains(said), "{said}: {row}");
    }
    let by = "Action 1 changed 7 December 2026 10:00 by Dana Okafor, Child protection investigator, Larkshire Police: added how.";
    assert!(minutes.contains(by), "{minutes}");
    house.chair().closes().await;
    let minutes = house.minutes().await;
    assert!(!minutes.lines().any(|line| line.starts_with("| Action | Action 1 |")), "nothing of it is open: {minutes}");
    house.close().await;
}

/// Shows: ACT-01.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_within_hours_keeps_its_time_and_a_day_alone_is_asked_for_it() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        // A time or so many hours say enough; so does a day alone where the day is what matters.
        for (n, due, shown) in [
            ("1", "today 16:30", "7 December 2026 16:30"),
            ("2", "within 3 hours", "7 December 2026 13:00"),
            ("3", "this afternoon 3pm", "7 December 2026 15:00"),
            ("4", "Friday", "11 December 2026 23:59"),
        ] {
            let given = [("what", "Fetch the call log"), ("owner", "Dana Okafor"), ("due", due)];
            let got = house.chair().slash(&["action", "add"], &given).await;
            let line = format!("{n}. Fetch the call log — Dana Okafor, {shown}");
            assert!(got.text().contains(&line) && !got.text().contains("At what time"), "{procedure}: {}", got.text());
            assert!(house.room_has(&line).await, "{procedure}: {line}");
            let minutes = house.minutes().await;
            let row = minutes.lines().find(|row| row.starts_with(&format!("| {n} | ")));
            assert!(row.is_some_and(|row| row.contains(&format!("| {shown} |"))), "{procedure}, {due}: {minutes}");
        }
        // Today is so near that the hour matters, by its own field or in the line itself.
        for (n, given) in [
            ("5", &[("what", "Ring the ward"), ("owner", "Dana Okafor"), ("due", "today")][..]),
            ("6", &[("what", "Dana to ring the ward today")]),
        ] {
            let got = house.chair().slash(&["action", "add"], given).await;
            let missing = got.text().lines().find(|line| line.contains("Still missing: ")).map(str::to_owned);
            assert!(missing.is_some_and(|line| line.contains("At what time")), "{procedure}: {}", got.text());
            assert!(got.text().contains("Dana Okafor, 7 December 2026, no time yet"), "{procedure}: {}", got.text());
            let minutes = house.minutes().await;
            let row = minutes.lines().find(|row| row.starts_with(&format!("| {n} | ")));
            assert!(row.is_some_and(|row| row.contains("| 7 December 2026, no time yet |")), "{procedure}: {minutes}");
        }
        // A new time answers it; a new day alone brings it up.
        let changes = |action: &'static str, due: &'static str| {
            let house = &house;
            async move { house.chair().slash(&["action", "change"], &[("action", action), ("due", due)]).await }
        };
        changes("5", "today 15:00").await;
        changes("4", "today").await;
        house.goes_on_to(Stage::ReadBack).await;
        let posts = house.room_posts().await;
        let read_back = posts.iter().find(|post| post.contains("**Read-back**")).expect("it is read back");
        assert!(read_back.contains("6. Dana to ring the ward today — Dana Okafor, 7 December 2026, no time yet"));
        let asked = read_back.lines().find(|line| line.contains("Action: 6, ")).unwrap_or_default();
        assert!(asked.contains("At what time"), "{procedure}: {read_back}");
        house.chair().closes().await;
        let open = section(&house.minutes().await, "Open items");
        for (action, is_asked) in [(1, false), (2, false), (3, false), (4, true), (5, false), (6, true)] {
            let row = open.lines().find(|row| row.contains(&format!("| Action {action} |"))).unwrap_or_default();
            assert_eq!(row.contains("time of day"), is_asked, "{procedure}, action {action}: {open}");
        }
        house.close().await;
    }
}

/// What is asked for, insisted on, and neither: action by action, by part and by procedure in their order.
const LEVELS: [(&str, &str, &str); 4] = [
    ("Where", "where", "RRRMR"),
    ("How", "how", "RRRMR"),
    ("The need or risk it reduces", "purpose", "MoooR"),
    ("If it is not done", "contingency", "RMRRR"),
];

/// Shows: ACT-03, ACT-05, ACT-06.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_open_where_the_procedure_insists_offered_where_it_asks_and_neither_where_it_is_off() {
    for (place, procedure) in PROCEDURES.into_iter().enumerate() {
        let house = at_actions(procedure).await;
        let bare = [("what", "Visit the home"), ("owner", "Dana Okafor"), ("due", "9 December 2026 12:00")];
        let got = house.chair().slash(&["action", "add"], &bare).await;
        let after = |words: &str| {
            let rest = got.text();
            rest.split(words).nth(1).and_then(|rest| rest.split('.').next()).unwrap_or_default().to_owned()
        };
        let (missing, offered) = (after("Still missing: "), after("You can also say: "));
        house.chair().closes().await;
        let open = section(&house.minutes().await, "Open items");
        let row = open.lines().find(|row| row.contains("| Action 1 |")).unwrap_or_default();
        for (asked, part, levels) in LEVELS {
            let level = levels.as_bytes()[place];
            let said = |list: &str| list.split(", ").any(|one| one == asked);
            assert_eq!(said(&missing), level == b'M', "{procedure}, {part}: {}", got.text());
            assert_eq!(said(&offered), level == b'R', "{procedure}, {part}: {}", got.text());
            let is_open = row.split([',', '|']).any(|one| one.trim() == part);
            assert_eq!(is_open, level == b'M', "{procedure}, {part}: {row}");
        }
        house.close().await;
    }
}
