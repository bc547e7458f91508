//! What stands behind each value of a finding, as a small table, for `explain`.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use crate::finding::{Finding, Ground};
use crate::report::{Style, safe};

/// One line a ground, then the sums; with a line break at its end. Nothing where there are no two values.
pub fn evidence(finding: &Finding, grounds: &[Ground], style: &Style) -> String {
    if finding.groups.len() < 2 || grounds.is_empty() {
        return String::new();
    }
    let mut out = String::from("evidence: origins by ground, each times its weight; the sum is not a verdict\n");
    let mut table = Table::new();
    let values = finding.groups.iter().map(|g| safe(&g.value).into_owned());
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(style.width.min(u16::MAX.into()) as u16)
        .set_header(["ground".to_owned(), "weight".to_owned()].into_iter().chain(values));
    for ground in grounds {
        let counts = ground.origins.iter().map(usize::to_string);
        table.add_row([ground.name.to_owned(), format!("{:+}", ground.weight)].into_iter().chain(counts));
    }
    let sum = |group| grounds.iter().map(|g| g.adds(group)).fold(0, i64::saturating_add).to_string();
    let sums = (0..finding.groups.len()).map(sum);
    table.add_row(["sum".to_owned(), String::new()].into_iter().chain(sums));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for line in table.lines() {
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn table() {
        let finding = &fixture::analysis().findings[0];
        let ground = |name, weight, origins: [usize; 2]| Ground { name, weight, origins: origins.to_vec() };
        let grounds = [ground("independent origin", 3, [2, 1]), ground("hedged", -1, [0, 1])];
        insta::assert_snapshot!(evidence(finding, &grounds, &Style::default()), @"
        evidence: origins by ground, each times its weight; the sum is not a verdict
         ground              weight  14 May 2021  12 May 2021
         independent origin      +3            2            1
         hedged                  -1            0            1
         sum                                   6            2
        ");
        assert_eq!(evidence(&fixture::analysis().findings[0], &[], &Style::default()), "");
    }
}
