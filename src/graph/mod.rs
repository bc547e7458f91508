//! The claim graph.
mod model;
pub use model::{Gate, GateName, Grounds, Link, Relation, Severity, Verdict};
