//! Support seats: interpreter, minute taker, student, observer. They pass the door and stand on the attendance list, and
//! have no part in what is said and decided: no turn, no question, no position, no place in any count (SES-09).

use super::case::Case;
use super::ids::SeatId;

impl Case {
    /// The role a seat supports the session in; `None` for whoever has a part in it.
    pub fn support(&self, seat: SeatId) -> Option<&str> {
        self.seat(seat)?.support.as_deref()
    }

    pub fn has_part(&self, seat: SeatId) -> bool {
        self.support(seat).is_none()
    }
}
