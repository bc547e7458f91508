//! One reader a format.
//!
//! Comes in: the bytes of a file. Goes out: its text, or several, each with the way back and what it says about itself. A new
//! format is a file here, its `mod` line, and a row in [`READERS`]; nothing else lists formats.

mod csv;
mod docx;
mod epub;
mod feed;
mod gz;
mod html;
mod json;
mod jsonl;
mod md;
mod odt;
mod pdf;
mod txt;
mod warc;
mod xlsx;
mod zip;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::apart::{self, Failed};
use super::blocks::{Blocks, Gathered};
use super::front::{self, Front};
use super::offset::Outer;
use super::title::Title;
use super::{Basis, OffsetMap, ReadOptions, decode, own};
use crate::problem::{Level, Problem};
use crate::text::Span;

/// Every reader. The first is tried on named files of unknown extension.
pub const READERS: &[&dyn Reader] = &[
    &txt::Txt,
    &md::Md,
    &html::Html,
    &json::Json,
    &jsonl::Jsonl,
    &feed::Feed,
    &csv::Csv,
    &docx::Docx,
    &odt::Odt,
    &epub::Epub,
    &xlsx::Xlsx,
    &pdf::Pdf,
    &zip::Zip,
    &gz::Gz,
    &warc::Warc,
];

/// What a reader is given.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The bytes of the file.
    pub bytes: &'a [u8],
    /// The path as shown to users, for problems.
    pub path: &'a str,
    /// What reading may cost, and what of a format the user has chosen.
    pub options: &'a ReadOptions,
    /// Bytes that the whole file has unpacked to so far.
    pub unpacked: &'a AtomicU64,
    /// In how many archives it lies.
    pub depth: u32,
}

/// Reads one format.
pub trait Reader: Sync {
    /// The format as reports name it: the first of the extensions.
    fn name(&self) -> &'static str;

    /// Extensions in lower case without the dot; no two readers share one.
    fn extensions(&self) -> &'static [&'static str];

    /// One line for the manual.
    fn help(&self) -> &'static str;

    /// Whether a file is of this format whatever it is called, by its bytes.
    fn knows(&self, _bytes: &[u8]) -> bool {
        false
    }

    /// Formats that are this one as well, and more: a file whose name says that it is one of them is read as such.
    fn kinds(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether other people's code takes the file apart, which may panic or take without end: it is run apart.
    fn is_foreign(&self) -> bool {
        false
    }

    /// Reads a file: one document, or several. None when there is nothing to read; `problems` then says why.
    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput>;
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
    /// What stands behind the id of the file where that holds several documents: `#2`, or `/a.txt` of an archive.
    pub part: String,
    /// The format of a member of an archive.
    pub format: Option<&'static str>,
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
    /// Where each page begins in the text, if it has pages.
    pub pages: Vec<u32>,
    /// What the document says about itself.
    pub front: Front,
}

impl ReaderOutput {
    /// The one document of a file: its text with the way back. Blocks and pages it has none yet.
    pub(super) fn new((text, map): (String, OffsetMap), basis: Basis, markup: Markup, front: Front) -> ReaderOutput {
        let (part, pieces, pages) = (String::new(), Vec::new(), Vec::new());
        ReaderOutput { part, format: None, text, map, basis, markup, pieces, pages, front }
    }

    /// A document of blocks whose places are those of a file that was decoded, `within` being its text and the way from there to its bytes.
    fn of_file(gathered: Gathered, within: (String, OffsetMap), front: Front) -> ReaderOutput {
        ReaderOutput::of_part(gathered, &Outer::new(within.0, within.1), front)
    }

    /// One of several such documents of one file.
    fn of_part(gathered: Gathered, within: &Arc<Outer>, front: Front) -> ReaderOutput {
        let map = gathered.map.within(Arc::clone(within));
        ReaderOutput { basis: Basis::File, ..ReaderOutput::extracted(Gathered { map, ..gathered }, front) }
    }

    /// A document of blocks of extracted text.
    fn extracted(gathered: Gathered, front: Front) -> ReaderOutput {
        let Gathered { text, map, pieces, pages, body } = gathered;
        let front = Front { end: body, ..front };
        let whole = ReaderOutput::new((text, map), Basis::Extracted, Markup::Blocks, front);
        ReaderOutput { pieces, pages, ..whole }
    }

    /// The same with a title: a heading of the text, if that has it, else words that come before the body.
    fn titled(gathered: Gathered, title: Option<Title>, mut front: Front) -> ReaderOutput {
        match title {
            Some(Title::Within(span, place)) => {
                let words = span.of(&gathered.text).to_owned();
                front.title = front.keep("title", Some(((words, span), place.to_owned())));
                ReaderOutput::extracted(gathered, front)
            }
            Some(Title::Before(title, place)) => {
                let mut blocks = Blocks::new();
                blocks.add(&title, 0);
                let stated = blocks.begin_body().map(|title| (title, place.to_owned()));
                front.title = front.keep("title", stated);
                for piece in &gathered.pieces {
                    blocks.block(piece.kind, piece.span.of(&gathered.text));
                }
                ReaderOutput::extracted(blocks.extracted(), front)
            }
            None => ReaderOutput::extracted(gathered, front),
        }
    }
}

/// The reader of an extension, in any case.
pub fn by_extension(extension: &str) -> Option<&'static dyn Reader> {
    let extension = extension.to_ascii_lowercase();
    READERS.iter().copied().find(|r| r.extensions().contains(&extension.as_str()))
}

/// The reader of a name, as `--input-format` gives it.
pub fn by_name(name: &str) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|r| r.name() == name)
}

/// Whether some reader takes a file that begins like this, whatever it is called.
pub(super) fn is_known(bytes: &[u8]) -> bool {
    READERS.iter().any(|r| r.knows(bytes))
}

/// The reader of a file: by its bytes where they tell, else by its extension, else the first of the table.
pub(super) fn of(path: &str, bytes: &[u8], options: &ReadOptions) -> &'static dyn Reader {
    let chosen = options.input_format.filter(|_| path == "-").and_then(by_name);
    let name = path.rsplit('/').next().unwrap_or(path);
    let named = || name.rsplit_once('.').and_then(|(_, extension)| by_extension(extension));
    let known = || {
        let reader = READERS.iter().copied().find(|r| r.knows(bytes))?;
        named().filter(|named| reader.kinds().contains(&named.name())).or(Some(reader))
    };
    chosen.or_else(known).or_else(named).unwrap_or(READERS[0])
}

/// Reads a file with a reader; code of other people runs apart.
pub(super) fn read(reader: &'static dyn Reader, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
    if !reader.is_foreign() {
        return reader.read(input, problems);
    }
    let (bytes, path, options): (Arc<[u8]>, _, _) = (input.bytes.into(), input.path.to_owned(), input.options.clone());
    let unpacked = Arc::new(AtomicU64::new(input.unpacked.load(Ordering::Relaxed)));
    let (depth, counted) = (input.depth, Arc::clone(&unpacked));
    let work = move || {
        let mut problems = Vec::new();
        let input = Input { bytes: &bytes, path: &path, options: &options, unpacked: &unpacked, depth };
        (reader.read(input, &mut problems), problems)
    };
    let why = match apart::run(input.options.most_time, work) {
        Ok((read, stated)) => {
            input.unpacked.store(counted.load(Ordering::Relaxed), Ordering::Relaxed);
            problems.extend(stated);
            return read;
        }
        Err(Failed::Panicked) => {
            format!("is damaged, so that it cannot be read as {}, and was left out", reader.name())
        }
        Err(Failed::TooLong) => {
            let seconds = input.options.most_time.as_secs_f64();
            format!("took more than {seconds} s to read as {}, and was left out (--max-time)", reader.name())
        }
    };
    problems.push(Problem::new(Level::Error, input.path, why));
    Vec::new()
}

/// Reads what lies in another file and is called `name` there: its documents, each with `part` before its own. Their places are in
/// their texts, since no byte of the file has their words.
fn member(part: &str, name: &str, bytes: &[u8], input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
    let path = format!("{}{part}", input.path);
    if input.depth >= input.options.most_depth {
        let message = format!("lies in more than {} archives (--max-depth)", input.depth);
        problems.push(Problem::new(Level::Error, path, message));
        return Vec::new();
    }
    if own::form(bytes).is_some() {
        return Vec::new();
    }
    let reader = of(name, bytes, input.options);
    let inner = Input { bytes, path: &path, depth: input.depth + 1, ..input };
    let mut all = read(reader, inner, problems);
    for one in &mut all {
        one.part = format!("{part}{}", one.part);
        one.format.get_or_insert(reader.name());
        one.map = OffsetMap::shifted(0, one.text.len());
        one.basis = Basis::Extracted;
    }
    all
}

/// The common start of the text formats.
fn decode_with_front(input: Input<'_>, markup: Markup, problems: &mut Vec<Problem>) -> Option<ReaderOutput> {
    let (text, map) = decode::decode(input.bytes, None, input.path, problems)?;
    let front = front::read(&text, input.path, problems).placed("front matter");
    Some(ReaderOutput::new((text, map), Basis::File, markup, front))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads bytes with a reader, with the limits as they are.
    pub(super) fn read_with(reader: &dyn Reader, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let (options, unpacked) = (ReadOptions::default(), AtomicU64::new(0));
        let input = Input { bytes, path: "x", options: &options, unpacked: &unpacked, depth: 0 };
        reader.read(input, problems)
    }

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
