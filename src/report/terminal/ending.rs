//! What stands below the cards: checks that hold, the sources, the problems.

use std::cmp::Reverse;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::claim::Place;
use crate::finding::{Analysis, Status};
use crate::graph::Severity;
use crate::problem::Level;
use crate::report::tally::{SourceRow, Tally, counted};
use crate::report::{Style, place, safe};
use crate::text::wrapped;

use super::paint;

/// Most checks that hold and have lines, unless all are asked for.
const CHECKS: usize = 8;
/// Most places of one of them.
const PLACES: usize = 3;
/// Most sources that have a line, unless all are asked for.
const SOURCES: usize = 20;

/// Most findings that are listed as gone.
const GONE: usize = 10;

/// The consistency constraints that hold: they win trust. Equal ones are reported once.
pub(super) fn checked(out: &mut String, analysis: &Analysis, style: &Style) {
    let mut rows: Vec<(&str, usize, Vec<Place>)> = Vec::new();
    for checked in &analysis.checked {
        let places = checked.claims.iter().filter_map(|&c| place(analysis, c));
        match rows.iter_mut().find(|(message, ..)| *message == checked.message) {
            Some((_, times, known)) => {
                *times += 1;
                known.extend(places);
            }
            None => rows.push((&checked.message, 1, places.collect())),
        }
    }
    let head = paint::painted("checked", paint::HOLDS, style);
    let indent = " ".repeat("checked  ".len());
    let room = style.width.saturating_sub(indent.len()).max(1);
    let most = if style.verbose { rows.len() } else { CHECKS };
    for (message, times, places) in rows.iter().take(most) {
        let times = if *times == 1 { String::new() } else { format!(" ({times} times)") };
        for (nth, line) in wrapped(&format!("{}{times}", safe(message)), room).iter().enumerate() {
            let _ = if nth == 0 { writeln!(out, "{head}  {line}") } else { writeln!(out, "{indent}{line}") };
        }
        for line in wrapped(&listed(places, if style.verbose { usize::MAX } else { PLACES }), room) {
            let _ = writeln!(out, "{indent}{line}");
        }
    }
    if rows.len() > most {
        let _ = writeln!(out, "{head}  and {} more (--verbose lists them)", rows.len() - most);
    }
    if !rows.is_empty() {
        out.push('\n');
    }
}

/// Places, a file named once where several stand in it: `a.md:3:4, 7:1, b.md:2:8`.
fn listed(places: &[Place], most: usize) -> String {
    let mut out = String::new();
    // Two claims may rest on one place: a date and the weekday beside it.
    let mut seen: Vec<&Place> = Vec::new();
    for place in places {
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    for (nth, place) in seen.iter().take(most).enumerate() {
        let comma = if nth == 0 { "" } else { ", " };
        let _ = match nth.checked_sub(1).map(|before| &seen[before].path) {
            Some(path) if *path == place.path => {
                write!(out, "{comma}{}:{}", place.position.line, place.position.column)
            }
            _ => write!(out, "{comma}{place}"),
        };
    }
    if seen.len() > most {
        let _ = write!(out, " and {} more", seen.len() - most);
    }
    out
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
        let _ = writeln!(out, "findings already known or decided: {}{hint}", kept.join(", "));
    }
    if out.len() > before {
        out.push('\n');
    }
}

/// One line a source: how many claims, how many of them another source says as well, how many none does, how many stand
/// on a card. Of many sources those that stand on cards come first.
pub(super) fn sources(out: &mut String, tally: &Tally, style: &Style) {
    const HEAD: [&str; 5] = ["source", "claims", "shared", "alone", "in findings"];
    if tally.sources.is_empty() {
        return;
    }
    let most = if style.verbose { usize::MAX } else { SOURCES };
    let mut rows: Vec<&SourceRow> = tally.sources.iter().collect();
    if rows.len() > most {
        // Those that say most of what is contested, in the order of all.
        let mut by: Vec<usize> = (0..rows.len()).collect();
        by.sort_by_key(|&at| (Reverse(rows[at].found), at));
        let mut kept: Vec<usize> = by.into_iter().take(most).collect();
        kept.sort_unstable();
        rows = kept.into_iter().map(|at| rows[at]).collect();
    }
    let figures: usize = HEAD[1..].iter().map(|head| head.len() + 3).sum();
    let room = style.width.saturating_sub(figures).max(16);
    let ids: Vec<String> = rows.iter().map(|row| tail(&safe(&row.id), room)).collect();
    let width = ids.iter().map(|id| id.width()).max().unwrap_or(0).max(HEAD[0].len());
    let _ = write!(out, "{}{}", HEAD[0], " ".repeat(width - HEAD[0].len()));
    for head in &HEAD[1..] {
        let _ = write!(out, "   {head}");
    }
    out.push('\n');
    for (row, id) in rows.iter().zip(&ids) {
        let _ = write!(out, "{id}{}", " ".repeat(width - id.width()));
        for (figure, head) in [row.claims, row.shared, row.alone(), row.found].iter().zip(&HEAD[1..]) {
            let _ = write!(out, "   {figure:>width$}", width = head.len());
        }
        out.push('\n');
    }
    let more = tally.sources.len() - rows.len();
    if more > 0 {
        let _ = writeln!(out, "and {} (--verbose lists them)", counted(more, "more source"));
    }
    out.push('\n');
}

/// A path, or as much of its end as fits so many columns.
fn tail(path: &str, columns: usize) -> String {
    if path.width() <= columns {
        return path.to_owned();
    }
    let mut taken = 1;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken <= columns
    };
    let end: Vec<char> = path.chars().rev().take_while(fits).collect();
    std::iter::once('…').chain(end.into_iter().rev()).collect()
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
        let head = paint::painted(severity.name(), paint::tone(severity).paint, style);
        let line = problem.line.map(|l| format!(":{l}")).unwrap_or_default();
        let _ = writeln!(out, "{head}: {}{line}: {}", safe(&problem.path), safe(&problem.message));
    }
    if !analysis.problems.is_empty() && !style.quiet {
        out.push('\n');
    }
}
