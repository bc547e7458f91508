//! Language: every sentence analysed once. Tokens, parts of speech, lemmas, heads and labels of a dependency tree.
//!
//! Comes in: the text of one sentence. Goes out: its [`Tree`]. The models are small networks with integer weights, in `models/` (how they were trained and what they reach:
//! `models/README.md`), so that every machine gives the same tree. Labels are those of Universal Dependencies.

pub mod label;
pub mod lemma;
pub mod tag;
pub(crate) mod token;
pub mod tree;
pub mod weights;

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::Span;

pub use label::Label;
pub use tag::Tag;

static TAGS: LazyLock<tag::Net> = LazyLock::new(|| tag::Net::new(include_bytes!("../../models/tags.bin")));
static TREES: LazyLock<tree::Net> = LazyLock::new(|| tree::Net::new(include_bytes!("../../models/trees.bin")));
static LEMMAS: LazyLock<lemma::Rules> = LazyLock::new(|| lemma::Rules::new(include_str!("../../models/lemmas.txt")));

/// Longest sentence that gets a tree, in tokens: what is longer is a list or no prose, and every token hangs on the first.
const LONGEST: usize = 200;
/// The apostrophe of printed texts; alone it is a quotation mark.
const CURLY: &str = "\u{2019}";

/// What stands in for a day of several words, and for a time of the clock.
const DAY: &str = "Monday";
const CLOCK: &str = "noon";

/// Most words before the time that opens a sentence.
const OPENING: usize = 2;

/// The part of speech of a further word of a time.
fn part(word: &str) -> Tag {
    match word.chars().next() {
        Some(c) if c.is_ascii_digit() => Tag::Num,
        Some(c) if c.is_alphabetic() => Tag::Propn,
        _ => Tag::Punct,
    }
}

/// A word or mark of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands in the document.
    pub span: Span,
    /// Its lemma, in lower case unless it is a name.
    pub lemma: Box<str>,
    /// Its part of speech.
    pub tag: Tag,
    /// The token that governs it; its own number for the head of the sentence.
    pub head: u16,
    /// What it is to its head.
    pub label: Label,
}

/// A sentence with its dependency tree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tree {
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

/// A word with its apostrophe as most of the treebank has it.
fn straight(word: &str) -> Cow<'_, str> {
    if word.len() > CURLY.len() && word.contains(CURLY) { word.replace(CURLY, "'").into() } else { word.into() }
}

/// The words that the models see as one: from the first of its tokens to the last, none for a comma that is not there, and
/// the word that stands in for them.
struct Unit<'t> {
    first: usize,
    last: usize,
    word: Cow<'t, str>,
}

/// The units of a sentence: its words, and each of the `times` that names a day or a time of the clock, which the treebank
/// has in too many forms.
fn units<'t>(text: &'t str, spans: &[Span], times: &[Span]) -> Vec<Unit<'t>> {
    let mut out: Vec<Unit<'t>> = Vec::with_capacity(spans.len());
    let mut at = 0;
    while at < spans.len() {
        let time = times.iter().find(|t| t.overlaps(spans[at])).map(|t| {
            let past = spans[at..].iter().take_while(|s| t.overlaps(**s)).count();
            (at, at + past)
        });
        // "By", "the start of" and "early" before a day keep their places.
        let day = |s: &Span| s.of(text).starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
        let word = time.filter(|(first, last)| last - first > 1 && day(&spans[*first])).and_then(|(first, last)| {
            let all = || spans[first..last].iter().map(|s| s.of(text));
            if all().any(|w| w == ":" || matches!(w, "am" | "pm" | "a.m" | "p.m" | "AM" | "PM")) {
                Some((last, CLOCK))
            } else {
                all().any(|w| w.starts_with(char::is_uppercase)).then_some((last, DAY))
            }
        });
        let (last, word) = match word {
            Some((last, word)) => (last, word.into()),
            None => (at + 1, straight(spans[at].of(text))),
        };
        out.push(Unit { first: at, last, word });
        // "In June 2024 Norvik opened a yard", "it opened on Monday and Ada Holt sang" want a comma behind the time.
        let named = |at: usize| {
            let capital = |s: &&Span| s.of(text).starts_with(char::is_uppercase);
            spans.get(at).filter(capital).is_some_and(|s| !times.iter().any(|t| t.overlaps(*s)))
        };
        let joined = || spans.get(last).is_some_and(|s| matches!(s.of(text), "and" | "but")) && named(last + 1);
        if time.is_some_and(|(_, end)| end <= last) && (at <= OPENING && named(last) || joined()) {
            out.push(Unit { first: last, last, word: ",".into() });
        }
        at = last;
    }
    out
}

impl Tree {
    /// Analyses the part of a text under `within`, which is one sentence; `times` are the spans in it that name times.
    pub fn of(text: &str, within: Span, times: &[Span]) -> Tree {
        let spans = token::words(text, within);
        let units = units(text, &spans, times);
        let seen: Vec<tag::Seen> = units.iter().map(|u| tag::Seen::of(&u.word)).collect();
        let tags = tag::tag(&seen, &TAGS);
        let governed = if units.len() <= LONGEST {
            tree::parse(&seen, &tags, &TREES)
        } else {
            (0..units.len()).map(|i| if i == 0 { (units.len(), Label::Root) } else { (0, Label::Dep) }).collect()
        };
        // What hangs on a comma that is not there hangs on the word before it.
        let place = |head: usize| units[..=head].iter().rfind(|u| u.first < u.last).map(|u| u.first);
        let mut tokens = Vec::with_capacity(spans.len());
        for (i, unit) in units.iter().enumerate() {
            let (head, label) = governed[i];
            for (at, &span) in (unit.first..).zip(&spans[unit.first..unit.last]) {
                let word = straight(span.of(text));
                let token = |tag, head: usize, label| Token {
                    span,
                    lemma: LEMMAS.lemma(&word, tag).into(),
                    tag,
                    head: head as u16,
                    label,
                };
                tokens.push(if at == unit.first {
                    token(tags[i], if head < units.len() { place(head).unwrap_or(at) } else { at }, label)
                } else {
                    token(part(&word), unit.first, Label::Flat)
                });
            }
        }
        Tree { tokens }
    }

    /// The token that governs another; `None` at the head of the sentence.
    pub fn head(&self, at: usize) -> Option<usize> {
        let head = usize::from(self.tokens.get(at)?.head);
        (head != at).then_some(head)
    }

    /// The tokens that hang on another, from left to right.
    pub fn children(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |i| self.head(*i) == Some(of))
    }

    /// The first token that hangs on another under one of some labels.
    pub fn child(&self, of: usize, labels: &[Label]) -> Option<usize> {
        self.children(of).find(|c| labels.contains(&self.tokens[*c].label))
    }

    /// The token of a span that governs its others; `None` where no token lies in it.
    pub fn top(&self, span: Span) -> Option<usize> {
        let within = |i: usize| span.overlaps(self.tokens[i].span);
        let all = (0..self.tokens.len()).filter(|i| within(*i) && self.tokens[*i].tag != Tag::Punct);
        all.clone().find(|i| self.head(*i).is_none_or(|h| !within(h))).or_else(|| all.clone().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every token with its lemma, label and head, as far as it is no mark.
    fn check(text: &str, expected: &str) {
        let tree = Tree::of(text, Span::new(0, text.len()), &[]);
        let shown = tree.tokens.iter().filter(|t| t.tag != Tag::Punct).map(|t| {
            let head = &tree.tokens[usize::from(t.head)];
            format!("{} {} {}", t.lemma, t.label.name(), head.lemma)
        });
        assert_eq!(shown.collect::<Vec<_>>().join(", "), expected);
    }

    #[test]
    fn models_are_whole() {
        assert!(!TAGS.is_empty() && !TREES.is_empty());
        assert!(include_str!("../../models/frequency.txt").lines().count() > 5000);
    }

    #[test]
    fn trees() {
        check(
            "The council rejected the new plan on Monday.",
            "the det council, council nsubj reject, reject root reject, the det plan, new amod plan, plan obj reject, \
             on case Monday, Monday obl reject",
        );
        check(
            "It was built by two brothers.",
            "it nsubj:pass build, be aux:pass build, build root build, by case brother, two nummod brother, \
             brother obl:agent build",
        );
    }

    #[test]
    fn no_text_has_no_tree_and_a_long_one_a_flat_one() {
        assert!(Tree::of("", Span::new(0, 0), &[]).tokens.is_empty());
        let long = "many words ".repeat(LONGEST);
        let tree = Tree::of(&long, Span::new(0, long.len()), &[]);
        assert!(tree.tokens.iter().skip(1).all(|t| t.head == 0));
    }

    #[test]
    fn the_top_of_a_span_governs_the_rest_of_it() {
        let text = "The bridge cost the county 38 million pounds.";
        let tree = Tree::of(text, Span::new(0, text.len()), &[]);
        let top = tree.top(Span::new(27, 44)).map(|t| tree.tokens[t].span.of(text));
        assert_eq!(top, Some("pounds"));
    }
}
