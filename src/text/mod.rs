//! Text as bytes and places: spans, lines, tokens, folding.
//!
//! Comes in: a `&str`. Goes out: spans into it. Nothing here knows what a document, a value or a rule is,
//! and nothing here ever copies text in order to change it without keeping the way back.

mod address;
mod fold;
mod json;
mod lemma;
mod line;
mod parsed;
mod safe;
mod spelling;
mod token;
mod wrap;

pub(crate) use address::address;
pub use fold::{fold, fold_name, fold_words};
pub(crate) use json::{append_json, json_line, json_pretty};
pub use lemma::{content_lemma, lemmas};
pub(crate) use line::count_bytes;
pub use line::{LineIndex, Position};
pub use parsed::parser_words;
pub use safe::safe;
pub(crate) use safe::{is_plain, safe_char};
pub(crate) use spelling::{abbreviates, spelling};
pub use token::{Token, TokenKind, tokenise, tokenise_into};
pub(crate) use wrap::{hanging, wrapped};

use serde::{Deserialize, Serialize};

/// Words in one line, with a single space between them.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Longest text that says one thing, in bytes.
const BRIEF: usize = 400;

/// Whether a text says one thing: it is a sentence or two.
pub(crate) fn is_brief(text: &str) -> bool {
    text.len() <= BRIEF
}

/// Sorted and disjoint spans that cover the same as these, without empty ones.
pub(crate) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|s| s.start < s.end);
    spans.sort();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// A half-open range of bytes in one text. `start <= end`, and both lie on character boundaries.
///
/// Offsets are `u32`: a text of 4 GiB or more is refused by the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// The bytes as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words under the span. Empty when the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Number of bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether no byte lies in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside, ends included.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The least span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
