//! Readers: what is written in one format says what it says in another.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use belie::claim::Claim;
use belie::source::{Document, ReadOptions};
use belie::value::value_words;

use crate::given::{self, analysed, seed, seeds};
use crate::packed;

/// A document as the page of a site: its article between menus, prompts and adverts.
fn page(document: &Document) -> String {
    let title = document.title.clone().unwrap_or_default().replace('&', "&amp;");
    let mut out =
        format!("<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>{title} | Weir Ledger</title>\n");
    if let Some(day) = document.published {
        let _ = writeln!(out, "<meta property=\"article:published_time\" content=\"{day}T08:00:00Z\">");
    }
    out +=
        "<script>var price = \"$99 billion\";</script></head><body><header><ul><li><a href=/>Home</a></ul></header>\n";
    out += "<div class=\"cookie-consent\"><p>We share 12 million cookies with 900 partners.</p></div>\n<main>\n";
    out += &packed::html(document).replace('\u{2019}', "&rsquo;");
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

/// Holds what the claims of a document are in another form against what they are in its text: at least so many of a hundred are
/// the same, in each document.
fn check(form: &str, least: i32, write: impl Fn(&Document) -> Vec<u8>) {
    for name in seeds() {
        for document in seed(&name) {
            let (read, problems) =
                Document::from_bytes(&format!("{}.{form}", document.id), &write(&document), &ReadOptions::default());
            let stated: Vec<String> = problems.iter().map(ToString::to_string).collect();
            assert_eq!((read.len(), stated), (1, Vec::new()), "{name}/{}.{form}", document.id);
            assert_eq!(read[0].format, form);
            assert_eq!(read[0].published, document.published, "{name}/{}.{form}", document.id);
            let id = format!("{name}/{}", document.id);
            let (own, other) = (told(&analysed(vec![document]).claims), told(&analysed(read).claims));
            let (mut all, mut same, mut apart) = (0, 0, String::new());
            for key in own.keys().chain(other.keys().filter(|k| !own.contains_key(*k))) {
                let (m, n) = (own.get(key).copied().unwrap_or(0), other.get(key).copied().unwrap_or(0));
                (all, same) = (all + m.max(n), same + m.min(n));
                if m != n {
                    let _ = writeln!(apart, "{m} in the text, {n} in the {form}: {key}");
                }
            }
            assert!(same * 100 >= all * least, "{id}: {same} of {all} claims\n{apart}");
        }
    }
}

#[test]
fn a_page_of_a_site_says_what_its_text_says() {
    check("html", 98, |document| page(document).into_bytes());
}

#[test]
fn a_word_file_says_what_its_text_says() {
    check("docx", 98, packed::docx);
}

#[test]
fn a_book_says_what_its_text_says() {
    check("epub", 98, packed::epub);
}

#[test]
fn a_printed_text_says_what_its_text_says() {
    check("pdf", 95, packed::pdf);
}

/// Pages that imitate the layouts of sites (`tests/pages`), each with phrases of its article and of what stands around it, by a writer
/// who had not seen the reader. What is missing are lines of code, which are passed over.
#[test]
fn pages_keep_their_article_and_lose_the_rest() {
    let folder = given::root().join("tests/pages");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "html"));
    files.sort();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut kept, mut left, mut stated, mut apart) = (0, 0, 0, String::new());
    for path in &files {
        let told: serde_json::Value = serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap();
        let (read, _) = Document::from_bytes("page.html", &fs::read(path).unwrap(), &ReadOptions::default());
        let [document] = read.as_slice() else { panic!("{}", path.display()) };
        let noise: Vec<String> = document.noise.iter().map(|span| one_line(span.of(&document.text))).collect();
        let text = one_line(&document.text);
        let name = path.file_name().unwrap().display();
        for (key, wanted) in [("keeps", true), ("drops", false)] {
            for phrase in told[key].as_array().unwrap().iter().map(|p| p.as_str().unwrap()) {
                let there = text.contains(phrase) && !noise.iter().any(|n| n.contains(phrase));
                kept += i32::from(wanted && there);
                left += i32::from(!wanted && there);
                if there != wanted {
                    let _ = writeln!(apart, "{name}: {key} {phrase}");
                }
            }
        }
        let published = document.published.map(|d| d.to_string());
        for (key, value) in [("title", &document.title), ("published", &published), ("url", &document.url)] {
            stated += i32::from(told[key].as_str() == value.as_deref());
        }
    }
    assert_eq!(files.len(), 20);
    assert!(
        kept >= 155 && left <= 21 && stated >= 52,
        "{kept} of 160 kept, {left} of 120 left, {stated} of 60 stated\n{apart}"
    );
}
