//! Claims that are kept only where another document answers them: plain sentences, and who holds a post or a rank.
//!
//! Comes in: the claims of a run. Goes out: the holders of one post that are set beside each other (the sentences are paired in
//! `statement.rs`); and, once all these pairs are judged, the claims without those that nothing answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::Claim;
use crate::value::{Judgement, Value};

use super::statement::is_statement;

/// Most holders of one post in one event cluster that are set against each other.
const RIVALS: usize = 64;

/// A post of an event cluster, or whom a document names.
type Named<'a> = (u32, &'a str);

/// The pairs of holders of one post or rank by two documents of one event cluster, by index, the smaller first.
pub(crate) fn holders(claims: &[Claim], event_clusters: &[u32]) -> BTreeSet<(usize, usize)> {
    let holders = || {
        let all = claims.iter().enumerate().filter(|(_, c)| is_holder(c) && !c.noise);
        all.filter_map(|(at, claim)| {
            let event_cluster = *event_clusters.get(claim.source as usize)?;
            let Value::Text(name) = &claim.value else { return None };
            Some((at, (event_cluster, claim.family.as_str()), (claim.source, name.as_str())))
        })
    };
    // Of each document and name the first claim.
    let mut held: BTreeMap<Named<'_>, BTreeMap<Named<'_>, usize>> = BTreeMap::new();
    for (at, post, named) in holders() {
        held.entry(post).or_default().entry(named).or_insert(at);
    }
    let mut met = BTreeSet::new();
    for (at, post, (source, _)) in holders() {
        let rivals = held.get(&post).into_iter().flatten().take(RIVALS).filter(|((other, _), _)| *other != source);
        met.extend(rivals.map(|(_, &rival)| (at.min(rival), at.max(rival))));
    }
    met
}

/// Drops the sentences and holders that none of those which they are set beside answers: a sentence is worth a claim only where
/// another one opposes it, and that somebody holds a post is stated as a claim about that person already. Of the
/// sentences of a page that answer the document `query`, those that support it count, if there are any. `met` are pairs of claims,
/// each with how the two stand to each other.
pub(crate) fn keep_answered(
    claims: Vec<Claim>,
    met: impl IntoIterator<Item = ((usize, usize), Judgement)>,
    query: Option<u32>,
) -> Vec<Claim> {
    let met: Vec<_> = met.into_iter().filter(|(_, judgement)| *judgement != Judgement::Unknown).collect();
    let source = |at: usize| claims[at].source;
    let sides = |(a, b): (usize, usize)| if Some(source(a)) == query { (a, b) } else { (b, a) };
    let supports = |judgement: Judgement| query.is_some() && judgement == Judgement::Equal;
    let supported: BTreeSet<(usize, u32)> = met
        .iter()
        .filter(|(_, judgement)| supports(*judgement))
        .map(|(pair, _)| sides(*pair))
        .map(|(own, other)| (own, source(other)))
        .collect();
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for (pair, judgement) in met {
        let (own, other) = sides(pair);
        kept.insert(own);
        // A page that supports it somewhere denies it nowhere; another page may.
        if supports(judgement) || !supported.contains(&(own, source(other))) {
            kept.insert(other);
        }
    }
    let worth = |(at, c): (usize, Claim)| (kept.contains(&at) || !is_statement(&c) && !is_holder(&c)).then_some(c);
    claims.into_iter().enumerate().filter_map(worth).collect()
}

/// Whether a claim names the holder of a post or of a rank.
fn is_holder(claim: &Claim) -> bool {
    matches!(&*claim.kind, "holder" | "superlative")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn claim(source: u32, kind: &str, value: &str) -> Claim {
        let spans = (Span::new(0, 0), Span::new(0, 0));
        Claim { source, ..Claim::plain(kind, "mayor".to_owned(), spans, Value::Text(value.to_owned())) }
    }

    #[test]
    fn holders_of_one_post_in_one_event() {
        let claims = [(0, "Ada"), (0, "Omar"), (1, "Ada"), (1, "Ada"), (2, "Ingrid")];
        let claims = claims.map(|(source, name)| claim(source, "holder", name));
        let met = |clusters: &[u32]| holders(&claims, clusters).into_iter().collect::<Vec<_>>();
        assert_eq!(met(&[0, 0, 1]), [(0, 2), (0, 3), (1, 2), (1, 3)]);
        assert!(met(&[0, 1, 2]).is_empty());
        let noise = claims.map(|c| Claim { noise: true, ..c });
        assert!(holders(&noise, &[0, 0, 0]).is_empty());
    }

    #[test]
    fn what_nothing_answers_goes() {
        let kinds = ["statement", "statement", "statement", "holder", "holder", "count"];
        let sources = [0, 1, 1, 0, 1, 1];
        let kept = |met: &[((usize, usize), Judgement)], query| -> Vec<String> {
            let all = (0..).zip(kinds).zip(sources);
            let claims = all.map(|((at, kind), source): ((u32, _), _)| claim(source, kind, &at.to_string())).collect();
            let value = |c: Claim| if let Value::Text(value) = c.value { value } else { String::new() };
            keep_answered(claims, met.iter().copied(), query).into_iter().map(value).collect()
        };
        use Judgement::{Disjoint, Equal, Unknown};
        assert_eq!(kept(&[], None), ["5"]);
        assert_eq!(kept(&[((0, 1), Disjoint), ((3, 4), Unknown)], None), ["0", "1", "5"]);
        assert_eq!(kept(&[((0, 1), Unknown), ((3, 4), Disjoint)], None), ["3", "4", "5"]);
        let both = [((0, 1), Equal), ((0, 2), Disjoint), ((3, 4), Disjoint)];
        assert_eq!(kept(&both, None), ["0", "1", "2", "3", "4", "5"]);
        assert_eq!(kept(&both, Some(0)), ["0", "1", "3", "4", "5"], "a page that supports it denies it nowhere");
        assert_eq!(kept(&both[1..], Some(0)), ["0", "2", "3", "4", "5"]);
    }
}
