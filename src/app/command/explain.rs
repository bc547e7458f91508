//! `belie explain`: what a rule is for, or everything that a finding rests on.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::app::catalogue::{Entry, catalogue, ids};
use crate::app::input::{self, Input};
use crate::app::pipeline::examine;
use crate::app::{Console, Error, Exit, Options};
use crate::claim::Extractor;
use crate::compare::Part;
use crate::config::suggestion;
use crate::finding::{Analysis, Finding};
use crate::graph::Link;
use crate::report::{Style, card, evidence, grounds, parts, place, safe};

/// Fewest characters of a finding's id that are taken for it.
const SHORTEST: usize = 4;

/// Explains a rule, or, with the paths that it was found in, a finding by its id or the beginning of it.
///
/// # Errors
/// When there is no such rule or finding, or standard output cannot be written.
pub fn run(name: &str, paths: &[PathBuf], options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let entries = catalogue(&options.rules);
    if let Some(entry) = entries.iter().find(|e| e.id == name) {
        console.print(&rule(entry))?;
        console.flush()?;
        return Ok(Exit::Clean);
    }
    if paths.is_empty() {
        let help = format!("{}; a finding is explained with the paths it was found in", hint(name, &entries));
        return Err(Error::usage_with(format!("no rule `{}`", safe(name)), help));
    }
    let Input { documents, problems, settings, .. } = input::read(paths, options);
    let extractor = Extractor::new(&options.rules);
    let examined = examine(documents, problems, &extractor, &settings);
    let analysis = &examined.analysis;
    input::say(&analysis.problems, options, console);
    match named(name, &analysis.findings)? {
        None => Err(Error::usage_with(format!("no rule and no finding `{}`", safe(name)), hint(name, &entries))),
        Some(one) => {
            console.print(&finding(analysis, one, |link| examined.weighed(link), &options.style))?;
            let table = evidence(one, &examined.evidence(one), &options.style);
            if !table.is_empty() {
                console.print(&format!("\n{table}"))?;
            }
            console.flush()?;
            Ok(input::exit(&analysis.problems, options))
        }
    }
}

/// The finding whose id `name` is or begins, if there is one.
///
/// # Errors
/// When it begins several.
pub(super) fn named<'f>(name: &str, findings: &'f [Finding]) -> Result<Option<&'f Finding>, Error> {
    let begins = |f: &&Finding| name.len() >= SHORTEST && f.id.starts_with(name);
    let found: Vec<&Finding> = findings.iter().filter(begins).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        many => {
            let ids: Vec<&str> = many.iter().map(|f| f.id.as_str()).collect();
            Err(Error::usage_with(format!("`{}` is the start of several finding ids", safe(name)), ids.join(", ")))
        }
    }
}

/// Where all that can be explained is listed.
const LISTS: &str = "`belie rules list` has every rule, `belie check --verbose` the id of every finding";

fn hint(name: &str, entries: &[Entry]) -> String {
    let near = suggestion(name, ids(entries));
    // Hundreds of ids help nobody.
    if near.starts_with("did you mean") { near } else { LISTS.to_owned() }
}

/// A rule in words: what, why, how loudly, with what examples.
pub(super) fn rule(entry: &Entry) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} ({}, {})", entry.id, entry.kind.name(), safe(&entry.file.path));
    let _ = writeln!(out, "\n{}", safe(&entry.summary));
    let _ = writeln!(out, "\nwhy: {}", safe(&entry.why));
    if let Some(severity) = entry.severity {
        let _ = writeln!(out, "severity: {}", severity.name());
    }
    for (name, value) in &entry.facts {
        let _ = writeln!(out, "{name}: {}", safe(value));
    }
    if !entry.overridden.is_empty() {
        let _ = writeln!(out, "overridden: {}", safe(&entry.overridden.join("; ")));
    }
    if !entry.examples.is_empty() {
        out.push_str("\nexamples\n");
    }
    for example in &entry.examples {
        let texts: Vec<String> = example.documents.iter().map(|t| safe(t).trim().to_owned()).collect();
        let text = texts.join("\n          ");
        let _ = writeln!(out, "  {:<6}  {text}", example.outcome.name());
        if let Some(why) = &example.why {
            let _ = writeln!(out, "          ({})", safe(why));
        }
    }
    out
}

/// The card, then every link among its claims with all its grounds, and what its confidence is made of where it was weighed.
fn finding(
    analysis: &Analysis,
    finding: &Finding,
    weighed: impl Fn(&Link) -> Option<Vec<Part>>,
    style: &Style,
) -> String {
    let style = Style { verbose: true, ..*style };
    let mut out = card(analysis, finding, &style);
    let at = |claim| place(analysis, claim).map(|p| p.to_string()).unwrap_or_default();
    let _ = writeln!(out, "\nfingerprint {}", safe(&finding.fingerprint));
    let belongs = |claim: u32| finding.claims.contains(&claim);
    for link in analysis.links.iter().filter(|l| belongs(l.a) && belongs(l.b)) {
        let _ =
            writeln!(out, "\n{} by {}: {} against {}", link.relation.name(), safe(&link.rule), at(link.a), at(link.b));
        if !link.also.is_empty() {
            let also: Vec<String> = link.also.iter().map(|&c| at(c)).collect();
            let _ = writeln!(out, " with {}", also.join(", "));
        }
        out.push_str(&grounds(&link.grounds, &style));
        if let Some(all) = weighed(link) {
            out.push_str(&parts(&all, &style));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn all_grounds_of_a_finding() {
        let analysis = fixture::analysis();
        insta::assert_snapshot!(finding(&analysis, &analysis.findings[0], |_| None, &Style::default()), @"
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
          = note: finding f0
          = help: find the record that dates it

        fingerprint ff00

        conflict by date-conflict: council.txt:1:45 against harbour.txt:1:28
         gate    verdict  one side      other side    basis
         entity  same     Alder Bridge  Alder Bridge  one name
         time    unknown  Alder Bridge  Alder Bridge  no as-of on either side
         date: 14 May is not 12 May

        agree by date-conflict: council.txt:1:45 against letters.md:1:621
         gate    verdict  one side      other side    basis
         entity  same     Alder Bridge  Alder Bridge  one name
         time    unknown  Alder Bridge  Alder Bridge  no as-of on either side
         date: one day
        ");
    }
}
