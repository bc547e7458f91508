//! Origins: who is behind a document, and behind a claim.
//!
//! Comes in: documents with what each shows of its origin by itself (its shingles, the outlet that it credits); claims
//! with their attribution. Goes out: for every document the origin it goes back to (the outlet that it credits, the
//! earliest of the documents it shares its wording with, else itself), and for a claim the name of its origin: whoever
//! the text lays it at the door of, else the document's origin. A copy is not a witness.
//!
//! Figures that two pages tell in one order are no sign of one origin: pages that quote one statement do so as well, each
//! on its own.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use crate::claim::{Claim, Modality};
use crate::entity::Merged;
use crate::source::Document;
use crate::text::fold_name;

mod copies;
mod credit;

pub use copies::shingles;
pub use credit::credit;

/// The origins of the documents of a run, by document.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    /// The document that it goes back to in the run, itself if there is no other.
    lead: Vec<u32>,
    /// The name of its origin: an outlet, or the id of a document.
    names: Vec<String>,
    /// Why it is another's.
    basis: Vec<Option<Basis>>,
    /// Names of origins by what an attribution may call them.
    called: BTreeMap<String, String>,
}

/// Why a document is not the only one of its origin, or not its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// It gives the credit to an outlet.
    Credit,
    /// Half of its wording stands in another.
    Wording,
    /// It belongs to the owner of another.
    Owner,
}

/// What a document shows of its origin by itself.
#[derive(Debug, Clone, Copy)]
pub struct Signs<'a> {
    /// Its shingles.
    pub shingles: &'a [u64],
    /// The outlet that it gives the credit to.
    pub credit: Option<&'a str>,
}

impl Origins {
    /// Finds the origins of documents, which are sorted by id. `owners` are owners of documents by id.
    pub fn new(documents: &[Document], signs: &[Signs<'_>], owners: &BTreeMap<String, String>) -> Origins {
        let shingles: Vec<&[u64]> = signs.iter().map(|s| s.shingles).collect();
        let alike = copies::alike(&shingles);
        let mut joined = UnionFind::<u32>::new(documents.len());
        for &(a, b) in &alike {
            joined.union(a, b);
        }
        // Whoever credits one outlet, and the document of that outlet itself, are one.
        let mut by_name: BTreeMap<String, u32> = BTreeMap::new();
        let credited = || (0..).zip(signs).filter_map(|(d, s)| Some((d, outlet(s.credit?))));
        for (d, name) in credited() {
            joined.union(*by_name.entry(name).or_insert(d), d);
        }
        let published = || (0..).zip(documents).filter_map(|(d, x)| Some((d, outlet(x.publisher.as_deref()?))));
        let mut publishers: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (d, name) in published() {
            publishers.entry(name).or_default().push(d);
        }
        // Two documents of one publisher may be two reports; which one was taken over cannot be determined.
        let sole: BTreeMap<String, u32> = publishers
            .into_iter()
            .filter_map(|(name, all)| Some((name, *all.first().filter(|_| all.len() == 1)?)))
            .collect();
        for (name, &d) in &sole {
            if let Some(&other) = by_name.get(name) {
                joined.union(d, other);
            }
        }
        let mut by_owner: BTreeMap<&str, u32> = BTreeMap::new();
        for (d, document) in (0..).zip(documents) {
            if let Some(owner) = owners.get(&document.id) {
                joined.union(*by_owner.entry(owner).or_insert(d), d);
            }
        }
        let lead = leads(documents, &joined);
        // The outlet that the leader credits, else the one that most others do, names the origin; ties by the letter.
        let mut credits: BTreeMap<u32, BTreeMap<String, (usize, &str)>> = BTreeMap::new();
        for (d, s) in signs.iter().enumerate() {
            if let Some(name) = s.credit {
                let entry = credits.entry(lead[d]).or_default().entry(outlet(name)).or_insert((0, name));
                *entry = (entry.0 + 1 + usize::from(lead[d] as usize == d) * documents.len(), entry.1.min(name));
            }
        }
        let named: BTreeMap<u32, &str> = credits
            .iter()
            .filter_map(|(lead, names)| {
                let best = names.iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(a.0)))?;
                Some((*lead, best.1.1))
            })
            .collect();
        let name = |d: u32| named.get(&d).map_or_else(|| documents[d as usize].id.clone(), |n| (*n).to_owned());
        let names: Vec<String> = lead.iter().map(|&d| name(d)).collect();
        let mut called: BTreeMap<String, String> =
            sole.iter().map(|(name, &d)| (name.clone(), names[d as usize].clone())).collect();
        called.extend(credited().map(|(d, name)| (name, names[d as usize].clone())));
        let worded: BTreeSet<u32> = alike.iter().flat_map(|&(a, b)| [a, b]).collect();
        let basis = (0..documents.len() as u32)
            .map(|d| {
                let owned = owners.contains_key(&documents[d as usize].id);
                let wording = worded.contains(&d);
                match signs[d as usize].credit {
                    Some(_) => Some(Basis::Credit),
                    None if lead[d as usize] == d => None,
                    None if wording => Some(Basis::Wording),
                    None => owned.then_some(Basis::Owner),
                }
            })
            .collect();
        Origins { lead, names, basis, called }
    }

    /// The name of a document's origin: an outlet, or the id of a document.
    pub fn of(&self, document: u32) -> &str {
        self.names.get(document as usize).map_or("", String::as_str)
    }

    /// The name of the origin behind an outlet whose text is in the run, or which a text there credits.
    pub fn of_outlet(&self, name: &str) -> Option<&str> {
        self.called.get(&outlet(name)).map(String::as_str)
    }

    /// Names by document.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The document that a document goes back to, and why, where it is not its own origin.
    pub fn behind(&self, document: u32) -> Option<(u32, Basis)> {
        let at = document as usize;
        Some((*self.lead.get(at)?, (*self.basis.get(at)?)?))
    }

    /// The name of the origin of a claim.
    pub fn of_claim(&self, claim: &Claim, merged: &Merged) -> String {
        // An outlet whose text is in the run, or is credited there, is the origin of that text.
        if let Some(name) = claim.attributed_to.as_ref().and_then(|speaker| self.called.get(&outlet(speaker))) {
            return name.clone();
        }
        let speaker = claim.attributed_to.as_ref().filter(|_| claim.modality == Modality::Reported);
        let Some(speaker) = speaker else { return self.of(claim.source).to_owned() };
        // One speaker under several names in several documents is one origin.
        let known = merged.names.iter().find(|n| *n == speaker || n.ends_with(&format!(" {speaker}")));
        known.unwrap_or(speaker).clone()
    }
}

/// An outlet as names of outlets are compared.
fn outlet(name: &str) -> String {
    let folded = fold_name(name).replace('.', "");
    folded.strip_prefix("the ").unwrap_or(&folded).to_owned()
}

/// For every document the one that speaks for its group: the earliest published; documents without a date come last, ties
/// go to the smaller id.
fn leads(documents: &[Document], joined: &UnionFind<u32>) -> Vec<u32> {
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    let rank = |d: u32| {
        let document = &documents[d as usize];
        (document.published.is_none(), document.published, &document.id)
    };
    let all = 0..documents.len() as u32;
    for d in all.clone() {
        let lead = first.entry(joined.find(d)).or_insert(d);
        if rank(d) < rank(*lead) {
            *lead = d;
        }
    }
    all.map(|d| first[&joined.find(d)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[(&str, &str, Option<&str>)]) -> Vec<String> {
        let documents: Vec<Document> = texts.iter().map(|(id, text, _)| Document::from_text(id, text)).collect();
        let signs: Vec<Signs<'_>> =
            texts.iter().map(|(_, _, credit)| Signs { shingles: &[], credit: *credit }).collect();
        Origins::new(&documents, &signs, &BTreeMap::new()).names().to_vec()
    }

    #[test]
    fn credits_join() {
        let by_ledger = "---\npublisher: The Weir Ledger\n---\nA.";
        assert_eq!(
            names(&[("a", "x", Some("QNA")), ("b", "y", Some("Q.N.A.")), ("c", "z", None)]),
            ["Q.N.A.", "Q.N.A.", "c"]
        );
        assert_eq!(
            names(&[("a.md", by_ledger, None), ("b", "y", Some("Weir Ledger"))]),
            ["Weir Ledger", "Weir Ledger"]
        );
        // Two texts of one publisher: which one was taken over cannot be determined.
        let all = names(&[("a.md", by_ledger, None), ("b", "y", Some("Weir Ledger")), ("c.md", by_ledger, None)]);
        assert_eq!(all, ["a.md", "Weir Ledger", "c.md"]);
    }
}
