//! Title, status and the heading's entries: what a reader has to know before the first section.

use super::document::{Fact, Piece, Status};
use super::reading::{Reading, values};
use super::{For, conduct, copies};
use crate::domain::agreement;
use crate::domain::calendar;
use crate::domain::chairing;
use crate::domain::deadlines::meeting_still_due;
use crate::domain::edition;
use crate::domain::event::SessionForm;
use crate::domain::issuing::{Endorsement, asked_of_the_record, still_to_say};
use crate::domain::link::Link;
use crate::domain::open_items::{self, FURTHER_INVITEE, OpenItem, lacks_statement, open_items};
use crate::domain::session::Session;

/// The record's title, which only an opened session earns (MIN-01, REF-15).
pub(super) fn title(reading: &Reading<'_>) -> String {
    match reading.session {
        Some(session) if session.opened_at.is_some() => opened_title(reading, session),
        Some(session) => reading.sentence("title_not_opened", values! { form => form(reading, session) }),
        None => reading.sentence("title_not_convened", values! {}),
    }
}

/// The title, or what the record is called until it has earned it (GATE-10).
fn opened_title(reading: &Reading<'_>, session: &Session) -> String {
    let procedure = reading.rules.procedure;
    let lacking = chairing::lacking_of_title(session, procedure);
    let (Some(lacking), Some(needs)) = (lacking, &procedure.title_needs) else { return procedure.record_title.clone() };
    let mut missing = lacking.roles;
    if lacking.chair {
        missing.push(reading.sentence("title_chair", values! {}));
    }
    reading.sentence("title_not_earned", values! { otherwise => needs.otherwise, missing })
}

/// The decision and its time stand in the heading of a record without its title, so that nobody overlooks that it was
/// made (GATE-10).
fn decided_untitled(reading: &Reading<'_>, session: &Session) -> Option<Fact> {
    chairing::lacking_of_title(session, reading.rules.procedure)?;
    let (_, decided) = session.section_47()?;
    let decision = reading.choice("section_47", decided.decision.code());
    let at = reading.at(session.section_47_decided_at()?);
    Some(reading.fact("section_47", reading.sentence("decision_at", values! { decision, at })))
}

/// Who chairs, why they are outside the rule, and the rule (INV-27, INV-28).
fn chair_outside_rule(reading: &Reading<'_>, session: &Session) -> Option<Status> {
    let reasons = chairing::outside_rule(session);
    let why: Vec<_> = reasons.iter().map(|why| reading.choice("chair_outside", why.code())).collect();
    let chair = session.chair().map(|seat| reading.person(seat)).unwrap_or_default();
    let rule = &reading.rules.procedure.chair_rule;
    (!why.is_empty()).then(|| mark(reading, "chair_not_within_rule", values! { chair, why, rule }))
}

pub(super) fn form<'a>(reading: &Reading<'a>, session: &Session) -> &'a str {
    match session.form {
        SessionForm::Meeting => &reading.rules.procedure.labels.meeting,
        SessionForm::Discussion => &reading.rules.procedure.labels.discussion,
    }
}

/// Everything a reader must not overlook (MIN-29).
pub(super) fn status(reading: &Reading<'_>) -> Vec<Status> {
    let Some(session) = reading.session else { return vec![mark(reading, "not_convened", ())] };
    let open = still_open(reading, session).len();
    let missing: Vec<_> = session.quorum.iter().filter(|line| !line.met).map(|line| line.label.as_str()).collect();
    let is_recorder_allowed = chairing::recorder_is_within_rule(reading.case, session, reading.rules.procedure);
    let agreement = agreement::not_recorded(session, reading.rules.procedure);
    let agreement: Vec<_> = agreement.into_iter().map(|line| line.label.as_str()).collect();
    let meeting_due = meeting_still_due(reading.case, reading.rules);
    let without_level = open_items::without_level(reading.case, session, reading.rules.procedure);
    let without_level: Vec<_> = without_level.iter().map(|child| child.name.words()).collect();
    let statement = lacks_statement(reading.case, reading.rules);
    let asks_sign_off = reading.rules.procedure.level(Endorsement::SignOff.rule()).works();
    let is_to_be_signed_off = asks_sign_off && session.draft_version > 0 && session.signed_off().is_none();
    let unsaid = |what: Endorsement| has_not_said(reading, session, what);
    let returned: Vec<_> = session.returned().into_iter().map(|said| said.by.name.as_str()).collect();
    let marks = [
        (session.opened_at.is_none()).then(|| mark(reading, "not_opened", ())),
        (session.adjourned().is_some()).then(|| mark(reading, "adjourned", ())),
        (session.opened_at.is_some() && session.closed_at.is_none()).then(|| mark(reading, "not_closed", ())),
        (session.signed_at.is_none()).then(|| mark(reading, "draft", ())),
        (session.is_entered_afterwards()).then(|| mark(reading, "entered_afterwards", ())),
        (is_to_be_signed_off).then(|| mark(reading, "not_signed_off", ())),
        unsaid(Endorsement::TrueRecord),
        unsaid(Endorsement::TimingClear),
        (!returned.is_empty()).then(|| mark(reading, "returned", values! { by => returned })),
        (session.closed_at.is_some() && open > 0).then(|| mark(reading, "incomplete", values! { open })),
        (!session.is_quorate()).then(|| mark(reading, "not_quorate", values! { missing, statement })),
        (session.held_late).then(|| mark(reading, "held_late", ())),
        (session.opened_at.is_some() && !agreement.is_empty())
            .then(|| mark(reading, "agreement_not_recorded", values! { managers => agreement })),
        meeting_due.map(|by| mark(reading, "meeting_due", values! { due => calendar::both(by.due.at) })),
        chair_outside_rule(reading, session),
        (!is_recorder_allowed).then(|| {
            mark(reading, "recorder_not_within_rule", values! { recorder => reading.person(session.recorder) })
        }),
        (!without_level.is_empty()).then(|| mark(reading, "risk_level_missing", values! { children => without_level })),
        (session.closed_at.is_some() && session.section_47().is_none())
            .then(|| mark(reading, "section_47_not_recorded", ())),
    ];
    marks.into_iter().flatten().collect()
}

/// That some of those who were present have not said of the record what the procedure insists on (MIN-12, MIN-14).
fn has_not_said(reading: &Reading<'_>, session: &Session, what: Endorsement) -> Option<Status> {
    let code = match what {
        Endorsement::TrueRecord => "signatures_missing",
        Endorsement::TimingClear => "timing_not_checked",
        Endorsement::SignOff => return None,
    };
    let missing = still_to_say(reading.case, session, reading.rules.procedure, what).len();
    let of = asked_of_the_record(reading.case, session).count();
    (missing > 0).then(|| mark(reading, code, values! { missing, of }))
}

fn mark(reading: &Reading<'_>, code: &'static str, values: impl serde::Serialize) -> Status {
    let wording = reading.wording;
    Status {
        code,
        word: wording.say(&format!("minutes_status.{code}"), values! {}),
        words: wording.say(&format!("minutes_status.{code}_in_full"), values),
    }
}

/// What the session was closed over and nobody has supplied since (DEC-41): a later answer takes its item away.
pub(super) fn still_open<'a>(reading: &Reading<'_>, session: &'a Session) -> Vec<&'a OpenItem> {
    let now = open_items(reading.whole, reading.rules);
    // Of most items parts may be answered since; each further invitee is an item of its own.
    let same = |open: &OpenItem, item: &OpenItem| {
        let is_whole = item.id != FURTHER_INVITEE || open.missing == item.missing;
        open.id == item.id && open.about == item.about && is_whole
    };
    let is_open = |item: &&OpenItem| now.iter().any(|open| same(open, item));
    session.closed_over.iter().filter(is_open).collect()
}

/// The line that lists every status, before anything else.
pub(super) fn notices(reading: &Reading<'_>, status: &[Status]) -> Vec<Piece> {
    let words: Vec<_> = status.iter().map(|status| status.words.as_str()).collect();
    let marks = (!words.is_empty()).then(|| reading.sentence("status", values! { words }).into());
    let limited = reading.whole.session().map_or(0, Session::limited);
    let is_told = reading.counts_limited && limited > 0;
    let count = is_told.then(|| reading.sentence("limited_count", values! { number => limited }).into());
    marks.into_iter().chain(count).collect()
}

/// Whose copy it is: the chair's full record, the one common to all recipients, or somebody's own.
pub(super) fn whose_copy(reading: &Reading<'_>, whom: For) -> Fact {
    let words = match whom {
        For::Audit => reading.label("full_record"),
        For::Reader(None) => reading.label("common_copy"),
        For::Reader(Some(seat)) => reading.person(seat),
    };
    reading.fact("copy_of", words)
}

/// The heading's entries (MIN-09, MIN-11, MIN-28, TIM-06).
pub(super) fn facts(reading: &Reading<'_>, head: &str) -> Vec<Fact> {
    let case = reading.case;
    let reference = &case.referral.reference;
    let mut facts = vec![
        reading.fact("reference", if reference.is_empty() { reading.nothing() } else { reference.as_str().into() }),
        reading.fact("code_name", case.code_name.0.as_str()),
    ];
    if !case.links.is_empty() {
        let why = |link: &Link| reading.choice("link", link.why.code());
        let links: Vec<_> = case.links.iter().map(|link| format!("{} ({})", link.code_name, why(link))).collect();
        facts.push(reading.fact("links", links.join("; ")));
    }
    if let Some(session) = reading.session {
        facts.extend(decided_untitled(reading, session));
        facts.extend(sitting(reading, session));
        facts.extend(people(reading, session));
    }
    let procedure = reading.rules.procedure;
    let form = reading.session.map(|session| form(reading, session));
    facts.extend([
        reading.fact("legal_framework", legal_framework(reading, form)),
        reading.fact(
            "procedure",
            reading.sentence(
                "procedure",
                values! { name => procedure.name, as_at => edition::in_words(&procedure.as_at) },
            ),
        ),
        copies::original(reading, head),
    ]);
    facts
}

/// That it was a strategy discussion or meeting, and under which statute (MIN-09).
fn legal_framework(reading: &Reading<'_>, form: Option<&str>) -> Piece {
    let framework = reading.rules.procedure.legal_framework.trim();
    let was_held = reading.session.is_some_and(|session| session.opened_at.is_some());
    reading.sentence("legal_framework", values! { form, was_held, framework }).into()
}

fn sitting(reading: &Reading<'_>, session: &Session) -> Vec<Fact> {
    let date = match session.held_at() {
        Some(at) => reading.sentence("date", values! { weekday => calendar::weekday(at), date => calendar::date(at) }),
        None => reading.label("no_date_fixed"),
    };
    let mut facts = vec![
        reading
            .fact("form", reading.sentence("form", values! { form => form(reading, session), number => session.no })),
        reading.fact("date", date),
        reading.fact("times", conduct::times(reading, session)),
        reading.fact("held", held(reading, session)),
    ];
    facts.extend(earlier_sessions(reading).map(|sessions| reading.fact("earlier_sessions", sessions)));
    facts.extend(elapsed(reading, session).map(|elapsed| reading.fact("elapsed", elapsed)));
    if session.opened_at.is_some() {
        facts.push(reading.fact("quorum", reading.quorum(&session.quorum)));
    }
    if let Some(at) = session.signed_at {
        facts.push(reading.fact("signed", calendar::both(at)));
    }
    if session.draft_version > 0 {
        facts.push(reading.fact("version", session.draft_version.to_string()));
    }
    facts
}

/// The sessions this one follows, each with the version of its own record: one timeline, which began with the first
/// (REF-14).
fn earlier_sessions(reading: &Reading<'_>) -> Option<String> {
    let (_, earlier) = reading.case.sessions.split_last().filter(|(_, earlier)| !earlier.is_empty())?;
    let line = |session: &Session| {
        let date = session.held_at().map(calendar::date);
        let was_opened = session.opened_at.is_some();
        let version = session.draft_version;
        reading.sentence("earlier_session", values! { number => session.no, date, was_opened, version })
    };
    let sessions: Vec<_> = earlier.iter().map(line).collect();
    Some(reading.sentence("earlier_sessions", values! { sessions }))
}

/// "Held 3 h 40 min after referral" (TIM-06).
pub(super) fn elapsed(reading: &Reading<'_>, session: &Session) -> Option<String> {
    let opened = session.opened_at.and(session.held_at())?;
    let elapsed = reading.case.referral.received_at.map(|received| calendar::elapsed_words(received, opened));
    Some(reading.sentence("elapsed", values! { elapsed }))
}

/// Chair, recorder and convenor, each with name, role and agency (MIN-28, GATE-14).
fn people(reading: &Reading<'_>, session: &Session) -> Vec<Fact> {
    let chair = session.chair().map(|seat| reading.person(seat)).or_else(|| invited_chair(reading, session));
    let mut people = vec![
        reading.fact("chair", chair.map_or_else(|| reading.nothing(), Piece::from)),
        reading.fact("recorder", reading.person(session.recorder)),
        reading.fact("convenor", reading.person(session.convenor)),
    ];
    people.splice(1..1, conduct::chairs(reading, session));
    people.extend(session.chairing_adopted.as_ref().map(|(by, at)| {
        let person = reading.named(&by.name, &by.role, &by.agency);
        let values = values! { person, at => reading.at(*at) };
        reading.fact("chairing_adopted", reading.sentence("by_at", values))
    }));
    people
}

fn invited_chair(reading: &Reading<'_>, session: &Session) -> Option<String> {
    let to = &session.invitation(session.chair_invitation?)?.invitation.to;
    let not_named = reading.label("not_named");
    let name = to.name().unwrap_or(&not_named);
    let person = reading.named(name, to.role(), to.agency());
    Some(reading.sentence("chair_did_not_come", values! { person }))
}

/// How it was held, and that it ran on a call beside the chat; never the call's details (INV-23, SES-07).
fn held(reading: &Reading<'_>, session: &Session) -> String {
    let held = reading.choice("held", session.held.code());
    match session.call {
        Some(_) => reading.sentence("held_on_a_call", values! { held }),
        None => held,
    }
}
