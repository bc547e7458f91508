//! `belie why`: the gate that kept two places apart.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::app::input::{self, Input};
use crate::app::pipeline::{Examined, Fate, examine};
use crate::app::{Console, Error, Exit, Options};
use crate::claim::Extractor;
use crate::compare::Suppressed;
use crate::finding::Analysis;
use crate::graph::{Grounds, Relation};
use crate::report::{grounds, place, safe};
use crate::text::hanging;
use crate::value::{Value, value_words};

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
    let Input { documents, problems, settings, .. } = input::read(&all, options);
    let extractor = Extractor::new(&options.rules);
    let examined = examine(documents, problems, &extractor, &settings);
    let analysis = &examined.analysis;
    input::say(&analysis.problems, options, console);
    let (left, right) = (claims(a, analysis)?, claims(b, analysis)?);
    let said = match options.style.verbose {
        true => between(&examined, &left, &right, options),
        false => answer(&examined, &left, &right, options),
    };
    console.print(&said)?;
    console.flush()?;
    Ok(input::exit(&analysis.problems, options))
}

/// The pair that is most likely meant, and what joined it or kept it apart; how many others there are.
fn answer(examined: &Examined<'_>, left: &[u32], right: &[u32], options: &Options) -> String {
    let analysis = &examined.analysis;
    let pairs = pairs(analysis, left, right);
    // Linked ones come first, so the answer stands among these or is that of all.
    let fates = pairs.iter().take(LINES).map(|&(away, x, y)| (x, y, away, examined.fate(x, y)));
    let Some((x, y, _, fate)) = fates.min_by_key(|(_, _, away, fate)| (far(fate, *away), *away)) else {
        return ONE.to_owned();
    };
    let mut out = String::new();
    put(&mut out, "", &named(analysis, x), options);
    put(&mut out, "", &format!("against {}", named(analysis, y)), options);
    let because = seen(&fate).map(|grounds| grounds.because.as_str()).filter(|b| !b.is_empty());
    let because = because.filter(|_| matches!(fate, Fate::Linked(_))).map(|b| format!(": {}", safe(b)));
    put(&mut out, "  ", &format!("{}{}", short(&fate, analysis), because.unwrap_or_default()), options);
    match &fate {
        Fate::Apart(one, other) if !one.is_empty() && !other.is_empty() => {
            let keys = |keys: &[String]| safe(&keys.join("; ")).into_owned();
            put(
                &mut out,
                "  ",
                &format!("the first is filed under {}, the second under {}", keys(one), keys(other)),
                options,
            );
        }
        Fate::Silent(_, near) => {
            for miss in near.iter().take(1) {
                let lacks = safe(&miss.lacks.join("; ")).into_owned();
                put(
                    &mut out,
                    "  ",
                    &format!("{} would say {}, but {lacks}", safe(&miss.rule), miss.relation.name()),
                    options,
                );
            }
        }
        _ => {}
    }
    match pairs.len() - 1 {
        0 => out.push_str("--verbose shows every gate\n"),
        more => {
            let noun = if more == 1 { "pair" } else { "pairs" };
            let _ = writeln!(out, "--verbose shows every gate, and {more} more {noun} of claims at these places");
        }
    }
    out
}

/// Where both places hold one claim and no other.
const ONE: &str = "both places hold the same single claim\n";

/// How little a pair is likely to be the one that is meant: what differs comes before what agrees, and what has one
/// attribute before what is of different things.
fn far(fate: &Fate<'_>, away: usize) -> u8 {
    match fate {
        Fate::Linked(links) if links.iter().any(|l| !matches!(l.relation, Relation::Agree | Relation::QuoteMatch)) => 0,
        Fate::Suppressed(..) | Fate::Off(_) => 1,
        Fate::SpokenFor(_, fate) => far(fate, away),
        Fate::Silent(..) | Fate::Stopped(..) if away <= 1 => 2,
        Fate::Linked(_) => 3,
        Fate::Silent(..) => 4,
        Fate::Stopped(..) => 5,
        Fate::Capped(_) => 6,
        Fate::Apart(..) => 7,
    }
}

/// The pairs of claims at two places, in the order in which gates see them; linked ones first, then those of one attribute.
fn pairs(analysis: &Analysis, left: &[u32], right: &[u32]) -> Vec<(usize, u32, u32)> {
    let mut pairs: Vec<(usize, u32, u32)> = Vec::new();
    let mut met = BTreeSet::new();
    for &x in left {
        for &y in right {
            // Where the two places overlap, a pair is met from both sides.
            let (x, y) = (x.min(y), x.max(y));
            if x != y && met.insert((x, y)) {
                pairs.push((distance(analysis, x, y), x, y));
            }
        }
    }
    // The sort is stable and keeps the order of the text.
    pairs.sort_by_key(|p| p.0);
    pairs
}

/// What each gate said of every pair of claims, one of either side, and which one stopped it.
pub(super) fn between(examined: &Examined<'_>, left: &[u32], right: &[u32], options: &Options) -> String {
    let analysis = &examined.analysis;
    let pairs = pairs(analysis, left, right);
    let mut fates: Vec<_> = pairs.iter().take(LINES).map(|&(away, x, y)| (away, x, y, examined.fate(x, y))).collect();
    fates.sort_by_key(|(away, _, _, fate)| (far(fate, *away), *away));
    let mut out = String::new();
    for (nth, (_, x, y, fate)) in fates.iter().enumerate() {
        if nth < TABLES {
            table(&mut out, analysis, (*x, *y), fate, options);
        } else {
            let line = format!("{} against {}: {}", named(analysis, *x), named(analysis, *y), short(fate, analysis));
            put(&mut out, "", &line, options);
        }
    }
    if pairs.len() > LINES {
        let _ = writeln!(out, "and {} more pairs: name a column", pairs.len() - LINES);
    }
    if pairs.is_empty() {
        out.push_str(ONE);
    }
    out
}

/// The claims at a place.
///
/// # Errors
/// When there is none.
pub(super) fn claims(place: &Named, analysis: &Analysis) -> Result<Vec<u32>, Error> {
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
        // Whole sentences are all of one family.
        (Some(x), Some(y)) if x.family == y.family && !matches!(x.value, Value::Text(_)) => 1,
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

fn table(out: &mut String, analysis: &Analysis, (x, y): (u32, u32), fate: &Fate<'_>, options: &Options) {
    put(out, "", &named(analysis, x), options);
    put(out, "", &format!("against {}", named(analysis, y)), options);
    if let Fate::Linked(links) = fate {
        for link in links {
            let _ = writeln!(out, "linked: {} by {}", link.relation.name(), safe(&link.rule));
        }
    }
    if let Some(found) = seen(fate) {
        out.push_str(&grounds(found, &options.style));
    }
    if !matches!(fate, Fate::Linked(_)) {
        put(out, " ", &short(fate, analysis), options);
    }
    match fate {
        Fate::Apart(left, right) => {
            let keys = |keys: &[String]| safe(&keys.join("; ")).into_owned();
            put(out, " ", &format!("the first is filed under: {}", keys(left)), options);
            put(out, " ", &format!("the second under: {}", keys(right)), options);
        }
        Fate::Silent(_, near) => {
            for miss in near {
                let lacks = safe(&miss.lacks.join("; ")).into_owned();
                put(
                    out,
                    " ",
                    &format!("{} would say {}, but {lacks}", safe(&miss.rule), miss.relation.name()),
                    options,
                );
            }
        }
        _ => {}
    }
    out.push('\n');
}

/// Puts a line, wrapped to the terminal, later rows four columns further in.
fn put(out: &mut String, indent: &str, line: &str, options: &Options) {
    let width = options.style.width.saturating_sub(indent.len());
    for (nth, row) in hanging(line, width, width.saturating_sub(4)).iter().enumerate() {
        let _ = writeln!(out, "{indent}{}{row}", if nth == 0 { "" } else { "    " });
    }
}

/// What the gates saw, of the pair or of the claims that speak for it.
fn seen<'a>(fate: &'a Fate<'_>) -> Option<&'a Grounds> {
    match fate {
        Fate::Linked(links) => links.first().map(|l| &l.grounds),
        Fate::Off(link) => Some(&link.grounds),
        Fate::Suppressed(link, _) => Some(&link.grounds),
        Fate::Stopped(_, grounds) | Fate::Silent(grounds, _) => Some(grounds),
        Fate::SpokenFor(_, fate) => seen(fate),
        Fate::Apart(..) | Fate::Capped(_) => None,
    }
}

/// What became of a pair, in one line.
fn short(fate: &Fate<'_>, analysis: &Analysis) -> String {
    let document = |d: u32| analysis.documents.get(d as usize).map_or("?", |d| d.id.as_str());
    match fate {
        Fate::Linked(links) => {
            let words: Vec<String> = links.iter().map(|l| format!("{} by {}", l.relation.name(), l.rule)).collect();
            format!("linked: {}", safe(&words.join(", ")))
        }
        Fate::Apart(left, right) if left.is_empty() || right.is_empty() => {
            "never compared: one of them is in the boilerplate of its page".to_owned()
        }
        Fate::Apart(..) => "never compared: they are filed under different subjects or attributes".to_owned(),
        Fate::Stopped(gate, grounds) => {
            let basis = grounds.gates.iter().find(|g| g.gate == *gate).map_or("", |g| g.basis.as_str());
            format!("stopped by the {} gate: {}", gate.name(), safe(basis))
        }
        Fate::Silent(..) => "no gate stops them, but no rule covers such a pair".to_owned(),
        Fate::SpokenFor((x, y), fate) => {
            let (x, y) = (named(analysis, *x), named(analysis, *y));
            format!("represented by others that say the same: {x} against {y}, {}", short(fate, analysis))
        }
        Fate::Capped(block) => {
            format!("the block “{}” is too large, and they are in no part of it together", safe(block))
        }
        Fate::Off(link) => format!("{} by {}, which is switched off", link.relation.name(), safe(&link.rule)),
        Fate::Suppressed(link, why) => {
            let because = match why {
                Suppressed::Twofold => "one document treats them as two things".to_owned(),
                Suppressed::Several(d, None) => format!(
                    "{} gives the attribute several values, and the words do not say which is meant",
                    safe(document(*d))
                ),
                Suppressed::Several(d, Some(e)) => {
                    let (d, e) = (safe(document(*d)), safe(document(*e)));
                    format!("{d} and {e} give the attribute several values, one for each of several things")
                }
                Suppressed::Instances => "pages that agree with one of them say which of several it is".to_owned(),
                Suppressed::BothStated(d) => format!("{} states both values", safe(document(*d))),
                Suppressed::Likelier(other) => {
                    format!("{} is stated in words that fit better", named(analysis, *other))
                }
                Suppressed::SaidElsewhere => "another finding already covers these two sentences".to_owned(),
            };
            format!("{} by {}, withdrawn: {because}", link.relation.name(), safe(&link.rule))
        }
    }
}
