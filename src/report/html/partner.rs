//! Who says the same as a claim, or otherwise.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::finding::{Analysis, Finding};
use crate::graph::{Chains, Link, Relation, Severity};

use super::marks::Marks;

/// How much is listed of what: less where there is much, so that a page stays one that browsers open at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Places of one relation of a claim.
    pub partners: usize,
    /// Whether a claim lists what stands against it on a card beside the link to that card.
    pub opposed: bool,
    /// Quotations of a value on a card, one a source.
    pub quotes: usize,
    /// Further places of a value on a card.
    pub places: usize,
    /// Links of a card with their grounds.
    pub grounds: usize,
}

impl Room {
    fn of(analysis: &Analysis) -> Room {
        match analysis.claims.len() {
            ..=3_000 => Room { partners: 5, opposed: true, quotes: 4, places: 12, grounds: 3 },
            _ => Room { partners: 1, opposed: false, quotes: 2, places: 4, grounds: 1 },
        }
    }
}

/// Where a claim stands in the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Place {
    /// Number of the mark.
    pub mark: usize,
    /// Number of the source, from 1, and the line: `S3:12`.
    pub label: String,
}

/// The places that stand in one relation to a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Partners {
    /// The relation as seen from the claim: "agrees with".
    pub how: &'static str,
    /// Where.
    pub places: Vec<Place>,
    /// How many more there are.
    pub more: usize,
}

/// The relations of all claims, read from either end.
pub(super) struct Relations<'a> {
    /// How much is listed.
    pub room: Room,
    analysis: &'a Analysis,
    marks: &'a Marks,
    chains: Chains,
    members: BTreeMap<u32, Vec<u32>>,
    linked: BTreeMap<u32, Vec<(&'static str, u32)>>,
    cards: BTreeMap<u32, Vec<usize>>,
    links: BTreeMap<u32, Vec<&'a Link>>,
}

impl<'a> Relations<'a> {
    /// Indexes links and findings by claim.
    pub(super) fn new(analysis: &'a Analysis, marks: &'a Marks) -> Relations<'a> {
        let chains = Chains::new(analysis.claims.len(), &analysis.links);
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for claim in 0..analysis.claims.len() as u32 {
            members.entry(chains.of(claim)).or_default().push(claim);
        }
        let mut linked: BTreeMap<u32, Vec<(&'static str, u32)>> = BTreeMap::new();
        let same = |r| matches!(r, Relation::Agree | Relation::QuoteMatch);
        for link in analysis.links.iter().filter(|l| !same(l.relation)) {
            let (from, to) = words(link.relation);
            for (a, b) in std::iter::once((link.a, link.b)).chain(link.also.iter().map(|&c| (link.a, c))) {
                linked.entry(a).or_default().push((from, b));
                linked.entry(b).or_default().push((to, a));
            }
        }
        let mut cards: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, finding) in analysis.findings.iter().enumerate() {
            finding.claims.iter().for_each(|&c| cards.entry(c).or_default().push(at));
        }
        let mut links: BTreeMap<u32, Vec<&Link>> = BTreeMap::new();
        analysis.links.iter().for_each(|l| links.entry(l.a).or_default().push(l));
        Relations { room: Room::of(analysis), analysis, marks, chains, members, linked, cards, links }
    }

    /// Where a claim stands; `None` for boilerplate.
    pub(super) fn place(&self, claim: u32) -> Option<Place> {
        let mark = self.marks.of(claim)?;
        let claim = self.analysis.claims.get(claim as usize)?;
        let document = self.analysis.documents.get(claim.source as usize)?;
        let line = document.lines.line_of(claim.value_span.start);
        Some(Place { mark, label: format!("S{}:{line}", claim.source + 1) })
    }

    /// The findings that a claim stands on, by index.
    pub(super) fn cards(&self, claim: u32) -> &[usize] {
        self.cards.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// The links between claims of a finding, whose claims are in order.
    pub(super) fn links_within(&self, finding: &Finding) -> Vec<&'a Link> {
        let links = finding.claims.iter().filter_map(|c| self.links.get(c)).flatten();
        links.filter(|l| finding.claims.binary_search(&l.b).is_ok()).copied().collect()
    }

    /// Who says the same or otherwise, opposition first.
    pub(super) fn partners(&self, claim: u32) -> Vec<Partners> {
        let mut by: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        for &(how, other) in self.linked.get(&claim).into_iter().flatten() {
            by.entry(how).or_default().push(other);
        }
        // A conflict is drawn between two claims of two groups; the others of the groups conflict as well.
        for finding in self.cards(claim).iter().filter_map(|&at| self.analysis.findings.get(at)) {
            if finding.severity == Severity::Note || !self.room.opposed {
                continue;
            }
            let (opposed, _) = words(finding.relation);
            let groups = finding.groups.iter().filter(|g| !g.claims.contains(&claim));
            let first = groups.filter_map(|g| g.claims.first().copied());
            let how = if finding.relation == Relation::Conflict { opposed } else { "stands against" };
            by.entry(how).or_default().extend(first);
        }
        let agreeing = self.members.get(&self.chains.of(claim)).into_iter().flatten();
        by.entry("agrees with").or_default().extend(agreeing.filter(|&&c| c != claim));
        let mut out: Vec<Partners> = Vec::new();
        let mut said: Vec<u32> = Vec::new();
        let mut ordered: Vec<(&'static str, Vec<u32>)> = by.into_iter().collect();
        ordered.sort_by_key(|(how, _)| {
            (!how.contains("conflict") && !how.contains("not add"), *how == "stands against", *how)
        });
        for (how, mut others) in ordered {
            others.sort_unstable();
            others.dedup();
            others.retain(|c| !said.contains(c));
            said.extend(&others);
            let mut places = distinct(others.iter().filter_map(|&c| self.place(c)));
            let more = places.len().saturating_sub(self.room.partners);
            places.truncate(self.room.partners);
            if !places.is_empty() {
                out.push(Partners { how, places, more });
            }
        }
        out
    }
}

/// The places without those that a reader could not tell apart: several claims may rest on the same words or line.
pub(super) fn distinct(places: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    places.filter(|p| seen.insert(p.label.clone())).collect()
}

/// A relation as seen from its first and from its second claim.
fn words(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::Agree => ("agrees with", "agrees with"),
        Relation::Compatible => ("fits", "fits"),
        Relation::Refines => ("is stated in more detail in", "is more detailed than"),
        Relation::Updates => ("is updated by", "updates"),
        Relation::Conflict => ("conflicts with", "conflicts with"),
        Relation::Unresolved => ("cannot be compared with", "cannot be compared with"),
        Relation::QuoteMatch => ("is the quotation of", "is the quotation of"),
        Relation::QuoteVariant => ("is worded differently in", "is worded differently in"),
        Relation::QuoteTruncated => ("is cut short in", "cuts short"),
        Relation::DerivedConsistent => ("adds up with", "adds up with"),
        Relation::DerivedConflict => ("does not add up with", "does not add up with"),
        Relation::SameOrigin => ("shares an origin with", "shares an origin with"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn either_end() {
        let analysis = fixture::analysis();
        let marks = Marks::new(&analysis);
        let relations = Relations::new(&analysis, &marks);
        let said = |claim| -> Vec<String> {
            let one = |p: &Partners| {
                let places: Vec<&str> = p.places.iter().map(|p| p.label.as_str()).collect();
                format!("{} {}", p.how, places.join(", "))
            };
            relations.partners(claim).iter().map(one).collect()
        };
        assert_eq!(said(0), ["conflicts with S2:1", "agrees with S3:1"]);
        assert_eq!(said(2), ["conflicts with S1:1"]);
        assert_eq!(said(5), ["conflicts with S2:1", "agrees with S1:1"]);
        assert_eq!(said(6), ["fits S2:2"]);
        assert_eq!(said(7), Vec::<String>::new());
    }
}
