//! Spreadsheets: the workbooks of Excel and of OpenDocument.
//!
//! Comes in: the bytes of a workbook. Goes out: the tables of its sheets as a person sees them. Nothing is calculated
//! here: formulas count by the results that the workbook keeps.

mod number;
mod opendocument;
mod workbook;

use super::{Input, Reader, ReaderOutput};
use crate::file::size;
use crate::problem::{Level, Problem};
use crate::source::blocks::Blocks;
use crate::source::properties::properties;
use crate::source::reader::PieceKind;
use crate::source::table::{self, Cell, MOST_CELLS};
use crate::source::{Front, packed, unpack, xml};

/// Where the parts of a workbook of Excel are listed.
const WORKBOOK: &str = "xl/workbook.xml";
/// The type of the workbooks of OpenDocument.
const OPEN: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Reads spreadsheets.
pub(super) struct Xlsx;

impl Reader for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm", "ods"]
    }

    fn help(&self) -> &'static str {
        "spreadsheets: the tables of all sheets that are not hidden, with numbers and days as they are shown; title, authors and days from the file's properties"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        packed::is_of_type(bytes, OPEN) || unpack::holds(bytes, WORKBOOK)
    }

    fn is_foreign(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let read = Package::open(input).and_then(|mut package| {
            let sheets = match package.part(opendocument::CONTENT)? {
                Some(content) => opendocument::sheets(&content, &mut package)?,
                None => workbook::sheets(&mut package)?,
            };
            let stated = package.stated();
            Ok((sheets, stated, package.finish()))
        });
        let why = match read {
            Ok((sheets, stated, told)) => {
                problems.extend(told.into_iter().map(|why| Problem::new(Level::Warning, input.path, why)));
                if sheets.iter().any(|sheet| !sheet.cells.is_empty()) {
                    return vec![document(sheets, stated)];
                }
                "holds no cells with words or numbers".to_owned()
            }
            Err(why) => why,
        };
        problems.push(Problem::new(Level::Error, input.path, format!("{why}, and was left out")));
        Vec::new()
    }
}

/// A sheet of a workbook.
#[derive(Debug)]
struct Sheet {
    name: String,
    /// Its cells, sorted by row and column.
    cells: Vec<Cell<'static>>,
}

/// The parts of a workbook, and what may still be read of it.
struct Package<'a> {
    input: Input<'a>,
    archive: unpack::Archive<'a>,
    /// Cells and bytes that the document may still get.
    room: (usize, u64),
    full: bool,
    /// What was left out so far.
    told: Vec<String>,
}

impl<'a> Package<'a> {
    fn open(input: Input<'a>) -> Result<Package<'a>, String> {
        let archive = unpack::archive(input.bytes)?;
        let room = (MOST_CELLS, input.options.most_bytes);
        Ok(Package { input, archive, room, full: false, told: Vec::new() })
    }

    /// The text of a part, if there is one of that name.
    fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(index) = self.archive.index_for_name_raw(name.as_bytes()) else { return Ok(None) };
        let bytes = unpack::member(&mut self.archive, index, self.input).map_err(|why| format!("`{name}` {why}"))?;
        Ok(Some(xml::text(&bytes)))
    }

    /// The text of a part that is not needed; what is wrong with it is told.
    fn further(&mut self, name: &str) -> String {
        self.part(name)
            .unwrap_or_else(|why| {
                self.told.push(format!("{why}, and was left out"));
                None
            })
            .unwrap_or_default()
    }

    /// What the workbook states of itself.
    fn stated(&mut self) -> Front {
        let parts = ["docProps/core.xml", "docProps/app.xml", "meta.xml"].map(|name| self.further(name));
        let kept = parts.iter().flat_map(|part| xml::elements(part.as_bytes(), self.input.options).0);
        properties(&kept.collect::<Vec<_>>(), false)
    }

    /// Adds a cell to a sheet, if there is room for it.
    fn add(&mut self, cells: &mut Vec<Cell<'static>>, (row, column): (u32, u32), words: &str) {
        if self.full || words.trim().is_empty() {
            return;
        }
        match (self.room.0.checked_sub(1), self.room.1.checked_sub(words.len() as u64)) {
            (Some(left), Some(bytes)) => self.room = (left, bytes),
            _ => self.full = true,
        }
        if !self.full {
            cells.push(Cell { row, column, alone: false, words: words.to_owned().into(), at: 0 });
        }
    }

    /// What was left out.
    fn finish(self) -> Vec<String> {
        let Package { mut told, full, input, .. } = self;
        if full {
            let most = size(input.options.most_bytes);
            told.push(format!("holds more than {MOST_CELLS} cells or {most} of text; the others were left out"));
        }
        told
    }
}

/// Puts the sheets together.
fn document(mut sheets: Vec<Sheet>, mut front: Front) -> ReaderOutput {
    sheets.retain(|sheet| !sheet.cells.is_empty());
    let mut blocks = Blocks::new();
    if let Some((title, _)) = &front.title {
        blocks.add(title, 0);
        front.title = blocks.begin_body();
    }
    let (mut tables, mut title) = (0, None);
    for (index, sheet) in sheets.iter().enumerate() {
        if sheets.len() > 1 {
            blocks.block(PieceKind::Heading(2), &sheet.name);
        }
        let kinds = table::kinds(&sheet.cells, &mut tables);
        if index == 0 && table::is_titled(&sheet.cells, &kinds) {
            title = Some(blocks.len());
        }
        for (cell, kind) in sheet.cells.iter().zip(kinds) {
            blocks.block(kind, &cell.words);
        }
    }
    drop(sheets);
    let gathered = blocks.extracted();
    if front.title.is_none() {
        let first = gathered.pieces.iter().find(|piece| Some(piece.span.start as usize) == title);
        front.title = first.map(|piece| (piece.span.of(&gathered.text).to_owned(), piece.span));
    }
    ReaderOutput::extracted(gathered, front.placed("first row"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::*;
    use crate::source::ReadOptions;
    use crate::source::packed::tests::archive;
    use crate::source::reader::tests::read_with;

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        archive(&parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
    }

    const LIST: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="Mills" sheetId="1" r:id="rId1"/><sheet name="Secret" r:id="rId1" state="hidden"/><sheet name="Notes" r:id="rId2"/><sheet name="Lost" r:id="rId9"/></sheets></workbook>"#;
    const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://x/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://x/sharedStrings" Target="../xl/strings.xml"/>
<Relationship Id="rId4" Type="http://x/styles" Target="styles.xml"/></Relationships>"#;
    const STRINGS: &str = r#"<sst uniqueCount="99999999999999999"><si><t>Mill</t></si><si><r><t xml:space="preserve">Visitors </t></r><r><t>&amp; boats</t></r><rPh><t>hidden</t></rPh></si><si/></sst>"#;
    const STYLES: &str = r##"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="&quot;£&quot;#,##0"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"##;
    const MILLS: &str = r#"<worksheet><sheetData><row r="1"><c r="B1" t="inlineStr"><is><t>Mills of the valley</t></is></c></row>
<row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" t="str"><f>1</f><v>Share</v></c><c r="E3" t="inlineStr"><is><t>Day</t></is></c></row>
<row><c t="inlineStr" r="B4"><is><t>Otter</t></is></c><c s="0"><v>4000</v></c><c s="1"><v>0.25</v></c><c s="2"><v>47919</v></c><c t="b"><v>1</v></c></row>
<row r="5"><c r="B5" t="s"><v>77</v></c><c r="C5" s="3"><v>-1234567</v></c><c r="D5" t="e"><v>#DIV/0!</v></c><c r="E5"><f>A1</f></c></row></sheetData></worksheet>"#;
    const NOTES: &str = "<worksheet><sheetData><row><c t='inlineStr'><is><t>Counted by hand.</t></is></c></row></sheetData></worksheet>";
    const PROPERTIES: &str = "<p><dc:title>Otter &amp; weir</dc:title><dc:creator>Agnes Thorley</dc:creator><dcterms:created>2031-03-12T08:00:00Z</dcterms:created></p>";

    fn excel(mills: &str) -> Vec<u8> {
        packed(&[
            ("[Content_Types].xml", "<Types/>"),
            ("xl/workbook.xml", LIST),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/strings.xml", STRINGS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/sheet1.xml", mills),
            ("xl/worksheets/sheet2.xml", NOTES),
            ("docProps/core.xml", PROPERTIES),
        ])
    }

    fn open(content: &str) -> Vec<u8> {
        let kind = "application/vnd.oasis.opendocument.spreadsheet";
        packed(&[("mimetype", kind), ("content.xml", content), ("meta.xml", "<m><dc:date>2031-04-01</dc:date></m>")])
    }

    /// The blocks of the one document of a file, and the problems.
    fn read(bytes: &[u8]) -> (Vec<(PieceKind, String)>, Option<ReaderOutput>, Vec<String>) {
        let mut problems = Vec::new();
        let read = read_with(&Xlsx, bytes, &mut problems).pop();
        let blocks =
            read.iter().flat_map(|r| r.pieces.iter().map(|p| (p.kind, p.span.of(&r.text).to_owned()))).collect();
        (blocks, read, problems.iter().map(ToString::to_string).collect())
    }

    fn shown(blocks: &[(PieceKind, String)]) -> Vec<&str> {
        blocks.iter().map(|(_, words)| words.as_str()).collect()
    }

    #[test]
    fn a_workbook_of_excel() {
        let (blocks, read, problems) = read(&excel(MILLS));
        let cell = |row, column, head| PieceKind::Cell { table: 0, row, column, head };
        let expected = [
            (PieceKind::Heading(2), "Mills"),
            (PieceKind::Paragraph, "Mills of the valley"),
            (cell(0, 0, true), "Mill"),
            (cell(0, 1, true), "Visitors & boats"),
            (cell(0, 2, true), "Share"),
            (cell(0, 3, true), "Day"),
            (cell(1, 0, false), "Otter"),
            (cell(1, 1, false), "4000"),
            (cell(1, 2, false), "25%"),
            (cell(1, 3, false), "2031-03-12"),
            (cell(1, 4, false), "true"),
            (cell(2, 1, false), "-£1,234,567"),
            (PieceKind::Heading(2), "Notes"),
            (PieceKind::Item, "Counted by hand."),
        ];
        let expected = expected.map(|(kind, words)| (kind, words.to_owned()));
        assert_eq!(blocks[..13], expected[..13]);
        let told = ["sheet `Mills` holds 1 formula without a result, left out", "sheet `Lost` is missing"];
        assert_eq!(problems, told.map(|why| format!("warning: x: {why}")));
        let front = read.unwrap().front;
        assert_eq!(front.title.map(|(title, span)| (title, span.start)), Some(("Otter & weir".to_owned(), 0)));
        assert_eq!(front.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!((front.authors, front.stated_in["authors"].as_str()), (vec!["Agnes Thorley".into()], "dc:creator"));
    }

    #[test]
    fn a_workbook_of_opendocument() {
        let content = r#"<office:document-content><office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<table:table table:name="Mills"><table:shapes><draw:frame><text:p>A picture</text:p></draw:frame></table:shapes><table:table-row><table:table-cell/><table:table-cell><text:p>Mills of the valley</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>Mill</text:p></table:table-cell><table:table-cell><text:p>Cost</text:p></table:table-cell><table:table-cell><text:p>Day</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell><office:annotation><text:p>Checked</text:p></office:annotation><text:p>Otter<text:s/>&amp; <text:span>weir</text:span></text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2031-03-12"><text:p>12.03.31</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell><table:table-cell calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="Secret" table:style-name="ta2"><table:table-row><table:table-cell><text:p>No</text:p></table:table-cell></table:table-row></table:table></office:document-content>"#;
        let bytes = open(content);
        assert!(Xlsx.knows(&bytes) && Xlsx.knows(&excel(MILLS)) && !Xlsx.knows(&packed(&[("word/document.xml", "")])));
        let (blocks, read, problems) = read(&bytes);
        let row = ["Otter & weir", "25%", "2031-03-12"];
        let expected = [&["Mills of the valley", "Mill", "Cost", "Day"][..], &row, &row, &["true"]].concat();
        assert_eq!((shown(&blocks), problems.len()), (expected, 0));
        assert_eq!(blocks[4].0, PieceKind::Cell { table: 0, row: 1, column: 0, head: false });
        let front = read.unwrap().front;
        assert_eq!(front.title.map(|(title, _)| title).as_deref(), Some("Mills of the valley"));
        assert_eq!(front.modified.map(|d| d.to_string()).as_deref(), Some("2031-04-01"));
    }

    #[test]
    fn far_cells_make_no_large_grid() {
        let (blocks, _, _) = read(&excel(
            r#"<sheetData><row r="1048576"><c r="XFD1048576"><v>5</v></c></row><row r="1"><c r="A1"><v>4</v></c><c r="XFE1"><v>6</v></c><c r="ZZZZZZZZ99999999999"><v>7</v></c></row></sheetData>"#,
        ));
        assert_eq!(shown(&blocks)[1..5], ["4", "6", "7", "5"]);
        let row = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="4294967295"><text:p>x</text:p></table:table-cell></table:table-row>"#;
        let (blocks, _, problems) = read(&open(&format!("<table:table>{}</table:table>", row.repeat(20))));
        assert_eq!(blocks.len(), MOST_CELLS);
        assert_eq!(problems, ["warning: x: holds more than 1000000 cells or 64 MiB of text; the others were left out"]);
    }

    #[test]
    fn one_bad_part_costs_itself() {
        let (blocks, _, problems) = read(&excel("<sheetData><row><c><v>4</v></c><c><v>5</w></c></row></sheetData>"));
        assert!(shown(&blocks).contains(&"4") && shown(&blocks).contains(&"Counted by hand."));
        assert!(problems[0].contains("sheet `Mills` is damaged"), "{problems:?}");
        let large = format!("<sst><si><t>Mill{}</t></si></sst>", " ".repeat(4 << 20));
        let parts = [
            ("xl/workbook.xml", LIST),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/strings.xml", &large),
            ("xl/worksheets/sheet1.xml", MILLS),
        ];
        let (blocks, _, problems) = read(&packed(&parts));
        assert!(shown(&blocks).contains(&"4000") && !shown(&blocks).contains(&"Mill"));
        assert!(problems[0].contains("`xl/strings.xml` unpacks to more than 200 times its size"), "{problems:?}");
    }

    #[test]
    fn what_goes_beyond_a_limit() {
        let bytes = excel(MILLS);
        let options = ReadOptions { most_unpacked: 100, ..ReadOptions::default() };
        let (unpacked, mut problems) = (AtomicU64::new(0), Vec::new());
        let input = Input { bytes: &bytes, path: "x", options: &options, unpacked: &unpacked, depth: 0 };
        assert!(Xlsx.read(input, &mut problems).is_empty());
        let (level, message) = problems.last().map(|p| (p.level, p.message.as_str())).unwrap();
        assert!(level == Level::Error && message.contains("--max-unpacked"), "{message}");
        // Many cells that share one long text.
        let strings = format!("<sst><si><t>{}</t></si></sst>", "Otter weir ".repeat(90_000));
        let mills = format!("<sheetData><row>{}</row></sheetData>", "<c t='s'><v>0</v></c>".repeat(10_000));
        let parts = [
            ("xl/workbook.xml", LIST),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/strings.xml", &strings),
            ("xl/worksheets/sheet1.xml", &mills),
        ];
        let (blocks, read, _) = read(&packed(&parts));
        assert!(blocks.len() < 100 && read.unwrap().text.len() < 65 << 20);
    }

    #[test]
    fn any_bytes_are_refused_in_words() {
        let whole = excel(MILLS);
        for cut in (0..whole.len()).step_by(97) {
            let (blocks, _, problems) = read(&whole[..cut]);
            assert!(blocks.is_empty() && problems.len() == 1, "{cut}");
        }
        for at in (0..whole.len()).step_by(13) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let (blocks, _, problems) = read(&bytes);
            assert!(!blocks.is_empty() || !problems.is_empty());
        }
        for sheet in [
            "",
            "<",
            "<c>",
            "</c>",
            "<sheetData><row r='0'><c r='0'/><c r=''><v>&x;</v></c>",
            "<row r='x'><c r='é1' s='-1' t='s'><v>-1</v></c></row>",
        ] {
            read(&excel(sheet));
            read(&open(sheet));
        }
        read(&open(&"<table:table><table:table-row><table:table-cell>".repeat(20_000)));
        read(&excel(&"<c>".repeat(20_000)));
        let row = r#"<table:table-row table:number-rows-repeated="4294967295"><table:table-cell/></table:table-row>"#;
        let cell = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>";
        assert_eq!(read(&open(&format!("<table:table>{}</table:table>", [row, cell, cell].concat()))).0.len(), 2);
        let locked =
            [("mimetype", "x"), ("content.xml", "?"), ("META-INF/manifest.xml", "<manifest:encryption-data/>")];
        assert_eq!(read(&packed(&locked)).2, ["error: x: is protected by a password, and was left out"]);
    }
}
