//! Everything round a number or a range: denominator, smaller parts, counted noun, bound.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::bound::{self, Beside, Limit};
use super::numeral::{Numeral, numeral};
use super::range::both_sides;
use super::sum::Sum;
use super::unit::{denominator, further};
use super::{QuantityMention, context, noun};
use crate::rule::measure::{Guard, LexedText, word};
use crate::text::Span;
use crate::value::{Bound, Quantity, Shape, Unit};

/// What a number without unit is a number of.
struct Counted {
    unit: Unit,
    shape: Shape,
    noun: Option<Span>,
    /// Token behind what belongs to the span of the mention.
    end: usize,
    /// Token behind the noun, or the same.
    behind: usize,
}

/// The mention that begins with `low`; `end` is the token behind its unit. No earlier token than `floor` is a bound.
/// The error is the token to go on at, when it is no amount after all.
pub(super) fn amount(
    r: &LexedText<'_>,
    low: Sum,
    high: Option<Sum>,
    unit: Option<u32>,
    end: usize,
    floor: usize,
) -> Result<QuantityMention, usize> {
    let entry = unit.map(|u| &r.measures.units[u as usize]);
    let mut number = low.n.value;
    let mut step = high.map_or(low.n.step, |h| h.n.step.min(low.n.step));
    let mut end = end;
    let counted = match entry {
        Some(entry) => {
            let mut unit = entry.unit.clone();
            if high.is_none()
                && let Some(whole) = further(r, entry, &low.n, end)
            {
                (number, unit, step, end) = (whole.value, whole.unit, whole.step, whole.end);
            }
            // "5 mg/kg/day", "$120 per person per night"
            while let Some((per, after)) = denominator(r, &unit, entry.shape, end) {
                (unit, end) = (per, after);
            }
            Counted { unit, shape: entry.shape, noun: None, end, behind: end }
        }
        None => counted(r, &low.n, high.is_some(), end),
    };
    // "50.000 orders": nobody counts in thousandths; the point groups.
    let thousandths = low.n.digits && step == Decimal::new(1, 3) && number.fract().is_zero();
    if thousandths && high.is_none() && counted.noun.is_some() {
        number = number.checked_mul(Decimal::ONE_THOUSAND).unwrap_or(number);
        step = Decimal::ONE;
    }
    end = counted.end;
    let beside = Beside {
        duration: counted.shape == Shape::Duration,
        firm: entry.is_some() || low.n.digits || low.n.scale > Decimal::ONE,
    };
    let before = bound::before(r, low.first, beside).filter(|l| l.first >= floor);
    if entry.is_none()
        && let Some(end) = context::bare_refused(r, &low, counted.noun, before.is_some(), end)
    {
        return Err(end);
    }
    let limit = limits(r, before, end, beside);
    let mut bound = limit.map_or(Bound::Exact, |l| l.bound);
    let mut range = high.map(|h| h.n.value).or(low.n.high).map(|h| (low.n.value, h));
    let mut unit = counted.unit.clone();
    // "more than 5 and less than 10": two bounds are a range.
    if range.is_none()
        && let Some(closed) =
            both_sides(r, number, &unit, bound, end).or_else(|| both_sides(r, number, &unit, bound, counted.behind))
    {
        range = Some(closed.ends);
        end = closed.end;
        unit = closed.unit;
    }
    if range.is_some() {
        bound = Bound::Range;
    }
    let mut first = low.first;
    if low.n.digits && r.word(first) == word::PLUS {
        first += 1;
    }
    if range.is_none() && bracketed(r, first, end, counted.shape) {
        number = -number;
        first -= 1;
        end += 1;
    }
    // "equal to 20": a bound that leaves nothing open.
    let equal = limit.filter(|_| range.is_none() && bound == Bound::Exact).map(|_| (number, number));
    let ends = range.or(equal);
    let quantity = Quantity {
        shape: counted.shape,
        number: range.is_none().then_some(number),
        min: ends.map(|(a, _)| a),
        max: ends.map(|(_, b)| b),
        step,
        unit,
        bound,
    };
    Ok(QuantityMention {
        span: r.span(first, end),
        bound_span: limit.map(|l| r.span(l.first, l.last)),
        noun: counted.noun,
        quantity,
        first: first as u32,
        last: end as u32,
    })
}

/// The bound in force: that behind the value, unless the one before it is more than a hedge.
fn limits(r: &LexedText<'_>, before: Option<Limit>, end: usize, beside: Beside) -> Option<Limit> {
    // "20 or so experiments" has been looked at; "50-plus"
    let joined = || (before.is_none() && r.hyphen(end)).then(|| bound::after(r, end + 1, beside)).flatten();
    let behind = bound::after(r, end, beside).or_else(joined);
    behind.filter(|_| before.is_none_or(|l| matches!(l.bound, Bound::Exact | Bound::Approx))).or(before)
}

/// "It lost ($5m).": brackets round a sum are a minus where a verb or nothing stands before them, as in accounts.
/// Elsewhere ("€5m ($6m)", "the price ($3)") they are an aside.
fn bracketed(r: &LexedText<'_>, first: usize, end: usize, shape: Shape) -> bool {
    let open = first.checked_sub(1).filter(|&i| r.word(i) == word::OPEN && r.word(end) == word::CLOSE);
    let Some(open) = open.filter(|_| matches!(shape, Shape::Money | Shape::Percent)) else { return false };
    let stands = r.glued(first) && r.glued(end);
    let led = open == 0
        || r.lex[open].leads
        || matches!(r.before(open), word::IS | word::WAS | word::OF | word::TO | word::FROM);
    stands && led && r.word(first) != word::HYPHEN
}

/// What the words behind a number without unit make of it: so many times, so many things.
fn counted(r: &LexedText<'_>, n: &Numeral, range: bool, end: usize) -> Counted {
    let bare = Counted { unit: Unit::none(), shape: Shape::Number, noun: None, end, behind: end };
    let joined = r.hyphen(end);
    let mut at = if joined { end + 1 } else { end };
    if r.word(at) == word::TIMES {
        if r.sense(at + 1).role.comparison || r.hyphen(at + 1) {
            return Counted {
                unit: Unit::plain("x", "multiple"),
                shape: Shape::Multiple,
                end: at + 1,
                behind: at + 1,
                ..bare
            };
        }
        return Counted {
            unit: Unit::plain("times", "count:time"),
            noun: Some(r.span(at, at + 1)),
            behind: at + 1,
            ..bare
        };
    }
    let vague = n.high.is_some();
    if vague && r.word(at) == word::OF {
        at += 1;
    }
    // "200 or so people", "50-plus people"
    let beside = Beside { duration: false, firm: true };
    if let Some(limit) = bound::after(r, at, beside).or_else(|| bound::after(r, end, beside)) {
        at = limit.last;
    }
    // "tens of millions of dollars", "hundreds of miles": the unit behind a vague plural.
    let measured = |u: u32, end: usize| {
        let e = &r.measures.units[u as usize];
        Counted { unit: e.unit.clone(), shape: e.shape, noun: None, end, behind: end }
    };
    if let Some((money, after)) = r.money(at).filter(|(a, _)| vague && a.after) {
        return measured(money.unit, after);
    }
    if let Some((alias, after)) = r.unit(at).filter(|(a, _)| vague && a.guard == Guard::Free) {
        return measured(alias.unit, after);
    }
    let one = n.value == Decimal::ONE && !range && !vague;
    let found = if n.fraction {
        None
    } else if joined && r.is_word(at) && !r.sense(at).role.stop && !r.sense(at).role.filler {
        // "a four-door car": what adjoins is counted.
        Some(noun::Noun { first: at, head: at })
    } else {
        // "A 6.4 earthquake rocks the coast": what is not whole counts nothing but what adjoins it.
        let whole = n.step >= Decimal::ONE || n.value.fract().is_zero();
        noun::counted(r, at, one).filter(|found| whole || found.head == at)
    };
    let Some(found) = found else {
        // "145/km²", "100,000 a day": nothing is named that is counted.
        let density = r.word(end) == word::SLASH && r.raw(end + 1).len() > 1 && r.unit(end + 1).is_some();
        let rate = density || matches!(r.word(end), word::A | word::AN);
        return match denominator(r, &bare.unit, Shape::Number, end).filter(|_| rate && !n.fraction) {
            Some((unit, end)) => Counted { unit, end, behind: end, ..bare },
            None => bare,
        };
    };
    let name = r.raw(found.head).to_lowercase();
    let dimension = format!("count:{}", noun::singular_of(r, found.head));
    let mut unit = Unit { name: Arc::from(name), dimension: Arc::from(dimension), ..Unit::none() };
    let mut behind = found.head + 1;
    let noun = Some(r.span(found.first, found.head + 1));
    if let Some((per, after)) = per_number(r, &unit, behind) {
        return Counted { unit: per, noun, end: after, behind: after, ..bare };
    }
    // "30 people per square kilometre", "3 million visitors a month"
    if let Some((per, after)) = denominator(r, &unit, Shape::Number, behind).filter(|_| r.word(behind) != word::SLASH) {
        (unit, behind) = (per, after);
    }
    Counted { unit, noun, behind, ..bare }
}

/// "12 deaths per 100,000 people": the unit with what so many are counted in, and the token behind it.
fn per_number(r: &LexedText<'_>, unit: &Unit, per: usize) -> Option<(Unit, usize)> {
    let led = r.word(per) == word::PER;
    let below = led.then(|| numeral(r, per + 1, false)).flatten()?;
    if below.ordinal || below.fraction || below.value <= Decimal::ONE || r.unit(below.end).is_some() {
        return None;
    }
    let (things, end) = match noun::counted(r, below.end, false) {
        Some(found) => (noun::singular_of(r, found.head), found.head + 1),
        None => (String::new(), below.end),
    };
    let name = format!("{}/{} {things}", unit.name, below.value.normalize());
    let whole = Unit {
        name: name.trim_end().into(),
        dimension: format!("{}/count:{things}", unit.dimension).into(),
        factor: Decimal::ONE.checked_div(below.value)?,
        offset: Decimal::ZERO,
    };
    Some((whole, end))
}

/// A quantity that stands for itself, with the bound before it.
pub(super) fn with_bound(r: &LexedText<'_>, mut quantity: Quantity, first: usize, end: usize) -> QuantityMention {
    let beside = Beside { duration: false, firm: true };
    let limit = limits(r, bound::before(r, first, beside), end, beside);
    if let Some(l) = limit {
        quantity.bound = l.bound;
    }
    QuantityMention {
        span: r.span(first, end),
        bound_span: limit.map(|l| r.span(l.first, l.last)),
        noun: None,
        quantity,
        first: first as u32,
        last: end as u32,
    }
}
