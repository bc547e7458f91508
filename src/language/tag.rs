//! Parts of speech: one greedy pass with a linear model (averaged perceptron; Collins 2002).

use super::weights::{Weights, best, feature, hash};

/// Declares an enum with its names in the treebank, in one place.
macro_rules! closed_set {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// All of them, in the order of the model's lanes.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// Its name in the treebank.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The one of this name.
            pub fn of(name: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|v| v.name() == name)
            }
        }
    };
}
pub(super) use closed_set;

closed_set! {
    /// A part of speech: the universal ones (UPOS), verbs and nouns by their form.
    Tag {
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

/// Lanes of the tagger's model: its tags, filled up to a round number.
pub const LANES: usize = 24;

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
    prefix: u64,
    suffixes: [u64; 4],
    shape: u64,
}

impl Seen {
    /// Of its last three letters.
    pub fn ending(&self) -> u64 {
        self.suffixes[2]
    }

    /// What is seen of this word.
    pub fn of(form: &str) -> Seen {
        let lower: String = form.to_lowercase().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let ends: Vec<usize> = lower.char_indices().map(|(i, _)| i).collect();
        let suffix = |n: usize| hash(&lower[ends[ends.len().saturating_sub(n)]..]);
        let (word, prefix, suffixes) = if ends.is_empty() {
            (0, 0, [0; 4])
        } else {
            let first = lower.chars().next().map_or(0, |c| u64::from(u32::from(c)));
            (hash(&lower), first, [suffix(1), suffix(2), suffix(3), suffix(4)])
        };
        Seen { word, form: hash(form), prefix, suffixes, shape: shape(form) }
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

/// What a tagger asks of the token at `at`, where the tokens before it have their tags.
pub fn features(seen: &[Seen], tags: &[Tag], at: usize, mut emit: impl FnMut(u64)) {
    let none = Seen::default();
    let get = |i: isize| usize::try_from(at as isize + i).ok().and_then(|i| seen.get(i)).unwrap_or(&none);
    let tag = |i: usize| if at >= i { tags[at - i] as u64 + 1 } else { 0 };
    let (here, before, after) = (get(0), get(-1), get(1));
    let (t1, t2) = (tag(1), tag(2));
    let mut f = |template: u64, parts: &[u64]| emit(feature(template, parts));
    f(1, &[here.word]);
    f(2, &[here.form]);
    f(3, &[here.prefix]);
    f(4, &[here.suffixes[0]]);
    f(5, &[here.suffixes[1]]);
    f(6, &[here.suffixes[2]]);
    f(7, &[here.suffixes[3]]);
    f(8, &[here.shape]);
    f(9, &[here.shape, u64::from(at == 0)]);
    f(10, &[t1]);
    f(11, &[t1, t2]);
    f(12, &[t1, here.word]);
    f(13, &[t1, t2, here.suffixes[2]]);
    f(14, &[before.word]);
    f(15, &[get(-2).word]);
    f(16, &[after.word]);
    f(17, &[get(2).word]);
    f(18, &[after.suffixes[2]]);
    f(19, &[after.suffixes[1], here.suffixes[1]]);
    f(20, &[after.shape, here.shape]);
    f(21, &[before.word, here.word]);
    f(22, &[here.word, after.word]);
    f(23, &[t1, here.suffixes[2], after.suffixes[1]]);
    f(24, &[before.shape, here.shape]);
}

/// The tags of the words of one sentence.
pub fn tag(seen: &[Seen], weights: &impl Weights<LANES>) -> Vec<Tag> {
    let mut tags = Vec::with_capacity(seen.len());
    for at in 0..seen.len() {
        let mut sums = [0; LANES];
        features(seen, &tags, at, |f| weights.add(f, &mut sums));
        let best = best(&sums, |i| i < Tag::ALL.len());
        tags.push(best.map_or(Tag::X, |i| Tag::ALL[i]));
    }
    tags
}
