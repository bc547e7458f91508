//! Values that name somebody or something: two names of one, or of two.
//!
//! Comes in: two claims whose values are names or the nouns of things. Goes out: a judgement. Names are two only where
//! nothing the pages say joins them: a page that has both names tells of both, a place may lie in the other one, a
//! short name may be a part of the full one. Whatever is left open is [`Judgement::Unknown`], and nothing is said.

use crate::claim::Claim;
use crate::entity::{EntityType, spelt_alike};
use crate::rule::{Comparator, Lookup, pieces};
use crate::text::{Span, content_lemma, fold_name, fold_words};
use crate::value::{Judgement, Value};

use super::{CompareContext, Finding};

/// Shortest word that tells one name from another.
const TELLS: usize = 3;

/// Judges who holds one post by two claims: disjoint where that is somebody else, or one name in two spellings.
pub(super) fn rivals(lookup: &Lookup, x: &Claim, y: &Claim) -> Judgement {
    let (Value::Text(p), Value::Text(q)) = (&x.value, &y.value) else { return Judgement::Unknown };
    let rival = two(lookup, p, q).judgement == Judgement::Disjoint || spelt_alike(p, q);
    if rival { Judgement::Disjoint } else { Judgement::Unknown }
}

/// Judges the values of two claims.
pub(super) fn judge(context: &CompareContext<'_>, x: &Claim, y: &Claim, p: &str, q: &str) -> Finding {
    let found = two(context.lookup, p, q);
    if found.judgement != Judgement::Disjoint {
        return found;
    }
    // What is stated by nouns and verbs is about one thing only where the sentences share more than the way of telling.
    let capital = |s: &str| s.chars().any(char::is_uppercase);
    let named = |c: &Claim| c.subject.as_ref().is_some_and(|s| s.kind == EntityType::Person && s.entity.is_some());
    let stated = capital(p) && capital(q) || named(x) && named(y) || one_thing(context, x, y);
    if !stated {
        return Finding::new(Judgement::Unknown, "the sentences do not agree on what the names belong to");
    }
    if near(context, x) || near(context, y) {
        return Finding::new(Judgement::Unknown, "one of them is a place beside it");
    }
    if x.source != y.source && (names(context, x.source, q, p) || names(context, y.source, p, q)) {
        return Finding::new(Judgement::Unknown, "one page has both names");
    }
    let event_cluster = context.event_clusters.get(x.source as usize);
    if event_cluster.is_some_and(|s| context.sightings.beside(context, *s, p, q)) {
        return Finding::new(Judgement::Unknown, "a page mentions the two side by side");
    }
    found
}

/// Whether the sentences of two claims share a noun or verb beside their values that tells what is spoken of.
fn one_thing(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let telling = |c: &Claim| -> Vec<String> {
        let text = context.documents.get(c.source as usize).map_or("", |d| d.text.as_str());
        let (s, v) = (c.span, c.value_span);
        let before = Span::new(s.start as usize, (v.start as usize).max(s.start as usize));
        let behind = Span::new((v.end as usize).min(s.end as usize), s.end as usize);
        let words = [before.of(text), behind.of(text)].map(fold_words).concat();
        let says = |w: &String| {
            ["function-words", "bodies", "speech-verbs", "tools", "auxiliaries", "cause-verbs"]
                .iter()
                .all(|l| context.lookup.terms(l).at(&[context.lookup.words(w)], None).is_none())
        };
        words.into_iter().filter(|w| w.chars().count() > TELLS && says(w)).map(|w| content_lemma(&w)).collect()
    };
    let (mut a, b) = (telling(x), telling(y));
    a.sort();
    a.dedup();
    let shared = a.iter().filter(|w| b.contains(w)).count();
    // Of fires and crashes an event cluster has several: the kind of event alone does not say which.
    shared >= if &*x.kind == "cause" { 2 } else { 1 }
}

/// Whether the value of a claim is a place from which something lies so far off: "three miles north of Lowmere".
fn near(context: &CompareContext<'_>, claim: &Claim) -> bool {
    let Some(document) = context.documents.get(claim.source as usize) else { return false };
    let from = (claim.span.start as usize).min(claim.value_span.start as usize);
    let before = fold_words(&document.text[from..claim.value_span.start as usize]);
    let compass = |w: &str| ["north", "south", "east", "west"].iter().any(|d| w.starts_with(d));
    matches!(before.as_slice(), [.., way, of] if of == "of" && compass(way))
}

/// Whether the values of two claims are two spellings of what may be one name, and neither page has both.
pub(super) fn one_misspelt(context: &CompareContext<'_>, x: &Claim, y: &Claim) -> bool {
    let (Value::Text(p), Value::Text(q)) = (&x.value, &y.value) else { return false };
    let has = |c: &Claim, name: &str| context.sightings.has(context, c.source, name);
    x.comparator == Comparator::Name
        && y.comparator == Comparator::Name
        && x.source != y.source
        && spelt_alike(p, q)
        && !has(x, q)
        && !has(y, p)
}

/// Whether two names, by themselves, are of one thing.
pub(super) fn two(lookup: &Lookup, p: &str, q: &str) -> Finding {
    let (a, b) = (words(p, lookup), words(q, lookup));
    if a.is_empty() || b.is_empty() {
        return Finding::new(Judgement::Unknown, "no name on one side");
    }
    if a == b || a.concat() == b.concat() {
        return Finding::new(Judgement::Equal, "the same name");
    }
    if a.iter().all(|w| b.contains(w)) {
        return Finding::new(Judgement::Finer, "the second gives a fuller form of the same name");
    }
    if b.iter().all(|w| a.contains(w)) {
        return Finding::new(Judgement::Finer, "the first gives a fuller form of the same name").swapped(true);
    }
    let initials = |s: &[String]| s.iter().filter_map(|w| w.chars().next()).collect::<String>();
    if a.len() == 1 && a[0] == initials(&b) || b.len() == 1 && b[0] == initials(&a) {
        return Finding::new(Judgement::Equal, "a name and its initials");
    }
    if spelt_alike(p, q) {
        return Finding::new(Judgement::Unknown, "two spellings of what may be one name");
    }
    let (r, s) = (written(p, lookup), written(q, lookup));
    // "Pancreatic cancer" against "heart attack": by the last words, however many.
    let ends = |all: &[String]| (0..all.len()).map(|from| all[from..].join(" ")).collect::<Vec<_>>();
    let (r, s) = (ends(&r), ends(&s));
    if r.iter().any(|x| s.iter().any(|y| lookup.opposed().apart(x, y))) {
        return Finding::new(Judgement::Disjoint, format!("“{p}” is not “{q}”"));
    }
    if a.iter().any(|w| b.contains(w)) {
        return Finding::new(Judgement::Unknown, "names that share a word");
    }
    // Short forms of one given name with surnames left out, and a country beside its people, are left open.
    let full = |w: &str| lookup.term_of("nicknames", w).map_or_else(|| w.to_owned(), |t| t.key.to_string());
    if full(&a[0]) == full(&b[0]) || stem(&a[0]) == stem(&b[0]) {
        return Finding::new(Judgement::Unknown, "names that may be one");
    }
    let capital = |s: &str| s.split(' ').any(|w| w.starts_with(char::is_uppercase));
    if capital(p) && capital(q) {
        Finding::new(Judgement::Disjoint, "two names")
    } else {
        Finding::new(Judgement::Unknown, "other words")
    }
}

/// The first letters of a word, which a country and its people share: "Norway", "Norwegian".
fn stem(word: &str) -> String {
    word.chars().take(4).collect()
}

/// The words of a name, those left out that say nothing.
fn written(name: &str, lookup: &Lookup) -> Vec<String> {
    let folded = fold_words(&fold_name(name).replace(['-', '–'], " "));
    folded.into_iter().filter(|w| !lookup.is_in("name-fillers", w)).collect()
}

/// The same in one form: nouns as in a dictionary, names as they are.
fn words(name: &str, lookup: &Lookup) -> Vec<String> {
    let kept = written(name, lookup);
    if name.chars().any(char::is_uppercase) { kept } else { kept.iter().map(|w| content_lemma(w)).collect() }
}

/// Whether a document has a name, by a word of it that tells it from the other name.
fn names(context: &CompareContext<'_>, source: u32, name: &str, other: &str) -> bool {
    let others = words(other, context.lookup);
    let own = pieces(name).into_iter().rfind(|w| {
        w.chars().count() >= TELLS && !words(w, context.lookup).is_empty() && !others.contains(&fold_name(w))
    });
    own.is_some_and(|w| context.sightings.has(context, source, w))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::rule::Rules;

    fn says(p: &str, q: &str) -> Judgement {
        static LOOKUP: LazyLock<Lookup> = LazyLock::new(|| Rules::embedded().unwrap().lookup());
        let one = two(&LOOKUP, p, q).judgement;
        assert_eq!(one, two(&LOOKUP, q, p).judgement, "{p} | {q}");
        one
    }

    #[test]
    fn one_name() {
        assert_eq!(says("Norvik Holdings Inc", "Norvik Holdings"), Judgement::Equal);
        assert_eq!(says("Northern Relief Fund", "NRF"), Judgement::Equal);
        assert_eq!(says("Omar Lund", "Lund"), Judgement::Finer);
        assert_eq!(says("Lowmere, Denmark", "Lowmere"), Judgement::Finer);
    }

    #[test]
    fn two_names() {
        assert_eq!(says("Omar Lund", "Ingrid Solberg"), Judgement::Disjoint);
        assert_eq!(says("Oslo", "Lisbon"), Judgement::Disjoint);
        assert_eq!(says("Danish", "Thai"), Judgement::Disjoint);
        assert_eq!(says("a rifle", "knives"), Judgement::Disjoint);
    }

    #[test]
    fn left_open() {
        assert_eq!(says("Omar Lund", "Astrid Lund"), Judgement::Unknown, "one may be the other's middle name");
        assert_eq!(says("Ingrid Solberg", "Ingrid Solburg"), Judgement::Unknown, "a typo");
        assert_eq!(says("Norway", "Norwegian"), Judgement::Unknown);
        assert_eq!(says("a long meeting", "the faded letter"), Judgement::Unknown, "no names, and of no set");
    }
}
