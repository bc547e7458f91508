//! Over all documents: entities with one name are one.
//!
//! Names are compared inside buckets of their last word, so that cost grows with the number of names. People merge
//! when their surnames are equal and their given names are equal, short forms of one another, initials, or absent
//! with nobody else of that surname in the run. Everything else merges on the folded name alone: a name one
//! character apart stays apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::mention::is_legal_form;
use crate::rule::{EntityType, Lookup};
use crate::text::fold_name;

/// What a document knows of one of its entities; the fact that runs merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its fullest name.
    pub name: String,
    /// Its kind.
    pub kind: EntityType,
    /// How often it is named.
    pub count: u32,
    /// Its initials, folded, where the document goes by them too: "the Northern Relief Fund (NRF)".
    pub initials: Option<String>,
    /// Whether it is what the document is about.
    pub topic: bool,
}

/// The entities of a run.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    /// By document, then by entity of the document: index into `names`.
    pub of: Vec<Vec<u32>>,
    /// Fullest name of each.
    pub names: Vec<String>,
    /// Kind of each.
    pub kinds: Vec<EntityType>,
    /// Those that are a post with several holders: whom it means cannot be determined.
    pub open: BTreeSet<u32>,
}

impl Merged {
    /// The run's entity of a document's entity.
    pub fn global(&self, document: u32, entity: u32) -> Option<u32> {
        self.of.get(document as usize)?.get(entity as usize).copied()
    }

    /// Adds a post of which it cannot be determined who holds it.
    pub(super) fn add_open(&mut self, words: &str) -> u32 {
        let global = self.names.len() as u32;
        self.names.push(words.to_owned());
        self.kinds.push(EntityType::Person);
        self.open.insert(global);
        global
    }
}

/// Merges the entities of all documents. The result does not depend on the order of documents save for indices.
pub fn merge(documents: &[Vec<Known>], aliases: &[(String, Vec<String>)], lookup: &Lookup) -> Merged {
    let mut canonical: BTreeMap<String, &str> =
        aliases.iter().flat_map(|(name, others)| others.iter().map(|o| (fold_name(o), name.as_str()))).collect();
    // Initials that documents give for one name, and no document for another, are that name everywhere.
    let mut given: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for known in documents.iter().flatten() {
        if let Some(initials) = &known.initials {
            let longest = given.entry(initials).or_default().entry(key(&known.name, lookup)).or_insert(&known.name);
            *longest = (*longest).max(&known.name);
        }
    }
    for (initials, names) in given {
        if let (1, Some(name)) = (names.len(), names.into_values().next()) {
            canonical.entry(initials.to_owned()).or_insert(name);
        }
    }
    let mut names: Vec<(String, String, EntityType)> = documents
        .iter()
        .flatten()
        .map(|k| {
            let name = canonical.get(&fold_name(&k.name)).map_or(k.name.clone(), |n| (*n).to_owned());
            (key(&name, lookup), name, k.kind)
        })
        .collect();
    // Longest names first, then by the letter, so that the fullest name leads its group.
    names.sort_by(|a, b| {
        let words = |s: &str| std::cmp::Reverse(s.split(' ').count());
        words(&a.0).cmp(&words(&b.0)).then_with(|| a.cmp(b))
    });
    names.dedup_by(|a, b| a.0 == b.0 && (a.2 == b.2));
    let mut merged = Merged::default();
    let mut index: BTreeMap<String, u32> = BTreeMap::new();
    let mut by_last: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (key, name, kind) in names {
        if let Some(&at) = index.get(&key) {
            let have = &mut merged.kinds[at as usize];
            if *have == EntityType::Any {
                *have = kind;
            }
            continue;
        }
        let words: Vec<&str> = key.split(' ').collect();
        let last = words.last().copied().unwrap_or_default();
        let bucket = by_last.entry(last.to_owned()).or_default();
        let fits: Vec<u32> = bucket
            .iter()
            .copied()
            .filter(|&at| {
                let other = self::key(&merged.names[at as usize], lookup);
                let people =
                    [kind, merged.kinds[at as usize]].iter().all(|k| matches!(k, EntityType::Person | EntityType::Any));
                people && same_person(&words, &other.split(' ').collect::<Vec<_>>(), lookup)
            })
            .collect();
        let at = match fits.as_slice() {
            [one] => *one,
            _ => {
                merged.names.push(name);
                merged.kinds.push(kind);
                let at = merged.names.len() as u32 - 1;
                bucket.push(at);
                at
            }
        };
        index.insert(key, at);
    }
    merged.of = documents
        .iter()
        .map(|known| {
            known
                .iter()
                .map(|k| {
                    let name = canonical.get(&fold_name(&k.name)).map_or(k.name.as_str(), |n| n);
                    index.get(&key(name, lookup)).copied().unwrap_or_default()
                })
                .collect()
        })
        .collect();
    merged
}

/// A name as merged: folded, without article and points, legal forms and what firms are called at length cut off.
fn key(name: &str, lookup: &Lookup) -> String {
    let folded = fold_name(name).replace(['.', ','], "");
    let bare = folded.strip_prefix("the ").unwrap_or(&folded);
    let mut words: Vec<&str> = bare.split(' ').collect();
    let form = |w: &str| {
        is_legal_form(w, lookup) || lookup.term_of("org-words", w).is_some_and(|t| &*t.class == "form at length")
    };
    while words.len() > 1 && words.last().is_some_and(|w| form(w)) {
        words.pop();
    }
    words.join(" ")
}

/// Whether two names of people, surname last, can be one person's.
fn same_person(a: &[&str], b: &[&str], lookup: &Lookup) -> bool {
    let (Some(last), Some(other)) = (a.last(), b.last()) else { return false };
    if last != other {
        return false;
    }
    let (Some(x), Some(y)) = (a.first().filter(|_| a.len() > 1), b.first().filter(|_| b.len() > 1)) else {
        return true;
    };
    let full = |n: &str| lookup.term_of("nicknames", n).map(|t| t.key.to_string()).unwrap_or_else(|| n.to_owned());
    x == y
        || full(x) == full(y)
        || full(x) == **y
        || full(y) == **x
        || x.len() == 1 && y.starts_with(x)
        || y.len() == 1 && x.starts_with(y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firm_has_one_name_with_and_without_its_legal_form() {
        let lookup = crate::rule::Rules::embedded().unwrap().lookup();
        for (name, expected) in [
            ("Norvik Ltd", "norvik"),
            ("The Norvik Corporation", "norvik"),
            ("Norvik Holdings, Inc.", "norvik"),
            ("Norvik S.p.A.", "norvik"),
            ("Norvik Bank", "norvik bank"),
            ("Holdings", "holdings"),
        ] {
            assert_eq!(key(name, &lookup), expected, "{name}");
        }
    }
}
