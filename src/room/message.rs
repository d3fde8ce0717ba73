//! A message with its buttons, as the room, the board and private replies are made of.

use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountId;
use crate::wording::Wording;

use super::press::Press;

/// The most characters a message may hold on the platform.
pub const MESSAGE_CHARACTERS_MAX: usize = 2_000;
/// The most buttons in a row, and rows in a message.
pub const ROW_MAX: usize = 5;

/// A message as the platform will show it: text of at most 2,000 characters and rows of buttons.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// The accounts this message may notify; a mention of anybody else stays silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<AccountId>,
}

impl std::fmt::Debug for Message {
    /// A message may hold what a person said, so only its size is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({} characters, {} rows)", self.text.chars().count(), self.rows.len())
    }
}

/// A row of controls: up to five buttons, or one list to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    Buttons(Vec<Button>),
    Select(Select),
}

/// A button. Its id is short, versioned and carries no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub style: ButtonStyle,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonStyle {
    #[default]
    Plain,
    Main,
    Danger,
}

/// A list to choose from: at most 25 options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Select {
    pub id: String,
    pub placeholder: String,
    pub options: Vec<SelectOption>,
    /// More than one may be chosen.
    #[serde(default)]
    pub several: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectOption {
    pub value: String,
    pub label: String,
}

impl Message {
    /// Text alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same message with buttons, five to a row; what does not fit is left out from the end.
    pub fn with_buttons(mut self, buttons: Vec<Button>) -> Self {
        let rows = buttons.chunks(ROW_MAX).map(|row| Row::Buttons(row.to_vec()));
        self.rows.extend(rows);
        self.rows.truncate(ROW_MAX);
        self
    }

    /// Its buttons, in their order.
    pub fn buttons(&self) -> Vec<Button> {
        let buttons = self.rows.iter().filter_map(|row| match row {
            Row::Buttons(buttons) => Some(buttons),
            Row::Select(_) => None,
        });
        buttons.flatten().cloned().collect()
    }

    /// The same in as many messages as its text needs, none of which breaks a sentence; buttons and mentions come with
    /// the last.
    pub fn in_parts(self) -> Vec<Self> {
        let mut messages: Vec<_> = parts(&self.text, MESSAGE_CHARACTERS_MAX).into_iter().map(Self::text).collect();
        match messages.last_mut() {
            Some(last) => (last.rows, last.mentions) = (self.rows, self.mentions),
            None => messages.push(self),
        }
        messages
    }

    /// The same message with a button before all others; what does not fit then is left out from the end.
    pub fn beginning_with(mut self, button: Button) -> Self {
        self.rows.insert(0, Row::Buttons(vec![button]));
        self.rows.truncate(ROW_MAX);
        self
    }

    /// The same message with a button after all others, for which there is always a place: where the message is full,
    /// the last one's.
    pub fn ending_with(mut self, button: Button) -> Self {
        let is_there =
            |row: &Row| matches!(row, Row::Buttons(buttons) if buttons.iter().any(|one| one.id == button.id));
        if self.rows.iter().any(is_there) {
            return self;
        }
        let is_full = self.rows.len() >= ROW_MAX;
        match self.rows.last_mut() {
            Some(Row::Buttons(last)) if last.len() < ROW_MAX => last.push(button),
            Some(Row::Buttons(last)) if is_full => *last.last_mut().expect("a row holds a button") = button,
            _ => self.rows.push(Row::Buttons(vec![button])),
        }
        self
    }

    /// The same message with these lines under its text.
    pub fn with_lines(mut self, lines: &[String]) -> Self {
        let whole = std::iter::once(self.text.as_str()).chain(lines.iter().map(String::as_str)).collect::<Vec<_>>();
        self.text = whole.join("\n");
        self
    }

    /// The same message, allowed to notify these accounts, each once: a person may hold two seats, and the platform
    /// refuses a message that names an account twice.
    pub fn notifying(mut self, accounts: impl IntoIterator<Item = AccountId>) -> Self {
        for account in accounts {
            if !self.mentions.contains(&account) {
                self.mentions.push(account);
            }
        }
        self
    }
}

impl Button {
    /// A button with its label from `wording.toml`, under `button.<row key>`.
    pub fn new(press: &Press, wording: &Wording) -> Self {
        Self::labelled(press, wording.say(&format!("button.{}", press.row), ()))
    }

    pub fn labelled(press: &Press, label: impl Into<String>) -> Self {
        let label: String = label.into();
        Self { id: press.to_string(), label: shortened(&label, 80), style: ButtonStyle::Plain }
    }

    pub fn styled(self, style: ButtonStyle) -> Self {
        Self { style, ..self }
    }
}

/// The text cut to a number of characters, with an ellipsis where something is missing.
pub fn shortened(text: &str, characters_max: usize) -> String {
    if text.chars().count() <= characters_max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters_max - 1).collect();
    format!("{}…", kept.trim_end())
}

/// How many lines of one kind a message that is edited in place shows, from the fullest to the shortest.
const FULLNESS: [usize; 6] = [usize::MAX, 12, 6, 3, 1, 0];

/// The fullest text that fits into one message; `write` is told how many lines of one kind it may show, and says how
/// many more there are. A meeting of forty has a board as whole as one of four.
pub fn fullest(write: impl Fn(usize) -> String) -> String {
    let texts = FULLNESS.iter().map(|most| write(*most).trim().to_owned());
    let fits = |text: &String| text.chars().count() <= MESSAGE_CHARACTERS_MAX;
    let text = texts.clone().find(fits).or_else(|| texts.last()).unwrap_or_default();
    shortened(&text, MESSAGE_CHARACTERS_MAX)
}

/// Splits a long text into messages, at blank lines, then line ends, then sentence ends, then spaces.
pub fn parts(text: &str, characters_max: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while rest.chars().count() > characters_max {
        let limit = rest.char_indices().nth(characters_max).map_or(rest.len(), |(at, _)| at);
        let window = &rest[..limit];
        let last = |ends: &&[&str]| {
            let cut = ends.iter().filter_map(|end| window.rfind(end).map(|at| at + end.len())).max();
            cut.filter(|at| *at > limit / 3)
        };
        let ends: [&[&str]; 4] = [&["\n\n"], &["\n"], &[". ", "! ", "? "], &[" "]];
        let cut = ends.iter().find_map(last).unwrap_or(limit);
        parts.push(rest[..cut].trim_end().to_owned());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_goes_on_in_others_and_its_buttons_come_last() {
        let said = "It was seen on Friday. ".repeat(200);
        let message = Message::text(said.trim()).notifying([AccountId(7)]);
        let parts = message.in_parts();
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().all(|part| part.text.ends_with("Friday.") && part.text.chars().count() <= 2_000));
        assert_eq!(parts.iter().map(|part| part.mentions.len()).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(Message::default().in_parts(), [Message::default()]);
    }

    #[test]
    fn the_fullest_text_that_fits_is_written() {
        let lines = |most: usize| vec!["a line of some length"; most.min(1_000)].join("\n");
        assert_eq!(fullest(lines).lines().count(), 12);
        assert_eq!(fullest(|_| "short".to_owned()), "short");
        assert!(fullest(|_| "x".repeat(3_000)).ends_with('…'));
    }

    #[test]
    fn a_text_is_cut_between_sentences_and_nothing_of_it_is_lost() {
        let check = |text: &str, most: usize, expected: &[&str]| assert_eq!(parts(text, most), expected, "{text}");
        check("Short.", 20, &["Short."]);
        check("Is it so? It is so! We saw it.", 22, &["Is it so? It is so!", "We saw it."]);
        check("Seen on Friday. And on Sunday\nat home", 30, &["Seen on Friday. And on Sunday", "at home"]);
        check("a word after another", 13, &["a word after", "another"]);
        check("onewordwithoutanend", 8, &["onewordw", "ithoutan", "end"]);
    }
}
