//! The frame of a card, as rustc draws it: a title, excerpts behind a gutter, notes; never wider than the terminal.
//!
//! annotate-snippets draws what stands in rule files. Here the lines are those of articles, a paragraph each, and whole
//! sentences are marked: such lines have to be cut at words and on both sides of what is marked, marked words have to
//! be cut in their middle, and notes to be wrapped.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects};
use unicode_width::UnicodeWidthStr as _;

use crate::claim::Place;
use crate::report::{Style, safe};
use crate::text::{hanging, wrapped};

use super::excerpt::Excerpt;
use super::paint::{Tone, linked, painted};

/// The gutter, the arrows, and what stands beside the primary words.
const GUTTER: anstyle::Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);
/// Columns by which the later lines of a title stand in.
const INDENT: usize = 4;
/// Fewest columns for anything: a terminal that is narrower breaks lines itself.
const LEAST: usize = 20;

/// A remark below the excerpts.
pub(super) const NOTE: Tone = Tone::new("note", AnsiColor::BrightGreen);
/// What to do.
pub(super) const HELP: Tone = Tone::new("help", AnsiColor::BrightCyan);

/// A card in the making.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    style: &'a Style,
    tone: Tone,
    /// Columns of the greatest line number.
    digits: usize,
    /// Excerpts and remarks so far.
    excerpts: usize,
    remarks: usize,
    out: String,
}

impl<'a> Frame<'a> {
    /// Begins a card with its title, with the rule that speaks if one does; `last` is the greatest number of a line that it will show.
    pub(super) fn new(tone: Tone, rule: Option<&str>, message: &str, last: u32, style: &'a Style) -> Frame<'a> {
        let digits = last.max(1).ilog10() as usize + 1;
        let mut frame = Frame { style, tone, digits, excerpts: 0, remarks: 0, out: String::new() };
        let head = tone.name.to_owned() + &rule.map(|r| format!("[{}]", safe(r))).unwrap_or_default();
        let bold = anstyle::Style::new().effects(Effects::BOLD);
        // The head counts as words of the first line.
        let all = format!("{}: {}", "x".repeat(head.width()), safe(message));
        let width = style.width.max(LEAST);
        for (nth, line) in hanging(&all, width, width - INDENT).iter().enumerate() {
            let line = match nth {
                0 => {
                    let words = line.strip_prefix(&"x".repeat(head.width())).unwrap_or_default();
                    painted(&head, tone.paint, style) + &painted(words, bold, style)
                }
                _ => " ".repeat(INDENT) + &painted(line, bold, style),
            };
            frame.line(&line);
        }
        frame
    }

    /// Shows a line of a source, with what its marked words were read as.
    pub(super) fn excerpt(&mut self, place: &Place, excerpt: &Excerpt, label: &str, primary: bool) {
        let arrow = if self.excerpts == 0 { "-->" } else { ":::" };
        if self.excerpts > 0 {
            self.bare();
        }
        self.excerpts += 1;
        let arrow = format!("{}{}", " ".repeat(self.digits), painted(arrow, GUTTER, self.style));
        self.line(&format!("{arrow} {}", linked(place, self.style)));
        self.bare();
        let room = self.room(3);
        let bar = self.bar();
        let (mark, paint) = if primary { ("^", self.tone.paint) } else { ("-", GUTTER) };
        let rows = excerpt.rows(room);
        for (nth, row) in rows.iter().enumerate() {
            let before = match nth {
                0 => painted(&format!("{:>width$} |", excerpt.line, width = self.digits), GUTTER, self.style),
                _ => bar.clone(),
            };
            self.line(&format!("{before} {}", row.text));
            let (at, width) = row.marked;
            let marks = mark.repeat(width.max(1));
            let last = nth + 1 == rows.len();
            let beside = last && !label.is_empty() && at + marks.len() + 1 + label.width() <= room;
            let marks = if beside { format!("{marks} {label}") } else { marks };
            self.line(&format!("{bar} {}{}", " ".repeat(at), painted(&marks, paint, self.style)));
            if !last || beside || label.is_empty() {
                continue;
            }
            let lines = wrapped(label, room);
            let widest = lines.iter().map(|l| l.width()).max().unwrap_or(0);
            let at = " ".repeat(at.min(room.saturating_sub(widest)));
            for line in &lines {
                self.line(&format!("{bar} {at}{}", painted(line, paint, self.style)));
            }
        }
    }

    /// Names places below the title, without their lines.
    pub(super) fn places(&mut self, places: &str) {
        let room = self.room(5);
        for (nth, line) in wrapped(places, room).iter().enumerate() {
            let arrow = if nth == 0 { painted("-->", GUTTER, self.style) } else { "   ".to_owned() };
            self.line(&format!("{}{arrow} {line}", " ".repeat(self.digits + 1)));
        }
    }

    /// Adds a remark.
    pub(super) fn remark(&mut self, tone: Tone, message: &str) {
        if self.remarks == 0 {
            self.bare();
        }
        self.remarks += 1;
        let before = " ".repeat(self.digits + 1);
        let head = painted("=", GUTTER, self.style);
        let name = painted(tone.name, anstyle::Style::new().effects(Effects::BOLD), self.style);
        let indent = self.digits + 3 + tone.name.len() + 2;
        for (nth, line) in wrapped(&safe(message), self.style.width.max(LEAST + indent) - indent).iter().enumerate() {
            let line = match nth {
                0 => format!("{before}{head} {name}: {line}"),
                _ => format!("{}{line}", " ".repeat(indent)),
            };
            self.line(&line);
        }
    }

    /// The card, with a line break at its end.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Columns behind the gutter and so many more.
    fn room(&self, more: usize) -> usize {
        self.style.width.saturating_sub(self.digits + more).max(LEAST)
    }

    fn bar(&self) -> String {
        format!("{}{}", " ".repeat(self.digits + 1), painted("|", GUTTER, self.style))
    }

    fn bare(&mut self) {
        let bar = self.bar();
        self.line(&bar);
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}");
    }
}
