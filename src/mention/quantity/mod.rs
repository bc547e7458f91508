//! Quantities: numbers with scale, unit, currency, bound and counted noun.
//!
//! Comes in: a text, its tokens, the measure tables. Goes out: non-overlapping mentions in the order of the text.
//! One walk over the tokens; every look ahead or back is bounded by the length of a phrase. Nothing here is a date.

mod article;
mod bound;
mod context;
mod noun;
mod numeral;
mod range;
mod unit;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::rule::measure::{Guard, Reading, word};
use crate::text::Span;
use crate::value::{Bound, Quantity, Shape, Unit};

use article::{article_unit, multiple_word};
use bound::Beside;
use numeral::{Numeral, numeral};
use range::{borrowed, pair, ratio};
use unit::{aged, counts_million, denominator, further, money_behind, unit_behind};

/// A quantity and the words it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityMention {
    /// The number with its scale and its unit or currency sign; neither hedge nor counted noun.
    pub span: Span,
    /// The words of the bound, before or behind the number.
    pub bound_span: Option<Span>,
    /// The counted noun phrase behind a number without unit: head and the modifiers before it.
    pub noun: Option<Span>,
    /// The value.
    pub quantity: Quantity,
    /// Whether it is a place in an order ("third", "3rd"); its dimension is then `ordinal`.
    pub ordinal: bool,
    /// First token of `span`.
    pub first: u32,
    /// Token behind `span`.
    pub last: u32,
}

/// All quantities among the tokens that `taken` (by token; empty means none) leaves free.
pub(super) fn scan(r: &Reading<'_>, taken: &[bool]) -> Vec<QuantityMention> {
    let free = |at: usize| !taken.get(at).copied().unwrap_or(false);
    let mut out: Vec<QuantityMention> = Vec::new();
    let mut at = 0;
    while at < r.len() {
        if !free(at) || !starts(r, at) {
            at += 1;
            continue;
        }
        match parse(r, at, out.last().map_or(0, |m| m.last as usize)) {
            Parse::Found(found) => {
                let last = found.last as usize;
                // A later token may belong to a date: the mention gives way.
                if (at..last).all(free) {
                    out.push(*found);
                }
                at = last.max(at + 1);
            }
            Parse::Skip(end) => at = end.max(at + 1),
        }
    }
    out
}

/// The whole number at a token, in digits or words, for other grammars.
pub(super) fn whole_number(r: &Reading<'_>, at: usize) -> Option<(i64, usize)> {
    let n = numeral(r, at, false).filter(|n| !n.ordinal && !n.fraction && n.high.is_none())?;
    i64::try_from(n.value).ok().filter(|v| Decimal::from(*v) == n.value).map(|v| (v, n.end))
}

/// The ordinal at a token, for other grammars.
pub(super) fn ordinal_number(r: &Reading<'_>, at: usize) -> Option<(i64, usize)> {
    let n = numeral(r, at, false).filter(|n| n.ordinal)?;
    i64::try_from(n.value).ok().map(|v| (v, n.end))
}

/// Whether a lower-case plural noun follows: what stands before it may count it.
pub(super) fn counts_noun(r: &Reading<'_>, at: usize) -> bool {
    !r.capital(at) && noun::counted(r, at, false).is_some_and(|n| !r.capital(n.head))
}

enum Parse {
    Found(Box<QuantityMention>),
    /// No quantity; go on at this token.
    Skip(usize),
}

/// Whether a quantity can begin at a token: the cheap test that nearly all tokens fail.
fn starts(r: &Reading<'_>, at: usize) -> bool {
    if r.is_number(at) {
        return true;
    }
    let word = r.word(at);
    let exact = r.lex.get(at).map_or(0, |l| l.exact);
    if word == 0 && exact == 0 {
        return !r.is_word(at) && r.raw(at).chars().next().is_some_and(|c| "½⅓⅔¼¾⅕⅛⅜⅝⅞".contains(c));
    }
    let sense = r.sense(at);
    sense.cardinal.is_some()
        || sense.ordinal.is_some()
        || sense.vague.is_some()
        || sense.multiple.is_some()
        || sense.fraction.is_some()
        || matches!(
            word,
            word::A
                | word::AN
                | word::THE
                | word::MINUS
                | word::NEGATIVE
                | word::DOT
                | word::HYPHEN
                | word::MINUS_SIGN
                | word::EN_DASH
                | word::PLUS
                | word::PAST
                | word::LAST
        )
        || r.sign(at).is_some()
}

/// A number with what belongs to it on both sides.
#[derive(Clone, Copy)]
struct Sum {
    n: Numeral,
    /// Index in the table of units.
    unit: Option<u32>,
    first: usize,
    end: usize,
}

fn parse(r: &Reading<'_>, at: usize, floor: usize) -> Parse {
    if let Some(found) = multiple_word(r, at).or_else(|| article_unit(r, at, floor)) {
        return Parse::Found(Box::new(found));
    }
    let Some(low) = sum(r, at) else {
        let end = if r.is_number(at) { context::run_end(r, at) } else { at + 1 };
        return Parse::Skip(end);
    };
    if low.n.ordinal {
        return ordinal(r, low);
    }
    if low.unit.is_none()
        && let Some(end) = context::refused(r, low.first, &low.n)
    {
        return Parse::Skip(end);
    }
    if low.n.pronoun && low.unit.is_none() {
        if let Some(found) = ratio(r, &low) {
            return Parse::Found(Box::new(found));
        }
        if !context::counts_one(r, at, low.end) {
            return Parse::Skip(low.end);
        }
    }
    let (low, high, end) = match pair(r, low) {
        Some((low, high)) => (low, Some(high), high.end),
        None => (low, None, low.end),
    };
    if low.unit.is_none() && high.is_none() {
        if let Some(found) = ratio(r, &low) {
            return Parse::Found(Box::new(found));
        }
        if let Some(end) = context::score(r, &low.n, low.first) {
            return Parse::Skip(end);
        }
    }
    let mut low = low;
    if low.unit.is_none()
        && high.is_none()
        && let Some((unit, scale)) = borrowed(r, &low)
    {
        low.unit = Some(unit);
        low.n = scale.and_then(|s| low.n.scaled(s)).unwrap_or(low.n);
        return match finish(r, low, None, Some(unit), low.end, floor) {
            Parse::Found(found) => Parse::Found(found),
            skip => skip,
        };
    }
    let unit = high.and_then(|h| h.unit).or(low.unit).or_else(|| aged(r, low.first));
    finish(r, low, high, unit, end, floor)
}

/// Sign or code, number, unit.
fn sum(r: &Reading<'_>, at: usize) -> Option<Sum> {
    let signed = matches!(r.word(at), word::HYPHEN | word::MINUS_SIGN | word::PLUS | word::EN_DASH)
        && r.glued(at + 1)
        && (!r.glued(at) || r.before(at) == word::OPEN);
    let sign = usize::from(signed && !r.is_number(at + 1));
    let start = at + sign;
    if let Some((alias, next)) = r.sign(start) {
        let numeric = r.is_number(next) || r.word(next) == word::DOT && r.is_number(next + 1);
        let fits = numeric || alias.guard == Guard::Free && numeral(r, next, true).is_some_and(|n| !n.pronoun);
        let letters = alias.guard == Guard::Digits;
        // "SEK5", "Rs 20", but not "P CAD 5x".
        if fits && !(letters && r.glued(start) && r.is_word(start.wrapping_sub(1))) {
            let mut n = numeral(r, next, true).filter(|n| !n.ordinal && !n.fraction)?;
            n.plain = false;
            if sign == 1 && matches!(r.word(at), word::HYPHEN | word::MINUS_SIGN) {
                n.value = -n.value;
            }
            let mut end = n.end;
            // "$5 US", "$5 dollars", "€5 EUR": the same currency named twice, or more precisely.
            let mut unit = alias.unit;
            if let Some((again, after)) = r.money(end).filter(|(a, _)| a.after) {
                let sign = !r.is_word(after - 1) && r.is_number(after);
                let same = !sign
                    && r.measures.units[again.unit as usize].unit.dimension
                        == r.measures.units[unit as usize].unit.dimension;
                if same || alias.guard == Guard::Free && again.guard == Guard::Digits && !r.is_number(after) {
                    (unit, end) = (again.unit, after);
                }
            }
            return Some(Sum { n, unit: Some(unit), first: at, end });
        }
    }
    if sign == 1 {
        return None;
    }
    let mut n = numeral(r, at, false)?;
    if n.ordinal {
        return Some(Sum { n, unit: None, first: at, end: n.end });
    }
    let mut first = at;
    if signed && r.word(at) == word::PLUS {
        first = at + 1;
        n = numeral(r, first, false)?;
    }
    if let Some((unit, end)) = unit_behind(r, &n) {
        return Some(Sum { n, unit: Some(unit), first, end });
    }
    // "5m euros": a suffix that only sums take.
    if let Some(m) = numeral(r, first, true).filter(|m| m.end > n.end)
        && let Some((unit, end)) = money_behind(r, &m)
    {
        return Some(Sum { n: m, unit: Some(unit), first, end });
    }
    // "2.7m sales", "12.3m tonnes": the same suffix on what is counted.
    if let Some(m) =
        numeral(r, first, true).filter(|m| m.end > n.end && r.raw(n.end) == "m" && counts_million(r, m.end))
    {
        let (unit, end) = unit_behind(r, &m).map_or((None, m.end), |(unit, end)| (Some(unit), end));
        return Some(Sum { n: m, unit, first, end });
    }
    Some(Sum { n, unit: None, first, end: n.end })
}

/// Bound, denominator, further parts, noun: everything round a number or range.
fn finish(r: &Reading<'_>, low: Sum, high: Option<Sum>, unit: Option<u32>, end: usize, floor: usize) -> Parse {
    let entry = unit.map(|u| &r.measures.units[u as usize]);
    let mut shape = entry.map_or(Shape::Number, |e| e.shape);
    let mut number = low.n.value;
    let mut step = high.map_or(low.n.step, |h| h.n.step.min(low.n.step));
    let mut the_unit = entry.map_or_else(Unit::none, |e| e.unit.clone());
    let mut end = end;
    if let (Some(e), None) = (entry, high)
        && let Some((total, smaller, smaller_step, after)) = further(r, e, number, end)
    {
        (number, the_unit, step, end) = (total, smaller, smaller_step, after);
    }
    let mut noun_span = None;
    if entry.is_some() {
        if let Some((per, after)) = denominator(r, &the_unit, shape, end) {
            (the_unit, end) = (per, after);
        }
    } else if r.word(end) == word::TIMES || r.hyphen(end) && r.word(end + 1) == word::TIMES {
        let at = if r.hyphen(end) { end + 1 } else { end };
        if r.sense(at + 1).role.comparison || r.hyphen(at + 1) {
            shape = Shape::Multiple;
            the_unit = Unit::plain("x", "multiple");
            end = at + 1;
        } else {
            the_unit = Unit::plain("times", "count:time");
            noun_span = Some(r.span(at, at + 1));
        }
    } else {
        let one = low.n.value == Decimal::ONE && high.is_none() && low.n.high.is_none();
        let joined = r.hyphen(end);
        let mut at = if joined { end + 1 } else { end };
        if low.n.high.is_some() && r.word(at) == word::OF {
            at += 1;
        }
        // "200 or so people", "50-plus people"
        let beside = Beside { duration: false, firm: true };
        if let Some(limit) = bound::after(r, at, beside).or_else(|| bound::after(r, end, beside)) {
            at = limit.last;
        }
        // "tens of millions of dollars": money behind a vague plural.
        if let Some((money, after)) = r.money(at).filter(|(a, _)| a.after && low.n.high.is_some()) {
            let e = &r.measures.units[money.unit as usize];
            (the_unit, shape, end) = (e.unit.clone(), e.shape, after);
        } else if let Some((alias, after)) = r.unit(at).filter(|(a, _)| a.guard == Guard::Free && low.n.high.is_some())
        {
            let e = &r.measures.units[alias.unit as usize];
            (the_unit, shape, end) = (e.unit.clone(), e.shape, after);
        } else if !low.n.fraction
            && let Some(noun) = noun::counted(r, at, one || joined)
        {
            let name = r.raw(noun.head).to_lowercase();
            let dimension = format!("count:{}", noun::singular_of(r, noun.head));
            the_unit = Unit { name: Arc::from(name), dimension: Arc::from(dimension), ..Unit::none() };
            noun_span = Some(r.span(noun.first, noun.head + 1));
        }
    }
    let lower_noun = noun_span.is_some_and(|s| {
        low.n.plain && low.n.value < Decimal::ONE_HUNDRED && !s.of(r.text).contains(char::is_uppercase)
    });
    if entry.is_none()
        && (noun_span.is_none() && the_unit.name.is_empty() || lower_noun)
        && let Some(end) = context::bare_refused(r, low.first, &low.n, end)
    {
        return Parse::Skip(end);
    }
    let beside = Beside {
        duration: shape == Shape::Duration,
        firm: entry.is_some() || low.n.digits || low.n.scale > Decimal::ONE,
    };
    let mut first = low.first;
    let mut limit = bound::before(r, first, beside).filter(|l| l.first >= floor);
    // "between 5 and 7", "from 5 to 7": the words of the range are not part of it.
    let mut bound = limit.map_or(Bound::Exact, |l| l.bound);
    let behind = bound::after(r, end, beside).or_else(|| {
        // "20 or so experiments" has been looked at; "50-plus"
        (limit.is_none() && r.hyphen(end)).then(|| bound::after(r, end + 1, beside)).flatten()
    });
    if let Some(b) = behind.filter(|_| limit.is_none() || bound == Bound::Exact) {
        bound = b.bound;
        limit = Some(b);
    }
    // "the past two years"
    if shape == Shape::Duration && bound == Bound::Exact && matches!(r.before(first), word::PAST | word::LAST) {
        bound = Bound::Exact;
    }
    let mut range = None;
    if let Some(h) = high {
        range = Some((low.n.value, h.n.value));
    } else if let Some(h) = low.n.high {
        range = Some((low.n.value, h));
    }
    if range.is_some() {
        bound = Bound::Range;
    }
    if low.first > 0 && low.n.digits && r.word(low.first) == word::PLUS {
        first = low.first + 1;
    }
    let quantity = Quantity {
        shape,
        number: range.is_none().then_some(number),
        min: range.map(|(a, _)| a),
        max: range.map(|(_, b)| b),
        step,
        unit: the_unit,
        bound,
    };
    Parse::Found(Box::new(QuantityMention {
        span: r.span(first, end),
        bound_span: limit.map(|l| r.span(l.first, l.last)),
        noun: noun_span,
        quantity,
        ordinal: false,
        first: first as u32,
        last: end as u32,
    }))
}

fn ordinal(r: &Reading<'_>, sum: Sum) -> Parse {
    if !context::ordinal_stands(r, sum.first, &sum.n) {
        return Parse::Skip(sum.end);
    }
    let quantity = Quantity {
        shape: Shape::Number,
        number: Some(sum.n.value),
        min: None,
        max: None,
        step: Decimal::ONE,
        unit: Unit::plain("", "ordinal"),
        bound: Bound::Exact,
    };
    Parse::Found(Box::new(QuantityMention { ordinal: true, ..with_bound(r, quantity, sum.first, sum.end) }))
}

fn with_bound(r: &Reading<'_>, mut quantity: Quantity, first: usize, end: usize) -> QuantityMention {
    let limit = bound::before(r, first, Beside { duration: false, firm: true });
    if let Some(l) = limit {
        quantity.bound = l.bound;
    }
    QuantityMention {
        span: r.span(first, end),
        bound_span: limit.map(|l| r.span(l.first, l.last)),
        noun: None,
        quantity,
        ordinal: false,
        first: first as u32,
        last: end as u32,
    }
}

#[cfg(test)]
mod tests;
