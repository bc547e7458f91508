//! The grounds of a link as a small table, for `why` and `explain`.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};

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

#[cfg(test)]
mod tests {
    use super::*;
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
