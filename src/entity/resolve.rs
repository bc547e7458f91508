//! Within one document: names to entities, then pronouns and referring nouns to the entities before them.

use std::collections::{BTreeMap, BTreeSet};

use crate::mention::{Item, ItemKind, Pronoun, Sentence};
use crate::rule::{EntityType, Lookup};
use crate::text::{TokenKind, fold_name};

/// A thing that a document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name that the document gives.
    pub name: String,
    /// Its kind.
    pub kind: EntityType,
    /// Other names, folded, sorted.
    pub aliases: Vec<String>,
    /// How often it is named.
    pub count: u32,
}

/// The entities of one document.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// In order of first mention.
    pub all: Vec<Entity>,
}

impl Entity {
    /// Its initials, where the document goes by them too.
    pub fn initials(&self) -> Option<String> {
        let name = fold_name(&self.name);
        let short = initials(&name.split(' ').collect::<Vec<_>>());
        let goes_by = |a: &String| a.replace('.', "") == short;
        (short.len() > 1 && name.contains(' ') && self.aliases.iter().any(goes_by)).then_some(short)
    }
}

impl Entities {
    /// The entity of an index.
    pub fn get(&self, index: u32) -> Option<&Entity> {
        self.all.get(index as usize)
    }

    /// The entity of a kind that the document names most often; the earlier one of equals.
    pub fn main(&self, kind: EntityType) -> Option<u32> {
        let best = self.all.iter().enumerate().filter(|(_, e)| e.kind == kind);
        best.max_by(|a, b| a.1.count.cmp(&b.1.count).then(b.0.cmp(&a.0))).map(|(i, _)| i as u32)
    }
}

/// Resolves every mention that refers to a thing. `skip` says of a sentence (by index) that it is page furniture.
pub fn resolve(text: &str, sentences: &mut [Sentence], lookup: &Lookup, skip: impl Fn(&Sentence) -> bool) -> Entities {
    let mut entities = Entities::default();
    name(text, sentences, &mut entities, lookup, &skip);
    refer(text, sentences, &mut entities, lookup, &skip);
    entities
}

/// First pass: names. Longer names first, so that a surname finds its full name wherever it stands.
fn name(
    text: &str,
    sentences: &mut [Sentence],
    entities: &mut Entities,
    lookup: &Lookup,
    skip: &impl Fn(&Sentence) -> bool,
) {
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for (s, sentence) in sentences.iter().enumerate().filter(|(_, s)| !skip(s)) {
        for (i, item) in sentence.items.iter().enumerate() {
            if matches!(item.kind, ItemKind::Name(_)) {
                places.push((s, i, item.last - item.first));
            }
        }
    }
    let mut order = places.clone();
    order.sort_by_key(|&(s, i, n)| (std::cmp::Reverse(n), s, i));
    let mut by_name: BTreeMap<String, u32> = BTreeMap::new();
    let mut parts = Parts::default();
    for (s, i, _) in order {
        let item = &sentences[s].items[i];
        let ItemKind::Name(kind) = item.kind else { continue };
        let shown = item.span.of(text).trim_end_matches("’s").trim_end_matches("'s");
        let key = fold_name(shown);
        let found = by_name.get(&key).copied().or_else(|| parts.find(&key, kind, &entities.all));
        let index = found.unwrap_or_else(|| {
            let index = entities.all.len() as u32;
            entities.all.push(Entity { name: shown.to_owned(), kind, aliases: Vec::new(), count: 0 });
            parts.add(&key, index);
            index
        });
        by_name.insert(key.clone(), index);
        let entity = &mut entities.all[index as usize];
        entity.count += 1;
        if entity.kind == EntityType::Any {
            entity.kind = kind;
        }
        if entity.kind == EntityType::Any {
            entity.kind = evidence(text, &sentences[s], &sentences[s].items[i], lookup);
        }
        if let Err(at) = entity.aliases.binary_search(&key) {
            entity.aliases.insert(at, key);
        }
        sentences[s].items[i].entity = Some(index);
    }
    // What the whole document says of a name holds for every mention of it.
    for (s, i, _) in places {
        let item = &mut sentences[s].items[i];
        if let Some(entity) = item.entity.and_then(|e| entities.get(e)) {
            item.kind = ItemKind::Name(entity.kind);
        }
    }
}

/// Names by the words that may stand for them, so that a short name is not compared with every long one.
#[derive(Default)]
struct Parts {
    by_words: BTreeMap<String, Vec<u32>>,
}

impl Parts {
    /// Takes in a folded name of several words.
    fn add(&mut self, name: &str, index: u32) {
        let words: Vec<&str> = name.split(' ').collect();
        let [first, .., last] = words.as_slice() else { return };
        let whole = words[..words.len() - 1].join(" ");
        for short in BTreeSet::from([(*first).to_owned(), (*last).to_owned(), whole, initials(&words)]) {
            self.by_words.entry(short).or_default().push(index);
        }
    }

    /// A person's surname or given name, an organisation without its legal form, initials: the one name already known
    /// that a short name is a part of.
    fn find(&self, key: &str, kind: EntityType, known: &[Entity]) -> Option<u32> {
        let plain = key.replace('.', "");
        let dotted = self.by_words.get(&plain).filter(|_| plain != key);
        let fits = |e: &Entity| {
            let name = fold_name(&e.name);
            let words: Vec<&str> = name.split(' ').collect();
            match e.kind {
                EntityType::Any if words.len() > 2 && plain.len() > 2 && initials(&words) == plain => true,
                EntityType::Person | EntityType::Any if kind != EntityType::Org => {
                    words.last() == Some(&key) || e.kind == EntityType::Person && words.first() == Some(&key)
                }
                EntityType::Org => {
                    words[..words.len() - 1].join(" ") == key && key.len() > 3
                        || words.len() > 2 && initials(&words) == plain
                }
                _ => false,
            }
        };
        let candidates = self.by_words.get(key).into_iter().chain(dotted).flatten();
        let mut all = candidates.filter(|i| known.get(**i as usize).is_some_and(fits));
        match (all.next(), all.next()) {
            (Some(one), None) => Some(*one),
            _ => None,
        }
    }
}

fn initials(words: &[&str]) -> String {
    words.iter().filter(|w| !matches!(**w, "of" | "the" | "and" | "for")).filter_map(|w| w.chars().next()).collect()
}

/// What stands beside a name of unknown kind: "at X", "X's chief executive", "founder of X" make it an organisation;
/// "X, who", "X said" with two words make it a person.
fn evidence(text: &str, sentence: &Sentence, item: &Item, lookup: &Lookup) -> EntityType {
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

/// Second pass: what pronouns and nouns stand for, in reading order.
fn refer(
    text: &str,
    sentences: &mut [Sentence],
    entities: &mut Entities,
    lookup: &Lookup,
    skip: &impl Fn(&Sentence) -> bool,
) {
    let main_person = entities.main(EntityType::Person);
    let main_org = entities.main(EntityType::Org);
    let (mut person, mut org, mut thing) = (main_person, main_org, None::<u32>);
    let mut nominal = false;
    for sentence in sentences.iter_mut() {
        if skip(sentence) {
            continue;
        }
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
                    let target = subject_person.or(person).or(any_person);
                    sentence.items[at].entity = target;
                    subject_person = subject_person.or(target);
                }
                // After "that post" or "the run", "it" is the post or the run: the claim carries that over.
                ItemKind::Pronoun(Pronoun::Thing) if nominal => {}
                ItemKind::Pronoun(Pronoun::Thing) => sentence.items[at].entity = thing.or(spoken_of).or(org),
                ItemKind::Nominal { kind: EntityType::Person, definite, .. } => {
                    let apposed = item.first.checked_sub(1).and_then(|b| {
                        let mark = sentence.mark(text, b);
                        let before =
                            sentence.items.iter().find(|i| i.last == b && matches!(i.kind, ItemKind::Name(_)))?;
                        let person = entities.get(before.entity?).is_some_and(|e| e.kind == EntityType::Person);
                        (person && matches!(mark, Some(',' | '—' | '–'))).then_some(before.entity?)
                    });
                    sentence.items[at].entity = apposed.or(if definite { subject_person.or(person) } else { None });
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
        thing = sentence
            .items
            .iter()
            .find(|i| matches!(i.kind, ItemKind::Name(_)) && !governed(text, sentence, i.first))
            .and_then(|i| i.entity)
            .filter(|e| entities.all[*e as usize].kind != EntityType::Person)
            .or(thing);
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

/// Whether a preposition stands right before the token, a determiner passed over.
pub(crate) fn governed(text: &str, sentence: &Sentence, first: usize) -> bool {
    let mut at = first;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1) else { return false };
        match sentence.word(text, before).to_lowercase().as_str() {
            "the" | "a" | "an" | "his" | "her" | "its" | "their" => at = before,
            "of" | "at" | "for" | "by" | "with" | "under" | "from" | "to" | "in" | "on" | "into" | "about"
            | "against" | "over" | "than" | "between" | "like" | "toward" | "towards" | "alongside" | "via" | "per"
            | "after" | "before" => return true,
            // An adjective: "with a joint Harbour Centre".
            _ if at == first && before > 0 && matches!(sentence.word(text, before - 1), "a" | "an" | "the") => {
                at = before
            }
            // A title in capitals stands between: "with CEO Ada Lovelace".
            word if sentence.toks[before].capital && word.len() <= 4 && before > 0 => at = before,
            _ => return false,
        }
    }
    false
}
