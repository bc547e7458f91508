//! Documents: text with the way back to the file, and what is known of its publication.
//!
//! Comes in: paths, folders, standard input, or a text in memory. Goes out: [`Document`]s and problems. Nothing here
//! knows what a sentence or a claim is, and nothing is taken from file times or version control.

mod apart;
mod blocks;
mod bullet;
mod dateline;
mod decode;
mod flow;
mod front;
mod headline;
mod ignored;
mod language;
mod line;
mod noise;
mod offset;
mod options;
mod own;
mod packed;
mod passed;
mod properties;
pub mod reader;
mod table;
mod title;
mod unpack;
mod walk;
mod xml;

pub use apart::NAME as READER_THREAD;
pub(crate) use bullet::bullet;
pub use front::Front;
pub(crate) use line::{ends_sentence, lines};
pub(crate) use noise::{is_reference_heading, looks_like_reference};
pub use offset::OffsetMap;
pub use options::{JsonKeys, ReadOptions};
pub use own::{BOOK, MARKDOWN, own};
pub use passed::{Passed, PassedOver};
pub use reader::{Markup, Piece, PieceKind};
pub use walk::{Found, Gathered, Read, WalkOptions, gather, read};

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::problem::{Level, Problem};
use crate::text::{LineIndex, Position, Span, joined};
use reader::{Input, ReaderOutput};

/// What the spans of reports are into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The bytes of the file: decoding the bytes of a span gives its words.
    File,
    /// The text extracted from the file.
    Extracted,
}

/// A text that was read, and what is known of it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path below the argument, with `/`; of a file argument its name; `-` for standard input. Unique in a run.
    pub id: String,
    /// The path as shown to users.
    pub path: String,
    /// Name of the reader.
    pub format: &'static str,
    /// How the text shows its structure.
    pub markup: Markup,
    /// The blocks that its reader has found, if it finds any.
    pub pieces: Vec<Piece>,
    /// What spans are into in reports; see [`Document::report_span`].
    pub basis: Basis,
    /// The decoded text, less than 4 GiB. All spans are into it.
    pub text: String,
    /// From the text to the file.
    pub map: OffsetMap,
    /// Bytes of the file.
    pub bytes: u64,
    /// SHA-256 of what spans are into, the bytes of the file or the extracted text, in lower-case hexadecimal.
    pub sha256: String,
    /// Title.
    pub title: Option<String>,
    /// Where the title stands in the text: in the body or in the front matter.
    pub title_span: Option<Span>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Day of publication, as the document itself gives it.
    pub published: Option<Date>,
    /// Day of its last change, as the document itself gives it.
    pub modified: Option<Date>,
    /// Authors in the order given.
    pub authors: Vec<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Language tag, as the document itself gives it.
    pub language: Option<String>,
    /// Where each of these is stated, by its key in reports.
    pub stated_in: BTreeMap<&'static str, String>,
    /// Where each page begins in the text, if it has pages.
    pub pages: Vec<u32>,
    /// The text after the front matter.
    pub body: Span,
    /// Boilerplate within the body: sorted, disjoint, whole lines.
    pub noise: Vec<Span>,
    /// Regions within the body of which no claim is made, by marks in the text or by the configuration: sorted, disjoint.
    /// They are noise as well.
    pub ignored: Vec<Span>,
    /// Line starts of the text.
    pub lines: LineIndex,
}

impl Document {
    /// A document of a text in memory; the extension of `id` chooses the format, plain text otherwise.
    ///
    /// Any text gives a document: one that no file may hold (empty, or with NUL) has no title, no noise and no markup.
    pub fn from_text(id: &str, text: &str) -> Document {
        let (read, mut problems) = Document::from_bytes(id, text.as_bytes(), &ReadOptions::default());
        read.into_iter().next().unwrap_or_else(|| {
            let whole = (text.to_owned(), OffsetMap::shifted(0, text.len()));
            let output = ReaderOutput::new(whole, Basis::File, Markup::Plain, Front::default());
            assemble((id, id, reader::READERS[0].name()), (text.as_bytes(), &OnceCell::new()), output, &mut problems)
        })
    }

    /// The documents of a file in memory, which is called `id`, and what went wrong. Its format is told as that of a file is.
    pub fn from_bytes(id: &str, bytes: &[u8], options: &ReadOptions) -> (Vec<Document>, Vec<Problem>) {
        let mut problems = Vec::new();
        (from_bytes(id, id, bytes, options, &mut problems), problems)
    }

    /// Leaves regions of the body out: they become noise, and no claim is made of a value in them.
    pub fn ignore(&mut self, spans: Vec<Span>) {
        let all = std::mem::take(&mut self.ignored);
        self.ignored = joined(all.into_iter().chain(spans).collect());
        let noise = std::mem::take(&mut self.noise);
        self.noise = joined(noise.into_iter().chain(self.ignored.iter().copied()).collect());
    }

    /// Whether a span shares a byte with what is left out.
    pub fn ignores(&self, span: Span) -> bool {
        let from = self.ignored.partition_point(|region| region.end <= span.start);
        self.ignored.get(from).is_some_and(|region| region.overlaps(span))
    }

    /// Where the line ends that holds an offset, its line break included.
    pub fn line_end(&self, offset: u32) -> u32 {
        let rest = self.text.as_bytes().get(offset as usize..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.text.len() as u32, |i| offset + i as u32 + 1)
    }

    /// A span as reports give it: in bytes of the file, or of the extracted text.
    pub fn report_span(&self, span: Span) -> Span {
        match self.basis {
            Basis::Extracted => span,
            Basis::File => Span { start: self.map.to_file(span.start), end: self.map.to_file_end(span.end) },
        }
    }

    /// Line and column of an offset as reports give them: in the file, or in the extracted text.
    pub fn position(&self, offset: u32) -> Position {
        self.map.position(offset).unwrap_or_else(|| self.lines.position(&self.text, offset))
    }

    /// The page on which an offset stands, from 1, of a document that has pages.
    pub fn page(&self, offset: u32) -> Option<u32> {
        (!self.pages.is_empty()).then(|| self.pages.partition_point(|start| *start <= offset) as u32)
    }
}

/// Reads the bytes of one input: the documents that it holds.
fn from_bytes(id: &str, path: &str, bytes: &[u8], options: &ReadOptions, problems: &mut Vec<Problem>) -> Vec<Document> {
    let reader = reader::of(path, bytes, options);
    let input = Input { bytes, path, options, unpacked: &AtomicU64::new(0), depth: 0 };
    // That of the file, which all of its documents share.
    let digest = OnceCell::new();
    let mut out = Vec::new();
    for read in reader::read(reader, input, problems) {
        if let Some(stated) = passed::as_text(path, &read.text).filter(|_| reader.name() == reader::READERS[0].name()) {
            problems.push(stated);
        }
        let (id, path) = (format!("{id}{}", read.part), format!("{path}{}", read.part));
        if let Some(language) = language::foreign(&read.text, Span::new(read.front.end, read.text.len())) {
            let message = format!("is in {language} and was left out: belie reads English only");
            problems.push(Problem::new(Level::Error, path, message));
            continue;
        }
        let format = read.format.unwrap_or(reader.name());
        out.push(assemble((&id, &path, format), (bytes, &digest), read, problems));
    }
    out
}

fn assemble(
    (id, path, format): (&str, &str, &'static str),
    (bytes, digest): (&[u8], &OnceCell<String>),
    reading: ReaderOutput,
    problems: &mut Vec<Problem>,
) -> Document {
    let ReaderOutput { part: _, format: _, text, map, basis, markup, pieces, pages, mut front } = reading;
    let body = Span::new(front.end, text.len());
    let (title, title_span) = front.title.take().unzip();
    // A table has no menus and no comments, and its days are not those of the document.
    let cells = || pieces.iter().filter(|piece| matches!(piece.kind, PieceKind::Cell { .. }));
    let tabular = 2 * cells().count() > pieces.len();
    let noise = if tabular { Vec::new() } else { noise::find(&text, body, title_span.filter(|s| body.contains(*s))) };
    if front.published.is_none() {
        front.published = dateline::of_head(&text, body, |at| !cells().any(|cell| cell.span.start as usize == at));
        if front.published.is_some() {
            front.stated_in.insert("published", "dateline".to_owned());
        }
    }
    let lines = LineIndex::new(&text);
    let marked = ignored::marked(&text, body, path, problems);
    let mut document = Document {
        id: id.to_owned(),
        path: path.to_owned(),
        format,
        markup,
        pieces,
        basis,
        map,
        bytes: bytes.len() as u64,
        sha256: match basis {
            Basis::File => digest.get_or_init(|| HEXLOWER.encode(&Sha256::digest(bytes))).clone(),
            Basis::Extracted => HEXLOWER.encode(&Sha256::digest(text.as_bytes())),
        },
        title: title.filter(|t| !t.is_empty()),
        title_span,
        publisher: front.publisher,
        published: front.published,
        modified: front.modified,
        authors: front.authors,
        url: front.url,
        language: front.language,
        stated_in: front.stated_in,
        pages,
        body,
        noise,
        ignored: Vec::new(),
        lines,
        text,
    };
    if !marked.is_empty() {
        document.ignore(marked);
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_memory_is_read_like_a_file() {
        let text = "---\npublisher: Weekly\ndate: 2026-05-19\n---\n# The mill shuts\n\nForty people lose their work.\n";
        let document = Document::from_text("a/b.md", text);
        assert_eq!((document.format, document.title.as_deref()), ("md", Some("The mill shuts")));
        assert_eq!(document.title_span.map(|s| s.of(text)), Some("The mill shuts"));
        assert_eq!(document.body.of(text), &text[document.body.start as usize..]);
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2026-05-19"));
        assert_eq!(document.sha256.len(), 64);
        assert_eq!(Document::from_text("x", "").text, "");
        let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Document::from_text("x", "abc").sha256, sha);
    }

    #[test]
    fn spans_of_reports_are_bytes_of_the_file() {
        let mut problems = Vec::new();
        let document =
            from_bytes("x.txt", "x.txt", b"\xef\xbb\xbfThe mill shut.", &ReadOptions::default(), &mut problems)
                .remove(0);
        assert_eq!(document.report_span(Span::new(4, 8)), Span::new(7, 11));
        assert!(problems.is_empty());
    }

    #[test]
    fn a_dateline_dates_what_has_no_front_matter() {
        let document = Document::from_text(
            "x",
            "The old mill by the river shuts\nBy Ada Quill | May 19, 2026\n\nIts owner spoke on June 1, 2026.",
        );
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2026-05-19"));
        assert_eq!(Document::from_text("x", "It shut on June 1, 2026.").published, None);
    }
}
