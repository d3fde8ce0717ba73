//! How the concern came, why the session was held, in what form, and with what script.

use super::document::{Block, Fact, Piece};
use super::reading::{Reading, values};
use crate::domain::agreement::{self, AGREEMENT};
use crate::domain::calendar;
use crate::domain::deadlines::{DeadlineKind, deadline};
use crate::domain::event::Event;
use crate::domain::session::Session;
use crate::domain::spoken::Spoken;

/// Where the concern came from and how urgent it was taken to be (REF-01 to REF-06).
pub(super) fn referral(reading: &Reading<'_>) -> Vec<Block> {
    let referral = &reading.case.referral;
    let received = referral.received_at.map_or_else(|| reading.label("not_recorded"), calendar::both);
    let clock_from = referral.clock_from(&reading.rules.procedure.deadlines);
    let who = &referral.referrer;
    let person = [&who.name, &who.role, &who.agency].map(|part| reading.spoken(part));
    let [name, role, agency] = [person[0].words(), person[1].words(), person[2].words()];
    let mut facts = vec![reading.fact("received", received)];
    facts.extend(referral.known_at.map(|at| reading.fact("known", calendar::both(at))));
    facts.extend([
        reading.fact("clock_from", reading.choice("from", clock_from.code())),
        reading.fact("route", reading.spoken(&referral.route)),
        reading.fact("referrer", reading.named(name, role, agency)),
    ]);
    if who.high_status {
        facts.push(reading.fact("high_status", reading.yes_no(true)));
    }
    facts.extend(referral.taken_by.as_ref().map(|by| reading.fact("taken_by", reading.spoken(by))));
    facts.extend(reading.case.request.as_ref().map(|requested| {
        let by = &requested.request.by;
        let person = reading.named(&by.name, &by.role, &by.agency);
        let values = values! { person, at => calendar::both(requested.at) };
        reading.fact("requested", reading.sentence("registered", values))
    }));
    let registrar = &reading.case.registered_by;
    let registered = values! {
        person => reading.named(&registrar.name, &registrar.role, &registrar.agency),
        at => calendar::both(reading.case.registered_at),
    };
    facts.extend([
        reading.fact("registered", reading.sentence("registered", registered)),
        reading.fact("trigger", reading.choice("trigger_point", referral.trigger_point.code())),
        reading.fact("trigger_type", reading.choice("trigger_type", referral.trigger_type.code())),
        reading.fact("urgency", urgency(reading)),
    ]);
    facts.extend(amendments(reading));
    facts.extend([EARLIER_ASSESSMENTS, PRIOR_CONVERSATIONS].into_iter().filter_map(|prompt| counted(reading, prompt)));
    if !referral.prior_conversations.is_empty() {
        facts.push(reading.fact("prior_conversations", &referral.prior_conversations));
    }
    vec![Block::Facts(facts)]
}

/// Questions about what came before, whose answers are counted.
const EARLIER_ASSESSMENTS: &str = "earlier_assessments";
const PRIOR_CONVERSATIONS: &str = "prior_conversations";

/// How often, and when: "2: 3 March 2026; 9 May 2026". An answer that there was none is not one of them.
fn counted(reading: &Reading<'_>, prompt: &str) -> Option<Fact> {
    let answers = reading.session?.answers(prompt).map(|(_, answer)| &answer.fields);
    let took_place: Vec<_> = answers.filter(|said| said.get("held").is_none_or(|held| held.words() == "yes")).collect();
    let dates: Vec<_> = took_place.iter().filter_map(|said| said.get("date")).map(|date| date.words()).collect();
    let number = took_place.len();
    (number > 0).then(|| reading.fact(prompt, reading.sentence("counted", values! { number, dates })))
}

/// What was supplied or put right afterwards, when and by whom (REF-01).
fn amendments(reading: &Reading<'_>) -> Vec<Fact> {
    let amended = reading.records.iter().filter_map(|record| match &record.event {
        Event::ReferralAmended { amendment } => Some((record, amendment)),
        _ => None,
    });
    let said = amended.map(|(record, amendment)| {
        let by = &record.actor;
        let parts: Vec<_> = amendment.parts().into_iter().map(|part| reading.choice("part", part)).collect();
        let by = reading.named(&by.name, &by.role, &by.agency);
        let values = values! { at => calendar::both(record.at), by, parts };
        reading.fact("amended", reading.sentence("amended", values))
    });
    said.collect()
}

fn urgency(reading: &Reading<'_>) -> String {
    let urgency = reading.case.referral.urgency;
    let flags = [
        (urgency.immediate_protection, "immediate_protection"),
        (urgency.complex, "complex"),
        (urgency.injury, "injury"),
        (urgency.in_hospital, "in_hospital"),
        (urgency.medical_likely, "medical_likely"),
        (urgency.legal_action_likely, "legal_likely"),
        (urgency.moved, "moved"),
    ];
    let flags: Vec<_> =
        flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| reading.choice("flag", flag)).collect();
    let class = reading.choice("urgency", urgency.class.code());
    reading.sentence("urgency", values! { class, flags })
}

/// The reason for the session, and where each child was (INFO-07, INFO-08).
pub(super) fn reason(reading: &Reading<'_>) -> Vec<Block> {
    let referral = &reading.case.referral;
    let mut facts = vec![
        reading.fact("grounds", grounds(reading)),
        reading.fact("threshold", reading.choice("threshold", referral.threshold.code())),
    ];
    facts.extend(super::family::locations(reading));
    vec![Block::Facts(facts)]
}

/// The grounds the session was convened on, or that nobody stated any: beside the section 47 decision too (DEC-02).
pub(super) fn grounds(reading: &Reading<'_>) -> Piece {
    let grounds = &reading.case.referral.grounds;
    if grounds.is_empty() { reading.label("not_stated").into() } else { Piece::from(grounds) }
}

/// What was held, and how (REF-09, INV-23, INV-24).
pub(super) fn form(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let form = super::heading::form(reading, session);
    let mut facts = vec![
        reading.fact("form", form),
        reading.fact("held", reading.choice("held", session.held.code())),
        reading.fact("complex", reading.yes_no(session.complex)),
        reading.fact("convened", calendar::both(session.convened_at)),
    ];
    facts.extend(agreements(reading, session));
    vec![Block::Facts(facts)]
}

/// Who agreed that a discussion is held first, themselves or by telephone; what the procedure insists on and nobody
/// recorded is said too (REF-10).
fn agreements(reading: &Reading<'_>, session: &Session) -> Vec<Fact> {
    let procedure = reading.rules.procedure;
    let not_recorded = agreement::not_recorded(session, procedure);
    let mut facts = Vec::new();
    for line in &procedure.agreement {
        let label = reading.sentence("agreement_of", values! { manager => line.label });
        let own = session.agreements.iter().find(|agreement| agreement.line == line.role);
        let telephone = session.answers(AGREEMENT).find_map(|(draft, answer)| {
            let words = answer.fields.get(&line.role).filter(|words| !words.is_empty())?;
            Some((draft, words, answer.fields.get("entered_by").map(Spoken::words)))
        });
        if let Some(own) = own {
            let person = reading.named(&own.by.name, &own.by.role, &own.by.agency);
            let values = values! { person, rank => own.rank, at => calendar::both(own.at) };
            facts.push(Fact::new(label, reading.sentence("agreed", values)));
        } else if let Some((draft, words, named)) = telephone {
            let by = named.unwrap_or(&reading.case.person(draft.entered_by).name);
            let values = values! { words => words.words(), by, at => calendar::both(draft.entered_at) };
            facts.push(Fact::new(label, reading.sentence("agreed_by_telephone", values)));
        } else if not_recorded.contains(&line) {
            facts.push(Fact::new(label, reading.label("not_recorded")));
        }
    }
    facts
}

/// When it had to be held and when it was (TIM-01 to TIM-07).
pub(super) fn timing(reading: &Reading<'_>) -> Vec<Block> {
    let Some(session) = reading.session else { return Vec::new() };
    let rules = reading.rules;
    let hold_by = deadline(DeadlineKind::HoldBy, reading.case, rules);
    let hold_by = hold_by.map_or_else(
        || reading.sentence("no_hold_by", values! {}),
        |deadline| super::ending::working(reading, &deadline),
    );
    let mut facts: Vec<Fact> = vec![reading.fact("hold_by", hold_by)];
    let meeting_by = deadline(DeadlineKind::MeetingBy, reading.case, rules);
    facts.extend(meeting_by.map(|by| reading.fact("meeting_by", super::ending::working(reading, &by))));
    facts.extend(super::heading::elapsed(reading, session).map(|elapsed| reading.fact("elapsed", elapsed)));
    if session.opened_at.is_some() {
        facts.push(reading.fact("held_late", reading.yes_no(session.held_late)));
    }
    vec![Block::Facts(facts)]
}

/// The script's headings and when they were read (GATE-11), and the etiquette of the round (TURN-01).
pub(super) fn script(reading: &Reading<'_>) -> Vec<Block> {
    let Some(opened) = reading.session.and_then(|session| session.opened_at) else { return Vec::new() };
    let procedure = reading.rules.procedure;
    let headings: Vec<_> = procedure.script.iter().map(|passage| passage.heading.as_str()).collect();
    let mut blocks = vec![reading.paragraph("script", values! { at => reading.clock_time(opened), headings })];
    let passages = procedure.script.iter().map(|passage| Fact::new(passage.heading.as_str(), passage.text.trim()));
    blocks.push(Block::Facts(passages.collect()));
    blocks
}
