//! The entries of RSS and Atom, and what is said of them.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::text::{self, Broken};
use crate::source::blocks::{Blocks, Gathered};
use crate::source::front::{Stated, is_address};
use crate::source::reader::html::Value;
use crate::source::reader::json;
use crate::source::{Front, dateline, xml};

/// What stands before the names of elements of the spaces that are known.
const SPACES: [(&str, &str); 8] = [
    ("http://www.w3.org/2005/Atom", ""),
    ("http://purl.org/atom/ns#", ""),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://backend.userland.com/rss2", ""),
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://purl.org/dc/elements/1.1/", "dc:"),
    ("http://purl.org/dc/terms/", "dcterms:"),
];
/// Elements that hold the text of an entry; the longest counts.
const TEXT: [&str; 4] = ["content:encoded", "content", "description", "summary"];
const PUBLISHED: [&str; 5] = ["pubDate", "published", "issued", "dcterms:issued", "dc:date"];
const MODIFIED: [&str; 3] = ["updated", "modified", "dcterms:modified"];
const LANGUAGE: [&str; 3] = ["language", "dc:language", "xml:lang"];
const AUTHORS: [&str; 2] = ["dc:creator", "author"];
/// The other elements that say something.
const OTHER: [&str; 3] = ["title", "link", "dc:publisher"];
/// Most authors of an entry.
const MOST_AUTHORS: usize = 100;

/// A feed as it is written.
#[derive(Debug, Default)]
pub(super) struct Feed<'t> {
    /// What the feed says of itself; `None` of XML that is no feed.
    head: Option<Entry<'t>>,
    /// As many entries as are read.
    pub(super) entries: Vec<Entry<'t>>,
    /// How many there are.
    pub(super) count: usize,
    pub(super) broken: Option<Broken>,
}

/// What stands right in an entry, or in the element of the feed.
#[derive(Debug, Default)]
pub(super) struct Entry<'t> {
    fields: Vec<Field<'t>>,
}

#[derive(Debug)]
struct Field<'t> {
    name: &'static str,
    /// Its attribute `type`.
    kind: String,
    /// What its element holds, and where that begins; or what an attribute says.
    inner: &'t str,
    at: usize,
    /// The address of a link.
    address: Option<String>,
}

impl Entry<'_> {
    /// Each fact is kept once, but for authors.
    fn has_room(&self, name: &str) -> bool {
        let most = if AUTHORS.contains(&name) { MOST_AUTHORS } else { 1 };
        self.fields.iter().filter(|field| field.name == name).count() < most
    }

    fn get(&self, name: &str) -> Option<&Field<'_>> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What the first element of some names says, and its name.
    fn stated<T>(&self, names: &[&str], read: impl Fn(&Field) -> Option<T>) -> Stated<T> {
        names.iter().find_map(|name| Some((read(self.get(name)?)?, (*name).to_owned())))
    }
}

impl Field<'_> {
    fn value(&self) -> Value {
        text::value(self.inner, self.at).0
    }

    /// What it says in one line, if anything.
    fn line(&self) -> Option<String> {
        let line = if self.kind == "text" { self.value().text.trim().to_owned() } else { self.value().line() };
        Some(line).filter(|line| !line.is_empty())
    }

    /// The author: the name within, or what stands in brackets behind a mail address.
    fn author(&self) -> Option<String> {
        let name = self.inner.split_once("name>").and_then(|(_, rest)| rest.split_once("</"));
        let said = match name {
            Some((name, _)) => text::value(name, 0).0.line(),
            None => self.line()?,
        };
        let bracket = said.split_once('(').filter(|(before, _)| before.contains('@'));
        let said = bracket.map_or(said.as_str(), |(_, name)| name.trim_end_matches(')')).trim();
        (!said.is_empty() && !said.contains(['@', '<'])).then(|| said.to_owned())
    }
}

/// Where elements are open while a feed is read, by their depth.
#[derive(Default)]
struct Open<'t> {
    head: Option<usize>,
    entry: Option<(usize, Entry<'t>)>,
    /// With where its text begins.
    field: Option<(usize, Field<'t>)>,
}

impl<'t> Feed<'t> {
    /// Finds the entries, of which `most` are kept.
    pub(super) fn new(text: &'t str, most: usize) -> Feed<'t> {
        let mut feed = Feed::default();
        let mut reader = xml::spaced_reader(text);
        let mut open = Open::default();
        let mut depth = 0usize;
        loop {
            let from = reader.buffer_position();
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    feed.broken = Some(Broken::new(reader.error_position(), &error));
                    return feed;
                }
            };
            match event {
                Event::Start(element) => {
                    depth += 1;
                    let name = name(&reader, &element);
                    feed.start(&mut open, &element, &name, depth, reader.buffer_position());
                }
                Event::End(_) => {
                    feed.end(&mut open, text, depth, from, most);
                    depth = depth.saturating_sub(1);
                }
                Event::Eof => return feed,
                _ => {}
            }
        }
    }

    fn start(&mut self, open: &mut Open<'t>, element: &BytesStart, name: &str, depth: usize, behind: u64) {
        if open.field.is_some() {
            return;
        }
        let begins = if open.entry.is_none() && matches!(name, "item" | "entry") {
            open.entry = Some((depth, Entry::default()));
            true
        } else if self.head.is_none() && matches!(name, "channel" | "feed") {
            self.head = Some(Entry::default());
            open.head = Some(depth);
            true
        } else {
            false
        };
        let (above, entry) = match (&mut open.entry, &mut self.head) {
            (Some((above, entry)), _) => (Some(*above), entry),
            (None, Some(head)) => (open.head, head),
            _ => return,
        };
        if let Some(language) = attribute(element, "xml:lang").filter(|_| begins) {
            let field = Field { name: "xml:lang", kind: String::new(), inner: "", at: 0, address: Some(language) };
            entry.fields.push(field);
        }
        let names = [&TEXT[..], &PUBLISHED, &MODIFIED, &LANGUAGE, &AUTHORS, &OTHER];
        let mut known = names.into_iter().flatten().copied().filter(|known| *known == name);
        let Some(name) = known.next().filter(|known| entry.has_room(known)) else { return };
        if above.is_none_or(|above| depth != above + 1) {
            return;
        }
        let address = attribute(element, "href");
        let leads_elsewhere = attribute(element, "rel").is_some_and(|rel| rel != "alternate");
        let kind = attribute(element, "type").unwrap_or_default();
        if name == "link" && leads_elsewhere || name == "content" && kind.contains('/') && !kind.starts_with("text/") {
            return;
        }
        let at = usize::try_from(behind).unwrap_or_default();
        open.field = Some((depth, Field { name, kind, inner: "", at, address }));
    }

    fn end(&mut self, open: &mut Open<'t>, text: &'t str, depth: usize, from: u64, most: usize) {
        if let Some((_, mut field)) = open.field.take_if(|(at, _)| *at == depth) {
            let end = usize::try_from(from).unwrap_or_default();
            // An element that is empty ends where it begins.
            field.inner = text.get(field.at..end.max(field.at)).unwrap_or_default();
            let entry = open.entry.as_mut().map(|(_, entry)| entry).or(self.head.as_mut());
            if let Some(entry) = entry.filter(|_| !field.inner.trim().is_empty() || field.address.is_some()) {
                entry.fields.push(field);
            }
        }
        if let Some((_, entry)) = open.entry.take_if(|(at, _)| *at == depth) {
            self.count += 1;
            if self.entries.len() < most {
                self.entries.push(entry);
            }
        }
        open.head.take_if(|at| *at == depth);
    }

    /// Whether this is a feed at all.
    pub(super) fn is_feed(&self) -> bool {
        self.head.is_some()
    }

    /// The document of an entry; `None` if it has no text.
    pub(super) fn document(&self, entry: &Entry) -> Option<(Gathered, Front)> {
        let mut blocks = Blocks::new();
        let mut front = self.front(entry);
        if let Some(title) = entry.get("title") {
            match title.kind.as_str() {
                "text" => title.value().write_plain(&mut blocks),
                _ => title.value().write_line(&mut blocks),
            }
            front.title = blocks.begin_body();
            if front.title.is_some() {
                front.stated_in.insert("title", "title".to_owned());
            }
        }
        let texts = TEXT.iter().filter_map(|name| entry.get(name));
        let texts = texts.map(|field| (field, text::value(field.inner, field.at)));
        // Of several that are equally long the first.
        let longest = texts.rev().max_by_key(|(_, (value, _))| value.text.trim().len());
        let (field, (value, holds_elements)) = longest?;
        match field.kind.as_str() {
            "text" => value.write_plain(&mut blocks),
            "html" | "xhtml" | "text/html" => value.write_html(&mut blocks),
            _ if holds_elements => value.write_html(&mut blocks),
            _ => value.write(&mut blocks),
        }
        json::finished(blocks, front)
    }

    /// What is said of an entry, its title apart.
    fn front(&self, entry: &Entry) -> Front {
        let none = Entry::default();
        let head = self.head.as_ref().unwrap_or(&none);
        let date = |field: &Field| dateline::parse(&field.value().text);
        let said = |field: &Field| field.address.clone().or_else(|| field.line());
        let address = |field: &Field| said(field).filter(|url| is_address(url));
        let publisher = [entry, head].into_iter().find_map(|of| of.stated(&["dc:publisher"], |field| field.line()));
        let publisher = publisher.or_else(|| Some((head.get("title")?.line()?, "title of the feed".to_owned())));
        let named = |of: &Entry| -> Stated<Vec<String>> {
            let all = of.fields.iter().filter(|field| AUTHORS.contains(&field.name));
            let (authors, names): (Vec<_>, Vec<_>) =
                all.filter_map(|field| Some((field.author()?, field.name))).unzip();
            Some((authors, (*names.first()?).to_owned()))
        };
        let mut front = Front::default();
        front.publisher = front.keep("publisher", publisher);
        front.published = front.keep("published", entry.stated(&PUBLISHED, date));
        front.modified = front.keep("modified", entry.stated(&MODIFIED, date));
        front.authors = front.keep("authors", named(entry).or_else(|| named(head))).unwrap_or_default();
        front.url = front.keep("url", entry.stated(&["link"], address));
        let language = entry.stated(&LANGUAGE, said).or_else(|| head.stated(&LANGUAGE, said));
        front.language = front.keep("language", language);
        front
    }
}

/// The name of an element, with what its space is called here.
fn name(reader: &NsReader<&[u8]>, element: &BytesStart) -> String {
    let (space, local) = reader.resolver().resolve_element(element.name());
    let before = match &space {
        ResolveResult::Unbound => "",
        ResolveResult::Bound(space) => {
            SPACES.iter().find(|(known, _)| *known == space.0).map_or("other:", |(_, before)| before)
        }
        // A prefix that nothing declares is taken at its word.
        ResolveResult::Unknown(prefix) => return format!("{prefix}:{}", local.as_ref()),
    };
    format!("{before}{}", local.as_ref())
}

/// An attribute that says something.
fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    Some(xml::attribute(element, name)?.trim().to_owned()).filter(|value| !value.is_empty())
}
