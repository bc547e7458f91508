//! JUnit XML: a case for each finding and for each check that holds.
//!
//! A case fails exactly when its finding fails the run, so that a CI server shows what the exit code says. One that a
//! person has settled is skipped; any other passes, with what it says as its output.

use std::fmt::Write as _;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::finding::{Analysis, Checked, Finding, Status};

use super::sides::{FindingClaim, sides};
use super::{Format, Style, place, source_place};

/// `--format junit`.
pub(super) struct JUnit;

impl Format for JUnit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn help(&self) -> &'static str {
        "JUnit XML: findings and checks as cases; those fail that fail the run"
    }

    fn render(&self, analysis: &Analysis, style: &Style) -> String {
        let mut report = Report::new("belie");
        let mut findings = TestSuite::new("findings");
        findings.add_test_cases(analysis.findings.iter().map(|f| of_finding(analysis, f, style)));
        let mut checks = TestSuite::new("checks");
        checks.add_test_cases(analysis.checked.iter().map(|c| of_check(analysis, c)));
        report.add_test_suites([findings, checks]);
        // No time stamp and no duration: the same analysis gives the same bytes. Memory takes what it is given.
        let mut text = report.to_string().expect("text goes into memory");
        drop_total_of_skipped(&mut text);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }
}

/// Leaves the number of skipped cases to the suites: at the root the published schemas of Ant, Maven Surefire and
/// Jenkins' xunit plugin have no such attribute, and the plugin refuses a whole report for it.
fn drop_total_of_skipped(text: &mut String) {
    const NAME: &str = " skipped=\"";
    let root = text.find("<testsuites").and_then(|at| Some(at..at + text[at..].find('>')?));
    let from = root.and_then(|root| Some(root.start + text[root.clone()].find(NAME)?));
    if let Some(from) = from
        && let Some(len) = text[from + NAME.len()..].find('"')
    {
        text.replace_range(from..from + NAME.len() + len + 1, "");
    }
}

fn of_finding(analysis: &Analysis, finding: &Finding, style: &Style) -> TestCase {
    let sides = sides(analysis, finding);
    let account = account(finding, &sides);
    let status = match finding.status {
        Status::Accepted | Status::Dismissed | Status::Gone => {
            let mut status = TestCaseStatus::skipped();
            let why = finding.settled.as_ref().map(|s| format!(": {}", safe(&s.words()))).unwrap_or_default();
            status.set_message(format!("{}{why}", finding.status.name()));
            status
        }
        _ if finding.fails(style.fail_on) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(safe(&finding.message)).set_type(finding.severity.name()).set_description(&*account);
            status
        }
        _ => TestCaseStatus::success(),
    };
    let passes = matches!(status, TestCaseStatus::Success { .. });
    // The place stands in the text: the schemas have no attribute for it. The id keeps apart what two findings of one
    // rule say in the same words.
    let mut case = TestCase::new(format!("{} ({})", safe(&finding.message), safe(&finding.id)), status);
    case.set_classname(format!("belie.{}", safe(&finding.rule)));
    if passes {
        case.set_system_out(format!("{}: {account}", finding.severity.name()));
    }
    case
}

fn of_check(analysis: &Analysis, checked: &Checked) -> TestCase {
    let places: Vec<String> =
        checked.claims.iter().filter_map(|&c| place(analysis, c)).map(|p| p.to_string()).collect();
    let name = format!("{} ({})", safe(&checked.message), places.join(", "));
    let mut case = TestCase::new(name, TestCaseStatus::success());
    case.set_classname(format!("belie.{}", safe(&checked.rule)));
    case
}

/// The text, harmless as for a terminal, without the two characters that XML 1.0 forbids beside controls.
fn safe(text: &str) -> String {
    super::safe(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// All sides with places and sentences, then notes and help.
fn account(finding: &Finding, sides: &[FindingClaim<'_>]) -> String {
    let mut out = format!("{}\n", safe(&finding.message));
    for side in sides {
        let how = side.how().map(|how| format!(" ({how})")).unwrap_or_default();
        let _ = writeln!(out, "\n{}{how}", safe(side.value));
        let _ = writeln!(out, "  {}", source_place(side.document, side.claim));
        let _ = writeln!(out, "  {}", safe(side.claim.span.of(&side.document.text)).trim());
    }
    out.push('\n');
    for note in &finding.notes {
        let _ = writeln!(out, "note: {}", safe(note));
    }
    if !finding.help.is_empty() {
        let _ = writeln!(out, "help: {}", safe(&finding.help));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::FailOn;
    use crate::graph::Severity;
    use crate::report::fixture;

    #[test]
    fn cases() {
        let mut analysis = fixture::analysis();
        // The long line of the fixture is shown where excerpts are.
        analysis.findings.truncate(1);
        analysis.findings[0].claims.retain(|&c| c != 5);
        insta::assert_snapshot!(JUnit.render(&analysis, &Style::default()), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="belie" tests="2" failures="1" errors="0">
            <testsuite name="findings" tests="1" skipped="0" errors="0" failures="1">
                <testcase name="two accounts of opened: see both (f0)" classname="belie.date-conflict">
                    <failure message="two accounts of opened: see both" type="error">two accounts of opened: see both

        12 May 2021
          harbour.txt:1:28
          The Alder Bridge opened on 12 May 2021.

        14 May 2021
          council.txt:1:45
          Crowds came when the Alder Bridge opened on Friday, 14 May 2021.

        note: both speak of the Alder Bridge
        help: find the record that dates it
        </failure>
                </testcase>
            </testsuite>
            <testsuite name="checks" tests="1" skipped="0" errors="0" failures="0">
                <testcase name="14 May 2021 is a Friday (council.txt:1:45, harbour.txt:1:28)" classname="belie.weekday-date"/>
            </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn a_case_fails_when_the_run_does() {
        let mut analysis = fixture::analysis();
        let count = |analysis: &Analysis, fail_on, what: &str| {
            JUnit.render(analysis, &Style { fail_on, ..Style::default() }).matches(what).count()
        };
        let on = FailOn::Severity;
        assert_eq!(count(&analysis, FailOn::Never, "<failure"), 0);
        assert_eq!(count(&analysis, on(Severity::Error), "<failure"), 1);
        assert_eq!(count(&analysis, on(Severity::Note), "<failure"), 2);
        analysis.findings[0].status = Status::Accepted;
        assert_eq!(count(&analysis, on(Severity::Error), "<failure"), 0);
        assert_eq!(count(&analysis, on(Severity::Error), "<skipped"), 1);
    }

    #[test]
    fn sources_stay_text() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].message = "]]> </failure><x a=\"'&\u{1b}[31m\u{0}\u{ffff}\u{202e}".to_owned();
        let text = JUnit.render(&analysis, &Style::default());
        let report = Report::deserialize_from_str(&text).unwrap();
        let name = report.test_suites[0].test_cases[0].name.as_str();
        assert!(name.starts_with("]]> </failure><x a=\"'&"), "{name}");
        assert!(!text.contains(['\u{1b}', '\u{0}', '\u{ffff}', '\u{202e}']), "{text}");
        assert!(!text.contains("</failure><x"), "{text}");
    }
}
