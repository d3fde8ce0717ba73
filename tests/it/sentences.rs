//! Every refusal, command, field, button and choice has its sentence, and what Discord is told of the commands comes
//! back from it as the row it was made from.

use std::collections::BTreeSet;

use convenor::config::Config;
use convenor::discord::interaction::parse;
use convenor::discord::read::{Reading, read};
use convenor::discord::registration;
use convenor::domain::facts::Rules;
use convenor::domain::ids::{ActionNo, InvitationId, SeatId, SessionNo};
use convenor::domain::refusal::{Refusal, Running};
use convenor::domain::stage::Stage;
use convenor::forms::{Kind, row, rows};
use serde_json::{Value, json};

/// The buttons of the board, by row.
const BOARD: [&str; 67] = [
    "adjourn",
    "resume",
    "make_handover",
    "read_handover",
    "vice_chair",
    "hand_over",
    "take_chair",
    "still_here",
    "open",
    "to_invite",
    "ready",
    "invite_proposed",
    "not_needed",
    "flag_adult",
    "reschedule",
    "next",
    "order",
    "prompts",
    "ask",
    "share",
    "release",
    "finish",
    "nothing_held",
    "read_out",
    "move_on",
    "close_over_speaker",
    "nudge",
    "return_to",
    "no_questions",
    "parked",
    "challenge",
    "invite_challenge",
    "police_unavailable",
    "police_talk",
    "view",
    "confirm_drafts",
    "confirm_actions",
    "drafts",
    "said_for_me",
    "right",
    "correct",
    "give_call",
    "call",
    "section_47",
    "outcome",
    "hide_positions",
    "show_positions",
    "action",
    "close",
    "copy",
    "sign",
    "circulate",
    "filed",
    "recipients",
    "correction",
    "at_once",
    "danger",
    "danger_text",
    "false_alarm",
    "name_owner",
    "cancel_action",
    "supply_action",
    "still_holds",
    "no_longer_holds",
    "convene",
    "close_case",
    "close_not_held",
];
/// Rows whose buttons are labelled by what they choose.
const LABELLED: [&str; 8] =
    ["sight", "introduce", "introduce_basis", "position", "mark", "answer_widening", "endorse", "endorse_not"];

/// One of each, with something in every value.
fn refusals() -> Vec<Refusal> {
    let text = || "Dana Okafor".to_owned();
    vec![
        Refusal::NotYourTurn { holder: text(), holder_role: "Police officer".to_owned(), place: Some(2) },
        Refusal::NobodysTurn,
        Refusal::NotHeard { who: vec![text()], speaking: false },
        Refusal::NotOpenYet { waiting: vec![text()] },
        Refusal::NotAtTheDoor,
        Refusal::NotSeated,
        Refusal::NotYoursToRaise,
        Refusal::NotYoursToAcknowledge,
        Refusal::YourOwnAlert,
        Refusal::NotYourAlert,
        Refusal::UnknownAlert,
        Refusal::UnearnedTitle,
        Refusal::TitleNotEarned {
            session: SessionNo(1),
            title: text(),
            otherwise: text(),
            missing: vec![text()],
            chair: true,
        },
        Refusal::NotYoursToAdopt { rule: text() },
        Refusal::OwnersCopyNotChosen { session: SessionNo(1), owners: vec![text()] },
        Refusal::NotYoursToSignOff,
        Refusal::WasNotPresent,
        Refusal::UnknownVersion { given: 3 },
        Refusal::UnknownCorrection,
        Refusal::NotYoursToRead,
        Refusal::ForAuditor,
        Refusal::NotYoursToList,
        Refusal::NotYoursToAssess,
        Refusal::NoSuchBreach,
        Refusal::UnknownChild,
        Refusal::UnknownFamilyLine,
        Refusal::HistoryNotYours,
        Refusal::ForAgencyManager,
        Refusal::NothingInPeriod,
        Refusal::ChairNotSilent { chair: text(), minutes: 10 },
        Refusal::NotYoursToChair { rule: text() },
        Refusal::Adjourned { until: Some(text()) },
        Refusal::NotAdjourned,
        Refusal::NoHandover,
        Refusal::CannotChair { who: text() },
        Refusal::NothingSkipped,
        Refusal::NothingToLimit,
        Refusal::NothingToRead,
        Refusal::NobodyToRemind,
        Refusal::RemindedAlready { minutes: 5 },
        Refusal::LiveActions {
            actions: vec![Running { no: ActionNo(1), owner: Some(text()), due: Some("9 December 2026".to_owned()) }],
        },
        Refusal::SessionNotHeld { session: SessionNo(2), at: Some(text()) },
        Refusal::NotEnrolled,
        Refusal::ForConvenor,
        Refusal::ForChair { chair: text() },
        Refusal::ForChairOrRecorder { chair: text(), recorder: text() },
        Refusal::ForSocialCare,
        Refusal::NotYourInvitation { agency: text() },
        Refusal::NotYoursToAgree { managers: vec![text()] },
        Refusal::NotYourQuestion { author: text() },
        Refusal::NotYourAction { owner: text() },
        Refusal::NotYourChallenge { by: text() },
        Refusal::ForPolice,
        Refusal::NotYoursToLog,
        Refusal::AlreadyTaken { by: text() },
        Refusal::NamedPersonOnly { agency: text() },
        Refusal::ConflictFirst { invitation: InvitationId(2) },
        Refusal::OtherAgency { agency: text() },
        Refusal::NobodyVouches,
        Refusal::InvitationWithdrawn,
        Refusal::NothingDeclined,
        Refusal::SeatEnded,
        Refusal::SeatPassedOn { who: text() },
        Refusal::SeatHeld { who: text() },
        Refusal::ChairFirst,
        Refusal::NothingPrepared,
        Refusal::HealthNotMissing,
        Refusal::NoCase,
        Refusal::StillARequest,
        Refusal::ReferenceHasCase { code_name: "amber-heron-k".to_owned() },
        Refusal::NoSession,
        Refusal::SessionUnderWay,
        Refusal::NotAtThisStage { stage: Stage::Open, needed: Stage::Questions },
        Refusal::AlreadyClosed,
        Refusal::AlreadyDone,
        Refusal::AlreadyConfirmed { seat: SeatId(2) },
        Refusal::UnknownInvitation,
        Refusal::NotYourWords { speaker: text() },
        Refusal::NoCall,
        Refusal::NotLate { who: text() },
        Refusal::SupportSeat { who: text(), role: "interpreter".to_owned() },
        Refusal::UnknownSeat { given: text() },
        Refusal::UnknownSession { given: SessionNo(3) },
        Refusal::UnknownQuestion,
        Refusal::UnknownAction,
        Refusal::UnknownChallenge,
        Refusal::NoLevelLeft { policy: text(), link: text() },
        Refusal::UnknownAgency { given: text() },
        Refusal::NotEnrolledHere { field: text() },
        Refusal::UnknownCase { given: text() },
        Refusal::UnknownPrompt,
        Refusal::NoAgreementNeeded,
        Refusal::NothingToConfirm,
        Refusal::NothingSent,
        Refusal::NothingGiven,
        Refusal::NoTurnLeft,
        Refusal::NotSharing,
        Refusal::Excluded,
        Refusal::Missing { field: text() },
        Refusal::NotAChoice { field: text(), given: text(), choices: vec![text()] },
        Refusal::NotATime { field: text(), why: text(), given: text(), offers: vec![text()] },
        Refusal::NotADate { field: text(), given: text() },
        Refusal::TooLong { field: text(), most: 4_000 },
        Refusal::Outdated,
    ]
}

#[test]
fn every_refusal_has_a_sentence_that_says_its_values() {
    let config = Config::built_in();
    let mut codes = BTreeSet::new();
    for refusal in refusals() {
        let key = format!("refusal.{}", refusal.code());
        assert!(config.wording.has(&key), "{key}");
        let said = config.wording.say(&key, &refusal);
        assert!(said.ends_with(['.', '?']) || key == "refusal.not_a_time", "{said}");
        codes.insert(key);
    }
    let written = config.wording.sentences().keys().filter(|key| key.starts_with("refusal."));
    assert_eq!(codes, written.cloned().collect(), "a refusal is missing above, or a sentence is no refusal's");
}

#[test]
fn every_row_field_button_and_choice_has_its_words() {
    let wording = Config::built_in().wording;
    let mut wanted = BTreeSet::new();
    for row in rows() {
        wanted.insert(format!("command.{}", row.key));
        wanted.extend(row.path.map(|(top, _)| format!("top.{top}")));
        if row.path.is_none() && !LABELLED.contains(&row.key) {
            wanted.insert(format!("button.{}", row.key));
        }
        wanted.extend(row.then.iter().map(|then| format!("button.{then}")));
        for field in row.fields {
            wanted.insert(format!("field.{}", field.key));
            if let Kind::Choice(set, codes) = field.kind {
                wanted.extend(codes().into_iter().map(|code| format!("choice.{set}.{code}")));
            }
            if let Kind::Section47 = field.kind {
                let decisions = convenor::domain::decision::Section47Decision::ALL.iter();
                wanted.extend(decisions.map(|(_, code)| format!("choice.decision.{code}")));
            }
        }
    }
    wanted.extend(BOARD.iter().map(|row| format!("button.{row}")));
    let missing: Vec<_> = wanted.iter().filter(|key| !wording.has(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for key in wording.sentences().keys().filter_map(|key| key.strip_prefix("button.")) {
        assert!(row(key).is_some() || key == "again", "a button for no row: {key}");
    }
    for key in wording.sentences().keys().filter_map(|key| key.strip_prefix("command.")) {
        assert!(row(key).is_some(), "a command for no row: {key}");
    }
}

fn commands() -> Vec<Value> {
    let config = Config::built_in();
    let procedure = &config.procedures["remote-format"];
    let rules = Rules { procedure, catalogue: &config.catalogue, calendar: &config.calendar };
    registration::commands(&rules, &config.wording)
}

fn list(part: &Value, key: &str) -> Vec<Value> {
    part[key].as_array().cloned().unwrap_or_default()
}

/// Names, descriptions and choices of a command and everything in it, as the platform counts them.
fn characters(part: &Value) -> usize {
    let count = |key: &str| part[key].as_str().map_or(0, |text| text.chars().count());
    let inside = list(part, "options").iter().chain(&list(part, "choices")).map(characters).sum::<usize>();
    count("name") + count("description") + count("value") + inside
}

fn check_limits(part: &Value) {
    let name = part["name"].as_str().unwrap_or_default();
    let fits = |text: &str, most: usize| !text.is_empty() && text.chars().count() <= most;
    assert!(fits(name, 32) && name.chars().all(|c| c.is_lowercase() || c.is_numeric() || "-_".contains(c)), "{name}");
    assert!(fits(part["description"].as_str().unwrap_or_default(), 100), "{name}");
    let (options, choices) = (list(part, "options"), list(part, "choices"));
    assert!(options.len() <= 25 && choices.len() <= 25, "{name}");
    let names: BTreeSet<_> = options.iter().map(|option| option["name"].to_string()).collect();
    assert_eq!(names.len(), options.len(), "{name} has an option twice");
    for choice in choices {
        assert!(fits(choice["name"].as_str().unwrap_or_default(), 100), "{name}");
        assert!(fits(choice["value"].as_str().unwrap_or_default(), 100), "{name}");
    }
    options.iter().for_each(check_limits);
}

#[test]
fn what_is_registered_keeps_to_the_platforms_limits() {
    let commands = commands();
    assert!(commands.len() <= 100);
    for command in commands {
        assert!(characters(&command) <= 8_000, "{} has {} characters", command["name"], characters(&command));
        check_limits(&command);
    }
}

/// A person's command with every option of a registered one.
fn given(command: &Value, sub: Option<&Value>) -> Value {
    let leaf = sub.unwrap_or(command);
    let options: Vec<_> = list(leaf, "options")
        .iter()
        .map(|option| {
            let value = match option["type"].as_u64() {
                Some(4) => json!(1),
                Some(5) => json!(true),
                Some(6) => json!("31"),
                _ => option["choices"][0]["value"].as_str().map_or_else(|| json!("words"), |code| json!(code)),
            };
            json!({ "name": option["name"], "type": option["type"], "value": value })
        })
        .collect();
    let options = match sub {
        Some(sub) => json!([{ "name": sub["name"], "type": 1, "options": options }]),
        None => json!(options),
    };
    json!({
        "id": "900", "application_id": "800", "type": 2, "token": "t", "version": 1, "guild_id": "10",
        "channel_id": "20", "member": { "user": { "id": "30" }, "roles": [], "permissions": "0" },
        "data": { "id": "5", "name": command["name"], "type": 1, "options": options },
    })
}

#[test]
fn every_registered_command_is_read_back_as_its_row_with_all_its_options() {
    let mut read_back = BTreeSet::new();
    for command in commands() {
        let subs: Vec<_> = list(&command, "options").into_iter().filter(|option| option["type"] == 1).collect();
        let leaves = if subs.is_empty() { vec![None] } else { subs.iter().map(Some).collect() };
        for sub in leaves {
            let raw = parse(&given(&command, sub)).expect("it can be read");
            let Reading::Ask(asked) = read(&raw) else { panic!("{command} is read as nothing") };
            let path = (command["name"].as_str().expect("a name"), sub.and_then(|sub| sub["name"].as_str()));
            assert_eq!(asked.row.path, Some(path));
            for option in list(sub.unwrap_or(&command), "options") {
                let name = option["name"].as_str().expect("a name");
                assert!(asked.answers.contains_key(name) || name == "case" && asked.case.is_some(), "{path:?} {name}");
            }
            read_back.insert(asked.row.key);
        }
    }
    let rows: BTreeSet<_> = rows().filter(|row| row.path.is_some()).map(|row| row.key).collect();
    assert_eq!(read_back, rows);
}

/// Whoever acts in several cases at once sees with every receipt which of them it was.
///
/// Shows: SES-15.
#[test]
fn every_receipt_names_the_case() {
    let wording = Config::built_in().wording;
    // A reminder stands under another receipt.
    let receipts = wording.sentences().keys().filter(|key| key.starts_with("reply.") && *key != "reply.reminder");
    let silent: Vec<_> = receipts.filter(|key| !wording.names_in(key).contains("code_name")).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// Nobody who raises an alert is left to wait for somebody who was never sent.
///
/// Shows: SAFE-03.
#[test]
fn nothing_said_of_danger_promises_that_help_is_coming() {
    let wording = Config::built_in().wording;
    let beside = ["form.choose_danger", "reply.danger_text", "refusal.your_own_alert"];
    let of_danger = |key: &str| key.starts_with("danger.") || beside.contains(&key);
    let said: Vec<_> = wording.sentences().iter().filter(|(key, _)| of_danger(key)).collect();
    assert!(said.len() > beside.len(), "{}", said.len());
    for (key, text) in said {
        let text = text.to_lowercase();
        for words in ["on its way", "on their way", "help is coming", "will come", "have been called"] {
            assert!(!text.contains(words), "{key}: {words}");
        }
    }
}
