//! Readers: what is written in one format says what it says in another.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use belie::claim::Claim;
use belie::segment::{Segment, SegmentKind, segment};
use belie::source::Document;
use belie::value::value_words;

use crate::given::{analysed, seed, seeds};

/// A document as the page of a site: its article between menus, prompts and adverts.
fn page(document: &Document) -> String {
    let words = |span: belie::text::Span| {
        let words = span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        words.replace('&', "&amp;").replace('<', "&lt;").replace('\u{2019}', "&rsquo;")
    };
    let title = document.title.clone().unwrap_or_default().replace('&', "&amp;");
    let mut out =
        format!("<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>{title} | Weir Ledger</title>\n");
    if let Some(day) = document.published {
        let _ = writeln!(out, "<meta property=\"article:published_time\" content=\"{day}T08:00:00Z\">");
    }
    out +=
        "<script>var price = \"$99 billion\";</script></head><body><header><ul><li><a href=/>Home</a></ul></header>\n";
    out += "<div class=\"cookie-consent\"><p>We share 12 million cookies with 900 partners.</p></div>\n<main>\n";
    let all: Vec<Segment> = segment(document).into_iter().filter(|s| !s.noise).collect();
    let table = |s: &Segment| s.cell.map(|c| c.table);
    for run in all
        .chunk_by(|a, b| if table(a).is_some() { table(a) == table(b) } else { a.block == b.block && a.kind == b.kind })
    {
        let joined: Vec<String> = run.iter().map(|s| words(s.span)).collect();
        let joined = joined.join(" ");
        match run[0].kind {
            SegmentKind::Title => out += &format!("<h1>{joined}</h1>\n"),
            SegmentKind::Heading => out += &format!("<h2>{joined}</h2>\n"),
            SegmentKind::ListItem | SegmentKind::Reference => out += &format!("<ul><li>{joined}</ul>\n"),
            SegmentKind::Quote => out += &format!("<blockquote>{joined}</blockquote>\n"),
            SegmentKind::Standfirst | SegmentKind::Sentence => out += &format!("<p><span>{joined}</span>\n"),
            SegmentKind::Cell => {
                out += "<table>";
                for row in run.chunk_by(|a, b| a.cell.map(|c| c.row) == b.cell.map(|c| c.row)) {
                    out += "<tr>";
                    let mut column = 0;
                    for s in row {
                        let at = s.cell.map_or(0, |c| c.column);
                        out += &"<td>".repeat((at - column) as usize);
                        column = at + 1;
                        out += &format!("<td>{}", words(s.span));
                    }
                }
                out += "</table>\n";
            }
        }
    }
    out + "</main><aside>Sign up: 50% off.</aside><footer>&copy; 2031, 7 offices</footer></body></html>\n"
}

/// What the claims of a document are of, counted.
fn told(claims: &[Claim]) -> BTreeMap<String, i32> {
    let mut out = BTreeMap::new();
    for c in claims.iter().filter(|c| !c.noise && &*c.kind != "statement" && &*c.kind != "detail") {
        let subject = c.subject.as_ref().map_or("", |s| s.name.as_str());
        *out.entry(format!("{} | {subject} | {} | {}", c.kind, c.attribute, value_words(&c.value))).or_default() += 1;
    }
    out
}

#[test]
fn a_page_of_a_site_says_what_its_text_says() {
    for name in seeds() {
        let (mut all, mut same, mut apart) = (0, 0, String::new());
        for document in seed(&name) {
            let html = Document::from_text("page.html", &page(&document));
            assert_eq!(html.published, document.published, "{}", document.id);
            let (own, other) = (told(&analysed(vec![document]).claims), told(&analysed(vec![html]).claims));
            for key in own.keys().chain(other.keys().filter(|k| !own.contains_key(*k))) {
                let (m, n) = (own.get(key).copied().unwrap_or(0), other.get(key).copied().unwrap_or(0));
                (all, same) = (all + m.max(n), same + m.min(n));
                if m != n {
                    let _ = writeln!(apart, "{m} in the text, {n} in the page: {key}");
                }
            }
        }
        assert!(same * 100 >= all * 98, "{name}: {same} of {all} claims\n{apart}");
    }
}
