//! Whose cases are whose: whoever took a seat, until the last record is circulated.

use chrono::{DateTime, Utc};
use convenor::app::ports::{Commit, Store};
use convenor::domain::attendance::{Means, Seat};
use convenor::domain::event::{Event, Held, Record, SessionForm};
use convenor::domain::ids::{AccountId, SeatId, SessionNo};
use convenor::domain::people::{AgencyKind, Person};

use super::bench::{Bench, case, commit, open_case, record};

const AMARA: AccountId = AccountId(8_314_159_265_358_979_323);
const IDRIS: AccountId = AccountId(2_718_281_828_459_045_235);

fn seat_of(account: AccountId) -> Event {
    let person = Person {
        account: Some(account),
        name: "Amara Quill".to_owned(),
        role: "Consultant paediatrician".to_owned(),
        role_code: "paediatrician".to_owned(),
        agency: "St Elsewhere".to_owned(),
        agency_kind: AgencyKind::Health,
        rank: None,
    };
    let seat = Seat {
        id: SeatId(1),
        person,
        means: Means::Chat,
        knows_child: false,
        vouched_by: None,
        invitation: None,
        support: None,
    };
    Event::SeatTaken { seat }
}

fn circulated() -> Event {
    Event::MinutesCirculated { session: None, version: 1, recipients: Vec::new(), owners: None }
}

fn convened(session: u16) -> Event {
    Event::SessionConvened {
        session: SessionNo(session),
        form: SessionForm::Meeting,
        complex: false,
        starts_at: Some(DateTime::<Utc>::UNIX_EPOCH),
        held: Held::Virtual,
        convenor: SeatId(1),
        chair: None,
        recorder: SeatId(1),
        carried: Vec::new(),
        open_actions: Vec::new(),
    }
}

/// Adds facts to a case that has this many entries.
async fn adds(store: &dyn Store, name: &str, entries: u64, events: Vec<Event>) {
    let records = (entries + 1..).zip(events).map(|(seq, event)| Record { event, ..record(seq) }).collect();
    store.commit(Commit { records, ..commit(name, entries) }).await.expect("they are recorded");
}

/// The names of somebody's cases.
async fn own(store: &dyn Store, account: AccountId) -> Vec<String> {
    let own = store.own_cases(account).await.expect("the store can be read");
    own.into_iter().map(|row| row.case.0).collect()
}

pub async fn whoever_has_a_seat_has_the_case_until_it_is_circulated(bench: Bench) {
    let store = bench.open().await;
    for name in ["one", "two", "three"] {
        open_case(&*store, name, 1).await;
    }
    assert_eq!(own(&*store, AMARA).await, Vec::<String>::new());
    adds(&*store, "two", 1, vec![seat_of(AMARA), seat_of(IDRIS)]).await;
    adds(&*store, "one", 1, vec![seat_of(AMARA), seat_of(AMARA)]).await;
    assert_eq!(own(&*store, AMARA).await, ["one", "two"]);
    assert_eq!(own(&*store, IDRIS).await, ["two"]);
    let theirs = bench.open_as("another guild", 7, 2).await.expect("it opens for another guild");
    assert_eq!(own(&*theirs, AMARA).await, Vec::<String>::new());
    adds(&*store, "one", 3, vec![circulated()]).await;
    assert_eq!(own(&*store, AMARA).await, ["two"]);
    adds(&*store, "one", 4, vec![convened(2)]).await;
    let row = store.own_cases(AMARA).await.expect("the store can be read").swap_remove(0);
    assert_eq!((row.case, row.code_name.0.as_str(), row.entries), (case("one"), "one-heron-k", 5));
    // The next session may be convened before the record of the last has gone out; both have to.
    let of = |session| Event::MinutesCirculated {
        session: Some(SessionNo(session)),
        version: 1,
        recipients: vec![],
        owners: None,
    };
    adds(&*store, "one", 5, vec![convened(3), of(2)]).await;
    assert_eq!(own(&*store, AMARA).await, ["one", "two"]);
    adds(&*store, "one", 7, vec![convened(4), of(4)]).await;
    assert_eq!(own(&*store, AMARA).await, ["one", "two"]);
    adds(&*store, "one", 9, vec![of(3)]).await;
    assert_eq!(own(&*store, AMARA).await, ["two"]);
}

/// Databases of before, and an older convenor that runs beside a newer one.
pub async fn what_an_older_convenor_recorded_is_caught_up_with(bench: Bench) {
    let store = bench.open().await;
    for name in ["one", "two", "three"] {
        open_case(&*store, name, 1).await;
    }
    adds(&*store, "one", 1, vec![seat_of(AMARA), circulated()]).await;
    adds(&*store, "two", 1, vec![seat_of(AMARA)]).await;
    adds(&*store, "three", 1, vec![seat_of(IDRIS)]).await;
    let of_before = "DELETE FROM seated; UPDATE cases SET followed = 0, outstanding = 1";
    bench.db_execute(of_before).await.expect("as an older one leaves it");
    assert_eq!(own(&*store, AMARA).await, ["two"]);
    assert_eq!(own(&*store, IDRIS).await, ["three"]);
    // Behind, and then a newer one adds to it before anybody asks.
    bench.db_execute(of_before).await.expect("as an older one leaves it");
    adds(&*store, "one", 3, vec![convened(2)]).await;
    adds(&*store, "two", 2, vec![circulated()]).await;
    assert_eq!(own(&*store, AMARA).await, ["one"]);
    // Behind by its last entries only.
    let by_one = "UPDATE cases SET followed = 2, outstanding = 1 WHERE case_id = 'two'";
    bench.db_execute(by_one).await.expect("as an older one leaves it");
    assert_eq!(own(&*store, AMARA).await, ["one"]);
}

/// Whoever holds the database without its key finds nobody in a case.
pub async fn who_is_part_of_a_case_can_not_be_read_in_the_database(bench: Bench) {
    let store = bench.open().await;
    open_case(&*store, "one", 1).await;
    adds(&*store, "one", 1, vec![seat_of(AMARA)]).await;
    assert_eq!(own(&*store, AMARA).await, ["one"]);
    store.close().await;
    let bytes = bench.db_bytes().await;
    let holds = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    assert!(holds(b"one-heron-k"), "what stands in the clear is found this way");
    let account = AMARA.0;
    for written in [account.to_string().into_bytes(), account.to_le_bytes().to_vec(), account.to_be_bytes().to_vec()] {
        assert!(!holds(&written) && !holds(convenor::store::chain::hex(&written).as_bytes()), "{written:?}");
    }
}
