//! A discussion held first: who agreed, why not a meeting, and whether a meeting has to follow.

use convenor::domain::stage::Stage;

use crate::support::{Cast, Got, House, PROCEDURES, section};

const OPENED: &str = "2026-12-07 10:00";
/// The procedure that insists on the managers' agreement and on the reason.
const INSISTS: &str = "county-strategy-meetings";
const WITH_INDICATORS: &str = "practice-guidance";
const POLICE_MANAGER: &str = "police Detective Sergeant or Detective Inspector";

/// A discussion under a procedure, convened; what the convenor is answered.
async fn convened(procedure: &str) -> (House, Got) {
    let house = House::under(procedure, OPENED).await;
    let convenor = house.social_worker();
    convenor.registers().await;
    convenor.lists_the_child().await;
    let chair = house.account(Cast::TeamManager).to_string();
    let starts = house.moment(60);
    let given = [("form", "discussion"), ("starts", starts.as_str()), ("chair", chair.as_str())];
    let got = convenor.slash(&["strategy", "convene"], &given).await;
    for who in [Cast::Police, Cast::HealthVisitor] {
        house.social_worker().invites(who).await;
    }
    (house, got)
}

async fn opened(procedure: &str) -> House {
    let (house, _) = convened(procedure).await;
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    house
}

fn status(minutes: &str) -> String {
    minutes.lines().find(|line| line.contains("Status: ")).unwrap_or_default().to_owned()
}

/// Shows: REF-10.
#[tokio::test(flavor = "multi_thread")]
async fn with_one_agreement_the_discussion_opens_marked_and_with_both_the_minutes_say_who() {
    let (house, _) = convened(INSISTS).await;
    let visitor = house.health_visitor().presses("agree", &[]).await;
    assert_eq!(visitor.code(), "not_yours_to_agree", "{}", visitor.text());
    let constable = house.police().presses("agree", &[]).await;
    assert_eq!(constable.code(), "not_yours_to_agree", "without the rank: {}", constable.text());
    let manager = house.chair().presses("agree", &[]).await;
    assert_eq!(manager.code(), "agreement_given", "{}", manager.text());
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    let marked = format!("**Agreement not recorded:** {POLICE_MANAGER}");
    assert!(house.board().await.text.contains(&marked), "{}", house.board().await.text);
    let marked = format!("agreement not recorded: {POLICE_MANAGER}");
    assert!(status(&house.minutes().await).contains(&marked), "{}", status(&house.minutes().await));
    house.goes_on_to(Stage::ReadBack).await;
    let board = house.board().await.text;
    assert!(board.contains("**Still asked**") && board.contains("Agreement to a discussion first"), "{board}");
    let closed = house.chair().closes().await;
    assert!(closed.contains("• Agreement to a discussion first"), "{closed}");
    house.passes(1).await;

    let given = [("prompt", "managers_agreement"), ("police", "DI Hollis, 7 December 09:40")];
    house.social_worker().slash(&["chair", "prompt"], &given).await;
    let minutes = house.minutes().await;
    assert!(!status(&minutes).contains("agreement not recorded"), "{}", status(&minutes));
    let form = section(&minutes, "Form of session");
    assert!(form.contains("Imogen Vale, Team manager, Larkshire Children's Services, 7 December 2026 10:00"), "{form}");
    assert!(form.contains("DI Hollis, 7 December 09:40; by telephone, entered by Rowan Ashby"), "{form}");
    house.close().await;

    let (house, _) = convened(INSISTS).await;
    house.enrols_as(Cast::Police, Cast::Police.card().role, Cast::Police, Some("Detective Sergeant")).await;
    let sergeant = house.police().presses("agree", &[]).await;
    assert_eq!(sergeant.code(), "agreement_given", "{}", sergeant.text());
    let again = house.police().accepts().await;
    assert_eq!(again.code(), "seat_taken", "{}", again.text());
    let again = house.police().slash(&["strategy", "agree"], &[]).await;
    assert_eq!(again.code(), "already_done");
    let minutes = house.minutes().await;
    let form = section(&minutes, "Form of session");
    assert!(form.contains("Dana Okafor") && form.contains("(Detective Sergeant)"), "{form}");
    assert!(form.contains("Agreement of the social work team manager: not recorded"), "{form}");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_an_agreement_is_recorded_and_none_is_missed() {
    for procedure in PROCEDURES.into_iter().filter(|procedure| *procedure != INSISTS) {
        let house = opened(procedure).await;
        assert!(!house.board().await.text.contains("Agreement not recorded"), "{procedure}");
        let got = house.chair().slash(&["strategy", "agree"], &[]).await;
        assert_eq!(got.code(), "agreement_given", "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        assert!(section(&minutes, "Form of session").contains("Imogen Vale"), "{procedure}");
        assert!(!status(&minutes).contains("agreement not recorded"), "{procedure}");
        house.close().await;
    }
    let meeting = House::gathered().await;
    let got = meeting.chair().slash(&["strategy", "agree"], &[]).await;
    assert_eq!(got.code(), "no_agreement_needed");
    meeting.close().await;
}

/// Shows: REF-11.
#[tokio::test(flavor = "multi_thread")]
async fn why_not_a_meeting_is_asked_at_convening_and_stands_under_the_form_of_session() {
    const ASKED: &str = "Why a discussion and not a meeting";
    const REASON: &str = "The consultant leaves at noon";
    for procedure in PROCEDURES {
        let (house, got) = convened(procedure).await;
        assert_eq!(got.buttons().iter().any(|label| label == ASKED), procedure == INSISTS, "{procedure}");
        if procedure == INSISTS {
            assert!(house.board().await.text.contains(ASKED), "{}", house.board().await.text);
            let given = [("prompt", "discussion_reason"), ("text", REASON)];
            house.social_worker().presses_in(&got, "prompt", &given).await;
        } else {
            let given = [("prompt", "discussion_reason"), ("text", REASON)];
            house.social_worker().slash(&["chair", "prompt"], &given).await;
        }
        let minutes = house.minutes().await;
        assert!(section(&minutes, "Form of session").contains(REASON), "{procedure}");
        house.close().await;
    }
}

const REQUIRED: &str = "Is a strategy meeting required?";

/// Shows: REF-12.
#[tokio::test(flavor = "multi_thread")]
async fn whether_a_meeting_is_required_is_asked_before_a_discussion_closes() {
    for procedure in PROCEDURES {
        let insists = [INSISTS, WITH_INDICATORS].contains(&procedure);
        let house = opened(procedure).await;
        house.goes_on_to(Stage::Deciding).await;
        let asked = house.chair().presses("prompts", &[]).await.buttons();
        assert_eq!(asked.iter().any(|label| label == REQUIRED), insists, "{procedure}: {asked:?}");
        let closed = house.chair().closes().await;
        assert_eq!(closed.contains(&format!("• {REQUIRED}")), insists, "{procedure}: {closed}");
        assert!(status(&house.minutes().await).contains("incomplete"), "{procedure}");
        house.close().await;

        let house = opened(procedure).await;
        house.goes_on_to(Stage::Deciding).await;
        let answer = [
            ("prompt", "strategy_meeting_required"),
            ("required", "no"),
            ("indicator", "none"),
            ("text", "One household, and nothing points beyond it"),
        ];
        let got = house.chair().slash(&["chair", "prompt"], &answer).await;
        assert_eq!(got.code(), "entered", "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        assert!(minutes.contains("One household, and nothing points beyond it"), "{procedure}");
        let answered = minutes.lines().any(|line| line.contains(REQUIRED) && line.ends_with(" no"));
        assert!(answered, "{procedure}: {minutes}");
        let closed = house.chair().closes().await;
        assert!(!closed.contains(REQUIRED), "{procedure}: {closed}");
        house.close().await;
    }
}

/// Shows: REF-13.
#[tokio::test(flavor = "multi_thread")]
async fn exactly_the_four_indicators_and_none_are_offered_and_the_first_two_show_their_procedure() {
    let house = opened(WITH_INDICATORS).await;
    house.goes_on_to(Stage::Deciding).await;
    let prompt = ("prompt", "strategy_meeting_required");
    let list = house.chair().slash(&["chair", "prompt"], &[prompt, ("required", "yes")]).await;
    let list = list.response.message().expect("a list is shown").selects().remove(0);
    let offered: Vec<_> = list.choices.iter().map(|choice| choice.label.as_str()).collect();
    let four_and_none = [
        "Organised or multiple abuse",
        "Fabricated or induced illness",
        "Complex concerns",
        "Child death with child protection concerns and surviving siblings or other vulnerable children",
        "None",
    ];
    assert_eq!(offered, four_and_none);
    assert_eq!(list.most, 5, "several can be ticked");

    let links = ["procedure for organised and multiple abuse", "procedure for fabricated or induced illness"];
    let ticked = [
        ("organised_or_multiple_abuse,complex_concerns", [true, false]),
        ("fabricated_or_induced_illness", [false, true]),
        ("organised_or_multiple_abuse,fabricated_or_induced_illness,complex_concerns,child_death", [true, true]),
        ("complex_concerns,child_death", [false, false]),
    ];
    for (codes, shown) in ticked {
        let answer = [prompt, ("required", "yes"), ("indicator", codes), ("text", "Several families are named")];
        let got = house.chair().slash(&["chair", "prompt"], &answer).await;
        assert_eq!(links.map(|link| got.text().contains(link)), shown, "{codes}: {}", got.text());
    }
    let minutes = house.minutes().await;
    assert!(minutes.contains("Complex concerns; Child death with child protection concerns"), "{minutes}");
    assert!(minutes.contains("Several families are named"));
    house.close().await;
}

/// Shows: INV-24.
#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_held_virtually_has_its_reason_and_whether_one_face_to_face_follows() {
    const ASKED: &str = "A meeting held virtually";
    for procedure in PROCEDURES {
        let house = House::under(procedure, OPENED).await;
        house.gathers().await;
        let asked = house.chair().presses("prompts", &[]).await.buttons();
        assert_eq!(asked.iter().any(|label| label == ASKED), procedure == INSISTS, "{procedure}: {asked:?}");
        house.chair().opens().await;
        let closed = house.chair().closes().await;
        assert_eq!(closed.contains(&format!("• {ASKED}")), procedure == INSISTS, "{procedure}: {closed}");
        house.has_drafted().await;
        let answer = [
            ("prompt", "form_of_session"),
            ("virtual_meeting_reason", "Snow has closed the roads"),
            ("face_to_face_to_follow", "yes"),
        ];
        let got = house.chair().slash(&["chair", "prompt"], &answer).await;
        assert_eq!(got.code(), "entered", "{procedure}: {}", got.text());
        let minutes = house.minutes().await;
        let form = section(&minutes, "Form of session");
        assert!(form.contains("Snow has closed the roads"), "{procedure}: {form}");
        assert!(form.contains("Will a face-to-face meeting follow? yes"), "{procedure}: {form}");
        house.close().await;
    }
    let in_person = House::under(INSISTS, OPENED).await;
    in_person.social_worker().registers().await;
    let given = [("form", "meeting"), ("held", "in_person")];
    let got = in_person.social_worker().slash(&["strategy", "convene"], &given).await;
    assert!(!got.buttons().iter().any(|label| label == ASKED), "{:?}", got.buttons());
    in_person.close().await;
}
