//! Workflow commands of GitHub Actions: each finding becomes an annotation on the line of its later side.
//!
//! What a person has settled, and what is gone, is not annotated. A command is one line whatever a source holds: per
//! cent signs and line breaks are escaped, in properties colons and commas as well, as
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions> has it.

use std::fmt::Write as _;

use crate::finding::{Analysis, Finding, Status};
use crate::graph::Severity;

use super::sides::{FindingClaim, sides};
use super::{Format, Style, safe, source_place};

/// `--format github`.
pub(super) struct GitHub;

impl Format for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn help(&self) -> &'static str {
        "annotations of GitHub Actions, on the later side of each finding"
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        let settled = [Status::Accepted, Status::Dismissed, Status::Gone];
        analysis.findings.iter().filter(|f| !settled.contains(&f.status)).map(|f| command(analysis, f)).collect()
    }
}

fn command(analysis: &Analysis, finding: &Finding) -> String {
    let sides = sides(analysis, finding);
    let mut out = match finding.severity {
        Severity::Error => "::error ",
        Severity::Warning => "::warning ",
        Severity::Note => "::notice ",
    }
    .to_owned();
    if let Some(anchor) = sides.first() {
        place(&mut out, anchor);
    }
    let _ = writeln!(out, "title=belie {}::{}", property(&finding.rule), escaped(&message(finding, &sides)));
    out
}

/// `file=…,line=…,col=…,`: columns of an annotation are those of its first line, so that one over several lines has none.
fn place(out: &mut String, side: &FindingClaim<'_>) {
    let Some(path) = side.path() else { return };
    let _ = write!(out, "file={},", property(path));
    let Some(range) = side.range(side.claim.value_span) else { return };
    let (start, end) = (range.start, range.end);
    let _ = write!(out, "line={},", start.line);
    if end.line == start.line {
        let _ = write!(out, "endLine={},col={},endColumn={},", end.line, start.column, end.column);
    } else {
        let _ = write!(out, "endLine={},", end.line);
    }
}

/// What is said, then each side with its place, then what to do.
fn message(finding: &Finding, sides: &[FindingClaim<'_>]) -> String {
    let mut out = safe(&finding.message).into_owned();
    for side in sides {
        let how = side.how().map(|how| format!(" ({how})")).unwrap_or_default();
        let _ = write!(out, "\n{}{how}: {}", safe(side.value), source_place(side.document, side.claim));
    }
    if !finding.help.is_empty() {
        let _ = write!(out, "\nhelp: {}", safe(&finding.help));
    }
    out
}

/// The text as message of a command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The text as property of a command. A path keeps all letters, whatever way they run: it has to be found.
fn property(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    escaped(&shown).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn commands() {
        insta::assert_snapshot!(GitHub.render(&fixture::analysis(), &Style::default()), @r#"
        ::error file=harbour.txt,line=1,endLine=1,col=28,endColumn=39,title=belie date-conflict::two accounts of opened: see both%0A12 May 2021: harbour.txt:1:28%0A14 May 2021: council.txt:1:45%0A14 May 2021: letters.md:1:621%0Ahelp: find the record that dates it
        ::notice file=harbour.txt,line=2,endLine=2,col=41,endColumn=46,title=belie bound-fits::two accounts of traffic: see both%0Anearly 3,000: harbour.txt:2:41%0Aat least 2,900 (according to a reader): letters.md:1:1239%0Ahelp: find the record that dates it
        "#);
    }

    #[test]
    fn settled_findings_are_not_annotated() {
        for status in [Status::Accepted, Status::Dismissed, Status::Gone] {
            let mut analysis = fixture::analysis();
            analysis.findings[0].status = status;
            let text = GitHub.render(&analysis, &Style::default());
            assert_eq!(text.lines().count(), 1, "{text}");
            assert!(text.starts_with("::notice "), "{text}");
        }
    }

    #[test]
    fn one_line_each() {
        assert_eq!(escaped("100%\r\n::error::x,y"), "100%25%0D%0A::error::x,y");
        assert_eq!(property("a:b,c%0A\n.txt"), "a%3Ab%2Cc%250A\u{fffd}.txt");
    }
}
