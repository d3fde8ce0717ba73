//! Each kind of interaction, made by hand.

use serde_json::json;

use super::*;

/// An interaction in a guild, of this type and with this data.
fn in_guild(kind: u8, data: &Value) -> Value {
    json!({
        "id": "900", "application_id": "800", "type": kind, "token": "aW50ZXJhY3Rpb24", "version": 1,
        "guild_id": "10", "channel_id": "20", "locale": "en-GB", "something_new": {"deeply": ["nested"]},
        "member": {"user": {"id": "30", "username": "someone"}, "roles": [], "permissions": "0"},
        "data": data,
    })
}

#[track_caller]
fn check(kind: u8, data: Value, expected: Kind) -> RawInteraction {
    let read = parse(&in_guild(kind, &data)).expect("it can be read");
    assert_eq!(read.kind, expected);
    assert_eq!((read.id.get(), read.application.get()), (900, 800));
    assert_eq!(read.user, Some(UserId::new(30)));
    read
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_ping_comes_from_nobody() {
    let ping = parse(&json!({"id": "1", "application_id": "2", "type": 1, "token": "t", "version": 1}));
    let ping = ping.expect("it can be read");
    assert_eq!((ping.user, ping.channel, ping.kind), (None, None, Kind::Ping));
}

#[test]
fn a_subcommand_is_a_path_and_its_options_are_text() {
    let data = json!({"id": "5", "name": "case", "type": 1, "options": [{"name": "action", "type": 2, "options": [
        {"name": "add", "type": 1, "options": [
            {"name": "what", "type": 3, "value": "Home visit"},
            {"name": "days", "type": 4, "value": 3},
            {"name": "joint", "type": 5, "value": true},
            {"name": "who", "type": 6, "value": "31"},
        ]},
    ]}]});
    let options = pairs(&[("what", "Home visit"), ("days", "3"), ("joint", "true"), ("who", "31")]);
    let read = check(2, data, Kind::Command { path: words(&["case", "action", "add"]), options });
    assert_eq!(read.guild, Some(GuildId::new(10)));
    assert_eq!(read.channel, Some(ChannelId::new(20)));
}

#[test]
fn a_command_without_options_is_only_its_name() {
    let expected = Kind::Command { path: words(&["board"]), options: Vec::new() };
    check(2, json!({"id": "5", "name": "board", "type": 1}), expected);
}

#[test]
fn an_autocomplete_names_the_option_being_typed() {
    let data = json!({"id": "5", "name": "case", "type": 1, "options": [{"name": "open", "type": 1, "options": [
        {"name": "procedure", "type": 3, "value": "rem", "focused": true},
    ]}]});
    let expected = Kind::Autocomplete {
        path: words(&["case", "open"]),
        options: pairs(&[("procedure", "rem")]),
        focused: "procedure".to_owned(),
    };
    check(4, data, expected);
}

#[test]
fn a_button_has_a_message_and_no_values() {
    let mut press = in_guild(3, &json!({"component_type": 2, "custom_id": "v1:right:7"}));
    press["message"] = json!({"id": "40", "content": "not read"});
    let read = parse(&press).expect("it can be read");
    assert_eq!(read.message, Some(MessageId::new(40)));
    assert_eq!(read.kind, Kind::Component { custom_id: "v1:right:7".to_owned(), values: Vec::new() });
}

#[test]
fn a_select_has_its_values() {
    let data = json!({"component_type": 3, "custom_id": "v1:order", "values": ["police", "health"]});
    check(3, data, Kind::Component { custom_id: "v1:order".to_owned(), values: words(&["police", "health"]) });
}

#[test]
fn a_modal_has_its_text_fields_from_rows_and_labels() {
    let data = json!({"custom_id": "v1:share", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "text", "value": "Two call-outs in March."}]},
        {"type": 18, "component": {"type": 4, "custom_id": "source", "value": "log"}},
    ]});
    let fields = pairs(&[("text", "Two call-outs in March."), ("source", "log")]);
    check(5, data, Kind::Modal { custom_id: "v1:share".to_owned(), fields });
}

#[test]
fn in_a_direct_message_the_person_stands_alone() {
    let mut press = in_guild(3, &json!({"component_type": 2, "custom_id": "v1:accept"}));
    let fields = press.as_object_mut().expect("an object");
    fields.remove("member");
    fields.remove("guild_id");
    fields.insert("user".to_owned(), json!({"id": "31"}));
    let read = parse(&press).expect("it can be read");
    assert_eq!((read.user, read.guild), (Some(UserId::new(31)), None));
}

#[test]
fn what_cannot_be_read_is_named_by_place() {
    let refused = |value: &Value| parse(value).expect_err("it cannot be read");
    assert_eq!(refused(&json!(null)), Unreadable::Field("type"));
    assert_eq!(refused(&in_guild(9, &json!({}))), Unreadable::Type(9));
    assert_eq!(refused(&in_guild(3, &json!({}))), Unreadable::Field("custom_id"));
    let mut nobody = in_guild(3, &json!({"custom_id": "v1:x"}));
    nobody["member"] = json!({});
    assert_eq!(refused(&nobody), Unreadable::Field("user"));
    let zero = json!({"id": "0", "application_id": "2", "type": 1, "token": "t"});
    assert_eq!(refused(&zero), Unreadable::Field("id"));
    let mut deep = json!({"name": "x"});
    for _ in 0..5 {
        deep = json!({"name": "x", "type": 1, "options": [deep]});
    }
    assert_eq!(refused(&in_guild(2, &deep)), Unreadable::TooDeep);
}

#[test]
fn nothing_a_person_wrote_shows_in_a_debug() {
    let data = json!({"name": "share", "options": [{"name": "text", "type": 3, "value": "Mum said"}]});
    let shown = format!("{:?}", parse(&in_guild(2, &data)).expect("it can be read"));
    assert!(!shown.contains("Mum") && !shown.contains("aW50ZXJhY3Rpb24"), "{shown}");
}
