//! What one run found, as it is kept: the wire types of `belie-snapshot/1`.
//!
//! One source, claim or finding a line, each list sorted by id, and nothing that moves when a sentence does: no
//! offsets, no lines, no clock. So version control shows what has changed, and no more than that.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::claim::Claim as Said;
use crate::compare::shown;
use crate::finding::{Analysis, Finding as Found};
use crate::graph::{Chains, Relation, Severity};
use crate::rule::{Fault, RuleFile, Vocabulary};
use crate::text::{json_line, parser_words};

/// The name and version of the format.
pub const FORMAT: &str = "belie-snapshot/1";

/// A run as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Always [`FORMAT`].
    pub format: String,
    /// SHA-256 over all rules that were in force.
    pub rules_hash: String,
    /// The sources, by id.
    pub sources: Vec<Source>,
    /// The claims, by source and id; boilerplate is left out.
    pub claims: Vec<Claim>,
    /// The findings, by id.
    pub findings: Vec<Finding>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// SHA-256 of its bytes in hex.
    pub sha256: String,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its id: stable while its sentence is.
    pub id: String,
    /// Id of its source.
    pub source: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What of it.
    pub attribute: String,
    /// What is said, as a reader would write it.
    pub value: String,
    /// How it stands to the other claims.
    pub footing: Footing,
}

/// How a claim stands to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Footing {
    /// Nobody else says it.
    Alone,
    /// A source of another origin says the same, in the same or in other words.
    Corroborated,
    /// It stands on one side of a conflict.
    Disputed,
}

impl Footing {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Footing::Alone => "alone",
            Footing::Corroborated => "corroborated",
            Footing::Disputed => "disputed",
        }
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Its id.
    pub id: String,
    /// Id of the rule that speaks.
    pub rule: String,
    /// How loudly.
    #[serde(serialize_with = "severity", deserialize_with = "word")]
    pub severity: Severity,
    /// What it says of its groups.
    #[serde(serialize_with = "relation", deserialize_with = "word")]
    pub relation: Relation,
    /// Common subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Common attribute.
    pub attribute: String,
    /// Its line.
    pub message: String,
    /// Hash of all members' sentences.
    pub fingerprint: String,
    /// Its values.
    pub groups: Vec<Group>,
    /// Ids of all its claims, sorted.
    pub claims: Vec<String>,
}

/// Claims that say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The value.
    pub value: String,
    /// Ids of its claims.
    pub claims: Vec<String>,
}

fn severity<S: Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.name())
}

fn relation<S: Serializer>(relation: &Relation, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(relation.name())
}

/// A word of a closed set.
fn word<'de, V: Vocabulary, D: Deserializer<'de>>(from: D) -> Result<V, D::Error> {
    let word = String::deserialize(from)?;
    V::read(&word).ok_or_else(|| serde::de::Error::custom(format!("unknown {} `{word}`", V::WHAT)))
}

/// As much of a file as tells whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
}

impl Snapshot {
    /// What a run found.
    pub fn new(analysis: &Analysis) -> Snapshot {
        let footings = footings(analysis);
        let id = |claim: u32| analysis.claims.get(claim as usize).map(|c| c.id.clone()).unwrap_or_default();
        let mut sources: Vec<Source> =
            analysis.documents.iter().map(|d| Source { id: d.id.clone(), sha256: d.sha256.clone() }).collect();
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        let kept = analysis.claims.iter().zip(footings).filter(|(claim, _)| !claim.noise);
        let mut claims: Vec<Claim> = kept.filter_map(|(c, footing)| claim(analysis, c, footing)).collect();
        claims.sort_by(|a, b| (&a.source, &a.id).cmp(&(&b.source, &b.id)));
        let mut findings: Vec<Finding> = analysis.findings.iter().map(|f| finding(f, id)).collect();
        findings.sort_by(|a, b| a.id.cmp(&b.id));
        Snapshot { format: FORMAT.to_owned(), rules_hash: analysis.rules_hash.clone(), sources, claims, findings }
    }

    /// Reads the text of a file; `shown` is its path in messages.
    ///
    /// # Errors
    /// When it is no JSON, of another format or version, or not shaped as this version is; with the place.
    pub fn parse(text: &str, shown: &str) -> Result<Snapshot, Fault> {
        let fault = |error: &serde_json::Error| {
            let words = error.to_string();
            let message = parser_words(words.split(" at line ").next().unwrap_or(&words));
            let file = RuleFile { path: shown.to_owned(), below: shown.to_owned(), text: text.into(), layer: 0 };
            let at = offset(text, error.line(), error.column());
            Fault::at(&file, at..at + 1, format!("not a snapshot: {message}"))
                .with_help("restore it from version control, or write it again: belie snapshot --accept")
        };
        let head: Head = serde_json::from_str(text).map_err(|e| fault(&e))?;
        match head.format.as_deref() {
            Some(FORMAT) => serde_json::from_str(text).map_err(|e| fault(&e)),
            Some(other) => {
                let message =
                    format!("the snapshot has the format `{other}`; this version of belie reads and writes `{FORMAT}`");
                let help = "use the version of belie that wrote it, or write it again: belie snapshot --accept";
                Err(Fault::of_path(shown, message).with_help(help))
            }
            None => {
                let message = format!("not a snapshot: it does not say that its format is `{FORMAT}`");
                Err(Fault::of_path(shown, message))
            }
        }
    }

    /// The text of the file: one source, claim or finding a line.
    pub fn render(&self) -> String {
        let mut out = format!("{{\n  \"format\": {},\n", line(&self.format));
        out.push_str(&format!("  \"rules_hash\": {},\n", line(&self.rules_hash)));
        list(&mut out, "sources", &self.sources);
        out.push_str(",\n");
        list(&mut out, "claims", &self.claims);
        out.push_str(",\n");
        list(&mut out, "findings", &self.findings);
        out.push_str("\n}\n");
        out
    }
}

fn line(value: &impl Serialize) -> String {
    json_line(value)
}

fn list(out: &mut String, name: &str, items: &[impl Serialize]) {
    out.push_str(&format!("  \"{name}\": ["));
    for (at, item) in items.iter().enumerate() {
        out.push_str(if at == 0 { "\n    " } else { ",\n    " });
        out.push_str(&line(item));
    }
    out.push_str(if items.is_empty() { "]" } else { "\n  ]" });
}

/// The byte of a line and column, both from 1, as serde_json counts them.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

fn claim(analysis: &Analysis, claim: &Said, footing: Footing) -> Option<Claim> {
    Some(Claim {
        id: claim.id.clone(),
        source: analysis.documents.get(claim.source as usize)?.id.clone(),
        subject: claim.subject.as_ref().map(|s| s.name.clone()),
        attribute: claim.attribute.clone(),
        value: shown(&claim.value),
        footing,
    })
}

fn finding(finding: &Found, id: impl Fn(u32) -> String) -> Finding {
    let ids = |claims: &[u32]| {
        let mut ids: Vec<String> = claims.iter().map(|&c| id(c)).collect();
        ids.sort();
        ids
    };
    Finding {
        id: finding.id.clone(),
        rule: finding.rule.clone(),
        severity: finding.severity,
        relation: finding.relation,
        subject: finding.subject.clone(),
        attribute: finding.attribute.clone(),
        message: finding.message.clone(),
        fingerprint: finding.fingerprint.clone(),
        groups: finding.groups.iter().map(|g| Group { value: g.value.clone(), claims: ids(&g.claims) }).collect(),
        claims: ids(&finding.claims),
    }
}

/// Whether a relation sets its groups against each other.
pub(super) fn disputes(relation: Relation) -> bool {
    matches!(relation, Relation::Conflict | Relation::DerivedConflict)
}

/// How each claim stands. Linear in claims and links, but for sorting.
fn footings(analysis: &Analysis) -> Vec<Footing> {
    let n = analysis.claims.len();
    let inside = analysis.links.iter().filter(|l| (l.a as usize) < n && (l.b as usize) < n);
    let links: Vec<_> = inside.cloned().collect();
    let chains = Chains::new(n, &links);
    let origin = |claim: u32| {
        let source = analysis.claims.get(claim as usize).map_or(usize::MAX, |c| c.source as usize);
        analysis.origins.get(source).map_or("", String::as_str)
    };
    let mut behind: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for claim in 0..n as u32 {
        behind.entry(chains.of(claim)).or_default().insert(origin(claim));
    }
    let own = behind.clone();
    for link in &links {
        if matches!(
            link.relation,
            Relation::Compatible | Relation::Refines | Relation::QuoteVariant | Relation::QuoteTruncated
        ) {
            let (a, b) = (chains.of(link.a), chains.of(link.b));
            for (to, from) in [(a, b), (b, a)] {
                if let (Some(set), Some(more)) = (behind.get_mut(&to), own.get(&from)) {
                    set.extend(more);
                }
            }
        }
    }
    let mut out: Vec<Footing> = (0..n as u32)
        .map(|claim| {
            let others = behind.get(&chains.of(claim)).is_some_and(|all| all.iter().any(|o| *o != origin(claim)));
            if others { Footing::Corroborated } else { Footing::Alone }
        })
        .collect();
    for finding in analysis.findings.iter().filter(|f| disputes(f.relation)) {
        for &claim in &finding.claims {
            if let Some(footing) = out.get_mut(claim as usize) {
                *footing = Footing::Disputed;
            }
        }
    }
    out
}
