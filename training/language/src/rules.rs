//! Lemma rules from a treebank: for each tag, endings and what becomes of them; the longest that fits decides.

use std::collections::{BTreeMap, BTreeSet};

use crate::lemma::{Edit, class};
use crate::treebank::Sentence;

/// Longest ending that makes a rule, in characters; a word as long or shorter can make one of its own (`^went`).
const LONGEST: usize = 6;

/// The rules as lines: tag, ending, letters cut off, letters put on.
pub fn learn(train: &[Sentence]) -> String {
    let mut counts: BTreeMap<(char, String), BTreeMap<Edit, usize>> = BTreeMap::new();
    for sentence in train {
        for ((word, tag), lemma) in sentence.words.iter().zip(&sentence.tags).zip(&sentence.lemmas) {
            let Some(class) = class(*tag) else { continue };
            let (word, lemma) = (format!("^{}", word.to_lowercase()), format!("^{}", lemma.to_lowercase()));
            if !word.chars().skip(1).all(char::is_alphabetic) {
                continue;
            }
            let same = word.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
            let edit = (word.chars().count() - same, lemma.chars().skip(same).collect::<String>());
            let letters: Vec<char> = word.chars().collect();
            for from in letters.len().saturating_sub(LONGEST)..=letters.len() {
                *counts
                    .entry((class, letters[from..].iter().collect()))
                    .or_default()
                    .entry(edit.clone())
                    .or_default() += 1;
            }
        }
    }
    // From the short to the long: a rule is kept where it says another thing than the next shorter one.
    let mut kept: BTreeMap<(char, String), Edit> = BTreeMap::new();
    let mut keys: Vec<_> = counts.keys().cloned().collect();
    keys.sort_by_key(|(_, ending)| ending.chars().count());
    for (class, ending) in keys {
        let Some((edit, n)) = counts[&(class, ending.clone())].iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
        else {
            continue;
        };
        let mut rest = ending.chars();
        let mut shorter = None;
        while rest.next().is_some() && shorter.is_none() {
            shorter = kept.get(&(class, rest.as_str().to_owned()));
        }
        let whole = ending.starts_with('^');
        if shorter != Some(edit)
            && (*n >= 2 || whole)
            && edit.0 < ending.chars().count().max(1) + usize::from(ending.is_empty())
        {
            kept.insert((class, ending), edit.clone());
        }
    }
    let lines: BTreeSet<String> =
        kept.iter().map(|((class, ending), (cut, put))| format!("{class} {ending} {cut} {put}")).collect();
    lines.into_iter().map(|l| l.trim_end().to_owned() + "\n").collect()
}

/// How often each lemma stands in the treebank, as a binary logarithm rounded down, for lemmas that stand there twice or more:
/// a line `lemma logarithm`. Names and numbers are left out.
pub fn frequency(train: &[Sentence]) -> String {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (tag, lemma) in train.iter().flat_map(|s| s.tags.iter().zip(&s.lemmas)) {
        let word = lemma.to_lowercase();
        let plain = word.replace('-', "");
        let told = !matches!(tag.universal(), "PUNCT" | "SYM" | "NUM" | "X" | "PROPN");
        if told && !plain.is_empty() && plain.chars().all(char::is_alphabetic) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts.iter().filter(|(_, n)| **n >= 2).map(|(word, n)| format!("{word} {}\n", n.ilog2())).collect()
}
