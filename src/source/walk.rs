//! From arguments to files, and from files to documents.
//!
//! Comes in: paths. Goes out: what to read, in an order that does not depend on that of the arguments, and what was passed
//! over. Ignore files count only at and below a given folder; links are not followed, so no walk can go in circles. Only
//! regular files are read, and none beyond a size.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;

use super::passed::{Passed, PassedOver};
use super::{Document, ReadOptions, decode, from_bytes, own, reader};
use crate::file::{self, Refused, truth};
use crate::problem::{Level, Problem};

/// Bytes by which it is told whether a file can be text.
const SNIFFED: u64 = 1 << 13;
/// Largest ignore file.
const MOST_IGNORED: u64 = 1 << 20;
/// Longest pattern in one.
const LONGEST_PATTERN: usize = 4096;

/// How paths are read.
#[derive(Debug, Clone, Default)]
pub struct WalkOptions {
    /// Whether `.ignore` and `.gitignore` are passed over. Hidden files stay out either way.
    pub no_ignore: bool,
    /// How each file is read.
    pub read: ReadOptions,
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// Id of its document, unique among the files gathered together.
    pub id: String,
    /// Whether the user named it, rather than a folder above it.
    pub named: bool,
}

/// What the arguments stand for.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// Each file once: standard input first, then sorted by path.
    pub files: Vec<Found>,
    /// Sorted by path.
    pub problems: Vec<Problem>,
    /// Walked files that are not read, sorted by path.
    pub passed: Vec<PassedOver>,
}

/// Finds the files that the arguments stand for.
pub fn gather(paths: &[PathBuf], options: &WalkOptions) -> Gathered {
    let mut out = Gathered::default();
    // By true path, so that a file named twice is read once; the value is the best claim on it so far.
    let mut files: BTreeMap<PathBuf, Found> = BTreeMap::new();
    let mut passed: BTreeMap<PathBuf, PassedOver> = BTreeMap::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let found = Found { path: path.clone(), id: "-".into(), named: true };
            files.insert(path.clone(), found);
            continue;
        }
        match fs::metadata(path) {
            Err(error) => out.problems.push(unreadable(&shown(path), error).named(true)),
            Ok(kind) if kind.is_dir() => walk(path, options, &mut out.problems, &mut |file, why| match why {
                None => add(&mut files, &file, below(&file, path), false),
                Some(why) => {
                    // A link is itself and not what it leads to.
                    let place = if why == Passed::Link { file.clone() } else { truth(&file) };
                    let new = PassedOver { path: shown(&file), why };
                    let known = passed.entry(place).or_insert_with(|| new.clone());
                    *known = new.min(known.clone());
                }
            }),
            Ok(_) => {
                let name = path.file_name().map_or_else(|| shown(path), |n| n.to_string_lossy().into_owned());
                add(&mut files, path, name, true);
            }
        }
    }
    out.passed = passed.into_iter().filter(|(path, _)| !files.contains_key(path)).map(|(_, p)| p).collect();
    out.passed.sort();
    out.files = files.into_values().collect();
    out.files.sort_by(|a, b| (a.path.as_os_str() != "-", &a.path).cmp(&(b.path.as_os_str() != "-", &b.path)));
    make_unique(&mut out.files);
    out.problems.sort();
    out.problems.dedup();
    out
}

/// What came of reading a file.
#[derive(Debug)]
pub struct Read {
    /// Its documents: mostly one; without any, `problems` or `own` say why.
    pub documents: Vec<Document>,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// Of what form it is, where belie wrote it itself: a walked one is passed over without a problem.
    pub own: Option<&'static str>,
}

/// Reads a file, or standard input for `-`. What cannot be text is recognised by its first bytes, and no more than
/// `most_bytes` of the options are ever in memory.
pub fn read(found: &Found, stdin: &mut dyn io::Read, options: &WalkOptions) -> Read {
    let path = shown(&found.path);
    let mut problems = Vec::new();
    let mut own = None;
    let loaded = if path == "-" && found.id.starts_with('-') {
        load(stdin, None, options.read.most_bytes)
    } else {
        file::open(&found.path).map_err(|e| refused(&e)).and_then(|mut opened| {
            let size = opened.metadata().ok().map(|m| m.len());
            load(&mut opened, size, options.read.most_bytes)
        })
    };
    let documents = match loaded {
        Ok(bytes) => {
            own = own::form(&bytes);
            match own {
                None => {
                    let options = ReadOptions { data: found.named, ..options.read.clone() };
                    from_bytes(&found.id, &path, &bytes, &options, &mut problems)
                }
                Some(form) if found.named => {
                    let message = format!("was written by belie ({form}) and is not a source; it was left out");
                    problems.push(Problem::new(Level::Warning, path, message));
                    Vec::new()
                }
                Some(_) => Vec::new(),
            }
        }
        Err(why) => {
            problems.push(Problem::new(Level::Error, path, why));
            Vec::new()
        }
    };
    Read { documents, problems: problems.into_iter().map(|p| p.named(found.named)).collect(), own }
}

/// All bytes, or why not.
fn load(from: &mut dyn io::Read, size: Option<u64>, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(SNIFFED).read_to_end(&mut bytes).map_err(|e| refused(&e.into()))?;
    if let Some(why) = decode::no_text(&bytes).filter(|_| !reader::is_known(&bytes)) {
        return Err(why);
    }
    if size.is_some_and(|size| size > most) {
        return Err(refused(&Refused::TooLarge(most)));
    }
    file::rest(from, &mut bytes, most).map_err(|e| refused(&e))?;
    Ok(bytes)
}

fn refused(why: &Refused) -> String {
    match why {
        Refused::TooLarge(_) => format!("{why} (--max-size)"),
        Refused::NoFile(_) => format!("{why} (`-` reads standard input)"),
        _ => why.to_string(),
    }
}

/// Tells a failure in the same words on every system.
fn unreadable(path: &str, error: io::Error) -> Problem {
    Problem::new(Level::Error, path, Refused::from(error).to_string())
}

/// Whether a folder's ignore files can be read by whoever reads them line by line without a limit; the reason otherwise.
fn ignore_files(folder: &Path) -> Result<(), Problem> {
    for name in [".ignore", ".gitignore"] {
        let path = folder.join(name);
        let long = |text: &[u8]| text.split(|b| *b == b'\n').any(|line| line.len() > LONGEST_PATTERN);
        let why = match file::read(&path, MOST_IGNORED) {
            Ok(text) if long(&text) => format!("holds a pattern of more than {LONGEST_PATTERN} bytes"),
            Ok(_) | Err(Refused::Missing | Refused::Folder | Refused::Failed(_)) => continue,
            Err(why) => why.to_string(),
        };
        let message = format!("{why}: its folder was left out (--no-ignore reads it)");
        return Err(Problem::new(Level::Error, shown(&path), message));
    }
    Ok(())
}

/// Hands every file below `root` to `take`, with the reason to pass it over, if there is one.
fn walk(
    root: &Path,
    options: &WalkOptions,
    problems: &mut Vec<Problem>,
    take: &mut dyn FnMut(PathBuf, Option<Passed>),
) {
    let mut builder = WalkBuilder::new(root);
    builder.standard_filters(false).hidden(true).parents(false).follow_links(false).require_git(false);
    builder.ignore(!options.no_ignore).git_ignore(!options.no_ignore).sort_by_file_name(Ord::cmp);
    let unfit: Arc<Mutex<Vec<Problem>>> = Arc::default();
    if !options.no_ignore {
        if let Err(problem) = ignore_files(root) {
            problems.push(problem);
            return;
        }
        let unfit = Arc::clone(&unfit);
        builder.filter_entry(move |entry| {
            let checked =
                if entry.file_type().is_some_and(|k| k.is_dir()) { ignore_files(entry.path()) } else { Ok(()) };
            checked.map_err(|problem| unfit.lock().unwrap_or_else(PoisonError::into_inner).push(problem)).is_ok()
        });
    }
    for entry in builder.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(walk_problem(root, error));
                continue;
            }
        };
        if let Some(error) = entry.error() {
            problems.push(Problem::new(
                Level::Warning,
                shown(entry.path()),
                format!("ignore file not understood: {error}"),
            ));
        }
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_dir() || entry.depth() == 0 {
            continue;
        }
        let passed = Passed::of(entry.path(), kind);
        take(entry.into_path(), passed);
    }
    problems.append(&mut unfit.lock().unwrap_or_else(PoisonError::into_inner));
}

fn walk_problem(root: &Path, error: ignore::Error) -> Problem {
    let mut path = root.to_path_buf();
    let mut inner = error;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => (path, inner) = (at, *err),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = *err,
            ignore::Error::Io(error) => return unreadable(&shown(&path), error).named(path == root),
            other => {
                return Problem::new(Level::Error, shown(&path), format!("cannot be walked: {other}"))
                    .named(path == root);
            }
        }
    }
}

/// A path as users see it: with `/` on every system.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    // What is read in the current folder goes by the name that people and other programs have for it.
    let text = match text.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned().into(),
        _ => text,
    };
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn below(file: &Path, root: &Path) -> String {
    shown(file.strip_prefix(root).unwrap_or(file))
}

/// Adds a file once. Reached in several ways it keeps the longest id, then the least path: no order of arguments matters.
fn add(files: &mut BTreeMap<PathBuf, Found>, path: &Path, id: String, named: bool) {
    let new = Found { path: path.to_path_buf(), id, named };
    let rank = |f: &Found| (std::cmp::Reverse(f.id.len()), f.id.clone(), f.path.clone());
    match files.entry(truth(path)) {
        std::collections::btree_map::Entry::Vacant(slot) => {
            slot.insert(new);
        }
        std::collections::btree_map::Entry::Occupied(mut slot) => {
            let named = named || slot.get().named;
            if rank(&new) < rank(slot.get()) {
                slot.insert(new);
            }
            slot.get_mut().named = named;
        }
    }
}

/// Lengthens ids that clash by folders of their paths until they differ, all ends of a clash alike.
fn make_unique(files: &mut [Found]) {
    loop {
        let mut count: BTreeMap<&str, u32> = BTreeMap::new();
        for file in files.iter() {
            *count.entry(&file.id).or_default() += 1;
        }
        let clashing: Vec<bool> = files.iter().map(|f| count.get(f.id.as_str()).is_some_and(|n| *n > 1)).collect();
        let mut grown = false;
        for (file, _) in files.iter_mut().zip(&clashing).filter(|(_, clash)| **clash) {
            if let Some(longer) = longer_id(file) {
                file.id = longer;
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    // Different files whose whole paths read alike (lossy names, links): a number tells them apart.
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for file in files {
        let times = seen.entry(file.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            file.id = format!("{}#{times}", file.id);
        }
    }
}

/// The id with one more folder of the path before it.
fn longer_id(file: &Found) -> Option<String> {
    let parts: Vec<String> = file
        .path
        .components()
        .filter(|c| !matches!(c, Component::CurDir | Component::RootDir | Component::Prefix(_)))
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    let used = file.id.split('/').count();
    (used < parts.len()).then(|| parts[parts.len() - used - 1..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that goes away with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &[u8])]) -> Folder {
            let root = std::env::temp_dir().join(format!("belie-walk-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&root);
            for (path, bytes) in files {
                let path = root.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            Folder(root)
        }

        fn check(&self, paths: &[&str], expected: &[&str]) -> Gathered {
            self.check_with(paths, expected, &WalkOptions::default())
        }

        fn check_with(&self, paths: &[&str], expected: &[&str], options: &WalkOptions) -> Gathered {
            let mut given: Vec<PathBuf> =
                paths.iter().map(|p| if *p == "-" { PathBuf::from(p) } else { self.0.join(p) }).collect();
            let gathered = gather(&given, options);
            assert_eq!(gathered.files.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), expected);
            given.reverse();
            assert_eq!(gather(&given, options).files, gathered.files, "the order of arguments matters");
            gathered
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn folders_give_what_readers_take() {
        let folder = Folder::new(
            "take",
            &[("a/z.txt", b"z"), ("a/sub/b.MD", b"b"), ("a/c.png", b"c"), ("a/.d.txt", b"d"), ("LICENSE", b"l")],
        );
        let gathered = folder.check(&["a"], &["sub/b.MD", "z.txt"]);
        assert_eq!((gathered.passed.len(), gathered.problems.len()), (1, 0));
        assert!(folder.check(&["LICENSE"], &["LICENSE"]).files[0].named);
        folder.check(&["a", "a/sub/b.MD", "a/sub"], &["sub/b.MD", "z.txt"]);
    }

    #[test]
    fn clashing_ids_grow() {
        let folder =
            Folder::new("clash", &[("x/a/n.txt", b"1"), ("x/b/n.txt", b"2"), ("y/a/n.txt", b"3"), ("y/m.txt", b"4")]);
        folder.check(&["x/a", "x/b", "y"], &["x/a/n.txt", "b/n.txt", "y/a/n.txt", "m.txt"]);
    }

    #[test]
    fn ignore_files_count_below_the_root_only() {
        let folder = Folder::new(
            "ignore",
            &[(".gitignore", b"*.txt"), ("r/.gitignore", b"no.txt"), ("r/no.txt", b"n"), ("r/yes.txt", b"y")],
        );
        folder.check(&["r"], &["yes.txt"]);
        folder.check_with(&["r"], &["no.txt", "yes.txt"], &WalkOptions { no_ignore: true, ..WalkOptions::default() });
        folder.check(&["r/no.txt"], &["no.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_go_in_circles() {
        let folder = Folder::new("loop", &[("r/a.txt", b"a")]);
        std::os::unix::fs::symlink(folder.0.join("r"), folder.0.join("r/again")).unwrap();
        std::os::unix::fs::symlink(folder.0.join("r/a.txt"), folder.0.join("r/twin.txt")).unwrap();
        folder.check(&["r"], &["a.txt"]);
    }

    #[test]
    fn what_cannot_be_read_is_stated() {
        let folder = Folder::new("bad", &[("e.txt", b""), ("b.txt", b"a\0b"), ("ok.txt", b"\xef\xbb\xbfWell.")]);
        let missing = gather(&[folder.0.join("none.txt")], &WalkOptions::default());
        let stated: Vec<_> = missing.problems.iter().map(|p| (p.level, p.named, p.message.as_str())).collect();
        assert_eq!(stated, [(Level::Error, true, "does not exist")]);
        let gathered = folder.check(&["", "b.txt"], &["b.txt", "e.txt", "ok.txt"]);
        let options = WalkOptions::default();
        let outcome: Vec<_> = gathered.files.iter().map(|f| read(f, &mut io::empty(), &options)).collect();
        assert_eq!(outcome.iter().map(|r| !r.documents.is_empty()).collect::<Vec<_>>(), [false, false, true]);
        let stated: Vec<_> =
            outcome.iter().flat_map(|r| &r.problems).map(|p| (p.level, p.named, p.message.as_str())).collect();
        assert_eq!(stated, [(Level::Error, true, "is binary and was left out"), (Level::Warning, false, "is empty")]);
    }

    #[test]
    fn standard_input_is_a_document() {
        let folder = Folder::new("stdin", &[("a.txt", b"a")]);
        let gathered = folder.check(&["-", "a.txt", "-"], &["-", "a.txt"]);
        let Read { documents, problems, .. } =
            read(&gathered.files[0], &mut &b"The mill shut."[..], &WalkOptions::default());
        let read: Vec<_> = documents.iter().map(|d| (&*d.id, &*d.path, &*d.text)).collect();
        assert_eq!(read, [("-", "-", "The mill shut.")]);
        assert!(problems.is_empty());
    }
}
