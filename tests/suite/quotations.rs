//! How many quotations that were changed on their way belie finds, and how often it blames those that were not, on texts
//! that it was not written from.
//!
//! `tests/quotations/<topic>.md` opens with the pages that stay, parted by `====`. Each `@@ outcome: what was done` begins
//! a page that quotes from them. The outcome is `match` (the same words, whatever the typography), `right` (nothing that a
//! reader has to look at), or what is to be found, with its severity: `truncated`, `variant`, or `speaker`, where the
//! words are laid in another mouth. The pages were written before the code that has to tell them apart, nothing is taken
//! over from them into rules, and new ones are added at the end of a file and left alone when they are missed.

use std::collections::BTreeMap;
use std::fs;

use belie::graph::{Link, Relation, Severity};

use crate::given::{self, analysed, documents};

/// A page that quotes, with the pages it quotes from.
struct Case {
    outcome: String,
    told: String,
    pages: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = given::root().join("tests/quotations");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let (given, pages) = text.split_once("@@ ").expect("a page that quotes");
        let given: Vec<String> = given.split("====\n").map(str::to_owned).collect();
        for page in pages.split("\n@@ ") {
            let (head, page) = page.split_once('\n').expect("a head and a page");
            let (outcome, told) = head.split_once(": ").expect("an outcome and what was done");
            let pages = given.iter().cloned().chain([page.to_owned()]).collect();
            out.push(Case { outcome: outcome.to_owned(), told: told.to_owned(), pages });
        }
    }
    out
}

/// What is said of the quotations of the last page, gravest first, and whether the given pages have the same words.
fn said(case: &Case) -> (Vec<(&'static str, Severity, String)>, bool) {
    let ids: Vec<String> = (0..case.pages.len()).map(|at| format!("page{at}.md")).collect();
    let texts: Vec<(&str, &str)> = ids.iter().map(String::as_str).zip(case.pages.iter().map(String::as_str)).collect();
    let analysis = analysed(documents(&texts));
    let last = case.pages.len() as u32 - 1;
    let ends = |claims: &[u32]| {
        let of = |at: &u32| &analysis.claims[*at as usize];
        claims.iter().all(|c| &*of(c).kind == "quote") && claims.iter().any(|c| of(c).source == last)
    };
    let links = analysis.links.iter().filter(|l| ends(&[l.a, l.b]));
    let mut found: Vec<_> = links
        .clone()
        .filter_map(|l| {
            let what = match l.relation {
                Relation::QuoteTruncated => "truncated",
                Relation::QuoteVariant => "variant",
                Relation::Conflict => "speaker",
                _ => return None,
            };
            Some((what, l.severity, format!("{}: {}", l.rule, l.message)))
        })
        .collect();
    found.sort_by_key(|(_, severity, _)| std::cmp::Reverse(*severity));
    // A part of what was said is the same words as well.
    let same = |l: &Link| {
        l.relation == Relation::QuoteMatch || l.relation == Relation::QuoteTruncated && l.severity == Severity::Note
    };
    let same = links.clone().any(same);
    (found, same)
}

#[test]
fn what_was_changed_in_a_quotation_is_found_and_what_was_not_is_left_alone() {
    // By outcome: pages, found.
    let mut tally: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let (mut blamed, mut accused) = (0, 0);
    let mut told = String::new();
    for case in cases() {
        let (found, same) = said(&case);
        let grave = found.iter().any(|(_, s, _)| *s > Severity::Note);
        let well = match case.outcome.as_str() {
            "match" => same && !grave && found.iter().all(|(what, ..)| *what != "variant"),
            "right" => !grave && found.iter().all(|(what, ..)| *what != "variant"),
            other => {
                let (what, severity) = other.split_once(' ').expect("what is to be found and how grave it is");
                grave == (severity == "warning")
                    && found.iter().any(|(w, s, _)| *w == what && grave == (*s > Severity::Note))
            }
        };
        let row = tally.entry(case.outcome.clone()).or_default();
        row[0] += 1;
        row[1] += usize::from(well);
        // A warning where none belongs, whatever else is found.
        accused += usize::from(grave);
        blamed += usize::from(grave && !case.outcome.ends_with("warning"));
        if !well {
            let lines: Vec<String> = found.iter().map(|(w, s, m)| format!("\n    {w} {} {m}", s.name())).collect();
            told += &format!(
                "{} ({}):\n    {}{}\n",
                case.outcome,
                case.told,
                case.pages.last().unwrap().trim(),
                lines.concat()
            );
        }
    }
    let sum = |of: &dyn Fn(&str) -> bool, at: usize| -> usize {
        tally.iter().filter(|(outcome, _)| of(outcome)).map(|(_, row)| row[at]).sum()
    };
    let changed = |outcome: &str| outcome.contains(' ');
    let (changes, found) = (sum(&changed, 0), sum(&changed, 1));
    let same = sum(&|o| !changed(o), 0);
    for (outcome, row) in &tally {
        told += &format!("{outcome:20} {:2} of {:2}\n", row[1], row[0]);
    }
    told += &format!("found {found} of {changes}; {accused} accused, of them {blamed} wrongly\n");
    assert!(changes >= 50 && same >= 35, "{told}");
    assert!(found * 100 >= changes * RECALL && blamed * 100 <= accused * (100 - PRECISION), "{told}");
}

/// Per cent of the changes that are found at least, as grave as they are; the aim is 85.
const RECALL: usize = 85;
/// Per cent of the warnings that are right at least; the aim is 95.
const PRECISION: usize = 95;
