//! From arguments to files, and from files to documents.
//!
//! Comes in: paths. Goes out: what to read, in an order that does not depend on that of the arguments. Ignore files
//! count only at and below a given folder; links are not followed, so no walk can go in circles.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::{Document, decode, from_bytes, reader};
use crate::problem::{Level, Problem};

/// How folders are walked.
#[derive(Debug, Clone, Copy, Default)]
pub struct WalkOptions {
    /// Whether `.ignore` and `.gitignore` are passed over. Hidden files stay out either way.
    pub no_ignore: bool,
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
    /// Walked files that no reader takes, and links.
    pub skipped: u32,
}

/// Finds the files that the arguments stand for.
pub fn gather(paths: &[PathBuf], options: &WalkOptions) -> Gathered {
    let mut out = Gathered::default();
    // By true path, so that a file named twice is read once; the value is the best claim on it so far.
    let mut files: BTreeMap<PathBuf, Found> = BTreeMap::new();
    let mut passed_over: BTreeMap<PathBuf, ()> = BTreeMap::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let found = Found { path: path.clone(), id: "-".into(), named: true };
            files.insert(path.clone(), found);
            continue;
        }
        match fs::metadata(path) {
            Err(error) => out.problems.push(unreadable(&shown(path), &error).named(true)),
            Ok(kind) if kind.is_dir() => walk(path, options, &mut out.problems, &mut |file, readable| {
                if readable {
                    add(&mut files, &file, below(&file, path), false);
                } else {
                    passed_over.insert(truth(&file), ());
                }
            }),
            Ok(_) => {
                let name = path.file_name().map_or_else(|| shown(path), |n| n.to_string_lossy().into_owned());
                add(&mut files, path, name, true);
            }
        }
    }
    out.skipped = passed_over.keys().filter(|path| !files.contains_key(*path)).count() as u32;
    out.files = files.into_values().collect();
    out.files.sort_by(|a, b| (a.path.as_os_str() != "-", &a.path).cmp(&(b.path.as_os_str() != "-", &b.path)));
    make_unique(&mut out.files);
    out.problems.sort();
    out.problems.dedup();
    out
}

/// Reads a file, or standard input for `-`. Without a document the problems say why.
pub fn read(found: &Found, stdin: &mut dyn Read) -> (Option<Document>, Vec<Problem>) {
    let path = shown(&found.path);
    let mut problems = Vec::new();
    let loaded = if path == "-" && found.id.starts_with('-') {
        load(stdin)
    } else {
        match File::open(&found.path) {
            // Told before the bytes are in memory.
            Ok(file) if file.metadata().is_ok_and(|m| m.len() >= decode::LIMIT) => {
                let message = "is 4 GiB or larger and was not read";
                return (None, vec![Problem::new(Level::Error, path, message).named(found.named)]);
            }
            Ok(mut file) => load(&mut file),
            Err(error) => Err(error),
        }
    };
    let document = match loaded {
        Ok(bytes) => from_bytes(&found.id, &path, &bytes, &mut problems),
        Err(error) => {
            problems.push(unreadable(&path, &error));
            None
        }
    };
    (document, problems.into_iter().map(|p| p.named(found.named)).collect())
}

fn load(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(decode::LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Tells the kind of failure in the same words on every system.
fn unreadable(path: &str, error: &io::Error) -> Problem {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read: permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        kind => format!("cannot be read: {kind}"),
    };
    Problem::new(Level::Error, path, why)
}

/// Hands every file below `root` to `take`, with whether a reader knows its extension.
fn walk(root: &Path, options: &WalkOptions, problems: &mut Vec<Problem>, take: &mut dyn FnMut(PathBuf, bool)) {
    let mut builder = WalkBuilder::new(root);
    builder.standard_filters(false).hidden(true).parents(false).follow_links(false).require_git(false);
    builder.ignore(!options.no_ignore).git_ignore(!options.no_ignore).sort_by_file_name(Ord::cmp);
    for entry in builder.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(walk_problem(root, &error));
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
        let extension = entry.path().extension().and_then(|e| e.to_str());
        let readable = kind.is_file() && extension.is_some_and(|e| reader::by_extension(e).is_some());
        take(entry.into_path(), readable);
    }
}

fn walk_problem(root: &Path, error: &ignore::Error) -> Problem {
    let mut path = root;
    let mut inner = error;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => (path, inner) = (at, err),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            ignore::Error::Io(error) => return unreadable(&shown(path), error).named(path == root),
            other => {
                return Problem::new(Level::Error, shown(path), format!("cannot be walked: {other}"))
                    .named(path == root);
            }
        }
    }
}

/// A path as users see it: with `/` on every system.
fn shown(path: &Path) -> String {
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

fn truth(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
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
        assert_eq!((gathered.skipped, gathered.problems.len()), (1, 0));
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
        folder.check_with(&["r"], &["no.txt", "yes.txt"], &WalkOptions { no_ignore: true });
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
    fn what_cannot_be_read_is_told() {
        let folder = Folder::new("bad", &[("e.txt", b""), ("b.txt", b"a\0b"), ("ok.txt", b"\xef\xbb\xbfWell.")]);
        let missing = gather(&[folder.0.join("none.txt")], &WalkOptions::default());
        let told: Vec<_> = missing.problems.iter().map(|p| (p.level, p.named, p.message.as_str())).collect();
        assert_eq!(told, [(Level::Error, true, "does not exist")]);
        let gathered = folder.check(&["", "b.txt"], &["b.txt", "e.txt", "ok.txt"]);
        let outcome: Vec<_> = gathered.files.iter().map(|f| read(f, &mut io::empty())).collect();
        assert_eq!(outcome.iter().map(|(d, _)| d.is_some()).collect::<Vec<_>>(), [false, false, true]);
        let told: Vec<_> =
            outcome.iter().flat_map(|(_, p)| p).map(|p| (p.level, p.named, p.message.as_str())).collect();
        assert_eq!(told, [(Level::Error, true, "is binary and was left out"), (Level::Warning, false, "is empty")]);
    }

    #[test]
    fn standard_input_is_a_document() {
        let folder = Folder::new("stdin", &[("a.txt", b"a")]);
        let gathered = folder.check(&["-", "a.txt", "-"], &["-", "a.txt"]);
        let (document, problems) = read(&gathered.files[0], &mut &b"The mill shut."[..]);
        assert_eq!(document.map(|d| (d.id, d.path, d.text)), Some(("-".into(), "-".into(), "The mill shut.".into())));
        assert!(problems.is_empty());
    }
}
