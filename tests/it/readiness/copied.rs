//! An authority's own copy of a procedure: another line of the minimum, another thing to flag, and no code.

use convenor::config::Config;

use super::{lines, proposal, ready};
use crate::support::House;

const SHIPPED: &str = include_str!("../../../bot-config/procedures/remote-format.toml");

/// The shipped procedure under another name, with one text in place of another.
fn copied(changes: &[(&str, &str)]) -> Config {
    let mut text = SHIPPED.replacen("slug = \"remote-format\"", "slug = \"sixth\"", 1);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let folder = tempfile::tempdir().expect("a folder of the test's own");
    std::fs::create_dir(folder.path().join("procedures")).expect("a folder within");
    std::fs::write(folder.path().join("procedures/sixth.toml"), text).expect("the copy is written");
    Config::load(folder.path()).expect("the copy is right")
}

async fn convened_under(config: Config) -> House {
    let house = House::configured(config, "sixth").await;
    house.social_worker().registers().await;
    house.social_worker().lists_the_child().await;
    house.social_worker().convenes().await;
    house
}

/// Shows: INV-31.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_always_needs_education_is_told_when_it_is_missing() {
    let first = "[[minimum.meeting]]\nrole = \"team_manager\"";
    let education = "[[minimum.meeting]]\nrole = \"education\"\nlabel = \"education\"\nwhen = \"always\"\n\
                     any_of = [{ agency_kind = \"education\" }]\nsource = \"local value\"\n\n";
    let house = convened_under(copied(&[(first, &format!("{education}{first}"))])).await;
    assert_eq!(lines(&ready(&house).await, "needed", "Education"), ["• Education: **missing**"]);
    house.chair().accepts().await;
    house.chair().passes_the_door().await;
    house.chair().opens().await;
    assert!(house.room_has("Not quorate: missing education, health practitioner, police representative").await);
    house.close().await;
}

/// Shows: INV-10.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_can_flag_what_no_shipped_procedure_does() {
    let difficulty = "[[difficulties]]\ncode = \"housing\"";
    let another = "[[difficulties]]\ncode = \"gambling\"\nlabel = \"Gambling\"\n\n";
    let proposed = "[[proposals]]\nkey = \"housing\"";
    let service = "[[proposals]]\nkey = \"gambling\"\nlabel = \"gambling support\"\n\
                   any_of = [{ agency_kind = \"voluntary\" }]\nwhen = [{ adult = \"gambling\" }]\n\
                   level = \"INV-10\"\nsource = \"local value\"\n\n";
    let changes = [(difficulty, format!("{another}{difficulty}")), (proposed, format!("{service}{proposed}"))];
    let changes = changes.each_ref().map(|(from, to)| (*from, to.as_str()));
    let house = convened_under(copied(&changes)).await;
    let listed = house.social_worker().slash(&["strategy", "adult"], &[("name", "Marlow Quillfeather")]).await;
    let given = [("adult", "a1"), ("difficulties", "gambling")];
    let got = house.social_worker().presses_in(&listed, "flag_adult", &given).await;
    assert_eq!(got.code(), "adult_flagged", "{}", got.text());
    let line = proposal(&ready(&house).await, "Gambling support");
    assert_eq!(line, "• Gambling support (flagged for Marlow Quillfeather): **not answered**");
    house.close().await;
}
