//! Statements that may oppose each other: sentences of one event cluster that share a telling word.
//!
//! Comes in: the claims of a run. Goes out: pairs of statements of two documents. A word that stands in more than
//! [`COMMON`] statements of a cluster brings none of them together.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::Claim;
use crate::rule::Modality;
use crate::source::Document;
use crate::text::{fold_words, is_brief};
use crate::value::Value;

use super::block::telling_words;

/// A word that stands in more statements of an event cluster than this brings none of them together.
const COMMON: usize = 64;
/// Stretches of time: "this year".
const SPANS: [&str; 15] = [
    "year",
    "month",
    "week",
    "weekend",
    "morning",
    "afternoon",
    "evening",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "season",
    "decade",
    "time",
];

/// The pairs of statements that are set beside each other, by index, the smaller first; of a cluster of one document none.
/// What a sentence quotes, and what points elsewhere, is set beside the statement of a query alone (`is_query`).
pub(crate) fn statements(
    claims: &[Claim],
    documents: &[Document],
    event_clusters: &[u32],
    is_query: bool,
) -> BTreeSet<(usize, usize)> {
    let brief = |c: &Claim| documents.get(c.source as usize).is_some_and(|d| is_brief(&d.text));
    let alone = |c: &Claim| c.modality == Modality::Asserted && (brief(c) || !points(&c.value));
    let statement = |c: &Claim| is_statement(c) && !c.noise && (is_query || alone(c));
    let mut holders: BTreeMap<(u32, String), Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate().filter(|(_, c)| statement(c)) {
        if let (Some(&cluster), Value::Text(text)) = (event_clusters.get(claim.source as usize), &claim.value) {
            for word in telling_words(text) {
                holders.entry((cluster, word)).or_default().push(at);
            }
        }
    }
    let mut met = BTreeSet::new();
    for all in holders.values().filter(|all| all.len() <= COMMON) {
        for (i, &a) in all.iter().enumerate() {
            let others = all[i + 1..].iter().filter(|&&b| claims[a].source != claims[b].source);
            met.extend(others.map(|&b| (a, b)));
        }
    }
    met
}

/// Whether a claim is of all that its sentence says.
pub(crate) fn is_statement(claim: &Claim) -> bool {
    &*claim.kind == "statement"
}

/// "You cannot opt out of this behaviour": what "this" is stands elsewhere in a long text. Of "this year" its date tells.
fn points(value: &Value) -> bool {
    let Value::Text(text) = value else { return false };
    let words = fold_words(text);
    words.windows(2).any(|w| matches!(w[0].as_str(), "this" | "these") && !SPANS.contains(&w[1].as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_elsewhere() {
        let points = |text: &str| points(&Value::Text(text.to_owned()));
        assert!(points("You cannot opt out of this rule."));
        assert!(!points("The harbour master left this year."));
        assert!(!points("The harbour master left the island."));
    }
}
