//! The JSON report as DESIGN section 7 promises it: programs rely on these keys, types, words and offsets.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use belie::finding::Analysis;
use belie::source::{Found, WalkOptions, read};
use serde_json::Value;

use crate::given::{analysed, documents, rendered};

const LEDGER: &str = "\
---
title: The Otter Mill is to be restored
publisher: The Weir Ledger
published: 2031-03-12
language: en
---
# The Otter Mill is to be restored

The Brackwater Trust was valued at $4.2 million. Agnes Thorley died on 3 June 1874.

The trust announced the works on Wednesday, 12 March 2031. “We have waited nine winters for this,” said Ines Calloway, the treasurer of the Brackwater Trust.
";

const POST: &str = "\
Otter Mill gets its wheel back

By Tam Sorley | March 14, 2031

Agnes Thorley died on 8 June 1874. The Brackwater Trust was valued at more than $5 million, according to the council.

The trust announced the works on 12 March 2031. About 40 people came.
";

/// Two papers that agree on a day and contradict each other on a sum and on another day.
fn two_papers() -> Analysis {
    analysed(documents(&[("ledger.md", LEDGER), ("post.txt", POST)]))
}

fn report(analysis: &Analysis) -> Value {
    serde_json::from_str(&rendered(analysis, "json")).unwrap()
}

#[test]
fn the_whole_report() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("contract", rendered(&two_papers(), "json")));
}

/// Where, which key, and of what type: `s`tring, `n`umber, `b`oolean, `a`rray, `o`bject; `?` for null or that.
const KEYS: &[(&str, &str)] = &[
    ("", "format:s config:?o rules_hash:s sources:a claims:a relations:a findings:a checked:a coverage:o"),
    (
        "/sources/*",
        "id:s path:s format:s basis:s title:?s publisher:?s published:?s language:?s bytes:n sha256:s origin:s",
    ),
    (
        "/claims/*",
        "id:s source:s span:o value_span:o context_spans:a line:n column:n text:s kind:s shape:s subject:?s \
         attribute:s value:o as_of:?s scope:o modality:s polarity:s attributed_to:?s rule:s",
    ),
    ("/claims/*/span", "start:n end:n"),
    ("/claims/*/value_span", "start:n end:n"),
    ("/claims/*/context_spans/*", "role:s start:n end:n"),
    ("/claims/*/scope/*", "s"),
    ("/relations/*", "id:s type:s a:s b:s also:a rule:s grounds:o"),
    ("/relations/*/also/*", "s"),
    ("/relations/*/grounds", "gates:a comparator:s because:s missing:a"),
    ("/relations/*/grounds/gates/*", "gate:s verdict:s a:s b:s basis:s"),
    ("/relations/*/grounds/missing/*", "s"),
    (
        "/findings/*",
        "id:s rule:s severity:s relation:s subject:?s attribute:s scope:o as_of:?s claims:a primary:s outlier:?n \
         groups:a message:s notes:a help:s fingerprint:s status:s",
    ),
    ("/findings/*/claims/*", "s"),
    ("/findings/*/groups/*", "value:s claims:a sources:a origins:a"),
    ("/findings/*/groups/*/claims/*", "s"),
    ("/findings/*/groups/*/sources/*", "s"),
    ("/findings/*/groups/*/origins/*", "s"),
    ("/findings/*/notes/*", "s"),
    ("/checked/*", "rule:s claims:a message:s"),
    ("/checked/*/claims/*", "s"),
    (
        "/coverage",
        "documents:n refused:a claims:n pairs_considered:n stopped_by:o pairs_compared:n unresolved:n capped:a \
         rules_run:n not_checked:a",
    ),
    ("/coverage/stopped_by/*", "n"),
];

/// Lists that may be empty in the report at hand.
const MAY_BE_EMPTY: [&str; 4] =
    ["/claims/*/scope/*", "/relations/*/also/*", "/relations/*/grounds/missing/*", "/coverage/stopped_by/*"];

/// The keys that a value may have; each value has some of them.
const VALUE: &str = "number:n min:n max:n low:n high:n low_open:b high_open:b step:n unit:s bound:s edtf:s text:s";

fn at<'v>(root: &'v Value, path: &str) -> Vec<&'v Value> {
    path.split('/').skip(1).fold(vec![root], |found, part| {
        let step = |value: &'v Value| -> Vec<&'v Value> {
            match (part, value) {
                ("*", Value::Array(items)) => items.iter().collect(),
                ("*", Value::Object(map)) => map.values().collect(),
                _ => value.get(part).into_iter().collect(),
            }
        };
        found.into_iter().flat_map(step).collect()
    })
}

fn is(value: &Value, types: &str) -> bool {
    types.chars().any(|t| match t {
        's' => value.is_string(),
        'n' => value.is_number(),
        'b' => value.is_boolean(),
        'a' => value.is_array(),
        'o' => value.is_object(),
        '?' => value.is_null(),
        other => panic!("no type {other}"),
    })
}

#[test]
fn every_key_is_there_with_its_type() {
    let report = report(&two_papers());
    for (path, keys) in KEYS {
        let places = at(&report, path);
        assert!(!places.is_empty() || MAY_BE_EMPTY.contains(path), "nothing at {path}");
        for place in places {
            for key in keys.split_whitespace() {
                match key.split_once(':') {
                    None => assert!(is(place, key), "{path} is {place}"),
                    Some((key, types)) => {
                        let value = place.get(key).unwrap_or_else(|| panic!("{path} lacks `{key}`: {place}"));
                        assert!(is(value, types), "{path}/{key} is {value}, not `{types}`");
                    }
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    for value in at(&report, "/claims/*/value") {
        for (key, content) in value.as_object().unwrap() {
            let known = VALUE.split_whitespace().find_map(|k| k.strip_prefix(key.as_str())?.strip_prefix(':'));
            if let Some(types) = known {
                assert!(is(content, types), "value/{key} is {content}");
                seen.insert(key.clone());
            }
        }
        let kinds = ["number", "min", "low", "high", "edtf", "text"];
        assert!(kinds.iter().any(|k| value.get(k).is_some()), "a value without any content: {value}");
    }
    for key in ["number", "step", "unit", "bound", "edtf", "text"] {
        assert!(seen.contains(key), "no value has `{key}`");
    }
}

#[test]
fn closed_sets_hold_their_words() {
    let report = report(&two_papers());
    let relations = "agree compatible refines updates conflict unresolved quote-match quote-variant quote-truncated \
                     derived-consistent derived-conflict same-origin";
    for (path, words) in [
        ("/format", "belie-report/1"),
        ("/sources/*/basis", "file extracted"),
        ("/claims/*/shape", "money number percent multiple ratio duration date measure text quote"),
        ("/claims/*/value/bound", "exact approx nearly at_least at_most more_than less_than range"),
        ("/claims/*/polarity", "positive negative"),
        ("/relations/*/type", relations),
        ("/relations/*/grounds/gates/*/gate", "entity attribute unit scope time modality value"),
        ("/relations/*/grounds/gates/*/verdict", "same unknown different"),
        ("/findings/*/relation", relations),
        ("/findings/*/severity", "error warning note"),
        ("/findings/*/status", "new changed known accepted dismissed gone"),
    ] {
        let found = at(&report, path);
        assert!(!found.is_empty(), "nothing at {path}");
        for value in found {
            let word = value.as_str().unwrap();
            assert!(words.split_whitespace().any(|w| w == word), "{path}: `{word}`");
        }
    }
}

/// What is said of the two papers: the contradictions and the agreement that were written into them, and no more.
#[test]
fn what_was_written_into_the_papers_is_found() {
    let report = report(&two_papers());
    let words = |id: &Value| {
        let claim = at(&report, "/claims/*").into_iter().find(|c| c["id"] == *id).unwrap();
        let text = if claim["source"] == "post.txt" { POST } else { LEDGER };
        let end = |key: &str| claim["value_span"][key].as_u64().unwrap() as usize;
        text[end("start")..end("end")].to_owned()
    };
    let mut found: Vec<(String, String, String)> = at(&report, "/relations/*")
        .into_iter()
        .filter(|r| r["type"] != "derived-consistent")
        .map(|r| (r["type"].as_str().unwrap().to_owned(), words(&r["a"]), words(&r["b"])))
        .collect();
    found.sort();
    let wanted = [
        (
            "agree",
            "The trust announced the works on Wednesday, 12 March 2031.",
            "The trust announced the works on 12 March 2031.",
        ),
        ("agree", "Wednesday, 12 March 2031", "12 March 2031"),
        ("conflict", "$4.2 million", "$5 million"),
        ("conflict", "3 June 1874", "8 June 1874"),
    ];
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(r, a, b)| (r.as_str(), a.as_str(), b.as_str())).collect();
    assert_eq!(found, wanted);
    assert_eq!(at(&report, "/findings/*").len(), 2);
    assert!(at(&report, "/checked/*").iter().any(|c| c["rule"] == "weekday-date"));
}

#[test]
fn ids_refer_to_what_is_there() {
    let report = report(&two_papers());
    let ids = |path: &str| -> Vec<&str> { at(&report, path).into_iter().map(|v| v.as_str().unwrap()).collect() };
    for path in ["/sources/*/id", "/claims/*/id", "/relations/*/id", "/findings/*/id"] {
        let all = ids(path);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{path}: two have one id");
    }
    for (path, to) in [
        ("/claims/*/source", "/sources/*/id"),
        ("/relations/*/a", "/claims/*/id"),
        ("/relations/*/b", "/claims/*/id"),
        ("/relations/*/also/*", "/claims/*/id"),
        ("/findings/*/claims/*", "/claims/*/id"),
        ("/findings/*/groups/*/claims/*", "/claims/*/id"),
        ("/findings/*/groups/*/sources/*", "/sources/*/id"),
        ("/checked/*/claims/*", "/claims/*/id"),
    ] {
        let known: BTreeSet<&str> = ids(to).into_iter().collect();
        assert!(ids(path).iter().all(|id| known.contains(id)), "{path} names an id that is not in {to}");
    }
    for finding in at(&report, "/findings/*") {
        let set = |v: Vec<&Value>| v.into_iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let members = set(at(finding, "/claims/*"));
        assert!(members.contains(&finding["primary"].to_string()));
        assert!(set(at(finding, "/groups/*/claims/*")).is_subset(&members));
        if let Some(outlier) = finding["outlier"].as_u64() {
            assert!(finding["groups"].get(outlier as usize).is_some());
        }
    }
}

/// A relation has two ends, and what rests on a claim names it once.
#[test]
fn no_claim_is_named_twice() {
    let report = report(&two_papers());
    for relation in at(&report, "/relations/*") {
        assert_ne!(relation["a"], relation["b"], "{relation}");
    }
    for list in
        ["/checked/*/claims", "/findings/*/claims", "/findings/*/groups/*/claims", "/findings/*/groups/*/sources"]
    {
        for list in at(&report, list).into_iter().map(|l| l.as_array().unwrap()) {
            let set: BTreeSet<&str> = list.iter().map(|id| id.as_str().unwrap()).collect();
            assert_eq!(set.len(), list.len(), "{list:?}");
        }
    }
}

/// The bytes of a file in several encodings, and how to decode them.
fn encoded() -> Vec<(&'static str, Vec<u8>, &'static encoding_rs::Encoding)> {
    let crlf = LEDGER.replace('\n', "\r\n");
    let (windows, _, lossy) = encoding_rs::WINDOWS_1252.encode(LEDGER);
    assert!(!lossy);
    let wide = LEDGER.encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        ("plain.md", LEDGER.as_bytes().to_vec(), encoding_rs::UTF_8),
        ("marked.md", [b"\xef\xbb\xbf", LEDGER.as_bytes()].concat(), encoding_rs::UTF_8),
        ("crlf.md", crlf.into_bytes(), encoding_rs::UTF_8),
        ("windows.md", windows.into_owned(), encoding_rs::WINDOWS_1252),
        ("wide.md", [0xff, 0xfe].into_iter().chain(wide).collect(), encoding_rs::UTF_16LE),
    ]
}

/// `basis: file` means: decoding the bytes of the span gives the words.
#[test]
fn spans_cut_their_words_out_of_the_file() {
    let folder = std::env::temp_dir().join(format!("belie-contract-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes, encoding) in encoded() {
        let path: PathBuf = folder.join(name);
        fs::write(&path, &bytes).unwrap();
        let found = Found { path, id: name.to_owned(), named: true };
        let belie::source::Read { documents, problems, .. } =
            read(&found, &mut std::io::empty(), &WalkOptions::default());
        assert_eq!(documents.len(), 1, "{name}: {problems:?}");
        let report = report(&analysed(documents));
        assert_eq!(at(&report, "/sources/*/basis"), ["file"], "{name}");
        assert_eq!(at(&report, "/sources/*/bytes")[0].as_u64(), Some(bytes.len() as u64), "{name}");
        let cut = |span: &Value| {
            let range = span["start"].as_u64().unwrap() as usize..span["end"].as_u64().unwrap() as usize;
            encoding.decode_without_bom_handling(&bytes[range]).0.into_owned()
        };
        let claims = at(&report, "/claims/*");
        let values: Vec<String> = claims.iter().map(|c| cut(&c["value_span"])).collect();
        for value in
            ["$4.2 million", "3 June 1874", "Wednesday, 12 March 2031", "We have waited nine winters for this,"]
        {
            assert!(values.iter().any(|v| v == value), "{name}: no value is `{value}`: {values:?}");
        }
        for claim in claims {
            let text = cut(&claim["span"]);
            assert_eq!(text, claim["text"].as_str().unwrap(), "{name}");
            let inside = claim["span"]["start"].as_u64() <= claim["value_span"]["start"].as_u64()
                && claim["value_span"]["end"].as_u64() <= claim["span"]["end"].as_u64();
            assert!(inside, "{name}: {claim}");
            // Line and column count characters from 1.
            let before = encoding
                .decode_without_bom_handling(&bytes[..claim["value_span"]["start"].as_u64().unwrap() as usize])
                .0;
            let before = before.trim_start_matches('\u{feff}');
            let line = before.rsplit('\n').next().unwrap();
            assert_eq!(claim["line"].as_u64(), Some(before.matches('\n').count() as u64 + 1), "{name}");
            assert_eq!(claim["column"].as_u64(), Some(line.chars().count() as u64 + 1), "{name}");
            for context in at(claim, "/context_spans/*") {
                let role = context["role"].as_str().unwrap();
                assert!(["subject", "object", "attribution", "time", "modality"].contains(&role), "{role}");
                assert!(!cut(context).trim().is_empty(), "{name}: {role} without words");
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_schema_names_every_key() {
    let schema: Value = serde_json::from_str(&rendered(&two_papers(), "json-schema")).unwrap();
    // Whatever `$ref`, `anyOf`, `items` and `additionalProperties` stand between, a path of the report leads to one place.
    let follow = |place: &Value| -> Value {
        let mut place = place.clone();
        loop {
            if let Some(name) = place.get("$ref").and_then(Value::as_str) {
                place = schema.pointer(name.trim_start_matches('#')).unwrap().clone();
            } else if let Some(any) = place.get("anyOf").and_then(Value::as_array) {
                place = any.iter().find(|p| p["type"] != "null").unwrap().clone();
            } else {
                return place;
            }
        }
    };
    let find = |path: &str| {
        path.split('/').skip(1).fold(follow(&schema), |place, part| {
            let next = match part {
                "*" => place.get("items").or(place.get("additionalProperties")),
                key => place.get("properties").and_then(|p| p.get(key)),
            };
            follow(next.unwrap_or_else(|| panic!("the schema stops before {path}: {place}")))
        })
    };
    for (path, keys) in KEYS.iter().chain(&[("/claims/*/value", VALUE)]) {
        let place = find(path);
        for key in keys.split_whitespace().filter_map(|k| Some(k.split_once(':')?.0)) {
            let named = place["properties"].get(key);
            assert!(named.is_some(), "the schema does not name {path}/{key}");
            let described = named.and_then(|n| n.get("description").or(n.get("$ref")));
            assert!(described.is_some(), "the schema does not describe {path}/{key}");
        }
    }
}
