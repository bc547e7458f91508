//! Which words of which source are underlined: the words of every value, each span once.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Analysis;
use crate::graph::{Relation, Severity};
use crate::text::Span;

/// How a claim stands among those of the other sources, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Highlight {
    /// On a card that is an error.
    Disputed,
    /// On a card that is a warning.
    Doubtful,
    /// Another source says it as well.
    Shared,
    /// On a card that is a note.
    Noted,
    /// Nobody else says it.
    Alone,
}

impl Highlight {
    /// The class in the page.
    pub(super) fn class(self) -> &'static str {
        match self {
            Highlight::Disputed => "x",
            Highlight::Doubtful => "w",
            Highlight::Shared => "s",
            Highlight::Noted => "n",
            Highlight::Alone => "",
        }
    }

    /// What a screen reader says after the words.
    pub(super) fn said(self) -> &'static str {
        match self {
            Highlight::Disputed => "disputed",
            Highlight::Doubtful => "doubtful",
            Highlight::Shared => "shared",
            Highlight::Noted => "noted",
            Highlight::Alone => "",
        }
    }
}

/// Underlined words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Index of the source.
    pub source: u32,
    /// The words.
    pub span: Span,
    /// The claims that rest on them, in order; at least one.
    pub claims: Vec<u32>,
    /// The most telling highlight of these.
    pub highlight: Highlight,
}

/// All underlined words, in order of source and place, a longer span before those inside it.
#[derive(Debug)]
pub(super) struct Marks {
    /// The marks; the number of one is its index.
    pub all: Vec<Mark>,
    /// Highlight of each claim.
    pub highlight: Vec<Highlight>,
    /// The mark of each claim; boilerplate has none.
    of: Vec<Option<usize>>,
    /// Claims by id.
    ids: BTreeMap<String, u32>,
}

impl Marks {
    /// Collects them. Linear, but for sorting.
    pub(super) fn new(analysis: &Analysis) -> Marks {
        let highlight = highlight(analysis);
        let mut spans: BTreeMap<(u32, u32, std::cmp::Reverse<u32>), Vec<u32>> = BTreeMap::new();
        for (at, claim) in (0..).zip(&analysis.claims).filter(|(_, c)| !c.noise) {
            let Span { start, end } = claim.value_span;
            spans.entry((claim.source, start, std::cmp::Reverse(end))).or_default().push(at);
        }
        let mut of = vec![None; analysis.claims.len()];
        let mut all = Vec::with_capacity(spans.len());
        for ((source, start, end), claims) in spans {
            for &claim in &claims {
                of[claim as usize] = Some(all.len());
            }
            let most = claims.iter().map(|&c| highlight[c as usize]).min().unwrap_or(Highlight::Alone);
            all.push(Mark { source, span: Span { start, end: end.0 }, claims, highlight: most });
        }
        let ids = (0..).zip(&analysis.claims).map(|(at, c)| (c.id.clone(), at)).collect();
        Marks { all, highlight, of, ids }
    }

    /// The mark of a claim.
    pub(super) fn of(&self, claim: u32) -> Option<usize> {
        self.of.get(claim as usize).copied().flatten()
    }

    /// The mark of a claim of the network, whose id is `claim:` and the claim's.
    pub(super) fn by_id(&self, analysis: &Analysis, id: &str) -> Option<usize> {
        let claim = *self.ids.get(id.strip_prefix("claim:")?)?;
        debug_assert!((claim as usize) < analysis.claims.len());
        self.of(claim)
    }

    /// The marks of a source, with the number of the first.
    pub(super) fn of_source(&self, source: u32) -> (usize, &[Mark]) {
        let from = self.all.partition_point(|m| m.source < source);
        let to = self.all.partition_point(|m| m.source <= source);
        (from, &self.all[from..to])
    }
}

fn highlight(analysis: &Analysis) -> Vec<Highlight> {
    use Relation::*;
    let mut highlight = vec![Highlight::Alone; analysis.claims.len()];
    let mut raise = |claim: u32, to: Highlight| {
        if let Some(s) = highlight.get_mut(claim as usize) {
            *s = to.min(*s);
        }
    };
    for finding in &analysis.findings {
        let to = match finding.severity {
            Severity::Error => Highlight::Disputed,
            Severity::Warning => Highlight::Doubtful,
            Severity::Note => Highlight::Noted,
        };
        finding.claims.iter().for_each(|&c| raise(c, to));
    }
    // Agreement is a star, so two sources are joined through a third as well.
    let chains = crate::graph::Chains::new(analysis.claims.len(), &analysis.links);
    let source = |c: u32| analysis.claims.get(c as usize).map(|c| c.source);
    for chain in chains.all(analysis.claims.len()) {
        let heard: BTreeSet<Option<u32>> = chain.iter().map(|&c| source(c)).collect();
        if heard.len() > 1 {
            chain.iter().for_each(|&c| raise(c, Highlight::Shared));
        }
    }
    let alike = [Compatible, Refines, QuoteVariant, QuoteTruncated];
    for link in analysis.links.iter().filter(|l| alike.contains(&l.relation) && source(l.a) != source(l.b)) {
        raise(link.a, Highlight::Shared);
        raise(link.b, Highlight::Shared);
    }
    highlight
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn highlights() {
        let analysis = fixture::analysis();
        let marks = Marks::new(&analysis);
        let said: Vec<&str> = marks.highlight.iter().map(|s| s.said()).collect();
        assert_eq!(said, ["disputed", "shared", "disputed", "shared", "shared", "disputed", "shared", ""]);
        assert_eq!(marks.by_id(&analysis, "claim:h0"), Some(2));
        assert_eq!(marks.of_source(1).0, 2);
    }
}
