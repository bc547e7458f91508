//! The values of a sentence: quantities, ordinals, times and quotations, settled against each other.
//!
//! Comes in: a text, its segments, the measure tables. Goes out: [`Values`], sentence by sentence, of a [`Reader`]. There is one road to
//! values: what `belie mentions` shows and what claims rest on is read here, by the same calls. Names, and words that
//! refer, are read elsewhere and cost nothing here.

use crate::rule::measure::{Lex, LexedText, Measures, Sense, Starts};
use crate::segment::Segment;
use crate::text::{Span, Token, tokenise, tokenise_into};
use crate::value::{Quantity, Shape};

use super::quantity::{self, OrdinalMention, Quantities, QuantityMention};
use super::quotation::quotations;
use super::time::{self, TimeMention};

/// The values of one sentence; each kind in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// Where the sentence stands.
    pub sentence: Span,
    /// Numbers with unit and bound, none where a time is read.
    pub amounts: Vec<QuantityMention>,
    /// Places in an order and scores; none overlaps an amount.
    pub ordinals: Vec<OrdinalMention>,
    /// Dates, times of day, rhythms.
    pub times: Vec<TimeMention>,
    /// Quoted words without their marks, as far as they are prose.
    pub quotes: Vec<Span>,
}

/// Reads one sentence after the other, in buffers that it keeps. Memory does not grow with the text.
pub struct Reader<'a> {
    text: &'a str,
    measures: &'a Measures,
    /// The tokens of the sentence read last, without those in holes.
    pub(super) tokens: Vec<Token>,
    lex: Vec<Lex>,
}

impl<'a> Reader<'a> {
    /// A reader of one text.
    pub fn new(text: &'a str, measures: &'a Measures) -> Reader<'a> {
        Reader { text, measures, tokens: Vec::new(), lex: Vec::new() }
    }

    /// Hands the values of every sentence of a segment to `each`, in the order of the text.
    pub fn values(&mut self, segment: &Segment, mut each: impl FnMut(Values)) {
        for sentence in pieces(self.text, segment.span) {
            each(self.read(segment, sentence));
        }
    }

    /// The values of a sentence of a segment.
    pub(super) fn read(&mut self, segment: &Segment, sentence: Span) -> Values {
        self.tokens.clear();
        tokenise_into(self.text, sentence, &mut self.tokens);
        let mut quotes = quotations(self.text, sentence);
        // Link targets and marks of emphasis are not prose.
        if !segment.holes.is_empty() {
            let holes = &segment.holes;
            self.tokens.retain(|t| {
                let next = holes.partition_point(|h| h.end <= t.span.start);
                !holes.get(next).is_some_and(|h| h.contains(t.span))
            });
            quotes.retain(|q| {
                let next = self.tokens.partition_point(|t| t.span.end <= q.start);
                self.tokens.get(next).is_some_and(|t| t.span.start < q.end)
            });
        }
        let lex = std::mem::take(&mut self.lex);
        let mut reading = LexedText::reusing(lex, self.text, &self.tokens, self.measures);
        let (Quantities { amounts, ordinals }, times) = settle(&mut reading);
        self.lex = reading.lex;
        Values { sentence, amounts, ordinals, times, quotes }
    }
}

/// All quantities and times of a text. Where both could be read, the time is.
pub fn recognise(text: &str, tokens: &[Token], measures: &Measures) -> (Vec<QuantityMention>, Vec<TimeMention>) {
    let (quantities, times) = settle(&mut LexedText::new(text, tokens, measures));
    (quantities.amounts, times)
}

/// Times first; what they leave is read as quantities.
fn settle(reading: &mut LexedText<'_>) -> (Quantities, Vec<TimeMention>) {
    let mut times = time::scan(reading);
    for t in &times {
        reading.hide(t.first as usize, t.last as usize);
    }
    reading.hide_addresses();
    let mut quantities = quantity::scan(reading);
    for q in &mut quantities.amounts {
        (q.first, q.last) = reading.tokens(q.first as usize, q.last as usize);
    }
    for t in &mut times {
        (t.first, t.last) = reading.tokens(t.first as usize, t.last as usize);
    }
    (quantities, times)
}

/// What may begin at a word of the tables.
pub(super) fn starts(word: u32, sense: &Sense) -> Starts {
    Starts { quantity: quantity::begins(word, sense), time: time::begins(word, sense) }
}

/// The length of time that the words of a time name ("six months" of "six months later"): all that is known of one
/// that hangs on a day that nobody knows.
pub fn length(text: &str, measures: &Measures) -> Option<(Span, Quantity)> {
    let tokens = tokenise(text, Span::new(0, text.len()));
    let reading = LexedText::new(text, &tokens, measures);
    let counted = |at: usize| reading.is_number(at) || reading.sense(at).cardinal.is_some();
    let found = quantity::scan(&reading).amounts.into_iter();
    found
        .filter(|m| m.quantity.shape == Shape::Duration && counted(m.first as usize))
        .map(|m| (m.span, m.quantity))
        .next()
}

/// Longest sentence in bytes. What is longer is no sentence (a table without line breaks, a page in one line) and is
/// read in pieces, so that cost stays linear.
const LONGEST: usize = 4_096;

/// A span whole, or cut at white space into pieces of at most [`LONGEST`] bytes.
pub(super) fn pieces(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let end = span.end as usize;
    let mut start = Some(span.start as usize);
    std::iter::from_fn(move || {
        let from = start?;
        if end - from <= LONGEST {
            start = None;
            return Some(Span::new(from, end));
        }
        let limit = (from + 1..=from + LONGEST).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(end);
        let cut = text[from..limit].rfind(char::is_whitespace).filter(|c| *c > 0).map_or(limit, |c| from + c);
        start = Some(cut);
        Some(Span::new(from, cut))
    })
}
