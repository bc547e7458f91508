//! What a document says about itself before its text: a block of `key: value` lines between `---`.
//!
//! A subset of YAML: plain and quoted strings, dates, inline and dashed lists. Unknown keys are passed over; a line that
//! is none of these is skipped and costs nothing else.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::dateline;
use crate::problem::{Level, Problem};
use crate::text::Span;

/// The facts of a front matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Front {
    /// Title and where its words stand.
    pub title: Option<(String, Span)>,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Day of the last change.
    pub modified: Option<Date>,
    /// Authors in the order given.
    pub authors: Vec<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Language tag as written.
    pub language: Option<String>,
    /// Where the text after the front matter begins; 0 without one.
    pub end: usize,
    /// Where each of these is stated, by its key in reports: "front matter", "meta article:published_time", "heading".
    pub stated_in: BTreeMap<&'static str, String>,
}

/// Something that a document states of itself, and where.
pub(super) type Stated<T> = Option<(T, String)>;

impl Front {
    /// Takes down where something is stated under a key, and gives it.
    pub(super) fn keep<T>(&mut self, key: &'static str, found: Stated<T>) -> Option<T> {
        let (value, place) = found?;
        self.stated_in.insert(key, place);
        Some(value)
    }

    /// Sets the place of what is stated and has none yet.
    pub(super) fn placed(mut self, place: &str) -> Front {
        for key in self.stated() {
            self.stated_in.entry(key).or_insert_with(|| place.to_owned());
        }
        self
    }

    /// Sets the places of those that are stated, by keys.
    pub(super) fn placed_at(mut self, places: &[(&'static str, &str)]) -> Front {
        for key in self.stated() {
            let place = places.iter().find(|(own, _)| *own == key);
            self.stated_in.extend(place.map(|(_, place)| (key, (*place).to_owned())));
        }
        self
    }

    /// The keys of what is stated.
    fn stated(&self) -> impl Iterator<Item = &'static str> + use<> {
        let stated = [
            ("title", self.title.is_some()),
            ("publisher", self.publisher.is_some()),
            ("published", self.published.is_some()),
            ("modified", self.modified.is_some()),
            ("authors", !self.authors.is_empty()),
            ("url", self.url.is_some()),
            ("language", self.language.is_some()),
        ];
        stated.into_iter().filter(|(_, stated)| *stated).map(|(key, _)| key)
    }
}

/// Whether a text is the address of a page.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// A front matter that is longer is none.
const LIMIT: usize = 64 * 1024;

/// Reads the front matter at the start of a text, if there is one.
pub(super) fn read(text: &str, path: &str, problems: &mut Vec<Problem>) -> Front {
    let Some((lines, end)) = block(text) else { return Front::default() };
    let mut front = Front { end, ..Front::default() };
    let mut own = Vec::new();
    let (mut good, mut bad) = (0usize, 0usize);
    // The key whose indented or dashed lines follow, if it is one that we know.
    let mut open: Option<Key> = None;
    for (number, start, line) in lines {
        let body = line.trim();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        let mut tell = |message: String| own.push(Problem::new(Level::Warning, path, message).at(number));
        let indented = line.starts_with([' ', '\t']);
        let at = start + (line.len() - line.trim_start().len());
        if let Some(item) = body.strip_prefix("- ") {
            if let Some(key) = open {
                set(&mut front, key, item, at + 2, &mut tell);
            }
            continue;
        }
        if indented {
            continue;
        }
        let Some((name, value)) = body.split_once(':').filter(|(name, value)| {
            !name.is_empty()
                && !name.contains(char::is_whitespace)
                && (value.is_empty() || value.starts_with([' ', '\t']))
        }) else {
            tell("no `key: value` in the front matter, line ignored".into());
            bad += 1;
            open = None;
            continue;
        };
        good += 1;
        open = Key::of(name);
        if let (Some(key), false) = (open, matches!(value.trim(), "" | "|" | ">" | "|-" | ">-")) {
            set(&mut front, key, value, at + name.len() + 1, &mut tell);
        }
    }
    // A rule above ordinary text is no front matter.
    if good <= bad {
        return Front::default();
    }
    problems.append(&mut own);
    front
}

/// Number from 1, offset, and the line without white space at its end.
type NumberedLine<'t> = (u32, usize, &'t str);

/// The lines between `---` and `---` with number and offset, and the offset behind them.
fn block(text: &str) -> Option<(Vec<NumberedLine<'_>>, usize)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for (i, raw) in text.split_inclusive('\n').enumerate() {
        let line = raw.trim_end();
        match (i, line) {
            (0, "---") => {}
            (0, _) => return None,
            (_, "---" | "...") => return Some((lines, at + raw.len())),
            _ => lines.push((i as u32 + 1, at, line)),
        }
        at += raw.len();
        if at > LIMIT {
            return None;
        }
    }
    None
}

#[derive(Debug, Clone, Copy)]
enum Key {
    Title,
    Publisher,
    Published,
    Modified,
    Author,
    Authors,
    Url,
    Language,
}

impl Key {
    fn of(name: &str) -> Option<Key> {
        Some(match name.trim_matches(['"', '\'']).to_ascii_lowercase().as_str() {
            "title" => Key::Title,
            "publisher" | "site" | "site_name" => Key::Publisher,
            "published" | "date" => Key::Published,
            "modified" | "updated" | "lastmod" => Key::Modified,
            "author" => Key::Author,
            "authors" => Key::Authors,
            "url" => Key::Url,
            "language" | "lang" => Key::Language,
            _ => return None,
        })
    }
}

fn set(front: &mut Front, key: Key, raw: &str, at: usize, tell: &mut impl FnMut(String)) {
    let Some(values) = values(raw, at) else {
        tell("quotation mark or bracket not closed in the front matter, line ignored".into());
        return;
    };
    for (value, span) in values.into_iter().filter(|(v, _)| !v.is_empty() && v != "null" && v != "~") {
        match key {
            Key::Title => front.title = Some((value, span)),
            Key::Publisher => front.publisher = Some(value),
            Key::Url => front.url = Some(value),
            Key::Language => front.language = Some(value),
            Key::Author => front.authors.push(value),
            Key::Authors => {
                let names = value.split(", ").flat_map(|part| part.split(" and ")).map(str::trim);
                front.authors.extend(names.filter(|n| !n.is_empty()).map(str::to_owned));
            }
            Key::Published | Key::Modified => match dateline::parse(&value) {
                Some(date) if matches!(key, Key::Published) => front.published = Some(date),
                Some(date) => front.modified = Some(date),
                None => tell(format!("`{}` is not a date, ignored", value.chars().take(40).collect::<String>())),
            },
        }
    }
}

/// The scalars of a value with their spans; `None` when a quotation mark or bracket stays open.
fn values(raw: &str, at: usize) -> Option<Vec<(String, Span)>> {
    let body = raw.trim();
    let at = at + (raw.len() - raw.trim_start().len());
    let Some(inner) = body.strip_prefix('[') else {
        let (value, span, _) = scalar(body, at, &[])?;
        return Some(vec![(value, span)]);
    };
    let mut out = Vec::new();
    let (mut rest, mut at) = (inner, at + 1);
    loop {
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if trimmed.starts_with(']') {
            return Some(out);
        }
        let (value, span, used) = scalar(trimmed, at, &[',', ']'])?;
        out.push((value, span));
        let tail = trimmed[used..].trim_start();
        at += trimmed.len() - tail.len();
        match tail.strip_prefix(',') {
            Some(next) => {
                rest = next;
                at += 1;
            }
            None if tail.starts_with(']') => return Some(out),
            None => return None,
        }
    }
}

/// One string at the start of `text`: its value, its span, and the bytes it takes. Plain strings end at `stops` or a comment.
fn scalar(text: &str, at: usize, stops: &[char]) -> Option<(String, Span, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let end = text.find(stops).unwrap_or(text.len());
        let end = text[..end].find(" #").unwrap_or(end);
        let value = text[..end].trim_end();
        return Some((value.to_owned(), Span::new(at, at + value.len()), end));
    };
    let mut value = String::new();
    let mut rest = text.char_indices().skip(1).peekable();
    while let Some((i, c)) = rest.next() {
        if c == quote {
            // Two single quotation marks stand for one.
            if quote == '\'' && rest.next_if(|&(_, d)| d == '\'').is_some() {
                value.push('\'');
                continue;
            }
            return Some((value, Span::new(at + 1, at + i), i + 1));
        }
        if c == '\\' && quote == '"' {
            match rest.next() {
                Some((_, 'n' | 't')) => value.push(' '),
                Some((_, d)) => value.push(d),
                None => return None,
            }
        } else {
            value.push(c);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, messages: &[&str]) -> Front {
        let mut problems = Vec::new();
        let front = read(text, "x", &mut problems);
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), messages);
        front
    }

    #[test]
    fn keys_and_forms() {
        let text = "---\ntitle: \"A \\\"new\\\" mill\" # big\nsite: Weekly # x\nDate: 2026-05-19T08:00:00Z\nauthors: [Ada Quill, 'O''Neil']\nurl: https://a.example/x#y\nlang: en-GB\ntags:\n  - one\nmeta:\n  title: inner\n---\nBody";
        let front = check(text, &[]);
        let (title, span) = front.title.clone().unwrap();
        assert_eq!((title.as_str(), span.of(text)), ("A \"new\" mill", "A \\\"new\\\" mill"));
        assert_eq!(front.publisher.as_deref(), Some("Weekly"));
        assert_eq!(front.published.map(|d| d.to_string()).as_deref(), Some("2026-05-19"));
        assert_eq!(front.authors, ["Ada Quill", "O'Neil"]);
        assert_eq!(front.url.as_deref(), Some("https://a.example/x#y"));
        assert_eq!(front.language.as_deref(), Some("en-GB"));
        assert_eq!(&text[front.end..], "Body");
        let dashed = check("---\nauthors:\n- Ada Quill\n- Bo Reed and Cy Lund\ndate: May 3, 2026\n---\n", &[]);
        assert_eq!((dashed.authors.len(), dashed.published.is_some()), (3, true));
    }

    #[test]
    fn one_bad_line_costs_itself() {
        let text = "---\ntitle: Mill\nthis is loose\nurl: \"open\ndate: soon\npublisher: Weekly\n---\nBody";
        let front = check(
            text,
            &[
                "warning: x:3: no `key: value` in the front matter, line ignored",
                "warning: x:4: quotation mark or bracket not closed in the front matter, line ignored",
                "warning: x:5: `soon` is not a date, ignored",
            ],
        );
        assert_eq!((front.publisher.as_deref(), front.url), (Some("Weekly"), None));
        assert_eq!(&text[front.end..], "Body");
    }

    #[test]
    fn rules_are_no_front_matter() {
        for text in
            ["---\nSome prose here.\nMore of it.\n---\nEnd", "---\ntitle: x\n", "title: x\n---\n", "---\n---\nBody", ""]
        {
            assert_eq!(check(text, &[]), Front::default());
        }
    }
}
