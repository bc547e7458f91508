//! Within one document: what pronouns and referring nouns stand for, in reading order.

use std::collections::BTreeMap;

use crate::mention::{Item, ItemKind, Pronoun, Sentence};
use crate::rule::{EntityType, Lookup};
use crate::text::TokenKind;

use super::gender::{self, Gender};
use super::model::Entities;
use super::post::{Meant, is_handle};

/// Most people whom a text has named before that a pronoun can go back to.
const RECALLED: usize = 24;

/// Second pass: what pronouns and nouns stand for.
pub(super) fn resolve_references(
    text: &str,
    sentences: &mut [Sentence],
    entities: &mut Entities,
    lookup: &Lookup,
    skip: &impl Fn(&Sentence) -> bool,
) {
    let main_person = entities.main(EntityType::Person);
    let main_org = entities.main(EntityType::Org);
    let genders = gender::stated(text, sentences, entities, lookup, skip);
    let can_be = |e: &u32, gender: Option<Gender>| match (genders.get(*e as usize).copied().flatten(), gender) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let callings = Callings::new(text, sentences, entities, lookup, skip);
    // "The app" is what the document is about, where that can be an app.
    let titled = |e: u32| {
        sentences.iter().filter(|s| !skip(s)).any(|s| {
            let named = |i: &&Item| matches!(i.kind, ItemKind::Name(_)) && i.entity == Some(e);
            s.items.iter().filter(named).any(|i| {
                let led = i.first.checked_sub(1).map(|b| s.word(text, b));
                led == Some("The") || s.toks[i.first].quoted || s.word(text, i.first) == "The"
            })
        })
    };
    let work = entities.topic.filter(|&e| {
        entities.get(e).is_some_and(|found| match found.kind {
            EntityType::Product => true,
            EntityType::Any => !found.name.contains(' ') || titled(e),
            _ => false,
        })
    });
    let (mut person, mut org, mut thing) = (None::<u32>, main_org, None::<u32>);
    // Whom the text has named, the last one last.
    let mut people: Vec<u32> = Vec::new();
    let mut nominal = false;
    for sentence in sentences.iter_mut() {
        if skip(sentence) {
            continue;
        }
        // "In her speech Lovelace said …": nobody is meant who is named in a later sentence only.
        let ahead = sentence
            .items
            .iter()
            .filter_map(|i| i.entity)
            .find(|e| entities.all[*e as usize].kind == EntityType::Person);
        let mut subject_person = None;
        let mut any_person = None;
        let mut spoken_of = None;
        for at in 0..sentence.items.len() {
            let item = sentence.items[at].clone();
            match item.kind {
                ItemKind::Name(_) => {
                    let Some(index) = item.entity else { continue };
                    match entities.all[index as usize].kind {
                        EntityType::Person => {
                            let owner = sentence.toks.get(item.last).is_some_and(|t| t.kind == TokenKind::Possessive);
                            if subject_person.is_none() && !owner && !governed(text, sentence, item.first) {
                                subject_person = Some(index);
                            }
                            any_person = any_person.or(Some(index));
                            people.retain(|p| *p != index);
                            people.push(index);
                            if people.len() > RECALLED {
                                people.remove(0);
                            }
                        }
                        // Who is told something, or cited, is not who the text goes on about.
                        EntityType::Org
                            if !governed(text, sentence, item.first)
                                && (Some(index) == main_org || !beside_saying(sentence, &item, lookup)) =>
                        {
                            spoken_of = Some(index)
                        }
                        _ => {}
                    }
                }
                ItemKind::Pronoun(Pronoun::Person) => {
                    // Within its sentence a pronoun looks back at the subject, else at whoever was spoken of last.
                    let gender = gender::said(sentence.word(text, item.first));
                    let near = [subject_person, person, any_person].into_iter().flatten();
                    let target = near.chain(people.iter().rev().copied()).chain(ahead).find(|e| can_be(e, gender));
                    sentence.items[at].entity = target;
                    subject_person = subject_person.or(target);
                }
                // After "that post" or "the run", "it" is the post or the run: the claim carries that over.
                ItemKind::Pronoun(Pronoun::Thing) if nominal => {}
                ItemKind::Pronoun(Pronoun::Thing) => sentence.items[at].entity = thing.or(spoken_of).or(org),
                ItemKind::Nominal { kind: EntityType::Person, definite, ref head, .. } => {
                    let apposed = item.first.checked_sub(1).and_then(|b| {
                        let mark = sentence.mark(text, b);
                        let before =
                            sentence.items.iter().find(|i| i.last == b && matches!(i.kind, ItemKind::Name(_)))?;
                        let person = entities.get(before.entity?).is_some_and(|e| e.kind == EntityType::Person);
                        (person && matches!(mark, Some(',' | '—' | '–'))).then_some(before.entity?)
                    });
                    // "The Finnish director is 39; it is her second film."
                    let behind = || (item.last..sentence.toks.len()).find_map(|a| gender::said(sentence.word(text, a)));
                    let gender = gender::of_word(head, lookup).or_else(behind);
                    // Who holds another post is not meant by this one, nor is whoever stands near a post of one word
                    // that only an office has: "the president".
                    let office = is_handle(&item.kind, lookup);
                    let known = lookup.terms("nominals").at(&[sentence.toks[item.last - 1].words], None).is_some();
                    let other = |e: &u32| office && entities.posts.holds_another(*e, text, sentence, &item, lookup);
                    let near = || {
                        let mut all = [subject_person, person].into_iter().flatten().filter(|_| known || !office);
                        all.find(|e| can_be(e, gender) && !other(e))
                    };
                    // "The engineer who …" may be another one.
                    let stated = matches!(sentence.word(text, item.last), "who" | "whose");
                    let bearer = || callings.bearer(head).filter(|e| !stated && !other(e));
                    let holder =
                        if office { entities.posts.meant(text, sentence, &item, lookup) } else { Meant::Nobody };
                    let meant = || match holder {
                        Meant::Holder(who) => Some(who),
                        Meant::Several => None,
                        Meant::Nobody => bearer().or_else(near).filter(|_| definite),
                    };
                    sentence.items[at].entity = apposed.or_else(meant);
                }
                ItemKind::Nominal { kind: EntityType::Org, definite: true, owner: None, .. } => {
                    let apposed = apposed_to(text, sentence, &item)
                        .filter(|e| matches!(entities.all[*e as usize].kind, EntityType::Org | EntityType::Any));
                    // "Norvik, the shipping company": what it is called is what it is.
                    if let Some(name) = apposed {
                        entities.all[name as usize].kind = EntityType::Org;
                        spoken_of = Some(name);
                    }
                    sentence.items[at].entity = apposed.or(spoken_of).or(org);
                }
                ItemKind::Nominal { owner: Some(owner), .. } => {
                    // The owner's entity: "his post", "Lovelace's announcement".
                    let of = sentence
                        .items
                        .iter()
                        .find(|i| i.first <= owner && owner < i.last && i.last <= item.first + 1 && i.entity.is_some());
                    sentence.items[at].entity = of.and_then(|i| i.entity).or(subject_person).or(person);
                }
                ItemKind::Nominal { kind: EntityType::Product, definite: true, owner: None, .. } => {
                    let apposed = apposed_to(text, sentence, &item)
                        .filter(|e| matches!(entities.all[*e as usize].kind, EntityType::Product | EntityType::Any));
                    // Where the text has just gone over to another thing, that one may be meant.
                    let other = thing
                        .filter(|t| matches!(entities.all[*t as usize].kind, EntityType::Product | EntityType::Any));
                    sentence.items[at].entity = apposed.or(work.filter(|w| other.is_none_or(|t| t == *w)));
                }
                // "The post", "the move" are whose the text goes on about; a fire or a crash is nobody's.
                ItemKind::Nominal { kind, definite: true, ref head, .. }
                    if kind == EntityType::Document
                        || kind == EntityType::Event && lookup.term_of("deeds", head).is_some() =>
                {
                    sentence.items[at].entity = subject_person.or(person).or(main_person);
                }
                _ => {}
            }
        }
        let subject = sentence.items.iter().find(|i| {
            matches!(i.kind, ItemKind::Name(_) | ItemKind::Nominal { .. } | ItemKind::Pronoun(_))
                && !governed(text, sentence, i.first)
        });
        nominal = subject.is_some_and(|i| {
            matches!(
                i.kind,
                ItemKind::Nominal { kind: EntityType::Document | EntityType::Event | EntityType::Product, .. }
            )
        }) || nominal && subject.is_some_and(|i| matches!(i.kind, ItemKind::Pronoun(Pronoun::Thing)));
        person = subject_person.or(any_person).or(person);
        org = spoken_of.or(org);
        // What the sentence does something to, where its subject is a person; where that is, is no thing.
        let mut free = sentence
            .items
            .iter()
            .filter(|i| matches!(i.kind, ItemKind::Name(_)) && !governed(text, sentence, i.first))
            .filter_map(|i| i.entity);
        let kind = |e: &u32| entities.all[*e as usize].kind;
        thing = match free.next() {
            Some(e) if kind(&e) == EntityType::Person => {
                free.find(|e| !matches!(kind(e), EntityType::Person | EntityType::Place))
            }
            first => first,
        }
        .or(thing);
    }
}

/// Who is called by a word for people: "her coach, Magnus Lund", "the author Astrid Lund".
#[derive(Debug, Default)]
struct Callings {
    /// By the word: the one who bears it, or nobody where several do.
    by_word: BTreeMap<Box<str>, Option<u32>>,
}

impl Callings {
    fn new(
        text: &str,
        sentences: &[Sentence],
        entities: &Entities,
        lookup: &Lookup,
        skip: &impl Fn(&Sentence) -> bool,
    ) -> Self {
        let mut all = Callings::default();
        for sentence in sentences.iter().filter(|s| !skip(s)) {
            for item in sentence.items.iter().filter(|i| matches!(i.kind, ItemKind::Name(EntityType::Person))) {
                let Some(index) = item.entity.filter(|e| entities.get(*e).is_some()) else { continue };
                let comma = |a: usize| sentence.mark(text, a) == Some(',');
                let before = item.first.checked_sub(1).map(|b| if comma(b) { b.saturating_sub(1) } else { b });
                let behind = (item.last + 1..(item.last + 4).min(sentence.toks.len())).filter(|_| comma(item.last));
                let word = |a: usize| lookup.terms("nominals").at(&[sentence.toks[a].words], Some("person"));
                for (_, term) in before.into_iter().chain(behind).filter_map(word) {
                    let bearer = all.by_word.entry(term.key.clone()).or_insert(Some(index));
                    *bearer = bearer.filter(|b| *b == index);
                }
            }
        }
        all
    }

    /// The only one who bears a word.
    fn bearer(&self, word: &str) -> Option<u32> {
        self.by_word.get(word).copied().flatten()
    }
}

/// The name that a description is set beside: "Norvik, the company".
fn apposed_to(text: &str, sentence: &Sentence, item: &Item) -> Option<u32> {
    // The article may or may not be a word of the item.
    let comma = (0..=2).filter_map(|n| item.first.checked_sub(n + 1)).find(|&a| sentence.mark(text, a) == Some(','))?;
    let name = sentence.items.iter().find(|i| i.last == comma && matches!(i.kind, ItemKind::Name(_)))?;
    name.entity
}

/// Whether a verb of saying stands right before or behind an item: who reports or is told.
fn beside_saying(sentence: &Sentence, item: &Item, lookup: &Lookup) -> bool {
    let says = |at: usize| {
        let words: Vec<_> = sentence.words_from(at).take(2).collect();
        lookup.terms("speech-verbs").at(&words, None).is_some()
    };
    says(item.last) || item.first > 0 && says(item.first - 1)
}

/// Ends of verbs and verbs that need a subject before them.
const PAST: [&str; 4] = ["ed", "was", "has", "had"];

/// Whether a preposition stands right before the token, a determiner passed over.
pub(crate) fn governed(text: &str, sentence: &Sentence, first: usize) -> bool {
    let mut at = first;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1) else { return false };
        // "From Norvik and Harbour Capital": what governs the one governs the other.
        let joined =
            |i: &&Item| i.last == before && matches!(i.kind, ItemKind::Name(_)) && sentence.word(text, i.last) == "and";
        if at == first
            && let Some(item) = sentence.items.iter().find(joined)
        {
            return governed(text, sentence, item.first);
        }
        // "Behind Larkfield 2 opened": where a verb follows, the first word belongs to the name.
        let follows = |i: &&Item| i.first == first && PAST.iter().any(|p| sentence.word(text, i.last).ends_with(p));
        if before == 0 && at == first && sentence.items.iter().any(|i| follows(&i)) {
            return false;
        }
        match sentence.word(text, before).to_lowercase().as_str() {
            "the" | "a" | "an" | "his" | "her" | "its" | "their" => at = before,
            "of" | "at" | "for" | "by" | "with" | "under" | "from" | "to" | "in" | "on" | "into" | "about"
            | "against" | "over" | "than" | "between" | "like" | "toward" | "towards" | "alongside" | "via" | "per"
            | "after" | "before" | "behind" | "near" | "outside" | "inside" | "within" | "without" | "through"
            | "throughout" | "across" | "during" | "despite" | "besides" | "beyond" | "unlike" => return true,
            // An adjective: "with a joint Harbour Centre".
            _ if at == first && before > 0 && matches!(sentence.word(text, before - 1), "a" | "an" | "the") => {
                at = before
            }
            // A trade: "the second feature of director Ada Lovelace".
            word if at == first
                && before > 0
                && word.len() > 4
                && !matches!(word, "course" | "which" | "whom" | "there" | "these" | "those")
                && matches!(sentence.word(text, before - 1), "of" | "by" | "with" | "from")
                && !sentence.toks[before].capital =>
            {
                return sentence.toks[before].kind == TokenKind::Word;
            }
            // A title in capitals stands between: "with CEO Ada Lovelace".
            word if sentence.toks[before].capital && word.len() <= 4 && before > 0 => at = before,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// Who or what is said to have its figure in the last sentence of a text.
    #[track_caller]
    fn check(text: &str, subject: &str) {
        let claims = EXTRACTOR.extract(&Document::from_text("a.txt", text), None).claims;
        let found = claims.iter().rfind(|c| matches!(c.value, crate::value::Value::Quantity(_))).unwrap();
        assert_eq!(found.subject.as_ref().map_or("?", |s| &s.name), subject, "{text}");
    }

    #[test]
    fn people() {
        check("Ingrid Solberg met Omar Lund. She owns 12 boats.", "Ingrid Solberg");
        check("Norvik Holdings was sold. She owns 12 boats.", "?");
        check("With Toni Lund, Kim Berg came home. He owns 12 boats.", "Kim Berg");
        check("For Toni Lund the day was long. He owns 12 boats.", "Toni Lund");
        check("In her speech Ingrid Solberg named 12 boats.", "Ingrid Solberg");
        check("Ingrid Solberg has a coach, Omar Lund. The coach owns 12 boats.", "Omar Lund");
        check("Ingrid Solberg has a pilot, Omar Lund. The singer owns 12 boats.", "Ingrid Solberg");
    }

    #[test]
    fn organisations_and_things() {
        check("Lund Motors met. Norvik Holdings was sold. It has 320 employees.", "Norvik Holdings");
        check("Norvik Holdings was sold to Lund Motors. It has 320 employees.", "Norvik Holdings");
        check("Norvik Holdings met. Ingrid Solberg left. The company has 320 employees.", "Norvik Holdings");
        check("Today Norvik Lines, the company, built a pier. The company has 320 employees.", "Norvik Lines");
        check("Norvik Lines, the company, has a pier. The company has 320 employees.", "Norvik Lines");
        check("Today Norvik Lines built a pier. The poem has 320 lines.", "poem");
    }
}
