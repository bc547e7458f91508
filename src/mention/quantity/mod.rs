//! Quantities: numbers with scale, unit, currency, bound and counted noun.
//!
//! Comes in: a text, its tokens, the measure tables. Goes out: non-overlapping mentions in the order of the text.
//! One walk over the tokens; every look ahead or back is bounded by the length of a phrase. Nothing here is a date.

mod amount;
mod article;
mod bound;
mod context;
mod digits;
mod fraction;
mod marked;
mod noun;
mod numeral;
mod range;
mod ordinal;
mod sum;
mod unit;
mod words;

use rust_decimal::Decimal;

use super::recognise;
use crate::rule::measure::{Count, LexedText, Sense, Starts, word};
use crate::text::{Span, TokenKind};
use crate::value::{Bound, Quantity};

pub use ordinal::{Ordinal, OrdinalMention};

use amount::amount;
use article::{article_unit, multiple_word};
use numeral::numeral;
use range::{borrowed, pair, ratio};
use sum::sum;
use unit::aged;

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
    /// First token of `span`.
    pub first: u32,
    /// Token behind `span`.
    pub last: u32,
}

/// What a text says in numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::mention) struct Quantities {
    /// Amounts, in the order of the text, without overlap.
    pub(in crate::mention) amounts: Vec<QuantityMention>,
    /// Places in an order and scores, likewise; none overlaps an amount.
    pub(in crate::mention) ordinals: Vec<OrdinalMention>,
}

/// All quantities of a reading in which what belongs to something else has been hidden.
pub(super) fn scan(r: &LexedText<'_>) -> Quantities {
    let mut out = Quantities::default();
    let table = r.measures.starts(recognise::starts);
    let mut at = 0;
    while at < r.len() {
        if !starts(r, at, table) {
            at += 1;
            continue;
        }
        let end = match parse(r, at, out.amounts.last().map_or(0, |m| m.last as usize)) {
            Parse::Amount(found) => {
                let last = found.last as usize;
                out.amounts.push(*found);
                last
            }
            Parse::Ordinal(found) => {
                let last = found.last as usize;
                out.ordinals.push(found);
                last
            }
            Parse::Skip(end) => end,
        };
        at = end.max(at + 1);
    }
    out
}

/// The whole number at a token, in digits or words, for other grammars.
pub(super) fn whole_number(r: &LexedText<'_>, at: usize) -> Option<(i64, usize)> {
    count(r, at).filter(|c| !c.ordinal).map(|c| (c.value, c.end))
}

/// The ordinal at a token, for other grammars.
pub(super) fn ordinal_number(r: &LexedText<'_>, at: usize) -> Option<(i64, usize)> {
    count(r, at).filter(|c| c.ordinal).map(|c| (c.value, c.end))
}

/// The number at a token that other grammars may count with. They ask for the same one many times over.
fn count(r: &LexedText<'_>, at: usize) -> Option<Count> {
    // A word that no table knows: nearly every one.
    if r.word(at) == 0 && r.is_word(at) {
        return None;
    }
    if let Some((_, found)) = r.counted.get().filter(|(asked, _)| *asked == at) {
        return found;
    }
    let found = numeral(r, at, false).and_then(|n| {
        let value = i64::try_from(n.value).ok()?;
        let whole = !n.fraction && n.high.is_none() && Decimal::from(value) == n.value;
        (n.ordinal || whole).then_some(Count { value, ordinal: n.ordinal, end: n.end })
    });
    r.counted.set(Some((at, found)));
    found
}

/// Whether a lower-case plural noun follows: what stands before it may count it.
pub(super) fn counts_noun(r: &LexedText<'_>, at: usize) -> bool {
    !r.capital(at) && noun::counted(r, at, false).is_some_and(|n| !r.capital(n.head))
}

enum Parse {
    Amount(Box<QuantityMention>),
    Ordinal(OrdinalMention),
    /// Nothing; go on at this token.
    Skip(usize),
}

/// Whether a quantity can begin at a token: the cheap test that nearly all tokens fail.
fn starts(r: &LexedText<'_>, at: usize, table: &[Starts]) -> bool {
    let Some(lex) = r.lex.get(at) else { return false };
    match (lex.kind, lex.word, lex.exact) {
        (TokenKind::Number, ..) => true,
        (TokenKind::Word, 0, 0) => false,
        (_, 0, 0) => digits::vulgar(r.raw(at)).is_some(),
        (_, word, _) => {
            table[word as usize].quantity
                || r.sign(at).is_some()
                || r.is_number(at + 1)
                    && r.phrase(&r.measures.money_words, at, false).is_some_and(|(_, end)| end == at + 1)
        }
    }
}

/// Whether a quantity may begin at a word, by what the tables say of it, currencies apart.
pub(super) fn begins(word: u32, sense: &Sense) -> bool {
    sense.cardinal.is_some()
        || sense.ordinal.is_some()
        || sense.vague.is_some()
        || sense.multiple.is_some()
        || sense.multiplier.is_some()
        || sense.place.is_some()
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
        )
}

fn parse(r: &LexedText<'_>, at: usize, floor: usize) -> Parse {
    if let Some(found) = multiple_word(r, at).or_else(|| article_unit(r, at, floor)) {
        return Parse::Amount(Box::new(found));
    }
    if let Some(found) = ordinal::relative(r, at) {
        return Parse::Ordinal(found);
    }
    let Some(low) = sum(r, at) else {
        let end = if r.is_number(at) { context::run_end(r, at) } else { at + 1 };
        return Parse::Skip(end);
    };
    if low.n.ordinal {
        return ordinal::ordinal(r, low.first, &low.n).map_or(Parse::Skip(low.end), Parse::Ordinal);
    }
    if let Some(found) = range::odds(r, &low) {
        return Parse::Amount(Box::new(found));
    }
    if let Some(end) = context::refused(r, &low) {
        return Parse::Skip(end);
    }
    let mut low = low;
    if let Some((middle, width)) = range::spread(r, &low) {
        return match amount(r, middle, None, middle.unit, middle.end, floor) {
            Ok(mut found) => {
                let quantity = &mut found.quantity;
                let ends = quantity.number.and_then(|n| n.checked_sub(width).zip(n.checked_add(width)));
                if let Some((min, max)) = ends {
                    (quantity.min, quantity.max, quantity.bound) = (Some(min), Some(max), Bound::Range);
                }
                Parse::Amount(Box::new(found))
            }
            Err(end) => Parse::Skip(end),
        };
    }
    let (high, end) = match pair(r, low) {
        Some((first, second)) => {
            low = first;
            (Some(second), second.end)
        }
        None => (None, low.end),
    };
    if low.unit.is_none() && high.is_none() {
        if let Some(found) = ratio(r, &low) {
            return Parse::Amount(Box::new(found));
        }
        if let Some(found) = ordinal::one_of(r, &low.n, low.first) {
            return Parse::Ordinal(found);
        }
        if low.n.pronoun && !context::counts_one(r, at, low.end) {
            return Parse::Skip(low.end);
        }
        if let Some(found) = ordinal::score(r, &low.n, low.first) {
            return Parse::Ordinal(found);
        }
        if let Some((unit, scale)) = borrowed(r, &low) {
            low.unit = Some(unit);
            low.n = scale.and_then(|s| low.n.scaled(s)).unwrap_or(low.n);
        }
    }
    let unit = high.and_then(|h| h.unit).or(low.unit).or_else(|| aged(r, &low.n, low.first));
    match amount(r, low, high, unit, end, floor) {
        Ok(found) => Parse::Amount(Box::new(found)),
        Err(end) => Parse::Skip(end),
    }
}

#[cfg(test)]
mod tests;
