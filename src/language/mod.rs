//! Language: every sentence analysed once. Tokens, parts of speech, lemmas, heads and labels of a dependency tree.
//!
//! Comes in: the text of one sentence. Goes out: its [`Tree`], which every later stage reads instead of cutting the text
//! anew. The models are linear, their weights small integers from `models/` (how they were trained and what they reach:
//! `models/README.md`), so that every machine gives the same tree. Labels are those of Universal Dependencies.

mod label;
mod lemma;
mod tag;
pub(crate) mod token;
mod tree;
mod weights;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::Span;

pub use label::Label;
pub use tag::Tag;

use weights::Table;

static TAGS: Table<{ tag::LANES }> = Table::new(include_bytes!("../../models/tags.bin"));
static HEADS: Table<{ tree::LANES }> = Table::new(include_bytes!("../../models/heads.bin"));
static LABELS: Table<{ label::LANES }> = Table::new(include_bytes!("../../models/labels.bin"));
static LEMMAS: LazyLock<lemma::Rules> = LazyLock::new(|| lemma::Rules::new(include_str!("../../models/lemmas.txt")));

/// Longest sentence that gets a tree, in tokens: what is longer is a list or no prose, and every token hangs on the first.
const LONGEST: usize = 200;

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

impl Tree {
    /// Analyses the part of a text under `within`, which is one sentence.
    pub fn of(text: &str, within: Span) -> Tree {
        let spans = token::words(text, within);
        let seen: Vec<tag::Seen> = spans.iter().map(|s| tag::Seen::of(s.of(text))).collect();
        let tags = tag::tag(&seen, &TAGS);
        let (heads, labels) = if spans.len() <= LONGEST {
            let heads = tree::parse(&seen, &tags, &HEADS);
            let labels = label::label(label::Tree { seen: &seen, tags: &tags, heads: &heads }, &LABELS);
            (heads, labels)
        } else {
            ((0..spans.len()).map(|i| if i == 0 { spans.len() } else { 0 }).collect(), vec![Label::Dep; spans.len()])
        };
        let tokens = spans.iter().enumerate().map(|(i, span)| Token {
            span: *span,
            lemma: LEMMAS.lemma(span.of(text), tags[i]).into(),
            tag: tags[i],
            head: if heads[i] < spans.len() { heads[i] as u16 } else { i as u16 },
            label: labels[i],
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
