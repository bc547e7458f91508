//! Feeds: RSS, Atom and JSON Feed, each entry a document; and XML of no form that is known.
//!
//! Comes in: the bytes of a file. Goes out: for each entry its title and the longest of its texts, with what the entry
//! and its feed say about it. Entities that a file declares itself are not replaced, and nothing is fetched.

mod entries;
mod text;

use std::sync::Arc;

use super::json::{self, Form};
use super::{Input, Reader, ReaderOutput, html};
use crate::problem::{Level, Problem};
use crate::source::blocks::Blocks;
use crate::source::offset::Outer;
use crate::source::{Front, decode};
use entries::Feed as Entries;

/// Bytes within which the first element of a feed begins.
const HEAD: usize = 4096;

/// Reads feeds.
pub(super) struct Feed;

impl Reader for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["feed", "rss", "atom", "xml"]
    }

    fn help(&self) -> &'static str {
        "RSS, Atom and JSON feeds: each entry is a document with its title, date, authors and the name of the feed; of other XML the text of its elements"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        let root = first_element(bytes);
        let local = root.rsplit(|b| *b == b':').next().unwrap_or_default();
        matches!(root, b"rss" | b"rdf:RDF") || local == b"feed" || json::is_feed(bytes)
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        if json::is_feed(input.bytes) {
            return json::read(input, Form::Feed, problems);
        }
        let decoded = decode::decode(input.bytes, html::encoding(input.bytes), input.path, problems);
        let Some((text, map)) = decoded else { return Vec::new() };
        let outer = Outer::new(text, map);
        let most = input.options.most_parts as usize;
        let feed = Entries::new(&outer.text, most);
        if !feed.is_feed() {
            return other(&outer, input, problems).into_iter().collect();
        }
        let mut tell = |level, message: String| problems.push(Problem::new(level, input.path, message));
        let mut out = Vec::new();
        let mut empty = 0usize;
        for (number, entry) in (1..).zip(&feed.entries) {
            match feed.document(entry) {
                Some((gathered, front)) => {
                    let part = if feed.count > 1 { format!("#{number}") } else { String::new() };
                    out.push(ReaderOutput { part, ..ReaderOutput::of_part(gathered, &outer, front) });
                }
                None => empty += 1,
            }
        }
        if empty > 0 {
            tell(Level::Warning, format!("holds {empty} of {} entries without text, left out", feed.entries.len()));
        }
        if feed.count > most {
            tell(
                Level::Warning,
                format!("holds {} entries, of which the first {most} were read (--max-parts)", feed.count),
            );
        }
        if feed.count == 0 && feed.broken.is_none() {
            tell(Level::Warning, "is a feed without entries, and was left out".into());
        }
        problems.extend(feed.broken.as_ref().map(|broken| broken.problem(&outer, input.path, out.is_empty())));
        out
    }
}

/// XML that is no feed: the text of its elements.
fn other(outer: &Arc<Outer>, input: Input<'_>, problems: &mut Vec<Problem>) -> Option<ReaderOutput> {
    if !input.options.data {
        problems.push(Problem::new(Level::Note, input.path, json::UNNAMED));
        return None;
    }
    let depth = input.options.most_depth as usize;
    let mut blocks = Blocks::new();
    let read = text::add(&outer.text, depth, &mut blocks);
    let output = json::finished(blocks, Front::default());
    let output = output.map(|(gathered, front)| ReaderOutput::of_part(gathered, outer, front));
    let mut tell = |level, message: String| problems.push(Problem::new(level, input.path, message));
    if read.is_cut {
        tell(
            Level::Warning,
            format!("nests elements deeper than {depth}: what lies deeper was left out (--max-depth)"),
        );
    }
    match (&output, &read.broken) {
        (Some(_), _) => tell(Level::Note, "is XML of no form that is known: the text of its elements was read".into()),
        (None, None) => tell(Level::Warning, "holds no text in its elements, and was left out".into()),
        (None, Some(_)) => {}
    }
    problems.extend(read.broken.map(|broken| broken.problem(outer, input.path, output.is_none())));
    output
}

/// The name of the first element of XML, behind its declaration and comments; nothing if there is none.
fn first_element(bytes: &[u8]) -> &[u8] {
    let mut rest = &bytes[..bytes.len().min(HEAD)];
    rest = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest);
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            [b'<', name @ ..] => {
                let end = name.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
                return end.map_or(&[], |end| &name[..end]);
            }
            _ => return &[],
        };
        let Some(at) = rest.windows(end.len()).position(|at| at == end) else { return &[] };
        rest = &rest[at + end.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Document, PieceKind, ReadOptions, from_bytes};
    use crate::text::Span;

    /// The documents of a file, and what is told of it.
    fn read(bytes: &[u8]) -> (Vec<Document>, Vec<String>) {
        let mut problems = Vec::new();
        let documents = from_bytes("x.xml", "x.xml", bytes, &ReadOptions::default(), &mut problems);
        (documents, problems.iter().map(Problem::to_string).collect())
    }

    fn shown(document: &Document) -> Vec<(PieceKind, &str)> {
        document.pieces.iter().map(|piece| (piece.kind, piece.span.of(&document.text))).collect()
    }

    /// What the file has under some words of the text.
    #[track_caller]
    fn check_place(document: &Document, file: &str, words: &str, under: &str) {
        let at = document.text.find(words).unwrap();
        assert_eq!(document.report_span(Span::new(at, at + words.len())).of(file), under);
        let before = &file[..file.find(under).unwrap()];
        assert_eq!(document.position(at as u32).line as usize, before.matches('\n').count() + 1);
    }

    const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- a feed --><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Weir &amp; Ledger</title><link>https://weir.example/</link><language>en-gb</language>
<atom:link href="https://weir.example/feed" rel="self"/><image><title>No title</title></image>
<item><title><![CDATA[Otter Mill &#8216;reopens&#8217;]]></title><media:title>No title</media:title>
 <link>https://weir.example/mill?a=1&amp;b=2</link><pubDate>Wed, 12 Mar 2031 08:00:00 GMT</pubDate>
 <dc:creator>Agnes Thorley</dc:creator><dc:creator><![CDATA[Omar Lund]]></dc:creator>
 <description>Short.</description>
 <c:encoded><![CDATA[<p>The mill cost <b>&pound;38</b> million.</p><p>It has a weir.</p>]]></c:encoded></item>
<item><title>Heron &lt;i&gt;Mill&lt;/i&gt;</title><author>ann@weir.example (Ann Weir)</author>
 <description>&lt;p&gt;It has 12&amp;nbsp;wheels &amp;amp; a caf&#233;.&lt;/p&gt;</description></item>
<item><title>Headline only</title></item></channel></rss>"#;

    #[test]
    fn rss() {
        let (documents, told) = read(RSS.as_bytes());
        assert_eq!(told, ["warning: x.xml: holds 1 of 3 entries without text, left out"]);
        let [mill, heron] = &documents[..] else { panic!("{documents:?}") };
        assert_eq!((mill.id.as_str(), heron.id.as_str(), mill.format), ("x.xml#1", "x.xml#2", "feed"));
        assert_eq!(mill.title.as_deref(), Some("Otter Mill ‘reopens’"));
        assert_eq!(mill.publisher.as_deref(), Some("The Weir & Ledger"));
        assert_eq!(mill.published.map(|d| d.to_string()).as_deref(), Some("2031-03-12"));
        assert_eq!(mill.authors, ["Agnes Thorley", "Omar Lund"]);
        assert_eq!(mill.url.as_deref(), Some("https://weir.example/mill?a=1&b=2"));
        assert_eq!(mill.language.as_deref(), Some("en-gb"));
        assert_eq!(
            (mill.stated_in["published"].as_str(), mill.stated_in["authors"].as_str()),
            ("pubDate", "dc:creator")
        );
        let paragraphs = ["The mill cost £38 million.", "It has a weir."];
        assert_eq!(shown(mill), paragraphs.map(|words| (PieceKind::Paragraph, words)));
        check_place(mill, RSS, "£38 million", "&pound;38</b> million");
        check_place(mill, RSS, "Otter Mill ‘reopens’", "Otter Mill &#8216;reopens&#8217;");
        assert_eq!((heron.title.as_deref(), &heron.authors[..]), (Some("Heron Mill"), &["Ann Weir".to_owned()][..]));
        assert_eq!(shown(heron), [(PieceKind::Paragraph, "It has 12 wheels & a café.")]);
        check_place(heron, RSS, "12 wheels & a café", "12&amp;nbsp;wheels &amp;amp; a caf&#233;");
    }

    const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Sluice</title>
<link rel="self" href="https://sluice.example/feed"/><author><email>a@b.example</email><name>Ada &amp; Quill</name></author>
<entry><title type="text">A &lt; B</title><link rel="self" href="https://sluice.example/no"/>
<link href="https://sluice.example/one"/><published>2031-05-01T00:00:00Z</published><updated>2031-05-02T00:00:00Z</updated>
<source><title>No title</title><updated>2001-01-01T00:00:00Z</updated></source><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Wheels</h2><p>It has <em>12</em> wheels.</p></div></content>
</entry></feed>"#;

    #[test]
    fn atom() {
        let (documents, told) = read(ATOM.as_bytes());
        assert_eq!((documents.len(), told.len()), (1, 0));
        let document = &documents[0];
        assert_eq!((document.id.as_str(), document.title.as_deref()), ("x.xml", Some("A < B")));
        assert_eq!(document.publisher.as_deref(), Some("The Sluice"));
        assert_eq!(document.published.map(|d| d.to_string()).as_deref(), Some("2031-05-01"));
        assert_eq!(document.modified.map(|d| d.to_string()).as_deref(), Some("2031-05-02"));
        assert_eq!(document.authors, ["Ada & Quill"]);
        assert_eq!(document.url.as_deref(), Some("https://sluice.example/one"));
        assert_eq!((document.language.as_deref(), document.stated_in["language"].as_str()), (Some("en"), "xml:lang"));
        assert_eq!(shown(document), [(PieceKind::Heading(2), "Wheels"), (PieceKind::Paragraph, "It has 12 wheels.")]);
        check_place(document, ATOM, "12 wheels.", "12</em> wheels.");
    }

    #[test]
    fn rdf_and_json() {
        let rdf = r#"<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:d="http://purl.org/dc/elements/1.1/"><channel><title>The Sluice</title></channel><item><title>A mill</title><d:date>2031-05-01</d:date>
<description>It has 12 wheels.

And a weir.</description></item></rdf:RDF>"#;
        let (documents, told) = read(rdf.as_bytes());
        assert_eq!((documents[0].publisher.as_deref(), told.len()), (Some("The Sluice"), 0));
        assert_eq!(documents[0].published.map(|d| d.to_string()).as_deref(), Some("2031-05-01"));
        assert_eq!(shown(&documents[0]).len(), 2);
        let json = r#"{"version": "https:\/\/jsonfeed.org\/version\/1.1", "title": "The Sluice", "description": "All mills.",
"items": [{"id": "1", "title": "A mill", "content_html": "It has &gt; 12 wheels.", "date_published": "2031-05-01T00:00:00Z"},
{"id": "2", "content_text": "A <b> weir.", "authors": [{"name": "Ada Quill"}]}]}"#;
        assert!(Feed.knows(json.as_bytes()) && !json::Json.knows(json.as_bytes()));
        let (documents, told) = read(json.as_bytes());
        assert_eq!((documents.len(), told.len(), documents[1].format), (2, 0, "feed"));
        assert_eq!(documents[0].publisher.as_deref(), Some("The Sluice"));
        assert_eq!(shown(&documents[0]), [(PieceKind::Paragraph, "It has > 12 wheels.")]);
        assert_eq!(documents[1].authors, ["Ada Quill"]);
    }

    #[test]
    fn encodings_and_entities() {
        let text = "<?xml version=\"1.0\" encoding=\"iso-8859-5\"?>\n<!DOCTYPE rss [<!ENTITY mill SYSTEM \"file:///etc/passwd\"><!ENTITY a \"b b b\">]>\n<rss><channel><item><description>&mill; and &a; \u{41c}\u{438}\u{440} at R&D</description></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::ISO_8859_5.encode(text);
        let (documents, told) = read(&bytes);
        assert_eq!(told, ["note: x.xml: is not utf-8; decoded as iso-8859-5"]);
        assert_eq!(documents[0].text.trim(), "&mill; and &a; Мир at R&D");
        let at = documents[0].text.find('М').unwrap();
        let span = documents[0].report_span(Span::new(at, at + "Мир".len()));
        assert_eq!(&bytes[span.range()], b"\xbc\xd8\xe0");
    }

    #[test]
    fn other_xml() {
        let file = "<?xml version='1.0'?><doc><meta id='7'/><para>The <b>mill</b> has &#49;2 wheels &amp; <![CDATA[a weir]]>.</para>\n<sec><t><b>Cost</b>: 38</t><style>x { }</style></sec></doc>";
        let (documents, told) = read(file.as_bytes());
        assert_eq!(told, ["note: x.xml: is XML of no form that is known: the text of its elements was read"]);
        let paragraphs = ["The mill has 12 wheels & a weir.", "Cost: 38"];
        assert_eq!(shown(&documents[0]), paragraphs.map(|words| (PieceKind::Paragraph, words)));
        check_place(&documents[0], file, "12 wheels & a weir", "&#49;2 wheels &amp; <![CDATA[a weir");
        assert_eq!(read(b"<a><b/></a>").1, ["warning: x.xml: holds no text in its elements, and was left out"]);
    }

    #[test]
    fn known_by_its_bytes() {
        for text in [
            "\u{feff}<rss>",
            "<?xml version='1.0'?>\n<?style a?><!-- <x> --> <!DOCTYPE rss><atom:feed >",
            "<rdf:RDF\nx='y'>",
        ] {
            assert!(Feed.knows(text.as_bytes()), "{text}");
        }
        for text in
            ["", "<", "<rss", "<!--", "<?xml", "rss", "<html>", "<rssx>", "<!-- <rss> -->", "{\"version\": \"1\"}"]
        {
            assert!(!Feed.knows(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_named() {
        let file =
            "<rss><channel><item><description>It has 12 wheels.</description></item>\n<item><description>It</b></item>";
        let (documents, told) = read(file.as_bytes());
        assert_eq!((documents.len(), told.len()), (1, 1));
        assert!(told[0].starts_with("warning: x.xml:2: is broken XML (") && told[0].ends_with("left out"), "{told:?}");
        let (none, told) = read(b"<rss><channel></rss>");
        assert!(none.is_empty() && told[0].starts_with("error: x.xml:1: is broken XML ("), "{told:?}");
        assert_eq!(read(b"<rss><channel/></rss>").1, ["warning: x.xml: is a feed without entries, and was left out"]);
    }

    #[test]
    fn any_bytes_are_read_in_time() {
        for text in [
            "<",
            "<a",
            "a",
            "<a>&",
            "<a>&#0;&#x110000;&lt",
            "<a><![CDATA[",
            "<a></b>",
            "</a>",
            "<a/>b",
            "<feed><entry><author><name></author>",
            "<a b=>c</a>",
            "<!DOCTYPE",
        ] {
            for wrapped in [
                text.to_owned(),
                format!("<rss><channel><item><title>x</title><description>{text}</description></item></channel></rss>"),
            ] {
                for document in read(wrapped.as_bytes()).0 {
                    assert!(
                        document.report_span(Span::new(0, document.text.len())).end as usize <= wrapped.len(),
                        "{wrapped}"
                    );
                }
            }
        }
        assert!(
            read(format!("{}mill{}", "<a>".repeat(100_000), "</a>".repeat(100_000)).as_bytes()).1[0]
                .contains("deeper than 64")
        );
        read(format!("<feed><entry>{}", "<a>".repeat(100_000)).as_bytes());
        read(format!("<a {}>x</a>", "b='c' ".repeat(100_000)).as_bytes());
        read(
            format!(
                "<rss><channel><item><description>{}</description></item></channel></rss>",
                "&lt;b&gt;&amp;amp; ".repeat(20_000)
            )
            .as_bytes(),
        );
        let many = format!(
            "<rss><channel>{}</channel></rss>",
            "<item><description>It has 12 wheels.</description></item>".repeat(20_000)
        );
        let (documents, told) = read(many.as_bytes());
        assert_eq!(documents.len(), 10_000);
        assert_eq!(told, ["warning: x.xml: holds 20000 entries, of which the first 10000 were read (--max-parts)"]);
    }
}
