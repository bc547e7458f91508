//! From an analysis to the wire types: indices become ids, spans become places in the file.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::claim::{self, Place, source_place};
use crate::finding::{self, Analysis};
use crate::graph;
use crate::source::{Basis, Document};
use crate::text;
use crate::value::weekday_name;
use crate::value::{Bound, Quantity, TimeValue};

use super::v1::{
    Capped, Checked, Claim, Config, ContextSpan, Coverage, Decision, FORMAT, Finding, Gate, Grounds, Group, NotChecked,
    Problem, Refused, Relation, Report, Source, Span, Value,
};

impl Report {
    /// Fills the wire types.
    pub fn new(analysis: &Analysis) -> Report {
        let ids = Ids { analysis };
        Report {
            format: FORMAT,
            config: analysis.config.clone().map(|(path, sha256)| Config { path, sha256 }),
            rules_hash: analysis.rules_hash.clone(),
            sources: analysis
                .documents
                .iter()
                .enumerate()
                .map(|(i, d)| Source::new(d, analysis.origins.get(i).map_or("", String::as_str)))
                .collect(),
            claims: analysis
                .claims
                .iter()
                .filter_map(|c| Some(Claim::new(c, analysis.documents.get(c.source as usize)?)))
                .collect(),
            relations: analysis.links.iter().map(|l| Relation::new(l, ids)).collect(),
            findings: analysis
                .findings
                .iter()
                .map(|f| Finding::new(f, ids))
                .chain(analysis.gone.iter().map(Finding::gone))
                .collect(),
            checked: analysis
                .checked
                .iter()
                .map(|c| Checked { rule: c.rule.clone(), claims: ids.claims(&c.claims), message: c.message.clone() })
                .collect(),
            coverage: Coverage::new(&analysis.coverage, ids),
            problems: analysis.problems.iter().map(Problem::new).collect(),
        }
    }
}

/// From indices to ids.
#[derive(Clone, Copy)]
pub(super) struct Ids<'a> {
    pub(super) analysis: &'a Analysis,
}

impl Ids<'_> {
    fn claim(self, index: u32) -> String {
        self.analysis.claims.get(index as usize).map(|c| c.id.clone()).unwrap_or_default()
    }

    fn claims(self, indices: &[u32]) -> Vec<String> {
        indices.iter().map(|&i| self.claim(i)).collect()
    }

    fn sources(self, indices: &[u32]) -> Vec<String> {
        indices.iter().filter_map(|&i| self.analysis.documents.get(i as usize)).map(|d| d.id.clone()).collect()
    }
}

impl Source {
    fn new(document: &Document, origin: &str) -> Source {
        Source {
            id: document.id.clone(),
            path: document.path.clone(),
            format: document.format.to_owned(),
            basis: match document.basis {
                Basis::File => "file",
                Basis::Extracted => "extracted",
            },
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            published: document.published.map(|d| d.to_string()),
            modified: document.modified.map(|d| d.to_string()),
            authors: document.authors.clone(),
            url: document.url.clone(),
            language: document.language.clone(),
            stated_in: document.stated_in.iter().map(|(key, place)| ((*key).to_owned(), place.clone())).collect(),
            bytes: document.bytes,
            sha256: document.sha256.clone(),
            origin: origin.to_owned(),
        }
    }
}

impl Span {
    /// The span as reports count it: in bytes of the file where the text is the file's.
    pub fn new(span: text::Span, document: &Document) -> Span {
        let text::Span { start, end } = document.report_span(span);
        Span { start: start.into(), end: end.into() }
    }
}

impl Claim {
    /// Fills one claim; also what a line of `belie claims` holds.
    pub fn new(claim: &claim::Claim, document: &Document) -> Claim {
        let Place { position, page, .. } = source_place(document, claim);
        Claim {
            id: claim.id.clone(),
            source: document.id.clone(),
            span: Span::new(claim.span, document),
            value_span: Span::new(claim.value_span, document),
            context_spans: claim
                .context_spans
                .iter()
                .map(|&(role, span)| {
                    let Span { start, end } = Span::new(span, document);
                    ContextSpan { role: role.name(), start, end }
                })
                .collect(),
            line: position.line,
            column: position.column,
            page,
            text: claim.span.of(&document.text).to_owned(),
            kind: claim.kind.to_string(),
            shape: claim.shape.name(),
            subject: claim.subject.as_ref().map(subject_words),
            attribute: claim.attribute.clone(),
            value: Value::new(&claim.value),
            as_of: claim.as_of.as_ref().map(|t| t.edtf.clone()),
            scope: claim.scope.clone(),
            modality: claim.modality.name(),
            polarity: claim.polarity.name(),
            attributed_to: claim.attributed_to.clone(),
            rule: claim.rule.clone(),
            noise: claim.noise,
        }
    }
}

/// The subject's name, with its instance in brackets where the name does not say it already: the instance is part of
/// what the claim is about.
fn subject_words(subject: &claim::Subject) -> String {
    match &subject.instance {
        Some(instance) if !subject.name.ends_with(instance.as_str()) => format!("{} ({instance})", subject.name),
        _ => subject.name.clone(),
    }
}

impl Value {
    /// Fills a value; also what `belie mentions` prints.
    pub fn new(value: &crate::value::Value) -> Value {
        match value {
            crate::value::Value::Quantity(quantity) => Value::quantity(quantity),
            crate::value::Value::Time(time) => Value::time(time),
            crate::value::Value::Text(text) => Value { text: Some(text.clone()), ..Value::default() },
        }
    }

    /// A quantity; a range and a one-sided bound say their ends as well.
    pub fn quantity(quantity: &Quantity) -> Value {
        let n = quantity.number.map(number);
        let (low, high) = match quantity.bound {
            Bound::AtLeast | Bound::MoreThan => (n.clone(), None),
            Bound::AtMost | Bound::LessThan => (None, n.clone()),
            _ => (quantity.min.map(number), quantity.max.map(number)),
        };
        Value {
            number: n,
            min: quantity.min.map(number),
            max: quantity.max.map(number),
            low_open: low.as_ref().map(|_| quantity.bound == Bound::MoreThan),
            high_open: high.as_ref().map(|_| quantity.bound == Bound::LessThan),
            low,
            high,
            step: Some(number(quantity.step)),
            unit: Some(quantity.unit.name.to_string()),
            bound: Some(quantity.bound.name()),
            ..Value::default()
        }
    }

    /// A number that is no amount: without unit, bound and precision.
    pub fn number(decimal: Decimal) -> Value {
        Value { number: Some(number(decimal)), ..Value::default() }
    }

    /// A date or a part of one.
    pub fn time(time: &TimeValue) -> Value {
        Value {
            edtf: (!time.edtf.is_empty()).then(|| time.edtf.clone()),
            weekday: time.weekday.map(weekday_name),
            bound: Some(time.bound.name()),
            ..Value::default()
        }
    }
}

/// The decimal with exactly its own digits; trailing zeros after the point go.
fn number(decimal: Decimal) -> serde_json::Number {
    let decimal = decimal.normalize();
    if decimal.scale() == 0
        && let Ok(whole) = i64::try_from(decimal.mantissa())
    {
        return whole.into();
    }
    // A decimal prints as digits with at most one point, which is JSON's own grammar.
    decimal.to_string().parse().expect("a decimal is a JSON number")
}

impl Relation {
    pub(super) fn new(link: &graph::Link, ids: Ids<'_>) -> Relation {
        Relation {
            id: link.id.clone(),
            relation: link.relation.name(),
            a: ids.claim(link.a),
            b: ids.claim(link.b),
            also: ids.claims(&link.also),
            rule: link.rule.clone(),
            grounds: Grounds::new(&link.grounds),
        }
    }
}

impl Grounds {
    /// Fills the grounds of a link.
    pub fn new(grounds: &graph::Grounds) -> Grounds {
        Grounds {
            gates: grounds
                .gates
                .iter()
                .map(|g| Gate {
                    gate: g.gate.name(),
                    verdict: g.verdict.name(),
                    a: g.a.clone(),
                    b: g.b.clone(),
                    basis: g.basis.clone(),
                })
                .collect(),
            comparator: grounds.comparator.clone(),
            because: grounds.because.clone(),
            missing: grounds.missing.clone(),
        }
    }
}

impl Finding {
    fn new(finding: &finding::Finding, ids: Ids<'_>) -> Finding {
        Finding {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            severity: finding.severity.name(),
            relation: finding.relation.name(),
            confidence: Some(f64::from(finding.confidence) / 1000.0),
            subject: finding.subject.clone(),
            attribute: finding.attribute.clone(),
            scope: finding.scope.clone(),
            as_of: finding.as_of.clone(),
            claims: ids.claims(&finding.claims),
            primary: ids.claim(finding.primary),
            outlier: finding.outlier,
            groups: finding
                .groups
                .iter()
                .map(|g| Group {
                    value: g.value.clone(),
                    claims: ids.claims(&g.claims),
                    sources: ids.sources(&g.sources),
                    origins: g.origins.clone(),
                })
                .collect(),
            message: finding.message.clone(),
            notes: finding.notes.clone(),
            help: finding.help.clone(),
            fingerprint: finding.fingerprint.clone(),
            status: finding.status.name(),
            decision: finding.settled.as_ref().map(|s| Decision {
                reason: s.reason.clone(),
                author: Some(s.author.clone()).filter(|a| !a.is_empty()),
                date: s.date.map(|d| d.to_string()),
                until: s.until.map(|d| d.to_string()),
            }),
        }
    }
}

impl Finding {
    /// A finding that only the snapshot has; its claims go by the ids that they had.
    fn gone(gone: &finding::Gone) -> Finding {
        let claims: BTreeSet<&String> = gone.groups.iter().flat_map(|(_, claims, _)| claims).collect();
        Finding {
            id: gone.id.clone(),
            rule: gone.rule.clone(),
            severity: gone.severity.name(),
            relation: gone.relation.name(),
            confidence: None,
            subject: gone.subject.clone(),
            attribute: gone.attribute.clone(),
            scope: BTreeMap::new(),
            as_of: None,
            primary: claims.first().map(|id| (*id).clone()).unwrap_or_default(),
            claims: claims.into_iter().cloned().collect(),
            outlier: None,
            groups: gone
                .groups
                .iter()
                .map(|(value, claims, sources)| Group {
                    value: value.clone(),
                    claims: claims.clone(),
                    sources: sources.clone(),
                    origins: Vec::new(),
                })
                .collect(),
            message: gone.message.clone(),
            notes: Vec::new(),
            help: String::new(),
            fingerprint: gone.fingerprint.clone(),
            status: finding::Status::Gone.name(),
            decision: None,
        }
    }
}

impl Coverage {
    fn new(coverage: &finding::Coverage, ids: Ids<'_>) -> Coverage {
        let refused = |(path, reason): &(String, String)| Refused { path: path.clone(), reason: reason.clone() };
        let capped = |c: &finding::Capped| Capped { block: c.block.clone(), cells: c.clusters, compared: c.compared };
        let not_checked = |n: &finding::NotChecked| NotChecked {
            rule: n.rule.clone(),
            claims: ids.claims(&n.claims),
            reason: n.reason.clone(),
        };
        Coverage {
            documents: coverage.documents,
            refused: coverage.refused.iter().map(refused).collect(),
            claims: coverage.claims,
            pairs_considered: coverage.pairs_considered,
            stopped_by: coverage.stopped_by.iter().map(|(g, n)| (g.name(), *n)).collect(),
            pairs_compared: coverage.pairs_compared,
            unresolved: coverage.unresolved,
            capped: coverage.capped.iter().map(capped).collect(),
            rules_run: coverage.rules_run,
            not_checked: coverage.not_checked.iter().map(not_checked).collect(),
        }
    }
}

impl Problem {
    fn new(problem: &crate::problem::Problem) -> Problem {
        Problem {
            level: problem.level.to_string(),
            path: problem.path.clone(),
            line: problem.line,
            message: problem.message.clone(),
        }
    }
}
