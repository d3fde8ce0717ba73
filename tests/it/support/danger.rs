//! That nobody is out of reach of the danger button, whatever a test is about.

use convenor::app::execute::seat_of;
use convenor::domain::case::Case;
use convenor::domain::ids::AccountId;
use convenor::rehearsal::cast::forms::{argument, row};
use convenor::rehearsal::workspace::{Id, SeenMessage};

use super::House;

impl House {
    /// The last private answer to somebody who may raise danger has the button, but for the list it leads to (SAFE-01). An
    /// answer that names no case is in reach of the one case they sit in, where it is one. What came on the way to it was
    /// asked of somebody who may have had no seat yet.
    pub(super) async fn keeps_in_reach_of_danger(&self, account: Id, answers: &[SeenMessage]) {
        let last = answers.last().filter(|answer| answer.button("Immediate danger").is_none() && !is_the_list(answer));
        let Some(answer) = last else { return };
        let (may_raise, sits_in) = self.db_reach(AccountId(account.0)).await;
        let controls = answer.buttons().into_iter().filter_map(|button| button.custom_id);
        let of: String = controls.chain(answer.selects().into_iter().map(|select| select.custom_id)).collect();
        let is_about = |case: &String| answer.text.contains(case) || of.contains(case);
        let is_near = may_raise.iter().any(is_about) || sits_in.len() == 1;
        assert!(!is_near, "without the danger button: {}", answer.text);
    }

    /// The code names of the cases somebody may raise danger in, and of those they sit in until they are circulated.
    async fn db_reach(&self, account: AccountId) -> (Vec<String>, Vec<String>) {
        let Some(person) = self.store.enrolled(account).await.expect("the store can be read") else {
            return Default::default();
        };
        let mut may_raise = Vec::new();
        for known in self.store.cases().await.expect("the store can be read") {
            let journal = self.store.journal(&known.case, 0).await.expect("the journal can be read");
            let case = Case::fold(&journal).expect("a case begins with its referral");
            if case.may_raise(&person, seat_of(&case, Some(account))) {
                may_raise.push(known.code_name.0);
            }
        }
        let own = self.store.own_cases(account).await.expect("the store can be read").into_iter();
        (may_raise, own.map(|own| own.code_name.0).collect())
    }
}

fn is_the_list(answer: &SeenMessage) -> bool {
    let ids = answer.selects().into_iter().map(|select| select.custom_id);
    ids.into_iter().any(|id| row(&id) == Some("danger") && argument(&id, "pick").is_some())
}
