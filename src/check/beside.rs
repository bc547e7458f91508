//! Which words stand beside a value: a term counts for the value that it is next to, not for all of its sentence.

use crate::claim::Claim;
use crate::rule::{Cue, Lookup, Words, pieces};

use super::CheckContext;

/// Words before a value among which a term is looked for.
const BEFORE: usize = 5;
/// Words behind it.
const BEHIND: usize = 3;

/// Whether a term stands anywhere in a text.
pub(super) fn holds(lookup: &Lookup, cue: &Cue, text: &str) -> bool {
    met(lookup, cue, text).is_some()
}

/// The class of terms that mean what they do only where they are all there is: "All" is a total, "all others" a part.
const ALONE: &str = "alone";

/// The key of the first term that stands in a text.
pub(super) fn met<'l>(lookup: &'l Lookup, cue: &Cue, text: &str) -> Option<&'l str> {
    let words = words(lookup, text);
    let at = |at: usize| {
        let (n, term) = lookup.terms(&cue.lexicon).at(&words[at..], cue.class.as_deref())?;
        (&*term.class != ALONE || n == words.len()).then_some(&*term.key)
    };
    (0..words.len()).find_map(at)
}

/// Whether a term stands beside the value of a claim. A number, a semicolon or a colon between the two parts them.
pub(super) fn beside(context: &CheckContext<'_>, cue: &Cue, claim: &Claim) -> bool {
    let (before, behind) = around(context, claim);
    let before: Vec<&str> = pieces(before);
    let own = before.iter().rposition(|w| w.starts_with(|c: char| c.is_ascii_digit())).map_or(0, |at| at + 1);
    let before = &before[own.max(before.len().saturating_sub(BEFORE))..];
    let behind: Vec<&str> = pieces(behind);
    let behind = behind.iter().take(BEHIND).take_while(|w| !w.starts_with(|c: char| c.is_ascii_digit())).copied();
    let lookup = context.compare.lookup;
    let stands = |words: &[Words]| {
        (0..words.len()).any(|at| lookup.terms(&cue.lexicon).at(&words[at..], cue.class.as_deref()).is_some())
    };
    stands(&before.iter().map(|w| lookup.words(w)).collect::<Vec<_>>())
        || stands(&behind.map(|w| lookup.words(w)).collect::<Vec<_>>())
}

/// What stands before a value in its segment, as far as a semicolon or colon, and behind it, as far as a comma as well:
/// what comes after that says something of the next figure. Bounded: no more than is needed for the words that count.
pub(super) fn around<'a>(context: &CheckContext<'a>, claim: &Claim) -> (&'a str, &'a str) {
    let text = context.text(claim.source);
    let cut = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    let before = tail(cut(claim.span.start, claim.value_span.start.max(claim.span.start)));
    let behind = head(cut(claim.value_span.end.min(claim.span.end), claim.span.end));
    (before.rsplit([';', ':']).next().unwrap_or_default(), behind.split([';', ':', ',']).next().unwrap_or_default())
}

/// Bytes on each side of a value that are looked at.
const WINDOW: usize = 200;

fn tail(text: &str) -> &str {
    let mut at = text.len().saturating_sub(WINDOW);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

fn head(text: &str) -> &str {
    let mut at = text.len().min(WINDOW);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

/// The words of a text as the rules know them.
pub(super) fn words(lookup: &Lookup, text: &str) -> Vec<Words> {
    pieces(text).iter().map(|w| lookup.words(w)).collect()
}
