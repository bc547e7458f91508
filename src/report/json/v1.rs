//! The wire types of `belie-report/1`; `fill.rs` fills them.
//!
//! A document of basis `file` has its spans counted in the bytes of the file, one of basis `extracted` in the
//! extracted text. Lists keep the order of the analysis; maps are sorted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// The name and version of the format.
pub const FORMAT: &str = "belie-report/1";

/// A whole report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// Always `belie-report/1`.
    pub format: &'static str,
    /// The configuration that was read; null when there was none.
    pub config: Option<Config>,
    /// SHA-256 over all rules in force.
    pub rules_hash: String,
    /// The documents, sorted by id.
    pub sources: Vec<Source>,
    /// The claims, in order of source and place.
    pub claims: Vec<Claim>,
    /// Links between claims. Agreement is a star; a conflict of two groups is one relation.
    pub relations: Vec<Relation>,
    /// One card an incident, loudest first; then what only the snapshot has, with status `gone` and claims that need not
    /// stand in `claims`.
    pub findings: Vec<Finding>,
    /// Consistency constraints that were evaluated and hold.
    pub checked: Vec<Checked>,
    /// The denominators.
    pub coverage: Coverage,
    /// What went wrong with inputs.
    pub problems: Vec<Problem>,
}

/// A configuration file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Config {
    /// Its path as given or discovered.
    pub path: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// A document and what is known of its publication.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Source {
    /// Path relative to the argument's root, `/`-separated.
    pub id: String,
    /// Path as shown to users.
    pub path: String,
    /// Name of the reader.
    pub format: String,
    /// `file`: spans are bytes of the file. `extracted`: of the extracted text, whose hash is `sha256`.
    pub basis: &'static str,
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication, ISO 8601.
    pub published: Option<String>,
    /// Date of the last change, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// Authors in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language, where known.
    pub language: Option<String>,
    /// Where the document or the configuration states these, by key: `front matter`, `meta article:published_time`, `dc:creator`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stated_in: BTreeMap<String, String>,
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Name of the origin that stands behind it.
    pub origin: String,
}

/// Bytes from `start` up to and without `end`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}

/// Words that a claim rests on beside its value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ContextSpan {
    /// What they do: `subject`, `object`, `attribution`, `time`, `modality`.
    pub role: &'static str,
    /// First byte.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}

/// A claim.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Claim {
    /// Stable while its sentence is.
    pub id: String,
    /// Id of its source.
    pub source: String,
    /// The sentence, item or cell that carries it.
    pub span: Span,
    /// Exactly the words of the value.
    pub value_span: Span,
    /// Other words it rests on.
    pub context_spans: Vec<ContextSpan>,
    /// Line of `value_span`, from 1.
    pub line: u32,
    /// Column of `value_span` in Unicode scalars, from 1.
    pub column: u32,
    /// Page of `value_span`, from 1, of a document that has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The words under `span`.
    pub text: String,
    /// Open set: money, percent, count, role, quote …
    pub kind: String,
    /// Closed set: money, number, percent, multiple, ratio, duration, date, measure, text, quote.
    pub shape: &'static str,
    /// What it is about, with its instance; null when the text does not tell.
    pub subject: Option<String>,
    /// What of the subject.
    pub attribute: String,
    /// What is said.
    pub value: Value,
    /// When it held, in EDTF, where the text says so.
    pub as_of: Option<String>,
    /// Known qualifiers by axis.
    pub scope: BTreeMap<String, String>,
    /// How it is put forward: asserted, reported, hedged, opinion, future, conditional, negated.
    pub modality: &'static str,
    /// `positive` or `negative`.
    pub polarity: &'static str,
    /// Who the text says is speaking; null is the document's own voice.
    pub attributed_to: Option<String>,
    /// Id of the extracting rule.
    pub rule: String,
    /// Whether it stands in boilerplate: never linked.
    pub noise: bool,
}

/// A value: a number or a range with unit, a date, or words.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Value {
    /// The number, in plain decimal, in `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<serde_json::Number>,
    /// Lower end of a stated range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<serde_json::Number>,
    /// Upper end of a stated range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<serde_json::Number>,
    /// Lower end of what a range or a one-sided bound allows; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<serde_json::Number>,
    /// Upper end; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<serde_json::Number>,
    /// Whether `low` itself is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_open: Option<bool>,
    /// Whether `high` itself is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high_open: Option<bool>,
    /// One unit of the last printed digit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<serde_json::Number>,
    /// Canonical unit; an ISO code for money; empty for a bare number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// A date or a part of one, in EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<String>,
    /// The weekday named beside the date or in its place, in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<&'static str>,
    /// exact, approx, nearly, at_least, at_most, more_than, less_than, range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<&'static str>,
    /// The least words that carry the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A link between two claims.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Relation {
    /// Hash of both claims, type and rule.
    pub id: String,
    /// agree, compatible, refines, updates, conflict, unresolved, quote-match, quote-variant, quote-truncated,
    /// derived-consistent, derived-conflict, same-origin.
    #[serde(rename = "type")]
    pub relation: &'static str,
    /// Id of the first claim.
    pub a: String,
    /// Id of the second claim: the finer, later or shorter one where that matters.
    pub b: String,
    /// Ids of further claims it rests on.
    pub also: Vec<String>,
    /// Id of the rule.
    pub rule: String,
    /// Why.
    pub grounds: Grounds,
}

/// Why a link was drawn.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Grounds {
    /// The gates, in order.
    pub gates: Vec<Gate>,
    /// The comparator, or the formula.
    pub comparator: String,
    /// What it found.
    pub because: String,
    /// What was missing for a verdict.
    pub missing: Vec<String>,
}

/// One gate.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Gate {
    /// entity, attribute, unit, scope, time, modality, value.
    pub gate: &'static str,
    /// same, unknown, different.
    pub verdict: &'static str,
    /// What it saw on the first side.
    pub a: String,
    /// What it saw on the second side.
    pub b: String,
    /// Why it said so.
    pub basis: String,
}

/// One incident.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Finding {
    /// Hash of the rule and its earliest opposing pair.
    pub id: String,
    /// Id of the rule.
    pub rule: String,
    /// error, warning, note.
    pub severity: &'static str,
    /// The relation of its groups.
    pub relation: &'static str,
    /// How sure it is, from 0 to 1; missing for what is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Common subject.
    pub subject: Option<String>,
    /// Common attribute.
    pub attribute: String,
    /// Common known scope.
    pub scope: BTreeMap<String, String>,
    /// Common date, in EDTF.
    pub as_of: Option<String>,
    /// Ids of all its claims.
    pub claims: Vec<String>,
    /// Id of the claim that is shown first.
    pub primary: String,
    /// Index into `groups` of the one that stands alone against several origins.
    pub outlier: Option<usize>,
    /// The values, largest group first.
    pub groups: Vec<Group>,
    /// One line.
    pub message: String,
    /// Why the claims are comparable.
    pub notes: Vec<String>,
    /// What to do.
    pub help: String,
    /// Hash of all members' sentences.
    pub fingerprint: String,
    /// new, changed, known, accepted, dismissed, gone. Without a snapshot and decisions all are new.
    pub status: &'static str,
    /// What a person has decided on it, also where that has ended since; missing where nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// A decision on a finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Decision {
    /// Why.
    pub reason: String,
    /// Who decided.
    pub author: Option<String>,
    /// When, as 2032-01-31.
    pub date: Option<String>,
    /// The last day on which it holds.
    pub until: Option<String>,
}

/// Claims that say the same.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Group {
    /// The value as a reader would write it.
    pub value: String,
    /// Ids of its claims.
    pub claims: Vec<String>,
    /// Ids of their sources.
    pub sources: Vec<String>,
    /// Names of the independent origins behind them.
    pub origins: Vec<String>,
}

/// A consistency constraint that holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Checked {
    /// Id of the check.
    pub rule: String,
    /// Ids of the claims it rests on.
    pub claims: Vec<String>,
    /// What holds.
    pub message: String,
}

/// What was looked at, and what was not.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Coverage {
    /// Documents read.
    pub documents: usize,
    /// Documents refused, with the reason.
    pub refused: Vec<Refused>,
    /// Claims, boilerplate left out.
    pub claims: usize,
    /// Pairs of clusters that shared a block.
    pub pairs_considered: usize,
    /// How many of them each gate stopped.
    pub stopped_by: BTreeMap<&'static str, usize>,
    /// Pairs that reached the comparator.
    pub pairs_compared: usize,
    /// Pairs left unresolved.
    pub unresolved: usize,
    /// Blocks that were compared in part.
    pub capped: Vec<Capped>,
    /// Rules loaded and run.
    pub rules_run: usize,
    /// Consistency constraints that could not be decided.
    pub not_checked: Vec<NotChecked>,
}

/// A document that was refused.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Refused {
    /// Its path.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A block that was compared in part.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Capped {
    /// Its key.
    pub block: String,
    /// Clusters in it: claims that are equal in everything count once.
    pub cells: usize,
    /// Clusters compared.
    pub compared: usize,
}

/// A consistency constraint that could not be decided.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NotChecked {
    /// Id of the check.
    pub rule: String,
    /// Ids of the claims it would have rested on.
    pub claims: Vec<String>,
    /// Why it was refused.
    pub reason: String,
}

/// Something that went wrong with an input.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Problem {
    /// error, warning, note.
    pub level: String,
    /// The input.
    pub path: String,
    /// Line, where one is to blame.
    pub line: Option<u32>,
    /// What happened and what was done.
    pub message: String,
}
