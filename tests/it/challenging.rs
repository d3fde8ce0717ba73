//! Professional challenge: raised by anybody at any stage, tried, escalated, answered, chased, and never taken out.

use convenor::config::Config;
use convenor::domain::stage::Stage;
use convenor::forms::rows;

use crate::support::{CASE_WORDS, Cast, Got, House, Member, PROCEDURES, section};

const SECTION: &str = "Professional challenge";

async fn challenges(who: Member<'_>, about: &str) -> Got {
    let given = [("about", about), ("why", "The scan is not read yet"), ("against", "Imogen Vale")];
    who.slash(&["challenge"], &given).await
}

async fn challenged(house: &House) -> String {
    section(&house.minutes().await, SECTION)
}

fn has(text: &str, wanted: &[&str]) {
    for line in wanted {
        assert!(text.contains(line), "{line}: {text}");
    }
}

/// Shows: DIS-01.
#[tokio::test(flavor = "multi_thread")]
async fn every_attendee_challenges_at_every_stage_until_the_record_is_circulated() {
    let everybody = [Cast::SocialWorker, Cast::TeamManager, Cast::Police, Cast::HealthVisitor];
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.is_convened().await;
        house.police().accepts().await;
        assert_eq!(challenges(house.police(), "Too early").await.code(), "not_at_the_door", "{procedure}");
        house.police().passes_the_door().await;
        for who in [Cast::TeamManager, Cast::HealthVisitor] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        let all_challenge = async |when: &str, about: &str| {
            for who in everybody {
                let got = challenges(house.who(who), about).await;
                assert_eq!(got.code(), "challenge_raised", "{procedure}, {when}, {who:?}: {}", got.text());
            }
        };
        all_challenge("before the opening", "The child goes home tonight").await;
        house.chair().opens().await;
        let mut raised = 1;
        for stage in [
            Stage::Open,
            Stage::Sharing,
            Stage::Questions,
            Stage::Risk,
            Stage::Deciding,
            Stage::Actions,
            Stage::ReadBack,
        ] {
            house.goes_on_to(stage).await;
            assert!(house.board().await.button("Challenge").is_some(), "{procedure}, {stage:?}: without a word typed");
            all_challenge(stage.key(), "The child goes home tonight").await;
            raised += 1;
            if stage == Stage::Deciding {
                let given = [("decision", "do_not_initiate"), ("rationale", "The account fits")];
                house.chair().slash(&["chair", "section-47"], &given).await;
                assert!(house.room_has("Do not start section 47 enquiries").await, "{procedure}: it is decided");
                all_challenge("after the decision", "Not starting section 47").await;
                raised += 1;
            }
        }
        house.chair().slash(&["chair", "adjourn"], &[("holder", "Emergency duty team")]).await;
        let got = challenges(house.police(), "Adjourned without a plan for the night").await;
        let why = "nobody loses their voice by an adjournment";
        assert_eq!(got.code(), "challenge_raised", "{procedure}: {why}: {}", got.text());
        house.chair().passes_the_door().await;
        house.chair().closes().await;
        house.has_drafted().await;
        all_challenge("closed", "The close").await;
        if house.chair().presses("sign", &[]).await.code() == "title_not_earned" {
            house.chair().presses("sign_untitled", &[]).await;
        }
        all_challenge("signed", "The record").await;
        assert_eq!(house.db_count("challenge_raised").await, everybody.len() * (raised + 2) + 1, "{procedure}");
        house.chair().presses("circulate", &[]).await;
        assert_eq!(house.db_count("minutes_circulated").await, 1, "{procedure}");
        assert_eq!(challenges(house.social_worker(), "Too late").await.code(), "already_closed", "{procedure}");
        house.close().await;
    }
}

/// Shows: DIS-02, DIS-03, DIS-04, DIS-05.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_tried_between_practitioners_then_taken_to_the_managers_under_the_policy() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        let policy = house.config.procedures[procedure].disagreement.clone();
        let got = challenges(house.police(), "Starting section 47 today").await;
        assert!(got.text().contains("stays there"), "{}", got.text());
        has(
            &challenged(&house).await,
            &[
                "Who disagrees: Dana Okafor, Child protection investigator, Larkshire Police, 10:00",
                "With what: Starting section 47 today",
                "Against: Imogen Vale",
                "Why: The scan is not read yet",
                "What was tried: not recorded",
                "Result: not recorded",
                "Practitioner level: discussion between the agencies: open; due 8 December 2026 23:59",
            ],
        );
        assert!(house.board().await.text.contains("1 (Dana Okafor): Practitioner level"), "{procedure}");
        let other = house.health_visitor().presses("settle_challenge", &[("resolved", "yes")]).await;
        assert_eq!(other.code(), "not_your_challenge", "{}", other.text());
        let said = [("resolved", "no"), ("tried", "Ten minutes' talk"), ("result", "Not agreed")];
        house.police().presses("settle_challenge", &said).await;
        assert!(house.room_has("**not resolved**").await, "{procedure}");
        let managers = [("own_manager", "DI Rees"), ("other_manager", "Theo Rook"), ("talked_at", "today 9.40")];
        let got = house.police().presses("escalate_challenge", &managers).await;
        assert_eq!(got.code(), "challenge_escalated", "{}", got.text());
        let post = house.room_posts().await.into_iter().find(|post| post.contains("is escalated to"));
        let post = post.expect("the room hears of it");
        // Two working days after Monday.
        let lines = ["DI Rees", "Theo Rook", policy.policy.as_str(), "1 working day", "9 December 2026 23:59"];
        has(&post, &lines);
        has(&post, &policy.contacts.iter().map(|line| line.contact.as_str()).collect::<Vec<_>>());
        let said = [("resolved", "yes"), ("tried", "The managers spoke"), ("result", "Tomorrow at nine")];
        house.social_worker().presses("settle_challenge", &said).await;
        has(
            &challenged(&house).await,
            &[
                "not resolved; tried: Ten minutes' talk; result: Not agreed; entered by Dana Okafor",
                "escalated to Line management: the managers on each side; managers: DI Rees",
                "Theo Rook (on the other side); they spoke 09:40",
                "Status: Line management: the managers on each side: resolved",
                "Result: Tomorrow at nine",
                &policy.policy,
            ],
        );
        assert!(!house.board().await.text.contains("Dana Okafor): "), "{procedure}: nothing is open");
        let again = house.police().presses("settle_challenge", &[("resolved", "no"), ("result", "Undone")]).await;
        assert_eq!(again.code(), "incomplete", "whoever raised it may find that it is not: {}", again.text());
        house.close().await;
    }
}

/// Shows: DIS-03.
#[tokio::test(flavor = "multi_thread")]
async fn practitioners_resolve_it_between_them_and_the_record_says_open_and_then_resolved() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        challenges(house.police(), "Starting section 47 today").await;
        let status = "Status: Practitioner level: discussion between the agencies: ";
        let said = challenged(&house).await;
        has(&said, &[&format!("{status}open; due"), "10:00: Practitioner level"]);
        house.passes(10).await;
        let said = [("resolved", "yes"), ("tried", "Ten minutes' talk"), ("result", "Tomorrow at nine")];
        let got = house.police().presses("settle_challenge", &said).await;
        assert_eq!(got.code(), "challenge_settled", "{procedure}: {}", got.text());
        let said = challenged(&house).await;
        has(
            &said,
            &[
                &format!("{status}resolved\n"),
                "10:10: Practitioner level: discussion between the agencies: resolved; tried: Ten minutes' talk",
                "Result: Tomorrow at nine",
            ],
        );
        let level = "discussion between the agencies";
        for other in ["open;", "not resolved"] {
            assert!(!said.contains(&format!("Status: Practitioner level: {level}: {other}")), "{procedure}: {said}");
        }
        house.close().await;
    }
}

/// Shows: DIS-05.
#[tokio::test(flavor = "multi_thread")]
async fn another_policy_in_the_procedure_is_what_people_are_shown() {
    let mut config = Config::built_in();
    let procedure = config.procedures.get_mut("remote-format").expect("it ships");
    procedure.disagreement.policy = "Larkshire's own way".to_owned();
    procedure.disagreement.link = "https://example.org/disagree".to_owned();
    procedure.disagreement.stages[1].label = "Heads of service".to_owned();
    procedure.disagreement.stages.truncate(2);
    let house = House::configured(config, "remote-format").await;
    house.gathers().await;
    house.chair().opens().await;
    challenges(house.police(), "Starting section 47 today").await;
    house.police().presses("escalate_challenge", &[("own_manager", "DI Rees"), ("other_manager", "")]).await;
    for wanted in ["Larkshire's own way", "https://example.org/disagree", "Heads of service"] {
        assert!(house.room_has(wanted).await, "{wanted}");
        assert!(challenged(&house).await.contains(wanted), "{wanted}");
    }
    let labels: Vec<_> =
        house.room_messages().await.iter().flat_map(|post| post.buttons()).map(|of| of.label).collect();
    assert!(labels.iter().any(|label| label == "Escalate"), "the first post still has it");
    let above = house.police().presses("escalate_challenge", &[]).await;
    assert_eq!(above.code(), "no_level_left", "{}", above.text());
    assert!(above.text().contains("https://example.org/disagree"), "{}", above.text());
    house.close().await;
}

/// Shows: DIS-06.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_is_asked_to_invite_it_and_that_none_was_raised_is_said() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        assert!(challenged(&house).await.contains("none raised; that it was invited is not recorded"), "{procedure}");
        assert!(house.board().await.button("Invite challenge").is_some(), "{procedure}");
        let refused = house.police().presses("invite_challenge", &[]).await;
        assert_eq!(refused.code(), "for_chair");
        let given = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury has no explanation")];
        let decided = house.chair().slash(&["chair", "section-47"], &given).await;
        assert!(decided.buttons().contains(&"Invite challenge".to_owned()), "{:?}", decided.buttons());
        house.passes(7).await;
        let got = house.chair().presses_in(&decided, "invite_challenge", &[]).await;
        assert_eq!(got.code(), "challenge_invited");
        assert!(house.room_has("Professional challenge is invited").await);
        assert!(challenged(&house).await.contains("invited at 10:07, none raised"), "{procedure}");
        assert!(house.board().await.button("Invite challenge").is_none(), "{procedure}");
        assert!(!house.chair().closes().await.contains("Professional challenge invited"), "{procedure}");
        house.close().await;
    }
    for procedure in PROCEDURES {
        // Before what the recorder drafted is confirmed, too.
        let house = House::under_at(procedure, Stage::Deciding).await;
        let given = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury has no explanation")];
        house.social_worker().slash(&["chair", "section-47"], &given).await;
        let invites = async || house.chair().presses("drafts", &[]).await;
        let offered = invites().await;
        assert!(offered.buttons().contains(&"Invite challenge".to_owned()), "{procedure}: {:?}", offered.buttons());
        house.chair().presses_in(&offered, "invite_challenge", &[]).await;
        challenges(house.police(), "Joint is more than this needs").await;
        let said = challenged(&house).await;
        assert!(!said.contains("none raised") && said.contains("With what: Joint is more"), "{procedure}: {said}");
        assert!(said.contains("invited at 10:00"), "{procedure}: {said}");
        assert!(!invites().await.buttons().contains(&"Invite challenge".to_owned()), "{procedure}");
        house.close().await;

        let house = House::under_at(procedure, Stage::Deciding).await;
        let closed = house.chair().closes().await;
        let is_open = closed.contains("Professional challenge invited");
        assert_eq!(is_open, procedure == "seven-minute-briefing", "{procedure}: {closed}");
        house.close().await;
    }
}

/// Shows: DIS-12, DIS-13.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_answers_and_challenges_the_focus_and_nobody_takes_anything_out() {
    let house = House::at(Stage::Deciding).await;
    challenges(house.police(), "Not starting section 47").await;
    let refused = house.social_worker().presses("answer_challenge", &[("challenge_reply", "No")]).await;
    assert_eq!(refused.code(), "for_chair");
    let reply = [("challenge_reply", "The threshold is not met, for the reasons given")];
    house.chair().presses("answer_challenge", &reply).await;
    house
        .chair()
        .presses("settle_challenge", &[("challenge", "1"), ("resolved", "yes"), ("result", "It stands")])
        .await;
    let focus = [("about", "We talk of the conference"), ("challenge_kind", "focus")];
    house.chair().slash(&["challenge"], &focus).await;
    let said = challenged(&house).await;
    has(&said, &["Type: focus", "We talk of the conference", "Not starting section 47", "It stands"]);
    let (challenge, reply) = (said.find("Not starting section 47"), said.find("Reply by Imogen Vale"));
    assert!(challenge.is_some() && challenge < reply, "the reply stands below it: {said}");
    // What can be done to one, all of it.
    let about: Vec<_> = rows().filter(|row| row.key.contains("challenge")).map(|row| row.key).collect();
    let all = ["challenge", "settle_challenge", "escalate_challenge", "answer_challenge", "file_challenge"];
    assert_eq!(about, ["invite_challenge"].iter().chain(&all).copied().collect::<Vec<_>>(), "none takes one out");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dissent_at_the_read_back_opens_its_path_once() {
    let house = House::at(Stage::ReadBack).await;
    let dissent = [("items", "all"), ("about", "Joint is more than this needs")];
    house.police().presses("disagree", &dissent).await;
    house.police().presses("disagree", &dissent).await;
    assert_eq!(house.db_count("challenge_raised").await, 1);
    has(&challenged(&house).await, &["With what: Joint is more than this needs", "1 raised"]);
    house.health_visitor().presses("agree_all", &[]).await;
    assert_eq!(house.db_count("challenge_raised").await, 1, "agreeing opens nothing");
    house.close().await;
}

fn told(house: &House, who: Cast, words: &str) -> usize {
    let messages = house.who(who).person.direct_messages().into_iter();
    messages.filter(|message| message.text.contains(words)).count()
}

/// A level of a disagreement: when it is to be settled by, when those in it are reminded and when the level above hears of
/// it, and who that is.
struct Level {
    name: &'static str,
    due: &'static str,
    near: [&'static str; 2],
    overdue: &'static str,
    told: &'static [Cast],
}

/// One working day, then two, then five, each from when the one before was over. Above the last are the managers who are
/// told of every breach.
const LEVELS: [Level; 3] = [
    Level {
        name: "Practitioner level: discussion between the agencies",
        due: "8 December 2026 23:59",
        near: ["2026-12-08 08:59", "2026-12-08 09:00"],
        overdue: "2026-12-09 00:00",
        told: &[Cast::SecondOfficer],
    },
    Level {
        name: "Line management: the managers on each side",
        due: "11 December 2026 23:59",
        near: ["2026-12-11 08:59", "2026-12-11 09:00"],
        overdue: "2026-12-12 00:00",
        told: &[Cast::SecondOfficer, Cast::Paediatrician],
    },
    Level {
        name: "Senior managers, as the policy says",
        due: "18 December 2026 23:59",
        near: ["2026-12-18 08:59", "2026-12-18 09:00"],
        overdue: "2026-12-19 00:00",
        told: &[Cast::Paediatrician],
    },
];

/// Shows: DIS-14.
#[tokio::test(flavor = "multi_thread")]
async fn each_level_that_is_not_settled_is_chased_after_the_close_and_without_the_channel() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        house.enrols_as(Cast::SecondOfficer, "Police manager", Cast::Police, None).await;
        house.enrols_as(Cast::Paediatrician, "Service manager", Cast::SocialWorker, None).await;
        challenges(house.police(), "Not starting section 47").await;
        challenges(house.health_visitor(), "The review date").await;
        house.health_visitor().presses("settle_challenge", &[("resolved", "yes"), ("result", "Moved")]).await;
        house.chair().closes().await;
        house.has_drafted().await;
        let board = house.board().await.text;
        assert!(board.contains(LEVELS[0].due), "{procedure}: an open level shows when it is due: {board}");
        let room = house.room().await.expect("the case has a channel");
        assert!(house.workspace.delete_channel(room));
        for (n, level) in LEVELS.iter().enumerate() {
            let what = format!("{procedure}, {}", level.name);
            let status = format!("Status: {}: open; due {}", level.name, level.due);
            assert!(challenged(&house).await.contains(&status), "{what}: {}", challenged(&house).await);
            let told = |who: Cast, words: &str| {
                let messages = house.who(who).person.direct_messages().into_iter().map(|message| message.text);
                let of_level = messages.filter(|text| text.contains(words) && text.contains(level.due));
                of_level.filter(|text| text.contains(&format!("({})", level.name))).count()
            };
            let (near, overdue) = ("is to be settled by", "was to be settled by");
            for (time, times) in level.near.into_iter().zip(0..) {
                house.comes_to(time).await;
                for who in [Cast::Police, Cast::TeamManager] {
                    assert_eq!(told(who, near), times, "{what}, {time}, {who:?}");
                }
            }
            for who in [Cast::HealthVisitor, Cast::SecondOfficer, Cast::Paediatrician] {
                assert_eq!(told(who, near), 0, "{what}: {who:?} has no part in it");
            }
            house.comes_to(level.overdue).await;
            for who in [Cast::SecondOfficer, Cast::Paediatrician] {
                let is_next = level.told.contains(&who);
                assert_eq!(told(who, overdue), usize::from(is_next), "{what}: the next level's role: {who:?}");
            }
            assert_eq!((told(Cast::Police, overdue), told(Cast::HealthVisitor, overdue)), (1, 0));
            assert_ne!(told(Cast::TeamManager, overdue), 0, "{what}");
            let passed = "this time passed, and the next level was told";
            assert_eq!(challenged(&house).await.matches(passed).count(), n + 1, "{what}: {}", challenged(&house).await);
            // From the message, since there is no channel any more; the next level has a time of its own.
            if n + 1 < LEVELS.len() {
                let managers = [("own_manager", "DI Rees"), ("other_manager", "Theo Rook"), ("talked_at", "")];
                let got = house.police().presses("escalate_challenge", &managers).await;
                assert_eq!(got.code(), "challenge_escalated", "{what}: {}", got.text());
            }
        }
        for who in [Cast::Police, Cast::TeamManager, Cast::SecondOfficer, Cast::Paediatrician] {
            let notices = house.who(who).person.direct_messages();
            for notice in notices.iter().filter(|notice| notice.text.contains("disagreement")) {
                let secret = CASE_WORDS.iter().chain(&["section 47", "review date", "Dana"]);
                assert!(secret.into_iter().all(|word| !notice.text.contains(word)), "{}", notice.text);
            }
        }
        house.close().await;
    }
}

/// Shows: DIS-14.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_settled_at_any_level_is_chased_no_more() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Deciding).await;
        house.enrols_as(Cast::SecondOfficer, "Police manager", Cast::Police, None).await;
        house.enrols_as(Cast::Paediatrician, "Service manager", Cast::SocialWorker, None).await;
        for n in 0..LEVELS.len() {
            challenges(house.police(), "Not starting section 47").await;
            let number = (n + 1).to_string();
            let of = [("challenge", number.as_str())];
            let managers = [("own_manager", "DI Rees"), ("other_manager", "Theo Rook"), ("talked_at", "")];
            for _ in 0..n {
                let got = house.police().presses("escalate_challenge", &[&of[..], &managers].concat()).await;
                assert_eq!(got.code(), "challenge_escalated", "{procedure}: {}", got.text());
            }
            let settled = [&of[..], &[("resolved", "yes"), ("tried", "Talk"), ("result", "Agreed")]].concat();
            let got = house.police().presses("settle_challenge", &settled).await;
            assert_eq!(got.code(), "challenge_settled", "{procedure}: {}", got.text());
        }
        let said = challenged(&house).await;
        for level in &LEVELS {
            assert!(said.contains(&format!("Status: {}: resolved", level.name)), "{procedure}: {said}");
        }
        house.comes_to("2026-12-31 10:00").await;
        for who in [Cast::Police, Cast::TeamManager, Cast::SecondOfficer, Cast::Paediatrician] {
            assert_eq!(told(&house, who, "to be settled by"), 0, "{procedure}: {who:?}");
        }
        house.close().await;
    }
}
