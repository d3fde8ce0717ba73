//! Lists over many cases: what an inspection asks for, and a sample that can be drawn again.

use super::{AUDITOR, DECEMBER, audited, has_an_auditor, is_held, is_left, reads};
use crate::support::{Cast, House};

const LIST: [&str; 2] = ["audit", "inspection-list"];
const SAMPLE: [&str; 2] = ["audit", "sample"];

/// Four cases, each with a closed session; the second has decided on section 47.
async fn four_cases() -> (House, Vec<String>) {
    let house = House::open().await;
    has_an_auditor(&house).await;
    house.enrols_as(Cast::SchoolNurse, "Service manager", Cast::TeamManager, None).await;
    let mut names = Vec::new();
    for n in 1..=4 {
        let name = is_held(&house, &format!("LCS-2026-05{n:02}")).await;
        if n == 2 {
            let decided = [("decision", "initiate"), ("rationale", "As shared"), ("case", name.as_str())];
            house.chair().slash(&["chair", "section-47"], &decided).await;
        }
        is_left(&house, &name).await;
        names.push(name);
    }
    (house, names)
}

/// Shows: AUD-13.
#[tokio::test(flavor = "multi_thread")]
async fn an_inspection_list_has_fixed_columns_leads_back_and_is_a_read_of_each_case() {
    let (house, names) = four_cases().await;
    for who in [AUDITOR, Cast::TeamManager, Cast::Police] {
        assert_eq!(house.who(who).slash(&LIST, &DECEMBER).await.code(), "not_yours_to_list", "{who:?}");
    }
    let manager = house.who(Cast::SchoolNurse);
    let text = reads(&manager, &LIST, &DECEMBER).await;
    let rows: Vec<_> = text.lines().filter(|line| line.contains(',')).collect();
    let columns = "case,session,reference,child,date_of_birth,received,held,section_47_decided,section_47_decision,section_47_initiated";
    assert_eq!(rows[0], columns);
    assert_eq!(rows.len(), 5, "{text}");
    for (n, name) in (1..).zip(&names) {
        let row = rows.iter().find(|row| row.starts_with(&format!("\"{name}\",\"1\""))).expect("it has a row");
        let child =
            format!("\"LCS-2026-05{n:02}\",\"Ellis Quillfeather\",\"2019-03-12\",\"2026-12-07T08:30:00+00:00\"");
        assert!(row.contains(&child), "{row}");
        assert_eq!(row.ends_with("\"initiate\",\"yes\""), n == 2, "{row}");
        assert_eq!(row.ends_with("\"\",\"\",\"no\""), n != 2, "{row}");
    }
    let log = reads(&house.who(AUDITOR), &["audit", "log"], &[("case", &names[0])]).await;
    let read = log.lines().find(|line| line.contains("List for an inspection")).expect("it is in the read log");
    assert!(read.contains("Bela Marsh, Service manager"), "{read}");
    let none = manager.slash(&LIST, &[("from_day", "2026-01-01"), ("to_day", "2026-01-31")]).await;
    assert_eq!(none.code(), "nothing_in_period", "{}", none.text());
    house.close().await;
}

/// Shows: AUD-13.
#[tokio::test(flavor = "multi_thread")]
async fn a_discussion_that_was_held_and_never_closed_is_listed_and_the_list_comes_as_a_file() {
    let house = House::open().await;
    has_an_auditor(&house).await;
    house.enrols_as(Cast::SchoolNurse, "Service manager", Cast::TeamManager, None).await;
    let closed = is_held(&house, "LCS-2026-0801").await;
    is_left(&house, &closed).await;
    let open = is_held(&house, "LCS-2026-0802").await;
    let got = house.who(Cast::SchoolNurse).slash(&LIST, &DECEMBER).await;
    let message = got.response.message().expect("a message comes with it");
    let [file] = message.files.as_slice() else { panic!("{} files: {}", message.files.len(), message.text) };
    assert_eq!(file.name, "inspection-list-2026-12-01-2026-12-31.csv");
    assert!(got.is_private(), "{}", got.text());
    let csv = String::from_utf8_lossy(&file.bytes).into_owned();
    let rows: Vec<_> = csv.lines().skip(1).collect();
    assert_eq!(rows.len(), 2, "{csv}");
    for name in [&closed, &open] {
        assert!(rows.iter().any(|row| row.starts_with(&format!("\"{name}\",\"1\","))), "{name}: {csv}");
    }
    let log = reads(&house.who(AUDITOR), &["audit", "log"], &[("case", &open)]).await;
    assert!(log.contains("List for an inspection"), "the export is in the log of each: {log}");
    house.close().await;
}

/// Shows: AUD-14.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_period_size_and_seed_draw_the_same_and_another_seed_another() {
    let (house, names) = four_cases().await;
    let auditor = house.who(AUDITOR);
    let drawn = |text: &str| text.lines().filter(|line| line.starts_with("- ")).map(str::to_owned).collect::<Vec<_>>();
    let with = |seed: &'static str| [&DECEMBER[..], &[("size", "2"), ("seed", seed)]].concat();
    let first = reads(&auditor, &SAMPLE, &with("7")).await;
    assert!(first.contains("Period 1 December 2026 to 31 December 2026, size 2, seed 7"), "{first}");
    assert!(first.contains("Drawn from 4 sessions"), "{first}");
    assert_eq!(drawn(&first).len(), 2, "{first}");
    assert_eq!(drawn(&reads(&auditor, &SAMPLE, &with("7")).await), drawn(&first));
    let mut others = Vec::new();
    for seed in ["1", "2", "3", "4", "5"] {
        others.push(drawn(&reads(&auditor, &SAMPLE, &with(seed)).await));
    }
    assert!(others.iter().any(|other| *other != drawn(&first)), "{others:?}");

    let unseeded = reads(&auditor, &SAMPLE, &[&DECEMBER[..], &[("size", "2")]].concat()).await;
    let (_, seed) = unseeded.split_once("seed ").expect("it is printed");
    let seed = seed.split(':').next().expect("it ends");
    let again = reads(&auditor, &SAMPLE, &[&DECEMBER[..], &[("size", "2"), ("seed", seed)]].concat()).await;
    assert_eq!(drawn(&again), drawn(&unseeded), "drawn again with the seed that was printed");

    let name = names.iter().find(|name| drawn(&first)[0].contains(*name)).expect("a case of these was drawn");
    let log = reads(&auditor, &["audit", "log"], &[("case", name)]).await;
    let draw = log.lines().find(|line| line.contains("Sample drawn")).expect("the draw is logged");
    assert!(draw.contains("Piet Lund, Auditor") && draw.contains("7 December 2026"), "{draw}");
    assert_eq!(house.police().slash(&SAMPLE, &with("7")).await.code(), "for_auditor");
    house.close().await;
}

/// A period without a day in the right form is asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_none_is_told_and_nothing_is_read() {
    let (house, _) = four_cases().await;
    let got = house.who(AUDITOR).slash(&SAMPLE, &[("from_day", "soon"), ("to_day", "2026-12-31")]).await;
    assert_eq!(got.code(), "not_a_date", "{}", got.text());
    assert!(!audited(&house, &["audit", "log"]).await.contains("Sample drawn"));
    house.close().await;
}
