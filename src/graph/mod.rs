//! The claim graph: claims are nodes, links are edges.
//!
//! Comes in: claims and links. Goes out: chains of claims that say the same, and the incidents that conflicts join.

mod incident;
mod model;

pub use crate::rule::{Relation, Severity, Verdict};
pub use incident::{Chains, incidents};
pub use model::{BasisKind, Gate, GateName, Grounds, Link, confidence_of};
