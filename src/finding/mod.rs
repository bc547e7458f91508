//! Findings.
mod model;
pub use model::{Analysis, Capped, Checked, Coverage, Finding, Group, NotChecked, Status};
