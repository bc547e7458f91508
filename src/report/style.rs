//! How a report for people looks.

use crate::config::FailOn;
use crate::graph::Severity;

/// What the reader's terminal and options ask for. Formats for programs ignore it, but for `fail_on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colour is wanted.
    pub color: bool,
    /// Where places lead: the address of the folder that paths begin in, as `file:///home/ines/`. `None` where the
    /// terminal makes no links, and in files.
    pub links: Option<&'static str>,
    /// Columns at hand.
    pub width: usize,
    /// Whether notes get full cards and the unresolved pairs are listed.
    pub verbose: bool,
    /// Whether only the cards and the last line are printed.
    pub quiet: bool,
    /// From which severity on findings fail the run: what a format calls a failure is what the exit code calls one.
    pub fail_on: FailOn,
}

impl Style {
    /// Columns where nobody knows better: a file, a pipe.
    pub const WIDTH: usize = 100;
}

impl Default for Style {
    fn default() -> Style {
        let fail_on = FailOn::Severity(Severity::Error);
        Style { color: false, links: None, width: Style::WIDTH, verbose: false, quiet: false, fail_on }
    }
}
