//! What is kept of a project from run to run, in two files that are committed beside its sources.
//!
//! `snapshots/belie.snapshot.json` is what one run found: sources, claims, findings. `belie.accepted.toml` holds what
//! people have decided on findings, with their reasons. Comes in: an analysis, and the two files as text. Goes out:
//! the status of every finding, the differences between two runs in terms of claims, and new text for either file.
//! Nothing here looks at a clock or writes a file of either; one process at a time changes one ([`Lock`]).

mod decision;
mod difference;
mod file;
mod lock;
mod settle;
mod snapshot;

pub use decision::{Choice, Decision, Decisions};
pub use difference::{Difference, difference};
pub use file::read;
pub use lock::Lock;
pub use settle::{State, settle};
pub use snapshot::{FORMAT, Footing, Snapshot};

/// Where the snapshot lies below the folder of a project.
pub const SNAPSHOT: &str = "snapshots/belie.snapshot.json";
/// Where the decisions lie below the folder of a project.
pub const ACCEPTED: &str = "belie.accepted.toml";
