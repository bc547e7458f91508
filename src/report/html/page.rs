//! What stands in the page: the values that the template lays out.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Analysis, Finding};
use crate::graph::Severity;
use crate::report::tally::{SourceRow, Tally};
use crate::source::Document;
use crate::text::joined;
use crate::value::value_words;

use super::card::{self, Card};
use super::grid::Grid;
use super::marks::{Mark, Marks};
use super::partner::{self, Partners, Place, Relations};
use super::text::{self, Line};
use super::timeline::{self, Year};

/// Most bytes of all texts together that are shown in full.
const FULL: usize = 1_500_000;
/// Most sources whose texts are open from the start.
const OPEN: usize = 8;

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// The figures in a line.
    line: String,
    /// The figures.
    figures: Vec<Figure>,
    /// Errors and warnings.
    cards: Vec<Card>,
    /// Notes.
    notes: Vec<Card>,
    /// What is contested, by source.
    grid: Grid,
    /// Dated claims.
    years: Vec<Year>,
    /// Entries of the timeline.
    dated: usize,
    /// The sources.
    sources: Vec<Source>,
    /// Whether texts are cut to the sentences of claims.
    cut: bool,
    /// Whether texts are open from the start.
    open: bool,
    /// Consistency constraints that hold.
    held: usize,
    checked: Vec<Checked>,
    /// Consistency constraints that could not be decided.
    not_checked: Vec<Checked>,
    /// Blocks that were compared in part: key, clusters, clusters compared.
    capped: Vec<(String, usize, usize)>,
    /// Pairs left unresolved.
    unresolved: usize,
    /// Pairs that met, and those that were compared.
    pairs: (usize, usize),
    /// What went wrong with inputs: level, path and line, message.
    problems: Vec<(String, String, String)>,
    /// Path of the configuration.
    config: Option<String>,
    /// Hash of the rules.
    rules: String,
}

/// A figure of the summary.
#[derive(Debug, Serialize)]
struct Figure {
    number: usize,
    noun: String,
    class: &'static str,
    href: &'static str,
}

/// A consistency constraint with the places that it rests on.
#[derive(Debug, Serialize)]
struct Checked {
    rule: String,
    message: String,
    /// How many of one rule say the same.
    times: usize,
    places: Vec<Place>,
    more: usize,
}

/// Most places of what is reported once for many.
const PLACES: usize = 12;

/// Equal ones once, in the order of the first.
fn stated<'a>(all: impl Iterator<Item = (&'a str, &'a str, Vec<Place>)>) -> Vec<Checked> {
    let mut out: Vec<Checked> = Vec::new();
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (rule, message, places) in all {
        let at = *known.entry((rule, message)).or_insert(out.len());
        if at == out.len() {
            let (rule, message) = (rule.to_owned(), message.to_owned());
            out.push(Checked { rule, message, times: 0, places: Vec::new(), more: 0 });
        }
        out[at].times += 1;
        out[at].places.extend(places);
    }
    for checked in &mut out {
        checked.places = partner::distinct(std::mem::take(&mut checked.places).into_iter());
        checked.more = checked.places.len().saturating_sub(PLACES);
        checked.places.truncate(PLACES);
    }
    out
}

/// A source.
#[derive(Debug, Serialize)]
struct Source {
    /// From 1.
    number: usize,
    id: String,
    title: String,
    path: String,
    /// Publisher, date of publication, language.
    about: Vec<String>,
    /// Where it was published; a text, never an address.
    url: Option<String>,
    /// Who is behind it, where it is not itself.
    origin: Option<String>,
    claims: usize,
    shared: usize,
    alone: usize,
    found: usize,
    lines: Vec<Line>,
    rows: Vec<Row>,
}

/// A claim in the list of its source.
#[derive(Debug, Serialize)]
struct Row {
    /// Number of its mark.
    mark: usize,
    /// Whether it is the first of its mark.
    first: bool,
    line: u32,
    subject: Option<String>,
    attribute: String,
    value: String,
    said: String,
    /// Class of its highlight, and what it is called.
    class: &'static str,
    highlight: &'static str,
    partners: Vec<Partners>,
    /// Numbers of findings, from 1.
    cards: Vec<usize>,
}

impl Page {
    /// Lays an analysis out.
    pub(super) fn new(analysis: &Analysis, marks: &Marks) -> Page {
        let relations = Relations::new(analysis, marks);
        let tally = Tally::new(analysis);
        let cut = analysis.documents.iter().map(|d| d.text.len()).sum::<usize>() > FULL;
        let card = |(at, f): (usize, &Finding)| Card::new(analysis, at, f, &relations);
        let loud = |(_, f): &(usize, &Finding)| f.severity > Severity::Note;
        let years = timeline::timeline(analysis, marks, &relations);
        let places = |claims: &[u32]| partner::distinct(claims.iter().filter_map(|&c| relations.place(c)));
        let coverage = &analysis.coverage;
        Page {
            line: tally.line(),
            figures: figures(&tally),
            cards: analysis.findings.iter().enumerate().filter(loud).map(card).collect(),
            notes: analysis.findings.iter().enumerate().filter(|f| !loud(f)).map(card).collect(),
            grid: Grid::new(analysis, &relations),
            dated: years.iter().map(|y| y.entries.len()).sum(),
            years,
            sources: analysis
                .documents
                .iter()
                .zip(&tally.sources)
                .enumerate()
                .map(|(at, (document, figures))| source(analysis, at, document, figures, marks, &relations, cut))
                .collect(),
            cut,
            open: analysis.documents.len() <= OPEN,
            held: analysis.checked.len(),
            checked: stated(analysis.checked.iter().map(|c| (&*c.rule, &*c.message, places(&c.claims)))),
            not_checked: stated(coverage.not_checked.iter().map(|n| (&*n.rule, &*n.reason, places(&n.claims)))),
            capped: coverage.capped.iter().map(|c| (c.block.clone(), c.clusters, c.compared)).collect(),
            unresolved: coverage.unresolved,
            pairs: (coverage.pairs_considered, coverage.pairs_compared),
            problems: analysis
                .problems
                .iter()
                .map(|p| {
                    let line = p.line.map(|l| format!(":{l}")).unwrap_or_default();
                    (p.level.to_string(), format!("{}{line}", p.path), p.message.clone())
                })
                .collect(),
            config: analysis.config.as_ref().map(|(path, _)| path.clone()),
            rules: analysis.rules_hash.clone(),
        }
    }
}

fn figures(tally: &Tally) -> Vec<Figure> {
    let figure = |number, noun: &str, class, href| {
        let noun = if number == 1 { noun.to_owned() } else { format!("{noun}s") };
        Figure { number, noun, class, href }
    };
    vec![
        figure(tally.conflicts, "conflict", "error", "#findings"),
        figure(tally.warnings, "warning", "warning", "#findings"),
        figure(tally.notes, "note", "note", "#notes"),
        Figure {
            noun: if tally.held == 1 { "check holds" } else { "checks hold" }.to_owned(),
            ..figure(tally.held, "", "held", "#checks")
        },
        figure(tally.sources.len(), "source", "", "#sources"),
        figure(tally.claims, "claim", "", "#sources"),
    ]
}

fn source(
    analysis: &Analysis,
    at: usize,
    document: &Document,
    figures: &SourceRow,
    marks: &Marks,
    relations: &Relations<'_>,
    cut: bool,
) -> Source {
    let (first, own) = marks.of_source(at as u32);
    let keep = cut.then(|| {
        let sentences = own.iter().flat_map(|m| &m.claims).filter_map(|&c| analysis.claims.get(c as usize));
        joined(sentences.map(|c| c.span.join(c.value_span)).chain(document.title_span).collect())
    });
    let about = [document.publisher.clone(), document.published.map(|d| d.to_string()), document.language.clone()];
    Source {
        number: at + 1,
        id: document.id.clone(),
        title: document.title.clone().unwrap_or_else(|| document.id.clone()),
        path: document.path.clone(),
        about: about.into_iter().flatten().collect(),
        url: document.url.clone(),
        origin: analysis.origins.get(at).filter(|o| **o != document.id).cloned(),
        claims: figures.claims,
        shared: figures.shared,
        alone: figures.alone(),
        found: figures.found,
        lines: text::lines(document, own, first, keep.as_deref()),
        rows: (first..)
            .zip(own)
            .flat_map(|(number, mark)| rows(analysis, document, number, mark, marks, relations))
            .collect(),
    }
}

/// The claims of a mark.
fn rows(
    analysis: &Analysis,
    document: &Document,
    number: usize,
    mark: &Mark,
    marks: &Marks,
    relations: &Relations<'_>,
) -> Vec<Row> {
    let line = document.lines.line_of(mark.span.start);
    let claims = mark.claims.iter().filter_map(|&c| Some((c, analysis.claims.get(c as usize)?)));
    let row = |(at, (index, claim)): (usize, (u32, &crate::claim::Claim))| Row {
        mark: number,
        first: at == 0,
        line,
        subject: claim.subject.as_ref().map(|s| s.name.clone()),
        attribute: analysis.called.attribute(&claim.attribute).into_owned(),
        value: value_words(&claim.value),
        said: card::said(claim),
        class: marks.highlight[index as usize].class(),
        highlight: marks.highlight[index as usize].said(),
        partners: relations.partners(index),
        cards: relations.cards(index).iter().map(|at| at + 1).collect(),
    };
    claims.enumerate().map(row).collect()
}
