//! From the places only the directory can tell to those a courier knows. The order of effects is kept.

use std::collections::BTreeSet;

use crate::domain::people::{AgencyKind, Person};
use crate::domain::procedure::Match;

use super::effect::{Effect, Place};
use super::execute::App;
use super::ports::{Agency, StoreError};

impl App {
    /// These effects with each duty queue and role made into the duty channels and people it stands for now, and
    /// without what would reach the colleagues of somebody asked by name only (INV-33). The directory is asked only
    /// where that takes it.
    pub(super) async fn addressed(
        &self,
        effects: Vec<Effect>,
        by_name_only: &BTreeSet<AgencyKind>,
    ) -> Result<Vec<Effect>, StoreError> {
        if by_name_only.is_empty() && !effects.iter().any(asks_the_directory) {
            return Ok(effects);
        }
        let (agencies, people) = (self.store.agencies().await?, self.store.enrolments().await?);
        let mut addressed: Vec<Effect> = Vec::with_capacity(effects.len());
        let is_bypassed =
            |agency: &str| agencies.iter().any(|known| known.name == agency && by_name_only.contains(&known.kind));
        let effects = effects.into_iter().flat_map(|effect| expand(effect, &agencies, &people));
        for effect in effects.filter_map(|effect| past_colleagues(effect, is_bypassed)) {
            // A manager who chairs is told once.
            if !addressed.iter().any(|told| is_the_same_message(told, &effect)) {
                addressed.push(effect);
            }
        }
        Ok(addressed)
    }
}

fn asks_the_directory(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Post { to: Place::Queue(_) | Place::Role(_) | Place::Managers { .. }, .. } | Effect::EditQueue { .. }
    )
}

fn expand(effect: Effect, agencies: &[Agency], people: &[Person]) -> Vec<Effect> {
    match effect {
        Effect::Post { to: Place::Queue(kind), slot, message, pin } => {
            let post = |agency: &str| Effect::Post {
                to: Place::Duty(agency.to_owned()),
                slot: slot.as_deref().map(|slot| slot_at(slot, agency)),
                message: message.clone(),
                pin,
            };
            of_kind(agencies, kind).map(post).collect()
        }
        Effect::EditQueue { of, slot, message } => {
            let edit = |agency| Effect::Edit { slot: slot_at(&slot, agency), message: message.clone() };
            of_kind(agencies, of).map(edit).collect()
        }
        Effect::Post { to: Place::Role(role), slot, message, pin } => {
            let reached: Vec<_> = people.iter().filter_map(|person| direct_to(person, &role)).collect();
            if reached.is_empty() {
                let queue = Effect::Post { to: Place::Queue(AgencyKind::SocialCare), slot, message, pin };
                return expand(queue, agencies, people);
            }
            // What went to several is never edited: no slot names it.
            reached.into_iter().map(|to| Effect::Post { to, slot: None, message: message.clone(), pin }).collect()
        }
        Effect::Post { to: Place::Managers { agency, role }, slot, message, pin } => {
            let own = people.iter().filter(|person| person.agency == agency);
            let reached: Vec<_> = own.filter_map(|person| direct_to(person, &role)).collect();
            if reached.is_empty() {
                return vec![Effect::Post { to: Place::Duty(agency), slot, message, pin }];
            }
            reached.into_iter().map(|to| Effect::Post { to, slot: None, message: message.clone(), pin }).collect()
        }
        other => vec![other],
    }
}

/// The effect without duty channels and mailboxes that are bypassed; those alone are no effect at all.
fn past_colleagues(effect: Effect, is_bypassed: impl Fn(&str) -> bool) -> Option<Effect> {
    match effect {
        Effect::Mail { agency, .. } if is_bypassed(&agency) => None,
        Effect::Post { to: Place::Duty(agency), .. } if is_bypassed(&agency) => None,
        Effect::Post { to: Place::Direct { account, otherwise_duty: Some(duty) }, slot, message, pin }
        | Effect::Post { to: Place::Confidential { account, duty, .. }, slot, message, pin }
            if is_bypassed(&duty) =>
        {
            let to = Place::Direct { account, otherwise_duty: None };
            Some(Effect::Post { to, slot, message, pin })
        }
        other => Some(other),
    }
}

/// The same words to the same person, whichever of the two has the buttons: the first, of whoever has to act.
fn is_the_same_message(one: &Effect, other: &Effect) -> bool {
    match (one, other) {
        (
            Effect::Post { to: Place::Direct { account, .. }, message, .. },
            Effect::Post { to: Place::Direct { account: other_account, .. }, message: other_message, .. },
        ) => account == other_account && message.text == other_message.text,
        _ => false,
    }
}

fn of_kind(agencies: &[Agency], kind: AgencyKind) -> impl Iterator<Item = &str> {
    agencies.iter().filter(move |agency| agency.kind == kind).map(|agency| agency.name.as_str())
}

fn direct_to(person: &Person, role: &[Match]) -> Option<Place> {
    let account = person.account?;
    let is_meant = role.iter().any(|line| line.covers(person.agency_kind, &person.role_code, person.rank.as_deref()));
    is_meant.then(|| Place::Direct { account, otherwise_duty: Some(person.agency.clone()) })
}

/// One slot for each of a queue's channels.
fn slot_at(slot: &str, agency: &str) -> String {
    format!("{slot}:{agency}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AccountId;
    use crate::room::message::Message;

    fn agency(name: &str, kind: AgencyKind) -> Agency {
        Agency::new(name, kind, Some("1".to_owned()))
    }

    fn agencies() -> Vec<Agency> {
        vec![
            agency("Day Team", AgencyKind::SocialCare),
            agency("Larkshire Police", AgencyKind::Police),
            agency("Night Team", AgencyKind::SocialCare),
        ]
    }

    fn manager(account: u64) -> Person {
        Person {
            account: Some(AccountId(account)),
            name: "Imogen Vale".to_owned(),
            role: "Team manager".to_owned(),
            role_code: "team_manager".to_owned(),
            agency: "Day Team".to_owned(),
            agency_kind: AgencyKind::SocialCare,
            rank: None,
        }
    }

    fn post(to: Place, slot: Option<&str>) -> Effect {
        let message = Message::text("amber-heron is late".to_owned());
        Effect::Post { to, slot: slot.map(str::to_owned), message, pin: false }
    }

    fn managers() -> Place {
        Place::Role(vec![Match {
            agency_kind: AgencyKind::SocialCare,
            roles: vec!["team_manager".to_owned()],
            ranks: Vec::new(),
        }])
    }

    #[test]
    fn a_queue_is_the_duty_channel_of_every_agency_of_the_kind_and_is_edited_in_each() {
        let posted = expand(post(Place::Queue(AgencyKind::SocialCare), Some("request")), &agencies(), &[]);
        let expected =
            ["Day Team", "Night Team"].map(|name| post(Place::Duty(name.to_owned()), Some(&format!("request:{name}"))));
        assert_eq!(posted, expected);
        let message = Message::text("taken up".to_owned());
        let edit =
            Effect::EditQueue { of: AgencyKind::SocialCare, slot: "request".to_owned(), message: message.clone() };
        let expected = ["request:Day Team", "request:Night Team"]
            .map(|slot| Effect::Edit { slot: slot.to_owned(), message: message.clone() });
        assert_eq!(expand(edit, &agencies(), &[]), expected);
    }

    #[test]
    fn what_is_meant_for_somebody_asked_by_name_only_reaches_no_colleague_of_theirs() {
        let past = |effect| past_colleagues(effect, |agency| agency == "Larkshire Police");
        let [police, team] = ["Larkshire Police", "Day Team"].map(str::to_owned);
        let direct = |otherwise_duty| post(Place::Direct { account: AccountId(7), otherwise_duty }, None);
        assert_eq!(past(post(Place::Duty(police.clone()), None)), None);
        assert_eq!(past(direct(Some(police.clone()))), Some(direct(None)));
        let instead = Box::new(Message::text("an answer".to_owned()));
        let confidential = Place::Confidential { account: AccountId(7), duty: police.clone(), instead };
        assert_eq!(past(post(confidential, None)), Some(direct(None)));
        let (subject, text) = ("please answer".to_owned(), "amber-heron".to_owned());
        assert_eq!(past(Effect::Mail { agency: police, invitation: None, subject, text }), None);
        for kept in [post(Place::Duty(team.clone()), None), direct(Some(team)), post(Place::Case, None)] {
            assert_eq!(past(kept.clone()), Some(kept));
        }
    }

    #[test]
    fn a_role_is_everybody_enrolled_in_it_and_nobody_else() {
        let worker = Person { role_code: "social_worker".to_owned(), ..manager(9) };
        let people = [manager(7), worker, manager(8)];
        let direct = |account| {
            post(Place::Direct { account: AccountId(account), otherwise_duty: Some("Day Team".to_owned()) }, None)
        };
        assert_eq!(expand(post(managers(), None), &agencies(), &people), [direct(7), direct(8)]);
    }

    #[test]
    fn what_a_role_nobody_holds_is_to_hear_goes_to_the_duty_queue_of_social_care() {
        let duty = |name: &str| post(Place::Duty(name.to_owned()), None);
        assert_eq!(expand(post(managers(), None), &agencies(), &[]), [duty("Day Team"), duty("Night Team")]);
    }
}
