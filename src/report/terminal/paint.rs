//! Colours, those of rustc.

use anstyle::{AnsiColor, Effects};

use crate::graph::Severity;
use crate::report::Style;

/// A word in a style, where colour is wanted.
pub(super) fn painted(text: &str, paint: anstyle::Style, style: &Style) -> String {
    if style.color { format!("{paint}{text}{paint:#}") } else { text.to_owned() }
}

/// A severity, as it is called and coloured.
pub(super) fn tone(severity: Severity) -> Tone {
    let color = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::BrightGreen,
    };
    Tone::new(severity.name(), color)
}

/// What a line is called and in which colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tone {
    pub(super) name: &'static str,
    pub(super) paint: anstyle::Style,
}

impl Tone {
    pub(super) const fn new(name: &'static str, color: AnsiColor) -> Tone {
        Tone { name, paint: color.on_default().effects(Effects::BOLD) }
    }
}

/// What holds.
pub(super) const HOLDS: anstyle::Style = AnsiColor::Green.on_default();
