//! What the rules behind findings say of themselves, for formats that carry it along.

use std::collections::BTreeSet;

use crate::graph::Severity;
use crate::rule::{Head, Rules};

use super::Finding;

/// A rule that speaks in a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Its id.
    pub id: String,
    /// One line.
    pub summary: String,
    /// Why it is there.
    pub why: String,
    /// How loudly it speaks before the configuration and the gates have their say.
    pub severity: Severity,
}

/// The rules that speak in findings, sorted by id, each once.
pub fn spoken(findings: &[Finding], rules: &Rules) -> Vec<Spoken> {
    let heard: BTreeSet<&str> = findings.iter().map(|f| f.rule.as_str()).collect();
    let relate = rules.relate.iter().map(|r| (&r.head, r.severity));
    let check = rules.check.iter().map(|r| (&r.head, r.severity));
    let of = |(head, severity): (&Head, Severity)| Spoken {
        id: head.id.clone(),
        summary: head.summary.clone(),
        why: head.why.clone(),
        severity,
    };
    let mut out: Vec<Spoken> = relate.chain(check).filter(|(h, _)| heard.contains(h.id.as_str())).map(of).collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}
