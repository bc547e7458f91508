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
}

impl LineIndex {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i as u32 + 1));
        LineIndex { starts }
    }

    /// Line and column of a byte offset in the text that was indexed.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.starts.partition_point(|&s| s <= offset).max(1);
        let start = self.starts[line - 1] as usize;
        let column = text.get(start..offset as usize).map_or(0, |s| s.chars().count());
        Position { line: line as u32, column: column as u32 + 1 }
    }

    /// Byte range of a line (from 1) without its line break; `None` past the end.
    pub fn line(&self, text: &str, line: u32) -> Option<super::Span> {
        let start = *self.starts.get(line.checked_sub(1)? as usize)? as usize;
        let end = self.starts.get(line as usize).map_or(text.len(), |&e| e as usize);
        let body = text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(super::Span::new(start, start + body.len()))
    }
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
}
