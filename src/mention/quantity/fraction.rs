//! Fractions in words: "two thirds", "a quarter of a million", "one and three quarters", "one over three".

use rust_decimal::Decimal;

use super::numeral::Numeral;
use super::words::cardinal;
use crate::rule::measure::{Guard, LexedText, word};
use crate::value::Shape;

/// How many words a fraction may have: a limit for the cost, not for the language.
const REACH: usize = 16;

/// Numerator and denominator in words: "two thirds", "three twenty-firsts", "one one-hundredth of".
///
/// Of several ways to cut ("one hundred forty fifths") the longest denominator is meant. "and" joins backwards, and a
/// part less than one behind it is added to the whole before it: "six hundred and fifty hundredths" is 600.5.
pub(super) fn worded(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let last = last_word(r, at).filter(|&k| k > at)?;
    (at + 1..=last).find_map(|cut| {
        let joined = r.dash(cut - 1);
        if r.word(cut - 1) == word::AND {
            return None;
        }
        // "thirty-one fifths": the hyphen holds the one to the thirty.
        let tens = joined && cut >= at + 2 && r.sense(cut - 2).cardinal.is_some_and(|c| c >= 20 && c % 10 == 0);
        let unit =
            r.sense(cut).cardinal.is_some_and(|c| c < 10) || r.sense(cut).ordinal.is_some_and(|o| o < Decimal::TEN);
        if tens && unit {
            return None;
        }
        let whole = denominator(r, cut, last).filter(|w| *w > Decimal::ONE)?;
        fraction(r, at, if joined { cut - 1 } else { cut }, cut, last, whole)
    })
}

/// The value of numerator and denominator; `stop` is behind the numerator, `cut` the first word of the denominator.
fn fraction(r: &LexedText<'_>, at: usize, stop: usize, cut: usize, last: usize, whole: Decimal) -> Option<Numeral> {
    let plural = r.raw(last).ends_with(['s', 'S']);
    let step = Decimal::ONE.checked_div(whole)?;
    let found = |value, n: &Numeral| Numeral { value, step, end: last + 1, fraction: true, pronoun: false, ..*n };
    if let Some(and) = (at + 1..stop).rev().find(|&i| r.word(i) == word::AND) {
        let base = cardinal(r, at, None, and).filter(|n| n.end == and && !n.ordinal)?;
        let part = cardinal(r, and + 1, None, stop).filter(|n| n.end == stop && !n.ordinal);
        if let Some(part) = part.filter(|p| p.value < whole && plural == (p.value > Decimal::ONE)) {
            let part = part.value.checked_div(whole)?.checked_mul(base.scale)?;
            let mixed = Numeral { fraction: false, ..found(base.value.checked_add(part)?, &base) };
            return Some(of_what(r, mixed));
        }
    }
    let n = cardinal(r, at, None, stop).filter(|n| n.end == stop && !n.ordinal)?;
    // "a three-quarter stake": joined before a noun, the plural is left out.
    let joined = stop < cut && cut == last && n.value > Decimal::ONE && n.value < whole;
    if plural != (n.value > Decimal::ONE) && !joined || n.value.is_zero() {
        return None;
    }
    let of = matches!(r.word(last + 1), word::OF | word::THE);
    // "one hundredth" is a place in an order unless something is divided.
    if !plural && whole >= Decimal::ONE_HUNDRED && cut == last && !of {
        return None;
    }
    // "three quarters" of a year may be meant; "of", a hyphen or a scale tells the fraction.
    let scaled = r.sense(last + 1).scale.is_some();
    if whole == Decimal::from(4) && cut == stop && !of && !scaled && !quarters_apart(r, at, last) {
        return None;
    }
    Some(of_what(r, found(n.value.checked_div(whole)?, &Numeral { scale: Decimal::ONE, ..n })))
}

/// "three quarters" that are a share of something: "by three quarters", "above one quarter", or all that is said.
fn quarters_apart(r: &LexedText<'_>, at: usize, last: usize) -> bool {
    at == 0 && last + 1 == r.len()
        || (!r.is_word(last + 1) || r.word(last + 1) == word::AND)
            && matches!(r.before(at), word::BY | word::ABOVE | word::BELOW)
        || r.sense(last + 1).role.comparison
}

/// The token of the first fraction word behind a run of number words.
fn last_word(r: &LexedText<'_>, at: usize) -> Option<usize> {
    for i in at..at + REACH {
        let sense = r.sense(i);
        if sense.fraction.is_some() && i > at {
            return Some(i);
        }
        let number = sense.cardinal.is_some() || sense.scale.is_some();
        if !number && (i == at || !r.dash(i) && r.word(i) != word::AND) {
            return None;
        }
    }
    None
}

/// "thirds", "twenty-firsts", "one thousand fifths": the words from `from` to `last`, which is a fraction word.
fn denominator(r: &LexedText<'_>, from: usize, last: usize) -> Option<Decimal> {
    let part = r.sense(last).fraction?;
    if from == last {
        return Some(part);
    }
    let stop = if r.dash(last - 1) { last - 1 } else { last };
    let n = cardinal(r, from, None, stop).filter(|n| n.end == stop && !n.ordinal)?;
    let round = |by: Decimal| (n.value % by).is_zero() && part < by;
    (round(Decimal::ONE_HUNDRED) || round(Decimal::TEN)).then(|| n.value.checked_add(part)).flatten()
}

/// "a fifth", "a twenty-first", "a half", "a quarter of a million": the article is at `at`.
pub(super) fn article(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let last = if r.sense(at + 1).fraction.is_some() { at + 1 } else { last_word(r, at + 1)? };
    let whole = denominator(r, at + 1, last).filter(|w| *w > Decimal::ONE)?;
    let value = Decimal::ONE.checked_div(whole)?;
    let n = Numeral { fraction: true, ..Numeral::new(value, value, last + 1) };
    let of = of_what(r, n);
    if of.end > n.end || r.word(n.end) == word::OF {
        return Some(of);
    }
    // "a third" may be a place in an order, "a quarter" a time: a word behind it is then its noun.
    let share = if whole == Decimal::from(4) {
        matches!(r.before(at), word::BY | word::ABOVE | word::BELOW)
    } else {
        !r.is_word(n.end) && !r.hyphen(n.end)
    };
    let by = r.before(at) == word::BY && r.sense(n.end).role.stop;
    (share || by || r.sense(n.end).role.comparison && r.word(n.end) != word::THE).then_some(n)
}

/// "tenth of a gallon", "quarter-litre", "quarter million": a fraction without article or numerator.
pub(super) fn lone(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let whole = r.sense(at).fraction.filter(|_| r.sense_before(at).ordinal.is_none() && r.before(at) != word::THE)?;
    let value = Decimal::ONE.checked_div(whole)?;
    let n = Numeral { fraction: true, ..Numeral::new(value, value, at + 1) };
    let of = of_what(r, n);
    let measure = |u: u32| matches!(r.measures.units[u as usize].shape, Shape::Measure | Shape::Duration);
    let unit = r.hyphen(n.end) && r.unit(n.end + 1).is_some_and(|(a, _)| a.guard == Guard::Free && measure(a.unit));
    (of.end > n.end || unit && r.before(at) != word::HYPHEN).then_some(of)
}

/// What a fraction is taken of: "a quarter of a million", "three quarters billion" (the scale multiplies), "two thirds of
/// a cup", "one and a quarter of hours" (the words up to the unit are passed over).
pub(super) fn of_what(r: &LexedText<'_>, n: Numeral) -> Numeral {
    let of = r.word(n.end) == word::OF;
    let behind = n.end + usize::from(of);
    let article = matches!(r.word(behind), word::A | word::AN);
    let at = behind + usize::from(article);
    let quarters = n.value.checked_mul(Decimal::from(4)).is_some_and(|v| v.fract().is_zero());
    if let Some(scale) = r.sense(at).scale
        && (of && article || !of && quarters)
        && let Some(scaled) = (Numeral { fraction: false, end: at + 1, ..n }).scaled(scale)
    {
        return scaled;
    }
    let unit = (of || n.digits && article).then(|| r.unit(at)).flatten().filter(|(a, _)| a.guard == Guard::Free);
    let duration = |u: u32| r.measures.units[u as usize].shape == Shape::Duration;
    match unit {
        Some((alias, end)) if article || duration(alias.unit) && !r.is_word(end) => Numeral { end: at, ..n },
        _ => n,
    }
}

/// "trillionths" behind "a hundred": so many parts.
pub(super) fn of_parts(r: &LexedText<'_>, n: Numeral) -> Option<Numeral> {
    let whole = r.sense(n.end).fraction.filter(|_| !n.ordinal && r.raw(n.end).ends_with(['s', 'S']))?;
    let (value, step) = (n.value.checked_div(whole)?, Decimal::ONE.checked_div(whole)?);
    Some(Numeral { value, step, end: n.end + 1, scale: Decimal::ONE, fraction: true, ..n })
}

/// "and a half", "and three quarters", "and half" behind a whole number.
pub(super) fn and_part(r: &LexedText<'_>, n: Numeral) -> Option<Numeral> {
    if r.word(n.end) != word::AND || n.fraction || n.ordinal {
        return None;
    }
    let j = n.end + 1;
    let (parts, at) = match r.sense(j).cardinal {
        Some(c) if c < 20 => (Decimal::from(c), if r.dash(j + 1) { j + 2 } else { j + 1 }),
        None if matches!(r.word(j), word::A | word::AN) => (Decimal::ONE, j + 1),
        None if matches!(r.word(j), word::HALF | word::QUARTER) => (Decimal::ONE, j),
        _ => return None,
    };
    let whole = r.sense(at).fraction?;
    if parts >= whole || at == j && !divides(r, at + 1) {
        return None;
    }
    // "one billion and a quarter million"
    let scale = r.sense(at + 1).scale.filter(|&s| s < n.scale);
    let part = parts.checked_div(whole)?.checked_mul(scale.unwrap_or(n.scale))?;
    // A half is written 0.5 in digits, a quarter 0.25: one more place than the whole.
    let step = n.step.checked_div(Decimal::TEN)?;
    let end = at + 1 + usize::from(scale.is_some());
    Some(Numeral { value: n.value.checked_add(part)?, step, end, plain: false, digits: false, pronoun: false, ..n })
}

/// Whether what stands behind "and half" is what is halved.
fn divides(r: &LexedText<'_>, at: usize) -> bool {
    r.word(at) == word::OF || r.sense(at).scale.is_some() || r.unit(at).is_some_and(|(a, _)| a.guard == Guard::Free)
}

/// "one over three": two numbers that stand alone, the smaller one first.
pub(super) fn over(r: &LexedText<'_>, n: &Numeral, whole: impl FnOnce(usize) -> Option<Numeral>) -> Option<Numeral> {
    if r.word(n.end) != word::OVER || n.ordinal || n.fraction || n.step != Decimal::ONE {
        return None;
    }
    let below = whole(n.end + 1).filter(|w| !w.ordinal && !w.fraction && w.high.is_none())?;
    let alone = !r.is_word(below.end) && !r.hyphen(below.end) && r.unit(below.end).is_none();
    if !alone || below.value <= n.value.abs() || !below.value.fract().is_zero() {
        return None;
    }
    let value = n.value.checked_div(below.value)?;
    let step = Decimal::ONE.checked_div(below.value)?;
    Some(Numeral { value, step, fraction: true, plain: false, pronoun: false, ..below })
}
