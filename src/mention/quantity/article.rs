//! Quantities without a number: "an hour", "the past year", "doubled".

use rust_decimal::Decimal;

use super::QuantityMention;
use super::amount::with_bound;
use super::bound::{self, Beside};
use super::numeral::Numeral;
use super::unit::further;
use crate::rule::measure::{Guard, LexedText, word};
use crate::value::{Bound, Quantity, Shape, Unit};

/// "doubled", "tenfold", "half as many", "twice as many".
pub(super) fn multiple_word(r: &LexedText<'_>, at: usize) -> Option<QuantityMention> {
    let sense = r.sense(at);
    let (value, end) = if let Some(value) = sense.multiple {
        (value, at + 1)
    } else if let Some(value) = sense.multiplier.filter(|_| multiplies(r, at)) {
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
        // "Halved" is as exact as a word is: a tenth, and not a whole.
        step: if value < Decimal::ONE { Decimal::new(1, 1) } else { Decimal::ONE },
        unit: Unit::plain("x", "multiple"),
        bound: Bound::Exact,
    };
    Some(with_bound(r, quantity, at, end))
}

/// "twice as many", "triple the number", "double its size"; not "twice a day", "a double room".
fn multiplies(r: &LexedText<'_>, at: usize) -> bool {
    let next = r.word(at + 1);
    let as_much = next == word::AS && r.is_word(at + 2) && !r.sense(at + 2).role.stop && !r.capital(at + 2);
    as_much
        || matches!(r.word(at + 2), word::MANY | word::MUCH) && next == word::AS
        || matches!(next, word::THE | word::ITS | word::THAT)
        || matches!(r.raw(at + 1), "their" | "his" | "her" | "our" | "what")
}

/// "an hour", "a year", "the past year", "the hour", "a gallon of": a unit for which the article is the number.
pub(super) fn article_unit(r: &LexedText<'_>, at: usize, floor: usize) -> Option<QuantityMention> {
    let the = r.word(at) == word::THE;
    if !the && !matches!(r.word(at), word::A | word::AN) {
        return None;
    }
    let past = the && matches!(r.word(at + 1), word::PAST);
    let full = !the && r.sense(at + 1).role.filler && !r.sense(at + 1).role.per;
    let from = if past || full { at + 2 } else { at + 1 };
    let (index, end) = unit_at(r, from)?;
    let entry = &r.measures.units[index as usize];
    let plural = r.raw(end - 1).ends_with('s') && !r.raw(end - 1).ends_with("ss");
    if plural || r.hyphen(end) || !matches!(entry.shape, Shape::Duration | Shape::Measure | Shape::Money) {
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
    let one = Numeral::new(Decimal::ONE, Decimal::ONE, from);
    let parts = (!the).then(|| further(r, entry, &one, end)).flatten();
    let fits = if past || half {
        duration
    } else if the {
        duration && limit.is_some_and(|l| l.bound == Bound::AtMost) && r.before(at) == word::WITHIN
    } else if duration {
        limit.is_some() || leads
    } else {
        limit.is_some() || parts.is_some() || portion(r, at, end)
    };
    if !fits || r.sense(end).offset.is_some() && r.word(end) != word::BEFORE {
        return None;
    }
    let (number, unit, step, last) = match parts {
        Some(whole) => (whole.value, whole.unit, whole.step, whole.end),
        None => (Decimal::ONE, entry.unit.clone(), Decimal::ONE, end),
    };
    let bound = if past { Bound::Approx } else { limit.map_or(Bound::Exact, |l| l.bound) };
    let quantity = Quantity { shape: entry.shape, number: Some(number), min: None, max: None, step, unit, bound };
    Some(QuantityMention {
        span: r.span(at, last),
        bound_span: limit.map(|l| r.span(l.first, l.last)),
        noun: None,
        quantity,
        first: at as u32,
        last: last as u32,
    })
}

/// The unit or the main unit of a currency that is written as a word.
fn unit_at(r: &LexedText<'_>, at: usize) -> Option<(u32, usize)> {
    let unit = r.unit(at).filter(|(a, _)| a.guard == Guard::Free).map(|(a, end)| (a.unit, end));
    unit.or_else(|| {
        r.phrase(&r.measures.money_words, at, false)
            .filter(|(a, _)| a.guard == Guard::Free)
            .map(|(a, end)| (a.unit, end))
    })
}

/// "a gallon of beer", "A mile is", or the whole of what is said: "A millilitre." A rate ("$3 a gallon") has a number before it.
fn portion(r: &LexedText<'_>, at: usize, end: usize) -> bool {
    let rate = at > 0 && !r.opens(at) && (!r.is_word(at - 1) || r.capital(at - 1));
    let of = r.word(end) == word::OF && !matches!(r.word(end + 1), word::THE | word::A | word::AN);
    let alone = at == 0 && !r.is_word(end) && !r.hyphen(end);
    let defined = r.opens(at) && r.word(end) == word::IS;
    !rate && of || alone || defined
}
