//! Things that go wrong on demand.
//!
//! A fault waits for the next request of its route and is used up by it. Faults never change what a request means, only
//! whether and how its answer arrives: `DoneThenLost` has done the work.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use super::route::Route;

/// What happens to a request instead of, or besides, its ordinary answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 429 with the platform's body and headers; nothing is done.
    TooManyRequests {
        /// What the answer asks to wait.
        retry_after: Duration,
    },
    /// 429 for the whole bot.
    TooManyRequestsGlobally {
        /// What the answer asks to wait.
        retry_after: Duration,
    },
    /// 500 with a JSON body; nothing is done.
    ServerError,
    /// 502 with an HTML page; nothing is done.
    BadGateway,
    /// A refusal of the platform's kind, e.g. 403 with 50013; nothing is done.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The platform's number.
        code: u32,
        /// The platform's words.
        message: String,
    },
    /// The connection breaks before anything is done.
    LostUnread,
    /// Everything is done, then the connection breaks before the answer.
    DoneThenLost,
    /// Everything is done, then the edge answers 502 with an HTML page.
    DoneThenBadGateway,
    /// The request is served this much later.
    Slow(Duration),
}

impl Fault {
    /// A short name for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TooManyRequests { .. } => "too many requests",
            Self::TooManyRequestsGlobally { .. } => "too many requests globally",
            Self::ServerError => "server error",
            Self::BadGateway => "bad gateway",
            Self::Refused { .. } => "refused",
            Self::LostUnread => "lost unread",
            Self::DoneThenLost => "done then lost",
            Self::DoneThenBadGateway => "done then bad gateway",
            Self::Slow(_) => "slow",
        }
    }
}

/// Whether the gateway answers heartbeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heartbeats {
    /// As it should.
    Acknowledged,
    /// It has become a zombie: the connection is open and nothing comes back.
    Unanswered,
}

/// What waits to go wrong.
#[derive(Debug, Default)]
pub struct Faults {
    waiting: VecDeque<(Route, Fault)>,
    /// Kinds of event to deliver twice, the next time they occur.
    pub duplicates: Vec<String>,
    pub heartbeats_unanswered: bool,
    pub judge: Option<Judge>,
}

/// Says of every request what befalls it.
pub struct Judge(pub Box<dyn FnMut(Route) -> Option<Fault> + Send>);

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}

impl Faults {
    /// Let the next requests of a route go wrong, one after the other.
    pub fn add(&mut self, route: Route, fault: Fault, times: usize) {
        self.waiting.extend(std::iter::repeat_n((route, fault), times));
    }

    /// The fault for this request, if one waits.
    pub fn take(&mut self, route: Route) -> Option<Fault> {
        let place = self.waiting.iter().position(|(wanted, _)| *wanted == route)?;
        self.waiting.remove(place).map(|(_, fault)| fault)
    }

    /// What befalls this request by whoever judges them all.
    pub fn judge(&mut self, route: Route) -> Option<Fault> {
        self.judge.as_mut().and_then(|judge| (judge.0)(route))
    }

    /// How many faults still wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether the next event of this kind goes out twice.
    pub fn take_duplicate(&mut self, kind: &str) -> bool {
        let place = self.duplicates.iter().position(|wanted| wanted == kind);
        place.map(|place| self.duplicates.remove(place)).is_some()
    }
}
