//! Files of formats that nobody writes by hand, as tests need them: a text as Word file, book, spreadsheet, PDF, archive.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use belie::segment::{Segment, SegmentKind, segment};
use belie::source::Document;
use belie::text::Span;
use zip::write::SimpleFileOptions;

/// A zip archive of files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let packed =
            if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(packed)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What a block of a document is, and its words; of a table its rows.
pub(crate) enum Block {
    Heading(usize, String),
    Paragraph(String),
    Item(String),
    Quote(String),
    Table(Vec<Vec<String>>),
}

/// The blocks of a document, in the order of its text.
pub(crate) fn blocks(document: &Document) -> Vec<Block> {
    let words = |span: Span| span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let all: Vec<Segment> = segment(document).into_iter().filter(|s| !s.noise).collect();
    let table = |s: &Segment| s.cell.map(|c| c.table);
    let together = |a: &Segment, b: &Segment| {
        if table(a).is_some() { table(a) == table(b) } else { a.block == b.block && a.kind == b.kind }
    };
    let mut out = Vec::new();
    for run in all.chunk_by(together) {
        let joined = run.iter().map(|s| words(s.span)).collect::<Vec<_>>().join(" ");
        out.push(match run[0].kind {
            SegmentKind::Title => Block::Heading(1, joined),
            SegmentKind::Heading => Block::Heading(2, joined),
            SegmentKind::ListItem | SegmentKind::Reference => Block::Item(joined),
            SegmentKind::Quote => Block::Quote(joined),
            SegmentKind::Standfirst | SegmentKind::Sentence => Block::Paragraph(joined),
            SegmentKind::Cell => {
                let mut rows: Vec<Vec<String>> = Vec::new();
                for row in run.chunk_by(|a, b| a.cell.map(|c| c.row) == b.cell.map(|c| c.row)) {
                    let mut cells = Vec::new();
                    for s in row {
                        cells.resize(s.cell.map_or(0, |c| c.column as usize), String::new());
                        cells.push(words(s.span));
                    }
                    rows.push(cells);
                }
                Block::Table(rows)
            }
        });
    }
    out
}

/// Words as XML and HTML carry them.
pub(crate) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The core properties of an office document.
fn properties(document: &Document) -> String {
    let day = document.published.map_or(String::new(), |day| {
        format!("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T08:00:00Z</dcterms:created>")
    });
    let title = escaped(document.title.as_deref().unwrap_or_default());
    format!(
        "<?xml version=\"1.0\"?><cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>{day}</cp:coreProperties>"
    )
}

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document as a Word file.
pub(crate) fn docx(document: &Document) -> Vec<u8> {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words));
    let paragraph = |style: &str, words: &str| {
        let style = if style.is_empty() { String::new() } else { format!("<w:pPr>{style}</w:pPr>") };
        format!("<w:p>{style}{}</w:p>", run(words))
    };
    let named = |style: &str| format!("<w:pStyle w:val=\"{style}\"/>");
    let numbered = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let mut body = String::new();
    for block in blocks(document) {
        match block {
            Block::Heading(level, words) => body += &paragraph(&named(&format!("Heading{level}")), &words),
            Block::Paragraph(words) => body += &paragraph("", &words),
            Block::Item(words) => body += &paragraph(numbered, &words),
            Block::Quote(words) => body += &paragraph(&named("Quote"), &words),
            Block::Table(rows) => {
                body += "<w:tbl>";
                for row in rows {
                    let cells: String =
                        row.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph("", cell))).collect();
                    let _ = write!(body, "<w:tr>{cells}</w:tr>");
                }
                body += "</w:tbl>";
            }
        }
    }
    let main = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{MAIN}\"><w:body>{body}</w:body></w:document>");
    let types =
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let links = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
        Target=\"word/document.xml\"/></Relationships>";
    zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("docProps/core.xml", properties(document).as_bytes()),
    ])
}

/// The blocks of a document as HTML.
pub(crate) fn html(document: &Document) -> String {
    let mut out = String::new();
    for block in blocks(document) {
        let _ = match block {
            Block::Heading(level, words) => writeln!(out, "<h{level}>{}</h{level}>", escaped(&words)),
            Block::Paragraph(words) => writeln!(out, "<p><span>{}</span></p>", escaped(&words)),
            Block::Item(words) => writeln!(out, "<ul><li>{}</li></ul>", escaped(&words)),
            Block::Quote(words) => writeln!(out, "<blockquote>{}</blockquote>", escaped(&words)),
            Block::Table(rows) => {
                let row = |cells: &Vec<String>| {
                    let cells: String = cells.iter().map(|c| format!("<td>{}</td>", escaped(c))).collect();
                    format!("<tr>{cells}</tr>")
                };
                writeln!(out, "<table>{}</table>", rows.iter().map(row).collect::<String>())
            }
        };
    }
    out
}

/// A document as an e-book of one chapter.
pub(crate) fn epub(document: &Document) -> Vec<u8> {
    let title = escaped(document.title.as_deref().unwrap_or_default());
    let day = document.published.map_or(String::new(), |day| format!("<dc:date>{day}</dc:date>"));
    let package = format!(
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\"><metadata \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title>{day}<dc:language>en</dc:language>\
         </metadata><manifest><item id=\"c1\" href=\"text/one.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
         <spine><itemref idref=\"c1\"/></spine></package>"
    );
    let container = "<?xml version=\"1.0\"?><container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\
        <rootfiles><rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let chapter = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{title}</title>\
         </head><body>{}</body></html>",
        html(document)
    );
    zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/text/one.xhtml", chapter.as_bytes()),
    ])
}

/// Rows as a spreadsheet of one sheet: what is a number to JSON is a number there.
pub(crate) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = String::new();
    for (r, row) in rows.iter().enumerate() {
        let _ = write!(sheet, "<row r=\"{}\">", r + 1);
        for (c, cell) in row.iter().enumerate() {
            let at = format!("{}{}", char::from(b'A' + c as u8), r + 1);
            let _ = match cell.parse::<f64>() {
                Ok(_) => write!(sheet, "<c r=\"{at}\"><v>{cell}</v></c>"),
                Err(_) => write!(sheet, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(cell)),
            };
        }
        sheet += "</row>";
    }
    let spread = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let links = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let root = format!(
        "<Relationships xmlns=\"{links}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{spread}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let sheets = format!(
        "<Relationships xmlns=\"{links}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{spread}\"><sheetData>{sheet}</sheetData></worksheet>");
    zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", sheets.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// Width of a line of a PDF in points, and where its first and its last line may stand on a page.
const WIDTH: f32 = 475.0;
const TOP: f32 = 780.0;
const BOTTOM: f32 = 70.0;

/// A document as a PDF, its lines broken and its pages numbered as by a printer.
pub(crate) fn pdf(document: &Document) -> Vec<u8> {
    // Lines with font size, indent and the space above them.
    let mut lines: Vec<(f32, f32, f32, String)> = Vec::new();
    let mut put = |size: f32, indent: f32, words: &str| {
        let (mut line, mut above) = (String::new(), size * 0.9);
        for word in words.split(' ') {
            if !line.is_empty() && (width(&line) + width(word) + 0.28) * size > WIDTH - indent {
                lines.push((size, indent, above, std::mem::take(&mut line)));
                above = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line += word;
        }
        lines.push((size, indent, above, line));
    };
    for block in blocks(document) {
        match block {
            Block::Heading(1, words) => put(18.0, 0.0, &words),
            Block::Heading(_, words) => put(14.0, 0.0, &words),
            Block::Paragraph(words) => put(10.0, 0.0, &words),
            Block::Item(words) => put(10.0, 12.0, &format!("\u{2022} {words}")),
            Block::Quote(words) => put(10.0, 24.0, &words),
            Block::Table(rows) => rows.iter().for_each(|row| put(10.0, 0.0, &row.join("   "))),
        }
    }
    let (mut pages, mut content, mut y) = (Vec::new(), String::from("BT\n"), TOP);
    let end = |content: &mut String, number: usize| {
        let _ = write!(content, "/F1 9 Tf 1 0 0 1 300 30 Tm ({number}) Tj\nET");
        std::mem::replace(content, String::from("BT\n"))
    };
    for (size, indent, above, words) in &lines {
        y -= size * 1.2 + above * 0.5;
        if y < BOTTOM {
            pages.push(end(&mut content, pages.len() + 1));
            y = TOP - size * 1.2;
        }
        let _ = writeln!(content, "/F1 {size} Tf 1 0 0 1 {} {y:.1} Tm ({}) Tj", 60.0 + indent, literal(words));
    }
    pages.push(end(&mut content, pages.len() + 1));
    let title = literal(document.title.as_deref().unwrap_or_default());
    let day = document
        .published
        .map_or(String::new(), |day| format!("/CreationDate (D:{}080000Z)", day.to_string().replace('-', "")));
    file(&pages, &format!("<< /Title ({title}) {day} >>"))
}

/// About how wide words are in Helvetica, in sizes of the font.
fn width(words: &str) -> f32 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' | 'f' | 't' => 0.27,
        'r' | '-' | '(' | ')' | '"' | '“' | '”' | '‘' | '’' => 0.34,
        'm' | 'w' | 'M' | 'W' | '—' => 0.86,
        c if c.is_uppercase() => 0.69,
        _ => 0.55,
    };
    words.chars().map(of).sum()
}

/// Words as a string of a PDF, in the encoding of Windows.
fn literal(words: &str) -> String {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(words);
    let mut out = String::new();
    for b in bytes.iter() {
        match b {
            b'(' | b')' | b'\\' => out.extend(['\\', char::from(*b)]),
            b' '..=b'~' => out.push(char::from(*b)),
            _ => out += &format!("\\{b:03o}"),
        }
    }
    out
}

/// A PDF of pages by their contents, with the information about it.
pub(crate) fn file(pages: &[String], information: &str) -> Vec<u8> {
    let first = 5;
    let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", first + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R /Lang (en) >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        information.to_owned(),
    ];
    for (n, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            first + 2 * n + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let (mut out, mut places) = (String::from("%PDF-1.7\n"), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for at in places {
        let _ = writeln!(out, "{at:010} 00000 n ");
    }
    let count = objects.len() + 1;
    let _ = write!(out, "trailer\n<< /Size {count} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.into_bytes()
}
