//! A session's findings on paper: the auditor's sheet, and the anonymous one to learn from.

use minijinja::context;

use super::{Answer, Finding, Head, Sitting};
use crate::domain::calendar;
use crate::minutes::{Block, Fact, Minutes, Piece, Section, Table};
use crate::wording::Wording;

/// The sheet: the four heads in order, each thing looked for with what the record shows and the entries that rests on,
/// and then whatever people judged (AUD-01 to AUD-07).
pub fn sheet(sitting: &Sitting<'_>, wording: &Wording) -> Minutes {
    let session = sitting.session();
    let findings = sitting.findings();
    let label = |key: &str| wording.say(&format!("audit_label.{key}"), ());
    let fact = |key: &str, value: String| Fact::new(label(key), value);
    let procedure = sitting.rules.procedure;
    let facts = vec![
        fact("code_name", sitting.case.code_name.to_string()),
        fact("session", session.no.to_string()),
        fact("held", calendar::both(sitting.held_at())),
        fact("procedure", format!("{}, {}", procedure.name, procedure.as_at)),
    ];
    let row = |finding: &Finding| -> Vec<Piece> {
        let about = |part: &str| wording.say(&format!("audit_{part}.{}", finding.check.key), ());
        let (lacking, entries) = (&finding.lacking, &finding.rests_on);
        vec![
            about("check").into(),
            answer(finding.answer, wording).into(),
            wording.say("audit.rests_on", context! { lacking, entries }).into(),
            finding.check.duties.join(" ").into(),
        ]
    };
    let headers = ["looked_for", "answer", "from_the_record", "duties"].map(label);
    let head = |head: Head| {
        let rows = findings.iter().filter(|finding| finding.check.head == head).map(row);
        let heading = name(head, wording);
        let table = Table { caption: label("caption"), headers: headers.to_vec(), rows: rows.collect() };
        Section { key: head.code().to_owned(), heading, blocks: vec![Block::Table(table)] }
    };
    let mut sections: Vec<_> = Head::ALL.iter().map(|(one, _)| head(*one)).collect();
    sections.push(judgements(sitting, wording));
    let values = context! { code_name => sitting.case.code_name.to_string(), number => session.no.0 };
    paper(wording.say("audit.sheet_title", values), wording.say("audit.sheet_notice", ()), facts, sections)
}

/// What people judged, each on a line of its own; nothing stands there unless a person gave it.
fn judgements(sitting: &Sitting<'_>, wording: &Wording) -> Section {
    let judged = sitting.session().judgements.iter().map(|judged| {
        let values = context! {
            judgement => wording.say(&format!("choice.judgement.{}", judged.judgement.code()), ()),
            name => judged.by.name.as_str(), role => judged.by.role.as_str(), agency => judged.by.agency.as_str(),
            at => calendar::both(judged.at), words => judged.words.words(),
        };
        Piece::new(wording.say("audit.judged", values))
    });
    let lines: Vec<_> = judged.collect();
    let blocks = if lines.is_empty() {
        vec![Block::paragraph(wording.say("audit.not_judged", ()))]
    } else {
        vec![Block::List(lines)]
    };
    Section { key: "judgements".to_owned(), heading: wording.say("audit_label.judgements", ()), blocks }
}

/// The questions a session's findings raise, under the same heads, for one person or a group. It says nothing of whose
/// session it was, or of anybody in it (AUD-10).
pub fn learning(sitting: &Sitting<'_>, wording: &Wording) -> Minutes {
    let findings = sitting.findings();
    let head = |head: Head| {
        let own = || findings.iter().filter(|finding| finding.check.head == head);
        let met = own().filter(|finding| finding.answer == Answer::Met).count();
        let not_met = own().filter(|finding| finding.answer == Answer::NotMet);
        let about = |part: &str, finding: &Finding| wording.say(&format!("audit_{part}.{}", finding.check.key), ());
        let question = |finding: &Finding| {
            let values = context! { looked_for => about("check", finding), question => about("question", finding) };
            Piece::new(wording.say("audit.learning_question", values))
        };
        let values = context! { head => name(head, wording), met => met, of => own().count() };
        let first = Piece::new(wording.say("audit.learning_first", values));
        let questions = std::iter::once(first).chain(not_met.map(question)).collect();
        Section { key: head.code().to_owned(), heading: name(head, wording), blocks: vec![Block::List(questions)] }
    };
    let sections = Head::ALL.iter().map(|(one, _)| head(*one)).collect();
    paper(wording.say("audit.learning_title", ()), wording.say("audit.learning_notice", ()), Vec::new(), sections)
}

pub(super) fn name(head: Head, wording: &Wording) -> String {
    wording.say(&format!("audit_head.{}", head.code()), ())
}

fn answer(answer: Answer, wording: &Wording) -> String {
    wording.say(&format!("audit_answer.{}", answer.code()), ())
}

/// A document of the audit's own: no record of a session, so without status and outline.
pub(super) fn paper(title: String, notice: String, facts: Vec<Fact>, sections: Vec<Section>) -> Minutes {
    Minutes { title, status: Vec::new(), notices: vec![notice.into()], facts, sections, outline: None }
}
