//! `convenor verify`: a record that holds, and the first entry of one that doesn't.

use sqlx::{Connection as _, SqliteConnection};

use crate::support::{House, Place};

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_holds_and_one_that_does_not() {
    let house = House::open().await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    let row = house.store.cases().await.expect("the store can be read").pop().expect("a case was opened");
    let head = house.store.head(&row.case).await.expect("it has a head");
    let lines = house.store.export_jsonl(&row.case).await.expect("it can be exported");
    let place = Place::beside(&house.workspace);
    let database = house.database().display().to_string();
    let journal = format!("{}\n", lines.join("\n"));
    place.write("journal.jsonl", &journal);

    for path in [database.as_str(), "journal.jsonl", &format!("sqlite:{database}")] {
        let ended = place.run(&["verify", path]).await;
        assert_eq!(ended.code, Some(0), "{path}: {}", ended.err);
        let case = format!("case {}: {} entries, head {head}", row.case, row.entries);
        assert!(ended.out.starts_with(&case), "{path}: {}", ended.out);
        assert!(ended.out.contains(&format!("cases 1, entries {}: every chain holds", row.entries)), "{}", ended.out);
    }

    let tampered = journal.replacen("\"seq\":2", "\"seq\":3", 1);
    assert_ne!(tampered, journal);
    place.write("journal.jsonl", tampered);
    let mut connection = SqliteConnection::connect(&database).await.expect("it opens");
    let change = "DROP TRIGGER entries_are_not_changed; UPDATE entries SET at_ms = at_ms + 1 WHERE seq = 2";
    sqlx::raw_sql(change).execute(&mut connection).await.expect("the entry is changed");
    connection.close().await.expect("it is written");
    for (path, why) in
        [(database.as_str(), "changed after it was recorded"), ("journal.jsonl", "missing or out of order")]
    {
        let ended = place.run(&["verify", path]).await;
        assert_eq!(ended.code, Some(1), "{path}: {}", ended.err);
        assert!(ended.out.contains(", entry 2: ") && ended.out.contains(why), "{path}: {}", ended.out);
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_record_is_no_use() {
    let house = House::open().await;
    let place = Place::beside(&house.workspace);
    house.close().await;
    place.write("note.db", "x".repeat(4096));
    for path in ["nowhere.db", "nowhere.jsonl", "note.db"] {
        let ended = place.run(&["verify", path]).await;
        assert_eq!(ended.code, Some(2), "{path}: {}", ended.out);
        assert!(ended.err.starts_with("convenor: "), "{path}: {}", ended.err);
    }
}
