//! The terms of lexicons that stand in a text, for trying their examples.

use crate::rule::{Lookup, Rules, Words};
use crate::text::{Span, TokenKind, tokenise};

/// Finds terms; made once for many texts.
pub(super) struct Finder<'r> {
    rules: &'r Rules,
    lookup: Lookup,
}

impl<'r> Finder<'r> {
    /// Compiles the lexicons.
    pub(super) fn new(rules: &'r Rules) -> Finder<'r> {
        Finder { rules, lookup: rules.lookup() }
    }

    /// Keys of the rows of a lexicon whose terms stand in the text, in the order of the text; `None` for a lexicon of
    /// measures, which holds no terms.
    pub(super) fn keys(&self, lexicon: &str, text: &str) -> Option<Vec<String>> {
        if !self.rules.lexicons.contains_key(lexicon) {
            return None;
        }
        let words: Vec<Words> = tokenise(text, Span::new(0, text.len()))
            .into_iter()
            .filter(|t| t.kind != TokenKind::Mark)
            .map(|t| self.lookup.words(t.span.of(text)))
            .collect();
        let terms = self.lookup.terms(lexicon);
        let found = (0..words.len()).filter_map(|at| terms.at(&words[at..], None));
        Some(found.map(|(_, term)| term.key.to_string()).collect())
    }
}
