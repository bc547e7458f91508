//! One card: what is claimed, by whom, in their own lines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};

use crate::claim::{Claim, Modality, Polarity};
use crate::finding::{Analysis, Finding, Group, Status};
use crate::graph::Severity;
use crate::report::tally::counted;
use crate::report::{Style, place, safe};
use crate::value::{Value, value_words};

use super::excerpt::excerpt;
use super::paint;

/// Most excerpts on one card.
const EXCERPTS: usize = 6;
/// Most characters of a label: it stands to the right of the marked words and is never cut by the renderer.
const LABEL: usize = 72;
/// Most places in a compact note.
const PLACES: usize = 4;

/// Whether a finding is shown in two lines.
pub(super) fn is_compact(finding: &Finding, style: &Style) -> bool {
    finding.severity == Severity::Note && !style.verbose
}

/// A note in two lines: what it says, and where.
pub(super) fn compact(analysis: &Analysis, finding: &Finding, style: &Style) -> String {
    let head = format!("{}[{}]", finding.severity.name(), safe(&finding.rule));
    let mut out = paint::painted(&head, paint::severity(finding.severity), style);
    let _ = writeln!(out, ": {}", safe(&finding.message));
    let (shown, hidden) = representatives(analysis, finding, PLACES);
    let shown = shown.into_iter().flat_map(|s| s.claims);
    let places: Vec<String> = shown.filter_map(|c| place(analysis, c)).map(|p| p.to_string()).collect();
    let more = if hidden.is_empty() { String::new() } else { format!(" and {} more", hidden.len()) };
    let _ = writeln!(out, "  --> {}{more}", places.join(", "));
    out
}

/// The full card of a finding, with a line break at its end: severity, rule and message; at most six excerpts, one a
/// source and value; notes and help.
pub fn card(analysis: &Analysis, finding: &Finding, style: &Style) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut report = level.primary_title(safe(&finding.message)).id(safe(&finding.rule)).elements(None::<Element<'_>>);
    let (sides, hidden) = representatives(analysis, finding, EXCERPTS);
    for side in &sides {
        for (nth, &index) in side.claims.iter().enumerate() {
            let Some(claim) = analysis.claims.get(index as usize) else { continue };
            let Some(document) = analysis.documents.get(claim.source as usize) else { continue };
            let excerpt = excerpt(document, claim.value_span);
            let kind = if index == finding.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = label(claim, claim.value_span.of(&document.text), (nth == 0).then_some(side.group));
            report = report.element(
                Snippet::source(excerpt.text)
                    .path(safe(&document.path))
                    .line_start(excerpt.line as usize)
                    .annotation(kind.span(excerpt.marked).label(label)),
            );
        }
    }
    if !hidden.is_empty() {
        let places: Vec<String> =
            hidden.iter().take(EXCERPTS).filter_map(|&c| place(analysis, c)).map(|p| p.to_string()).collect();
        let dots = if hidden.len() > EXCERPTS { ", …" } else { "" };
        report = report.element(Level::NOTE.message(format!("and {} more: {}{dots}", hidden.len(), places.join(", "))));
    }
    for note in &finding.notes {
        report = report.element(Level::NOTE.message(safe(note)));
    }
    if finding.status == Status::Changed {
        report = report.element(Level::NOTE.message("has changed since it was last settled"));
    }
    if style.verbose {
        // What `belie explain` takes.
        let status = if finding.status == Status::New { "" } else { finding.status.name() };
        let comma = if status.is_empty() { "" } else { ", " };
        report = report.element(Level::NOTE.message(format!("finding {}{comma}{status}", safe(&finding.id))));
    }
    if !finding.help.is_empty() {
        report = report.element(Level::HELP.message(safe(&finding.help)));
    }
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let mut out = renderer.term_width(style.width).render(&[report]);
    out.push('\n');
    out
}

/// A group and those of its claims that are shown.
struct Side<'a> {
    group: &'a Group,
    claims: Vec<u32>,
}

/// Chooses what is shown: the primary claim's group first, one claim a source, in turn over the groups until `most`
/// are chosen, so that no side stays unheard. Second, the representatives for which there was no room.
fn representatives<'a>(analysis: &Analysis, finding: &'a Finding, most: usize) -> (Vec<Side<'a>>, Vec<u32>) {
    let mut groups: Vec<&Group> = finding.groups.iter().collect();
    // Stable: the rest stays largest first.
    groups.sort_by_key(|g| !g.claims.contains(&finding.primary));
    let all: Vec<Vec<u32>> = groups
        .iter()
        .map(|group| {
            let mut heard = BTreeSet::new();
            let first = group.claims.iter().filter(|&&c| c == finding.primary);
            first
                .chain(&group.claims)
                .copied()
                .filter(|&c| analysis.claims.get(c as usize).is_some_and(|claim| heard.insert(claim.source)))
                .collect()
        })
        .collect();
    let mut room = most;
    let mut shown = vec![0; all.len()];
    for turn in 0..most {
        for (i, claims) in all.iter().enumerate() {
            if room > 0 && claims.len() > turn {
                shown[i] += 1;
                room -= 1;
            }
        }
    }
    let hidden = all.iter().zip(&shown).flat_map(|(claims, &n)| claims[n..].iter().copied()).collect();
    let sides = groups
        .into_iter()
        .zip(all)
        .zip(shown)
        .filter(|(_, n)| *n > 0)
        .map(|((group, mut claims), n)| {
            claims.truncate(n);
            Side { group, claims }
        })
        .collect();
    (sides, hidden)
}

/// What stands under the marked words: the value as it was read, how it is put forward, and, on a side's first
/// excerpt, how many others say the same.
pub(super) fn label(claim: &Claim, words: &str, side: Option<&Group>) -> String {
    let mut parts = Vec::new();
    match &claim.value {
        // The words are underlined already.
        Value::Text(text) if text == words => {}
        value => parts.push(value_words(value)),
    }
    if let Some(group) = side.filter(|g| g.sources.len() > 1) {
        let others = group.sources.len() - 1;
        let say = if others == 1 { "says" } else { "say" };
        let mut part = format!("{} {say} the same", counted(others, "other source"));
        if group.origins.len() < group.sources.len() {
            let _ = write!(part, " ({} in all)", counted(group.origins.len(), "origin"));
        }
        parts.push(part);
    }
    match (&claim.attributed_to, claim.modality) {
        (Some(speaker), Modality::Reported | Modality::Asserted) => parts.push(format!("according to {speaker}")),
        (_, Modality::Asserted) => {}
        (_, modality) => parts.push(modality.name().to_owned()),
    }
    if claim.polarity == Polarity::Negative {
        parts.insert(0, format!("denied: {}", claim.attribute));
    }
    if parts.is_empty() {
        parts.push(claim.attribute.clone());
    }
    let label = parts.join("; ");
    let label = safe(&label);
    match label.char_indices().nth(LABEL) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn no_side_stays_unheard() {
        let mut analysis = fixture::analysis();
        let mut finding = analysis.findings[0].clone();
        for source in 3..12 {
            let mut claim = analysis.claims[0].clone();
            claim.source = source;
            finding.groups[0].claims.push(analysis.claims.len() as u32);
            analysis.claims.push(claim);
        }
        let (sides, hidden) = representatives(&analysis, &finding, EXCERPTS);
        let shown: Vec<usize> = sides.iter().map(|s| s.claims.len()).collect();
        assert_eq!((shown, hidden.len()), (vec![5, 1], 6));
    }

    #[test]
    fn a_side_may_repeat_itself() {
        let mut analysis = fixture::analysis();
        let mut finding = analysis.findings[0].clone();
        finding.groups[0].claims.push(analysis.claims.len() as u32);
        analysis.claims.push(analysis.claims[0].clone());
        let (sides, hidden) = representatives(&analysis, &finding, EXCERPTS);
        assert_eq!((sides[0].claims.clone(), hidden), (vec![0, 5], vec![]));
    }
}
