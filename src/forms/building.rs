//! From a filled form to the command it asks for, row by row of the table.

use super::{Doing, Form, View};
use crate::domain::amendment::Amendment;
use crate::domain::attendance::{Invitee, Means};
use crate::domain::command::Command;
use crate::domain::decision::{
    ActionEntered, ChallengeStage, DangerKind, EnquiryMode, Entry, OutcomeChosen, PositionKind, Section47,
    Section47Decision,
};
use crate::domain::event::{Fields, Held, Pinned, SessionForm};
use crate::domain::floor::{MoveOnReason, Source};
use crate::domain::ids::{ActionNo, AdultId, AlertId, ChildId, CodeName, ContributionId, InvitationId, QuestionId};
use crate::domain::link::{Link, LinkKind};
use crate::domain::people::{AgencyKind, Person};
use crate::domain::prompt::{About, Answer};
use crate::domain::referral::{
    Adult, Born, Child, ClockFrom, Education, Referral, Referrer, SchoolStage, Threshold, TriggerPoint, TriggerType,
    Urgency, UrgencyClass,
};
use crate::domain::refusal::Refusal;
use crate::domain::request::Wanted;
use crate::domain::spoken::Spoken;

type Built = Result<Doing, Refusal>;

fn command(command: Command) -> Built {
    Ok(Doing::Command(Box::new(command)))
}

fn referral(form: &Form<'_>) -> Result<Referral, Refusal> {
    Ok(Referral {
        reference: form.needed("reference")?,
        received_at: form.time("received")?,
        known_at: form.time("known")?,
        clock_from: form.choice("clock_from", ClockFrom::from_code)?,
        route: form.spoken("route"),
        referrer: Referrer {
            name: form.spoken("referrer_name"),
            role: form.spoken("referrer_role"),
            agency: form.spoken("referrer_agency"),
            high_status: form.flag("high_status"),
        },
        taken_by: form.spoken("taken_by").some(),
        trigger_point: form.needed_choice("trigger_point", TriggerPoint::from_code)?,
        trigger_type: form.needed_choice("trigger_type", TriggerType::from_code)?,
        threshold: form.needed_choice("threshold", Threshold::from_code)?,
        grounds: form.spoken("grounds"),
        urgency: Urgency {
            class: form.needed_choice("urgency", UrgencyClass::from_code)?,
            immediate_protection: form.flag("immediate_protection"),
            complex: form.flag("complex"),
            injury: form.flag("injury"),
            in_hospital: form.flag("in_hospital"),
            medical_likely: form.flag("medical_likely"),
            legal_action_likely: form.flag("legal_likely"),
        },
        prior_conversations: Spoken::default(),
    })
}

/// The code name and the pinned texts are the application's to give; they stay blank here.
fn not_given() -> (CodeName, Pinned) {
    let pinned = Pinned {
        procedure: String::new(),
        procedure_digest: String::new(),
        catalogue_digest: String::new(),
        wording_digest: String::new(),
    };
    (CodeName(String::new()), pinned)
}

pub(super) fn register(form: &Form<'_>) -> Built {
    let (code_name, pinned) = not_given();
    command(Command::RegisterReferral { code_name, pinned, referral: Box::new(referral(form)?) })
}

pub(super) fn request(form: &Form<'_>) -> Built {
    let (code_name, pinned) = not_given();
    let is_own = |key: &str| form.row.fields.iter().any(|field| field.key == key);
    let others = form.answers.keys().filter(|key| !is_own(key)).cloned();
    let wanted = Wanted {
        concern: form.spoken("concern"),
        children: form.spoken("children"),
        urgency: form.spoken("how_urgent"),
        given: form.fields(others),
    };
    if wanted.concern.is_empty() && wanted.given.is_empty() {
        return Err(Refusal::Missing { field: "concern".to_owned() });
    }
    command(Command::RequestDiscussion { code_name, pinned, wanted })
}

pub(super) fn read_request(_: &Form<'_>) -> Built {
    command(Command::ReadRequest)
}

pub(super) fn take_up(form: &Form<'_>) -> Built {
    command(Command::TakeUpRequest { referral: Box::new(referral(form)?) })
}

pub(super) fn decline_request(form: &Form<'_>) -> Built {
    command(Command::DeclineRequest { reason: form.spoken("reason") })
}

pub(super) fn link(form: &Form<'_>) -> Built {
    let given = form.needed("linked_case")?;
    let code_name = form.named.case.clone().ok_or(Refusal::UnknownCase { given })?;
    let why = form.needed_choice("why_linked", LinkKind::from_code)?;
    command(Command::LinkCase(Link { code_name, why }))
}

pub(super) fn amend(form: &Form<'_>) -> Built {
    let words = |key: &str| form.spoken(key).some();
    let flag = |key: &str| form.has(key).then(|| form.flag(key));
    command(Command::AmendReferral(Box::new(Amendment {
        received_at: form.time("received")?,
        known_at: form.time("known")?,
        clock_from: form.choice("clock_from", ClockFrom::from_code)?,
        grounds: words("grounds"),
        route: words("route"),
        referrer_name: words("referrer_name"),
        referrer_role: words("referrer_role"),
        referrer_agency: words("referrer_agency"),
        taken_by: words("taken_by"),
        high_status: flag("high_status"),
        trigger_point: form.choice("trigger_point", TriggerPoint::from_code)?,
        trigger_type: form.choice("trigger_type", TriggerType::from_code)?,
        threshold: form.choice("threshold", Threshold::from_code)?,
        urgency: form.choice("urgency", UrgencyClass::from_code)?,
        immediate_protection: flag("immediate_protection"),
        complex: flag("complex"),
        injury: flag("injury"),
        in_hospital: flag("in_hospital"),
        medical_likely: flag("medical_likely"),
        legal_action_likely: flag("legal_likely"),
    })))
}

/// The date of a child not yet born is the expected one, however it was written (REF-08).
pub(super) fn child(form: &Form<'_>) -> Built {
    let stage = form.needed_choice("stage", SchoolStage::from_code)?;
    let born = match (stage, form.born("born")?) {
        (SchoolStage::Unborn, Born::On(day)) => Born::Expected(day),
        (_, born) => born,
    };
    command(Command::ListChild(Box::new(Child {
        id: ChildId(0),
        name: form.needed("name")?.as_str().into(),
        subject: form.flag("subject"),
        born,
        relationship: form.spoken("relationship"),
        address: form.spoken("address"),
        address_withheld: form.flag("address_withheld"),
        parental_responsibility: form.spoken("parental_responsibility"),
        legal_status: form.spoken("legal_status"),
        location: form.spoken("location"),
        stage,
        education: form.choice("education", Education::from_code)?,
    })))
}

pub(super) fn adult(form: &Form<'_>) -> Built {
    command(Command::ListAdult(Box::new(Adult {
        id: AdultId(0),
        name: form.needed("name")?.as_str().into(),
        born: form.born("born")?,
        relationship: form.spoken("relationship"),
        address: form.spoken("address"),
        address_withheld: form.flag("address_withheld"),
        flags: form.spoken("flags"),
        risk: form.flag("risk"),
        difficulties: Vec::new(),
    })))
}

pub(super) fn flag_adult(form: &Form<'_>) -> Built {
    let codes = form.needed("difficulties")?;
    let difficulties = codes.split(',').map(|code| code.trim().to_owned()).collect();
    command(Command::FlagAdult { adult: form.adult("adult")?, difficulties })
}

pub(super) fn ready(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Ready))
}

/// Invites an agency in the role the proposal is for.
pub(super) fn invite_proposed(form: &Form<'_>) -> Built {
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
    command(Command::Invite { to, by_mail: form.named.by_mail })
}

pub(super) fn not_needed(form: &Form<'_>) -> Built {
    command(Command::TurnDownProposal { proposal: form.needed("proposal")?, reason: form.spoken("reason") })
}

pub(super) fn convene(form: &Form<'_>) -> Built {
    command(Command::Convene {
        form: form.needed_choice("form", SessionForm::from_code)?,
        complex: form.flag("complex"),
        starts_at: form.time("starts")?,
        held: form.choice("held", Held::from_code)?.unwrap_or(Held::Virtual),
        chair: form.named.people.get("chair").cloned(),
    })
}

pub(super) fn reschedule(form: &Form<'_>) -> Built {
    command(Command::Reschedule { starts_at: form.needed_time("starts")?, for_attendance: form.flag("for_attendance") })
}

pub(super) fn agree(_: &Form<'_>) -> Built {
    command(Command::Agree)
}

pub(super) fn invite(form: &Form<'_>) -> Built {
    if form.has("person") {
        let person = form.named.people.get("person").cloned();
        let person = person.ok_or_else(|| Refusal::NotEnrolledHere { field: "person".to_owned() })?;
        return command(Command::Invite { to: Invitee::Person(person), by_mail: false });
    }
    let given = form.needed("agency")?;
    let (agency, kind) = form.named.agency.clone().ok_or(Refusal::UnknownAgency { given })?;
    let role = form.needed("role")?;
    let role_code = form.named.role_code.clone().unwrap_or_default();
    let to = Invitee::Agency { agency, kind, role, role_code };
    command(Command::Invite { to, by_mail: form.named.by_mail })
}

/// A kind of agency by its code.
fn agency_kind(form: &Form<'_>) -> Result<AgencyKind, Refusal> {
    let given = form.needed("kind")?;
    let unknown = || Refusal::NotAChoice { field: "kind".to_owned(), given: given.clone(), choices: Vec::new() };
    serde_json::from_value(serde_json::Value::String(given.clone())).map_err(|_| unknown())
}

pub(super) fn by_name_only(form: &Form<'_>) -> Built {
    command(Command::AskByNameOnly { kind: agency_kind(form)? })
}

pub(super) fn escalate(form: &Form<'_>) -> Built {
    command(Command::Escalate { invitation: InvitationId(form.number("invitation")?), step: form.needed("step")? })
}

pub(super) fn guest(form: &Form<'_>) -> Built {
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
    command(Command::Vouch { voucher, person, means, knows_child })
}

pub(super) fn absent(form: &Form<'_>) -> Built {
    command(Command::MarkAbsent { who: form.whose("who")?, reason: form.spoken("reason") })
}

pub(super) fn inform(form: &Form<'_>) -> Built {
    command(Command::SendInformation { seat: form.seat("for")?, fields: said(form)? })
}

pub(super) fn help(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Help))
}

pub(super) fn mine(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Mine))
}

pub(super) fn prompts(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Prompts))
}

pub(super) fn parked(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Parked))
}

pub(super) fn door(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Door))
}

pub(super) fn accept(form: &Form<'_>) -> Built {
    let conflict = form.has("conflict").then(|| form.flag("conflict"));
    command(Command::Accept { invitation: InvitationId(form.number("invitation")?), conflict })
}

pub(super) fn decline(form: &Form<'_>) -> Built {
    let (reason, fields) = (form.spoken("reason"), form.fields(form.rules.sharing_fields()));
    command(Command::Decline { invitation: InvitationId(form.number("invitation")?), reason, fields })
}

pub(super) fn deputy(form: &Form<'_>) -> Built {
    let deputy = form.named.people.get("person").cloned();
    let deputy = deputy.ok_or_else(|| Refusal::NotEnrolledHere { field: "person".to_owned() })?;
    command(Command::SendDeputy { deputy })
}

/// What was said under the fields of the sharing form; it can't be nothing.
fn said(form: &Form<'_>) -> Result<Fields, Refusal> {
    let fields = form.fields(form.rules.sharing_fields());
    if fields.is_empty() { Err(Refusal::Missing { field: "current".to_owned() }) } else { Ok(fields) }
}

pub(super) fn prepare(form: &Form<'_>) -> Built {
    command(Command::Prepare { fields: said(form)? })
}

pub(super) fn prepared(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Prepared))
}

pub(super) fn release(_: &Form<'_>) -> Built {
    command(Command::ReleasePrepared)
}

pub(super) fn send_prepared(_: &Form<'_>) -> Built {
    command(Command::SendPrepared)
}

pub(super) fn keep_prepared(_: &Form<'_>) -> Built {
    command(Command::KeepPrepared)
}

pub(super) fn read_sent(form: &Form<'_>) -> Built {
    command(Command::ReadSent { contribution: ContributionId(form.number("contribution")?) })
}

pub(super) fn weigh_sent(form: &Form<'_>) -> Built {
    let contribution = ContributionId(form.number("contribution")?);
    command(Command::WeighSent { contribution, act_now: form.flag("act_now") })
}

pub(super) fn read_back(form: &Form<'_>) -> Built {
    command(Command::ReadBack { contribution: ContributionId(form.number("contribution")?) })
}

pub(super) fn attends(form: &Form<'_>) -> Built {
    let means = form.needed_choice("means", Means::from_code)?;
    command(Command::EnterAttendance { seat: form.needed_seat("who")?, means, gone: form.flag("gone") })
}

pub(super) fn look_up(_: &Form<'_>) -> Built {
    command(Command::LookUp)
}

pub(super) fn confirm_meeting(_: &Form<'_>) -> Built {
    command(Command::ConfirmMeeting)
}

pub(super) fn not_mine(_: &Form<'_>) -> Built {
    command(Command::NotMine)
}

pub(super) fn introduce(form: &Form<'_>) -> Built {
    command(Command::Introduce { authorised: form.flag("authorised"), basis: form.spoken("basis") })
}

pub(super) fn share(form: &Form<'_>) -> Built {
    let relayed = form.has("source_name") || form.has("source_agency");
    let source = relayed.then(|| Source {
        name: form.spoken("source_name"),
        role: form.spoken("source_role"),
        agency: form.spoken("source_agency"),
        by: form.spoken("source_by"),
    });
    command(Command::Share { seat: form.seat("for")?, on_behalf_of: source, fields: said(form)? })
}

pub(super) fn finish(form: &Form<'_>) -> Built {
    command(Command::Finish { turn: form.turn() })
}

pub(super) fn nothing_held(form: &Form<'_>) -> Built {
    command(Command::NothingHeld { turn: form.turn() })
}

pub(super) fn ask(form: &Form<'_>) -> Built {
    command(Command::Ask { to: form.addressee("to")?, text: form.spoken("question") })
}

pub(super) fn reply(form: &Form<'_>) -> Built {
    command(Command::AnswerQuestion { question: QuestionId(form.number("question")?), text: form.spoken("answer") })
}

pub(super) fn put(form: &Form<'_>) -> Built {
    command(Command::PutQuestion { question: QuestionId(form.number("question")?), to: form.addressee("to")? })
}

pub(super) fn give_up(form: &Form<'_>) -> Built {
    command(Command::GiveUpQuestion { question: QuestionId(form.number("question")?) })
}

pub(super) fn no_questions(_: &Form<'_>) -> Built {
    command(Command::NoQuestions)
}

pub(super) fn open(_: &Form<'_>) -> Built {
    command(Command::Open)
}

pub(super) fn remind(_: &Form<'_>) -> Built {
    command(Command::Remind)
}

pub(super) fn adopt(_: &Form<'_>) -> Built {
    command(Command::AdoptChairing)
}

pub(super) fn order(form: &Form<'_>) -> Built {
    command(Command::SetOrder { order: form.order("order")? })
}

pub(super) fn take_first(form: &Form<'_>) -> Built {
    command(Command::TakeFirst { seat: form.needed_seat("who")? })
}

pub(super) fn next(_: &Form<'_>) -> Built {
    command(Command::Advance)
}

pub(super) fn explain(form: &Form<'_>) -> Built {
    command(Command::ExplainSkipped { reason: form.spoken("reason") })
}

pub(super) fn move_on(form: &Form<'_>) -> Built {
    let reason = form.needed_choice("reason", MoveOnReason::from_code)?;
    command(Command::MoveOn { turn: form.turn(), reason })
}

pub(super) fn read_out(_: &Form<'_>) -> Built {
    command(Command::ReadOut)
}

fn enter(entry: Entry) -> Built {
    command(Command::Enter(Box::new(entry)))
}

pub(super) fn section_47(form: &Form<'_>) -> Built {
    enter(Entry::Section47(Section47 {
        decision: form.needed_choice("decision", Section47Decision::from_code)?,
        mode: form.choice("mode", EnquiryMode::from_code)?,
        agency: form.spoken("agency"),
        rationale: form.spoken("rationale"),
        how: form.spoken("how"),
        when: form.spoken("when"),
        by_whom: form.spoken("by_whom"),
    }))
}

pub(super) fn outcome(form: &Form<'_>) -> Built {
    enter(Entry::Outcome(OutcomeChosen {
        code: form.needed("outcome")?,
        rationale: form.spoken("rationale"),
        mode: form.choice("mode", EnquiryMode::from_code)?,
        who: form.spoken("who"),
        agency: form.spoken("agency"),
        at: form.time("at")?,
        description: form.spoken("description"),
    }))
}

pub(super) fn prompt(form: &Form<'_>) -> Built {
    let prompt = form.needed("prompt")?;
    let about = form.child("about")?.map_or(About::Session, About::Child);
    let fields = form.prompt_fields(&prompt)?;
    enter(Entry::Answer(Answer { prompt, about, fields }))
}

/// An agency's own answer to a prompt asked of each agency.
pub(super) fn view(form: &Form<'_>) -> Built {
    let prompt = form.needed("prompt")?;
    command(Command::AgencyAnswer { fields: form.prompt_fields(&prompt)?, prompt })
}

pub(super) fn confirm_drafts(_: &Form<'_>) -> Built {
    command(Command::Confirm { drafts: None })
}

pub(super) fn position(form: &Form<'_>) -> Built {
    let kind = form.needed_choice("position", PositionKind::from_code)?;
    command(Command::GivePosition { seat: form.seat("for")?, kind, about: form.spoken("about") })
}

pub(super) fn stand_down(form: &Form<'_>) -> Built {
    command(Command::StandDown { who: form.whose("who")?, reason: form.spoken("reason") })
}

pub(super) fn close(form: &Form<'_>) -> Built {
    command(Command::Close { reason: form.spoken("reason").some() })
}

pub(super) fn sign(form: &Form<'_>) -> Built {
    command(Command::Sign { session: form.session()?, untitled: false })
}

pub(super) fn sign_untitled(form: &Form<'_>) -> Built {
    command(Command::Sign { session: form.session()?, untitled: true })
}

pub(super) fn circulate(form: &Form<'_>) -> Built {
    command(Command::Circulate { session: form.session()? })
}

pub(super) fn action(form: &Form<'_>) -> Built {
    enter(Entry::Action(ActionEntered {
        no: ActionNo(0),
        what: form.needed("what")?.as_str().into(),
        owner: form.seat("owner")?,
        owner_words: form.spoken("owner_words"),
        due: form.time("due")?,
        place: form.spoken("place"),
        how: form.spoken("how"),
        purpose: form.spoken("purpose"),
        contingency: form.spoken("contingency"),
        serves: form.line("serves"),
        measure: form.spoken("measure"),
        sees: None,
    }))
}

pub(super) fn accept_action(form: &Form<'_>) -> Built {
    let action = ActionNo(form.number("action")?);
    command(Command::AnswerAction { action, accepted: true, reason: form.spoken("reason") })
}

pub(super) fn decline_action(form: &Form<'_>) -> Built {
    let action = ActionNo(form.number("action")?);
    command(Command::AnswerAction { action, accepted: false, reason: form.spoken("reason") })
}

pub(super) fn done(form: &Form<'_>) -> Built {
    command(Command::ActionDone { action: ActionNo(form.number("action")?) })
}

pub(super) fn change_action(form: &Form<'_>) -> Built {
    command(Command::ChangeAction {
        action: ActionNo(form.number("action")?),
        due: form.time("due")?,
        owner: form.seat("owner")?,
        reason: form.spoken("reason"),
    })
}

pub(super) fn challenge(form: &Form<'_>) -> Built {
    command(Command::Challenge {
        by: form.seat("for")?,
        stage: form.choice("stage", ChallengeStage::from_code)?.unwrap_or(ChallengeStage::Practitioner),
        about: form.needed("about")?.as_str().into(),
        against: form.spoken("against"),
        tried: form.spoken("tried"),
        result: form.spoken("result"),
    })
}

pub(super) fn danger(form: &Form<'_>) -> Built {
    let danger = form.needed_choice("danger", DangerKind::from_code)?;
    command(Command::RaiseDanger { danger, text: form.spoken("text") })
}

pub(super) fn acknowledge(form: &Form<'_>) -> Built {
    command(Command::AcknowledgeDanger { alert: AlertId(form.number("alert")?) })
}

pub(super) fn leave(_: &Form<'_>) -> Built {
    command(Command::Leave)
}

pub(super) fn leave_by(form: &Form<'_>) -> Built {
    command(Command::LeaveBy { at: form.needed_time("leave_at")?, first: form.flag("first") })
}

pub(super) fn copy(form: &Form<'_>) -> Built {
    command(Command::OpenCopy { session: form.session()? })
}

pub(super) fn filed(form: &Form<'_>) -> Built {
    command(Command::ConfirmFiled { session: form.session()? })
}
