//! Questions: to a person or an agency and answered, or held with their author and given up.

use crate::app::ports::ReceiptResult;
use crate::domain::floor::QuestionState;
use crate::rehearsal::cast::company::Company;
use crate::rehearsal::cast::forms::Given;

pub async fn ask(company: &mut Company<'_>, n: usize) {
    let question = &company.case.questions[n];
    let mut given = vec![("question", Given::Text(question.text.clone()))];
    given.extend(question.to.as_ref().map(|to| ("to", addressee(to))));
    let asked = company.slash(&question.by, "ask", &["ask"], given, &question.text).await;
    if asked.result == ReceiptResult::Refused || company.look().await.is_err() {
        return;
    }
    let Some(number) = last_question(company) else { return };
    let known = [("question", number.clone())];
    if question.to.is_none() {
        // Whoever heard nothing finds it among their own questions.
        let asked = match asked.is_answered() {
            true => asked,
            false => company.press(&question.by, "parked", &[], Vec::new(), "").await,
        };
        company.press_in(&question.by, "give_up", &asked, &known, Vec::new(), &question.text).await;
    } else if let (Some(answer), Some(by)) = (&question.answer, &question.answered_by) {
        company.press(by, "reply", &known, vec![("answer", Given::Text(answer.clone()))], answer).await;
    }
}

fn addressee(to: &str) -> Given {
    match to.strip_prefix("agency:") {
        Some(agency) => Given::Text(format!("a:{agency}")),
        None => Given::Seat(to.to_owned()),
    }
}

/// The number on the question just asked.
fn last_question(company: &Company<'_>) -> Option<String> {
    let session = company.known.as_ref()?.session()?;
    let open = session.questions.iter().rev().find(|question| question.state != QuestionState::GivenUp);
    open.map(|question| question.id.to_string())
}
