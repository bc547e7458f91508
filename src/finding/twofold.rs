//! One conflict, one card: what several rules see between the same places is stated once.
//!
//! Comes in: the cards, each made of the links of one rule. Goes out: the same without those of which every side stands on a
//! side of a card that says it better: the graver one, then that of the relate rule which is tried first. What the other rule
//! would have said becomes a note of the card that stays, where it is not the same.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::compare::CompareContext;
use crate::graph::Relation;

use super::model::Finding;

/// See the module.
pub(super) fn joined(context: &CompareContext<'_>, cards: Vec<Finding>) -> Vec<Finding> {
    let tried = |card: &Finding| context.rules.relate.iter().position(|r| r.head.id == card.rule).unwrap_or(usize::MAX);
    let mut order: Vec<usize> = (0..cards.len()).filter(|&at| parts(&cards[at])).collect();
    order.sort_by_cached_key(|&at| (Reverse(cards[at].severity), tried(&cards[at]), cards[at].id.clone(), at));
    let place = |claim: u32| context.claims.get(claim as usize);
    // Cards that stay, by the sources of their claims: others have nothing in common with a card.
    let mut by_source: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut stated: BTreeMap<usize, usize> = BTreeMap::new();
    for at in order {
        let source = cards[at].groups.first().and_then(|g| g.sources.first());
        let near = source.and_then(|s| by_source.get(s)).into_iter().flatten();
        match near.copied().find(|&kept| covers(&cards[kept], &cards[at], place)) {
            Some(kept) => drop(stated.insert(at, kept)),
            None => {
                let mut sources: Vec<u32> = cards[at].groups.iter().flat_map(|g| g.sources.iter().copied()).collect();
                sources.sort_unstable();
                sources.dedup();
                sources.into_iter().for_each(|s| by_source.entry(s).or_default().push(at));
            }
        }
    }
    let mut notes: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (&at, &kept) in &stated {
        let (other, card) = (&cards[at], &cards[kept]);
        // The same values, with what they are of in brackets, are the same words.
        let values = |message: &str| message.split(" (").next().unwrap_or_default().to_owned();
        let same = values(&other.message) == values(&card.message);
        let said = if same { String::new() } else { format!(": {}", other.message) };
        notes.entry(kept).or_default().push(format!("also found by {}{said}", other.rule));
    }
    let mut out = Vec::with_capacity(cards.len() - stated.len());
    for (at, mut card) in cards.into_iter().enumerate().filter(|(at, _)| !stated.contains_key(at)) {
        card.notes.extend(notes.remove(&at).unwrap_or_default());
        out.push(card);
    }
    out
}

/// Whether a card sets sides against each other that cannot all hold.
fn parts(card: &Finding) -> bool {
    matches!(card.relation, Relation::Conflict | Relation::DerivedConflict) && card.groups.len() > 1
}

/// Whether everything that `other` rests on stands in places of `card`, and its sides on different sides of it.
fn covers<'c>(card: &Finding, other: &Finding, place: impl Fn(u32) -> Option<&'c Claim>) -> bool {
    let one = |a: u32, b: u32| {
        a == b
            || place(a).zip(place(b)).is_some_and(|(a, b)| {
                a.source == b.source && a.value_span.start < b.value_span.end && b.value_span.start < a.value_span.end
            })
    };
    let mut sides: Vec<usize> = Vec::new();
    for group in &other.groups {
        let whole = |side: &super::Group| group.claims.iter().all(|&c| side.claims.iter().any(|&d| one(c, d)));
        match card.groups.iter().position(whole) {
            Some(side) if !sides.contains(&side) => sides.push(side),
            _ => return false,
        }
    }
    other.claims.iter().all(|&c| card.claims.iter().any(|&d| one(c, d)))
}
