//! Who holds a post or a rank, by the documents of one event cluster.
//!
//! Comes in: the claims of a run. Goes out: for a claim, whom other documents of its cluster name as holder of the same.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::value::Value;

/// Most holders of one post in one event cluster that are set against each other.
const RIVALS: usize = 64;

/// The holders of posts and ranks, by event cluster and post.
pub(crate) struct Holders<'a> {
    event_clusters: &'a [u32],
    /// By event cluster and family of the attribute: documents and names, sorted, each once.
    held: BTreeMap<(u32, &'a str), Vec<(u32, &'a str)>>,
}

impl<'a> Holders<'a> {
    pub(crate) fn new(claims: &'a [Claim], event_clusters: &'a [u32]) -> Holders<'a> {
        let mut out = Holders { event_clusters, held: BTreeMap::new() };
        for claim in claims.iter().filter(|c| is_holder(c) && !c.noise) {
            if let (Some(post), Value::Text(name)) = (out.post(claim), &claim.value) {
                out.held.entry(post).or_default().push((claim.source, name));
            }
        }
        for all in out.held.values_mut() {
            all.sort_unstable();
            all.dedup();
            all.truncate(RIVALS);
        }
        out
    }

    /// The holders of the post of a claim by other documents.
    pub(crate) fn elsewhere(&self, claim: &'a Claim) -> impl Iterator<Item = &'a str> {
        let all = self.post(claim).and_then(|post| self.held.get(&post));
        all.into_iter().flatten().filter(|(source, _)| *source != claim.source).map(|(_, name)| *name)
    }

    fn post(&self, claim: &'a Claim) -> Option<(u32, &'a str)> {
        Some((*self.event_clusters.get(claim.source as usize)?, claim.family.as_str()))
    }
}

/// Whether a claim names the holder of a post or of a rank.
pub(crate) fn is_holder(claim: &Claim) -> bool {
    matches!(&*claim.kind, "holder" | "superlative")
}
