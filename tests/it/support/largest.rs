//! The largest case there is to be room for, drawn by a seed: 12 children, 40 people, 60 contributions of up to 20,000
//! characters, 40 actions.
//!
//! Every sentence in it is unlike every other, so that each can be looked for wherever it must, or must not, stand.

use rand::SeedableRng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

pub const CHILDREN: usize = 12;
pub const PEOPLE: usize = 40;
pub const CONTRIBUTIONS: usize = 60;
pub const ACTIONS: usize = 40;
/// The characters of a field, as the platform takes them of an option, and of a whole contribution.
const FIELD_CHARACTERS: usize = 5_950;
const QUESTIONS: usize = 25;

const FIRST: [&str; 12] = [
    "Ada",
    "Bartholomew",
    "Cressida",
    "Dunstan",
    "Eleanora",
    "Fitzgerald",
    "Guinevere",
    "Hieronymus",
    "Isadora",
    "Jago",
    "Konstantina",
    "Llewellyn",
];
const LAST: [&str; 8] = [
    "Ashbourne-Whitcombe",
    "Bramblehurst",
    "Carrickfergus",
    "Delacourt",
    "Ellingham-Okonkwo",
    "Featherstonehaugh",
    "Gillingham",
    "Hathersage",
];

/// Each agency with its kind and whom it sends.
const AGENCIES: [(&str, &str, &[&str]); 14] = [
    (
        "Eastmere Children's Services",
        "social_care",
        &[
            "Team manager",
            "Social worker",
            "Assistant team manager",
            "Family support worker",
            "Independent reviewing officer",
        ],
    ),
    ("Larkshire Police", "police", &["Child protection investigator", "Detective inspector", "Neighbourhood officer"]),
    (
        "Larkhaven General Hospital",
        "health",
        &["Consultant paediatrician", "Hospital staff nurse", "Named nurse", "Paediatric registrar"],
    ),
    (
        "Larkhaven Community Health",
        "health",
        &["Health visitor", "School nurse", "Community midwife", "Speech therapist"],
    ),
    ("Mill Lane Surgery", "health", &["GP", "Practice nurse"]),
    ("Acorn Steps Nursery", "education", &["Nursery safeguarding lead", "Key person"]),
    (
        "Saltmarsh Academy",
        "education",
        &["School designated safeguarding lead", "Head of year", "Attendance officer", "Special needs coordinator"],
    ),
    ("Northmere Adult Mental Health", "adult_services", &["Community psychiatric nurse", "Consultant psychiatrist"]),
    ("Larkshire Recovery Service", "adult_services", &["Recovery worker", "Prescribing nurse"]),
    ("Larkshire Probation", "probation", &["Probation officer", "Offender manager"]),
    ("Eastmere Youth Support", "youth_support", &["Youth support worker", "Youth justice worker", "Detached worker"]),
    ("Eastmere Early Help", "early_help", &["Family worker", "Early help coordinator"]),
    ("Harbour Refuge", "voluntary", &["Domestic abuse advocate", "Children's worker"]),
    ("Eastmere Legal Services", "legal", &["Solicitor", "Legal executive", "Barrister"]),
];

/// Somebody of each of these numbers isn't simply there.
const LATE: [usize; 2] = [12, 20];
const WRITE: [usize; 4] = [8, 16, 24, 33];
const SILENT: [usize; 3] = [11, 19, 31];

/// The case, and what was said in it.
pub struct Largest {
    pub case: Value,
    /// Each contribution's sentences.
    pub said: Vec<Vec<String>>,
    /// The numbers of contributions that are for their author, the chair and the police alone.
    pub limited: Vec<usize>,
    pub refused: Vec<String>,
    /// Everybody the record names; of whoever never answered it knows what they are.
    pub named: Vec<String>,
}

struct Drawing {
    chance: ChaCha20Rng,
    sentences: usize,
}

impl Drawing {
    fn sentence(&mut self) -> String {
        const WHO: [&str; 6] =
            ["The oldest boy", "Their mother", "A neighbour", "The grandmother", "The class teacher", "The landlord"];
        const DID: [&str; 6] = [
            "was seen at the harbour after dark",
            "said that nobody had come to the door for two days",
            "described the bruise as an old one, above the left knee",
            "asked for help with the meter and was turned away",
            "kept the appointment, and brought both of the younger ones",
            "could not say who had slept in the house at the weekend",
        ];
        const SO: [&str; 4] = [
            "and this was written down on the same day",
            "which had not been known before",
            "and a second person heard it too",
            "although the note of it is not signed",
        ];
        self.sentences += 1;
        let words = [&WHO[..], &DID[..], &SO[..]].map(|words| *words.choose(&mut self.chance).expect("there are some"));
        format!("Note {} is that {} {}, {}.", self.sentences, words[0].to_lowercase(), words[1], words[2])
    }

    /// Sentences up to so many characters.
    fn text(&mut self, characters: usize) -> Vec<String> {
        let mut sentences = vec![self.sentence()];
        loop {
            let next = self.sentence();
            let length = sentences.iter().map(|sentence| sentence.len() + 1).sum::<usize>();
            if length + next.len() > characters {
                return sentences;
            }
            sentences.push(next);
        }
    }
}

fn name(n: usize) -> String {
    format!("{} {}", FIRST[n % FIRST.len()], LAST[(n / FIRST.len() + n) % LAST.len()])
}

fn key(n: usize) -> String {
    format!("p{n}")
}

/// Whom each agency sends, in the order of the list: the first two of social care chair and convene.
fn invitees() -> Vec<Value> {
    let sent = AGENCIES.iter().flat_map(|(agency, kind, roles)| roles.iter().map(move |role| (*agency, *kind, *role)));
    let invitees = sent.take(PEOPLE).enumerate().map(|(n, (agency, kind, role))| {
        let (response, supplied, means) = match n {
            n if LATE.contains(&n) => ("late", "in session", "chat"),
            n if WRITE.contains(&n) => ("apologies", "written", "written only"),
            n if SILENT.contains(&n) => ("no_response", "none", "chat"),
            _ => ("present", "in session", "chat"),
        };
        let reason = (response != "present" && response != "late").then_some("Called away that morning");
        json!({
            "key": key(n), "name": name(n), "role": role, "agency": agency, "agency_kind": kind,
            "rank": (kind == "police").then_some("Detective Sergeant"), "knows_child": n % 3 == 0,
            "authorised_to_decide": n % 5 != 4, "response": response, "reason": reason,
            "joined_at": (response == "late").then_some("2026-12-07T10:40+00:00"),
            "information_supplied": supplied, "means": means,
        })
    });
    invitees.collect()
}

fn speakers() -> Vec<usize> {
    (0..PEOPLE).filter(|n| !SILENT.contains(n)).collect()
}

/// Draws the case of a seed.
pub fn largest(seed: u64) -> Largest {
    drawn(seed, &|n| {
        // Every tenth is as long as one may be; the others are as people speak who have come to say much.
        if n % 10 == 3 {
            [FIELD_CHARACTERS, FIELD_CHARACTERS, FIELD_CHARACTERS, 20_000 - 3 * FIELD_CHARACTERS]
        } else {
            [900 + 40 * n, 300, 120, 150]
        }
    })
}

/// The same people, children and actions, with contributions of another length: up to so many characters in each of their
/// four fields.
pub fn drawn(seed: u64, characters: &dyn Fn(usize) -> [usize; 4]) -> Largest {
    let mut drawing = Drawing { chance: ChaCha20Rng::seed_from_u64(seed), sentences: 0 };
    let invitees = invitees();
    assert_eq!(invitees.len(), PEOPLE, "the agencies send enough");
    let speakers = speakers();
    // Everybody who speaks has one, and the first of those who are there a second, until there are sixty.
    let there = speakers.iter().filter(|n| !WRITE.contains(n));
    let order = speakers.iter().chain(there.cycle()).copied().take(CONTRIBUTIONS);
    let (mut said, mut contributions, mut limited) = (Vec::new(), Vec::new(), Vec::new());
    for (n, speaker) in order.enumerate() {
        let [current, history, views, extra] = characters(n).map(|characters| drawing.text(characters));
        let is_written = WRITE.contains(&speaker);
        let is_limited = !is_written && n % 25 == 7;
        contributions.push(json!({
            "seq": n + 1, "by": key(speaker), "mode": if is_written { "written" } else { "live" }, "on_behalf_of": null,
            "current": current.join(" "), "history": history.join(" "), "views": views.join(" "),
            "child_perspective": extra.join(" "),
            "restricted_to": if is_limited { json!([key(0), key(5), key(speaker)]) } else { json!([]) },
        }));
        if is_limited {
            limited.push(n);
        }
        said.push([current, history, views, extra].concat());
    }
    let refused: Vec<String> = (0..3).map(|_| drawing.sentence()).collect();
    let out_of_turn = refused.iter().zip([6, 13, 21]).map(|(text, by)| {
        json!({ "during_turn_of": key(5), "by": key(by), "text": text, "expect": "refused privately, not minuted" })
    });
    let questions = (0..QUESTIONS).map(|n| {
        let to = (n + 2) % 7 + 1;
        json!({
            "seq": n + 1, "by": key(n % 5), "to": key(to), "text": format!("Question {n}: {}", drawing.sentence()),
            "answer": drawing.text(if n == 3 { 3_900 } else { 200 }).join(" "), "answered_by": key(to), "expect": "accepted",
        })
    });
    let questions: Vec<_> = questions.collect();
    let actions: Vec<_> = (0..ACTIONS)
        .map(|n| {
            json!({
                "n": n + 1, "what": format!("Action {}: {}", n + 1, drawing.sentence()),
                "who": key(speakers[n % speakers.len()]), "due": format!("2026-12-{:02}T{:02}:00+00:00", 8 + n % 14, 9 + n % 8),
                "where": "14 Tannery Row", "how": drawing.sentence(), "purpose": drawing.sentence(),
                "contingency": drawing.sentence(), "serves": "section_47", "measure": "Note on file",
            })
        })
        .collect();
    let case = json!({
        "schema": "sd-case/1", "id": format!("largest-{seed}"), "title": "The largest case",
        "fiction_notice": "Invented for testing.",
        "referral": {
            "reference": "EM-26-9999", "received_at": "2026-12-07T08:00+00:00", "route": "Telephone",
            "referrer": { "name": "Dr Saoirse Quillfeather", "role": "Registrar", "agency": "Larkhaven General Hospital" },
            "trigger_point": "at referral", "trigger_type": "incident", "threshold": "suffering",
            "grounds": drawing.text(3_900).join(" "),
            "urgency": { "klass": "serious_risk", "immediate_protection": false, "complex": true },
            "prior_conversations": [],
        },
        "session": {
            "number": 1, "kind": "meeting", "complex": true, "opened_at": "2026-12-07T10:00+00:00",
            "closed_at": "2026-12-07T16:30+00:00", "held": "virtual", "timing_rationale": "All could come.",
        },
        "convenor": key(1), "chair": key(0), "recorder": key(1),
        "children": children(), "adults": adults(), "invitees": invitees,
        "speaking_order": speakers.iter().map(|n| key(*n)).collect::<Vec<_>>(),
        "contributions": contributions, "out_of_turn": out_of_turn.collect::<Vec<_>>(), "questions": questions,
        "risk": {
            "per_child": (1..=CHILDREN).map(|n| json!({
                "child": format!("c{n}"), "level": if n % 3 == 0 { "medium" } else { "high" },
                "welfare": drawing.sentence(), "safety": drawing.sentence(), "rationale": drawing.sentence(),
                "history_weighed": drawing.sentence(), "protective_factors": drawing.sentence(),
            })).collect::<Vec<_>>(),
            "agency_views": { "social_care": "high", "police": "high", "health": "high", "education": "medium" },
        },
        "decisions": {
            "section_47": {
                "decision": "initiate", "mode": "joint", "decided_at": "2026-12-07T15:40+00:00",
                "rationale": drawing.text(3_000).join(" "), "how": "Jointly", "when": "Today", "by_whom": [key(1), key(5)],
            },
            "outcomes": [
                { "code": "start_section_47", "rationale": "As above", "mode": "joint" },
                { "code": "police_investigation", "rationale": "Three of them" },
            ],
            "prompts": {
                "interviews": (0..12).map(|_| drawing.sentence()).collect::<Vec<_>>(),
                "child_seen": drawing.text(1_500).join(" "),
            },
        },
        "actions": actions,
        "expected": { "minutes_lack": refused, "minutes_contain_data": ["EM-26-9999"] },
    });
    let people = speakers.iter().copied().chain(PEOPLE + 1..=PEOPLE + CHILDREN);
    Largest { case, said, limited, refused, named: people.map(name).collect() }
}

fn children() -> Vec<Value> {
    let child = |n: usize| {
        json!({
            "key": format!("c{n}"), "name": name(PEOPLE + n), "subject": n <= 7,
            "dob": (n != 7).then(|| format!("20{:02}-0{}-11", 8 + n, n % 9 + 1)),
            "edd": (n == 7).then_some("2027-02-20"), "relationship": "of the household",
            "address": "14 Tannery Row, Eastmere", "parental_responsibility": [name(PEOPLE + CHILDREN + 1)],
            "legal_status": "None", "current_location": format!("With relative number {n}"),
            "school_stage": if n == 7 { "unborn" } else if n > 9 { "pre-school" } else { "school-age" },
            "decision": { "concerns": true, "reason": format!("Same household as the others, child {n}") },
        })
    };
    (1..=CHILDREN).map(child).collect()
}

fn adults() -> Vec<Value> {
    let adult = |n: usize| {
        json!({
            "key": format!("a{n}"), "name": name(PEOPLE + CHILDREN + n), "dob": format!("19{}-03-02", 70 + n),
            "relationship": "of the household", "address": "14 Tannery Row, Eastmere",
            "flags": ["low mood", "known to the police"], "risk_person": n.is_multiple_of(4),
        })
    };
    (1..=16).map(adult).collect()
}
