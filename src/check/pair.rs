//! Two figures of a sentence that are stated against each other: "from 640 to 320 MB", "12 minutes instead of 60", "€1.25
//! million two winters ago and €1.40 million last winter", "31 boats, 3 more than last year, when it had 28".
//!
//! Comes in: a sentence and the place of a figure that says something of two others. Goes out: those two, if the words tie
//! exactly two to each other and no third of their kind leaves it open which are meant. Nothing is computed here.

use crate::rule::Bind;
use crate::value::{Quantity, Shape};

use super::CheckContext;
use super::figures::{Figure, Sentence};
use super::order::{End, alike, pairs};
use super::words::Stretch;

/// One of the two.
pub(super) struct PairedFigure {
    /// Its claim.
    pub(super) at: u32,
    /// What it is, in the unit of the other where its own is left out.
    pub(super) quantity: Quantity,
}

/// Two figures stated against each other, the one of then first where the words say which it is.
pub(super) type Pair = (PairedFigure, PairedFigure);

/// Words between the one that sets a figure against another and that figure: "instead of the 60".
const LED: usize = 2;
/// Words round a figure among which one says of which time it is.
const NEAR: usize = 6;
/// Most other figures of a sentence: of more, none is told which two are meant.
const MOST: usize = 12;
/// Most words between "than" and the other figure.
const THAN: usize = 8;
/// Digits of a year.
const YEAR: usize = 4;

/// The two figures that the one at a place relates.
pub(super) fn pair(context: &CheckContext<'_>, sentence: &Sentence<'_>, stated: usize) -> Option<Pair> {
    let others: Vec<usize> = (0..sentence.figures.len()).filter(|&i| i != stated && amount(sentence, i)).collect();
    if others.len() > MOST {
        return None;
    }
    if let Some(pair) = by_words(context, sentence, &others) {
        return Some(pair);
    }
    let mut found: Option<(usize, usize, bool)> = None;
    for (i, &x) in others.iter().enumerate() {
        for &y in &others[i + 1..] {
            let Some(reversed) = tied(sentence, x, y, stated) else { continue };
            if found.is_some() {
                return None;
            }
            found = Some((x, y, reversed));
        }
    }
    let (x, y, reversed) = found?;
    let (a, b) = (&sentence.figures[x], &sentence.figures[y]);
    let third = |&i: &usize| i != x && i != y && kin(&sentence.figures[i], a);
    if others.iter().any(third) {
        return None;
    }
    let first = PairedFigure { at: a.at, quantity: a.quantity.clone() };
    let second = PairedFigure { at: b.at, quantity: in_unit_of(b.quantity, a.quantity) };
    Some(if reversed { (second, first) } else { (first, second) })
}

/// What the words before the figures tell ("to 56 from 50"), as everywhere else.
fn by_words(context: &CheckContext<'_>, sentence: &Sentence<'_>, others: &[usize]) -> Option<Pair> {
    let claims: Vec<u32> = others.iter().map(|&i| sentence.figures[i].at).collect();
    let ends = pairs(context, Bind::Sentence, &claims);
    let [(old, new)] = ends.as_slice() else { return None };
    let of = |at: u32| sentence.figures.iter().find(|f| f.at == at);
    let (a, b) = (of(old.claim())?, of(new.claim())?);
    if !kin(a, b) {
        return None;
    }
    let third = |i: &&usize| ![a.at, b.at].contains(&sentence.figures[**i].at);
    if others.iter().filter(third).any(|&i| kin(&sentence.figures[i], a)) {
        return None;
    }
    let side = |f: &Figure<'_>, end: End| PairedFigure { at: f.at, quantity: end.figure(f.quantity) };
    Some((side(a, *old), side(b, *new)))
}

/// Whether a figure is an amount that another can be set against: no share, multiple or score.
fn amount(sentence: &Sentence<'_>, at: usize) -> bool {
    let figure = &sentence.figures[at];
    let pure = matches!(figure.quantity.shape, Shape::Multiple | Shape::Ratio);
    let range = figure.quantity.number.is_none() && figure.quantity.min.is_some();
    !pure && !figure.is_fraction() && (figure.number().is_some() || range)
}

fn bare(figure: &Figure<'_>) -> bool {
    figure.quantity.unit.name.is_empty()
}

/// Whether a figure measures what another does, so that it may be meant in its place.
fn kin(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    alike(a.quantity, b.quantity) || a.counts() && b.counts() && (bare(a) || bare(b))
}

/// The second figure in the unit of the first, where it has none of its own: "40 minutes … in 10".
pub(super) fn in_unit_of(quantity: &Quantity, first: &Quantity) -> Quantity {
    if quantity.unit.name.is_empty() {
        Quantity { shape: first.shape, unit: first.unit.clone(), ..quantity.clone() }
    } else {
        quantity.clone()
    }
}

/// Whether the words tie two figures, the first before the second in the text, and whether the second is the old one.
fn tied(sentence: &Sentence<'_>, x: usize, y: usize, stated: usize) -> Option<bool> {
    let (a, b) = (&sentence.figures[x], &sentence.figures[y]);
    let one_unit = a.quantity.unit.dimension == b.quantity.unit.dimension;
    // The second may leave out what the first counts or measures, the first may not.
    if !(one_unit || bare(b)) || a.number().is_none() || b.number().is_none() {
        return None;
    }
    let between = sentence.between(a, b);
    if between.has(&[';']) && !sentence.dated(a, b) {
        return None;
    }
    let set_against = against(between) && between.len() <= NEAR * 2;
    if set_against || x < stated && stated < y && than(sentence, &sentence.figures[stated], b, a) {
        return Some(true);
    }
    timed(sentence, a, b)
}

/// Whether the last words before a figure set another against it.
fn against(before: Stretch<'_>) -> bool {
    let article = |w: &&&str| matches!(**w, "the" | "a" | "an" | "about" | "only" | "just");
    let articles = before.lower().iter().rev().take(LED).take_while(article).count();
    (0..=articles).any(|gap| before.head(before.len() - gap).closing("set-against").is_some())
}

/// "3 more than last year, when it had 28", "€400,000 more than the planned €2.7 million".
fn than(sentence: &Sentence<'_>, stated: &Figure<'_>, other: &Figure<'_>, one: &Figure<'_>) -> bool {
    let behind = sentence.between(stated, other);
    let words = behind.lower();
    let leads = |w: &&str| matches!(*w, "than" | "from" | "on" | "over");
    let Some(at) = words.iter().take(3).position(leads) else { return false };
    let rest = &words[at + 1..];
    let named = words[at] == "than" && rest.len() <= 3 && matches!(rest, ["the" | "its" | "their" | "his" | "her", ..]);
    let gap = sentence.between(one, stated);
    let apposed = gap.has(&[',', '(', '–', '—']) && !gap.has(&[';', ':']) && gap.len() <= 4;
    apposed && (named || rest.contains(&"when")) && behind.one_statement(THAN + at, &["when", "before"])
}

/// Whether each of two figures has a word beside it that says of which time it is, and not the same; the first is then the
/// one of then unless its own word says that it is of now.
fn timed(sentence: &Sentence<'_>, a: &Figure<'_>, b: &Figure<'_>) -> Option<bool> {
    if sentence.dated(a, b) {
        return Some(false);
    }
    let between = sentence.between(a, b);
    // What stands behind the first figure ends where the next statement begins.
    let text = between.text();
    let end = [" and ", ", ", "; ", " but "].iter().filter_map(|m| text.find(m)).min().unwrap_or(text.len());
    let before = |stretch: Stretch<'_>| {
        let near = stretch.since(&[',', ';', ':', '(']).tail(NEAR);
        (0..near.len()).rev().find_map(|at| marker(near, at))
    };
    let behind = |stretch: Stretch<'_>| (0..stretch.len().min(NEAR)).find_map(|at| marker(stretch, at));
    let one = before(sentence.before(a)).or_else(|| behind(between.bytes(0, end)))?;
    let stop = [',', ';', '.', '(', ')'];
    let other = before(between.bytes(end, text.len())).or_else(|| behind(sentence.behind(b).until(&stop)))?;
    (one != other).then_some(one.0 == "now" && other.0 == "then")
}

/// The class and the words of what says at a word of which time a figure is; a year is of then.
fn marker(stretch: Stretch<'_>, at: usize) -> Option<(String, String)> {
    let here = stretch.slice(at, usize::MAX);
    let first = here.first();
    let year = first.len() == YEAR && first.bytes().all(|b| b.is_ascii_digit());
    if year && (1000..2200).contains(&first.parse().unwrap_or(0)) {
        return Some(("then".to_owned(), first.to_owned()));
    }
    let (n, term) = here.begins("then-now", None)?;
    Some((term.class.to_string(), here.head(n).lower().join(" ")))
}
