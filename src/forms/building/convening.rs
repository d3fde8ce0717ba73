//! Convening, invitations and what absentees send.

use super::{Built, agency_kind, command, said};
use crate::domain::attendance::{Invitee, Means, Reach};
use crate::domain::command::{Command, Party};
use crate::domain::event::{Held, SessionForm};
use crate::domain::ids::{ContributionId, InvitationId};
use crate::domain::people::Person;
use crate::domain::refusal::Refusal;
use crate::forms::{Doing, Form, View};

pub fn ready(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Ready))
}

pub fn to_invite(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::ToInvite))
}

pub fn send_invitations(form: &Form<'_>) -> Built {
    command(Command::SendInvitations { reach: form.named.reach_of.clone() })
}

pub fn leave_out(form: &Form<'_>) -> Built {
    command(Command::LeaveOut { nos: form.numbers("left_out")? })
}

pub fn add_invitee(form: &Form<'_>) -> Built {
    let given = form.needed("asked_role")?;
    let role = form.named.role(&given);
    let role = role.ok_or(Refusal::NotAChoice { field: "asked_role".to_owned(), given, choices: Vec::new() })?;
    let given = form.needed("agency")?;
    let (agency, kind) = form.named.agency.clone().ok_or(Refusal::UnknownAgency { given })?;
    let to = Invitee::Agency { agency, kind, role: role.label.clone(), role_code: role.code.clone() };
    command(Command::AddInvitee { to, support: role.support.then(|| role.label.clone()) })
}

/// Invites an agency in the role the proposal is for.
pub fn invite_proposed(form: &Form<'_>) -> Built {
    let given = form.needed("proposal")?;
    let proposal = form.rules.procedure.proposal(&given).ok_or_else(|| Refusal::NotAChoice {
        field: "proposal".to_owned(),
        given,
        choices: Vec::new(),
    })?;
    let given = form.needed("agency")?;
    let (agency, kind) = form.named.agency.clone().ok_or(Refusal::UnknownAgency { given })?;
    let role_code = proposal.role_for(kind).unwrap_or_default().to_owned();
    let to = Invitee::Agency { agency, kind, role: proposal.role(), role_code };
    command(Command::Invite { to, reach: form.named.reach.clone(), support: None })
}

pub fn not_needed(form: &Form<'_>) -> Built {
    command(Command::TurnDownProposal { proposal: form.needed("proposal")?, reason: form.spoken("reason") })
}

/// The fields that name a party to invite with the same step.
const PARTIES: [&str; 2] = ["police", "health"];

pub fn convene(form: &Form<'_>) -> Built {
    let of = form.needed_choice("form", SessionForm::from_code)?;
    command(Command::Convene {
        form: of,
        complex: form.flag("complex"),
        starts_at: form.time("starts")?,
        held: form.choice("held", Held::from_code)?.unwrap_or(Held::Virtual),
        chair: form.named.people.get("chair").cloned(),
        parties: parties(form, of)?,
        call: form.spoken("call"),
    })
}

pub fn give_call(form: &Form<'_>) -> Built {
    command(Command::GiveCall { details: form.spoken("call") })
}

pub fn call(_: &Form<'_>) -> Built {
    command(Command::ReadCall)
}

/// The police and health, each asked in the role the minimum has for them (SES-19).
fn parties(form: &Form<'_>, of: SessionForm) -> Result<Vec<Party>, Refusal> {
    let given = PARTIES.into_iter().filter(|key| form.has(key));
    let party = |key: &str| {
        let given = form.line(key);
        let asked = form.named.by_field.get(key).ok_or_else(|| Refusal::UnknownAgency { given: given.clone() })?;
        let lines = form.rules.procedure.minimum.of(of).iter();
        let mut meant = lines.flat_map(|line| line.any_of.iter().map(move |meant| (line, meant)));
        let (line, meant) = meant
            .find(|(_, meant)| meant.agency_kind == asked.kind)
            .ok_or_else(|| Refusal::NotAChoice { field: key.to_owned(), given, choices: Vec::new() })?;
        let (role, role_code) = (line.label.clone(), meant.roles.first().cloned().unwrap_or_default());
        let to = Invitee::Agency { agency: asked.agency.clone(), kind: asked.kind, role, role_code };
        Ok(Party { to, reach: asked.reach.clone() })
    };
    given.map(party).collect()
}

pub fn reschedule(form: &Form<'_>) -> Built {
    command(Command::Reschedule { starts_at: form.needed_time("starts")?, for_attendance: form.flag("for_attendance") })
}

pub fn agree(_: &Form<'_>) -> Built {
    command(Command::Agree)
}

pub fn invite(form: &Form<'_>) -> Built {
    let support = form.named.support.clone();
    if form.has("person") {
        let person = form.named.people.get("person").cloned();
        let person = person.ok_or_else(|| Refusal::NotEnrolledHere { field: "person".to_owned() })?;
        return command(Command::Invite { to: Invitee::Person(person), reach: Reach::default(), support });
    }
    command(Command::Invite { to: agency_asked(form)?, reach: form.named.reach.clone(), support })
}

/// An agency of the directory, in the role the form gives in words.
fn agency_asked(form: &Form<'_>) -> Result<Invitee, Refusal> {
    let given = form.needed("agency")?;
    let (agency, kind) = form.named.agency.clone().ok_or(Refusal::UnknownAgency { given })?;
    let role = form.needed("role")?;
    let role_code = form.named.role_code.clone().unwrap_or_default();
    Ok(Invitee::Agency { agency, kind, role, role_code })
}

pub fn by_name_only(form: &Form<'_>) -> Built {
    command(Command::AskByNameOnly { kind: agency_kind(form)? })
}

pub fn escalate(form: &Form<'_>) -> Built {
    command(Command::Escalate { invitation: InvitationId(form.number("invitation")?), step: form.needed("step")? })
}

pub fn guest(form: &Form<'_>) -> Built {
    let agency_kind = agency_kind(form)?;
    let person = Person {
        account: None,
        name: form.needed("name")?,
        role: form.needed("role")?,
        role_code: form.named.role_code.clone().unwrap_or_default(),
        agency: form.needed("agency")?,
        agency_kind,
        rank: None,
    };
    let means = form.choice("means", Means::from_code)?.unwrap_or(Means::WrittenOnly);
    let (voucher, knows_child) = (form.seat("voucher")?, form.flag("knows_child"));
    command(Command::Vouch { voucher, person, means, knows_child, support: form.named.support.is_some() })
}

pub fn absent(form: &Form<'_>) -> Built {
    command(Command::MarkAbsent { who: form.whose("who")?, reason: form.spoken("reason") })
}

pub fn inform(form: &Form<'_>) -> Built {
    command(Command::SendInformation { seat: form.seat("for")?, fields: said(form)? })
}

pub fn accept(form: &Form<'_>) -> Built {
    let conflict = form.has("conflict").then(|| form.flag("conflict"));
    command(Command::Accept { invitation: InvitationId(form.number("invitation")?), conflict })
}

pub fn decline(form: &Form<'_>) -> Built {
    let (reason, fields) = (form.spoken("reason"), form.fields(form.rules.sharing_fields()));
    command(Command::Decline { invitation: InvitationId(form.number("invitation")?), reason, fields })
}

pub fn deputy(form: &Form<'_>) -> Built {
    let deputy = form.named.people.get("person").cloned();
    let deputy = deputy.ok_or_else(|| Refusal::NotEnrolledHere { field: "person".to_owned() })?;
    command(Command::SendDeputy { deputy })
}

pub fn hand_on(form: &Form<'_>) -> Built {
    let to = form.named.people.get("person").cloned();
    let to = to.ok_or_else(|| Refusal::NotEnrolledHere { field: "person".to_owned() })?;
    command(Command::HandOn { from: form.seat("leaver")?, to })
}

pub fn prepare(form: &Form<'_>) -> Built {
    command(Command::Prepare { fields: said(form)? })
}

pub fn prepared(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Prepared))
}

pub fn release(_: &Form<'_>) -> Built {
    command(Command::ReleasePrepared)
}

pub fn send_prepared(_: &Form<'_>) -> Built {
    command(Command::SendPrepared)
}

pub fn keep_prepared(_: &Form<'_>) -> Built {
    command(Command::KeepPrepared)
}

pub fn read_sent(form: &Form<'_>) -> Built {
    command(Command::ReadSent { contribution: ContributionId(form.number("contribution")?) })
}

pub fn weigh_sent(form: &Form<'_>) -> Built {
    let contribution = ContributionId(form.number("contribution")?);
    command(Command::WeighSent { contribution, act_now: form.flag("act_now") })
}

pub fn attends(form: &Form<'_>) -> Built {
    let means = form.needed_choice("means", Means::from_code)?;
    command(Command::EnterAttendance { seat: form.needed_seat("who")?, means, gone: form.flag("gone") })
}

pub fn remind(_: &Form<'_>) -> Built {
    command(Command::Remind)
}

pub fn adopt(_: &Form<'_>) -> Built {
    command(Command::AdoptChairing)
}

pub fn stand_down(form: &Form<'_>) -> Built {
    command(Command::StandDown { who: form.whose("who")?, reason: form.spoken("reason") })
}
