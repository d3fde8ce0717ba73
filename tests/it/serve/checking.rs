//! `convenor check`: the checklist, and what it calls wrong.

use convenor::rehearsal::workspace::{Overwrite, permissions};

use super::starting::set_up;

const CHECK: [&str; 3] = ["check", "--config", "config"];

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_installation_has_nothing_to_put_right() {
    let (_workspace, place) = set_up().await;
    place.serve().await.stop().await;
    let ended = place.run(&CHECK).await;
    assert_eq!(ended.code, Some(0), "{}", ended.out);
    for line in [
        "note: bot-config/procedures/remote-format.toml, line 22: a local value is to be set",
        "fine: the platform accepts the bot's token",
        "fine: the bot holds the rights it needs in the guild",
        "fine: the guild has 2 of 500 channels",
        "fine: the commands are registered",
        "note: who can read every channel: the guild's owner",
        "note: whoever holds both the server and the master key can read everything",
        "not checked: who holds those roles",
    ] {
        assert!(ended.out.contains(line), "{line}\n{}", ended.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named_with_its_place() {
    let (workspace, place) = set_up().await;
    let admin = workspace.channels().into_iter().find(|channel| channel.name == "convenor-administrators");
    let admin = admin.expect("setup made it").id;
    let without =
        Overwrite::member(workspace.bot_id()).allow(permissions::VIEW_CHANNEL).deny(permissions::SEND_MESSAGES);
    workspace.set_overwrites(admin, &[without]);
    let role = workspace.bot_role();
    workspace.set_role_permissions(role, permissions::BOT_DEFAULT & !permissions::PIN_MESSAGES);
    workspace.add_role("Everything", permissions::ADMINISTRATOR);
    for n in 0..460 {
        workspace.add_text_channel(&format!("old-{n}"), None, &[]);
    }
    place.write("config/convenor.toml", "procedure = \"remote-format\"\ncontent = \"sealed\"\n");
    let ended = place.run(&CHECK).await;
    assert_eq!(ended.code, Some(1), "{}", ended.out);
    for line in [
        "wrong: content is \"sealed\"",
        "wrong: the bot lacks rights in the guild: Pin Messages",
        "wrong: in the administrators' channel (convenor-administrators) the bot lacks: Send Messages",
        "wrong: the guild has 462 of 500 channels",
        "whoever holds Everything",
        "not registered yet: /",
    ] {
        assert!(ended.out.contains(line), "{line}\n{}", ended.out);
    }
    workspace.delete_channel(admin);
    assert!(place.run(&CHECK).await.out.contains("wrong: the administrators' channel is gone, or hidden"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_the_guild_is_named_as_not_checked() {
    let (_workspace, place) = set_up().await;
    let place = place.with("DISCORD_TOKEN", "");
    let ended = place.run(&CHECK).await;
    assert_eq!(ended.code, Some(0), "{}", ended.out);
    assert!(ended.out.contains("not checked: the guild: no token is given"), "{}", ended.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn slips_of_several_files_are_listed_at_once() {
    let (_workspace, place) = set_up().await;
    place.write("config/convenor.toml", "procedure = \"remote-format\"\ncontents = \"room\"\n");
    place.write("config/directory.toml", "[[role]]\ncode = \"x\"\n");
    let ended = place.run(&CHECK).await;
    assert_eq!(ended.code, Some(1), "{}", ended.out);
    assert!(
        ended.out.contains("convenor.toml, line 2") && ended.out.contains("directory.toml, line 1"),
        "{}",
        ended.out
    );
    let nowhere = place.run(&["check", "--config", "nowhere"]).await;
    assert!(nowhere.code == Some(2) && nowhere.err.contains("there is no folder nowhere"), "{}", nowhere.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_without_a_setting_is_wrong_and_a_contact_to_be_set_is_noted() {
    let (_workspace, place) = set_up().await;
    let text = include_str!("../../../bot-config/procedures/practice-guidance.toml");
    let without = |line: &str| text.lines().filter(|kept| !kept.starts_with(line)).collect::<Vec<_>>().join("\n");
    std::fs::create_dir(place.path("config/procedures")).expect("a folder is made");
    let line = "note: config/procedures/practice-guidance.toml, line 17: a local value is to be set: \
                emergency_contact = \"local contact: to be set\"";
    place.write("config/procedures/practice-guidance.toml", text);
    let ended = place.run(&CHECK).await;
    assert_eq!(ended.code, Some(0), "{}", ended.out);
    assert!(ended.out.contains(line), "{}", ended.out);
    for setting in ["record_title", "emergency_contact", "case_system", "chair_silent_minutes"] {
        place.write("config/procedures/practice-guidance.toml", without(&format!("{setting} = ")));
        let ended = place.run(&CHECK).await;
        assert_eq!(ended.code, Some(1), "{setting}: {}", ended.out);
        let told = ended.out.lines().find(|line| line.starts_with("wrong: config/procedures/practice-guidance.toml"));
        assert!(told.is_some_and(|told| told.contains(setting)), "{setting}: {}", ended.out);
    }
}

/// Shows: REF-19.
#[tokio::test(flavor = "multi_thread")]
async fn texts_over_a_year_old_are_named() {
    let (_workspace, place) = set_up().await;
    let text = include_str!("../../../bot-config/procedures/remote-format.toml");
    let (head, rest) = text.split_once("as_at = \"2026-11-22\"").expect("the edition has its date");
    std::fs::create_dir(place.path("config/procedures")).expect("a folder is made");
    place.write("config/procedures/remote-format.toml", format!("{head}as_at = \"2024-01-31\"{rest}"));
    let ended = place.run(&CHECK).await;
    assert!(ended.out.contains("of remote-format is as at 2024-01-31, over a year ago"), "{}", ended.out);
}
