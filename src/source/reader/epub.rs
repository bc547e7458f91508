//! Electronic books.
//!
//! Comes in: the bytes of the archive. Goes out: one document: the chapters in the order of the book, read as web pages are,
//! and what the book says about itself.

use std::collections::{HashMap, HashSet};

use super::{Input, Reader, ReaderOutput, html};
use crate::problem::Problem;
use crate::source::blocks::Blocks;
use crate::source::front::is_address;
use crate::source::packed::{self, Packed, quoted, resolved};
use crate::source::title::{Title, heading, is_same};
use crate::source::xml::Kept;
use crate::source::{Front, dateline, decode};

/// The member that names the package.
const CONTAINER: &str = "META-INF/container.xml";
/// The member that names what is encrypted.
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// Reads books.
pub(super) struct Epub;

impl Reader for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn help(&self) -> &'static str {
        "electronic books without copy protection: all chapters in order as one document; title, date, authors and publisher from the package"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        packed::is_of_type(bytes, "application/epub+zip")
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        packed::read(input, self.name(), problems, book)
    }
}

/// The book, or why there is none.
fn book(packed: &mut Packed<'_, '_>) -> Result<ReaderOutput, Problem> {
    let bytes = packed.needed(CONTAINER)?;
    let container = packed.kept(CONTAINER, &bytes);
    let package = container.iter().filter(|e| e.name == "rootfile").find_map(|e| e.attribute("full-path"));
    let package = package.and_then(|path| resolved("", path));
    let package = package.ok_or_else(|| packed.refused("names no package and was left out"))?;
    let bytes = packed.needed(&package)?;
    let all = packed.kept(&package, &bytes);
    let locked = locked(packed)?;
    let chapters = chapters(packed, &all, &package);
    if chapters.iter().any(|name| locked.contains(name)) {
        return Err(packed.refused("is encrypted, so that it cannot be read, and was left out"));
    }
    let mut blocks = Blocks::new();
    for name in &chapters {
        chapter(packed, name, &mut blocks);
    }
    let gathered = blocks.extracted();
    if gathered.pieces.is_empty() {
        return Err(packed.empty());
    }
    let found = match title(&all) {
        Some(title) => heading(&gathered, |_, words| is_same(words, &title)).or(Some(Title::Before(title, "dc:title"))),
        None => heading(&gathered, |rank, _| rank == 1),
    };
    Ok(ReaderOutput::titled(gathered, found, front(&all)))
}

/// The names of the members that are encrypted.
fn locked(packed: &mut Packed<'_, '_>) -> Result<HashSet<String>, Problem> {
    let bytes = if packed.has(ENCRYPTION) { packed.needed(ENCRYPTION)? } else { Vec::new() };
    let all = if bytes.is_empty() { Vec::new() } else { packed.kept(ENCRYPTION, &bytes) };
    let of = all.iter().filter(|e| e.name == "CipherReference").filter_map(|e| e.attribute("URI"));
    Ok(of.filter_map(|path| resolved("", path)).collect())
}

/// The names of the chapters in their order, each once.
fn chapters(packed: &mut Packed<'_, '_>, all: &[Kept], package: &str) -> Vec<String> {
    let items = all.iter().filter(|e| e.name == "item");
    let items: HashMap<&str, &Kept> = items.filter_map(|e| Some((e.attribute("id")?, e))).collect();
    let (mut out, mut known, mut missing) = (Vec::new(), HashSet::new(), 0);
    for one in all.iter().filter(|e| e.name == "itemref" && e.attribute("linear") != Some("no")) {
        let Some(item) = one.attribute("idref").and_then(|id| items.get(id)) else {
            missing += 1;
            continue;
        };
        let address = item.attribute("href").unwrap_or_default();
        let properties = item.attribute("properties").unwrap_or_default();
        let kind = item.attribute("media-type").unwrap_or_default();
        if properties.split_whitespace().any(|property| property == "nav") {
            continue;
        }
        if !matches!(kind, "" | "application/xhtml+xml" | "text/html" | "text/x-oeb1-document") {
            packed.tell(&format!("{} holds no text of a kind that is read, and was left out", quoted(address)));
            continue;
        }
        let Some(name) = resolved(package, address) else {
            packed.tell(&format!("{} does not lie in the book, and was left out", quoted(address)));
            continue;
        };
        if out.len() >= packed.input.options.most_parts as usize {
            let most = packed.input.options.most_parts;
            packed.tell(&format!("holds more than {most} chapters, of which the rest was left out (--max-parts)"));
            break;
        }
        if known.insert(name.clone()) {
            out.push(name);
        }
    }
    if missing > 0 {
        packed.tell(&format!("names {missing} chapters by an id that nothing has, which were left out"));
    }
    out
}

/// Adds the text of a chapter.
fn chapter(packed: &mut Packed<'_, '_>, name: &str, blocks: &mut Blocks) {
    let Some(bytes) = packed.wanted(name) else { return };
    // A reference to a character may be shorter than what it stands for, but not by half.
    if blocks.len() as u64 + 2 * bytes.len() as u64 >= decode::LIMIT {
        return packed.tell(&format!("{} makes the text too long, and was left out", quoted(name)));
    }
    let mut stated = Vec::new();
    html::append(&bytes, packed.input.path, blocks, &mut stated);
    packed.left_out(name, &stated.into_iter().map(|problem| problem.message).collect::<Vec<_>>());
}

/// What elements state of others which they refine, by the ids of those and the property.
struct Refined<'a>(HashMap<(&'a str, &'a str), &'a str>);

impl<'a> Refined<'a> {
    fn new(all: &'a [Kept]) -> Refined<'a> {
        let of = |e: &'a Kept| {
            Some(((e.attribute("refines")?.strip_prefix('#')?, e.attribute("property")?), e.words.trim()))
        };
        Refined(all.iter().filter(|e| e.name == "meta").filter_map(of).collect())
    }

    fn of(&self, one: &Kept, property: &str) -> Option<&'a str> {
        self.0.get(&(one.attribute("id")?, property)).copied()
    }
}

/// The elements of a name.
fn named<'a>(all: &'a [Kept], name: &'a str) -> impl Iterator<Item = &'a Kept> {
    all.iter().filter(move |e| e.space == "dc" && e.name == name)
}

/// The title: the one that is called the main one, else the first.
fn title(all: &[Kept]) -> Option<String> {
    let refined = Refined::new(all);
    let main = named(all, "title").find(|e| refined.of(e, "title-type") == Some("main"));
    main.or_else(|| named(all, "title").next()).and_then(Kept::line)
}

/// What the package states, its title apart.
fn front(all: &[Kept]) -> Front {
    let first = |name| named(all, name).find_map(Kept::line);
    let event = |e: &&Kept, event: &str| e.attribute("event").is_none_or(|own| own == event);
    let published = named(all, "date").filter(|e| event(e, "publication"));
    let changed = all.iter().filter(|e| e.name == "meta" && e.attribute("property") == Some("dcterms:modified"));
    let changed = changed.chain(named(all, "date").filter(|e| e.attribute("event") == Some("modification")));
    let day = |e: &Kept| dateline::parse(&e.words);
    let refined = Refined::new(all);
    let wrote = |e: &&Kept| e.attribute("role").or_else(|| refined.of(e, "role")).is_none_or(|role| role == "aut");
    let address = |name| named(all, name).filter_map(Kept::line).find(|url| is_address(url));
    let mut front = Front {
        publisher: first("publisher"),
        published: published.filter_map(day).next(),
        modified: changed.filter_map(day).next(),
        authors: named(all, "creator").filter(wrote).filter_map(Kept::line).collect(),
        url: address("identifier"),
        language: first("language"),
        ..Front::default()
    };
    let within = front.url.is_some();
    front.url = front.url.or_else(|| address("source"));
    let places = [
        ("publisher", "dc:publisher"),
        ("published", "dc:date"),
        ("modified", "dcterms:modified"),
        ("authors", "dc:creator"),
        ("url", if within { "dc:identifier" } else { "dc:source" }),
        ("language", "dc:language"),
    ];
    front.placed_at(&places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::packed::tests::{archive, damaged};
    use crate::source::reader::docx;
    use crate::source::reader::tests::read_with;
    use crate::source::{Document, Piece, PieceKind, ReadOptions, from_bytes, front};

    const BOXED: &str = r#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    const STATED: &str = r##"<dc:title id="s">A tale</dc:title><dc:title id="t">The  Weir</dc:title><meta refines="#t" property="title-type">main</meta>
<dc:creator id="a">Agnes Thorley</dc:creator><dc:creator id="b">Omar Lund</dc:creator><meta refines="#b" property="role">ill</meta>
<dc:publisher>Weir Press</dc:publisher><dc:date>2031-03-12</dc:date><dc:language>en-GB</dc:language>
<dc:identifier>urn:isbn:0</dc:identifier><dc:source>https://weir.example/tale</dc:source><meta property="dcterms:modified">2031-04-01T00:00:00Z</meta>"##;

    fn page(body: &str) -> String {
        format!(
            r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head><body>{body}</body></html>"#
        )
    }

    /// A book of some chapters, the entries of whose list may say more, and of other members.
    fn book(stated: &str, chapters: &[(&str, &str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
        let all = || chapters.iter().enumerate();
        let items: String =
            all().map(|(id, (name, kind, _))| format!(r#"<item id="i{id}" href="{name}" {kind}/>"#)).collect();
        let spine: String = all().map(|(id, (_, kind, _))| format!(r#"<itemref idref="i{id}" {kind}/>"#)).collect();
        let package = format!(
            r#"<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{stated}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"#
        );
        let pages: Vec<(String, String)> = chapters
            .iter()
            .filter(|(_, _, body)| !body.is_empty())
            .map(|(name, _, body)| (format!("OEBPS/{}", name.replace("%20", " ")), page(body)))
            .collect();
        let head = [("mimetype", "application/epub+zip"), (CONTAINER, BOXED), ("OEBPS/book.opf", &package)];
        let pages = pages.iter().map(|(name, body)| (name.as_str(), body.as_str()));
        let all: Vec<(&str, &[u8])> = head
            .into_iter()
            .chain(pages)
            .chain(more.iter().copied())
            .map(|(name, text)| (name, text.as_bytes()))
            .collect();
        archive(&all)
    }

    fn documents(bytes: &[u8]) -> (Option<Document>, Vec<String>) {
        let mut problems = Vec::new();
        let document = from_bytes("tale", "tale", bytes, &ReadOptions::default(), &mut problems).pop();
        (document, problems.iter().map(ToString::to_string).collect())
    }

    fn shown(document: &Document) -> Vec<(PieceKind, &str)> {
        document.pieces.iter().map(|Piece { kind, span }| (*kind, span.of(&document.text))).collect()
    }

    const TABLE: &str = "<table><tr><th>Year</th><th>Visitors</th></tr><tr><td>2030</td><td>4,000</td></tr></table>";

    #[test]
    fn chapters_in_order() {
        let links = "<nav><p>Menu</p></nav><ol><li><a>One</a></li><li><a>Two</a></li><li><a>Three</a></li></ol>";
        let one = format!("<header><h1>The weir</h1></header><p>It cost&nbsp;5 <a id=\"x\"/>pounds.</p>{links}{TABLE}");
        let two =
            format!("<h2>Notes</h2><span epub:type=\"pagebreak\">12</span><aside><p>See above.</p></aside>{TABLE}");
        let bytes = book(
            STATED,
            &[
                ("nav.xhtml", "properties=\"nav\"", "<p>Contents</p>"),
                ("part%20one.xhtml", "media-type=\"application/xhtml+xml\"", &one),
                ("ad.xhtml", "linear=\"no\"", "<p>Buy more.</p>"),
                ("two.xhtml", "", &two),
                ("two.xhtml", "", ""),
            ],
            &[("META-INF/encryption.xml", r#"<e><CipherReference URI="OEBPS/font.otf"/></e>"#)],
        );
        let (document, problems) = documents(&bytes);
        assert_eq!(problems, Vec::<String>::new());
        let document = document.unwrap();
        let cell = |table, row, column, head| PieceKind::Cell { table, row, column, head };
        let expected = [
            (PieceKind::Heading(1), "The weir"),
            (PieceKind::Paragraph, "It cost 5 pounds."),
            (cell(0, 0, 0, true), "Year"),
            (cell(0, 0, 1, true), "Visitors"),
            (cell(0, 1, 0, false), "2030"),
            (cell(0, 1, 1, false), "4,000"),
            (PieceKind::Heading(2), "Notes"),
            (PieceKind::Paragraph, "See above."),
            (cell(1, 0, 0, true), "Year"),
            (cell(1, 0, 1, true), "Visitors"),
            (cell(1, 1, 0, false), "2030"),
            (cell(1, 1, 1, false), "4,000"),
        ];
        assert_eq!(shown(&document), expected);
        assert_eq!((document.format, document.title.as_deref()), ("epub", Some("The weir")));
        assert_eq!(document.title_span, Some(document.pieces[0].span));
    }

    #[test]
    fn what_it_says_of_itself() {
        let (document, _) = documents(&book(STATED, &[("one.xhtml", "", "<h1>One</h1><p>Text.</p>")], &[]));
        let document = document.unwrap();
        assert_eq!(document.title.as_deref(), Some("The Weir"));
        assert_eq!(document.body.of(&document.text).trim(), "One\n\nText.");
        assert_eq!(document.authors, ["Agnes Thorley"]);
        assert_eq!(document.publisher.as_deref(), Some("Weir Press"));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!(document.modified.map(|d| d.to_string()).as_deref(), Some("2031-04-01"));
        assert_eq!(
            (document.url.as_deref(), document.language.as_deref()),
            (Some("https://weir.example/tale"), Some("en-GB"))
        );
        assert_eq!(document.stated_in.get("url").map(String::as_str), Some("dc:source"));
        let (document, _) = documents(&book(
            "<dc:date event=\"creation\">2031-01-01</dc:date>",
            &[("one.xhtml", "", "<h1>One</h1><p>Text.</p>")],
            &[],
        ));
        let document = document.unwrap();
        assert_eq!((document.title.as_deref(), document.published), (Some("One"), None));
    }

    #[test]
    fn hostile_books_are_named() {
        let refused = |bytes: &[u8], expected: &str| {
            let mut problems = Vec::new();
            assert!(read_with(&Epub, bytes, &mut problems).is_empty());
            assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
        };
        let chapters = [("one.xhtml", "", "<p>It cost 5 pounds.</p>")];
        let good = book("", &chapters, &[]);
        assert!(Epub.knows(&good) && !Epub.knows(&good[1..]) && !Epub.knows(&archive(&[("mimetype", b"text/plain")])));
        refused(&good[..good.len() / 2], "error: x: is no epub file, or is damaged or cut off, and was left out");
        refused(&archive(&[("x", b"")]), "error: x: `META-INF/container.xml` is missing, and nothing was read");
        let leads = archive(&[(CONTAINER, b"<rootfile full-path='../../etc/passwd'/>")]);
        refused(&leads, "error: x: names no package and was left out");
        refused(&book("", &[], &[]), "warning: x: holds no text and was left out");
        let locked = [(ENCRYPTION, r#"<e><CipherReference URI="OEBPS/one.xhtml"/></e>"#)];
        refused(&book("", &chapters, &locked), "error: x: is encrypted, so that it cannot be read, and was left out");
    }

    #[test]
    fn a_bad_chapter_costs_itself() {
        let chapters = [
            ("gone.xhtml", "", ""),
            ("../../etc/passwd", "", ""),
            ("art.svg", "media-type=\"image/svg+xml\"", ""),
            ("deep.xhtml", "", &"<div>".repeat(50_000)),
            ("bomb.xhtml", "", &" ".repeat(3 << 20)),
            ("one.xhtml", "", "<p>It cost 5 pounds.</p>"),
        ];
        let mut problems = Vec::new();
        let bytes = book("", &chapters, &[("OEBPS/../../x", "y")]);
        let read = read_with(&Epub, &bytes, &mut problems);
        assert_eq!(read[0].text.trim(), "It cost 5 pounds.");
        let expected = [
            "`../../etc/passwd` does not lie in the book, and was left out",
            "`art.svg` holds no text of a kind that is read, and was left out",
            "`OEBPS/gone.xhtml` is missing, and was left out",
            "`OEBPS/bomb.xhtml` unpacks to more than 200 times its size (--max-ratio), and was left out",
        ];
        assert_eq!(problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>(), expected);
        let many = ReadOptions { most_parts: 1, ..ReadOptions::default() };
        let mut problems = Vec::new();
        let bytes = book("", &[("a.xhtml", "", "<p>A</p>"), ("b.xhtml", "", "<p>B</p>")], &[]);
        assert_eq!(from_bytes("x", "x", &bytes, &many, &mut problems)[0].text.trim(), "A");
        assert!(problems[0].message.contains("more than 1 chapters"));
    }

    #[test]
    fn any_bytes_are_read_in_time() {
        let good = book(STATED, &[("one.xhtml", "", TABLE), ("two.xhtml", "", "<p>Text.</p>")], &[]);
        for bytes in damaged(&good, 5) {
            Epub.knows(&bytes);
            read_with(&Epub, &bytes, &mut Vec::new());
        }
    }

    /// The blocks of a text in Markdown.
    fn blocks(text: &str) -> Vec<(PieceKind, String)> {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
        let (mut out, mut words) = (Vec::new(), String::new());
        let (mut kinds, mut at) = (vec![PieceKind::Paragraph], (0, 0, 0));
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => kinds.push(PieceKind::Heading(level as u8)),
                Event::Start(Tag::Item) => kinds.push(PieceKind::Item),
                Event::Start(Tag::BlockQuote(_)) => kinds.push(PieceKind::Quote),
                Event::Start(Tag::TableCell) => {
                    let (table, row, column) = at;
                    kinds.push(PieceKind::Cell { table, row, column, head: row == 0 });
                    at.2 += 1;
                }
                Event::Text(t) | Event::Code(t) => words.push_str(&t),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                Event::End(end) => {
                    let inline =
                        matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough);
                    if !inline && !words.trim().is_empty() {
                        out.push((*kinds.last().unwrap(), words.split_whitespace().collect::<Vec<_>>().join(" ")));
                    }
                    words = if inline { words } else { String::new() };
                    match end {
                        TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::TableCell => {
                            kinds.pop();
                        }
                        TagEnd::TableHead | TagEnd::TableRow => at = (at.0, at.1 + 1, 0),
                        TagEnd::Table => at = (at.0 + 1, 0, 0),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// The same blocks as the body of a Word document and of a page.
    fn written(blocks: &[(PieceKind, String)]) -> (String, String) {
        let (mut word, mut page) = (String::new(), String::new());
        let mut before = PieceKind::Paragraph;
        let is_in = |kind, of: u32| matches!(kind, PieceKind::Cell { table, .. } if table == of);
        for (kind, words) in blocks {
            if let PieceKind::Cell { table, .. } = before
                && !is_in(*kind, table)
            {
                word.push_str("</w:tr></w:tbl>");
                page.push_str("</tr></table>");
            }
            let words = quick_xml::escape::escape(words.as_str());
            let styled = |style: &str| format!("<w:p><w:pPr>{style}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>");
            let (one, other) = match *kind {
                PieceKind::Heading(n) => {
                    (styled(&format!("<w:pStyle w:val=\"Heading{n}\"/>")), format!("<h{n}>{words}</h{n}>"))
                }
                PieceKind::Item => (styled("<w:numPr><w:numId w:val=\"1\"/></w:numPr>"), format!("<li>{words}</li>")),
                PieceKind::Quote => {
                    (styled("<w:pStyle w:val=\"Quote\"/>"), format!("<blockquote><p>{words}</p></blockquote>"))
                }
                PieceKind::Paragraph => (styled(""), format!("<p>{words}</p>")),
                PieceKind::Cell { table, row, column, head } => {
                    let (begin, html) = match (row, column) {
                        (0, 0) => ("<w:tbl><w:tr>", "<table><tr>"),
                        (_, 0) if is_in(before, table) => ("</w:tr><w:tr>", "</tr><tr>"),
                        _ => ("", ""),
                    };
                    let cell = if head { "th" } else { "td" };
                    (format!("{begin}<w:tc>{}</w:tc>", styled("")), format!("{html}<{cell}>{words}</{cell}>"))
                }
            };
            word.push_str(&one);
            page.push_str(&other);
            before = *kind;
        }
        if matches!(before, PieceKind::Cell { .. }) {
            word.push_str("</w:tr></w:tbl>");
            page.push_str("</tr></table>");
        }
        (word, page)
    }

    #[test]
    fn a_text_is_the_same_in_every_format() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/karpathy-anthropic");
        let more =
            "\n\n> A fine day.\n\n| Year | Visitors |\n|---|---|\n| 2030 | 4,000 |\n| 2031 | 5,000 |\n\nThe end.\n";
        for name in ["000-gadgetbond.txt", "001-brief.md", "002-map-room.md", "004-short-rewrite.md"] {
            let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
            let body = &text[front::read(&text, name, &mut Vec::new()).end..];
            let expected = blocks(&format!("{body}{more}"));
            assert!(expected.len() > 10);
            let (word, page) = written(&expected);
            for bytes in [docx::tests::file(&word, &[]), book("", &[("one.xhtml", "", &page)], &[])] {
                let (document, problems) = documents(&bytes);
                assert_eq!(problems, Vec::<String>::new());
                let document = document.unwrap();
                let read: Vec<_> = shown(&document).into_iter().map(|(kind, words)| (kind, words.to_owned())).collect();
                assert_eq!(read, expected, "{name} as {}", document.format);
            }
        }
    }
}
