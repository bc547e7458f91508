//! `belie rules`: list, show, test, schema.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use crate::app::catalogue::{Entry, Example, Kind, Outcome, catalogue, ids};
use crate::app::pipeline::{Settings, analyse, recognise};
use crate::app::terms;
use crate::app::{Console, Error, Exit, Options, parallel};
use crate::claim::{Claim, Extractor};
use crate::config::suggestion;
use crate::finding::Analysis;
use crate::graph::Relation;
use crate::mention::MentionKind;
use crate::report::{counted, safe};
use crate::rule::{self, Fault};
use crate::source::Document;
use crate::text::fold_words;
use crate::value::{Bound, quantity_words, time_words};

/// Lists every rule: kind, id, summary, and what it replaced.
///
/// # Errors
/// When standard output cannot be written.
pub fn list(options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let entries = catalogue(&options.rules);
    let width = entries.iter().map(|e| e.id.width()).max().unwrap_or(0);
    let mut out = String::new();
    for entry in &entries {
        let gap = " ".repeat(width - entry.id.width());
        let _ = write!(out, "{:<7}  {}{gap}  {}", entry.kind.name(), entry.id, safe(&entry.summary));
        match options.settings.severities.get(&entry.id) {
            Some(Some(severity)) => drop(write!(out, " [configured: {}]", severity.name())),
            Some(None) => out.push_str(" [configured: off]"),
            None => {}
        }
        if !entry.overridden.is_empty() {
            let _ = write!(out, " [overridden: {}]", safe(&entry.overridden.join("; ")));
        }
        out.push('\n');
    }
    console.print(&out)?;
    console.flush()?;
    Ok(Exit::Clean)
}

/// Shows one rule.
///
/// # Errors
/// When there is no such rule, or standard output cannot be written.
pub fn show(id: &str, options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let entries = catalogue(&options.rules);
    console.print(&super::explain::rule(named(id, &entries)?))?;
    console.flush()?;
    Ok(Exit::Clean)
}

/// Prints the JSON Schema of rule files.
///
/// # Errors
/// When standard output cannot be written.
pub fn schema(console: &mut Console<'_>) -> Result<Exit, Error> {
    console.print(&format!("{:#}\n", rule::schema()))?;
    console.flush()?;
    Ok(Exit::Clean)
}

/// Runs the examples of one rule or of all of them, and names those that do otherwise than they say.
///
/// # Errors
/// When there is no such rule, or standard output cannot be written.
pub fn test(id: Option<&str>, options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let entries = catalogue(&options.rules);
    let chosen: Vec<&Entry> = match id {
        Some(id) => vec![named(id, &entries)?],
        None => entries.iter().collect(),
    };
    let cases: Vec<(&Entry, &Example)> = chosen.iter().flat_map(|e| e.examples.iter().map(move |x| (*e, x))).collect();
    // A rule is tried as it stands: not turned off, not made louder, not shut out.
    let settings = Settings { as_of: options.settings.as_of, jobs: 1, ..Settings::default() };
    let extractor = Extractor::new(&options.rules);
    let results = parallel::map(&cases, options.settings.jobs, |_, (e, x)| run(e, x, &extractor, &settings));
    let mut out = String::new();
    let mut failed = 0;
    for ((entry, example), result) in cases.iter().zip(results) {
        if let Err(found) = result {
            failed += 1;
            let message = format!("example of `{}`: wanted {}, found {found}", entry.id, wanted(example));
            let texts: Vec<&str> = example.documents.iter().map(|d| d.trim()).collect();
            let fault = Fault::at(&entry.file, example.place.clone(), message).with_help(texts.join(" | "));
            let _ = writeln!(out, "{}\n", fault.render(options.style.color));
        }
    }
    let (rules, examples) = (counted(chosen.len(), "rule"), counted(cases.len(), "example"));
    let _ = writeln!(out, "{rules}, {examples}, {failed} failed");
    console.print(&out)?;
    console.flush()?;
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

fn named<'e>(id: &str, entries: &'e [Entry]) -> Result<&'e Entry, Error> {
    entries
        .iter()
        .find(|e| e.id == id)
        .ok_or_else(|| Error::usage_with(format!("no rule `{}`", safe(id)), suggestion(id, ids(entries))))
}

fn wanted(example: &Example) -> String {
    let mut out = example.outcome.name().to_owned();
    for (name, value) in [("value", &example.value), ("subject", &example.subject), ("row", &example.row)] {
        if let Some(value) = value {
            let _ = write!(out, " with {name} `{}`", safe(value));
        }
    }
    out
}

/// Runs one example.
///
/// # Errors
/// What it did instead of what it says.
fn run(entry: &Entry, example: &Example, extractor: &Extractor<'_>, settings: &Settings) -> Result<(), String> {
    // Ids sort as the documents stand.
    let named = |(i, text): (usize, &String)| Document::from_text(&format!("{:0>4}", i + 1), text);
    let documents: Vec<Document> = example.documents.iter().enumerate().map(named).collect();
    if entry.kind == Kind::Lexicon {
        return lexicon(entry, example, &documents, extractor, settings);
    }
    match entry.kind {
        Kind::Extract => extract(entry, example, &documents, extractor, settings),
        _ => spoke(entry, example, &analyse(documents, Vec::new(), extractor, settings)),
    }
}

/// What a relate or check rule did.
fn spoke(entry: &Entry, example: &Example, analysis: &Analysis) -> Result<(), String> {
    let links: Vec<Relation> = analysis.links.iter().filter(|l| l.rule == entry.id).map(|l| l.relation).collect();
    let refuted = links.contains(&Relation::DerivedConflict)
        || analysis.findings.iter().any(|f| f.rule == entry.id && f.relation == Relation::DerivedConflict);
    let holds = links.contains(&Relation::DerivedConsistent) || analysis.checked.iter().any(|c| c.rule == entry.id);
    let fires = !links.is_empty() || holds || analysis.findings.iter().any(|f| f.rule == entry.id);
    let right = match example.outcome {
        Outcome::Fires => fires,
        Outcome::Holds => holds && !refuted,
        // A check that compares words, not numbers, speaks in a finding alone.
        Outcome::Fails => refuted || fires && !holds,
        Outcome::Silent => !fires,
    };
    if right {
        return Ok(());
    }
    let found = match (refuted, holds, fires) {
        (true, true, _) => "both holds and fails",
        (true, false, _) => "fails",
        (false, true, _) => "holds",
        (false, false, true) => "fires",
        (false, false, false) => "silent",
    };
    let others: Vec<String> = analysis.links.iter().map(|l| format!("{} by {}", l.relation.name(), l.rule)).collect();
    if others.is_empty() {
        let claims: Vec<&str> = analysis.claims.iter().map(|c| c.attribute.as_str()).collect();
        return Err(format!("{found} (no link; claims: {})", claims.join(", ")));
    }
    Err(format!("{found} (links: {})", others.join(", ")))
}

/// What an extraction rule did, each document by itself.
fn extract(
    entry: &Entry,
    example: &Example,
    documents: &[Document],
    extractor: &Extractor<'_>,
    settings: &Settings,
) -> Result<(), String> {
    let all: Vec<(&Document, Claim)> = documents
        .iter()
        .flat_map(|d| extractor.extract(d, settings.as_of).claims.into_iter().map(move |c| (d, c)))
        .collect();
    let claims: Vec<(String, String)> = all
        .iter()
        .filter(|(_, c)| c.rule == entry.id)
        .map(|(document, c)| {
            let subject = c.subject.as_ref().map(|s| s.name.clone()).unwrap_or_default();
            (c.value_span.of(&document.text).to_owned(), subject)
        })
        .collect();
    let same =
        |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|w| fold_words(w) == fold_words(found));
    let right = match example.outcome {
        Outcome::Silent => claims.is_empty(),
        _ => claims.iter().any(|(value, subject)| same(&example.value, value) && same(&example.subject, subject)),
    };
    if right {
        return Ok(());
    }
    if claims.is_empty() {
        let rules: Vec<&str> = all.iter().map(|(_, c)| c.rule.as_str()).collect();
        return Err(format!("silent (rules that spoke: {})", rules.join(", ")));
    }
    let claims: Vec<String> = claims.iter().map(|(v, s)| format!("`{v}` of `{s}`")).collect();
    Err(claims.join(", "))
}

/// What a lexicon did: a table of words is tried by its terms, a table of measures by what is recognised.
fn lexicon(
    entry: &Entry,
    example: &Example,
    documents: &[Document],
    extractor: &Extractor<'_>,
    settings: &Settings,
) -> Result<(), String> {
    let mut found: Vec<String> = Vec::new();
    for document in documents {
        match terms::keys(extractor, &entry.id, &document.text) {
            Some(keys) => found.extend(keys),
            None => {
                recognise(document, extractor.rules(), settings, |m| {
                    found.extend(measured(entry.fact("schema"), &m.kind));
                });
            }
        }
    }
    // Only a unit and a term tell from which row they come.
    let row = example.row.as_ref().filter(|_| !matches!(entry.fact("schema"), "calendar" | "numbers" | "bounds"));
    let fires = row.map_or(!found.is_empty(), |row| found.contains(row));
    if fires != (example.outcome == Outcome::Silent) {
        Ok(())
    } else if found.is_empty() {
        Err("silent".to_owned())
    } else {
        Err(found.join(", "))
    }
}

/// What a mention owes to a table of measures: of the calendar a time, of the bounds a bound, of the currencies money,
/// of the others a quantity that is no place in an order.
fn measured(schema: &str, mention: &MentionKind) -> Option<String> {
    match mention {
        MentionKind::Time(time) => (schema == "calendar").then(|| time_words(&time.value)),
        MentionKind::Quantity(q) => {
            let owed = match schema {
                "calendar" => false,
                "bounds" => q.bound != Bound::Exact,
                "currencies" => q.unit.dimension.starts_with("money:"),
                _ => true,
            };
            let name = &*q.unit.name;
            owed.then(|| if name.is_empty() { quantity_words(q) } else { name.to_owned() })
        }
        MentionKind::Ordinal(_) | MentionKind::Quote => None,
    }
}
