//! What follows where somebody acted in two cases at once: a moment in which it can be taken back, and what is told of an
//! entry that was meant for another (SES-15).

use crate::domain::event::Event;
use crate::domain::ids::CrossingNo;
use crate::domain::limits::Item;
use crate::domain::timer::Timer;
use crate::room::Scene;

use super::{Plan, in_the_room};

impl Plan {
    pub(super) fn crossing(&mut self, scene: &Scene<'_>, event: &Event) {
        match event {
            Event::Crossed { crossing } if !crossing.items.is_empty() => {
                self.set(Timer::Crossing(crossing.no), crossing.until);
            }
            Event::NoLongerHeld { crossing } => self.no_longer_held(scene, *crossing),
            Event::WrongCaseMarked { crossing } => {
                let chair = scene.case.session().and_then(|session| session.chair());
                let told = chair.into_iter().chain(scene.case.convenor());
                self.tell_each(scene, told, &scene.wrong_case_told(*crossing));
            }
            _ => {}
        }
    }

    /// The room hears of it by its posts; of what is for some readers alone, these are told.
    fn no_longer_held(&mut self, scene: &Scene<'_>, no: CrossingNo) {
        let (Some(session), Some(state)) = (scene.case.session(), scene.case.crossing(no)) else { return };
        let entry = |item: &Item| if let Item::Entry(draft) = item { Some(*draft) } else { None };
        let drafts: Vec<_> = state.crossing.items.iter().filter_map(entry).collect();
        self.absent_owners(scene, &drafts);
        for item in state.crossing.items.iter().filter(|item| session.limits.contains_key(item)) {
            let readers = session.readers_of(scene.case, *item);
            self.tell_each(scene, readers.into_iter(), &scene.limited_told());
            let said = session.contributions.iter().map(|(contribution, _)| contribution);
            let said = said.filter(|contribution| *item == Item::Contribution(contribution.id));
            let told = said.filter_map(|contribution| scene.entered_for(session, contribution, false));
            self.effects.extend(told.map(in_the_room));
        }
    }
}
