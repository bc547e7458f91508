//! What a document says about itself, beside its text.

use hayro_syntax::Pdf;
use hayro_syntax::metadata::Metadata;
use hayro_syntax::object::{DateTime, Dict, Stream, String as Words};
use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::source::{Front, dateline};
use crate::text::one_line;

/// Most bytes of the packet of metadata.
const MOST_PACKET: usize = 1 << 20;
/// Titles that programs give.
const NO_TITLES: [&str; 8] = [
    "about:blank",
    "document",
    "full page photo",
    "microsoft word",
    "no title",
    "powerpoint presentation",
    "slide 1",
    "untitled",
];
/// Authors that programs give.
const NOBODY: [&str; 8] = ["(anonymous)", "admin", "administrator", "anonymous", "author", "owner", "unknown", "user"];
/// Ends of the names of files.
const FILES: [&str; 24] = [
    ".ai", ".doc", ".docx", ".dvi", ".fm", ".htm", ".html", ".indd", ".md", ".odt", ".pages", ".pdf", ".pmd", ".ppt",
    ".pptx", ".ps", ".pub", ".qxd", ".rtf", ".tex", ".tif", ".txt", ".xls", ".xlsx",
];
/// Where the characters of PDFDocEncoding from 0x80 on that are not those of Latin-1 stand.
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ',
    'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// What a document says about itself; `title` is what it calls itself, if that is a title.
pub(super) struct Stated {
    pub(super) title: Option<String>,
    pub(super) created: Option<Date>,
    pub(super) front: Front,
}

/// Reads the information dictionary, the packet of metadata, and the language.
pub(super) fn stated(pdf: &Pdf) -> Stated {
    let info: &Metadata = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(text_string).filter(|t| !t.is_empty());
    let date = |stated: &Option<DateTime>| {
        stated.and_then(|d| {
            Date::new(i16::try_from(d.year).ok()?, i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?).ok()
        })
    };
    let mut front = Front {
        modified: date(&info.modification_date),
        authors: text(&info.author).map(|a| names(&a)).unwrap_or_default(),
        ..Front::default()
    }
    .placed("document information");
    let mut title = text(&info.title).filter(|t| is_title(t)).map(|t| (t, "document information"));
    let mut created = date(&info.creation_date).map(|d| (d, "document information"));
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let packet =
        catalog.get::<Stream<'_>>(b"Metadata").and_then(|s| s.decoded_data().ok()).filter(|p| p.len() <= MOST_PACKET);
    let packet = packet.map(|p| packet_of(&p)).unwrap_or_default();
    title = title.or_else(|| packet.title.filter(|t| is_title(t)).map(|t| (t, "XMP dc:title")));
    created = created.or_else(|| packet.created.map(|d| (d, "XMP xmp:CreateDate")));
    if front.authors.is_empty() || packet.authors.len() > front.authors.len() {
        front.authors = packet.authors;
        front.stated_in.insert("authors", "XMP dc:creator".to_owned());
    }
    front.modified = front.modified.or(packet.modified);
    front.publisher = packet.publisher;
    front.language = catalog.get::<Words<'_>>(b"Lang").map(|l| text_string(&l)).filter(|l| !l.is_empty());
    if front.language.is_some() {
        front.stated_in.insert("language", "document catalogue".to_owned());
    }
    let mut front = front.placed("XMP");
    if let Some((_, place)) = &title {
        front.stated_in.insert("title", (*place).to_owned());
    }
    if let Some((_, place)) = &created {
        front.stated_in.insert("published", (*place).to_owned());
    }
    front.stated_in.retain(|key, _| *key != "authors" || !front.authors.is_empty());
    Stated { title: title.map(|t| t.0), created: created.map(|c| c.0), front }
}

/// Whether it is a title, and not the name of a file or what a program writes there.
fn is_title(words: &str) -> bool {
    let lower = words.to_lowercase();
    let file =
        FILES.iter().any(|end| lower.ends_with(end)) || lower.contains("://") || lower.starts_with("microsoft word - ");
    words.chars().filter(|c| c.is_alphabetic()).count() > 1 && !file && !NO_TITLES.contains(&lower.as_str())
}

/// The names of authors, which may stand in one line.
fn names(all: &str) -> Vec<String> {
    let whole = |part: &str| part.trim().contains(' ');
    let split: Vec<&str> = match all {
        all if all.contains(';') => all.split(';').collect(),
        // A single name may be written "Quill, Ada".
        all if all.split(", ").all(whole) => all.split(", ").collect(),
        all => vec![all],
    };
    let split =
        split.into_iter().flat_map(|part| part.split(" and ")).map(|name| name.trim().trim_start_matches("and "));
    split.filter(|n| !n.is_empty() && !NOBODY.contains(&n.to_lowercase().as_str())).map(str::to_owned).collect()
}

/// A text as documents state it outside their pages: UTF-16, UTF-8 or PDFDocEncoding, in one line.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes
            .iter()
            .map(|b| HIGH.get(usize::from(b.wrapping_sub(0x80))).copied().unwrap_or(char::from(*b)))
            .collect(),
    };
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    one_line(&text)
}

/// What a packet of metadata says.
#[derive(Default)]
struct Packet {
    title: Option<String>,
    publisher: Option<String>,
    authors: Vec<String>,
    created: Option<Date>,
    modified: Option<Date>,
}

/// Reads a packet of metadata. Its facts are elements, or attributes of one.
fn packet_of(bytes: &[u8]) -> Packet {
    let mut out = Packet::default();
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<String> = Vec::new();
    let mut words = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                out.attributes(&tag);
                words.clear();
                open.push(tag.name().as_ref().to_owned());
            }
            Event::Empty(tag) => out.attributes(&tag),
            Event::Text(part) => words.push_str(&part),
            Event::GeneralRef(name) => {
                let of = |name: &str| quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned);
                let character = name.resolve_char_ref().ok().flatten().map(String::from);
                words.push_str(&character.or_else(|| of(&name)).unwrap_or_default());
            }
            Event::End(_) => {
                let said = one_line(&words);
                words.clear();
                // `dc:title` holds `rdf:Alt`, which holds `rdf:li`.
                for name in open.iter().rev().take(3) {
                    out.state(name, &said);
                }
                open.pop();
            }
            _ => {}
        }
        if open.len() > 64 {
            break;
        }
    }
    out
}

impl Packet {
    fn attributes(&mut self, tag: &quick_xml::events::BytesStart<'_>) {
        for attribute in tag.attributes().flatten() {
            self.state(attribute.key.as_ref(), &attribute.value);
        }
    }

    fn state(&mut self, name: &str, said: &str) {
        if said.is_empty() {
            return;
        }
        let first = |before: &mut Option<String>| before.take().or_else(|| Some(said.to_owned()));
        match name {
            "dc:title" => self.title = first(&mut self.title),
            "dc:publisher" => self.publisher = first(&mut self.publisher),
            "dc:creator" => self.authors.push(said.to_owned()),
            "xmp:CreateDate" => self.created = self.created.or_else(|| dateline::parse(said)),
            "xmp:ModifyDate" => self.modified = self.modified.or_else(|| dateline::parse(said)),
            _ => {}
        }
    }
}
