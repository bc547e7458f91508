//! What a figure measures, in the text's own words: the noun that it counts, the noun phrase that it modifies or that
//! is set equal to it, else the verb that governs it.

use crate::claim::extract::Reading;
use crate::mention::{ItemKind, Sentence};
use crate::text::{TokenKind, fold};
use crate::value::Shape;

use super::Figure;

/// What the quantity measures, in the text's own words.
pub(super) fn attribute(reading: &Reading<'_>, figure: &Figure<'_>) -> String {
    let Figure { sentence, item, quantity, noun, .. } = *figure;
    let text = reading.text;
    if let Some(noun) = noun {
        let words: Vec<String> = crate::text::fold_words(noun.of(text));
        return words.last().cloned().unwrap_or_default();
    }
    // "an eleven per cent training speed-up", "a two-day run": the noun phrase that the quantity modifies.
    let adjective = item.last.checked_sub(1).is_some_and(|l| sentence.toks[l].glued);
    if adjective || matches!(quantity.shape, Shape::Percent | Shape::Measure) {
        let last = (item.last..sentence.toks.len()).take(8).take_while(|&a| content(reading, sentence, a)).last();
        if let Some(last) = last {
            return fold(sentence.span_of(item.last, last + 1).of(text));
        }
    }
    // "a delta of 61 points", "improvements of up to 70 %", "the speed-up came to 11 %".
    let link = (item.first.saturating_sub(5)..item.first).rev().find(|&a| {
        matches!(
            sentence.word(text, a).to_lowercase().as_str(),
            "of" | "came"
                | "comes"
                | "was"
                | "is"
                | "were"
                | "are"
                | "reached"
                | "totalled"
                | "totaled"
                | "stood"
                | "fell"
                | "rose"
                | "hit"
        )
    });
    // Only hedges stand between: "was closed for 18 months" says nothing of the bridge's size.
    let link = link.filter(|l| {
        (l + 1..item.first).all(|a| {
            matches!(
                sentence.word(text, a).to_lowercase().as_str(),
                "to" | "at"
                    | "by"
                    | "up"
                    | "about"
                    | "roughly"
                    | "around"
                    | "nearly"
                    | "almost"
                    | "more"
                    | "less"
                    | "than"
                    | "over"
                    | "under"
                    | "just"
                    | "only"
                    | "some"
                    | "least"
                    | "most"
                    | "a"
                    | "an"
            )
        })
    });
    if let Some(link) = link.filter(|l| *l > 0 && content(reading, sentence, l - 1)) {
        let first = (0..link).rev().take(7).take_while(|&a| content(reading, sentence, a)).last().unwrap_or(link - 1);
        return fold(sentence.span_of(first, link).of(text));
    }
    verb(reading, sentence, item.first).unwrap_or_else(|| quantity.shape.name().to_owned())
}

/// Whether a token is a word that can stand in a noun phrase.
pub(in crate::claim::kind) fn content(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> bool {
    let named = || sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Name(_)) && i.first <= at && at < i.last);
    sentence.toks.get(at).is_some_and(|t| {
        let inside = t.glued || sentence.toks.get(at + 1).is_some_and(|n| n.glued);
        let function = reading.lookup.terms("function-words").at(&[t.words], None);
        t.kind == TokenKind::Word
            && !named()
            && (inside
                || function.is_none_or(|(_, t)| &*t.key == "noun")
                    && reading.lookup.terms("speech-verbs").at(&[t.words], None).is_none())
    })
}

/// The nearest verb before a token in its clause: the class that the lexicon gives it, or its lemma as written.
pub(in crate::claim::kind) fn verb(reading: &Reading<'_>, sentence: &Sentence, before: usize) -> Option<String> {
    let text = reading.text;
    (0..before).rev().take(14).take_while(|&a| !matches!(sentence.mark(text, a), Some(';' | ':' | '—'))).find_map(|a| {
        let words: Vec<_> = sentence.words_from(a).take(4).collect();
        if let Some((_, term)) = reading.lookup.terms("events").at(&words, None) {
            return Some(term.key.to_string());
        }
        if let Some((_, term)) = reading
            .lookup
            .terms("irregular")
            .at(&words[..1], None)
            .filter(|(_, t)| !matches!(t.key.as_ref(), "be" | "have" | "do"))
        {
            return Some(term.key.to_string());
        }
        let word = sentence.word(text, a).to_lowercase();
        let past = word.len() > 4 && word.ends_with("ed") && !sentence.toks[a].capital && !sentence.toks[a].glued;
        past.then(|| lemma(&word))
    })
}

/// The likeliest lemma of a regular past form: "valued" is "value", "planned" is "plan", "walked" is "walk".
fn lemma(past: &str) -> String {
    let stem = past.trim_end_matches("ed");
    let mut tail = stem.chars().rev();
    match (tail.next(), tail.next(), tail.next()) {
        (Some(a), Some(b), _) if a == b && !matches!(a, 's' | 'l') => stem[..stem.len() - a.len_utf8()].to_owned(),
        (Some('u' | 'v' | 'c' | 'g' | 'z'), ..) => format!("{stem}e"),
        (Some('t'), Some('a'), _) | (Some('s'), Some('a' | 'i' | 'o' | 'u'), _) => format!("{stem}e"),
        (Some('i'), ..) => format!("{}y", &stem[..stem.len() - 1]),
        _ => stem.to_owned(),
    }
}
