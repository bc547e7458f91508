//! What a word is where it stands, by its lexicons and its tree: one that can be in a noun phrase, or a verb.

use crate::claim::view::DocumentView;
use crate::language::Label;
use crate::mention::Sentence;
use crate::text::TokenKind;

/// Whether a token is a word that can stand in a noun phrase.
pub(super) fn content(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> bool {
    let named = || sentence.named(at);
    sentence.toks.get(at).is_some_and(|t| {
        let inside = t.glued || sentence.toks.get(at + 1).is_some_and(|n| n.glued);
        let function = view.lookup.terms("function-words").at(&[t.words], None);
        t.kind == TokenKind::Word
            && !named()
            && (inside
                || function.is_none_or(|(_, t)| &*t.key == "noun")
                    && view.lookup.terms("speech-verbs").at(&[t.words], None).is_none())
    })
}

/// The verb at a token: the class that the lexicon gives it, or its lemma. A participle that describes a noun is none.
pub(super) fn verb_at(view: &DocumentView<'_>, sentence: &Sentence, at: usize) -> Option<String> {
    let node = sentence.node(at)?;
    let token = &sentence.tree.tokens[node];
    let describes = matches!(token.label, Label::Amod | Label::Compound);
    let words: Vec<_> = sentence.words_from(at).take(4).collect();
    let empty = matches!(&*token.lemma, "be" | "have" | "do")
        || view.lookup.terms("auxiliaries").at(&words[..1], None).is_some();
    if !token.tag.is_verb() || describes || empty {
        return None;
    }
    let term = view.lookup.terms("events").at(&words, None);
    Some(term.map_or_else(|| token.lemma.to_string(), |(_, term)| term.key.to_string()))
}
