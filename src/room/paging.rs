//! A long text as a private answer, one part at a time.

use minijinja::{Value, context};

use super::Scene;
use super::message::{Button, MESSAGE_CHARACTERS_MAX, Message, parts};
use super::press::Press;
use crate::wording::Wording;

/// How much of a message what stands around a part may take.
const AROUND_MAX: usize = 200;

/// The part of a text that is wanted, counted from 1, with the button to the next. `say` makes the message of the part, of
/// its number and of how many there are.
pub fn page(
    text: &str,
    press: &Press,
    wanted: usize,
    wording: &Wording,
    say: impl FnOnce(String, usize, usize) -> String,
) -> Message {
    let mut parts = parts(text, MESSAGE_CHARACTERS_MAX - AROUND_MAX);
    let of = parts.len();
    let n = wanted.clamp(1, of.max(1));
    let part = if of == 0 { String::new() } else { parts.swap_remove(n - 1) };
    let next = (n < of).then(|| {
        let label = wording.say("handover.part", context! { n => n + 1 });
        Button::labelled(&press.clone().with("part", n + 1), label)
    });
    Message::text(say(part, n, of)).with_buttons(next.into_iter().collect())
}

impl Scene<'_> {
    /// The same under a sentence that names the case.
    pub fn page(&self, text: &str, press: &Press, wanted: usize, key: &str) -> Message {
        page(text, press, wanted, self.wording, |text, n, of| {
            let values: Value = context! { code_name => self.code_name().to_string(), text, n, of };
            self.wording.say(key, values)
        })
    }
}
