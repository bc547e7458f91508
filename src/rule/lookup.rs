//! Words and terms of the rules as numbers, so that text is matched by comparing integers.
//!
//! Comes in: every word of every frame and every term of every lexicon. Goes out: for a word of a text, the ids of the
//! rule words of which it is a form; for a place in a text, the longest term of a lexicon that begins there.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};

use crate::text::{Span, TokenKind, lemmas, tokenise};

use super::opposed::Opposed;

/// A word that some rule names. 0 is no word.
pub type WordId = u32;

/// The rule words of which one word of a text may be a form; unused places are 0.
///
/// The first is the word as it stands, if a rule names it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    own: WordId,
    all: [WordId; 6],
}

impl Words {
    /// Whether the word is among them.
    pub fn has(self, word: WordId) -> bool {
        word != 0 && self.all.contains(&word)
    }

    /// The words, none of them 0.
    pub fn iter(self) -> impl Iterator<Item = WordId> {
        self.all.into_iter().take_while(|w| *w != 0)
    }

    fn push(&mut self, word: WordId) {
        if word != 0
            && !self.all.contains(&word)
            && let Some(place) = self.all.iter_mut().find(|w| **w == 0)
        {
            *place = word;
        }
    }
}

/// A term of a lexicon: the row it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    first: WordId,
    /// The words behind the first.
    more: Box<[WordId]>,
    exact: bool,
    /// Key of the row.
    pub key: Box<str>,
    /// Class of the row; empty when it has none.
    pub class: Box<str>,
    /// Rank of the row on its scale.
    pub rank: Option<i64>,
    /// The next of its lexicon that begins with the same word, by place; none stands at [`LAST`].
    next: u32,
}

/// No place of a term.
const LAST: u32 = u32::MAX;

impl Term {
    /// Whether the first of `words` stands as the term has it, and is no other form of its word.
    pub fn begins_as(&self, words: &[Words]) -> bool {
        words.first().is_some_and(|have| have.own == self.first)
    }

    fn length(&self) -> usize {
        1 + self.more.len()
    }

    /// Whether its words stand at the beginning of `words`.
    fn stands_at(&self, words: &[Words]) -> bool {
        let mut own = std::iter::once(&self.first).chain(&self.more).zip(words);
        self.length() <= words.len() && own.all(|(w, have)| if self.exact { have.own == *w } else { have.has(*w) })
    }
}

/// The terms of one lexicon by their first word, in the order of their rows.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    all: Vec<Term>,
    /// The first and the last term that begins with a word, by place.
    by_first: HashMap<WordId, (u32, u32)>,
}

impl Terms {
    fn push(&mut self, term: Term) {
        let at = self.all.len() as u32;
        let (_, last) = self.by_first.entry(term.first).or_insert((at, at));
        if let Some(before) = self.all.get_mut(*last as usize) {
            before.next = at;
        }
        *last = at;
        self.all.push(term);
    }

    /// The terms that begin with a word.
    fn of(&self, first: WordId) -> impl Iterator<Item = &Term> {
        let at = self.by_first.get(&first).map_or(LAST, |(first, _)| *first);
        std::iter::successors(self.all.get(at as usize), |term| self.all.get(term.next as usize))
    }

    /// The longest term whose words stand at the beginning of `words`, and how many they are.
    pub fn at(&self, words: &[Words], class: Option<&str>) -> Option<(usize, &Term)> {
        words
            .first()?
            .iter()
            .flat_map(|w| self.of(w))
            .filter(|t| class.is_none_or(|c| c == &*t.class) && t.stands_at(words))
            .map(|t| (t.length(), t))
            .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.key.cmp(&a.1.key)))
    }

    /// All terms of a class whose words stand at the beginning of `words`, and how many they are, in the order of their rows.
    pub fn all_at<'a>(&'a self, words: &'a [Words], class: &'a str) -> impl Iterator<Item = (usize, &'a Term)> {
        let first = words.first().copied().unwrap_or_default();
        first
            .iter()
            .flat_map(|w| self.of(w))
            .filter(move |t| *class == *t.class && t.stands_at(words))
            .map(|t| (t.length(), t))
    }

    /// First words of all terms, sorted.
    pub fn first_words(&self) -> Vec<WordId> {
        let mut all: Vec<WordId> = self.by_first.keys().copied().collect();
        all.sort_unstable();
        all
    }
}

/// The interned words and the term tables of all lexicons.
#[derive(Debug, Clone, Default)]
pub struct Lookup {
    ids: HashMap<Box<str>, WordId>,
    irregular: HashMap<Box<str>, Vec<WordId>>,
    terms: HashMap<Box<str>, Terms>,
    opposed: Opposed,
}

/// One row of a lexicon as the lookup needs it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Id of the lexicon.
    pub lexicon: &'a str,
    /// Key of the row; among its forms.
    pub key: &'a str,
    /// Further forms.
    pub forms: &'a [String],
    /// Class, or empty.
    pub class: &'a str,
    /// Rank, where the lexicon is a scale.
    pub rank: Option<i64>,
    /// Whether the row only bundles names, so that its key is none of them.
    pub bundles: bool,
    /// Whether inflected forms do not count.
    pub exact: bool,
}

impl Lookup {
    /// Interns the rows of all lexicons. Words of frames are added by [`Lookup::intern`].
    pub fn new<'a>(rows: impl Iterator<Item = Row<'a>>) -> Lookup {
        let mut lookup = Lookup::default();
        for row in rows {
            lookup.add(row);
        }
        lookup
    }

    /// Interns one row more.
    pub fn add(&mut self, row: Row<'_>) {
        for form in row.forms.iter().filter(|f| !row.bundles || *f != row.key) {
            let mut words = pieces(form).into_iter().map(|w| self.intern(w));
            let Some(first) = words.next() else { continue };
            let more = words.collect();
            if row.lexicon == "irregular" && form != row.key {
                let lemma = self.intern(row.key);
                self.irregular.entry(form.as_str().into()).or_default().push(lemma);
            }
            let table = match self.terms.get_mut(row.lexicon) {
                Some(table) => table,
                None => self.terms.entry(row.lexicon.into()).or_default(),
            };
            let (key, class) = (row.key.into(), row.class.into());
            table.push(Term { first, more, exact: row.exact, key, class, rank: row.rank, next: LAST });
        }
    }

    /// The id of a word, made if need be.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.ids.len() as WordId + 1;
        self.ids.insert(word.into(), id);
        id
    }

    /// The id of a word; 0 when no rule names it.
    pub fn word(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or_default()
    }

    /// The rule words of which a word of a text (any case) is a form.
    pub fn words(&self, word: &str) -> Words {
        let plain = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let lower: Cow<'_, str> = if plain { word.into() } else { word.to_lowercase().replace('\u{2019}', "'").into() };
        let mut out = Words { own: self.word(&lower), ..Words::default() };
        out.push(out.own);
        for &lemma in self.irregular.get(&*lower).into_iter().flatten() {
            out.push(lemma);
        }
        lemmas(&lower, |l| out.push(self.word(l)));
        out
    }

    /// The terms of a lexicon; empty when there is no such lexicon.
    pub fn terms(&self, lexicon: &str) -> &Terms {
        self.terms.get(lexicon).unwrap_or_else(|| {
            static EMPTY: std::sync::OnceLock<Terms> = std::sync::OnceLock::new();
            EMPTY.get_or_init(Terms::default)
        })
    }

    /// Whether a word is a form of a term of one word of a lexicon.
    pub fn is_in(&self, lexicon: &str, word: &str) -> bool {
        self.terms(lexicon).at(&[self.words(word)], None).is_some_and(|(n, _)| n == 1)
    }

    /// Which words rule each other out.
    pub fn opposed(&self) -> &Opposed {
        &self.opposed
    }

    /// Sets the words that rule each other out.
    pub(super) fn with_opposed(self, opposed: Opposed) -> Lookup {
        Lookup { opposed, ..self }
    }

    /// Whether the words of `text` are, from first to last, one term of the lexicon.
    pub fn term_of(&self, lexicon: &str, text: &str) -> Option<&Term> {
        let words: Vec<Words> = pieces(&text.to_lowercase()).iter().map(|w| self.words(w)).collect();
        self.terms(lexicon).at(&words, None).filter(|(n, _)| *n == words.len()).map(|(_, t)| t)
    }
}

/// The words and numbers of a term, hyphens and other marks left out.
pub fn pieces(term: &str) -> Vec<&str> {
    tokenise(term, Span::new(0, term.len()))
        .into_iter()
        .filter(|t| t.kind != TokenKind::Mark)
        .map(|t| t.span.of(term))
        .collect()
}

/// [`Lookup::words`] of the words of one text, each looked up once.
pub struct Memo<'l, 't> {
    lookup: &'l Lookup,
    seen: HashMap<&'t str, Words>,
}

impl<'l, 't> Memo<'l, 't> {
    /// Knows nothing yet.
    pub fn new(lookup: &'l Lookup) -> Memo<'l, 't> {
        Memo { lookup, seen: HashMap::new() }
    }

    /// See [`Lookup::words`].
    pub fn words(&mut self, word: &'t str) -> Words {
        *self.seen.entry(word).or_insert_with(|| self.lookup.words(word))
    }
}
