//! The sheets of a workbook of Excel.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::number::Format;
use super::{Package, Sheet, WORKBOOK};
use crate::source::xml;

/// Rows and columns that a sheet may have.
const LARGEST: (u32, u32) = (1 << 20, 1 << 14);
/// A format of numbers that is longer is taken for none.
const LONGEST_FORMAT: usize = 1 << 10;

/// The sheets that are not hidden, in their order.
pub(super) fn sheets(package: &mut Package<'_>) -> Result<Vec<Sheet>, String> {
    let main = relations(package, "").into_values().find(|to| to.kind == "officeDocument").map(|to| to.target);
    let main = main.unwrap_or_else(|| WORKBOOK.to_owned());
    let Some(text) = package.part(&main)? else { return Err("is no workbook".to_owned()) };
    let listed = List::of(&text);
    let related = relations(package, &main);
    let mut part = |kind: &str| {
        let stated = related.values().find(|to| to.kind == kind);
        package.further(&stated.map_or_else(|| format!("xl/{kind}.xml"), |to| to.target.clone()))
    };
    let (strings, formats) = (Strings::of(&part("sharedStrings")), Formats::of(&part("styles")));
    let book = Book { strings, formats, from_1904: listed.from_1904 };
    let most = package.input.options.most_parts as usize;
    if listed.sheets.len() > most {
        package.told.push(format!("holds more than {most} sheets; the others were left out (--max-parts)"));
    }
    let mut out = Vec::new();
    for (name, id) in listed.sheets.into_iter().take(most) {
        let to = related.get(&id);
        if package.full || to.is_some_and(|to| to.kind != "worksheet") {
            continue;
        }
        match to.map(|to| package.part(&to.target)).transpose() {
            Ok(Some(Some(text))) => {
                let cells = book.cells(&text, &name, package);
                out.push(Sheet { name, cells });
            }
            Ok(_) => package.told.push(format!("sheet `{name}` is missing")),
            Err(why) => package.told.push(format!("{why}, and was left out")),
        }
    }
    Ok(out)
}

/// What a part refers to.
struct Relation {
    /// The last word of its type.
    kind: String,
    /// The name of the part.
    target: String,
}

/// What a part refers to, by the names that it has for it; the package itself has no name.
fn relations(package: &mut Package<'_>, of: &str) -> BTreeMap<String, Relation> {
    let (folder, name) = of.rsplit_once('/').map_or(("", of), |(folder, name)| (folder, name));
    let text = package.further(format!("{folder}/_rels/{name}.rels").trim_start_matches('/'));
    let (mut out, mut reader) = (BTreeMap::new(), xml::reader(&text));
    loop {
        match reader.read_event() {
            Err(_) | Ok(Event::Eof) => return out,
            Ok(Event::Start(element)) if element.local_name().as_ref() == "Relationship" => {
                let of = |name: &str| xml::attribute(&element, name);
                if let (Some(id), Some(kind), Some(target)) = (of("Id"), of("Type"), of("Target")) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    out.insert(id.into_owned(), Relation { kind, target: resolved(folder, &target) });
                }
            }
            Ok(_) => {}
        }
    }
}

/// The name of a part as it is called from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// What a workbook lists.
#[derive(Default)]
struct List {
    /// Name and reference of each sheet that is not hidden.
    sheets: Vec<(String, String)>,
    /// Whether days are counted from 1904.
    from_1904: bool,
}

impl List {
    fn of(text: &str) -> List {
        let (mut out, mut reader) = (List::default(), xml::reader(text));
        loop {
            match reader.read_event() {
                Err(_) | Ok(Event::Eof) => return out,
                Ok(Event::Start(element)) => {
                    let of = |name: &str| xml::attribute(&element, name);
                    match element.local_name().as_ref() {
                        "workbookPr" => {
                            out.from_1904 |= of("date1904").is_some_and(|stated| matches!(&*stated, "1" | "true"));
                        }
                        "sheet" if of("state").is_none_or(|state| state == "visible") => {
                            let name = of("name").unwrap_or_default().into_owned();
                            out.sheets.extend(of("id").map(|id| (name, id.into_owned())));
                        }
                        _ => {}
                    }
                }
                Ok(_) => {}
            }
        }
    }
}

/// The texts that cells share.
#[derive(Default)]
struct Strings {
    /// All of them, one behind the other.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Strings {
    fn of(text: &str) -> Strings {
        let (mut out, mut reader, mut written) = (Strings::default(), xml::reader(text), Written::default());
        loop {
            match reader.read_event() {
                Err(_) | Ok(Event::Eof) => return out,
                Ok(Event::End(element)) if element.local_name().as_ref() == "si" => {
                    out.text.push_str(&written.take());
                    out.ends.push(out.text.len());
                }
                Ok(event) => written.meet(&event),
            }
        }
    }

    fn get(&self, index: usize) -> Option<&str> {
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(index)?)
    }
}

/// The text of `v` and `t` while it is read, without how it is pronounced.
#[derive(Default)]
struct Written {
    words: String,
    open: bool,
    pronounced: bool,
}

impl Written {
    fn meet(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "v" | "t" => self.open = !self.pronounced,
                "rPh" => self.pronounced = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "v" | "t" => self.open = false,
                "rPh" => self.pronounced = false,
                _ => {}
            },
            event if self.open => self.words.push_str(&xml::words(event)),
            _ => {}
        }
    }

    /// What was read. A line break of Windows is kept in a way of its own.
    fn take(&mut self) -> String {
        let words = std::mem::take(&mut self.words);
        if words.contains("_x000D_") { words.replace("_x000D_", " ") } else { words }
    }
}

/// How the numbers of cells are shown.
struct Formats {
    /// Each way once; the first shows a number as it is.
    all: Vec<Format>,
    /// By the style of a cell, which of them.
    styles: Vec<u32>,
}

impl Default for Formats {
    fn default() -> Formats {
        Formats { all: vec![Format::General], styles: Vec::new() }
    }
}

impl Formats {
    fn of(text: &str) -> Formats {
        let (mut out, mut reader) = (Formats::default(), xml::reader(text));
        // By the number of a format, its place among all.
        let mut places: BTreeMap<u32, u32> = BTreeMap::new();
        let mut styling = false;
        loop {
            match reader.read_event() {
                Err(_) | Ok(Event::Eof) => return out,
                Ok(Event::End(element)) if element.local_name().as_ref() == "cellXfs" => styling = false,
                Ok(Event::Start(element)) => {
                    let number = || xml::attribute(&element, "numFmtId").and_then(|n| n.parse::<u32>().ok());
                    match element.local_name().as_ref() {
                        "cellXfs" => styling = true,
                        "numFmt" => {
                            let code = xml::attribute(&element, "formatCode").filter(|c| c.len() <= LONGEST_FORMAT);
                            if let (Some(number), Some(code)) = (number(), code) {
                                places.insert(number, out.place(Format::new(&code)));
                            }
                        }
                        "xf" if styling => {
                            let number = number().unwrap_or_default();
                            let place = *places.entry(number).or_insert_with(|| out.place(Format::known(number)));
                            out.styles.push(place);
                        }
                        _ => {}
                    }
                }
                Ok(_) => {}
            }
        }
    }

    /// Where a format stands among all.
    fn place(&mut self, format: Format) -> u32 {
        if format == Format::General {
            return 0;
        }
        self.all.push(format);
        (self.all.len() - 1) as u32
    }

    fn get(&self, style: usize) -> &Format {
        let place = self.styles.get(style).copied().unwrap_or_default();
        self.all.get(place as usize).unwrap_or(&Format::General)
    }
}

/// What the sheets of a workbook have in common.
struct Book {
    strings: Strings,
    formats: Formats,
    from_1904: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    kind: String,
    style: usize,
    formula: bool,
}

impl Book {
    /// The cells of a sheet that hold something.
    fn cells(&self, text: &str, sheet: &str, package: &mut Package<'_>) -> Vec<super::Cell<'static>> {
        let (mut out, mut reader, mut written) = (Vec::new(), xml::reader(text), Written::default());
        let (mut row, mut column, mut open, mut unknown) = (0u32, 0u32, Open::default(), 0u32);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Err(error) => {
                    package.told.push(format!("sheet `{sheet}` is damaged ({error}); what stands before was read"));
                    break;
                }
                Ok(Event::Start(element)) if element.local_name().as_ref() == "row" => {
                    let stated = xml::attribute(&element, "r").and_then(|r| r.parse::<u32>().ok()?.checked_sub(1));
                    (row, column) = (stated.filter(|row| *row < LARGEST.0).unwrap_or(row), 0);
                }
                Ok(Event::Start(element)) if element.local_name().as_ref() == "c" => {
                    let of = |name: &str| xml::attribute(&element, name);
                    (row, column) = of("r").and_then(|name| place(&name)).unwrap_or((row, column));
                    let style = of("s").and_then(|style| style.parse().ok()).unwrap_or_default();
                    open = Open { kind: of("t").unwrap_or_default().into_owned(), style, formula: false };
                    written = Written::default();
                }
                Ok(Event::Start(element)) if element.local_name().as_ref() == "f" => open.formula = true,
                Ok(Event::End(element)) if element.local_name().as_ref() == "c" => {
                    let words = written.take();
                    unknown += u32::from(open.formula && words.is_empty());
                    if let Some(words) = self.shown(&open, &words) {
                        package.add(&mut out, (row, column), &words);
                    }
                    column += 1;
                }
                Ok(Event::End(element)) if element.local_name().as_ref() == "row" => row += 1,
                Ok(Event::End(element)) if element.local_name().as_ref() == "sheetData" => break,
                Ok(event) => written.meet(&event),
            }
            if package.full {
                break;
            }
        }
        if unknown > 0 {
            let plural = if unknown == 1 { "formula" } else { "formulas" };
            package.told.push(format!("sheet `{sheet}` holds {unknown} {plural} without a result, left out"));
        }
        out.sort_by_key(|cell| (cell.row, cell.column));
        out
    }

    /// What a cell shows; an error shows nothing.
    fn shown<'a>(&'a self, cell: &Open, words: &'a str) -> Option<Cow<'a, str>> {
        Some(match cell.kind.as_str() {
            "e" => return None,
            "s" => self.strings.get(words.trim().parse().ok()?)?.into(),
            "b" => if matches!(words.trim(), "1" | "true") { "true" } else { "false" }.into(),
            "str" | "inlineStr" => words.into(),
            "d" => words.strip_suffix("T00:00:00").unwrap_or(words).replacen('T', " ", 1).into(),
            _ => match words.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => self.formats.get(cell.style).shown(number, self.from_1904).into(),
                _ => words.into(),
            },
        })
    }
}

/// Row and column of the name of a cell: `B3`.
fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let column = name.get(..digits)?.bytes().try_fold(0u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter.is_ascii_uppercase().then_some(())?;
        column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)
    })?;
    let (row, column) = (name.get(digits..)?.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?);
    (row < LARGEST.0 && column < LARGEST.1).then_some((row, column))
}
