//! The matrix of what is contested: a row a finding, a column a source.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Analysis, Finding, Group};
use crate::graph::Severity;
use crate::text::fold;

use super::card::{self, letter};
use super::partner::Relations;

/// Most columns whose cells hold values; with more, they hold letters.
const SPELT: usize = 7;

/// The matrix.
#[derive(Debug, Default, Serialize)]
pub(super) struct Grid {
    /// Numbers of the sources, from 1, with their titles.
    pub columns: Vec<(u32, String)>,
    /// The findings.
    pub rows: Vec<Row>,
    /// Whether cells hold values beside letters.
    pub spelt: bool,
}

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// Number of the finding, from 1.
    pub number: usize,
    /// error or warning.
    pub severity: &'static str,
    /// Of what, and what of it.
    pub what: String,
    /// The values with their letters.
    pub values: Vec<(String, String)>,
    /// From left to right.
    pub cells: Vec<MatrixCell>,
}

/// A source's part in a finding, or several columns in a row that have none.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct MatrixCell {
    /// How many columns.
    pub wide: usize,
    /// The values that the source gives: letter, value, number of the mark.
    pub values: Vec<(String, String, Option<usize>)>,
    /// Class of the first value.
    pub class: String,
}

impl Grid {
    /// Errors and warnings against the sources that take part in them.
    pub(super) fn new(analysis: &Analysis, relations: &Relations<'_>) -> Grid {
        let contested = || analysis.findings.iter().enumerate().filter(|(_, f)| f.severity > Severity::Note);
        let mut columns: Vec<u32> =
            contested().flat_map(|(_, f)| f.groups.iter().flat_map(|g| g.sources.clone())).collect();
        columns.sort_unstable();
        columns.dedup();
        let spelt = columns.len() <= SPELT;
        let rows = contested().map(|(number, finding)| {
            let values = values(analysis, finding);
            let mut says: BTreeMap<usize, Vec<(String, String, Option<usize>)>> = BTreeMap::new();
            for (at, group) in finding.groups.iter().enumerate() {
                for &source in &group.sources {
                    let claim = group
                        .claims
                        .iter()
                        .find(|&&c| analysis.claims.get(c as usize).is_some_and(|c| c.source == source));
                    let mark = claim.and_then(|&c| relations.place(c)).map(|p| p.mark);
                    let Ok(column) = columns.binary_search(&source) else { continue };
                    says.entry(column).or_default().push((letter(at), values[at].clone(), mark));
                }
            }
            let mut cells: Vec<MatrixCell> = Vec::new();
            for column in 0..columns.len() {
                match (says.remove(&column), cells.last_mut()) {
                    (Some(values), _) => {
                        let class = values.first().map_or_else(String::new, |v| v.0.to_lowercase());
                        cells.push(MatrixCell { wide: 1, values, class });
                    }
                    (None, Some(last)) if last.values.is_empty() && !spelt => last.wide += 1,
                    (None, _) => cells.push(MatrixCell { wide: 1, values: Vec::new(), class: String::new() }),
                }
            }
            Row {
                number: number + 1,
                severity: finding.severity.name(),
                what: analysis.called.what(finding.subject.as_deref(), &finding.attribute),
                values: (0..).zip(values).map(|(at, value)| (letter(at), value)).collect(),
                cells,
            }
        });
        let rows = rows.collect();
        let title = |s: u32| {
            let document = analysis.documents.get(s as usize);
            document.map(|d| d.title.clone().unwrap_or_else(|| d.id.clone())).unwrap_or_default()
        };
        Grid { rows, columns: columns.iter().map(|&s| (s + 1, title(s))).collect(), spelt }
    }
}

/// The values of a finding; where two of them read the same, with how they are put forward, which is what differs.
fn values(analysis: &Analysis, finding: &Finding) -> Vec<String> {
    let read: Vec<String> = finding.groups.iter().map(|g| fold(&g.value)).collect();
    let value = |(at, group): (usize, &Group)| {
        let twice = read.iter().filter(|v| **v == read[at]).count() > 1;
        let claim = group.claims.first().and_then(|&c| analysis.claims.get(c as usize)).filter(|_| twice);
        match claim.map(card::said).filter(|said| !said.is_empty()) {
            Some(said) => format!("{} ({said})", group.value),
            None => group.value.clone(),
        }
    };
    finding.groups.iter().enumerate().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::super::marks::Marks;
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_cell_a_source() {
        let analysis = fixture::analysis();
        let marks = Marks::new(&analysis);
        let grid = Grid::new(&analysis, &Relations::new(&analysis, &marks));
        assert_eq!(grid.columns.iter().map(|c| c.0).collect::<Vec<_>>(), [1, 2, 3]);
        let letters: Vec<&str> = grid.rows[0].cells.iter().map(|c| c.values[0].0.as_str()).collect();
        assert_eq!((grid.rows.len(), letters), (1, vec!["A", "B", "A"]));
        assert_eq!(grid.rows[0].cells[1].values[0].1, "12 May 2021");
    }
}
