//! The right-meeting check, coming in, and the opening.

use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, House, section};

fn holds_nothing_of_the_case(text: &str) {
    for word in CASE_WORDS {
        assert!(!text.contains(word), "{word} stands in {text}");
    }
}

/// A person's cell in the attendance table.
fn column(minutes: &str, who: Cast, header: &str) -> String {
    let attendance = section(minutes, "Attendance");
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let headers = attendance.lines().find(|line| line.contains(header)).map(cells).expect("the table has the column");
    let at = headers.iter().position(|cell| cell == header).expect("the column has a header");
    let row = attendance.lines().find(|line| line.contains(who.name())).expect("the person has a row");
    cells(row).remove(at)
}

/// Shows: GATE-02.
#[tokio::test(flavor = "multi_thread")]
async fn the_door_shows_initials_and_a_year_to_one_person() {
    let house = House::convened().await;
    house.police().accepts().await;
    let door = house.police().comes_to_the_door().await;
    assert!(door.is_private());
    assert!(
        door.text().contains("Is this the child you looked up?") && door.text().contains("2019"),
        "{}",
        door.text()
    );
    assert!(door.text().contains("Rowan Ashby") && door.text().contains("11:00"), "{}", door.text());
    holds_nothing_of_the_case(door.text());
    let gone = house.police().presses_in(&door, "not_mine", &[]).await;
    holds_nothing_of_the_case(gone.text());
    house.close().await;
}

/// Shows: GATE-03.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_not_mine_is_out_at_once_and_what_they_had_opened_is_a_possible_breach() {
    let house = House::gathered().await;
    for who in [Cast::SchoolNurse, Cast::Paediatrician] {
        house.social_worker().invites(who).await;
    }
    house.who(Cast::SchoolNurse).accepts().await;
    let accepted = house.paediatrician().accepts().await;
    let unseen = house.who(Cast::SchoolNurse).comes_to_the_door().await;
    let got = house.who(Cast::SchoolNurse).presses_in(&unseen, "not_mine", &[]).await;
    assert!(got.text().contains("Nothing about it was shown to you"), "{}", got.text());

    let sheet = house.paediatrician().presses_in(&accepted, "look_up", &[]).await;
    assert!(sheet.text().contains("Ellis Quillfeather"), "{}", sheet.text());
    let door = house.paediatrician().comes_to_the_door().await;
    let got = house.paediatrician().presses_in(&door, "not_mine", &[]).await;
    assert_eq!(got.code(), "possible_breach");
    assert!(got.text().contains("please destroy any note"), "{}", got.text());
    holds_nothing_of_the_case(got.text());
    assert_eq!(house.paediatrician().presses_in(&door, "confirm", &[]).await.code(), "excluded");
    assert_eq!(house.paediatrician().presses_in(&accepted, "look_up", &[]).await.code(), "excluded");
    assert!(!house.paediatrician().sees_the_room().await);

    let told: Vec<_> = house.room_posts().await.into_iter().filter(|post| post.contains("turned away")).collect();
    let chair = format!("<@{}>", house.account(Cast::TeamManager));
    assert!(told[0].contains(&chair) && told[0].contains("They saw nothing"), "{}", told[0]);
    assert!(told[1].contains(&chair) && told[1].contains("**Possible breach:**"), "{}", told[1]);
    let annex = section(&house.minutes().await, "Audit annex");
    let line = |who: Cast| annex.lines().find(|line| line.contains(who.name()) && line.contains("Removed at once"));
    assert!(line(Cast::SchoolNurse).expect("it is in the annex").contains("nothing was shown"));
    assert!(line(Cast::Paediatrician).expect("it is in the annex").contains("possible breach"));
    house.close().await;
}

/// Shows: INV-18.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_decide_for_their_agency_is_shown_to_the_chair_and_minuted() {
    let house = House::convened().await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.police().accepts().await;
    let door = house.police().comes_to_the_door().await;
    let confirmed = house.police().presses_in(&door, "confirm", &[]).await;
    house.police().presses_in(&confirmed, "introduce", &[("authorised", "no")]).await;
    assert!(house.police().sees_the_room().await);
    let note = house.room_posts().await.into_iter().find(|post| post.contains("may not make decisions"));
    let note = note.expect("the chair is told");
    assert!(note.contains(&format!("<@{}>", house.account(Cast::TeamManager))), "{note}");
    assert!(note.contains("Dana Okafor") && note.contains("for Larkshire Police"), "{note}");
    house.chair().opens().await;
    assert_eq!(column(&house.minutes().await, Cast::Police, "Authorised to decide"), "no");
    assert_eq!(column(&house.minutes().await, Cast::TeamManager, "Authorised to decide"), "yes");
    house.close().await;
}

/// Shows: INV-19.
#[tokio::test(flavor = "multi_thread")]
async fn a_constable_of_a_specialist_team_decides_for_the_police_and_says_on_what_basis() {
    let house = House::under("audit-assured", "2026-12-07 10:00").await;
    house.enrols_as(Cast::Police, "Child abuse investigator", Cast::Police, Some("Police Constable")).await;
    house.is_convened().await;
    for who in [Cast::TeamManager, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.police().accepts().await;
    let door = house.police().comes_to_the_door().await;
    let confirmed = house.police().presses_in(&door, "confirm", &[]).await;
    let basis = "For the child abuse team, as its duty investigator";
    let got = house.police().presses_in(&confirmed, "introduce_basis", &[("basis", basis)]).await;
    assert_eq!(got.code(), "introduced");
    house.chair().opens().await;
    assert!(house.room_has("**Quorate**").await, "the police role is met, whatever the rank");
    let minutes = house.minutes().await;
    assert_eq!(column(&minutes, Cast::Police, "Authorised to decide"), format!("yes: {basis}"));
    assert!(section(&minutes, "Attendance").contains("police representative: met"), "{minutes}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_is_told_when_somebody_needed_leaves_and_nothing_closes() {
    let house = House::at(Stage::Deciding).await;
    house.police().slash(&["strategy", "leave"], &[]).await;
    let told = house.room_posts().await.pop().expect("the room hears of it");
    assert!(told.contains(&format!("<@{}>", house.account(Cast::TeamManager))), "{told}");
    assert!(told.contains("Not quorate: missing police representative"), "{told}");
    assert!(house.board().await.text.contains("Not quorate: missing police representative"));
    let minutes = house.minutes().await;
    assert!(minutes.lines().any(|line| line.contains("Status: ") && line.contains("not quorate: missing police")));
    let decided = [("decision", "initiate"), ("mode", "joint"), ("rationale", "The injury is unexplained")];
    let got = house.chair().presses("section_47", &decided).await;
    assert_eq!(got.code(), "not_quorate", "saved and marked: {}", got.text());
    let minutes = house.minutes().await;
    assert!(minutes.contains("Quorum at the decision: Not quorate: missing police representative"), "{minutes}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn not_mine_shuts_the_door_and_frees_the_invitation() {
    let house = House::convened().await;
    house.police().accepts().await;
    let door = house.police().comes_to_the_door().await;
    let got = house.police().presses_in(&door, "not_mine", &[]).await;
    assert!(got.is_private() && !house.police().sees_the_room().await);
    assert!(house.room_has("turned away at the door").await);
    assert!(house.minutes().await.contains("answered at the door that it was not their meeting"));
    assert_eq!(house.police().comes_to_the_door().await.text(), door.text(), "the door says no more than before");

    house.who(Cast::SecondOfficer).accepts().await;
    house.who(Cast::SecondOfficer).passes_the_door().await;
    assert!(house.who(Cast::SecondOfficer).sees_the_room().await);
    house.close().await;
}

/// The answer to a press can be lost with the bot; the press stands, and pressing again leads on.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_confirmed_and_heard_nothing_comes_in_by_the_same_door() {
    let house = House::convened().await;
    house.police().accepts().await;
    let door = house.police().comes_to_the_door().await;
    let confirmed = house.police().presses_in(&door, "confirm", &[]).await;
    let recorded = house.db_count("meeting_confirmed").await;
    let again = house.police().presses_in(&door, "confirm", &[]).await;
    assert_eq!((again.text(), again.buttons()), (confirmed.text(), confirmed.buttons()), "pressed again");
    let back = house.police().comes_to_the_door().await;
    assert_eq!((back.text(), back.buttons()), (confirmed.text(), confirmed.buttons()), "come back");
    assert_eq!(house.db_count("meeting_confirmed").await, recorded, "once is enough");
    house.police().presses_in(&back, "introduce", &[("authorised", "yes"), ("basis", "")]).await;
    assert!(house.police().sees_the_room().await);
    let late = house.police().presses_in(&door, "confirm", &[]).await;
    assert_eq!(late.code(), "already_done");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_not_enrolled_is_told_what_to_do_and_nothing_else() {
    let house = House::convened().await;
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    for path in [&["strategy", "mine"][..], &["strategy", "help"], &["strategy", "information"]] {
        let got = house.stranger().slash(path, &[("case", &name)]).await;
        assert!(got.is_private());
        assert_eq!(got.code(), "not_enrolled", "{path:?}");
        assert!(got.text().contains("Ask your authority's administrator to enrol you"), "{}", got.text());
        holds_nothing_of_the_case(got.text());
    }
    let offered = house.stranger().is_offered(&["strategy", "absent"], "who", "").await;
    assert!(offered.is_empty(), "names are for those with a seat");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_goes_in_without_confirming_the_meeting() {
    let house = House::convened().await;
    house.police().accepts().await;
    let name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let got = house.police().slash(&["share"], &[("current", "Two call-outs in March"), ("case", &name)]).await;
    assert_eq!(got.code(), "not_at_the_door");
    assert!(got.text().contains("Two call-outs in March"), "the words come back: {}", got.text());
    assert_eq!(house.db_count("contributed").await, 0);
    house.close().await;
}

/// Shows: GATE-01.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_before_the_opening_is_kept_for_its_authors_turn_and_nobody_is_waited_for() {
    let house = House::gathered().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.paediatrician().accepts().await;
    let board = house.board().await;
    assert!(board.text.contains("Tom Ferris: accepted, not confirmed"), "{}", board.text);
    assert!(board.button("Remind").is_some() && board.button("Open now").is_some());

    let got = house.police().shares("Two call-outs in March").await;
    assert!(got.is_private());
    assert_eq!(got.code(), "not_open_yet");
    assert!(got.text().contains("Tom Ferris still has to confirm"), "{}", got.text());
    house.police().shares("A third in April").await;
    assert_eq!(house.db_count("contributed").await, 0);
    let others = house.chair().reads().into_iter().chain(house.paediatrician().reads());
    assert!(!others.into_iter().any(|message| message.text.contains("call-outs")), "nobody else sees it");

    house.chair().opens().await;
    assert!(!house.paediatrician().sees_the_room().await, "outside the door, and holding nobody up");
    house.goes_on_to(Stage::Sharing).await;
    for who in [Cast::SocialWorker, Cast::HealthVisitor] {
        house.who(who).finishes().await;
    }
    let released = house.police().presses("release", &[]).await;
    assert_eq!(released.code(), "contributed", "{}", released.text());
    assert!(house.room_has("Two call-outs in March\n\nA third in April").await, "nothing typed is lost");
    house.close().await;
}

/// Shows: GATE-04.
#[tokio::test(flavor = "multi_thread")]
async fn the_opening_names_the_child_and_the_reason_and_comes_after_the_door() {
    let house = House::gathered().await;
    assert!(!house.room_has("Quillfeather").await);
    house.chair().opens().await;
    let opening = house.room_posts().await.remove(0);
    assert!(opening.contains("convened to discuss Ellis Quillfeather, 12 March 2019"), "{opening}");
    assert!(opening.contains("A spiral fracture seen on the ward"), "{opening}");
    house.close().await;
}

/// Shows: TURN-01, TURN-02.
#[tokio::test(flavor = "multi_thread")]
async fn the_etiquette_stands_before_the_first_banner() {
    let house = House::at(Stage::Sharing).await;
    let posts = house.room_posts().await;
    let at = |words: &str| posts.iter().position(|post| post.contains(words)).unwrap_or_else(|| panic!("{words}"));
    assert!(at("**Here** ") < at("How we take turns") && at("How we take turns") < at("has the floor"));
    let etiquette = &posts[at("How we take turns")];
    assert!(etiquette.contains("Everyone will have an opportunity to share"), "{etiquette}");
    assert!(etiquette.contains("The chair names the agency and the person for each turn"), "{etiquette}");
    house.close().await;
}

/// Shows: GATE-08.
#[tokio::test(flavor = "multi_thread")]
async fn opening_without_a_required_partner_is_marked_and_never_refused() {
    let house = House::convened().await;
    for who in [Cast::TeamManager, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    let got = house.chair().opens().await;
    assert_eq!(got.code(), "not_quorate");
    assert!(house.room_has("Not quorate: missing police representative").await);
    assert!(house.minutes().await.contains("Not quorate: missing police representative"));
    house.close().await;

    let house = House::at(Stage::Open).await;
    assert!(house.room_has("**Quorate**").await);
    assert!(house.minutes().await.contains("Quorate"));
    house.close().await;
}

/// Shows: GATE-06, SES-11, SES-18.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_joiner_comes_in_by_the_door_and_the_time_is_minuted() {
    let house = House::convened().await;
    for who in [Cast::TeamManager, Cast::HealthVisitor] {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    house.chair().opens().await;
    assert!(house.room_has("**Not here** Child protection investigator, Larkshire Police").await);
    house.passes(17).await;
    let accepted = house.police().accepts().await;
    assert!(!house.police().sees_the_room().await);
    let door = house.police().presses_in(&accepted, "door", &[]).await;
    let confirmed = house.police().presses_in(&door, "confirm", &[]).await;
    assert!(!house.police().sees_the_room().await, "introduction comes before the room");
    house.police().presses_in(&confirmed, "introduce", &[("authorised", "yes"), ("basis", "")]).await;
    assert!(house.police().sees_the_room().await);
    assert!(house.room_has("Dana Okafor, Child protection investigator, Larkshire Police joined 10:17").await);
    assert!(house.minutes().await.contains("joined 10:17"));
    house.close().await;
}
