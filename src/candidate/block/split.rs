//! Large blocks in parts, so that an event cluster's own pairs are not lost to unrelated documents.
//!
//! Comes in: a block. Goes out: the same block if it is small enough to be compared each with each, otherwise parts of
//! it: one for each event cluster, and across event clusters one for each time. An event cluster of which that is still too much is divided by
//! time, and by attribute, so that what is dated meets what is not where both are stated by one name; and what is still too
//! large, by unit. The part of an event cluster has the same clusters as if its documents stood alone. What is too large after all of
//! that is left so, for the cap. Cost: a cluster stands in three parts at most.

use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::value::Value;

use super::{Block, CLUSTERS, Cluster};

/// Letters of a date that are its year.
const YEAR: usize = 4;

/// See the module.
pub(super) fn parts(block: Block, claims: &[Claim], event_clusters: &[u32]) -> Vec<Block> {
    if block.clusters.len() <= CLUSTERS {
        return vec![block];
    }
    let event_cluster = |c: u32| event_clusters.get(claims[c as usize].source as usize).copied().unwrap_or_default();
    let mut out = Vec::new();
    let mut of: BTreeMap<u32, Vec<Cluster>> = BTreeMap::new();
    for cluster in &block.clusters {
        let mut own: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        // In the order of the cluster: the first of each part still speaks for it.
        cluster.claims.iter().for_each(|&c| own.entry(event_cluster(c)).or_default().push(c));
        own.into_iter().for_each(|(s, members)| of.entry(s).or_default().push(Cluster::new(members, claims)));
    }
    let one = of.len() == 1;
    for (s, clusters) in of {
        let key = if one { block.key.clone() } else { format!("{} | in event {s}", block.key) };
        out.extend(narrowed(Block { key, clusters }, claims));
    }
    if !one {
        let across = |b: &Block| {
            let mut all = b.clusters.iter().flat_map(|c| &c.claims).map(|&c| event_cluster(c));
            let first = all.next();
            all.any(|s| Some(s) != first)
        };
        out.extend(by(&block, claims, time).into_iter().filter(across));
    }
    out.retain(|b| b.clusters.iter().map(|c| c.claims.len()).sum::<usize>() > 1);
    out
}

/// The parts of what one event cluster tells.
fn narrowed(block: Block, claims: &[Claim]) -> Vec<Block> {
    if block.clusters.len() <= CLUSTERS {
        return vec![block];
    }
    let times = by(&block, claims, time);
    let attributes = by(&block, claims, |c| c.family.clone());
    times
        .into_iter()
        .chain(attributes)
        .flat_map(|b| if b.clusters.len() <= CLUSTERS { vec![b] } else { by(&b, claims, unit) })
        .collect()
}

/// The clusters of a block by something that all claims of a cluster have in common.
fn by(block: &Block, claims: &[Claim], of: impl Fn(&Claim) -> String) -> Vec<Block> {
    let mut all: BTreeMap<String, Vec<Cluster>> = BTreeMap::new();
    for cluster in &block.clusters {
        let word = cluster.claims.first().map(|&c| of(&claims[c as usize])).unwrap_or_default();
        all.entry(word).or_default().push(cluster.clone());
    }
    all.into_iter().map(|(word, clusters)| Block { key: format!("{} | {word}", block.key), clusters }).collect()
}

/// The year in which a claim holds, as far as its sentence says.
fn time(claim: &Claim) -> String {
    let said = claim.as_of.as_ref().map(|t| &t.edtf).or_else(|| claim.scope.get("period"));
    said.and_then(|t| t.get(..YEAR)).map_or_else(|| "no time".to_owned(), str::to_owned)
}

/// The unit of a figure: a currency, a thing counted.
fn unit(claim: &Claim) -> String {
    match &claim.value {
        Value::Quantity(q) => q.unit.name.to_string(),
        _ => claim.comparator.name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::claim::Extractor;
    use crate::rule::Rules;
    use crate::source::Document;

    use super::*;

    /// One claim of a price, put many times: `each` says in which document a claim stands, and when it holds.
    fn split(
        n: usize,
        each: impl Fn(usize) -> (u32, &'static str),
        event_clusters: &[u32],
    ) -> (Vec<Block>, Vec<Claim>) {
        let rules = Rules::load(&[]).unwrap();
        let text = "Norvik Holdings was valued at $40 million in May 2024.";
        let claims = Extractor::new(&rules).extract(&Document::from_text("a.txt", text), None).claims;
        let model = claims.into_iter().find(|c| c.attribute == "valuation").unwrap();
        let claims: Vec<Claim> = (0..n)
            .map(|i| {
                let (source, year) = each(i);
                let mut claim = Claim { source, as_of: None, ..model.clone() };
                if !year.is_empty() {
                    claim.scope.insert("period".to_owned(), year.to_owned());
                }
                claim
            })
            .collect();
        let clusters = (0..n as u32).map(|c| Cluster::new(vec![c], &claims)).collect();
        let parts = parts(Block { key: "norvik".to_owned(), clusters }, &claims, event_clusters);
        (parts, claims)
    }

    fn pairs(parts: &[Block]) -> BTreeSet<(u32, u32)> {
        let met = parts.iter().flat_map(|b| {
            let clusters = &b.clusters[..b.clusters.len().min(CLUSTERS)];
            clusters.iter().flat_map(|x| clusters.iter().map(|y| (x.claims[0], y.claims[0])))
        });
        met.filter(|(a, b)| a < b).collect()
    }

    #[test]
    fn a_small_block_stays_whole() {
        let (parts, _) = split(CLUSTERS, |i| (i as u32 % 7, ""), &[0, 0, 2, 3, 4, 5, 6]);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].key, "norvik");
    }

    #[test]
    fn a_story_keeps_all_its_pairs_among_many() {
        // The event cluster of the last two documents comes behind a thousand others.
        let event_clusters: Vec<u32> = (0..1000).chain([1000, 1000]).collect();
        let (parts, _) = split(1002, |i| (i as u32, ""), &event_clusters);
        assert!(pairs(&parts).contains(&(1000, 1001)));
        // What is left of the block is compared no further than the cap allows.
        let most = parts.iter().map(|b| b.clusters.len().min(CLUSTERS).pow(2)).sum::<usize>();
        assert!(most <= 3 * 1002 * CLUSTERS, "{most}");
    }

    #[test]
    fn a_large_story_is_divided_by_time_and_attribute() {
        let (parts, claims) = split(
            900,
            |i| {
                (
                    0,
                    if i % 3 == 0 {
                        "2023"
                    } else if i % 3 == 1 {
                        "2024-Q1"
                    } else {
                        ""
                    },
                )
            },
            &[0],
        );
        let met = pairs(&parts);
        assert!(met.contains(&(897, 894)) || met.contains(&(894, 897)), "of one year");
        assert!(met.contains(&(895, 898)), "of the next");
        assert!(!met.contains(&(894, 895)), "of two years");
        assert!(claims.len() == 900 && parts.iter().all(|b| b.clusters.len() > 1));
    }

    #[test]
    fn what_is_of_one_time_meets_across_stories() {
        let event_clusters: Vec<u32> = (0..600).collect();
        let (parts, _) = split(600, |i| (i as u32, if i > 597 { "2024" } else { "" }), &event_clusters);
        assert!(pairs(&parts).contains(&(598, 599)));
        assert!(!pairs(&parts).contains(&(597, 598)));
    }

    #[test]
    fn equal_claims_of_two_stories_stay_joined() {
        let (_, claims) = split(700, |i| (i as u32, ""), &[]);
        let mut clusters: Vec<Cluster> = (0..698).map(|c| Cluster::new(vec![c], &claims)).collect();
        clusters.push(Cluster::new(vec![698, 699], &claims));
        let event_clusters: Vec<u32> = (0..700).collect();
        let parts = parts(Block { key: "norvik".to_owned(), clusters }, &claims, &event_clusters);
        assert!(parts.iter().flat_map(|b| &b.clusters).any(|c| c.claims == [698, 699]));
    }
}
