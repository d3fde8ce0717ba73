//! The ordinary tables: people, agencies, receipts, timers, pinned texts.

use convenor::app::ports::{Agency, Commit, Committed, Receipt, ReceiptResult, StoreError, Timer, TimerChange};
use convenor::domain::ids::AccountId;
use convenor::domain::people::{AgencyContacts, AgencyKind, Person};

use super::bench::{Bench, at, commit, open_case, receipt};

fn person(account: Option<u64>) -> Person {
    Person {
        account: account.map(AccountId),
        name: "Amara Quill".to_owned(),
        role: "Consultant paediatrician".to_owned(),
        role_code: "paediatrician".to_owned(),
        agency: "St Elsewhere".to_owned(),
        agency_kind: AgencyKind::Health,
        rank: None,
    }
}

/// SEC-04: a person is who the administrator says, and the last word stands.
pub async fn people_and_agencies_are_found_as_entered(bench: Bench) {
    let store = bench.open().await;
    let mut amara = person(Some(u64::MAX));
    store.enrol(&amara).await.expect("she is enrolled");
    amara.rank = Some("Lead".to_owned());
    amara.agency_kind = AgencyKind::SocialCare;
    store.enrol(&amara).await.expect("she is enrolled anew");
    assert_eq!(store.enrolled(AccountId(u64::MAX)).await.expect("a look"), Some(amara.clone()));
    assert_eq!(store.enrolled(AccountId(1)).await.expect("a look"), None);
    assert_eq!(store.enrolments().await.expect("everybody"), [amara]);

    let mut agency = Agency::new("St Elsewhere", AgencyKind::Health, None);
    store.save_agency(&agency).await.expect("it is saved");
    agency.duty_channel = Some("123".to_owned());
    agency.mailbox = Some("duty@st-elsewhere.example".to_owned());
    agency.hours = Some("08:30-17:00".parse().expect("hours"));
    agency.contacts = AgencyContacts { deputy: Some(AccountId(7)), escalation: Some(AccountId(u64::MAX)) };
    store.save_agency(&agency).await.expect("it is saved anew");
    assert_eq!(store.agencies().await.expect("all of them"), [agency]);
}

/// On every server alike, whatever language it was set up for.
pub async fn texts_sort_by_their_bytes(bench: Bench) {
    let store = bench.open().await;
    for name in ["Éire", "a", "Z", "B b", "Bb"] {
        let agency = Agency::new(name, AgencyKind::Other, None);
        store.save_agency(&agency).await.expect("it is saved");
    }
    let names: Vec<String> = store.agencies().await.expect("all").into_iter().map(|agency| agency.name).collect();
    assert_eq!(names, ["B b", "Bb", "Z", "a", "Éire"]);
}

pub async fn a_guest_without_an_account_is_not_enrolled(bench: Bench) {
    let store = bench.open().await;
    assert!(matches!(store.enrol(&person(None)).await, Err(StoreError::NoAccount)));
}

pub async fn a_refusal_is_recorded_once(bench: Bench) {
    let store = bench.open().await;
    let refused =
        Receipt { case: None, result: ReceiptResult::Refused, code: "not_seated".to_owned(), ..receipt("press") };
    assert_eq!(store.record_receipt(&refused).await.expect("it is recorded"), Committed::Done);
    assert_eq!(store.record_receipt(&receipt("press")).await.expect("a look"), Committed::Duplicate);
    assert_eq!(store.receipt("press").await.expect("a look"), Some(refused));
}

pub async fn a_timer_is_due_until_cleared_and_replaced_by_name(bench: Bench) {
    let store = bench.open().await;
    let case = open_case(&*store, "one", 0).await;
    let change = async |timers: Vec<TimerChange>| {
        let changing = Commit { timers, ..commit("one", 0) };
        store.commit(changing).await.expect("timers are taken");
    };
    let set = |name: &str, minute| TimerChange::Set { name: name.to_owned(), at: at(minute) };
    change(vec![set("circulation", 20), set("mailbox", 10), set("circulation", 5)]).await;
    let timer = |name: &str, minute| Timer { case: case.clone(), name: name.to_owned(), at: at(minute) };
    assert_eq!(store.next_timer().await.expect("the next"), Some(at(5)));
    assert_eq!(store.due_timers(at(4)).await.expect("none"), []);
    assert_eq!(store.due_timers(at(10)).await.expect("both"), [timer("circulation", 5), timer("mailbox", 10)]);
    let name = "circulation".to_owned();
    change(vec![TimerChange::Clear { name }]).await;
    assert_eq!(store.due_timers(at(59)).await.expect("one"), [timer("mailbox", 10)]);
}

pub async fn a_pinned_text_is_kept_once(bench: Bench) {
    let store = bench.open().await;
    for (name, text) in [("one", "as pinned"), ("two", "never taken: the digest is known")] {
        open_case(&*store, name, 0).await;
        let pinning = Commit { pins: vec![("digest".to_owned(), text.to_owned())], ..commit(name, 0) };
        store.commit(pinning).await.expect("it is pinned");
    }
    assert_eq!(store.pinned("digest").await.expect("a look").as_deref(), Some("as pinned"));
    assert_eq!(store.pinned("another").await.expect("a look"), None);
}
