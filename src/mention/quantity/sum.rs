//! A number with the sign or code before it and the unit behind it.

use rust_decimal::Decimal;

use super::numeral::{Numeral, numeral};
use super::unit::{counts_million, money_behind, unit_behind};
use super::{marked, noun};
use crate::rule::measure::{Guard, LexedText, word};
use crate::value::Shape;

/// A number with what belongs to it on both sides.
#[derive(Clone, Copy)]
pub(super) struct Sum {
    pub(super) n: Numeral,
    /// Index in the table of units.
    pub(super) unit: Option<u32>,
    pub(super) first: usize,
    pub(super) end: usize,
}

/// The number that begins at a token, with its sign or unit.
pub(super) fn sum(r: &LexedText<'_>, at: usize) -> Option<Sum> {
    let minus = matches!(r.word(at), word::HYPHEN | word::MINUS_SIGN | word::EN_DASH);
    if minus && !r.glued(at + 1) {
        return frost(r, at);
    }
    let signed = (minus || r.word(at) == word::PLUS) && r.glued(at + 1) && (!r.glued(at) || r.before(at) == word::OPEN);
    let before_sign = usize::from(signed && !r.is_number(at + 1));
    if let Some(found) = behind_sign(r, at, at + before_sign, before_sign == 1 && minus) {
        return Some(found);
    }
    if before_sign == 1 && r.word(at + 1) != word::DOT {
        return None;
    }
    if let Some((n, unit)) = marked::marked(r, at) {
        return Some(Sum { n, unit: Some(unit), first: at, end: n.end });
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
    let found = with_unit(r, first, n).unwrap_or(Sum { n, unit: None, first, end: n.end });
    Some(below_zero(r, found))
}

/// "$5", "US$ 40 million", "EUR 3m", "dollar 7.5 million": the currency stands first, at `start`.
fn behind_sign(r: &LexedText<'_>, at: usize, start: usize, negative: bool) -> Option<Sum> {
    let Some((alias, next)) = r.sign(start) else { return behind_name(r, at, start) };
    if let Some(n) = loss(r, next).filter(|_| !negative && alias.guard != Guard::Tight) {
        return Some(Sum { n: n.scaled(alias.scale)?, unit: Some(alias.unit), first: at, end: n.end });
    }
    // "A $300m deal": at the head of a sentence the letter is the article.
    if r.raw(start) == "A" && r.opens(start) && !r.glued(start + 1) {
        return None;
    }
    let numeric = r.is_number(next) || r.word(next) == word::DOT && r.is_number(next + 1);
    let fits = numeric || alias.guard == Guard::Free && numeral(r, next, true).is_some_and(|n| !n.pronoun);
    let letters = alias.guard == Guard::Digits;
    // "SEK5", "Rs 20", but not "P CAD 5x".
    if !fits || letters && r.glued(start) && r.is_word(start.wrapping_sub(1)) {
        return None;
    }
    // "4 $ 8 $": the sign stands behind its numbers here.
    if !letters && start > 0 && r.is_number(start - 1) && r.word(next + 1) == r.word(start) && !r.glued(next) {
        return None;
    }
    let mut n = numeral(r, next, true).filter(|n| !n.ordinal && !n.fraction)?;
    // "PS5" is a name, "PS5.40" and "PS5m" are sums.
    if alias.guard == Guard::Tight && (!r.glued(next) || n.plain) {
        return None;
    }
    n = n.scaled(alias.scale)?;
    n.plain = false;
    if negative {
        n.value = -n.value;
    }
    let mut end = n.end;
    // "$5 US", "$5 dollars", "€5 EUR": the same currency named twice, or more precisely.
    let mut unit = alias.unit;
    if let Some((again, after)) = r.money(end).filter(|(a, _)| a.after) {
        let sign = !r.is_word(after - 1) && r.is_number(after);
        let dimension = |u: u32| &r.measures.units[u as usize].unit.dimension;
        let same = !sign && dimension(again.unit) == dimension(unit);
        if same || alias.guard == Guard::Free && again.guard == Guard::Digits && !r.is_number(after) {
            (unit, end) = (again.unit, after);
        }
    }
    Some(Sum { n, unit: Some(unit), first: at, end })
}

/// "$(4.2) million", "€(310)": in accounts, brackets behind the sign are a minus. They begin at `open`.
fn loss(r: &LexedText<'_>, open: usize) -> Option<Numeral> {
    let stands = r.word(open) == word::OPEN && r.glued(open) && r.glued(open + 1) && r.is_number(open + 1);
    let n = numeral(r, open + 1, true).filter(|n| stands && !n.ordinal && !n.fraction && n.high.is_none())?;
    let close = n.end;
    if r.word(close) != word::CLOSE || !r.glued(close) {
        return None;
    }
    let n = Numeral { value: -n.value, end: close + 1, plain: false, ..n };
    let scale = r.sense(close + 1).scale.filter(|_| n.scale == Decimal::ONE);
    match scale {
        Some(by) => n.scaled(by).map(|n| Numeral { end: close + 2, ..n }),
        None => Some(n),
    }
}

/// "dollar 7.5 million", "rupees 500": the word before digits that count nothing else.
fn behind_name(r: &LexedText<'_>, at: usize, start: usize) -> Option<Sum> {
    let named = r.is_word(start) && r.lex.get(start).is_some_and(|l| l.word != 0);
    let (alias, next) = r.phrase(&r.measures.money_words, start, false).filter(|_| named && start == at)?;
    let led = start.checked_sub(1).is_some_and(|b| r.is_number(b) || r.sense(b).cardinal.is_some());
    let minor = r.measures.units[alias.unit as usize].unit.factor != Decimal::ONE;
    if alias.guard != Guard::Free || !r.is_number(next) || r.glued(next) || led || minor || r.before(start) == word::THE
    {
        return None;
    }
    let n = numeral(r, next, true).filter(|n| !n.ordinal && !n.fraction)?;
    let counts = noun::counted(r, n.end, false).is_some() || r.unit(n.end).is_some() || r.money(n.end).is_some();
    (!counts).then_some(Sum { n: Numeral { plain: false, ..n }, unit: Some(alias.unit), first: at, end: n.end })
}

/// The unit behind a number, with the suffixes that only some units take.
fn with_unit(r: &LexedText<'_>, first: usize, n: Numeral) -> Option<Sum> {
    if let Some((unit, end, scale)) = unit_behind(r, &n) {
        return Some(Sum { n: n.scaled(scale)?, unit: Some(unit), first, end });
    }
    let m = numeral(r, first, true).filter(|m| m.end > n.end)?;
    // "5m euros": a suffix that only sums take.
    if let Some((unit, end, scale)) = money_behind(r, &m) {
        return Some(Sum { n: m.scaled(scale)?, unit: Some(unit), first, end });
    }
    // "2.7m sales", "12.3m tonnes": the same suffix on what is counted.
    if r.raw(n.end) != "m" || !counts_million(r, m.end) {
        return None;
    }
    let (unit, end) = unit_behind(r, &m).map_or((None, m.end), |(unit, end, _)| (Some(unit), end));
    Some(Sum { n: m, unit, first, end })
}

/// "20 degrees below zero", "2 below zero".
fn below_zero(r: &LexedText<'_>, found: Sum) -> Sum {
    let zero = r.word(found.end) == word::BELOW && r.sense(found.end + 1).cardinal == Some(0);
    if !zero || found.n.value.is_sign_negative() {
        return found;
    }
    let unit = found.unit.or_else(|| r.measures.unit_named("degree"));
    if !unit.is_some_and(|u| is_warmth(r, u)) {
        return found;
    }
    Sum { n: Numeral { value: -found.n.value, ..found.n }, unit, end: found.end + 2, ..found }
}

/// "- 20 degrees Fahrenheit": a minus that stands apart, which only temperatures show not to be a dash.
fn frost(r: &LexedText<'_>, at: usize) -> Option<Sum> {
    let apart = !r.glued(at) && r.is_number(at + 1) && (at == 0 || !r.is_number(at - 1));
    let n = numeral(r, at + 1, false).filter(|n| apart && !n.ordinal && n.high.is_none())?;
    let found = with_unit(r, at, n).filter(|s| s.unit.is_some_and(|u| is_warmth(r, u)))?;
    Some(Sum { n: Numeral { value: -found.n.value, plain: false, ..found.n }, ..found })
}

/// Whether a unit is one of temperature, or a bare degree.
fn is_warmth(r: &LexedText<'_>, unit: u32) -> bool {
    let entry = &r.measures.units[unit as usize];
    entry.shape == Shape::Measure && matches!(&*entry.unit.dimension, "temperature" | "angle")
}
