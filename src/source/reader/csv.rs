//! Tables as text: CSV and its relatives.

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::{Input, Reader, ReaderOutput};
use crate::problem::{Level, Problem};
use crate::source::blocks::Blocks;
use crate::source::table::{self, Cell, MOST_CELLS};
use crate::source::{Front, decode};
use crate::text::LineIndex;

/// What may stand between two fields: of those that part the rows equally well the last. A comma may stand in numbers
/// as well.
const DELIMITERS: [u8; 4] = *b",|;\t";
/// Delimits nothing: no text has it.
const NONE: u8 = 0;
/// Bytes and rows from the start that are looked at to tell the delimiter.
const HEAD: (usize, u32) = (1 << 16, 20);

/// Reads CSV.
pub(super) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab"]
    }

    fn help(&self) -> &'static str {
        "tables of fields between commas, semicolons, bars or tabs, with a header where the first row has no figures; lines above and below the table are paragraphs, the first of them the title"
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let Some((text, outer)) = decode::decode(input.bytes, None, input.path, problems) else { return Vec::new() };
        let cells = cells(&text, input.path, problems);
        if cells.is_empty() {
            problems.push(Problem::new(Level::Warning, input.path, "holds empty fields only"));
            return Vec::new();
        }
        let kinds = table::kinds(&cells, &mut 0);
        let mut blocks = Blocks::new();
        for (cell, kind) in cells.iter().zip(&kinds) {
            write(&mut blocks, &cell.words, cell.at);
            blocks.end(*kind);
        }
        let titled = table::is_titled(&cells, &kinds);
        drop(cells);
        let gathered = blocks.finish();
        let title = gathered.pieces.first().filter(|_| titled).map(|p| (p.span.of(&gathered.text).to_owned(), p.span));
        let front = Front { title, ..Front::default() }.placed("first row");
        vec![ReaderOutput::of_file(gathered, (text, outer), front)]
    }
}

/// The fields of a text that are not empty, as they are written there.
fn cells<'a>(text: &'a str, path: &str, problems: &mut Vec<Problem>) -> Vec<Cell<'a>> {
    let (delimiter, start) = delimiter(text, path);
    let mut fields = Fields::new(text, start, delimiter);
    let mut out: Vec<Cell<'a>> = Vec::new();
    while let Some(field) = fields.next() {
        if let Some(at) = fields.unclosed.take() {
            let line = LineIndex::new(text).position(text, at as u32).line;
            let why = "has a quotation mark that is not closed; from here on such marks were read as they stand";
            problems.push(Problem::new(Level::Warning, path, why).at(line));
        }
        if field.words.trim_matches(|c: char| c.is_whitespace() || c == '"').is_empty() {
            continue;
        }
        if out.len() == MOST_CELLS {
            let why = format!("holds more than {MOST_CELLS} cells; the others were left out");
            problems.push(Problem::new(Level::Warning, path, why));
            break;
        }
        out.push(field);
    }
    out
}

/// What delimits the fields, and where they begin: Excel may say it in a line of its own.
fn delimiter(text: &str, path: &str) -> (u8, usize) {
    let stated = text.strip_prefix("sep=").and_then(|rest| rest.split(['\r', '\n']).next()).filter(|d| d.len() == 1);
    if let Some(&[stated]) =
        stated.map(str::as_bytes).filter(|d| *d == b"\t" || d[0].is_ascii_punctuation() && *d != b"\"")
    {
        return (stated, "sep=,".len());
    }
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    if matches!(extension.as_deref(), Some("tsv" | "tab")) {
        return (b'\t', 0);
    }
    let best = DELIMITERS.into_iter().max_by_key(|delimiter| agreeing(text, *delimiter));
    (best.filter(|delimiter| agreeing(text, *delimiter) > 0).unwrap_or(NONE), 0)
}

/// How many of the first rows a delimiter parts into the same number of fields; 0 if it does not make a table of them.
fn agreeing(text: &str, delimiter: u8) -> usize {
    let head = text.get(..text.floor_char_boundary(HEAD.0)).unwrap_or_default();
    let mut widths = vec![0; HEAD.1 as usize];
    for field in Fields::new(head, 0, delimiter).take_while(|field| field.row < 2 * HEAD.1) {
        if let Some(width) = widths.get_mut(field.row as usize) {
            *width = field.column + 1;
        }
    }
    widths.retain(|width| *width > 0);
    widths.sort_unstable();
    let rows = widths.len();
    let most = widths.chunk_by(|a, b| a == b).filter(|same| same[0] > 1).map(<[u32]>::len).max().unwrap_or_default();
    if most >= rows.min(2) && 3 * most >= rows { most } else { 0 }
}

/// The fields of a text from the first to the last, empty ones as well.
struct Fields<'a> {
    text: &'a str,
    delimiter: u8,
    parser: csv_core::Reader,
    quoting: bool,
    at: usize,
    row: u32,
    column: u32,
    /// Where a quotation mark was met that is not closed.
    unclosed: Option<usize>,
    /// What the parser makes of a field: of no use, since it has no places.
    unused: [u8; 1 << 10],
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, at: usize, delimiter: u8) -> Fields<'a> {
        let quoting = delimiter != NONE;
        let parser = parser(delimiter, quoting);
        Fields { text, delimiter, parser, quoting, at, row: 0, column: 0, unclosed: None, unused: [0; 1 << 10] }
    }

    /// Goes on behind the next field: where it ends, and whether its row ends with it.
    fn pass(&mut self) -> (usize, bool) {
        loop {
            let (result, read, _) = self.parser.read_field(&self.text.as_bytes()[self.at..], &mut self.unused);
            self.at += read;
            match result {
                ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => return (self.at - 1, record_end),
                ReadFieldResult::InputEmpty | ReadFieldResult::End => return (self.at, true),
            }
        }
    }

    /// Goes on behind the line breaks before a row, and counts the blank lines among them.
    fn pass_blank_lines(&mut self) {
        let rest = &self.text[self.at..];
        let breaks = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let second = self.text[..self.at].ends_with('\r') && rest.starts_with('\n');
        self.row += u32::from(breaks > usize::from(second));
        self.at += breaks;
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        if self.column == 0 {
            self.pass_blank_lines();
        }
        let start = self.at;
        let over = start == self.text.len();
        if over && self.column == 0 {
            return None;
        }
        // Behind a delimiter stands a field, were it at the end of the file.
        let (mut end, mut last) = if over { (start, true) } else { self.pass() };
        let quoted = self.text[start..end].strip_prefix('"').filter(|_| self.quoting);
        if end == self.text.len() && quoted.is_some_and(|rest| closing(rest).is_none()) {
            (self.at, self.quoting, self.unclosed) = (start, false, Some(start));
            self.parser = parser(self.delimiter, false);
            (end, last) = self.pass();
        }
        let alone = last && self.column == 0;
        let words = self.text[start..end].into();
        let cell = Cell { row: self.row, column: self.column, alone, words, at: start };
        (self.row, self.column) = if last { (self.row + 1, 0) } else { (self.row, self.column + 1) };
        Some(cell)
    }
}

fn parser(delimiter: u8, quoting: bool) -> csv_core::Reader {
    ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build()
}

/// Where the quotation mark stands that closes a field, in what follows the one that opens it; two stand for one.
fn closing(rest: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + rest.get(from..)?.find('"')?;
        if !rest[at + 1..].starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}

/// Writes a field that stands at a byte of the text, without the quotation marks about it.
fn write(blocks: &mut Blocks, field: &str, at: usize) {
    let quoted = field.strip_prefix('"').and_then(|rest| Some((&rest[..closing(rest)?], rest)));
    let whole = |(inside, rest): &(&str, &str)| rest[inside.len() + 1..].trim().is_empty();
    let Some((inside, _)) = quoted.filter(whole) else { return blocks.add(field, at) };
    let mut from = at + 1;
    for (index, words) in inside.split("\"\"").enumerate() {
        if index > 0 {
            blocks.put("\"", from, 2);
            from += 2;
        }
        blocks.add(words, from);
        from += words.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::reader::tests::read_with;
    use crate::source::{Document, PieceKind};
    use crate::text::Span;

    const MILLS: &str = "Mills of the valley\r\n\r\nMill,\"Visitors, all\",Note\r\nOtter,\"4,000\",\"the \"\"old\"\"\r\none\"\r\nHéron,,£12\r\n\r\n\"Counted at the weir, by hand.\"\r\n";

    fn shown(document: &Document) -> Vec<(PieceKind, &str)> {
        document.pieces.iter().map(|p| (p.kind, p.span.of(&document.text))).collect()
    }

    fn cell(row: u32, column: u32) -> PieceKind {
        PieceKind::Cell { table: 0, row, column, head: row == 0 }
    }

    #[test]
    fn a_table_with_lines_about_it() {
        let document = Document::from_text("mills.csv", MILLS);
        let expected = [
            (PieceKind::Paragraph, "Mills of the valley"),
            (cell(0, 0), "Mill"),
            (cell(0, 1), "Visitors, all"),
            (cell(0, 2), "Note"),
            (cell(1, 0), "Otter"),
            (cell(1, 1), "4,000"),
            (cell(1, 2), "the \"old\" one"),
            (cell(2, 0), "Héron"),
            (cell(2, 2), "£12"),
            (PieceKind::Paragraph, "Counted at the weir, by hand."),
        ];
        assert_eq!(shown(&document), expected);
        assert_eq!(document.title.as_deref(), Some("Mills of the valley"));
        assert_eq!(document.title_span, Some(document.pieces[0].span));
        assert_eq!(document.stated_in["title"], "first row");
    }

    #[test]
    fn places_are_those_of_the_file() {
        let document = Document::from_text("mills.csv", MILLS);
        for (words, written) in [
            ("Visitors, all", "Visitors, all"),
            ("\"old\" one", "\"\"old\"\"\r\none"),
            ("Héron", "Héron"),
            ("£12", "£12"),
        ] {
            let at = document.text.find(words).unwrap();
            assert_eq!(document.report_span(Span::new(at, at + words.len())).of(MILLS), written);
        }
        assert_eq!(document.position(document.text.find("Héron").unwrap() as u32).line, 6);
    }

    #[test]
    fn delimiters() {
        for (path, text, words) in [
            ("a.csv", "Jahr;Wert\n2030;4,5\n2031;5,5", "4,5"),
            ("a.csv", "2030;4,5\n2031;5,5", "4,5"),
            ("a.csv", "Mill|Keeper\nOtter|Lund, Omar", "Lund, Omar"),
            ("a.csv", "Mill\tCost\nOtter\t1,5", "1,5"),
            ("a.TSV", "Mill\tCost\nOtter\t1,5", "1,5"),
            ("a.csv", "sep=;\r\nOtter;1,5\r\n", "1,5"),
        ] {
            let document = Document::from_text(path, text);
            assert_eq!(shown(&document).iter().filter(|(_, w)| *w == words).count(), 1, "{text}");
            assert_eq!(document.pieces.iter().filter(|p| matches!(p.kind, PieceKind::Cell { .. })).count() % 2, 0);
        }
        let list = Document::from_text("a.csv", "\"Otter\" is a mill, by the weir.\nHeron\nWeir");
        let kinds = [PieceKind::Paragraph, PieceKind::Item, PieceKind::Item];
        assert_eq!(list.pieces.iter().map(|p| p.kind).collect::<Vec<_>>(), kinds);
        assert_eq!(shown(&list)[0].1, "\"Otter\" is a mill, by the weir.");
    }

    #[test]
    fn days_in_cells_do_not_date_a_file_and_no_cell_is_noise() {
        let document = Document::from_text("a.csv", "Day,Comments\n2031-03-12,4\n2031-03-13,5\n2031-03-14,5\n");
        assert_eq!((document.published, document.noise.len()), (None, 0));
        let dated = Document::from_text("a.csv", "Published 12 March 2031\nMill,Cost\nOtter,5\n");
        assert_eq!(dated.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed() {
        let mut problems = Vec::new();
        let read = read_with(&Csv, b"Mill,Cost\nOtter,5\nHeron,\"6\nWeir,7\n", &mut problems);
        assert_eq!(read[0].pieces.len(), 8);
        assert!(read[0].text.contains("\"6") && read[0].text.contains("Weir\n\n7"));
        assert_eq!(problems[0].line, Some(3));
    }

    #[test]
    fn any_text_is_read_in_time() {
        for text in
            ["a", ",", "\"", "\"\"", "\"\"\"", "\"a\"b\"c,d", "\r\r\n,\n\n\"x", "a,\"b", "sep=", "sep=é\na", "sep=;"]
        {
            let document = Document::from_text("a.csv", text);
            for piece in &document.pieces {
                assert!(!piece.span.of(&document.text).trim().is_empty(), "{text}");
                assert!(document.report_span(piece.span).end as usize <= text.len(), "{text}");
            }
        }
        for part in ["\"", ",", "a,", "\"\"", "\n\"", "\r", "a\n"] {
            Document::from_text("a.csv", &part.repeat(200_000));
        }
        let mut problems = Vec::new();
        let read = read_with(&Csv, "1,".repeat(MOST_CELLS + 1).as_bytes(), &mut problems);
        assert_eq!((read[0].pieces.len(), problems.len()), (MOST_CELLS, 1));
        assert!(read_with(&Csv, b",,\n,,", &mut problems).is_empty());
    }
}
