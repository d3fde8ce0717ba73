//! An invented session under the shipped procedures: who is needed, who is proposed, and what is left open.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::*;
use crate::domain::attendance::{Invitation, Invitee, Seat};
use crate::domain::calendar::Calendar;
use crate::domain::due::instant;
use crate::domain::event::{Event, Held, Pinned, Record, SessionForm};
use crate::domain::ids::{AdultId, ChildId, CodeName, InvitationId, SessionNo};
use crate::domain::people::{AgencyKind, Person};
use crate::domain::prompt::Catalogue;
use crate::domain::referral::{
    Adult, Born, Referral, Referrer, Threshold, TriggerPoint, TriggerType, Urgency, UrgencyClass,
};

const GUIDANCE: &str = include_str!("../../bot-config/procedures/practice-guidance.toml");
const REMOTE: &str = include_str!("../../bot-config/procedures/remote-format.toml");
const AUDIT: &str = include_str!("../../bot-config/procedures/audit-assured.toml");

fn procedure(text: &str) -> Procedure {
    toml::from_str(text).expect("the shipped file is readable")
}

fn at() -> DateTime<Utc> {
    instant("2026-12-07T10:00+00:00").expect("a time")
}

/// A journal as it grows.
struct Told(Vec<Record>);

impl Told {
    /// Registered and convened, with the social worker's seat.
    fn convened(urgency: Urgency, children: &[Child]) -> Self {
        let mut told = Self(Vec::new());
        let text = String::new;
        let pinned =
            Pinned { procedure: text(), procedure_digest: text(), catalogue_digest: text(), wording_digest: text() };
        let referrer =
            Referrer { name: "Sister Hale".into(), role: "".into(), agency: "The Ward".into(), high_status: false };
        let referral = Referral {
            reference: "1".to_owned(),
            received_at: Some(at()),
            known_at: None,
            clock_from: None,
            route: "".into(),
            referrer,
            taken_by: None,
            trigger_point: TriggerPoint::AtReferral,
            trigger_type: TriggerType::Incident,
            threshold: Threshold::Suffering,
            grounds: "".into(),
            urgency,
            prior_conversations: "".into(),
        };
        told.add(Event::ReferralRegistered { code_name: CodeName("amber-heron-k".to_owned()), pinned, referral });
        told.seat(1, AgencyKind::SocialCare, "social_worker");
        children.iter().for_each(|child| told.add(Event::ChildListed { child: child.clone() }));
        let convenor = SeatId(1);
        told.add(Event::SessionConvened {
            session: SessionNo(1),
            form: SessionForm::Meeting,
            complex: false,
            starts_at: Some(at()),
            held: Held::Virtual,
            convenor,
            chair: None,
            recorder: convenor,
            carried: Vec::new(),
            open_actions: Vec::new(),
        });
        told.add(Event::Introduced {
            seat: convenor,
            authorised: true,
            basis: None,
            by_enrolment: true,
            authority_not_stated: false,
        });
        told
    }

    fn add(&mut self, event: Event) {
        let seq = u64::try_from(self.0.len()).expect("few") + 1;
        let at = at() + Duration::seconds(i64::try_from(seq).expect("few"));
        self.0.push(Record { seq, at, actor: crate::domain::event::Actor::default(), event });
    }

    fn seat(&mut self, id: u16, agency_kind: AgencyKind, role: &str) {
        let person = Person {
            account: None,
            name: format!("Person {id}"),
            role: role.to_owned(),
            role_code: role.to_owned(),
            agency: format!("{agency_kind:?}"),
            agency_kind,
            rank: None,
        };
        let (means, id) = (Means::Chat, SeatId(id));
        let seat = Seat { id, person, means, knows_child: false, vouched_by: None, invitation: None, support: None };
        self.add(Event::SeatTaken { seat });
    }

    fn invited(&mut self, id: u16, kind: AgencyKind, role: &str) {
        let to = Invitee::Agency {
            agency: format!("{kind:?} {id}"),
            kind,
            role: role.to_owned(),
            role_code: role.to_owned(),
        };
        self.add(Event::Invited { invitation: Invitation::new(InvitationId(id), to) });
    }

    fn flagged(&mut self, difficulty: &str) {
        let adult = Adult {
            id: AdultId(1),
            name: "Marlow".into(),
            born: Born::NotKnown,
            relationship: "mother".into(),
            address: "".into(),
            address_withheld: false,
            flags: "".into(),
            difficulties: Vec::new(),
            risk: false,
        };
        self.add(Event::AdultListed { adult });
        self.add(Event::AdultFlagged { adult: AdultId(1), difficulties: vec![difficulty.to_owned()] });
    }

    fn turned_down(&mut self, proposal: &str, reason: Option<&str>) {
        let (proposal, reason) = (proposal.to_owned(), reason.map(Spoken::new));
        self.add(Event::ProposalTurnedDown { proposal, reason });
    }

    /// "police: Missing" for each line.
    fn lines(&self, procedure: &Procedure) -> Vec<String> {
        let case = Case::fold(&self.0).expect("a case");
        let lines = lines(&case, case.session().expect("convened"), procedure).into_iter();
        lines.map(|line| format!("{}: {:?}", line.label, line.state)).collect()
    }

    /// The proposals that arise, and of these the ones left open.
    fn proposed(&self, procedure: &Procedure) -> (Vec<String>, Vec<String>) {
        let case = Case::fold(&self.0).expect("a case");
        let session = case.session().expect("convened");
        let catalogue = Catalogue { prompts: Vec::new(), groups: Vec::new(), carries_over: None };
        let calendar = Calendar::from_gov_uk(include_str!("../../bot-config/bank-holidays.json")).expect("holidays");
        let rules = Rules { procedure, catalogue: &catalogue, calendar: &calendar };
        let proposed = proposals(&case, session, &rules).into_iter().map(|one| one.proposal.key.clone()).collect();
        (proposed, open(&case, session, &rules).into_iter().map(|proposal| proposal.key.clone()).collect())
    }
}

fn calm() -> Urgency {
    Urgency {
        class: UrgencyClass::NotClassified,
        immediate_protection: false,
        complex: false,
        injury: false,
        in_hospital: false,
        medical_likely: false,
        legal_action_likely: false,
        moved: false,
    }
}

fn aged(years: i32, subject: bool, address: &str) -> Child {
    Child {
        id: ChildId(u16::try_from(years).expect("an age")),
        name: "A".into(),
        subject,
        born: Born::On(NaiveDate::from_ymd_opt(2026 - years, 12, 1).expect("a day")),
        relationship: "".into(),
        address: address.into(),
        address_withheld: false,
        parental_responsibility: "".into(),
        legal_status: "".into(),
        location: "".into(),
        stage: SchoolStage::SchoolAge,
        education: None,
    }
}

#[test]
fn a_line_is_missing_then_planned_then_met() {
    let remote = procedure(REMOTE);
    let mut told = Told::convened(calm(), &[]);
    let all = |police| ["team manager: Missing".to_owned(), "health practitioner: Missing".to_owned(), police];
    assert_eq!(told.lines(&remote), all("police representative: Missing".to_owned()));
    told.invited(1, AgencyKind::Police, "police_officer");
    assert_eq!(told.lines(&remote), all("police representative: Planned".to_owned()));
    told.seat(2, AgencyKind::Police, "police_officer");
    told.add(Event::InvitationAccepted { invitation: InvitationId(1), seat: SeatId(2) });
    assert_eq!(told.lines(&remote), all("police representative: Planned".to_owned()));
    told.add(Event::Introduced {
        seat: SeatId(2),
        authorised: true,
        basis: None,
        by_enrolment: false,
        authority_not_stated: false,
    });
    told.add(Event::Arrived { seat: SeatId(2) });
    assert_eq!(told.lines(&remote), all("police representative: Met".to_owned()));
    told.add(Event::Left { seat: SeatId(2) });
    assert_eq!(told.lines(&remote), all("police representative: Missing".to_owned()));
}

#[test]
fn an_invitation_turned_down_plans_nothing() {
    let mut told = Told::convened(calm(), &[]);
    told.invited(1, AgencyKind::Police, "police_officer");
    told.add(Event::InvitationDeclined { invitation: InvitationId(1), reason: Spoken::default(), by: None });
    assert_eq!(told.lines(&procedure(REMOTE))[2], "police representative: Missing");
}

#[test]
fn each_community_nurse_is_proposed_once_and_of_the_household_alone() {
    let audit = procedure(AUDIT);
    let household = [aged(3, true, "1 Lane"), aged(10, true, "1 Lane"), aged(12, false, "1 lane")];
    let mut told = Told::convened(calm(), &household);
    let nurses = |told: &Told| {
        let (proposed, open) = told.proposed(&audit);
        let of = |list: Vec<String>| {
            list.into_iter()
                .filter(|key| ["health_visitor", "school_nurse"].contains(&key.as_str()))
                .collect::<Vec<_>>()
        };
        (of(proposed), of(open))
    };
    let both = ["health_visitor".to_owned(), "school_nurse".to_owned()].to_vec();
    assert_eq!(nurses(&told), (both.clone(), both.clone()));
    told.invited(1, AgencyKind::Health, "health_visitor");
    assert_eq!(nurses(&told), (both, vec!["school_nurse".to_owned()]));
    let elsewhere = Told::convened(calm(), &[aged(3, true, "1 Lane"), aged(10, false, "2 Lane")]);
    assert_eq!(nurses(&elsewhere).0, ["health_visitor"]);
}

#[test]
fn a_nurse_is_not_the_school_and_the_referrers_agency_answers_for_the_referrer() {
    let remote = procedure(REMOTE);
    let mut told = Told::convened(calm(), &[aged(9, true, "")]);
    assert_eq!(told.proposed(&remote).1, ["referrer", "school", "health_and_care"]);
    told.invited(1, AgencyKind::Health, "school_nurse");
    told.invited(2, AgencyKind::Education, "school_nurse");
    assert!(told.proposed(&remote).1.contains(&"school".to_owned()));
    told.invited(3, AgencyKind::Education, "school_safeguarding_lead");
    assert_eq!(told.proposed(&remote).1, ["referrer", "health_and_care"]);
    let to = Invitee::Agency {
        agency: "the ward".to_owned(),
        kind: AgencyKind::Other,
        role: String::new(),
        role_code: "other".to_owned(),
    };
    told.add(Event::Invited { invitation: Invitation::new(InvitationId(4), to) });
    assert_eq!(told.proposed(&remote).1, ["health_and_care"]);
}

#[test]
fn what_is_flagged_brings_its_proposals_and_a_reason_answers_them() {
    let audit = procedure(AUDIT);
    let urgency = Urgency { in_hospital: true, legal_action_likely: true, ..calm() };
    let mut told = Told::convened(urgency, &[]);
    told.flagged("substance_misuse");
    let (proposed, open) = told.proposed(&audit);
    let flagged = ["paediatrician", "treating_staff", "lawyer", "substance_misuse"];
    assert!(flagged.iter().all(|key| proposed.contains(&(*key).to_owned())), "{proposed:?}");
    assert_eq!(open, ["referrer", "health_and_care", "paediatrician", "treating_staff"], "a lawyer is only prompted");
    told.turned_down("paediatrician", Some("seen already"));
    told.turned_down("lawyer", None);
    assert_eq!(told.proposed(&audit).1, ["referrer", "health_and_care", "treating_staff", "lawyer"]);
    told.turned_down("lawyer", Some("advice is given"));
    assert_eq!(told.proposed(&audit).1, ["referrer", "health_and_care", "treating_staff"]);
}

#[test]
fn the_school_is_needed_for_a_child_of_nine_and_the_duty_contact_for_one_at_home() {
    let guidance = procedure(GUIDANCE);
    let of_education = |told: &Told| told.lines(&guidance).split_off(3);
    assert_eq!(of_education(&Told::convened(calm(), &[aged(9, true, "")])), ["school: Missing"]);
    assert_eq!(of_education(&Told::convened(calm(), &[aged(2, true, "")])), Vec::<String>::new());
    let at_home = Child { education: Some(crate::domain::referral::Education::HomeEducated), ..aged(9, true, "") };
    let mut told = Told::convened(calm(), &[at_home]);
    assert_eq!(of_education(&told), ["education duty contact: Missing"]);
    told.invited(1, AgencyKind::Education, "education_duty_contact");
    assert_eq!(of_education(&told), ["education duty contact: Planned"]);
}
