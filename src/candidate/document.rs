//! Documents that tell of one event or thing: event clusters.
//!
//! Comes in: the telling words of every document, names among them. Goes out: for each document the number of its event
//! cluster. Two documents are of one cluster when their words are alike as vectors; a cluster is what such pairs join, as
//! long as all of it is alike. Claims of one cluster can be about one thing without naming it: "at least 36 people died" says where and
//! when only in the headline. How rare a word is in the run does not count: the same documents are one cluster whatever
//! other documents they lie among.
//!
//! Documents are paired through an index of their most telling words, never each with each; a word that stands in more
//! than `COMMON` documents pairs none.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use petgraph::unionfind::UnionFind;

use crate::entity::Known;
use crate::rule::Lookup;
use crate::segment::{Segment, SegmentKind};
use crate::source::Document;
use crate::text::{content_lemma, fold_words};

/// Words of a document that are kept, the most frequent first.
const KEPT: usize = 160;
/// Words by which a document is found.
const KEYS: usize = 24;
/// A word of more documents than this finds nobody.
const COMMON: usize = 256;
/// Steps of a weight to one power of two.
const STEPS: u32 = 4;
/// How alike two documents are of one event cluster: the cosine of their words.
const ALIKE: f64 = 0.25;
/// The same of two documents that have at most so many telling words: a sentence put in other words shares few of them.
const TERSE: (usize, f64) = (32, 0.22);
/// How alike two documents are of which claims are set beside each other, and with how many others that is done.
const RELATED: f64 = 0.05;
const PARTNERS: usize = 16;
/// Documents that a document may bring into its cluster by itself: the likest.
const NEAREST: usize = 24;
/// How alike the documents of two groups are on the whole where they are of one cluster: of few documents, which may be of many kinds,
/// and of more than that, of which some are much alike by chance.
const COHERENT: f64 = 0.17;
const COHERENT_MANY: f64 = 0.22;
const FEW: usize = 4;
/// Thousandths of the telling words of a statement that a document holds of which it may speak.
const HELD: u64 = 300;
/// Documents of a group that are looked at for that.
const SAMPLE: usize = 16;
/// How much more a word of a name tells than another word.
const NAME: u32 = 2;

/// A word of a document, and how much it tells of what the document is about: how often it stands there, on a scale that
/// flattens.
pub type Telling = (String, u32);

/// The fact that a document contributes: its telling words, in order of the alphabet, each once.
pub fn telling(document: &Document, segments: &[Segment], known: &[Known], lookup: &Lookup) -> Vec<Telling> {
    let mut counts: BTreeMap<String, (u32, bool)> = BTreeMap::new();
    let mut add = |text: &str, name: bool| {
        for word in fold_words(text) {
            let letters = word.chars().any(char::is_alphabetic);
            let function = lookup.terms("function-words").at(&[lookup.words(&word)], None).is_some();
            if letters && !function && word.len() > 2 {
                let entry = counts.entry(content_lemma(&word)).or_default();
                entry.0 += u32::from(!name);
                entry.1 |= name;
            }
        }
    };
    for s in segments.iter().filter(|s| !s.noise && !matches!(s.kind, SegmentKind::Reference)) {
        add(s.span.of(&document.text), false);
    }
    add(document.title.as_deref().unwrap_or_default(), false);
    for k in known {
        add(&k.name, true);
    }
    let weight = |(n, name): (u32, bool)| (STEPS + steps(u64::from(n.max(1)))) * if name { NAME } else { 1 };
    let mut out: Vec<Telling> = counts.into_iter().map(|(w, c)| (w, weight(c))).collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.truncate(KEPT);
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

/// The logarithm to base two in quarters, rounded down: whole numbers come out the same on every machine.
fn steps(n: u64) -> u32 {
    u128::from(n.clamp(1, u64::from(u32::MAX))).pow(STEPS).ilog2()
}

/// Sentences of a document that is set beside itself, at most.
const WITHIN: usize = 1000;

/// Pairs of documents that may tell of one thing, less surely than those of one event cluster: each document with itself, unless
/// it has too many `sentences`, and with the likest others. The smaller index first, sorted.
pub fn related(telling: &[Vec<Telling>], sentences: &[usize]) -> Vec<(u32, u32)> {
    let pairs = likest(&vectors(telling), |_| RELATED, PARTNERS);
    let itself = (0u32..).zip(sentences).filter(|(_, n)| **n <= WITHIN).map(|(d, _)| (d, d));
    let mut out: Vec<(u32, u32)> = pairs.into_iter().map(|(_, a, b)| (a, b)).chain(itself).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The telling words of each document as a vector of unit length.
fn vectors(telling: &[Vec<Telling>]) -> Vec<Vec<(u32, f64)>> {
    // Words by number, in order of the alphabet.
    let all: BTreeSet<&str> = telling.iter().flatten().map(|(w, _)| w.as_str()).collect();
    let numbers: HashMap<&str, u32> = all.into_iter().zip(0..).collect();
    telling
        .iter()
        .map(|words| {
            let raw: Vec<(u32, f64)> = words.iter().map(|(w, n)| (numbers[w.as_str()], f64::from(*n))).collect();
            let length = raw.iter().map(|(_, x)| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            raw.into_iter().map(|(w, x)| (w, x / length)).collect()
        })
        .collect()
}

/// Of each document the likest others, at most so many, that are as alike as `least` asks of the longer of the two.
fn likest(vectors: &[Vec<(u32, f64)>], least: impl Fn(usize) -> f64, most: usize) -> Vec<(f64, u32, u32)> {
    let words = vectors.iter().flatten().map(|(w, _)| *w as usize + 1).max().unwrap_or(0);
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); words];
    for (d, vector) in vectors.iter().enumerate() {
        for (w, _) in vector {
            holders[*w as usize].push(d as u32);
        }
    }
    let mut pairs: Vec<(f64, u32, u32)> = Vec::new();
    for (d, vector) in vectors.iter().enumerate() {
        let holders = |word: u32| holders[word as usize].as_slice();
        let mut keys: Vec<&(u32, f64)> = vector.iter().filter(|(w, _)| holders(*w).len() <= COMMON).collect();
        keys.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let found = keys.iter().take(KEYS).flat_map(|(w, _)| holders(*w));
        let mut others: Vec<u32> = found.copied().filter(|&o| o != d as u32).collect();
        others.sort_unstable();
        others.dedup();
        let mut near: Vec<(f64, u32)> = others
            .into_iter()
            .map(|other| (alike(vector, &vectors[other as usize]), other))
            .filter(|(likeness, other)| *likeness >= least(vector.len().max(vectors[*other as usize].len())))
            .collect();
        near.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
        pairs.extend(near.into_iter().take(most).map(|(n, other)| (n, (d as u32).min(other), (d as u32).max(other))));
    }
    // The likest first, so that the order of documents does not matter.
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
    pairs.dedup();
    pairs
}

/// For every document the number of its event cluster: the smallest index of a document in it.
pub fn event_clusters(telling: &[Vec<Telling>]) -> Vec<u32> {
    let vectors = vectors(telling);
    let pairs = likest(&vectors, |words| if words <= TERSE.0 { TERSE.1 } else { ALIKE }, NEAREST);
    let mut joined = UnionFind::<u32>::new(telling.len());
    let mut members: Vec<Vec<u32>> = (0..telling.len() as u32).map(|d| vec![d]).collect();
    for (_, d, other) in pairs {
        let (p, q) = (joined.find(d), joined.find(other));
        if p == q || !coherent(&vectors, &members[p as usize], &members[q as usize]) {
            continue;
        }
        joined.union(p, q);
        let mut all = std::mem::take(&mut members[p as usize]);
        all.append(&mut members[q as usize]);
        members[joined.find(p) as usize] = all;
    }
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    (0..telling.len() as u32).map(|d| *first.entry(joined.find(d)).or_insert(d)).collect()
}

/// Puts a query to the other documents: it is of the cluster of the one that has most of its telling words, as far as any
/// has `HELD` of them. A statement is of the event of which it speaks, however few words it has.
pub fn join_query(query: usize, telling: &[Vec<Telling>], documents: &[Document], event_clusters: &mut [u32]) {
    let Some(own) = telling.get(query) else { return };
    let held = |document: &Document| -> u32 {
        let words: BTreeSet<String> = fold_words(&document.text).iter().map(|w| content_lemma(w)).collect();
        own.iter().filter(|(word, _)| words.contains(word)).map(|(_, weight)| weight).sum()
    };
    let others = documents.iter().enumerate().filter(|(at, _)| *at != query);
    // Of equals the first.
    let best = others.map(|(at, d)| (held(d), std::cmp::Reverse(at))).max();
    let all: u32 = own.iter().map(|(_, weight)| weight).sum();
    let alone = event_clusters.iter().filter(|c| **c == event_clusters[query]).count() == 1;
    if let Some((held, std::cmp::Reverse(at))) = best
        && alone
        && held > 0
        && u64::from(held) * 1000 >= u64::from(all) * HELD
    {
        let joined = event_clusters[at];
        event_clusters[query] = joined;
        // A cluster is named by its first document.
        let name = joined.min(query as u32);
        event_clusters.iter_mut().filter(|c| **c == joined).for_each(|c| *c = name);
    }
}

/// The pairs of a document and the others of its event cluster.
pub fn pairs_with(own: usize, event_clusters: &[u32]) -> Vec<(u32, u32)> {
    let others = (0u32..).zip(event_clusters).filter(|(at, c)| *at as usize != own && **c == event_clusters[own]);
    let own = own as u32;
    others.map(|(at, _)| (own.min(at), own.max(at))).collect()
}

/// Whether two groups of documents tell of one thing: alike on the whole, and not only where they touch. A chain of
/// documents of which each is like the next is no cluster. Looks at the first [`SAMPLE`] of each.
fn coherent(vectors: &[Vec<(u32, f64)>], a: &[u32], b: &[u32]) -> bool {
    let least = if a.len() + b.len() <= FEW { COHERENT } else { COHERENT_MANY };
    let (a, b) = (&a[..a.len().min(SAMPLE)], &b[..b.len().min(SAMPLE)]);
    let sum: f64 =
        a.iter().flat_map(|&x| b.iter().map(move |&y| alike(&vectors[x as usize], &vectors[y as usize]))).sum();
    sum >= least * (a.len() * b.len()) as f64
}

/// The cosine of two vectors of unit length, both in order of the alphabet.
fn alike(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The telling words of a document, each telling as much.
    fn told(words: &str) -> Vec<Telling> {
        let all: BTreeSet<&str> = words.split(' ').collect();
        all.into_iter().map(|w| (w.to_owned(), STEPS)).collect()
    }

    #[test]
    fn clusters_are_alike_as_a_whole() {
        let check = |documents: &[&str], expected: &[u32]| {
            let telling: Vec<_> = documents.iter().map(|words| told(words)).collect();
            assert_eq!(event_clusters(&telling), expected, "{documents:?}");
        };
        check(&["storm boat pier gull", "storm boat crane mill"], &[0, 0]);
        check(&["storm boat pier gull", "opera hall crane mill"], &[0, 1]);
        check(&["opera hall", "storm boat pier gull", "crane mill", "storm boat gull"], &[0, 1, 2, 1]);
        // Of a chain each link is like the next, and its ends have nothing in common.
        check(&["a b c d", "c d e f", "e f g h"], &[0, 0, 0]);
        check(&["a b c d", "c d e f", "e f g h", "g h i j", "i j k l"], &[0, 0, 0, 3, 3]);
    }

    #[test]
    fn what_is_less_alike_is_only_related() {
        let telling = [told("storm boat pier gull crab"), told("storm opera hall crane mill"), told("poem")];
        assert_eq!(event_clusters(&telling), [0, 1, 2]);
        assert_eq!(related(&telling, &[1, WITHIN, WITHIN + 1]), [(0, 0), (0, 1), (1, 1)]);
        assert_eq!(pairs_with(1, &[0, 1, 1, 0, 1]), [(1, 2), (1, 4)]);
    }

    #[test]
    fn a_query_joins_whoever_has_most_of_its_words() {
        let check = |query: &str, expected: [u32; 4]| {
            let texts = ["The opera hall burned.", "A storm sank boats at the pier.", "The storm felled trees.", query];
            let documents = texts.map(|text| Document::from_text("a", text));
            let words = |text: &str| told(&text.to_lowercase());
            let mut clusters = [0, 1, 1, 3];
            join_query(3, &texts.map(words), &documents, &mut clusters);
            assert_eq!(clusters, expected, "{query}");
        };
        check("storm pier mayor", [0, 1, 1, 1]);
        check("opera mayor", [0, 1, 1, 0]);
        check("opera mayor poem flute", [0, 1, 1, 3]);
    }
}
