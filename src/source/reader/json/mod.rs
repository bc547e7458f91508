//! JSON: articles as archives and services give them out, tables, and whatever else holds sentences.
//!
//! Comes in: the bytes of a file. Goes out: a document for each object that has a text under a key of the options;
//! without such an object the whole file is one document.

mod facts;
mod other;
mod tree;

use std::sync::Arc;

use super::{Input, PieceKind, Reader, ReaderOutput};
use crate::problem::{Level, Problem};
use crate::source::blocks::{Blocks, Gathered};
use crate::source::offset::Outer;
use crate::source::{Front, JsonKeys, decode};
use tree::{Kind, Refused, Tree};

/// Keys of arrays that hold documents.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "documents",
    "results",
    "data",
    "posts",
    "entries",
    "stories",
    "records",
    "docs",
    "pages",
    "@graph",
];
/// Deepest object within others in which such arrays are looked for.
const DEEPEST: usize = 4;
/// Keys of the texts of a JSON Feed.
const FEED_TEXT: &[&str] = &["content_html", "content_text", "summary"];
/// What a JSON Feed gives as its version.
const FEED_VERSION: &[u8] = b"https://jsonfeed.org/version/";
/// Bytes within which it does.
const HEAD: usize = 1024;
/// Lines by which it is told that each holds an object.
const FIRST_LINES: usize = 16;
/// Most broken lines that are told of.
const STATED: usize = 20;

/// Reads JSON.
pub(super) struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn help(&self) -> &'static str {
        "JSON: each object with a text under a key such as `text`, `body` or `content` is a document (`[json]` in belie.toml names others), with its title, date, authors and publisher; arrays of flat objects are tables; of other JSON sentences and figures are read"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        let text = trimmed(bytes);
        let behind = |rest: &[u8], next: u8| rest.trim_ascii_start().first() == Some(&next);
        let is_one = match text {
            [b'{', rest @ .., b'}'] => behind(rest, b'"'),
            [b'[', rest @ .., b']'] => behind(rest, b'{'),
            _ => false,
        };
        is_one && !are_lines(bytes) && !is_feed(bytes)
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        read(input, Form::Json, problems)
    }
}

/// What the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One value.
    Json,
    /// One on each line.
    Lines,
    /// A JSON Feed.
    Feed,
}

/// Without a byte order mark and white space about it.
fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii()
}

/// Whether bytes are lines with an object on each, as far as the first ones tell; one of them may be broken.
pub(super) fn are_lines(bytes: &[u8]) -> bool {
    let lines = trimmed(bytes).split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let mut whole = 0;
    for line in lines.take(FIRST_LINES) {
        let Some(inner) = line.strip_prefix(b"{") else { return false };
        whole += usize::from(inner.trim_ascii_start().starts_with(b"\"") && inner.ends_with(b"}"));
    }
    whole > 1
}

/// Whether bytes are a JSON Feed.
pub(super) fn is_feed(bytes: &[u8]) -> bool {
    let text = trimmed(bytes);
    // Slashes may be escaped.
    let head: Vec<u8> = text.iter().take(HEAD).copied().filter(|b| *b != b'\\').collect();
    let says = |what: &[u8]| head.windows(what.len()).any(|at| at == what);
    text.starts_with(b"{") && text.ends_with(b"}") && says(b"\"version\"") && says(FEED_VERSION)
}

/// Reads the documents of a file.
pub(super) fn read(input: Input<'_>, form: Form, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
    let Some((text, map)) = decode::decode(input.bytes, None, input.path, problems) else { return Vec::new() };
    let outer = Outer::new(text, map);
    let mut tell = |level, line: Option<u32>, message: String| {
        let problem = Problem::new(level, input.path, message);
        problems.push(match line {
            Some(line) => problem.at(line),
            None => problem,
        });
    };
    let mut broken = 0;
    let tree = match form {
        Form::Lines => Tree::of_lines(&outer.text, input.options.most_depth, |line, why| {
            broken += 1;
            if broken <= STATED {
                tell(Level::Warning, Some(line), format!("is broken JSON {why}; the line was left out"));
            }
        }),
        _ => Tree::new(&outer.text, input.options.most_depth),
    };
    if broken > STATED {
        tell(Level::Warning, None, format!("holds {} more lines of broken JSON, which were left out", broken - STATED));
    }
    let tree = match tree {
        Ok(tree) => tree,
        Err(Refused::Broken(why, line, column)) => {
            tell(
                Level::Error,
                u32::try_from(line).ok(),
                format!("is broken JSON in column {column}: {why}; it was not read"),
            );
            return Vec::new();
        }
        Err(Refused::TooMany) => {
            tell(Level::Error, None, "holds more values of JSON than can be read, and was left out".to_owned());
            return Vec::new();
        }
    };
    if tree.is_cut {
        let message = format!(
            "nests values deeper than {}: what lies deeper was left out (--max-depth)",
            input.options.most_depth
        );
        tell(Level::Warning, None, message);
    }
    // The keys of a feed are those of its standard.
    let none = JsonKeys::new();
    let (own, usual) = if form == Form::Feed { (&none, FEED_TEXT) } else { (&input.options.json, facts::TEXT) };
    let keys = facts::keys(own, "text", usual).collect();
    let mut file = File { tree, keys, own, form, data: input.options.data, tell };
    file.read(&outer, input.options.most_parts as usize)
}

/// What is said of a file of a folder that holds no documents.
pub(super) const UNNAMED: &str = "holds data and no documents, and was skipped; name it to read it";

struct File<'t, F> {
    tree: Tree<'t>,
    /// Keys that hold texts, the first that is there counts.
    keys: Vec<&'t str>,
    /// Keys of the user's own.
    own: &'t JsonKeys,
    form: Form,
    /// Whether what holds no documents is read all the same.
    data: bool,
    tell: F,
}

impl<'t, F: FnMut(Level, Option<u32>, String)> File<'t, F> {
    fn read(&mut self, outer: &Arc<Outer>, most: usize) -> Vec<ReaderOutput> {
        let objects = self.documents();
        if objects.is_empty() && self.form == Form::Feed {
            (self.tell)(Level::Warning, None, "holds no entries with text, and was left out".to_owned());
            return Vec::new();
        }
        if objects.is_empty() {
            return self.whole(outer).into_iter().collect();
        }
        let around = Some(0).filter(|top| self.tree.kind(*top) == Kind::Object);
        let mut out = Vec::new();
        let mut empty = 0usize;
        for (number, object) in (1..=most).zip(&objects) {
            match self.document(*object, around) {
                Some((gathered, front)) => {
                    let part = if objects.len() > 1 { format!("#{number}") } else { String::new() };
                    out.push(ReaderOutput { part, ..ReaderOutput::of_part(gathered, outer, front) });
                }
                None => empty += 1,
            }
        }
        if empty > 0 {
            (self.tell)(
                Level::Warning,
                None,
                format!("holds {empty} of {} objects without text, left out", objects.len().min(most)),
            );
        }
        if objects.len() > most {
            (self.tell)(
                Level::Warning,
                None,
                format!("holds {} documents, of which the first {most} were read (--max-parts)", objects.len()),
            );
        }
        out
    }

    /// The objects that are documents, those of an array all of them where one is.
    fn documents(&self) -> Vec<usize> {
        let tree = &self.tree;
        if tree.kind(0) == Kind::Array {
            return self.list(0, true);
        }
        let mut top: Vec<usize> =
            Some(0).filter(|_| self.form != Form::Feed && self.text(0).is_some()).into_iter().collect();
        let listed = |key: usize| LISTS.contains(&tree.raw(key));
        let mut other = Vec::new();
        let (mut open, mut next) = (vec![0], Vec::new());
        for _ in 0..DEEPEST {
            for (key, value) in open.drain(..).flat_map(|object| tree.entries(object)) {
                match tree.kind(value) {
                    Kind::Array if listed(key) => {
                        let found = self.list(value, true);
                        if !found.is_empty() {
                            top.extend(found);
                            return top;
                        }
                    }
                    Kind::Array if other.is_empty() && top.is_empty() => other = self.list(value, false),
                    Kind::Object if top.is_empty() => next.push(value),
                    _ => {}
                }
            }
            std::mem::swap(&mut open, &mut next);
        }
        top.extend(other);
        top
    }

    /// The objects of an array, if some are documents; of one that is not known to be a list of them, if most are and have
    /// a title.
    fn list(&self, array: usize, is_known: bool) -> Vec<usize> {
        let tree = &self.tree;
        let all: Vec<usize> = tree.items(array).filter(|item| tree.kind(*item) == Kind::Object).collect();
        let is_one = |object: &&usize| self.text(**object).is_some() && (is_known || self.title(**object).is_some());
        let found = all.iter().filter(is_one).count();
        if found == 0 || !is_known && found * 2 < all.len() { Vec::new() } else { all }
    }

    /// The key of the text of an object, and its strings.
    fn text(&self, object: usize) -> Option<(usize, Vec<usize>)> {
        self.keys.iter().find_map(|wanted| {
            let (key, value) = self.tree.entries(object).find(|(key, _)| self.tree.raw(*key) == *wanted)?;
            Some((key, self.strings(value))).filter(|(_, strings)| !strings.is_empty())
        })
    }

    /// The key of the title of an object, and its string.
    fn title(&self, object: usize) -> Option<(&'t str, usize)> {
        let mut keys = facts::keys(self.own, "title", facts::TITLE);
        keys.find_map(|key| Some((key, *self.strings(self.tree.get(object, key)?).first()?)))
    }

    /// A string that is not blank, or those of an array of nothing but strings; or what WordPress has made of one.
    fn strings(&self, value: usize) -> Vec<usize> {
        let tree = &self.tree;
        let says = |at: &usize| tree.kind(*at) == Kind::String && !tree.raw(*at).trim().is_empty();
        match tree.kind(value) {
            Kind::Array if tree.items(value).all(|item| tree.kind(item) == Kind::String) => {
                tree.items(value).filter(says).collect()
            }
            Kind::Object => tree.get(value, "rendered").filter(says).into_iter().collect(),
            _ => Some(value).filter(says).into_iter().collect(),
        }
    }

    /// The document of an object; `None` if it has no text.
    fn document(&self, object: usize, around: Option<usize>) -> Option<(Gathered, Front)> {
        let tree = &self.tree;
        let (key, strings) = self.text(object)?;
        let mut blocks = Blocks::new();
        let mut front = facts::of(tree, object, around, self.own);
        if let Some((key, title)) = self.title(object) {
            tree.string(title).write_line(&mut blocks);
            front.title = blocks.begin_body();
            front.stated_in.insert("title", key.to_owned());
        }
        for value in strings.into_iter().map(|at| tree.string(at)) {
            match tree.raw(key).ends_with("_html") {
                true => value.write_html(&mut blocks),
                false => value.write(&mut blocks),
            }
        }
        if self.form == Form::Feed
            && let Some(title) =
                around.and_then(|top| tree.get(top, "title")).filter(|at| tree.kind(*at) == Kind::String)
        {
            front.publisher = Some(tree.string(title).line()).filter(|name| !name.is_empty());
            front.stated_in.insert("publisher", "title of the feed".to_owned());
        }
        finished(blocks, front)
    }

    /// The whole file as one document.
    fn whole(&mut self, outer: &Arc<Outer>) -> Option<ReaderOutput> {
        let is_table = self.tree.kind(0) == Kind::Array && other::is_table(&self.tree, 0);
        if !self.data && !is_table {
            (self.tell)(Level::Note, None, UNNAMED.to_owned());
            return None;
        }
        let mut blocks = Blocks::new();
        other::add(&self.tree, 0, &mut blocks);
        let front = facts::of(&self.tree, 0, None, self.own);
        let Some((gathered, front)) = finished(blocks, front) else {
            (self.tell)(Level::Warning, None, "holds no text and no figures, and was left out".to_owned());
            return None;
        };
        Some(ReaderOutput::of_part(gathered, outer, front))
    }
}

/// The blocks with what is said of them, if there are any. A title that is stated nowhere is the heading that they begin with.
pub(super) fn finished(blocks: Blocks, mut front: Front) -> Option<(Gathered, Front)> {
    let gathered = blocks.finish();
    let first = gathered.pieces.first()?;
    if let (None, PieceKind::Heading(1)) = (&front.title, first.kind) {
        front.title = Some((first.span.of(&gathered.text).to_owned(), first.span));
        front.stated_in.insert("title", "heading".to_owned());
    }
    Some((gathered, front))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Document, ReadOptions, from_bytes};
    use crate::text::Span;

    /// The documents of a file, and what is told of it.
    fn read(name: &str, text: &str) -> (Vec<Document>, Vec<String>) {
        let mut problems = Vec::new();
        let documents = from_bytes(name, name, text.as_bytes(), &ReadOptions::default(), &mut problems);
        (documents, problems.iter().map(Problem::to_string).collect())
    }

    fn one(text: &str) -> Document {
        let (mut documents, told) = read("x.json", text);
        assert_eq!((documents.len(), told), (1, Vec::new()));
        documents.remove(0)
    }

    fn shown(document: &Document) -> Vec<(PieceKind, &str)> {
        document.pieces.iter().map(|piece| (piece.kind, piece.span.of(&document.text))).collect()
    }

    /// What the file has under some words of the text.
    #[track_caller]
    fn check_place(document: &Document, file: &str, words: &str, under: &str) {
        let at = document.text.find(words).unwrap();
        let span = document.report_span(Span::new(at, at + words.len()));
        assert_eq!(span.of(file), under);
        let before = &file[..file.find(under).unwrap()];
        let place = document.position(at as u32);
        assert_eq!(place.line as usize, before.matches('\n').count() + 1);
        assert_eq!(place.column as usize, before.rsplit('\n').next().unwrap().chars().count() + 1);
    }

    const ARTICLE: &str = r#"{
  "@type": "NewsArticle", "headline": "Otter Mill \u201creopens\u201d &amp; hums",
  "publisher": {"name": "The Weir Ledger"}, "datePublished": "2031-03-12T08:00:00+01:00", "updated_at": 1931155200,
  "author": [{"name": "Agnes Thorley"}, {"name": "Omar Lund"}], "url": "https://weir.example/mill", "lang": "en-GB",
  "articleBody": "The mill cost \u20ac38\u00a0million.\nIts caf\u00e9 seats \ud83c\udfe0 40.\n\nIt has \"three\" wheels."
}"#;

    #[test]
    fn an_article() {
        let document = one(ARTICLE);
        assert_eq!(document.title.as_deref(), Some("Otter Mill “reopens” & hums"));
        assert_eq!(document.title_span.map(|span| span.of(&document.text)), document.title.as_deref());
        assert_eq!(document.publisher.as_deref(), Some("The Weir Ledger"));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!(document.modified.map(|d| d.to_string()).as_deref(), Some("2031-03-13"));
        assert_eq!(document.authors, ["Agnes Thorley", "Omar Lund"]);
        assert_eq!(document.url.as_deref(), Some("https://weir.example/mill"));
        assert_eq!(document.language.as_deref(), Some("en-GB"));
        assert_eq!(document.stated_in["published"], "datePublished");
        assert_eq!((document.stated_in["title"].as_str(), document.stated_in.len()), ("headline", 7));
        let paragraphs = ["The mill cost €38 million. Its café seats 🏠 40.", "It has \"three\" wheels."];
        assert_eq!(shown(&document), paragraphs.map(|words| (PieceKind::Paragraph, words)));
        assert!(document.body.start >= document.title_span.unwrap().end);
        check_place(&document, ARTICLE, "€38 million", r"\u20ac38\u00a0million");
        check_place(&document, ARTICLE, "café seats 🏠", r"caf\u00e9 seats \ud83c\udfe0");
        check_place(&document, ARTICLE, "“reopens” & hums", r"\u201creopens\u201d &amp; hums");
    }

    #[test]
    fn html_in_a_value() {
        let file = r#"{"title": "Mill", "content": {"rendered": "<h2>Wheels<\/h2>\n<p>It cost <b>&pound;3\u00b75<\/b> million.<\/p><ul><li>one<\/li><\/ul>"}}"#;
        let document = one(file);
        let expected = [
            (PieceKind::Heading(2), "Wheels"),
            (PieceKind::Paragraph, "It cost £3·5 million."),
            (PieceKind::Item, "one"),
        ];
        assert_eq!(shown(&document), expected);
        check_place(&document, file, "£3·5 million", r"&pound;3\u00b75<\/b> million");
        check_place(&document, file, "Wheels", "Wheels");
        assert_eq!(document.title.as_deref(), Some("Mill"));
    }

    #[test]
    fn several_documents() {
        let file = r#"{"source": "The Weir Ledger", "total": 3, "tags": [{"name": "mill"}], "articles": [
            {"title": "One mill", "text": ["The first mill.", "It has a weir."], "byline": "By Ada Quill and Bo Reed"},
            {"title": "None", "text": null, "content": " "},
            {"source": {"id": null, "name": "The Sluice"}, "text": "The other mill."}]}"#;
        let (documents, told) = read("x.json", file);
        assert_eq!(documents.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["x.json#1", "x.json#3"]);
        assert_eq!(told, ["warning: x.json: holds 1 of 3 objects without text, left out"]);
        assert_eq!(documents[0].publisher.as_deref(), Some("The Weir Ledger"));
        assert_eq!(documents[0].authors, ["Ada Quill", "Bo Reed"]);
        assert_eq!(shown(&documents[0]).len(), 2);
        assert_eq!(documents[1].publisher.as_deref(), Some("The Sluice"));
        check_place(&documents[1], file, "The other mill.", "The other mill.");
        assert_eq!(documents[0].sha256, documents[1].sha256);
    }

    #[test]
    fn where_documents_lie() {
        let ids = |text: &str| read("x", text).0.into_iter().map(|d| d.id).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(r#"[{"text": "One mill."}, {"body": "Two mills."}]"#), "x#1 x#2");
        assert_eq!(ids(r#"{"a": {"docs": [{"text": "One mill."}]}}"#), "x");
        assert_eq!(
            ids(r#"{"found": [{"title": "One", "text": "One."}, {"title": "Two", "text": "Two."}]}"#),
            "x#1 x#2"
        );
        assert_eq!(ids(r#"{"text": "One mill.", "images": [{"name": "a", "description": "A mill."}]}"#), "x");
        assert_eq!(ids(r#"{"@graph": [{"@type": "Person", "name": "x"}, {"articleBody": "One mill."}]}"#), "x#2");
        assert_eq!(ids("{\"text\": \"One mill.\"}\n{\"text\": \"Two mills.\"}\n"), "x#1 x#2");
    }

    #[test]
    fn keys_of_texts_are_chosen() {
        let keys = [("text", "story"), ("title", "caption"), ("published", "made_on"), ("authors", "reporters")];
        let json = keys.map(|(fact, key)| (fact.to_owned(), vec![key.to_owned()])).into();
        let options = ReadOptions { json, ..ReadOptions::default() };
        let file = r#"{"text": "Not this.", "title": "Nor this", "caption": "Otter Mill", "story": "But that.", "made_on": "2031-03-12", "reporters": ["Ada Quill"]}"#;
        let documents = from_bytes("x", "x", file.as_bytes(), &options, &mut Vec::new());
        assert_eq!(shown(&documents[0]), [(PieceKind::Paragraph, "But that.")]);
        let one = &documents[0];
        assert_eq!(
            (one.title.as_deref(), one.authors.as_slice()),
            (Some("Otter Mill"), ["Ada Quill".to_owned()].as_slice())
        );
        assert_eq!(one.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!(one.stated_in.get("published").map(String::as_str), Some("made_on"));
        // A feed has the keys of its standard.
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "Weir", "content_text": "It opened."}]}"#;
        let documents = from_bytes("x", "x", feed.as_bytes(), &options, &mut Vec::new());
        assert_eq!(documents[0].title.as_deref(), Some("Weir"));
    }

    #[test]
    fn a_table() {
        let file = "[{\"year\": 2030, \"totalVisitors\": 4000},\n {\"totalVisitors\": \"5\\u2009000\", \"year\": 2031, \"dry\": true, \"x\": null}]";
        let document = one(file);
        let cell = |row, column| PieceKind::Cell { table: 0, row, column, head: row == 0 };
        let expected = [
            (cell(0, 0), "year"),
            (cell(0, 1), "total Visitors"),
            (cell(0, 2), "dry"),
            (cell(0, 3), "x"),
            (cell(1, 0), "2030"),
            (cell(1, 1), "4000"),
            (cell(2, 0), "2031"),
            (cell(2, 1), "5 000"),
            (cell(2, 2), "true"),
        ];
        assert_eq!(shown(&document), expected);
        check_place(&document, file, "total Visitors", "totalVisitors");
        check_place(&document, file, "5 000", r"5\u2009000");
        let places: Vec<u32> = crate::segment::segment(&document).iter().map(|s| s.span.start).collect();
        assert!(places.is_sorted(), "{places:?}");
        let (lines, told) = read("x.jsonl", "{\"year\": 2030}\n{\"year\": 2031}\n");
        assert_eq!((shown(&lines[0])[0], shown(&lines[0]).len(), told.len()), ((cell(0, 0), "year"), 3, 0));
    }

    #[test]
    fn other_json() {
        let file = r#"{"name": "Mills of the Weir", "publisher": "The Sluice", "note": "All figures are estimates.", "id": "a7f",
            "mills": [{"name": "Otter", "opened": 1820, "rows": [{"a": 1}]}, {"name": "Heron", "cost": "$4.2 million", "size_m": -3.5}],
            "empty": {"x": "y"}, "list": [1, 2, 3]}"#;
        let document = one(file);
        let cell = |row, head| PieceKind::Cell { table: 0, row, column: 0, head };
        let expected = [
            (PieceKind::Heading(1), "Mills of the Weir"),
            (PieceKind::Paragraph, "All figures are estimates."),
            (PieceKind::Heading(2), "mills"),
            (PieceKind::Heading(3), "Otter"),
            (PieceKind::Item, "opened: 1820"),
            (PieceKind::Heading(4), "rows"),
            (cell(0, true), "a"),
            (cell(1, false), "1"),
            (PieceKind::Heading(3), "Heron"),
            (PieceKind::Item, "cost: $4.2 million"),
            (PieceKind::Item, "size m: -3.5"),
        ];
        assert_eq!(shown(&document), expected);
        assert_eq!(document.title.as_deref(), Some("Mills of the Weir"));
        assert_eq!(document.publisher.as_deref(), Some("The Sluice"));
        check_place(&document, file, "size m: -3.5", "size_m\": -3.5");
    }

    #[test]
    fn known_by_its_bytes() {
        let lines = |text: &str| are_lines(text.as_bytes());
        let whole = |text: &str| Json.knows(text.as_bytes());
        assert!(whole("\u{feff} {\n\"a\": 1}\n") && whole("[ {\"a\": 1} ]"));
        assert!(
            lines("{\"a\": 1}\r\n\r\n{ \"b\": {} }\n{broken")
                && lines("{\n{\"a\": 1}\n{\"a\": 2}")
                && !whole("{\"a\": 1}\n{\"b\": 2}")
        );
        for text in ["", "{", "{}", "[See below] it says", "{a: \"b\"}", "{\"a\": 1} and so on", "{\"a\": 1}\nx"] {
            assert!(!lines(text) && !whole(text), "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_named() {
        let (none, told) = read("x.json", "{\"text\": \"A mill.\",\n \"b\" 2}");
        assert!(none.is_empty());
        assert_eq!(told, ["error: x.json:2: is broken JSON in column 6: expected `:`; it was not read"]);
        let (lines, told) = read("x.jsonl", "{\"text\": \"A mill.\"}\n{\"text\": \n{\"text\": \"A weir.\"}\n");
        assert_eq!(lines.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["x.jsonl#1", "x.jsonl#2"]);
        assert!(
            told.len() == 1 && told[0].starts_with("warning: x.jsonl:2: is broken JSON in column 8: EOF"),
            "{told:?}"
        );
        let (_, told) = read("x.json", "[]");
        assert_eq!(told, ["warning: x.json: holds no text and no figures, and was left out"]);
        let (_, told) = read("x.jsonl", &"{\n".repeat(100));
        assert_eq!(told.len(), STATED + 2);
        assert!(told.iter().any(|t| t.contains("80 more lines")), "{told:?}");
    }

    #[test]
    fn any_bytes_are_read_in_time() {
        for text in [
            "{\"text\": \"\\u0000\"}",
            "{\"text\": \"\\ud800\\u0041 \\udc00\"}",
            "{\"\": {\"\": \"\"}}",
            "{\"text\": \"<p\", \"title\": \"<\"}",
            "{\"text\": \"&\", \"date\": 99999999999999999999, \"url\": []}",
            "{\"a\\u00e9\": 5, \"é_é\": 6, \"_\": 7}",
            "[[[[\"\"]]]]",
            "\"one two three\"",
            "1",
        ] {
            for document in read("x.json", text).0 {
                assert!(document.report_span(Span::new(0, document.text.len())).end as usize <= text.len(), "{text}");
            }
        }
        let deep = format!("{}{{\"text\": \"a b c\"}}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read("x.json", &deep).1[0].contains("deeper than 64"));
        read("x.json", &format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)));
        let many = format!("[{}{{}}]", "{\"text\": \"A mill of 12 wheels.\"},".repeat(20_000));
        let (documents, told) = read("x.json", &many);
        assert_eq!(documents.len(), 10_000);
        assert!(
            told.iter().any(|t| t.ends_with("holds 20001 documents, of which the first 10000 were read (--max-parts)")),
            "{told:?}"
        );
        let wide: String = (0..50_000).map(|i| format!("{{\"k{i}\": {i}}},")).collect();
        read("x.json", &format!("[{wide}{{\"a\": 1}}]"));
        read("x.json", &format!("{{\"text\": \"{}\"}}", "\\u00e9 <b> &amp; ".repeat(50_000)));
    }
}
