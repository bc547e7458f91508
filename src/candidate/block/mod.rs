//! Which claims are worth comparing: blocks by subject, attribute family and dimension, and clusters of equal claims.
//!
//! Comes in: claims and the merged entities. Goes out: blocks of clusters, in order of key. A claim of unknown subject is
//! keyed by its document's main entities, never by a wildcard. Cost: one key for each claim and main entity, and the
//! square of the clusters in a block. A block of more than [`CLUSTERS`] is divided (`split.rs`), and what is still larger capped.

mod split;

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::entity::{EntityType, Merged};
use crate::rule::Comparator;
use crate::text::{content_lemma, fold, fold_words};
use crate::value::{Shape, Value};

/// Most clusters of a block that are compared each with each.
pub const CLUSTERS: usize = 300;

/// Words of a statement by which others find it.
const TELLING: usize = 6;

/// Words in a row by which two quotations find each other, and most such runs of one quotation that are keys.
const RUN: usize = 4;
const QUOTED: usize = 60;

/// Claims of a cluster whose wording is looked at when it is set against another cluster.
const WITNESSES: usize = 3;

/// Claims that are equal in subject, attribute, value and qualifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Indices of the claims, by id of the claim. Who of them speaks for the cluster depends on what it is compared with: [`speaking`].
    pub claims: Vec<u32>,
    /// Their documents, in order, each once.
    sources: Vec<u32>,
}

impl Cluster {
    fn new(members: Vec<u32>, claims: &[Claim]) -> Cluster {
        let mut sources: Vec<u32> = members.iter().map(|&c| claims[c as usize].source).collect();
        sources.sort_unstable();
        sources.dedup();
        Cluster { claims: members, sources }
    }
}

/// Claims that share a key, or a part of them: what is compared with each other and with nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The key, for people; of a part, with what it is a part by.
    pub key: String,
    /// Its clusters, in order of their first claim's place.
    pub clusters: Vec<Cluster>,
}

/// The keys of a claim; see the module.
pub fn keys(claim: &Claim, merged: &Merged, main: &[Vec<u32>], event_clusters: &[u32]) -> Vec<String> {
    if claim.noise || matches!(&*claim.kind, "bare" | "detail") {
        return Vec::new();
    }
    if let ("statement", Value::Text(text)) = (&*claim.kind, &claim.value) {
        let event_cluster = event_clusters.get(claim.source as usize);
        let keyed = |s: &u32| telling_words(text).into_iter().map(|w| format!("event {s} | {w}")).collect();
        return event_cluster.map(keyed).unwrap_or_default();
    }
    let dimension = match &claim.value {
        Value::Quantity(q) => q.unit.dimension.to_string(),
        Value::Time(_) => "date".to_owned(),
        Value::Text(_) => claim.comparator.name().to_owned(),
    };
    let heads: Vec<String> = match &claim.subject {
        Some(s) => match s.entity.and_then(|e| merged.global(claim.source, e)) {
            Some(global) => vec![merged.names[global as usize].clone()],
            None => fold_words(&s.name).last().cloned().into_iter().collect(),
        },
        None => {
            main.get(claim.source as usize).into_iter().flatten().map(|&g| merged.names[g as usize].clone()).collect()
        }
    };
    // In one event cluster figures meet whatever they are of; posts meet whoever holds them, since a name may be misspelt.
    let person = claim.subject.as_ref().is_some_and(|s| s.kind == EntityType::Person && s.entity.is_some());
    let meets = person && claim.kind.as_ref() == "role" || !matches!(claim.value, Value::Text(_));
    let event_cluster = event_clusters.get(claim.source as usize).filter(|_| meets);
    let event_cluster = event_cluster.map(|s| format!("event {s}"));
    let stated = heads.into_iter().map(|h| format!("{h} | {} | {dimension}", claim.family));
    // What is stated about the event of the cluster by a name, where the event goes without saying.
    let named = event_clusters.get(claim.source as usize).filter(|_| claim.comparator == Comparator::Name);
    let named = named.map(|s| format!("event {s} | {} | {dimension}", claim.family));
    // Whoever is said to speak, and where nobody is, the same words meet.
    let quoted = match &claim.value {
        Value::Text(words) if claim.comparator == Comparator::Quote => quoted_words(words),
        _ => Vec::new(),
    };
    let quoted = quoted.into_iter().map(|w| format!("quoted {w}"));
    stated.chain(event_cluster.map(|s| format!("{s} | {dimension}"))).chain(named).chain(quoted).collect()
}

/// The words by which two statements find each other: the longest of a sentence, each once.
pub(super) fn telling_words(text: &str) -> Vec<String> {
    let letters = |w: &String| w.chars().all(char::is_alphabetic);
    let mut all: Vec<String> = fold_words(text).into_iter().filter(letters).map(|w| content_lemma(&w)).collect();
    all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    all.dedup();
    all.truncate(TELLING);
    all
}

/// By what two quotations find each other: a few words in a row, each run of them once.
fn quoted_words(text: &str) -> Vec<String> {
    let words = fold_words(text);
    let mut all: Vec<String> = words.windows(RUN).take(QUOTED).map(|run| run.join(" ")).collect();
    all.sort();
    all.dedup();
    all
}

/// The main entities of each document, as entities of the run: the most named person and organisation, and what the
/// document is about, if that is another thing.
pub fn main_entities(known: &[Vec<crate::entity::Known>], merged: &Merged) -> Vec<Vec<u32>> {
    known
        .iter()
        .enumerate()
        .map(|(d, entities)| {
            let most = |kind: EntityType| {
                let best = entities.iter().enumerate().filter(|(_, e)| e.kind == kind);
                best.max_by(|a, b| a.1.count.cmp(&b.1.count).then(b.0.cmp(&a.0))).map(|(at, _)| at)
            };
            let topic = entities.iter().position(|e| e.topic);
            let all = [most(EntityType::Person), most(EntityType::Org), topic];
            let mut main: Vec<u32> = Vec::with_capacity(all.len());
            for global in all.into_iter().flatten().filter_map(|at| merged.global(d as u32, at as u32)) {
                if !main.contains(&global) {
                    main.push(global);
                }
            }
            main
        })
        .collect()
}

/// Blocks all claims.
pub fn blocks(claims: &[Claim], merged: &Merged, main: &[Vec<u32>], event_clusters: &[u32]) -> Vec<Block> {
    let mut by_key: BTreeMap<String, BTreeMap<String, Vec<u32>>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        for key in keys(claim, merged, main, event_clusters) {
            by_key.entry(key).or_default().entry(cluster_key(claim, merged)).or_default().push(at as u32);
        }
    }
    by_key
        .into_iter()
        .map(|(key, clusters)| {
            let mut clusters: Vec<Cluster> = clusters
                .into_values()
                .map(|mut members| {
                    members.sort_by(|a, b| claims[*a as usize].id.cmp(&claims[*b as usize].id));
                    Cluster::new(members, claims)
                })
                .collect();
            clusters.sort_by_key(|c| c.claims.iter().min().copied());
            Block { key, clusters }
        })
        .filter(|b| b.clusters.iter().map(|c| c.claims.len()).sum::<usize>() > 1)
        .flat_map(|b| split::parts(b, claims, event_clusters))
        .collect()
}

impl Block {
    /// The clusters that are compared each with each.
    pub fn compared(&self) -> &[Cluster] {
        &self.clusters[..self.clusters.len().min(CLUSTERS)]
    }

    /// The pairs that speak for two claims where the clusters of both are compared: themselves, or others that say the same.
    pub fn speakers(&self, claims: &[Claim], a: u32, b: u32) -> Vec<(u32, u32)> {
        let of = |claim: u32| self.compared().iter().find(|c| c.claims.contains(&claim));
        let (Some(x), Some(y)) = (of(a), of(b)) else { return Vec::new() };
        if x != y {
            return speaking(x, y, claims);
        }
        // Of one cluster, where each stands against the first.
        let first = x.claims[0];
        vec![if first == a || first == b { (a, b) } else { (first, a) }]
    }
}

/// The pairs that speak for two clusters, the best first: of documents that are in one of the clusters only, or at least of two
/// documents, if there are such, and otherwise the first of each. What a document that says both things says is no answer
/// to itself. The others, a few at most, are for rules that look at the wording, on which the first are silent.
pub fn speaking(x: &Cluster, y: &Cluster, claims: &[Claim]) -> Vec<(u32, u32)> {
    let source = |claim: &u32| claims[*claim as usize].source;
    if let ([a], [b]) = (x.claims.as_slice(), y.claims.as_slice()) {
        return vec![(*a, *b)];
    }
    let own = |cluster: &Cluster, others: &Cluster| {
        let sole = cluster.sources.iter().any(|s| others.sources.binary_search(s).is_err());
        let alone = |c: &&u32| others.sources.binary_search(&source(c)).is_err();
        if sole {
            cluster.claims.iter().filter(alone).take(WITNESSES).copied().collect()
        } else {
            vec![cluster.claims[0]]
        }
    };
    let (a, b): (Vec<u32>, Vec<u32>) = (own(x, y), own(y, x));
    let apart = |&(p, q): &(u32, u32)| source(&p) != source(&q);
    let all: Vec<(u32, u32)> = a.iter().flat_map(|&p| b.iter().map(move |&q| (p, q))).filter(apart).collect();
    if !all.is_empty() {
        return all;
    }
    // Of two documents, if either side has two.
    let other = match *y.sources.as_slice() {
        [only] => x.claims.iter().find(|p| source(p) != only).map(|p| (*p, y.claims[0])),
        _ => y.claims.iter().find(|q| source(q) != source(&x.claims[0])).map(|q| (x.claims[0], *q)),
    };
    vec![other.unwrap_or((a[0], b[0]))]
}

/// Everything that two claims of one cluster have in common.
fn cluster_key(claim: &Claim, merged: &Merged) -> String {
    let subject = claim.subject.as_ref().map_or_else(
        || format!("?{}", claim.source),
        |s| match s.entity.and_then(|e| merged.global(claim.source, e)) {
            Some(g) => format!("{g}/{}", s.instance.as_deref().unwrap_or_default()),
            // Words that name no entity are the same thing only within a document.
            None => format!("{}@{}", fold(&s.name), claim.source),
        },
    );
    let value = match &claim.value {
        Value::Quantity(q) => {
            format!(
                "{:?}/{:?}/{:?}/{}/{}",
                q.number.map(|n| n.normalize()),
                q.min.map(|n| n.normalize()),
                q.max.map(|n| n.normalize()),
                q.unit.name,
                q.bound.name()
            )
        }
        Value::Time(t) => format!("{}/{:?}/{}", t.edtf, t.weekday, t.bound.name()),
        Value::Text(words) => fold_words(words).join(" "),
    };
    let scope: Vec<String> = claim.scope.iter().map(|(k, v)| format!("{k}={}", fold(v))).collect();
    let as_of = claim.as_of.as_ref().map_or("", |t| t.edtf.as_str());
    let unread = matches!(claim.shape, Shape::Text | Shape::Quote);
    ([
        &subject,
        &claim.attribute,
        &claim.family,
        &value,
        &scope.join(","),
        as_of,
        claim.modality.name(),
        claim.polarity.name(),
        if unread { claim.comparator.name() } else { "" },
    ] as [&str; 9])
        .join("\u{1f}")
}
