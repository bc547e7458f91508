//! Claims: subject, attribute, value, qualifiers.
//!
//! Comes in: the sentences of one document with their mentions and entities, and the extraction rules. Goes out: the
//! claims of that document, in order of place. Nothing here looks at another document.

mod attach;
mod dated;
mod extract;
mod frame;
#[cfg(test)]
pub(crate) mod given;
mod givers;
pub mod kind;
mod model;
mod open;
mod place;
mod plural;
mod scope;
mod stand;
mod tense;
mod view;
mod factuality;

pub use crate::rule::{Modality, Polarity, TimeNature};
pub(crate) use extract::hash;
pub use extract::{Extraction, Extractor, Figure, Named, Passage};
pub use model::{Claim, ContextRole, FROM, GROWTH, Subject};
pub(crate) use open::Clauses;
pub use place::{Place, place_of, source_place};
pub use stand::stand_for;
