//! What can stand in a journal before any session is convened, and that one no convenor wrote is told.

use std::sync::Arc;

use convenor::app::execute::App;
use convenor::app::ports::{Commit, StoreError};
use convenor::commands::machine::{MachineClock, chance};
use convenor::domain::event::{Event, Record};
use convenor::domain::stage::Stage;

use crate::support::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_can_be_missed_before_any_session_is_convened() {
    let house = House::under("practice-guidance", "2026-12-07 10:00").await;
    house.social_worker().registers().await;
    house.passes(30 * 24 * 60).await;
    assert_ne!(house.db_count("deadline_missed").await, 0);
    house.social_worker().lists_the_child().await;
    assert_eq!(house.db_count("child_listed").await, 1);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_of_a_session_that_was_never_convened_is_told_with_its_entry() {
    let house = House::open().await;
    house.social_worker().registers().await;
    let row = house.store.cases().await.expect("the store can be read").pop().expect("a case was opened");
    let last = house.db_journal().await.pop().expect("it has entries");
    let strange = Record { seq: row.entries + 1, event: Event::StageEntered { stage: Stage::Sharing }, ..last };
    let commit = Commit {
        case: row.case.clone(),
        expected_entries: row.entries,
        opens: None,
        reference: None,
        pins: Vec::new(),
        records: vec![strange],
        effects: Vec::new(),
        timers: Vec::new(),
        receipt: None,
    };
    house.store.commit(commit).await.expect("the store decides nothing");
    let (config, slug) = (Arc::clone(&house.config), house.config.settings.procedure.clone());
    let app = App::new(Arc::clone(&house.store), Arc::new(MachineClock), config, &slug, chance(), Box::new(|| {}));
    let error = app.expect("the procedure is there").load(&row.case).await.err().expect("it is no journal");
    assert!(matches!(error, StoreError::Corrupt { .. }));
    let told = format!("entries, {}: stage_entered can't stand at entry {}", row.case, row.entries + 1);
    assert_eq!(error.to_string(), told);
    house.close().await;
}
