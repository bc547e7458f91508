//! Which blocks a statement that is checked against sources can hang on.
//!
//! Most of what sources tell each other is no matter of the statement: its verdict rests on the links of its own claims, and
//! on those of claims that say the same as one of them, however many agreements lie between. So the blocks that hold its
//! claims are judged, then those of whatever agrees with them, until nothing new agrees. The rest is never compared.
//! Goes out: the same verdicts as from all blocks; `tests/suite/verify.rs` holds the two together.

use std::collections::{BTreeMap, BTreeSet};

use crate::candidate::Block;
use crate::claim::Claim;
use crate::graph::{Chains, Link};
use crate::text::Span;

use super::parallel;

/// How far judging goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every block.
    All,
    /// The blocks that a statement can hang on.
    Statement,
}

/// Judges the blocks that the claims of a document can hang on; `None` for the others. `links` are those of a judged block.
pub(super) fn judged<T: Send + Sync>(
    claims: &[Claim],
    blocks: &[Block],
    source: u32,
    jobs: usize,
    judge: impl Fn(&Block) -> T + Sync,
    links: impl Fn(&T) -> &[Link],
) -> Vec<Option<T>> {
    let mut holding: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        block.clusters.iter().flat_map(|c| &c.claims).for_each(|&c| holding.entry(c).or_default().push(at));
    }
    // Which of the relations of two sentences stands is settled among all of their claims.
    let mut sentences: BTreeMap<(u32, Span), Vec<u32>> = BTreeMap::new();
    for (at, claim) in (0..).zip(claims) {
        sentences.entry((claim.source, claim.span)).or_default().push(at);
    }
    let own = || (0..).zip(claims).filter(|(_, c)| c.source == source).map(|(at, _)| at);
    let mut out: Vec<Option<T>> = blocks.iter().map(|_| None).collect();
    let mut met: BTreeSet<u32> = BTreeSet::new();
    let mut agreed: Vec<Link> = Vec::new();
    let mut next: Vec<u32> = own().collect();
    while !next.is_empty() {
        met.extend(next.iter().copied());
        let mut wanted: Vec<usize> = next.iter().filter_map(|c| holding.get(c)).flatten().copied().collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted.retain(|&at| out[at].is_none());
        let found = parallel::map(&wanted, jobs, |_, &at| judge(&blocks[at]));
        for (at, one) in wanted.into_iter().zip(found) {
            agreed.extend(links(&one).iter().cloned());
            out[at] = Some(one);
        }
        let chains = Chains::new(claims.len(), &agreed);
        let own: BTreeSet<u32> = own().map(|c| chains.of(c)).collect();
        let ends = agreed.iter().flat_map(|l| [l.a, l.b]).filter(|&c| own.contains(&chains.of(c)));
        let beside = ends.filter_map(|c| claims.get(c as usize)).filter_map(|c| sentences.get(&(c.source, c.span)));
        next = beside.flatten().copied().filter(|c| !met.contains(c)).collect();
        next.sort_unstable();
        next.dedup();
    }
    out
}
