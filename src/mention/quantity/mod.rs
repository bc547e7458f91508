//! Quantities: numbers with scale, unit, currency, bound and counted noun.
//!
//! Comes in: a text, its tokens, the measure tables. Goes out: non-overlapping mentions in the order of the text.
//! One walk over the tokens; every look ahead or back is bounded by the length of a phrase. Nothing here is a date.

mod bound;
mod context;
mod noun;
mod numeral;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::rule::measure::{Guard, Reading, UnitEntry, word};
use crate::text::Span;
use crate::value::{Bound, Quantity, Shape, Unit};

use bound::Beside;
use numeral::{Numeral, numeral};

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
    let (low, high, end) = match range(r, low) {
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

/// The unit or currency behind a number, hyphen and filler words ("two full days") included.
fn unit_behind(r: &Reading<'_>, n: &Numeral) -> Option<(u32, usize)> {
    if let Some(found) = money_behind(r, n) {
        return Some(found);
    }
    let at = if r.hyphen(n.end) { n.end + 1 } else { n.end };
    if let Some(found) = measure_at(r, n, at) {
        return Some(found);
    }
    if r.sense(at).role.filler && !r.sense(at).role.per {
        let (alias, end) = r.unit(at + 1)?;
        let duration = r.measures.units[alias.unit as usize].shape == Shape::Duration;
        return (alias.guard == Guard::Free && duration).then_some((alias.unit, end));
    }
    // "between 50% (or" and "20 {kg}" are left to themselves.
    None
}

fn measure_at(r: &Reading<'_>, n: &Numeral, at: usize) -> Option<(u32, usize)> {
    let (alias, end) = r.unit(at)?;
    let entry = &r.measures.units[alias.unit as usize];
    let tight = r.glued(at) && at == n.end;
    let fits = match alias.guard {
        Guard::Free => true,
        // A lone letter wants a word boundary behind it, and a number that is no year or label before it.
        Guard::Digits => n.digits && !(r.glued(end) && (r.is_word(end) || r.is_number(end))),
        Guard::Tight => n.digits && tight && !(r.glued(end) && (r.is_word(end) || r.is_number(end))),
    };
    if !fits {
        return None;
    }
    // "2018s" is a plural.
    if r.word(at) == word::S && n.plain && n.value >= Decimal::ONE_THOUSAND {
        return None;
    }
    // "35m of its users", "12.3m tonnes": a million, not metres.
    if tight && r.raw(at) == "m" && counts_million(r, end) {
        return None;
    }
    // "2 in 5", "the 5 m people": one-letter symbols and "in" never before a number.
    if alias.guard != Guard::Free && r.raw(at).len() <= 2 && !tight && r.is_number(end) {
        return None;
    }
    // "20 seconds" but not "20 second-hand cars"; "a 5 point plan" stays.
    if r.word(at) == word::SECOND && (n.value != Decimal::ONE && at == n.end && !r.hyphen(n.end)) && r.hyphen(end) {
        return None;
    }
    if entry.shape == Shape::Multiple && r.word(at) == word::X && (r.is_number(end)) {
        return None;
    }
    // "two million pounds": sums of that size are money.
    if r.word(at) != 0 && matches!(r.raw(at), "pounds" | "pound") && n.scale >= Decimal::ONE_THOUSAND {
        let sterling = r.measures.units.iter().position(|u| &*u.unit.name == "GBP")?;
        return Some((sterling as u32, end));
    }
    Some((alias.unit, end))
}

/// Whether what follows "35m" is counted: a unit, "of", a plural noun.
fn counts_million(r: &Reading<'_>, at: usize) -> bool {
    r.is_word(at)
        && !r.glued(at)
        && (r.word(at) == word::OF
            || r.unit(at).is_some_and(|(a, _)| a.guard == Guard::Free)
            || noun::counted(r, at, false).is_some()
            || noun::counted(r, at, true)
                .is_some_and(|n| r.word(n.head + 1) == word::AND && noun::counted(r, n.head + 2, false).is_some()))
}

fn money_behind(r: &Reading<'_>, n: &Numeral) -> Option<(u32, usize)> {
    let at = if r.hyphen(n.end) { n.end + 1 } else { n.end };
    let (alias, end) = r.money(at).filter(|(a, _)| a.after)?;
    let tight = r.glued(at);
    let fits = match alias.guard {
        Guard::Free => {
            // "5 $10 bills": a sign belongs to the digits behind it.
            r.is_word(end - 1) || !(r.is_number(end) && (r.glued(end) || !tight))
        }
        Guard::Digits => (n.digits || n.scale > Decimal::ONE) && !r.is_number(end),
        Guard::Tight => n.digits && tight && !(r.glued(end) && r.is_word(end)),
    };
    // "won" and "real" are words as well.
    let verb = n.pronoun && r.is_word(at);
    (fits && !verb).then_some((alias.unit, end))
}

/// The second half of "5-7", "two to three", "from $3 to $4bn", "between 5 and 7", with the scale shared.
fn range(r: &Reading<'_>, low: Sum) -> Option<(Sum, Sum)> {
    if low.n.high.is_some() || low.n.ordinal {
        return None;
    }
    let lead = low.first.checked_sub(1);
    // "rose by 5 to 12": a change and where it led.
    if r.before(low.first) == word::BY && r.word(low.end) == word::TO {
        return None;
    }
    let between = lead.is_some_and(|i| r.word(i) == word::BETWEEN) || r.before(low.first) == word::FROM;
    let at = low.end;
    let next = match r.word(at) {
        word::TO if r.hyphen(at + 1) => at + 2,
        word::HYPHEN if r.glued(at) && r.word(at + 1) == word::TO => {
            if r.hyphen(at + 2) {
                at + 3
            } else {
                at + 2
            }
        }
        word::UP if r.word(at + 1) == word::TO && r.before(low.first) == word::FROM => at + 2,
        word::TO | word::THROUGH => at + 1,
        word::AND if between && r.before(low.first) == word::BETWEEN => at + 1,
        word::OR if low.unit.is_none() => at + 1,
        _ if r.dash(at) && (low.n.digits == r.is_number(at + 1) || low.unit.is_some() || !low.n.digits) => at + 1,
        _ => return None,
    };
    let or = r.word(at) == word::OR;
    // "between 5 and about 7"
    let hedged = r.phrase_before(&r.measures.bounds_before, next + 1).is_some_and(|(_, first)| first == next);
    let next = if hedged && !r.is_number(next) { next + 1 } else { next };
    let high = sum(r, next).filter(|h| !h.n.ordinal && h.n.high.is_none() && !(h.n.pronoun && h.unit.is_none()))?;
    if r.dash(at) && r.dash(high.end) && r.is_number(high.end + 1) && r.glued(high.end) {
        return None;
    }
    let (a, b) = (low.unit.map(|u| &r.measures.units[u as usize]), high.unit.map(|u| &r.measures.units[u as usize]));
    let mut low = low;
    match (a, b) {
        (Some(a), Some(b)) if a.unit.dimension != b.unit.dimension => return None,
        // "5 km to 7" is a change of subject more often than a range; "$3 to 4 billion" is not.
        (Some(a), None) if a.shape != Shape::Money || r.is_word(low.end.saturating_sub(1)) => return None,
        _ => {}
    }
    let mut high = high;
    if a.is_some_and(|a| a.shape == Shape::Money)
        && high.unit.is_none()
        && let Some(n) = numeral(r, next, true)
    {
        high = Sum { n, end: n.end, ..high };
    }
    if low.n.scale == Decimal::ONE && high.n.scale > Decimal::ONE && low.n.value < high.n.base() {
        low.n = low.n.scaled(high.n.scale)?;
    }
    let factor = |e: Option<&UnitEntry>| e.map_or(Decimal::ONE, |e| e.unit.factor);
    if let (Some(a), Some(b)) = (a, b)
        && a.unit.factor != b.unit.factor
    {
        low.n.value = low.n.value.checked_mul(factor(Some(a)))?.checked_div(factor(Some(b)))?;
    }
    if low.n.value >= high.n.value {
        return None;
    }
    // "two or three" and "five or six" are neighbours; "10 or 200" is a choice.
    let scaled = low.n.scale > Decimal::ONE && high.unit.is_none();
    if or && (scaled || low.n.value.is_sign_negative() || high.n.value > low.n.value.checked_mul(Decimal::TWO)?) {
        return None;
    }
    if let Some(unit) = low.unit.filter(|_| high.unit.is_none()) {
        high.unit = Some(unit);
    }
    Some((low, high))
}

/// "aged 34", "age 18 to 34": years without the word.
fn aged(r: &Reading<'_>, first: usize) -> Option<u32> {
    let led = matches!(r.before(first), word::AGED | word::AGE | word::AGES);
    led.then(|| r.measures.units.iter().position(|u| &*u.unit.name == "year of age")).flatten().map(|i| i as u32)
}

/// The unit and scale that a number shares with the next one: "from 4.8 to 4.7 percent", "5, 10 and 15 km".
fn borrowed(r: &Reading<'_>, low: &Sum) -> Option<(u32, Option<Decimal>)> {
    if low.n.high.is_some() || low.n.fraction || low.n.pronoun {
        return None;
    }
    let mut at = low.end;
    for _ in 0..4 {
        let next = match r.word(at) {
            word::TO | word::AND | word::OR => at + 1,
            word::COMMA if matches!(r.word(at + 1), word::AND | word::OR) => at + 2,
            word::COMMA => at + 1,
            _ => return None,
        };
        let following =
            sum(r, next).filter(|s| !s.n.ordinal && s.n.high.is_none() && s.first == next && r.sign(next).is_none())?;
        if let Some(unit) = following.unit {
            let near = low.n.value < following.n.base().checked_mul(Decimal::TEN)?;
            let scale = (low.n.scale == Decimal::ONE && following.n.scale > Decimal::ONE).then_some(following.n.scale);
            let shape = r.measures.units[unit as usize].shape;
            // "the 3 and 20 percent": only numbers of one kind share.
            let alike = low.n.digits == following.n.digits && shape != Shape::Multiple;
            return (alike && (scale.is_none() || near)).then_some((unit, scale.filter(|_| near)));
        }
        at = following.end;
    }
    None
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

/// "5 feet 2 inches", "1 hour and 15 minutes", "$20 and 43 cents": smaller units of the same dimension.
fn further(r: &Reading<'_>, entry: &UnitEntry, number: Decimal, end: usize) -> Option<(Decimal, Unit, Decimal, usize)> {
    let mut unit = entry.unit.clone();
    let mut total = number;
    let (mut step, mut end) = (Decimal::ONE, end);
    let mut found = false;
    for _ in 0..4 {
        let at = match r.word(end) {
            word::AND => end + 1,
            word::COMMA if !r.is_number(end.wrapping_sub(1)) => end + 1,
            _ => end,
        };
        // "an hour and a half"
        if r.word(end) == word::AND && matches!(r.word(end + 1), word::A) && r.word(end + 2) == word::HALF {
            return Some((total.checked_add(Decimal::new(5, 1))?, unit, Decimal::new(1, 1), end + 3));
        }
        let Some(part) = sum(r, at).filter(|s| !s.n.ordinal && s.n.high.is_none() && !s.n.value.is_sign_negative())
        else {
            break;
        };
        let Some(smaller) = part.unit.map(|u| &r.measures.units[u as usize]) else { break };
        let money = entry.shape == Shape::Money;
        if smaller.unit.dimension != unit.dimension || smaller.unit.factor >= unit.factor || !unit.offset.is_zero() {
            break;
        }
        // A smaller part is less than one of the larger unit.
        if part.n.value.checked_mul(smaller.unit.factor)? >= unit.factor {
            break;
        }
        if money {
            total = total.checked_add(part.n.value.checked_mul(smaller.unit.factor)?)?;
            step = smaller.unit.factor;
        } else {
            let times = unit.factor.checked_div(smaller.unit.factor)?;
            total = total.checked_mul(times)?.checked_add(part.n.value)?;
            step = part.n.step;
            unit = smaller.unit.clone();
        }
        end = part.end;
        found = true;
    }
    found.then_some((total, unit, step, end))
}

/// "per share", "a month", "/kg" behind a unit.
fn denominator(r: &Reading<'_>, unit: &Unit, shape: Shape, end: usize) -> Option<(Unit, usize)> {
    let slash = r.word(end) == word::SLASH && r.glued(end);
    let per = r.word(end) == word::PER || matches!(r.word(end), word::EVERY) || slash;
    let article = matches!(r.word(end), word::A | word::AN);
    if !per && !article || unit.name.contains('/') {
        return None;
    }
    let at = end + 1;
    let sense = r.sense(at);
    let known = r.unit(at).filter(|_| per || sense.role.per);
    let (below, after) = match known {
        Some((alias, after)) => (r.measures.units[alias.unit as usize].unit.clone(), after),
        None if r.is_word(at) && (sense.role.per || per && !sense.role.stop && !slash) => {
            let noun = noun::singular_of(r, at);
            (Unit::plain(&noun, &noun), at + 1)
        }
        None => return None,
    };
    if article && !matches!(shape, Shape::Money | Shape::Percent | Shape::Duration | Shape::Measure) {
        return None;
    }
    // "18 months a year" is nothing; "40 hours a week" is.
    if article && shape == Shape::Duration && below.factor <= unit.factor {
        return None;
    }
    Some((
        Unit {
            name: format!("{}/{}", unit.name, below.name).into(),
            dimension: format!("{}/{}", unit.dimension, below.dimension).into(),
            factor: unit.factor.checked_div(below.factor)?,
            offset: Decimal::ZERO,
        },
        after,
    ))
}

/// "one in five", "7 out of 10".
fn ratio(r: &Reading<'_>, low: &Sum) -> Option<QuantityMention> {
    if low.n.fraction || low.n.high.is_some() || low.n.scale > Decimal::ONE {
        return None;
    }
    let next = match r.word(low.end) {
        word::IN => low.end + 1,
        word::OUT if r.word(low.end + 1) == word::OF => low.end + 2,
        word::OF if r.word(low.end + 1) == word::EVERY => low.end + 2,
        _ => return None,
    };
    let next = if r.word(next) == word::EVERY { next + 1 } else { next };
    let whole = numeral(r, next, false)?;
    let counts =
        whole.value > low.n.value && low.n.value > Decimal::ZERO && whole.step >= Decimal::ONE && !whole.ordinal;
    if !counts || whole.plain && whole.value > Decimal::ONE_THOUSAND || measure_at(r, &whole, whole.end).is_some() {
        return None;
    }
    let number = low.n.value.checked_div(whole.value)?;
    let quantity = Quantity {
        shape: Shape::Ratio,
        number: Some(number),
        min: None,
        max: None,
        step: Decimal::ONE.checked_div(whole.value)?,
        unit: Unit::plain("", "ratio"),
        bound: Bound::Exact,
    };
    Some(with_bound(r, quantity, low.first, whole.end))
}

/// "doubled", "tenfold", "half as many", "twice as many".
fn multiple_word(r: &Reading<'_>, at: usize) -> Option<QuantityMention> {
    let sense = r.sense(at);
    let (value, end) = if let Some(value) = sense.multiple {
        (value, at + 1)
    } else if r.word(at) == word::HALF
        && r.word(at + 1) == word::AS
        && matches!(r.word(at + 2), word::MANY | word::MUCH)
    {
        (Decimal::new(5, 1), at + 1)
    } else {
        return None;
    };
    let quantity = Quantity {
        shape: Shape::Multiple,
        number: Some(value),
        min: None,
        max: None,
        step: Decimal::ONE,
        unit: Unit::plain("x", "multiple"),
        bound: Bound::Exact,
    };
    Some(with_bound(r, quantity, at, end))
}

/// "an hour", "a year", "the past year", "the hour": a unit for which the article is the number.
fn article_unit(r: &Reading<'_>, at: usize, floor: usize) -> Option<QuantityMention> {
    let the = r.word(at) == word::THE;
    let bare = matches!(r.word(at), word::PAST | word::LAST);
    if !the && !matches!(r.word(at), word::A | word::AN) {
        let _ = bare;
        return None;
    }
    let past = the && matches!(r.word(at + 1), word::PAST);
    let full = !the && r.sense(at + 1).role.filler && !r.sense(at + 1).role.per;
    let from = if past || full { at + 2 } else { at + 1 };
    let (alias, end) = r.unit(from).filter(|(a, _)| a.guard == Guard::Free)?;
    let entry = &r.measures.units[alias.unit as usize];
    if r.raw(end - 1).ends_with('s') || r.hyphen(end) || !matches!(entry.shape, Shape::Duration | Shape::Measure) {
        return None;
    }
    if r.word(from) == word::SECOND && !r.capital(end) && r.is_word(end) && !r.sense(end).role.stop {
        return None;
    }
    let duration = entry.shape == Shape::Duration;
    let beside = Beside { duration, firm: true };
    let limit = bound::before(r, at, beside).filter(|l| l.first >= floor);
    let leads = matches!(r.before(at), word::FOR | word::TAKES | word::TOOK | word::LASTED | word::AFTER);
    let half =
        duration && !the && r.word(end) == word::AND && r.word(end + 1) == word::A && r.word(end + 2) == word::HALF;
    let fits = if past || half {
        duration
    } else if the {
        duration && limit.is_some_and(|l| l.bound == Bound::AtMost) && r.before(at) == word::WITHIN
    } else {
        duration && (limit.is_some() || leads)
    };
    if !fits || r.sense(end).offset.is_some() && r.word(end) != word::BEFORE {
        return None;
    }
    let (mut number, mut unit, mut step, mut last) = (Decimal::ONE, entry.unit.clone(), Decimal::ONE, end);
    if let Some((total, smaller, smaller_step, after)) = further(r, entry, number, end) {
        (number, unit, step, last) = (total, smaller, smaller_step, after);
    }
    let bound = if past { Bound::Approx } else { limit.map_or(Bound::Exact, |l| l.bound) };
    let quantity = Quantity { shape: entry.shape, number: Some(number), min: None, max: None, step, unit, bound };
    Some(QuantityMention {
        span: r.span(at, last),
        bound_span: limit.map(|l| r.span(l.first, l.last)),
        noun: None,
        quantity,
        ordinal: false,
        first: at as u32,
        last: last as u32,
    })
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
