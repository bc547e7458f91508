//! The verdict on a statement for people at a terminal: the verdict first, then the places that it rests on, in their
//! own lines.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects};

use crate::claim::{Claim, place_of, source_place};
use crate::compare::Nearest;
use crate::finding::{Analysis, Answer, Evidence, Ruling, Stance, Verdict};
use crate::report::{Style, place, safe};
use crate::source::Document;
use crate::text::{hanging, one_line, wrapped};

use super::card::label;
use super::excerpt::excerpt;
use super::frame::{Frame, NOTE};
use super::grounds;
use super::paint::{Tone, painted};

/// Most places shown for one sentence; all of them when asked for details.
const PLACES: usize = 4;

/// Each sentence of the statement with its verdict and evidence; of several sentences also what they come to.
pub(in crate::report) fn verdicts(analysis: &Analysis, query: u32, answer: &Answer, style: &Style) -> String {
    let mut out = String::new();
    for (nth, ruling) in answer.sentences.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        // The verdict counts as a word of the first line.
        let name = spelt(ruling.verdict);
        let head = "x".repeat(name.len());
        let line = format!("{head}: {}", words(analysis, query, ruling));
        for (nth, row) in hanging(&line, style.width, style.width.saturating_sub(4)).iter().enumerate() {
            let _ = match row.strip_prefix(&head).filter(|_| nth == 0) {
                Some(rest) => writeln!(out, "{}{rest}", verdict(ruling.verdict, style)),
                None => writeln!(out, "    {row}"),
            };
        }
        evidence(&mut out, analysis, ruling, style);
        if let Some(near) = &ruling.nearest {
            out.push('\n');
            out.push_str(&nearest(analysis, near, style));
        }
    }
    if answer.sentences.len() != 1 {
        let count = |v: Verdict| answer.sentences.iter().filter(|s| s.verdict == v).count();
        use Verdict::*;
        let all = [Contradicted, Disputed, Partly, Unresolved, NotMentioned, Supported];
        let stated: Vec<String> =
            all.into_iter().filter(|v| count(*v) > 0).map(|v| format!("{} {}", count(v), spelt(v))).collect();
        let _ = match stated.is_empty() {
            true => writeln!(out, "the text makes no statement that could be checked"),
            false => writeln!(out, "\noverall: {} ({})", verdict(answer.verdict, style), stated.join(", ")),
        };
    }
    out
}

/// The verdict as a person writes it.
fn spelt(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotMentioned => "not mentioned",
        Verdict::Partly => "partly supported",
        other => other.name(),
    }
}

fn verdict(verdict: Verdict, style: &Style) -> String {
    let color = match verdict {
        Verdict::Supported => AnsiColor::Green,
        Verdict::Contradicted | Verdict::Disputed => AnsiColor::BrightRed,
        Verdict::Partly | Verdict::Unresolved => AnsiColor::Yellow,
        Verdict::NotMentioned => AnsiColor::BrightBlue,
    };
    painted(spelt(verdict), color.on_default().effects(Effects::BOLD), style)
}

/// The sentence in one line.
fn words(analysis: &Analysis, query: u32, ruling: &Ruling) -> String {
    let text = analysis.documents.get(query as usize).map_or("", |d| ruling.span.of(&d.text));
    one_line(&safe(text))
}

/// The places that a verdict rests on: those that decide it first, and one a source and sentence.
fn evidence(out: &mut String, analysis: &Analysis, ruling: &Ruling, style: &Style) {
    let mut heard = BTreeSet::new();
    let place_of = |e: &Evidence| analysis.claims.get(e.other as usize).map(|c| (e.stance, c.source, c.span));
    let mut all: Vec<&Evidence> =
        ruling.evidence.iter().filter(|e| style.verbose || heard.insert(place_of(e))).collect();
    // Of a dispute both sides are shown, however many speak on the one.
    if ruling.verdict == Verdict::Disputed
        && let Some(bears) = all.iter().position(|e| e.stance == Stance::For)
    {
        let first = all.remove(bears);
        all.insert(1, first);
    }
    let most = if style.verbose { all.len() } else { PLACES };
    for e in all.iter().take(most) {
        out.push('\n');
        out.push_str(&shown(analysis, e, style));
    }
    if all.len() > most {
        let names = all[most..].iter().filter_map(|e| Some((e.stance, place(analysis, e.other)?)));
        let names: Vec<String> = names.map(|(stance, place)| format!("{place} ({})", stance.name())).collect();
        let line = format!("and {} more: {}", names.len(), names.join(", "));
        let _ = writeln!(out, "\n{}", wrapped(&line, style.width).join("\n"));
    }
}

/// The passage that comes nearest.
fn nearest(analysis: &Analysis, near: &Nearest, style: &Style) -> String {
    let Some(document) = analysis.documents.get(near.source as usize) else { return String::new() };
    let message = "this passage comes closest, and does not settle it";
    let place = place_of(document, near.span);
    let tone = Tone::new("nearest", AnsiColor::BrightBlue);
    let mut frame = Frame::new(tone, None, message, place.position.line, style);
    frame.excerpt(&place, &excerpt(document, near.span), "", true);
    frame.finish()
}

/// One place: how it stands to the statement, the rule's word on it, the line; with its grounds when asked for details.
fn shown(analysis: &Analysis, e: &Evidence, style: &Style) -> String {
    let claim = |at: u32| analysis.claims.get(at as usize);
    let (Some(own), Some(other), Some(link)) = (claim(e.own), claim(e.other), analysis.links.get(e.link)) else {
        return String::new();
    };
    let tone = match e.stance {
        Stance::Against => Tone::new("against", AnsiColor::BrightRed),
        Stance::Moved => Tone::new("for, at another time", AnsiColor::Yellow),
        Stance::For => Tone::new("for", AnsiColor::BrightGreen),
        Stance::Open => Tone::new("open", AnsiColor::BrightBlue),
    };
    // What supports a statement is read beside it; what does not is shown with the words that it stands against.
    let shown: Vec<(&Claim, &Document)> = [other, own]
        .into_iter()
        .take(if e.stance == Stance::For { 1 } else { 2 })
        .filter_map(|claim| Some((claim, analysis.documents.get(claim.source as usize)?)))
        .collect();
    let last = shown.iter().map(|(claim, document)| source_place(document, claim).position.line).max();
    let mut frame = Frame::new(tone, Some(&link.rule), &link.message, last.unwrap_or(1), style);
    for (nth, (claim, document)) in shown.into_iter().enumerate() {
        // A whole sentence is not read as anything.
        let whole = &*claim.kind == "statement";
        let label = if whole {
            String::new()
        } else {
            label(claim, &analysis.called, claim.value_span.of(&document.text), None)
        };
        frame.excerpt(&source_place(document, claim), &excerpt(document, claim.value_span), &label, nth == 0);
    }
    // That two values are the same is said already.
    if !link.grounds.because.is_empty() && e.stance != Stance::For {
        frame.remark(NOTE, &link.grounds.because);
    }
    let mut out = frame.finish();
    if style.verbose {
        out.push_str(&grounds(&link.grounds, style));
    }
    out
}
