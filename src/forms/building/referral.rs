//! The referral, requests and the people of the case.

use super::{Built, command};
use crate::domain::amendment::Amendment;
use crate::domain::command::Command;
use crate::domain::event::Pinned;
use crate::domain::family::{AdultChange, ChildChange};
use crate::domain::ids::{AdultId, ChildId, CodeName};
use crate::domain::link::{Link, LinkKind};
use crate::domain::referral::{
    Adult, Born, Child, ClockFrom, Education, Referral, Referrer, SchoolStage, Threshold, TriggerPoint, TriggerType,
    Urgency, UrgencyClass,
};
use crate::domain::refusal::Refusal;
use crate::domain::request::Wanted;
use crate::domain::spoken::Spoken;
use crate::forms::{Doing, Form, View};

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
            moved: form.flag("moved"),
        },
        prior_conversations: Spoken::default(),
    })
}

pub fn register(form: &Form<'_>) -> Built {
    let (code_name, pinned) = not_given();
    command(Command::RegisterReferral { code_name, pinned, referral: Box::new(referral(form)?) })
}

pub fn request(form: &Form<'_>) -> Built {
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

pub fn read_request(_: &Form<'_>) -> Built {
    command(Command::ReadRequest)
}

pub fn take_up(form: &Form<'_>) -> Built {
    command(Command::TakeUpRequest { referral: Box::new(referral(form)?) })
}

pub fn decline_request(form: &Form<'_>) -> Built {
    command(Command::DeclineRequest { reason: form.spoken("reason") })
}

pub fn link(form: &Form<'_>) -> Built {
    let given = form.needed("linked_case")?;
    let code_name = form.named.case.clone().ok_or(Refusal::UnknownCase { given })?;
    let why = form.needed_choice("why_linked", LinkKind::from_code)?;
    command(Command::LinkCase(Link { code_name, why }))
}

pub fn amend(form: &Form<'_>) -> Built {
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
        moved: flag("moved"),
    })))
}

/// The date of a child not yet born is the expected one, however it was written (REF-08).
pub fn child(form: &Form<'_>) -> Built {
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

pub fn adult(form: &Form<'_>) -> Built {
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

pub fn family(_: &Form<'_>) -> Built {
    Ok(Doing::View(View::Family))
}

/// A date that is given; a blank leaves the one that stood.
fn born_if_given(form: &Form<'_>) -> Result<Option<Born>, Refusal> {
    if form.has("born") { form.born("born").map(Some) } else { Ok(None) }
}

pub fn child_details(form: &Form<'_>) -> Built {
    let words = |key: &str| form.spoken(key).some();
    let change = ChildChange {
        name: words("name"),
        born: born_if_given(form)?,
        relationship: words("relationship"),
        address: words("address"),
        location: words("location"),
        ..ChildChange::default()
    };
    command(Command::AmendChild { child: needed_child(form)?, change: Box::new(change) })
}

pub fn child_status(form: &Form<'_>) -> Built {
    let change = ChildChange {
        subject: Some(form.flag("subject")),
        address_withheld: Some(form.flag("address_withheld")),
        parental_responsibility: form.spoken("parental_responsibility").some(),
        legal_status: form.spoken("legal_status").some(),
        ..ChildChange::default()
    };
    command(Command::AmendChild { child: needed_child(form)?, change: Box::new(change) })
}

fn needed_child(form: &Form<'_>) -> Result<ChildId, Refusal> {
    form.child("child")?.ok_or_else(|| Refusal::Missing { field: "child".to_owned() })
}

pub fn adult_details(form: &Form<'_>) -> Built {
    let words = |key: &str| form.spoken(key).some();
    let change = AdultChange {
        name: words("name"),
        born: born_if_given(form)?,
        relationship: words("relationship"),
        address: words("address"),
        address_withheld: Some(form.flag("address_withheld")),
        flags: words("flags"),
        risk: Some(form.flag("risk")),
    };
    command(Command::AmendAdult { adult: form.adult("adult")?, change: Box::new(change) })
}

pub fn flag_adult(form: &Form<'_>) -> Built {
    let codes = form.needed("difficulties")?;
    let difficulties = codes.split(',').map(|code| code.trim().to_owned()).collect();
    command(Command::FlagAdult { adult: form.adult("adult")?, difficulties })
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
