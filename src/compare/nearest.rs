//! The passages of sources that come nearest to the sentences of a statement.
//!
//! Comes in: the sentences that meet. Goes out: for each sentence of the statement the passage that has most of it. What a passage
//! has of a sentence supports nothing yet: it is what a reader should look at.

use std::collections::BTreeMap;

use crate::align::Passages;
use crate::candidate::Met;
use crate::source::Document;
use crate::text::Span;

/// A sentence of a statement, and the passage of a source that comes nearest to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Where the sentence stands.
    pub own: Span,
    /// Document of the passage.
    pub source: u32,
    /// Where the passage stands.
    pub span: Span,
    /// How much of the sentence the passages that come near it have together, in thousandths.
    pub held: u32,
}

/// For each sentence of the statement, which is the document `query`, the passage that comes nearest; by place.
pub fn nearest(passages: &Passages, met: &[Met], query: u32, documents: &[Document]) -> Vec<Nearest> {
    // By sentence, the passages that come near it; of its units, how much each has, and their weights.
    type Near = ((u32, usize), Vec<(u32, u32)>);
    let mut near: BTreeMap<usize, Vec<Near>> = BTreeMap::new();
    for &Met { a, b, .. } in met {
        let first = a.0 == query;
        let (own, other) = if first { (a, b) } else { (b, a) };
        near.entry(own.1).or_default().push((other, passages.aligned(a, b, documents).held(first)));
    }
    let nearest = |(own, all): (usize, Vec<Near>)| {
        // Of equals the first.
        let ((source, at), units) = all.iter().rev().max_by_key(|(_, units)| share(units))?;
        let most = |n: usize| all.iter().map(|(_, units)| units[n].0).max().unwrap_or(0);
        let together: Vec<(u32, u32)> = units.iter().enumerate().map(|(n, (_, weight))| (most(n), *weight)).collect();
        let (own, span) = (passages.span(query, own)?, passages.span(*source, *at)?);
        Some(Nearest { own, source: *source, span, held: share(&together) })
    };
    near.into_iter().filter_map(nearest).collect()
}

/// How much of some units is held, by their weight and in thousandths.
fn share(units: &[(u32, u32)]) -> u32 {
    let held: u32 = units.iter().map(|(held, weight)| held * weight).sum();
    let all: u32 = units.iter().map(|(_, weight)| weight).sum();
    held.checked_div(all).unwrap_or(0)
}
