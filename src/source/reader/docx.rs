//! Word documents of the kind that is a zip archive of XML.
//!
//! Comes in: the bytes of the file. Goes out: one document, block by block: the body as it reads with all changes accepted,
//! then the notes. Headers, footers, comments, field codes, tables of contents and what is hidden are left out.

use std::collections::HashMap;

use super::{Input, PieceKind, Reader, ReaderOutput};
use crate::problem::Problem;
use crate::source::blocks::Gathered;
use crate::source::flow::Flow;
use crate::source::packed::{self, Packed, resolved};
use crate::source::properties::properties;
use crate::source::title::{Title, heading, is_dated, is_same};
use crate::source::xml::{Element, Kept, Part, walk};
use crate::source::{ReadOptions, headline, unpack};

/// Name of the part that holds the body, mostly.
const BODY: &str = "word/document.xml";
/// How many styles may be based on one another.
const MOST_BASED: usize = 20;
/// Most columns that a cell may cover.
const WIDEST: u32 = 100;

/// Reads Word documents.
pub(super) struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn help(&self) -> &'static str {
        "Word documents with all changes accepted: headings, lists, quotations, tables, text boxes and notes; headers, footers, comments and hidden text are left out; title, date, authors and company from the document's properties"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        unpack::holds(bytes, BODY)
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        packed::read(input, self.name(), problems, document)
    }
}

/// The parts that one is related to (the document itself, by the empty name), each with the last word of its kind.
fn related(packed: &mut Packed<'_, '_>, part: &str) -> Vec<(String, String)> {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    let all = packed.elements(&format!("{folder}{slash}_rels/{name}.rels"));
    let within = all.iter().filter(|e| e.name == "Relationship" && e.attribute("TargetMode") != Some("External"));
    let of = |e: &Kept| {
        let kind = e.attribute("Type")?.rsplit('/').next()?.to_owned();
        Some((kind, resolved(part, e.attribute("Target")?)?))
    };
    within.filter_map(of).collect()
}

/// The one of some parts that is of a kind, or else the one that mostly is.
fn named(related: &[(String, String)], kind: &str, mostly: &str) -> String {
    related.iter().find(|(own, _)| own == kind).map_or(mostly, |(_, name)| name).to_owned()
}

/// The document, or why there is none.
fn document(packed: &mut Packed<'_, '_>) -> Result<ReaderOutput, Problem> {
    let outer = related(packed, "");
    let main = named(&outer, "officeDocument", BODY);
    let bytes = packed.needed(&main)?;
    let inner = related(packed, &main);
    let styles = Styles::new(&packed.elements(&named(&inner, "styles", "word/styles.xml")));
    let mut body = Body::new(&styles);
    packed.left_out(&main, &body.read(&bytes, packed.input.options));
    drop(bytes);
    for (kind, mostly) in [("footnotes", "word/footnotes.xml"), ("endnotes", "word/endnotes.xml")] {
        let name = named(&inner, kind, mostly);
        if let Some(bytes) = packed.has(&name).then(|| packed.wanted(&name)).flatten() {
            packed.left_out(&name, &body.read(&bytes, packed.input.options));
        }
    }
    if body.foreign {
        packed.tell("holds a part in another format (altChunk), which was left out");
    }
    let (styled, gathered) = (body.title, body.flow.finish().extracted());
    if gathered.pieces.is_empty() {
        return Err(packed.empty());
    }
    let mut stated = packed.elements(&named(&outer, "core-properties", "docProps/core.xml"));
    stated.extend(packed.elements(&named(&outer, "extended-properties", "docProps/app.xml")));
    Ok(output(gathered, styled, &stated))
}

/// An office document with its title and what it states of itself.
pub(super) fn output(gathered: Gathered, styled: Option<String>, stated: &[Kept]) -> ReaderOutput {
    let mut front = properties(stated, is_dated(&gathered.text, 0));
    let title = title(&gathered, styled, front.title.take().map(|(words, _)| words));
    ReaderOutput::titled(gathered, title, front)
}

/// The title of an office document: the paragraph that is styled as one, else a heading that says what the properties state,
/// else the first heading of the first rank, else the title of the properties, else what looks like one.
fn title(gathered: &Gathered, styled: Option<String>, stated: Option<String>) -> Option<Title> {
    styled
        .and_then(|title| heading(gathered, |rank, words| rank == 1 && words == title))
        .or_else(|| stated.as_ref().and_then(|title| heading(gathered, |_, words| is_same(words, title))))
        .or_else(|| heading(gathered, |rank, _| rank == 1))
        .or_else(|| stated.map(|title| Title::Before(title, "dc:title")))
        .or_else(|| headline::plain(&gathered.text, 0).map(|(_, span)| Title::Within(span, "heading")))
}

/// What paragraphs of a style are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Title,
    /// A heading of a rank.
    Heading(u8),
    Quote,
    /// A line of a table of contents or of an index.
    Contents,
    Plain,
}

impl Manner {
    /// By the name of a style, which for the styles that Word brings is English whatever language it speaks.
    pub(super) fn named(name: &str) -> Option<Manner> {
        // OpenDocument writes a space as its number.
        let name: String = name.replace("_20_", "").to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let end = name.trim_end_matches(|c: char| c.is_ascii_digit());
        Some(match (end, name[end.len()..].parse::<u8>()) {
            ("title", Err(_)) => Manner::Title,
            ("heading", Ok(rank @ 1..=9)) => Manner::Heading(rank),
            ("quote" | "intensequote" | "quotations" | "blockquote" | "blocktext", _) => Manner::Quote,
            ("toc" | "index" | "contents", Ok(_)) | ("tableoffigures", _) => Manner::Contents,
            ("normal" | "subtitle", _) => Manner::Plain,
            _ => return None,
        })
    }

    /// By the level that a style or a paragraph has in the outline of the document, written from 0.
    pub(super) fn outlined(level: &str) -> Option<Manner> {
        match level.parse::<u8>().ok()? {
            level @ 0..=8 => Some(Manner::Heading(level + 1)),
            _ => Some(Manner::Plain),
        }
    }
}

/// A style, as far as it says something itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub(super) manner: Option<Manner>,
    /// Whether its paragraphs are items of a list.
    pub(super) item: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) based_on: Option<String>,
}

impl Style {
    /// What a paragraph is.
    pub(super) fn kind(&self) -> PieceKind {
        match (self.manner, self.item) {
            (Some(Manner::Title), _) => PieceKind::Heading(1),
            (Some(Manner::Heading(rank)), _) => PieceKind::Heading(rank),
            (_, Some(true)) => PieceKind::Item,
            (Some(Manner::Quote), _) => PieceKind::Quote,
            _ => PieceKind::Paragraph,
        }
    }
}

/// The styles of a document by their ids.
pub(super) struct Styles(pub(super) HashMap<String, Style>);

impl Styles {
    fn new(all: &[Kept]) -> Styles {
        let mut styles = Styles(HashMap::new());
        let up = |of: &Kept| of.parent.and_then(|at| all.get(at));
        let id = |of: Option<&Kept>| of.filter(|e| e.name == "style")?.attribute("styleId").map(str::to_owned);
        for one in all.iter().filter(|e| e.space == "w") {
            // What an element says stands in the style itself, in its properties, or in a group of these.
            let outer = [up(one), up(one).and_then(up), up(one).and_then(up).and_then(up)];
            let (depth, value) = match one.name.as_str() {
                "name" | "basedOn" => (0, one.attribute("val")),
                "outlineLvl" | "vanish" => (1, one.attribute("val")),
                "numId" => (2, one.attribute("val")),
                _ => continue,
            };
            let Some(id) = id(outer[depth]) else { continue };
            let style = styles.0.entry(id).or_default();
            match (one.name.as_str(), value) {
                ("name", Some(name)) => style.manner = style.manner.or(Manner::named(name)),
                ("basedOn", base) => style.based_on = base.map(str::to_owned),
                ("outlineLvl", Some(level)) if style.manner != Some(Manner::Title) => {
                    style.manner = Manner::outlined(level).or(style.manner);
                }
                ("numId", number) => style.item = Some(number != Some("0")),
                ("vanish", value) => style.hidden = Some(is_on(value)),
                _ => {}
            }
        }
        styles
    }

    /// What a style says, with what it is based on.
    pub(super) fn resolved(&self, id: &str) -> Style {
        let mut style = Style { based_on: Some(id.to_owned()), ..Style::default() };
        for _ in 0..=MOST_BASED {
            let Some(id) = style.based_on.take() else { break };
            // One that is not described is one that every program brings.
            let known = || Style { manner: Manner::named(&id), ..Style::default() };
            let base = self.0.get(&id).cloned().unwrap_or_else(known);
            style = Style {
                manner: style.manner.or(base.manner),
                item: style.item.or(base.item),
                hidden: style.hidden.or(base.hidden),
                based_on: base.based_on,
            };
        }
        style
    }
}

/// Whether a property is switched on that has this value.
fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

/// The text of a document while it is read.
struct Body<'s> {
    styles: &'s Styles,
    flow: Flow,
    /// The elements that are open.
    open: Vec<Open>,
    /// What the open paragraphs are, the innermost last.
    paragraphs: Vec<Style>,
    /// Of each open field, whether its code is being read, and of how many it is.
    fields: Vec<bool>,
    codes: usize,
    /// The first paragraph that is styled as a title.
    title: Option<String>,
    /// Whether there are parts in other formats.
    foreign: bool,
}

/// An element that is open.
struct Open {
    what: What,
    /// Whether what it holds from here on is left out.
    out: bool,
    /// Whether it was left out from its beginning.
    unseen: bool,
}

/// What the end of an element, or what stands in it, has to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Paragraph,
    Table,
    Row,
    Cell,
    Run,
    Words,
    /// A box that is filled in.
    Control,
    /// The same thing several times, of which the first that holds words is read: how many bytes of words came before.
    Alternatives(u64),
    Other,
}

impl Body<'_> {
    fn new(styles: &Styles) -> Body<'_> {
        Body {
            styles,
            flow: Flow::new(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            fields: Vec::new(),
            codes: 0,
            title: None,
            foreign: false,
        }
    }

    /// Reads a part, and gives what of it was left out.
    fn read(&mut self, bytes: &[u8], options: &ReadOptions) -> Vec<String> {
        let why = walk(bytes, options, |part| match part {
            Part::Open(element) => self.begin(&element),
            Part::Words(words) if self.open.last().is_some_and(|open| open.what == What::Words) => self.words(words),
            Part::Words(_) => {}
            Part::Close => self.close(),
        });
        while !self.open.is_empty() {
            self.close();
        }
        self.flow.end();
        (self.fields, self.codes) = (Vec::new(), 0);
        why
    }

    fn words(&mut self, words: &str) {
        if self.codes == 0 && self.open.last().is_none_or(|open| !open.out) {
            self.flow.words(words);
        }
    }

    /// What lies within the innermost open element of a kind from here on is left out.
    fn leave_out(&mut self, what: What) {
        if let Some(open) = self.open.iter_mut().rev().find(|open| open.what == what) {
            open.out = true;
        }
    }

    /// What the element is that the one at hand lies in, and that in which this lies.
    fn around(&self) -> (What, What) {
        let mut outer = self.open.iter().rev().map(|open| open.what);
        (outer.next().unwrap_or(What::Other), outer.next().unwrap_or(What::Other))
    }

    fn begin(&mut self, element: &Element<'_>) {
        let (outer, _) = self.around();
        let within = self.open.last().is_some_and(|open| open.out);
        let again = matches!(outer, What::Alternatives(before) if self.flow.size() != before);
        let out = within || again || is_left_out(element);
        let what = match (element.space, element.name) {
            ("w", "p") => What::Paragraph,
            ("w", "tbl") => What::Table,
            ("w", "tr") => What::Row,
            ("w", "tc") => What::Cell,
            ("w", "r") => What::Run,
            ("w", "t") => What::Words,
            ("w", "sdt") => What::Control,
            ("mc", "AlternateContent") => What::Alternatives(self.flow.size()),
            _ => What::Other,
        };
        match (what, element.name) {
            // Fields begin and end whether they are seen or not.
            (What::Other, "fldChar") => self.field(element),
            (What::Other, "del") if !within && self.around().1 == What::Row => {
                self.leave_out(What::Row);
                self.flow.no_row();
            }
            _ if out => {}
            (What::Paragraph, _) => {
                self.paragraphs.push(Style::default());
                self.flow.paragraph();
            }
            (What::Table, _) => self.flow.table(),
            (What::Row, _) => self.flow.row(),
            (What::Cell, _) => self.flow.cell(),
            (What::Other, name) if element.space == "w" => self.property(name, element.attribute("val").as_deref()),
            _ => {}
        }
        self.open.push(Open { what, out, unseen: out });
    }

    fn close(&mut self) {
        match self.open.pop().filter(|open| !open.unseen).map(|open| open.what) {
            Some(What::Paragraph) => self.end_paragraph(),
            Some(What::Table) => self.flow.end_table(),
            Some(What::Cell) => self.flow.end_cell(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let style = self.paragraphs.pop().unwrap_or_default();
        let words = self.flow.end_paragraph(style.kind());
        if style.manner == Some(Manner::Title) && self.title.is_none() && !words.is_empty() {
            self.title = Some(words);
        }
        if self.paragraphs.is_empty() && self.codes > 0 {
            // No code is longer than a paragraph: that of a field which does not end would take all text with it.
            (self.fields, self.codes) = (Vec::new(), 0);
        }
    }

    fn field(&mut self, element: &Element<'_>) {
        let was_code = match element.attribute("fldCharType").as_deref() {
            Some("begin") => {
                self.fields.push(true);
                self.codes += 1;
                false
            }
            Some("separate") => self.fields.last_mut().is_some_and(std::mem::take),
            _ => self.fields.pop().unwrap_or_default(),
        };
        self.codes = self.codes.saturating_sub(usize::from(was_code));
    }

    /// What an element says of those that it lies in, or the white space that it stands for.
    fn property(&mut self, name: &str, value: Option<&str>) {
        let (outer, beyond) = self.around();
        let columns = || value.and_then(|v| v.parse::<u32>().ok()).unwrap_or_default().min(WIDEST);
        match name {
            "pStyle" => self.style(value.unwrap_or_default()),
            "outlineLvl" => {
                if let (Some(paragraph), Some(level)) = (self.paragraphs.last_mut(), value) {
                    paragraph.manner = Manner::outlined(level).or(paragraph.manner);
                }
            }
            "numId" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.item = Some(value != Some("0"));
                }
            }
            "rStyle" if beyond == What::Run && self.hides(value) => self.leave_out(What::Run),
            "vanish" if beyond == What::Run && is_on(value) => self.leave_out(What::Run),
            "vMerge" if value != Some("restart") => self.leave_out(What::Cell),
            "gridSpan" => self.flow.skip(columns().saturating_sub(1)),
            "gridBefore" => self.flow.skip(columns()),
            "tblHeader" if is_on(value) => self.flow.head(),
            "showingPlcHdr" if is_on(value) => self.leave_out(What::Control),
            "docPartGallery" if value == Some("Table of Contents") => self.leave_out(What::Control),
            "br" | "cr" | "ptab" | "sym" | "tab" if outer == What::Run => self.words(" "),
            "noBreakHyphen" => self.words("-"),
            "altChunk" => self.foreign = true,
            _ => {}
        }
    }

    /// Whether text of a style is hidden.
    fn hides(&self, style: Option<&str>) -> bool {
        self.styles.resolved(style.unwrap_or_default()).hidden == Some(true)
    }

    fn style(&mut self, id: &str) {
        let style = self.styles.resolved(id);
        if style.manner == Some(Manner::Contents) || style.hidden == Some(true) {
            self.leave_out(What::Paragraph);
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            *paragraph = style;
        }
    }
}

/// Whether what an element holds is no text of the document: what was deleted or moved away, codes, former properties, the
/// marks between text and notes, the reading of a character.
fn is_left_out(element: &Element<'_>) -> bool {
    let former = element.name.ends_with("PrChange");
    let rule = matches!(element.name, "footnote" | "endnote")
        && element.attribute("type").is_some_and(|kind| kind.to_lowercase().contains("separator"));
    let gone = ["del", "delInstrText", "delText", "instrText", "moveFrom", "rt", "sectPr"];
    element.space == "w" && (gone.contains(&element.name) || former || rule)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::source::packed::tests::{archive, damaged};
    use crate::source::reader::tests::read_with;
    use crate::source::{Document, Piece, from_bytes};

    const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml""#;

    /// A document with a body, and with parts beside it.
    pub(in crate::source::reader) fn file(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let body = format!(r#"<?xml version="1.0"?><w:document {SPACES}><w:body>{body}</w:body></w:document>"#);
        let all: Vec<(&str, &[u8])> = more.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        archive(&[&[(BODY, body.as_bytes())], &all[..]].concat())
    }

    fn documents(bytes: &[u8]) -> (Option<Document>, Vec<String>) {
        let mut problems = Vec::new();
        let document = from_bytes("mill.docx", "mill.docx", bytes, &ReadOptions::default(), &mut problems).pop();
        (document, problems.iter().map(ToString::to_string).collect())
    }

    fn read(body: &str, more: &[(&str, &str)]) -> Document {
        let (document, problems) = documents(&file(body, more));
        assert_eq!(problems, Vec::<String>::new());
        document.unwrap()
    }

    fn shown(document: &Document) -> Vec<(PieceKind, &str)> {
        document.pieces.iter().map(|Piece { kind, span }| (*kind, span.of(&document.text))).collect()
    }

    fn paragraph(style: &str, words: &str) -> String {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#)
    }

    fn plain(words: &str) -> String {
        format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    }

    fn check(body: &str, expected: &[&str]) {
        assert_eq!(shown(&read(body, &[])).iter().map(|(_, words)| *words).collect::<Vec<_>>(), expected, "{body}");
    }

    #[test]
    fn paragraphs_by_their_styles() {
        let styles = format!(
            r#"<w:styles {SPACES}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
            <w:style w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
            <w:style w:styleId="Teil"><w:name w:val="Teil"/><w:basedOn w:val="Teil"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
            <w:style w:styleId="Punkt"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
            <w:style w:styleId="V1"><w:name w:val="toc 1"/></w:style>
            <w:style w:styleId="Geheim"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"#
        );
        let body = [
            paragraph("V1", "The weir 3"),
            paragraph("Kapitel", "The weir"),
            paragraph("Teil", "Its cost"),
            paragraph("Punkt", "12 metres wide"),
            paragraph("Zitat", "A fine day."),
            paragraph("Geheim", "Nobody sees 99."),
            r#"<w:p><w:pPr><w:pStyle w:val="Punkt"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>No item</w:t></w:r></w:p>"#.to_owned(),
            r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:rPr><w:rStyle w:val="Geheim"/></w:rPr><w:t>no</w:t></w:r><w:r><w:t>In outline</w:t></w:r></w:p>"#.to_owned(),
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>4 floors</w:t></w:r></w:p>"#.to_owned(),
        ];
        let document = read(&body.concat(), &[("word/styles.xml", &styles)]);
        let expected = [
            (PieceKind::Heading(1), "The weir"),
            (PieceKind::Heading(3), "Its cost"),
            (PieceKind::Item, "12 metres wide"),
            (PieceKind::Quote, "A fine day."),
            (PieceKind::Paragraph, "No item"),
            (PieceKind::Heading(2), "In outline"),
            (PieceKind::Item, "4 floors"),
        ];
        assert_eq!(shown(&document), expected);
        assert_eq!((document.format, document.title.as_deref()), ("docx", Some("The weir")));
        assert_eq!(document.title_span.map(|s| s.of(&document.text)), Some("The weir"));
        // Without styles, by the ids alone.
        let document = read(&[paragraph("Heading2", "Cost"), paragraph("Title", "The weir")].concat(), &[]);
        assert_eq!(shown(&document), [(PieceKind::Heading(2), "Cost"), (PieceKind::Heading(1), "The weir")]);
        assert_eq!(document.title.as_deref(), Some("The weir"));
    }

    #[test]
    fn the_text_as_it_reads() {
        check(
            r#"<w:p><w:r><w:t xml:space="preserve">It cost </w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins><w:r><w:t>6</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:r><w:tab/><w:t>pounds</w:t><w:br/><w:t>a&#160;day &amp; night</w:t></w:r></w:p>"#,
            &["It cost 6 pounds a day & night"],
        );
        check(
            r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>In all, </w:t></w:r><w:hyperlink><w:r><w:t>co</w:t><w:softHyphen/><w:t>re</w:t><w:noBreakHyphen/><w:t>team</w:t></w:r></w:hyperlink></w:p><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Seen</w:t></w:r></w:p>"#,
            &["In all, core-team", "Seen"],
        );
        let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
        let [begin, separate, end] = ["begin", "separate", "end"].map(field);
        let words = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
        let code = "<w:r><w:instrText>PAGE 77</w:instrText></w:r>";
        let nested =
            [&begin, code, &begin, code, &separate, &words("no"), &end, &separate, &words("yes"), &end].concat();
        check(&format!("<w:p>{nested}{}</w:p>", words(", 8")), &["yes, 8"]);
        check(&format!("<w:p>{begin}{code}{}</w:p><w:p>{}</w:p>", words("lost"), words("found")), &["found"]);
        check(
            r#"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here</w:t></w:r></w:p></w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:p><w:r><w:t>Filled in</w:t></w:r></w:p></w:sdtContent></w:sdt>"#,
            &["Filled in"],
        );
    }

    #[test]
    fn text_boxes_are_read_once() {
        let held = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", plain(words));
        let (drawn, older) = (held("In a box"), held("In a box"));
        let body = format!(
            "<w:p><w:r><w:t>Around </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{drawn}</w:drawing></mc:Choice><mc:Fallback><w:pict>{older}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>it</w:t></w:r></w:p>"
        );
        check(&body, &["Around it", "In a box"]);
        // Where the first holds no words, the next one does.
        check(&body.replacen("In a box", "", 1), &["Around it", "In a box"]);
        check(&plain(&format!("</w:t><w:pict>{older}</w:pict><w:t>")), &["In a box"]);
    }

    #[test]
    fn tables_cell_by_cell() {
        let cell =
            |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", plain(words));
        let wide = r#"<w:gridSpan w:val="2"/>"#;
        let body = [
            "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>",
            &cell("", "Year"),
            &cell(wide, "Visitors"),
            &cell("", "Note"),
            "</w:tr><w:tr>",
            &cell(r#"<w:vMerge w:val="restart"/>"#, "2030"),
            &cell("", "4,000"),
            &cell("", "5,000"),
            &cell(
                "",
                &format!("</w:t></w:r></w:p><w:tbl><w:tr>{0}{0}</w:tr></w:tbl><w:p><w:r><w:t>end", cell("", "inner")),
            ),
            "</w:tr><w:tr>",
            &cell("<w:vMerge/>", "2030"),
            &cell("", "6,000"),
            &cell("", ""),
            &cell("", &"Long prose. ".repeat(60)),
            "</w:tr><w:tr><w:trPr><w:del/></w:trPr>",
            &cell("", "1999"),
            "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>",
            &cell("", "7,000"),
            "</w:tr></w:tbl>",
            &plain("Behind"),
            "<w:tbl><w:tr>",
            &cell("", "In a frame"),
            "</w:tr></w:tbl><w:tbl><w:tr>",
            &cell("", "Mill"),
            &cell("", "Weir"),
            "</w:tr><w:tr>",
            &cell("", "1"),
            &cell("", "2"),
            "</w:tr></w:tbl>",
        ]
        .concat();
        let document = read(&body, &[]);
        let at = |table, row, column, head| PieceKind::Cell { table, row, column, head };
        let prose = "Long prose. ".repeat(60);
        let expected = [
            (at(0, 0, 0, true), "Year"),
            (at(0, 0, 1, true), "Visitors"),
            (at(0, 0, 3, true), "Note"),
            (at(0, 1, 0, false), "2030"),
            (at(0, 1, 1, false), "4,000"),
            (at(0, 1, 2, false), "5,000"),
            (at(0, 1, 3, false), "inner"),
            (at(0, 1, 3, false), "inner"),
            (at(0, 1, 3, false), "end"),
            (at(0, 2, 1, false), "6,000"),
            (PieceKind::Paragraph, prose.trim()),
            (at(0, 3, 1, false), "7,000"),
            (PieceKind::Paragraph, "Behind"),
            (PieceKind::Paragraph, "In a frame"),
            (at(1, 0, 0, true), "Mill"),
            (at(1, 0, 1, true), "Weir"),
            (at(1, 1, 0, false), "1"),
            (at(1, 1, 1, false), "2"),
        ];
        assert_eq!(shown(&document), expected);
    }

    const CORE: &str = r#"<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>The  WEIR</dc:title><dc:creator>Agnes Thorley; Omar Lund</dc:creator><dc:language>en-GB</dc:language><dcterms:created>2031-03-12T08:00:00Z</dcterms:created><dcterms:modified>2031-03-14T08:00:00Z</dcterms:modified></cp:coreProperties>"#;

    #[test]
    fn what_it_says_of_itself() {
        let app = r#"<Properties xmlns="y"><Company>Weir Trust</Company></Properties>"#;
        let more = [("docProps/core.xml", CORE), ("docProps/app.xml", app)];
        let document = read(&plain("It cost 5 pounds."), &more);
        assert_eq!(document.title.as_deref(), Some("The WEIR"));
        assert_eq!(document.body.of(&document.text).trim(), "It cost 5 pounds.");
        assert_eq!(document.authors, ["Agnes Thorley", "Omar Lund"]);
        assert_eq!(document.publisher.as_deref(), Some("Weir Trust"));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!(document.modified.map(|d| d.to_string()).as_deref(), Some("2031-03-14"));
        assert_eq!(document.language.as_deref(), Some("en-GB"));
        let places: Vec<_> = document.stated_in.iter().map(|(key, place)| format!("{key}: {place}")).collect();
        let expected = "authors: dc:creator, language: dc:language, modified: dcterms:modified, published: dcterms:created, publisher: Company, title: dc:title";
        assert_eq!(places.join(", "), expected);
        // A heading says the same, and a line of the text has a day.
        let body = [plain("By Agnes Thorley | May 2, 2031"), paragraph("Heading2", "The weir")].concat();
        let document = read(&body, &more);
        assert_eq!(document.title_span.map(|s| s.of(&document.text)), Some("The weir"));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-05-02"));
        assert_eq!(document.stated_in.get("published").map(String::as_str), Some("dateline"));
        assert_eq!(document.stated_in.get("title").map(String::as_str), Some("heading"));
    }

    #[test]
    fn parts_by_their_relations() {
        let relation = |kind: &str, target: &str| {
            format!(
                r#"<Relationships><Relationship Type="http://x.example/{kind}" Target="{target}"/></Relationships>"#
            )
        };
        let note = |kind: &str, words: &str| format!("<w:footnote{kind}>{}</w:footnote>", plain(words));
        let notes = [note(" w:type=\"separator\"", "line"), note("", "Counted in May.")].concat();
        let notes = format!("<w:footnotes {SPACES}>{notes}</w:footnotes>");
        let body = format!("<w:document {SPACES}>{}</w:document>", plain("It has 3 wheels."));
        let bytes = archive(&[
            ("_rels/.rels", relation("officeDocument", "/word/document2.xml").as_bytes()),
            ("word/document2.xml", body.as_bytes()),
            ("word/_rels/document2.xml.rels", relation("footnotes", "notes/feet.xml").as_bytes()),
            ("word/notes/feet.xml", notes.as_bytes()),
        ]);
        let (document, problems) = documents(&bytes);
        assert!(problems.is_empty());
        let document = document.unwrap();
        assert_eq!(
            shown(&document),
            [(PieceKind::Paragraph, "It has 3 wheels."), (PieceKind::Paragraph, "Counted in May.")]
        );
        let span = document.report_span(document.pieces[1].span);
        assert_eq!(span.of(&document.text), "Counted in May.");
    }

    #[test]
    fn hostile_files_are_named() {
        let refused = |bytes: &[u8], expected: &str| {
            let mut problems = Vec::new();
            assert!(read_with(&Docx, bytes, &mut problems).is_empty());
            assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
        };
        let good = file(&plain("It cost 5 pounds."), &[]);
        assert!(Docx.knows(&good) && !Docx.knows(&archive(&[("x", b"")])) && !Docx.knows(b"PK\x03\x04"));
        let gone = "error: x: is no docx file, or is damaged or cut off, and was left out";
        refused(&good[..good.len() - 30], gone);
        refused(b"", gone);
        refused(&archive(&[("x", b"")]), "error: x: `word/document.xml` is missing, and nothing was read");
        refused(&file("<w:p/>", &[]), "warning: x: holds no text and was left out");
        let bomb = archive(&[("x", b""), (BODY, " ".repeat(300 << 20).as_bytes())]);
        assert!(bomb.len() < 1 << 20);
        refused(
            &bomb,
            "error: x: `word/document.xml` unpacks to more than 200 times its size (--max-ratio), and nothing was read",
        );
        // Flag of a password in the directory and in front of the member.
        let mut locked = good.clone();
        let at = locked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        (locked[6], locked[at + 8]) = (locked[6] | 1, locked[at + 8] | 1);
        refused(&locked, "error: x: `word/document.xml` is locked by a password, and nothing was read");
        let mut broken = good.clone();
        let words = broken.windows(6).position(|w| w == b"pounds").unwrap();
        broken[words] = b'b';
        refused(&broken, "error: x: `word/document.xml` is damaged: Invalid checksum, and nothing was read");
    }

    #[test]
    fn a_directory_that_lies() {
        let good = file(&plain("It cost 5 pounds."), &[]);
        let end = good.len() - 22;
        for (members, size, start) in
            [(1, u64::MAX, 0), (u64::MAX, u64::MAX, 0), (u64::MAX / 46, 1 << 40, 1 << 62), (3, 46, u64::MAX)]
        {
            let mut bytes = good[..end].to_vec();
            bytes.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
            [members, members, size, start].iter().for_each(|n: &u64| bytes.extend(n.to_le_bytes()));
            bytes.extend(b"PK\x06\x07\0\0\0\0");
            bytes.extend((end as u64).to_le_bytes());
            bytes.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
            let mut problems = Vec::new();
            Docx.knows(&bytes);
            assert!(read_with(&Docx, &bytes, &mut problems).is_empty(), "{members}");
            assert!(problems[0].message.contains("is damaged or cut off"), "{problems:?}");
        }
        // Sizes of the member in the directory and before it.
        for lie in [0u32, 1, u32::MAX - 1, u32::MAX] {
            for field in [20, 24, 42] {
                let mut bytes = good.clone();
                let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap() + field;
                bytes[at..at + 4].copy_from_slice(&lie.to_le_bytes());
                let mut problems = Vec::new();
                assert!(!read_with(&Docx, &bytes, &mut problems).is_empty() || !problems.is_empty());
            }
        }
    }

    #[test]
    fn files_are_told_by_what_they_hold() {
        let folder = tempfile::tempdir().unwrap();
        let good = file(&plain(&format!("It cost 5 pounds. {}", "The weir is old. ".repeat(1000))), &[]);
        assert!(good.len() > 1 << 13);
        let read = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let found = crate::source::Found { path, id: name.to_owned(), named: true };
            crate::source::read(&found, &mut std::io::empty(), &crate::source::WalkOptions::default())
        };
        for name in ["mill.docx", "mill.bin"] {
            assert_eq!(read(name, &good).documents[0].format, "docx", "{name}");
        }
        let problem = |name: &str, bytes: &[u8]| read(name, bytes).problems[0].message.clone();
        let cut = &good[..good.len() - 9];
        assert_eq!(problem("cut.docx", cut), "is no docx file, or is damaged or cut off, and was left out");
        assert!(problem("x.txt", cut).contains("invalid Zip archive"));
    }

    #[test]
    fn hostile_parts_lose_nothing_else() {
        let told = |body: &str, more: &[(&str, &str)], expected: &str| {
            let (document, problems) = documents(&file(&[&plain("It cost 5 pounds."), body].concat(), more));
            assert!(document.is_some_and(|d| d.text.contains("5 pounds")), "{body:.60}");
            assert_eq!(problems, [format!("warning: mill.docx: {expected}")]);
        };
        let deep = ["<w:tbl>".repeat(100_000), "</w:tbl>".repeat(100_000)].concat();
        told(
            &deep,
            &[],
            "`word/document.xml` holds elements that lie more than 64 deep, which were left out (--max-depth)",
        );
        told("<w:p><w:r><w:t>x</w:r>", &[], "`word/document.xml` is damaged or cut off, and was read up to there");
        told(&plain("&a;"), &[], "`word/document.xml` refers to entities, which were left out");
        told("", &[("word/styles.xml", "<")], "`word/styles.xml` is damaged or cut off, and was read up to there");
        told("<w:altChunk/>", &[], "holds a part in another format (altChunk), which was left out");
        let laughs = r#"<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"#;
        told("", &[("docProps/core.xml", laughs)], "`docProps/core.xml` refers to entities, which were left out");
        // Twice the same name: the writer refuses that, so it is given one afterwards.
        let mut twice =
            file(&plain("First"), &[("word/document.xmm", "<w:p><w:r><w:t>5</w:t></w:r></w:p>"), ("../../x", "")]);
        let names: Vec<usize> =
            (0..twice.len() - 17).filter(|at| &twice[*at..at + 17] == b"word/document.xmm").collect();
        names.iter().for_each(|at| twice[at + 16] = b'l');
        let (document, problems) = documents(&twice);
        assert_eq!(document.unwrap().text.trim(), "5");
        assert_eq!(problems, ["warning: mill.docx: holds several members of one name, of which the last was read"]);
    }

    #[test]
    fn any_bytes_are_read_in_time() {
        let good = file(
            &[paragraph("Title", "The weir"), "<w:tbl><w:tr><w:tc/><w:tc/></w:tr></w:tbl>".to_owned()].concat(),
            &[("docProps/core.xml", CORE), ("word/styles.xml", "<w:styles/>")],
        );
        for bytes in damaged(&good, 7) {
            Docx.knows(&bytes);
            read_with(&Docx, &bytes, &mut Vec::new());
        }
        let begun = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>x</w:t></w:r></w:p>"#.repeat(50_000);
        check(&[&begun, &plain("end")[..]].concat(), &["end"]);
        read(&[plain("x"), "<w:tbl><w:tr><w:tc><w:p>".to_owned() + "</w:p></w:tc></w:tr></w:tbl>"].concat(), &[]);
        let cells =
            "<w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>";
        read(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.repeat(50_000)), &[]);
    }
}
