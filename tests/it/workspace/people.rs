//! What people do and what they get for it.

use convenor::rehearsal::workspace::{Answer, CannotDo, DirectMessages, Id, PostKind};
use serde_json::json;
use serenity::all::{ChannelId, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage};

use super::bench::{Bot, button, callback, close, id, open, reply, rows, share_command, shared};

#[tokio::test]
async fn a_private_reply_is_seen_by_nobody_else() {
    let workspace = open().await;
    let (anna, ben) = (workspace.add_member("Anna Social", &[]), workspace.add_member("Ben Police", &[]));
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    assert_eq!(bot.rest.register(&workspace, share_command()).await.status, 200);

    let person = workspace.person(anna);
    let deed = person.command(channel, &["share"], shared("Two call-outs in March."));
    let (response, interaction) = bot.exchange(deed, reply("Recorded.")).await;

    assert!(matches!(response.answer, Answer::Reply(_)), "{response:?}");
    assert_eq!((response.text(), response.is_private()), ("Recorded.", true));
    assert!(response.acknowledged_after.is_some());
    assert_eq!(response.interaction_id.0, interaction.id().get());
    let command = interaction.command().expect("a command");
    assert_eq!(command.data.options[0].value.as_str(), Some("Two call-outs in March."));
    assert_eq!(workspace.person(anna).messages(channel).len(), 1);
    assert!(workspace.person(ben).messages(channel).is_empty());
    let history = bot.rest.get(&format!("/channels/{channel}/messages")).await;
    assert_eq!(history.body, json!([]));
    let post = &workspace.posts()[0];
    assert_eq!((post.ephemeral, post.private_to, post.kind), (true, Some(anna), PostKind::GuildText));
    close(&workspace).await;
}

#[tokio::test]
async fn the_real_client_posts_and_answers() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    bot.rest.register(&workspace, share_command()).await;

    let posted = ChannelId::new(channel.0).send_message(&bot.http, CreateMessage::new().content("Welcome.")).await;
    assert_eq!(posted.expect("posted").content, "Welcome.");
    let person = workspace.person(anna);
    let answering = async {
        let interaction = bot.interaction().await.command().expect("a command");
        let message = CreateInteractionResponseMessage::new().content("Recorded.").ephemeral(true);
        interaction.create_response(&bot.http, CreateInteractionResponse::Message(message)).await.expect("answered");
        let followup = serenity::all::CreateInteractionResponseFollowup::new().content("Also.");
        interaction.create_followup(&bot.http, followup).await.expect("followed up");
        interaction.get_response(&bot.http).await.expect("read back").content.clone()
    };
    let (response, read) = tokio::join!(person.command(channel, &["share"], shared("x")), answering);
    assert_eq!(response.expect("allowed").text(), "Recorded.");
    assert_eq!(read, "Recorded.");
    let texts: Vec<String> = person.messages(channel).into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["Welcome.", "Recorded.", "Also."]);
    close(&workspace).await;
}

#[tokio::test]
async fn a_modal_makes_its_round_trip() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let ben = workspace.add_member("Ben Police", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    let message =
        bot.rest.posted(channel, json!({ "content": "Your turn.", "components": button("speak", "Speak") })).await;
    let person = workspace.person(anna);
    let input = json!({ "type": 4, "custom_id": "text", "label": "What you know", "style": 2, "min_length": 3, "max_length": 20 });
    let modal =
        json!({ "type": 9, "data": { "custom_id": "share", "title": "Share", "components": rows(json!([input])) } });
    let (shown, interaction) = bot.exchange(person.press(message, "speak"), modal.clone()).await;
    let pressed = interaction.message_component().expect("a component");
    assert_eq!((pressed.data.custom_id.as_str(), pressed.message.id.get()), ("speak", message.0));

    let shown = shown.modal().expect("a modal").clone();
    assert_eq!((shown.title.as_str(), shown.fields[0].label.as_str()), ("Share", "What you know"));
    let text = |text: &str| vec![("text".to_owned(), text.to_owned())];
    let cases = [text("ab"), text(&"x".repeat(21)), vec![]];
    for values in cases {
        let refused = person.submit(&shown, values).await;
        assert!(matches!(refused, Err(CannotDo::FillInField { .. })), "{refused:?}");
    }
    let foreign = workspace.person(ben).submit(&shown, text("hello")).await;
    assert!(matches!(foreign, Err(CannotDo::FillInForeignModal)));
    let stray = person.submit(&shown, vec![("other".to_owned(), String::new())]).await;
    assert!(matches!(stray, Err(CannotDo::FindField(_))));

    // A modal may not follow a modal; the bot can still answer otherwise.
    let deed = person.submit(&shown, text("Two call-outs."));
    let answering = async {
        let (interaction, answered) = bot.answer(modal).await;
        assert_eq!(answered.refusal(), (400, 50035));
        let update = json!({ "type": 7, "data": { "content": "Spoken.", "components": [] } });
        assert_eq!(bot.rest.send("POST", &callback(&interaction), update).await.status, 204);
        interaction
    };
    let (response, interaction) = tokio::join!(deed, answering);
    let submitted = interaction.modal_submit().expect("a modal");
    let serenity::all::ActionRowComponent::InputText(field) = &submitted.data.components[0].components[0] else {
        panic!("not a text input");
    };
    assert_eq!(field.value.as_deref(), Some("Two call-outs."));
    let response = response.expect("allowed");
    assert!(matches!(&response.answer, Answer::Updated(message) if message.text == "Spoken." && message.edited));
    close(&workspace).await;
}

#[tokio::test]
async fn selects_and_completions_carry_what_was_chosen() {
    let workspace = open().await;
    let anna = workspace.add_member("Anna Social", &[]);
    let channel = workspace.add_text_channel("case", None, &[]);
    let mut bot = Bot::start(&workspace).await;
    let commands = json!([{ "name": "find", "description": "d", "options": [
        { "type": 3, "name": "agency", "description": "d", "required": true, "autocomplete": true },
    ]}]);
    assert_eq!(bot.rest.register(&workspace, commands).await.status, 200);
    let options = json!([{ "label": "Yes", "value": "yes" }, { "label": "No", "value": "no" }]);
    let select = json!({ "type": 3, "custom_id": "pick", "options": options, "max_values": 2 });
    let people = json!({ "type": 5, "custom_id": "who" });
    let body = json!({ "content": "Which?", "components": [
        { "type": 1, "components": [select] }, { "type": 1, "components": [people] },
    ]});
    let message = bot.rest.posted(channel, body).await;
    let person = workspace.person(anna);
    assert_eq!(person.messages(channel)[0].selects()[0].choices[1].label, "No");
    let refused = person.select(message, "pick", &["maybe"]).await.expect_err("not offered");
    assert_eq!(refused, CannotDo::Choose("maybe".to_owned()));
    assert!(matches!(person.select(message, "pick", &[]).await, Err(CannotDo::ChooseSoMany { .. })));

    let (response, _) = bot.exchange(person.select(message, "pick", &["yes", "no"]), json!({ "type": 6 })).await;
    assert!(matches!(response.answer, Answer::Ignored));
    let who = workspace.bot_id().to_string();
    let (_, interaction) = bot.exchange(person.select(message, "who", &[&who]), json!({ "type": 6 })).await;
    assert!(interaction.message_component().is_some());

    let choices = json!({ "type": 8, "data": { "choices": [{ "name": "Police", "value": "police" }] } });
    let typed = vec![("agency".to_owned(), "po".into())];
    let (response, interaction) = bot.exchange(person.autocomplete(channel, &["find"], typed, "agency"), choices).await;
    assert!(matches!(&response.answer, Answer::Choices(choices) if choices[0].name == "Police"));
    let asked = interaction.autocomplete().expect("an autocomplete");
    assert_eq!(asked.data.autocomplete().expect("focused").value, "po");
    close(&workspace).await;
}

#[tokio::test]
async fn direct_messages_carry_buttons_unless_they_are_closed() {
    let workspace = open().await;
    let (anna, ben) = (workspace.add_member("Anna Social", &[]), workspace.add_member("Ben Police", &[]));
    workspace.set_direct_messages(ben, DirectMessages::Closed);
    let mut bot = Bot::start(&workspace).await;
    let open_with = |user: Id| json!({ "recipient_id": user });
    let channel = id(&bot.rest.send("POST", "/users/@me/channels", open_with(anna)).await.body);
    assert_eq!(id(&bot.rest.send("POST", "/users/@me/channels", open_with(anna)).await.body), channel);
    bot.rest
        .posted(channel, json!({ "content": "You are asked to a meeting.", "components": button("yes", "Yes") }))
        .await;
    let person = workspace.person(anna);
    let seen = person.direct_messages();
    assert_eq!(seen[0].text, "You are asked to a meeting.");
    let update = json!({ "type": 7, "data": { "content": "Thank you.", "components": [] } });
    let (response, interaction) = bot.exchange(person.press(seen[0].id, "yes"), update).await;
    assert_eq!(response.text(), "Thank you.");
    assert!(
        interaction
            .message_component()
            .is_some_and(|pressed| pressed.guild_id.is_none() && pressed.user.id.get() == anna.0)
    );
    assert!(workspace.posts().iter().all(|post| post.kind == PostKind::Direct && post.private_to == Some(anna)));

    let closed = id(&bot.rest.send("POST", "/users/@me/channels", open_with(ben)).await.body);
    assert_eq!(bot.rest.post(closed, json!({ "content": "x" })).await.refusal(), (403, 50007));
    workspace.leave(anna);
    assert_eq!(bot.rest.post(channel, json!({ "content": "x" })).await.refusal(), (403, 50007));
    close(&workspace).await;
}
