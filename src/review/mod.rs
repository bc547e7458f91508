//! Going through findings one by one: what `belie review` shows and what keys do.
//!
//! Comes in: an analysis whose findings have their status, and keys. Goes out: decisions, and what to draw. `press.rs` is
//! the machine, `draw.rs` its picture; neither knows the terminal or a file, so tests drive both.

use std::collections::BTreeMap;

use crate::finding::{Analysis, Finding, Status};
use crate::report::{place, safe};
use crate::state::Choice;
use crate::text::Span;

mod draw;
mod press;

pub use draw::draw;
pub use press::Step;

/// Most bytes of a line that are shown before and after a sentence.
const AROUND: u32 = 240;

/// The findings under review, and where the reader stands.
#[derive(Debug, Clone)]
pub struct Review {
    items: Vec<Item>,
    at: usize,
    mode: Mode,
    decided: BTreeMap<usize, (Choice, String)>,
    /// What was there before each decision, latest last.
    undo: Vec<(usize, Option<(Choice, String)>)>,
    /// What was typed for a finding and not confirmed.
    drafts: BTreeMap<usize, String>,
    /// The reason given last, also of a decision that was undone.
    last: String,
    scroll: u16,
    /// What has just happened.
    said: Option<String>,
}

/// One finding, ready to be drawn: nothing of it can speak to the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    /// Index in the analysis.
    finding: usize,
    /// Severity and rule.
    head: String,
    message: String,
    is_changed: bool,
    sides: Vec<ReviewedValue>,
    notes: Vec<String>,
    help: String,
}

/// What says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ReviewedValue {
    value: String,
    /// "2 sources, 1 origin"
    behind: String,
    excerpts: Vec<Excerpt>,
}

/// A sentence in its line, cut where things change: around it, the sentence, the value, the sentence, around it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Excerpt {
    place: String,
    parts: [String; 5],
}

/// What keys mean.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mode {
    /// They move and decide.
    Browse,
    /// They write a reason.
    Reason { choice: Choice, text: String, cursor: usize },
    /// Any key goes back.
    Help,
}

impl Review {
    /// The new and changed findings of an analysis, in its order.
    pub fn new(analysis: &Analysis) -> Review {
        let open = analysis.findings.iter().enumerate().filter(|(_, f)| f.status.is_open());
        Review {
            items: open.map(|(at, finding)| item(analysis, at, finding)).collect(),
            at: 0,
            mode: Mode::Browse,
            decided: BTreeMap::new(),
            undo: Vec::new(),
            drafts: BTreeMap::new(),
            last: String::new(),
            scroll: 0,
            said: None,
        }
    }

    /// Whether there is nothing to go through.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The decisions so far: index of the finding, choice, reason.
    pub fn decisions(&self) -> impl Iterator<Item = (usize, Choice, &str)> {
        self.decided.iter().map(|(at, (choice, reason))| (self.items[*at].finding, *choice, reason.as_str()))
    }

    /// How many findings nothing has been decided on.
    pub fn left(&self) -> usize {
        self.items.len() - self.decided.len()
    }

    /// Tells the reader something; it stands until the next key.
    pub fn say(&mut self, words: &str) {
        self.said = Some(safe(words).into_owned());
    }
}

fn item(analysis: &Analysis, at: usize, finding: &Finding) -> Item {
    let counted = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let excerpts = |claims: &[u32]| claims.iter().filter_map(|&c| excerpt(analysis, c)).collect::<Vec<_>>();
    let mut sides: Vec<ReviewedValue> = finding
        .groups
        .iter()
        .map(|group| ReviewedValue {
            value: safe(&group.value).into_owned(),
            behind: format!("{}, {}", counted(group.sources.len(), "source"), counted(group.origins.len(), "origin")),
            excerpts: excerpts(&group.claims),
        })
        .collect();
    let grouped = |claim: &u32| finding.groups.iter().any(|g| g.claims.contains(claim));
    let rest: Vec<u32> = finding.claims.iter().copied().filter(|c| !grouped(c)).collect();
    if !rest.is_empty() {
        let behind = counted(rest.len(), "claim");
        sides.push(ReviewedValue { value: "as well".to_owned(), behind, excerpts: excerpts(&rest) });
    }
    Item {
        finding: at,
        head: format!("{}[{}]", finding.severity.name(), safe(&finding.rule)),
        message: safe(&finding.message).into_owned(),
        is_changed: finding.status == Status::Changed,
        sides,
        notes: finding.notes.iter().map(|n| safe(n).into_owned()).collect(),
        help: safe(&finding.help).into_owned(),
    }
}

fn excerpt(analysis: &Analysis, index: u32) -> Option<Excerpt> {
    let claim = analysis.claims.get(index as usize)?;
    let document = analysis.documents.get(claim.source as usize)?;
    let (text, sentence, value) = (&document.text, claim.span, claim.value_span);
    let line = |offset: u32| document.lines.line(text, document.lines.line_of(offset));
    let first = line(sentence.start).map_or(sentence.start, |l| l.start);
    let last = line(sentence.end.max(sentence.start + 1) - 1).map_or(sentence.end, |l| l.end.max(sentence.end));
    let (from, to) = (near(text, first, sentence.start, true), near(text, sentence.end, last, false));
    let cut = |start: u32, end: u32| safe(Span { start, end: end.max(start) }.of(text)).into_owned();
    let mut parts = [
        cut(from, sentence.start),
        cut(sentence.start, value.start),
        cut(value.start, value.end),
        cut(value.end, sentence.end),
        cut(sentence.end, to),
    ];
    if from > first {
        parts[0].insert(0, '…');
    }
    if to < last {
        parts[4].push('…');
    }
    Some(Excerpt { place: place(analysis, index)?.to_string(), parts })
}

/// At most [`AROUND`] bytes from `start` to `end`: their end or their beginning, on a character's boundary.
fn near(text: &str, start: u32, end: u32, keep_end: bool) -> u32 {
    let mut at = if keep_end { end.saturating_sub(AROUND).max(start) } else { start.saturating_add(AROUND).min(end) };
    while at > 0 && !text.is_char_boundary(at as usize) {
        at -= 1;
    }
    at
}
