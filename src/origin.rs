//! Origins: who is behind a document, and behind a claim.
//!
//! Comes in: documents with their segments; claims with their attribution. Goes out: for every document the origin it
//! goes back to (itself, or the earliest of the documents it shares its wording with), and for a claim the name of its
//! origin: whoever the text lays it at the door of, else the document's origin. A copy is not a witness.
//!
//! Near-copies are found by shingles of five words; two documents share an origin when half of the smaller one's
//! shingles stand in the other. Documents are
//! paired through an index of shingles, never each with each; a shingle that stands in more than
//! `COMMON` documents pairs none.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use crate::claim::{Claim, Modality};
use crate::entity::Merged;
use crate::segment::{Segment, SegmentKind};
use crate::source::Document;
use crate::text::fold_words;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Fewest shingles of a document that can be a copy.
const FEWEST: usize = 8;
/// A shingle of more documents than this is a phrase of the language.
const COMMON: usize = 64;

/// The fact that a document contributes: its shingles, sorted, each once.
pub fn shingles(document: &Document, segments: &[Segment]) -> Vec<u64> {
    let mut words: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for s in segments.iter().filter(|s| !s.noise && !matches!(s.kind, SegmentKind::Reference)) {
        words.clear();
        words.extend(fold_words(s.span.of(&document.text)));
        out.extend(words.windows(SHINGLE).map(hash));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// FNV-1a over the words; stable over runs and machines.
fn hash(words: &[String]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.iter().flat_map(|w| w.bytes().chain([0])) {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^ (h >> 29)
}

/// For every document the index of the document that its wording goes back to.
pub fn copies(documents: &[Document], shingles: &[Vec<u64>]) -> Vec<u32> {
    let mut by_shingle: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (d, set) in shingles.iter().enumerate() {
        for &s in set {
            by_shingle.entry(s).or_default().push(d as u32);
        }
    }
    let mut shared: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for holders in by_shingle.values().filter(|h| h.len() > 1 && h.len() <= COMMON) {
        for (i, &a) in holders.iter().enumerate() {
            for &b in &holders[i + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut joined = UnionFind::<u32>::new(documents.len());
    for ((a, b), n) in shared {
        let smaller = shingles[a as usize].len().min(shingles[b as usize].len());
        if smaller >= FEWEST && n * 2 >= smaller {
            joined.union(a, b);
        }
    }
    // The earliest published speaks for its group; documents without a date come last, ties go to the smaller id.
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    let rank = |d: u32| {
        let document = &documents[d as usize];
        (document.published.is_none(), document.published, document.id.clone())
    };
    for d in 0..documents.len() as u32 {
        let lead = first.entry(joined.find(d)).or_insert(d);
        if rank(d) < rank(*lead) {
            *lead = d;
        }
    }
    (0..documents.len() as u32).map(|d| first[&joined.find(d)]).collect()
}

/// The name of the origin of a claim.
pub fn of_claim(claim: &Claim, documents: &[Document], copies: &[u32], merged: &Merged) -> String {
    if claim.modality == Modality::Reported
        && let Some(speaker) = &claim.attributed_to
    {
        // One speaker under several names in several documents is one origin.
        let known = merged.names.iter().find(|n| *n == speaker || n.ends_with(&format!(" {speaker}")));
        return known.unwrap_or(speaker).clone();
    }
    copies
        .get(claim.source as usize)
        .and_then(|&d| documents.get(d as usize))
        .map_or_else(String::new, |d| d.id.clone())
}
