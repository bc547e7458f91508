//! Values that may be of one quantity where no rule names what they are of.
//!
//! Comes in: the claims of a run, the documents that are related, and the words around each claim. Goes out: pairs of
//! claims of one dimension. Of two documents, or of one, the likest pairs come first, and a pair is kept as long as one of its
//! claims has fewer than a few partners there.

use std::collections::BTreeMap;

use crate::align::Neighbourhood;
use crate::claim::Claim;
use crate::value::Value;

/// Partners of a claim in a document.
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
                let span = |at: u32| claims[at as usize].span;
                // Within a document each pair once, and none of one sentence.
                let may_meet = |x: u32, y: u32| a != b || span(x).end <= span(y).start;
                out.extend(between([own, others], sides, may_meet));
            }
        }
    }
    out.sort_unstable_by_key(|c| (c.a, c.b));
    out
}

/// The likest candidates between the claims of two documents, or between those of one and the same, as far as two may be set beside
/// each other.
fn between([own, others]: [&[u32]; 2], sides: &[Neighbourhood], may_meet: impl Fn(u32, u32) -> bool) -> Vec<Candidate> {
    let (own, others) = (&own[..own.len().min(CLAIMS)], &others[..others.len().min(CLAIMS)]);
    let mut all: Vec<Candidate> = Vec::with_capacity(own.len() * others.len());
    for &a in own {
        for &b in others.iter().filter(|b| may_meet(a, **b)) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Vector;
    use crate::claim::given::EXTRACTOR;
    use crate::source::Document;

    /// The claims of two documents, by the words of their values, that are set beside each other.
    fn beside(texts: [&str; 2], related: &[(u32, u32)], words: usize) -> Vec<String> {
        let read = |(source, text): (u32, &str)| {
            let own = EXTRACTOR.extract(&Document::from_text("a", text), None).claims.into_iter();
            own.map(move |c| Claim { source, ..c })
        };
        let claims: Vec<Claim> = (0..).zip(texts).flat_map(read).collect();
        let sides = vec![Neighbourhood { words, ..Neighbourhood::default() }; claims.len()];
        let said = |at: u32| claims[at as usize].value_span.of(texts[claims[at as usize].source as usize]);
        candidates(&claims, related, &sides).iter().map(|c| format!("{} | {}", said(c.a), said(c.b))).collect()
    }

    #[test]
    fn values_of_one_dimension_in_related_documents() {
        let check = |a, b, expected: &[&str]| assert_eq!(beside([a, b], &[(0, 1)], 2), expected, "{a} | {b}");
        check("It cost $4 million.", "They paid $5 million.", &["$4 million | $5 million"]);
        check("It cost $4 million.", "It weighed 5 tonnes.", &[]);
        check("It weighed 900 kilograms.", "It weighed 5 tonnes.", &["900 kilograms | 5 tonnes"]);
        check("It left in May 2019.", "It came in June 2019.", &["May 2019 | June 2019"]);
        check("It left at 6:15 pm.", "It came in June 2019.", &[]);
        assert!(beside(["It cost $4 million.", "They paid $5 million."], &[], 2).is_empty());
    }

    #[test]
    fn values_of_one_document() {
        let text = "It cost $4 million, with a roof $6 million. They paid $5 million.";
        assert_eq!(beside([text, ""], &[(0, 0)], 2), ["$4 million | $5 million", "$6 million | $5 million"]);
    }

    #[test]
    fn values_of_which_nothing_is_told() {
        for (text, words, met) in
            [("It cost $4.", 0, 0), ("It cost $4.", 1, 1), ("It left in 2019.", 1, 0), ("It left in 2019.", 2, 1)]
        {
            assert_eq!(beside([text, text], &[(0, 1)], words).len(), met, "{text} {words}");
        }
    }

    /// What is told alike comes before what is not, and figures that stand near both count.
    #[test]
    fn the_likest_are_kept() {
        let side = |key: u32, around: &[u32]| {
            let told = Vector::new([(key, 1)]);
            let [near, tree, whole] = [told.clone(), told.clone(), told];
            Neighbourhood { near, tree, whole, around: around.to_vec(), ..Neighbourhood::default() }
        };
        let sides = [side(1, &[7]), side(1, &[]), side(2, &[7]), side(2, &[])];
        let all = |_, _| true;
        let found: Vec<_> = between([&[0], &[1, 2, 3]], &sides, all).iter().map(|c| (c.b, c.alike)).collect();
        assert_eq!(found, [(1, 1000), (2, FIGURE), (3, 0)]);
        let many = vec![side(1, &[]); PARTNERS * 4];
        let (own, others): (Vec<u32>, Vec<u32>) = (0..many.len() as u32).partition(|n| n % 2 == 0);
        let kept = between([&own, &others], &many, all);
        let fewest = own.iter().map(|a| kept.iter().filter(|c| c.a == *a).count()).min();
        assert_eq!(fewest, Some(PARTNERS));
        assert!(kept.len() < own.len() * others.len());
    }
}
