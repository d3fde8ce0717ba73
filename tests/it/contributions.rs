//! What is said of a contribution besides its words, and all of them read together.

use convenor::domain::stage::Stage;

use crate::support::{Cast, Got, House, PROCEDURES};

const PARTNER: &str = "Consultant paediatrician, Larkshire General Hospital";

/// The turn of a paediatrician nobody came as; social care may share for them.
async fn in_an_absent_partners_turn() -> House {
    let house = House::gathered().await;
    house.social_worker().invites(Cast::Paediatrician).await;
    house.chair().opens().await;
    let absent = house.social_worker().picks(&["strategy", "absent"], "who", "Consultant paediatrician").await;
    let worker = house.social_worker().picks(&["strategy", "absent"], "who", "Rowan Ashby").await;
    house.chair().slash(&["chair", "order"], &[("order", &format!("{absent},{worker}"))]).await;
    house.goes_on_to(Stage::Sharing).await;
    house
}

/// A part of a table of the minutes: the lines that hold these words.
fn lines_with<'a>(minutes: &'a str, words: &str) -> Vec<&'a str> {
    minutes.lines().filter(|line| line.contains(words)).collect()
}

/// Shows: TURN-14.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_source_it_is_saved_marked_and_asked_for_again_before_the_record_goes_out() {
    let house = in_an_absent_partners_turn().await;
    let shared = house.social_worker().shares("The fracture is three days old").await;
    assert_eq!(shared.code(), "source_not_stated");
    assert!(shared.text().contains("marked “source not stated”"), "{}", shared.text());
    let mark = format!("shared by social care on behalf of {PARTNER}");
    assert!(house.room_has(&mark).await && house.room_has("**source not stated**").await);
    let minutes = house.minutes().await;
    let line = lines_with(&minutes, "shared by social care on behalf of").concat();
    assert!(line.contains(PARTNER) && line.contains("source not stated"), "{line}");

    assert!(house.chair().closes().await.contains("Source not stated: item 1"));
    house.has_drafted().await;
    let again = house.room_messages().await.into_iter().rfind(|post| post.text.contains("asked once more"));
    let again = again.expect("what is open is asked again");
    assert!(again.text.contains("Source not stated") && again.button("Name the source of item 1").is_some());
    let given = [("source_name", "Dr Ferris"), ("source_by", "by telephone at 10:40")];
    assert_eq!(house.social_worker().presses("source", &given).await.code(), "source_stated");
    let half = house.minutes().await;
    assert!(half.contains("source not stated"), "the agency of the source is still missing");
    let given = [("source_agency", "Larkshire General Hospital"), ("source_role", "Consultant paediatrician")];
    house.social_worker().presses("source", &given).await;
    let minutes = house.minutes().await;
    let line = lines_with(&minutes, "shared by social care on behalf of").concat();
    assert!(line.contains(&format!("Dr Ferris, {PARTNER} (by telephone at 10:40); shared by Rowan Ashby")), "{line}");
    assert!(!line.contains("source not stated"), "{line}");
    let refused = house.police().presses("source", &given).await;
    assert_eq!(refused.code(), "for_chair_or_recorder");
    house.close().await;
}

/// Shows: TURN-15.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_held_stands_in_the_contributors_table() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Seen at home on Friday").await;
    house.social_worker().finishes().await;
    house.health_visitor().presses("nothing_held", &[]).await;
    let minutes = house.minutes().await;
    let table = minutes.split("Who contributed").nth(1).expect("the table of contributors");
    let row = table.lines().find(|line| line.contains("Priya Nandy")).expect("an answer, and not silence");
    assert!(row.contains("Larkshire Community Health") && row.contains("Nothing held"), "{row}");
    house.close().await;
}

/// Shows: INFO-14.
#[tokio::test(flavor = "multi_thread")]
async fn declared_chronologies_are_a_column_of_the_contributors_table() {
    let house = House::at(Stage::Sharing).await;
    let share = |declared| [("current", "As the notes have it"), ("chronology", declared)];
    house.social_worker().slash(&["share"], &share("declared")).await;
    house.social_worker().finishes().await;
    house.health_visitor().slash(&["share"], &share("none")).await;
    house.health_visitor().finishes().await;
    house.police().shares("Two call-outs in March").await;
    let minutes = house.minutes().await;
    let table = minutes.split("Who contributed").nth(1).expect("the table of contributors");
    let header = table.lines().find(|line| line.contains('|')).expect("it has headers");
    assert!(header.contains("Chronology"), "{header}");
    let row = |who: &str| table.lines().find(|line| line.contains(who)).unwrap_or_default();
    assert!(row("Rowan Ashby").contains("Yes, we hold one"), "{table}");
    assert!(row("Priya Nandy").contains("None") && row("Dana Okafor").contains("not stated"), "{table}");
    house.close().await;
}

/// Shows: INFO-14.
#[tokio::test(flavor = "multi_thread")]
async fn a_chronology_can_be_attached_to_what_is_shared_and_one_said_to_be_is_asked_for() {
    for procedure in PROCEDURES {
        let house = House::under_at(procedure, Stage::Sharing).await;
        let attached = [("current", "Bruised"), ("chronology", "attached")];
        let entries = "3 March 2026: seen bruised at nursery. 9 June 2026: left alone overnight.";
        house.social_worker().slash(&["share"], &[attached[0], attached[1], ("chronology_text", entries)]).await;
        house.social_worker().finishes().await;
        house.health_visitor().slash(&["share"], &attached).await;
        house.health_visitor().finishes().await;
        let minutes = house.minutes().await;
        let row = minutes.lines().find(|line| line.contains("| Rowan Ashby") && line.contains("attached"));
        assert!(row.is_some_and(|row| row.contains("Yes, and it is attached")), "{procedure}: {minutes}");
        assert!(minutes.contains(&format!("The chronology, if attached: {entries}")), "{procedure}: {minutes}");
        let open = house.chair().closes().await;
        let is_open = open.contains("Chronology: Priya Nandy (The chronology, if attached)");
        assert_eq!(is_open, procedure == "audit-assured", "{procedure}: {open}");
        assert!(!open.contains("Chronology: Rowan Ashby"), "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: INFO-14.
#[tokio::test(flavor = "multi_thread")]
async fn where_each_agency_has_to_say_yes_or_no_a_blank_about_its_chronology_is_a_gap_and_open() {
    for (procedure, insists) in [("audit-assured", true), ("remote-format", false)] {
        let house = House::under_at(procedure, Stage::Sharing).await;
        house.social_worker().slash(&["share"], &[("current", "Bruised"), ("chronology", "none")]).await;
        house.social_worker().finishes().await;
        house.health_visitor().shares("Seen well in March").await;
        house.health_visitor().finishes().await;
        house.goes_on_to(Stage::Risk).await;
        let gaps = house.room_posts().await.into_iter().find(|post| post.contains("Not answered in the round"));
        let gaps = gaps.unwrap_or_default();
        assert_eq!(gaps.contains("Chronology: Priya Nandy"), insists, "{procedure}: {gaps}");
        assert!(!gaps.contains("Chronology: Rowan Ashby"), "{procedure}: none is an answer: {gaps}");
        let open = house.chair().closes().await;
        assert_eq!(open.contains("Chronology: Priya Nandy"), insists, "{procedure}: {open}");
        assert!(!open.contains("Chronology: Rowan Ashby"), "{procedure}: {open}");
        house.close().await;
    }
}

/// Shows: INFO-27.
#[tokio::test(flavor = "multi_thread")]
async fn a_speaker_marks_what_they_said_and_the_mark_prints_beside_the_line() {
    let house = House::at(Stage::Sharing).await;
    let shared = house.social_worker().shares("The neighbour heard crying on Sunday").await;
    assert!(shared.buttons().ends_with(&["Fact", "Reported by another", "Professional opinion"].map(str::to_owned)));
    let marked = house.social_worker().presses_in(&shared, "mark", &[("nature", "reported")]).await;
    assert_eq!(marked.code(), "contribution_marked");
    assert!(house.room_has("is marked: reported by another").await);
    let minutes = house.minutes().await;
    let line = lines_with(&minutes, "The neighbour heard crying").concat();
    assert!(line.contains("Present concerns and relevant information (reported by another)"), "{line}");
    house.close().await;
}

/// The text of the whole, part by part.
async fn read_together(house: &House, who: Cast) -> Vec<String> {
    let mut shown: Got = house.who(who).presses("digest", &[]).await;
    let mut parts = vec![shown.text().to_owned()];
    while shown.buttons() == ["Read on"] {
        assert!(shown.is_private());
        shown = house.who(who).presses_in(&shown, "digest", &[]).await;
        parts.push(shown.text().to_owned());
    }
    parts
}

/// Shows: INFO-26.
#[tokio::test(flavor = "multi_thread")]
async fn before_the_risk_the_evidence_is_drawn_together_in_three_lines_and_read_whole_by_agency() {
    let house = House::at(Stage::Sharing).await;
    house.social_worker().shares("Seen at home on Friday").await;
    house.social_worker().shares("And again on Sunday").await;
    house.social_worker().finishes().await;
    house.health_visitor().presses("nothing_held", &[]).await;
    house.police().shares("Two call-outs in March").await;
    house.goes_on_to(Stage::Questions).await;
    house.police().asks("Was it photographed?", Some(Cast::SocialWorker)).await;
    house.goes_on_to(Stage::Risk).await;
    let digest = house.room_posts().await.into_iter().find(|post| post.starts_with("**Risk.**"));
    let digest = digest.expect("it comes with the stage");
    assert!(digest.lines().count() <= 3, "{digest}");
    assert!(
        digest.contains("3 contributions from 3 agencies: Larkshire Children's Services, Larkshire Community Health")
    );
    assert!(!digest.contains("call-outs"), "the whole is behind its button: {digest}");
    let whole = read_together(&house, Cast::HealthVisitor).await.join("\n");
    let at = |words: &str| whole.find(words).unwrap_or_else(|| panic!("{words}: {whole}"));
    assert!(at("Rowan Ashby") < at("Priya Nandy") && at("Priya Nandy") < at("Dana Okafor"), "{whole}");
    for (who, times) in [("Rowan Ashby", 1), ("Priya Nandy", 1), ("Dana Okafor", 1), ("Nothing held", 1)] {
        assert_eq!(whole.matches(who).count(), times, "{who}: {whole}");
    }
    for words in ["Seen at home on Friday", "And again on Sunday", "Two call-outs in March"] {
        assert!(at(words) > 0);
    }
    house.close().await;
}

/// Shows: INFO-26.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_limited_to_some_is_in_their_reading_alone() {
    let house = House::at(Stage::Sharing).await;
    let plan = "Arrest planned for half past four";
    house.social_worker().slash(&["share"], &[("current", plan), ("readers", "chair_police")]).await;
    house.goes_on_to(Stage::Risk).await;
    assert!(read_together(&house, Cast::Police).await.concat().contains(plan));
    assert!(!read_together(&house, Cast::HealthVisitor).await.concat().contains(plan));
    assert!(!house.room_has(plan).await);
    house.close().await;
}

/// Numbered sentences, about so many characters of them.
fn sentences(of: &str, characters: usize) -> Vec<String> {
    let sentence = |n: usize| format!("This is sentence {n} of the {of}, and it says what was seen on that day!");
    let mut written = 0;
    let long_enough = |sentence: &String| {
        written += sentence.len() + 1;
        written <= characters
    };
    (1..).map(sentence).take_while(long_enough).collect()
}

/// Twenty thousand characters: five parts of four thousand, as many as a form takes.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_contribution_is_posted_over_messages_that_break_no_sentence() {
    let house = House::at(Stage::Sharing).await;
    let keys = ["current", "history", "views", "child_perspective", "lived_experience"];
    let parts: Vec<_> = keys.iter().map(|key| (*key, sentences(key, 4_000))).collect();
    let texts: Vec<_> = parts.iter().map(|(key, said)| (*key, said.join(" "))).collect();
    assert!(texts.iter().map(|(_, text)| text.len()).sum::<usize>() > 19_000);
    let given: Vec<_> = texts.iter().map(|(key, text)| (*key, text.as_str())).collect();
    let shared = house.social_worker().slash(&["share"], &given).await;
    assert_eq!(shared.code(), "contributed");
    let posts = house.room_posts().await;
    assert!(posts.iter().all(|post| post.chars().count() <= 2_000));
    let said: Vec<_> = parts.iter().flat_map(|(_, said)| said).collect();
    let found: Vec<_> =
        said.iter().map(|sentence| posts.iter().position(|post| post.contains(sentence.as_str()))).collect();
    assert!(found.iter().all(Option::is_some), "every sentence is whole in a message");
    assert!(found.is_sorted(), "and in its order");
    let minutes = house.minutes().await;
    assert!(texts.iter().all(|(_, text)| minutes.contains(text.as_str())), "the record has it as it was said");

    house.goes_on_to(Stage::Risk).await;
    let whole = read_together(&house, Cast::Police).await;
    assert!(whole.len() > 10 && whole.iter().all(|part| part.chars().count() <= 2_000));
    assert!(said.iter().all(|sentence| whole.iter().any(|part| part.contains(sentence.as_str()))));
    house.close().await;
}

/// What doesn't fit into one private answer goes on in others that nobody else sees.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_contribution_that_is_refused_comes_back_whole_to_its_author_alone() {
    let house = House::at(Stage::Sharing).await;
    let said = [sentences("current", 4_000), sentences("history", 4_000)];
    let [current, history] = said.each_ref().map(|said| said.join(" "));
    let refused = house.police().slash(&["share"], &[("current", &current), ("history", &history)]).await;
    assert_eq!(refused.code(), "not_your_turn");
    house.settle().await;
    let holds_any = |text: &str| said.iter().flatten().any(|sentence| text.contains(sentence.as_str()));
    let posts: Vec<_> = house.workspace.posts().into_iter().filter(|post| holds_any(&post.text)).collect();
    let author = house.account(Cast::Police);
    assert!(posts.iter().all(|post| post.ephemeral && post.private_to == Some(author)));
    assert!(posts.len() > 3 && posts.iter().all(|post| post.text.chars().count() <= 2_000));
    let is_back = |sentence: &String| posts.iter().any(|post| post.text.contains(sentence.as_str()));
    assert!(said.iter().flatten().all(is_back), "every sentence is whole in a message");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sharing_by_the_boards_form_is_the_same_as_by_the_command() {
    let house = House::at(Stage::Sharing).await;
    let given = [("current", "Seen at home on Friday"), ("history", "Known since March")];
    assert_eq!(house.social_worker().presses("share", &given).await.code(), "contributed");
    let posted = house.room_posts().await.into_iter().find(|post| post.contains("Seen at home on Friday"));
    assert!(posted.is_some_and(|post| post.contains("Known since March") && post.contains("Rowan Ashby")));
    house.close().await;
}
