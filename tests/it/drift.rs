//! A case that waits: protection that ends, another session without a date, and children nothing is decided about.

use convenor::config::Config;
use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

const OPENED: &str = "2026-12-07 10:00";
const REVIEW: &str = "looked at again";

fn reviews(house: &House, who: Cast) -> Vec<String> {
    let messages = house.who(who).person.direct_messages().into_iter();
    messages.map(|message| message.text).filter(|text| text.contains(REVIEW)).collect()
}

/// Shows: TIM-09, RISK-09, REV-09.
#[tokio::test(flavor = "multi_thread")]
async fn protection_that_ends_is_looked_at_again_before_it_does() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Risk).await;
        let prompt = ("prompt", "temporary_protection");
        let list = house.chair().slash(&["chair", "prompt"], &[prompt]).await;
        assert!(list.text().contains("Hold the discussion regardless"), "{procedure}: {}", list.text());
        let message = list.response.message().expect("a list is shown");
        let select = message.selects().remove(0);
        let form = house.chair().person.select(message.id, &select.custom_id, &["bail_conditions"]).await;
        let form = form.expect("it can be chosen");
        let asked = &form.modal().expect("a form opens").fields;
        assert!(asked.iter().any(|field| field.label.starts_with("Ends on")), "an expiry is asked for");

        let known = [prompt, ("what", "bail_conditions"), ("expires", "20 December 2026 12:00")];
        let got = house.chair().slash(&["chair", "prompt"], &known).await;
        assert!(got.text().contains("does not become incident-led"), "{procedure}: {}", got.text());
        let not_known = [prompt, ("what", "parent_away"), ("check_by", "15 December 2026 12:00")];
        house.chair().slash(&["chair", "prompt"], &not_known).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("Bail conditions") && minutes.contains("20 December 2026 12:00"), "{procedure}");
        assert!(minutes.contains("A parent away") && minutes.contains("15 December 2026 12:00"), "{procedure}");

        for (time, count) in
            [("2026-12-15 08:59", 0), ("2026-12-15 09:00", 1), ("2026-12-19 08:59", 1), ("2026-12-19 09:00", 2)]
        {
            house.comes_to(time).await;
            for who in [Cast::TeamManager, Cast::SocialWorker] {
                assert_eq!(reviews(&house, who).len(), count, "{procedure}, {who:?}, {time}");
            }
        }
        let told = reviews(&house, Cast::TeamManager);
        assert!(told[1].contains("20 December 2026 12:00") && !told[0].contains("it ends"), "{told:?}");
        assert!(told.iter().all(|text| text.contains("please review the risk")), "{told:?}");
        assert!(told.iter().all(|text| !text.contains("ail")), "nothing of the case is said: {told:?}");
        assert!(reviews(&house, Cast::Police).is_empty());
        house.close().await;
    }
}

/// Shows: RISK-09, REV-09.
#[tokio::test(flavor = "multi_thread")]
async fn protection_that_ends_with_an_event_is_looked_at_on_the_next_working_day() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Risk).await;
        let given =
            [("prompt", "temporary_protection"), ("what", "hospital_stay"), ("ends", "Ellis is fit to go home")];
        house.chair().slash(&["chair", "prompt"], &given).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("Hospital stay") && minutes.contains("Ellis is fit to go home"), "{procedure}");
        for (time, count) in [("2026-12-08 08:59", 0), ("2026-12-08 09:00", 1), ("2026-12-09 09:00", 1)] {
            house.comes_to(time).await;
            for who in [Cast::TeamManager, Cast::SocialWorker] {
                assert_eq!(reviews(&house, who).len(), count, "{procedure}, {who:?}, {time}");
            }
        }
        assert!(!reviews(&house, Cast::TeamManager)[0].contains("it ends"), "{procedure}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn protection_of_which_no_end_is_said_stays_open_where_it_is_mandatory() {
    let house = House::under_at("audit-assured", Stage::Risk).await;
    let given = [("prompt", "temporary_protection"), ("what", "hospital_stay")];
    house.chair().slash(&["chair", "prompt"], &given).await;
    assert!(house.minutes().await.contains("no end given"));
    house.chair().slash(&["chair", "close"], &[("reason", "not reached")]).await;
    assert!(house.room_has("Protection that will end (no end given)").await);
    house.close().await;
}

async fn lists_a_sibling(house: &House) {
    let given = [("name", "Wren Quillfeather"), ("born", "3 May 2022"), ("stage", "pre_school"), ("subject", "false")];
    house.social_worker().slash(&["strategy", "child"], &given).await;
}

/// Shows: TIM-10.
#[tokio::test(flavor = "multi_thread")]
async fn another_session_without_a_date_stays_open_and_each_child_without_a_decision_is_counted() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        house.gathers().await;
        lists_a_sibling(&house).await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Deciding).await;
        let given = [("prompt", "further_session"), ("needed", "yes")];
        let got = house.chair().slash(&["chair", "prompt"], &given).await;
        assert!(got.text().contains("no date set"), "{procedure}: {}", got.text());
        assert!(house.minutes().await.contains("no date set"), "{procedure}");
        assert!(!house.board().await.text.contains("undecided"), "nothing yet on the day itself");
        house.chair().slash(&["chair", "close"], &[("reason", "not reached")]).await;
        let closed = house.room_posts().await.into_iter().find(|post| post.contains("stay open"));
        assert!(closed.as_ref().is_some_and(|post| post.contains("Further session (no date set)")), "{closed:?}");

        let days = ["2026-12-08 09:00", "2026-12-09 09:00", "2026-12-10 09:00"];
        for (n, day) in days.into_iter().enumerate() {
            house.comes_to(day).await;
            let board = house.board().await.text;
            let counted = if n == 0 { "1 working day".to_owned() } else { format!("{} working days", n + 1) };
            for child in ["Ellis", "Wren"] {
                assert!(board.contains(&format!("{child} Quillfeather: undecided for {counted}")), "{day}: {board}");
            }
            assert_eq!(board.contains("**drift**"), n == 2, "{day}: {board}");
        }
        let mine = house.chair().slash(&["strategy", "mine"], &[]).await;
        assert!(mine.text().contains("2 children undecided for 3 working days, drift"), "{}", mine.text());
        assert!(CASE_WORDS.iter().all(|word| !mine.text().contains(word)), "{}", mine.text());

        house.chair().slash(&["chair", "section-47"], &[("decision", "not_yet_decided"), ("rationale", "x")]).await;
        assert!(house.board().await.text.contains("Ellis Quillfeather: undecided"), "not yet is no decision");
        house.chair().slash(&["chair", "section-47"], &[("decision", "initiate"), ("rationale", "x")]).await;
        let board = house.board().await.text;
        assert!(!board.contains("Ellis Quillfeather: undecided"), "{board}");
        assert!(board.contains("Wren Quillfeather: undecided"), "a sibling has a decision of their own: {board}");
        let sibling = house.chair().slash(&["chair", "prompt"], &sibling_decided()).await;
        assert_eq!(sibling.code(), "entered", "{}", sibling.text());
        assert!(!house.board().await.text.contains("undecided"), "{procedure}");
        house.close().await;
    }
}

fn sibling_decided() -> [(&'static str, &'static str); 4] {
    [("prompt", "other_child_decision"), ("about", "c2"), ("concerns", "no"), ("reason", "Lives elsewhere")]
}

/// A weekend is no working day.
#[tokio::test(flavor = "multi_thread")]
async fn days_nobody_works_are_not_counted() {
    let house = House::under("remote-format", "2026-12-11 10:00").await;
    house.gathers().await;
    house.comes_to("2026-12-13 12:00").await;
    assert_eq!(house.db_count("still_undecided").await, 0);
    house.comes_to("2026-12-14 09:00").await;
    assert!(house.board().await.text.contains("undecided for 1 working day"), "{}", house.board().await.text);
    house.close().await;
}

const DRIFTS: &str = "drifting: ";

fn flagged(house: &House, who: Cast) -> Vec<String> {
    let messages = house.who(who).person.direct_messages().into_iter();
    messages.map(|message| message.text).filter(|text| text.contains(DRIFTS)).collect()
}

/// Shows: REV-08.
#[tokio::test(flavor = "multi_thread")]
async fn information_of_a_friday_without_a_decision_is_drifting_on_the_wednesday_before_christmas() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-18 10:00").await;
        house.gathers().await;
        for (time, is_flagged) in [("2026-12-22 12:00", false), ("2026-12-23 08:59", false), ("2026-12-23 09:00", true)]
        {
            house.comes_to(time).await;
            assert_eq!(house.board().await.text.contains("**drift**"), is_flagged, "{procedure}, {time}");
            for who in [Cast::TeamManager, Cast::SocialWorker] {
                assert_eq!(flagged(&house, who).len(), usize::from(is_flagged), "{procedure}, {who:?}, {time}");
            }
        }
        let told = flagged(&house, Cast::SocialWorker);
        assert!(told[0].contains("1 child without a decision, for 3 working days"), "{procedure}: {told:?}");
        assert!(CASE_WORDS.iter().all(|word| !told[0].contains(word)), "{procedure}: {told:?}");
        house.comes_to("2026-12-29 12:00").await;
        assert_eq!(flagged(&house, Cast::SocialWorker).len(), 1, "{procedure}: it is said once");
        house.close().await;
    }
}

/// Shows: REV-08.
#[tokio::test(flavor = "multi_thread")]
async fn another_figure_in_a_copied_procedure_moves_the_flag() {
    let mut config = Config::built_in();
    config.procedures.get_mut("remote-format").expect("it ships").waits.drift_working_days = 1;
    let house = House::of_config(config, "remote-format", "2026-12-18 10:00").await;
    house.gathers().await;
    house.comes_to("2026-12-21 12:00").await;
    assert!(!house.board().await.text.contains("**drift**"));
    house.comes_to("2026-12-22 09:00").await;
    assert!(house.board().await.text.contains("**drift**"), "{}", house.board().await.text);
    assert_eq!(flagged(&house, Cast::TeamManager).len(), 1);
    house.close().await;
}

/// Shows: REV-08.
#[tokio::test(flavor = "multi_thread")]
async fn a_child_something_is_decided_about_drifts_while_no_action_runs() {
    for procedure in PROCEDURES {
        let mut house = House::under(procedure, "2026-12-18 10:00").await;
        house.gathers().await;
        house.chair().opens().await;
        house.goes_on_to(Stage::Deciding).await;
        let no = [("decision", "do_not_initiate"), ("rationale", "An accident, seen by two")];
        house.chair().slash(&["chair", "section-47"], &no).await;
        house.chair().slash(&["chair", "close"], &[("reason", "not reached")]).await;
        house.starts_again(10).await;
        house.comes_to("2026-12-22 12:00").await;
        let board = house.board().await.text;
        assert!(board.contains("Ellis Quillfeather: no action for 2 working days"), "{procedure}: {board}");
        assert!(!board.contains("**drift**") && flagged(&house, Cast::TeamManager).is_empty(), "{procedure}");
        house.comes_to("2026-12-23 09:00").await;
        assert!(house.board().await.text.contains("**drift**"), "{procedure}");
        let told = flagged(&house, Cast::TeamManager);
        assert!(told[0].contains("1 child without an action that runs, for 3 working days"), "{told:?}");
        let mine = house.chair().slash(&["strategy", "mine"], &[]).await;
        let said = "1 child without an action for 3 working days, drift";
        assert!(mine.text().contains(said), "{procedure}: {}", mine.text());

        let got = house.social_worker().slash(&["action", "now"], &[("what", "Offer early help")]).await;
        assert_eq!(got.code(), "entered", "{procedure}: {}", got.text());
        assert!(!house.board().await.text.contains("no action"), "{procedure}: something runs");
        house.chair().slash(&["action", "cancel"], &[("action", "1"), ("reason", "Declined")]).await;
        house.comes_to("2026-12-24 09:00").await;
        let board = house.board().await.text;
        assert!(board.contains("no action for 1 working day") && !board.contains("**drift**"), "{procedure}: {board}");
        house.close().await;
    }
}
