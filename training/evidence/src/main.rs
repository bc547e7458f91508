//! Prints, for each folder of texts that is named, what belie sees of every candidate pair: a JSON object a line. With
//! `--trees` first: its sentences with their trees; with `--sentences`: its sentences, a JSON object a line; with `--slips`: what is seen of two values that
//! were surely one before one of them was changed (`slip.rs`). `--pairs FILE` does the first for pairs of texts, a line of JSON each.

mod slip;

use std::path::Path;

use belie::align::Features;
use belie::app::pipeline::{Examined, Settings, examine};
use belie::claim::Extractor;
use belie::compare::Seen;
use belie::rule::Rules;
use belie::source::Document;
use belie::text::Span;
use serde_json::json;

fn main() {
    let rules = match Rules::embedded() {
        Ok(rules) => rules,
        Err(faults) => return eprintln!("the rules have faults: {faults:?}"),
    };
    let extractor = Extractor::new(&rules);
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [first, file] = args.as_slice()
        && first == "--pairs"
    {
        for line in std::fs::read_to_string(file).unwrap_or_default().lines() {
            let pair: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let text = |key: &str| pair[key].as_str().unwrap_or_default();
            let documents =
                vec![Document::from_text("a", text("premise")), Document::from_text("b", text("hypothesis"))];
            candidates(&examined(documents, &extractor), &pair["id"]);
        }
        return;
    }
    let (wanted, folders) = match args.split_first() {
        Some((first, rest)) if first.starts_with("--") => (first.as_str(), rest),
        _ => ("", args.as_slice()),
    };
    for folder in folders {
        let mut documents: Vec<Document> = Vec::new();
        let mut files: Vec<_> =
            std::fs::read_dir(Path::new(folder)).into_iter().flatten().flatten().map(|e| e.path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            documents.push(Document::from_text(&name, &std::fs::read_to_string(&file).unwrap_or_default()));
        }
        if wanted == "--sentences" {
            for d in &documents {
                for p in extractor.extract(d, None).passages.iter() {
                    let (start, end, text) = (p.span.start, p.span.end, p.span.of(&d.text));
                    println!("{}", json!({"folder": folder, "file": d.id, "start": start, "end": end, "text": text}));
                }
            }
            continue;
        }
        if wanted == "--trees" {
            for d in &documents {
                for p in extractor.extract(d, None).passages.iter() {
                    println!("{}", p.span.of(&d.text));
                    for (i, t) in p.tree.tokens.iter().enumerate() {
                        println!(
                            "  {i} {} {} {} {} {}",
                            t.span.of(&d.text),
                            t.lemma,
                            t.tag.name(),
                            t.head,
                            t.label.name()
                        );
                    }
                }
            }
            continue;
        }
        if wanted == "--slips" {
            slip::slips(&documents, &extractor, folder);
            continue;
        }
        candidates(&examined(documents, &extractor), &json!(folder));
    }
}

/// Documents with all that is seen of them.
fn examined<'a>(documents: Vec<Document>, extractor: &'a Extractor<'a>) -> Examined<'a> {
    let settings = Settings { jobs: 2, min_confidence: Some(0), ..Settings::default() };
    examine(documents, Vec::new(), extractor, &settings)
}

/// Prints what is seen of every candidate, values and contrasts; `of` is the folder or pair.
fn candidates(examined: &Examined<'_>, of: &serde_json::Value) {
    let spot = |document: u32, span: Span| {
        let d = &examined.analysis.documents[document as usize];
        json!({"file": d.id, "start": span.start, "end": span.end, "words": span.of(&d.text)})
    };
    for s in &examined.spotted {
        let (a, b) = (spot(s.documents.0, s.spans.0), spot(s.documents.1, s.spans.1));
        println!(
            "{}",
            json!({"of": "contrast", "a": a, "b": b, "apart": true, "features": features(&s.features), "folder": of})
        );
    }
    examined.observed.iter().for_each(|seen| value(examined, seen, of));
}

/// Prints what is seen of two values.
fn value(examined: &Examined<'_>, seen: &Seen, of: &serde_json::Value) {
    let claim = |c: u32| {
        let c = &examined.analysis.claims[c as usize];
        let d = &examined.analysis.documents[c.source as usize];
        json!({"file": d.id, "start": c.value_span.start, "end": c.value_span.end, "words": c.value_span.of(&d.text), "sentence": c.span.of(&d.text), "kind": &*c.kind, "attribute": c.attribute})
    };
    let (a, b) = (claim(seen.candidate.a), claim(seen.candidate.b));
    println!("{}", json!({"a": a, "b": b, "apart": seen.apart, "features": features(&seen.features), "folder": of}));
}

fn features(all: &Features) -> serde_json::Map<String, serde_json::Value> {
    all.iter().map(|(name, size)| (name.to_owned(), size.into())).collect()
}
