//! The colours that are not annotate-snippets' own.

use anstyle::{AnsiColor, Effects};

use crate::graph::Severity;
use crate::report::Style;

/// A word in a style, where colour is wanted.
pub(super) fn painted(text: &str, paint: anstyle::Style, style: &Style) -> String {
    if style.color { format!("{paint}{text}{paint:#}") } else { text.to_owned() }
}

/// The colour of a severity.
pub(super) fn severity(severity: Severity) -> anstyle::Style {
    match severity {
        Severity::Error => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
        Severity::Warning => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
        Severity::Note => AnsiColor::BrightGreen.on_default().effects(Effects::BOLD),
    }
}

/// What holds.
pub(super) const HOLDS: anstyle::Style = AnsiColor::Green.on_default();
