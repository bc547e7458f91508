//! The figures under a report: what was found, and of how much.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Analysis, Status};
use crate::graph::{Relation, Severity};

/// The figures of one source. Boilerplate is left out throughout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceRow {
    /// Id of the source.
    pub id: String,
    /// Its claims.
    pub claims: usize,
    /// Of these, how many another source says as well, in the same or in other words.
    pub shared: usize,
    /// Of these, how many stand on a card.
    pub found: usize,
}

impl SourceRow {
    /// How many claims no other source says.
    pub fn alone(&self) -> usize {
        self.claims - self.shared
    }
}

/// The figures of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Findings of severity `error` that are new or changed.
    pub conflicts: usize,
    /// The same of severity `warning`.
    pub warnings: usize,
    /// The same of severity `note`.
    pub notes: usize,
    /// How many findings have each other status, those of the snapshot that are gone among them; none is 0.
    pub settled: BTreeMap<Status, usize>,
    /// Checks that hold.
    pub held: usize,
    /// Pairs left `unresolved`.
    pub unresolved: usize,
    /// Claims, boilerplate left out.
    pub claims: usize,
    /// One row a source, in the order of the analysis.
    pub sources: Vec<SourceRow>,
    /// Whether no two values met: no pair reached a comparator, no consistency constraint was evaluated.
    pub nothing_compared: bool,
}

impl Tally {
    /// Counts an analysis. Linear in claims and links, but for sorting.
    pub fn new(analysis: &Analysis) -> Tally {
        let open = |severity| analysis.findings.iter().filter(|f| f.status.is_open() && f.severity == severity).count();
        let mut settled = BTreeMap::new();
        for status in analysis.findings.iter().map(|f| f.status).filter(|s| !s.is_open()) {
            *settled.entry(status).or_default() += 1;
        }
        if !analysis.gone.is_empty() {
            settled.insert(Status::Gone, analysis.gone.len());
        }
        let sources = rows(analysis);
        Tally {
            conflicts: open(Severity::Error),
            warnings: open(Severity::Warning),
            notes: open(Severity::Note),
            settled,
            held: analysis.checked.len(),
            unresolved: analysis.coverage.unresolved,
            claims: sources.iter().map(|r| r.claims).sum(),
            sources,
            nothing_compared: analysis.coverage.pairs_compared + analysis.coverage.pairs_weighed == 0
                && analysis.links.is_empty()
                && analysis.checked.is_empty()
                && analysis.findings.is_empty(),
        }
    }

    /// The last line of a report, without its line break.
    pub fn line(&self) -> String {
        let mut out = format!(
            "{}, {}, {}, {} held; {}, {}",
            counted(self.conflicts, "conflict"),
            counted(self.warnings, "warning"),
            counted(self.notes, "note"),
            counted(self.held, "check"),
            counted(self.sources.len(), "source"),
            counted(self.claims, "claim"),
        );
        if !self.settled.is_empty() {
            let settled: Vec<String> =
                self.settled.iter().map(|(status, n)| format!("{n} {}", status.name())).collect();
            out.push_str(&format!("; {}", settled.join(", ")));
        }
        if self.nothing_compared {
            out.push_str("; nothing was compared");
        }
        out
    }
}

/// "1 source", "2 sources".
pub fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Whether the two claims of a link say the same thing, in the same or in other words.
fn corroborates(relation: Relation) -> bool {
    use Relation::*;
    matches!(relation, Agree | Compatible | Refines | QuoteMatch | QuoteVariant | QuoteTruncated)
}

/// Whether `a` and `b`, `b` and `c` make `a` and `c`.
fn chains(relation: Relation) -> bool {
    matches!(relation, Relation::Agree | Relation::QuoteMatch)
}

fn rows(analysis: &Analysis) -> Vec<SourceRow> {
    let n = analysis.claims.len();
    let source = |i: usize| analysis.claims.get(i).map_or(u32::MAX, |c| c.source);
    // Claims that chain form one class; agreement is a star, so a class is needed to see who says the same.
    let mut parent: Vec<usize> = (0..n).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    let links: Vec<(usize, usize, Relation)> = analysis
        .links
        .iter()
        .map(|l| (l.a as usize, l.b as usize, l.relation))
        .filter(|&(a, b, r)| a < n && b < n && corroborates(r))
        .collect();
    for &(a, b, _) in links.iter().filter(|(_, _, r)| chains(*r)) {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        let (low, high) = (a.min(b), a.max(b));
        parent[high] = low;
    }
    let mut heard: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    for i in 0..n {
        heard.entry(root(&mut parent, i)).or_default().insert(source(i));
    }
    let own = heard.clone();
    for &(a, b, _) in links.iter().filter(|(_, _, r)| !chains(*r)) {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        for (to, from) in [(a, b), (b, a)] {
            if let (Some(set), Some(new)) = (heard.get_mut(&to), own.get(&from)) {
                set.extend(new);
            }
        }
    }
    let found: BTreeSet<u32> = analysis.findings.iter().flat_map(|f| f.claims.iter().copied()).collect();
    let mut rows: Vec<SourceRow> =
        analysis.documents.iter().map(|d| SourceRow { id: d.id.clone(), ..SourceRow::default() }).collect();
    for (i, claim) in analysis.claims.iter().enumerate().filter(|(_, c)| !c.noise) {
        let Some(row) = rows.get_mut(claim.source as usize) else { continue };
        row.claims += 1;
        let class = root(&mut parent, i);
        row.shared += usize::from(heard.get(&class).is_some_and(|s| s.iter().any(|&s| s != claim.source)));
        row.found += usize::from(found.contains(&(i as u32)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn shared_is_seen_through_a_chain() {
        let tally = Tally::new(&fixture::analysis());
        let row = |id: &str| tally.sources.iter().find(|r| r.id == id).unwrap();
        assert_eq!((row("harbour.txt").claims, row("harbour.txt").shared), (3, 2));
        assert_eq!((row("council.txt").shared, row("council.txt").alone()), (2, 0));
        assert_eq!(row("letters.md").alone(), 1);
        insta::assert_snapshot!(tally.line(), @"1 conflict, 0 warnings, 1 note, 1 check held; 3 sources, 8 claims");
    }

    #[test]
    fn an_empty_run_says_so() {
        let line = Tally::new(&fixture::empty()).line();
        assert_eq!(line, "0 conflicts, 0 warnings, 0 notes, 0 checks held; 0 sources, 0 claims; nothing was compared");
    }
}
