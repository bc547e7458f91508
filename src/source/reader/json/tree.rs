//! The values of JSON, each with its place.
//!
//! Comes in: text that the library has found sound. Goes out: its values in the order of the text. Nothing is copied,
//! and nothing calls itself, however deep the values nest.

use crate::source::reader::html::Value;
use crate::text::Span;

/// Most values of a file.
const MOST: usize = 1 << 23;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    String,
    Number,
    /// True, false, or null.
    Word,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    kind: Kind,
    /// With its quotation marks; of objects and arrays where they begin.
    span: Span,
    /// One past its last descendant.
    end: u32,
}

/// Why there is no tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// What is wrong, in which line, and at which byte of it.
    Broken(String, usize, usize),
    /// There are too many values.
    TooMany,
}

/// The values of a text; the first is the whole.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    pub(super) text: &'t str,
    nodes: Vec<Node>,
    /// Whether some values lie deeper than is read.
    pub(super) is_cut: bool,
    most_depth: usize,
}

impl<'t> Tree<'t> {
    /// The values of a text, of which those that lie deeper in others than `most_depth` are left out.
    pub(super) fn new(text: &'t str, most_depth: u32) -> Result<Tree<'t>, Refused> {
        let mut tree = Tree { text, nodes: Vec::new(), is_cut: false, most_depth: most_depth as usize };
        tree.add(0, text.len())?;
        Ok(tree)
    }

    /// An array of the values that stand one on each line; what is wrong with a line is told.
    pub(super) fn of_lines(
        text: &'t str,
        most_depth: u32,
        mut tell: impl FnMut(u32, String),
    ) -> Result<Tree<'t>, Refused> {
        let mut tree = Tree { text, nodes: Vec::new(), is_cut: false, most_depth: most_depth as usize };
        tree.nodes.push(Node { kind: Kind::Array, span: Span::default(), end: 0 });
        let mut at = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let end = at + line.len();
            if !line.trim().is_empty() {
                match tree.add(at, end) {
                    Err(Refused::Broken(why, _, column)) => {
                        tell(number as u32 + 1, format!("in column {column}: {why}"))
                    }
                    other => other?,
                }
            }
            at = end;
        }
        tree.nodes[0].end = tree.nodes.len() as u32;
        Ok(tree)
    }

    /// Adds the value of a stretch.
    fn add(&mut self, mut at: usize, end: usize) -> Result<(), Refused> {
        let text = self.text.get(..end).unwrap_or_default();
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text.get(at..).unwrap_or_default().trim_end())
        {
            let (line, column) = (error.line(), error.column());
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or_default().to_owned();
            return Err(Refused::Broken(why, line, column));
        }
        let bytes = text.as_bytes();
        let mut open: Vec<usize> = Vec::new();
        // How many objects and arrays are open that lie too deep.
        let mut below = 0usize;
        while let Some(first) = bytes.get(at) {
            let from = at;
            at += 1;
            let kind = match first {
                b'{' => Kind::Object,
                b'[' => Kind::Array,
                b'"' => {
                    at = closing(bytes, at);
                    Kind::String
                }
                b'}' | b']' => {
                    match below.checked_sub(1) {
                        Some(fewer) => below = fewer,
                        None => self.close(open.pop()),
                    }
                    continue;
                }
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let ends = |b: &u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
                    at = bytes[at..].iter().position(ends).map_or(bytes.len(), |length| at + length);
                    if first.is_ascii_lowercase() { Kind::Word } else { Kind::Number }
                }
                _ => continue,
            };
            let holds = matches!(kind, Kind::Object | Kind::Array);
            if below == 0 {
                if self.nodes.len() >= MOST {
                    return Err(Refused::TooMany);
                }
                let node = self.nodes.len();
                self.nodes.push(Node { kind, span: Span::new(from, at), end: node as u32 + 1 });
                if holds && open.len() < self.most_depth {
                    open.push(node);
                    continue;
                }
            }
            if holds {
                below += 1;
                self.is_cut = true;
            }
        }
        Ok(())
    }

    fn close(&mut self, node: Option<usize>) {
        let end = self.nodes.len() as u32;
        if let Some(node) = node.and_then(|at| self.nodes.get_mut(at)) {
            node.end = end;
        }
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.nodes.get(at).map_or(Kind::Word, |node| node.kind)
    }

    /// One past the last value within a value.
    pub(super) fn end(&self, at: usize) -> usize {
        self.nodes.get(at).map_or(at + 1, |node| node.end as usize)
    }

    /// Where a value stands; a string without its quotation marks.
    pub(super) fn span(&self, at: usize) -> Span {
        let span = self.nodes.get(at).map_or(Span::default(), |node| node.span);
        match self.kind(at) {
            Kind::String => Span { start: span.start + 1, end: span.end.saturating_sub(1).max(span.start + 1) },
            _ => span,
        }
    }

    /// A string, number or word as it is written.
    pub(super) fn raw(&self, at: usize) -> &'t str {
        self.span(at).of(self.text)
    }

    /// The values right in an array.
    pub(super) fn items(&self, array: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.end(array);
        let first = Some(array + 1).filter(|at| *at < end && self.kind(array) == Kind::Array);
        std::iter::successors(first, move |at| Some(self.end(*at)).filter(|at| *at < end))
    }

    /// The keys of an object, each with its value.
    pub(super) fn entries(&self, object: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let end = self.end(object);
        let first = Some(object + 1).filter(|at| at + 1 < end && self.kind(object) == Kind::Object);
        let keys = std::iter::successors(first, move |key| Some(self.end(key + 1)).filter(|at| at + 1 < end));
        keys.map(|key| (key, key + 1))
    }

    /// The value of a key.
    pub(super) fn get(&self, object: usize, key: &str) -> Option<usize> {
        self.entries(object).find(|(k, _)| self.raw(*k) == key).map(|(_, value)| value)
    }

    /// A string with its escapes undone.
    pub(super) fn string(&self, at: usize) -> Value {
        let (raw, start) = (self.raw(at), self.span(at).start as usize);
        let (mut value, mut from) = (Value::new(), 0);
        while let Some(length) = memchr::memchr(b'\\', &raw.as_bytes()[from..]) {
            value.add(&raw[from..from + length], start + from);
            let (c, bytes) = escape(&raw[from + length..]);
            // No text has a NUL.
            if c != '\0' {
                value.put(c, start + from + length, bytes);
            }
            from += length + bytes;
        }
        value.add(&raw[from..], start + from);
        value
    }
}

/// Behind the quotation mark that closes a string.
fn closing(bytes: &[u8], mut at: usize) -> usize {
    while let Some(length) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += length + 1;
        if bytes[at - 1] == b'"' {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// The character of the escape that a text begins with, and the bytes that it takes.
fn escape(raw: &str) -> (char, usize) {
    let unit = |from: usize| u16::from_str_radix(raw.get(from..from + 4)?, 16).ok();
    match raw.as_bytes().get(1) {
        Some(b'u') => {
            let Some(first) = unit(2) else { return (char::REPLACEMENT_CHARACTER, raw.len().min(2)) };
            let second = unit(8).filter(|_| raw.get(6..8) == Some("\\u"));
            let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
            // The second half of a pair does not stand alone.
            match (pair, char::from_u32(u32::from(first))) {
                (_, Some(c)) => (c, 6),
                (Some(c), None) => (c, 12),
                (None, None) => (char::REPLACEMENT_CHARACTER, 6),
            }
        }
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b' | b'f') => (' ', 2),
        Some(c) if c.is_ascii() => (char::from(*c), 2),
        _ => (char::REPLACEMENT_CHARACTER, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_their_places() {
        let text = r#" {"a": [1, -2.5e3, "x\"]"], "b\\": {}, "c": {"d": null, "e": true}} "#;
        let tree = Tree::new(text, 9).unwrap();
        let shown: Vec<_> = tree.entries(0).map(|(k, v)| (tree.raw(k), tree.kind(v))).collect();
        assert_eq!(shown, [("a", Kind::Array), ("b\\\\", Kind::Object), ("c", Kind::Object)]);
        let items: Vec<_> = tree.items(tree.get(0, "a").unwrap()).map(|at| tree.raw(at)).collect();
        assert_eq!(items, ["1", "-2.5e3", "x\\\"]"]);
        assert_eq!(tree.entries(tree.get(0, "b\\\\").unwrap()).count(), 0);
        assert_eq!(tree.entries(tree.get(0, "c").unwrap()).count(), 2);
        assert_eq!(tree.items(0).count(), 0);
    }

    #[test]
    fn escapes_and_their_places() {
        let text = r#""a\u00e9\n\ud83c\udfe0 \ud800x\u0000\/\"""#;
        let value = Tree::new(text, 9).unwrap().string(0);
        assert_eq!(value.text, "aé\n🏠 \u{fffd}x/\"");
        for raw in ["\\", "\\u12", "\\u12é4", "\\é", "\\u+123"] {
            let (_, bytes) = escape(raw);
            assert!(raw.is_char_boundary(bytes), "{raw}");
        }
    }

    #[test]
    fn what_lies_too_deep_is_left_out() {
        let text = r#"{"a": {"b": {"c": [1, {"d": 2}]}, "e": 3}, "f": 4}"#;
        let tree = Tree::new(text, 2).unwrap();
        assert!(tree.is_cut);
        let a = tree.get(0, "a").unwrap();
        assert_eq!(
            tree.entries(a).map(|(k, v)| (tree.raw(k), tree.entries(v).count())).collect::<Vec<_>>(),
            [("b", 0), ("e", 0)]
        );
        assert_eq!(tree.get(0, "f").map(|at| tree.raw(at)), Some("4"));
        let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
        assert!(Tree::new(&deep, 64).unwrap().is_cut);
    }

    #[test]
    fn what_is_broken_is_told() {
        assert!(matches!(Tree::new("{\"a\": 1,\n \"b\" 2}", 9), Err(Refused::Broken(_, 2, 6))));
        let mut told = Vec::new();
        let tree = Tree::of_lines("{\"a\":1}\n\n{\"a\":\n[2]\r\n3 4", 9, |line, why| told.push((line, why))).unwrap();
        assert_eq!(tree.items(0).map(|at| tree.kind(at)).collect::<Vec<_>>(), [Kind::Object, Kind::Array]);
        assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 5]);
    }
}
