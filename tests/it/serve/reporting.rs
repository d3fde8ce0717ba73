//! `convenor report` and `convenor export`, beside a bot that runs.

use crate::support::{Cast, House};

const CHARTS: [&str; 5] = ["timeliness", "attendance", "section_47", "circulation", "escalations"];

/// Shows: AUD-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_report_has_five_charts_and_counts_that_name_nobody() {
    let house = House::served().await;
    house.social_worker().registers_with(&[]).await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house.chair().slash(&["chair", "close"], &[("reason", "as far as we got")]).await;
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let place = house.place();
    let shipped = include_str!("../../../bot-config/procedures/remote-format.toml");
    let copy = shipped.replace("least_shown = 5", "least_shown = 1");
    assert_ne!(copy, shipped);
    std::fs::create_dir_all(place.path("config/procedures")).expect("the folder is made");
    place.write("config/procedures/remote-format.toml", copy);
    let period = ["report", "--from", "2020-01-01", "--to", "2099-12-31"];
    let ended = place.run(&[&period[..], &["--out", "few"]].concat()).await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let few = std::fs::read_to_string(place.path("few/report.md")).expect("the report is written");
    assert!(few.contains("Fewer than 5 sessions") && few.contains("- Police: not shown"), "{few}");

    let ended = place.run(&[&period[..], &["--out", "report", "--config", "config"]].concat()).await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let report = std::fs::read_to_string(place.path("report/report.md")).expect("the report is written");
    for line in [
        "1 session closed",
        "- Children's social care: 1 (100 %)",
        "- Police: 0 (0 %)",
        "- Closed without a decision: 1 (100 %)",
    ] {
        assert!(report.contains(line), "{line}: {report}");
    }
    for chart in CHARTS {
        assert!(report.contains(&format!("({chart}.svg)")), "{chart}: {report}");
        let svg = std::fs::read_to_string(place.path(&format!("report/{chart}.svg"))).expect("the chart is written");
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
        assert!(svg.contains("<title id=\"title\">") && svg.contains("<desc id=\"desc\">"), "{svg}");
        assert!(svg.contains(">1 January 2020 to 31 December 2099, 1 session</text>"), "{svg}");
        for word in [name.as_str(), "Ellis", "LCS-2026", Cast::TeamManager.name()] {
            assert!(!svg.contains(word) && !report.contains(word), "{word}: {svg}");
        }
    }
    let exported = place.run(&["export", &name, "--out", "journal.jsonl"]).await;
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    let verified = place.run(&["verify", "journal.jsonl"]).await;
    assert_eq!(verified.code, Some(0), "{}", verified.out);
    let lines = std::fs::read_to_string(place.path("journal.jsonl")).expect("the export is written");
    let fewer: Vec<_> = lines.lines().enumerate().filter(|(n, _)| *n != 4).map(|(_, line)| line).collect();
    place.write("fewer.jsonl", format!("{}\n", fewer.join("\n")));
    let broken = place.run(&["verify", "fewer.jsonl"]).await;
    assert_eq!(broken.code, Some(1), "{}", broken.out);
    assert!(broken.out.contains("entry 5"), "{}", broken.out);
    house.close().await;
}
