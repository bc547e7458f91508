//! Kinds of texts: `tests/kinds/<kind>.toml` holds a few invented pages on one event each, and what must be found in them.
//!
//! The pages were written before the rules were run on them. An entry is two places: the page, and words that occur once in it and touch
//! the value meant. `hard` entries are welcome, but not asked for.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use belie::finding::Analysis;
use belie::graph::{Relation, Severity};
use belie::source::Document;
use belie::text::Span;
use belie::value::Value;
use serde::Deserialize;

use crate::given::{analysed, root};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    page: Vec<Page>,
    #[serde(default)]
    conflict: Vec<Entry>,
    #[serde(default)]
    update: Vec<Entry>,
    #[serde(default)]
    agree: Vec<Entry>,
    #[serde(default)]
    silent: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    id: String,
    text: String,
}

/// Two places, and what both say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    what: String,
    a: (String, String),
    b: (String, String),
    #[serde(default)]
    hard: bool,
}

/// The figures and dates at a place.
fn claims_at(analysis: &Analysis, (page, words): &(String, String)) -> BTreeSet<u32> {
    let at = analysis.documents.iter().position(|d| d.id == *page).unwrap_or_else(|| panic!("no page {page}"));
    let text = &analysis.documents[at].text;
    let mut found = text.match_indices(words.as_str()).map(|(i, w)| Span::new(i, i + w.len()));
    let (Some(place), None) = (found.next(), found.next()) else {
        panic!("`{words}` does not occur exactly once in {page}")
    };
    let claims =
        analysis.claims.iter().enumerate().filter(|(_, c)| {
            c.source as usize == at && !matches!(c.value, Value::Text(_)) && c.value_span.overlaps(place)
        });
    claims.map(|(i, _)| i as u32).collect()
}

/// How the claims of two places are joined: by links, and as groups of one card.
fn joined(analysis: &Analysis, entry: &Entry) -> BTreeSet<&'static str> {
    let (a, b) = (claims_at(analysis, &entry.a), claims_at(analysis, &entry.b));
    let across = |x: u32, y: u32| a.contains(&x) && b.contains(&y) || a.contains(&y) && b.contains(&x);
    let mut out: BTreeSet<&'static str> =
        analysis.links.iter().filter(|l| across(l.a, l.b)).map(|l| l.relation.name()).collect();
    // Agreement is handed on from claim to claim.
    let mut chain = a.clone();
    for _ in 0..3 {
        for link in analysis.links.iter().filter(|l| matches!(l.relation, Relation::Agree | Relation::Compatible)) {
            if chain.contains(&link.a) || chain.contains(&link.b) {
                chain.extend([link.a, link.b]);
            }
        }
    }
    if !chain.is_disjoint(&b) {
        out.insert(Relation::Agree.name());
    }
    for finding in &analysis.findings {
        for (i, group) in finding.groups.iter().enumerate() {
            let opposite = finding.groups.iter().enumerate().filter(|(j, _)| *j != i);
            let meets = |claims: &[u32], set: &BTreeSet<u32>| claims.iter().any(|c| set.contains(c));
            if meets(&group.claims, &a) && opposite.into_iter().any(|(_, g)| meets(&g.claims, &b)) {
                out.insert(finding.relation.name());
            }
        }
    }
    out
}

fn kinds() -> Vec<(String, Kind, Analysis)> {
    let folder = root().join("tests/kinds");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 6, "{}", files.len());
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let kind: Kind = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let document = |p: &Page| Document::from_text(&p.id, p.text.trim_start());
        let analysis = analysed(kind.page.iter().map(document).collect());
        (name, kind, analysis)
    };
    files.iter().map(read).collect()
}

/// What is said of the entries of one list that does not hold.
fn unmet(list: impl Fn(&Kind) -> &[Entry], holds: impl Fn(&BTreeSet<&'static str>) -> bool) -> String {
    let mut out = String::new();
    for (name, kind, analysis) in &kinds() {
        for entry in list(kind).iter().filter(|e| !e.hard) {
            let how = joined(analysis, entry);
            if !holds(&how) {
                let _ = writeln!(out, "{name}: {}: {:?} and {:?} joined as {how:?}", entry.what, entry.a, entry.b);
            }
        }
    }
    out
}

#[test]
fn conflicts_are_found() {
    assert_eq!(unmet(|k| &k.conflict, |how| how.contains("conflict")), "");
}

#[test]
fn updates_are_no_conflicts() {
    assert_eq!(unmet(|k| &k.update, |how| how.contains("updates") && !how.contains("conflict")), "");
}

#[test]
fn agreement_is_found() {
    assert_eq!(unmet(|k| &k.agree, |how| how.contains("agree") || how.contains("compatible")), "");
}

#[test]
fn what_only_looks_alike_is_left_alone() {
    assert_eq!(unmet(|k| &k.silent, |how| how.iter().all(|h| *h == "unresolved")), "");
}

#[test]
fn every_error_is_a_conflict_that_was_planted() {
    for (name, kind, analysis) in &kinds() {
        let planted: Vec<BTreeSet<u32>> =
            kind.conflict.iter().flat_map(|e| [claims_at(analysis, &e.a), claims_at(analysis, &e.b)]).collect();
        for finding in analysis.findings.iter().filter(|f| f.severity == Severity::Error) {
            let known = finding.groups.iter().flat_map(|g| &g.claims).any(|c| planted.iter().any(|p| p.contains(c)));
            assert!(known, "{name}: {}", finding.message);
        }
    }
}
