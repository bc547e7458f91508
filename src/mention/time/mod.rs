//! Times: dates of every granularity, relative expressions, clock times.
//!
//! Comes in: a text, its tokens, the measure tables. Goes out: non-overlapping mentions in the order of the text, each
//! with an [`Expression`] that says what the words say, and [`resolve`], which turns it into a value. Lengths of
//! time are quantities and never found here. The wall clock is never read.

mod attach;
mod clock;
mod count;
mod date;
mod expression;
mod holiday;
mod grammar;
mod lunar;
mod lunisolar;
mod timex;
mod numeric;
mod relative;
mod repeat;
mod resolve;
mod year;

use super::recognise::starts;
use crate::rule::measure::LexedText;
use crate::text::Span;

pub use expression::{Anchor, Expression};
pub(super) use grammar::begins;
pub use resolve::{complete, resolve};
pub use timex::{Lean, Reference, Timex, timex};

/// A time and the words it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMention {
    /// The words of the time, without the preposition before it.
    pub span: Span,
    /// First token of `span`.
    pub first: u32,
    /// Token behind `span`.
    pub last: u32,
    /// What the words say.
    pub expression: Expression,
    /// The times of day within it: "6:42" of "6:42 on 17 October", both ends of "9:12 to 16:40".
    pub clocks: Vec<(Span, Expression)>,
}

/// All times among the tokens.
pub(super) fn scan(r: &LexedText<'_>) -> Vec<TimeMention> {
    let mut out = Vec::new();
    let starts = r.measures.starts(starts);
    let mut at = 0;
    while let Some(lex) = r.lex.get(at) {
        if !starts[lex.word as usize].time && !grammar::numbered(r, lex) {
            at += 1;
            continue;
        }
        match grammar::time(r, at) {
            Some((expression, first, end)) => {
                let (expression, end) = grammar::bounded(r, first, end, expression);
                let clocks = clocks(r, first, end, &expression);
                out.push(TimeMention {
                    span: r.span(first, end),
                    first: first as u32,
                    last: end as u32,
                    expression,
                    clocks,
                });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

/// The times of day within a time, with their words.
fn clocks(r: &LexedText<'_>, first: usize, end: usize, whole: &Expression) -> Vec<(Span, Expression)> {
    let mut from = first;
    let mut out = Vec::new();
    for (time, slot) in whole.clocks() {
        let Some((first, last)) = clock::tokens_of(r, from, end, time) else { continue };
        let of = Expression::Clock { time, date: None };
        out.push((r.span(first, last), slot.map_or(of.clone(), |slot| Expression::Bounded { slot, of: Box::new(of) })));
        from = last;
    }
    out
}

#[cfg(test)]
mod tests;
