//! The cache of the first pass: what a document contributes to a run, kept until the document changes.
//!
//! Comes in: a document and a way to extract it. Goes out: its [`Contribution`], read from a file of an earlier run or
//! extracted now. The two are equal: the name of an entry is a hash of everything that extraction depends on (`key.rs`),
//! and an entry that does not fit its name or its own checksum is passed over (`entry.rs`). Nothing of the corpus is
//! kept here, nothing of a report depends on what is, and nothing that goes wrong with it stops a run.

mod cache;
mod entry;
mod folder;
mod key;

pub use cache::Cache;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::candidate::Telling;
use crate::claim::{Claim, Passage};
use crate::entity::{Known, Posts};
use crate::segment::Segment;

/// What one document contributes to a run, by itself: its claims, and the facts that only a corpus can settle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// In order of place; `source` is 0, for the number of a document belongs to the run.
    pub claims: Vec<Claim>,
    /// The names of its entities, by entity.
    pub known: Vec<Known>,
    /// What it says of posts and their holders.
    pub posts: Posts,
    /// Its shingles, sorted, each once.
    pub shingles: Vec<u64>,
    /// The outlet that it gives the credit for its text to.
    pub credit: Option<String>,
    /// Its telling words.
    pub telling: Vec<Telling>,
    /// Its segments: the checks read tables and lists from them.
    pub segments: Vec<Segment>,
    /// Its sentences with their trees and names.
    pub passages: Arc<Vec<Passage>>,
}

#[cfg(test)]
mod tests;
