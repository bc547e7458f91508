//! One card: what is claimed, by whom, in their own lines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::claim::{Claim, Modality, Polarity, source_place};
use crate::finding::{Analysis, Finding, Group, Status};
use crate::graph::Severity;
use crate::report::tally::counted;
use crate::report::{Style, place, safe};
use crate::rule::Called;
use crate::value::{Value, value_words};

use super::excerpt::excerpt;
use super::frame::{Frame, HELP, NOTE};
use super::paint;

/// Most excerpts on one card.
const EXCERPTS: usize = 6;
/// Most excerpts of one value: the fourth source that says the same is a place in a note.
const ALIKE: usize = 3;
/// Most characters of a label: it stands to the right of the marked words and is never cut by the renderer.
const LABEL: usize = 72;
/// Most places in a compact note.
const PLACES: usize = 4;

/// Whether a finding is shown in two lines.
pub(super) fn is_compact(finding: &Finding, style: &Style) -> bool {
    finding.severity == Severity::Note && !style.verbose
}

/// A note without excerpts: what it says, and where.
pub(super) fn compact(analysis: &Analysis, finding: &Finding, style: &Style) -> String {
    let (shown, hidden) = representatives(analysis, finding, PLACES);
    let shown: Vec<u32> = shown.into_iter().flat_map(|s| s.claims).collect();
    let hidden: usize = hidden.iter().map(|(_, claims)| claims.len()).sum();
    let more = if hidden == 0 { String::new() } else { format!(" and {hidden} more") };
    let mut frame = Frame::new(paint::tone(finding.severity), Some(&finding.rule), &finding.message, 1, style);
    frame.places(&format!("{}{more}", some_places(analysis, &shown, PLACES).0));
    frame.finish()
}

/// The full card of a finding, with a line break at its end: severity, rule and message; at most six excerpts, one a
/// source and value; notes and help.
pub fn card(analysis: &Analysis, finding: &Finding, style: &Style) -> String {
    let (sides, hidden) = representatives(analysis, finding, EXCERPTS);
    let shown: Vec<(u32, Option<&Group>)> = sides
        .iter()
        .flat_map(|side| side.claims.iter().enumerate().map(|(nth, &c)| (c, (nth == 0).then_some(side.group))))
        .collect();
    let last = shown.iter().filter_map(|&(c, _)| Some(place(analysis, c)?.position.line)).max();
    let tone = paint::tone(finding.severity);
    let mut frame = Frame::new(tone, Some(&finding.rule), &finding.message, last.unwrap_or(1), style);
    for (index, group) in shown {
        let Some(claim) = analysis.claims.get(index as usize) else { continue };
        let Some(document) = analysis.documents.get(claim.source as usize) else { continue };
        let label = label(claim, &analysis.called, claim.value_span.of(&document.text), group);
        let excerpt = excerpt(document, claim.value_span);
        frame.excerpt(&source_place(document, claim), &excerpt, &label, index == finding.primary);
    }
    for (group, claims) in &hidden {
        let (places, more) = some_places(analysis, claims, PLACES);
        frame.remark(NOTE, &format!("{} is also said in {places}{more}", safe(&group.value)));
    }
    for note in &finding.notes {
        frame.remark(NOTE, note);
    }
    if finding.status == Status::Changed {
        frame.remark(NOTE, "has changed since the last decision on it");
    }
    if let Some(settled) = &finding.settled {
        let how = if finding.status.is_open() { "was decided before" } else { finding.status.name() };
        frame.remark(NOTE, &format!("{how}: {}", settled.words()));
    }
    if style.verbose {
        // What `belie explain` takes.
        let status = if finding.status == Status::New { "" } else { finding.status.name() };
        let comma = if status.is_empty() { "" } else { ", " };
        frame.remark(NOTE, &format!("finding {}{comma}{status}", finding.id));
    }
    if !finding.help.is_empty() {
        frame.remark(HELP, &finding.help);
    }
    frame.finish()
}

/// The first places of some claims, and how many more there are.
fn some_places(analysis: &Analysis, claims: &[u32], most: usize) -> (String, String) {
    let places: Vec<String> =
        claims.iter().take(most).filter_map(|&c| place(analysis, c)).map(|p| p.to_string()).collect();
    let more = claims.len().saturating_sub(most);
    (places.join(", "), if more == 0 { String::new() } else { format!(" and {more} more") })
}

/// A group and those of its claims that are shown.
struct ShownGroup<'a> {
    group: &'a Group,
    claims: Vec<u32>,
}

/// Chooses what is shown: the primary claim's group first, one claim a source, in turn over the groups until `most`
/// are chosen, so that no side stays unheard, and of one group no more than [`ALIKE`]. Second, by group, the
/// representatives for which there was no room.
fn representatives<'a>(
    analysis: &Analysis,
    finding: &'a Finding,
    most: usize,
) -> (Vec<ShownGroup<'a>>, Vec<(&'a Group, Vec<u32>)>) {
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
    for turn in 0..ALIKE {
        for (i, claims) in all.iter().enumerate() {
            if room > 0 && claims.len() > turn {
                shown[i] += 1;
                room -= 1;
            }
        }
    }
    let mut hidden = Vec::new();
    let mut sides = Vec::new();
    for ((group, mut claims), n) in groups.into_iter().zip(all).zip(shown) {
        let rest = claims.split_off(n);
        if !rest.is_empty() {
            hidden.push((group, rest));
        }
        if n > 0 {
            sides.push(ShownGroup { group, claims });
        }
    }
    (sides, hidden)
}

/// What stands under the marked words: the value as it was read, how it is put forward, and, on a side's first
/// excerpt, how many others say the same.
pub(super) fn label(claim: &Claim, called: &Called, words: &str, side: Option<&Group>) -> String {
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
        parts.insert(0, format!("denied: {}", called.attribute(&claim.attribute)));
    }
    if parts.is_empty() {
        parts.push(called.attribute(&claim.attribute).into_owned());
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
        let hidden: Vec<usize> = hidden.iter().map(|(_, claims)| claims.len()).collect();
        assert_eq!((shown, hidden), (vec![3, 1], vec![8]));
    }

    #[test]
    fn a_side_may_repeat_itself() {
        let mut analysis = fixture::analysis();
        let mut finding = analysis.findings[0].clone();
        finding.groups[0].claims.push(analysis.claims.len() as u32);
        analysis.claims.push(analysis.claims[0].clone());
        let (sides, hidden) = representatives(&analysis, &finding, EXCERPTS);
        assert_eq!((sides[0].claims.clone(), hidden.len()), (vec![0, 5], 0));
    }
}
