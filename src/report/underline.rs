//! A text with marked words underlined, and under each what it was read as.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr};

use crate::source::Document;
use crate::text::{Span, is_plain};

use super::{Style, safe};

/// Words to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The words.
    pub span: Span,
    /// What they were read as.
    pub label: String,
}

/// The lines of a document that hold marked words, wrapped to the width; `marked` is in order of place. A label stands
/// under the first column of its words, one row further down where the one before it needs the room.
pub fn underlined(document: &Document, marked: &[Marked], style: &Style) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some(first) = rest.first() {
        let number = document.lines.line_of(first.span.start);
        let Some(line) = document.lines.line(&document.text, number) else { break };
        let n = rest.partition_point(|m| m.span.start < line.end.max(first.span.start + 1));
        let (here, later) = rest.split_at(n.max(1));
        rest = later;
        let _ = writeln!(out, "{}:{}", safe(&document.path), document.position(line.start).line);
        let mut open = here;
        for row in rows(line, &document.text, here, style.width.max(20) - 2) {
            while let Some((_, later)) = open.split_first().filter(|(m, _)| m.span.end <= row.start) {
                open = later;
            }
            let inside: Vec<&Marked> =
                open.iter().take_while(|m| m.span.start < row.end).filter(|m| row.overlaps(m.span)).collect();
            // A row without a value says nothing here.
            if !inside.is_empty() {
                print_row(&mut out, row, &document.text, &inside);
            }
        }
        out.push('\n');
    }
    out
}

/// Cuts a line into rows of at most `width` columns, at white space and never inside marked words that fit a row.
fn rows(line: Span, text: &str, marked: &[Marked], width: usize) -> Vec<Span> {
    let mut out = Vec::new();
    if line.len() as usize <= width && is_plain(line.of(text)) {
        out.extend((!line.is_empty()).then_some(line));
        return out;
    }
    let (mut start, mut columns, mut cut) = (line.start, 0, None);
    let mut next = 0;
    for (at, c) in line.of(text).char_indices() {
        let at = line.start + at as u32;
        while marked.get(next).is_some_and(|m| m.span.end <= at) {
            next += 1;
        }
        let inside = marked.get(next).is_some_and(|m| m.span.start < at);
        if c.is_whitespace() && !inside {
            cut = Some(at + c.len_utf8() as u32);
        }
        columns += c.width().unwrap_or(1);
        if columns > width {
            let end = cut.take().filter(|&end| end > start).unwrap_or(at);
            out.push(Span { start, end });
            start = end;
            columns = text.get(end as usize..at as usize + c.len_utf8()).map_or(0, UnicodeWidthStr::width);
        }
    }
    if start < line.end {
        out.push(Span { start, end: line.end });
    }
    out
}

/// Width in the terminal.
fn columns(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

fn print_row(out: &mut String, row: Span, text: &str, marked: &[&Marked]) {
    let plain = is_plain(row.of(text));
    let column = |offset: u32| {
        let offset = offset.clamp(row.start, row.end);
        let before = Span { start: row.start, end: offset };
        if plain { before.len() as usize } else { columns(&safe(before.of(text))) }
    };
    let _ = writeln!(out, "  {}", safe(row.of(text)).trim_end());
    let mut underline = String::new();
    let mut labels: Vec<String> = Vec::new();
    for mark in marked {
        let (from, to) = (column(mark.span.start), column(mark.span.end));
        let from = from.max(underline.len());
        underline.extend(std::iter::repeat_n(' ', from - underline.len()));
        underline.extend(std::iter::repeat_n('^', to.saturating_sub(from)));
        // Words that began on the row above have their label there.
        if mark.span.start < row.start {
            continue;
        }
        let label = safe(&mark.label);
        let at = column(mark.span.start);
        let free = |l: &String| l.is_empty() || columns(l) + 2 <= at;
        let place = labels.iter().position(free).unwrap_or_else(|| {
            labels.push(String::new());
            labels.len() - 1
        });
        let gap = at - columns(&labels[place]).min(at);
        labels[place].extend(std::iter::repeat_n(' ', gap));
        labels[place].push_str(&label);
    }
    for line in std::iter::once(&underline).chain(&labels).filter(|l| !l.is_empty()) {
        let _ = writeln!(out, "  {}", line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[(&str, &str)], width: usize) -> String {
        let mut marked: Vec<Marked> = words
            .iter()
            .map(|(words, label)| {
                let start = text.find(words).unwrap();
                Marked { span: Span::new(start, start + words.len()), label: (*label).to_owned() }
            })
            .collect();
        marked.sort_by_key(|m| m.span.start);
        underlined(&Document::from_text("a.txt", text), &marked, &Style { width, ..Style::default() })
    }

    #[test]
    fn rows_and_labels() {
        let text = "No value.\nIt grew by 3 % to \u{1b}[1m½ a million in 2021, said the mayor.\nThe end, on Monday.\n";
        let words = [("3 %", "3%"), ("½ a million", "500,000"), ("2021", "2021"), ("Monday", "Monday")];
        insta::assert_snapshot!(check(text, &words, 100), @"
        a.txt:2
          It grew by 3 % to �[1m½ a million in 2021, said the mayor.
                     ^^^        ^^^^^^^^^^^    ^^^^
                     3%         500,000        2021

        a.txt:3
          The end, on Monday.
                      ^^^^^^
                      Monday
        ");
        insta::assert_snapshot!(check(text, &words, 24), @"
        a.txt:2
          It grew by 3 % to
                     ^^^
                     3%
          �[1m½ a million in
              ^^^^^^^^^^^
              500,000
          2021, said the mayor.
          ^^^^
          2021

        a.txt:3
          The end, on Monday.
                      ^^^^^^
                      Monday
        ");
        assert_eq!(check(text, &[], 80), "");
    }

    #[test]
    fn words_longer_than_a_row() {
        let text = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx yyy";
        assert!(check(text, &[(&text[..50], "long")], 20).contains("long"));
    }
}
