//! What of a page is its text, and what is boilerplate: menus, adverts, prompts, comments, what is hidden.
//!
//! Comes in: the elements of a page. Goes out: the element that holds the article, and for each element within whether it
//! is left out. Read from the names and roles of elements, from the words of their classes, and from how much of them is links.

use super::tree::{IGNORE, Node, Page, ROOT};

/// Elements that hold no prose.
const NO_PROSE: [&str; 25] = [
    "audio", "button", "canvas", "datalist", "dialog", "embed", "head", "iframe", "input", "map", "math", "menu",
    "meter", "noscript", "object", "picture", "pre", "progress", "script", "select", "style", "svg", "title",
    "template", "video",
];
/// Elements of a page that are no part of its article.
const FURNITURE: [&str; 4] = ["aside", "footer", "form", "nav"];
/// Roles of such elements.
const ROLES: [&str; 12] = [
    "alert",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "form",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
];
/// Words of the classes and ids of such elements.
const CLASSES: [&str; 56] = [
    "ad",
    "ads",
    "adslot",
    "adv",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "carousel",
    "centralnotice",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "gdpr",
    "masthead",
    "menu",
    "metabar",
    "modal",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "noprint",
    "onward",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "popup",
    "print",
    "promo",
    "promotion",
    "recirculation",
    "recommended",
    "related",
    "relatedposts",
    "search",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "sitenotice",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "taboola",
    "toolbar",
];
/// Parts of a book that are no text of it.
const PARTS: [&str; 4] = ["landmarks", "page-list", "pagebreak", "toc"];
/// Elements that hold a page or its article, whatever they are called beside that.
const WHOLE: [&str; 5] = [ROOT, "html", "body", "main", "article"];
/// What sites call the element that holds their article, where they do not use the element for it: as one word.
const BODIES: [&str; 8] = [
    "articlebody",
    "articlecontent",
    "articletext",
    "entrycontent",
    "postbody",
    "postcontent",
    "storybody",
    "storycontent",
];
/// Bytes of text without which no element is an article.
const LEAST: usize = 200;
/// Fewest links of a menu.
const LINKS: usize = 3;
/// How much of the text of a menu is links at least, in hundredths.
const LINKED: usize = 70;
/// Mean bytes of a link in a menu: the entries of a list of references are longer.
const SHORT: usize = 60;

/// What is left out of a page, by node.
pub(super) struct Article {
    /// The element that holds the text; the first node, if no better is known.
    pub(super) root: usize,
    left_out: Vec<bool>,
}

impl Article {
    pub(super) fn new(page: &Page) -> Article {
        let left_out = spread(page, |at| is_left_out(page, at));
        let (root, size) = root(page, &left_out);
        if size > 0 {
            return Article { root, left_out };
        }
        // What seems to be boilerplate and holds all of the text is none.
        let left_out = spread(page, |at| hidden(&page.nodes[at]));
        Article { root: self::root(page, &left_out).0, left_out }
    }

    /// All of a page that has no boilerplate around it, as the chapter of a book: what is hidden, and lists of links, are left out.
    pub(super) fn whole(page: &Page) -> Article {
        let is_out = |at: usize| {
            let node = &page.nodes[at];
            let part = node.attribute("epub:type").is_some_and(|t| t.split_whitespace().any(|t| PARTS.contains(&t)));
            hidden(node) || part || node.name == "nav" || is_menu(page, at)
        };
        Article { root: page.named("body").next().unwrap_or_default(), left_out: spread(page, is_out) }
    }

    pub(super) fn leaves_out(&self, at: usize) -> bool {
        self.left_out[at]
    }
}

/// By node, whether it or what it lies in is left out, or it stands behind a mark that says so.
fn spread(page: &Page, is_out: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut out = vec![false; page.nodes.len()];
    let mut ignored = false;
    for (at, node) in page.nodes.iter().enumerate() {
        if node.name.ends_with(IGNORE) {
            ignored = node.name == IGNORE;
        }
        let whole = WHOLE.contains(&node.name.as_str());
        out[at] = node.parent.is_some_and(|p| out[p]) || ignored && !whole || is_out(at);
    }
    out
}

/// The element that holds the text, and how much it has: the one article, else the main part, else the body.
fn root(page: &Page, left_out: &[bool]) -> (usize, usize) {
    let sizes = sizes(page, left_out);
    let named = |name: &'static str, role: &'static str| {
        let is = move |at: &usize| {
            let node = &page.nodes[*at];
            !left_out[*at] && (node.name == name || node.attribute("role") == Some(role))
        };
        (0..page.nodes.len()).filter(is)
    };
    let whole = page.named("body").next().unwrap_or_default();
    let all = sizes.get(whole).copied().unwrap_or_default();
    let main = named("main", "main").max_by_key(|at| (sizes[*at], std::cmp::Reverse(*at)));
    let outer = |at: &usize| !page.above(*at).any(|up| page.nodes[up].name == "article");
    let mut articles: Vec<usize> = named("article", "article").filter(outer).collect();
    articles.sort_by_key(|at| (std::cmp::Reverse(sizes[*at]), *at));
    let rest: usize = articles.iter().skip(1).map(|at| sizes[*at]).sum();
    // Of many articles each is part of one page, as in a ticker.
    let one = articles.first().copied().filter(|at| sizes[*at] > 2 * rest);
    let called = (0..page.nodes.len()).filter(|at| !left_out[*at] && is_body(&page.nodes[*at]));
    let called = called.max_by_key(|at| (sizes[*at], std::cmp::Reverse(*at)));
    let enough = |at: &usize| sizes[*at] >= LEAST && sizes[*at] * 4 >= all;
    let found = one.filter(enough).or(main.filter(enough)).or(called.filter(enough)).unwrap_or(whole);
    (found, sizes.get(found).copied().unwrap_or_default())
}

/// Bytes of text in each element that are not left out.
fn sizes(page: &Page, left_out: &[bool]) -> Vec<usize> {
    let mut out: Vec<usize> = page.nodes.iter().map(|n| n.words.trim().len()).collect();
    for at in (0..page.nodes.len()).rev() {
        if left_out[at] {
            out[at] = 0;
        } else if let Some(parent) = page.nodes[at].parent {
            out[parent] += out[at];
        }
    }
    out
}

/// Whether the site calls an element the one that holds its article.
fn is_body(node: &Node) -> bool {
    let names = ["class", "id", "itemprop"].into_iter().filter_map(|name| node.attribute(name));
    let word = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    names.flat_map(str::split_whitespace).any(|name| BODIES.contains(&word(name).as_str()))
}

fn hidden(node: &Node) -> bool {
    let style = || node.attribute("style").map(|s| s.replace(' ', "").to_lowercase()).unwrap_or_default();
    NO_PROSE.contains(&node.name.as_str()) || node.attribute("hidden").is_some() || style().contains("display:none")
}

fn is_left_out(page: &Page, at: usize) -> bool {
    let node = &page.nodes[at];
    if node.is_text() || WHOLE.contains(&node.name.as_str()) {
        return false;
    }
    let within = |name: &str| page.above(at).any(|up| page.nodes[up].name == name);
    let role = node.attribute("role").is_some_and(|r| ROLES.contains(&r));
    let classes = [node.attribute("class"), node.attribute("id")];
    let words = classes.into_iter().flatten().flat_map(|c| c.split(|c: char| !c.is_ascii_alphanumeric()));
    // What lies below a dialog of consent is hidden as long as that is open, the article with it.
    let below = || node.attribute("aria-hidden") == Some("true") && !holds_article(page, at);
    hidden(node)
        || below()
        || FURNITURE.contains(&node.name.as_str())
        || node.name == "header" && !within("article") && !within("main")
        || role
        || words.into_iter().any(|w| CLASSES.contains(&w.to_ascii_lowercase().as_str())) && !holds_article(page, at)
        || is_menu(page, at)
}

/// Whether the main part of a page, or an article, lies in an element: whatever that is called, it is no menu.
fn holds_article(page: &Page, at: usize) -> bool {
    page.within(at).any(|n| {
        let node = &page.nodes[n];
        WHOLE.contains(&node.name.as_str()) || node.attribute("role") == Some("main")
    })
}

/// Whether a list, or a box, is made of short links.
fn is_menu(page: &Page, at: usize) -> bool {
    if !matches!(page.nodes[at].name.as_str(), "ul" | "ol" | "div" | "section") {
        return false;
    }
    let (mut all, mut linked, mut links, mut end) = (0, 0, 0, 0);
    for n in page.within(at) {
        let node = &page.nodes[n];
        if node.name == "a" {
            (links, end) = (links + 1, node.end);
        }
        let size = node.words.trim().len();
        all += size;
        linked += if n < end { size } else { 0 };
    }
    links >= LINKS && linked * 100 >= all * LINKED && linked <= links * SHORT
}
