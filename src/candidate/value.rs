//! Values that may be of one quantity where no rule names what they are of.
//!
//! Comes in: the claims of a run, the documents that are related, and what stands round each claim. Goes out: pairs of
//! claims of one dimension, each claim with a bounded number of partners in each other document: the likest.

use std::collections::BTreeMap;

use crate::align::Neighbourhood;
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
