//! Paths become documents.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::file::truth;
use crate::problem::{Level, Problem};
use crate::report::safe;
use crate::source::{self, Document, Found, PassedOver};

use super::pipeline::Settings;
use super::project::shown;
use super::{Console, Error, Exit, Options, ignored, parallel};

/// What the paths of a command hold.
pub(super) struct Input {
    /// The documents, sorted by id.
    pub documents: Vec<Document>,
    /// What went wrong, in order of path and line.
    pub problems: Vec<Problem>,
    /// Where the files lie that are sources, links followed: nothing is written there.
    pub places: Vec<PathBuf>,
    /// What the pipeline is given: the options' settings, with the owners that the configuration names, and the cache.
    pub settings: Settings,
}

/// Gathers and reads files, and tells each document what the configuration knows of it.
pub(super) fn read(paths: &[PathBuf], options: &Options) -> Input {
    let gathered = source::gather(paths, &options.walk);
    // Standard input is read once, on this thread; at most one of the files is it.
    let results = parallel::map(&gathered.files, options.settings.jobs, |_, found| {
        if found.path == Path::new("-") {
            source::read(found, &mut io::stdin().lock(), &options.walk)
        } else {
            source::read(found, &mut io::empty(), &options.walk)
        }
    });
    let settings = Settings { cache: options.cache.clone(), ..options.settings.clone() };
    let mut input = Input { documents: Vec::new(), problems: gathered.problems, places: Vec::new(), settings };
    let mut passed = gathered.passed;
    for (result, found) in results.into_iter().zip(&gathered.files) {
        match result.own {
            Some(form) if !found.named => passed.push(PassedOver::own(&found.path, form)),
            // A file of a folder that holds no document is no source.
            None if found.named || !result.documents.is_empty() => input.places.push(truth(&found.path)),
            _ => {}
        }
        input.documents.extend(result.documents);
        input.problems.extend(result.problems);
    }
    input.problems.extend(PassedOver::counted(&passed, &folders(paths)));
    if options.style.verbose {
        input.problems.extend(PassedOver::each(&passed));
    }
    for document in &mut input.documents {
        if let Some(owner) = tell(document, &options.config) {
            input.settings.owners.insert(document.id.clone(), owner);
        }
        if !options.config.ignored.is_empty() {
            ignored::ignore(document, &options.config.ignored);
        }
    }
    input.documents.sort_by(|a, b| a.id.cmp(&b.id));
    input.problems.sort();
    input
}

/// The folders among the paths, as one name.
fn folders(paths: &[PathBuf]) -> String {
    let folders: BTreeSet<String> = paths.iter().filter(|p| p.is_dir()).map(|p| shown(p)).collect();
    folders.into_iter().collect::<Vec<_>>().join(", ")
}

/// Reads one file, or standard input for `-`, under an id of its own.
///
/// # Errors
/// When it cannot be read.
pub(super) fn file(id: &str, path: &Path, options: &Options) -> Result<Document, Error> {
    let found = |id: &str| Found { path: path.to_owned(), id: id.to_owned(), named: true };
    let read = if path == Path::new("-") {
        source::read(&found("-"), &mut io::stdin().lock(), &options.walk)
    } else {
        source::read(&found(id), &mut io::empty(), &options.walk)
    };
    if read.documents.len() > 1 {
        return Err(Error::usage(format!(
            "{}: holds {} documents where one is wanted",
            path.display(),
            read.documents.len()
        )));
    }
    let document = read.documents.into_iter().next().map(|document| Document { id: id.to_owned(), ..document });
    document.ok_or_else(|| {
        let why = read.problems.first().map_or("cannot be read", |p| p.message.as_str());
        Error::usage(format!("{}: {why}", path.display()))
    })
}

/// Fills in what the configuration says of a document; it outranks what the document says of itself. Returns the owner.
fn tell(document: &mut Document, config: &Config) -> Option<String> {
    let mut owner = None;
    for entry in &config.sources {
        if !entry.pattern.is_match(&document.id) && !entry.pattern.is_match(&document.path) {
            continue;
        }
        let stated = &mut document.stated_in;
        set("title", &entry.title, &mut document.title, stated);
        set("language", &entry.language, &mut document.language, stated);
        set("publisher", &entry.publisher, &mut document.publisher, stated);
        set("url", &entry.url, &mut document.url, stated);
        set("published", &entry.published, &mut document.published, stated);
        set("modified", &entry.modified, &mut document.modified, stated);
        let mut authors = None;
        set("authors", &entry.authors, &mut authors, stated);
        document.authors = authors.unwrap_or_else(|| std::mem::take(&mut document.authors));
        if entry.owner.is_some() {
            owner.clone_from(&entry.owner);
        }
    }
    owner
}

/// Sets what the configuration knows under a key.
fn set<T: Clone>(
    key: &'static str,
    known: &Option<T>,
    own: &mut Option<T>,
    stated: &mut BTreeMap<&'static str, String>,
) {
    if known.is_some() {
        own.clone_from(known);
        stated.insert(key, "configuration".to_owned());
    }
}

/// What the problems alone make of the exit code: a named path that cannot be read fails a run, a walked one only a
/// strict run.
pub(super) fn exit(problems: &[Problem], options: &Options) -> Exit {
    let failed = problems.iter().any(|p| p.level == Level::Error && (p.named || options.strict));
    if failed { Exit::Failed } else { Exit::Clean }
}

/// Says the problems on standard error; all of them, or only the errors of a quiet run.
pub(super) fn say(problems: &[Problem], options: &Options, console: &mut Console<'_>) {
    for p in problems.iter().filter(|p| p.level == Level::Error || !options.style.quiet) {
        let line = p.line.map(|l| format!(":{l}")).unwrap_or_default();
        console.say(&format!("{}: {}{line}: {}", p.level, safe(&p.path), safe(&p.message)));
    }
}
