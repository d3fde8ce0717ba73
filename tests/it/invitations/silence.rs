//! Nobody answers: how long that is waited for, and what is done then (INV-17, INV-32).

use convenor::app::ports::Agency;
use convenor::domain::ids::AccountId;
use convenor::domain::people::{AgencyContacts, AgencyKind, Person};

use super::answering::told;
use crate::support::{CASE_WORDS, Cast, House, MailServer, section};

const SILENT: &str = "Health has not answered";

/// The hospital's paediatrician is a safeguarding nurse in this house.
async fn has_a_safeguarding_nurse(house: &House) {
    let card = Cast::Paediatrician.card();
    let nurse = Person {
        account: Some(AccountId(house.account(Cast::Paediatrician).0)),
        name: card.name.to_owned(),
        role: "Named nurse".to_owned(),
        role_code: "safeguarding_nurse".to_owned(),
        agency: card.agency.to_owned(),
        agency_kind: AgencyKind::Health,
        rank: None,
    };
    house.store.enrol(&nurse).await.expect("the nurse is enrolled");
}

/// Shows: INV-17.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_health_visitor_can_be_taken_to_the_safeguarding_nurses() {
    let house = House::under("audit-assured", "2026-12-07 10:00").await;
    has_a_safeguarding_nurse(&house).await;
    house.is_convened().await;
    house.chair().accepts().await;
    house.passes(119).await;
    assert_eq!(told(&house, Cast::TeamManager, SILENT), 0);
    house.passes(1).await;
    let asked = house.chair().person.direct_messages().pop().expect("the chair hears");
    let labels: Vec<_> = asked.buttons().into_iter().map(|button| button.label).collect();
    assert_eq!(labels, ["Tell the Safeguarding Nurses", "Tell the manager"], "{}", asked.text);
    let got = house.chair().presses("escalate", &[("step", "safeguarding_nurses")]).await;
    assert_eq!(got.code(), "invitation_escalated", "{}", got.text());
    let heard = house.paediatrician().person.direct_messages().pop().expect("the role is told");
    assert!(heard.text.contains("Health was invited 7 December 2026 10:00"), "{}", heard.text);
    let again = house.chair().presses("escalate", &[("step", "safeguarding_nurses")]).await;
    assert_eq!(again.code(), "already_done");
    let annex = section(&house.minutes().await, "Audit annex");
    assert!(annex.contains("the Safeguarding Nurses told") && annex.contains("by Imogen Vale"), "{annex}");
    for post in house.posts_outside().await {
        assert!(CASE_WORDS.iter().all(|word| !post.text.contains(word)), "{}", post.text);
    }
    house.close().await;
}

/// Shows: INV-32.
#[tokio::test(flavor = "multi_thread")]
async fn an_agency_that_named_a_deputy_and_an_escalation_contact_has_them_asked_first() {
    let house = House::under("seven-minute-briefing", "2026-12-07 10:00").await;
    let card = Cast::HealthVisitor.card();
    let account = |cast| Some(AccountId(house.account(cast).0));
    let contacts = AgencyContacts { deputy: account(Cast::Paediatrician), escalation: account(Cast::HealthVisitor) };
    let channel = Some(house.duty_channel(Cast::HealthVisitor).to_string());
    let team = Agency { contacts, ..Agency::new(card.agency, card.kind, channel) };
    house.store.save_agency(&team).await.expect("the team is kept");
    let kept = house.store.agencies().await.expect("the directory can be read");
    assert!(kept.contains(&team), "{kept:?}");
    house.is_convened().await;
    house.chair().accepts().await;
    house.passes(120).await;
    let asked = house.chair().person.direct_messages().pop().expect("the chair hears");
    let labels: Vec<_> = asked.buttons().into_iter().map(|button| button.label).collect();
    let offered = ["the agency's deputy", "the agency's escalation contact", "the manager"];
    assert_eq!(labels, offered.map(|who| format!("Tell {who}")), "{}", asked.text);
    assert_eq!(told(&house, Cast::Paediatrician, "Health was invited"), 0);
    let got = house.chair().presses("escalate", &[("step", "deputy")]).await;
    assert_eq!(got.code(), "invitation_escalated", "{}", got.text());
    assert_eq!(told(&house, Cast::Paediatrician, "Health was invited"), 1, "the deputy alone");
    assert_eq!(told(&house, Cast::HealthVisitor, "Health was invited"), 0);
    house.chair().presses("escalate", &[("step", "escalation")]).await;
    assert_eq!(told(&house, Cast::HealthVisitor, "Health was invited"), 1);
    let annex = section(&house.minutes().await, "Audit annex");
    assert!(
        annex.contains("the agency's deputy told") && annex.contains("the agency's escalation contact told"),
        "{annex}"
    );
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_the_next_step_is_the_manager_and_an_answer_ends_the_wait() {
    let house = House::convened().await;
    house.chair().accepts().await;
    house.police().accepts().await;
    house.passes(120).await;
    assert_eq!(told(&house, Cast::TeamManager, "Police has not answered"), 0);
    let asked = house.chair().person.direct_messages().pop().expect("the chair hears of the others");
    let labels: Vec<_> = asked.buttons().into_iter().map(|button| button.label).collect();
    assert_eq!(labels, ["Tell the manager"], "{}", asked.text);
    house.passes(24 * 60).await;
    assert_eq!(told(&house, Cast::TeamManager, SILENT), 1, "it is said once");
    house.close().await;
}

/// The health visitors' team has a mailbox, and nobody of it works at this hour.
async fn nobody_is_on_duty(house: &House) {
    let card = Cast::HealthVisitor.card();
    let hours = Some("12:00-13:00".parse().expect("hours"));
    let channel = Some(house.duty_channel(Cast::HealthVisitor).to_string());
    let mailbox = Some("health.visitors@example.org".to_owned());
    let team = Agency { mailbox, hours, ..Agency::new(card.agency, card.kind, channel) };
    house.store.save_agency(&team).await.expect("the team is kept");
}

/// Shows: INV-32.
#[tokio::test(flavor = "multi_thread")]
async fn a_team_without_anybody_on_duty_gets_a_notice_without_content() {
    let server = MailServer::open().await;
    let house = House::with_mail("remote-format", "2026-12-07 10:00", &server).await;
    nobody_is_on_duty(&house).await;
    house.is_convened().await;
    let code_name = house.store.cases().await.expect("the store can be read").remove(0).code_name.0;
    let mails = server.mails();
    assert_eq!(mails.len(), 1, "the police are on duty: {mails:?}");
    let (headers, text) = mails[0].split_once("\n\n").expect("headers and a text");
    assert!(headers.contains("To: health.visitors@example.org"), "{headers}");
    assert!(headers.contains(&format!("Subject: {code_name}: please answer an invitation")), "{headers}");
    let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    let how = [
        "To answer, open your team's duty channel in the chat",
        "and press the button on the invitation, or ring the convenor.",
    ];
    let said = [code_name.as_str(), "Time: 7 December 2026 11:00", "Convenor: Rowan Ashby"];
    assert_eq!(lines, [said.as_slice(), how.as_slice()].concat(), "and nothing else");
    assert_eq!(house.db_count("mailbox_notified").await, 1);
    let annex = section(&house.minutes().await, "Audit annex");
    assert!(annex.contains("notice to the mailbox"), "{annex}");
    house.close().await;
}

/// Shows: INV-32.
#[tokio::test(flavor = "multi_thread")]
async fn the_next_step_comes_after_a_quarter_of_the_time_to_the_hold_by_or_after_two_hours() {
    // The same day, so four hours are left.
    for (procedure, opened, wait) in
        [("practice-guidance", "2026-12-07 19:59", 60), ("remote-format", "2026-12-07 10:00", 120)]
    {
        let server = MailServer::open().await;
        let house = House::with_mail(procedure, opened, &server).await;
        nobody_is_on_duty(&house).await;
        house.is_convened().await;
        house.chair().accepts().await;
        assert_eq!(server.mails().len(), 1);
        house.passes(wait - 1).await;
        assert_eq!(house.db_count("invitation_unanswered").await, 0, "{procedure}");
        house.passes(1).await;
        assert_eq!(told(&house, Cast::TeamManager, SILENT), 1, "{procedure}");
        // The police were asked as well.
        assert_eq!(house.db_count("invitation_unanswered").await, 2, "{procedure}");
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_no_mailbox_takes_is_told_and_recorded() {
    let server = MailServer::refusing().await;
    let house = House::with_mail("remote-format", "2026-12-07 10:00", &server).await;
    nobody_is_on_duty(&house).await;
    house.is_convened().await;
    let heard = "the notice to the mailbox of Health could not be delivered";
    assert_eq!(told(&house, Cast::SocialWorker, heard), 1);
    let annex = section(&house.minutes().await, "Audit annex");
    assert!(annex.contains("the notice to the mailbox could not be delivered, 10:00"), "{annex}");
    assert_eq!(server.mails().len(), 0);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_gone_holds_nothing_up() {
    let server = MailServer::open().await;
    let house = House::with_mail("remote-format", "2026-12-07 10:00", &server).await;
    drop(server);
    nobody_is_on_duty(&house).await;
    house.is_convened().await;
    house.health_visitor().accepts().await;
    assert!(house.board().await.text.contains("Priya Nandy"), "the case goes on");
    house.close().await;
}
