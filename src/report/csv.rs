//! CSV: a row for each claim of a finding, for spreadsheets.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe. Text is made harmless as for a
//! terminal, so that a row is one line.

use ::csv::Writer;

use crate::finding::{Analysis, Finding, Settled, confidence_shown};

use super::sides::{FindingClaim, sides};
use super::{Format, Style, safe, source_place};

/// `--format csv`.
pub(super) struct Csv;

/// The head of the table. Columns may be added at its end; none changes its meaning.
const HEAD: [&str; 27] = [
    "finding",
    "status",
    "severity",
    "rule",
    "relation",
    "subject",
    "attribute",
    "scope",
    "group",
    "value",
    "outlier",
    "claim",
    "path",
    "line",
    "column",
    "words",
    "sentence",
    "modality",
    "polarity",
    "attributed_to",
    "publisher",
    "published",
    "origin",
    "message",
    "fingerprint",
    "decision",
    "confidence",
];

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn help(&self) -> &'static str {
        "one row for each claim of a finding"
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        let mut writer = Writer::from_writer(Vec::new());
        // Nothing can go wrong: rows are of one length, and memory takes what it is given.
        let mut write = |row: &[String]| writer.write_record(row).expect("rows of one length go into memory");
        write(&HEAD.map(str::to_owned));
        for finding in &analysis.findings {
            for side in sides(analysis, finding) {
                write(&row(analysis, finding, &side).map(|c| cell(&c)));
            }
        }
        let bytes = writer.into_inner().expect("memory takes what it is given");
        String::from_utf8(bytes).expect("cells are text")
    }
}

fn row(analysis: &Analysis, finding: &Finding, side: &FindingClaim<'_>) -> [String; HEAD.len()] {
    let FindingClaim { claim, document, .. } = side;
    let place = source_place(document, claim);
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let scope: Vec<String> = finding.scope.iter().map(|(axis, value)| format!("{axis}: {value}")).collect();
    let outlier = side.group.is_some() && side.group == finding.outlier;
    [
        finding.id.clone(),
        finding.status.name().to_owned(),
        finding.severity.name().to_owned(),
        finding.rule.clone(),
        finding.relation.name().to_owned(),
        or_empty(&finding.subject),
        finding.attribute.clone(),
        scope.join("; "),
        side.group.map(|g| (g + 1).to_string()).unwrap_or_default(),
        side.value.to_owned(),
        if outlier { "yes" } else { "no" }.to_owned(),
        claim.id.clone(),
        place.path,
        place.position.line.to_string(),
        place.position.column.to_string(),
        claim.value_span.of(&document.text).to_owned(),
        claim.span.of(&document.text).to_owned(),
        claim.modality.name().to_owned(),
        claim.polarity.name().to_owned(),
        or_empty(&claim.attributed_to),
        or_empty(&document.publisher),
        document.published.map(|d| d.to_string()).unwrap_or_default(),
        analysis.origins.get(side.source).cloned().unwrap_or_default(),
        finding.message.clone(),
        finding.fingerprint.clone(),
        finding.settled.as_ref().map(Settled::words).unwrap_or_default(),
        confidence_shown(finding.confidence),
    ]
}

/// The text as a cell that is text and nothing else. Some programs trim a cell before they look at it, and some take
/// full-width signs for the narrow ones (OWASP, "CSV injection").
fn cell(text: &str) -> String {
    let text = safe(text);
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let apostrophe = if text.trim_start().starts_with(formula) { "'" } else { "" };
    format!("{apostrophe}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn rows() {
        let mut analysis = fixture::analysis();
        // Without the long line.
        analysis.findings.truncate(1);
        analysis.findings[0].claims.retain(|&c| c != 5);
        insta::assert_snapshot!(Csv.render(&analysis, &Style::default()), @r#"
        finding,status,severity,rule,relation,subject,attribute,scope,group,value,outlier,claim,path,line,column,words,sentence,modality,polarity,attributed_to,publisher,published,origin,message,fingerprint,decision,confidence
        f0,new,error,date-conflict,conflict,Alder Bridge,opened,period: 2021,2,12 May 2021,yes,h0,harbour.txt,1,28,12 May 2021,The Alder Bridge opened on 12 May 2021.,asserted,positive,,,,harbour.txt,two accounts of opened: see both,ff00,,0.95
        f0,new,error,date-conflict,conflict,Alder Bridge,opened,period: 2021,1,14 May 2021,no,c0,council.txt,1,45,"Friday, 14 May 2021","Crowds came when the Alder Bridge opened on Friday, 14 May 2021.",asserted,positive,,The Council,2021-06-01,council.txt,two accounts of opened: see both,ff00,,0.95
        "#);
    }

    #[test]
    fn no_formulas() {
        for evil in ["=1+1", "+1", "-2 °C", "@SUM(A1)", " \t=1", "\r=1", "＝1"] {
            assert!(cell(evil).starts_with('\''), "{evil}");
        }
        assert_eq!(cell("a=b\r\n\u{202e}"), "a=b  \u{fffd}");
    }

    #[test]
    fn a_reader_gets_the_cells_back() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].message = "a \"quoted\", comma'd; =thing".to_owned();
        let text = Csv.render(&analysis, &Style::default());
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let at = head.iter().position(|h| h == "message").unwrap();
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 5);
        assert!(rows.iter().all(|r| r.len() == head.len()));
        assert_eq!(&rows[0][at], analysis.findings[0].message);
    }
}
