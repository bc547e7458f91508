//! The figures of one segment in their order, with the words round them.
//!
//! For all checks that ask how figures are told together: "234 of 1,204 (19.4 per cent)", "300 tickets at $15 each". Comes
//! in: a segment. Goes out: its figures; nothing is computed here.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::segment::{Segment, SegmentKind};
use crate::text::Span;
use crate::value::{Bound, Interval, Quantity, Shape, TimeValue, Value};

use super::CheckContext;
use super::words::{CutText, Stretch};

/// Tenths by which a share in words may be off: "a quarter" is a way of speaking.
const LOOSE: i64 = 1;

/// A figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure<'a> {
    /// Its claim, by index.
    pub(super) at: u32,
    /// Where it stands.
    pub(super) span: Span,
    /// Its words.
    pub(super) text: &'a str,
    /// What it is.
    pub(super) quantity: &'a Quantity,
}

impl Figure<'_> {
    /// Whether it counts things, or is a bare number.
    pub(super) fn counts(&self) -> bool {
        self.quantity.shape == Shape::Number && counts(self.quantity)
    }

    /// Its number, where it is stated as it is and not as a bound.
    pub(super) fn number(&self) -> Option<Decimal> {
        let plain = matches!(self.quantity.bound, Bound::Exact | Bound::Approx);
        self.quantity.number.filter(|n| plain && n.is_sign_positive() && !n.is_zero())
    }

    /// Whether it is a share in words: "a quarter".
    pub(super) fn is_fraction(&self) -> bool {
        self.counts() && self.number().is_some_and(|n| n < Decimal::ONE)
    }

    /// Whether it is a share, in per cent or in words.
    pub(super) fn is_share(&self) -> bool {
        self.quantity.shape == Shape::Percent && &*self.quantity.unit.name == "percent" || self.is_fraction()
    }

    /// What it states; a share in words in per cent, loosely.
    pub(super) fn interval(&self) -> Option<Interval> {
        if !self.is_fraction() {
            return Some(self.quantity.interval());
        }
        let loose = Interval::between(Decimal::new(10 - LOOSE, 1), Decimal::new(10 + LOOSE, 1));
        Interval::point(self.number()?.checked_mul(Decimal::ONE_HUNDRED)?).mul(&loose)
    }
}

/// Whether a quantity is a number of things, or a bare number.
pub(super) fn counts(quantity: &Quantity) -> bool {
    &*quantity.unit.dimension == "number" || quantity.unit.dimension.starts_with("count:")
}

/// The number of a quantity in the base unit of its dimension.
pub(super) fn base(quantity: &Quantity) -> Option<Decimal> {
    quantity.number?.checked_mul(quantity.unit.factor)
}

/// A segment with its figures.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    cut: CutText<'a>,
    /// The claims that it makes, with the index of the first.
    claims: (u32, &'a [Claim]),
    /// Where it stands.
    pub(super) span: Span,
    /// Whether it is a sentence of the text: no cell, no heading, no boilerplate.
    pub(super) prose: bool,
    /// Whether the segment before it is one as well, of the same paragraph.
    pub(super) goes_on: bool,
    /// In the order of the text, none within another.
    pub(super) figures: Vec<Figure<'a>>,
}

impl<'a> Sentence<'a> {
    /// The segments of a document, each with its figures, in the order of the text.
    pub(super) fn all(context: &CheckContext<'a>, source: u32) -> Vec<Sentence<'a>> {
        let mut before: Option<u32> = None;
        let segments = context.segments[source as usize].iter();
        let of = |segment: &Segment| {
            let sentence = Sentence::new(context, source, segment, before);
            before = sentence.prose.then_some(segment.block);
            sentence
        };
        segments.map(of).collect()
    }

    fn new(context: &CheckContext<'a>, source: u32, segment: &Segment, before: Option<u32>) -> Sentence<'a> {
        let kind = matches!(segment.kind, SegmentKind::Sentence | SegmentKind::ListItem | SegmentKind::Standfirst);
        let prose = kind && !segment.noise;
        let text = context.text(source);
        let own = context.of_segment(source, segment.span.start);
        let mut figures: Vec<Figure<'a>> = Vec::new();
        for at in own.clone() {
            let claim = context.claim(at);
            let Value::Quantity(quantity) = &claim.value else { continue };
            let once = figures.last().is_none_or(|f| !f.span.overlaps(claim.value_span));
            if once && !claim.noise && claim.span == segment.span {
                let span = claim.value_span;
                figures.push(Figure { at, span, text: span.of(text), quantity });
            }
        }
        figures.sort_by_key(|f| f.span.start);
        Sentence {
            cut: CutText::new(text, context.compare.lookup, segment.span),
            claims: (own.start, &context.compare.claims[own.start as usize..own.end as usize]),
            span: segment.span,
            prose,
            goes_on: prose && before == Some(segment.block),
            figures,
        }
    }

    /// All of it.
    pub(super) fn whole(&self) -> Stretch<'_> {
        self.cut.all()
    }

    /// What stands between two bytes of the document.
    pub(super) fn cut(&self, from: u32, to: u32) -> Stretch<'_> {
        self.cut.cut(from, to)
    }

    /// What stands between two figures.
    pub(super) fn between(&self, a: &Figure<'_>, b: &Figure<'_>) -> Stretch<'_> {
        self.cut(a.span.end, b.span.start)
    }

    /// What stands before a figure.
    pub(super) fn before(&self, figure: &Figure<'_>) -> Stretch<'_> {
        self.cut(self.span.start, figure.span.start)
    }

    /// What stands behind a figure.
    pub(super) fn behind(&self, figure: &Figure<'_>) -> Stretch<'_> {
        self.cut(figure.span.end, self.span.end)
    }

    /// What stands from a figure on, itself with it.
    pub(super) fn from(&self, figure: &Figure<'_>) -> Stretch<'_> {
        self.cut(figure.span.start, self.span.end)
    }

    /// What it claims, with the index of each.
    pub(super) fn claims(&self) -> impl Iterator<Item = (u32, &'a Claim)> {
        (self.claims.0..).zip(self.claims.1)
    }

    /// The times that it claims.
    pub(super) fn times(&self) -> impl Iterator<Item = (u32, &'a Claim, &'a TimeValue)> {
        self.claims().filter_map(|(at, claim)| match &claim.value {
            Value::Time(time) => Some((at, claim, time)),
            _ => None,
        })
    }

    /// Whether each of two figures has a date of its own before it, that of the first the earlier: "in 1990 400, in 2020 300".
    pub(super) fn dated(&self, a: &Figure<'_>, b: &Figure<'_>) -> bool {
        let days = |from: u32, to: u32| -> Option<(Date, Date)> {
            let within = |c: &Claim| c.value_span.start >= from && c.value_span.end <= to;
            let (.., time) = self.times().find(|(_, c, t)| within(c) && t.earliest.is_some() && t.latest.is_some())?;
            time.earliest.zip(time.latest)
        };
        let (first, second) = (days(self.span.start, a.span.start), days(a.span.end, b.span.start));
        matches!((first, second), (Some(first), Some(second)) if first.1 < second.0)
    }
}
