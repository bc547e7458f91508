//! Candidates: which claims and which sentences of different documents are set beside each other.
//!
//! Comes in: the claims of a run, the documents that are related, and what stands round each claim. Goes out: pairs of
//! claims that may be of one quantity, and of sentences that may tell of one thing, each with a bounded number of partners in
//! each other document: the likest.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use crate::align::{Neighbourhood, Passages};
use crate::claim::Claim;
use crate::value::Value;

/// Partners of a claim in another document.
const PARTNERS: usize = 10;
/// Words about a date that tell what it is of, at least: alone on its line it is the page's own. Of another value one.
const FEWEST: usize = 2;
/// How much a figure that stands near both adds to how alike two claims are.
const FIGURE: i32 = 50;
/// Claims of one dimension in one document that are set beside those of another: of a table of thousands the first.
const CLAIMS: usize = 200;

/// Sentences of another document that a sentence is set beside.
const LIKEST: usize = 3;
/// How alike two sentences are at least, in thousandths.
const ALIKE: i32 = 100;
/// A word that stands in more sentences of a document than this brings none of them together.
const COMMON: usize = 40;

/// Two claims of two documents, and how alike they are told, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The one of the earlier document.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// How alike their surroundings are.
    pub alike: i32,
}

/// What of a claim has to be the same for it to be set beside another; `None` for what is never.
pub(crate) fn dimension(claim: &Claim) -> Option<String> {
    match &claim.value {
        Value::Quantity(q) => Some(q.broadly().unit.dimension.to_string()),
        Value::Time(t) if t.edtf.starts_with('T') => Some("clock".to_owned()),
        Value::Time(_) => Some("date".to_owned()),
        Value::Text(_) => None,
    }
}

/// The candidates of a run, by first and second claim. `related` are the documents that may tell of one thing.
pub(crate) fn candidates(claims: &[Claim], related: &[(u32, u32)], sides: &[Neighbourhood]) -> Vec<Candidate> {
    // By dimension, the claims of each document; of claims at one place the first speaks.
    let mut groups: BTreeMap<u32, BTreeMap<String, Vec<u32>>> = BTreeMap::new();
    let mut last = None;
    for (at, claim) in (0u32..).zip(claims) {
        let place = (claim.source, claim.value_span);
        let fewest = if matches!(claim.value, Value::Time(_)) { FEWEST } else { 1 };
        if claim.noise || last == Some(place) || sides[at as usize].words < fewest {
            continue;
        }
        if let Some(dimension) = dimension(claim) {
            last = Some(place);
            groups.entry(claim.source).or_default().entry(dimension).or_default().push(at);
        }
    }
    let mut out = Vec::new();
    for (a, b) in related {
        let (Some(own), Some(others)) = (groups.get(a), groups.get(b)) else { continue };
        for (dimension, own) in own {
            if let Some(others) = others.get(dimension) {
                out.extend(between(own, others, sides));
            }
        }
    }
    out.sort_unstable_by_key(|c| (c.a, c.b));
    out
}

/// Two sentences of two documents, each by document and place, that may tell of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    /// The one of the earlier document.
    pub a: (u32, usize),
    /// The other.
    pub b: (u32, usize),
    /// For how many of the two the other is the likest of its document.
    pub best: u8,
}

/// The sentences that are set beside each other: of each sentence the likest of every related document. Sorted.
pub(crate) fn sentences(passages: &Passages, related: &[(u32, u32)], worth: impl Fn(u32, usize) -> bool) -> Vec<Met> {
    let mut out = Vec::new();
    for &(a, b) in related {
        let (own, others) = (passages.vectors(a), passages.vectors(b));
        let mut holders: HashMap<u32, Vec<usize>> = HashMap::default();
        for (n, vector) in others.iter().enumerate().filter(|(n, _)| worth(b, *n)) {
            vector.parts().iter().for_each(|(key, _)| holders.entry(*key).or_default().push(n));
        }
        let mut all: Vec<(i32, usize, usize)> = Vec::new();
        for (m, vector) in own.iter().enumerate().filter(|(m, _)| worth(a, *m)) {
            let held = vector.parts().iter().filter_map(|(key, _)| holders.get(key));
            let met: BTreeSet<usize> = held.filter(|all| all.len() <= COMMON).flatten().copied().collect();
            all.extend(met.into_iter().map(|n| (vector.alike(&others[n]), m, n)).filter(|(alike, ..)| *alike >= ALIKE));
        }
        all.sort_unstable_by_key(|(alike, m, n)| (std::cmp::Reverse(*alike), *m, *n));
        // How alike the likest is, and how many have come.
        let (mut left, mut right) = (vec![(0, 0); own.len()], vec![(0, 0); others.len()]);
        for (alike, m, n) in all {
            if left[m].1 < LIKEST || right[n].1 < LIKEST {
                let mut best = 0;
                for (most, count) in [&mut left[m], &mut right[n]] {
                    *most = alike.max(*most);
                    best += u8::from(*most == alike);
                    *count += 1;
                }
                out.push(Met { a: (a, m), b: (b, n), best });
            }
        }
    }
    out.sort_unstable();
    out
}

/// The candidates between the claims of two documents.
fn between(own: &[u32], others: &[u32], sides: &[Neighbourhood]) -> Vec<Candidate> {
    let (own, others) = (&own[..own.len().min(CLAIMS)], &others[..others.len().min(CLAIMS)]);
    let mut all: Vec<Candidate> = Vec::with_capacity(own.len() * others.len());
    for &a in own {
        for &b in others {
            let (x, y) = (&sides[a as usize], &sides[b as usize]);
            let words = (x.tree.alike(&y.tree) + x.near.alike(&y.near) + x.whole.alike(&y.whole)) / 3;
            all.push(Candidate { a, b, alike: words + x.figures_around(y) as i32 * FIGURE });
        }
    }
    all.sort_by(|p, q| q.alike.cmp(&p.alike).then((p.a, p.b).cmp(&(q.a, q.b))));
    let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
    all.retain(|c| {
        let free = |of: u32, taken: &BTreeMap<u32, usize>| taken.get(&of).is_none_or(|n| *n < PARTNERS);
        let keep = free(c.a, &taken) || free(c.b, &taken);
        if keep {
            *taken.entry(c.a).or_default() += 1;
            *taken.entry(c.b).or_default() += 1;
        }
        keep
    });
    all
}
