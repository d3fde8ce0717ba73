//! The scenes: how each act of the script is done in the chat. A scene does what a person would, and looks at nothing
//! but what that person gets.

mod afterwards;
mod challenging;
mod convening;
mod deciding;
mod door;
mod entering;
mod opening;
mod questions;
mod referral;
mod risk;
mod sharing;

use super::company::Company;
use super::script::{Act, Beat};

/// Plays one beat, and waits until convenor has done what follows from it.
///
/// # Errors
/// Where the store can't be read or convenor does not come to rest.
pub async fn play(company: &mut Company<'_>, beat: &Beat) -> anyhow::Result<()> {
    (company.now, company.stage) = (beat.at, beat.stage);
    company.look().await?;
    act(company, &beat.act).await;
    company.bot.idle().await
}

async fn act(company: &mut Company<'_>, act: &Act) {
    match act {
        Act::Register => referral::register(company).await,
        Act::Child(n) => referral::child(company, *n).await,
        Act::Adult(n) => referral::adult(company, *n).await,
        Act::Convene => convening::convene(company).await,
        Act::Invite(key) => convening::invite(company, key).await,
        Act::InviteInError(n) => convening::invite_in_error(company, *n).await,
        Act::Vouch(key) => convening::vouch(company, key).await,
        Act::MarkAbsent(key) => convening::mark_absent(company, key).await,
        Act::EnterInformation(key) => convening::enter_information(company, key).await,
        Act::WrongMeeting(n) => door::wrong_meeting(company, *n).await,
        Act::Accept(key) => door::accept(company, key).await,
        Act::Decline(key) => door::decline(company, key).await,
        Act::SendInformation(key) => door::send_information(company, key).await,
        Act::Door(key) => door::come_in(company, key).await,
        Act::Open => opening::open(company).await,
        Act::Order => opening::order(company).await,
        Act::StandDown(key) => opening::stand_down(company, key).await,
        Act::Next => opening::next(company).await,
        Act::OutOfTurn(n) => sharing::out_of_turn(company, *n).await,
        Act::Contribute(n) => sharing::contribute(company, *n).await,
        Act::EndTurn(key) => sharing::end_turn(company, key).await,
        Act::MoveOn => sharing::move_on(company).await,
        Act::Ask(n) => questions::ask(company, *n).await,
        Act::AgencyView(kind) => risk::agency_view(company, *kind).await,
        Act::FirstAttempt => risk::first_attempt(company).await,
        Act::Answer(n) => entering::answer(company, *n).await,
        Act::Confirm => entering::confirm(company).await,
        Act::ConfirmActions => entering::confirm_actions(company).await,
        Act::Action(n) => entering::action(company, *n).await,
        Act::AcceptAction(n) => entering::accept_action(company, *n).await,
        Act::Propose => deciding::propose(company).await,
        Act::Dissent(n) => challenging::dissent(company, *n).await,
        Act::Challenge(n) => challenging::challenge(company, *n).await,
        Act::Section47 => deciding::section_47(company).await,
        Act::Outcome(n) => deciding::outcome(company, *n).await,
        Act::Position(key) => deciding::position(company, key).await,
        Act::Close => afterwards::close(company).await,
        Act::Endorse(key) => afterwards::endorse(company, key).await,
        Act::Sign => afterwards::sign(company).await,
        Act::Circulate => afterwards::circulate(company).await,
        Act::FamilyDraft => afterwards::family_draft(company).await,
        Act::Copy(key) => afterwards::copy(company, key).await,
        Act::File(key) => afterwards::file(company, key).await,
    }
}
