//! The terms of lexicons that stand in a text, for trying their examples.

use crate::claim::Extractor;
use crate::rule::Words;
use crate::text::{Span, TokenKind, tokenise};

/// Keys of the rows of a lexicon whose terms stand in the text, in the order of the text; `None` for a lexicon of
/// measures, which holds no terms.
pub(super) fn keys(extractor: &Extractor<'_>, lexicon: &str, text: &str) -> Option<Vec<String>> {
    if !extractor.rules().lexicons.contains_key(lexicon) {
        return None;
    }
    let lookup = extractor.lookup();
    let words: Vec<Words> = tokenise(text, Span::new(0, text.len()))
        .into_iter()
        .filter(|t| t.kind != TokenKind::Mark)
        .map(|t| lookup.words(t.span.of(text)))
        .collect();
    let terms = lookup.terms(lexicon);
    let found = (0..words.len()).filter_map(|at| terms.at(&words[at..], None));
    Some(found.map(|(_, term)| term.key.to_string()).collect())
}
