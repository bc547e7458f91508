//! Within one document: names to entities.

use std::collections::{BTreeMap, BTreeSet};

use crate::mention::{ItemKind, Sentence};
use crate::rule::{EntityType, Lookup};
use crate::text::fold_name;

use super::coreference::resolve_references;
use super::evidence::{beside, datelined, spoken_of};
use super::model::{Entities, Entity, Posts, initials};

/// Resolves every mention that refers to a thing. `skip` says of a sentence that it is boilerplate.
pub fn resolve(text: &str, sentences: &mut [Sentence], lookup: &Lookup, skip: impl Fn(&Sentence) -> bool) -> Entities {
    let mut entities = Entities::default();
    name(text, sentences, &mut entities, lookup, &skip);
    entities.topic = topic(sentences, &entities, &skip);
    let all: Vec<&Sentence> = sentences.iter().filter(|s| !skip(s)).collect();
    entities.posts = Posts::new(text, &all, &entities, lookup);
    resolve_references(text, sentences, &mut entities, lookup, &skip);
    let all: Vec<&Sentence> = sentences.iter().filter(|s| !skip(s)).collect();
    entities.posts.look_for_handles(text, &all, lookup);
    entities
}

/// Most sentences at the head of a document in which it names what it is about.
const HEAD: usize = 3;

fn topic(sentences: &[Sentence], entities: &Entities, skip: &impl Fn(&Sentence) -> bool) -> Option<u32> {
    let most = entities.all.iter().map(|e| e.count).max().filter(|n| *n > 1)?;
    let head = sentences.iter().filter(|s| !skip(s)).take(HEAD).flat_map(|s| &s.items).filter_map(|i| i.entity);
    let mut named = head.filter(|e| entities.get(*e).is_some_and(|e| e.count == most));
    let first = named.next()?;
    named.all(|e| e == first).then_some(first)
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
            entity.kind = beside(text, &sentences[s], &sentences[s].items[i], lookup);
        }
        if let Err(at) = entity.aliases.binary_search(&key) {
            entity.aliases.insert(at, key);
        }
        sentences[s].items[i].entity = Some(index);
    }
    for (index, kind) in spoken_of(text, sentences, entities, lookup, skip) {
        entities.all[index as usize].kind = kind;
    }
    for (s, i, _) in &places {
        let item = &sentences[*s].items[*i];
        if let Some(index) = item.entity.filter(|_| datelined(text, &sentences[*s], item)) {
            entities.all[index as usize].kind = EntityType::Place;
        }
    }
    shorten(text, sentences, entities, lookup);
    // What the whole document says of a name holds for every mention of it.
    for (s, i, _) in places {
        let item = &mut sentences[s].items[i];
        if let Some(entity) = item.entity.and_then(|e| entities.get(e)) {
            item.kind = ItemKind::Name(entity.kind);
        }
    }
}

/// Takes a name of unknown kind for the one organisation of the document whose name begins with it, now that all kinds are
/// known: "Norvik" for "Norvik Boats". What one can be in or on is a place, and "Lowmere University" is not all of Lowmere.
fn shorten(text: &str, sentences: &mut [Sentence], entities: &mut Entities, lookup: &Lookup) {
    let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    let mut firms: BTreeMap<String, Vec<(u32, String)>> = BTreeMap::new();
    for (at, firm) in entities.all.iter().enumerate().filter(|(_, e)| e.kind == EntityType::Org) {
        let name = fold_name(&firm.name);
        if name.split(' ').next_back().is_some_and(|w| lookup.term_of("org-words", w).is_some()) {
            continue;
        }
        firms.entry(first(&name)).or_default().push((at as u32, name));
    }
    let places: BTreeSet<u32> = sentences
        .iter()
        .flat_map(|s| s.items.iter().map(move |i| (s, i)))
        .filter(|(s, i)| {
            let before = i.first.checked_sub(1).map(|b| s.word(text, b).to_lowercase());
            matches!(before.as_deref(), Some("in" | "on" | "near" | "across" | "around" | "outside" | "into"))
        })
        .filter_map(|(_, i)| i.entity)
        .collect();
    let mut long: BTreeMap<u32, u32> = BTreeMap::new();
    let open = |at: usize, e: &Entity| e.kind == EntityType::Any && !places.contains(&(at as u32));
    for (at, entity) in entities.all.iter().enumerate().filter(|(at, e)| open(*at, e)) {
        let short = fold_name(&entity.name);
        let begins = |(_, name): &&(u32, String)| name.strip_prefix(&short).is_some_and(|rest| rest.starts_with(' '));
        let mut all = firms.get(&first(&short)).into_iter().flatten().filter(begins);
        if let (Some((firm, _)), None) = (all.next(), all.next()) {
            long.insert(at as u32, *firm);
        }
    }
    for (&short, &firm) in &long {
        let name = entities.all[firm as usize].name.clone();
        let emptied = Entity { name, kind: EntityType::Org, aliases: Vec::new(), count: 0 };
        let taken = std::mem::replace(&mut entities.all[short as usize], emptied);
        let firm = &mut entities.all[firm as usize];
        firm.count += taken.count;
        firm.aliases.extend(taken.aliases);
        firm.aliases.sort();
        firm.aliases.dedup();
    }
    let items = sentences.iter_mut().flat_map(|s| &mut s.items);
    items.filter_map(|i| i.entity.as_mut()).for_each(|e| *e = long.get(e).copied().unwrap_or(*e));
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
