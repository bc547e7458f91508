//! Parts told apart by marks: h:mm:ss and m:ss.f (h:mm is a clock time and not read), feet and inches as 5'11".

use rust_decimal::Decimal;

use super::digits::parse_digits;
use super::numeral::Numeral;
use crate::rule::measure::{LexedText, word};

/// The value in the smallest unit, and the index of that unit.
pub(super) fn marked(r: &LexedText<'_>, at: usize) -> Option<(Numeral, u32)> {
    elapsed(r, at).or_else(|| feet(r, at))
}

/// `5'11"`: the mark behind the inches tells it from a quotation.
fn feet(r: &LexedText<'_>, at: usize) -> Option<(Numeral, u32)> {
    let mark = |i: usize, marks: &[&str]| r.glued(i) && marks.contains(&r.raw(i));
    let joined =
        r.is_number(at) && mark(at + 1, &["'", "\u{2019}", "\u{2032}"]) && r.is_number(at + 2) && r.glued(at + 2);
    if !joined || !mark(at + 3, &["\"", "\u{201d}", "\u{2033}"]) {
        return None;
    }
    let twelve = Decimal::from(12);
    let (inches, step) = parse_digits(r.raw(at + 2)).filter(|(v, _)| *v < twelve)?;
    let value = whole(r, at)?.checked_mul(twelve)?.checked_add(inches)?;
    Some((Numeral { digits: true, ..Numeral::new(value, step, at + 4) }, r.measures.unit_named("inch")?))
}

/// The length in seconds.
fn elapsed(r: &LexedText<'_>, at: usize) -> Option<(Numeral, u32)> {
    if !r.is_number(at) || !next_part(r, at + 1) {
        return None;
    }
    let three = next_part(r, at + 3);
    let last = if three { at + 4 } else { at + 2 };
    let (seconds, step) = parse_digits(r.raw(last))?;
    // Three parts may still be a clock time; a part of a second may not.
    let part = step < Decimal::ONE;
    if !part && !three || next_part(r, last + 1) || r.word(last + 1) == word::COLON && r.glued(last + 1) {
        return None;
    }
    let sixty = Decimal::from(60);
    let minutes = whole(r, last - 2)?;
    if seconds >= sixty
        || r.raw(last).split('.').next().is_none_or(|s| s.len() != 2)
        || three && (minutes >= sixty || r.raw(last - 2).len() != 2)
    {
        return None;
    }
    let mut value = seconds.checked_add(minutes.checked_mul(sixty)?)?;
    if three {
        value = value.checked_add(whole(r, at)?.checked_mul(sixty)?.checked_mul(sixty)?)?;
    }
    let n = Numeral { digits: true, ..Numeral::new(value, step, last + 1) };
    Some((n, r.measures.unit_named("second")?))
}

/// A colon and digits that adjoin what stands before them.
fn next_part(r: &LexedText<'_>, colon: usize) -> bool {
    r.word(colon) == word::COLON && r.glued(colon) && r.is_number(colon + 1) && r.glued(colon + 1)
}

fn whole(r: &LexedText<'_>, at: usize) -> Option<Decimal> {
    r.raw(at).parse::<u32>().ok().map(Decimal::from)
}
