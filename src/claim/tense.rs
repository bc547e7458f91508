//! Whether a clause tells of what happened once, or of how things stand.
//!
//! Comes in: a sentence and the tokens of a figure. Goes out: [`TimeNature::Event`] where the verbs of its clause are
//! past ("eight jewels were stolen"), else [`TimeNature::State`] ("60 officers are looking for them", "have been
//! found", "so far"). What happened once does not move in time; how things stand does.

use crate::mention::Sentence;
use crate::rule::TimeNature;
use crate::text::TokenKind;

use super::view::DocumentView;

/// Words that say how things stand.
const PRESENT: [&str; 14] = [
    "is",
    "are",
    "am",
    "has",
    "have",
    "will",
    "can",
    "now",
    "currently",
    "still",
    "remain",
    "remains",
    "so",
    "already",
];

/// See the module.
pub(super) fn nature(view: &DocumentView<'_>, sentence: &Sentence, first: usize, last: usize) -> TimeNature {
    let text = view.text;
    let edge = |a: usize| matches!(sentence.mark(text, a), Some(';' | ':' | '—' | '(' | ')' | '|'));
    let from = (0..first).rev().find(|&a| edge(a)).map_or(0, |a| a + 1);
    let to = (last..sentence.toks.len()).find(|&a| edge(a)).unwrap_or(sentence.toks.len());
    let mut past = false;
    for at in (from..to).filter(|a| !(first..last).contains(a)) {
        if sentence.toks[at].kind != TokenKind::Word || sentence.toks[at].capital && at > 0 {
            continue;
        }
        let word = sentence.word(text, at).to_lowercase();
        if PRESENT.contains(&word.as_str()) && (word != "so" || sentence.word(text, at + 1) == "far") {
            return TimeNature::State;
        }
        let regular = word.len() > 4 && word.ends_with("ed");
        let irregular = || {
            let row = view.lookup.terms("irregular").at(&[sentence.toks[at].words], None);
            row.is_some_and(|(_, t)| *t.key != *word && !word.ends_with('s') && !word.ends_with("ing"))
        };
        let auxiliary = || view.lookup.term_of("auxiliaries", &word).is_some_and(|t| &*t.class == "past");
        past |= regular || irregular() || auxiliary();
    }
    if past { TimeNature::Event } else { TimeNature::State }
}
