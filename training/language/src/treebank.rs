//! CoNLL-U in: words, tags, heads, labels, lemmas.

use crate::label::Label;
use crate::tag::{Seen, Tag};

/// A sentence of a treebank.
#[derive(Debug, Clone)]
pub struct Sentence {
    pub words: Vec<String>,
    pub seen: Vec<Seen>,
    pub tags: Vec<Tag>,
    /// The number of tokens for the sentence's own head.
    pub heads: Vec<usize>,
    pub labels: Vec<Label>,
    pub lemmas: Vec<String>,
}

pub fn read(path: &str) -> Result<Vec<Sentence>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    text.split("\n\n")
        .filter(|s| !s.trim().is_empty())
        .map(|s| sentence(s).ok_or_else(|| format!("{path}: not CoNLL-U:\n{s}")))
        .collect()
}

fn sentence(text: &str) -> Option<Sentence> {
    let rows: Vec<Vec<&str>> =
        text.lines().map(|l| l.split('\t').collect::<Vec<_>>()).filter(|r| r[0].parse::<usize>().is_ok()).collect();
    let mut out = Sentence { words: vec![], seen: vec![], tags: vec![], heads: vec![], labels: vec![], lemmas: vec![] };
    for row in &rows {
        let [_, form, lemma, upos, xpos, _, head, label, ..] = row.as_slice() else { return None };
        let head: usize = head.parse().ok()?;
        out.words.push((*form).to_owned());
        out.seen.push(Seen::of(form));
        out.tags.push(tag(upos, xpos)?);
        out.heads.push(head.checked_sub(1).unwrap_or(rows.len()));
        out.labels.push(Label::of_treebank(label));
        out.lemmas.push((*lemma).to_owned());
    }
    Some(out)
}

/// The tag for a universal part of speech and the Penn tag beside it.
fn tag(upos: &str, xpos: &str) -> Option<Tag> {
    Some(match (upos, xpos) {
        ("NOUN", "NNS") => Tag::Nouns,
        ("VERB", "VBZ") => Tag::VerbS,
        ("VERB", "VBD") => Tag::VerbPast,
        ("VERB", "VBN") => Tag::VerbPart,
        ("VERB", "VBG") => Tag::VerbIng,
        _ => Tag::of(upos)?,
    })
}
