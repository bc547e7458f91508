//! Strings that another file keeps and writes in its own way, as with escapes; many hold HTML.
//!
//! Comes in: a string piece by piece, each with its place in the text of the file. Goes out: blocks with these places.

use super::add;
use crate::source::blocks::Blocks;
use crate::source::reader::PieceKind;
use crate::source::{OffsetMap, bullet};
use crate::text::one_line;

/// Longest reference to a character that tells that a string is HTML.
const REFERENCE: usize = 32;
/// What opens an element that stands on lines of its own, or a line.
const BLOCKS: [&str; 15] = [
    "<p", "<div", "<br", "<li", "<h1", "<h2", "<h3", "<h4", "<h5", "<h6", "<table", "<block", "<section", "<dt",
    "<article",
];

/// A string as it is meant.
#[derive(Debug)]
pub(in crate::source::reader) struct Value {
    pub(in crate::source::reader) text: String,
    /// From the string to the text of the file.
    map: OffsetMap,
}

impl Value {
    pub(in crate::source::reader) fn new() -> Value {
        Value { text: String::new(), map: OffsetMap::starting_at(0) }
    }

    /// Goes on with words that stand in the file as they are.
    pub(in crate::source::reader) fn add(&mut self, words: &str, at: usize) {
        if !words.is_empty() {
            self.map.jump(at);
            self.map.push(words.len(), words.len(), (1, 1));
            self.text.push_str(words);
        }
    }

    /// Goes on with a character that takes so many bytes of the file.
    pub(in crate::source::reader) fn put(&mut self, c: char, at: usize, bytes: usize) {
        self.map.jump(at);
        self.map.push(c.len_utf8(), bytes, (c.len_utf8() as u32, bytes as u32));
        self.text.push(c);
    }

    /// Whether the string holds elements of HTML.
    pub(in crate::source::reader) fn is_html(&self) -> bool {
        let letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
        let text = self.text.trim_start();
        let first = text
            .strip_prefix('<')
            .is_some_and(|rest| letter(rest) || rest.starts_with("!--") || rest.starts_with("!d"));
        let opens = |rest: &str| ["<br", "<p>"].iter().any(|tag| begins(rest, tag));
        first || places(text, '<').any(|rest| rest[1..].strip_prefix('/').is_some_and(letter) || opens(rest))
    }

    /// Whether it refers to characters as HTML does.
    pub(in crate::source::reader) fn has_references(&self) -> bool {
        places(&self.text, '&').any(|rest| {
            let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or_default();
            (1..REFERENCE).contains(&end) && rest[1 + end..].starts_with(';')
        })
    }

    /// Adds the string as blocks: as HTML where it looks like that.
    pub(in crate::source::reader) fn write(self, blocks: &mut Blocks) {
        if self.is_html() || self.has_references() { self.write_html(blocks) } else { self.write_plain(blocks) }
    }

    /// Adds plain text: what blank lines part, else what line breaks part; items of lists.
    pub(in crate::source::reader) fn write_plain(self, blocks: &mut Blocks) {
        let Value { text, map } = self;
        let each = !has_blank_lines(&text);
        blocks.through(map, |blocks| {
            let (mut kind, mut at) = (PieceKind::Paragraph, 0);
            for line in text.split_inclusive('\n') {
                let mark = bullet(line);
                if each || mark > 0 || line.trim().is_empty() {
                    blocks.end(kind);
                    kind = if mark > 0 { PieceKind::Item } else { PieceKind::Paragraph };
                }
                blocks.add(&line[mark..], at + mark);
                at += line.len();
            }
            blocks.end(kind);
        });
    }

    /// Adds HTML. Where it opens no paragraphs, they are parted as in plain text.
    pub(in crate::source::reader) fn write_html(self, blocks: &mut Blocks) {
        let each = !self.is_html() && !has_blank_lines(&self.text);
        let Value { text, map } = self;
        let whole = places(&text, '<').any(|rest| BLOCKS.iter().any(|tag| begins(rest, tag)));
        blocks.through(map, |blocks| {
            let (mut from, mut at) = (0, 0);
            for line in text.split_inclusive('\n') {
                at += line.len();
                if at == text.len() || !whole && (each || line.trim().is_empty()) {
                    blocks.count_from(from);
                    add(&text[from..at], blocks);
                    from = at;
                }
            }
        });
    }

    /// Adds the string to the open block, all in one line.
    pub(in crate::source::reader) fn write_line(self, blocks: &mut Blocks) {
        if self.is_html() || self.has_references() {
            return self.write_html(blocks);
        }
        let Value { text, map } = self;
        blocks.through(map, |blocks| blocks.add(&text, 0));
    }

    /// The string in one line, without elements.
    pub(in crate::source::reader) fn line(self) -> String {
        let mut blocks = Blocks::new();
        self.write_line(&mut blocks);
        one_line(&blocks.finish().text)
    }
}

fn has_blank_lines(text: &str) -> bool {
    text.trim().lines().any(|line| line.trim().is_empty())
}

/// What follows each place of a character, from it on.
fn places(text: &str, of: char) -> impl Iterator<Item = &str> {
    text.match_indices(of).map(|(at, _)| &text[at..])
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        let mut value = Value::new();
        value.add(text, 0);
        value
    }

    #[track_caller]
    fn check(text: &str, expected: &[(PieceKind, &str)]) {
        let mut blocks = Blocks::new();
        value(text).write(&mut blocks);
        let gathered = blocks.finish();
        let shown: Vec<_> = gathered.pieces.iter().map(|p| (p.kind, p.span.of(&gathered.text))).collect();
        assert_eq!(shown, expected);
        let whole = value(text);
        for piece in &gathered.pieces {
            let from = gathered.map.to_file(piece.span.start) as usize;
            assert!(whole.text[from..].starts_with(&piece.span.of(&gathered.text)[..1]));
        }
    }

    #[test]
    fn plain_and_html() {
        use PieceKind::{Heading, Item, Paragraph};
        check("One mill.\nTwo\r\nmills.", &[(Paragraph, "One mill."), (Paragraph, "Two"), (Paragraph, "mills.")]);
        check("One\nmill.\r\n\r\nTwo < three.\n", &[(Paragraph, "One mill."), (Paragraph, "Two < three.")]);
        check(
            "Mills:\n- one\n  wheel\n- two\n\nEnd",
            &[(Paragraph, "Mills:"), (Item, "one wheel"), (Item, "two"), (Paragraph, "End")],
        );
        check("<h2>A mill</h2>One<br>wheel.", &[(Heading(2), "A mill"), (Paragraph, "One wheel.")]);
        check("One <b>big</b> mill.\n\nTwo <i>more</i>.", &[(Paragraph, "One big mill."), (Paragraph, "Two more.")]);
        check("A &amp; B\nC", &[(Paragraph, "A & B"), (Paragraph, "C")]);
        check("", &[]);
    }

    #[test]
    fn what_is_html() {
        for (text, html) in [
            ("a < b", false),
            ("<b", true),
            ("x <br/> y", true),
            ("</", false),
            ("a</i>", true),
            ("<3 mills", false),
            ("<", false),
        ] {
            assert_eq!(value(text).is_html(), html, "{text}");
        }
        for (text, refers) in
            [("Q&A; yes", true), ("R&D", false), ("&#8217;", true), ("& ;", false), ("&", false), ("&é;", false)]
        {
            assert_eq!(value(text).has_references(), refers, "{text}");
        }
        assert_eq!(value(" Mill &amp; <i>weir</i>\n").line(), "Mill & weir");
    }
}
