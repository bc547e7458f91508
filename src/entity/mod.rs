//! Entities.
mod kind;
pub use kind::EntityType;
