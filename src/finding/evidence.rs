//! What stands behind each value of a finding, ground by ground, with weights that are data.
//!
//! Comes in: a finding, with who stands behind its claims. Goes out: for every ground its weight and how many origins of
//! each group have it. A reader can redo each count; no severity, no order and no verdict rests on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Claim, Modality};
use crate::compare::CompareContext;
use crate::graph::{Link, Relation};
use crate::origin::Origins;
use crate::text::fold_name;
use crate::value::{Bound, TimeValue, Value};

use super::model::{Finding, Group};

/// The lexicon that holds the weights.
const WEIGHTS: &str = "evidence";
/// Days between a report and what it tells of for it to be near.
const NEAR: i32 = 7;

/// A ground, and how many origins of each group have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its name: the key of its row in the lexicon `evidence`.
    pub name: &'static str,
    /// What it adds for each origin.
    pub weight: i64,
    /// How many origins have it, by group of the finding.
    pub origins: Vec<usize>,
}

impl Ground {
    /// What it adds to a group.
    pub fn adds(&self, group: usize) -> i64 {
        let count = self.origins.get(group).copied().unwrap_or_default();
        i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(self.weight)
    }
}

/// What the claims of one origin in one group are asked.
type GroundTest<'a> = &'a dyn Fn(&[&Claim]) -> bool;

/// The grounds of a finding, in the order in which they are shown.
pub fn evidence(context: &CompareContext<'_>, links: &[Link], behind: &Origins, finding: &Finding) -> Vec<Ground> {
    let claims =
        |indices: &[u32]| -> Vec<&Claim> { indices.iter().filter_map(|&c| context.claims.get(c as usize)).collect() };
    let mistyped: BTreeSet<u32> = links
        .iter()
        .filter(|l| l.relation == Relation::DerivedConflict)
        .filter_map(|l| match claims(&[l.a, l.b]).as_slice() {
            [a, b] if a.source == b.source => Some(a.source),
            _ => None,
        })
        .collect();
    let first_hand = |all: &[&Claim]| all.iter().any(|c| itself(context, c));
    let near = |all: &[&Claim]| all.iter().any(|c| is_near(context, c) == Some(true));
    let hedged = |all: &[&Claim]| all.iter().all(|c| is_hedged(c));
    let typos = |all: &[&Claim]| all.iter().any(|c| mistyped.contains(&c.source));
    let grounds: [(&'static str, GroundTest<'_>); 5] = [
        ("independent origin", &|_| true),
        ("first hand", &first_hand),
        ("near in time", &near),
        ("hedged", &hedged),
        ("likely typo of its own", &typos),
    ];
    let by_origin = |group: &Group| -> Vec<Vec<u32>> {
        let mut by: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for &c in &group.claims {
            if let Some(claim) = context.claims.get(c as usize) {
                by.entry(behind.of_claim(claim, context.merged)).or_default().push(c);
            }
        }
        by.into_values().collect()
    };
    let groups: Vec<Vec<Vec<u32>>> = finding.groups.iter().map(by_origin).collect();
    let rows = context.rules.lexicons.get(WEIGHTS).map(|l| &l.rows);
    grounds
        .into_iter()
        .map(|(name, has)| Ground {
            name,
            weight: rows.and_then(|rows| rows.get(name)?.rank).unwrap_or_default(),
            origins: groups.iter().map(|g| g.iter().filter(|c| has(&claims(c))).count()).collect(),
        })
        .collect()
}

/// Whether who speaks is what the claim is about: the publisher of the page, or whoever it is laid at the door of.
fn itself(context: &CompareContext<'_>, claim: &Claim) -> bool {
    let Some(subject) = claim.subject.as_ref().map(|s| fold_name(&s.name)) else { return false };
    let publisher = context.documents.get(claim.source as usize).and_then(|d| d.publisher.as_ref());
    let voice = if claim.attributed_to.is_some() { claim.attributed_to.as_ref() } else { publisher };
    voice.is_some_and(|name| fold_name(name) == subject)
}

/// Whether the page came out near the day that the claim tells of; `None` where either is not known.
fn is_near(context: &CompareContext<'_>, claim: &Claim) -> Option<bool> {
    let published = context.documents.get(claim.source as usize)?.published?;
    let stated: &TimeValue = match &claim.value {
        Value::Time(time) => time,
        _ => claim.as_of.as_ref()?,
    };
    let (earliest, latest) = (stated.earliest?, stated.latest?);
    let before = published.until(earliest).ok()?.get_days();
    let after = latest.until(published).ok()?.get_days();
    Some(before <= NEAR && after <= NEAR)
}

fn is_hedged(claim: &Claim) -> bool {
    let loose = matches!(&claim.value, Value::Quantity(q) if !matches!(q.bound, Bound::Exact | Bound::Range));
    loose || !matches!(claim.modality, Modality::Asserted | Modality::Reported | Modality::Negated)
}
