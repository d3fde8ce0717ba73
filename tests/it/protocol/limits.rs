//! What Discord's OpenAPI document leaves out or has wider than a bot's limits are: lengths, counts, names of fields.

use serde_json::Value;

use super::Request;

/// The fields we use, by what the object is. A field beside them is a slip of ours.
const MESSAGE: &[&str] =
    &["content", "components", "embeds", "allowed_mentions", "flags", "nonce", "enforce_nonce", "attachments"];
const MODAL: &[&str] = &["custom_id", "title", "components"];
const ROW: &[&str] = &["type", "components"];
const BUTTON: &[&str] = &["type", "style", "label", "custom_id", "disabled", "url"];
const SELECT: &[&str] = &["type", "custom_id", "placeholder", "options", "min_values", "max_values", "disabled"];
const OPTION: &[&str] = &["label", "value", "description", "default"];
const INPUT: &[&str] =
    &["type", "custom_id", "label", "style", "required", "min_length", "max_length", "value", "placeholder"];

/// What is wrong with a request, by place and rule; never what it says.
pub fn check(request: &Request) -> Vec<String> {
    let mut wrong = Wrong::default();
    let parts: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let body = &request.body;
    match (request.method.as_str(), &parts[..]) {
        ("POST" | "PATCH", ["channels", _, "messages", ..] | ["webhooks", ..]) => wrong.message(body),
        ("POST", ["interactions", .., "callback"]) => match body["type"].as_u64() {
            Some(4 | 7) => wrong.message(&body["data"]),
            Some(8) => wrong.choices(&body["data"]["choices"]),
            Some(9) => wrong.modal(&body["data"]),
            _ => {}
        },
        ("POST", ["guilds", _, "channels"]) => wrong.length("name", &body["name"], 1, 100),
        ("PATCH", ["channels", _]) => wrong.length("topic", &body["topic"], 0, 1_024),
        ("PUT", ["applications", .., "commands"]) => wrong.commands(body),
        _ => {}
    }
    wrong.0
}

#[derive(Default)]
struct Wrong(Vec<String>);

fn chars(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.chars().count())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Wrong {
    /// A text that is there has so many characters.
    fn length(&mut self, what: &str, text: &Value, least: usize, most: usize) {
        if !text.is_null() && !(least..=most).contains(&chars(text)) {
            self.0.push(format!("{what} has {} characters; {least} to {most} go", chars(text)));
        }
    }

    fn count(&mut self, what: &str, count: usize, least: usize, most: usize) {
        if !(least..=most).contains(&count) {
            self.0.push(format!("{count} of {what}; {least} to {most} go"));
        }
    }

    fn fields(&mut self, what: &str, object: &Value, known: &[&str]) {
        let given = object.as_object().into_iter().flat_map(|object| object.keys());
        self.0
            .extend(given.filter(|key| !known.contains(&key.as_str())).map(|key| format!("{what} has a field {key}")));
    }

    fn message(&mut self, message: &Value) {
        self.fields("the message", message, MESSAGE);
        self.length("the content", &message["content"], 0, 2_000);
        self.length("the nonce", &message["nonce"], 1, 25);
        let embeds = list(&message["embeds"]);
        self.count("the embeds", embeds.len(), 0, 10);
        let of_embeds = embeds.iter().map(all_chars).sum::<usize>();
        self.count("the embeds' characters", of_embeds, 0, 6_000);
        self.rows(&message["components"], 5);
    }

    fn modal(&mut self, modal: &Value) {
        self.fields("the modal", modal, MODAL);
        self.length("the title", &modal["title"], 1, 45);
        self.length("the custom_id", &modal["custom_id"], 1, 100);
        self.rows(&modal["components"], 5);
    }

    fn rows(&mut self, rows: &Value, most: usize) {
        self.count("the rows", list(rows).len(), 0, most);
        let mut ids = Vec::new();
        for row in list(rows) {
            self.fields("a row", row, ROW);
            let parts = list(&row["components"]);
            let most = if parts.iter().all(|part| part["type"] == 2) { 5 } else { 1 };
            self.count("a row's components", parts.len(), 1, most);
            for part in parts {
                self.component(part);
                ids.extend(part["custom_id"].as_str());
            }
        }
        let given = ids.len();
        ids.sort_unstable();
        ids.dedup();
        // More than a row may hold is told already.
        if ids.len() < given && self.0.is_empty() {
            self.0.push("a custom_id comes twice".to_owned());
        }
    }

    fn component(&mut self, part: &Value) {
        self.length("a custom_id", &part["custom_id"], 1, 100);
        match part["type"].as_u64() {
            Some(2) => {
                self.fields("a button", part, BUTTON);
                self.length("a button's label", &part["label"], 1, 80);
            }
            Some(3) => {
                self.fields("a select", part, SELECT);
                self.length("a placeholder", &part["placeholder"], 0, 150);
                self.count("a select's options", list(&part["options"]).len(), 1, 25);
                for option in list(&part["options"]) {
                    self.fields("an option", option, OPTION);
                    self.length("an option's label", &option["label"], 1, 100);
                    self.length("an option's value", &option["value"], 1, 100);
                    self.length("an option's description", &option["description"], 1, 100);
                }
            }
            Some(4) => {
                self.fields("an input", part, INPUT);
                self.length("an input's label", &part["label"], 1, 45);
                self.length("an input's placeholder", &part["placeholder"], 0, 100);
                self.length("an input's value", &part["value"], 0, 4_000);
            }
            other => self.0.push(format!("a component of a type we don't use: {other:?}")),
        }
    }

    fn choices(&mut self, choices: &Value) {
        self.count("the choices", list(choices).len(), 0, 25);
        for choice in list(choices) {
            self.length("a choice's name", &choice["name"], 1, 100);
            self.length("a choice's value", &choice["value"], 0, 100);
        }
    }

    fn commands(&mut self, commands: &Value) {
        self.count("the commands", list(commands).len(), 0, 100);
        for command in list(commands) {
            self.command(command);
            self.count("a command's characters", all_chars(command), 0, 8_000);
        }
    }

    /// A command, a subcommand or an option: named and described alike.
    fn command(&mut self, command: &Value) {
        self.length("a name", &command["name"], 1, 32);
        self.length("a description", &command["description"], 1, 100);
        self.count("a command's options", list(&command["options"]).len(), 0, 25);
        self.choices(&command["choices"]);
        list(&command["options"]).iter().for_each(|option| self.command(option));
    }
}

/// Every character of every text of a value.
fn all_chars(value: &Value) -> usize {
    match value {
        Value::String(_) => chars(value),
        Value::Array(parts) => parts.iter().map(all_chars).sum(),
        Value::Object(fields) => fields.values().map(all_chars).sum(),
        _ => 0,
    }
}
