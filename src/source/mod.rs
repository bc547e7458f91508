//! Documents: text with the way back to the file, and what is known of its publication.
//!
//! Comes in: paths, folders, standard input, or a text in memory. Goes out: [`Document`]s and problems. Nothing here
//! knows what a sentence or a claim is, and nothing is taken from file times or version control.

mod bullet;
mod dateline;
mod decode;
mod front;
mod headline;
mod ignored;
mod line;
mod noise;
mod offset;
mod own;
mod passed;
pub mod reader;
mod walk;

pub(crate) use bullet::bullet;
pub use front::Front;
pub(crate) use line::{ends_sentence, lines};
pub(crate) use noise::{is_reference_heading, looks_like_reference};
pub use offset::OffsetMap;
pub use own::{BOOK, MARKDOWN, own};
pub use passed::{Passed, PassedOver};
pub use reader::{Markup, Piece, PieceKind};
pub use walk::{Found, Gathered, Read, WalkOptions, gather, read};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::text::{LineIndex, Position, Span, hexadecimal, joined};
use reader::{Reader, ReaderOutput};

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
    /// SHA-256 of the bytes of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Title.
    pub title: Option<String>,
    /// Where the title stands in the text: in the body or in the front matter.
    pub title_span: Option<Span>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Day of publication, as the document itself gives it.
    pub published: Option<Date>,
    /// Authors in the order given.
    pub authors: Vec<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Language tag, as the document itself gives it.
    pub language: Option<String>,
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
        let reader = reader_of(id, text.as_bytes());
        let mut problems = Vec::new();
        let reading = reader.read(text.as_bytes(), id, &mut problems).unwrap_or_else(|| ReaderOutput {
            text: text.to_owned(),
            map: OffsetMap::shifted(0, text.len()),
            basis: Basis::File,
            markup: Markup::Plain,
            pieces: Vec::new(),
            front: Front::default(),
        });
        assemble(id, id, reader, text.as_bytes(), reading, &mut problems)
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
}

/// The reader by extension; of an unknown one by how the file begins, else the first of the table.
fn reader_of(path: &str, bytes: &[u8]) -> &'static dyn Reader {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = name.rsplit_once('.').and_then(|(_, extension)| reader::by_extension(extension));
    known.or_else(|| reader::READERS.iter().copied().find(|r| r.knows(bytes))).unwrap_or(reader::READERS[0])
}

/// Reads the bytes of one input.
fn from_bytes(id: &str, path: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Document> {
    let reader = reader_of(path, bytes);
    let reading = reader.read(bytes, path, problems)?;
    if let Some(stated) = passed::as_text(path, &reading.text) {
        problems.push(stated);
    }
    Some(assemble(id, path, reader, bytes, reading, problems))
}

fn assemble(
    id: &str,
    path: &str,
    reader: &dyn Reader,
    bytes: &[u8],
    reading: ReaderOutput,
    problems: &mut Vec<Problem>,
) -> Document {
    let ReaderOutput { text, map, basis, markup, pieces, front } = reading;
    let body = Span::new(front.end, text.len());
    let (title, title_span) = front.title.unzip();
    let noise = noise::find(&text, body, title_span.filter(|s| body.contains(*s)));
    let published = front.published.or_else(|| {
        let head = lines(&text, body).filter(|(_, l)| !l.trim().is_empty()).take(10);
        head.filter_map(|(_, line)| dateline::of_line(line)).next()
    });
    let lines = LineIndex::new(&text);
    let marked = ignored::marked(&text, body, path, problems);
    let mut document = Document {
        id: id.to_owned(),
        path: path.to_owned(),
        format: reader.name(),
        markup,
        pieces,
        basis,
        map,
        bytes: bytes.len() as u64,
        sha256: hexadecimal(&Sha256::digest(bytes)),
        title: title.filter(|t| !t.is_empty()),
        title_span,
        publisher: front.publisher,
        published,
        authors: front.authors,
        url: front.url,
        language: front.language,
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
        let document = from_bytes("x.txt", "x.txt", b"\xef\xbb\xbfThe mill shut.", &mut problems).unwrap();
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
