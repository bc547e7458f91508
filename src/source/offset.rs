//! The way from offsets in decoded text back to offsets in the file.

use std::sync::Arc;

use crate::text::{LineIndex, Position};

/// Maps byte offsets of the text to byte offsets of the file. Exact at character boundaries.
///
/// A run is a stretch whose characters all take the same number of bytes in the text and the same number in the file;
/// plain UTF-8 is one run of 1 to 1.
#[derive(Debug, Clone)]
pub struct OffsetMap {
    /// Sorted by `text`; never empty.
    runs: Vec<OffsetRun>,
    /// One past the last byte of text and file.
    end: (u32, u32),
    /// Of a text that was gathered from another one: that text.
    within: Option<Arc<Outer>>,
}

/// A decoded file that other texts are gathered from, with its lines and the way from there to its bytes. One for all of them.
#[derive(Debug)]
pub(super) struct Outer {
    pub(super) text: String,
    pub(super) lines: LineIndex,
    map: OffsetMap,
}

impl Outer {
    pub(super) fn new(text: String, map: OffsetMap) -> Arc<Outer> {
        let lines = LineIndex::new(&text);
        Arc::new(Outer { text, lines, map })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OffsetRun {
    text: u32,
    file: u32,
    /// Bytes of one character in the text and in the file; never 0.
    unit: (u32, u32),
}

impl OffsetRun {
    /// Where the character of a byte of the text begins in the file.
    fn at(&self, offset: u32) -> u32 {
        self.file + (offset - self.text) / self.unit.0 * self.unit.1
    }
}

impl OffsetMap {
    /// The map of UTF-8: `skipped` bytes (a byte order mark) stand before the text, `length` is that of the text.
    pub fn shifted(skipped: usize, length: usize) -> Self {
        let mut map = OffsetMap::starting_at(skipped);
        map.push(length, length, (1, 1));
        map
    }

    /// An empty map whose text begins at a byte of the file.
    pub(super) fn starting_at(file: usize) -> Self {
        OffsetMap { runs: Vec::new(), end: (0, file as u32), within: None }
    }

    /// Goes on at a byte of the file: what lies between stands not in the text.
    pub(super) fn jump(&mut self, file: usize) {
        self.end.1 = file as u32;
    }

    /// The same of a text that was gathered from another one, which has its own way to the file.
    pub(super) fn within(self, outer: Arc<Outer>) -> OffsetMap {
        OffsetMap { within: Some(outer), ..self }
    }

    /// Line and column in the file of an offset; `None` where those of the text are those of the file.
    pub(super) fn position(&self, offset: u32) -> Option<Position> {
        let outer = self.within.as_ref()?;
        Some(outer.lines.position(&outer.text, self.inner(offset)))
    }

    /// Appends a stretch of characters that take `unit.0` bytes each in the text and `unit.1` in the file.
    pub(super) fn push(&mut self, text: usize, file: usize, unit: (u32, u32)) {
        let (at_text, at_file) = self.end;
        let goes_on = |last: &OffsetRun| last.unit == unit && last.at(at_text) == at_file;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(OffsetRun { text: at_text, file: at_file, unit });
        }
        self.end = (at_text + text as u32, at_file + file as u32);
    }

    /// The byte of the file where the byte `offset` of the text stands. An offset past the end gives the end.
    pub fn to_file(&self, offset: u32) -> u32 {
        self.outer(self.inner(offset))
    }

    /// The byte of the file behind the character that ends before an offset: what stands between that and the next is none of it.
    pub fn to_file_end(&self, offset: u32) -> u32 {
        let Some(before) = offset.checked_sub(1).filter(|_| self.within.is_some()) else { return self.to_file(offset) };
        self.outer(self.behind(before))
    }

    /// Where the bytes of a stretch stand, and whether they are the same there, byte for byte.
    pub(super) fn stretch(&self, from: usize, to: usize) -> (usize, usize, bool) {
        let (first, last) = (from as u32, to.saturating_sub(1) as u32);
        let plain = self.run(first).is_some_and(|run| run.unit == (1, 1) && self.run(last) == Some(run));
        (self.inner(first) as usize, self.behind(last) as usize, plain)
    }

    /// The byte behind the character that a byte of the text belongs to.
    fn behind(&self, offset: u32) -> u32 {
        self.run(offset).map_or(self.end.1, |run| run.at(offset) + run.unit.1)
    }

    /// From the text that this one was gathered from to the file.
    fn outer(&self, at: u32) -> u32 {
        self.within.as_ref().map_or(at, |outer| outer.map.to_file(at))
    }

    fn inner(&self, offset: u32) -> u32 {
        let run = self.run(offset).filter(|_| offset < self.end.0);
        run.map_or(self.end.1, |run| run.at(offset))
    }

    /// The run of a byte of the text.
    fn run(&self, offset: u32) -> Option<&OffsetRun> {
        self.runs[..self.runs.partition_point(|r| r.text <= offset)].last()
    }

    /// Whether text and file have the same offsets everywhere.
    pub fn is_identity(&self) -> bool {
        self.within.is_none()
            && self.runs.iter().all(|r| r.text == r.file && r.unit.0 == r.unit.1)
            && self.end.0 == self.end.1
    }
}
