//! One line a finding, for editors and `grep`: `path:line:column: severity[rule] message (n sources, m origins,
//! confidence c)`, with its status in the brackets where it is not new.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::finding::{Analysis, Finding, Status, confidence_shown};

use super::tally::counted;
use super::{Format, Style, place, safe};

/// `--format concise`.
pub(super) struct Concise;

impl Format for Concise {
    fn name(&self) -> &'static str {
        "concise"
    }

    fn help(&self) -> &'static str {
        "one line per finding: path:line:column: severity[rule] message"
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        let mut out = String::new();
        for finding in &analysis.findings {
            let sources: BTreeSet<u32> = finding.groups.iter().flat_map(|g| g.sources.iter().copied()).collect();
            let origins: BTreeSet<&str> = finding.groups.iter().flat_map(|g| &g.origins).map(String::as_str).collect();
            if let Some(place) = place(analysis, finding.primary) {
                let _ = write!(out, "{place}: ");
            }
            let _ = writeln!(
                out,
                "{}[{}] {} ({}, {}, confidence {}{})",
                finding.severity.name(),
                safe(&finding.rule),
                safe(&finding.message),
                counted(sources.len(), "source"),
                counted(origins.len(), "origin"),
                confidence_shown(finding.confidence),
                status_suffix(finding),
            );
        }
        out
    }
}

/// Its status where it is not new, with what a person has decided.
fn status_suffix(finding: &Finding) -> String {
    let why = finding.settled.as_ref().filter(|_| !finding.status.is_open());
    match (finding.status, why) {
        (Status::New, _) => String::new(),
        (status, Some(why)) => format!(", {}: {}", status.name(), safe(&why.words())),
        (status, None) => format!(", {}", status.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn lines() {
        insta::assert_snapshot!(Concise.render(&fixture::analysis(), &Style::default()), @"
        council.txt:1:45: error[date-conflict] two accounts of opened: see both (3 sources, 3 origins, confidence 0.95)
        harbour.txt:2:41: note[bound-fits] two accounts of traffic: see both (2 sources, 2 origins, confidence 0.95)
        ");
    }
}
