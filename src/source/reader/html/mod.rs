//! Web pages, as they are saved.
//!
//! Comes in: the bytes of a page. Goes out: the text of its article, block by block, and what the page says about itself.
//! A page runs nothing and fetches nothing here; what is hidden, and what is no part of the article, is left out.

mod article;
mod stated;
mod text;
mod tree;
mod value;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::{Input, Reader, ReaderOutput};
use crate::problem::{Level, Problem};
use crate::source::blocks::Blocks;
use crate::source::{OffsetMap, decode};
use article::Article;
pub(super) use stated::encoding;
use tree::Page;
pub(super) use value::Value;

/// Reads HTML.
pub(super) struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn help(&self) -> &'static str {
        "web pages: the article with its headings, lists, quotations and tables; menus, adverts, comments and what is hidden are left out; title, date, authors and publisher from the page's metadata"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let begins = |head: &[u8], with: &[u8]| head.get(..with.len()).is_some_and(|h| h.eq_ignore_ascii_case(with));
        // XHTML begins with a declaration of XML.
        let behind = head.iter().position(|b| *b == b'>').filter(|_| begins(head, b"<?xml"));
        let head = behind.map_or(head, |at| head[at + 1..].trim_ascii_start());
        begins(head, b"<!doctype html") || begins(head, b"<html")
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let decoded = decode::decode(input.bytes, stated::encoding(input.bytes), input.path, problems);
        let Some((source, outer)) = decoded else { return Vec::new() };
        document(source, outer, input.path, problems).into_iter().collect()
    }
}

/// The article of a page; `outer` leads from its text to the bytes of the file.
fn document(source: String, outer: OffsetMap, path: &str, problems: &mut Vec<Problem>) -> Option<ReaderOutput> {
    let page = Page::new(&source);
    let article = Article::new(&page);
    let title = stated::title(&page, &article);
    let gathered = text::gather(&page, &source, &article, title.node());
    if gathered.pieces.is_empty() {
        let message = if gathered.body > 0 {
            "holds a title and no text outside its menus and scripts"
        } else {
            "holds no text outside its menus and scripts"
        };
        problems.push(Problem::new(Level::Warning, path, message));
        return None;
    }
    let title = title.of(&gathered.text, &gathered.pieces, gathered.body);
    let front = stated::front(&page, &article, title);
    Some(ReaderOutput::of_file(gathered, (source, outer), front))
}

/// Elements of XHTML without content, in which a page that is read as HTML would never end.
static EMPTY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("<(?:iframe|noscript|script|style|textarea|title|xmp)(?:[ \t\r\n][^<>]*)?/>").ok());

/// Adds all text of a page of XHTML to that of others, of which it is a part as a chapter is of a book.
pub(super) fn append(bytes: &[u8], path: &str, blocks: &mut Blocks, problems: &mut Vec<Problem>) {
    let Some((source, _)) = decode::decode(bytes, stated::encoding(bytes), path, problems) else { return };
    let source = EMPTY.as_ref().map_or(Cow::Borrowed(source.as_str()), |empty| empty.replace_all(&source, ""));
    let page = Page::new(&source);
    text::add(&page, &source, &Article::whole(&page), blocks);
}

/// Adds the article of a page, or of a piece of one.
fn add(source: &str, blocks: &mut Blocks) {
    let page = Page::new(source);
    text::add(&page, source, &Article::new(&page), blocks);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::reader::tests::read_with;
    use crate::source::{Document, PieceKind};

    const PAGE: &str = r##"<!doctype html><html lang="en-GB"><head><title>Otter Mill reopens | The Weir Ledger</title>
<meta property="og:site_name" content="The Weir Ledger"><link rel="canonical" href="https://weir.example/mill">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"x"},
{"@type":["NewsArticle"],"datePublished":"2031-03-12T08:00:00+01:00","author":[{"name":"Agnes Thorley"},{"name":"Omar Lund"}]}]}</script>
<style>p { color: red }</style></head><body><header><a href="/">The Weir Ledger</a></header>
<nav><ul><li><a href="/a">News</a><li><a href="/b">Sport</a></ul></nav>
<div class="cookie-banner"><p>We use cookies to count 38 million readers.</p></div>
<main><article><h1>Otter Mill <em>reopens</em></h1>
<p>The mill cost <b>&pound;38</b>&nbsp;million,<br>the council&#8217;s clerk said.<sup><a href="#n1">1</a></sup>
<p>It has  three
wheels &amp; a weir.</p>
<aside>Buy a mill for $5.</aside>
<blockquote><p>“A fine day,” she said.</p></blockquote>
<h2>Figures</h2><ul><li>12 metres wide<li>4 floors</ul>
<table><thead><tr><th>Year<th>Visitors</thead><tr><td>2030<td>4,000<tr><td>2031<td>5,000</table>
<p hidden>Nobody sees 99 of this.</p><!-- belie:ignore --><p>Left out 77.</p><!-- /belie:ignore --><p>The end.</p>
</article></main><footer>© 2031</footer></body></html>"##;

    fn read(page: &str) -> Document {
        Document::from_text("mill.html", page)
    }

    #[test]
    fn the_article_block_by_block() {
        let document = read(PAGE);
        let shown = document.pieces.iter().map(|p| (p.kind, p.span.of(&document.text))).collect::<Vec<_>>();
        let cell = |row, column, head| PieceKind::Cell { table: 0, row, column, head };
        let expected = [
            (PieceKind::Heading(1), "Otter Mill reopens"),
            (PieceKind::Paragraph, "The mill cost £38 million, the council’s clerk said."),
            (PieceKind::Paragraph, "It has three wheels & a weir."),
            (PieceKind::Quote, "“A fine day,” she said."),
            (PieceKind::Heading(2), "Figures"),
            (PieceKind::Item, "12 metres wide"),
            (PieceKind::Item, "4 floors"),
            (cell(0, 0, true), "Year"),
            (cell(0, 1, true), "Visitors"),
            (cell(1, 0, false), "2030"),
            (cell(1, 1, false), "4,000"),
            (cell(2, 0, false), "2031"),
            (cell(2, 1, false), "5,000"),
            (PieceKind::Paragraph, "The end."),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_it_says_of_itself() {
        let document = read(PAGE);
        assert_eq!(document.title.as_deref(), Some("Otter Mill reopens"));
        assert_eq!(document.publisher.as_deref(), Some("The Weir Ledger"));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!(document.authors, ["Agnes Thorley", "Omar Lund"]);
        assert_eq!(document.url.as_deref(), Some("https://weir.example/mill"));
        assert_eq!(document.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn a_title_outside_of_the_article() {
        let document = read("<title>Mill &amp; weir | Ledger</title><p>The mill cost 38 million pounds.</p>");
        assert_eq!(document.title.as_deref(), Some("Mill & weir"));
        assert_eq!(document.body.of(&document.text).trim(), "The mill cost 38 million pounds.");
    }

    #[test]
    fn places_are_those_of_the_page() {
        let document = read(PAGE);
        let (at, file) = (document.text.find("£38 million").unwrap(), PAGE.find("&pound;38</b>&nbsp;million").unwrap());
        let span = document.report_span(crate::text::Span::new(at, at + "£38 million".len()));
        assert_eq!(span.of(PAGE), "&pound;38</b>&nbsp;million");
        let line = PAGE[..file].matches('\n').count() as u32 + 1;
        assert_eq!(document.position(at as u32).line, line);
        let pound = document.report_span(crate::text::Span::new(at, at + "£38".len()));
        assert_eq!(pound.of(PAGE), "&pound;38");
    }

    #[test]
    fn a_page_without_text_is_named() {
        let mut problems = Vec::new();
        let page = "<html><body><script>1</script><p hidden>2</p></body></html>";
        assert!(read_with(&Html, page.as_bytes(), &mut problems).is_empty());
        assert!(problems.iter().any(|p| p.message.contains("no text")));
        let menu = read("<nav><p>All that there is stands in a menu, and is read all the same.</p></nav>");
        assert!(menu.text.contains("all the same"));
    }

    #[test]
    fn any_bytes_are_read_in_time() {
        for page in [
            "<",
            "<a",
            "&",
            "&#",
            "&#x110000;x",
            "<p>&notit; &copy2024 &amp",
            "</p></div>",
            "<table><td>a<tr><td>b",
            "<!--",
            "<svg><title>a</svg>b",
        ] {
            let document = read(&format!("{page}<p>It cost 5 dollars."));
            assert!(document.map.to_file(document.text.len() as u32) as usize <= page.len() + 30, "{page}");
            for piece in &document.pieces {
                assert!(!piece.span.of(&document.text).trim().is_empty(), "{page}");
            }
        }
        read(&"<div>".repeat(50_000));
        read(&"<ul><li><a>x".repeat(20_000));
        read(&"&amp;".repeat(100_000));
    }
}
