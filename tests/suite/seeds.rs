//! The seeds: what their reports look like, and what `tests/seeds/<seed>.toml` says they have to say and to leave unsaid.
//!
//! A snapshot is read before it is accepted; the expectations were written before the first report.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use belie::finding::{Analysis, Finding};
use belie::graph::{Relation, Severity};
use belie::text::Span;
use serde::Deserialize;

use crate::given::{self, analysed, rendered};

/// What a seed's file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectations {
    format: u32,
    seed: String,
    #[serde(default)]
    conflict: Vec<Entry>,
    #[serde(default)]
    warning: Vec<Entry>,
    #[serde(default)]
    note: Vec<Entry>,
    #[serde(default)]
    check: Vec<Entry>,
    #[serde(default)]
    agree: Vec<Entry>,
    #[serde(default)]
    silent: Vec<Entry>,
}

/// Places, and what is to be said of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    sources: Vec<String>,
    words: Vec<String>,
    /// What each source puts there; for the reader, and for whoever scores values.
    #[serde(default)]
    values: Vec<String>,
    what: Option<String>,
    why: Option<String>,
    relation: Option<String>,
    severity: Option<String>,
    at_least: Option<String>,
    /// Relations that join the places of a silent entry and are fine.
    #[serde(default)]
    allow: Vec<String>,
    /// Welcome, but not asked for.
    #[serde(default)]
    hard: bool,
}

fn expectations(seed: &str) -> Expectations {
    let path = given::root().join("tests/seeds").join(format!("{seed}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A seed with its analysis.
struct Case {
    name: String,
    analysis: Analysis,
    expected: Expectations,
}

fn cases() -> Vec<Case> {
    let case = |name: String| Case { analysis: analysed(given::seed(&name)), expected: expectations(&name), name };
    let cases: Vec<Case> = given::seeds().into_iter().map(case).collect();
    assert!(!cases.is_empty());
    cases
}

impl Case {
    /// The claims of each place of an entry: those whose sentence holds the words, in parts or as a whole, and whose
    /// value or wording lies at them.
    fn places(&self, entry: &Entry) -> Vec<Vec<u32>> {
        assert_eq!(entry.sources.len(), entry.words.len(), "{}: {}", self.name, entry.id);
        assert!(entry.values.is_empty() || entry.values.len() == entry.words.len(), "{}: {}", self.name, entry.id);
        entry.sources.iter().zip(&entry.words).map(|(source, words)| self.claims_at(entry, source, words)).collect()
    }

    fn claims_at(&self, entry: &Entry, source: &str, words: &str) -> Vec<u32> {
        let at = self.analysis.documents.iter().position(|d| d.id == source);
        let at = at.unwrap_or_else(|| panic!("{}: {}: no document {source}", self.name, entry.id));
        let text = &self.analysis.documents[at].text;
        let mut found = text.match_indices(words).map(|(i, _)| Span::new(i, i + words.len()));
        let (Some(place), None) = (found.next(), found.next()) else {
            panic!("{}: {}: `{words}` does not occur exactly once in {source}", self.name, entry.id)
        };
        let of = |c: &belie::claim::Claim| {
            let near = c.value_span.overlaps(place) || c.context_spans.iter().any(|(_, span)| span.overlaps(place));
            c.source as usize == at && near
        };
        let claims = self.analysis.claims.iter().enumerate();
        claims.filter(|(_, c)| of(c)).map(|(i, _)| i as u32).collect()
    }

    /// For people: each place and the claims that were made of it.
    fn shown(&self, entry: &Entry) -> String {
        let mut out = String::new();
        for ((source, words), claims) in entry.sources.iter().zip(&entry.words).zip(self.places(entry)) {
            let claims: Vec<String> = claims
                .iter()
                .map(|&c| {
                    let claim = &self.analysis.claims[c as usize];
                    let subject = claim.subject.as_ref().map_or("?", |s| s.name.as_str());
                    format!("{} of {subject} = `{}`", claim.attribute, given::words(&self.analysis, claim))
                })
                .collect();
            let claims = if claims.is_empty() { "no claim".to_owned() } else { claims.join("; ") };
            let _ = write!(out, "\n      {source} `{words}`: {claims}");
        }
        let places = self.places(entry);
        for link in &self.analysis.links {
            let ends: Vec<u32> = [link.a, link.b].into_iter().chain(link.also.iter().copied()).collect();
            if places.iter().filter(|p| p.iter().any(|c| ends.contains(c))).count() > 1 {
                let _ = write!(out, "\n      joined as {} by {}: {}", link.relation.name(), link.rule, link.message);
            }
        }
        out
    }

    /// The findings that hold a claim of every place.
    fn findings<'a>(&'a self, entry: &Entry) -> Vec<&'a Finding> {
        let places = self.places(entry);
        let holds = |f: &&Finding| places.iter().all(|place| place.iter().any(|c| f.claims.contains(c)));
        self.analysis.findings.iter().filter(holds).collect()
    }

    /// The claims that chains of links of some relations lead to from `start`, and `start` itself.
    fn reached(&self, start: &[u32], by: &[Relation]) -> Vec<u32> {
        let mut reached = start.to_vec();
        let mut next = 0;
        while let Some(&at) = reached.get(next) {
            next += 1;
            for link in self.analysis.links.iter().filter(|l| by.contains(&l.relation)) {
                let ends: Vec<u32> = [link.a, link.b].into_iter().chain(link.also.iter().copied()).collect();
                if ends.contains(&at) {
                    let new: Vec<u32> = ends.into_iter().filter(|e| !reached.contains(e)).collect();
                    reached.extend(new);
                }
            }
        }
        reached
    }

    /// Whether one claim of the first place leads to a claim of every other place.
    fn joined(&self, entry: &Entry, by: &[Relation]) -> bool {
        let places = self.places(entry);
        let Some(first) = places.first() else { return false };
        first.iter().any(|&start| {
            let reached = self.reached(&[start], by);
            places.iter().all(|place| meet(place, &reached))
        })
    }

    /// Fails with every entry of a kind that does not hold, and why.
    #[track_caller]
    fn all(&self, kind: &str, entries: &[Entry], holds: impl Fn(&Entry) -> Result<(), String>) -> Vec<String> {
        let ids: BTreeMap<&str, ()> = entries.iter().map(|e| (e.id.as_str(), ())).collect();
        assert_eq!(ids.len(), entries.len(), "{}: two entries of {kind} have one id", self.name);
        let asked = entries.iter().filter(|e| !e.hard);
        asked
            .filter_map(|e| {
                let why = holds(e).err()?;
                let what = e.what.as_deref().or(e.why.as_deref()).unwrap_or_default();
                Some(format!("{}: {kind} `{}` ({what}): {why}{}", self.name, e.id, self.shown(e)))
            })
            .collect()
    }
}

/// Whether two sets of claims share one.
fn meet(x: &[u32], y: &[u32]) -> bool {
    x.iter().any(|c| y.contains(c))
}

/// Relations that carry what is said of one claim over to another.
const SAME: [Relation; 4] = [Relation::Agree, Relation::Compatible, Relation::Refines, Relation::QuoteMatch];

/// Runs one kind of entry over all seeds; fails with a list of all that does not hold.
#[track_caller]
fn over_seeds(unmet: impl Fn(&Case) -> Vec<String>) {
    let unmet: Vec<String> = cases().iter().flat_map(unmet).collect();
    assert!(unmet.is_empty(), "{} unmet\n\n{}", unmet.len(), unmet.join("\n\n"));
}

fn severity(name: Option<&str>) -> Severity {
    match name {
        Some("error") => Severity::Error,
        Some("warning") => Severity::Warning,
        Some("note") => Severity::Note,
        other => panic!("no severity {other:?}"),
    }
}

fn relation(name: &str) -> Relation {
    use belie::rule::Vocabulary as _;
    Relation::read(name).unwrap_or_else(|| panic!("no relation {name}"))
}

fn opposed(relation: Relation) -> bool {
    matches!(relation, Relation::Conflict | Relation::DerivedConflict)
}

#[test]
fn expectations_are_sound() {
    let cases = cases();
    for case in &cases {
        let e = &case.expected;
        assert_eq!((e.format, e.seed.as_str()), (1, format!("seeds/{}", case.name).as_str()));
        let mut places = 0;
        for entry in [&e.conflict, &e.warning, &e.note, &e.check, &e.agree, &e.silent].into_iter().flatten() {
            // Every place is found exactly once.
            places += case.places(entry).len();
            entry.allow.iter().chain(&entry.relation).for_each(|name| _ = relation(name));
            [&entry.severity, &entry.at_least].into_iter().flatten().for_each(|name| _ = severity(Some(name)));
        }
        assert!(places > 0, "{}", case.name);
    }
    let files = fs::read_dir(given::root().join("tests/seeds")).unwrap().count();
    assert_eq!(files, cases.len(), "every file of tests/seeds belongs to a seed");
}

/// Every planted contradiction is one finding, loud enough, with a claim of each side.
#[test]
fn conflicts_are_found() {
    over_seeds(|case| {
        case.all("conflict", &case.expected.conflict, |entry| {
            let found: Vec<&Finding> = case.findings(entry).into_iter().filter(|f| opposed(f.relation)).collect();
            let least = severity(entry.at_least.as_deref().or(entry.severity.as_deref()));
            match found.as_slice() {
                [] => Err("no finding has both sides".to_owned()),
                [one] if one.severity < least => Err(format!("{} is only a {}", one.rule, one.severity.name())),
                [one] => {
                    let places = case.places(entry);
                    // The sides stand apart: no group holds a claim of each.
                    let both = |claims: &[u32]| places.iter().all(|place| place.iter().any(|c| claims.contains(c)));
                    if one.relation == Relation::Conflict && one.groups.iter().any(|g| both(&g.claims)) {
                        return Err(format!("{} has both sides in one group", one.rule));
                    }
                    Ok(())
                }
                many => Err(format!("{} findings have both sides", many.len())),
            }
        })
    });
}

/// Nothing but what was planted is called a conflict: neither a finding nor a link.
#[test]
fn nothing_else_conflicts() {
    over_seeds(|case| {
        let entries: Vec<&Entry> = case.expected.conflict.iter().collect();
        let analysis = &case.analysis;
        let meant = |claims: &[u32]| {
            entries.iter().any(|e| case.places(e).iter().all(|place| place.iter().any(|c| claims.contains(c))))
        };
        let shown = |claims: &[u32]| -> String {
            let place = |&c: &u32| {
                let claim = &analysis.claims[c as usize];
                let document = &analysis.documents[claim.source as usize];
                format!("\n      {}: {}", document.id, claim.span.of(&document.text))
            };
            claims.iter().map(place).collect()
        };
        let findings = analysis.findings.iter().filter(|f| f.relation == Relation::Conflict && !meant(&f.claims));
        let mut wrong: Vec<String> = findings
            .map(|f| format!("{}: finding of {}: {}{}", case.name, f.rule, f.message, shown(&f.claims)))
            .collect();
        // A conflict of two groups is one link between their first claims; those of a finding that is meant are meant.
        let carried = |a: u32, b: u32| {
            let mut findings =
                analysis.findings.iter().filter(|f| f.relation == Relation::Conflict && meant(&f.claims));
            findings.any(|f| f.claims.contains(&a) && f.claims.contains(&b))
        };
        let links = analysis.links.iter().filter(|l| l.relation == Relation::Conflict && !carried(l.a, l.b));
        wrong.extend(links.map(|l| format!("{}: link of {}: {}{}", case.name, l.rule, l.message, shown(&[l.a, l.b]))));
        wrong
    });
}

/// A warning is a finding, louder than a note, with the first place and another; what it is linked to holds the rest.
#[test]
fn warnings_are_found() {
    over_seeds(|case| {
        case.all("warning", &case.expected.warning, |entry| {
            let wanted = relation(entry.relation.as_deref().unwrap_or_default());
            let places = case.places(entry);
            let of = |f: &&Finding| meet(&places[0], &f.claims) && places[1..].iter().any(|p| meet(p, &f.claims));
            let found: Vec<&Finding> = case.analysis.findings.iter().filter(of).collect();
            let by: Vec<Relation> = SAME.into_iter().chain([wanted]).collect();
            let mut why = Vec::new();
            for finding in &found {
                let reached = case.reached(&finding.claims, &by);
                let far = places.iter().zip(&entry.words).filter(|(p, _)| !meet(p, &reached)).map(|(_, w)| w.as_str());
                let far: Vec<&str> = far.collect();
                if far.is_empty() && finding.relation == wanted && finding.severity >= Severity::Warning {
                    return Ok(());
                }
                let (relation, severity) = (finding.relation.name(), finding.severity.name());
                why.push(format!("{severity} of {relation} by {}, without {far:?}", finding.rule));
            }
            Err(format!("wanted a warning of {}, found {}", wanted.name(), why.join("; ")))
        })
    });
}

/// A note is a link of its relation between two of the places, or between claims that say the same as they do; what
/// says the same leads to the rest.
#[test]
fn notes_are_linked() {
    over_seeds(|case| {
        case.all("note", &case.expected.note, |entry| {
            let wanted = relation(entry.relation.as_deref().unwrap_or_default());
            let equal = [Relation::Agree, Relation::QuoteMatch];
            let sides: Vec<Vec<u32>> = case.places(entry).iter().map(|place| case.reached(place, &equal)).collect();
            let between = |l: &belie::graph::Link| {
                let of = |claim| sides.iter().enumerate().filter(move |(_, s)| s.contains(&claim)).map(|(at, _)| at);
                l.relation == wanted && of(l.a).any(|x| of(l.b).any(|y| x != y))
            };
            let by: Vec<Relation> = equal.into_iter().chain([wanted]).collect();
            match case.analysis.links.iter().any(between) && case.joined(entry, &by) {
                true => Ok(()),
                false => Err(format!("the places are not joined by {}", wanted.name())),
            }
        })
    });
}

/// A consistency constraint that holds is among the checked ones and in no finding. It rests on two of the places at least; what
/// says the same as these holds the rest.
#[test]
fn checks_hold() {
    over_seeds(|case| {
        case.all("check", &case.expected.check, |entry| {
            let places = case.places(entry);
            let rests = |c: &&belie::finding::Checked| {
                let reached = case.reached(&c.claims, &SAME);
                places.iter().filter(|p| meet(p, &c.claims)).count() >= 2 && places.iter().all(|p| meet(p, &reached))
            };
            let whole = |claims: &[u32]| places.iter().all(|p| meet(p, claims));
            if case.analysis.findings.iter().any(|f| opposed(f.relation) && whole(&f.claims)) {
                return Err("a finding says the contrary".to_owned());
            }
            match case.analysis.checked.iter().find(rests) {
                Some(_) => Ok(()),
                None => Err("nothing that was checked rests on these places".to_owned()),
            }
        })
    });
}

/// Corroboration: the places are joined by agreement, read through.
#[test]
fn agreement_is_linked() {
    over_seeds(|case| {
        case.all("agree", &case.expected.agree, |entry| match case.joined(entry, &SAME) {
            true => Ok(()),
            false => Err("the places are not joined".to_owned()),
        })
    });
}

/// What only looks alike is not linked.
#[test]
fn silence_is_kept() {
    over_seeds(|case| {
        case.all("silent", &case.expected.silent, |entry| {
            let places = case.places(entry);
            let [x, y] = places.as_slice() else { panic!("{}: {} has not two places", case.name, entry.id) };
            let joins =
                |l: &&belie::graph::Link| x.contains(&l.a) && y.contains(&l.b) || x.contains(&l.b) && y.contains(&l.a);
            // A claim that both places share joins nothing.
            let links = case.analysis.links.iter().filter(joins);
            let loud: Vec<&str> =
                links.map(|l| l.relation.name()).filter(|name| !entry.allow.iter().any(|a| a == name)).collect();
            match loud.is_empty() {
                true => Ok(()),
                false => Err(format!("joined by {}", loud.join(", "))),
            }
        })
    });
}

/// The report of every seed, in the formats that people and programs read.
#[test]
fn reports() {
    let formats = ["terminal", "concise", "json"];
    let report = |case: &Case, format: &str| (format!("{}@{format}", case.name), rendered(&case.analysis, format));
    let cases = cases();
    given::accepted(cases.iter().flat_map(|case| formats.map(|format| report(case, format))));
}
