//! Text of XML with its places, whatever the XML is.

use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};

use crate::problem::{Level, Problem};
use crate::source::blocks::Blocks;
use crate::source::offset::Outer;
use crate::source::reader::PieceKind;
use crate::source::reader::html::Value;
use crate::source::xml;

/// Elements whose text is none for people.
const NO_PROSE: [&str; 2] = ["script", "style"];
/// Bytes of `<![CDATA[` and `]]>`.
const CDATA: (usize, usize) = (9, 3);

/// Where XML ceases to be sound, and why.
#[derive(Debug)]
pub(super) struct Broken {
    at: u64,
    why: String,
}

impl Broken {
    pub(super) fn new(at: u64, error: &quick_xml::Error) -> Broken {
        Broken { at, why: error.to_string() }
    }

    /// What is told of it, `lost` when nothing was read.
    pub(super) fn problem(&self, outer: &Arc<Outer>, path: &str, lost: bool) -> Problem {
        let line = outer.lines.line_of(u32::try_from(self.at).unwrap_or(u32::MAX));
        let (level, done) = match lost {
            true => (Level::Error, "it was not read"),
            false => (Level::Warning, "what stands behind that was left out"),
        };
        Problem::new(level, path, format!("is broken XML ({}); {done}", self.why)).at(line)
    }
}

/// Text as it stands between elements.
pub(super) enum Words<'a> {
    /// As it is.
    Plain(&'a str),
    /// A character in so many bytes.
    One(char, usize),
}

/// What an event at a byte of a text says, and where. A reference that XML does not know is left as it is written.
pub(super) fn words<'t>(event: &Event, text: &'t str, from: u64, to: u64) -> Option<(Words<'t>, usize)> {
    let (from, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
    match event {
        Event::Text(_) => Some((Words::Plain(text.get(from..to)?), from)),
        Event::CData(_) => {
            let inner = text.get(from + CDATA.0..to.checked_sub(CDATA.1)?)?;
            Some((Words::Plain(inner), from + CDATA.0))
        }
        Event::GeneralRef(reference) => {
            Some((character(reference).map_or(Words::Plain(text.get(from..to)?), |c| Words::One(c, to - from)), from))
        }
        _ => None,
    }
}

fn character(reference: &BytesRef) -> Option<char> {
    let of_number = reference.resolve_char_ref().ok().flatten().filter(|c| *c != '\0');
    of_number.or_else(|| resolve_xml_entity(reference)?.chars().next())
}

/// The string that stands within an element, and whether elements stand there too: then it is all as it is written.
/// `inner` begins at a byte of the file's text.
pub(super) fn value(inner: &str, at: usize) -> (Value, bool) {
    let mut reader = Reader::from_str(inner);
    reader.config_mut().allow_dangling_amp = true;
    let mut value = Value::new();
    loop {
        let from = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(_) | Event::Empty(_)) => {
                let mut value = Value::new();
                value.add(inner, at);
                return (value, true);
            }
            Ok(Event::Eof) | Err(_) => return (value, false),
            Ok(event) => match words(&event, inner, from, reader.buffer_position()) {
                Some((Words::Plain(words), from)) => value.add(words, at + from),
                Some((Words::One(c, bytes), from)) => value.put(c, at + from, bytes),
                None => {}
            },
        }
    }
}

/// What came of reading XML.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) broken: Option<Broken>,
    /// Whether some text lies too deep.
    pub(super) is_cut: bool,
}

/// Adds the text of all elements: one that holds text itself is a paragraph, with all that lies in it.
pub(super) fn add(text: &str, most_depth: usize, blocks: &mut Blocks) -> Read {
    let mut holds: Vec<bool> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    walk(text, |step| match step {
        Step::Start(_) => {
            open.push(holds.len());
            holds.push(false);
        }
        Step::End => drop(open.pop()),
        Step::Words(Words::Plain(words), _) if words.trim().is_empty() => {}
        Step::Words(..) => {
            if let Some(holds) = open.last().and_then(|at| holds.get_mut(*at)) {
                *holds = true;
            }
        }
    });
    let mut read = Read::default();
    let (mut depth, mut number) = (0usize, 0);
    // At which depth the paragraph, and the element without prose, is that is open.
    let (mut paragraph, mut hidden) = (None, None);
    read.broken = walk(text, |step| match step {
        Step::Start(name) => {
            depth += 1;
            if holds.get(number) == Some(&true) {
                paragraph = paragraph.or(Some(depth));
            }
            if NO_PROSE.contains(&name) {
                hidden = hidden.or(Some(depth));
            }
            number += 1;
        }
        Step::End => {
            if paragraph.take_if(|at| *at == depth).is_some() {
                blocks.end(PieceKind::Paragraph);
            }
            hidden.take_if(|at| *at == depth);
            depth = depth.saturating_sub(1);
        }
        Step::Words(words, at) if paragraph.is_some() && hidden.is_none() => match words {
            _ if depth > most_depth => read.is_cut = true,
            Words::Plain(words) => blocks.add(words, at),
            Words::One(c, bytes) if c.is_whitespace() && bytes > 0 => blocks.blank(at),
            Words::One(c, bytes) => blocks.put(c.encode_utf8(&mut [0; 4]), at, bytes),
        },
        Step::Words(..) => {}
    });
    blocks.end(PieceKind::Paragraph);
    read
}

/// A step through XML.
enum Step<'a> {
    /// An element of this name without its prefix begins.
    Start(&'a str),
    End,
    /// Text, and where it stands.
    Words(Words<'a>, usize),
}

fn walk(text: &str, mut take: impl FnMut(Step)) -> Option<Broken> {
    let mut reader = xml::reader(text);
    loop {
        let from = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(element)) => take(Step::Start(element.local_name().as_ref())),
            Ok(Event::End(_)) => take(Step::End),
            Ok(Event::Eof) => return None,
            Ok(event) => {
                if let Some((words, at)) = words(&event, text, from, reader.buffer_position()) {
                    take(Step::Words(words, at));
                }
            }
            Err(error) => return Some(Broken::new(reader.error_position(), &error)),
        }
    }
}
