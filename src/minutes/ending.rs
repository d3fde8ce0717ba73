//! Deadlines with their working, circulation, and what was still open when the session closed.

use chrono::{DateTime, Utc};

use super::attendance;
use super::document::{Block, Piece};
use super::heading::still_open;
use super::reading::{Reading, values};
use crate::domain::attendance::Exclusion;
use crate::domain::calendar;
use crate::domain::deadlines::{Clock, Deadline, DeadlineKind, deadline, deadlines};
use crate::domain::event::Recipient;
use crate::domain::floor::Whose;
use crate::domain::ids::SeatId;
use crate::domain::issuing::Choice;
use crate::domain::open_items::{FURTHER_INVITEE, OpenItem, Topic};
use crate::domain::recipients::recipients;
use crate::domain::session::Session;

/// Each deadline with the rule and the source it comes from (TIM-12 to TIM-26).
fn deadlines_table(reading: &Reading<'_>) -> Vec<Block> {
    let set = deadlines(reading.case, reading.rules).into_iter().map(|(kind, deadline)| {
        let source = deadline.rule.source.as_str();
        vec![
            reading.label(kind.code()).into(),
            calendar::both(deadline.due.at).into(),
            rule(reading, &deadline).into(),
            source.into(),
        ]
    });
    let rows: Vec<Vec<Piece>> = set.collect();
    if rows.is_empty() {
        return vec![reading.paragraph("no_deadlines", values! {})];
    }
    vec![reading.table("deadlines", &["deadline", "due", "rule", "source"], rows)]
}

/// "8 December 2026 23:59: 1 working day after the close (001-29)".
pub(super) fn working(reading: &Reading<'_>, deadline: &Deadline) -> String {
    let values = values! {
        due => calendar::both(deadline.due.at),
        rule => rule(reading, deadline),
        source => deadline.rule.source,
    };
    reading.sentence("working", values)
}

fn rule(reading: &Reading<'_>, deadline: &Deadline) -> String {
    let (unit, number) = deadline.rule.within.counted();
    let from = reading.choice("from", deadline.event.code());
    let beyond_holidays = deadline.due.beyond_holidays;
    reading.sentence("rule", values! { unit, number, from, beyond_holidays })
}

/// To whom, when, on time or late, and what became of it; who gets none, and why (MIN-10, MIN-15 to MIN-20).
pub(super) fn circulation(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let rules = reading.rules;
    let clock = Clock { kind: DeadlineKind::Circulation, session: Some(session.no) };
    let due = deadline(clock, reading.case, rules);
    let mut blocks = Vec::new();
    if let Some(deadline) = &due {
        blocks.push(reading.paragraph("circulation_due", values! { working => working(reading, deadline) }));
    }
    blocks.push(Block::paragraph(match session.signed_at {
        Some(at) => reading.sentence("signed", values! { at => calendar::both(at) }),
        None => reading.sentence("not_signed", values! {}),
    }));
    blocks.push(recipients_rule(reading));
    blocks.extend(recipients_table(reading, session, due.as_ref().map(|deadline| deadline.due.at)));
    blocks.extend(owners_copy(reading, session));
    blocks.extend(chosen(reading, session));
    blocks.extend(super::issuing::filed(reading, session));
    blocks.extend(deadlines_table(reading));
    blocks.extend(left_out(reading, session));
    blocks
}

/// Who gets it by the procedure, and where the procedure has that from (MIN-15 to MIN-18).
fn recipients_rule(reading: &Reading<'_>) -> Block {
    let rule = &reading.rules.procedure.recipients;
    let groups: Vec<_> = rule.groups.iter().map(|group| reading.choice("recipients", group.code())).collect();
    let owners = reading.choice("owner_copy", rule.action_owner_copy.code());
    reading.paragraph("recipients_rule", values! { groups, owners, source => rule.source })
}

fn recipients_table(reading: &Reading<'_>, session: &Session, due: Option<DateTime<Utc>>) -> Option<Block> {
    let sent = sent_or_planned(reading, session);
    let rows: Vec<_> = sent.iter().map(|(to, sent)| recipient_row(reading, session, to, *sent, due)).collect();
    let headers = ["recipient", "copy", "sent", "version", "on_time", "opened", "filed"];
    (!rows.is_empty()).then(|| reading.table("circulation", &headers, rows))
}

/// When a copy went out, and which version.
type Sent = (DateTime<Utc>, u16);

/// Who was sent the minutes, with time and version; until then, who is to get them.
fn sent_or_planned(reading: &Reading<'_>, session: &Session) -> Vec<(Recipient, Option<Sent>)> {
    if session.circulation.is_empty() {
        let planned = recipients(reading.case, session, &reading.rules.procedure.recipients, None);
        return planned.into_iter().map(|recipient| (recipient, None)).collect();
    }
    let sent = session.circulation.iter().cloned();
    sent.map(|(recipient, at, version)| (recipient, Some((at, version)))).collect()
}

fn recipient_row(
    reading: &Reading<'_>,
    session: &Session,
    to: &Recipient,
    sent: Option<Sent>,
    due: Option<DateTime<Utc>>,
) -> Vec<Piece> {
    let not_sent = || reading.label("not_sent");
    let time = |at: Option<DateTime<Utc>>| at.map_or_else(|| reading.label("not_confirmed"), calendar::both);
    let opened = session.copies_opened.iter().find(|(seat, _, _)| *seat == to.seat).map(|(_, at, _)| *at);
    let filed = session.attendance.get(&to.seat).and_then(|attendance| attendance.filed_at);
    let on_time = match (sent, due) {
        (Some((at, _)), Some(due)) if at > due => {
            reading.sentence("late_by", values! { elapsed => calendar::elapsed_words(due, at) })
        }
        (Some(_), Some(_)) => reading.label("in_time"),
        (Some(_), None) => reading.label("no_deadline"),
        (None, _) => not_sent(),
    };
    vec![
        reading.person(to.seat).into(),
        reading.choice("copy", to.copy.code()).into(),
        sent.map_or_else(not_sent, |(at, _)| calendar::both(at)).into(),
        sent.map_or_else(not_sent, |(_, version)| version.to_string()).into(),
        on_time.into(),
        time(opened).into(),
        time(filed).into(),
    ]
}

/// That the chair was asked about the owners of actions who took no part, and what they said (MIN-30).
fn owners_copy(reading: &Reading<'_>, session: &Session) -> Option<Block> {
    let (copy, by, at) = session.issuing.owners_copy.as_ref()?;
    let copy = reading.choice("copy", copy.code());
    Some(reading.paragraph("owners_copy", values! { copy, by => by.name, at => calendar::both(*at) }))
}

/// Whom the chair added or left out, and why (MIN-15 to MIN-18).
fn chosen(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let line = |(seat, chosen): (&SeatId, &Choice)| {
        let copy = chosen.copy.map(|copy| reading.choice("copy", copy.code()));
        let reason = chosen.reason.as_ref().map(|reason| reason.words());
        let values = values! { person => reading.person(*seat), copy, reason, by => chosen.by.name };
        Piece::new(reading.sentence("recipient_chosen", values))
    };
    let items: Vec<_> = session.issuing.chosen.iter().map(line).collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("chosen_recipients")), Block::List(items)]
}

/// Invited people who get no copy, with the reason (MIN-17).
fn left_out(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    let gets_one: Vec<_> = sent_or_planned(reading, session).into_iter().map(|(to, _)| to.seat).collect();
    let lines = attendance::lines(reading, session);
    let without = lines.iter().filter(|line| !matches!(line.whose, Whose::Seat(seat) if gets_one.contains(&seat)));
    let not_named = reading.label("not_named");
    let items: Vec<Piece> = without
        .map(|line| {
            let stood_down = line.attendance.is_some_and(|at| matches!(at.excluded, Some(Exclusion::StoodDown(_))));
            let took_part = line.attendance.is_some_and(|at| at.attended() || at.informed);
            let is_chosen = matches!(line.whose, Whose::Seat(seat) if session.issuing.chosen.contains_key(&seat));
            let reason = match (stood_down, took_part) {
                _ if is_chosen => "chair",
                (true, _) => "stood_down",
                (false, false) => "never_confirmed",
                (false, true) => "not_by_rule",
            };
            let person = reading.named(line.name.unwrap_or(&not_named), &line.role, line.agency);
            reading.sentence("left_out", values! { person, reason => reading.choice("left_out", reason) }).into()
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::subheading(reading.label("left_out")), Block::List(items)]
}

/// What the session was closed over, and the one reason that covers it (DEC-41).
pub(super) fn open_items(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let mut blocks: Vec<_> = carried_over(reading, session).into_iter().collect();
    blocks.extend(closed_over(reading, session));
    blocks
}

/// What the session before left for this one (DEC-41).
fn carried_over(reading: &Reading<'_>, session: &Session) -> Option<Block> {
    let items = session.carried.iter().map(|item| {
        let about = about(reading, item.about);
        let of = (item.about != Topic::Session).then(|| about.words());
        reading.sentence("carried_item", values! { item => item_name(reading, &item.id), of })
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| reading.paragraph("carried_over", values! { items }))
}

fn closed_over(reading: &Reading<'_>, session: &Session) -> Vec<Block> {
    if session.closed_at.is_none() {
        return vec![reading.paragraph("open_until_closed", values! {})];
    }
    if session.closed_over.is_empty() {
        return vec![reading.paragraph("nothing_open", values! {})];
    }
    let reason = session.close_reason.as_ref().map(|reason| reason.words());
    let still = still_open(reading, session);
    let rows = session.closed_over.iter().map(|item| item_row(reading, item, still.contains(&item)));
    vec![
        reading.paragraph("close_reason", values! { reason, items => session.closed_over.len() }),
        reading.table("open_items", &["open_item", "about", "missing_parts", "open_still"], rows.collect()),
    ]
}

fn item_row(reading: &Reading<'_>, item: &OpenItem, is_open: bool) -> Vec<Piece> {
    let missing: Vec<_> = item.missing.iter().map(|part| part_name(reading, &item.id, part)).collect();
    let missing = if missing.is_empty() { reading.label("whole") } else { missing.join(", ") };
    let open = reading.label(if is_open { "still_open" } else { "answered_since" });
    vec![item_name(reading, &item.id).into(), about(reading, item.about), missing.into(), open.into()]
}

pub(super) fn item_name(reading: &Reading<'_>, id: &str) -> String {
    match reading.rules.catalogue.prompt(id) {
        Some(prompt) => prompt.title.clone(),
        None => reading.open_item(id),
    }
}

/// An open item in one line, with what it is about where that is not the session itself.
pub(super) fn in_words(reading: &Reading<'_>, item: &OpenItem) -> Piece {
    let name = item_name(reading, &item.id);
    if item.about == Topic::Session {
        return name.into();
    }
    let about = about(reading, item.about);
    let words = reading.sentence("item_about", values! { item => name, about => about.words() });
    Piece::made_of(words, &[&about])
}

fn part_name(reading: &Reading<'_>, item: &str, part: &str) -> String {
    if let Some(proposal) = reading.rules.procedure.proposal(part).filter(|_| item == FURTHER_INVITEE) {
        return proposal.label.clone();
    }
    let field = reading.rules.catalogue.prompt(item).and_then(|prompt| prompt.field(part));
    field.map_or_else(
        || reading.choice("part", part),
        |field| field.blank.clone().unwrap_or_else(|| field.label.clone()),
    )
}

fn about(reading: &Reading<'_>, topic: Topic) -> Piece {
    match topic {
        Topic::Session => reading.label("the_session").into(),
        Topic::Child(child) => reading.child(child),
        Topic::Adult(id) => {
            let adult = reading.case.adults.iter().find(|adult| adult.id == id);
            adult.map_or_else(|| reading.nothing(), |adult| reading.spoken(&adult.name))
        }
        Topic::Seat(seat) => reading.person(seat).into(),
        Topic::Invitation(id) => super::sharing::whose(reading, Whose::Invitation(id)).into(),
        Topic::Question(id) => {
            let number = reading.session.and_then(|session| super::sharing::number_of(session, id));
            reading.sentence("question_number", values! { number }).into()
        }
        Topic::Contribution(number) => reading.sentence("contribution_number", values! { number }).into(),
        Topic::Action(number) => reading.sentence("action_number", values! { number }).into(),
        Topic::Draft(number) => reading.sentence("entry_number", values! { number }).into(),
    }
}
