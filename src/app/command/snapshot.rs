//! `belie snapshot`: keeps what a run found, and says what has changed since, in terms of claims.

use std::path::PathBuf;

use crate::app::guard;
use crate::app::input::{self, Input};
use crate::app::pipeline::analyse;
use crate::app::project::{Project, shown};
use crate::app::{Console, Error, Exit, Options};
use crate::claim::Extractor;
use crate::file;
use crate::report::{counted, safe};
use crate::state::{Snapshot, difference};

/// Most lines of a kind that are printed unless the user wants all.
const LINES: usize = 40;

/// What is to be done with the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Write it.
    Write,
    /// Compare with it, and fail where it differs.
    Check,
    /// Write it, over whatever is there.
    Accept,
}

/// Reads, analyses, and writes the snapshot or compares with it.
///
/// # Errors
/// When there is nothing to compare with, the file is no snapshot that this belie reads, or it cannot be written.
pub fn run(paths: &[PathBuf], task: Task, options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    if !options.settings.select.is_empty() || !options.settings.ignore.is_empty() {
        let why = "a snapshot covers all rules: --select and --ignore cannot be used with it";
        return Err(Error::usage_with(
            why,
            "to switch a rule off for good, set it to `off` under [severity] in belie.toml",
        ));
    }
    let project = Project::of(paths, options);
    let file = project.snapshot_file();
    let name = shown(&file);
    let old = match project.snapshot() {
        // What cannot be read is replaced, and nothing can be said of what was in it.
        Err(Error::Faults(_)) if task == Task::Accept => None,
        read => read?,
    };
    if task == Task::Check && old.is_none() {
        return Err(Error::usage_with(format!("there is no snapshot at {}", safe(&name)), "belie snapshot writes it"));
    }
    let input = input::read(paths, options);
    if task != Task::Check {
        guard::written("--snapshot", &file, &input, options)?;
    }
    let Input { documents, problems, settings, .. } = input;
    let analysis = analyse(documents, problems, &Extractor::new(&options.rules), &settings);
    input::say(&analysis.problems, options, console);
    let exit = input::exit(&analysis.problems, options);
    if exit != Exit::Clean || (analysis.documents.is_empty() && !options.allow_empty) {
        let why = if exit == Exit::Clean { "no readable document" } else { "some of it could not be read" };
        console.say(&format!("error: no snapshot was written: {why}"));
        return Ok(Exit::Failed);
    }
    let new = Snapshot::new(&analysis);
    let changes = old.as_ref().map(|old| difference(old, &new));
    let holds = figures(&new);
    let same = changes.as_ref().is_some_and(|c| c.is_empty());
    if let Some(changes) = &changes {
        let most = if options.style.verbose { usize::MAX } else { LINES };
        for line in changes.lines(most) {
            console.print(&format!("{}\n", safe(&line)))?;
        }
        if !same {
            console.print(&format!("\n{}\n", safe(&changes.figures.join("; "))))?;
        }
        if changes.rules && !same {
            console.print("the snapshot was made with other rules\n")?;
        }
    }
    if task == Task::Check {
        let said = match same {
            true => format!("{} is up to date: {holds}\n", safe(&name)),
            false => format!("{} is out of date; belie snapshot --accept brings it up to date\n", safe(&name)),
        };
        console.print(&said)?;
        console.flush()?;
        return Ok(if same { Exit::Clean } else { Exit::Findings });
    }
    if old.as_ref() == Some(&new) {
        console.print(&format!("{} is up to date: {holds}\n", safe(&name)))?;
    } else {
        file::write(&file, new.render()).map_err(|source| Error::Write { path: file.clone(), source })?;
        console.print(&format!("wrote {}: {holds}\n", safe(&name)))?;
    }
    console.flush()?;
    Ok(Exit::Clean)
}

/// "3 sources, 8 claims, 1 finding".
fn figures(snapshot: &Snapshot) -> String {
    let parts = [
        counted(snapshot.sources.len(), "source"),
        counted(snapshot.claims.len(), "claim"),
        counted(snapshot.findings.len(), "finding"),
    ];
    parts.join(", ")
}
