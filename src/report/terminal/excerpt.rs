//! The line of a source that carries a value, cut to the width of the terminal.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::source::Document;
use crate::text::Span;

use crate::report::safe;

/// One line of text with a marked range, harmless for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The line on which the span begins, on to the end of the line on which it ends; breaks inside are spaces.
    pub text: String,
    /// The marked bytes of `text`.
    pub marked: Range<usize>,
    /// Line, from 1.
    pub line: u32,
}

/// A row of an excerpt as the terminal shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The text, with `…` where it was cut.
    pub text: String,
    /// Column at which the marked words begin, from 0, and their width.
    pub marked: (usize, usize),
}

/// Columns of context that marked words have on both sides together, at least.
const CONTEXT: usize = 16;
/// Most columns that a cut moves to fall between words.
const WORD: usize = 14;
/// Most rows that marked words take before they are cut in their middle.
const ROWS: usize = 3;

impl Excerpt {
    /// What fits rows of so many columns: the marked words, with as much on both sides as there is room for; the side
    /// that does not need its half leaves it to the other. Words that fit no row take several.
    pub(super) fn rows(&self, room: usize) -> Vec<Row> {
        let (before, rest) = self.text.split_at(self.marked.start);
        let (words, after) = rest.split_at(self.marked.len());
        let (before, after) = (before.trim_start(), after.trim_end());
        let (left, right) = (before.width(), after.width());
        let context = CONTEXT.min(left + right);
        // Rows end at words: each after the first may lose some columns to the one before it.
        let further = room - WORD.min(room / 2);
        let rows = (words.width() + context).saturating_sub(room).div_ceil(further.max(1)).min(ROWS - 1);
        let room_in_all = room + rows * further;
        let words = if left + words.width() + right <= room_in_all {
            words.to_owned()
        } else {
            middle(words, room_in_all.saturating_sub(context))
        };
        let spare = room_in_all.saturating_sub(words.width());
        // Two fifths before the words: what follows a value says more often what it is of.
        let before = last(before, (spare * 2 / 5).max(spare.saturating_sub(right)));
        let after = first(after, spare.saturating_sub(before.width()));
        let marked = before.len()..before.len() + words.len();
        broken(&format!("{before}{words}{after}"), marked, room)
    }
}

/// A text in rows of so many columns, broken after blanks where there are any, with what is marked in each; rows without
/// marked words are left out.
fn broken(text: &str, marked: Range<usize>, room: usize) -> Vec<Row> {
    let (mut rows, mut start) = (Vec::new(), 0);
    while start < text.len() {
        let (mut columns, mut blank, mut end) = (0, None, text.len());
        for (at, c) in text[start..].char_indices() {
            columns += c.width().unwrap_or(0);
            if columns > room && !c.is_whitespace() && at > 0 {
                end = blank.unwrap_or(start + at);
                break;
            }
            if c.is_whitespace() {
                blank = Some(start + at + c.len_utf8());
            }
        }
        let (from, to) = (marked.start.clamp(start, end), marked.end.clamp(start, end));
        if from < to {
            let words = text[from..to].trim_end();
            rows.push(Row {
                text: text[start..end].trim_end().to_owned(),
                marked: (text[start..from].width(), words.width()),
            });
        }
        start = end;
    }
    rows
}

/// As much of the beginning as fits so many columns, between words where one ends near by.
fn first(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let (mut taken, mut end, mut word) = (0, 0, None);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            word = Some((at, taken));
        }
        taken += c.width().unwrap_or(0);
        // A blank and the mark of the cut.
        if taken + 2 > columns {
            break;
        }
        end = at + c.len_utf8();
    }
    match word {
        Some((at, width)) if width + WORD + 2 >= columns => format!("{} …", text[..at].trim_end()),
        _ if columns < 2 => String::new(),
        _ => format!("{}…", text[..end].trim_end()),
    }
}

/// As much of the end as fits so many columns, between words where one begins near by.
fn last(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let turned: String = text.chars().rev().collect();
    first(&turned, columns).chars().rev().collect()
}

/// Beginning and end of a text, so that both fit so many columns.
fn middle(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let half = columns.saturating_sub(1) / 2;
    let (head, tail) = (first(text, half), last(text, half));
    format!("{}…{}", head.trim_end_matches('…'), tail.trim_start_matches('…'))
}

/// Cuts the excerpt for a span. Linear in the length of its lines.
pub(super) fn excerpt(document: &Document, span: Span) -> Excerpt {
    let text = &document.text;
    let first = document.lines.position(text, span.start).line;
    let last = document.lines.position(text, span.end.max(span.start + 1) - 1).line;
    let start = document.lines.line(text, first).map_or(span.start, |l| l.start);
    let end = document.lines.line(text, last).map_or(span.end, |l| l.end.max(span.end));
    let mut out = safe(Span { start, end: span.start }.of(text)).into_owned();
    let from = out.len();
    out.push_str(&safe(span.of(text)));
    let to = out.len();
    out.push_str(&safe(Span { start: span.end, end }.of(text)));
    Excerpt { text: out, marked: from..to, line: document.position(start).line }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn seen(text: &str, words: &str, room: usize) -> String {
        let start = text.find(words).unwrap();
        let excerpt = Excerpt { text: text.to_owned(), marked: start..start + words.len(), line: 1 };
        let mut out = String::new();
        for row in excerpt.rows(room) {
            assert!(row.text.width() <= room, "{}: {}", row.text.width(), row.text);
            let _ = writeln!(out, "{}\n{}{}", row.text, " ".repeat(row.marked.0), "^".repeat(row.marked.1));
        }
        out
    }

    #[test]
    fn windows() {
        let text = "The board met on Monday, and after a long debate the Alder Bridge was opened on 14 May 2021 by the mayor, \
            who had waited for years.";
        insta::assert_snapshot!(seen(text, "14 May 2021", 60), @"
        … was opened on 14 May 2021 by the mayor, who had waited …
                        ^^^^^^^^^^^
        ");
        insta::assert_snapshot!(seen(text, "Monday", 60), @"
        The board met on Monday, and after a long debate the Alder …
                         ^^^^^^
        ");
        insta::assert_snapshot!(seen(text, "years", 60), @"
        … on 14 May 2021 by the mayor, who had waited for years.
                                                          ^^^^^
        ");
        insta::assert_snapshot!(seen(text, "after a long debate the Alder Bridge was opened on 14 May 2021 by the mayor", 60), @"
        … and after a long debate the Alder Bridge was opened on 14
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        May 2021 by the mayor, who had waited for …
        ^^^^^^^^^^^^^^^^^^^^^
        ");
        insta::assert_snapshot!(seen("日本語のテキスト日本語のテキスト opened 3 May 日本語のテキスト日本語", "3 May", 40), @"
        … opened 3 May 日本語のテキスト日本語
                 ^^^^^
        ");
        assert_eq!(seen("short 5 text", "5", 60), "short 5 text\n      ^\n");
    }

    fn check(text: &str, words: &str) -> (u32, String, String) {
        let start = text.find(words).unwrap();
        let excerpt = excerpt(&Document::from_text("a.txt", text), Span::new(start, start + words.len()));
        (excerpt.line, excerpt.text[excerpt.marked.clone()].to_owned(), excerpt.text)
    }

    #[test]
    fn lines() {
        assert_eq!(check("one\ntwo 2 three\nfour", "2"), (2, "2".into(), "two 2 three".into()));
        assert_eq!(
            check("one\ntwo hund\nred three\n", "hund\nred"),
            (2, "hund red".into(), "two hund red three".into())
        );
        assert_eq!(check("\u{1b}[1mé 3\u{7}\n", "3"), (1, "3".into(), "\u{fffd}[1mé 3\u{fffd}".into()));
    }
}
