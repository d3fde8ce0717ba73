//! Words that are masked from others: by whoever knows them, before anybody says them or afterwards (SEC-08).

use super::{Decision, Situation, next};
use crate::domain::event::Event;
use crate::domain::ids::MaskNo;
use crate::domain::limits::Readers;
use crate::domain::masks::Mask;
use crate::domain::refusal::Refusal;
use crate::domain::spoken::Spoken;

/// Masks words, says anew who knows them, or with `None` lifts one's own mask. Nobody lifts another's: the words stay masked
/// from whomever any mask hides them from.
pub(super) fn mask(situation: &Situation<'_>, words: &Spoken, shown: &Spoken, readers: Option<&Readers>) -> Decision {
    let originator = situation.seat()?;
    // What the referral and the family sheet hold is masked before anybody has come in.
    if situation.convenor().is_err() {
        situation.admitted()?;
    }
    if words.is_empty() {
        return Err(Refusal::Missing { field: "masked".to_owned() });
    }
    let own = situation.case.mask_of(words, originator);
    let Some(readers) = readers.cloned() else {
        let own = own.ok_or(Refusal::NothingToLimit)?;
        return Ok(vec![Event::Unmasked { mask: own.no }]);
    };
    if let Readers::Named(seats) = &readers {
        seats.iter().try_for_each(|seat| situation.known(*seat).map(|_| ()))?;
    }
    let no = own.map_or_else(|| MaskNo(next(situation.case.masks.iter().map(|mask| mask.no.0))), |own| own.no);
    let mask = Mask { no, words: words.clone(), shown: shown.clone(), originator, readers };
    Ok(vec![Event::Masked { mask }])
}
