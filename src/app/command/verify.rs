//! `belie verify`: a statement checked against sources.
//!
//! The statement is a document of its own and goes through the pipeline of `check` together with its sources; the links
//! between the two give the verdict. Sources are extracted once, however many statements are checked against them.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;

use crate::app::guard;
use crate::app::input::{self, Input};
use crate::app::pipeline::{Extracted, Queried, Settings, extract, run_query};
use crate::app::{Console, Error, Exit, Named, Options, Output, Reach, lines};
use crate::claim::Extractor;
use crate::file;
use crate::finding::{Answer, Verdict, answer};
use crate::report::json::answer::Answer as Wire;
use crate::report::{Style, VerdictFormat};
use crate::source::Document;
use crate::text::{json_line, parser_words};

/// What is checked against the sources.
pub enum Statement<'a> {
    /// This text.
    Text(Cow<'a, str>),
    /// What this file says; `-` is standard input.
    File(&'a Path),
}

/// Puts a statement to the documents of the paths, prints the verdict in every format, and says how it ends. `why` names a
/// place of theirs: what each gate said of every claim there beside those of the statement is printed as well.
///
/// # Errors
/// When the statement cannot be read or a report not be written.
pub fn run(
    statement: &Statement<'_>,
    paths: &[PathBuf],
    require_support: bool,
    why: Option<&Named>,
    outputs: &[Output<VerdictFormat>],
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    let mut input = input::read(paths, options);
    if let Statement::File(path) = statement {
        input.places.push(file::truth(path));
    }
    guard::outputs(outputs, &input, options)?;
    let Input { mut documents, problems, settings, .. } = input;
    let statement = match statement {
        Statement::Text(text) => Document::from_text(&own_id(&documents), text),
        Statement::File(path) => {
            let read = input::file(&own_id(&documents), path, options)?;
            // A text that lies among its sources does not support itself.
            documents.retain(|d| d.sha256 != read.sha256);
            read
        }
    };
    let none = documents.is_empty();
    let extractor = Extractor::new(&options.rules);
    let sources = extract(documents, &extractor, &settings);
    let (queried, answer) = ask(statement, &sources, &extractor, &settings);
    for output in outputs {
        let render = |style: &Style| output.format.render(&queried.examined.analysis, queried.query, &answer, style);
        match &output.file {
            None => {
                console.print(&render(&options.style))?;
                console.flush()?;
            }
            Some(path) => {
                // A file has no colours and no width of its own: it is the same on every machine.
                let text = render(&Style { color: false, width: Style::WIDTH, ..options.style });
                file::write(path, text).map_err(|source| Error::Write { path: path.clone(), source })?;
            }
        }
    }
    if let Some(place) = why {
        let analysis = &queried.examined.analysis;
        let own = (0..).zip(&analysis.claims).filter(|(_, c)| c.source == queried.query && !c.noise).map(|(at, _)| at);
        let there = super::why::claims(place, analysis)?;
        console.print(&format!(
            "\n{}",
            super::why::between(&queried.examined, &own.collect::<Vec<_>>(), &there, options)
        ))?;
        console.flush()?;
    }
    input::say(&problems, options, console);
    if none && !options.allow_empty {
        console.say("error: no sources to check the statement against: no readable document");
        return Ok(Exit::Failed);
    }
    let failed = if fails(&answer, require_support) { Exit::Findings } else { Exit::Clean };
    Ok(input::exit(&problems, options).max(failed))
}

/// One line in.
#[derive(Deserialize)]
struct Request {
    /// Any JSON value; given back as it came.
    id: serde_json::Value,
    text: String,
    /// What the statement is checked against, in place of the paths.
    sources: Option<Vec<Inline>>,
}

/// A source in a line.
#[derive(Deserialize)]
struct Inline {
    id: String,
    text: String,
}

/// Answers `{"id","text"}`, optionally with `"sources"`, with `{"id","text","verdict","evidence","relations"}`, line by
/// line. Statements without sources of their own are checked against the documents of the paths.
///
/// # Errors
/// When standard input or output fails.
pub fn jsonl(
    input: impl io::Read,
    paths: &[PathBuf],
    require_support: bool,
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    let Input { documents, problems, settings, .. } = input::read(paths, options);
    input::say(&problems, options, console);
    let extractor = Extractor::new(&options.rules);
    let shared = extract(documents, &extractor, &settings);
    // Lines are answered side by side already.
    let settings = Settings { jobs: 1, cache: None, ..settings };
    let failed = AtomicBool::new(false);
    let reply = |line: &[u8]| {
        let request: Request = serde_json::from_slice(line).map_err(|e| parser_words(&e.to_string()))?;
        let own = request.sources.map(|sources| extract(inline(sources), &extractor, &settings));
        let sources = own.as_deref().unwrap_or(&shared);
        if sources.is_empty() && !options.allow_empty {
            return Err("no sources: name paths, or give \"sources\" in the line".to_owned());
        }
        let statement = Document::from_text(&own_id(sources.iter().map(Extracted::document)), &request.text);
        let (queried, answer) = ask(statement, sources, &extractor, &settings);
        if fails(&answer, require_support) {
            failed.store(true, Ordering::Relaxed);
        }
        let mut wire = Wire::new(request.id, &queried.examined.analysis, queried.query, &answer);
        wire.text = request.text;
        Ok(json_line(&wire))
    };
    let exit = lines::each(input, console, options.settings.jobs, reply)?;
    let failed = if failed.load(Ordering::Relaxed) { Exit::Findings } else { Exit::Clean };
    Ok(exit.max(failed).max(input::exit(&problems, options)))
}

/// The documents of a line. Of two with one id the second is told apart by its number.
fn inline(sources: Vec<Inline>) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for (at, Inline { id, text }) in sources.into_iter().enumerate() {
        let id = if documents.iter().any(|d| d.id == id) { format!("{id}#{}", at + 1) } else { id };
        documents.push(Document::from_text(&id, &text));
    }
    documents
}

/// An id for the statement that no source has.
fn own_id<'a>(sources: impl IntoIterator<Item = &'a Document>) -> String {
    let taken: Vec<&str> = sources.into_iter().map(|d| d.id.as_str()).collect();
    let mut id = "statement".to_owned();
    while taken.contains(&id.as_str()) {
        id.push('\'');
    }
    id
}

fn ask<'a>(
    statement: Document,
    sources: &[Extracted],
    extractor: &'a Extractor<'a>,
    settings: &Settings,
) -> (Queried<'a>, Answer) {
    let queried = run_query(statement, sources, Reach::Statement, extractor, settings);
    let Queried { examined, query, segments } = &queried;
    let sentences = (&examined.passages, examined.nearest.as_slice());
    let answer = answer(&examined.analysis, *query, segments, sentences, extractor.lookup());
    (queried, answer)
}

/// Whether an answer fails the run: a sentence is contradicted or disputed or, where support is required, nothing supports it.
fn fails(answer: &Answer, require_support: bool) -> bool {
    let lacks = |v: Verdict| matches!(v, Verdict::NotMentioned | Verdict::Unresolved);
    let unsupported = || answer.sentences.iter().any(|s| lacks(s.verdict));
    let denied = matches!(answer.verdict, Verdict::Contradicted | Verdict::Disputed);
    denied || require_support && (lacks(answer.verdict) || unsupported())
}
