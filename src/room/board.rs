//! The chair's board: one pinned message, edited in place, with the buttons that make sense now.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use minijinja::context;

use crate::domain::agreement;
use crate::domain::attendance::{Absence, Attendance};
use crate::domain::calendar;
use crate::domain::deadlines::{Clock, DeadlineKind, meeting_still_due};
use crate::domain::drift;
use crate::domain::floor::{QuestionState, Whose};
use crate::domain::gist::{awaits_its_speaker, position_awaits};
use crate::domain::handover::current;
use crate::domain::hearing::is_passed_over;
use crate::domain::ids::SeatId;
use crate::domain::open_items::{carried_over, is_without_information, left_open, open_items, still_asked};
use crate::domain::plan;
use crate::domain::prompt::AskedOf;
use crate::domain::recipients::owners_to_ask_about;
use crate::domain::session::Session;
use crate::domain::stage::Stage;

use super::Scene;
use super::message::{Button, ButtonStyle, Message, ROW_MAX, fullest};
use super::press::{STAGE, TURN};

/// How many questions the board names before it says how many more there are.
const LINES_MAX: usize = 6;

impl Scene<'_> {
    /// The board as it stands. `now` decides nothing but how times are shown.
    pub fn board(&self, session: &Session, now: DateTime<Utc>) -> Message {
        let text = fullest(|most| self.board_text(session, now, most));
        Message::text(text).with_buttons(self.board_buttons(session))
    }

    /// The board with so many lines of each kind at most.
    fn board_text(&self, session: &Session, now: DateTime<Utc>, most: usize) -> String {
        let few = |lines: Vec<String>| self.the_first_few(lines, most);
        self.wording.say(
            "board.text",
            context! {
                code_name => self.code_name().to_string(),
                label => self.label(session.form),
                session => session.no.0,
                stage => self.wording.say(&format!("stage.{}", session.stage.key()), ()),
                procedure => &self.rules.procedure.name,
                starts => self.starts(session),
                agreement => few(self.agreement_missing(session)),
                undecided => few(self.undecided(now)),
                without_action => few(self.without_action(now)),
                review => self.open_review(),
                case_closed => self.closed_in_words(),
                gathering => session.stage < Stage::Open,
                to_invite => if session.stage < Stage::Open { self.not_asked_yet(session) } else { 0 },
                hold_by => self.due(DeadlineKind::HoldBy),
                since => self.since_referral(now),
                meeting_by => meeting_still_due(self.case, &self.rules).map(|deadline| self.in_words(&deadline)),
                follow_on => self.follow_on(),
                adjourned => session.adjourned().map(|adjourned| self.adjourned(adjourned)),
                vice_chair => session.chairing.vice.map(|seat| self.case.person(seat).name.clone()),
                on_a_call => session.call.is_some() && session.stage < Stage::Closed,
                here => few(self.here(session)),
                waiting => few(self.waiting(session)),
                quorum => self.board_quorum(session),
                challenges => few(self.challenges_open()),
                floor => self.floor(session),
                heard => few(self.heard(session)),
                parked => session.questions.iter().filter(|question| question.state == QuestionState::Parked).count(),
                questions => session.open_questions().count(),
                drafts => session.unconfirmed().count(),
                prompts => few(self.still_asked(session)),
                incomplete => few(self.incomplete(most)),
                carried => self.the_first_few(self.titles(&carried_over(self.case, &self.rules)), most.min(LINES_MAX)),
                open => self.open_count(session),
                circulation => self.due(DeadlineKind::Circulation),
                outstanding => few(self.outstanding()),
                enquiry => self.carried(session),
                positions => self.positions_so_far(session),
                suggestions => session.waiting_suggestions().count(),
                planned => self.planned(),
                earlier => few(self.earlier_sessions()),
                links => few(self.links()),
                alerts => self.case.alerts_waiting().count(),
                returned => self.returned_in_words(session),
            },
        )
    }

    /// What the board says once it was posted anew for somebody who doesn't see back (SES-13).
    pub fn board_moved(&self) -> Message {
        Message::text(self.wording.say("board.moved", context! { code_name => self.code_name().to_string() }))
    }

    /// Earlier sessions whose record has not gone out, each with when it is due.
    fn outstanding(&self) -> Vec<String> {
        let lines = self.case.records_outstanding().map(|session| {
            let clock = Clock { kind: DeadlineKind::Circulation, session: Some(session.no) };
            self.wording.say("board.outstanding", context! { n => session.no.0, due => self.due(clock) })
        });
        lines.collect()
    }

    /// Managers whose agreement the procedure insists on and nobody has recorded (REF-10).
    fn agreement_missing(&self, session: &Session) -> Vec<String> {
        let missing = agreement::not_recorded(session, self.rules.procedure);
        missing.into_iter().map(|line| line.label.clone()).collect()
    }

    /// Each child without a decision, once a working day has passed since the information came (TIM-10).
    fn undecided(&self, now: DateTime<Utc>) -> Vec<String> {
        let undecided = drift::undecided(self.case, &self.rules, now).into_iter();
        let lines = undecided.filter(|one| one.working_days > 0).map(|one| {
            self.wording.say(
                "board.undecided",
                context! { child => self.child(one.child), days => one.working_days, drift => one.drift },
            )
        });
        lines.collect()
    }

    fn names(&self, seats: impl Iterator<Item = SeatId>) -> Vec<String> {
        seats.map(|seat| self.case.person(seat).name.clone()).collect()
    }

    fn here(&self, session: &Session) -> Vec<String> {
        let here = |attendance: &Attendance| {
            attendance.is_here() || (session.stage < Stage::Open && attendance.introduced.is_some())
        };
        self.names(session.attendance.iter().filter(|(_, attendance)| here(attendance)).map(|(seat, _)| *seat))
    }

    /// Who was invited and is not here yet, each with how it stands.
    fn waiting(&self, session: &Session) -> Vec<String> {
        let silent = session.invitations.iter().filter(|state| state.seat.is_none() && !state.is_withdrawn());
        let silent = silent.map(|state| {
            let key = match state.absence {
                Some(_) if is_without_information(session, state, &self.rules) => "board.declined_without_information",
                Some((Absence::ReasonOpen, _)) => "board.reason_open",
                Some(_) => "board.not_coming",
                None => "board.no_reply",
            };
            let to = &state.invitation.to;
            self.wording.say(key, context! { who => format!("{}, {}", to.role(), to.agency()), since => calendar::time(state.invited_at) })
        });
        let accepted = session.attendance.iter().filter(|(_, attendance)| {
            attendance.accepted_at.is_some() && attendance.introduced.is_none() && attendance.excluded.is_none()
        });
        let accepted = accepted.map(|(seat, attendance)| {
            let key = match (&attendance.absence, attendance.confirmed_at) {
                (Some((Absence::ReasonOpen, _)), _) => "board.reason_open",
                (Some(_), _) => "board.not_coming",
                (None, Some(_)) => "board.not_introduced",
                (None, None) => "board.not_confirmed",
            };
            self.wording.say(key, context! { who => &self.case.person(*seat).name })
        });
        silent.chain(accepted).collect()
    }

    fn board_quorum(&self, session: &Session) -> Option<String> {
        session.opened_at.map(|_| self.quorum(&session.quorum))
    }

    fn floor(&self, session: &Session) -> Option<String> {
        let at = session.turns.iter().position(|state| Some(state.turn.id) == session.floor)?;
        let who = self.whose(session.turns.get(at)?.turn.whose);
        let next = session.next_turn().map(|turn| self.whose(turn.turn.whose));
        let (n, of) = (at + 1, session.turns.len());
        Some(self.wording.say("board.floor", context! { who => who, n => n, of => of, next => next }))
    }

    fn heard(&self, session: &Session) -> Vec<String> {
        let ended = session.turns.iter().filter(|state| state.ended.is_some());
        let names = ended.filter_map(|state| match state.turn.whose {
            Whose::Seat(seat) if is_passed_over(session, seat) => None,
            Whose::Seat(seat) => Some(self.case.person(seat).name.clone()),
            Whose::Invitation(_) => Some(self.whose(state.turn.whose)),
        });
        let mut heard: Vec<_> = names.collect();
        heard.dedup();
        heard
    }

    /// Questions of this stage nobody has answered yet, the first few by name.
    pub fn still_asked(&self, session: &Session) -> Vec<String> {
        let no_date = session.held_at().is_none().then(|| self.wording.say("open.starts_at", ()));
        let asked = self.titles(&still_asked(self.case, &self.rules));
        self.the_first_few(no_date.into_iter().chain(asked), LINES_MAX)
    }

    /// Stages that are over, each with the mandatory questions it left open (REF-17).
    fn incomplete(&self, most: usize) -> Vec<String> {
        let mut stages: BTreeMap<Stage, Vec<String>> = BTreeMap::new();
        for (prompt, _) in left_open(self.case, &self.rules) {
            stages.entry(prompt.stage).or_default().push(prompt.title.clone());
        }
        let said = stages.into_iter().map(|(stage, titles)| {
            let stage = self.wording.say(&format!("stage.{}", stage.key()), ());
            self.wording
                .say("board.incomplete", context! { stage, titles => self.the_first_few(titles, most.min(LINES_MAX)) })
        });
        said.collect()
    }

    /// Lines once each, and how many more there are.
    pub(super) fn the_first_few(&self, lines: impl IntoIterator<Item = String>, most: usize) -> Vec<String> {
        let mut lines: Vec<_> = lines.into_iter().collect();
        lines.dedup();
        if lines.len() > most {
            let more = lines.split_off(most).len();
            lines.push(self.wording.say("board.more", context! { n => more }));
        }
        lines
    }

    /// How many items would be open if the session closed now; shown once deciding begins.
    fn open_count(&self, session: &Session) -> Option<usize> {
        (Stage::Deciding..Stage::Closed).contains(&session.stage).then(|| open_items(self.case, &self.rules).len())
    }

    /// Only what can be pressed now. The first is what usually comes next; danger is always last.
    fn board_buttons(&self, session: &Session) -> Vec<Button> {
        let rows: &[&str] = match session.stage {
            _ if session.adjourned().is_some() => {
                &["resume", "adjourn", "prompts", "action", "confirm_drafts", "drafts", "closing"]
            }
            Stage::Convened | Stage::Gathering => &[
                "open",
                "to_invite",
                "ready",
                "remind",
                "absent",
                "reschedule",
                "family",
                "mask",
                "prompts",
                "give_call",
            ],
            Stage::Open => &["next", "order", "prompts", "family", "mask", "ask", "remind", "absent", "give_call"],
            Stage::Sharing if session.floor.is_none() => &["next", "ask", "order", "return_to"],
            Stage::Sharing => &[
                "share",
                "share_limited",
                "mask",
                "release",
                "finish",
                "nothing_held",
                "read_out",
                "ask",
                "move_on",
                "nudge",
                "order",
                "return_to",
                "next",
            ],
            Stage::Questions => &["ask", "no_questions", "parked", "next"],
            Stage::Risk => &["view", "hide_views", "show_views", "prompts", "confirm_drafts", "drafts", "next"],
            Stage::Deciding => &["section_47", "outcome", "prompts", "confirm_drafts", "drafts", "next"],
            Stage::Actions => &["action", "prompts", "confirm_drafts", "drafts", "next"],
            Stage::ReadBack => &[
                "prompts",
                "confirm_drafts",
                "drafts",
                "confirm_actions",
                "hide_positions",
                "show_positions",
                "closing",
            ],
            Stage::Closed => &["copy", "make_handover"],
            Stage::Minutes => &[
                "copy",
                "make_handover",
                "prompts",
                "confirm_drafts",
                "drafts",
                "confirm_actions",
                "sign",
                "circulate",
                "circulate_full",
                "circulate_extract",
                "family_draft",
                "recipients",
                "case_note",
                "correction",
            ],
            Stage::Circulated => {
                &["copy", "filed", "case_note", "correction", "family_draft", "recipients", "close_case"]
            }
        };
        let rule = &self.rules.procedure.recipients;
        let asks_of_owners = !owners_to_ask_about(self.case, session, rule).is_empty();
        let mut buttons: Vec<_> = rows
            .iter()
            .filter(|row| !matches!(**row, "confirm_drafts" | "drafts") || session.unconfirmed().next().is_some())
            .filter(|row| **row != "confirm_actions" || plan::waits(self.case, session))
            .filter(|row| !row.starts_with("circulate") || session.signed_at.is_some())
            .filter(|row| **row != "circulate" || !asks_of_owners)
            .filter(|row| !matches!(**row, "circulate_full" | "circulate_extract") || asks_of_owners)
            .filter(|row| **row != "sign" || session.signed_at.is_none())
            .filter(|row| **row != "make_handover" || current(session).is_none())
            .filter(|row| **row != "close_case" || self.case.closed.is_none())
            .filter(|row| **row != "remind" || session.outside().next().is_some())
            .filter(|row| **row != "hide_views" || !session.views_hidden)
            .filter(|row| **row != "show_views" || session.views_hidden)
            .filter(|row| **row != "hide_positions" || !session.positions_hidden)
            .filter(|row| **row != "show_positions" || session.positions_hidden)
            .filter(|row| **row != "to_invite" || self.not_asked_yet(session) > 0)
            .filter(|row| **row != "absent" || session.is_anyone_missing())
            .flat_map(|row| self.buttons_of(row, session))
            .collect();
        buttons.extend(self.decide_button(session));
        buttons.extend(self.open_review_buttons());
        buttons.extend(self.challenge_buttons(session));
        buttons.extend(self.conduct_buttons(session));
        buttons.extend(self.adopt_button(session).filter(|_| session.stage < Stage::Circulated));
        let shared = session.contributions.iter().map(|(contribution, _)| contribution);
        let positions = session.positions.iter().map(|(position, _)| position);
        let some_await = shared.into_iter().any(|said| awaits_its_speaker(self.case, session, said))
            || positions.into_iter().any(|position| position_awaits(self.case, session, position));
        buttons.extend(some_await.then(|| Button::new(&self.press("said_for_me"), self.wording)));
        let has_call = session.call.is_some() && session.stage < Stage::Closed;
        buttons.extend(has_call.then(|| Button::new(&self.press("call"), self.wording)));
        buttons.extend(self.end_support_buttons(session));
        if let Some(first) = buttons.first_mut() {
            first.style = ButtonStyle::Main;
        }
        buttons.extend(self.case.records_outstanding().map(|earlier| {
            let row = if earlier.signed_at.is_none() { "sign" } else { "circulate" };
            let label = self.wording.say(&format!("board.{row}_earlier"), context! { n => earlier.no.0 });
            Button::labelled(&self.press(row).with("session", earlier.no), label)
        }));
        // The ways out are on every board, whatever else there is (SAFE-01).
        buttons.truncate(ROW_MAX * ROW_MAX - 2);
        buttons.push(self.at_once_button(None));
        buttons.push(self.danger_button());
        buttons
    }

    /// The chair ends a support seat at once (SES-09).
    fn end_support_buttons(&self, session: &Session) -> Vec<Button> {
        let here = session.here().filter(|seat| session.stage < Stage::Closed && !self.case.has_part(*seat));
        let button = |seat: SeatId| {
            let label = self.wording.say("board.end_support", context! { who => &self.case.person(seat).name });
            Button::labelled(&self.press("end_support").with("who", format!("s{seat}")), label)
        };
        here.map(button).collect()
    }

    /// Adjourning and the chair's seat, while the session is open.
    fn conduct_buttons(&self, session: &Session) -> Vec<Button> {
        if !session.stage.is_sitting() {
            return Vec::new();
        }
        let press = |row: &str| Button::new(&self.press(row), self.wording);
        let adjourn = session.adjourned().is_none().then(|| press("adjourn"));
        let vice_chair = session.chairing.vice.is_none().then(|| press("vice_chair"));
        let chair = [Some(self.hand_over_button(session)), vice_chair, self.take_button(session)];
        adjourn.into_iter().chain(chair.into_iter().flatten()).collect()
    }

    /// Most rows are one button; an agency's own view is one for each prompt that asks for it.
    fn buttons_of(&self, row: &str, session: &Session) -> Vec<Button> {
        if row != "view" {
            let ends_a_turn = matches!(row, "finish" | "nothing_held" | "move_on");
            let press = match session.floor.filter(|_| ends_a_turn) {
                Some(turn) => self.press(row).with(TURN, turn),
                None if row == "next" => self.press(row).with(STAGE, session.stage.key()),
                None => self.press(row),
            };
            return vec![Button::new(&press, self.wording)];
        }
        let prompts = self.rules.catalogue.prompts.iter();
        let asked = prompts.filter(|prompt| prompt.asked_of == AskedOf::EachAgency && prompt.stage == session.stage);
        asked.map(|prompt| Button::new(&self.press(row).with("prompt", &prompt.key), self.wording)).collect()
    }
}
