//! Numbers that are no amounts: places in an order ("the third", "next to last") and scores ("3-1").

use rust_decimal::Decimal;

use super::context;
use super::numeral::Numeral;
use crate::rule::measure::{Guard, LexedText, Origin, word};
use crate::text::Span;

/// A place in an order, or a score. No claim of an amount rests on one; a rank is claimed as such.
#[derive(Debug, Clone, PartialEq)]
pub enum Ordinal {
    /// "third", "42nd".
    Nth(Decimal),
    /// So many before the last one: "last" is 0, "next to last" 1.
    FromEnd(u32),
    /// So many behind the one at hand: "next" is 1, "previous" -1.
    FromHere(i32),
    /// What each side has, in the order of the text.
    Score(Decimal, Decimal),
    /// "one of the largest": a member that is picked out, and no count of anything.
    OneOf,
}

/// A ordinal and the words it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct OrdinalMention {
    /// The words, bounds and nouns left out.
    pub span: Span,
    /// What they say.
    pub ordinal: Ordinal,
    /// First token of `span`.
    pub first: u32,
    /// Token behind `span`.
    pub last: u32,
}

fn mention(r: &LexedText<'_>, ordinal: Ordinal, first: usize, last: usize) -> OrdinalMention {
    OrdinalMention { span: r.span(first, last), ordinal, first: first as u32, last: last as u32 }
}

/// An ordinal that has been read, with what counts it from the end: "second to last", "third from the end".
pub(super) fn ordinal(r: &LexedText<'_>, first: usize, n: &Numeral) -> Option<OrdinalMention> {
    let mut i = r.past_hyphen(n.end);
    let led = matches!(r.word(i), word::TO | word::FROM);
    if led {
        i = r.past_hyphen(i + 1) + usize::from(r.word(i + 1) == word::THE);
    }
    let back = u32::try_from(n.value).ok().filter(|_| r.word(i) == word::LAST || led && r.word(i) == word::END);
    if let Some(back) = back.and_then(|b| b.checked_sub(1)) {
        return Some(mention(r, Ordinal::FromEnd(back), first, i + 1));
    }
    context::ordinal_stands(r, first, n).then(|| mention(r, Ordinal::Nth(n.value), first, n.end))
}

/// "last", "next one", "penultimate", "next to last", "last but one", "the one before the last".
pub(super) fn relative(r: &LexedText<'_>, at: usize) -> Option<OrdinalMention> {
    if let Some(found) = before_last(r, at) {
        return Some(found);
    }
    let place = r.sense(at).place?;
    let mut i = at + 1;
    match r.word(at) {
        // "next to last", "next-to-last"; "next to the door" is no order.
        word::NEXT if r.word(r.past_hyphen(i)) == word::TO => {
            i = r.past_hyphen(r.past_hyphen(i) + 1);
            return (r.word(i) == word::LAST).then(|| mention(r, Ordinal::FromEnd(1), at, i + 1));
        }
        // "last but one"
        word::LAST if r.word(i) == word::BUT => {
            let back = r.sense(i + 1).cardinal?;
            return Some(mention(r, Ordinal::FromEnd(back), at, i + 2));
        }
        // "at last", "will last"
        word::LAST if r.before(at) == word::AT || r.sense_before(at).role.auxiliary => return None,
        _ => {}
    }
    // What is adjoined is a name or a compound, and "current" alone flows.
    let compound = r.hyphen(i) || at > 0 && r.hyphen(at - 1) || r.capital(at) && !r.opens(at);
    let noun = r.is_word(i) && !r.sense(i).role.stop;
    if compound || r.word(at) == word::CURRENT && !noun {
        return None;
    }
    if r.word(i) == word::ONE && !noun_follows(r, i + 1) {
        i += 1;
    }
    let ordinal = match place.origin {
        Origin::End => Ordinal::FromEnd(u32::try_from(-place.by).ok()?),
        Origin::Here => Ordinal::FromHere(place.by),
    };
    Some(mention(r, ordinal, at, i))
}

/// "the one before the last (one)": the article or "one" is at `at`.
fn before_last(r: &LexedText<'_>, at: usize) -> Option<OrdinalMention> {
    let one = at + usize::from(r.word(at) == word::THE);
    let words = r.word(one) == word::ONE && r.word(one + 1) == word::BEFORE;
    let last = one + 2 + usize::from(r.word(one + 2) == word::THE);
    if !words || r.word(last) != word::LAST {
        return None;
    }
    let end = last + 1 + usize::from(r.word(last + 1) == word::ONE);
    Some(mention(r, Ordinal::FromEnd(1), at, end))
}

/// "one of the largest", "one of my stores"; "one of which" goes on from a noun that has been counted.
pub(super) fn one_of(r: &LexedText<'_>, n: &Numeral, first: usize) -> Option<OrdinalMention> {
    let of = r.word(n.end) == word::OF && r.is_word(n.end + 1) && !matches!(r.word(n.end + 1), word::WHICH);
    (n.pronoun && of).then(|| mention(r, Ordinal::OneOf, first, n.end))
}

fn noun_follows(r: &LexedText<'_>, at: usize) -> bool {
    r.is_word(at) && !r.sense(at).role.stop
}

/// "3-1", "2–2", "52 to 48": whole numbers that do not rise, without unit. `n` is the first of them.
pub(super) fn score(r: &LexedText<'_>, n: &Numeral, first: usize) -> Option<OrdinalMention> {
    let small = |v: Decimal| v < Decimal::ONE_THOUSAND;
    // "5-to-4"
    let mark = n.end + usize::from(r.hyphen(n.end) && r.word(n.end + 1) == word::TO);
    let dashed = r.dash(mark) && r.glued(mark) && r.glued(mark + 1);
    let stated = r.word(mark) == word::TO && r.before(first) != word::FROM;
    let next = mark + 1 + usize::from(stated && r.hyphen(mark + 1));
    if !n.plain || !small(n.value) || !dashed && !stated || !r.is_number(next) {
        return None;
    }
    let raw = r.raw(next);
    let other = raw.parse::<u32>().ok().filter(|_| raw.bytes().all(|b| b.is_ascii_digit())).map(Decimal::from)?;
    let end = next + 1;
    let goes_on = r.glued(end) && (r.is_word(end) || r.dash(end) && r.is_number(end + 1))
        || r.unit(end).is_some_and(|(unit, _)| unit.guard == Guard::Free || r.glued(end));
    (other <= n.value && small(other) && !goes_on).then(|| mention(r, Ordinal::Score(n.value, other), first, end))
}
