//! `FILE:LINE` and `FILE:LINE:COLUMN`, as people copy them from a report.

use std::path::PathBuf;

use crate::app::Error;
use crate::finding::Analysis;
use crate::report::source_place;

/// A place that the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, when one was given.
    pub column: Option<u32>,
}

impl Named {
    /// Reads a place.
    ///
    /// # Errors
    /// When it does not end in a line, or in a line and a column.
    pub fn parse(text: &str) -> Result<Named, Error> {
        let number = |part: &str| part.parse::<u32>().ok().filter(|n| *n > 0);
        let bad = || Error::usage_with(format!("`{text}` is not a place"), "write FILE:LINE, or FILE:LINE:COLUMN");
        let (rest, last) = text.rsplit_once(':').ok_or_else(bad)?;
        let last = number(last).ok_or_else(bad)?;
        let (file, line, column) = match rest.rsplit_once(':').and_then(|(file, line)| Some((file, number(line)?))) {
            Some((file, line)) => (file, line, Some(last)),
            None => (rest, last, None),
        };
        if file.is_empty() { Err(bad()) } else { Ok(Named { file: file.into(), line, column }) }
    }

    /// The claims at the place, boilerplate included: those whose value stands there, or, where none does, whose
    /// sentence does. With a column, only those whose sentence covers it, the nearest value first.
    pub(super) fn claims(&self, analysis: &Analysis) -> Vec<u32> {
        let file = self.file.to_string_lossy().replace('\\', "/");
        let file = file.strip_prefix("./").unwrap_or(&file);
        let mut on_value = Vec::new();
        let mut on_sentence = Vec::new();
        for (index, claim) in analysis.claims.iter().enumerate() {
            let Some(document) = analysis.documents.get(claim.source as usize) else { continue };
            let path = document.path.strip_prefix("./").unwrap_or(&document.path);
            if path != file && document.id != file {
                continue;
            }
            let position = |offset| document.position(offset);
            let (start, end) = (position(claim.span.start), position(claim.span.end));
            let value = source_place(document, claim).position;
            let covers = match self.column {
                Some(column) => {
                    let at = crate::text::Position { line: self.line, column };
                    start <= at && at <= end
                }
                None => start.line <= self.line && self.line <= end.line,
            };
            if covers {
                let away = self.column.map_or(0, |c| value.column.abs_diff(c));
                on_sentence.push((away, index as u32));
                if value.line == self.line {
                    on_value.push((away, index as u32));
                }
            }
        }
        let mut found = if on_value.is_empty() { on_sentence } else { on_value };
        found.sort_unstable();
        found.into_iter().map(|(_, index)| index).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<(String, u32, Option<u32>)> {
        Named::parse(text).ok().map(|n| (n.file.to_string_lossy().into_owned(), n.line, n.column))
    }

    #[test]
    fn places() {
        assert_eq!(check("a.txt:3"), Some(("a.txt".into(), 3, None)));
        assert_eq!(check("b/a.txt:3:14"), Some(("b/a.txt".into(), 3, Some(14))));
        assert_eq!(check("c:a.txt:3"), Some(("c:a.txt".into(), 3, None)));
        for bad in ["a.txt", "a.txt:", "a.txt:0", ":3", "a.txt:x", ""] {
            assert_eq!(check(bad), None, "{bad}");
        }
    }

    #[test]
    fn claims_at_places() {
        let analysis = crate::report::fixture::analysis();
        let at = |text: &str| Named::parse(text).unwrap().claims(&analysis);
        assert_eq!(at("harbour.txt:1"), [2]);
        assert_eq!(at("./harbour.txt:2"), [3, 4]);
        // The nearest value first.
        assert_eq!(at("harbour.txt:2:41"), [4, 3]);
        assert!(at("harbour.txt:3").is_empty());
        assert!(at("elsewhere.txt:1").is_empty());
    }
}
