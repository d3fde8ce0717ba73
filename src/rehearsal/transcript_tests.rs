use super::*;
use crate::config::Config;
use crate::domain::due::instant;

fn step(result: ReceiptResult, text: &str) -> Step {
    Step {
        who: "hv".into(),
        does: "share",
        what: "Weight steady. Mother scored raised on the low-mood screen in September and said she was fine.".into(),
        at: instant("2026-12-07T10:14+00:00").expect("a time"),
        stage: Stage::Sharing,
        result,
        code: "not_your_turn".into(),
        text: text.into(),
        impossible: false,
    }
}

const PLAIN: Screen = Screen { width: 60, bar: false, colour: false };

fn told(screen: Screen, step: &Step) -> (String, String) {
    let config = Config::built_in();
    let mut out = Vec::new();
    let mut transcript = Transcript::new(&config.wording, screen, &mut out);
    transcript.step(step, "Bryony Sedgeworth, Larkhaven Community Health").expect("a Vec takes everything");
    let file = transcript.text().to_owned();
    (String::from_utf8(out).expect("text"), file)
}

#[test]
fn no_line_is_wider_than_sixty_columns() {
    let long = format!("You don't have the floor. {} Priya Wexcombe is speaking.", "a".repeat(90));
    let (shown, _) = told(PLAIN, &step(ReceiptResult::Refused, &long));
    assert!(shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
    assert!(shown.contains("10:14  Bryony Sedgeworth"), "{shown}");
}

#[test]
fn what_follows_stands_under_the_first_word() {
    let (shown, _) = told(PLAIN, &step(ReceiptResult::Accepted, "Recorded as item 5."));
    let clock = shown.lines().position(|line| line.starts_with("10:14")).expect("the time is on the left");
    assert!(shown.lines().skip(clock + 1).all(|line| line.starts_with(&" ".repeat(MARGIN))), "{shown}");
}

#[test]
fn a_refusal_is_marked_by_a_word() {
    let (shown, _) = told(PLAIN, &step(ReceiptResult::Refused, "You don't have the floor."));
    assert!(shown.contains("refused"), "{shown}");
    let (shown, _) = told(PLAIN, &step(ReceiptResult::Marked, "Held with you."));
    assert!(shown.contains("marked"), "{shown}");
}

#[test]
fn a_pipe_gets_the_same_lines_without_control_codes() {
    let (piped, file) = told(Screen { width: FILE_WIDTH, ..PLAIN }, &step(ReceiptResult::Accepted, "Recorded."));
    assert!(!piped.contains('\x1b') && !piped.contains('\r'));
    assert_eq!(piped, file);
    let (shown, _) =
        told(Screen { width: FILE_WIDTH, bar: true, colour: true }, &step(ReceiptResult::Accepted, "Recorded."));
    assert!(shown.contains("\x1b[2K") && shown.contains("█") || shown.contains('·'), "{shown:?}");
}

#[test]
fn a_word_that_fits_no_line_is_broken() {
    assert_eq!(wrapped("ab abcdefgh i", 4), ["ab", "abcd", "efgh", "i"]);
    assert_eq!(wrapped("", 4), [""]);
}

#[test]
fn marks_of_the_chat_are_not_shown() {
    let now = instant("2026-12-07T09:20+00:00").expect("a time");
    let check = |text: &str, expected: &str| assert_eq!(plain(text, now, &Config::built_in().wording), expected);
    check("**amber-heron-k** at <t:1796637600:f>", "amber-heron-k at 7 December 2026 10:00");
    check("today <t:1796637600:t> (<t:1796637600:R>)", "today 10:00 (in 40 min)");
    check("<@12345> has the floor; 3 < 4 <t:broken", " has the floor; 3 < 4 <t:broken");
}

#[test]
fn widths_have_bounds() {
    assert_eq!((within_bounds(20), within_bounds(72), within_bounds(300)), (60, 72, 100));
}
