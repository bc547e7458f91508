//! The commands, one a file.

pub mod check;
pub mod claims;
pub mod compare;
pub mod explain;
pub mod graph;
pub mod mentions;
pub(super) mod place;
pub mod rules;
pub mod verify;
pub mod why;
