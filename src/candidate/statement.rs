//! Statements that may oppose each other: sentences of one event cluster that share a telling word.
//!
//! Comes in: the claims of a run. Goes out: pairs of statements. A word that stands in more than
//! [`COMMON`] statements of a cluster brings none of them together.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::Claim;
use crate::rule::{Lookup, Modality};
use crate::source::Document;
use crate::text::{fold_words, is_brief};
use crate::value::Value;

use super::block::telling_words;

/// A word that stands in more statements of an event cluster than this brings none of them together.
const COMMON: usize = 64;
/// Event clusters whose documents all say a sentence that is of none of them.
const SEVERAL: usize = 4;

/// The pairs of statements that are set beside each other, by index, the smaller first; with a query, of two documents alone.
/// What a sentence quotes, and what points elsewhere, is set beside the statement of a query alone (`is_query`).
pub(crate) fn statements(
    claims: &[Claim],
    documents: &[Document],
    event_clusters: &[u32],
    is_query: bool,
    lookup: &Lookup,
) -> BTreeSet<(usize, usize)> {
    let brief = |c: &Claim| documents.get(c.source as usize).is_some_and(|d| is_brief(&d.text));
    let alone = |c: &Claim| c.modality == Modality::Asserted && (brief(c) || !points(&c.value, lookup));
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
            let others = all[i + 1..].iter().filter(|&&b| !is_query || claims[a].source != claims[b].source);
            met.extend(others.map(|&b| (a, b)));
        }
    }
    met
}

/// The statements that documents of several event clusters make word for word: terms of licences, notes about the reader. Who
/// writes them has the thing at hand in mind, and another document another thing.
pub(crate) fn repeated(claims: &[Claim], documents: &[Document], event_clusters: &[u32]) -> BTreeSet<u32> {
    // Most runs tell of fewer events, and need not look.
    if event_clusters.iter().collect::<BTreeSet<_>>().len() < SEVERAL {
        return BTreeSet::new();
    }
    let mut by_words: BTreeMap<Vec<String>, (BTreeSet<u32>, Vec<u32>)> = BTreeMap::new();
    for (at, claim) in (0u32..).zip(claims).filter(|(_, c)| is_statement(c) && !c.noise) {
        let words = fold_words(claim.span.of(&documents[claim.source as usize].text));
        let (clusters, all) = by_words.entry(words).or_default();
        clusters.insert(event_clusters[claim.source as usize]);
        all.push(at);
    }
    by_words.into_values().filter(|(clusters, _)| clusters.len() >= SEVERAL).flat_map(|(_, all)| all).collect()
}

/// Whether a claim is of all that its sentence says.
pub(crate) fn is_statement(claim: &Claim) -> bool {
    &*claim.kind == "statement"
}

/// "You cannot opt out of this behaviour": what "this" is stands elsewhere in a long text. Of "this year" its date tells.
fn points(value: &Value, lookup: &Lookup) -> bool {
    let Value::Text(text) = value else { return false };
    let words = fold_words(text);
    let stretch = |word: &str| {
        let noun = lookup.term_of("time-nouns", word);
        noun.is_some_and(|t| matches!(&*t.class, "span" | "season" | "part of a day"))
    };
    words.windows(2).any(|w| matches!(w[0].as_str(), "this" | "these") && !stretch(&w[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;

    #[test]
    fn what_many_say_of_other_things() {
        let term = "Whoever sends us a letter agrees that we print it.";
        let papers = ["Lowmere Gull", "Upmere Post", "Norvik Times", "Oslo Herald"];
        let texts = papers.map(|paper| format!("The {paper} is printed by hand. {term}"));
        let documents: Vec<_> = texts.iter().map(|text| Document::from_text("a", text)).collect();
        let claims = |(source, d): (u32, &Document)| {
            let own = EXTRACTOR.extract(d, None).claims.into_iter();
            own.map(move |c| Claim { source, ..c })
        };
        let claims: Vec<Claim> = (0..).zip(&documents).flat_map(claims).collect();
        let found = |clusters: &[u32]| -> Vec<&str> {
            let of = |at: u32| &claims[at as usize];
            let all = repeated(&claims, &documents, clusters).into_iter();
            all.map(|at| of(at).span.of(&documents[of(at).source as usize].text)).collect()
        };
        assert_eq!(found(&[0, 1, 2, 3]), [term; 4]);
        assert!(found(&[0, 0, 0, 3]).is_empty(), "who tells of one event may copy");
    }

    #[test]
    fn what_points_elsewhere() {
        let points = |text: &str| points(&Value::Text(text.to_owned()), EXTRACTOR.lookup());
        assert!(points("You cannot opt out of this rule."));
        assert!(points("The harbour master knew this date."));
        assert!(!points("The harbour master left this year."));
        assert!(!points("The harbour master left this summer night."));
        assert!(!points("The harbour master left this night."));
        assert!(!points("The harbour master left the island."));
    }
}
