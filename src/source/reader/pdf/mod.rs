//! PDF.
//!
//! Comes in: the bytes of a file. Goes out: its text, block by block, with the pages, and what the file says about
//! itself. Nothing in it is executed or fetched. Pages begin before the first block that begins on them: one that runs
//! over the end of a page is on the page on which it begins.

mod content;
mod layout;
mod piece;
mod screen;
mod stated;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf as File};

use super::{Input, PieceKind, Reader, ReaderOutput};
use crate::problem::{Level, Problem};
use crate::source::blocks::{Blocks, Gathered};
use crate::source::title::{is_dated, is_same};
use crate::text::Span;
use content::{Budget, Fonts};
use layout::Line;
use piece::Block;
use stated::{Stated, stated};

/// Where the mark of the format stands at the latest.
const HEAD: usize = 1024;
/// One of so many characters may be unknown without a warning: there are signs that have no character.
const FEW: usize = 100;

/// Reads PDF.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn help(&self) -> &'static str {
        "PDF with text: headings, paragraphs, lists and simple tables by where they stand on the page; heads, feet and numbers of pages are left out; title, date and authors from the file's information; not scanned pages, nor files with a password"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], b"%PDF-").is_some()
    }

    fn is_foreign(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let mut tell = |level, message: String| problems.push(Problem::new(level, input.path, message));
        match document(input, &mut tell) {
            Ok(document) => vec![document],
            Err(message) => {
                tell(Level::Error, message);
                Vec::new()
            }
        }
    }
}

/// Reads a file; an error is why there is nothing to read.
fn document(input: Input<'_>, tell: &mut dyn FnMut(Level, String)) -> Result<ReaderOutput, String> {
    let (bytes, taken_out) = screen::screen(input)?;
    if taken_out > 0 {
        let ratio = input.options.most_ratio;
        let message = format!(
            "holds parts that unpack to more than {ratio} times their size, or to more than is allowed together, or are packed so \
             that this cannot be known; {taken_out} of them were left out (--max-ratio, --max-unpacked)"
        );
        tell(Level::Warning, message);
    }
    let file = File::new(bytes).map_err(|e| refused(e).to_owned())?;
    let mut budget = Budget::new();
    let pages = pages(&file, input, &mut budget, tell);
    if pages.iter().all(Vec::is_empty) {
        let unread = taken_out > 0 || budget.is_spent() || budget.unknown > 0;
        return Err(match () {
            () if pages.is_empty() => "holds no pages and was left out",
            () if unread => "holds no text that can be read and was left out",
            () => "holds no text: its pages are images",
        }
        .to_owned());
    }
    let words = || pages.iter().flatten().flat_map(|l| &l.parts).flat_map(|p| p.words.chars());
    if words().filter(|c| *c == char::REPLACEMENT_CHARACTER).count() * 2 > words().count() {
        return Err("does not state what most of its characters mean and was left out".to_owned());
    }
    let count = pages.len();
    Ok(written(piece::blocks(pages), count, stated(&file)))
}

/// Why a file cannot be read.
fn refused(error: LoadPdfError) -> &'static str {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => "is encrypted with a password and was left out",
        LoadPdfError::Decryption(_) => "is encrypted in a way that cannot be read and was left out",
        LoadPdfError::Invalid => "is damaged, so that no pages are found in it, and was left out",
    }
}

/// The lines of the pages.
fn pages(file: &File, input: Input<'_>, budget: &mut Budget, tell: &mut dyn FnMut(Level, String)) -> Vec<Vec<Line>> {
    let all = file.pages();
    let most = input.options.most_parts as usize;
    if all.len() > most {
        tell(Level::Warning, format!("holds {} pages, of which the first {most} were read (--max-parts)", all.len()));
    }
    let (mut fonts, mut damaged) = (Fonts::new(), Vec::new());
    let mut out = Vec::new();
    for (number, page) in all.iter().take(most).enumerate() {
        let read = catch_unwind(AssertUnwindSafe(|| layout::lines(content::runs(page, &mut fonts, budget), number)));
        out.push(read.unwrap_or_else(|_| {
            damaged.push(number + 1);
            fonts = Fonts::new();
            Vec::new()
        }));
        budget.keep(out.last().into_iter().flatten().map(|line: &Line| line.parts.len()).sum());
        if budget.is_spent() {
            tell(
                Level::Warning,
                format!("is larger than can be read, so that what follows page {} was left out", number + 1),
            );
            break;
        }
    }
    if let Some(first) = damaged.first() {
        let others = if damaged.len() > 1 { format!(" and {} others", damaged.len() - 1) } else { String::new() };
        tell(Level::Warning, format!("has a damaged page, so that page {first}{others} was left out"));
    }
    if budget.unknown > 0 {
        let characters: usize = out.iter().flatten().flat_map(|l: &Line| &l.parts).map(|p| p.words.len()).sum();
        let level = if budget.unknown < characters / FEW { Level::Note } else { Level::Warning };
        let message =
            format!("does not state what {} of its characters mean, they are shown as \u{fffd}", budget.unknown);
        tell(level, message);
    }
    out
}

/// The document of its blocks, which stand on so many pages.
fn written(blocks: Vec<Block>, pages: usize, stated: Stated) -> ReaderOutput {
    let Stated { title, created, mut front } = stated;
    let on_first = |b: &&Block| b.page == 0 && matches!(b.kind, PieceKind::Heading(_));
    let same = |b: &&Block| title.as_ref().is_some_and(|t| is_same(t, &b.words));
    let largest = |b: &&Block| if let PieceKind::Heading(rank) = b.kind { rank } else { u8::MAX };
    let heading = match &title {
        Some(_) => blocks.iter().filter(on_first).find(same),
        None => blocks.iter().filter(on_first).min_by_key(largest),
    };
    let heading = heading.map(|found| blocks.iter().take_while(|b| !std::ptr::eq(*b, found)).count());
    let (mut out, mut begun) = (Blocks::new(), 0);
    if let (None, Some(title)) = (heading, &title) {
        out.page();
        begun = 1;
        out.add(title, 0);
        out.begin_body();
    }
    let mut span = None;
    for (at, block) in blocks.iter().enumerate() {
        while begun <= block.page {
            out.page();
            begun += 1;
        }
        let from = out.len();
        out.block(block.kind, &block.words);
        if heading == Some(at) {
            span = Some(from);
        }
    }
    // Pages on which no block begins.
    (begun..pages).for_each(|_| out.page());
    let gathered = out.extracted();
    front.title = titled(&gathered, span);
    let place = if title.is_some() { "" } else { "heading" };
    front.published = created.filter(|_| !is_dated(&gathered.text, gathered.body));
    if front.published.is_none() {
        front.stated_in.remove("published");
    }
    ReaderOutput::extracted(gathered, front.placed(place))
}

/// The title and where it stands: the heading that begins at a byte, or what stands before the body.
fn titled(gathered: &Gathered, heading: Option<usize>) -> Option<(String, Span)> {
    let span = match heading {
        Some(from) => gathered.pieces.iter().map(|p| p.span).find(|span| span.start as usize == from)?,
        None => Span::new(0, gathered.text.get(..gathered.body)?.trim_end().len()),
    };
    Some((span.of(&gathered.text).to_owned(), span)).filter(|(words, _)| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::atomic::AtomicU64;

    use data_encoding::HEXLOWER;

    use super::*;
    use crate::source::{Document, ReadOptions};

    const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

    /// A file of some objects, the first of which is the catalogue.
    fn file(objects: &[(u32, Vec<u8>)], trailer: &str) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
        for (number, object) in objects {
            table += &format!("{number} 1\n{:010} 00000 n \n", out.len());
            out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
        }
        let at = out.len();
        out.extend(format!("{table}trailer\n<</Size 999/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n").bytes());
        out
    }

    fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
        [format!("<<{dictionary}/Length {}>>stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    }

    fn deflated(data: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(data).unwrap();
        out.finish().unwrap()
    }

    /// The objects of a document: pages of these drawings, with Helvetica as `/F`, its bold face as `/B` and more
    /// objects.
    fn objects(pages: &[Vec<u8>], more: &[(u32, Vec<u8>)]) -> Vec<(u32, Vec<u8>)> {
        let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 100 + 2 * n)).collect();
        let mut out = vec![
            (1, b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>".to_vec()),
            (2, format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 600 800]>>", pages.len()).into_bytes()),
            (3, HELVETICA.as_bytes().to_vec()),
            (4, HELVETICA.replace("Helvetica", "Helvetica-Bold").into_bytes()),
        ];
        for (n, page) in pages.iter().enumerate() {
            let (number, fonts) = (100 + 2 * n as u32, "<</Font<</F 3 0 R/B 4 0 R/X 9 0 R>>/XObject<</X 10 0 R>>>>");
            let dictionary = format!("<</Type/Page/Parent 2 0 R/Resources{fonts}/Contents {} 0 R>>", number + 1);
            out.extend([(number, dictionary.into_bytes()), (number + 1, stream("", page))]);
        }
        for (number, object) in more {
            out.retain(|(n, _)| n != number);
            out.push((*number, object.clone()));
        }
        out
    }

    /// A drawing of lines: font and size, place, words.
    fn drawn(lines: &[(&str, f32, f32, &str)]) -> Vec<u8> {
        let line = |(font, x, y, words): &(&str, f32, f32, &str)| format!("BT /{font} Tf {x} {y} Td ({words}) Tj ET\n");
        lines.iter().map(line).collect::<String>().into_bytes()
    }

    fn read_all(bytes: &[u8]) -> (Vec<Document>, Vec<String>) {
        let mut problems = Vec::new();
        let documents = crate::source::from_bytes("x.pdf", "x.pdf", bytes, &ReadOptions::default(), &mut problems);
        (documents, problems.iter().map(ToString::to_string).collect())
    }

    fn read(bytes: &[u8]) -> Document {
        let (mut documents, problems) = read_all(bytes);
        assert_eq!((documents.len(), problems), (1, Vec::new()));
        documents.remove(0)
    }

    fn shown(document: &Document) -> Vec<(PieceKind, &str)> {
        document.pieces.iter().map(|p| (p.kind, p.span.of(&document.text))).collect()
    }

    fn refused(bytes: &[u8], expected: &str) {
        let (documents, problems) = read_all(bytes);
        assert!(
            documents.is_empty() && problems.last().is_some_and(|p| p.contains(expected)),
            "{expected}: {problems:?}"
        );
    }

    const SENTENCE: &str = "The weir has three gates.";

    fn simple() -> Vec<Vec<u8>> {
        vec![drawn(&[("F 11", 50.0, 700.0, SENTENCE)])]
    }

    fn mill() -> Vec<Vec<u8>> {
        let head = |n| format!("The Weir Ledger, page {n} of 3");
        let heads = [1, 2, 3].map(head);
        let first = [
            ("F 8", 50.0, 780.0, heads[0].as_str()),
            ("F 22", 50.0, 730.0, "The old mill by the river"),
            ("F 22", 50.0, 704.0, "opens again"),
            ("F 11", 50.0, 670.0, "The mill cost 38 million pounds, as the clerk of the inter-"),
            ("F 11", 50.0, 657.0, "national council told those who came to the opening on Friday."),
            ("F 11", 62.0, 644.0, "It has three wheels and a weir, both of which were built by the"),
            ("F 11", 50.0, 631.0, "people of the town."),
            ("B 11", 50.0, 605.0, "What it holds"),
            ("F 11", 50.0, 585.0, "\\225"),
            ("F 11", 62.0, 585.0, "12 millstones, of which the largest weighs as much as a lorry and"),
            ("F 11", 62.0, 572.0, "turns no more"),
            ("F 11", 50.0, 559.0, "\\225"),
            ("F 11", 62.0, 559.0, "4 floors"),
            ("F 11", 50.0, 530.0, "Its keeper, who has lived above the wheels for eleven years and"),
        ];
        let second = [
            ("F 8", 50.0, 780.0, heads[1].as_str()),
            ("F 11", 50.0, 730.0, "knows each of them by its voice, will stay. She has a room of her"),
            ("F 11", 50.0, 717.0, "own."),
        ];
        let third = [("F 8", 50.0, 780.0, heads[2].as_str()), ("F 11", 50.0, 730.0, "The end.")];
        vec![drawn(&first), drawn(&second), drawn(&third)]
    }

    #[test]
    fn headings_paragraphs_and_lists() {
        let document = read(&file(&objects(&mill(), &[]), ""));
        let expected = [
            (PieceKind::Heading(1), "The old mill by the river opens again"),
            (
                PieceKind::Paragraph,
                "The mill cost 38 million pounds, as the clerk of the international council told those who came to the opening on Friday.",
            ),
            (
                PieceKind::Paragraph,
                "It has three wheels and a weir, both of which were built by the people of the town.",
            ),
            (PieceKind::Heading(2), "What it holds"),
            (PieceKind::Item, "12 millstones, of which the largest weighs as much as a lorry and turns no more"),
            (PieceKind::Item, "4 floors"),
            (
                PieceKind::Paragraph,
                "Its keeper, who has lived above the wheels for eleven years and knows each of them by its voice, will stay. She has a room of her own.",
            ),
            (PieceKind::Paragraph, "The end."),
        ];
        assert_eq!(shown(&document), expected);
        assert_eq!(document.title.as_deref(), Some("The old mill by the river opens again"));
        assert_eq!(document.title_span, Some(document.pieces[0].span));
        assert_eq!((document.language.as_deref(), document.format), (Some("en-GB"), "pdf"));
        // The paragraph over the end of page 1 is on that page.
        let page = |words: &str| document.page(document.text.find(words).unwrap() as u32);
        assert_eq!(["The mill", "She has", "The end"].map(page), [Some(1), Some(1), Some(3)]);
        assert_eq!(document.report_span(document.pieces[0].span), document.pieces[0].span);
    }

    #[test]
    fn the_left_column_comes_first() {
        let column = |x: f32, name: &'static str| {
            let lines = [
                "of the column tells of a mill by a weir",
                "which goes on for a line and one more",
                "and ends here below them all today.",
            ];
            (0..9).map(move |n| {
                let words = if n == 0 { format!("The {name} {}", lines[0]) } else { lines[n % 3].to_owned() };
                format!("BT /F 10 Tf {x} {} Td ({words}) Tj ET\n", 650 - 12 * n)
            })
        };
        let mut page = drawn(&[("F 20", 50.0, 700.0, "A heading over both of the columns of this page")]);
        let (left, right): (Vec<String>, Vec<String>) =
            (column(50.0, "left").collect(), column(300.0, "right").collect());
        // They are drawn line by line across the page.
        page.extend(left.iter().zip(&right).flat_map(|(l, r)| [l.bytes(), r.bytes()]).flatten());
        let document = read(&file(&objects(&[page], &[]), ""));
        let at = |words: &str| document.text.find(words).unwrap();
        assert!(at("A heading") < at("The left") && at("The left") < at("The right"));
        assert_eq!(document.text[at("The left")..at("The right")].matches("ends here below").count(), 3);
    }

    #[test]
    fn a_table_and_what_only_looks_like_one() {
        let row = |y: f32, cells: [&'static str; 3]| {
            [(50.0, cells[0]), (150.0, cells[1]), (250.0, cells[2])].map(|(x, c)| ("F 10", x, y, c))
        };
        let rows = [
            row(700.0, ["Year", "Visitors", "Cost"]),
            row(685.0, ["2030", "4,000", "12"]),
            row(670.0, ["2031", "5,000", "15"]),
        ];
        let document = read(&file(&objects(&[drawn(&rows.concat())], &[]), ""));
        let cell = |row, column| PieceKind::Cell { table: 0, row, column, head: row == 0 };
        let cells = shown(&document);
        assert_eq!(cells.len(), 9);
        assert_eq!(
            [cells[1], cells[5], cells[6]],
            [(cell(0, 1), "Visitors"), (cell(1, 2), "12"), (cell(2, 0), "2031")]
        );
        let document = read(&file(&objects(&[drawn(&rows[1..].concat())], &[]), ""));
        assert!(shown(&document).iter().all(|(kind, _)| *kind == PieceKind::Paragraph));
        assert!(document.text.contains("2030 4,000 12"));
    }

    #[test]
    fn notes_powers_ligatures_and_gaps() {
        let small = |x: f32, y: f32, words: &'static str| ("F 6", x, y, words);
        let lines = [
            ("F 11", 50.0, 700.0, "The weir is wide"),
            small(130.5, 704.5, "12"),
            ("F 11", 140.0, 700.0, "and covers 40 m"),
            small(219.0, 704.5, "2"),
            ("F 11", 225.0, 700.0, "of water."),
            ("X 11", 50.0, 680.0, "\\001sh of\\002ce"),
        ];
        let font = HELVETICA.replace("/WinAnsiEncoding", "<</BaseEncoding/WinAnsiEncoding/Differences[1/fi/fi]>>");
        let mut page = drawn(&lines);
        page.extend(b"BT /F 11 Tf 50 660 Td [(Fo) 20 (ur ga) -300 (tes)] TJ ET ");
        page.extend(b"/Artifact BMC BT /F 11 Tf 50 640 Td (Draft) Tj ET EMC ");
        page.extend(b"/Span <</ActualText (spoken)>> BDC BT /F 11 Tf 50 620 Td (xyz) Tj ET EMC ");
        page.extend(b"BT /F 40 Tf 0.7 0.7 -0.7 0.7 90 90 Tm (COPY) Tj ET");
        let document = read(&file(&objects(&[page], &[(9, font.into_bytes())]), ""));
        assert_eq!(
            document.text.replace("\n\n", " ").trim(),
            "The weir is wide and covers 40 m² of water. fish office Four ga tes spoken"
        );
    }

    #[test]
    fn what_it_says_of_itself() {
        let info = |title: &str| {
            let words = format!(
                "<</Title({title})/Author(Ada Quill; Bo Reed)/CreationDate(D:20310312080000Z)/ModDate(D:20310401)>>"
            );
            file(&objects(&mill(), &[(20, words.into_bytes())]), "/Info 20 0 R")
        };
        let document = read(&info("The old mill by the River opens again"));
        assert_eq!(document.title_span, Some(document.pieces[0].span));
        assert_eq!(document.authors, ["Ada Quill", "Bo Reed"]);
        let dates = [document.published, document.modified].map(|d| d.map(|d| d.to_string()));
        assert_eq!(dates, [Some("2031-03-12".to_owned()), Some("2031-04-01".to_owned())]);
        assert_eq!(document.stated_in.get("published").map(String::as_str), Some("document information"));
        let document = read(&info("\\376\\377\\000M\\000i\\000l\\000l"));
        assert_eq!(
            (document.title.as_deref(), document.body.of(&document.text).starts_with("The old mill")),
            (Some("Mill"), true)
        );
        assert_eq!(document.title_span.map(|s| s.of(&document.text)), Some("Mill"));
        for no_title in ["Microsoft Word - mill.doc", "mill_final.indd", "untitled", "12"] {
            assert_eq!(read(&info(no_title)).title.as_deref(), Some("The old mill by the river opens again"));
        }
    }

    #[test]
    fn a_dateline_is_surer_than_the_date_of_the_file() {
        let page = drawn(&[("F 11", 50.0, 700.0, "Published March 9, 2031"), ("F 11", 50.0, 660.0, SENTENCE)]);
        let info = (20, b"<</CreationDate(D:20310312)>>".to_vec());
        let document = read(&file(&objects(&[page], &[info]), "/Info 20 0 R"));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-03-09"));
        assert_eq!(document.stated_in.get("published").map(String::as_str), Some("dateline"));
    }

    #[test]
    fn the_packet_of_metadata() {
        let packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description xmp:CreateDate='2031-03-10T08:00:00Z'><dc:title><rdf:Alt>
            <rdf:li xml:lang='x-default'>Mill &amp; weir</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Ada Quill</rdf:li>
            <rdf:li>Bo Reed</rdf:li></rdf:Seq></dc:creator><dc:publisher><rdf:Bag><rdf:li>The Weir Ledger</rdf:li></rdf:Bag></dc:publisher>
            </rdf:Description></rdf:RDF></x:xmpmeta>";
        let catalogue = (1, b"<</Type/Catalog/Pages 2 0 R/Metadata 20 0 R>>".to_vec());
        let document =
            read(&file(&objects(&simple(), &[catalogue, (20, stream("/Type/Metadata", packet.as_bytes()))]), ""));
        assert_eq!(
            (document.title.as_deref(), document.publisher.as_deref()),
            (Some("Mill & weir"), Some("The Weir Ledger"))
        );
        assert_eq!(document.authors, ["Ada Quill", "Bo Reed"]);
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-03-10"));
        assert_eq!(document.stated_in.get("title").map(String::as_str), Some("XMP dc:title"));
    }

    #[test]
    fn encrypted_files() {
        let data = "cef0371f9b32c635a483a56cfc98f22c6c9d10e368ee29916fb8acdbf1916edda43c283389cea60e0e475c538c71f9c375ccda712fb11d";
        let lock = |user: &str| {
            format!(
                "/ID[<77656972><77656972>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{}>/U<{user}>>>",
                "4f".repeat(32)
            )
        };
        let user = "91b9920e4607000325eed746c5d8d9629922c4fd095f5b96c0079dfbb2fc1006";
        let page = (100, b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>".to_vec());
        let all = objects(
            &simple(),
            &[
                page,
                (5, stream("", &HEXLOWER.decode(data.as_bytes()).unwrap())),
                (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
            ],
        );
        assert_eq!(read(&file(&all, &lock(user))).text.trim(), SENTENCE);
        refused(&file(&all, &lock(&"00".repeat(32))), "is encrypted with a password and was left out");
    }

    #[test]
    fn files_without_text() {
        let image = stream("/Type/XObject/Subtype/Image/Width 9/Height 9/Filter/FlateDecode", &deflated(&[0; 81]));
        refused(&file(&objects(&[b"/X Do".to_vec()], &[(10, image)]), ""), "holds no text: its pages are images");
        refused(&file(&objects(&[], &[]), ""), "holds no pages");
        refused(b"%PDF-1.7\n", "is damaged");
        let unknown = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2/BaseFont/A>>]>>";
        let page = b"BT /X 11 Tf 50 700 Td <00410042> Tj ET".to_vec();
        refused(
            &file(&objects(&[page], &[(9, unknown.into())]), ""),
            "does not state what most of its characters mean",
        );
    }

    #[test]
    fn limits_are_named() {
        let (options, unpacked) = (ReadOptions { most_parts: 2, ..ReadOptions::default() }, AtomicU64::new(0));
        let bytes = file(&objects(&mill(), &[]), "");
        let input = Input { bytes: &bytes, path: "x", options: &options, unpacked: &unpacked, depth: 0 };
        let mut problems = Vec::new();
        let read = Pdf.read(input, &mut problems);
        assert_eq!(read[0].pages.len(), 2);
        assert_eq!(problems[0].message, "holds 3 pages, of which the first 2 were read (--max-parts)");
    }

    #[test]
    fn what_unpacks_without_bound_is_left_out() {
        let bomb = deflated(&vec![0; 32 << 20]);
        let packed = |dictionary: &str, data: &[u8]| stream(&format!("/Filter{dictionary}"), data);
        let inner = [b"7 0 ".to_vec(), packed("/FlateDecode", &bomb)].concat();
        for object in [
            packed("/FlateDecode", &bomb),
            packed("[/Fl#61teDecode]", &bomb),
            packed("[/FlateDecode/FlateDecode]", &deflated(&bomb)),
            packed("/FlateDecode/Type/ObjStm/N 1/First 4", &bomb),
            packed("/FlateDecode/Type/ObjStm/N 1/First 4", &deflated(&inner)),
            packed("/FlateDecode/DecodeParms<</Predictor 12/Columns 999999999999>>", &deflated(SENTENCE.as_bytes())),
            packed(" 21 0 R", &bomb),
        ] {
            let all = objects(&simple(), &[(20, object.clone()), (21, b"/FlateDecode".to_vec())]);
            let (documents, problems) = read_all(&file(&all, ""));
            assert_eq!((documents.len(), documents[0].text.trim()), (1, SENTENCE));
            assert!(
                problems.len() == 1 && problems[0].contains("1 of them were left out (--max-ratio"),
                "{problems:?}"
            );
            let page = (101, object);
            refused(
                &file(&objects(&simple(), &[page, (21, b"/FlateDecode".to_vec())]), ""),
                "holds no text that can be read",
            );
        }
    }

    #[test]
    fn depth_ends() {
        let deep = |open: &str, close: &str, depth: usize| [open.repeat(depth), close.repeat(depth)].concat();
        for (open, close, depth) in [
            ("[", "]", 100_000),
            ("(", ")", 100_000),
            ("[", "", 100_000),
            ("<</A", ">>", 100_000),
            ("[<</A", ">>]", 10_000),
            ("<</A ", "", 10_000),
        ] {
            let object = deep(open, close, depth);
            let document = read(&file(&objects(&simple(), &[(20, object.clone().into_bytes())]), "/Info 20 0 R"));
            assert_eq!(document.text.trim(), SENTENCE);
            let page = [object.as_bytes(), b" Tj\n"].concat();
            read_all(&file(&objects(&[page], &[]), ""));
            read_all(&file(&objects(&simple(), &[(2, format!("<</Type/Pages/Kids{object}>>").into_bytes())]), ""));
        }
        for opened in ["q ", "/P BMC ", "BT ", "/X Do "] {
            let page = [opened.repeat(50_000).as_bytes(), &simple()[0]].concat();
            let form = stream("/Subtype/Form/Resources<</XObject<</X 10 0 R>>>>", b"/X Do");
            assert_eq!(read(&file(&objects(&[page], &[(10, form)]), "")).text.trim(), SENTENCE);
        }
    }

    #[test]
    fn what_leads_to_itself_ends() {
        let kids = |kids: &str| (2, format!("<</Type/Pages/Kids[{kids}]/Parent 2 0 R>>").into_bytes());
        assert_eq!(read(&file(&objects(&simple(), &[kids("2 0 R 100 0 R 2 0 R 100 0 R")]), "")).text.trim(), SENTENCE);
        for object in
            ["3 0 R", "<</Type/Font/Subtype/Type0/DescendantFonts[3 0 R]/ToUnicode 3 0 R/Encoding 3 0 R>>", "null"]
        {
            let document = read(&file(&objects(&simple(), &[(3, object.into())]), ""));
            assert_eq!(document.text.trim(), SENTENCE);
        }
        read_all(&file(&objects(&simple(), &[(1, b"1 0 R".to_vec())]), ""));
        read_all(&file(
            &objects(&simple(), &[(101, b"<</Length 101 0 R/Filter 101 0 R>>stream\nx\nendstream".to_vec())]),
            "",
        ));
    }

    #[test]
    fn damaged_files() {
        let all = objects(&simple(), &[]);
        let whole = file(&all, "");
        let table = whole.windows(5).rposition(|w| w == b"xref\n").unwrap();
        let text = |bytes: &[u8]| read(bytes).text.trim().to_owned();
        assert_eq!(text(&whole[..table - 5]), SENTENCE);
        assert_eq!(text(&[b"junk\n".to_vec(), whole.clone()].concat()), SENTENCE);
        for length in ["3", "99999", "-1", "(a)", "99999999999999999999"] {
            let drawing = [format!("<</Length {length}>>stream\n").as_bytes(), &simple()[0], b"\nendstream"].concat();
            assert_eq!(text(&file(&objects(&simple(), &[(101, drawing)]), "")), SENTENCE);
        }
        for font in [
            "<</Type/Font/Subtype/TrueType/BaseFont/Odd>>",
            "<</Type/Font>>",
            "<</Subtype/Type1/FirstChar 99999999999/LastChar 9/Widths[1]>>",
        ] {
            assert_eq!(text(&file(&objects(&simple(), &[(3, font.into())]), "")), SENTENCE);
        }
        for end in (0..whole.len()).step_by(13) {
            read_all(&whole[..end]);
        }
        for at in (9..whole.len()).step_by(7) {
            let mut bytes = whole.clone();
            bytes[at] = b"0>/)"[at % 4];
            read_all(&bytes);
        }
    }

    #[test]
    fn known_by_its_mark() {
        assert!(Pdf.knows(b"\n\n%PDF-1.4"));
        assert!(!Pdf.knows(&[&[b' '; 1100][..], b"%PDF-1.4"].concat()) && !Pdf.knows(b"a text on %PDF"));
    }
}
