//! What a page says about itself: in its head, in its JSON-LD, in the elements of its article.

use encoding_rs::Encoding;
use serde_json::Value;

use super::article::Article;
use super::tree::Page;
use crate::source::front::{Stated, is_address};
use crate::source::reader::{Piece, PieceKind};
use crate::source::{Front, dateline};
use crate::text::{Span, one_line};

/// Names of metadata that give the day of publication, the surest first.
const PUBLISHED: [&str; 13] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "publication_date",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
];
/// Names of metadata that give the day of the last change.
const MODIFIED: [&str; 4] = ["article:modified_time", "datemodified", "og:updated_time", "last-modified"];
/// How the types of JSON-LD end that tell of an article: "NewsArticle", "BlogPosting". Of a page without one its own does.
const ARTICLES: [&str; 3] = ["Article", "Posting", "Report"];
const PAGE: &str = "Page";
/// Bytes within which a page states its encoding.
const HEAD: usize = 1024;
/// Objects of JSON-LD that are looked at.
const OBJECTS: usize = 500;

/// Where the title of a page is.
pub(super) enum Title {
    /// The first heading of the article.
    Heading,
    /// A stretch of text outside of the article.
    Node(usize, String),
    None,
}

/// The title: the first heading of the article, else that of the page, else the title in its head.
pub(super) fn title(page: &Page, article: &Article) -> Title {
    let text = |of: usize| page.within(of).find(|at| !page.nodes[*at].words.trim().is_empty());
    let inside = |at: &usize| page.within(article.root).contains(at) && !article.leaves_out(*at);
    if page.named("h1").any(|at| inside(&at) && text(at).is_some()) {
        return Title::Heading;
    }
    // A heading in a menu is the name of the site.
    let within = |at: usize, name: &str| page.above(at).any(|up| page.nodes[up].name == name);
    let heads = page.named("h1").filter(|at| !within(*at, "nav") && !within(*at, "footer"));
    let all = heads.chain(page.named("title").filter(|at| !within(*at, "svg")));
    let found = all.filter_map(text).next();
    found.map_or(Title::None, |node| Title::Node(node, shortened(page, &page.nodes[node].words)))
}

/// A title without the name of the site behind a bar or a dash.
fn shortened(page: &Page, title: &str) -> String {
    let title = one_line(title);
    let (site, _) = meta(page, &["og:site_name", "application-name"]).unwrap_or_default();
    let parted = [" | ", " - ", " – ", " — ", " · ", " :: "].into_iter().filter_map(|by| title.rsplit_once(by));
    let named = |(_, last): &(&str, &str)| last.eq_ignore_ascii_case(&site) || site.is_empty() && title.contains(" | ");
    parted.into_iter().find(named).map_or(title.clone(), |(first, _)| first.to_owned())
}

impl Title {
    /// The stretch of text that has to come before the article.
    pub(super) fn node(&self) -> Option<usize> {
        match self {
            Title::Node(at, _) => Some(*at),
            _ => None,
        }
    }

    /// The title and where it stands in the text, of which the article begins at `end`.
    pub(super) fn of(&self, text: &str, pieces: &[Piece], end: usize) -> Option<(String, Span)> {
        match self {
            Title::Heading => {
                let first = pieces.iter().find(|p| p.kind == PieceKind::Heading(1))?;
                Some((first.span.of(text).to_owned(), first.span))
            }
            Title::Node(_, words) => {
                let at = text.get(..end)?.find(words.as_str())?;
                Some((words.clone(), Span::new(at, at + words.len())))
            }
            Title::None => None,
        }
    }
}

/// What the page states, its title apart.
pub(super) fn front(page: &Page, article: &Article, title: Option<(String, Span)>) -> Front {
    let linked = linked(page);
    let object = |key: &'static str| Some((linked.as_ref()?.get(key)?, format!("JSON-LD {key}")));
    let json = |key| object(key).and_then(|(value, place)| Some((value.as_str()?.to_owned(), place)));
    let named = |key| object(key).map(|(value, place)| (names(value), place)).filter(|(names, _)| !names.is_empty());
    let date = |(text, place): (String, String)| Some((dateline::parse(&text)?, place));
    let attribute = |name: &'static str, wanted: &dyn Fn(usize) -> bool, key: &'static str| {
        let at = page.named(name).find(|at| wanted(*at) && page.nodes[*at].attribute(key).is_some())?;
        Some((page.nodes[at].attribute(key)?.to_owned(), format!("{name} {key}")))
    };
    let canonical = attribute("link", &|at| page.nodes[at].attribute("rel") == Some("canonical"), "href");
    let address = |(url, _): &(String, String)| is_address(url);
    let language = attribute("html", &|_| true, "lang");
    let locale = || meta(page, &["og:locale"]).map(|(l, place)| (l.replace('_', "-"), place));
    let written = || meta(page, &["author", "article:author", "dc.creator", "parsely-author"]);
    let publisher = || named("publisher").and_then(|(names, place)| Some((names.into_iter().next()?, place)));
    let one = |(name, place): (String, String)| (vec![name], place);
    let mut front = Front { title, ..Front::default() };
    if front.title.is_some() {
        front.stated_in.insert("title", "heading or title".to_owned());
    }
    let found = meta(page, &["og:site_name"])
        .or_else(publisher)
        .or_else(|| meta(page, &["publisher", "dc.publisher", "application-name"]));
    front.publisher = front.keep("publisher", found);
    let found = json("datePublished").and_then(date).or_else(|| meta(page, &PUBLISHED).and_then(date));
    front.published = front.keep("published", found.or_else(|| timed(page, article).and_then(date)));
    let found = json("dateModified").and_then(date).or_else(|| meta(page, &MODIFIED).and_then(date));
    front.modified = front.keep("modified", found);
    let found = named("author").or_else(|| written().filter(|(a, _)| !a.contains("://")).map(one));
    front.authors = front.keep("authors", found).unwrap_or_default();
    let found = canonical.or_else(|| meta(page, &["og:url"])).or_else(|| json("url")).filter(address);
    front.url = front.keep("url", found);
    let found = language.or_else(|| json("inLanguage")).or_else(locale).filter(|(l, _)| !l.is_empty());
    front.language = front.keep("language", found);
    front
}

/// The content of the first metadata of one of some names, the first name first.
fn meta(page: &Page, names: &[&str]) -> Stated<String> {
    let of = |wanted: &str| {
        page.named("meta").find_map(|at| {
            let node = &page.nodes[at];
            let name = ["name", "property", "itemprop"].into_iter().find_map(|n| node.attribute(n))?;
            let content = node.attribute("content").filter(|c| !c.is_empty())?;
            let content = one_line(content);
            name.eq_ignore_ascii_case(wanted).then(|| (content, format!("meta {wanted}")))
        })
    };
    names.iter().find_map(|name| of(name))
}

/// The day of the first `time` of the article, or of one that says that it is that of publication.
fn timed(page: &Page, article: &Article) -> Stated<String> {
    let times = || page.named("time").filter(|at| !article.leaves_out(*at));
    let day = |at: usize| Some((page.nodes[at].attribute("datetime")?.to_owned(), "time datetime".to_owned()));
    let says = |at: &usize| {
        page.nodes[*at].attribute("itemprop") == Some("datePublished") || page.nodes[*at].attribute("pubdate").is_some()
    };
    let first = || times().find(|at| page.within(article.root).contains(at));
    times().find(says).or_else(first).and_then(day)
}

/// The object of JSON-LD that tells of the page.
fn linked(page: &Page) -> Option<Value> {
    let scripts = page.named("script").filter(|at| page.nodes[*at].attribute("type") == Some("application/ld+json"));
    let mut open: Vec<Value> = Vec::new();
    for at in scripts {
        let words: String = page.within(at).map(|n| page.nodes[n].words.as_str()).collect();
        open.extend(serde_json::from_str::<Value>(&words));
    }
    open.reverse();
    let mut seen = 0;
    let mut page = None;
    while let Some(value) = open.pop().filter(|_| seen < OBJECTS) {
        seen += 1;
        match value {
            Value::Array(all) => open.extend(all.into_iter().rev()),
            Value::Object(mut object) => {
                if let Some(graph) = object.remove("@graph") {
                    open.push(graph);
                }
                let is = |ends: &[&str]| {
                    let of = |kind: &Value| kind.as_str().is_some_and(|k| ends.iter().any(|end| k.ends_with(end)));
                    let kind = object.get("@type");
                    kind.is_some_and(|k| of(k) || k.as_array().is_some_and(|all| all.iter().any(of)))
                };
                if is(&ARTICLES) {
                    return Some(Value::Object(object));
                }
                if is(&[PAGE]) && page.is_none() {
                    page = Some(Value::Object(object));
                }
            }
            _ => {}
        }
    }
    page
}

/// The names of persons or bodies.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(all) => all.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The encoding that a page states within its first bytes.
pub(in crate::source::reader) fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let at = |what: &[u8], from: usize| {
        head.get(from..)?.windows(what.len()).position(|w| w.eq_ignore_ascii_case(what)).map(|at| from + at)
    };
    let name = |from: usize| {
        let rest = head[from..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(rest.len());
        Encoding::for_label(&rest[..end]).filter(|e| e.is_ascii_compatible())
    };
    let meta = at(b"<meta", 0).and_then(|meta| at(b"charset", meta)).and_then(|at| name(at + b"charset".len()));
    let xml = || {
        let at = at(b"encoding", 0).filter(|_| head.starts_with(b"<?xml"))?;
        name(at + b"encoding".len())
    };
    meta.or_else(xml)
}
