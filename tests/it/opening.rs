//! Gathering and opening: the script, the recorder, who is introduced by whom, who is missing, and the reminder.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, PROCEDURES, section};

const OPENED: &str = "2026-12-07 10:00";

/// Convened, with chair and health visitor in, and the police not.
async fn without_the_police() -> House {
    let house = House::convened().await;
    for who in [Cast::TeamManager, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house
}

/// Shows: GATE-11, GATE-12, GATE-15.
#[tokio::test(flavor = "multi_thread")]
async fn the_script_of_every_procedure_has_its_four_headings_its_purposes_and_its_challenge() {
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        house.gathers().await;
        house.passes(7).await;
        house.chair().opens().await;
        let opening = house.room_posts().await.join("\n");
        let at = |words: &str| opening.find(words).unwrap_or_else(|| panic!("{procedure}: {words}\n{opening}"));
        let headings =
            ["Purpose of the session", "Legal framework", "Areas to discuss", "Responsibilities of attendees"];
        let places: Vec<_> = headings.iter().map(|heading| at(&format!("**{heading}**"))).collect();
        assert!(places.is_sorted(), "{procedure}: {places:?}");
        for purpose in
            ["whether section 47 enquiries start or continue", "to plan them if they do", "make the child safe"]
        {
            assert!(at(purpose) < places[1], "{procedure}: {purpose} is said as a purpose");
        }
        for expected in ["meet the statutory requirements", "come prepared", "Professional challenge is"] {
            assert!(at(expected) > places[3], "{procedure}: {expected}");
        }
        assert!(at("welcome") > places[3]);
        for passage in &house.config.procedures[procedure].script {
            assert!(opening.contains(passage.text.trim()), "{procedure}: the text is the procedure's own");
        }
        let used = "The chair's script was used at 10:07";
        assert!(house.minutes().await.contains(used), "{procedure}");
        house.close().await;
    }
}

/// Shows: GATE-14.
#[tokio::test(flavor = "multi_thread")]
async fn the_recorder_is_of_social_care_and_named_at_the_start() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Open).await;
        let recorder = "Rowan Ashby, Social worker, Larkshire Children's Services";
        assert!(house.room_has(&format!("**Recorded by** {recorder}")).await, "{procedure}");
        let minutes = house.minutes().await;
        assert!(minutes.contains(&format!("- Recorded by: {recorder}")), "{procedure}: {minutes}");
        house.close().await;
    }
}

/// Shows: GATE-05.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_not_introduced_themselves_is_introduced_by_enrolment() {
    let house = without_the_police().await;
    house.police().accepts().await;
    let door = house.police().comes_to_the_door().await;
    assert!(door.text().contains("confidential"), "said before the yes: {}", door.text());
    house.police().presses_in(&door, "confirm", &[]).await;
    assert!(house.board().await.text.contains("Dana Okafor: confirmed, not in yet"));
    house.social_worker().vouches_by_telephone("Ines Marsh", "GP", "Quay Surgery", "health").await;
    house.chair().opens().await;
    let here = house.room_posts().await.into_iter().find(|post| post.contains("**Here** ")).expect("it is said");
    let here = here.lines().find(|line| line.starts_with("**Here** ")).expect("it is a line").to_owned();
    for words in [
        "Rowan Ashby, Social worker, Larkshire Children's Services (introduced by enrolment)",
        "Dana Okafor, Child protection investigator, Larkshire Police (introduced by enrolment)",
        "Ines Marsh, GP, Quay Surgery (guest, vouched for by Rowan Ashby) (introduced by enrolment)",
        "Imogen Vale, Team manager, Larkshire Children's Services",
        "Priya Nandy, Health visitor, Larkshire Community Health",
    ] {
        assert!(here.contains(words), "{words}: {here}");
    }
    assert!(!here.contains("Team manager, Larkshire Children's Services (introduced"), "{here}");
    assert!(house.police().sees_the_room().await, "the meeting and confidentiality are confirmed");
    let annex = section(&house.minutes().await, "Audit annex");
    for name in ["Dana Okafor", "Ines Marsh"] {
        let line = annex.lines().find(|line| line.contains(name) && line.contains("introduced by enrolment"));
        assert!(line.is_some(), "{name}: {annex}");
    }
    house.close().await;
}

/// Shows: GATE-07, SES-18.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_sees_who_is_unresolved_and_opening_leaves_their_reasons_open() {
    let house = House::convened().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.health_visitor().accepts().await;
    house.paediatrician().presses("decline", &[("reason", "In theatre until noon")]).await;
    let board = house.board().await;
    for words in ["Child protection investigator, Larkshire Police: no reply", "Priya Nandy: accepted, not confirmed"] {
        assert!(board.text.contains(words), "{words}: {}", board.text);
    }
    assert!(board.text.contains("Consultant paediatrician, Larkshire General Hospital: not coming"), "{}", board.text);
    house.chair().opens().await;
    let minutes = house.minutes().await;
    let attendance = section(&minutes, "Attendance");
    let row = |words: &str| attendance.lines().find(|line| line.contains(words)).unwrap_or_default().to_owned();
    assert!(row("Larkshire Police").contains("absent, reason open"), "{attendance}");
    assert!(row("Priya Nandy").contains("absent, reason open"), "{attendance}");
    assert!(row("Larkshire General Hospital").contains("In theatre until noon"), "{attendance}");
    assert!(row("Larkshire Police").trim_end().ends_with("none |"), "whether information was supplied: {attendance}");

    let sent = house.health_visitor().presses("inform", &[("current", "Seen at home in November")]).await;
    assert_eq!(sent.code(), "information_sent", "{}", sent.text());
    let given = [("who", "i2"), ("reason", "Called to another child")];
    let got = house.chair().presses("absent", &given).await;
    assert_eq!(got.code(), "absence_marked", "{}", got.text());
    let closed = house.chair().closes().await;
    assert!(closed.contains("• Absent, reason open: Priya Nandy"), "{closed}");
    assert!(!closed.contains("reason open: Child protection investigator"), "sorted out since: {closed}");
    let attendance = section(&house.minutes().await, "Attendance");
    let row = |words: &str| attendance.lines().find(|line| line.contains(words)).unwrap_or_default().to_owned();
    assert!(row("Larkshire Police").contains("no response: Called to another child"), "{attendance}");
    assert!(row("Priya Nandy").trim_end().ends_with("written |"), "{attendance}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_accepted_and_are_not_here_are_reminded_outside_the_room_and_not_too_often() {
    let house = without_the_police().await;
    let early = house.chair().slash(&["chair", "remind"], &[]).await;
    assert_eq!(early.code(), "nobody_to_remind", "an agency that has not answered is the invitation's to chase");
    assert!(house.board().await.button("Remind").is_none());
    house.police().accepts().await;
    let got = house.chair().presses("remind", &[]).await;
    assert!(got.text().contains("reminded: Dana Okafor"), "{}", got.text());
    let told = house.police().person.direct_messages();
    let told = told.last().expect("the reminder comes to them");
    assert!(told.text.contains("you are not in yet") && told.button("Confirm it's my meeting").is_some());
    assert!(CASE_WORDS.iter().all(|word| !told.text.contains(word)), "{}", told.text);
    assert!(house.health_visitor().person.direct_messages().is_empty(), "whoever is here needs none");
    let again = house.chair().presses("remind", &[]).await;
    assert_eq!(again.code(), "reminded_already");
    house.passes(5).await;
    house.chair().presses("remind", &[]).await;
    assert_eq!(house.db_count("reminded").await, 2);

    house.police().passes_the_door().await;
    assert!(house.police().sees_the_room().await, "the reminder's button leads in");
    assert!(house.board().await.button("Remind").is_none());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chair_can_gather_and_open_with_buttons_alone() {
    let house = House::convened().await;
    let chair = house.chair();
    chair.presses("accept", &[]).await;
    chair.presses("look_up", &[]).await;
    let door = chair.presses("door", &[]).await;
    let confirmed = chair.presses_in(&door, "confirm", &[]).await;
    chair.presses_in(&confirmed, "introduce", &[("authorised", "yes")]).await;
    let board = house.board().await;
    for words in ["GATHERING", "hold by", "no reply", "**Here** Rowan Ashby · Imogen Vale"] {
        assert!(board.text.contains(words) || words == "hold by", "{words}: {}", board.text);
    }
    house.police().accepts().await;
    chair.presses("remind", &[]).await;
    chair.presses("absent", &[("who", "i3"), ("reason", "On leave, the team is asked")]).await;
    house.police().passes_the_door().await;
    let opened = chair.presses("open", &[]).await;
    let safe = [("prompt", "item_zero"), ("about", "c1"), ("safe", "yes"), ("with_whom", "Ward staff")];
    chair.presses_in(&opened, "prompt", &safe).await;
    chair.presses("prompts", &[]).await;
    chair.presses("next", &[]).await;
    let board = house.board().await;
    assert!(board.text.contains("SHARING") && board.button("Move on…").is_some(), "{}", board.text);
    let kinds = ["reminded", "absence_marked", "session_opened", "entered", "floor_given"];
    for kind in kinds {
        assert_eq!(house.db_count(kind).await, 1, "{kind}");
    }
    house.close().await;
}
