use std::collections::BTreeSet;

use super::*;
use crate::config::Config;

/// Every check is named once, says what it looks for and asks a question about it; heads stand in their order.
#[test]
fn every_check_has_its_words_and_stands_under_its_head() {
    let wording = Config::built_in().wording;
    let keys: Vec<_> = checks::all().map(|check| check.key).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
    for key in &keys {
        assert!(wording.has(&format!("audit_check.{key}")), "audit_check.{key}");
        assert!(wording.has(&format!("audit_question.{key}")), "audit_question.{key}");
    }
    let heads: Vec<_> = checks::all().map(|check| check.head).collect();
    assert!(heads.is_sorted(), "{heads:?}");
    assert!(Head::ALL.iter().all(|(head, _)| heads.contains(head)));
}
