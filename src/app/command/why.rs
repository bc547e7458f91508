//! `belie why`: the gate that kept two places apart.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::app::input::{self, Input};
use crate::app::pipeline::review;
use crate::app::{Console, Error, Exit, Options};
use crate::claim::Extractor;
use crate::finding::Analysis;
use crate::graph::{Grounds, Verdict};
use crate::report::{grounds, place, safe};
use crate::value::value_words;

use super::place::Named;

/// Pairs that get a table.
const TABLES: usize = 6;
/// Pairs that get a line.
const LINES: usize = 40;

/// Shows every pair of claims at two places: what each gate said, and which one stopped it. `paths` are read as well:
/// what a name stands for may be settled by a third document.
///
/// # Errors
/// When a place holds no claim, or standard output cannot be written.
pub fn run(
    a: &Named,
    b: &Named,
    paths: &[PathBuf],
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    let mut all = paths.to_vec();
    if paths.is_empty() {
        all.push(a.file.clone());
        if b.file != a.file {
            all.push(b.file.clone());
        }
    }
    let Input { documents, problems, settings } = input::read(&all, options);
    let extractor = Extractor::new(&options.rules);
    let review = review(documents, problems, &extractor, &settings);
    let analysis = &review.analysis;
    input::say(&analysis.problems, options, console);
    let (left, right) = (claims(a, analysis)?, claims(b, analysis)?);
    let mut pairs: Vec<(usize, u32, u32)> = Vec::new();
    let mut met = BTreeSet::new();
    for &x in &left {
        for &y in &right {
            // In the order in which gates see them; where the two places overlap, a pair is met from both sides.
            let (x, y) = (x.min(y), x.max(y));
            if x != y && met.insert((x, y)) {
                pairs.push((distance(analysis, x, y), x, y));
            }
        }
    }
    // Linked pairs first, then those of one attribute; the sort is stable and keeps the order of the text.
    pairs.sort_by_key(|p| p.0);
    let mut out = String::new();
    for (nth, &(_, x, y)) in pairs.iter().enumerate().take(LINES) {
        let grounds = review.grounds(x, y);
        if nth < TABLES {
            table(&mut out, analysis, (x, y), &grounds, options);
        } else {
            let _ = writeln!(out, "{} against {}: {}", named(analysis, x), named(analysis, y), short(&grounds));
        }
    }
    if pairs.len() > LINES {
        let _ = writeln!(out, "and {} more pairs: name a column", pairs.len() - LINES);
    }
    if pairs.is_empty() {
        out.push_str("both places hold the same single claim\n");
    }
    console.print(&out)?;
    console.flush()?;
    Ok(input::exit(&analysis.problems, options))
}

fn claims(place: &Named, analysis: &Analysis) -> Result<Vec<u32>, Error> {
    let found = place.claims(analysis);
    if found.is_empty() {
        let at = format!("{}:{}", place.file.display(), place.line);
        let help = "`belie claims` lists what was found, with its places";
        return Err(Error::usage_with(format!("no claim at {}", safe(&at)), help));
    }
    Ok(found)
}

/// How little two claims have to do with each other.
fn distance(analysis: &Analysis, x: u32, y: u32) -> usize {
    if analysis.links.iter().any(|l| [(l.a, l.b), (l.b, l.a)].contains(&(x, y))) {
        return 0;
    }
    match (analysis.claims.get(x as usize), analysis.claims.get(y as usize)) {
        (Some(x), Some(y)) if x.family == y.family => 1,
        (Some(x), Some(y)) if x.shape == y.shape => 2,
        _ => 3,
    }
}

/// A claim as one thing to read: its place, attribute and value.
fn named(analysis: &Analysis, claim: u32) -> String {
    let at = place(analysis, claim).map(|p| p.to_string()).unwrap_or_default();
    let Some(claim) = analysis.claims.get(claim as usize) else { return at };
    let subject = claim.subject.as_ref().map_or("?", |s| &s.name);
    let value = value_words(&claim.value);
    format!("{at} ({}: {} = {})", safe(subject), safe(&claim.attribute), safe(&value))
}

fn table(out: &mut String, analysis: &Analysis, (x, y): (u32, u32), found: &Grounds, options: &Options) {
    let _ = writeln!(out, "{}\nagainst {}", named(analysis, x), named(analysis, y));
    for link in analysis.links.iter().filter(|l| [(l.a, l.b), (l.b, l.a)].contains(&(x, y))) {
        let _ = writeln!(out, "linked: {} by {}", link.relation.name(), safe(&link.rule));
    }
    // Pairs that no block joined reach no gate; the grounds name the keys.
    if found.gates.is_empty() {
        let _ = writeln!(out, "never in one block");
    }
    out.push_str(&grounds(found, &options.style));
    out.push('\n');
}

/// The grounds in a few words.
fn short(grounds: &Grounds) -> String {
    match grounds.gates.iter().find(|g| g.verdict == Verdict::Different) {
        Some(gate) => format!("stopped by the {} gate: {}", gate.gate.name(), safe(&gate.basis)),
        None if grounds.gates.is_empty() => "never in one block".to_owned(),
        None => safe(&grounds.because).into_owned(),
    }
}
