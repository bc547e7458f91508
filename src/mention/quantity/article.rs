//! Quantities without a number: "an hour", "the past year", "doubled".

use rust_decimal::Decimal;

use super::bound::{self, Beside};
use super::unit::further;
use super::{QuantityMention, with_bound};
use crate::rule::measure::{Guard, Reading, word};
use crate::value::{Bound, Quantity, Shape, Unit};

/// "doubled", "tenfold", "half as many", "twice as many".
pub(super) fn multiple_word(r: &Reading<'_>, at: usize) -> Option<QuantityMention> {
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
pub(super) fn article_unit(r: &Reading<'_>, at: usize, floor: usize) -> Option<QuantityMention> {
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
