//! What consistency checks set beside each other over several documents: sums of one event cluster, dates of one thing.
//!
//! Comes in: the claims of a run, and which of them a check can judge. Goes out: for each key that partners share, the claims.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::entity::Merged;

use super::CLUSTERS;

/// Claims by event cluster or entity, and by the currency or attribute family beside it; within a key in the order of place.
pub(crate) struct Stated<'a>(BTreeMap<(u32, &'a str), Vec<u32>>);

impl<'a> Stated<'a> {
    /// The sums of each event cluster by their currency, as `currency` gives it.
    pub(crate) fn sums(
        claims: &'a [Claim],
        event_clusters: &[u32],
        currency: impl Fn(&'a Claim) -> Option<&'a str>,
    ) -> Stated<'a> {
        Stated::new(claims, |c| Some((*event_clusters.get(c.source as usize)?, currency(c)?)))
    }

    /// The dates of each entity by the family of their attribute.
    pub(crate) fn dates(claims: &'a [Claim], merged: &Merged, is_date: impl Fn(&Claim) -> bool) -> Stated<'a> {
        Stated::new(claims, |c| Some((subject(c, merged)?, c.family.as_str())).filter(|_| is_date(c)))
    }

    fn new(claims: &'a [Claim], key: impl Fn(&'a Claim) -> Option<(u32, &'a str)>) -> Stated<'a> {
        let mut all: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (at, claim) in (0..).zip(claims).filter(|(_, c)| !c.noise) {
            if let Some(key) = key(claim) {
                all.entry(key).or_default().push(at);
            }
        }
        Stated(all)
    }

    /// The sums of an event cluster in two currencies, each with each: of a currency the first [`CLUSTERS`].
    pub(crate) fn in_two(&self, event_cluster: u32, one: &'a str, other: &'a str) -> impl Iterator<Item = (u32, u32)> {
        let of =
            |currency| self.0.get(&(event_cluster, currency)).map_or(&[][..], |all| &all[..all.len().min(CLUSTERS)]);
        let others = of(other);
        of(one).iter().flat_map(move |a| others.iter().map(|b| (*a, *b)))
    }

    /// The dates of what a claim dates, but for those of its own sentence.
    pub(crate) fn elsewhere<'s>(
        &'s self,
        claim: &'s Claim,
        claims: &'s [Claim],
        merged: &Merged,
    ) -> impl Iterator<Item = u32> + 's {
        let key = subject(claim, merged).map(|subject| (subject, claim.family.as_str()));
        let all = key.and_then(|key| self.0.get(&key)).into_iter().flatten().copied();
        let place = |c: &Claim| (c.source, c.span);
        all.filter(move |at| place(&claims[*at as usize]) != place(claim))
    }
}

fn subject(claim: &Claim, merged: &Merged) -> Option<u32> {
    merged.global(claim.source, claim.subject.as_ref()?.entity?)
}
