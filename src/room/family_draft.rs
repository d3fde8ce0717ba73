//! The draft for the family, as the chair ticks it: every line there is, what is kept from the family marked, and a button
//! for each (SEC-06).

use minijinja::context;

use super::Scene;
use super::message::{Button, ButtonStyle, Message, shortened};
use super::press::Press;
use crate::domain::family_draft::FamilyLineInWords;
use crate::domain::ids::SessionNo;

/// Lines in a message: each has a button or two of its 25, beside those for all of them, the draft itself and the further
/// lines.
const LINES_MAX: usize = 8;
/// Of a line's words; the draft itself has them all.
const WORDS_MAX: usize = 90;

impl Scene<'_> {
    /// A part of the lines, counted from 1.
    pub fn family_draft(&self, session: SessionNo, lines: &[FamilyLineInWords], part: usize) -> Message {
        let of = lines.len().div_ceil(LINES_MAX).max(1);
        let part = part.clamp(1, of);
        let press = |row: &str| self.press(row).with("session", session);
        let numbered = (1..).zip(lines).skip((part - 1) * LINES_MAX).take(LINES_MAX);
        let numbered: Vec<(usize, &FamilyLineInWords)> = numbered.collect();
        let in_words = |(n, line): &(usize, &FamilyLineInWords)| {
            context! {
                n, title => &line.title, words => shortened(&line.words, WORDS_MAX), ticked => line.ticked,
                kept => line.kept, items => line.items.iter().map(|item| shortened(item, WORDS_MAX)).collect::<Vec<_>>(),
            }
        };
        let values = context! {
            code_name => self.code_name().to_string(), session => session.0, part, of,
            is_nothing_told => lines.iter().all(|line| line.line.draft().is_none()),
            lines => numbered.iter().map(in_words).collect::<Vec<_>>(),
        };
        let own = numbered.iter().flat_map(|(n, line)| self.buttons_of_line(*n, line, part, press));
        let waits = lines.iter().any(|line| !line.ticked && !line.kept);
        let all = waits.then(|| Button::new(&press("family_tick_all"), self.wording));
        let read = Button::new(&press("family_copy"), self.wording).styled(ButtonStyle::Main);
        // After the last comes the first.
        let next = (of > 1).then(|| {
            let n = part % of + 1;
            Button::labelled(&press("family_draft").with("part", n), self.wording.say("handover.part", context! { n }))
        });
        let buttons = all.into_iter().chain([read]).chain(own).chain(next);
        Message::text(self.wording.say("family_draft.lines", values)).with_buttons(buttons.collect())
    }

    /// To tick it or take the tick back; where the chair can read what of it is kept from the family, to lift that.
    fn buttons_of_line(
        &self,
        n: usize,
        line: &FamilyLineInWords,
        part: usize,
        press: impl Fn(&str) -> Press,
    ) -> Vec<Button> {
        let row = if line.ticked { "family_untick" } else { "family_tick" };
        let rows = [Some(row), (!line.items.is_empty()).then_some("family_lift")].into_iter().flatten();
        let button = |row: &str| {
            let press = press(row).with("family_line", &line.line).with("part", part);
            Button::labelled(&press, format!("{} {n}", self.wording.say(&format!("button.{row}"), ())))
        };
        rows.map(button).collect()
    }
}
