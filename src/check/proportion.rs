//! A rate and the two figures that it is the quotient of, in whatever order a sentence tells them: "180 km in four and a half
//! hours, an average of 40 km/h", "24 trucks carry 18 tonnes each, so that 432 tonnes leave", "8 per cent on goods worth
//! $25,000, which comes to $2,000".
//!
//! What is multiplied with what follows from the units; that the three belong together a word has to say, right before the
//! one that follows from the others. Comes in: a sentence. Goes out: what `rated` holds against each other.

use rust_decimal::Decimal;

use crate::rule::pieces;
use crate::text::content_lemma;
use crate::value::{Interval, Shape};

use super::figures::{Figure, Sentence, plain};
use super::rated::StatedRate;

/// The lexicon of words between figures and what they come to.
const RESULTS: &str = "results";
/// Words before a figure among which one says that it follows from the others.
const NEAR: usize = 7;
/// Words behind a number among which its noun stands.
const NOUN: usize = 3;
/// What a share in per cent is a share of.
const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// The only three figures of a sentence of which one is the product of the others.
pub(super) fn proportion<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let figure = &sentence.figures[at];
    figure.number()?;
    if figure.quantity.unit.dimension.contains('/') {
        return rate(sentence, at);
    }
    of_percent(sentence, at).or_else(|| per(sentence, at)).or_else(|| times(sentence, at))
}

/// The only figure but those named that fits.
fn one<'f, 'a>(
    sentence: &'f Sentence<'a>,
    not: &[usize],
    fits: &dyn Fn(&Figure<'_>) -> bool,
) -> Option<(usize, &'f Figure<'a>)> {
    let mut all = sentence.figures.iter().enumerate().filter(|(i, f)| !not.contains(i) && fits(f));
    let first = all.next()?;
    all.next().is_none().then_some(first).filter(|(_, f)| f.number().is_some())
}

/// "180 kilometres in 4 hours, an average of 45 km/h", "at 20 km/h it needs 15 hours for the 300 kilometres".
fn rate<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let rate = &sentence.figures[at];
    let (own, per) = rate.quantity.unit.dimension.rsplit_once('/')?;
    let noun = rate.quantity.unit.name.rsplit_once('/').map_or("", |(_, per)| per);
    let total = |f: &Figure<'_>| *f.quantity.unit.dimension == *own;
    let times = |f: &Figure<'_>| *f.quantity.unit.dimension == *per || f.counts() && counts(sentence, f, noun);
    let (i, total) = one(sentence, &[at], &total)?;
    let (j, times) = one(sentence, &[at, i], &times)?;
    let last = at.max(i).max(j);
    let joined = if at == last {
        // "With 31,200 people and €48 million, the town spends …".
        let with = plain(sentence.before(&sentence.figures[i.min(j)])).first().is_some_and(|w| w == "with");
        let apposed = follows(sentence, rate) || led(sentence, rate, &["average", "speed", "rate", "pace"]);
        closes(sentence, rate) && (apposed && near(sentence, i, j) || with && last == i.max(j) + 1)
    } else if at < i.min(j) {
        let opens = led(sentence, rate, &["at"]) && plain(sentence.before(rate)).len() <= 2;
        let sets = quiet(sentence.between(rate, &sentence.figures[at + 1]));
        let takes = led(sentence, total, &["for"]) || led(sentence, times, &["in", "within"]);
        let goes = j < i && pronoun(sentence.between(times, total));
        let ends = closes(sentence, &sentence.figures[last]);
        // "For the 300 kilometres to Skerry".
        let way = plain(sentence.behind(&sentence.figures[last])).first().is_some_and(|w| w == "to" || w == "from");
        opens && takes && (ends || way) || sets && goes && ends
    } else {
        false
    };
    joined.then(|| StatedRate { rate, times: (times.quantity.interval(), Some(times)), total })
}

/// "Twenty teachers for 480 pupils means 24 pupils per teacher".
fn per<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let rate = &sentence.figures[at];
    if !rate.counts() {
        return None;
    }
    let words = nouns(sentence, rate);
    let (own, noun) = match words.as_slice() {
        [own, per, noun] if per == "per" => (own.clone(), noun.clone()),
        _ => return None,
    };
    let (i, total) = one(sentence, &[at], &|f| f.counts() && counts(sentence, f, &own))?;
    let (j, times) = one(sentence, &[at, i], &|f| f.counts() && counts(sentence, f, &noun))?;
    let fits = at > i.max(j) && follows(sentence, rate) && near(sentence, i, j) && closes_at(sentence, rate, &noun);
    fits.then(|| StatedRate { rate, times: (times.quantity.interval(), Some(times)), total })
}

/// "8 per cent on goods worth $25,000, which comes to $2,000".
fn of_percent<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let share = &sentence.figures[at];
    let percent = share.quantity.shape == Shape::Percent && &*share.quantity.unit.name == "percent";
    let [.., of, part] = sentence.figures.iter().filter(|f| f.at != share.at).collect::<Vec<_>>()[..] else {
        return None;
    };
    if !percent || sentence.figures.len() != 3 || part.span.start < share.span.start {
        return None;
    }
    let money = |f: &Figure<'_>| f.quantity.shape == Shape::Money && f.number().is_some();
    let one_unit = of.quantity.unit.name == part.quantity.unit.name && of.quantity.number >= part.quantity.number;
    let on = matches!(plain(sentence.behind(share)).first().map(String::as_str), Some("on" | "of"));
    let at = led(sentence, share, &["at"]);
    let last = sentence.figures.last().is_some_and(|f| f.at == part.at);
    let worth = (on && of.span.start > share.span.start || at && of.span.start < share.span.start)
        && money(of)
        && money(part)
        && one_unit
        && last
        && follows(sentence, part)
        && !sentence.holds("change", None, sentence.text());
    let hundredth = of.quantity.interval().div(&Interval::point(HUNDRED))?;
    worth.then_some(StatedRate { rate: share, times: (hundredth, Some(of)), total: part })
}

/// "60 rates of €45, or €2,700", "each of the 24 trucks carries 18 tonnes, so that 432 tonnes leave".
fn times<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let [many, share, total] = sentence.figures.get(at..at + 3)? else { return None };
    let whole = many.counts() && many.number().is_some_and(|n| n > Decimal::ONE && n.fract().is_zero());
    let one_unit = share.quantity.unit.dimension == total.quantity.unit.dimension;
    let amounts = matches!(share.quantity.shape, Shape::Money | Shape::Measure | Shape::Duration);
    let before = plain(sentence.before(many));
    let gap = plain(sentence.between(many, share));
    let each = matches!(before.as_slice(), [.., each, of, the] if each == "each" && of == "of" && matches!(the.as_str(), "the" | "its" | "their" | "these"))
        && gap.len() <= NOUN;
    // "Each of the 15 classes gets 30 tablets": things are counted, and named, on both sides.
    let amounts = amounts || each && share.counts() && !share.quantity.unit.name.is_empty();
    if !(whole && one_unit && amounts && share.number().is_some() && total.number().is_some()) {
        return None;
    }
    let of = gap.len() <= NOUN && gap.last().is_some_and(|w| w == "of" || w == "at");
    let result = sentence.between(share, total);
    // "30 tablets, so that 450 tablets": what is counted stands before the comma.
    let (noun, result) = result.split_once(',')?;
    let apposed = plain(noun).len() < NOUN && follows(sentence, total);
    let alone = of && plain(result).len() <= 3 && closes(sentence, total) || each && plain(result).len() <= NOUN;
    (apposed && alone).then(|| StatedRate { rate: share, times: (many.quantity.interval(), Some(many)), total })
}

/// Characters behind a number in which its noun stands.
const FIRST: usize = 96;

/// The first words behind a number, without those that say what kind of its noun is meant.
fn nouns(sentence: &Sentence<'_>, figure: &Figure<'_>) -> Vec<String> {
    let text = sentence.from(figure);
    let number = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit());
    let all = pieces(text.char_indices().nth(FIRST).map_or(text, |(end, _)| &text[..end]));
    let skip = usize::from(all.first().is_some_and(|w| number(w) || w.chars().all(char::is_alphabetic)));
    all[skip..].iter().take(NOUN).map(|w| content_lemma(&w.to_lowercase())).collect()
}

/// Whether a number counts what a noun names.
fn counts(sentence: &Sentence<'_>, figure: &Figure<'_>, noun: &str) -> bool {
    let noun = content_lemma(noun);
    nouns(sentence, figure).first().is_some_and(|w| *w == noun)
}

/// Whether a word before a figure says that it follows from what stands before it: "so", "which comes to", "or".
fn follows(sentence: &Sentence<'_>, figure: &Figure<'_>) -> bool {
    let before = sentence.before(figure);
    let before = before.rsplit([';', '(', ':']).next().unwrap_or_default();
    let all = pieces(before);
    let near = all[all.len().saturating_sub(NEAR)..].join(" ");
    let apposed = before.rsplit(',').next().unwrap_or_default();
    let so = plain(apposed);
    // Among the words behind the last comma, so that "or" of another clause does not count.
    let stated = so
        .first()
        .is_some_and(|w| matches!(w.as_str(), "so" | "thus" | "hence" | "or" | "therefore" | "which" | "that"));
    so.len() <= NEAR && (stated || sentence.holds(RESULTS, None, &near) && sentence.holds(RESULTS, None, apposed))
}

/// Whether one of some words stands right before a figure, or two words before it.
fn led(sentence: &Sentence<'_>, figure: &Figure<'_>, words: &[&str]) -> bool {
    plain(sentence.before(figure)).iter().rev().take(NOUN).any(|w| words.contains(&w.as_str()))
}

/// Whether a figure ends its statement: another word behind it may give it to something else ("on schools").
fn closes(sentence: &Sentence<'_>, figure: &Figure<'_>) -> bool {
    let behind = sentence.behind(figure).trim_start();
    behind.is_empty() || behind.starts_with([',', '.', ';', ')', ':', '–', '—'])
}

/// The same where the noun that a rate is of stands behind it.
fn closes_at(sentence: &Sentence<'_>, figure: &Figure<'_>, noun: &str) -> bool {
    let behind = sentence.behind(figure);
    let clause = behind.split([',', ';', ':', '(', ')']).next().unwrap_or_default();
    pieces(clause).last().is_some_and(|w| content_lemma(&w.to_lowercase()) == noun)
}

/// Whether two figures stand in one statement, with few words between them.
fn near(sentence: &Sentence<'_>, i: usize, j: usize) -> bool {
    let (a, b) = (&sentence.figures[i.min(j)], &sentence.figures[i.max(j)]);
    sentence.one_statement(sentence.between(a, b), NEAR, &[])
}

/// Whether nothing but a mark and a preposition parts a figure from the next.
fn quiet(between: &str) -> bool {
    matches!(plain(between).as_slice(), [over] if matches!(over.as_str(), "over" | "in" | "for" | "within" | "after" | "during"))
}

/// "It delivered": what a rate goes on to do, said of the same by a pronoun.
fn pronoun(between: &str) -> bool {
    let words = plain(between);
    words.len() <= NOUN && words.first().is_some_and(|w| matches!(w.as_str(), "it" | "they" | "this" | "she" | "he"))
}
