//! What a page says about itself: in its head, in its JSON-LD, in the elements of its article.

use serde_json::Value;

use super::article::Article;
use super::tree::Page;
use crate::source::reader::{Piece, PieceKind};
use crate::source::{Front, dateline};
use crate::text::Span;

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
/// Types of JSON-LD that tell of the page itself.
const TYPES: [&str; 8] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "TechArticle",
    "ScholarlyArticle",
    "WebPage",
    "LiveBlogPosting",
];
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
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let site = meta(page, &["og:site_name", "application-name"]).unwrap_or_default();
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
pub(super) fn front(page: &Page, article: &Article, title: Option<(String, Span)>, end: usize) -> Front {
    let stated = linked(page);
    let json = |key: &str| stated.as_ref().and_then(|s| s.get(key)?.as_str()).map(str::to_owned);
    let date = |text: String| dateline::parse(&text);
    let url = page.named("link").filter(|at| page.nodes[*at].attribute("rel") == Some("canonical"));
    let url = url.filter_map(|at| page.nodes[at].attribute("href").map(str::to_owned)).next();
    let address = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    let language = page.named("html").find_map(|at| page.nodes[at].attribute("lang").map(str::to_owned));
    let authors = stated.as_ref().and_then(|s| s.get("author")).map(names).unwrap_or_default();
    let written = || meta(page, &["author", "article:author", "dc.creator", "parsely-author"]);
    let locale = || meta(page, &["og:locale"]).map(|l| l.replace('_', "-"));
    let publisher = stated.as_ref().and_then(|s| names(s.get("publisher")?).into_iter().next());
    Front {
        title,
        publisher: meta(page, &["og:site_name"]).or(publisher).or_else(|| meta(page, &["publisher", "dc.publisher"])),
        published: json("datePublished")
            .and_then(date)
            .or_else(|| meta(page, &PUBLISHED).and_then(date))
            .or_else(|| timed(page, article).and_then(date)),
        authors: if authors.is_empty() {
            written().filter(|a| !a.contains("://")).into_iter().collect()
        } else {
            authors
        },
        url: url.or_else(|| meta(page, &["og:url"])).or_else(|| json("url")).filter(address),
        language: language.or_else(|| json("inLanguage")).or_else(locale).filter(|l| !l.is_empty()),
        end,
    }
}

/// The content of the first metadata of one of some names, the first name first.
fn meta(page: &Page, names: &[&str]) -> Option<String> {
    let of = |wanted: &str| {
        page.named("meta").find_map(|at| {
            let node = &page.nodes[at];
            let name = ["name", "property", "itemprop"].into_iter().find_map(|n| node.attribute(n))?;
            let content = node.attribute("content").filter(|c| !c.is_empty())?;
            name.eq_ignore_ascii_case(wanted).then(|| content.split_whitespace().collect::<Vec<_>>().join(" "))
        })
    };
    names.iter().find_map(|name| of(name))
}

/// The day of the first `time` of the article, or of one that says that it is that of publication.
fn timed(page: &Page, article: &Article) -> Option<String> {
    let times = || page.named("time").filter(|at| !article.leaves_out(*at));
    let day = |at: usize| page.nodes[at].attribute("datetime").map(str::to_owned);
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
    while let Some(value) = open.pop().filter(|_| seen < OBJECTS) {
        seen += 1;
        match value {
            Value::Array(all) => open.extend(all.into_iter().rev()),
            Value::Object(mut object) => {
                if let Some(graph) = object.remove("@graph") {
                    open.push(graph);
                }
                let of = |kind: &Value| kind.as_str().is_some_and(|k| TYPES.contains(&k));
                let kind = object.get("@type");
                if kind.is_some_and(|k| of(k) || k.as_array().is_some_and(|all| all.iter().any(of))) {
                    return Some(Value::Object(object));
                }
            }
            _ => {}
        }
    }
    None
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
