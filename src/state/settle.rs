//! How every finding stands: what a person has decided, what the snapshot knows, what has been changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::finding::{Analysis, Finding, Gone, Settled, Status};
use crate::problem::{Level, Problem};
use crate::source::Document;

use super::snapshot::{self, Snapshot};
use super::{Decision, Decisions};

/// What a run is held against.
pub struct State<'a> {
    /// The snapshot, with its path as shown to users.
    pub snapshot: Option<(Snapshot, String)>,
    /// The decisions.
    pub decisions: Decisions,
    /// Files that count as changed, as the user wrote them; `None` when the user names none.
    pub changed: Option<Vec<String>>,
    /// Whether folders were read, so that what is missing is gone; of single files it may be somewhere else.
    pub whole: bool,
    /// Whether a rule was run.
    pub ran: &'a dyn Fn(&str) -> bool,
    /// The day of the run. Asked only when a decision has a last day.
    pub today: &'a dyn Fn() -> Date,
}

/// Gives every finding its status, shows what is open on what is new of it, and gives the analysis what is gone. Notes on decisions that have ended or are on nothing
/// any more go to the problems. In this order, the first that holds:
///
/// 1. a decision on the very same sentences, whose last day is not past: `accepted`, `dismissed`;
/// 2. a claim in a file that is named as changed: `new`;
/// 3. a decision whose last day is past: `changed`;
/// 4. what the snapshot says: `known`, `changed` (other members) or `new`; without one and without changed files all
///    is `new`, with changed files alone the rest is `known`.
pub fn settle(analysis: &mut Analysis, state: &State<'_>) {
    let decided = decided(&analysis.findings, state);
    let touched = touched(analysis, state);
    let matched = state.snapshot.as_ref().map(|(snapshot, _)| matched(analysis, snapshot));
    for (at, finding) in analysis.findings.iter_mut().enumerate() {
        let kept = matched.as_ref().map(|m| m[at]);
        finding.status = match (decided[at], kept) {
            (Some((Validity::Holds, decision)), _) => decision.choice.status(),
            _ if touched.contains(&at) => Status::New,
            (Some((Validity::Ended, _)), _) => Status::Changed,
            (None, Some(None)) => Status::New,
            (None, Some(Some(old))) if old.fingerprint == finding.fingerprint => Status::Known,
            (None, Some(Some(_))) => Status::Changed,
            (None, None) if state.changed.is_some() => Status::Known,
            (None, None) => Status::New,
        };
        finding.settled = decided[at].map(|(_, d)| Settled {
            reason: d.reason.clone(),
            author: d.author.clone(),
            date: d.date,
            until: d.until,
        });
    }
    show_news(analysis, state);
    if let Some((snapshot, path)) = &state.snapshot {
        let met: BTreeSet<&str> = matched.iter().flatten().flatten().map(|f| f.id.as_str()).collect();
        analysis.gone = gone(analysis, snapshot, &met, state);
        let known: BTreeSet<&str> = snapshot.sources.iter().map(|s| s.id.as_str()).collect();
        if !known.is_empty() && !analysis.documents.iter().any(|d| known.contains(d.id.as_str())) {
            let message = "none of its sources was read: it was made with other paths";
            analysis.problems.push(Problem::new(Level::Note, path, message));
        }
    }
    let notes = unused(&analysis.findings, state);
    analysis.problems.extend(notes);
    analysis.problems.sort();
}

/// Shows each new or changed finding on what is new of it: the first of its claims in a file that is named as changed,
/// else the first that the snapshot does not have.
fn show_news(analysis: &mut Analysis, state: &State<'_>) {
    let changed = changed(analysis, state);
    let old: Option<BTreeSet<&str>> =
        state.snapshot.as_ref().map(|(s, _)| s.claims.iter().map(|c| c.id.as_str()).collect());
    let claims = &analysis.claims;
    for finding in analysis.findings.iter_mut().filter(|f| f.status.is_open()) {
        let in_changed = |c: &u32| claims.get(*c as usize).is_some_and(|c| changed.contains(&c.source));
        let is_new = |c: &u32| {
            let claim = claims.get(*c as usize);
            old.as_ref().zip(claim).is_some_and(|(old, claim)| !old.contains(claim.id.as_str()))
        };
        // In a group if possible: those have an excerpt on the card.
        let mut all: Vec<u32> = finding.groups.iter().flat_map(|g| g.claims.iter().copied()).collect();
        all.sort_unstable();
        all.extend(&finding.claims);
        if let Some(news) = all.iter().find(|c| in_changed(c)).or_else(|| all.iter().find(|c| is_new(c))) {
            finding.primary = *news;
        }
    }
    let loud = |f: &Finding| std::cmp::Reverse(f.severity);
    analysis.findings.sort_by(|a, b| (loud(a), a.primary, &a.rule, &a.id).cmp(&(loud(b), b.primary, &b.rule, &b.id)));
}

/// Whether a decision still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Validity {
    Holds,
    Ended,
}

/// The decision on each finding; the last of several in the file.
fn decided<'s>(findings: &[Finding], state: &'s State<'_>) -> Vec<Option<(Validity, &'s Decision)>> {
    let on: BTreeMap<(&str, &str), &Decision> =
        state.decisions.all.iter().map(|d| ((d.rule.as_str(), d.fingerprint.as_str()), d)).collect();
    let validity = |d: &Decision| if is_past(d, state) { Validity::Ended } else { Validity::Holds };
    let decision = |f: &Finding| on.get(&(f.rule.as_str(), f.fingerprint.as_str())).copied();
    findings.iter().map(|f| decision(f).map(|d| (validity(d), d))).collect()
}

fn is_past(decision: &Decision, state: &State<'_>) -> bool {
    decision.until.is_some_and(|until| until < (state.today)())
}

/// Documents that are named as changed, by index.
fn changed(analysis: &Analysis, state: &State<'_>) -> BTreeSet<u32> {
    let clean = |path: &str| path.replace('\\', "/").trim_start_matches("./").to_owned();
    let named: BTreeSet<String> = state.changed.iter().flatten().map(|path| clean(path)).collect();
    let documents = (0..).zip(&analysis.documents);
    let is = |d: &Document| named.contains(&clean(&d.path)) || named.contains(&d.id);
    documents.filter(|(_, d)| is(d)).map(|(at, _)| at).collect()
}

/// Findings with a claim in a changed file, by index.
fn touched(analysis: &Analysis, state: &State<'_>) -> BTreeSet<usize> {
    let changed = changed(analysis, state);
    let within = |c: &u32| analysis.claims.get(*c as usize).is_some_and(|c| changed.contains(&c.source));
    let findings = analysis.findings.iter().enumerate();
    findings.filter(|(_, f)| f.claims.iter().any(within)).map(|(at, _)| at).collect()
}

/// What each finding was in the snapshot: the finding of its id; else, since a source that sorts before the others
/// gives an incident another id, one of its rule that nothing else is and with which it shares two claims or more.
fn matched<'s>(analysis: &Analysis, snapshot: &'s Snapshot) -> Vec<Option<&'s snapshot::Finding>> {
    let by_id: BTreeMap<&str, &snapshot::Finding> = snapshot.findings.iter().map(|f| (f.id.as_str(), f)).collect();
    let mut out: Vec<Option<&snapshot::Finding>> =
        analysis.findings.iter().map(|f| by_id.get(f.id.as_str()).copied()).collect();
    let mut taken: BTreeSet<&str> = out.iter().flatten().map(|f| f.id.as_str()).collect();
    let mut holding: BTreeMap<&str, Vec<&snapshot::Finding>> = BTreeMap::new();
    for finding in &snapshot.findings {
        for claim in &finding.claims {
            holding.entry(claim).or_default().push(finding);
        }
    }
    for (at, finding) in analysis.findings.iter().enumerate().filter(|(at, _)| out[*at].is_none()).collect::<Vec<_>>() {
        let mut shared: BTreeMap<&str, (usize, &snapshot::Finding)> = BTreeMap::new();
        let ids = finding.claims.iter().filter_map(|&c| analysis.claims.get(c as usize)).map(|c| c.id.as_str());
        for old in ids.filter_map(|id| holding.get(id)).flatten().filter(|old| old.rule == finding.rule) {
            shared.entry(&old.id).or_insert((0, old)).0 += 1;
        }
        let free = shared.values().filter(|(n, old)| *n >= 2 && !taken.contains(old.id.as_str()));
        if let Some((_, old)) = free.max_by_key(|(n, old)| (*n, std::cmp::Reverse(&old.id))) {
            taken.insert(&old.id);
            out[at] = Some(old);
        }
    }
    out
}

fn gone(analysis: &Analysis, snapshot: &Snapshot, met: &BTreeSet<&str>, state: &State<'_>) -> Vec<Gone> {
    let here: BTreeSet<&str> = analysis.documents.iter().map(|d| d.id.as_str()).collect();
    let source: BTreeMap<&str, &str> = snapshot.claims.iter().map(|c| (c.id.as_str(), c.source.as_str())).collect();
    let sources = |claims: &[String]| {
        let all: BTreeSet<&str> = claims.iter().filter_map(|c| source.get(c.as_str()).copied()).collect();
        all.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let gone = snapshot.findings.iter().filter(|f| !met.contains(f.id.as_str()) && (state.ran)(&f.rule));
    gone.map(|f| Gone {
        id: f.id.clone(),
        rule: f.rule.clone(),
        severity: f.severity,
        relation: f.relation,
        subject: f.subject.clone(),
        attribute: f.attribute.clone(),
        message: f.message.clone(),
        fingerprint: f.fingerprint.clone(),
        groups: f.groups.iter().map(|g| (g.value.clone(), g.claims.clone(), sources(&g.claims))).collect(),
        missing: sources(&f.claims).into_iter().filter(|s| !here.contains(s.as_str())).collect(),
    })
    .filter(|g| state.whole || g.missing.is_empty())
    .collect()
}

/// Notes on decisions that settle nothing.
fn unused(findings: &[Finding], state: &State<'_>) -> Vec<Problem> {
    let mut notes = Vec::new();
    let on: BTreeSet<(&str, &str)> = findings.iter().map(|f| (f.rule.as_str(), f.fingerprint.as_str())).collect();
    let ids: BTreeSet<&str> = findings.iter().map(|f| f.id.as_str()).collect();
    // What stands further down on the same finding is met first.
    let mut further: BTreeMap<(&str, &str), &Decision> = BTreeMap::new();
    for decision in state.decisions.all.iter().rev() {
        let key = (decision.rule.as_str(), decision.fingerprint.as_str());
        let later = further.insert(key, decision);
        if !(state.ran)(&decision.rule) {
            continue;
        }
        let found = on.contains(&key);
        let message = match (later, found) {
            (Some(later), _) => format!("another decision on the same finding is on line {}", later.line),
            (None, true) if is_past(decision, state) => {
                format!("ended after {}, and the finding is still there", decision.until.unwrap_or_default())
            }
            (None, true) => continue,
            // A file that was not read may hold what it is on.
            (None, false) if !state.whole => continue,
            (None, false) if ids.contains(decision.finding.as_str()) => {
                "ended: the finding is still there, but one of its sentences has changed or was added".to_owned()
            }
            (None, false) => "matches no finding any more and can be removed".to_owned(),
        };
        let what = format!("unused decision on {} ({}): {message}", decision.finding, decision.about);
        notes.push(Problem::new(Level::Note, &state.decisions.path, what).at(decision.line));
    }
    notes.reverse();
    notes
}

#[cfg(test)]
mod tests {
    use super::super::Choice;
    use super::*;
    use crate::report::fixture;

    fn state<'a>(ran: &'a dyn Fn(&str) -> bool, today: &'a dyn Fn() -> Date) -> State<'a> {
        State { snapshot: None, decisions: Decisions::default(), changed: None, whole: true, ran, today }
    }

    fn never() -> Date {
        panic!("no decision has a last day, and the clock was looked at")
    }

    #[test]
    fn shown_on_what_is_new() {
        let mut analysis = fixture::analysis();
        let mut snapshot = Snapshot::new(&analysis);
        snapshot.findings.clear();
        snapshot.claims.retain(|c| c.source != "harbour.txt");
        let snapshot = Some((snapshot, "s.json".to_owned()));
        let state = State { snapshot, ..state(&|_| true, &never) };
        settle(&mut analysis, &state);
        let primary = |a: &Analysis| a.claims[a.findings[0].primary as usize].id.clone();
        assert_eq!(primary(&analysis), "h0");
        settle(&mut analysis, &State { changed: Some(vec!["letters.md".to_owned()]), ..state });
        assert_eq!(primary(&analysis), "l0");
    }

    fn statuses(analysis: &Analysis) -> Vec<&'static str> {
        analysis.findings.iter().map(|f| f.status.name()).collect()
    }

    #[test]
    fn against_a_snapshot() {
        let mut analysis = fixture::analysis();
        settle(&mut analysis, &state(&|_| true, &never));
        assert_eq!(statuses(&analysis), ["new", "new"]);
        let mut snapshot = Snapshot::new(&analysis);
        let with = |snapshot: &Snapshot| {
            let mut analysis = fixture::analysis();
            let snapshot = Some((snapshot.clone(), "s.json".to_owned()));
            settle(&mut analysis, &State { snapshot, ..state(&|_| true, &never) });
            analysis
        };
        assert_eq!(statuses(&with(&snapshot)), ["known", "known"]);
        // Another id, the same claims; and another fingerprint.
        snapshot.findings[0].id = "other".to_owned();
        snapshot.findings[1].fingerprint = "other".to_owned();
        assert_eq!(statuses(&with(&snapshot)), ["known", "changed"]);
        assert_eq!(with(&snapshot).gone, []);
        // Nothing in common: new, and the old one gone.
        snapshot.findings[0].claims.truncate(1);
        let analysis = with(&snapshot);
        assert_eq!(statuses(&analysis), ["new", "changed"]);
        assert_eq!(analysis.gone.iter().map(|g| g.id.as_str()).collect::<Vec<_>>(), ["other"]);
        assert_eq!(analysis.gone[0].missing, Vec::<String>::new());
    }

    #[test]
    fn changed_files() {
        let with = |changed: &[&str]| {
            let mut analysis = fixture::analysis();
            let changed = Some(changed.iter().map(|c| (*c).to_owned()).collect());
            settle(&mut analysis, &State { changed, ..state(&|_| true, &never) });
            statuses(&analysis)
        };
        assert_eq!(with(&[]), ["known", "known"]);
        assert_eq!(with(&["./council.txt"]), ["new", "known"]);
        assert_eq!(with(&["elsewhere.txt"]), ["known", "known"]);
    }

    /// What this thread has used of a processor: other work on the machine does not count.
    fn processor_time() -> std::time::Duration {
        let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        std::time::Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or_default())
    }

    #[test]
    fn cost_is_linear_in_decisions() {
        let found = fixture::analysis().findings;
        let time = |count: usize| {
            let on = |n: usize| Decision {
                fingerprint: format!("{n:08x}"),
                finding: format!("f{n}"),
                ..Decision::on(&found[0], Choice::Dismissed, "two calendars")
            };
            let all: Vec<Decision> = (0..count).map(on).collect();
            let start = processor_time();
            let text = Decisions::with("", &all).unwrap();
            let text = Decisions::with(&text, &[on(count)]).unwrap();
            let decisions = Decisions::parse(&text, "d.toml").unwrap();
            assert_eq!(decisions.all.len(), count + 1);
            let text = Decisions::without(&text, &all, "").unwrap();
            assert_eq!(text.matches("[[decision]]").count(), 1);
            let mut analysis = fixture::analysis();
            analysis.problems.clear();
            settle(&mut analysis, &State { decisions, ..state(&|_| true, &never) });
            assert_eq!(analysis.problems.len(), count + 1);
            processor_time().saturating_sub(start)
        };
        let linear = || time(4_000) < time(500).max(std::time::Duration::from_millis(1)) * 20;
        assert!((0..3).any(|_| linear()), "4,000 decisions take more than twenty times as long as 500");
    }

    #[test]
    fn decisions() {
        let found = fixture::analysis().findings;
        let mut on = Decision::on(&found[0], Choice::Dismissed, "two calendars");
        let with = |all: Vec<Decision>, today: &dyn Fn() -> Date| {
            let mut analysis = fixture::analysis();
            analysis.problems.clear();
            let decisions = Decisions { path: "d.toml".to_owned(), all };
            settle(&mut analysis, &State { decisions, ..state(&|_| true, today) });
            let notes: Vec<String> = analysis.problems.iter().map(|p| p.message.clone()).collect();
            (statuses(&analysis)[0], notes.join("\n"))
        };
        assert_eq!(with(vec![on.clone()], &never), ("dismissed", String::new()));
        let accepted = Decision { choice: Choice::Accepted, line: 9, ..on.clone() };
        let (status, notes) = with(vec![on.clone(), accepted], &never);
        assert!(status == "accepted" && notes.contains("is on line 9"), "{notes}");
        // The last day is the last one on which it holds.
        on.until = Some(jiff::civil::date(2031, 5, 1));
        assert_eq!(with(vec![on.clone()], &|| jiff::civil::date(2031, 5, 1)).0, "dismissed");
        let (status, notes) = with(vec![on.clone()], &|| jiff::civil::date(2031, 5, 2));
        assert!(status == "changed" && notes.contains("ended after 2031-05-01"), "{notes}");
        on.fingerprint = "other".to_owned();
        let (status, notes) = with(vec![on.clone()], &never);
        assert!(status == "new" && notes.contains("one of its sentences has changed"), "{notes}");
        on.finding = "other".to_owned();
        assert!(with(vec![on], &never).1.contains("can be removed"));
    }
}
