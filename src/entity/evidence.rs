//! What a document says of the kind of a name whose own words tell none.

use std::collections::BTreeMap;

use crate::mention::{Item, ItemKind, Sentence};
use crate::rule::{EntityType, Lookup};
use crate::text::TokenKind;

use super::coreference::governed;
use super::gender;
use super::model::Entities;

/// What stands beside a name of unknown kind: "at X", "X's chief executive", "founder of X" make it an organisation;
/// "X, who", "X said" with two words make it a person.
pub(super) fn beside(text: &str, sentence: &Sentence, item: &Item, lookup: &Lookup) -> EntityType {
    let word = |at: Option<usize>| at.map(|a| sentence.word(text, a).to_lowercase()).unwrap_or_default();
    let words = |at: usize| sentence.words_from(at).take(4).collect::<Vec<_>>();
    let next = word(Some(item.last));
    let long = item.last - item.first;
    let possessive = sentence.toks.get(item.last).is_some_and(|t| t.kind == TokenKind::Possessive);
    if long <= 3 && next == "who" || (2..=3).contains(&long) && word(Some(item.last + 1)) == "who" && next == "," {
        return EntityType::Person;
    }
    // "Lovelace, 36, …", "Lovelace wrote": only people write, resign and are born.
    let acts = lookup.terms("human-acts").at(&words(item.last), None).is_some()
        || lookup.terms("auxiliaries").at(&words(item.last), None).is_some()
            && lookup.terms("human-acts").at(&words(item.last + 1), None).is_some();
    if long <= 2 && !possessive && acts {
        return EntityType::Person;
    }
    if datelined(text, sentence, item) {
        return EntityType::Place;
    }
    if (1..=3).contains(&long) && (aged(text, sentence, item) || long > 1 && called(text, sentence, item, lookup)) {
        return EntityType::Person;
    }
    if possessive && lookup.terms("titles").at(&words(item.last + 1), None).is_some()
        || lookup.terms("titles").at(&words(item.last), None).is_some()
    {
        return EntityType::Org;
    }
    // "the software firm Norvik", "Norvik's shareholders", "Norvik shares".
    let noun = item.first.checked_sub(1).and_then(|a| lookup.terms("nominals").at(&words(a), None));
    if let Some((1, term)) = noun
        && let Some(kind) = [EntityType::Org, EntityType::Product].into_iter().find(|k| k.name() == &*term.class)
    {
        return kind;
    }
    let belongs = lookup.terms("belongings").at(&words(item.last + usize::from(possessive)), None);
    if let Some((_, term)) = belongs {
        let person = &*term.class == "person" && possessive && (2..=3).contains(&long);
        if &*term.class == "org" || person {
            return if person { EntityType::Person } else { EntityType::Org };
        }
    }
    let before = word(item.first.checked_sub(1));
    let title_before = (2..=5).any(|k| {
        item.first >= k && lookup.terms("titles").at(&words(item.first - k), None).is_some_and(|(n, _)| n + 1 == k)
    });
    if matches!(before.as_str(), "of" | "at" | "for") && title_before
        || matches!(before.as_str(), "joined" | "joins" | "joining" | "acquired" | "acquires" | "acquire" | "acquiring")
        || before == "at" && !possessive
    {
        return EntityType::Org;
    }
    EntityType::Any
}

/// Most tokens of a dateline.
const DATELINE: usize = 14;

/// "LOWMERE, June 13 (Quay News) – …", "Lowmere, 13 June 2019.": the place at the head of a page says where it was written.
pub(super) fn datelined(text: &str, sentence: &Sentence, item: &Item) -> bool {
    let timed =
        |a: usize| sentence.items.iter().any(|i| matches!(i.kind, ItemKind::Time(_)) && i.first <= a && a < i.last);
    let passed = |a: usize| {
        timed(a) || sentence.toks[a].capital || matches!(sentence.mark(text, a), Some(',' | '.' | '(' | ')' | '/'))
    };
    let end = (item.last..sentence.toks.len().min(item.last + DATELINE)).find(|&a| !passed(a));
    let dash = end.is_some_and(|a| matches!(sentence.mark(text, a), Some('-' | '–' | '—')));
    let alone = item.last == 1 && (1..sentence.toks.len()).all(|a| timed(a) || sentence.mark(text, a).is_some());
    // "LOWMERE, ONT., June 13 –": names behind the first, up to the date.
    let dated =
        (item.last..end.unwrap_or(sentence.toks.len())).any(|a| timed(a) || sentence.mark(text, a) == Some('('));
    let leads = (0..item.first).all(|a| sentence.toks[a].capital || sentence.mark(text, a) == Some(','));
    leads && dated && (dash || alone && timed(item.last + 1))
}

/// Years that a person may count.
const AGES: std::ops::RangeInclusive<u32> = 5..=110;

/// "Lovelace, 36, …", "Lovelace (36)".
fn aged(text: &str, sentence: &Sentence, item: &Item) -> bool {
    let mark = |a: usize| sentence.mark(text, a);
    let age = sentence.word(text, item.last + 1).parse().is_ok_and(|n: u32| AGES.contains(&n));
    let glued = sentence.toks.get(item.last + 2).is_some_and(|t| t.glued);
    let closed = match mark(item.last) {
        Some(',') => matches!(mark(item.last + 2), Some(',' | '.' | ';')),
        Some('(') => mark(item.last + 2) == Some(')'),
        _ => false,
    };
    age && closed && !glued
}

/// "The painter Aldo Renn", "her coach, Aldo Renn", "Aldo Renn, an engineer".
fn called(text: &str, sentence: &Sentence, item: &Item, lookup: &Lookup) -> bool {
    let trade = |a: usize| {
        let word = sentence.word(text, a).to_lowercase();
        let known = |lexicon: &str| lookup.terms(lexicon).at(&[sentence.toks[a].words], None);
        let occupation = known("occupations");
        // "The oil producer" is a firm.
        occupation.is_none_or(|(_, t)| &*t.class != "of firms")
            && !sentence.toks[a].capital
            && (gender::of_word(&word, lookup).is_some()
                || occupation.is_some()
                || known("nominals").is_some_and(|(_, t)| &*t.class == EntityType::Person.name()))
    };
    let before = item.first.checked_sub(1);
    let owned = |noun: usize| {
        let owner = noun.checked_sub(1).map(|o| sentence.word(text, o).to_lowercase());
        matches!(owner.as_deref(), Some("his" | "her" | "its" | "their" | "whose"))
    };
    let led = before.is_some_and(|b| match sentence.mark(text, b) {
        Some(',') => b.checked_sub(1).is_some_and(|noun| trade(noun) && owned(noun)),
        _ => trade(b),
    });
    let article = |a: usize| matches!(sentence.word(text, a), "a" | "an" | "the");
    let plain = |a: usize| lookup.terms("function-words").at(&[sentence.toks[a].words], None).is_none();
    let apposed = || {
        let behind = item.last + 2..(item.last + 6).min(sentence.toks.len());
        article(item.last + 1) && behind.take_while(|&a| sentence.mark(text, a).is_none() && plain(a)).any(trade)
    };
    led || sentence.mark(text, item.last) == Some(',') && apposed()
}

/// Sentences back in which another person would be whom a pronoun means.
const BACK: usize = 2;

/// Names of unknown kind that a pronoun right behind takes up: "Ottla Brask threw 80 metres. She …", "Norvik Baltic mourns
/// its founder". Where a person has just been named, "she" may be that one.
pub(super) fn spoken_of(
    text: &str,
    sentences: &[Sentence],
    entities: &Entities,
    lookup: &Lookup,
    skip: &impl Fn(&Sentence) -> bool,
) -> BTreeMap<u32, EntityType> {
    let kind = |i: &Item| i.entity.and_then(|e| entities.get(e)).map(|e| e.kind);
    let all: Vec<&Sentence> = sentences.iter().filter(|s| !skip(s)).collect();
    let person = |s: &Sentence| s.items.iter().any(|i| kind(i) == Some(EntityType::Person));
    let pronoun = |s: &Sentence, a: usize| !s.toks[a].quoted && gender::said(s.word(text, a)).is_some();
    let named = |i: &&Item| {
        matches!(i.kind, ItemKind::Name(_)) && kind(i) == Some(EntityType::Any) && (2..=3).contains(&(i.last - i.first))
    };
    let mut out: BTreeMap<u32, EntityType> = BTreeMap::new();
    for (at, sentence) in all.iter().enumerate() {
        out.extend(keeper(text, sentence, entities, lookup).map(|e| (e, EntityType::Org)));
        let stated = |s: &Sentence| s.items.iter().any(|i| i.entity.is_some_and(|e| out.contains_key(&e)));
        if all[at.saturating_sub(BACK)..=at].iter().any(|s| person(s) || stated(s)) {
            continue;
        }
        let Some(lead) = sentence.items.iter().find(|i| matches!(i.kind, ItemKind::Name(_))).filter(named) else {
            continue;
        };
        let spelt = (lead.first..lead.last).all(|a| {
            let word = sentence.word(text, a);
            sentence.toks[a].capital && word.chars().all(|c| c.is_alphabetic() || "-’'".contains(c))
        });
        let within = (lead.last..sentence.toks.len()).any(|a| pronoun(sentence, a));
        // "On Monday she …": before any other name.
        let next = || {
            all.get(at + 1).is_some_and(|s| {
                let named = s.items.iter().find(|i| matches!(i.kind, ItemKind::Name(_)));
                (0..named.map_or(s.toks.len(), |i| i.first)).any(|a| pronoun(s, a))
            })
        };
        let known = |lexicon: &str| {
            let last = sentence.toks[lead.last - 1].words;
            lookup.terms(lexicon).at(&[last], None).is_some()
        };
        // What opens the sentence or its main clause, and not what somebody does something to.
        let opens = lead.first.checked_sub(1).is_none_or(|b| sentence.mark(text, b) == Some(','));
        let free = opens && !known("org-words") && !known("places") && !(0..lead.first).any(|a| pronoun(sentence, a));
        if spelt && free && (within || next()) {
            out.extend(lead.entity.map(|e| (e, EntityType::Person)));
        }
    }
    let only = only_one(text, &all, entities, lookup, &out);
    out.extend(only.map(|e| (e, EntityType::Person)));
    out
}

/// The one name that the first "she" or "he" of a document can stand for, where nobody has been named before it.
fn only_one(
    text: &str,
    sentences: &[&Sentence],
    entities: &Entities,
    lookup: &Lookup,
    stated: &BTreeMap<u32, EntityType>,
) -> Option<u32> {
    let kind = |e: u32| stated.get(&e).copied().or_else(|| entities.get(e).map(|e| e.kind)).unwrap_or(EntityType::Any);
    let mut named: Option<u32> = None;
    for sentence in sentences {
        let pronoun = (0..sentence.toks.len())
            .find(|&a| !sentence.toks[a].quoted && gender::said(sentence.word(text, a)).is_some())
            .unwrap_or(sentence.toks.len());
        for item in sentence.items.iter().filter(|i| matches!(i.kind, ItemKind::Name(_)) && i.first < pronoun) {
            let Some(e) = item.entity else { continue };
            let words: Vec<&str> = entities.get(e).map(|e| e.name.split(' ').collect()).unwrap_or_default();
            let spelt =
                |w: &&str| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || c == '-');
            let known = |lexicon: &str| words.iter().any(|w| lookup.term_of(lexicon, w).is_some());
            match kind(e) {
                EntityType::Person => return None,
                EntityType::Any
                    if (2..=3).contains(&words.len())
                        && words.iter().all(spelt)
                        && !known("org-words")
                        && !known("places") =>
                {
                    if named.is_some_and(|n| n != e) {
                        return None;
                    }
                    named = Some(e);
                }
                _ => {}
            }
        }
        if pronoun < sentence.toks.len() {
            return named;
        }
    }
    None
}

/// The name of unknown kind that opens a sentence and has or does what only organisations do: "its founder", "it said".
fn keeper(text: &str, sentence: &Sentence, entities: &Entities, lookup: &Lookup) -> Option<u32> {
    let mut names = sentence.items.iter().filter(|i| matches!(i.kind, ItemKind::Name(_)));
    let lead = names.next().filter(|i| !governed(text, sentence, i.first))?;
    let its = (lead.last..sentence.toks.len()).find(|&a| matches!(sentence.word(text, a), "its" | "it"))?;
    let words: Vec<_> = sentence.words_from(its + 1).take(4).collect();
    let speaks = || lookup.terms("speech-verbs").at(&words, None);
    let says = sentence.word(text, its) == "it"
        && speaks().is_some_and(|(_, verb)| matches!(&*verb.class, "neutral" | "told"));
    let owns = || {
        lookup.terms("titles").at(&words, None).is_some()
            || lookup.terms("belongings").at(&words, Some("org")).is_some()
            || lookup.terms("nominals").at(&words, Some("person")).is_some()
    };
    let has = says || sentence.word(text, its) == "its" && owns();
    let open = entities.get(lead.entity?).is_some_and(|e| e.kind == EntityType::Any);
    (open && has && names.all(|i| i.first > its)).then_some(lead.entity?)
}
