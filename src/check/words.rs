//! The words of a segment, cut once, and stretches of it that checks ask questions of.
//!
//! Comes in: a segment of a document. Goes out: what stands before, between and behind its figures, as words in lower case
//! and as the rules know them. No check cuts text itself.

use std::cell::OnceCell;
use std::ops::Range;

use crate::rule::{Lookup, Term, Words};
use crate::text::{Span, TokenKind, tokenise};

/// The lexicon of words that begin another statement.
const CLAUSES: &str = "clauses";
/// Words of the longest term that is looked for at the end of a stretch.
const TERM: usize = 3;

/// A segment with its words, which are cut when they are first asked for.
#[derive(Debug)]
pub(super) struct CutText<'a> {
    document: &'a str,
    lookup: &'a Lookup,
    /// Where it stands.
    pub(super) span: Span,
    words: OnceCell<LowerWords>,
    known: OnceCell<Vec<Words>>,
}

/// The words of a segment without marks, in lower case.
#[derive(Debug)]
struct LowerWords {
    /// Where each stands in the document.
    spans: Vec<Span>,
    /// All of them, one right behind the other, and the bytes of each in it.
    lower: String,
    bytes: Vec<Range<usize>>,
}

/// A part of a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'s> {
    of: &'s CutText<'s>,
    /// Where it stands.
    pub(super) span: Span,
}

impl<'a> CutText<'a> {
    /// Cuts nothing yet.
    pub(super) fn new(document: &'a str, lookup: &'a Lookup, span: Span) -> CutText<'a> {
        CutText { document, lookup, span, words: OnceCell::new(), known: OnceCell::new() }
    }

    fn words(&self) -> &LowerWords {
        self.words.get_or_init(|| {
            let tokens = tokenise(self.document, self.span).into_iter().filter(|t| t.kind != TokenKind::Mark);
            let mut out = LowerWords { spans: Vec::new(), lower: String::new(), bytes: Vec::new() };
            for token in tokens {
                let from = out.lower.len();
                out.lower.extend(token.span.of(self.document).chars().flat_map(char::to_lowercase));
                out.spans.push(token.span);
                out.bytes.push(from..out.lower.len());
            }
            out
        })
    }

    fn known(&self) -> &[Words] {
        self.known.get_or_init(|| {
            let words = self.words();
            words.bytes.iter().map(|w| self.lookup.words(&words.lower[w.clone()])).collect()
        })
    }

    /// The part of it between two bytes of the document; empty where it ends before it begins.
    pub(super) fn cut(&self, from: u32, to: u32) -> Stretch<'_> {
        let from = from.clamp(self.span.start, self.span.end);
        let to = to.clamp(from, self.span.end);
        Stretch { of: self, span: Span { start: from, end: to } }
    }

    /// All of it.
    pub(super) fn all(&self) -> Stretch<'_> {
        self.cut(self.span.start, self.span.end)
    }
}

impl<'s> Stretch<'s> {
    /// As it is written.
    pub(super) fn text(self) -> &'s str {
        self.of.document.get(self.span.start as usize..self.span.end as usize).unwrap_or_default()
    }

    /// Whether one of some marks stands in it.
    pub(super) fn has(self, marks: &[char]) -> bool {
        self.text().contains(marks)
    }

    /// Whether it begins with one of some marks, white space apart.
    pub(super) fn opens(self, marks: &[char]) -> bool {
        self.text().trim_start().starts_with(marks)
    }

    /// Whether it ends with one of some marks, white space apart.
    pub(super) fn ends(self, marks: &[char]) -> bool {
        self.text().trim_end().ends_with(marks)
    }

    /// The part of it between two of its bytes.
    pub(super) fn bytes(self, from: usize, to: usize) -> Stretch<'s> {
        self.of.cut(self.span.start + from as u32, self.span.start + to as u32)
    }

    /// As far as the first of some marks.
    pub(super) fn until(self, marks: &[char]) -> Stretch<'s> {
        self.bytes(0, self.text().find(marks).unwrap_or(self.text().len()))
    }

    /// From behind the last of some marks.
    pub(super) fn since(self, marks: &[char]) -> Stretch<'s> {
        let text = self.text();
        let behind = |at: usize| at + text[at..].chars().next().map_or(0, char::len_utf8);
        self.bytes(text.rfind(marks).map_or(0, behind), text.len())
    }

    /// The places of its words among those of the segment.
    fn places(self) -> Range<usize> {
        let spans = &self.of.words().spans;
        let from = spans.partition_point(|s| s.start < self.span.start);
        from..spans.partition_point(|s| s.end <= self.span.end).max(from)
    }

    /// How many words it has.
    pub(super) fn len(self) -> usize {
        self.places().len()
    }

    /// Its words in lower case, without marks.
    pub(super) fn lower(self) -> Vec<&'s str> {
        let words = self.of.words();
        words.bytes[self.places()].iter().map(|w| &words.lower[w.clone()]).collect()
    }

    /// Its words as they are written.
    pub(super) fn written(self) -> Vec<&'s str> {
        self.of.words().spans[self.places()].iter().map(|w| w.of(self.of.document)).collect()
    }

    /// Its words as the rules know them.
    pub(super) fn known(self) -> &'s [Words] {
        &self.of.known()[self.places()]
    }

    /// The words between two places among its own.
    pub(super) fn slice(self, from: usize, to: usize) -> Stretch<'s> {
        let places = self.places();
        let spans = &self.of.words().spans[places.start..places.end.min(places.start.saturating_add(to))];
        match spans.get(from..) {
            Some([first, .., last]) => self.of.cut(first.start, last.end),
            Some([one]) => self.of.cut(one.start, one.end),
            _ => self.of.cut(self.span.end, self.span.end),
        }
    }

    /// Its first words, as many as that.
    pub(super) fn head(self, most: usize) -> Stretch<'s> {
        self.slice(0, most)
    }

    /// Its last words, as many as that.
    pub(super) fn tail(self, most: usize) -> Stretch<'s> {
        self.slice(self.len().saturating_sub(most), usize::MAX)
    }

    /// Its first word in lower case; empty where it has none.
    pub(super) fn first(self) -> &'s str {
        self.lower().first().copied().unwrap_or_default()
    }

    /// Its last word in lower case; empty where it has none.
    pub(super) fn last(self) -> &'s str {
        self.lower().last().copied().unwrap_or_default()
    }

    /// Whether one of some words stands in it.
    pub(super) fn any(self, words: &[&str]) -> bool {
        self.lower().iter().any(|w| words.contains(w))
    }

    /// The first term of a lexicon that stands in it: at which of its words, how many, and which.
    pub(super) fn term(self, lexicon: &str, class: Option<&str>) -> Option<(usize, usize, &'s Term)> {
        let (known, terms) = (self.known(), self.of.lookup.terms(lexicon));
        (0..known.len()).find_map(|at| terms.at(&known[at..], class).map(|(n, term)| (at, n, term)))
    }

    /// Whether a term of a lexicon stands in it.
    pub(super) fn holds(self, lexicon: &str, class: Option<&str>) -> bool {
        self.term(lexicon, class).is_some()
    }

    /// The term of a lexicon with which it begins, and how many words that has.
    pub(super) fn begins(self, lexicon: &str, class: Option<&str>) -> Option<(usize, &'s Term)> {
        self.of.lookup.terms(lexicon).at(self.known(), class)
    }

    /// The longest term of a lexicon that ends with it.
    pub(super) fn closing(self, lexicon: &str) -> Option<&'s Term> {
        let (known, terms) = (self.known(), self.of.lookup.terms(lexicon));
        let ends = |from: usize| terms.at(&known[from..], None).filter(|(n, _)| from + n == known.len());
        (known.len().saturating_sub(TERM)..known.len()).find_map(ends).map(|(_, term)| term)
    }

    /// Whether a verb stands in it.
    pub(super) fn verb(self) -> bool {
        self.verbs().contains(&true)
    }

    /// Which of its words are verbs.
    pub(super) fn verbs(self) -> Vec<bool> {
        let known = |lexicon: &str, word: &Words| self.of.lookup.terms(lexicon).at(&[*word], None).is_some();
        let verb = |(lower, word): (&str, &Words)| {
            let past = lower.len() > 4 && lower.ends_with("ed");
            past || known("auxiliaries", word) || known("irregular", word)
        };
        self.lower().into_iter().zip(self.known()).map(verb).collect()
    }

    /// Whether it begins with "of them", so that what stands before it is a part of something.
    pub(super) fn of_them(self) -> bool {
        matches!(self.head(2).lower()[..], ["of", "them" | "these" | "those" | "whom" | "which"])
    }

    /// Its parts that do not stand in brackets.
    pub(super) fn outside(self) -> Vec<Stretch<'s>> {
        let (mut out, mut from, mut depth) = (Vec::new(), 0, 0_u32);
        let text = self.text();
        for (at, mark) in text.match_indices(['(', ')']) {
            if depth == 0 {
                out.push(self.bytes(from, at));
            }
            depth = if mark == "(" { depth + 1 } else { depth.saturating_sub(1) };
            from = at + mark.len();
        }
        if depth == 0 {
            out.push(self.bytes(from, text.len()));
        }
        out
    }

    /// What stands behind its first words, as many as that.
    pub(super) fn behind_words(self, words: usize) -> Stretch<'s> {
        self.of.cut(self.head(words).span.end, self.span.end)
    }

    /// Whether it has at most so many words, and none that begins another statement, save those that `let_pass` allows.
    pub(super) fn one_statement(self, most: usize, let_pass: &[&str]) -> bool {
        self.len() <= most && !self.has(&[';']) && !self.another(CLAUSES, let_pass)
    }

    /// Whether a term that begins another statement stands in it; "the year before" and "and so" begin none.
    pub(super) fn another(self, lexicon: &str, let_pass: &[&str]) -> bool {
        let (lower, known, terms) = (self.lower(), self.known(), self.of.lookup.terms(lexicon));
        let mut at = 0;
        while at < known.len() {
            match terms.at(&known[at..], None) {
                Some((n, term)) if &*term.class == "joined" => at += n,
                Some((1, _)) if let_pass.contains(&lower[at]) => at += 1,
                Some(_) => return true,
                None => at += 1,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;

    /// Asks a text something.
    fn ask<T>(text: &str, question: impl FnOnce(Stretch<'_>) -> T) -> T {
        question(CutText::new(text, EXTRACTOR.lookup(), Span::new(0, text.len())).all())
    }

    #[test]
    fn stretches() {
        let check = |text: &str, part: &dyn Fn(Stretch<'_>) -> Stretch<'_>, expected: &[&str]| {
            ask(text, |s| assert_eq!(part(s).lower(), expected, "{text}"));
        };
        check("The North Pier, in £5 boats", &|s| s, &["the", "north", "pier", "in", "5", "boats"]);
        check("One, two; three", &|s| s.until(&[',', ';']), &["one"]);
        check("One, two; three", &|s| s.since(&[',', ';']), &["three"]);
        check("one two", &|s| s.until(&[';']), &["one", "two"]);
        check("one two", &|s| s.since(&[';']), &["one", "two"]);
        check("one “two” three", &|s| s.since(&['”']), &["three"]);
        check("one two three", &|s| s.tail(2), &["two", "three"]);
        check("one two three", &|s| s.tail(9), &["one", "two", "three"]);
        check("one two three", &|s| s.head(0), &[]);
        check("one two three", &|s| s.slice(2, usize::MAX), &["three"]);
        check("one two three", &|s| s.slice(3, 4), &[]);
        check("one two three", &|s| s.slice(2, 1), &[]);
        check("of them, at home", &|s| s.behind_words(2), &["at", "home"]);
        check("", &|s| s.tail(1), &[]);
        ask("of them, at home", |s| assert_eq!(s.behind_words(2).text(), ", at home"));
    }

    #[test]
    fn outside_brackets() {
        let check = |text: &str, expected: &[&str]| {
            ask(text, |s| assert_eq!(s.outside().iter().map(|p| p.text()).collect::<Vec<_>>(), expected, "{text}"));
        };
        check("a (b) c", &["a ", " c"]);
        check("a (b (c) d) e", &["a ", " e"]);
        check("a (b", &["a "]);
        check("a) b", &["a", " b"]);
        check("a b", &["a b"]);
    }

    #[test]
    fn one_statement_or_two() {
        let check = |text: &str, expected: bool| {
            ask(text, |s| assert_eq!(s.one_statement(5, &["or"]), expected, "{text}"));
        };
        check("had a boat", true);
        check("had a boat, or two", true);
        check("than the year before", true);
        check("had a boat and sold", false);
        check("had a boat; sold", false);
        check("had a boat of some great age", false);
    }

    #[test]
    fn terms_and_verbs() {
        ask("up compared with", |s| assert_eq!(s.closing("compared").map(|t| &*t.key), Some("compared with")));
        ask("compared with a", |s| assert_eq!(s.closing("compared").map(|t| &*t.key), None));
        ask("it was painted red", |s| assert_eq!(s.verbs(), [false, true, true, false]));
        ask("of these two", |s| assert!(s.of_them()));
        ask("two of these", |s| assert!(!s.of_them()));
    }
}
