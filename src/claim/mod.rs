//! Claims: subject, attribute, value, qualifiers.
mod model;
pub use model::{Claim, ContextRole, Modality, Moves, Polarity, Subject};
