//! Colours, those of rustc.

use anstyle::{AnsiColor, Effects};

use crate::claim::Place;
use crate::graph::Severity;
use crate::report::Style;
use crate::text::address;

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

/// A place, as a link to its file where the terminal makes links (OSC 8).
pub(super) fn linked(place: &Place, style: &Style) -> String {
    match style.links.filter(|_| place.path != "-") {
        Some(folder) => {
            let path = address(&place.path);
            let folder = if path.starts_with("file:") { "" } else { folder };
            format!("\u{1b}]8;;{folder}{path}\u{1b}\\{place}\u{1b}]8;;\u{1b}\\")
        }
        None => place.to_string(),
    }
}

/// What holds.
pub(super) const HOLDS: anstyle::Style = AnsiColor::Green.on_default();
