//! The commands, one a file.

pub mod check;
pub mod claims;
pub mod compare;
pub mod decide;
pub mod explain;
pub mod graph;
pub mod mentions;
pub(super) mod place;
pub mod review;
pub mod rules;
pub mod snapshot;
pub mod verify;
pub mod why;
