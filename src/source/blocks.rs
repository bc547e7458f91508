//! Text that a reader puts together, block by block, with the way back to the file.

use super::OffsetMap;
use super::reader::{Piece, PieceKind};
use crate::text::{Span, one_line};

/// What lies between two blocks: a blank line, as in plain text.
const GAP: &str = "\n\n";

/// The blocks of a document while its reader finds them. White space within a block is one space, and around it none;
/// blocks that would be empty are none.
#[derive(Debug)]
pub(super) struct Blocks {
    text: String,
    map: OffsetMap,
    pieces: Vec<Piece>,
    pages: Vec<u32>,
    /// Where the block that is open begins in the text.
    begun: Option<usize>,
    /// Where in the file the white space stands that has not been written yet.
    blank: Option<usize>,
    /// Where the body begins.
    body: usize,
    /// Of words that come from a value in the file: the way from that to the file, and where in it they count from.
    through: Option<(OffsetMap, usize)>,
    /// How many tables there are.
    tables: u32,
}

/// The blocks that a reader has found.
pub(super) struct Gathered {
    pub(super) text: String,
    pub(super) map: OffsetMap,
    pub(super) pieces: Vec<Piece>,
    /// Where each page begins in the text.
    pub(super) pages: Vec<u32>,
    /// Where the body begins in the text: behind a title that stands nowhere in it.
    pub(super) body: usize,
}

impl Blocks {
    pub(super) fn new() -> Blocks {
        Blocks {
            text: String::new(),
            map: OffsetMap::starting_at(0),
            pieces: Vec::new(),
            pages: Vec::new(),
            begun: None,
            blank: None,
            body: 0,
            through: None,
            tables: 0,
        }
    }

    /// Adds what a value holds that the file writes in another way, as with escapes: until then all places are in that value,
    /// and the map leads from there to the file.
    pub(super) fn through(&mut self, map: OffsetMap, add: impl FnOnce(&mut Blocks)) {
        self.through = Some((map, 0));
        add(self);
        self.through = None;
    }

    /// Of a value: from now on places count from a byte of it.
    pub(super) fn count_from(&mut self, byte: usize) {
        if let Some((_, from)) = &mut self.through {
            *from = byte;
        }
    }

    /// The number of a new table.
    pub(super) fn table(&mut self) -> u32 {
        self.tables += 1;
        self.tables - 1
    }

    /// Bytes of the text so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds words to the open block that stand as they are at a byte of the file. Of extracted text, which has no place in the
    /// file, `at` says nothing.
    pub(super) fn add(&mut self, words: &str, at: usize) {
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let blank = first.is_whitespace();
            let end = rest.find(|c: char| c.is_whitespace() != blank).unwrap_or(rest.len());
            let from = at + (words.len() - rest.len());
            if blank {
                self.blank(from);
            } else {
                self.put(&rest[..end], from, end);
            }
            rest = &rest[end..];
        }
    }

    /// Adds white space that stands at a byte of the file.
    pub(super) fn blank(&mut self, at: usize) {
        let at = self.through.as_ref().map_or(at, |(map, base)| map.stretch(base + at, base + at + 1).0);
        self.blank.get_or_insert(at);
    }

    /// Adds words without white space that take so many bytes of the file from one on: `&amp;` is one character. None that no
    /// text has.
    pub(super) fn put(&mut self, words: &str, at: usize, bytes: usize) {
        if words.contains('\0') {
            return;
        }
        let Some((map, base)) = self.through.take() else { return self.place(words, at, bytes) };
        let at = base + at;
        let (from, to, plain) = map.stretch(at, at + bytes);
        if plain || words.len() != bytes {
            self.place(words, from, to.saturating_sub(from));
        } else {
            for (i, c) in words.char_indices() {
                let (from, to, _) = map.stretch(at + i, at + i + c.len_utf8());
                self.place(c.encode_utf8(&mut [0; 4]), from, to.saturating_sub(from));
            }
        }
        self.through = Some((map, base));
    }

    fn place(&mut self, words: &str, at: usize, bytes: usize) {
        if let (Some(blank), Some(_)) = (self.blank.take(), self.begun) {
            self.map.jump(blank);
            self.map.push(1, 1, (1, 1));
            self.text.push(' ');
        }
        self.begun.get_or_insert(self.text.len());
        self.map.jump(at);
        let plain = words.len() == bytes;
        self.map.push(words.len(), bytes, if plain { (1, 1) } else { (words.len() as u32, bytes as u32) });
        self.text.push_str(words);
    }

    /// Ends the open block, if anything was added to it.
    pub(super) fn end(&mut self, kind: PieceKind) {
        self.blank = None;
        let Some(begun) = self.begun.take() else { return };
        self.pieces.push(Piece { kind, span: Span::new(begun, self.text.len()) });
        self.map.push(GAP.len(), 0, (1, 0));
        self.text.push_str(GAP);
    }

    /// A block of extracted text.
    pub(super) fn block(&mut self, kind: PieceKind, words: &str) {
        self.add(words, 0);
        self.end(kind);
    }

    /// A new page begins.
    pub(super) fn page(&mut self) {
        self.pages.push(self.text.len() as u32);
    }

    /// What was added so far stands before the body: it is the title. Its words, if any, and where they stand.
    pub(super) fn begin_body(&mut self) -> Option<(String, Span)> {
        self.end(PieceKind::Paragraph);
        self.body = self.text.len();
        let pieces = std::mem::take(&mut self.pieces);
        let span = pieces.first()?.span.join(pieces.last()?.span);
        Some((one_line(span.of(&self.text)), span))
    }

    /// All blocks, with the way back to the file.
    pub(super) fn finish(mut self) -> Gathered {
        self.end(PieceKind::Paragraph);
        let Blocks { text, map, pieces, pages, body, .. } = self;
        Gathered { text, map, pieces, pages, body }
    }

    /// All blocks of extracted text: its places are its own.
    pub(super) fn extracted(self) -> Gathered {
        let gathered = self.finish();
        Gathered { map: OffsetMap::shifted(0, gathered.text.len()), ..gathered }
    }
}
