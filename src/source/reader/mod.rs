//! One reader a format.
//!
//! Comes in: the bytes of a file. Goes out: its text, the way back, and what it says about itself. A new format is a
//! file here, its `mod` line, and a row in [`READERS`]; nothing else lists formats.

mod html;
mod md;
mod txt;

use super::front::{self, Front};
use super::{Basis, OffsetMap, decode};
use crate::problem::Problem;
use crate::text::Span;

/// Every reader. The first is tried on named files of unknown extension.
pub const READERS: &[&dyn Reader] = &[&txt::Txt, &md::Md, &html::Html];

/// Reads one format.
pub trait Reader: Sync {
    /// The format as reports name it: the first of the extensions.
    fn name(&self) -> &'static str;

    /// Extensions in lower case without the dot; no two readers share one.
    fn extensions(&self) -> &'static [&'static str];

    /// One line for the manual.
    fn help(&self) -> &'static str;

    /// Whether a file of unknown extension is of this format, by how it begins.
    fn knows(&self, _bytes: &[u8]) -> bool {
        false
    }

    /// Reads the bytes of a file. `None` when there is nothing to read; `problems` then says why.
    fn read(&self, bytes: &[u8], path: &str, problems: &mut Vec<Problem>) -> Option<ReaderOutput>;
}

/// How the text of a document shows its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// By lines, blank lines and bullets.
    Plain,
    /// By CommonMark with tables.
    Markdown,
    /// By the blocks that its reader has found.
    Blocks,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// A heading with its rank, from 1 down.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A paragraph of a block quotation.
    Quote,
    /// A cell of a table.
    Cell {
        /// Number of the table in the document, from 0.
        table: u32,
        /// Row from 0.
        row: u32,
        /// Column from 0.
        column: u32,
        /// Whether it is marked as a header.
        head: bool,
    },
}

/// A block that a reader has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it stands in the text: trimmed, never empty.
    pub span: Span,
}

/// What a reader makes of a file.
#[derive(Debug)]
pub struct ReaderOutput {
    /// The text; all spans are into it.
    pub text: String,
    /// From the text back to the file.
    pub map: OffsetMap,
    /// What the spans of reports are into.
    pub basis: Basis,
    /// How the text shows its structure.
    pub markup: Markup,
    /// Its blocks in the order of the text, where the reader finds them.
    pub pieces: Vec<Piece>,
    /// What the document says about itself.
    pub front: Front,
}

/// The reader of an extension, in any case.
pub fn by_extension(extension: &str) -> Option<&'static dyn Reader> {
    let extension = extension.to_ascii_lowercase();
    READERS.iter().copied().find(|r| r.extensions().contains(&extension.as_str()))
}

/// The common start of the text formats.
fn decode_with_front(bytes: &[u8], path: &str, markup: Markup, problems: &mut Vec<Problem>) -> Option<ReaderOutput> {
    let (text, map) = decode::decode(bytes, path, problems)?;
    let front = front::read(&text, path, problems);
    Some(ReaderOutput { text, map, basis: Basis::File, markup, pieces: Vec::new(), front })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_lists_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/source/reader");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .filter(|name| name != "mod")
            .collect();
        files.sort();
        let mut names: Vec<&str> = READERS.iter().map(|r| r.name()).collect();
        names.sort_unstable();
        assert_eq!(files, names);
    }

    #[test]
    fn extensions_are_lower_case_and_belong_to_one_reader() {
        for reader in READERS {
            assert_eq!(reader.extensions().first(), Some(&reader.name()));
            assert!(!reader.help().is_empty());
            for extension in reader.extensions() {
                let upper = extension.to_ascii_uppercase();
                assert_eq!(by_extension(&upper).map(|r| r.name()), Some(reader.name()));
            }
        }
        assert!(by_extension("exe").is_none());
    }
}
