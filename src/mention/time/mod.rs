//! Times: dates of every granularity, relative expressions, clock times.
//!
//! Comes in: a text, its tokens, the measure tables. Goes out: non-overlapping mentions in the order of the text, each
//! with an [`Expression`] that says what the words say, and [`resolve`], which turns it into a value. Lengths of
//! time are quantities and never found here. The wall clock is never read.

mod clock;
mod date;
mod grammar;
mod relative;
mod resolve;

use jiff::civil::Weekday;

use crate::rule::measure::{Grain, Part, Reading, Slot};
use crate::text::Span;

pub use resolve::{complete, resolve};

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
}

/// What the words of a time say, before anything is resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// Calendar parts as far as they are named; at least one of them is.
    Date {
        /// The year.
        year: Option<i16>,
        /// 1 to 12.
        month: Option<i8>,
        /// 1 to 31.
        day: Option<i8>,
        /// The weekday named beside it, or alone.
        weekday: Option<Weekday>,
    },
    /// A quarter of a year.
    Quarter {
        /// The year, if named.
        year: Option<i16>,
        /// 1 to 4.
        quarter: i8,
    },
    /// A half of a year.
    Half {
        /// The year, if named.
        year: Option<i16>,
        /// 1 or 2.
        half: i8,
    },
    /// A season, by its EDTF number: 21 spring to 24 winter.
    Season {
        /// The year, if named.
        year: Option<i16>,
        /// 21 to 24.
        season: i8,
    },
    /// Ten years from `start`.
    Decade {
        /// 1990 for "the 1990s".
        start: i16,
    },
    /// A century: 19 for "the 19th century".
    Century {
        /// Its number.
        number: i8,
    },
    /// "early 2024", "the end of 2028".
    Part {
        /// Which part.
        part: Part,
        /// Of what.
        of: Box<Expression>,
    },
    /// "March and April", "2019–2021".
    Span {
        /// Where it begins.
        from: Box<Expression>,
        /// Where it ends, inclusive.
        to: Box<Expression>,
    },
    /// "by 2028", "since March": never with [`Slot::At`].
    Bounded {
        /// On which side.
        slot: Slot,
        /// Of what.
        of: Box<Expression>,
    },
    /// "yesterday" -1, "today" 0, "tomorrow" 1.
    Day(i32),
    /// "last year", "this quarter", "the following month".
    Shift {
        /// Unit of the calendar.
        grain: Grain,
        /// How many units on.
        by: i32,
        /// What it is counted from.
        anchor: Anchor,
    },
    /// "last Thursday", "next May": the named one `by` places on.
    Named {
        /// -1 last, 0 this, 1 next.
        by: i32,
        /// A date with only a weekday or a month, or a season.
        of: Box<Expression>,
    },
    /// "the first Monday of October 2014", "the last week of May", "Friday of next week".
    Nth {
        /// From 1; -1 is the last.
        place: i32,
        /// Unit of the calendar; [`Grain::Day`] where a weekday is named.
        grain: Grain,
        /// The weekday that is counted.
        weekday: Option<Weekday>,
        /// Within what.
        of: Box<Expression>,
    },
    /// "two weeks ago", "three days earlier". Without a number ("a few weeks ago") it cannot be resolved.
    Offset {
        /// How many units; negative is earlier.
        amount: Option<i32>,
        /// -1 earlier, 1 later.
        direction: i32,
        /// Unit of the calendar.
        grain: Grain,
        /// What it is counted from.
        anchor: Anchor,
        /// The time it is counted from, where the words name it ("two weeks before May 19").
        from: Option<Box<Expression>>,
    },
    /// A time of day, with the date when one stands beside it.
    Clock {
        /// 0 to 23.
        hour: i8,
        /// 0 to 59.
        minute: i8,
        /// 0 to 59.
        second: i8,
        /// The day, if named.
        date: Option<Box<Expression>>,
    },
}

/// What a time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// Nothing: the words suffice.
    Own,
    /// The date of the document ("last year", "two weeks ago").
    Document,
    /// Another time in the text ("two weeks earlier", "the same month"): the document's date is the wrong reference.
    Text,
}

impl Expression {
    /// What has to be known to resolve it.
    pub fn anchor(&self) -> Anchor {
        match self {
            Expression::Day(_) | Expression::Named { .. } => Anchor::Document,
            Expression::Offset { from: Some(from), .. } => from.anchor(),
            Expression::Shift { anchor, .. } | Expression::Offset { anchor, .. } => *anchor,
            Expression::Part { of, .. } | Expression::Bounded { of, .. } | Expression::Nth { of, .. } => of.anchor(),
            Expression::Span { from, to } => from.anchor().max(to.anchor()),
            Expression::Clock { date, .. } => date.as_ref().map_or(Anchor::Document, |d| d.anchor()),
            _ => Anchor::Own,
        }
    }
}

/// The time of day that an expression names.
pub fn clock(expression: &Expression) -> Option<jiff::civil::Time> {
    match expression {
        Expression::Clock { hour, minute, second, .. } => jiff::civil::Time::new(*hour, *minute, *second, 0).ok(),
        Expression::Bounded { of, .. } => clock(of),
        _ => None,
    }
}

/// All times among the tokens.
pub(super) fn scan(r: &Reading<'_>) -> Vec<TimeMention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < r.len() {
        match grammar::time(r, at) {
            Some((expression, first, end)) => {
                let expression = grammar::bounded(r, first, expression);
                out.push(TimeMention { span: r.span(first, end), first: first as u32, last: end as u32, expression });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests;
