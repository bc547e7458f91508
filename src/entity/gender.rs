//! Of whom "she" and "he" can be said, as far as a document tells: by the given name, by a title before the name, by a
//! word of kinship or trade beside it. Who is not told apart stays open to both.

use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{EntityType, Lookup};
use crate::text::fold_name;

use super::model::Entities;

/// What a pronoun in the singular says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    /// she, her
    She,
    /// he, his, him
    He,
}

/// What a pronoun says.
pub(super) fn said(pronoun: &str) -> Option<Gender> {
    match pronoun.to_lowercase().as_str() {
        "she" | "her" => Some(Gender::She),
        "he" | "his" | "him" => Some(Gender::He),
        _ => None,
    }
}

/// What a word of kinship or trade says: "the actress", "her husband".
pub(super) fn of_word(word: &str, lookup: &Lookup) -> Option<Gender> {
    match &*lookup.term_of("genders", word)?.class {
        "her station" => Some(Gender::She),
        "his station" => Some(Gender::He),
        _ => None,
    }
}

/// What a document tells of each of its people, by index of the entity. Words beside a name go before the name.
pub(super) fn stated(
    text: &str,
    sentences: &[Sentence],
    entities: &Entities,
    lookup: &Lookup,
    skip: &impl Fn(&Sentence) -> bool,
) -> Vec<Option<Gender>> {
    let mut beside: Vec<Vec<Gender>> = vec![Vec::new(); entities.all.len()];
    for sentence in sentences.iter().filter(|s| !skip(s)) {
        for item in sentence.items.iter().filter(|i| matches!(i.kind, ItemKind::Name(EntityType::Person))) {
            let Some(all) = item.entity.and_then(|e| beside.get_mut(e as usize)) else { continue };
            all.extend(station(text, sentence, item, lookup));
        }
    }
    let by_name = |name: &str| {
        let folded = fold_name(name);
        match &*lookup.term_of("genders", folded.split(' ').next()?)?.class {
            "her name" => Some(Gender::She),
            "his name" => Some(Gender::He),
            _ => None,
        }
    };
    let one = |all: &[Gender]| all.first().copied().filter(|g| all.iter().all(|h| h == g));
    let people = entities.all.iter().zip(&beside);
    people.map(|(e, all)| one(all).or_else(|| by_name(&e.name).filter(|_| all.is_empty()))).collect()
}

/// "Mrs Lund", "her husband, Magnus Lund", "Astrid Lund, the actress".
fn station(text: &str, sentence: &Sentence, item: &Item, lookup: &Lookup) -> Option<Gender> {
    let comma = |a: usize| sentence.mark(text, a) == Some(',');
    let point = |a: usize| sentence.mark(text, a) == Some('.');
    let before = item.first.checked_sub(1);
    let before = if before.is_some_and(|b| comma(b) || point(b)) { before?.checked_sub(1) } else { before };
    let led = before.and_then(|b| of_word(sentence.word(text, b), lookup));
    led.or_else(|| {
        let behind = item.last + 1..(item.last + APPOSED).min(sentence.toks.len());
        let article = |a: usize| matches!(sentence.word(text, a), "a" | "an" | "the");
        let function = |a: usize| lookup.terms("function-words").at(&[sentence.toks[a].words], None).is_some();
        let phrase = behind.clone().take_while(|&a| sentence.mark(text, a).is_none() && (article(a) || !function(a)));
        comma(item.last).then(|| phrase.last())?.and_then(|a| of_word(sentence.word(text, a), lookup))
    })
}

/// Most tokens from the end of a name to that of a description behind a comma.
const APPOSED: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    #[test]
    fn words_and_pronouns() {
        for (word, expected) in
            [("actress", Some(Gender::She)), ("husband", Some(Gender::He)), ("pilot", None), ("ingrid", None)]
        {
            assert_eq!(of_word(word, EXTRACTOR.lookup()), expected, "{word}");
        }
        assert_eq!([said("Her"), said("him"), said("they")], [Some(Gender::She), Some(Gender::He), None]);
    }

    /// Of two whose names do not tell it, who is meant by a pronoun.
    #[test]
    fn what_stands_beside_a_name() {
        for (text, expected) in [
            ("Today Kim Berg met Robin Lund. She owns 12 boats.", "Kim Berg"),
            ("Today Mr Kim Berg met Robin Lund. She owns 12 boats.", "Robin Lund"),
            ("Today the actress Kim Berg met Robin Lund. He owns 12 boats.", "Robin Lund"),
            ("Today Kim Berg, an actress, met Robin Lund. He owns 12 boats.", "Robin Lund"),
            ("Kim Berg, an actress, met Robin Lund. He owns 12 boats.", "Robin Lund"),
            ("Kim Berg, a pilot, met Robin Lund. He owns 12 boats.", "Kim Berg"),
            ("Today Kim Berg, a pilot, met Robin Lund. He owns 12 boats.", "Kim Berg"),
            ("Today Mrs Adam Berg met Robin Lund. She owns 12 boats.", "Adam Berg"),
            ("Today Adam Berg met Robin Lund. She owns 12 boats.", "Robin Lund"),
            ("Today her husband, Kim Berg, met Robin Lund. She owns 12 boats.", "Robin Lund"),
        ] {
            let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
            let found = claims.iter().find(|c| c.value_span.of(text) == "12").unwrap();
            assert_eq!(found.subject.as_ref().map(|s| s.name.as_str()), Some(expected), "{text}");
        }
    }
}
