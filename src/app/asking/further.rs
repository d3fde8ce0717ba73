//! A further session of a case: what is filled in when it is convened, and how those on its list are reached (REV-04).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{App, Loaded};
use crate::app::ports::StoreError;
use crate::domain::attendance::{Invitee, Reach};
use crate::domain::further::{planned_for, to_be_asked};
use crate::domain::stage::Stage;
use crate::forms::{Answers, in_typed_words};
use crate::room::Scene;

/// The row a session is convened with.
pub(super) const CONVENE: &str = "convene";
/// The row that asks everybody on the list.
pub(super) const SEND_INVITATIONS: &str = "send_invitations";

/// The start the last session planned, filled in where it is still to come.
pub(super) fn planned_start(scene: &Scene<'_>, now: DateTime<Utc>) -> Answers {
    let is_over = scene.case.session().is_some_and(|session| session.stage >= Stage::Closed);
    let planned = planned_for(scene.case, scene.rules.procedure).filter(|at| is_over && *at > now);
    planned.into_iter().map(|at| ("starts".to_owned(), in_typed_words(at))).collect()
}

impl App {
    /// How the agencies on a further session's list are reached, as the directory has it now.
    pub(super) async fn reach_of_the_listed(&self, loaded: &Loaded) -> Result<BTreeMap<String, Reach>, StoreError> {
        let Some(session) = loaded.case.session() else { return Ok(BTreeMap::new()) };
        let listed = to_be_asked(&loaded.case, session);
        let is_an_agency = |to: &&Invitee| matches!(to, Invitee::Agency { .. });
        let asked: Vec<_> = listed.map(|one| &one.to).filter(is_an_agency).map(Invitee::agency).collect();
        let mut reach = BTreeMap::new();
        for agency in self.store.agencies().await?.into_iter().filter(|agency| asked.contains(&agency.name.as_str())) {
            let by_mail = self.is_reached_by_mail(&agency).await?;
            reach.insert(agency.name.clone(), Reach { by_mail, contacts: agency.contacts });
        }
        Ok(reach)
    }
}
