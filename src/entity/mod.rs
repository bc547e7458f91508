//! Entities: what mentions stand for, within one document and over all of them.
//!
//! Comes in: sentences with mentions. Goes out: the entities of the document, each mention pointing at its own, and
//! the names under which an entity is known, from which a run merges entities of several documents. A fuzzy match is
//! never a merge.

mod evidence;
mod gender;
mod handle;
mod merge;
mod model;
mod near;
mod post;
mod coreference;
mod resolve;

pub use crate::rule::EntityType;
pub(crate) use coreference::governed;
pub use handle::{StandIn, stand_in};
pub use merge::{Known, Merged, merge};
pub use model::{At, Entities, Entity, Handle, PostHolding, Posts};
pub use near::spelt_alike;
pub(crate) use post::is_handle;
pub use resolve::resolve;
