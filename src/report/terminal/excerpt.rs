//! The line of a source that carries a value, made ready for annotate-snippets.

use std::ops::Range;

use crate::source::Document;
use crate::text::Span;

use crate::report::safe;

/// One line of text with a marked range, harmless for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The line on which the span begins, on to the end of the line on which it ends; breaks inside are spaces.
    pub text: String,
    /// The marked bytes of `text`; as many characters stand before it as before the span on its line, so that
    /// the column that is printed is the true one.
    pub marked: Range<usize>,
    /// Line, from 1.
    pub line: u32,
}

/// Cuts the excerpt for a span. Linear in the length of its lines.
pub(super) fn excerpt(document: &Document, span: Span) -> Excerpt {
    let text = &document.text;
    let first = document.lines.position(text, span.start).line;
    let last = document.lines.position(text, span.end.max(span.start + 1) - 1).line;
    let start = document.lines.line(text, first).map_or(span.start, |l| l.start);
    let end = document.lines.line(text, last).map_or(span.end, |l| l.end.max(span.end));
    let mut out = safe(Span { start, end: span.start }.of(text)).into_owned();
    let from = out.len();
    out.push_str(&safe(span.of(text)));
    let to = out.len();
    out.push_str(&safe(Span { start: span.end, end }.of(text)));
    Excerpt { text: out, marked: from..to, line: first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str) -> (u32, String, String) {
        let start = text.find(words).unwrap();
        let excerpt = excerpt(&Document::from_text("a.txt", text), Span::new(start, start + words.len()));
        (excerpt.line, excerpt.text[excerpt.marked.clone()].to_owned(), excerpt.text)
    }

    #[test]
    fn lines() {
        assert_eq!(check("one\ntwo 2 three\nfour", "2"), (2, "2".into(), "two 2 three".into()));
        assert_eq!(
            check("one\ntwo hund\nred three\n", "hund\nred"),
            (2, "hund red".into(), "two hund red three".into())
        );
        assert_eq!(check("\u{1b}[1mé 3\u{7}\n", "3"), (1, "3".into(), "\u{fffd}[1mé 3\u{fffd}".into()));
    }
}
