//! Quotations of one speaker: the same words, a part, a variant.

use crate::text::fold_words;
use crate::value::Judgement;

use super::Finding;

/// Openings that make a statement an opinion; cut off, the words say more than was said.
const HEDGES: [&[&str]; 9] = [
    &["i", "think"],
    &["i", "believe"],
    &["i", "guess"],
    &["i", "suspect"],
    &["i", "hope"],
    &["i", "expect"],
    &["maybe"],
    &["perhaps"],
    &["in", "my", "view"],
];

/// Fewest words in common for two quotations to be told as variants of one.
const FEWEST: usize = 5;

/// Judges two quotations.
pub(super) fn judge(p: &str, q: &str) -> Finding {
    let (a, b) = (fold_words(p), fold_words(q));
    if a == b {
        return Finding::new(Judgement::Equal, "the same words");
    }
    let swap = a.len() < b.len();
    let ((long, text), (short, cut)) = if swap { ((&b, q), (&a, p)) } else { ((&a, p), (&b, q)) };
    if let Some(at) = find(long, short) {
        let before = &long[..at];
        if let Some(hedge) = HEDGES.iter().find(|h| before.ends_with_words(h)) {
            let because = format!("the shorter one leaves out “{}”", hedge.join(" "));
            return Finding::new(Judgement::HedgeDropped, because).swapped(swap);
        }
        // A full stop where the sentence goes on, and no sign of the cut.
        let goes_on = at + short.len() < long.len() && !ends_sentence(text, short);
        if goes_on && cut.trim_end().ends_with('.') && !cut.trim_end().ends_with("..") {
            return Finding::new(Judgement::ClosedEarly, "a full stop where the longer one goes on").swapped(swap);
        }
        return Finding::new(Judgement::Finer, "the shorter one is a part of the longer, word for word").swapped(swap);
    }
    let run = longest_run(&a, &b);
    if run >= FEWEST && run * 2 >= a.len().min(b.len()) {
        return Finding::new(Judgement::Compatible, format!("{run} words in a row are the same")).swapped(swap);
    }
    Finding::new(Judgement::Unknown, "other words")
}

trait EndsWith {
    fn ends_with_words(&self, words: &[&str]) -> bool;
}

impl EndsWith for [String] {
    fn ends_with_words(&self, words: &[&str]) -> bool {
        self.len() >= words.len() && self[self.len() - words.len()..].iter().zip(words).all(|(a, b)| a == b)
    }
}

fn find(long: &[String], short: &[String]) -> Option<usize> {
    if short.is_empty() {
        return None;
    }
    (0..=long.len().checked_sub(short.len())?).find(|&at| long[at..at + short.len()] == *short)
}

/// Whether in `text` the words `short` are followed by the end of a sentence.
fn ends_sentence(text: &str, short: &[String]) -> bool {
    let Some(last) = short.last() else { return false };
    let folded = crate::text::fold(text);
    folded.match_indices(last.as_str()).any(|(at, w)| folded[at + w.len()..].starts_with(['.', '!', '?']))
}

/// Length of the longest run of words that stands in both; quadratic in the length of two quotations.
fn longest_run(a: &[String], b: &[String]) -> usize {
    let (a, b) = (&a[..a.len().min(400)], &b[..b.len().min(400)]);
    let mut best = 0;
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { 0 };
            best = best.max(row[j + 1]);
            diagonal = above;
        }
    }
    best
}
