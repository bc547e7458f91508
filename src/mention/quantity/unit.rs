//! The unit or currency behind a number, its denominator, and smaller units that go on from it.

use rust_decimal::Decimal;

use super::numeral::Numeral;
use super::{noun, sum};
use crate::rule::measure::{Guard, Reading, UnitEntry, word};
use crate::value::{Shape, Unit};

/// The unit or currency behind a number, hyphen and filler words ("two full days") included.
pub(super) fn unit_behind(r: &Reading<'_>, n: &Numeral) -> Option<(u32, usize)> {
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

pub(super) fn measure_at(r: &Reading<'_>, n: &Numeral, at: usize) -> Option<(u32, usize)> {
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
pub(super) fn counts_million(r: &Reading<'_>, at: usize) -> bool {
    r.is_word(at)
        && !r.glued(at)
        && (r.word(at) == word::OF
            || r.unit(at).is_some_and(|(a, _)| a.guard == Guard::Free)
            || noun::counted(r, at, false).is_some()
            || noun::counted(r, at, true)
                .is_some_and(|n| r.word(n.head + 1) == word::AND && noun::counted(r, n.head + 2, false).is_some()))
}

pub(super) fn money_behind(r: &Reading<'_>, n: &Numeral) -> Option<(u32, usize)> {
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

/// "aged 34", "age 18 to 34": years without the word.
pub(super) fn aged(r: &Reading<'_>, first: usize) -> Option<u32> {
    let led = matches!(r.before(first), word::AGED | word::AGE | word::AGES);
    led.then(|| r.measures.units.iter().position(|u| &*u.unit.name == "year of age")).flatten().map(|i| i as u32)
}

/// "5 feet 2 inches", "1 hour and 15 minutes", "$20 and 43 cents": smaller units of the same dimension.
pub(super) fn further(
    r: &Reading<'_>,
    entry: &UnitEntry,
    number: Decimal,
    end: usize,
) -> Option<(Decimal, Unit, Decimal, usize)> {
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
pub(super) fn denominator(r: &Reading<'_>, unit: &Unit, shape: Shape, end: usize) -> Option<(Unit, usize)> {
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
