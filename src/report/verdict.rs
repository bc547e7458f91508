//! Verdicts on a statement, for people and programs.
//!
//! Comes in: an analysis and the answer to the statement in it. Goes out: for people the verdict first, then the places
//! that it rests on, in their own lines; for programs the wire types of `json/answer.rs`.

use std::fmt::Write as _;

use crate::claim::place_of;
use crate::finding::{Analysis, Answer};
use crate::text::{json_line, json_pretty};

use super::json::answer;
use super::terminal::verdicts;
use super::{Style, place, safe};

/// How a verdict can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerdictFormat {
    /// The verdict, then the places it rests on with their lines.
    Terminal,
    /// A line a sentence: path, line and column in the statement, verdict, and the first place it rests on or the nearest.
    Concise,
    /// One object.
    Json,
    /// The object in one line.
    JsonLines,
}

impl VerdictFormat {
    /// Every format with its name and one line of help.
    pub const ALL: [(VerdictFormat, &'static str, &'static str); 4] = [
        (VerdictFormat::Terminal, "terminal", "the verdict, then the places it rests on, in their context"),
        (
            VerdictFormat::Concise,
            "concise",
            "one line per sentence: path:line:column: verdict, and the first or the nearest place",
        ),
        (VerdictFormat::Json, "json", "one object with verdict, evidence, relations and claims"),
        (VerdictFormat::JsonLines, "jsonl", "the same in one line"),
    ];

    /// The format of a name.
    pub fn of(name: &str) -> Option<VerdictFormat> {
        Self::ALL.iter().find(|(_, n, _)| *n == name).map(|(format, ..)| *format)
    }

    /// The answer in whole lines.
    pub fn render(self, analysis: &Analysis, query: u32, answer: &Answer, style: &Style) -> String {
        let wire = || answer::Answer::new(serde_json::Value::Null, analysis, query, answer);
        match self {
            VerdictFormat::Terminal => verdicts(analysis, query, answer, style),
            VerdictFormat::Concise => concise(analysis, query, answer),
            VerdictFormat::Json => json_pretty(&wire()),
            VerdictFormat::JsonLines => json_line(&wire()) + "\n",
        }
    }
}

fn concise(analysis: &Analysis, query: u32, answer: &Answer) -> String {
    let mut out = String::new();
    let Some(document) = analysis.documents.get(query as usize) else { return out };
    for ruling in &answer.sentences {
        let at = document.position(ruling.span.start);
        let _ = write!(out, "{}:{}:{}: {}", safe(&document.path), at.line, at.column, ruling.verdict.name());
        if let Some(e) = ruling.evidence.first()
            && let (Some(link), Some(place)) = (analysis.links.get(e.link), place(analysis, e.other))
        {
            let _ = write!(out, " [{}] {place}: {}", safe(&link.rule), safe(&link.message));
        }
        if let Some(near) = &ruling.nearest
            && let Some(source) = analysis.documents.get(near.source as usize)
        {
            let _ = write!(out, " nearest {}", place_of(source, near.span));
        }
        out.push('\n');
    }
    out
}
