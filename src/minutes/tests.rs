//! The minutes of a small invented case, as people read them.

mod copies;
mod files;
mod formats;
mod journal;
mod structure;

use std::sync::LazyLock;

use insta::assert_snapshot;

use self::journal::*;
use super::*;
use crate::config::Config;
use crate::domain::decision::{DangerKind, Entry};
use crate::domain::event::{Event, QuorumLine};
use crate::domain::facts::Rules;
use crate::domain::floor::Whose;
use crate::domain::ids::{AlertId, ChallengeId, DraftId, SessionNo};
use crate::domain::people::AgencyKind;
use crate::domain::prompt::{About, Answer};

const HEAD: &str = "9f2c";

static CONFIG: LazyLock<Config> = LazyLock::new(Config::built_in);

fn rules() -> Rules<'static> {
    Rules { procedure: &CONFIG.procedures["remote-format"], catalogue: &CONFIG.catalogue, calendar: &CONFIG.calendar }
}

fn compiled(journal: &Journal) -> Minutes {
    compile(&journal.records, None, &rules(), &CONFIG.wording, HEAD)
}

/// The text of one section, headings and tables included.
fn section(journal: &Journal, heading: &str) -> String {
    let text = markdown(&compiled(journal));
    let start = text.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    let rest = &text[start + 1..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end]).to_owned()
}

fn assert_has(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted} is not in:\n{text}");
    }
}

/// Shows: MIN-01, MIN-02, MIN-03, MIN-07, MIN-09, MIN-19, MIN-23, MIN-28, TIM-06, GATE-14.
/// Shows: INFO-02, INFO-05, INFO-06, INFO-07, INFO-11, RISK-02, ACT-13.
#[test]
fn a_whole_case_reads_as_its_procedure_orders_it() {
    assert_snapshot!(markdown(&compiled(&whole())));
}

/// Shows: MIN-27.
#[test]
fn a_whole_case_is_one_accessible_page() {
    assert_snapshot!(html(&compiled(&whole()), &CONFIG.wording));
}

/// Shows: MIN-11.
#[test]
fn the_same_journal_gives_the_same_bytes() {
    let (first, again) = (compiled(&whole()), compiled(&whole()));
    assert_eq!(markdown(&first), markdown(&again));
    assert_eq!(html(&first, &CONFIG.wording), html(&again, &CONFIG.wording));
    assert_eq!(json(&first), json(&again));
    let text = markdown(&first);
    assert_has(&text, &["journal slate-otter-k, entries 1 to 105, checksum of the last entry 9f2c"]);
}

/// Shows: INFO-19, MIN-05, MIN-06, MIN-08.
#[test]
fn the_words_other_programs_look_for_are_there() {
    let text = markdown(&compiled(&whole()));
    let wanted = [
        "no safeguarding concerns",
        "shared by social care on behalf of Gorran Blight",
        "Consistent with the explanation given: unclear",
        "Attended Strategy Discussion, 14 May 2027, reference WC-27-0099",
        "written, not present",
        "\nQuorate\n",
        "invited at 11:14, none raised",
        "Views of those unable to attend",
        "joined 10:32",
        "stood down",
        "EDD 30 September 2027",
        "would jeopardise",
    ];
    assert_has(&text, &wanted);
}

/// Shows: MIN-03, MIN-04, INV-22, INFO-14.
#[test]
fn the_tables_say_who_came_who_did_not_and_who_contributed() {
    let journal = whole();
    let attendance = section(&journal, "Attendance, apologies and information supplied");
    assert_has(
        &attendance,
        &[
            "| Name | Role | Agency | Invited | Response | Means | Authorised to decide | Attended | Arrived | Left |",
            "| Dr Emeka Sand | GP | Quay Surgery | guest, vouched for by Ana Penhallow | apologies: In clinic | written only |",
            "joined 10:32; stood down 10:48 | 10:32 | 10:48, before the section 47 decision |",
            "| Safeguarding lead | Harbour School | 14 May 2027 08:44 | no response |",
            "| by way of social care |",
        ],
    );
    assert!(!attendance.contains("knows the family privately"), "why somebody was stood down is for the annex");
    let contributors = section(&journal, "Contributors");
    assert_has(&contributors, &["| Dr Emeka Sand | GP | Quay Surgery | written, not present |"]);
    assert_has(
        &contributors,
        &["| Gorran Blight | Head teacher | Harbour School | not present, by way of social care |"],
    );
}

#[test]
fn whoever_was_in_the_wrong_meeting_is_in_the_annex_alone() {
    let text = markdown(&compiled(&whole()));
    let (body, annex) = text.split_once("\n## Audit annex\n").expect("an annex");
    assert!(!body.contains("Dylis Okaford"));
    assert_has(annex, &["- Dylis Okaford, Health visitor, Westcombe Community Health: answered at the door"]);
    assert_has(annex, &["stood down 10:48. Reason: knows the family privately", "Acknowledged confidentiality"]);
    assert!(!text.contains("Dylis Okaford shared"));
}

#[test]
fn a_question_kept_by_its_author_is_never_quoted() {
    let text = markdown(&compiled(&whole()));
    assert!(!text.contains("Who has the spare key?") && !text.contains("Might the aunt help?"));
    let questions = section(&whole(), "Questions and answers");
    assert_has(&questions, &["Was the bandage clean? | Yes, and changed that morning.", "1 question was kept"]);
    assert_has(&questions, &["Is the kettle still there? | not answered | nobody |", "No questions: Cerys Vane."]);
}

/// Shows: DEC-03, DEC-04.
#[test]
fn section_47_comes_before_the_outcomes_with_its_reasons_and_who_entered_it() {
    let keys: Vec<_> = compiled(&whole()).sections.into_iter().map(|section| section.key).collect();
    let place = |key: &str| keys.iter().position(|listed| listed == key).expect(key);
    assert!(place("section_47") < place("outcomes"));
    assert_has(
        &section(&whole(), "Section 47 decision"),
        &[
            "- Single or joint: Joint",
            "- Rationale: Reasonable cause: an unexplained burn.",
            "- Time of the decision: decided 11:05",
            "- Entered by: Ana Penhallow, Social worker, Westcombe Children's Services, 11:05",
            "- Confirmed by: Bartek Rowe, Team manager, Westcombe Children's Services, 11:15",
            "- Quorum at the decision: Quorate",
        ],
    );
}

#[test]
fn chosen_outcomes_dissent_and_drafts_are_marked_in_words() {
    let outcomes = section(&whole(), "Decision and outcomes");
    assert_eq!((outcomes.matches("| Chosen |").count(), outcomes.matches("| Not chosen |").count()), (2, 6));
    let positions = section(&whole(), "Positions of the agencies");
    assert_has(&positions, &["Joint is more than this needs (said aloud, entered by Ana Penhallow)"]);
    assert_has(&positions, &["- No position given: Westcombe Community Health\n"]);
    assert_has(&section(&whole(), "Legal action"), &["(draft, not confirmed): no", "draft, not confirmed."]);
}

/// Shows: DEC-30.
#[test]
fn what_is_withheld_from_the_family_is_marked_with_its_ground() {
    let told = section(&whole(), "What the child and family are told");
    assert_has(&told, &["Items not to be shared with the family", "What the kettle showed"]);
    assert_has(&told, &["jeopardise a police investigation", "Accounts are not yet taken"]);
}

/// Shows: DIS-02, MIN-06.
#[test]
fn a_challenge_is_printed_in_its_parts() {
    let mut journal = whole();
    // As it was written before a challenge had a life.
    let challenge = serde_json::json!({
        "id": 1, "by": VISITOR, "stage": "practitioner", "about": "Whether Merryn may go home",
        "against": "The first suggestion", "tried": "Talked through", "result": "No agreement yet",
    });
    let challenge = serde_json::from_value(challenge).expect("an older entry can be read");
    journal.at("11:20").by(VISITOR, Event::ChallengeRaised { challenge });
    assert_has(
        &section(&journal, "Professional challenge"),
        &[
            "invited at 11:14, 1 raised",
            "### Challenge 1",
            "- Who disagrees: Dilys Okafor, Health visitor, Westcombe Community Health, 11:20",
            "- With what: Whether Merryn may go home",
            "- Against: The first suggestion",
            "- Why: not recorded",
            "- What was tried: Talked through",
            "- Result: No agreement yet",
            "- Status: Practitioner level: discussion between the agencies: open",
        ],
    );
    let (session, challenge) = (SessionNo(1), ChallengeId(1));
    let settled = |resolved, tried: &str, result: &str| {
        let (tried, result) = (tried.into(), result.into());
        Event::ChallengeSettled { session, challenge, resolved, tried, result }
    };
    journal.by(VISITOR, settled(false, "Ten minutes' talk", "Not agreed"));
    let (stage, own, other) = ("line_management".to_owned(), "Sister Vane".into(), "Theo Rook".into());
    let met_at = Some(on(2027, 5, 14, "12:40"));
    let escalated = Event::ChallengeEscalated { session, challenge, stage, own, other, met_at, due_at: None };
    journal.at("12:45").by(VISITOR, escalated);
    journal.by(VISITOR, settled(true, "The managers spoke", "She goes to her aunt"));
    journal.by(CHAIR, Event::ChallengeAnswered { session, challenge, text: "I would decide the same again".into() });
    assert_has(
        &section(&journal, "Professional challenge"),
        &[
            "- What was tried: The managers spoke",
            "- Result: She goes to her aunt",
            "- Status: Line management: the managers on each side: resolved",
            "not resolved; tried: Ten minutes' talk; result: Not agreed; entered by Dilys Okafor",
            "12:45: escalated to Line management: the managers on each side; managers: Sister Vane (for whoever challenges), Theo Rook (on the other side); they spoke 12:40",
            "resolved; tried: The managers spoke; result: She goes to her aunt",
            "Reply by",
            "I would decide the same again",
            "Levels: Practitioner level: discussion between the agencies, within 1 working day",
            "A statutory partner does not come: local contact: to be set",
        ],
    );
}

/// Shows: MIN-29.
#[test]
fn every_mark_stands_in_the_heading() {
    let mut journal = referred();
    let before = compiled(&journal);
    assert_eq!(before.title, "Notes of a referral: no session was convened");
    journal.records.extend(whole().records.into_iter().skip(journal.records.len()));
    for record in &mut journal.records {
        if let Event::SessionOpened { quorum, chair_allowed, .. } = &mut record.event {
            *chair_allowed = false;
            *quorum = vec![QuorumLine {
                role: "police".into(),
                label: "police representative".into(),
                met: false,
                missing_since: None,
                gap: None,
            }];
        }
        if let Event::SessionConvened { recorder, .. } = &mut record.event {
            *recorder = POLICE;
        }
    }
    let unwanted = |event: &Event| {
        let is_decision = matches!(event, Event::Entered { entry: Entry::Section47(_), .. });
        is_decision || matches!(event, Event::QuorumStated { .. } | Event::MinutesSigned { .. })
    };
    journal.records.retain(|record| !unwanted(&record.event));
    let minutes = compiled(&journal);
    let words: Vec<_> = minutes.status.iter().map(|status| status.word.as_str()).collect();
    let all = ["draft", "incomplete", "not quorate", "held late", "chair not within the rule"];
    let more = ["recorder not of social care", "section 47 decision not recorded"];
    assert_eq!(words, [&all[..], &more].concat());
    assert_has(
        &markdown(&minutes),
        &["\nStatus: draft, not signed; incomplete: 2 open items; not quorate: missing police"],
    );
    assert_has(
        &markdown(&minutes),
        &["Not quorate: missing police representative", "Section 47 decision not recorded."],
    );
}

/// Shows: MIN-01.
#[test]
fn a_session_that_never_opened_has_not_earned_the_title() {
    let mut journal = whole();
    let opened = |event: &Event| matches!(event, Event::SessionOpened { .. });
    let end = journal.records.iter().position(|record| opened(&record.event)).expect("it opened");
    journal.records.truncate(end);
    let minutes = compiled(&journal);
    assert_eq!(minutes.title, "Notes before a session: the strategy meeting was not opened");
    assert!(!markdown(&minutes).contains("This was a strategy meeting"));
}

#[test]
fn what_was_open_at_the_close_is_listed_until_somebody_answers_it() {
    let mut journal = whole();
    assert_has(
        &section(&journal, "Open items"),
        &[
            "Closed over 2 open items. Reason: Not reached.",
            "| Action | Action 2 | named owner, date | still open |",
            "| Family Group Conference | the session | the whole | still open |",
        ],
    );
    let fields = said(&[("rationale", "Not while accounts are taken")]);
    let answer = Answer::new("family_group_conference", About::Session, fields);
    journal.by(CHAIR, Event::Entered { draft: DraftId(90), entry: Entry::Answer(answer), replaces: None });
    assert_has(
        &section(&journal, "Open items"),
        &["| Family Group Conference | the session | the whole | answered since |"],
    );
    for record in &mut journal.records {
        if let Event::SessionClosed { reason, .. } = &mut record.event {
            *reason = None;
        }
    }
    assert_has(&section(&journal, "Open items"), &["Reason: no reason given."]);
}

#[test]
fn immediate_danger_has_a_section_only_where_there_was_some() {
    assert!(compiled(&whole()).sections.iter().all(|section| section.key != "danger"));
    let mut journal = whole();
    let danger = Event::DangerRaised {
        alert: AlertId(1),
        by_kind: AgencyKind::Health,
        danger: DangerKind::Removal,
        text: "At the gate now".into(),
        account: None,
        told: vec![Whose::Seat(CHAIR)],
    };
    let session = Some(SessionNo(1));
    let again = Event::DangerRepeated { session, alert: AlertId(1), told: vec![Whose::Seat(CHAIR)], to_manager: false };
    let acknowledged = Event::DangerAcknowledged { session, alert: AlertId(1) };
    let reason = Some("It was the grandfather".into());
    let false_alarm = Event::FalseAlarmMarked { session, alert: AlertId(1), reason };
    journal.by(VISITOR, danger).by(CHAIR, again).by(CHAIR, acknowledged).by(VISITOR, false_alarm);
    let section = section(&journal, "Immediate danger raised");
    assert_has(&section, &["a child is being removed | At the gate now | Bartek Rowe, Team manager"]);
    assert_has(&section, &["sent to Bartek Rowe", "not acknowledged, and sent again to Bartek Rowe"]);
    assert_has(&section, &["marked as a false alarm by", "Reason: It was the grandfather."]);
}

/// Shows: MIN-01, MIN-02, MIN-05, MIN-06, MIN-23.
#[test]
fn a_procedure_that_lists_no_sections_still_loses_nothing() {
    let mut procedure = rules().procedure.clone();
    procedure.minutes.clear();
    let rules = Rules { procedure: &procedure, ..rules() };
    let text = markdown(&compile(&whole().records, None, &rules, &CONFIG.wording, HEAD));
    for line in markdown(&compiled(&whole())).lines().filter(|line| !line.starts_with('#')) {
        assert!(text.contains(line), "{line} was lost");
    }
    assert_has(&text, &["## Views of those unable to attend", "## Decision and outcomes", "## Audit annex"]);
}

/// Shows: MIN-02.
#[test]
fn an_answer_to_any_prompt_is_printed() {
    for prompt in &CONFIG.catalogue.prompts {
        let mut journal = whole();
        let field = &prompt.fields[prompt.fields.len() - 1];
        let words = field.choices(rules().procedure).map_or_else(|| "Zq".to_owned(), |all| all[0].code.clone());
        let about =
            if prompt.per == crate::domain::prompt::Per::Session { About::Session } else { About::Child(UNBORN) };
        journal.answers(&prompt.key, about, &[(&field.key, &words)]);
        journal.shares(2, VISITOR, &[(&field.key, &words)]);
        assert_ne!(markdown(&compiled(&journal)), markdown(&compiled(&whole())), "{} is not printed", prompt.key);
    }
}
