//! A source as text: its lines, cut where words are underlined.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::source::Document;
use crate::text::Span;

use super::marks::Mark;

/// Words of one line that are underlined by one mark, or by none.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct TextRun {
    /// The words.
    pub text: String,
    /// Number of the mark.
    pub mark: Option<usize>,
    /// Whether the mark's place is here.
    pub first: bool,
    /// Marks that begin here and have no words of their own, since others lie in all of theirs.
    pub anchors: Vec<usize>,
    /// Class of the mark's highlight.
    pub class: &'static str,
    /// Whether the words go on in another run: only at their end it is told how they stand.
    pub goes_on: bool,
}

impl TextRun {
    fn plain(text: &str) -> TextRun {
        TextRun { text: text.to_owned(), mark: None, first: false, anchors: Vec::new(), class: "", goes_on: false }
    }
}

/// A line that is shown.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// What it is: empty, `head` for a heading, `aside` for boilerplate.
    pub class: &'static str,
    /// Whether text before it is left out.
    pub gap: bool,
    /// Its words.
    pub runs: Vec<TextRun>,
}

/// The lines of a document that are not blank. `first` is the number of the first of its marks; with `keep`, only what
/// lies in these spans (sorted, disjoint) is shown. Of front matter only lines with marks are.
pub(super) fn lines(document: &Document, marks: &[Mark], first: usize, keep: Option<&[Span]>) -> Vec<Line> {
    let text = &document.text;
    let covers = owned(marks);
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let with_words: BTreeSet<usize> = covers.iter().map(|c| c.1).collect();
    let mut orphans = (0..marks.len()).filter(|m| !with_words.contains(m)).peekable();
    let mut out = Vec::new();
    let (mut next, mut gap, mut number) = (0, false, 0);
    let mut noise = document.noise.iter().peekable();
    while let Some(line) = document.lines.line(text, number + 1) {
        number += 1;
        while covers.get(next).is_some_and(|(s, _)| s.end <= line.start) {
            next += 1;
        }
        while noise.peek().is_some_and(|n| n.end <= line.start) {
            noise.next();
        }
        let words = line.of(text);
        let marked = covers.get(next).is_some_and(|(s, _)| s.start < line.end);
        if words.trim().is_empty() || (line.end <= document.body.start && !marked) {
            continue;
        }
        let hashes = heading(words);
        let head = hashes > 0 || document.title_span.is_some_and(|t| line.contains(t));
        // That it is a heading is shown by its looks.
        let line = Span { start: line.start + hashes, end: line.end };
        if line.is_empty() {
            continue;
        }
        let pieces = match keep {
            None => vec![line],
            Some(keep) => within(line, keep),
        };
        if pieces.is_empty() {
            gap = true;
            continue;
        }
        let class = match () {
            () if noise.peek().is_some_and(|n| n.overlaps(line)) => "aside",
            () if head => "head",
            () => "",
        };
        let mut runs: Vec<TextRun> = Vec::new();
        let mut at = line.start;
        for piece in pieces {
            if piece.start > at {
                runs.push(TextRun::plain(" … "));
            }
            at = piece.start;
            for &(span, owner) in covers[next..].iter().take_while(|(s, _)| s.start < piece.end) {
                let (from, to) = (span.start.max(piece.start), span.end.min(piece.end));
                if from >= to {
                    continue;
                }
                if from > at {
                    runs.push(TextRun::plain(Span { start: at, end: from }.of(text)));
                }
                let mut anchors = Vec::new();
                while let Some(orphan) = orphans.next_if(|&m| marks[m].span.start <= from) {
                    anchors.push(first + orphan);
                }
                let highlight = marks[owner].highlight;
                runs.push(TextRun {
                    text: Span { start: from, end: to }.of(text).to_owned(),
                    mark: Some(first + owner),
                    first: seen.insert(owner),
                    anchors,
                    class: highlight.class(),
                    goes_on: span.end != marks[owner].span.end,
                });
                at = to;
            }
            if at < piece.end {
                runs.push(TextRun::plain(Span { start: at, end: piece.end }.of(text)));
            }
            at = piece.end;
        }
        if at < line.end {
            runs.push(TextRun::plain(" …"));
        }
        out.push(Line { number, class, gap, runs });
        gap = false;
    }
    // What is linked to has a place, come what may.
    if let Some(last) = out.last_mut() {
        let anchors: Vec<usize> = orphans.map(|m| first + m).collect();
        last.runs.push(TextRun { anchors, ..TextRun::plain("") });
    }
    out
}

/// Bytes before the words of a Markdown heading: up to six `#` and the blanks after them; 0 for any other line.
fn heading(line: &str) -> u32 {
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    let words = rest.trim_start();
    let is_heading = (1..=6).contains(&marks) && (rest.is_empty() || words.len() < rest.len());
    if is_heading { (line.len() - words.len()) as u32 } else { 0 }
}

/// Disjoint spans in order, each with the shortest mark that covers it. `n log n` in the marks.
fn owned(marks: &[Mark]) -> Vec<(Span, usize)> {
    // Ends before starts, so that neighbours do not overlap.
    let mut edges: BTreeMap<u32, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, mark) in marks.iter().enumerate().filter(|(_, m)| !m.span.is_empty()) {
        edges.entry(mark.span.end).or_default().0.push(at);
        edges.entry(mark.span.start).or_default().1.push(at);
    }
    let mut open: BTreeSet<(u32, usize)> = BTreeSet::new();
    let mut out: Vec<(Span, usize)> = Vec::new();
    let mut from = 0;
    for (at, (ends, starts)) in edges {
        if let Some(&(_, owner)) = open.first() {
            match out.last_mut() {
                Some((span, last)) if *last == owner && span.end == from => span.end = at,
                _ => out.push((Span { start: from, end: at }, owner)),
            }
        }
        for mark in ends {
            open.remove(&(marks[mark].span.len(), mark));
        }
        for mark in starts {
            open.insert((marks[mark].span.len(), mark));
        }
        from = at;
    }
    out
}

/// The parts of a line that lie in some of the spans.
fn within(line: Span, keep: &[Span]) -> Vec<Span> {
    let from = keep.partition_point(|k| k.end <= line.start);
    let here = keep[from..].iter().take_while(|k| k.start < line.end);
    here.map(|k| Span { start: k.start.max(line.start), end: k.end.min(line.end) }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::marks::Highlight;
    use super::*;
    use crate::text::joined;

    fn mark(text: &str, words: &str) -> Mark {
        let start = text.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        Mark { source: 0, span, claims: vec![0], highlight: Highlight::Disputed }
    }

    /// Underlined words as `{number words}`, in capitals where the mark's place is.
    fn check(text: &str, words: &[&str], keep: Option<&[&str]>) -> Vec<String> {
        let document = Document::from_text("a.txt", text);
        let mut marks: Vec<Mark> = words.iter().map(|w| mark(text, w)).collect();
        marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        let keep = keep.map(|k| joined(k.iter().map(|w| mark(text, w).span).collect()));
        let run = |r: &TextRun| match r.mark {
            Some(mark) => {
                let anchors: String = r.anchors.iter().map(|a| format!("@{a} ")).collect();
                format!("{anchors}{{{}{mark} {}}}", if r.first { "#" } else { "" }, r.text)
            }
            None => r.text.clone(),
        };
        let line = |l: &Line| {
            let runs: String = l.runs.iter().map(run).collect();
            format!("{}{} {runs}", if l.gap { "…" } else { "" }, l.number)
        };
        lines(&document, &marks, 7, keep.as_deref()).iter().map(line).collect()
    }

    #[test]
    fn marks_inside_marks() {
        assert_eq!(check("one 2 three", &["2"], None), ["1 one {#7 2} three"]);
        assert_eq!(
            check("“a 2 b 3”\n\nc", &["“a 2 b 3”", "2", "3"], None),
            ["1 {#7 “a }{#8 2}{7  b }{#9 3}{7 ”}", "3 c"]
        );
        assert_eq!(check("x ab y", &["ab", "a", "b"], None), ["1 x @7 {#8 a}{#9 b} y"]);
        assert_eq!(check("x ab\ncd y", &["ab\ncd"], None), ["1 x {#7 ab}", "2 {7 cd} y"]);
        assert_eq!(check("## 3 mills\n#\n\n#4 of them", &["3", "4"], None), ["1 {#7 3} mills", "4 #{#8 4} of them"]);
        assert_eq!(check("", &[], None), Vec::<String>::new());
    }

    #[test]
    fn only_what_is_kept() {
        let text = "Zero. One is 1. Two.\nThree.\nFour is 4. Five.\n";
        let kept = ["One is 1.", "Four is 4."];
        assert_eq!(check(text, &["1", "4"], Some(&kept)), ["1  … One is {#7 1}. …", "…3 Four is {#8 4}. …"]);
    }
}
