//! Texts of the OpenDocument format, as LibreOffice writes them.
//!
//! Comes in: the bytes of the archive. Goes out: one document, block by block: the body as it reads with all changes accepted;
//! a note stands behind its paragraph. Headers, footers, comments, tables of contents and what is hidden are left out.

use std::collections::HashMap;

use super::docx::{Manner, Style, Styles, output};
use super::{Input, Reader, ReaderOutput};
use crate::problem::Problem;
use crate::source::flow::Flow;
use crate::source::packed::{self, Packed};
use crate::source::xml::{Element, Part, walk};

/// The member that holds the body.
const BODY: &str = "content.xml";
/// Most columns that are passed over at once.
const WIDEST: u32 = 100;

/// Reads OpenDocument texts.
pub(super) struct Odt;

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt"]
    }

    fn help(&self) -> &'static str {
        "OpenDocument texts with all changes accepted: headings, lists, quotations, tables, text boxes and notes; headers, footers, comments and hidden text are left out; title, date and authors from the document's properties"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        packed::is_of_type(bytes, "application/vnd.oasis.opendocument.text")
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        packed::read(input, self.name(), problems, document)
    }
}

/// The document, or why there is none.
fn document(packed: &mut Packed<'_, '_>) -> Result<ReaderOutput, Problem> {
    if packed.elements("META-INF/manifest.xml").iter().any(|e| e.name == "encryption-data") {
        return Err(packed.refused("is encrypted, so that it cannot be read, and was left out"));
    }
    let bytes = packed.needed(BODY)?;
    let mut styles = Styles(HashMap::new());
    for one in packed.elements("styles.xml") {
        add(&mut styles, one.space, &one.name, |name| one.attribute(name).map(str::to_owned), &mut None);
    }
    let mut body = Body { styles, style: None, flow: Flow::new(), open: Vec::new(), title: None };
    let why = walk(&bytes, packed.input.options, |part| match part {
        Part::Open(element) => body.begin(&element),
        Part::Words(words) => body.words(words),
        Part::Close => body.close(),
    });
    drop(bytes);
    packed.left_out(BODY, &why);
    while !body.open.is_empty() {
        body.close();
    }
    let (styled, gathered) = (body.title, body.flow.finish().extracted());
    if gathered.pieces.is_empty() {
        return Err(packed.empty());
    }
    let stated = packed.elements("meta.xml");
    Ok(output(gathered, styled, &stated))
}

/// Notes what an element says of styles; `last` is the style that it lies in.
fn add(
    styles: &mut Styles,
    space: &str,
    name: &str,
    attribute: impl Fn(&str) -> Option<String>,
    last: &mut Option<String>,
) {
    match (space, name) {
        ("style", "style") => {
            let Some(id) = attribute("name") else { return };
            let named = Manner::named(&id);
            let level = attribute("default-outline-level").and_then(|level| rank(&level));
            let style = Style { manner: named.or(level), based_on: attribute("parent-style-name"), ..Style::default() };
            styles.0.insert(id.clone(), style);
            *last = Some(id);
        }
        ("style", "text-properties") if attribute("display").as_deref() == Some("none") => {
            if let Some(style) = last.as_ref().and_then(|id| styles.0.get_mut(id)) {
                style.hidden = Some(true);
            }
        }
        _ => {}
    }
}

/// A heading by its level, written from 1.
fn rank(level: &str) -> Option<Manner> {
    level.parse::<u8>().ok().filter(|level| (1..=10).contains(level)).map(Manner::Heading)
}

/// The text of a document while it is read.
struct Body {
    styles: Styles,
    /// The style that is being read.
    style: Option<String>,
    flow: Flow,
    /// The elements that are open.
    open: Vec<Open>,
    /// The first paragraph that is styled as a title.
    title: Option<String>,
}

/// An element that is open.
struct Open {
    what: What,
    out: bool,
    /// Whether it lies in an item of a list.
    item: bool,
}

/// What the end of an element, or what stands in it, has to know of it.
enum What {
    Paragraph(Style),
    Table,
    Head,
    Cell,
    /// An element within a line.
    Words,
    Other,
}

impl Body {
    fn words(&mut self, words: &str) {
        let reads = |open: &Open| !open.out && matches!(open.what, What::Words | What::Paragraph(_));
        if self.open.last().is_some_and(reads) {
            self.flow.words(words);
        }
    }

    fn begin(&mut self, element: &Element<'_>) {
        add(&mut self.styles, element.space, element.name, |name| element.attribute(name), &mut self.style);
        let outer = self.open.last();
        let item = match element.name {
            "list-item" => true,
            // What lies in a frame, a note or a cell within an item is none itself.
            "table-cell" | "text-box" | "note" => false,
            _ => outer.is_some_and(|open| open.item),
        };
        let style = element.attribute("style-name").filter(|_| element.space == "text");
        let style = style.map(|id| self.styles.resolved(&id)).unwrap_or_default();
        let hidden = style.hidden == Some(true) || style.manner == Some(Manner::Contents);
        let out = outer.is_some_and(|open| open.out) || hidden || is_left_out(element);
        let what = match (element.space, element.name) {
            _ if out => What::Other,
            ("text", "p" | "h") => {
                self.flow.paragraph();
                let level = element.attribute("outline-level").filter(|_| element.name == "h");
                let level = level.and_then(|level| rank(&level)).filter(|_| style.manner != Some(Manner::Title));
                What::Paragraph(Style { manner: level.or(style.manner), item: Some(item), ..style })
            }
            ("text", "s" | "tab" | "line-break") => {
                self.flow.words(" ");
                What::Other
            }
            ("text", "list" | "list-item" | "section" | "note" | "note-body") => What::Other,
            ("text", _) => What::Words,
            ("table", "table") => {
                self.flow.table();
                What::Table
            }
            ("table", "table-header-rows") => What::Head,
            ("table", "table-row") => {
                self.flow.row();
                if matches!(outer, Some(Open { what: What::Head, .. })) {
                    self.flow.head();
                }
                What::Other
            }
            ("table", "table-cell") => {
                self.flow.cell();
                self.flow.skip(repeated(element).saturating_sub(1));
                What::Cell
            }
            _ => What::Other,
        };
        if (element.space, element.name) == ("table", "covered-table-cell") {
            self.flow.skip(repeated(element));
        }
        self.open.push(Open { what, out, item });
    }

    fn close(&mut self) {
        match self.open.pop().map(|open| open.what) {
            Some(What::Paragraph(style)) => {
                let words = self.flow.end_paragraph(style.kind());
                if style.manner == Some(Manner::Title) && self.title.is_none() && !words.is_empty() {
                    self.title = Some(words);
                }
            }
            Some(What::Table) => self.flow.end_table(),
            Some(What::Cell) => self.flow.end_cell(),
            _ => {}
        }
    }
}

/// How many columns a cell stands for.
fn repeated(element: &Element<'_>) -> u32 {
    let columns = element.attribute("number-columns-repeated").and_then(|n| n.parse::<u32>().ok());
    columns.unwrap_or(1).min(WIDEST)
}

/// Whether what an element holds is no text of the document.
fn is_left_out(element: &Element<'_>) -> bool {
    let hidden = || element.name == "section" && element.attribute("display").is_some_and(|d| d == "none");
    match (element.space, element.name) {
        ("office", "annotation" | "forms" | "scripts")
        | ("table", "covered-table-cell" | "shapes" | "tracked-changes") => true,
        ("text", "tracked-changes" | "note-citation" | "ruby-text" | "hidden-text" | "hidden-paragraph") => true,
        ("text", "table-of-content" | "illustration-index" | "table-index" | "object-index" | "alphabetical-index") => {
            true
        }
        ("text", _) => hidden(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::packed::tests::archive;
    use crate::source::reader::PieceKind;
    use crate::source::reader::tests::read_with;
    use crate::source::{Document, ReadOptions, from_bytes};

    const TYPE: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.text");

    fn file(styles: &str, body: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let spaces: String = ["office", "text", "table", "style"]
            .map(|prefix| format!(r#" xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0""#))
            .concat();
        let content = format!(
            "<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let more = more.iter().map(|(name, text)| (*name, text.as_bytes()));
        archive(&[TYPE, (BODY, content.as_bytes())].into_iter().chain(more).collect::<Vec<_>>())
    }

    fn read(bytes: &[u8]) -> Document {
        let mut problems = Vec::new();
        let document = from_bytes("mill", "mill", bytes, &ReadOptions::default(), &mut problems).pop();
        assert_eq!(problems, []);
        document.unwrap()
    }

    #[test]
    fn the_text_as_it_reads() {
        let styles = r#"<style:style style:name="P1" style:parent-style-name="Title"/><style:style style:name="P2" style:parent-style-name="Quotations"/><style:style style:name="T1"><style:text-properties text:display="none"/></style:style>"#;
        let body = r#"<text:tracked-changes><text:p>Deleted 9</text:p></text:tracked-changes><text:table-of-content><text:p>Cost 3</text:p></text:table-of-content>
            <text:p text:style-name="P1">The weir</text:p><text:h text:outline-level="2">Its <text:span>cost</text:span></text:h>
            <text:p>It cost<text:s text:c="2"/>5<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Counted in May.</text:p></text:note-body></text:note><text:tab/>pounds<office:annotation><text:p>Why?</text:p></office:annotation>.<text:span text:style-name="T1">99</text:span></text:p>
            <text:list><text:list-item><text:p>4 floors</text:p></text:list-item></text:list><text:p text:style-name="P2">A fine day.</text:p>
            <table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Visitors</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>Note</text:p></table:table-cell></table:table-row></table:table-header-rows>
            <table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>4,000</text:p></table:table-cell><table:table-cell><text:p>none</text:p></table:table-cell></table:table-row></table:table>"#;
        let document = read(&file(styles, body, &[]));
        let cell = |row, column, head| PieceKind::Cell { table: 0, row, column, head };
        let expected = [
            (PieceKind::Heading(1), "The weir"),
            (PieceKind::Heading(2), "Its cost"),
            (PieceKind::Paragraph, "It cost 5 pounds."),
            (PieceKind::Paragraph, "Counted in May."),
            (PieceKind::Item, "4 floors"),
            (PieceKind::Quote, "A fine day."),
            (cell(0, 0, true), "Visitors"),
            (cell(0, 2, true), "Note"),
            (cell(1, 0, false), "4,000"),
            (cell(1, 2, false), "none"),
        ];
        let shown: Vec<_> = document.pieces.iter().map(|p| (p.kind, p.span.of(&document.text))).collect();
        assert_eq!(shown, expected);
        assert_eq!((document.format, document.title.as_deref()), ("odt", Some("The weir")));
    }

    #[test]
    fn what_it_says_of_itself() {
        let meta = r#"<m xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><dc:title>The weir</dc:title><meta:initial-creator>Agnes Thorley</meta:initial-creator><dc:creator>Omar Lund</dc:creator><meta:creation-date>2031-03-12T08:00:00</meta:creation-date><dc:date>2031-03-14T08:00:00</dc:date></m>"#;
        let document = read(&file("", "<text:p>It cost 5 pounds.</text:p>", &[("meta.xml", meta)]));
        assert_eq!((document.title.as_deref(), document.authors), (Some("The weir"), vec!["Agnes Thorley".to_owned()]));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!(document.modified.map(|d| d.to_string()).as_deref(), Some("2031-03-14"));
    }

    #[test]
    fn hostile_files_are_named() {
        let told = |bytes: &[u8], documents: usize, expected: &str| {
            let mut problems = Vec::new();
            assert_eq!(read_with(&Odt, bytes, &mut problems).len(), documents, "{problems:?}");
            assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
        };
        let manifest = [("META-INF/manifest.xml", "<m><f><encryption-data/></f></m>")];
        told(&file("", "", &manifest), 0, "error: x: is encrypted, so that it cannot be read, and was left out");
        told(&archive(&[TYPE]), 0, "error: x: `content.xml` is missing, and nothing was read");
        let deep = format!("<text:p>5</text:p>{}", "<table:table>".repeat(30_000) + &"</table:table>".repeat(30_000));
        told(
            &file("", &deep, &[]),
            1,
            "warning: x: `content.xml` holds elements that lie more than 64 deep, which were left out (--max-depth)",
        );
        let good = file("", "<text:p>5</text:p>", &[]);
        told(&good[..good.len() - 9], 0, "error: x: is no odt file, or is damaged or cut off, and was left out");
    }
}
