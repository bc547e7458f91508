//! From wire types to checked rules.
//!
//! Comes in: a file's keys with their places, and the lexicons. Goes out: a rule in which every word is known and every
//! frame, formula and message has been read, and all faults of the file. What is checked here is checked nowhere again.

mod check;
mod extract;
mod kind;
mod lexicon;
mod relate;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

pub use check::{CheckExample, CheckRule, Constraint, Cue, Form, Role};
pub(super) use extract::Cues;
pub use extract::{ExtractExample, ExtractRule};
pub use kind::KindRule;
pub use lexicon::{Lexicon, LexiconExample, Row};
pub use relate::{Gates, RelateExample, RelateRule, Setting, When};

pub(super) use check::compile as check;
pub(super) use extract::compile as extract;
pub(super) use kind::compile as kind;
pub(super) use lexicon::compile as lexicon;
pub(super) use relate::compile as relate;

use super::fault::{Fault, Faults};
use super::frame::Lexicons;
use super::place::{Placed, RuleFile};
use super::schema::PlacedWord;
use super::template::Template;
use super::vocabulary::Vocabulary;

/// What every rule file begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The file name without its ending; permanent.
    pub id: String,
    /// One line.
    pub summary: String,
    /// Why the rule exists.
    pub why: String,
    /// Where it was read; faults found later (an example that fails) point into it.
    pub file: Arc<RuleFile>,
    /// The bytes of the id in the file.
    pub place: Range<usize>,
}

impl Lexicons for BTreeMap<String, Lexicon> {
    fn ids(&self) -> Vec<&str> {
        self.keys().map(String::as_str).collect()
    }

    fn classes(&self, id: &str) -> Option<Vec<&str>> {
        self.get(id).map(Lexicon::classes)
    }
}

/// The checks of one file that all kinds of rules need.
pub(super) struct Checker<'a> {
    file: &'a Arc<RuleFile>,
    faults: Faults<'a>,
    /// Keys that were there but could not be read: they were reported and are not missing.
    gone: &'a [String],
    /// Where faults of the file as a whole point.
    place: Range<usize>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(file: &'a Arc<RuleFile>, gone: &'a [String]) -> Self {
        Checker { file, faults: Faults::new(file), gone, place: 0..0 }
    }

    pub(super) fn into_found(self) -> Vec<Fault> {
        self.faults.into_found()
    }

    fn head(&mut self, id: Option<PlacedWord>, summary: Option<PlacedWord>, why: Option<PlacedWord>) -> Option<Head> {
        if let Some(id) = &id {
            self.place = id.span.clone();
        }
        let id = self.name(id, "id");
        let summary = self.text(summary, "summary");
        let why = self.text(why, "why");
        if let Some(id) = &id
            && id != self.file.stem()
        {
            let message = format!("id `{id}` is not the name of the file");
            let help = format!("write `{}`, or rename the file to `{id}.toml`", self.file.stem());
            self.faults.push_with(&self.place.clone(), message, help);
        }
        Some(Head { id: id?, summary: summary?, why: why?, file: Arc::clone(self.file), place: self.place.clone() })
    }

    /// A key that has to be there; the fault points at the file's id.
    fn need<T>(&mut self, value: Option<T>, key: &str) -> Option<T> {
        let place = self.place.clone();
        self.need_in(value, key, &place)
    }

    /// A key that has to be there; the fault points at `place`.
    fn need_in<T>(&mut self, value: Option<T>, key: &str, place: &Range<usize>) -> Option<T> {
        if value.is_none() && !self.gone.iter().any(|gone| gone == key) {
            self.faults.push(place, format!("key `{key}` is missing"));
        }
        value
    }

    /// Words for people: there, and not empty.
    fn text(&mut self, value: Option<PlacedWord>, key: &str) -> Option<String> {
        let word = self.need(value, key)?;
        self.not_empty(&word, key)
    }

    fn not_empty(&mut self, word: &PlacedWord, key: &str) -> Option<String> {
        self.says(word, key).then(|| word.value.clone())
    }

    fn says(&mut self, word: &PlacedWord, key: &str) -> bool {
        let says = !word.value.trim().is_empty();
        if !says {
            self.faults.push(&word.span, format!("`{key}` is empty"));
        }
        says
    }

    /// A name that has to be there.
    fn name(&mut self, value: Option<PlacedWord>, key: &str) -> Option<String> {
        let word = self.need(value, key)?;
        self.named(&word, key)
    }

    /// A name: lower-case letters, digits, `-`, `_` and single blanks, beginning with a letter.
    fn named(&mut self, word: &PlacedWord, key: &str) -> Option<String> {
        let value = &word.value;
        let inner = |c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | ' ');
        if value.starts_with(char::is_lowercase) && value.chars().all(inner) && value.trim() == value {
            return Some(value.clone());
        }
        let help = "write lower-case letters, digits, `-` and `_`, a letter first";
        self.faults.push_with(&word.span, format!("`{value}` cannot be a name for `{key}`"), help);
        None
    }

    fn names(&mut self, words: &[PlacedWord], key: &str) -> Vec<String> {
        words.iter().filter_map(|word| self.named(word, key)).collect()
    }

    fn maybe_name(&mut self, word: Option<&PlacedWord>, key: &str) -> Option<String> {
        word.and_then(|word| self.named(word, key))
    }

    /// A word of a closed set that has to be there.
    fn one<V: Vocabulary>(&mut self, value: Option<PlacedWord>, key: &str) -> Option<V> {
        let word = self.need(value, key)?;
        self.faults.word(&word)
    }

    /// A word of a closed set, if there is one.
    fn maybe<V: Vocabulary>(&mut self, value: Option<&PlacedWord>) -> Option<V> {
        value.and_then(|word| self.faults.word(word))
    }

    /// Words of a closed set.
    fn some<V: Vocabulary>(&mut self, words: &[PlacedWord]) -> Vec<V> {
        words.iter().filter_map(|word| self.faults.word(word)).collect()
    }

    /// Words of a closed set; at least one.
    fn some_at_least_one<V: Vocabulary>(
        &mut self,
        words: Option<Placed<Vec<PlacedWord>>>,
        key: &str,
    ) -> Option<Vec<V>> {
        let words = self.need(words, key)?;
        if words.value.is_empty() {
            self.faults.push(&words.span, format!("`{key}` is empty"));
        }
        Some(self.some(&words.value))
    }

    fn template(&mut self, value: Option<PlacedWord>, key: &str, known: &[&str]) -> Option<Template> {
        let word = self.need(value, key)?;
        self.not_empty(&word, key)?;
        match Template::parse(&word.value, known) {
            Ok(template) => Some(template),
            Err(errors) => {
                errors.into_iter().for_each(|error| self.faults.error(&word.span, error));
                None
            }
        }
    }

    /// The reason that an example which stays silent has to give.
    fn reason(&mut self, why: Option<&PlacedWord>, silent: bool, place: &Range<usize>) -> Option<String> {
        match why {
            Some(word) => self.not_empty(word, "why"),
            None => {
                if silent && !self.gone.iter().any(|gone| gone == "why") {
                    self.faults.push(place, "example that must stay silent does not say why");
                }
                None
            }
        }
    }

    /// Two examples that fire and two that stay silent.
    fn enough_examples(&mut self, firing: usize, silent: usize) {
        let unread = self.gone.iter().any(|gone| matches!(gone.as_str(), "example" | "fires" | "outcome"));
        if (firing < 2 || silent < 2) && !unread {
            let message = format!("too few examples: {firing} that fire and {silent} that must stay silent");
            let place = self.place.clone();
            self.faults.push_with(&place, message, "a rule has at least two of each");
        }
    }
}
