//! From byte offsets to lines and columns.

/// A place as people count: both from 1, the column in Unicode scalars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalars, from 1.
    pub column: u32,
}

/// The offsets at which lines begin. Lines end at `\n`.
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Scalars before every [`STRIDE`]th byte, so that a column far into a long line is not counted from its start.
    scalars: Vec<u32>,
}

/// Bytes between two marks of [`LineIndex`].
const STRIDE: usize = 1_024;

impl LineIndex {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i as u32 + 1));
        let mut scalars = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            count += begun(chunk);
            scalars.push(count);
        }
        LineIndex { starts, scalars }
    }

    /// Line and column of a byte offset in the text that was indexed.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line_of(offset);
        let start = self.starts[line as usize - 1];
        let column = self.before(text, offset).saturating_sub(self.before(text, start));
        Position { line, column: column + 1 }
    }

    /// Line of a byte offset, from 1.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&s| s <= offset).max(1) as u32
    }

    /// Number of scalars that begin before an offset.
    fn before(&self, text: &str, offset: u32) -> u32 {
        let offset = (offset as usize).min(text.len());
        let mark = offset / STRIDE;
        let counted = self.scalars.get(mark).copied().unwrap_or_default();
        counted + text.as_bytes().get(mark * STRIDE..offset).map_or(0, begun)
    }

    /// Byte range of a line (from 1) without its line break; `None` past the end.
    pub fn line(&self, text: &str, line: u32) -> Option<super::Span> {
        let start = *self.starts.get(line.checked_sub(1)? as usize)? as usize;
        let end = self.starts.get(line as usize).map_or(text.len(), |&e| e as usize);
        let body = text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(super::Span::new(start, start + body.len()))
    }
}

/// How many scalars begin in some bytes of UTF-8: all but the continuation bytes.
fn begun(bytes: &[u8]) -> u32 {
    count_bytes(bytes, |b| (b & 0xc0) != 0x80) as u32
}

/// How many bytes are of a kind. Counted in bytes, so that the compiler takes many at once.
pub(crate) fn count_bytes(bytes: &[u8], kind: impl Fn(u8) -> bool) -> usize {
    bytes
        .chunks(usize::from(u8::MAX))
        .map(|part| usize::from(part.iter().map(|b| u8::from(kind(*b))).sum::<u8>()))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalars() {
        let text = "é1\nzwei\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.position(text, 2), Position { line: 1, column: 2 });
        assert_eq!(lines.position(text, 4), Position { line: 2, column: 1 });
        assert_eq!(lines.line(text, 2).map(|s| s.of(text)), Some("zwei"));
        assert_eq!(lines.line(text, 9), None);
    }

    #[test]
    fn columns_far_into_a_line() {
        let text = format!("one\n{}x", "é".repeat(3_000));
        let lines = LineIndex::new(&text);
        assert_eq!(lines.position(&text, text.len() as u32 - 1), Position { line: 2, column: 3_001 });
    }
}
