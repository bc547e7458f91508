//! The sheets of a workbook of OpenDocument.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::{Cell, Package, Sheet};
use crate::source::xml;

/// Where the sheets stand.
pub(super) const CONTENT: &str = "content.xml";
/// What within a sheet is none of its cells, and within a cell none of its words.
const LEFT_OUT: [&str; 6] =
    ["office:annotation", "table:shapes", "draw:frame", "table:tracked-changes", "table:dde-links", "office:forms"];

/// The sheets that are not hidden, in their order.
pub(super) fn sheets(text: &str, package: &mut Package<'_>) -> Result<Vec<Sheet>, String> {
    if package.further("META-INF/manifest.xml").contains("encryption-data") {
        return Err("is protected by a password".to_owned());
    }
    let (mut book, mut reader) = (Book::default(), xml::reader(text));
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Err(error) => {
                package.told.push(format!("`{CONTENT}` is damaged ({error}); what stands before was read"));
                break;
            }
            Ok(Event::Start(element)) => book.begin(&element),
            Ok(Event::End(element)) => book.end(element.name().as_ref(), package),
            Ok(event) if book.paragraph && book.outside == 0 => book.words.push_str(&xml::words(&event)),
            Ok(_) => {}
        }
        if package.full {
            break;
        }
    }
    book.close();
    Ok(book.sheets)
}

/// A workbook while it is read.
#[derive(Default)]
struct Book {
    sheets: Vec<Sheet>,
    /// The style that is open, and those whose sheets are hidden.
    style: Option<String>,
    hidden: BTreeSet<String>,
    /// The sheet that is open, and whether it is hidden.
    sheet: Option<(Sheet, bool)>,
    /// How many elements are open of what is left out.
    outside: u32,
    row: Row,
    cell: Option<Open>,
    /// The words of the cell, and whether a paragraph of it is open.
    words: String,
    paragraph: bool,
}

/// The row that is open.
#[derive(Default)]
struct Row {
    number: u32,
    column: u32,
    repeated: u32,
    /// Where its cells begin among those of the sheet.
    from: usize,
}

/// The cell that is open.
struct Open {
    repeated: u32,
    kind: String,
    /// Its value, which counts where it has no words.
    value: String,
    error: bool,
}

impl Book {
    fn begin(&mut self, element: &BytesStart<'_>) {
        let of = |name: &str| xml::attribute(element, name);
        let repeated = |name: &str| of(name).and_then(|n| n.parse::<u32>().ok()).unwrap_or(1);
        let name = element.name().into_inner();
        if self.outside > 0 || LEFT_OUT.contains(&name) || self.cell.is_some() && name == "table:table" {
            self.outside += 1;
            return;
        }
        match name {
            "style:style" => self.style = of("style:name").map(Into::into),
            "style:table-properties" if of("table:display").is_some_and(|shown| shown == "false") => {
                self.hidden.extend(self.style.take());
            }
            "table:table" => {
                self.close();
                let hidden = of("table:style-name").is_some_and(|style| self.hidden.contains(&*style));
                let name = of("table:name").unwrap_or_default().into_owned();
                self.sheet = Some((Sheet { name, cells: Vec::new() }, hidden));
                self.row = Row::default();
            }
            "table:table-row" => {
                let from = self.sheet.as_ref().map_or(0, |(sheet, _)| sheet.cells.len());
                let repeated = repeated("table:number-rows-repeated");
                self.row = Row { number: self.row.number, column: 0, repeated, from };
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let values = ["office:value", "office:string-value", "office:time-value"];
                let values = ["office:boolean-value", "office:date-value"].into_iter().chain(values);
                self.words.clear();
                self.cell = Some(Open {
                    repeated: repeated("table:number-columns-repeated"),
                    kind: of("office:value-type").unwrap_or_default().into_owned(),
                    value: values.filter_map(of).next().unwrap_or_default().into_owned(),
                    error: of("calcext:value-type").is_some_and(|kind| kind == "error"),
                });
            }
            "text:p" => {
                self.words.push(' ');
                self.paragraph = self.cell.is_some();
            }
            "text:s" | "text:tab" | "text:line-break" => self.words.push(' '),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, package: &mut Package<'_>) {
        if self.outside > 0 {
            self.outside -= 1;
            return;
        }
        match name {
            "text:p" => self.paragraph = false,
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(package),
            "table:table-row" => self.end_row(package),
            "table:table" => self.close(),
            _ => {}
        }
    }

    /// Writes the cell as often as it is repeated.
    fn end_cell(&mut self, package: &mut Package<'_>) {
        let Some(cell) = self.cell.take() else { return };
        let words = cell.shown(self.words.trim());
        let end = self.row.column.saturating_add(cell.repeated);
        if let Some((sheet, false)) = self.sheet.as_mut().filter(|_| !words.is_empty()) {
            for column in self.row.column..end {
                package.add(&mut sheet.cells, (self.row.number, column), words);
                if package.full {
                    break;
                }
            }
        }
        self.row.column = end;
    }

    /// Writes the row once more as often as it is repeated.
    fn end_row(&mut self, package: &mut Package<'_>) {
        let next = self.row.number.saturating_add(self.row.repeated);
        if let Some((sheet, _)) = self.sheet.as_mut() {
            let row: Vec<Cell<'_>> = sheet.cells.get(self.row.from..).unwrap_or_default().to_vec();
            let further = (self.row.number.saturating_add(1)..next).take_while(|_| !row.is_empty());
            for number in further {
                for cell in &row {
                    package.add(&mut sheet.cells, (number, cell.column), &cell.words);
                }
                if package.full {
                    break;
                }
            }
        }
        self.row.number = next;
    }

    /// Ends the sheet.
    fn close(&mut self) {
        self.sheets.extend(self.sheet.take().filter(|(_, hidden)| !hidden).map(|(sheet, _)| sheet));
    }
}

impl Open {
    /// What the cell shows: its words, but a day in figures in ISO order. An error shows nothing.
    fn shown<'a>(&'a self, words: &'a str) -> &'a str {
        let day = || self.value.strip_suffix("T00:00:00").unwrap_or(&self.value);
        match self.kind.as_str() {
            _ if self.error => "",
            "boolean" => &self.value,
            "date" if !words.contains(char::is_alphabetic) => day(),
            _ if words.is_empty() => &self.value,
            _ => words,
        }
    }
}
