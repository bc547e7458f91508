//! JSON: one object a report, `belie-report/1`.
//!
//! The wire types are apart from the types that stages hand on, so that those may change and this may not.
//! Keys may be added; none changes its meaning within a version.

use crate::finding::Analysis;
use crate::text::json_pretty;

use super::{Format, Style};

pub mod answer;
mod fill;
pub mod v1;

/// `--format json`.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn help(&self) -> &'static str {
        "one object with sources, claims, relations, findings and coverage"
    }

    fn shows_claims(&self) -> bool {
        true
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        json_pretty(&v1::Report::new(analysis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn spans_give_the_words() {
        let analysis = fixture::analysis();
        let report: serde_json::Value = serde_json::from_str(&Json.render(&analysis, &Style::default())).unwrap();
        assert_eq!(report["format"], "belie-report/1");
        let claim = report["claims"].as_array().unwrap().iter().find(|c| c["id"] == "h1").unwrap();
        let at = |key: &str, end: &str| claim[key][end].as_u64().unwrap() as usize;
        let words = &fixture::HARBOUR[at("value_span", "start")..at("value_span", "end")];
        assert_eq!(words, "$1.5 million");
        assert_eq!(&fixture::HARBOUR[at("span", "start")..at("span", "end")], claim["text"].as_str().unwrap());
        assert_eq!((claim["line"].as_u64(), claim["column"].as_u64()), (Some(2), Some(9)));
    }

    #[test]
    fn values() {
        let report = v1::Report::new(&fixture::analysis());
        let values: Vec<String> =
            report.claims.iter().map(|c| format!("{} {}", c.id, serde_json::to_string(&c.value).unwrap())).collect();
        insta::assert_snapshot!(values.join("\n"), @r#"
        c0 {"edtf":"2021-05-14","weekday":"Friday","bound":"exact"}
        c1 {"number":1500000,"step":100000,"unit":"USD","bound":"exact"}
        h0 {"edtf":"2021-05-12","bound":"exact"}
        h1 {"number":1500000,"step":100000,"unit":"USD","bound":"exact"}
        h2 {"number":3000,"step":1,"unit":"cars","bound":"nearly"}
        l0 {"edtf":"2021-05-14","bound":"exact"}
        l1 {"number":2900,"low":2900,"low_open":false,"step":1,"unit":"cars","bound":"at_least"}
        l2 {"text":"grey"}
        "#);
    }

    #[test]
    fn the_rest() {
        let mut report = v1::Report::new(&fixture::analysis());
        report.claims.truncate(1);
        report.sources.truncate(1);
        report.relations.truncate(1);
        insta::assert_snapshot!(json_pretty(&report), @r#"
        {
          "format": "belie-report/1",
          "config": {
            "path": "belie.toml",
            "sha256": "0123"
          },
          "rules_hash": "abcd",
          "sources": [
            {
              "id": "council.txt",
              "path": "council.txt",
              "format": "txt",
              "basis": "file",
              "title": null,
              "publisher": "The Council",
              "published": "2021-06-01",
              "language": null,
              "bytes": 100,
              "sha256": "3b339edcd30a282e07118a0e3843b299b2016406f816721ace2d3736a5bf4471",
              "origin": "council.txt"
            }
          ],
          "claims": [
            {
              "id": "c0",
              "source": "council.txt",
              "span": {
                "start": 0,
                "end": 64
              },
              "value_span": {
                "start": 44,
                "end": 63
              },
              "context_spans": [
                {
                  "role": "subject",
                  "start": 21,
                  "end": 33
                }
              ],
              "line": 1,
              "column": 45,
              "text": "Crowds came when the Alder Bridge opened on Friday, 14 May 2021.",
              "kind": "date",
              "shape": "date",
              "subject": "Alder Bridge",
              "attribute": "opened",
              "value": {
                "edtf": "2021-05-14",
                "weekday": "Friday",
                "bound": "exact"
              },
              "as_of": null,
              "scope": {},
              "modality": "asserted",
              "polarity": "positive",
              "attributed_to": null,
              "rule": "opened",
              "noise": false
            }
          ],
          "relations": [
            {
              "id": "r0",
              "type": "conflict",
              "a": "c0",
              "b": "h0",
              "also": [],
              "rule": "date-conflict",
              "grounds": {
                "gates": [
                  {
                    "gate": "entity",
                    "verdict": "same",
                    "a": "Alder Bridge",
                    "b": "Alder Bridge",
                    "basis": "one name"
                  },
                  {
                    "gate": "time",
                    "verdict": "unknown",
                    "a": "Alder Bridge",
                    "b": "Alder Bridge",
                    "basis": "no as-of on either side"
                  }
                ],
                "comparator": "date",
                "because": "14 May is not 12 May",
                "missing": []
              }
            }
          ],
          "findings": [
            {
              "id": "f0",
              "rule": "date-conflict",
              "severity": "error",
              "relation": "conflict",
              "confidence": 0.95,
              "subject": "Alder Bridge",
              "attribute": "opened",
              "scope": {
                "period": "2021"
              },
              "as_of": null,
              "claims": [
                "c0",
                "h0",
                "l0"
              ],
              "primary": "c0",
              "outlier": 1,
              "groups": [
                {
                  "value": "14 May 2021",
                  "claims": [
                    "c0",
                    "l0"
                  ],
                  "sources": [
                    "council.txt",
                    "letters.md"
                  ],
                  "origins": [
                    "council.txt",
                    "letters.md"
                  ]
                },
                {
                  "value": "12 May 2021",
                  "claims": [
                    "h0"
                  ],
                  "sources": [
                    "harbour.txt"
                  ],
                  "origins": [
                    "harbour.txt"
                  ]
                }
              ],
              "message": "two accounts of opened: see both",
              "notes": [
                "both speak of the Alder Bridge"
              ],
              "help": "find the record that dates it",
              "fingerprint": "ff00",
              "status": "new"
            },
            {
              "id": "f1",
              "rule": "bound-fits",
              "severity": "note",
              "relation": "compatible",
              "confidence": 0.95,
              "subject": "Alder Bridge",
              "attribute": "traffic",
              "scope": {
                "period": "2021"
              },
              "as_of": null,
              "claims": [
                "h2",
                "l1"
              ],
              "primary": "h2",
              "outlier": null,
              "groups": [
                {
                  "value": "nearly 3,000",
                  "claims": [
                    "h2"
                  ],
                  "sources": [
                    "harbour.txt"
                  ],
                  "origins": [
                    "harbour.txt"
                  ]
                },
                {
                  "value": "at least 2,900",
                  "claims": [
                    "l1"
                  ],
                  "sources": [
                    "letters.md"
                  ],
                  "origins": [
                    "letters.md"
                  ]
                }
              ],
              "message": "two accounts of traffic: see both",
              "notes": [
                "both speak of the Alder Bridge"
              ],
              "help": "find the record that dates it",
              "fingerprint": "ff00",
              "status": "new"
            }
          ],
          "checked": [
            {
              "rule": "weekday-date",
              "claims": [
                "c0",
                "h0"
              ],
              "message": "14 May 2021 is a Friday"
            }
          ],
          "coverage": {
            "documents": 3,
            "refused": [
              {
                "path": "scan.pdf",
                "reason": "binary"
              }
            ],
            "claims": 8,
            "pairs_considered": 6,
            "stopped_by": {
              "scope": 2
            },
            "pairs_compared": 4,
            "unresolved": 0,
            "capped": [],
            "rules_run": 5,
            "not_checked": []
          },
          "problems": [
            {
              "level": "warning",
              "path": "scan.pdf",
              "line": null,
              "message": "is binary, left out"
            }
          ]
        }
        "#);
    }
}
