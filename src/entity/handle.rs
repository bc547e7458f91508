//! Over the documents of an event cluster: for whom a post stands where its document does not name the holder.
//!
//! Comes in: what each document says of posts, the merged entities, and the event cluster of each document. Goes out: a holder for
//! each post that exactly one person of the event cluster can hold. Where several can, or a holder comes or goes, the post is kept
//! as an entity of its own that is known to be open: nothing is said of it that would need to know who is meant.

use std::collections::{BTreeMap, BTreeSet};

use crate::rule::EntityType;
use crate::text::{Span, fold_words};

use super::merge::{Known, Merged};
use super::model::{At, Handle, PostHolding, Posts};

/// For whom the words at a place of a document stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// The document.
    pub document: u32,
    /// The words, article included.
    pub span: Span,
    /// The same, article left out.
    pub words: String,
    /// The entity of the document that they stand for from now on; [`Merged::global`] knows it.
    pub entity: u32,
    /// The name of the holder, where there is one.
    pub holder: Option<String>,
}

/// Where a post is held, over all documents.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// Nobody says; the organisation that the document is mostly about.
    Unsaid(Option<u32>),
    /// At this entity of the run.
    Entity(u32),
    /// At what this word calls.
    Word(String),
}

/// Where somebody of the run holds a post, who, and whether that changes.
type Holding = (Place, u32, bool);

/// Whether two posts of one name can be one post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Open,
    Other,
}

/// Finds the holders. Adds an entity of its document for each post that stands for somebody, or for one of several.
pub fn stand_in(posts: &[Posts], known: &[Vec<Known>], event_clusters: &[u32], merged: &mut Merged) -> Vec<StandIn> {
    let main: Vec<Option<u32>> = (0..).zip(known).map(|(d, k)| main_org(d, k, merged)).collect();
    let mut held: BTreeMap<(u32, &str), Vec<Holding>> = BTreeMap::new();
    for (d, own) in (0..).zip(posts) {
        let Some(&event_cluster) = event_clusters.get(d as usize) else { continue };
        for PostHolding { post, at, who, changes } in &own.held {
            if let Some(global) = merged.global(d, *who) {
                let place = place(at, d, &main, merged);
                held.entry((event_cluster, post)).or_default().push((place, global, *changes));
            }
        }
    }
    let mut out = Vec::new();
    for (d, own) in (0..).zip(posts) {
        let Some(&event_cluster) = event_clusters.get(d as usize) else { continue };
        for Handle { post, at, span, words } in &own.handles {
            let Some(all) = held.get(&(event_cluster, post.as_str())) else { continue };
            let here = place(at, d, &main, merged);
            let fits = all.iter().map(|(there, who, changes)| (fit(&here, there, d, merged), *who, *changes));
            let fits: Vec<(Fit, u32, bool)> = fits.filter(|(fit, ..)| *fit != Fit::Other).collect();
            let people: BTreeSet<u32> = fits.iter().map(|(_, who, _)| *who).collect();
            let sure = fits.iter().any(|(fit, ..)| *fit == Fit::Same) && fits.iter().all(|(.., changes)| !changes);
            let holder = match people.len() {
                0 => continue,
                1 if sure => people.first().copied(),
                _ => None,
            };
            let name = holder.and_then(|h| merged.names.get(h as usize).cloned());
            let global = holder.unwrap_or_else(|| merged.add_open(words));
            let Some(of) = merged.of.get_mut(d as usize) else { continue };
            let entity = of.len() as u32;
            of.push(global);
            out.push(StandIn { document: d, span: *span, words: words.clone(), entity, holder: name });
        }
    }
    out
}

/// The organisation that a document names most often.
fn main_org(document: u32, known: &[Known], merged: &Merged) -> Option<u32> {
    let orgs = known.iter().enumerate().filter(|(_, k)| k.kind == EntityType::Org);
    let most = orgs.max_by(|a, b| a.1.count.cmp(&b.1.count).then(b.0.cmp(&a.0)))?;
    merged.global(document, most.0 as u32)
}

fn place(at: &At, document: u32, main: &[Option<u32>], merged: &Merged) -> Place {
    match at {
        At::Unsaid => Place::Unsaid(main.get(document as usize).copied().flatten()),
        At::Entity(e) => merged.global(document, *e).map_or(Place::Unsaid(None), Place::Entity),
        At::Words(word) => Place::Word(word.clone()),
    }
}

/// Whether a post named in a document can be one that somebody holds at a place.
fn fit(here: &Place, there: &Place, document: u32, merged: &Merged) -> Fit {
    let name = |g: u32| merged.names.get(g as usize).map_or("", String::as_str);
    let called = |g: u32, word: &str| fold_words(name(g)).iter().any(|w| w == word);
    // "Norvik" for "Norvik Holdings".
    let short = |a: u32, b: u32| {
        let (a, b) = (fold_words(name(a)), fold_words(name(b)));
        a.starts_with(&b) || b.starts_with(&a)
    };
    let knows =
        |g: u32| merged.of.get(document as usize).is_some_and(|of| of.iter().any(|&own| own == g || short(own, g)));
    match (here, there) {
        (Place::Entity(a), Place::Entity(b)) => {
            if a == b || short(*a, *b) {
                Fit::Same
            } else {
                Fit::Other
            }
        }
        (Place::Word(a), Place::Word(b)) => {
            if a == b && !a.is_empty() {
                Fit::Same
            } else {
                Fit::Other
            }
        }
        (Place::Entity(g), Place::Word(w)) | (Place::Word(w), Place::Entity(g)) => {
            if called(*g, w) {
                Fit::Same
            } else {
                Fit::Other
            }
        }
        // Said in one place only: it is that of what the other document is about.
        (Place::Entity(a), Place::Unsaid(Some(b))) => {
            if a == b || short(*a, *b) {
                Fit::Same
            } else {
                Fit::Open
            }
        }
        (Place::Word(w), Place::Unsaid(Some(b))) => {
            if called(*b, w) {
                Fit::Same
            } else {
                Fit::Open
            }
        }
        (Place::Entity(_) | Place::Word(_), Place::Unsaid(None)) => Fit::Open,
        // A page about another organisation means that one's.
        (Place::Unsaid(own), Place::Entity(g)) => {
            let org = merged.kinds.get(*g as usize) == Some(&EntityType::Org);
            let about = own.is_none_or(|own| own == *g || short(own, *g));
            if knows(*g) && (about || !org) { Fit::Same } else { Fit::Open }
        }
        (Place::Unsaid(own), Place::Unsaid(main)) => {
            let other = own.zip(*main).is_some_and(|(a, b)| a != b && !short(a, b));
            if other { Fit::Open } else { Fit::Same }
        }
        (Place::Unsaid(_), Place::Word(_)) => Fit::Same,
    }
}
