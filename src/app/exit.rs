//! How a run ends.

use std::process::ExitCode;

/// The three exit codes. Greater outranks smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: nothing at or above `--fail-on`.
    Clean,
    /// 1: findings.
    Findings,
    /// 2: some work could not be done, or there was none to do.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}
