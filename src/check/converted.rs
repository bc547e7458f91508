//! "10 km (6.2 miles)", "€40 million ($44 million)": a figure and the same once more in another unit or currency.
//!
//! Units are held against each other by their exact factors. A rate of two currencies is not known here; where a document
//! gives several sums in both, they have to be of one rate.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::rule::{CheckCode, CheckRule};
use crate::value::{Interval, Quantity, Shape, Value};

use super::figures::{Figure, Sentence, plain, sentences};
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct Converted;

/// Hundredths by which a conversion may be off: figures are rounded to what is easily read ("50 km (30 miles)").
const ROUNDED: i64 = 12;
/// Hundredths by which two rates of one document may differ: rates move from year to year.
const RATES: i64 = 20;
/// Words before a rate among which it is called one.
const NEAR: usize = 5;
/// Degrees of the base scale by which a temperature may be off: "40 °C (100 °F)".
const DEGREES: Decimal = Decimal::from_parts(4, 0, 0, false, 0);
/// Bytes between a figure and the same again.
const APART: u32 = 24;

impl Check for Converted {
    fn code(&self) -> CheckCode {
        CheckCode::Converted
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            let mut rates: BTreeMap<(&str, &str), Vec<(u32, u32)>> = BTreeMap::new();
            let all: Vec<u32> = context.of_document(source).filter(|&i| figure(context.claim(i)).is_some()).collect();
            for pair in all.windows(2) {
                let (a, b) = (context.claim(pair[0]), context.claim(pair[1]));
                let (Some(p), Some(q)) = (figure(a), figure(b)) else { continue };
                if !again(context, a, b) || p.unit.name == q.unit.name {
                    continue;
                }
                if p.shape == Shape::Money && q.shape == Shape::Money {
                    rates.entry((&p.unit.name, &q.unit.name)).or_default().push((pair[0], pair[1]));
                } else if p.unit.dimension == q.unit.dimension && p.unit.offset.is_zero() && q.unit.offset.is_zero() {
                    say(context, rule, (pair[0], pair[1]), fits(&p.interval(), &q.interval(), ROUNDED), found);
                } else if p.unit.dimension == q.unit.dimension {
                    say(context, rule, (pair[0], pair[1]), degrees(p, q), found);
                }
            }
            for pairs in rates.into_values() {
                one_rate(context, rule, &pairs, found);
            }
            for sentence in sentences(context, source) {
                stated(context, rule, &sentence, found);
            }
        }
    }
}

/// "At a rate of 1.25 dollars to the pound, the £8 million stadium cost $10 million": a rate that is stated, and the one sum in
/// either currency.
fn stated(context: &CheckContext<'_>, rule: &CheckRule, sentence: &Sentence<'_>, found: &mut Checks) {
    let money: Vec<&Figure<'_>> = sentence.figures.iter().filter(|f| f.quantity.shape == Shape::Money).collect();
    // The rate stands first, or last: "€5 million, at a rate of $1.11 to the euro".
    let (rate, one, other) = match money.as_slice() {
        [rate, one, other] if is_rate(sentence, rate) => (rate, one, other),
        [one, other, rate] if is_rate(sentence, rate) => (rate, one, other),
        _ => return,
    };
    let Some((worth, of)) = rate.quantity.unit.name.split_once('/') else { return };
    let (from, made) = if *one.quantity.unit.name == *of { (one, other) } else { (other, one) };
    let named = *from.quantity.unit.name == *of && *made.quantity.unit.name == *worth;
    if !named || [rate, one, other].iter().any(|f| f.number().is_none()) {
        return;
    }
    let told = rate.quantity.interval().mul(&from.quantity.interval()).map(|n| n.overlaps(&made.quantity.interval()));
    say(context, rule, (from.at, made.at), told, found);
}

/// Whether a sum is the worth of one of another currency, and called a rate: "at a rate of $1.25 to the pound".
fn is_rate(sentence: &Sentence<'_>, rate: &Figure<'_>) -> bool {
    let led = plain(sentence.before(rate)).iter().rev().take(NEAR).any(|w| w == "rate");
    led && rate.quantity.unit.name.contains('/')
}

/// Sums in two currencies: of two that are of two rates it is not known which is wrong, of more the one that differs from
/// all others is.
fn one_rate(context: &CheckContext<'_>, rule: &CheckRule, pairs: &[(u32, u32)], found: &mut Checks) {
    let rate = |(a, b): (u32, u32)| figure(context.claim(b))?.interval().div(&figure(context.claim(a))?.interval());
    let alike = |x: (u32, u32), y: (u32, u32)| Some(fits(&rate(x)?, &rate(y)?, RATES)).flatten();
    for (at, &pair) in pairs.iter().enumerate().skip(usize::from(pairs.len() == 2)) {
        let others = || pairs.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, &other)| alike(pair, other));
        if pairs.len() > 1 && others().all(|fits| fits == Some(false)) {
            say(context, rule, pair, Some(false), found);
        } else if others().any(|fits| fits == Some(true)) {
            say(context, rule, pair, Some(true), found);
        }
    }
}

fn say(context: &CheckContext<'_>, rule: &CheckRule, (a, b): (u32, u32), fits: Option<bool>, found: &mut Checks) {
    let (left, right) = (context.words(context.claim(a)), context.words(context.claim(b)));
    let ends: [(&str, &[u32]); 2] = [("figure", &[a]), ("again", &[b])];
    let claims = context.compare.claims;
    match (fits, &rule.holds_message) {
        (Some(true), Some(template)) => {
            let message = context.fill(template, &ends, left, right);
            found.holds(rule, claims, &[a, b], message.clone(), message);
        }
        (Some(false), _) => {
            let message = context.fill(&rule.message, &ends, left, right);
            found.fails(rule, claims, &[a, b], message.clone(), message);
        }
        _ => {}
    }
}

/// Whether two intervals can be of one value, given so many hundredths of it; `None` where that cannot be computed.
fn fits(a: &Interval, b: &Interval, hundredths: i64) -> Option<bool> {
    let wide = Interval::between(Decimal::new(100 - hundredths, 2), Decimal::new(100 + hundredths, 2));
    Some(a.mul(&wide)?.overlaps(b) || b.mul(&wide)?.overlaps(a))
}

/// Whether two figures on scales that begin at different points can be of one temperature, or of one difference of two:
/// "a rise of 2 °C (3.6 °F)".
fn degrees(p: &Quantity, q: &Quantity) -> Option<bool> {
    let step =
        |q: &Quantity| Quantity { unit: crate::value::Unit { offset: Decimal::ZERO, ..q.unit.clone() }, ..q.clone() };
    let loose = Interval::between(-DEGREES, DEGREES);
    let near = p.interval().add(&loose)?.overlaps(&q.interval());
    Some(near || fits(&step(p).interval(), &step(q).interval(), ROUNDED)?)
}

fn figure(claim: &Claim) -> Option<&Quantity> {
    match &claim.value {
        Value::Quantity(q) if !claim.noise && q.number.is_some() => Some(q),
        _ => None,
    }
}

/// Whether the second figure says once more what the first says: it stands alone in brackets right behind it.
pub(super) fn again(context: &CheckContext<'_>, a: &Claim, b: &Claim) -> bool {
    let text = context.text(a.source);
    let cut = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    if a.span != b.span || a.value_span.end > b.value_span.start || b.value_span.start - a.value_span.end > APART {
        return false;
    }
    let between = cut(a.value_span.end, b.value_span.start).trim();
    let hedge = between.strip_prefix('(').map(|h| h.trim().trim_end_matches('.').to_lowercase());
    // "40 litres a minute, which is 2,400 litres an hour".
    let rate = |c: &Claim| matches!(&c.value, Value::Quantity(q) if q.shape == Shape::Measure && q.unit.dimension.contains('/'));
    let same = matches!(between, ", which is" | ", that is" | ", or" | ", or about" | ", which makes");
    if same && rate(a) && rate(b) {
        return true;
    }
    let led = hedge.is_some_and(|h| {
        matches!(h.as_str(), "" | "about" | "approx" | "around" | "roughly" | "some" | "or" | "ca" | "c" | "=" | "~")
    });
    led && cut(b.value_span.end, b.span.end).trim_start_matches([' ', '.']).starts_with(')')
}
