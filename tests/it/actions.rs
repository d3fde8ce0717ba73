//! Actions: what one line is enough for, what is named as missing, and how each is followed up to its end.

mod following_up;
mod parts;
mod plan;

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES};

const OPENED: &str = "2026-12-07 10:00";

async fn at_actions(procedure: &str) -> House {
    let house = House::under(procedure, OPENED).await;
    house.gathers().await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Actions).await;
    house
}

fn told(house: &House, who: Cast, words: &str) -> Vec<String> {
    let messages = house.who(who).person.direct_messages().into_iter().map(|message| message.text);
    messages.filter(|text| text.contains(words)).collect()
}

/// Shows: ACT-01, ACT-02.
#[tokio::test(flavor = "multi_thread")]
async fn one_line_is_enough_and_what_it_leaves_out_is_named_and_read_back() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let line = "Dana to see Ellis tomorrow 9.30 at the ward";
        let got = house.chair().slash(&["action", "add"], &[("what", line)]).await;
        assert!(got.text().contains("Dana Okafor, 8 December 2026 09:30"), "{procedure}: {}", got.text());
        let bare = house.chair().slash(&["action", "add"], &[("what", "Theo to ring the ward")]).await;
        assert!(bare.text().contains("Still missing: "), "{procedure}: {}", bare.text());
        let listed = "2. Theo to ring the ward — no named owner, no date";
        assert!(house.room_has(listed).await);
        let agency = [("what", "Health to send the chronology by next Friday")];
        let got = house.chair().slash(&["action", "add"], &agency).await;
        assert!(got.text().contains("no named owner, no date"), "two Fridays could be meant: {}", got.text());
        house.goes_on_to(Stage::ReadBack).await;
        let posts = house.room_posts().await;
        let read_back = posts.iter().find(|post| post.contains("**Read-back**")).expect("it is read back");
        assert!(
            read_back.contains(listed) && read_back.contains("• Action: 2, Theo to ring the ward ("),
            "{read_back}"
        );
        house.chair().closes().await;
        house.has_drafted().await;
        let posts = house.room_posts().await;
        let asked =
            posts.iter().rfind(|post| post.contains("• Action: 2, Theo to ring the ward (Who will do it, By when"));
        assert!(
            asked.is_some_and(|post| !post.contains("**Read-back**")),
            "{procedure}: asked again before it is issued"
        );
        house.close().await;
    }
}

/// Shows: ACT-02.
#[tokio::test(flavor = "multi_thread")]
async fn an_agency_as_owner_saves_without_owner_and_the_chair_is_asked_whose_it_is() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let given = [("what", "Send the chronology"), ("owner", "Health"), ("due", "9 December 2026 12:00")];
        let got = house.chair().slash(&["action", "add"], &given).await;
        assert!(got.text().contains("Health (no named owner)"), "{procedure}: {}", got.text());
        let by_name = [("what", "Fetch the call log"), ("owner", "Dana Okafor")];
        let got = house.chair().slash(&["action", "add"], &by_name).await;
        assert!(got.text().contains("2. Fetch the call log — Dana Okafor, no date"), "{procedure}: {}", got.text());
        let at_once = [("what", "Meet the ambulance"), ("due", "8 December 2026 10:00")];
        house.police().slash(&["action", "now"], &at_once).await;
        assert!(house.minutes().await.contains("Health (no named owner)"), "{procedure}");
        house.comes_to("2026-12-08 12:00").await;
        for words in ["action 1 is due 9 December 2026 12:00", "action 2 has no date yet"] {
            let asked = told(&house, Cast::TeamManager, words);
            assert!(
                asked.len() == 1 && asked[0].contains("Please say who does it, and by when"),
                "{procedure}: {asked:?}"
            );
        }
        assert!(told(&house, Cast::TeamManager, "action 3").is_empty(), "{procedure}: left alone until afterwards");
        house.comes_to("2026-12-09 13:00").await;
        assert_eq!(told(&house, Cast::TeamManager, "action 1 was due").len(), 1, "{procedure}");
        house.chair().closes().await;
        house.settle().await;
        assert_eq!(told(&house, Cast::TeamManager, "action 3 was due").len(), 1, "{procedure}: and asked after then");
        house.close().await;
    }
}

/// Shows: ACT-04.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_smart_is_named_by_its_letter_with_a_better_example_and_saves() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let got = house.chair().slash(&["action", "add"], &[("what", "monitor family")]).await;
        assert!(got.text().contains("action 1 recorded"), "{procedure}: {}", got.text());
        for letter in ["S: ", "M: ", "A: ", "R: ", "T: "] {
            assert!(got.text().contains(letter), "{procedure}, {letter}: {}", got.text());
        }
        assert!(got.text().contains("For example: "), "{procedure}: {}", got.text());
        let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
        let whole = [
            ("what", "Fetch the call log"),
            ("measure", "The log lies with the chair"),
            ("owner", owner.as_str()),
            ("serves", "section_47"),
            ("due", "9 December 2026 12:00"),
        ];
        // Whichever one of the five is left out is the one letter named; with all five none is.
        for (n, letter) in [None, Some("M: "), Some("A: "), Some("R: "), Some("T: ")].into_iter().enumerate() {
            let given = whole.iter().enumerate().filter(|(at, _)| n == 0 || *at != n).map(|(_, part)| *part);
            let got = house.chair().slash(&["action", "add"], &given.collect::<Vec<_>>()).await;
            assert_eq!(got.text().contains("Not yet SMART"), letter.is_some(), "{procedure}: {}", got.text());
            for other in ["S: ", "M: ", "A: ", "R: ", "T: "] {
                assert_eq!(got.text().contains(other), letter == Some(other), "{procedure}, {other}: {}", got.text());
            }
        }
        let closed = house.chair().closes().await;
        let is_mandatory = matches!(procedure, "seven-minute-briefing" | "remote-format");
        assert_eq!(closed.contains("a verb one can see done"), is_mandatory, "{procedure}: {closed}");
        let minutes = house.minutes().await;
        let row = minutes.lines().find(|row| row.starts_with("| Action | Action 1 |")).unwrap_or_default();
        assert!(row.contains("named owner, date"), "{procedure}: {row}");
        for part in ["a verb one can see done", "measure", "the need, risk or decision it serves"] {
            assert_eq!(row.contains(part), is_mandatory, "{procedure}, {part}: {row}");
        }
        house.close().await;
    }
}

/// Shows: ACT-04, ACT-10.
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_in_the_room_accepts_or_sends_the_action_back_to_the_chair() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
        for what in ["Fetch the call log", "Visit the home"] {
            let given = [("what", what), ("owner", owner.as_str()), ("due", "8 December 2026 12:00")];
            house.chair().slash(&["action", "add"], &given).await;
        }
        assert!(house.minutes().await.contains("not yet accepted"), "{procedure}");
        house.police().presses("accept_action", &[("action", "1")]).await;
        house.police().presses("decline_action", &[("action", "2"), ("reason", "On leave")]).await;
        let minutes = house.minutes().await;
        assert!(minutes.contains("| accepted") && minutes.contains("declined by the owner"), "{procedure}: {minutes}");
        let back = told(&house, Cast::TeamManager, "can't take action 2");
        assert_eq!(back.len(), 1, "{procedure}");
        assert!(CASE_WORDS.iter().all(|word| !back[0].contains(word)) && !back[0].contains("Visit"), "{back:?}");
        house.chair().closes().await;
        let minutes = house.minutes().await;
        let row = |action: &str| minutes.lines().find(|row| row.starts_with(&format!("| Action | {action} |")));
        let lacks_its_owner = |action: &str| row(action).is_some_and(|row| row.contains("an owner who takes it"));
        let is_mandatory = matches!(procedure, "seven-minute-briefing" | "remote-format");
        assert_eq!(lacks_its_owner("Action 2"), is_mandatory, "{procedure}: {minutes}");
        assert!(!lacks_its_owner("Action 1"), "{procedure}: {minutes}");
        house.close().await;
    }
}

/// Shows: ACT-11.
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_is_not_there_is_told_outside_without_a_word_of_it_and_gets_a_copy() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        house.is_convened().await;
        house.social_worker().invites(Cast::SchoolNurse).await;
        house.who(Cast::SchoolNurse).accepts().await;
        for who in [Cast::TeamManager, Cast::Police, Cast::HealthVisitor] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        house.chair().opens().await;
        house.goes_on_to(Stage::Actions).await;
        let owner = house.chair().picks(&["action", "add"], "owner", "Bela Marsh").await;
        let given = [("what", "Weigh Ellis"), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
        house.chair().slash(&["action", "add"], &given).await;
        let got = told(&house, Cast::SchoolNurse, "action 1 is yours");
        assert_eq!(got.len(), 1, "{procedure}");
        assert!(CASE_WORDS.iter().all(|word| !got[0].contains(word)) && !got[0].contains("Weigh"), "{got:?}");
        let accepted = house.who(Cast::SchoolNurse).presses("accept_action", &[]).await;
        assert_eq!(accepted.code(), "action_answered", "{procedure}");
        house.chair().closes().await;
        house.has_drafted().await;
        let minutes = house.minutes().await;
        let recipients = minutes.split("Circulation").last().unwrap_or_default();
        assert!(recipients.contains("Bela Marsh"), "{procedure}: {minutes}");
        house.close().await;
    }
}

/// Shows: ACT-11.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_asked_by_name_who_never_answered_can_be_given_an_action() {
    let house = House::under("county-strategy-meetings", OPENED).await;
    house.gathers().await;
    let nurse = house.account(Cast::SchoolNurse).to_string();
    house.social_worker().slash(&["strategy", "invite"], &[("person", &nurse)]).await;
    house.chair().opens().await;
    house.goes_on_to(Stage::Actions).await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Bela Marsh").await;
    let given = [("what", "Weigh Ellis"), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
    let got = house.chair().slash(&["action", "add"], &given).await;
    assert!(got.text().contains("1. Weigh Ellis — Bela Marsh, 9 December 2026 12:00"), "{}", got.text());
    assert_eq!(told(&house, Cast::SchoolNurse, "action 1 is yours").len(), 1);
    let accepted = house.who(Cast::SchoolNurse).presses("accept_action", &[]).await;
    assert_eq!(accepted.code(), "action_answered");
    assert!(!house.who(Cast::SchoolNurse).sees_the_room().await, "the door is still before them");
    house.chair().closes().await;
    house.has_drafted().await;
    let minutes = house.minutes().await;
    assert!(minutes.split("Circulation").last().unwrap_or_default().contains("Bela Marsh"), "{minutes}");
    house.close().await;
}

/// Shows: ACT-14, ACT-13.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_list_is_read_back_and_confirmed_and_says_what_each_action_serves() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let given = [("what", "Fetch the call log"), ("due", "8 December 2026 12:00"), ("serves", "section_47")];
        house.social_worker().slash(&["action", "add"], &given).await;
        house.chair().slash(&["action", "add"], &[("what", "Ring the ward")]).await;
        house.goes_on_to(Stage::ReadBack).await;
        let posts = house.room_posts().await;
        let read_back = posts.iter().find(|post| post.contains("**Read-back**")).expect("it is read back");
        for action in ["1. Fetch the call log", "2. Ring the ward"] {
            assert!(read_back.contains(action), "{procedure}: {read_back}");
        }
        let draft = "not yet accepted (draft";
        assert!(house.minutes().await.contains(draft), "{procedure}: {}", house.minutes().await);
        house.chair().presses("confirm_drafts", &[]).await;
        let agreed = house.chair().presses("agree_all", &[]).await;
        assert_eq!(agreed.code(), "position_given", "{procedure}: {}", agreed.text());
        assert!(!house.minutes().await.contains(draft), "{procedure}");
        let minutes = house.minutes().await;
        let serves = minutes.lines().find(|line| line.contains("| Serves |")).expect("there is a column");
        let column = |line: &str| line.split('|').position(|cell| cell.trim() == "Serves");
        let row = minutes.lines().find(|line| line.starts_with("| 1 | Fetch the call log")).expect("it is in the plan");
        let said = column(serves).and_then(|column| row.split('|').nth(column)).unwrap_or_default();
        assert_eq!(said.trim(), "Section 47 decision", "{procedure}");
        house.close().await;
    }
}

/// Shows: REV-01, REV-07.
#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_reminded_of_and_chased_and_climbs_without_a_word_of_the_case() {
    for procedure in PROCEDURES {
        let mut house = at_actions(procedure).await;
        house.enrols_as(Cast::SchoolNurse, "Police manager", Cast::Police, None).await;
        let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
        let given =
            [("what", "Fetch the call log of Marlow"), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
        house.chair().slash(&["action", "add"], &given).await;
        house.chair().closes().await;
        let police = |house: &House, words: &str| told(house, Cast::Police, words).len();
        for (time, words, count) in [
            ("2026-12-08 11:59", "action 1 is due", 0),
            ("2026-12-08 12:00", "action 1 is due", 1),
            ("2026-12-09 12:59", "action 1 was due", 0),
            ("2026-12-09 13:00", "action 1 was due", 1),
        ] {
            house.comes_to(time).await;
            assert_eq!(police(&house, words), count, "{procedure}, {time}");
        }
        house.starts_again(100).await;
        house.comes_to("2026-12-09 16:00").await;
        let duty = house.workspace.posts().into_iter().filter(|post| post.channel == house.duty_channel(Cast::Police));
        let duty: Vec<_> = duty.filter(|post| post.text.contains("nothing has been reported")).collect();
        assert_eq!(duty.len(), 1, "{procedure}: the deputy hears in the duty channel");
        house.comes_to("2026-12-10 12:00").await;
        let manager = told(&house, Cast::SchoolNurse, "1 day overdue");
        assert_eq!(manager.len(), 1, "{procedure}: the manager of the owner's own agency hears");
        let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
        for words in
            [&*format!("**{name}** · action 1 of Dana Okafor"), "was due 9 December 2026 12:00", "1 day overdue"]
        {
            assert!(manager[0].contains(words), "{procedure}, {words}: {manager:?}");
        }
        house.comes_to("2026-12-11 12:00").await;
        let chair = told(&house, Cast::TeamManager, "2 days overdue");
        assert_eq!(chair.len(), 1, "{procedure}");
        assert!(chair[0].contains("Dana Okafor") && chair[0].contains("action 1"), "{chair:?}");
        house.comes_to("2026-12-14 12:00").await;
        assert_eq!(house.db_count("action_followed_up").await, 5, "{procedure}");
        for post in house.posts_outside().await {
            assert!(!post.text.contains("Marlow") && !post.text.contains("call log"), "{}", post.text);
        }
        house.close().await;
    }
}

/// Shows: REV-02.
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_reports_with_evidence_and_the_chair_returns_or_accepts() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
        let given = [("what", "Fetch the call log"), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
        house.chair().slash(&["action", "add"], &given).await;
        house.comes_to("2026-12-08 12:00").await;
        let report = [
            ("action", "1"),
            ("completion", "partly"),
            ("evidence", "Log of November only"),
            ("changed", "Nothing yet"),
        ];
        let reported = house.police().presses("done", &report).await;
        assert_eq!(reported.code(), "action_reported", "{procedure}: {}", reported.text());
        let other = house.health_visitor().slash(&["action", "done"], &report).await;
        assert_eq!(other.code(), "not_your_action");
        let asked = told(&house, Cast::TeamManager, "has reported on action 1");
        assert!(asked.len() == 1 && !asked[0].contains("November"), "{procedure}: {asked:?}");
        let sheet = house.chair().presses("read_report", &[]).await;
        assert!(
            sheet.text().contains("Log of November only") && sheet.text().contains("Nothing yet"),
            "{}",
            sheet.text()
        );
        house.chair().presses_in(&sheet, "return_report", &[("reason", "October is missing")]).await;
        assert_eq!(told(&house, Cast::Police, "returned your report on action 1").len(), 1, "{procedure}");
        let again = [("action", "1"), ("completion", "done"), ("evidence", "Both months"), ("changed", "He is heard")];
        house.police().slash(&["action", "done"], &again).await;
        let sheet = house.chair().presses("read_report", &[]).await;
        let accepted = house.chair().presses_in(&sheet, "accept_report", &[]).await;
        assert_eq!(accepted.code(), "report_answered", "{procedure}");
        let minutes = house.minutes().await;
        for words in [
            "Dana Okafor, Child protection investigator, Larkshire Police reported partly done 8 December 2026 12:00",
            "Log of November only",
            "Returned by Imogen Vale, Team manager, Larkshire Children's Services 8 December 2026 12:00: October is missing",
            "Both months",
            "He is heard",
        ] {
            assert!(minutes.contains(words), "{procedure}, {words}: {minutes}");
        }
        let given = [("what", "Visit the home"), ("owner", owner.as_str()), ("due", "9 December 2026 12:00")];
        house.chair().slash(&["action", "add"], &given).await;
        let not_done = [("action", "2"), ("completion", "not_done"), ("evidence", "Nobody opened"), ("changed", "")];
        let reported = house.police().slash(&["action", "done"], &not_done).await;
        assert_eq!(reported.code(), "action_reported", "{procedure}: {}", reported.text());
        let minutes = house.minutes().await;
        let line = "reported not done 8 December 2026 12:00. Evidence: Nobody opened.";
        assert!(minutes.contains(line), "{procedure}: {minutes}");
        let sheet = house.chair().presses("read_report", &[]).await;
        house.chair().presses_in(&sheet, "accept_report", &[]).await;
        house.comes_to("2026-12-12 12:00").await;
        assert_eq!(house.db_count("action_followed_up").await, 1, "{procedure}: only the reminder before the report");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_what_they_owe_by_date_and_nobody_elses() {
    let house = at_actions("remote-format").await;
    let owner = house.chair().picks(&["action", "add"], "owner", "Dana Okafor").await;
    for (what, due) in [("Fetch the call log", "10 December 2026 12:00"), ("Visit the home", "8 December 2026 12:00")] {
        house.chair().slash(&["action", "add"], &[("what", what), ("owner", owner.as_str()), ("due", due)]).await;
    }
    house.chair().slash(&["action", "add"], &[("what", "Imogen to ring the ward today 5pm")]).await;
    let mine = house.police().slash(&["strategy", "mine"], &[]).await;
    let (first, second) = (mine.text().find("Visit the home"), mine.text().find("Fetch the call log"));
    assert!(mine.is_private() && first.is_some() && first < second, "{}", mine.text());
    assert!(!mine.text().contains("ring the ward"), "{}", mine.text());
    house.close().await;
}

/// Shows: ACT-08, REV-03.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_checks_completion_is_asked_on_its_day_and_the_result_is_minuted() {
    for procedure in PROCEDURES {
        let house = at_actions(procedure).await;
        let who = house.chair().picks(&["action", "add"], "owner", "Rowan Ashby").await;
        let given = [
            ("prompt", "review_mechanism"),
            ("mechanism", "Each owner is rung"),
            ("who", who.as_str()),
            ("when", "14 December 2026 10:00"),
        ];
        house.chair().slash(&["chair", "prompt"], &given).await;
        assert!(house.minutes().await.contains("Each owner is rung"), "{procedure}");
        house.comes_to("2026-12-14 09:59").await;
        assert!(told(&house, Cast::SocialWorker, "check whether the actions are done").is_empty(), "{procedure}");
        house.comes_to("2026-12-14 10:00").await;
        assert_eq!(told(&house, Cast::SocialWorker, "check whether the actions are done").len(), 1, "{procedure}");
        let got = house.social_worker().presses("review_result", &[("result", "Two of three are done")]).await;
        assert_eq!(got.code(), "completion_reviewed", "{procedure}: {}", got.text());
        assert!(house.minutes().await.contains("Two of three are done"), "{procedure}");
        house.close().await;

        let house = at_actions(procedure).await;
        house.chair().closes().await;
        let is_open = house.minutes().await.contains("| How completion is checked |");
        assert_eq!(is_open, procedure == "seven-minute-briefing", "{procedure}: nobody was named to check");
        house.close().await;
    }
}

/// Shows: ACT-09.
#[tokio::test(flavor = "multi_thread")]
async fn a_conference_of_the_family_is_considered_in_the_procedures_own_term_or_the_reason_why_not_is_minuted() {
    for procedure in PROCEDURES {
        let is_seeds = matches!(procedure, "county-strategy-meetings" | "remote-format");
        let term = if is_seeds { "Family Group Conference" } else { "Family group decision-making" };
        let reason = "Relatives may be witnesses";
        let rationale = [("prompt", "family_group_conference"), ("rationale", reason)];
        let action = [("what", "Offer it to the grandmother"), ("serves", "family_group_conference")];
        for (row, given) in
            [(None, rationale), (Some(["chair", "prompt"]), rationale), (Some(["action", "add"]), action)]
        {
            let house = at_actions(procedure).await;
            let asked = house.chair().presses("prompts", &[]).await.buttons();
            assert!(asked.iter().any(|label| label == term), "{procedure}: {asked:?}");
            if let Some(row) = row {
                house.chair().slash(&row, &given).await;
                let minutes = house.minutes().await;
                let said = if given == rationale { reason } else { "Offer it to the grandmother" };
                assert!(minutes.contains(term) && minutes.contains(said), "{procedure}: {minutes}");
            }
            let closed = house.chair().closes().await;
            let is_open = row.is_none() && procedure == "remote-format";
            assert_eq!(closed.contains(&format!("• {term}")), is_open, "{procedure}, {row:?}: {closed}");
            house.close().await;
        }
    }
}

/// Shows: ACT-15.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_of_one_agency_is_queried_and_the_chairs_answer_minuted() {
    for procedure in PROCEDURES {
        let query = "One agency has every action.";
        let reason = "Nobody else knows the family yet";
        let house = at_actions(procedure).await;
        let adds = |what: &'static str, owner: &'static str| {
            let house = &house;
            async move { house.chair().slash(&["action", "add"], &[("what", what), ("owner", owner)]).await }
        };
        let one = adds("Fetch the call log", "Dana Okafor").await;
        assert!(!one.text().contains(query), "{procedure}: one action is no plan");
        let all = adds("Visit the home", "Dana Okafor").await;
        let is_asked = procedure == "audit-assured";
        assert_eq!(all.text().contains(query), is_asked, "{procedure}: {}", all.text());
        let given = [("prompt", "one_agency_plan"), ("text", reason)];
        if is_asked {
            house.chair().presses_in(&all, "prompt", &given[1..]).await;
        } else {
            house.chair().slash(&["chair", "prompt"], &given).await;
        }
        assert!(house.minutes().await.contains(reason), "{procedure}: {}", house.minutes().await);
        house.close().await;
    }
    let house = at_actions("audit-assured").await;
    for (what, owner) in [("Fetch the call log", "Dana Okafor"), ("Weigh Ellis", "Priya Nandy")] {
        let got = house.chair().slash(&["action", "add"], &[("what", what), ("owner", owner)]).await;
        assert!(!got.text().contains("One agency has every action."), "{}", got.text());
    }
    house.close().await;
}
