//! The grounds of a link as a small table, for `why` and `explain`.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use crate::compare::Part;
use crate::graph::Grounds;
use crate::report::{Style, safe};

/// One line a gate, then what the comparator said, then what was missing; with a line break at its end.
pub fn grounds(grounds: &Grounds, style: &Style) -> String {
    let mut out = String::new();
    if !grounds.gates.is_empty() {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(style.width.min(u16::MAX.into()) as u16)
            .set_header(["gate", "verdict", "one side", "other side", "basis"]);
        for gate in &grounds.gates {
            let side = |stated: &str| if stated.is_empty() { "–".to_owned() } else { safe(stated).into_owned() };
            table.add_row([
                gate.gate.name().to_owned(),
                gate.verdict.name().to_owned(),
                side(&gate.a),
                side(&gate.b),
                safe(&gate.basis).into_owned(),
            ]);
        }
        for line in table.lines() {
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    if !grounds.comparator.is_empty() {
        let _ = writeln!(out, " {}: {}", safe(&grounds.comparator), safe(&grounds.because));
    } else if !grounds.because.is_empty() {
        let _ = writeln!(out, " {}", safe(&grounds.because));
    }
    if !grounds.missing.is_empty() {
        let _ = writeln!(out, " missing: {}", safe(&grounds.missing.join(", ")));
    }
    out
}

/// How many parts of a confidence are shown; the rest is added up.
const PARTS: usize = 10;

/// What a confidence is made of, for `explain`: a part a line, those that add or take away most first, then the rest and the sum.
pub fn parts(parts: &[Part], style: &Style) -> String {
    let mut out = String::from(" weighed: logarithms of the odds that both are of one thing\n");
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(style.width.min(u16::MAX.into()) as u16);
    let (shown, rest) = parts.split_at(parts.len().min(PARTS));
    let sum = |parts: &[Part]| parts.iter().map(|part| part.adds).sum::<i64>();
    let mut row = |name: &str, adds: i64| {
        // Hundredths, rounded half up.
        let hundredths = (adds.abs() + 5) / 10;
        let sign = if adds < 0 { '-' } else { '+' };
        table.add_row([name.to_owned(), format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)]);
    };
    shown.iter().for_each(|part| row(&part.name, part.adds));
    if !rest.is_empty() {
        row(&format!("{} others", rest.len()), sum(rest));
    }
    row("sum", sum(parts));
    if let Some(column) = table.column_mut(1) {
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

    #[test]
    fn what_a_confidence_is_made_of() {
        let part = |name: &str, adds| Part { name: name.to_owned(), adds };
        let all = [part("base", -2410), part("noun same", 1204), part("near", 3006)];
        insta::assert_snapshot!(parts(&all, &Style::default()), @r"
         weighed: logarithms of the odds that both are of one thing
         base       -2.41
         noun same  +1.20
         near       +3.01
         sum        +1.80
        ");
    }

    use crate::report::fixture;

    #[test]
    fn table() {
        let link = &fixture::analysis().links[0];
        insta::assert_snapshot!(grounds(&link.grounds, &Style::default()), @"
        gate    verdict  one side      other side    basis
        entity  same     Alder Bridge  Alder Bridge  one name
        time    unknown  Alder Bridge  Alder Bridge  no as-of on either side
        date: 14 May is not 12 May
        ");
    }
}
