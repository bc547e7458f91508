//! JSON lines: one claim a line, as in `claims` of the json format.

use crate::finding::Analysis;
use crate::text::json_line;

use super::json::v1;
use super::{Format, Style};

/// `--format jsonl`.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn help(&self) -> &'static str {
        "one claim per line, as JSON"
    }

    fn shows_claims(&self) -> bool {
        true
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        let mut out = String::new();
        for claim in v1::Report::new(analysis).claims {
            out.push_str(&json_line(&claim));
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_line_a_claim() {
        let analysis = fixture::analysis();
        let text = JsonLines.render(&analysis, &Style::default());
        assert_eq!(text.lines().count(), analysis.claims.len());
        for line in text.lines() {
            let claim: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(claim["value_span"]["start"].is_u64());
        }
    }
}
