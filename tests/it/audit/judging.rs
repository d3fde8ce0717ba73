//! Judgements: people's own, side by side, and none by the bot.

use super::{AUDITOR, SHEET, audited, code_name, is_closed, opened};
use crate::support::{Cast, PROCEDURES};

const JUDGE: [&str; 2] = ["audit", "judge"];
const WORDS: [&str; 3] = ["Good", "Requires improvement", "Inadequate"];

/// Shows: AUD-06.
#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_judges_a_closed_session_and_until_then_no_value_is_there() {
    for procedure in PROCEDURES {
        let house = opened(procedure, &[]).await;
        let name = code_name(&house).await;
        let given = [
            ("case", name.as_str()),
            ("judgement", "requires_improvement"),
            ("judged_why", "The school was not asked"),
        ];
        assert_eq!(house.who(AUDITOR).slash(&JUDGE, &given).await.code(), "not_at_this_stage", "{procedure}");
        is_closed(&house).await;
        let sheet = audited(&house, &SHEET).await;
        assert!(sheet.contains("Nobody has judged this session."), "{procedure}");
        for word in WORDS {
            assert!(!sheet.contains(word), "{procedure}: {word} by itself: {sheet}");
        }
        assert_eq!(house.police().slash(&JUDGE, &given).await.code(), "for_auditor", "{procedure}");
        let got = house.who(AUDITOR).slash(&JUDGE, &given).await;
        assert_eq!(got.code(), "judgement_recorded", "{procedure}: {}", got.text());
        let sheet = audited(&house, &SHEET).await;
        let judged = "- Requires improvement: Piet Lund, Auditor, Larkshire Children's Services, 7 December 2026";
        assert!(sheet.contains(judged) && sheet.contains("The school was not asked"), "{procedure}: {sheet}");
        assert!(!house.minutes().await.contains("Requires improvement"), "{procedure}: it is in no copy of the record");
        house.close().await;
    }
}

/// Shows: AUD-07.
#[tokio::test(flavor = "multi_thread")]
async fn two_auditors_may_judge_differently_and_both_stay() {
    let house = opened("audit-assured", &[]).await;
    house.enrols_as(Cast::SchoolNurse, "Practice auditor", Cast::HealthVisitor, None).await;
    is_closed(&house).await;
    let name = code_name(&house).await;
    for (who, judgement) in [(AUDITOR, "good"), (Cast::SchoolNurse, "inadequate"), (AUDITOR, "inadequate")] {
        house
            .who(who)
            .slash(&JUDGE, &[("case", &name), ("judgement", judgement), ("judged_why", "As I read it")])
            .await;
    }
    let sheet = audited(&house, &SHEET).await;
    let lines: Vec<_> = sheet.lines().filter(|line| line.contains("As I read it")).collect();
    let begins = ["- Good: Piet Lund", "- Inadequate: Bela Marsh", "- Inadequate: Piet Lund"];
    assert_eq!(lines.len(), 3, "{sheet}");
    for (line, expected) in lines.iter().zip(begins) {
        assert!(line.starts_with(expected), "{line}");
    }
    house.close().await;
}
