//! Reports: an analysis becomes text in one of several formats.
//!
//! Comes in: an [`Analysis`] and a [`Style`]. Goes out: a string of whole lines, the same for the same analysis
//! and style. Nothing here reads a file, writes one, looks at the terminal or decides an exit code, and no
//! format decides what is a finding: what stands in the analysis is what is shown.
//!
//! A new format is a file here (or a folder, where the format has versions), its `mod` line, and its row in [`FORMATS`].

use crate::finding::Analysis;

mod claimreview;
mod concise;
mod csv;
mod github;
mod html;
pub mod json;
mod json_schema;
mod jsonl;
mod junit;
mod markdown;
mod sarif;
mod sides;
mod style;
mod table;
mod tally;
mod terminal;
mod underline;
mod verdict;

#[cfg(test)]
pub(crate) mod fixture;

pub use crate::claim::{Place, source_place};
pub use crate::text::safe;
pub use style::Style;
pub use tally::{SourceRow, Tally, counted};
pub use terminal::{card, evidence, grounds, parts};
pub use underline::{Marked, underlined};
pub use verdict::VerdictFormat;

/// The place of a claim's value. `None` when the claim's index or its document's is out of range, which no analysis
/// brings about.
pub fn place(analysis: &Analysis, claim: u32) -> Option<Place> {
    let claim = analysis.claims.get(claim as usize)?;
    Some(source_place(analysis.documents.get(claim.source as usize)?, claim))
}

/// A way to print an analysis.
pub trait Format: Sync {
    /// The name that `--format` takes.
    fn name(&self) -> &'static str;
    /// One line for `--help`: lower case, no full stop.
    fn help(&self) -> &'static str;
    /// Whether it shows claims, so that it fits `belie claims`; the others tell of findings.
    fn shows_claims(&self) -> bool {
        false
    }
    /// The whole report: whole lines, each with its line break, or nothing at all.
    fn render(&self, analysis: &Analysis, style: &Style) -> String;
}

/// Every format. The one place that lists them: `--format`, `--help` and the tests read this table.
pub const FORMATS: &[&dyn Format] = &[
    &terminal::Terminal,
    &concise::Concise,
    &json::Json,
    &jsonl::JsonLines,
    &json_schema::JsonSchema,
    &sarif::Sarif,
    &junit::JUnit,
    &github::GitHub,
    &markdown::Markdown,
    &csv::Csv,
    &claimreview::ClaimReview,
    &table::Table,
    &html::Html,
];

/// The format of a name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|f| f.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in this folder and is no format.
    const SHARED: [&str; 7] = ["fixture", "mod", "sides", "style", "tally", "underline", "verdict"];

    #[test]
    fn the_table_lists_every_file() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path().file_stem().unwrap().to_string_lossy().replace('_', "-"))
            .filter(|n| !n.starts_with('.') && !SHARED.contains(&n.as_str()))
            .collect();
        files.sort();
        files.dedup();
        let mut names: Vec<&str> = FORMATS.iter().map(|f| f.name()).collect();
        names.sort_unstable();
        assert_eq!(files, names);
    }

    #[test]
    fn every_format_ends_its_last_line() {
        let analysis = fixture::analysis();
        for format in FORMATS {
            let text = format.render(&analysis, &Style::default());
            assert!(text.ends_with('\n'), "{}", format.name());
            assert_eq!(text, format.render(&analysis, &Style::default()), "{}", format.name());
        }
    }
}
