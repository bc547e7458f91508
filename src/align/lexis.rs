//! What the lexicons say of the words of a run, each looked up once.

use std::ops::Index;
use std::sync::LazyLock;

use foldhash::HashMap;

use crate::language::Tree;
use crate::rule::{Lookup, Phrase, Words};
use crate::text::spelling;

/// How much a word weighs whose frequency is not known, in bits: more than any that is.
pub(super) const RARE: u32 = 17;
/// Letters by which words of one family are told: "approve", "approval".
const STEM: usize = 5;
/// Rows of the synonyms that are kept of a word.
pub(super) const SENSES: usize = 3;

/// Binary logarithms of how often a lemma stands in the treebank.
static FREQUENCY: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let lines = include_str!("../../models/frequency.txt").lines();
    lines.filter_map(|l| l.split_once(' ').and_then(|(w, n)| Some((w, n.parse().ok()?)))).collect()
});

/// What the lexicons say of a lemma, or of a verb with its particle: "turn down".
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub words: Words,
    /// What rules it out.
    pub opposed: Phrase,
    /// What rules out the words that name the rows of the synonyms in which it stands.
    opposed_senses: Vec<Phrase>,
    /// Whether it is a word of grammar, or names a day or a month: "more", "behind", "July".
    pub is_function: bool,
    /// Whether it names a day of the week, a month or a season.
    pub is_calendar: bool,
    /// Whether it names none of what there is: "nobody", "nothing".
    pub is_none: bool,
    /// Whether it denies.
    pub is_negation: bool,
    /// Whether it denies what it governs: "refuse".
    pub denies_below: bool,
    /// Whether it tells one of several alike: "another".
    pub is_instance: bool,
    pub is_change: bool,
    pub is_former: bool,
    /// Whether it says of a thing no more than that it was: "happen".
    pub is_mere: bool,
    pub is_mutual: bool,
    pub is_speech: bool,
    pub is_standard: bool,
    /// Whether it is said of people before their names: "Ms", "governor", "inspector".
    pub is_address: bool,
    /// Whether what it stands with is no more than possible: "would", "might".
    pub is_supposing: bool,
    /// Its key, and that of its family.
    pub key: u32,
    pub stem: u32,
    /// Keys of rows of the synonyms, the one that bears its name first; 0 is none.
    pub senses: [u32; SENSES],
    /// How much it tells, in bits.
    pub weight: u32,
}

impl Entry {
    fn new(lemma: &str, lookup: &Lookup, key: &mut impl FnMut(String) -> u32) -> Entry {
        let lower = lemma.to_lowercase();
        let all: Vec<Words> = lemma.split(' ').map(|word| lookup.words(word)).collect();
        let words = lookup.words(lemma);
        let term = |lexicon: &str| lookup.terms(lexicon).at(&[words], None).map(|(_, t)| t);
        let is_in = |lexicon: &str| term(lexicon).is_some();
        let rows = lookup.terms("synonyms").all_at(&all, "").filter(|(n, _)| *n == all.len());
        let mut rows: Vec<&str> = rows.map(|(_, t)| &*t.key).collect();
        rows.sort_by_key(|row| **row != *lower);
        let mut senses = [0; SENSES];
        senses.iter_mut().zip(&rows).for_each(|(sense, row)| *sense = key(format!("~{row}")));
        let stem: String = lower.chars().take(STEM).collect();
        // The lexicon has the words as they stand in a text: "refuses", "unable".
        let is_above = |word: &str| lookup.term_of("denials", word).is_some_and(|t| &*t.key == "above");
        let is_none = term("denials").is_some_and(|t| &*t.key == "none");
        let negative = || lookup.terms("negations").at(&[words], Some("negative")).is_some();
        let function = lookup.term_of("function-words", lemma);
        Entry {
            words,
            opposed: lookup.opposed().phrase(lemma),
            opposed_senses: rows.iter().map(|row| lookup.opposed().phrase(row)).collect(),
            is_function: function.is_some_and(|t| !["noun", "verb"].contains(&&*t.key)),
            is_calendar: function.is_some_and(|t| &*t.key == "calendar"),
            is_none,
            is_negation: is_none || lemma == "n't" || negative(),
            denies_below: is_above(lemma) || is_above(&format!("{lemma}s")),
            is_instance: term("scopes").is_some_and(|t| &*t.class == "instance"),
            is_change: is_in("change"),
            is_former: is_in("former"),
            is_mere: is_in("mere-happening"),
            is_mutual: is_in("mutual-verbs"),
            is_speech: is_in("speech-verbs"),
            is_standard: is_in("standards"),
            is_address: ["honorifics", "titles", "occupations"].into_iter().any(is_in),
            is_supposing: term("modals").is_some_and(|t| matches!(&*t.key, "would" | "could" | "may" | "might")),
            weight: RARE.saturating_sub(FREQUENCY.get(lower.as_str()).copied().unwrap_or(0)),
            key: key(spelling(&lower)),
            stem: key(format!("{stem}~")),
            senses,
        }
    }

    /// Whether two words are opposites; of two predicates also whether one is that of what the other means: "approved" and
    /// "turned down".
    pub(super) fn excludes(&self, other: &Entry, predicates: bool) -> bool {
        let by_sense = |p: &Entry, q: &Entry| p.opposed_senses.iter().any(|s| s.excludes(&q.opposed));
        self.opposed.excludes(&other.opposed) || predicates && (by_sense(self, other) || by_sense(other, self))
    }
}

/// The lemmas of a run as numbers, with their entries, and the keys of all that sentences are made of.
#[derive(Debug, Default)]
pub(super) struct Lexis {
    ids: HashMap<Box<str>, u32>,
    entries: Vec<Entry>,
    keys: HashMap<String, u32>,
}

impl Lexis {
    /// The number of a lemma.
    pub(super) fn id(&mut self, lemma: &str, lookup: &Lookup) -> u32 {
        if let Some(id) = self.ids.get(lemma) {
            return *id;
        }
        let id = self.entries.len() as u32;
        let entry = Entry::new(lemma, lookup, &mut |key| self.key(key));
        self.ids.insert(lemma.into(), id);
        self.entries.push(entry);
        id
    }

    /// A key: of a lemma, in whatever spelling; of an entity, `@` and its number; of a figure, `=` and its digits; of a dimension, `%` and its name.
    pub(super) fn key(&mut self, of: String) -> u32 {
        let next = self.keys.len() as u32 + 1;
        *self.keys.entry(of).or_insert(next)
    }

    /// The key of a figure that stands in some sentence.
    pub(super) fn number(&self, digits: &str) -> Option<u32> {
        self.keys.get(&number_key(digits)).copied()
    }
}

/// What the key of a figure is made of.
pub(super) fn number_key(digits: &str) -> String {
    format!("={digits}")
}

impl Index<u32> for Lexis {
    type Output = Entry;

    fn index(&self, id: u32) -> &Entry {
        &self.entries[id as usize]
    }
}

/// A sentence with what the lexicons say of its tokens.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    pub tree: &'a Tree,
    /// Of each token the number of its lemma.
    pub lemmas: &'a [u32],
    pub lexis: &'a Lexis,
}

impl<'a> Read<'a> {
    /// What the lexicons say of a token.
    pub(super) fn entry(self, at: usize) -> &'a Entry {
        &self.lexis[self.lemmas[at]]
    }

    /// The words of its tokens.
    pub(super) fn words(self) -> Vec<Words> {
        (0..self.lemmas.len()).map(|at| self.entry(at).words).collect()
    }
}
