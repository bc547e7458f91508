//! The claims as a table, for `belie claims`: a source, and under it one row a claim.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::claim::{Claim, Modality};
use crate::finding::Analysis;
use crate::rule::Called;
use crate::source::Document;

use super::{Format, Style, safe, source_place};
use crate::value::value_words;

/// Most columns of each cell but the last, where the row has no room for all of it.
const MOST: [usize; 5] = [12, 24, 20, 32, 28];
/// Fewest columns of the last cell, where there is one.
const LAST: usize = 16;
/// Fewest columns of any other.
const LEAST: usize = 8;
/// The cell of the value.
const VALUE: usize = 3;

/// `--format table`.
pub(super) struct Table;

impl Format for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn help(&self) -> &'static str {
        "the claims, one row each"
    }

    fn shows_claims(&self) -> bool {
        true
    }

    fn render(&self, analysis: &Analysis, style: &Style) -> String {
        let mut out = String::new();
        let mut start = 0;
        while let Some(first) = analysis.claims.get(start) {
            let n = analysis.claims[start..].iter().take_while(|c| c.source == first.source).count();
            let claims = &analysis.claims[start..start + n];
            start += n;
            let Some(document) = analysis.documents.get(first.source as usize) else { continue };
            let rows: Vec<[String; 6]> = claims.iter().map(|c| row(document, c, &analysis.called)).collect();
            let mut widths = MOST;
            for (column, width) in widths.iter_mut().enumerate() {
                // A value that nothing follows may be as long as the row.
                let aligned = rows.iter().filter(|r| column != VALUE || !ends_with_value(r));
                *width = aligned.map(|r| r[column].width()).max().unwrap_or(0).min(*width);
            }
            // Room that nothing needs goes to cells that are cut.
            let needs = |column: usize| {
                let aligned = rows.iter().filter(|r| column != VALUE || !ends_with_value(r));
                aligned.map(|r| r[column].width()).max().unwrap_or(0)
            };
            let behind =
                rows.iter().filter(|r| !r[VALUE + 2].is_empty()).map(|r| r[VALUE + 2].width()).max().unwrap_or(0);
            let used = widths.iter().map(|w| w + 2).sum::<usize>() + behind;
            let mut spare = style.width.saturating_sub(used);
            for (column, width) in widths.iter_mut().enumerate() {
                let more = needs(column).saturating_sub(*width).min(spare);
                *width += more;
                spare -= more;
            }
            let least = behind.min(LAST);
            // Where there is little room, the widest column gives way first.
            let taken = |widths: &[usize; 5]| widths.iter().map(|w| w + 2).sum::<usize>();
            while taken(&widths) + least > style.width {
                let Some(widest) = widths.iter_mut().skip(1).max().filter(|w| **w > LEAST) else { break };
                *widest -= 1;
            }
            let last = style.width.saturating_sub(taken(&widths)).max(least);
            let _ = writeln!(out, "{}", safe(&document.path));
            for row in rows {
                let mut line = String::new();
                let alone = ends_with_value(&row);
                for (column, (cell, width)) in row.iter().zip(widths.into_iter().chain([last])).enumerate() {
                    let width = if alone && column == VALUE { width + 2 + widths[VALUE + 1] + 2 + last } else { width };
                    let cell = cut(cell, width);
                    let gap = " ".repeat(width - cell.width().min(width));
                    // Line and column read best with their ends under each other.
                    let (before, after) = if line.is_empty() { (gap.as_str(), "") } else { ("", gap.as_str()) };
                    let _ = write!(line, "{before}{cell}{after}  ");
                }
                let _ = writeln!(out, "{}", line.trim_end());
            }
            out.push('\n');
        }
        out
    }
}

/// Place, subject, attribute, value, how it is put forward, and the words where they are not the value.
fn row(document: &Document, claim: &Claim, called: &Called) -> [String; 6] {
    let position = source_place(document, claim).position;
    let words = safe(claim.value_span.of(&document.text)).into_owned();
    let value = safe(&value_words(&claim.value)).into_owned();
    let mut how = match claim.modality {
        _ if claim.noise => "boilerplate".to_owned(),
        Modality::Asserted => String::new(),
        modality => modality.name().to_owned(),
    };
    if let Some(speaker) = &claim.attributed_to {
        let _ = write!(how, "{}by {}", if how.is_empty() { "" } else { " " }, safe(speaker));
    }
    [
        format!("{}:{}", position.line, position.column),
        claim.subject.as_ref().map_or("?".into(), |s| safe(&s.name)).into_owned(),
        safe(&called.attribute(&claim.attribute)).into_owned(),
        value.clone(),
        how,
        if words == value { String::new() } else { words },
    ]
}

/// Whether nothing stands behind the value.
fn ends_with_value(row: &[String; 6]) -> bool {
    row[VALUE + 1..].iter().all(String::is_empty)
}

/// The text, or as much of it as fits before an ellipsis.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut columns = 1;
    for c in text.chars() {
        columns += c.width().unwrap_or(0);
        if columns > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn rows() {
        insta::assert_snapshot!(Table.render(&fixture::analysis(), &Style::default()), @"
        council.txt
        1:45  Alder Bridge  opened  Friday 14 May 2021    Friday, 14 May 2021
        2:15  Alder Bridge  cost    1.5 million USD       1.5 million dollars

        harbour.txt
        1:28  Alder Bridge  opened   12 May 2021
         2:9  Alder Bridge  cost     1.5 million USD      $1.5 million
        2:41  Alder Bridge  traffic  nearly 3,000 cars    3,000

        letters.md
         1:621  Alder Bridge  opened   14 May 2021
        1:1239  Alder Bridge  traffic  at least 2,900 cars  reported by a reader  2,900
        1:1287  ?             colour   grey
        ");
    }

    #[test]
    fn cells_are_cut_by_columns() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdefg", 6), "abcde…");
        assert_eq!(cut("日本語の本", 6), "日本…");
    }
}
