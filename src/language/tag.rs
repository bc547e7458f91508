//! Parts of speech: one pass from left to right with a small neural network (see [`weights`]).

use fearless_simd::{Level, dispatch};

use super::weights::{self, best, feature, hash};

/// Declares an enum with the names that the models have for its variants, in one place.
macro_rules! closed_set {
    ($(#[$meta:meta])* $vis:vis $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        $vis enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// All of them, in the order of the models.
            $vis const ALL: &[$name] = &[$($name::$variant),+];

            /// Its name in the models.
            $vis fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The one of this name.
            $vis fn of(name: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|v| v.name() == name)
            }
        }
    };
}
pub(crate) use closed_set;

closed_set! {
    /// A part of speech: the universal ones (UPOS), verbs and nouns by their form.
    pub Tag {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary, modal verb, copula.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun in the singular.
        Noun = "NOUN",
        /// Noun in the plural.
        Nouns = "NOUN.s",
        /// Number.
        Num = "NUM",
        /// Particle: not, to, 's.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Name.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb in its base form: "to run", "they run".
        Verb = "VERB",
        /// "runs".
        VerbS = "VERB.s",
        /// "ran".
        VerbPast = "VERB.d",
        /// "has run", "was run".
        VerbPart = "VERB.n",
        /// "running".
        VerbIng = "VERB.g",
        /// Anything else.
        X = "X",
    }
}

impl Tag {
    /// The universal part of speech.
    pub fn universal(self) -> &'static str {
        self.name().split('.').next().unwrap_or_default()
    }

    /// Whether it is a verb other than an auxiliary.
    pub fn is_verb(self) -> bool {
        matches!(self, Tag::Verb | Tag::VerbS | Tag::VerbPast | Tag::VerbPart | Tag::VerbIng)
    }

    /// Whether it is a noun or a name.
    pub fn is_noun(self) -> bool {
        matches!(self, Tag::Noun | Tag::Nouns | Tag::Propn)
    }
}

/// What the models see of a word, whatever its neighbours.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Of the word in lower case, digits made one.
    pub word: u64,
    form: u64,
    prefixes: [u64; 3],
    suffixes: [u64; 5],
    shape: u64,
}

impl Seen {
    /// Of its last three letters.
    pub fn ending(&self) -> u64 {
        self.suffixes[2]
    }

    /// Its first letter, two of its endings and how it is written, each with a number.
    pub fn parts(&self, mut emit: impl FnMut(u64, u64)) {
        emit(0, self.prefixes[0]);
        emit(1, self.suffixes[1]);
        emit(2, self.suffixes[2]);
        emit(3, self.shape);
    }

    /// What is seen of this word.
    pub fn of(form: &str) -> Seen {
        let lower: String = form.to_lowercase().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let starts: Vec<usize> = lower.char_indices().map(|(i, _)| i).chain([lower.len()]).collect();
        let letters = starts.len() - 1;
        Seen {
            word: hash(&lower),
            form: hash(form),
            prefixes: std::array::from_fn(|i| hash(&lower[..starts[letters.min(i + 1)]])),
            suffixes: std::array::from_fn(|i| hash(&lower[starts[letters.saturating_sub(i + 1)]..])),
            shape: shape(form),
        }
    }
}

/// How a word is written: case, digits, marks; runs of one class count once.
fn shape(form: &str) -> u64 {
    let mut out = 1;
    let mut last = 0;
    for c in form.chars() {
        let class = match c {
            _ if c.is_uppercase() => 1,
            _ if c.is_alphabetic() => 2,
            _ if c.is_ascii_digit() => 3,
            '-' => 4,
            '.' => 5,
            _ => 6,
        };
        if class != last && out < 7_u64.pow(6) {
            out = out * 7 + class;
        }
        last = class;
    }
    out
}

/// Tokens that the tagger looks at: the word and its neighbours.
pub const PLACES: usize = 5;
/// Numbers that stand for a token in the network.
pub const TOKEN: usize = 64;
/// Numbers in the network's hidden layer.
pub const HIDDEN: usize = 64;

/// The tagger's network.
pub type Net = weights::Net<TOKEN, HIDDEN, PLACES, { Tag::ALL.len() }>;

/// The tokens that the tagger looks at for the one at `at`; where there is none, the number of tokens.
pub fn places(tokens: usize, at: usize) -> [usize; PLACES] {
    std::array::from_fn(|i| (at + i).checked_sub(2).map_or(tokens, |i| i.min(tokens)))
}

/// The template of a word whose row comes from its vector.
pub const VECTOR: u64 = 19;

/// What the network is told of a token. After the last one comes what stands for no token.
pub fn token_features(seen: &[Seen], at: usize, emit: &mut dyn FnMut(u64)) {
    let mut f = |template: u64, parts: &[u64]| emit(feature(template, parts));
    let Some(here) = seen.get(at) else { return f(0, &[]) };
    f(VECTOR, &[here.word]);
    f(1, &[here.word]);
    f(2, &[here.form]);
    f(3, &[here.shape]);
    f(4, &[here.shape, u64::from(at == 0)]);
    for (prefix, template) in here.prefixes.into_iter().zip(5..) {
        f(template, &[prefix]);
    }
    for (suffix, template) in here.suffixes.into_iter().zip(8..) {
        f(template, &[suffix]);
    }
}

/// What the network is told beside the words at `at`: the tags before it, and pairs.
pub fn state_features(seen: &[Seen], tags: &[Tag], at: usize, emit: &mut dyn FnMut(u64)) {
    let none = Seen::default();
    let get = |i: isize| usize::try_from(at as isize + i).ok().and_then(|i| seen.get(i)).unwrap_or(&none);
    let tag = |i: usize| if at >= i { tags[at - i] as u64 + 1 } else { 0 };
    let (here, before, after) = (get(0), get(-1), get(1));
    let (t1, t2) = (tag(1), tag(2));
    let mut f = |template: u64, parts: &[u64]| emit(feature(20 + template, parts));
    f(1, &[t1]);
    f(2, &[t1, t2]);
    f(3, &[t1, here.word]);
    f(4, &[t1, t2, here.suffixes[2]]);
    f(5, &[before.word, here.word]);
    f(6, &[here.word, after.word]);
    f(7, &[t1, here.suffixes[2], after.suffixes[1]]);
}

/// The tags of the words of one sentence.
pub fn tag(seen: &[Seen], net: &Net) -> Vec<Tag> {
    dispatch!(Level::new(), _ => tag_here(seen, net))
}

/// The same, with whatever instructions the caller may use.
#[inline(always)]
fn tag_here(seen: &[Seen], net: &Net) -> Vec<Tag> {
    let mut reading = net.read(seen.len() + 1, |at, emit| token_features(seen, at, emit));
    let mut tags = Vec::with_capacity(seen.len());
    for at in 0..seen.len() {
        let scores =
            reading.scores(places(seen.len(), at), |emit| state_features(seen, &tags, at, emit), 0..Tag::ALL.len());
        tags.push(best(&scores, |_| true).map_or(Tag::X, |i| Tag::ALL[i]));
    }
    tags
}
