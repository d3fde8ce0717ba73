//! The report for whoever answers for the service: counts and charts of timeliness, attendance, the focus on section 47,
//! circulation and escalations. Counts alone, and none small enough to tell a case.

use std::fmt::Write as _;

use minijinja::context;

use super::figures::shown;
use super::{Answer, Sitting, checks};
use crate::domain::audit::Period;
use crate::domain::decision::Section47Decision;
use crate::domain::people::AgencyKind;
use crate::minutes::escaped;
use crate::wording::Wording;

/// A chart of bars, each a label and a count; a count too small to be shown is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its file's name, without its ending.
    pub key: &'static str,
    pub title: String,
    pub bars: Vec<(String, Option<usize>)>,
}

/// The kinds of agency attendance is counted of.
const KINDS: [(AgencyKind, &str); 4] = [
    (AgencyKind::SocialCare, "social_care"),
    (AgencyKind::Police, "police"),
    (AgencyKind::Health, "health"),
    (AgencyKind::Education, "education"),
];

/// The five charts over these sessions. Where there are fewer than `least` of them no bar has a count.
pub fn charts(sittings: &[Sitting<'_>], least: usize, wording: &Wording) -> Vec<Chart> {
    let label = |key: &str| wording.say(&format!("audit_label.{key}"), ());
    let chart = |key: &'static str, bars: Vec<(String, usize)>| {
        let counts: Vec<_> = bars.iter().map(|(_, count)| *count).collect();
        let counts = if sittings.len() < least { vec![None; counts.len()] } else { shown(&counts, least) };
        let bars = bars.into_iter().zip(counts).map(|((label, _), count)| (label, count)).collect();
        Chart { key, title: label(key), bars }
    };
    let answers = |key: &str| {
        let check = checks::all().find(|check| check.key == key).expect("it is looked for");
        let found: Vec<_> = sittings.iter().map(|sitting| (check.look)(sitting).answer).collect();
        let bar = |(answer, code): &(Answer, &str)| {
            let times = found.iter().filter(|one| *one == answer).count();
            (wording.say(&format!("audit_answer.{code}"), ()), times)
        };
        Answer::ALL.iter().map(bar).collect::<Vec<_>>()
    };
    let count = |is: &dyn Fn(&Sitting<'_>) -> bool| sittings.iter().filter(|sitting| is(sitting)).count();
    let attendance = KINDS.iter().map(|(kind, code)| {
        let came = |sitting: &Sitting<'_>| {
            sitting.session().attended().any(|seat| sitting.case.person(seat).agency_kind == *kind)
        };
        (label(code), count(&came))
    });
    let decided = |wanted: Option<Section47Decision>| {
        count(&|sitting| sitting.session().section_47().map(|(_, decided)| decided.decision) == wanted)
    };
    let decisions = Section47Decision::ALL
        .iter()
        .map(|(decision, code)| (wording.say(&format!("choice.decision.{code}"), ()), decided(Some(*decision))));
    let decisions = decisions.chain([(label("without_decision"), decided(None))]);
    let escalations = [
        ("challenge_raised", count(&|sitting| !sitting.session().challenges.is_empty())),
        ("challenge_taken_up", count(&|sitting| sitting.session().challenges.iter().any(|one| one.levels.len() > 1))),
        ("absence_escalated", count(&|sitting| sitting.session().escalations.absences.iter().any(|one| one.escalated))),
        ("police_unavailable", count(&|sitting| !sitting.session().escalations.police_unavailable.is_empty())),
    ];
    vec![
        chart("timeliness", answers("held_in_time")),
        chart("attendance", attendance.collect()),
        chart("section_47", decisions.collect()),
        chart("circulation", answers("circulated_in_time")),
        chart("escalations", escalations.map(|(key, count)| (label(key), count)).to_vec()),
    ]
}

/// The report itself, in Markdown, with the charts beside it under their keys and every count in words.
pub fn report(charts: &[Chart], sessions: usize, period: Period, least: usize, wording: &Wording) -> String {
    let values = context! {
        from => period.from.to_string(), to => period.to.to_string(), least,
        sessions => (sessions >= least).then_some(sessions),
    };
    let mut text =
        format!("# {}\n\n{}\n", wording.say("audit.report_title", ()), wording.say("audit.totals_notice", values));
    for chart in charts {
        // Writing to a text can't fail.
        let _ = write!(text, "\n## {}\n\n![{}]({}.svg)\n\n", chart.title, chart.title, chart.key);
        for (label, count) in &chart.bars {
            let _ = writeln!(text, "- {label}: {}", said(*count, least, wording));
        }
    }
    text
}

fn said(count: Option<usize>, least: usize, wording: &Wording) -> String {
    count.map_or_else(|| wording.say("audit.hidden", context! { least }), |count| count.to_string())
}

const ROW: usize = 34;
const LABEL: usize = 300;
const WIDEST: usize = 380;

impl Chart {
    /// The chart as a picture that says in words what it shows, for whoever can't see it.
    pub fn svg(&self, least: usize, wording: &Wording) -> String {
        let greatest = self.bars.iter().filter_map(|(_, count)| *count).max().unwrap_or(0).max(1);
        let (width, height) = (LABEL + WIDEST + 120, 60 + ROW * self.bars.len());
        let described: Vec<_> =
            self.bars.iter().map(|(label, count)| format!("{label}: {}", said(*count, least, wording))).collect();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g font-family=\"sans-serif\" font-size=\"15\" \
             fill=\"#1a1a1a\">\n<text x=\"16\" y=\"32\" font-size=\"18\" font-weight=\"bold\">{}</text>\n",
            escaped(&self.title),
            escaped(&described.join("; ")),
            escaped(&self.title),
        );
        for (place, (label, count)) in self.bars.iter().enumerate() {
            let top = 54 + ROW * place;
            let long = count.unwrap_or(0) * WIDEST / greatest;
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><rect x=\"{LABEL}\" y=\"{top}\" width=\"{long}\" \
                 height=\"20\" fill=\"#1d4f91\"/><text x=\"{}\" y=\"{}\">{}</text>",
                LABEL - 10,
                top + 15,
                escaped(label),
                LABEL + long + 8,
                top + 15,
                escaped(&said(*count, least, wording)),
            );
        }
        svg.push_str("</g>\n</svg>\n");
        svg
    }
}
