//! The report for whoever answers for the service: counts and charts of timeliness, attendance, the focus on section 47,
//! circulation and escalations. Counts alone, and none small enough to tell a case.

use std::fmt::Write as _;

use minijinja::context;

use super::figures::{counted, shown, shown_of};
use super::{Answer, Sitting, checks};
use crate::domain::audit::Period;
use crate::domain::decision::Section47Decision;
use crate::domain::people::AgencyKind;
use crate::minutes::escaped;
use crate::wording::Wording;

/// The counts of a period, in five charts.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// What is said of all counts together.
    counted: minijinja::Value,
    sessions: usize,
    least: usize,
    charts: Vec<Chart>,
    wording: &'a Wording,
}

#[derive(Debug, Clone)]
struct Chart {
    /// Its file's name, without its ending.
    key: &'static str,
    title: String,
    bars: Vec<Bar>,
}

#[derive(Debug, Clone)]
struct Bar {
    label: String,
    /// Sessions; `None` where they are too few to be shown.
    count: Option<usize>,
}

/// The kinds of agency attendance is counted of.
const KINDS: [(AgencyKind, &str); 4] = [
    (AgencyKind::SocialCare, "social_care"),
    (AgencyKind::Police, "police"),
    (AgencyKind::Health, "health"),
    (AgencyKind::Education, "education"),
];

impl<'a> Report<'a> {
    /// Over the sessions of a period. Where there are fewer than `least` of them nothing is counted.
    pub fn over(sittings: &[Sitting<'_>], period: Period, least: usize, wording: &'a Wording) -> Self {
        let counted = counted(sittings.len(), period, least);
        Self { counted, sessions: sittings.len(), least, charts: charts(sittings, least, wording), wording }
    }

    /// Every file of it by its name: `report.md` first, with every count in words, then the charts it shows.
    pub fn files(&self) -> Vec<(String, String)> {
        let charts = self.charts.iter().map(|chart| (format!("{}.svg", chart.key), self.svg(chart)));
        std::iter::once(("report.md".to_owned(), self.markdown())).chain(charts).collect()
    }

    fn markdown(&self) -> String {
        let title = self.wording.say("audit.report_title", ());
        // Writing to a text can't fail.
        let mut text = format!("# {title}\n\n{}\n", self.wording.say("audit.totals_notice", self.counted.clone()));
        for chart in &self.charts {
            let _ = write!(text, "\n## {}\n\n![{}]({}.svg)\n\n", chart.title, chart.title, chart.key);
            for bar in &chart.bars {
                let _ = writeln!(text, "- {}: {}", bar.label, self.said(bar));
            }
        }
        text
    }

    /// "112 (70 %)", or that it isn't shown.
    fn said(&self, bar: &Bar) -> String {
        let hidden = || self.wording.say("audit.hidden", context! { least => self.least });
        bar.count.map_or_else(hidden, |count| format!("{count} ({} %)", count * 100 / self.sessions.max(1)))
    }

    /// A chart as a picture that says in words what it shows, for whoever can't see it. Each label has a line of its
    /// own: no label is too long for that.
    fn svg(&self, chart: &Chart) -> String {
        let height = TOP + ROW * chart.bars.len();
        let title = escaped(&chart.title);
        let period = escaped(&self.wording.say("audit.chart_period", self.counted.clone()));
        let said = chart.bars.iter().map(|bar| format!("{}: {}", bar.label, self.said(bar)));
        let described = escaped(&said.collect::<Vec<_>>().join("; "));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
             role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{title}</title>\n\
             <desc id=\"desc\">{period}. {described}</desc>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g font-family=\"sans-serif\" font-size=\"15\" \
             fill=\"#1b1f24\">\n<text x=\"{MARGIN}\" y=\"34\" font-size=\"19\" font-weight=\"bold\">{title}</text>\n\
             <text x=\"{MARGIN}\" y=\"58\" fill=\"#4a5560\">{period}</text>\n",
        );
        for (place, bar) in chart.bars.iter().enumerate() {
            let top = TOP + ROW * place;
            let (label_base, bar_top, count_base) = (top + 14, top + 21, top + 34);
            let count_left = MARGIN + WIDEST + 12;
            let (label, said) = (escaped(&bar.label), escaped(&self.said(bar)));
            let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{label_base}\">{label}</text>");
            if let Some(count) = bar.count {
                let long = count * WIDEST / self.sessions.max(1);
                for (width, fill) in [(WIDEST, "#eef3f8"), (long, "#16406b")] {
                    let _ = writeln!(
                        svg,
                        "<rect x=\"{MARGIN}\" y=\"{bar_top}\" width=\"{width}\" height=\"16\" fill=\"{fill}\"/>"
                    );
                }
            }
            let _ = writeln!(svg, "<text x=\"{count_left}\" y=\"{count_base}\">{said}</text>");
        }
        svg.push_str("</g>\n</svg>\n");
        svg
    }
}

/// The size of a chart, in its own units: its margin, where the first bar begins, how high one is with its label, and how
/// long one is that counts every session.
const MARGIN: usize = 20;
const TOP: usize = 78;
const ROW: usize = 52;
const WIDEST: usize = 520;
const WIDTH: usize = 720;

/// The five charts.
fn charts(sittings: &[Sitting<'_>], least: usize, wording: &Wording) -> Vec<Chart> {
    let label = |key: &str| wording.say(&format!("audit_label.{key}"), ());
    let of = sittings.len();
    let drawn = |key: &'static str, bars: Vec<(String, usize)>, counts: Vec<Option<usize>>| {
        let counts = counts.into_iter().map(|count| count.filter(|_| of >= least));
        let bars = bars.into_iter().zip(counts).map(|((label, _), count)| Bar { label, count }).collect();
        Chart { key, title: label(key), bars }
    };
    // Bars that are all sessions together, and bars each of which is for itself.
    let whole = |key: &'static str, bars: Vec<(String, usize)>| {
        let counts: Vec<_> = bars.iter().map(|(_, count)| *count).collect();
        drawn(key, bars, shown(&counts, least))
    };
    let apart = |key: &'static str, bars: Vec<(String, usize)>| {
        let counts = bars.iter().map(|(_, count)| shown_of(*count, of, least)).collect();
        drawn(key, bars, counts)
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
        whole("timeliness", answers("held_in_time")),
        apart("attendance", attendance.collect()),
        whole("section_47", decisions.collect()),
        whole("circulation", answers("circulated_in_time")),
        apart("escalations", escalations.map(|(key, count)| (label(key), count)).to_vec()),
    ]
}
