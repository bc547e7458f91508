//! Near-copies: documents that share their wording.
//!
//! They are found by shingles of five words: two documents are near-copies when half of the smaller one's shingles stand
//! in the other. Documents are paired through an index of shingles, never each with each; a shingle that stands in more
//! than `COMMON` documents pairs none.

use std::collections::BTreeMap;

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

/// The pairs of near-copies, the smaller index first, in order.
pub(super) fn alike(shingles: &[&[u64]]) -> Vec<(u32, u32)> {
    let mut by_shingle: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (d, set) in (0..).zip(shingles) {
        for &s in *set {
            by_shingle.entry(s).or_default().push(d);
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
    let copy = |((a, b), n): ((u32, u32), usize)| {
        let smaller = shingles[a as usize].len().min(shingles[b as usize].len());
        (smaller >= FEWEST && n * 2 >= smaller).then_some((a, b))
    };
    shared.into_iter().filter_map(copy).collect()
}
