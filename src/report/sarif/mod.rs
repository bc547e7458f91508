//! SARIF 2.1.0, for code scanning.
//!
//! A result stands at one side of its finding, the later one where that is known; the other sides are its related
//! locations, and its message links to them. What a person has settled is marked as suppressed, not dropped. Of the
//! rules only those that speak are listed. Columns count Unicode scalars, which `columnKind` says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::finding::{Analysis, Finding, Spoken, Status};
use crate::graph::Severity;
use crate::problem::{Level, Problem};
use crate::text::{Span, address, one_line};

use super::sides::{FindingClaim, file, sides};
use super::{Format, Style, safe, source_place};
use crate::text::json_pretty;

mod model;

use model::{
    ArtifactLocation, BaseId, Configuration, Driver, Group, Invocation, Location, Log, Message, Notification, Outcome,
    PhysicalLocation, Properties, Region, Rule, Run, RunProperties, SCHEMA, Suppression, Tool,
};

/// `--format sarif`.
pub(super) struct Sarif;

/// What relative addresses are relative to: where belie was started, which in CI is the root of the repository.
const BASE: &str = "%SRCROOT%";

impl Format for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn help(&self) -> &'static str {
        "SARIF 2.1.0 for code scanning; settled findings are marked as suppressed"
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        json_pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run(analysis)] })
    }
}

fn run(analysis: &Analysis) -> Run {
    // A state is given to all results or to none: to none where there is nothing to compare with.
    let compared = analysis.findings.iter().any(|f| f.status != Status::New);
    let base = BaseId { description: message("where belie was started") };
    Run {
        tool: Tool {
            driver: Driver {
                name: "belie",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: analysis.spoken.iter().map(rule).collect(),
            },
        },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: analysis.problems.iter().map(notification).collect(),
        }],
        original_uri_base_ids: BTreeMap::from([(BASE, base)]),
        results: analysis.findings.iter().map(|f| outcome(analysis, f, compared)).collect(),
        column_kind: "unicodeCodePoints",
        properties: RunProperties {
            rules_hash: analysis.rules_hash.clone(),
            documents: analysis.coverage.documents,
            claims: analysis.coverage.claims,
        },
    }
}

fn rule(rule: &Spoken) -> Rule {
    let why = unwrapped(&rule.why);
    Rule {
        id: rule.id.clone(),
        short_description: message(&rule.summary),
        full_description: message(&why),
        help: message(&format!("{}\n\n{}\n\n`belie explain {}` shows its examples.", rule.summary, why, rule.id)),
        default_configuration: Configuration { level: rule.severity.name() },
    }
}

/// The text without the line breaks of its file, but for those between paragraphs.
fn unwrapped(text: &str) -> String {
    let paragraphs = text.trim().split("\n\n").map(one_line);
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn notification(problem: &Problem) -> Notification {
    let region = problem.line.map(|line| Region {
        start_line: line,
        start_column: None,
        end_line: None,
        end_column: None,
        snippet: None,
    });
    Notification {
        level: match problem.level {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        },
        message: message(&plain(&problem.message)),
        locations: vec![Location {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: artifact(file(&problem.path)),
                region,
                context_region: None,
            },
            message: None,
        }],
    }
}

fn outcome(analysis: &Analysis, finding: &Finding, compared: bool) -> Outcome {
    let sides = sides(analysis, finding);
    let (suppression, state) = match finding.status {
        Status::New => (None, "new"),
        Status::Changed => (None, "updated"),
        Status::Known => (None, "unchanged"),
        Status::Accepted => (Some("accepted"), "unchanged"),
        Status::Dismissed => (Some("dismissed"), "unchanged"),
        Status::Gone => (None, "absent"),
    };
    // `accepted` says that the suppression holds, whatever the reason for it.
    let suppressions = suppression.map(|how| {
        let why = finding.settled.as_ref().map(|s| format!(": {}", safe(&s.words()))).unwrap_or_default();
        Suppression { kind: "external", status: "accepted", justification: format!("{how}{why}") }
    });
    Outcome {
        rule_id: finding.rule.clone(),
        rule_index: analysis.spoken.iter().position(|r| r.id == finding.rule),
        level: level(finding.severity),
        message: message(&linked(finding, &sides)),
        locations: sides.iter().take(1).map(|side| location(side, None)).collect(),
        related_locations: sides.iter().enumerate().skip(1).map(|(id, side)| location(side, Some(id))).collect(),
        partial_fingerprints: BTreeMap::from([
            ("belieFinding/v1", finding.id.clone()),
            ("belieSentences/v1", finding.fingerprint.clone()),
        ]),
        suppressions: suppressions.into_iter().collect(),
        baseline_state: compared.then_some(state),
        rank: f64::from(finding.confidence) / 10.0,
        properties: properties(analysis, finding),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn properties(analysis: &Analysis, finding: &Finding) -> Properties {
    let text = |t: &str| safe(t).into_owned();
    let source = |&i: &u32| analysis.documents.get(i as usize).map(|d| text(&d.id));
    let group = |g: &crate::finding::Group| Group {
        value: text(&g.value),
        sources: g.sources.iter().filter_map(source).collect(),
        origins: g.origins.iter().map(|o| text(o)).collect(),
    };
    Properties {
        finding: finding.id.clone(),
        relation: finding.relation.name(),
        status: finding.status.name(),
        subject: finding.subject.as_deref().map(text),
        attribute: text(&finding.attribute),
        groups: finding.groups.iter().map(group).collect(),
        notes: finding.notes.iter().map(|n| text(n)).collect(),
        help: text(&finding.help),
    }
}

/// What is said, and every value with its places; a place that is a related location is a link to it.
fn linked(finding: &Finding, sides: &[FindingClaim<'_>]) -> String {
    let mut out = plain(&finding.message);
    let mut before = None;
    for (id, side) in sides.iter().enumerate() {
        let place = plain(&source_place(side.document, side.claim).to_string());
        let value = said(side);
        // Claims of one value stand together.
        out.push_str(&if before.as_ref() == Some(&value) { ", ".to_owned() } else { format!("\n{}: ", plain(&value)) });
        let _ = if id == 0 { write!(out, "{place}") } else { write!(out, "[{place}]({id})") };
        before = Some(value);
    }
    if !finding.help.is_empty() {
        let _ = write!(out, "\nhelp: {}", plain(&finding.help));
    }
    out
}

/// The value, and how it is put forward where that is not plainly.
fn said(side: &FindingClaim<'_>) -> String {
    match side.how() {
        Some(how) => format!("{} ({how})", side.value),
        None => side.value.to_owned(),
    }
}

/// Text inside a message: brackets would make links, braces placeholders (section 3.11).
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        match c {
            '[' | ']' | '\\' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            c => out.push(c),
        }
    }
    out
}

fn message(text: &str) -> Message {
    Message { text: text.to_owned() }
}

fn location(side: &FindingClaim<'_>, id: Option<usize>) -> Location {
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: artifact(side.path()),
            region: region(side, side.claim.value_span),
            // It has to be greater than the region.
            context_region: region(side, side.claim.span).filter(|_| side.claim.span != side.claim.value_span),
        },
        message: Some(message(&plain(&said(side)))),
    }
}

fn region(side: &FindingClaim<'_>, span: Span) -> Option<Region> {
    let range = side.range(span)?;
    Some(Region {
        start_line: range.start.line,
        start_column: Some(range.start.column),
        end_line: Some(range.end.line),
        end_column: Some(range.end.column),
        snippet: Some(message(&safe(span.of(&side.document.text)))),
    })
}

fn artifact(path: Option<&str>) -> ArtifactLocation {
    match path.map(address) {
        None => ArtifactLocation { uri: None, uri_base_id: None, description: Some(message("standard input")) },
        Some(uri) if uri.starts_with("file:") => {
            ArtifactLocation { uri: Some(uri), uri_base_id: None, description: None }
        }
        Some(uri) => ArtifactLocation { uri: Some(uri), uri_base_id: Some(BASE), description: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::source::Document;
    use serde_json::Value;

    fn render(analysis: &Analysis) -> Value {
        serde_json::from_str(&Sarif.render(analysis, &Style::default())).unwrap()
    }

    #[test]
    fn a_log() {
        let mut analysis = fixture::analysis();
        analysis.findings.truncate(1);
        analysis.spoken.remove(0);
        analysis.findings[0].claims.retain(|&c| c != 5);
        let text = Sarif.render(&analysis, &Style::default());
        insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "[version]"), @r#"
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
          "version": "2.1.0",
          "runs": [
            {
              "tool": {
                "driver": {
                  "name": "belie",
                  "semanticVersion": "[version]",
                  "rules": [
                    {
                      "id": "date-conflict",
                      "shortDescription": {
                        "text": "two days for one event"
                      },
                      "fullDescription": {
                        "text": "an event has one day"
                      },
                      "help": {
                        "text": "two days for one event\n\nan event has one day\n\n`belie explain date-conflict` shows its examples."
                      },
                      "defaultConfiguration": {
                        "level": "error"
                      }
                    }
                  ]
                }
              },
              "invocations": [
                {
                  "executionSuccessful": true,
                  "toolExecutionNotifications": [
                    {
                      "level": "warning",
                      "message": {
                        "text": "is binary, left out"
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "scan.pdf",
                              "uriBaseId": "%SRCROOT%"
                            }
                          }
                        }
                      ]
                    }
                  ]
                }
              ],
              "originalUriBaseIds": {
                "%SRCROOT%": {
                  "description": {
                    "text": "where belie was started"
                  }
                }
              },
              "results": [
                {
                  "ruleId": "date-conflict",
                  "ruleIndex": 0,
                  "level": "error",
                  "message": {
                    "text": "two accounts of opened: see both\n12 May 2021: harbour.txt:1:28\n14 May 2021: [council.txt:1:45](1)\nhelp: find the record that dates it"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "harbour.txt",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 1,
                          "startColumn": 28,
                          "endLine": 1,
                          "endColumn": 39,
                          "snippet": {
                            "text": "12 May 2021"
                          }
                        },
                        "contextRegion": {
                          "startLine": 1,
                          "startColumn": 1,
                          "endLine": 1,
                          "endColumn": 40,
                          "snippet": {
                            "text": "The Alder Bridge opened on 12 May 2021."
                          }
                        }
                      },
                      "message": {
                        "text": "12 May 2021"
                      }
                    }
                  ],
                  "relatedLocations": [
                    {
                      "id": 1,
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "council.txt",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 1,
                          "startColumn": 45,
                          "endLine": 1,
                          "endColumn": 64,
                          "snippet": {
                            "text": "Friday, 14 May 2021"
                          }
                        },
                        "contextRegion": {
                          "startLine": 1,
                          "startColumn": 1,
                          "endLine": 1,
                          "endColumn": 65,
                          "snippet": {
                            "text": "Crowds came when the Alder Bridge opened on Friday, 14 May 2021."
                          }
                        }
                      },
                      "message": {
                        "text": "14 May 2021"
                      }
                    }
                  ],
                  "partialFingerprints": {
                    "belieFinding/v1": "f0",
                    "belieSentences/v1": "ff00"
                  },
                  "suppressions": [],
                  "rank": 95.0,
                  "properties": {
                    "finding": "f0",
                    "relation": "conflict",
                    "status": "new",
                    "subject": "Alder Bridge",
                    "attribute": "opened",
                    "groups": [
                      {
                        "value": "14 May 2021",
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
                        "sources": [
                          "harbour.txt"
                        ],
                        "origins": [
                          "harbour.txt"
                        ]
                      }
                    ],
                    "notes": [
                      "both speak of the Alder Bridge"
                    ],
                    "help": "find the record that dates it"
                  }
                }
              ],
              "columnKind": "unicodeCodePoints",
              "properties": {
                "rulesHash": "abcd",
                "documents": 3,
                "claims": 8
              }
            }
          ]
        }
        "#);
    }

    #[test]
    fn wrapped_text() {
        assert_eq!(unwrapped("one\ntwo\n\nthree\n"), "one two\n\nthree");
    }

    #[test]
    fn settled_findings_are_marked() {
        let mut analysis = fixture::analysis();
        let log = render(&analysis);
        let results = &log["runs"][0]["results"];
        assert_eq!(results[0]["suppressions"], serde_json::json!([]));
        assert!(results[0].get("baselineState").is_none());
        analysis.findings[0].status = Status::Dismissed;
        let log = render(&analysis);
        let results = &log["runs"][0]["results"];
        assert_eq!(results.as_array().unwrap().len(), 2);
        assert_eq!(results[0]["suppressions"][0]["status"], "accepted");
        assert_eq!((&results[0]["baselineState"], &results[1]["baselineState"]), (&"unchanged".into(), &"new".into()));
    }

    #[test]
    fn columns_count_scalars() {
        let mut analysis = fixture::analysis();
        let text = "e\u{301}é😀\u{200f}: 12\n";
        let at = text.find("12").unwrap() as u32;
        analysis.documents[1] = Document::from_text("harbour.txt", text);
        analysis.claims[2].span = Span { start: 0, end: at + 2 };
        analysis.claims[2].value_span = Span { start: at, end: at + 2 };
        let log = render(&analysis);
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let [start, end] = ["startColumn", "endColumn"].map(|key| region[key].as_u64().unwrap());
        // e, its accent, é, a face, the mark, a colon, a space.
        assert_eq!((start, end, &region["snippet"]["text"]), (8, 10, &"12".into()));
    }

    /// A link in a message is one of ours, and leads to a location of the result.
    #[test]
    fn sources_make_no_links() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].message = "[click](https://evil.example) {0} \\".to_owned();
        analysis.findings[0].groups[0].value = "[a](0) ]( [".to_owned();
        let log = render(&analysis);
        let result = &log["runs"][0]["results"][0];
        let text = result["message"]["text"].as_str().unwrap();
        assert!(text.starts_with("\\[click\\](https://evil.example) {{0}} \\\\\n"), "{text}");
        let link = regex::Regex::new(r"(?:^|[^\\])\[((?:[^\[\]\\]|\\.)*)\]\(([^)]*)\)").unwrap();
        let targets: Vec<&str> = link.captures_iter(text).map(|c| c.get(2).unwrap().as_str()).collect();
        assert_eq!(targets, ["1", "2"]);
        let ids: Vec<u64> =
            result["relatedLocations"].as_array().unwrap().iter().map(|l| l["id"].as_u64().unwrap()).collect();
        assert_eq!(ids, [1, 2]);
    }
}
