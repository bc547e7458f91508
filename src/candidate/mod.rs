//! Candidates: the one place that decides what of different documents is set beside each other.
//!
//! `document.rs` says which documents tell of one event, and which are related. Of these, `statement.rs` pairs the
//! sentences that may oppose each other, `answered.rs` the holders of one post (and keeps of both those that are answered), `sentence.rs`
//! the sentences that may tell of one thing, `value.rs` the values that no rule names, and `block/` puts all claims under keys, within
//! which the rules compare them; `stated.rs` is for consistency checks. Nothing here judges: whatever is set beside each other may yet be of two things. Each
//! bounds the partners of what it pairs; documents and sentences meet through an index, and only values of two related
//! documents are set beside each other one by one.

mod answered;
mod block;
mod document;
mod sentence;
mod stated;
mod statement;
mod value;

pub(crate) use answered::{holders, keep_answered};
pub use block::{Block, CLUSTERS, Cluster, blocks, keys, main_entities, speaking};
pub use document::{Telling, event_clusters, join_query, pairs_with, related, telling};
pub use sentence::Met;
pub(crate) use sentence::sentences;
pub(crate) use stated::Stated;
pub(crate) use statement::{is_statement, repeated, statements};
pub use value::Candidate;
pub(crate) use value::{candidates, dimension};
