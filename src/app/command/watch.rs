//! `belie watch`: a check, and another whenever something has changed.
//!
//! A run is over before the next is thought of; what changes meanwhile brings about one run more. Ctrl-C ends the process
//! as it ends any other: nothing is held that would have to be given back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, SystemTime};

use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer};

use crate::app::{Console, Error, Exit};
use crate::config::FILE_NAME;
use crate::report::safe;
use crate::source::reader;

/// How long a file has to rest before it counts as changed: editors write in several steps.
const REST: Duration = Duration::from_millis(200);

/// How long to wait for a first change when the number of runs is given: whoever counts runs does not want to hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is watched.
#[derive(Debug, Clone)]
pub struct Target {
    /// Documents, and folders of them.
    pub paths: Vec<PathBuf>,
    /// Folders of rules.
    pub folders: Vec<PathBuf>,
    /// Files that count whatever they are called: the configuration.
    pub files: Vec<PathBuf>,
    /// What the runs write themselves: never a reason for another.
    pub written: Vec<PathBuf>,
    /// Whether the screen is cleared before a run.
    pub clear: bool,
    /// Whether standard error takes colour.
    pub color_errors: bool,
}

/// Runs `once`, and again after every change; a run that fails is said and is not the end. With `runs` it ends after so
/// many, as the last did.
///
/// # Errors
/// When the paths cannot be watched, or standard output not be written.
pub fn run(
    target: &Target,
    runs: Option<u32>,
    console: &mut Console<'_>,
    mut once: impl FnMut(&mut Console<'_>) -> Result<Exit, Error>,
) -> Result<Exit, Error> {
    let (sender, changes) = mpsc::channel::<DebounceEventResult>();
    let failed = |e: notify_debouncer_mini::notify::Error| Error::usage(format!("cannot watch: {e}"));
    let mut debouncer = new_debouncer(REST, sender).map_err(failed)?;
    let watched = Watched::new(target);
    watched.something(&target.paths)?;
    for (folder, mode) in &watched.folders {
        debouncer.watcher().watch(folder, *mode).map_err(failed)?;
    }
    let mut done = 0_u32;
    loop {
        if target.clear {
            // Clears the screen and what was scrolled out of it, and goes to its top.
            console.print("\u{1b}[2J\u{1b}[3J\u{1b}[H")?;
            // At once: what the run says on standard error would be wiped away otherwise.
            console.flush()?;
        }
        // What the run is about to read: a file that changes while it goes on differs from this afterwards.
        let before = watched.stamps();
        let exit = match once(console) {
            Ok(exit) => exit,
            Err(error) => {
                console.say(&error.render(target.color_errors));
                Exit::Failed
            }
        };
        done = done.saturating_add(1);
        if console.is_closed() || runs.is_some_and(|most| done >= most) {
            return Ok(exit);
        }
        let came = match exit {
            Exit::Clean => "nothing to fix",
            Exit::Findings => "findings",
            Exit::Failed => "some of it could not be done",
        };
        console.print(&format!("\n{came}; watching for changes, press Ctrl-C to stop\n"))?;
        console.flush()?;
        loop {
            let change = match runs {
                None => changes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => changes.recv_timeout(PATIENCE),
            };
            match change {
                // Systems tell of reading as well as of writing: only what the files are like counts.
                Ok(_) if watched.stamps() != before => {
                    watched.settle();
                    break;
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Err(Error::usage("nothing changed for a minute")),
                Err(RecvTimeoutError::Disconnected) => return Err(Error::usage("cannot watch any longer")),
            }
        }
    }
}

/// A target in true paths, as changes are reported.
struct Watched {
    folders: Vec<(PathBuf, RecursiveMode)>,
    files: BTreeSet<PathBuf>,
    trees: Vec<PathBuf>,
    rules: Vec<PathBuf>,
    written: BTreeSet<PathBuf>,
}

impl Watched {
    fn new(target: &Target) -> Watched {
        let mut out = Watched {
            folders: Vec::new(),
            files: BTreeSet::new(),
            trees: Vec::new(),
            rules: target.folders.iter().map(|f| truth(f)).collect(),
            written: target.written.iter().map(|f| truth(f)).collect(),
        };
        let trees = target.paths.iter().filter(|p| p.is_dir());
        out.trees = trees.map(|p| truth(p)).collect();
        out.files = target.paths.iter().chain(&target.files).filter(|p| !p.is_dir()).map(|p| truth(p)).collect();
        let whole = out.trees.iter().chain(&out.rules).map(|f| (f.clone(), RecursiveMode::Recursive));
        // An editor replaces a file by another of its name: it is the folder that tells.
        let around = out.files.iter().filter_map(|f| f.parent()).filter(|f| !out.below(f));
        let around: BTreeSet<PathBuf> = around.map(Path::to_owned).collect();
        out.folders = whole.chain(around.into_iter().map(|f| (f, RecursiveMode::NonRecursive))).collect();
        out.folders.retain(|(f, _)| f.is_dir());
        out
    }

    /// # Errors
    /// When a path is not there, or none of them holds a document.
    fn something(&self, paths: &[PathBuf]) -> Result<(), Error> {
        if let Some(gone) = paths.iter().find(|path| !path.exists()) {
            let why = format!("nothing to watch: there is no {}", safe(&gone.to_string_lossy()));
            return Err(Error::usage_with(why, "name files or folders that are there"));
        }
        let mut any = paths.iter().any(|path| !path.is_dir());
        for tree in &self.trees {
            walk(tree, &mut |path| any |= is_document(path));
        }
        if any {
            return Ok(());
        }
        let known: Vec<String> = reader::READERS.iter().flat_map(|r| r.extensions()).map(|e| format!(".{e}")).collect();
        let help = format!("files that are read in folders: {}", known.join(", "));
        Err(Error::usage_with("nothing to watch: no document in what was named", help))
    }

    fn below(&self, path: &Path) -> bool {
        self.trees.iter().chain(&self.rules).any(|tree| path.starts_with(tree))
    }

    /// Waits until nothing has changed for a while: an editor empties a file before it fills it.
    fn settle(&self) {
        let mut last = self.stamps();
        loop {
            std::thread::sleep(REST);
            let now = self.stamps();
            if now == last {
                return;
            }
            last = now;
        }
    }

    /// Every file that may change a report, with its length and when it was written.
    fn stamps(&self) -> BTreeMap<PathBuf, Stamp> {
        let mut out = BTreeMap::new();
        for tree in &self.trees {
            walk(tree, &mut |path| {
                let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
                // A new configuration outranks one further up.
                if is_document(path) || [FILE_NAME, ".gitignore", ".ignore"].contains(&name) {
                    out.insert(path.to_owned(), stamp(path));
                }
            });
        }
        for tree in &self.rules {
            walk(tree, &mut |path| {
                out.insert(path.to_owned(), stamp(path));
            });
        }
        out.extend(self.files.iter().map(|path| (path.clone(), stamp(path))));
        out.retain(|path, _| !self.written.contains(path));
        out
    }
}

/// Whether a file of a folder is read.
fn is_document(path: &Path) -> bool {
    reader::by_extension(path.extension().and_then(|e| e.to_str()).unwrap_or_default()).is_some()
}

/// Length and time of writing; `None` of a file that is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

fn stamp(path: &Path) -> Stamp {
    path.metadata().ok().map(|m| (m.len(), m.modified().ok()))
}

/// Hands on every file below a folder. Hidden folders are passed over and links not followed, as where documents are read.
fn walk(folder: &Path, take: &mut impl FnMut(&Path)) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') => walk(&path, take),
            Ok(kind) if kind.is_file() => take(&path),
            _ => {}
        }
    }
}

/// The true path, of a file that is gone as well.
fn truth(path: &Path) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (whole.parent().and_then(|p| p.canonicalize().ok()), whole.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => whole,
    }
}
