//! For people at a terminal: a card a disagreement, with the sentences of all sides, then the figures.

use std::fmt::Write as _;

use crate::finding::Analysis;
use crate::graph::Relation;
use crate::text::wrapped;

use super::tally::{Tally, counted};
use super::{Format, Style, place, safe};

mod card;
mod ending;
mod evidence;
mod excerpt;
mod frame;
mod grounds;
mod paint;
mod verdict;

pub use card::card;
pub use evidence::evidence;
pub use grounds::{grounds, parts};
pub(super) use verdict::verdicts;

/// `--format terminal`, the default.
pub(super) struct Terminal;

impl Format for Terminal {
    fn name(&self) -> &'static str {
        "terminal"
    }

    fn help(&self) -> &'static str {
        "cards with excerpts of all sides, then checks that hold, sources and figures"
    }

    fn render(&self, analysis: &Analysis, style: &Style) -> String {
        let tally = Tally::new(analysis);
        let mut out = String::new();
        let mut was_compact = false;
        // What is known or settled is no news.
        for finding in analysis.findings.iter().filter(|f| style.verbose || f.status.is_open()) {
            // Compact notes stand together; cards have a blank line after them.
            let compact = card::is_compact(finding, style);
            if was_compact && !compact {
                out.push('\n');
            }
            out.push_str(&if compact {
                card::compact(analysis, finding, style)
            } else {
                card(analysis, finding, style)
            });
            if !compact {
                out.push('\n');
            }
            was_compact = compact;
        }
        if was_compact {
            out.push('\n');
        }
        if !style.quiet {
            ending::settled(&mut out, analysis, &tally, style);
            ending::checked(&mut out, analysis, style);
            unresolved(&mut out, analysis, style);
            ending::sources(&mut out, &tally, style);
        }
        ending::problems(&mut out, analysis, style);
        if let Some((path, _)) = analysis.config.as_ref().filter(|_| !style.quiet) {
            let _ = writeln!(out, "configuration: {}", safe(path));
        }
        for line in wrapped(&tally.line(), style.width) {
            let _ = writeln!(out, "{line}");
        }
        out
    }
}

/// How many pairs stayed unresolved and what could not be checked; which ones only when asked.
fn unresolved(out: &mut String, analysis: &Analysis, style: &Style) {
    let before = out.len();
    let name = |claim| place(analysis, claim).map(|p| p.to_string()).unwrap_or_default();
    if analysis.coverage.unresolved > 0 {
        let pairs = counted(analysis.coverage.unresolved, "pair");
        let hint = if style.verbose { "" } else { " (--verbose lists them)" };
        let _ = writeln!(out, "{pairs} unresolved: something is missing to compare them{hint}");
    }
    if style.verbose {
        for link in analysis.links.iter().filter(|l| l.relation == Relation::Unresolved) {
            let missing = link.grounds.missing.join(", ");
            let _ = writeln!(
                out,
                "unresolved  {} against {}: missing {}; {}",
                name(link.a),
                name(link.b),
                safe(&missing),
                safe(&link.grounds.because)
            );
        }
        for n in &analysis.coverage.not_checked {
            let places: Vec<String> = n.claims.iter().map(|&c| name(c)).collect();
            let _ = writeln!(out, "not checked  {}: {} ({})", safe(&n.rule), safe(&n.reason), places.join(", "));
        }
        for c in &analysis.coverage.capped {
            let _ =
                writeln!(out, "capped  block {}: {} of {} clusters compared", safe(&c.block), c.compared, c.clusters);
        }
    }
    if out.len() > before {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn check(style: Style) -> String {
        Terminal.render(&fixture::analysis(), &style)
    }

    #[test]
    fn plain() {
        insta::assert_snapshot!(check(Style::default()), @"
        error[date-conflict]: two accounts of opened: see both
         --> council.txt:1:45
          |
        1 | Crowds came when the Alder Bridge opened on Friday, 14 May 2021.
          |                                             ^^^^^^^^^^^^^^^^^^^
          |                                             Friday 14 May 2021; 1 other source says the same
          |
         ::: letters.md:1:621
          |
        1 | … �[31mThe Alder Bridge opened on 14 May 2021�[0m, A reader remembers the old ferry, its horn …
          |                                   ----------- 14 May 2021
          |
         ::: harbour.txt:1:28
          |
        1 | The Alder Bridge opened on 12 May 2021.
          |                            ----------- 12 May 2021
          |
          = note: both speak of the Alder Bridge
          = help: find the record that dates it

        note[bound-fits]: two accounts of traffic: see both
          --> harbour.txt:2:41, letters.md:1:1239

        checked  14 May 2021 is a Friday
                 council.txt:1:45, harbour.txt:1:28

        source        claims   shared   alone   in findings
        council.txt        2        2       0             1
        harbour.txt        3        2       1             2
        letters.md         3        2       1             2

        warning: scan.pdf: is binary, left out

        configuration: belie.toml
        1 conflict, 0 warnings, 1 note, 1 check held; 3 sources, 8 claims
        ");
    }

    #[test]
    fn verbose_and_narrow() {
        insta::assert_snapshot!(check(Style { verbose: true, width: 60, ..Style::default() }), @"
        error[date-conflict]: two accounts of opened: see both
         --> council.txt:1:45
          |
        1 | … when the Alder Bridge opened on Friday, 14 May 2021.
          |                                   ^^^^^^^^^^^^^^^^^^^
          |         Friday 14 May 2021; 1 other source says the same
          |
         ::: letters.md:1:621
          |
        1 | … opened on 14 May 2021�[0m, A reader remembers the …
          |             ----------- 14 May 2021
          |
         ::: harbour.txt:1:28
          |
        1 | The Alder Bridge opened on 12 May 2021.
          |                            ----------- 12 May 2021
          |
          = note: both speak of the Alder Bridge
          = note: finding f0
          = help: find the record that dates it

        note[bound-fits]: two accounts of traffic: see both
         --> harbour.txt:2:41
          |
        2 | … cost $1.5 million and carries nearly 3,000 cars a day.
          |                                        ^^^^^
          |                                        nearly 3,000 cars
          |
         ::: letters.md:1:1239
          |
        1 | … and at least 2,900 cars cross it a day, under a sky …
          |                -----
          |               at least 2,900 cars; according to a reader
          |
          = note: both speak of the Alder Bridge
          = note: finding f1
          = help: find the record that dates it

        checked  14 May 2021 is a Friday
                 council.txt:1:45, harbour.txt:1:28

        source        claims   shared   alone   in findings
        council.txt        2        2       0             1
        harbour.txt        3        2       1             2
        letters.md         3        2       1             2

        warning: scan.pdf: is binary, left out

        configuration: belie.toml
        1 conflict, 0 warnings, 1 note, 1 check held; 3 sources, 8
        claims
        ");
    }

    #[test]
    fn quiet() {
        let text = check(Style { quiet: true, ..Style::default() });
        assert!(text.contains("error[date-conflict]") && !text.contains("checked  "), "{text}");
        assert_eq!(text.lines().last(), Some(Tally::new(&fixture::analysis()).line().as_str()));
    }

    #[test]
    fn source_text_cannot_speak_to_the_terminal() {
        let text = check(Style::default());
        assert!(text.contains('\u{fffd}'), "the escape is not in the excerpt, so this test looks at nothing");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        let colored = check(Style { color: true, ..Style::default() });
        assert!(colored.contains("\u{1b}["));
        assert_eq!(anstream::adapter::strip_str(&colored).to_string(), text);
    }

    #[test]
    fn lines_keep_to_the_width() {
        for (width, verbose) in [40, 60, 80, 100, 160].into_iter().flat_map(|w| [(w, false), (w, true)]) {
            for line in check(Style { width, verbose, ..Style::default() }).lines() {
                // A path is never broken, so that it can be opened; nor are the heads of the table.
                let whole = line.contains("-->") || line.contains(":::") || line.contains("   ");
                assert!(whole || unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn places_are_links() {
        let linked = check(Style { links: Some("file:///sources/"), ..Style::default() });
        let link = "\u{1b}]8;;file:///sources/council.txt\u{1b}\\council.txt:1:45\u{1b}]8;;\u{1b}\\";
        assert!(linked.contains(link), "{linked}");
        let mut analysis = fixture::analysis();
        analysis.documents[0].path = "a\u{1b}]8;;x\u{7}b.txt".to_owned();
        let hostile = Terminal.render(&analysis, &Style { links: Some("file:///sources/"), ..Style::default() });
        assert!(!hostile.contains('\u{7}') && !hostile.contains("]8;;x\u{1b}"), "{hostile}");
        assert!(hostile.contains("file:///sources/a%EF%BF%BD%5D8%3B%3Bx%EF%BF%BDb.txt"), "{hostile}");
    }
}
