//! Somebody is missing: the partner's manager, the police's question about health, health's own challenge, and the duty
//! Detective Inspector.

use convenor::config::Config;
use convenor::domain::procedure::Level;
use convenor::domain::stage::Stage;

use crate::support::{CASE_WORDS, Cast, Got, House, PROCEDURES, section};

const SECTION: &str = "Professional challenge";

/// Convened, and opened with these of those who were asked.
async fn opened_with(procedure: &str, who: &[Cast]) -> (House, Got) {
    let house = House::under(procedure, "2026-12-07 10:00").await;
    house.enrols_as(Cast::SecondOfficer, "Police manager", Cast::Police, None).await;
    house.enrols_as(Cast::SchoolNurse, "Safeguarding nurse", Cast::SchoolNurse, None).await;
    house.is_convened().await;
    for who in [&[Cast::TeamManager], who].concat() {
        house.who(who).accepts().await;
        house.who(who).passes_the_door().await;
    }
    let opened = house.chair().opens().await;
    (house, opened)
}

fn told(house: &House, who: Cast, words: &str) -> usize {
    let messages = house.who(who).person.direct_messages().into_iter();
    messages.filter(|message| message.text.contains(words)).count()
}

async fn says_nothing_of_the_case(house: &House) {
    for post in house.posts_outside().await {
        assert!(CASE_WORDS.iter().all(|word| !post.text.contains(word)), "{}", post.text);
    }
}

/// Shows: DIS-07.
#[tokio::test(flavor = "multi_thread")]
async fn for_a_partner_who_did_not_come_their_manager_is_offered_and_what_was_chosen_stands_there() {
    for procedure in PROCEDURES {
        let (house, opened) = opened_with(procedure, &[Cast::HealthVisitor]).await;
        let offered = |got: &Got, words: &str| got.buttons().into_iter().find(|label| label.ends_with(words));
        assert!(offered(&opened, "tell their manager").is_some_and(|label| label.contains("olice")), "{procedure}");
        let undecided = section(&house.minutes().await, SECTION);
        assert!(
            undecided.contains("escalation to their manager was offered, and not used"),
            "{procedure}: {undecided}"
        );
        assert_eq!(told(&house, Cast::SecondOfficer, "did not come"), 0);
        let got = house.chair().presses_in(&opened, "escalate_absence", &[]).await;
        assert_eq!(got.code(), "absence_escalation", "{procedure}: {}", got.text());
        assert_eq!(
            told(&house, Cast::SecondOfficer, "a partner the procedure requires did not come"),
            1,
            "{procedure}"
        );
        let chosen = section(&house.minutes().await, SECTION);
        assert!(chosen.contains("escalated to their manager, 10:00, by Imogen Vale"), "{procedure}: {chosen}");
        let again = house.chair().presses_in(&opened, "escalate_absence", &[]).await;
        assert_eq!(again.code(), "already_done");
        says_nothing_of_the_case(&house).await;
        house.close().await;
    }
    let (house, opened) = opened_with("remote-format", &[Cast::HealthVisitor]).await;
    let got = house.chair().presses_in(&opened, "leave_absence", &[("why_not", "They join by telephone at two")]).await;
    assert_eq!(got.code(), "absence_escalation", "{}", got.text());
    let chosen = section(&house.minutes().await, SECTION);
    assert!(chosen.contains("not escalated, 10:00, by Imogen Vale; why: They join by telephone at two"), "{chosen}");
    assert_eq!(told(&house, Cast::SecondOfficer, "did not come"), 0);
    assert!(house.board().await.buttons().iter().all(|button| !button.label.contains("tell their manager")));
    house.close().await;
}

/// Shows: DIS-08.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_police_are_not_available_those_who_ring_the_inspector_are_told_and_anybody_logs_it() {
    let house = House::under("practice-guidance", "2026-12-07 10:00").await;
    house.enrols_as(Cast::Paediatrician, "Service manager", Cast::SocialWorker, None).await;
    house.is_convened().await;
    let stranger = house.social_worker().presses("police_unavailable", &[]).await;
    assert_eq!(stranger.code(), "police_unavailable", "{}", stranger.text());
    let asked = house.paediatrician().person.direct_messages().pop().expect("the service lead is told at once");
    assert!(asked.text.contains("speak at once with: duty Detective Inspector; number"), "{}", asked.text);
    assert_eq!(told(&house, Cast::TeamManager, "duty Detective Inspector"), 1, "and the team manager");
    assert_eq!(told(&house, Cast::Police, "duty Detective Inspector"), 0);
    house.passes(30).await;
    let said = [("spoke", ""), ("spoke_with", "DI Rees"), ("talked_at", "10.20"), ("result", "A sergeant at two")];
    let got = house.paediatrician().presses("police_talk", &said).await;
    assert_eq!(got.code(), "police_talk_logged", "{}", got.text());
    let said = [("spoke", "Imogen Vale"), ("spoke_with", ""), ("talked_at", ""), ("result", "They will come")];
    house.social_worker().presses("police_talk", &said).await;
    let minutes = section(&house.minutes().await, SECTION);
    for line in [
        "10:00: police unavailable, marked by Rowan Ashby",
        "10:20: Tom Ferris, Service manager, Larkshire Children's Services spoke with DI Rees; result: A sergeant at two",
        "Imogen Vale spoke with the duty Detective Inspector; result: They will come; logged by Rowan Ashby",
        "for Imogen Vale",
    ] {
        assert!(minutes.contains(line), "{line}: {minutes}");
    }
    says_nothing_of_the_case(&house).await;
    house.close().await;
}

/// Shows: DIS-08.
#[tokio::test(flavor = "multi_thread")]
async fn where_the_inspector_is_off_nothing_is_asked_and_an_authority_that_turns_it_on_has_all_of_it() {
    for procedure in PROCEDURES.into_iter().filter(|procedure| *procedure != "practice-guidance") {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        house.is_convened().await;
        assert!(house.board().await.button("Police unavailable").is_none(), "{procedure}: not asked here");
        house.close().await;

        let mut config = Config::built_in();
        let own = config.procedures.get_mut(procedure).expect("it ships");
        assert_eq!(own.levels.insert("DIS-08".to_owned(), Level::On), Some(Level::Off), "{procedure}: off as it ships");
        let house = House::configured(config, procedure).await;
        house.is_convened().await;
        assert!(house.board().await.button("Police unavailable").is_some(), "{procedure}");
        house.social_worker().presses("police_unavailable", &[]).await;
        assert_eq!(told(&house, Cast::TeamManager, "duty Detective Inspector"), 1, "{procedure}: at once");
        let said = [("spoke", ""), ("spoke_with", "DI Rees"), ("talked_at", "10.00"), ("result", "A sergeant at two")];
        let got = house.chair().presses("police_talk", &said).await;
        assert_eq!(got.code(), "police_talk_logged", "{procedure}: {}", got.text());
        let minutes = section(&house.minutes().await, SECTION);
        for line in
            ["10:00: police unavailable, marked by Rowan Ashby", "spoke with DI Rees; result: A sergeant at two"]
        {
            assert!(minutes.contains(line), "{procedure}: {line}: {minutes}");
        }
        house.close().await;
    }
}

/// Shows: DIS-09.
#[tokio::test(flavor = "multi_thread")]
async fn opened_without_health_the_police_are_asked_to_question_it_and_the_answer_is_minuted() {
    for procedure in PROCEDURES {
        let (house, _) = opened_with(procedure, &[Cast::Police]).await;
        assert_eq!(told(&house, Cast::Police, "health is not there. Please question that"), 1, "{procedure}");
        assert_eq!(told(&house, Cast::SocialWorker, "Please question that"), 0, "{procedure}");
        let silent = section(&house.minutes().await, SECTION);
        assert!(silent.contains("No question was put. Answer: no answer"), "{procedure}: {silent}");
        house.police().presses("question_health", &[("health_question", "Who examined the arm?")]).await;
        assert!(house.room_has("**Why is health missing?** asks Dana Okafor").await, "{procedure}");
        let given = [("text", "The paediatrician rings at noon")];
        house.chair().presses("prompt", &[&[("prompt", "health_questioned")][..], &given].concat()).await;
        let answered = section(&house.minutes().await, SECTION);
        for line in [
            "The session opened at 10:00 without health",
            "Question by Dana Okafor, 10:00: Who examined the arm?",
            "Answer: The paediatrician rings at noon",
        ] {
            assert!(answered.contains(line), "{procedure}: {line}: {answered}");
        }
        says_nothing_of_the_case(&house).await;
        house.close().await;
    }
    let house = House::at(Stage::Open).await;
    assert_eq!(told(&house, Cast::Police, "Please question that"), 0, "health is there");
    house.close().await;
}

/// Shows: DIS-09.
#[tokio::test(flavor = "multi_thread")]
async fn health_that_nobody_invited_is_marked_as_left_uninvited_and_questioned_the_same_way() {
    let uninvited = "without health, which was not invited.";
    for procedure in PROCEDURES {
        let house = House::under(procedure, "2026-12-07 10:00").await;
        let worker = house.social_worker();
        worker.registers().await;
        worker.lists_the_child().await;
        worker.convenes().await;
        worker.invites(Cast::Police).await;
        for who in [Cast::TeamManager, Cast::Police] {
            house.who(who).accepts().await;
            house.who(who).passes_the_door().await;
        }
        house.chair().opens().await;
        assert_eq!(told(&house, Cast::Police, "health is not there. Please question that"), 1, "{procedure}");
        let marked = section(&house.minutes().await, SECTION);
        assert!(marked.contains(uninvited), "{procedure}: {marked}");
        let why = [("health_question", "Why was nobody of health asked?")];
        house.police().presses("question_health", &why).await;
        let given = [("prompt", "health_questioned"), ("text", "In haste; the nurse is rung now")];
        house.chair().presses("prompt", &given).await;
        let answered = section(&house.minutes().await, SECTION);
        for line in [uninvited, "Why was nobody of health asked?", "Answer: In haste; the nurse is rung now"] {
            assert!(answered.contains(line), "{procedure}: {line}: {answered}");
        }
        house.close().await;
    }
    let (house, _) = opened_with("remote-format", &[Cast::Police]).await;
    let invited = section(&house.minutes().await, SECTION);
    assert!(invited.contains("without health.") && !invited.contains(uninvited), "{invited}");
    house.close().await;
}

/// Shows: DIS-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_health_role_that_was_left_out_challenges_it_and_sees_nothing_of_the_case() {
    for procedure in PROCEDURES {
        let (house, _) = opened_with(procedure, &[Cast::Police]).await;
        let nurse = house.who(Cast::SchoolNurse);
        let is_told = procedure == "audit-assured";
        assert_eq!(told(&house, Cast::SchoolNurse, "opened without health") == 1, is_told, "{procedure}");
        let why = "Nobody asked the named nurse";
        let got = if is_told {
            nurse.presses("file_challenge", &[("why", why)]).await
        } else {
            let case = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
            nurse.slash(&["challenge"], &[("case", &case), ("about", why)]).await
        };
        assert_eq!(got.code(), "challenge_filed", "{procedure}: {}", got.text());
        assert!(!nurse.sees_the_room().await, "{procedure}");
        assert_eq!(told(&house, Cast::TeamManager, "a role that was left out has challenged it"), 1, "{procedure}");
        let filed = section(&house.minutes().await, SECTION);
        for line in [
            "Who disagrees: Bela Marsh, Safeguarding nurse",
            "Type: health left out",
            "Why: Nobody asked the named nurse",
        ] {
            assert!(filed.contains(line), "{procedure}: {line}: {filed}");
        }
        assert!(
            CASE_WORDS.iter().all(|word| nurse.reads().iter().all(|seen| !seen.text.contains(word))),
            "{procedure}"
        );
        house.close().await;
    }
    let house = House::at(Stage::Open).await;
    house.enrols_as(Cast::SchoolNurse, "Safeguarding nurse", Cast::SchoolNurse, None).await;
    let case = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let got = house.who(Cast::SchoolNurse).slash(&["challenge"], &[("case", &case), ("about", "Me too")]).await;
    assert_eq!(got.code(), "not_seated", "health is there: {}", got.text());
    house.close().await;
}
