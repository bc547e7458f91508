//! What the tests work on: the embedded rules, documents in memory, the seeds, and the sources of belie itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use belie::app::pipeline::{Settings, analyse};
use belie::claim::{Claim, Extractor};
use belie::finding::Analysis;
use belie::report::{Style, format};
use belie::rule::Rules;
use belie::source::{Document, WalkOptions, gather, read};

/// A short page that tells of two things; tests of forms put others beside it.
pub(crate) const POST: &str = "---
title: Otter Mill gets its wheel back
published: 2031-03-14
---
The Brackwater Trust was valued at $4.2 million, according to the Weir Council. Agnes Thorley died on 8 June 1874.
";

/// The rules of the binary, loaded once.
pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::embedded().unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(|f| f.render(false)).collect();
        panic!("{}", faults.join("\n\n"))
    })
});

/// They, compiled once.
pub(crate) static EXTRACTOR: LazyLock<Extractor<'static>> = LazyLock::new(|| Extractor::new(&RULES));

/// Documents of ids and texts.
pub(crate) fn documents(texts: &[(&str, &str)]) -> Vec<Document> {
    texts.iter().map(|(id, text)| Document::from_text(id, text)).collect()
}

/// What one thread finds in documents.
pub(crate) fn analysed(documents: Vec<Document>) -> Analysis {
    analyse(documents, Vec::new(), &EXTRACTOR, &Settings { jobs: 1, ..Settings::default() })
}

/// The documents of a seed, as `belie check seeds/<seed>` run at the root of the package reads them.
pub(crate) fn seed(name: &str) -> Vec<Document> {
    let gathered = gather(&[PathBuf::from("seeds").join(name)], &WalkOptions::default());
    assert_eq!(gathered.problems, []);
    let read = gathered.files.iter().map(|found| read(found, &mut std::io::empty(), &WalkOptions::default()));
    let documents: Vec<Document> = read
        .flat_map(|read| {
            assert_eq!(read.problems, []);
            read.documents
        })
        .collect();
    assert!(!documents.is_empty(), "seeds/{name} holds no document");
    documents
}

/// The names of the seeds, sorted.
pub(crate) fn seeds() -> Vec<String> {
    let entries = fs::read_dir(root().join("seeds")).unwrap().map(|e| e.unwrap());
    let mut names: Vec<String> =
        entries.filter(|e| e.path().is_dir()).map(|e| e.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A report without what changes with every edit of a rule or a version: the same for the same findings.
pub(crate) fn rendered(analysis: &Analysis, name: &str) -> String {
    let style = Style { width: 100, ..Style::default() };
    let text = format(name).unwrap().render(analysis, &style);
    text.replace(&analysis.rules_hash, "[rules_hash]").replace(env!("CARGO_PKG_VERSION"), "[version]")
}

/// Holds reports, each with its name, against those in `snapshots/`: all of them, so that one review shows them all.
pub(crate) fn accepted(reports: impl IntoIterator<Item = (String, String)>) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut changed = Vec::new();
    for (name, text) in reports {
        let compare = || settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err() {
            changed.push(name.clone());
        }
    }
    assert!(changed.is_empty(), "to be reviewed: {}", changed.join(", "));
}

/// The words of a claim's value.
pub(crate) fn words<'a>(analysis: &'a Analysis, claim: &Claim) -> &'a str {
    claim.value_span.of(&analysis.documents[claim.source as usize].text)
}

/// The root of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder of the package: its path below the root, with `/`, and its text; sorted.
pub(crate) fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let below = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            files.push((below, fs::read_to_string(&path).unwrap()));
        }
    }
}
