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

impl Tree {
    /// Analyses the part of a text under `within`, which is one sentence.
    pub fn of(text: &str, within: Span) -> Tree {
        let spans = token::words(text, within);
        // "Can’t" is "can't".
        let words: Vec<Cow<'_, str>> = spans.iter().map(|s| straight(s.of(text))).collect();
        let seen: Vec<tag::Seen> = words.iter().map(|w| tag::Seen::of(w)).collect();
        let tags = tag::tag(&seen, &TAGS);
        let governed = if spans.len() <= LONGEST {
            tree::parse(&seen, &tags, &TREES)
        } else {
            (0..spans.len()).map(|i| if i == 0 { (spans.len(), Label::Root) } else { (0, Label::Dep) }).collect()
        };
        let tokens = spans.iter().enumerate().map(|(i, span)| Token {
            span: *span,
            lemma: LEMMAS.lemma(&words[i], tags[i]).into(),
            tag: tags[i],
            head: if governed[i].0 < spans.len() { governed[i].0 as u16 } else { i as u16 },
            label: governed[i].1,
        });
        Tree { tokens: tokens.collect() }
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
        let tree = Tree::of(text, Span::new(0, text.len()));
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
        assert!(Tree::of("", Span::new(0, 0)).tokens.is_empty());
        let long = "many words ".repeat(LONGEST);
        let tree = Tree::of(&long, Span::new(0, long.len()));
        assert!(tree.tokens.iter().skip(1).all(|t| t.head == 0));
    }

    #[test]
    fn the_top_of_a_span_governs_the_rest_of_it() {
        let text = "The bridge cost the county 38 million pounds.";
        let tree = Tree::of(text, Span::new(0, text.len()));
        let top = tree.top(Span::new(27, 44)).map(|t| tree.tokens[t].span.of(text));
        assert_eq!(top, Some("pounds"));
    }
}
