//! What comparison works out once and asks for again: the words of quotations, and where names stand in the documents.
//!
//! A scratch is made for one block, or for one question, and goes with it, so that what it keeps is bounded by the
//! claims that are compared. Sightings are those of a run. Neither changes what is found, only how long it takes.

use std::sync::{Arc, Mutex, PoisonError};

use aho_corasick::AhoCorasick;
use foldhash::{HashMap, HashMapExt};

use crate::claim::Claim;
use crate::rule::{Comparator, pieces};
use crate::source::Document;
use crate::text::Span;
use crate::value::Value;

use super::CompareContext;
use super::quote::{Quoted, quoted};

/// The words of quotations, as far as they have been asked for.
#[derive(Debug, Default)]
pub struct Scratch {
    quoted: Mutex<HashMap<(u32, Span), Arc<Quoted>>>,
}

impl Scratch {
    /// The words of a claim of a quotation, whose text this is.
    pub(super) fn quoted(&self, context: &CompareContext<'_>, claim: &Claim, text: &str) -> Arc<Quoted> {
        let mut kept = self.quoted.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || quoted(text, context.lookup, context.rules.measures()).into();
        Arc::clone(kept.entry((claim.source, claim.value_span)).or_insert_with(read))
    }
}

/// A place in the documents: the document and the byte at which a name begins.
type Place = (u32, u32);

/// Where the documents of each event cluster have the names that are values of claims, and their parts.
#[derive(Debug, Default)]
pub struct Sightings {
    event_clusters: HashMap<u32, HashMap<String, Vec<Place>>>,
}

/// Letters between two places of which the one is told to lie in the other: "Aldersey, in the north of Norrland".
const BETWEEN: usize = 24;

/// Shortest part of a name that is looked for by itself.
const PART: usize = 3;

impl Sightings {
    /// Looks for all names of an event cluster in one walk over its documents. Only event clusters that have two names are looked through.
    pub fn new(claims: &[Claim], documents: &[Document], event_clusters: &[u32]) -> Sightings {
        let mut wanted: HashMap<u32, HashMap<String, Vec<Place>>> = HashMap::new();
        for claim in claims.iter().filter(|c| c.comparator == Comparator::Name && !c.noise) {
            let (Some(&event_cluster), Value::Text(name)) = (event_clusters.get(claim.source as usize), &claim.value)
            else {
                continue;
            };
            let names = wanted.entry(event_cluster).or_default();
            let parts = pieces(name).into_iter().filter(|w| w.chars().count() >= PART);
            for name in parts.chain([name.as_str()]).filter(|n| !n.is_empty()) {
                names.entry(name.to_owned()).or_default();
            }
        }
        let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
        for (at, event_cluster) in
            (0..documents.len() as u32).zip(event_clusters).filter(|(_, s)| wanted.contains_key(s))
        {
            members.entry(*event_cluster).or_default().push(at);
        }
        wanted.retain(|_, names| names.len() > 1);
        let mut all: Vec<u32> = wanted.keys().copied().collect();
        all.sort_unstable();
        for event_cluster in all {
            let Some(names) = wanted.get_mut(&event_cluster) else { continue };
            let mut patterns: Vec<String> = names.keys().cloned().collect();
            patterns.sort_unstable();
            // No event cluster has names enough to fail.
            let Ok(automaton) = AhoCorasick::new(&patterns) else { continue };
            let mut places: Vec<Vec<Place>> = vec![Vec::new(); patterns.len()];
            for &at in members.get(&event_cluster).into_iter().flatten() {
                for found in automaton.find_overlapping_iter(documents[at as usize].text.as_str()) {
                    places[found.pattern().as_usize()].push((at, found.start() as u32));
                }
            }
            *names = patterns.into_iter().zip(places).collect();
        }
        Sightings { event_clusters: wanted }
    }

    fn of(&self, event_cluster: Option<&u32>, name: &str) -> Option<&[Place]> {
        self.event_clusters.get(event_cluster?)?.get(name).map(Vec::as_slice)
    }

    /// Whether a document has a name, to the letter.
    pub(super) fn has(&self, context: &CompareContext<'_>, source: u32, name: &str) -> bool {
        let places = self.of(context.event_clusters.get(source as usize), name).unwrap_or_default();
        let from = places.partition_point(|(at, _)| *at < source);
        places.get(from).is_some_and(|(at, _)| *at == source)
    }

    /// Whether a document of the event cluster sets two names right beside each other, as a place and what it lies in.
    pub(super) fn beside(&self, context: &CompareContext<'_>, event_cluster: u32, p: &str, q: &str) -> bool {
        let (Some(a), Some(b)) = (self.of(Some(&event_cluster), p), self.of(Some(&event_cluster), q)) else {
            return false;
        };
        let text = |at: u32| context.documents.get(at as usize).map_or("", |d| d.text.as_str());
        // Whether the second stands within reach behind the first: of either list the shorter one is walked.
        let follow = |first: (&[Place], usize), second: &[Place]| {
            let gap = |&(at, p): &Place, &(other, q): &Place| {
                let end = p as usize + first.1;
                at == other && text(at).get(end..q as usize).is_some_and(|s| s.chars().count() <= BETWEEN)
            };
            let reach = (first.1 + 4 * BETWEEN) as u32;
            if first.0.len() <= second.len() {
                first.0.iter().any(|p| {
                    let from = second.partition_point(|q| q < p);
                    second[from..]
                        .iter()
                        .take_while(|q| q.0 == p.0 && q.1 <= p.1.saturating_add(reach))
                        .any(|q| gap(p, q))
                })
            } else {
                second.iter().any(|q| {
                    let from = first.0.partition_point(|p| *p < (q.0, q.1.saturating_sub(reach)));
                    first.0[from..].iter().take_while(|p| *p < q).any(|p| gap(p, q))
                })
            }
        };
        follow((a, p.len()), b) || follow((b, q.len()), a)
    }
}
