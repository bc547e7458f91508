//! Values that are words: on a scale of strength, as offices, or plainly; and words that rule each other out.

use crate::rule::{Lookup, Measures};
use crate::text::{content_lemma, fold_words};
use crate::value::Judgement;

use super::Finding;

/// Words on a scale: the same rung, or another.
pub(super) fn ladder(lookup: &Lookup, scale: &str, p: &str, q: &str) -> Finding {
    match (rung(lookup, scale, p), rung(lookup, scale, q)) {
        (Some((a, _)), Some((b, _))) if a == b => Finding::new(Judgement::Equal, "the same on the scale"),
        (Some((_, r)), Some((_, s))) if r == s => Finding::new(Judgement::Equal, "the same strength on the scale"),
        (Some((a, r)), Some((b, s))) => {
            Finding::new(Judgement::Strength, format!("“{a}” and “{b}” differ in strength")).swapped(r > s)
        }
        _ => words(p, q),
    }
}

/// The strongest term of the scale in some words: its key and rank.
fn rung(lookup: &Lookup, scale: &str, words: &str) -> Option<(String, i64)> {
    let all: Vec<_> = crate::rule::pieces(words).iter().map(|w| lookup.words(w)).collect();
    let found = (0..all.len()).filter_map(|at| lookup.terms(scale).at(&all[at..], None));
    let (_, term) = found.max_by_key(|(n, t)| (*n, t.rank))?;
    Some((term.key.to_string(), term.rank.unwrap_or_default()))
}

/// Offices and duties: the same office in the same words or of the same class, one with a detail more, or another that
/// the same person may hold as well.
pub(super) fn title(lookup: &Lookup, p: &str, q: &str) -> Finding {
    let (a, b) = (office(lookup, p), office(lookup, q));
    if a.key.is_some() && a.key == b.key || a.key.is_none() && b.key.is_none() {
        if a.rest == b.rest {
            return Finding::new(Judgement::Equal, "the same office");
        }
        let within = |x: &[String], y: &[String]| !x.is_empty() && x.iter().all(|w| y.contains(w));
        if a.key.is_some() && (a.rest.is_empty() || b.rest.is_empty()) {
            return Finding::new(Judgement::Equal, "the same office");
        }
        if within(&a.rest, &b.rest) {
            return Finding::new(Judgement::Finer, "the second is more specific about the same office");
        }
        if within(&b.rest, &a.rest) {
            return Finding::new(Judgement::Finer, "the first is more specific about the same office").swapped(true);
        }
        let common = a.rest.iter().filter(|w| b.rest.contains(w)).count();
        if common * 2 > a.rest.len().min(b.rest.len()) {
            return Finding::new(Judgement::Equal, "the same office in different words");
        }
        return Finding::new(Judgement::Compatible, "offices that one person can hold");
    }
    let own = |key: &str| lookup.term_of("sole-posts", key).is_some_and(|t| &*t.class == "of a firm");
    let parted = |x: &Office| x.rest.is_empty() && x.key.as_deref().is_some_and(own);
    if parted(&a) && parted(&b) {
        return Finding::new(Judgement::Disjoint, "offices that a company gives to two people");
    }
    Finding::new(Judgement::Compatible, "offices that one person can hold")
}

struct Office {
    /// Class of the title.
    key: Option<String>,
    /// Other content words, lemmas, sorted.
    rest: Vec<String>,
}

fn office(lookup: &Lookup, words: &str) -> Office {
    let pieces = crate::rule::pieces(words);
    let all: Vec<_> = pieces.iter().map(|w| lookup.words(w)).collect();
    let mut key = None;
    let mut rest = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if let Some((n, term)) = lookup.terms("titles").at(&all[at..], None) {
            key.get_or_insert_with(|| term.key.to_string());
            at += n;
            continue;
        }
        // "Led by", "ran the clinic": who leads is the lead.
        if at == 0
            && let Some((n, term)) = lookup.terms("leadership").at(&all, None)
        {
            key = Some(term.key.to_string());
            at += n;
            continue;
        }
        let word = pieces[at].to_lowercase();
        if lookup.terms("function-words").at(&all[at..=at], None).is_none() && word != "'s" && word != "’s" {
            rest.push(content_lemma(&word));
        }
        at += 1;
    }
    rest.sort();
    rest.dedup();
    Office { key, rest }
}

/// Plain words: equal, one within the other, or half in common.
pub(super) fn words(p: &str, q: &str) -> Finding {
    let set = |s: &str| {
        let mut all: Vec<String> = fold_words(s)
            .iter()
            .map(|w| content_lemma(w))
            .filter(|w| {
                !matches!(
                    w.as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "to"
                        | "of"
                        | "and"
                        | "its"
                        | "itself"
                        | "that"
                        | "this"
                        | "on"
                        | "in"
                        | "for"
                        | "whose"
                        | "be"
                )
            })
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let (a, b) = (set(p), set(q));
    if a == b && !a.is_empty() {
        return Finding::new(Judgement::Equal, "the same words");
    }
    let common = a.iter().filter(|w| b.contains(w)).count();
    if common > 0 && common == a.len() {
        return Finding::new(Judgement::Finer, "the second says the same and more");
    }
    if common > 0 && common == b.len() {
        return Finding::new(Judgement::Finer, "the first says the same and more").swapped(true);
    }
    if common * 2 >= a.len().min(b.len()) && common > 1 {
        return Finding::new(Judgement::Compatible, "mostly the same words");
    }
    Finding::new(Judgement::Unknown, "other words")
}

/// Whether of two phrases one rules out the other.
pub(super) fn rules_out(p: &str, q: &str, lookup: &Lookup) -> bool {
    lookup.opposed().apart(p, q) || negated(p, q) || negated(q, p)
}

/// Whether the second is the first with a prefix that denies.
fn negated(plain: &str, prefixed: &str) -> bool {
    plain.len() > 3 && ["un", "non", "non-"].iter().any(|p| prefixed.strip_prefix(p).is_some_and(|rest| rest == plain))
}

/// The place that an ordinal names, in one word or in digits.
pub(super) fn ordinal(word: &str, measures: &Measures) -> Option<u32> {
    if let Some(place) = measures.ordinal(word) {
        return u32::try_from(place).ok();
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok()
}
