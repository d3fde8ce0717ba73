use std::collections::BTreeSet;

use super::*;
use crate::config::Config;
use crate::domain::open_items::{OpenItem, Topic};

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

/// Whatever can be left open is counted under the requirement it comes from.
#[test]
fn every_open_item_has_a_requirement() {
    let config = Config::built_in();
    let procedure = config.procedures.values().next().expect("there is a procedure");
    let rules = Rules { procedure, catalogue: &config.catalogue, calendar: &config.calendar };
    let keys = config.wording.sentences().keys().filter_map(|key| key.strip_prefix("open."));
    for key in keys {
        let item = OpenItem { id: key.to_owned(), about: Topic::Session, missing: Vec::new() };
        let rule = overrides::rule(&item, &rules);
        assert_ne!(rule, key, "no requirement is known for {key}");
    }
}

#[test]
fn a_small_count_is_hidden_and_never_alone() {
    let check = |counts: &[usize], expected: &[Option<usize>]| assert_eq!(shown(counts, 5), expected, "{counts:?}");
    check(&[7, 0, 9], &[Some(7), Some(0), Some(9)]);
    check(&[12, 3, 6], &[Some(12), None, None]);
    check(&[2, 4, 10], &[None, None, Some(10)]);
    check(&[20, 1, 0], &[None, None, Some(0)]);
    check(&[0, 0, 0], &[Some(0), Some(0), Some(0)]);
}

#[test]
fn the_middle_of_some_values() {
    for (values, expected) in
        [(&[][..], None), (&[7], Some(7.0)), (&[9, 1, 4], Some(4.0)), (&[10, 20, 30, 45], Some(25.0))]
    {
        assert_eq!(median(values), expected, "{values:?}");
    }
}
