//! What stands below the cards: checks that hold, the sources, the problems.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use crate::finding::{Analysis, Status};
use crate::graph::Severity;
use crate::problem::Level;
use crate::report::tally::Tally;
use crate::report::{Style, place, safe};

use super::paint;

/// Columns given to a message before the places beside it; a longer one pushes them on.
const MESSAGE: usize = 48;

/// Most findings that are listed as gone.
const GONE: usize = 10;

/// The closed forms that hold: they win trust.
pub(super) fn checked(out: &mut String, analysis: &Analysis, style: &Style) {
    let rows: Vec<(String, String)> = analysis
        .checked
        .iter()
        .map(|checked| {
            let mut places: Vec<String> = Vec::new();
            for place in checked.claims.iter().filter_map(|&c| place(analysis, c)).map(|p| p.to_string()) {
                // Two claims may rest on one place: a date and the weekday beside it.
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            let mut places = places.into_iter();
            let first = places.next().unwrap_or_default();
            let rest: Vec<String> = places.collect();
            let against = if rest.is_empty() { first } else { format!("{first} against {}", rest.join(", ")) };
            (safe(&checked.message).into_owned(), against)
        })
        .collect();
    let width = rows.iter().map(|(m, _)| m.width()).max().unwrap_or(0).min(MESSAGE);
    for (message, places) in &rows {
        let gap = " ".repeat(width.saturating_sub(message.width()));
        let _ = writeln!(out, "{}  {message}{gap}  {places}", paint::painted("checked", paint::HOLDS, style));
    }
    if !rows.is_empty() {
        out.push('\n');
    }
}

/// What is gone since the snapshot, a line each; and how many findings are known or settled and have no card.
pub(super) fn settled(out: &mut String, analysis: &Analysis, tally: &Tally, style: &Style) {
    let before = out.len();
    for gone in analysis.gone.iter().take(if style.verbose { usize::MAX } else { GONE }) {
        let head = paint::painted("gone", paint::HOLDS, style);
        let _ = write!(out, "{head}  {}[{}] {}", gone.severity.name(), safe(&gone.rule), safe(&gone.message));
        if !gone.missing.is_empty() {
            let _ = write!(out, " (without {})", safe(&gone.missing.join(", ")));
        }
        out.push('\n');
    }
    if analysis.gone.len() > GONE && !style.verbose {
        let _ = writeln!(out, "gone  and {} more (--verbose lists them)", analysis.gone.len() - GONE);
    }
    let kept = tally.settled.iter().filter(|(status, _)| **status != Status::Gone);
    let kept: Vec<String> = kept.map(|(status, n)| format!("{n} {}", status.name())).collect();
    if !kept.is_empty() {
        let hint = if style.verbose { "" } else { " (--verbose shows them)" };
        let _ = writeln!(out, "findings settled before: {}{hint}", kept.join(", "));
    }
    if out.len() > before {
        out.push('\n');
    }
}

/// One line a source.
pub(super) fn sources(out: &mut String, tally: &Tally) {
    const HEAD: [&str; 5] = ["source", "claims", "shared with another source", "alone", "in findings"];
    if tally.sources.is_empty() {
        return;
    }
    let rows: Vec<(String, [usize; 4])> = tally
        .sources
        .iter()
        .map(|row| (safe(&row.id).into_owned(), [row.claims, row.shared, row.alone(), row.found]))
        .collect();
    let width = rows.iter().map(|(id, _)| id.width()).max().unwrap_or(0).max(HEAD[0].len());
    let _ = write!(out, "{}{}", HEAD[0], " ".repeat(width - HEAD[0].len()));
    for head in &HEAD[1..] {
        let _ = write!(out, "   {head}");
    }
    out.push('\n');
    for (id, figures) in rows {
        let _ = write!(out, "{id}{}", " ".repeat(width - id.width()));
        for (figure, head) in figures.iter().zip(&HEAD[1..]) {
            let _ = write!(out, "   {figure:>width$}", width = head.len());
        }
        out.push('\n');
    }
    out.push('\n');
}

/// What went wrong with inputs.
pub(super) fn problems(out: &mut String, analysis: &Analysis, style: &Style) {
    for problem in &analysis.problems {
        let severity = match problem.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note => Severity::Note,
        };
        if style.quiet && severity < Severity::Error {
            continue;
        }
        let head = paint::painted(severity.name(), paint::severity(severity), style);
        let line = problem.line.map(|l| format!(":{l}")).unwrap_or_default();
        let _ = writeln!(out, "{head}: {}{line}: {}", safe(&problem.path), safe(&problem.message));
    }
    if !analysis.problems.is_empty() && !style.quiet {
        out.push('\n');
    }
}
