//! The words of a sentence, for setting two sentences beside each other word by word.
//!
//! Comes in: the text of a sentence. Goes out: its words with what each does in it. Two words are one when they may be
//! forms of one word ("went" and "going", "ship" and "ships"); nothing here knows of meanings.

use crate::rule::{Lookup, Words};
use crate::text::{Span, TokenKind, content_lemma, tokenise};

/// What a word does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It tells what the sentence is about.
    Content,
    /// A figure in digits.
    Number,
    /// It denies.
    Negation,
    /// A preposition, conjunction, pronoun or quantifier: little by itself, and yet not to be exchanged.
    Frame,
    /// An article or an auxiliary: nothing is lost without it.
    Light,
}

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SentenceWord {
    /// In lower case.
    pub(super) text: String,
    pub(super) lemma: String,
    pub(super) words: Words,
    pub(super) role: Role,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Where it stands in its document.
    pub(super) span: Span,
    /// Whether it stands between commas, as a member of a list does.
    pub(super) listed: bool,
}

impl SentenceWord {
    /// Whether it names a day of the week, a month or a season.
    pub(super) fn is_calendar(&self, lookup: &Lookup) -> bool {
        lookup.terms("function-words").at(&[self.words], None).is_some_and(|(_, t)| &*t.key == "calendar")
    }

    /// Whether it stands in a lexicon.
    pub(super) fn is_in(&self, lexicon: &str, lookup: &Lookup) -> bool {
        lookup.terms(lexicon).at(&[self.words], None).is_some()
    }

    /// Whether two words may be forms of one.
    pub(super) fn is(&self, other: &SentenceWord) -> bool {
        self.text == other.text
            || self.lemma == other.lemma
            || self.role == other.role && self.words.iter().any(|w| other.words.has(w))
    }
}

/// Whether a sentence has a word, in any of its forms.
pub(super) fn have(word: &SentenceWord, all: &[SentenceWord]) -> bool {
    all.iter().any(|o| o.is(word))
}

/// The words of the text, those inside `cut` left out.
pub(super) fn words(text: &str, sentence: Span, cut: Option<Span>, lookup: &Lookup) -> Vec<SentenceWord> {
    let mut out: Vec<SentenceWord> = Vec::new();
    let tokens = tokenise(text, sentence);
    let comma = |at: usize| tokens.get(at).is_some_and(|t| t.span.of(text) == ",");
    for (at, token) in tokens.iter().enumerate() {
        if matches!(token.kind, TokenKind::Mark | TokenKind::Possessive) || cut.is_some_and(|c| c.overlaps(token.span))
        {
            continue;
        }
        let written = token.span.of(text);
        let lower = written.to_lowercase().replace('\u{2019}', "'");
        let words = lookup.words(&lower);
        // "No fewer than 12" denies nothing, nor does "No. 4".
        let compared = ["less", "fewer", "more", "later", "earlier"];
        let next = |n: usize| tokens.get(at + n).map_or("", |t| t.span.of(text));
        let numbers = next(1) == "." && next(2).starts_with(|c: char| c.is_ascii_digit());
        let compares = lower == "no" && (numbers || compared.contains(&next(1)));
        let listed = at > 0 && comma(at - 1) && comma(at + 1);
        let role = if compares {
            Role::Frame
        } else if lower.starts_with(|c: char| c.is_ascii_digit()) {
            Role::Number
        } else {
            role(&lower, words, lookup)
        };
        let lemma = if role == Role::Content { content_lemma(&lower) } else { lower.clone() };
        let lower = if role == Role::Number { lower.replace(',', "") } else { lower };
        out.push(SentenceWord {
            lemma,
            words,
            role,
            capital: written.starts_with(char::is_uppercase),
            span: token.span,
            listed,
            text: lower,
        });
    }
    out
}

fn role(lower: &str, words: Words, lookup: &Lookup) -> Role {
    let denies = |lexicon: &str| lookup.terms(lexicon).at(&[words], None).is_some();
    if lower.ends_with("n't") || denies("denials") || lookup.terms("negations").at(&[words], Some("negative")).is_some()
    {
        return Role::Negation;
    }
    let light = ["a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had"];
    if light.contains(&lower) || matches!(lower, "do" | "does" | "did" | "there" | "that") {
        return Role::Light;
    }
    match lookup.terms("function-words").at(&[words], None) {
        Some((_, term)) if &*term.key != "noun" => Role::Frame,
        _ => Role::Content,
    }
}

/// A stretch in which two sentences differ: from, to in the one, from, to in the other.
pub(super) type Stretch = (usize, usize, usize, usize);

/// Where two sentences differ, by the longest run of words that they have in common in order.
pub(super) fn stretches(a: &[SentenceWord], b: &[SentenceWord]) -> Vec<Stretch> {
    let (n, m) = (a.len(), b.len());
    let mut best = vec![vec![0_u16; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            best[i][j] = if a[i].is(&b[j]) { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    let (mut from, mut to) = (0, 0);
    while i < n && j < m {
        if a[i].is(&b[j]) && best[i][j] == best[i + 1][j + 1] + 1 {
            if from < i || to < j {
                out.push((from, i, to, j));
            }
            (i, j) = (i + 1, j + 1);
            (from, to) = (i, j);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    if from < n || to < m {
        out.push((from, n, to, m));
    }
    out
}

/// Whether of two phrases one rules out the other.
pub(super) fn rules_out(p: &str, q: &str, lookup: &Lookup) -> bool {
    lookup.opposed().apart(p, q) || negated(p, q) || negated(q, p)
}

/// Whether the second is the first with a prefix that denies.
fn negated(plain: &str, prefixed: &str) -> bool {
    plain.len() > 3 && ["un", "non", "non-"].iter().any(|p| prefixed.strip_prefix(p).is_some_and(|rest| rest == plain))
}

/// The place that an ordinal names, in words to "twentieth" or in digits.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(at as u32 + 1);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok()
}
