//! Numbers in words: cardinals, ordinals, spoken decimals, "a dozen", "half a million".

use rust_decimal::Decimal;

use super::fraction;
use super::numeral::Numeral;
use crate::rule::measure::{Guard, LexedText, word};

/// The number that begins with the word at a token.
pub(super) fn words(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let first = r.sense(at);
    match r.word(at) {
        word::HALF => return half(r, at),
        word::A | word::AN => return article_number(r, at),
        word::HUNDRED => return None,
        _ => {}
    }
    if first.fraction.is_some()
        && let Some(n) = fraction::lone(r, at)
    {
        return Some(n);
    }
    if first.cardinal.is_none() && first.ordinal.is_none() || first.cardinal == Some(100) {
        return None;
    }
    fraction::worded(r, at).or_else(|| cardinal(r, at, None, usize::MAX)).or_else(|| {
        // "one hundred ..." and the like are read above; a lone ordinal is one word.
        first.ordinal.map(|value| Numeral { ordinal: true, ..Numeral::new(value, Decimal::ONE, at + 1) })
    })
}

/// "a hundred", "a dozen", "a couple of", "a third of", "a million", "a half".
fn article_number(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let next = r.sense(at + 1);
    if next.cardinal == Some(100) || next.scale.is_some() {
        let n = cardinal(r, at + 1, Some(1), usize::MAX)?;
        return Some(fraction::of_parts(r, n).unwrap_or(n));
    }
    if r.word(at + 1) == word::COUPLE {
        return couple(r, at + 1);
    }
    fraction::article(r, at)
}

/// "couple of", "couple hundred", "couple million": the scale that follows is read with the other scales.
fn couple(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let of = r.word(at + 1) == word::OF;
    let end = if of { at + 2 } else { at + 1 };
    let n = Numeral::new(Decimal::TWO, Decimal::ONE, end);
    if r.sense(end).cardinal == Some(100) {
        return Numeral { end: end + 1, ..n }.scaled(Decimal::ONE_HUNDRED);
    }
    (of || r.sense(end).scale.is_some()).then_some(n)
}

/// "half a million", "half a dozen", "half of", "half the", "half an hour" (the article is then the unit's).
fn half(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    if r.sense_before(at).ordinal.is_some() || matches!(r.before(at), word::THE | word::HYPHEN) {
        return None;
    }
    let value = Decimal::new(5, 1);
    let mut n = Numeral { fraction: true, ..Numeral::new(value, value, at + 1) };
    let article = matches!(r.word(at + 1), word::A | word::AN);
    let skip = if article || r.hyphen(at + 1) { 2 } else { 1 };
    if let Some(scale) = r.sense(at + skip).scale {
        n.end = at + skip + 1;
        n.fraction = false;
        return n.scaled(scale);
    }
    if article && r.sense(at + 2).cardinal == Some(100) {
        n.end = at + 3;
        return n.scaled(Decimal::ONE_HUNDRED);
    }
    if article && r.unit(at + 2).is_some() {
        n.end = at + 2;
        return Some(n);
    }
    let of = fraction::of_what(r, n);
    if of.end > n.end {
        return Some(of);
    }
    let determined = r.unit(at + 1).is_some_and(|(a, end)| a.guard == Guard::Free && !r.hyphen(end) && !r.is_word(end))
        || matches!(r.word(at + 1), word::OF | word::THE | word::ITS | word::AS)
        || r.hyphen(at + 1) && r.unit(at + 2).is_some()
        // "less than half", "by half"
        || !r.hyphen(at + 1) && r.phrase_before(&r.measures.bounds_before, at).is_some()
        || r.before(at) == word::BY && !r.is_word(at + 1) && !r.hyphen(at + 1);
    determined.then_some(n)
}

/// Cardinal words from `at`, none at `stop` or behind it; `start` is 1 behind an article. Ends in a cardinal, a scale or
/// an ordinal.
pub(super) fn cardinal(r: &LexedText<'_>, at: usize, start: Option<u32>, stop: usize) -> Option<Numeral> {
    let (mut total, mut current) = (Decimal::ZERO, start.map(Decimal::from));
    let mut limit = Decimal::MAX;
    let (mut i, mut end, mut step) = (at, at, Decimal::ONE);
    // What the last word was: 1 units, 2 teens, 3 tens, 4 hundred, 5 scale, 0 none.
    let mut last = if start.is_some() { 1 } else { 0 };
    let mut scale = Decimal::ONE;
    let mut ordinal = false;
    loop {
        let j = joined(r, i, i > at, last, stop);
        if j >= stop {
            break;
        }
        let sense = r.sense(j);
        if let Some(value) = sense.cardinal {
            let kind = match value {
                100 => 4,
                20..=90 if value % 10 == 0 => 3,
                0..=9 => 1,
                _ => 2,
            };
            let fits = match kind {
                1 => matches!(last, 0 | 3 | 4 | 5) && (value > 0 || last == 0),
                2 | 3 => matches!(last, 0 | 4 | 5) || last == 1 && i == j && digit_by_digit(r, at, j),
                _ => matches!(last, 1..=3) && current.is_some_and(|c| c < Decimal::ONE_HUNDRED),
            };
            if !fits || (j > i && kind == 4 && r.word(i) == word::AND) {
                break;
            }
            if kind == 4 {
                current = current.and_then(|c| c.checked_mul(Decimal::ONE_HUNDRED));
                step = Decimal::ONE_HUNDRED;
            } else {
                let hundreds = if last == 1 { Decimal::ONE_HUNDRED } else { Decimal::ONE };
                let before = current.unwrap_or_default().checked_mul(hundreds)?;
                current = before.checked_add(Decimal::from(value));
                step = Decimal::ONE;
            }
            last = kind;
        } else if let Some(by) = sense.scale.filter(|_| last > 0 && (j == i || r.word(i) != word::AND)) {
            // Scales fall: "two million three hundred thousand", never the other way round.
            if by >= limit && (last == 5 || by > Decimal::ONE_THOUSAND) {
                break;
            }
            total = total.checked_add(current.unwrap_or(Decimal::ONE).checked_mul(by)?)?;
            current = None;
            limit = by;
            scale = by;
            step = step.checked_mul(by)?;
            last = 5;
        } else if let Some(value) = sense.ordinal {
            let fits = last == 0 || (value < Decimal::TEN && last == 3) || (value < Decimal::ONE_HUNDRED && last >= 4);
            if fits {
                current = current.unwrap_or_default().checked_add(value);
            } else if (1..=3).contains(&last) && value >= Decimal::ONE_HUNDRED {
                current = current.unwrap_or_default().checked_mul(value);
            } else {
                break;
            }
            ordinal = true;
            end = j + 1;
            break;
        } else {
            break;
        }
        i = j + 1;
        end = i;
    }
    if end == at {
        return None;
    }
    let value = total.checked_add(current.unwrap_or_default())?;
    let scale = if current.is_none() { scale } else { Decimal::ONE };
    let mut n = Numeral { scale, ordinal, ..Numeral::new(value, step, end) };
    n.pronoun = !ordinal && end == at + 1 && r.word(at) == word::ONE;
    // "one point five"
    if !ordinal && r.word(end) == word::POINT && r.sense(end + 1).cardinal.is_some_and(|c| c < 100) {
        return points(r, n);
    }
    Some(n)
}

/// The next word of a number: behind "and" after hundreds and scales, behind a hyphen after tens.
fn joined(r: &LexedText<'_>, i: usize, inside: bool, last: u8, stop: usize) -> usize {
    if !inside {
        return i;
    }
    let next = r.sense(i + 1);
    if r.dash(i) {
        let tight = r.glued(i) && r.glued(i + 1);
        let apart = last == 3 && !r.glued(i) && !r.glued(i + 1) && next.cardinal.is_some_and(|c| (1..10).contains(&c));
        return i + usize::from(tight || apart);
    }
    // "two million and one half": the half is a part of its own.
    let and = r.word(i) == word::AND
        && last >= 4
        && (next.cardinal.is_some_and(|c| c < 100) && (i + 2 >= stop || r.sense(i + 2).fraction.is_none())
            || next.ordinal.is_some_and(|o| o < Decimal::ONE_HUNDRED));
    i + usize::from(and)
}

/// "one thirty four": hundreds stated by their digit, where the three words stand alone.
fn digit_by_digit(r: &LexedText<'_>, at: usize, tens: usize) -> bool {
    let unit = tens + 1;
    at + 1 == tens
        && r.sense(tens).cardinal.is_some_and(|c| c % 10 == 0)
        && r.sense(unit).cardinal.is_some_and(|c| (1..10).contains(&c))
        && !r.is_word(unit + 1)
        && !r.dash(unit + 1)
}

/// "five point two five", "nought point twelve" behind the whole part.
fn points(r: &LexedText<'_>, mut n: Numeral) -> Option<Numeral> {
    // More places than a decimal holds are left out.
    const PLACES: u32 = 20;
    let (mut part, mut places) = (Decimal::ZERO, 0u32);
    n.end += 1;
    while let Some(digits) = r.sense(n.end).cardinal.filter(|&c| c < 100 && places < PLACES) {
        let width = if digits < 10 { 1 } else { 2 };
        part = part.checked_mul(Decimal::from(10u32.pow(width)))?.checked_add(Decimal::from(digits))?;
        places += width;
        n.end += 1;
        if width == 2 {
            break;
        }
    }
    n.step = Decimal::new(1, places);
    n.value = n.value.checked_add(part.checked_mul(n.step)?)?;
    n.pronoun = false;
    Some(n)
}
