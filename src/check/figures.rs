//! The figures of one sentence in their order, with the words between them.
//!
//! For the checks that are code and ask how figures are told together: "234 of 1,204 (19.4 per cent)", "300 tickets at
//! $15 each". Comes in: a segment. Goes out: its figures; nothing is computed here.

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::rule::{Terms, Words, pieces};
use crate::segment::{Segment, SegmentKind};
use crate::text::Span;
use crate::value::{Bound, Quantity, Shape, Value};

use super::CheckContext;

/// The lexicon of words that begin another statement.
const CLAUSES: &str = "clauses";

/// A figure.
#[derive(Clone, Copy)]
pub(super) struct Figure<'a> {
    /// Its claim, by index.
    pub(super) at: u32,
    /// Where it stands.
    pub(super) span: Span,
    /// What it is.
    pub(super) quantity: &'a Quantity,
}

impl Figure<'_> {
    /// Whether it counts things, or is a bare number.
    pub(super) fn counts(&self) -> bool {
        let dimension = &*self.quantity.unit.dimension;
        self.quantity.shape == Shape::Number && (dimension == "number" || dimension.starts_with("count:"))
    }

    /// Its number, where it is stated as it is and not as a bound.
    pub(super) fn number(&self) -> Option<Decimal> {
        let plain = matches!(self.quantity.bound, Bound::Exact | Bound::Approx);
        self.quantity.number.filter(|n| plain && n.is_sign_positive() && !n.is_zero())
    }
}

/// A sentence with its figures.
pub(super) struct Sentence<'a> {
    context: &'a CheckContext<'a>,
    source: u32,
    span: Span,
    /// In the order of the text, none within another.
    pub(super) figures: Vec<Figure<'a>>,
}

/// The sentences of a document that hold figures.
pub(super) fn sentences<'a>(context: &'a CheckContext<'a>, source: u32) -> impl Iterator<Item = Sentence<'a>> {
    let prose = |s: &&Segment| {
        matches!(s.kind, SegmentKind::Sentence | SegmentKind::ListItem | SegmentKind::Standfirst) && !s.noise
    };
    context.segments[source as usize].iter().filter(prose).filter_map(move |segment| {
        let mut figures: Vec<Figure<'a>> = Vec::new();
        for at in context.of_segment(source, segment.span.start) {
            let claim: &Claim = context.claim(at);
            let Value::Quantity(quantity) = &claim.value else { continue };
            let once = figures.last().is_none_or(|f| !f.span.overlaps(claim.value_span));
            if once && !claim.noise && claim.span == segment.span {
                figures.push(Figure { at, span: claim.value_span, quantity });
            }
        }
        figures.sort_by_key(|f| f.span.start);
        (!figures.is_empty()).then_some(Sentence { context, source, span: segment.span, figures })
    })
}

impl<'a> Sentence<'a> {
    /// What checks see.
    pub(super) fn context(&self) -> &'a CheckContext<'a> {
        self.context
    }

    /// All of it.
    pub(super) fn text(&self) -> &'a str {
        self.span.of(self.context.text(self.source))
    }

    /// The terms of a lexicon.
    pub(super) fn terms(&self, lexicon: &str) -> &'a Terms {
        self.context.compare.lookup.terms(lexicon)
    }

    /// What stands between two figures.
    pub(super) fn between(&self, a: &Figure<'_>, b: &Figure<'_>) -> &'a str {
        self.context.cut(self.source, a.span.end, b.span.start)
    }

    /// What stands before a figure.
    pub(super) fn before(&self, figure: &Figure<'_>) -> &'a str {
        self.context.cut(self.source, self.span.start, figure.span.start)
    }

    /// What stands behind a figure.
    pub(super) fn behind(&self, figure: &Figure<'_>) -> &'a str {
        self.context.cut(self.source, figure.span.end, self.span.end)
    }

    /// What stands from a figure on, itself with it.
    pub(super) fn from(&self, figure: &Figure<'_>) -> &'a str {
        self.context.cut(self.source, figure.span.start, self.span.end)
    }

    /// Whether each of two figures has a date of its own before it, that of the first the earlier: "in 1990 400, in 2020 300".
    pub(super) fn dated(&self, a: &Figure<'_>, b: &Figure<'_>) -> bool {
        let dates = |from: u32, to: u32| {
            let all = self.context.of_segment(self.source, self.span.start);
            let within = move |c: &&'a Claim| c.value_span.start >= from && c.value_span.end <= to;
            all.map(|at| self.context.claim(at)).filter(within).find_map(|c| match &c.value {
                Value::Time(t) => t.earliest.zip(t.latest),
                _ => None,
            })
        };
        let (first, second) = (dates(self.span.start, a.span.start), dates(a.span.end, b.span.start));
        matches!((first, second), (Some(first), Some(second)) if first.1 < second.0)
    }

    /// The words of a text as the rules know them.
    pub(super) fn words(&self, text: &str) -> Vec<Words> {
        pieces(text).iter().map(|w| self.context.compare.lookup.words(w)).collect()
    }

    /// Whether a term of a lexicon stands in a text.
    pub(super) fn holds(&self, lexicon: &str, class: Option<&str>, text: &str) -> bool {
        let words = self.words(text);
        let terms = self.context.compare.lookup.terms(lexicon);
        (0..words.len()).any(|at| terms.at(&words[at..], class).is_some())
    }

    /// Whether a text has at most so many words, and none that begins another statement, save those that `let_pass` allows.
    pub(super) fn one_statement(&self, text: &str, most: usize, let_pass: &[&str]) -> bool {
        let all = pieces(text);
        let begins = |w: &&str| {
            let words = [self.context.compare.lookup.words(w)];
            !let_pass.contains(&w.to_lowercase().as_str())
                && self
                    .context
                    .compare
                    .lookup
                    .terms(CLAUSES)
                    .at(&words, None)
                    .is_some_and(|(_, t)| &*t.class != "joined")
        };
        all.len() <= most && !text.contains(';') && !all.iter().any(begins)
    }
}

/// The words of a text in lower case, without marks.
pub(super) fn plain(text: &str) -> Vec<String> {
    pieces(text).iter().map(|w| w.to_lowercase()).collect()
}
