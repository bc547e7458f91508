//! What has to hold of any input. One function a target; `fuzz_targets/` only hands the bytes on.

use std::sync::LazyLock;

use belie::app::pipeline::{Settings, analyse, recognise};
use belie::claim::Extractor;
use belie::config::Config;
use belie::finding::Analysis;
use belie::report::{FORMATS, Style};
use belie::rule::Rules;
use belie::segment;
use belie::source::reader::by_name;
use belie::source::{Document, ReadOptions};
use belie::text::Span;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::embedded().expect("the rules of the binary load"));
static EXTRACTOR: LazyLock<Extractor<'static>> = LazyLock::new(|| Extractor::new(&RULES));

/// What is said of a file whose parser has panicked.
const DAMAGED: &str = "is damaged, so that it cannot be read as";

/// A file of a format: it is read or refused with a problem, and what is read has sound places.
pub fn read(format: &'static str, bytes: &[u8]) {
    let input_format = by_name(format).map(|reader| reader.name());
    assert!(input_format.is_some(), "there is a reader of that name");
    let read = ReadOptions { most_bytes: 1 << 20, most_unpacked: 1 << 22, input_format, ..ReadOptions::default() };
    let (documents, problems) = Document::from_bytes("-", bytes, &read);
    assert!(!documents.is_empty() || !problems.is_empty(), "nothing is said");
    // Other people's parsers may panic: that is contained, and wanted to be known all the same. A file of an archive may be
    // named so, which a fuzzer finds out.
    let told_by_itself = bytes.windows(DAMAGED.len()).any(|w| w == DAMAGED.as_bytes());
    for problem in problems.iter().filter(|_| format != "pdf" && !told_by_itself) {
        assert!(!problem.message.contains(DAMAGED), "{problem}");
    }
    documents.iter().for_each(sound);
}

/// Whether all places of a document lie in it, on the borders of characters.
fn sound(document: &Document) {
    let inside = |span: Span| document.text.get(span.start as usize..span.end as usize).is_some();
    assert!(inside(document.body) && document.title_span.is_none_or(inside));
    for piece in &document.pieces {
        assert!(inside(piece.span) && !piece.span.of(&document.text).trim().is_empty());
    }
    for span in document.noise.iter().chain(&document.ignored) {
        assert!(inside(*span));
    }
    let mut last = 0;
    for at in document.text.char_indices().map(|(at, _)| at as u32).step_by(17) {
        let there = document.report_span(Span { start: at, end: at }).start;
        assert!(there >= last || document.format != "txt", "places go back");
        last = there;
    }
    segments(document);
}

fn segments(document: &Document) {
    let mut end = 0;
    for segment in segment::segment(document) {
        let span = segment.span;
        assert!(span.start >= end && span.start < span.end, "segments overlap or are empty");
        assert!(document.text.get(span.start as usize..span.end as usize).is_some());
        end = span.end;
    }
}

/// Sentences do not overlap and lie in the text, in plain text and in Markdown.
pub fn segment(text: &str) {
    segments(&Document::from_text("a.txt", text));
    segments(&Document::from_text("a.md", text));
}

/// Values lie in the text, in order.
pub fn mentions(text: &str) {
    let document = Document::from_text("a.txt", text);
    recognise(&document, &RULES, &Settings { jobs: 1, ..Settings::default() }, |mention| {
        assert!(document.text.get(mention.span.start as usize..mention.span.end as usize).is_some());
    });
}

/// A rule file, alone, is taken or refused with faults that can be shown.
pub fn rules(text: &str) {
    for (folder, name) in [("extract", "x"), ("relate", "x"), ("check", "x"), ("lexicon", "x")] {
        if let Err(faults) = Rules::of_texts(&[(&format!("{folder}/{name}.toml"), text)]) {
            assert!(!faults.is_empty());
            faults.iter().for_each(|fault| assert!(!fault.render(false).is_empty()));
        }
    }
}

/// The same of a configuration.
pub fn config(text: &str) {
    if let Err(faults) = Config::parse("belie.toml", text) {
        faults.iter().for_each(|fault| assert!(!fault.render(false).is_empty()));
    }
}

/// The two halves of a text as two documents.
fn halves(text: &str) -> Analysis {
    let middle = (text.len() / 2..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (a, b) = text.split_at(middle);
    let documents = vec![Document::from_text("a.txt", a), Document::from_text("b.txt", b)];
    analyse(documents, Vec::new(), &EXTRACTOR, &Settings { jobs: 1, ..Settings::default() })
}

/// Links have two ends that are there, and findings have claims.
pub fn compare(text: &str) {
    let analysis = halves(text);
    for link in &analysis.links {
        assert!((link.a.max(link.b) as usize) < analysis.claims.len() && link.a != link.b);
    }
    for finding in &analysis.findings {
        assert!(!finding.claims.is_empty() && !finding.message.is_empty());
    }
}

/// Every report can be read by what reads its form, and lets nothing through that a terminal or a page obeys.
pub fn report(text: &str) {
    let analysis = halves(text);
    let style = Style { color: false, ..Style::default() };
    for format in FORMATS {
        let out = format.render(&analysis, &style);
        let harmless = |c: char| !c.is_control() || matches!(c, '\n' | '\t' | '\r');
        assert!(out.chars().all(harmless), "{}: a control character", format.name());
        match format.name() {
            "json" | "sarif" | "claimreview" | "json-schema" => {
                let read = serde_json::from_str::<serde_json::Value>(&out);
                assert!(read.is_ok(), "{}: {read:?}", format.name());
            }
            "jsonl" => {
                out.lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).expect("a line")))
            }
            "junit" => {
                let mut reader = quick_xml::Reader::from_str(&out);
                while !matches!(reader.read_event().expect("junit"), quick_xml::events::Event::Eof) {}
            }
            "html" => assert!(!out.contains("<script>alert"), "a script of a document"),
            _ => {}
        }
    }
}
