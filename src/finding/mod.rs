//! Findings: what a reader is shown.
//!
//! Comes in: links with their grounds. Goes out: one card an incident, values in groups, each group with its sources
//! and independent origins. A finding always has all its ends and its grounds.

mod build;
mod evidence;
mod model;
mod shared;
mod typo;
mod spoken;
mod twofold;
mod verdict;

pub use crate::check::{Checked, NotChecked};
pub use build::findings;
pub use evidence::{Ground, evidence};
pub(crate) use model::confidence_shown;
pub use model::{Analysis, Capped, Coverage, Finding, Gone, Group, Settled, Status};
pub use spoken::{Spoken, spoken};
pub use verdict::{Answer, Evidence, Ruling, Stance, Verdict, answer};
