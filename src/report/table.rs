//! The claims as a table, for `belie claims`.

use comfy_table::{ColumnConstraint, ContentArrangement, Table as Grid, presets};

use crate::finding::Analysis;

use super::{Format, Style, safe, source_place, value_words};

/// `--format table`.
pub(super) struct Table;

impl Format for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn help(&self) -> &'static str {
        "the claims, one row each"
    }

    fn render(&self, analysis: &Analysis, style: &Style) -> String {
        let mut grid = Grid::new();
        grid.load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(style.width.min(u16::MAX.into()) as u16)
            .set_header(["place", "subject", "attribute", "value", "how", "words"]);
        for claim in &analysis.claims {
            let Some(document) = analysis.documents.get(claim.source as usize) else { continue };
            let mut how = claim.modality.name().to_owned();
            if claim.noise {
                how = "furniture".to_owned();
            }
            if let Some(speaker) = &claim.attributed_to {
                how = format!("{how} ({speaker})");
            }
            grid.add_row([
                source_place(document, claim).to_string(),
                safe(claim.subject.as_ref().map_or("?", |s| &s.name)).into_owned(),
                safe(&claim.attribute).into_owned(),
                safe(&value_words(&claim.value)).into_owned(),
                safe(&how).into_owned(),
                safe(claim.value_span.of(&document.text)).into_owned(),
            ]);
        }
        // A place is clicked on and copied: it is never broken over lines.
        if let Some(column) = grid.column_mut(0) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        let mut out = String::new();
        for line in grid.lines() {
            out.push_str(line.trim_end());
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
    fn rows() {
        insta::assert_snapshot!(Table.render(&fixture::analysis(), &Style::default()), @"
        place              subject       attribute  value                 how          words
        council.txt:1:45   Alder Bridge  opened     Friday 2021-05-14     asserted     Friday, 14 May 2021
        council.txt:2:15   Alder Bridge  cost       1.5 million USD       asserted     1.5 million dollars
        harbour.txt:1:28   Alder Bridge  opened     2021-05-12            asserted     12 May 2021
        harbour.txt:2:9    Alder Bridge  cost       1.5 million USD       asserted     $1.5 million
        harbour.txt:2:41   Alder Bridge  traffic    nearly 3,000 cars     asserted     3,000
        letters.md:1:621   Alder Bridge  opened     2021-05-14            asserted     14 May 2021
        letters.md:1:1239  Alder Bridge  traffic    at least 2,900 cars   reported (a  2,900
                                                                          reader)
        letters.md:1:1287  ?             colour     grey                  asserted     grey
        ");
    }
}
