//! XML, element by element.
//!
//! Comes in: the bytes of a file of XML. Goes out: its elements and words in their order, and in words what could not be read.
//! No document type is followed, and no entity is resolved but those of the language itself.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::reader::{Config, NsReader};
use quick_xml::{Reader, XmlVersion};

use super::ReadOptions;
use crate::text::one_line;

/// The name spaces that are told apart, each with the prefix that it mostly has.
const SPACES: [(&str, &str); 14] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/elements/1.0/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:presentation:1.0", "presentation"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"),
];
/// Most elements of a file that is kept as a whole.
const MOST: usize = 1 << 18;

/// What comes next in a file.
pub(super) enum Part<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// Words within the element that is open.
    Words(&'x str),
    /// The element that is open ends.
    Close,
}

/// The beginning of an element.
pub(super) struct Element<'x> {
    /// The prefix that its name space mostly has; empty for one that is not told apart.
    pub(super) space: &'static str,
    /// Its name without the prefix.
    pub(super) name: &'x str,
    tag: &'x BytesStart<'x>,
}

impl Element<'_> {
    /// An attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        let mut all = self.tag.attributes();
        all.with_checks(false);
        all.map_while(Result::ok).map(|one| {
            let value = one.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| one.value.clone());
            (one.key.local_name().into_inner().to_owned(), value.into_owned())
        })
    }
}

/// Hands all elements and words to `take`. Gives what was left out, and why, each in words for a problem.
pub(super) fn walk(bytes: &[u8], options: &ReadOptions, mut take: impl FnMut(Part<'_>)) -> Vec<String> {
    let text = text(bytes);
    let mut reader = spaced_reader(&text);
    let (mut depth, mut deep, mut foreign) = (0, false, false);
    let ended = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if depth >= options.most_depth => {
                deep = true;
                if reader.read_to_end(tag.name()).is_err() {
                    break false;
                }
            }
            Ok(Event::Start(tag)) => {
                depth += 1;
                let name = tag.local_name();
                take(Part::Open(Element { space: space(&reader, tag.name()), name: name.into_inner(), tag: &tag }));
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                take(Part::Close);
            }
            Ok(event @ (Event::Text(_) | Event::CData(_))) => take(Part::Words(&words(&event))),
            Ok(event @ Event::GeneralRef(_)) => match words(&event) {
                known if known.is_empty() => foreign = true,
                known => take(Part::Words(&known)),
            },
            Ok(Event::Eof) => break depth == 0,
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    let mut left_out = Vec::new();
    if deep {
        let most = options.most_depth;
        left_out.push(format!("holds elements that lie more than {most} deep, which were left out (--max-depth)"));
    }
    if foreign {
        left_out.push("refers to entities, which were left out".to_owned());
    }
    if !ended {
        left_out.push("is damaged or cut off, and was read up to there".to_owned());
    }
    left_out
}

/// The name space of an element; by the prefix alone where a file does not say what that stands for.
fn space(reader: &NsReader<&[u8]>, name: QName<'_>) -> &'static str {
    let known = match reader.resolver().resolve_element(name).0 {
        ResolveResult::Bound(Namespace(uri)) => SPACES.iter().find(|(known, _)| *known == uri),
        ResolveResult::Unknown(prefix) => SPACES.iter().find(|(_, known)| *known == prefix),
        ResolveResult::Unbound => None,
    };
    known.map_or("", |(_, prefix)| prefix)
}

/// An element of a file that is kept as a whole.
pub(super) struct Kept {
    pub(super) space: &'static str,
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// The words right in it.
    pub(super) words: String,
    /// The element that it lies in.
    pub(super) parent: Option<usize>,
}

impl Kept {
    /// An attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim())
    }

    /// Its words in one line; `None` where there are none.
    pub(super) fn line(&self) -> Option<String> {
        Some(one_line(&self.words)).filter(|line| !line.is_empty())
    }
}

/// All elements of a small file in their order, and what was left out.
pub(super) fn elements(bytes: &[u8], options: &ReadOptions) -> (Vec<Kept>, Vec<String>) {
    let (mut kept, mut open, mut more) = (Vec::<Kept>::new(), Vec::<Option<usize>>::new(), false);
    let mut left_out = walk(bytes, options, |part| match part {
        Part::Open(element) if kept.len() < MOST => {
            let parent = open.last().copied().flatten();
            open.push(Some(kept.len()));
            let (space, name, attributes) = (element.space, element.name.to_owned(), element.attributes().collect());
            kept.push(Kept { space, name, attributes, words: String::new(), parent });
        }
        Part::Open(_) => {
            more = true;
            open.push(None);
        }
        Part::Words(words) => {
            if let Some(one) = open.last().copied().flatten().and_then(|at| kept.get_mut(at)) {
                one.words.push_str(words);
            }
        }
        Part::Close => drop(open.pop()),
    });
    if more {
        left_out.push(format!("holds more than {MOST} elements, of which the rest was left out"));
    }
    (kept, left_out)
}

/// The text of a part of a file: UTF-8, or what its byte order mark says.
pub(super) fn text(bytes: &[u8]) -> String {
    encoding_rs::UTF_8.decode(bytes).0.into_owned()
}

/// The events of a text; `<a/>` comes as a start and an end.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    configure(reader.config_mut());
    reader
}

/// The same, with the name spaces of elements.
pub(super) fn spaced_reader(text: &str) -> NsReader<&[u8]> {
    let mut reader = NsReader::from_str(text);
    configure(reader.config_mut());
    reader
}

fn configure(config: &mut Config) {
    (config.expand_empty_elements, config.allow_dangling_amp) = (true, true);
}

/// The characters that an event stands for.
pub(super) fn words<'a>(event: &Event<'a>) -> Cow<'a, str> {
    match event {
        Event::Text(text) => text.xml10_content(),
        Event::CData(text) => text.xml10_content(),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(character)) => Cow::Owned(character.to_string()),
            _ => Cow::Borrowed(resolve_predefined_entity(name).unwrap_or_default()),
        },
        _ => Cow::Borrowed(""),
    }
}

/// The value of the first attribute of a name, with its prefix or without.
pub(super) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut all = element.attributes();
    // Whether two have the same name takes long to see.
    all.with_checks(false);
    let named = |key: quick_xml::name::QName<'_>| key.as_ref() == name || key.local_name().as_ref() == name;
    all.map_while(Result::ok).find(|a| named(a.key))?.normalized_value(XmlVersion::Implicit1_0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (String, Vec<String>) {
        let mut out = String::new();
        let left_out = walk(text.as_bytes(), &ReadOptions::default(), |part| match part {
            Part::Open(element) => out.push_str(&format!("<{}:{}", element.space, element.name)),
            Part::Words(words) => out.push_str(words),
            Part::Close => out.push('>'),
        });
        (out, left_out)
    }

    #[test]
    fn names_and_entities() {
        let text = "<?xml version='1.0'?><a xmlns:x='http://purl.org/dc/elements/1.1/'><x:b/>1 &lt; &#50; & <dc:c><![CDATA[&]]></dc:c></a>";
        assert_eq!(shown(text), ("<:a<dc:b>1 < 2 & <dc:c&>>".to_owned(), Vec::new()));
        let laughs =
            "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'><!ENTITY d SYSTEM 'file:///etc/passwd'>]><a>x&c;&d;y</a>";
        assert_eq!(shown(laughs), ("<:axy>".to_owned(), vec!["refers to entities, which were left out".to_owned()]));
    }

    #[test]
    fn what_is_deep_costs_itself() {
        let deep = format!("<a><b>1</b>{}x{}<c>2</c></a>", "<d>".repeat(100_000), "</d>".repeat(100_000));
        let (read, left_out) = shown(&deep);
        assert!(read.starts_with("<:a<:b1>") && read.ends_with("<:c2>>"), "{}", read.len());
        assert!(left_out.len() == 1 && left_out[0].contains("64 deep"));
        assert_eq!(shown(&"<d>".repeat(100_000)).1.len(), 2);
        assert_eq!(shown("<a>x</b>").1, ["is damaged or cut off, and was read up to there"]);
        assert_eq!(elements(&b"<a/>".repeat(MOST + 9), &ReadOptions::default()).0.len(), MOST);
    }

    #[test]
    fn words_and_attributes() {
        let text = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a p:id="1 &amp; 2">Otter &#38; &lt;<![CDATA[<weir>]]>&x; & mill</a>"#;
        let (mut reader, mut out, mut id) = (reader(text), String::new(), None);
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) => id = attribute(&element, "id").map(Cow::into_owned),
                event => out.push_str(&words(&event)),
            }
        }
        assert_eq!((out.as_str(), id.as_deref()), ("Otter & <<weir> & mill", Some("1 & 2")));
        assert_eq!(super::text(b"\xff\xfea\0b\0"), "ab");
    }
}
