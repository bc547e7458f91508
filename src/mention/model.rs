//! What a mention is, and a sentence as later stages see it.

use crate::language::Tree;
use crate::rule::{EntityType, WordId, Words};
use crate::text::{Span, TokenKind};
use crate::value::Quantity;

use super::quantity::Ordinal;
use super::time::{Expression, Timex};

/// A span that stands for a value, or quotes.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands in the document.
    pub span: Span,
    /// What it was read as.
    pub kind: MentionKind,
}

/// What a mention was read as.
#[derive(Debug, Clone, PartialEq)]
pub enum MentionKind {
    /// A number with unit and bound.
    Quantity(Quantity),
    /// A place in an order or a score.
    Ordinal(Ordinal),
    /// A date, a part of one, a time of day, a rhythm.
    Time(Timex),
    /// Quoted words; the span is without the quotation marks.
    Quote,
}

/// A token with the rule words of which it is a form. Hyphens inside words are left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tok {
    /// Where it stands in the document.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Which rule words it may be.
    pub words: Words,
    /// Whether it begins with a capital or holds one.
    pub capital: bool,
    /// Whether it is joined to the token before it by a hyphen.
    pub glued: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

/// What a stretch of tokens refers to.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// A name.
    Name(EntityType),
    /// he, she, it, they and their cases.
    Pronoun(Pronoun),
    /// "the company", "that post", "his announcement": a noun that refers. `head` is the last word.
    Nominal {
        /// What its noun stands for.
        kind: EntityType,
        /// Key of the noun in the lexicon.
        head: Box<str>,
        /// Whether it is definite (the, that, his) and so refers to something named before.
        definite: bool,
        /// Token of the possessor before it ("his", "Lovelace’s"), when there is one.
        owner: Option<usize>,
    },
    /// A value.
    Quantity {
        /// The value as read.
        quantity: Quantity,
        /// The counted noun phrase, where one follows.
        noun: Option<Span>,
        /// The words of the bound.
        bound: Option<Span>,
    },
    /// A date, not yet resolved.
    Time(Expression),
    /// A time of day, a rhythm, a stretch up to now: a time that dates no claim.
    Undated(Expression),
    /// Quoted words, marks included in the tokens, not in `inner`.
    Quote {
        /// The words without the marks.
        inner: Span,
    },
}

/// Third-person pronouns by what they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronoun {
    /// he, she, his, her, him.
    Person,
    /// it, its.
    Thing,
    /// they, their, them.
    Many,
}

/// A mention in token coordinates.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Where it stands in the document.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
    /// Index of the entity in the document that it refers to, once resolved.
    pub entity: Option<u32>,
}

/// A segment with its tokens and mentions.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Index of the segment.
    pub segment: usize,
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub toks: Vec<Tok>,
    /// Its mentions, by first token; they may nest, names inside nominals for one.
    pub items: Vec<Item>,
    /// Places in an order and scores with their spans: no amounts, so no items; a rank is claimed as such.
    pub ordinals: Vec<(Span, Ordinal)>,
    /// Whether its capitals say nothing (headings in title case).
    pub title_case: bool,
    /// Its words, each with what governs it; empty of boilerplate.
    pub tree: Tree,
}

impl Sentence {
    /// Whether a token is a form of a rule word.
    pub fn is(&self, at: usize, word: WordId) -> bool {
        self.toks.get(at).is_some_and(|t| t.words.has(word))
    }

    /// The node of its tree at a token.
    pub fn node(&self, at: usize) -> Option<usize> {
        self.tree.top(self.toks.get(at)?.span)
    }

    /// The token at a node of its tree.
    pub fn tok_of(&self, node: usize) -> Option<usize> {
        let span = self.tree.tokens.get(node)?.span;
        let at = self.toks.partition_point(|t| t.span.end <= span.start);
        (at < self.toks.len()).then_some(at)
    }

    /// The words of a token.
    pub fn word<'t>(&self, text: &'t str, at: usize) -> &'t str {
        self.toks.get(at).map_or("", |t| t.span.of(text))
    }

    /// The rule words of the tokens from `at` on.
    pub fn words_from(&self, at: usize) -> impl Iterator<Item = Words> + '_ {
        self.toks.get(at..).unwrap_or_default().iter().map(|t| t.words)
    }

    /// The document span of a range of tokens.
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        match (self.toks.get(first), self.toks.get(last.wrapping_sub(1))) {
            (Some(a), Some(b)) if first < last => a.span.join(b.span),
            _ => Span { start: self.span.start, end: self.span.start },
        }
    }

    /// Whether a token stands inside a name.
    pub fn named(&self, at: usize) -> bool {
        self.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first <= at && at < i.last)
    }

    /// Whether a token is a mark that ends a clause: more than a comma.
    pub fn ends_clause(&self, text: &str, at: usize) -> bool {
        matches!(self.mark(text, at), Some(';' | ':' | '—' | '(' | ')'))
    }

    /// The mark at a token, if it is one.
    pub fn mark(&self, text: &str, at: usize) -> Option<char> {
        self.toks.get(at).filter(|t| t.kind == TokenKind::Mark).and_then(|t| t.span.of(text).chars().next())
    }
}
