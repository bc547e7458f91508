//! The configuration of a project: `belie.toml`.
//!
//! Comes in: the path that was named, or where to look upwards from. Goes out: a checked [`Config`] with the hash of the
//! file, or every fault of the file with its place. It says where further rules are, so it is read before them; whether the
//! rules and formats that it names are there is asked afterwards ([`Config::check`]). Nothing here is read from anywhere
//! else: no environment, no home folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use globset::GlobMatcher;
use jiff::civil::Date;
use regex::Regex;
use sha2::{Digest, Sha256};

use crate::file;
use crate::rule::{Fault, OwnAttribute, Placed, RuleFile, Severity};

mod keys;
mod nearest;
mod parse;
mod toml;

pub use keys::{KEYS, Key};
pub use nearest::{nearest, suggestion};
pub(crate) use toml::Toml;

/// The file that is looked for.
pub const FILE_NAME: &str = "belie.toml";

/// What `belie init` writes: every key with an example, commented out.
pub const TEMPLATE: &str = include_str!("template.toml");

/// A file of more bytes than this is no configuration.
const MOST_BYTES: u64 = 1 << 20;

/// Levels below a folder of rules that are looked at for links: more than are read.
const DEEPEST: usize = 10;

/// What a project says of itself.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Path as shown to users, and SHA-256 of the bytes in hex; `None` when no file was read.
    pub file: Option<(String, String)>,
    /// Severity of rules by id; `None` turns a rule off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// What is known of sources, in the order of the file; a later entry wins.
    pub sources: Vec<SourceEntry>,
    /// Names and their other names.
    pub aliases: Vec<(String, Vec<String>)>,
    /// From which severity on a run fails.
    pub fail_on: Option<FailOn>,
    /// Assumed date of documents without one.
    pub as_of: Option<Date>,
    /// Largest file that is read; never more than belie reads anyway.
    pub max_size: Option<u64>,
    /// Which keys of JSON hold what, where not the usual ones do.
    pub json: BTreeMap<String, Vec<String>>,
    /// How `check` reports when nothing else is asked for: `F` or `F=FILE`, with the file as seen from where belie runs.
    pub formats: Vec<String>,
    /// Folders of further rules, as seen from where belie runs.
    pub rules: Vec<PathBuf>,
    /// Regions of documents that say nothing to check.
    pub ignored: Vec<IgnoreEntry>,
    /// Attributes of the project's own.
    pub attributes: Vec<OwnAttribute>,
    /// The rules and the formats that the file names, with the file: see [`Config::check`].
    named: Option<Named>,
}

#[derive(Debug, Clone)]
struct Named {
    file: Arc<RuleFile>,
    rules: Vec<Placed<String>>,
    formats: Vec<Placed<String>>,
}

/// Regions that are left out of documents.
#[derive(Debug, Clone)]
pub struct IgnoreEntry {
    /// Match an id or a path; empty matches every document.
    pub files: Vec<GlobMatcher>,
    /// The sections of which headings.
    pub heading: Option<Regex>,
    /// Which lines.
    pub lines: Option<Regex>,
}

/// What is known of the sources whose id or path a pattern matches.
#[derive(Debug, Clone)]
pub struct SourceEntry {
    /// Matches an id or a path; `*` stops at `/`, `**` does not.
    pub pattern: GlobMatcher,
    /// Their title.
    pub title: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Who publishes them.
    pub publisher: Option<String>,
    /// When they were published.
    pub published: Option<Date>,
    /// When they were last changed.
    pub modified: Option<Date>,
    /// Who wrote them.
    pub authors: Option<Vec<String>>,
    /// Where they were published.
    pub url: Option<String>,
    /// Who owns them: sources of one owner are one origin.
    pub owner: Option<String>,
}

/// From which severity on a run exits with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// This one and graver ones.
    Severity(Severity),
    /// None.
    Never,
}

impl FailOn {
    /// The words that `fail-on` takes.
    pub const WORDS: [&'static str; 4] = ["error", "warning", "note", "never"];

    /// The threshold that a word names.
    pub fn parse(word: &str) -> Option<FailOn> {
        match word {
            "error" => Some(FailOn::Severity(Severity::Error)),
            "warning" => Some(FailOn::Severity(Severity::Warning)),
            "note" => Some(FailOn::Severity(Severity::Note)),
            "never" => Some(FailOn::Never),
            _ => None,
        }
    }

    /// Whether a finding of this severity fails the run.
    pub fn reached_by(self, severity: Severity) -> bool {
        match self {
            FailOn::Severity(least) => severity >= least,
            FailOn::Never => false,
        }
    }
}

impl Config {
    /// Reads and checks a file. `shown` is its path in messages and reports.
    ///
    /// # Errors
    /// Every fault of the file; or that it cannot be read, is no regular file, no UTF-8, or larger than a mebibyte.
    pub fn read(path: &Path, shown: &str) -> Result<Config, Vec<Fault>> {
        let whole = |message: String| vec![Fault::of_path(shown, message)];
        let text = file::text(path, MOST_BYTES).map_err(whole)?;
        let mut config = Config::parse(shown, &text)?;
        config.file = Some((shown.to_owned(), HEXLOWER.encode(&Sha256::digest(text.as_bytes()))));
        Ok(config)
    }

    /// Checks the text of a file. What it says of other files is relative to the folder of `shown`.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn parse(shown: &str, text: &str) -> Result<Config, Vec<Fault>> {
        parse::parse(shown, text)
    }

    /// The path of the file as shown to users; empty when none was read.
    pub fn shown(&self) -> &str {
        self.file.as_ref().map_or("", |(path, _)| path)
    }

    /// The folder of the file, below which everything lies that it may name; `None` when none was read.
    pub fn folder(&self) -> Option<PathBuf> {
        self.file.as_ref().map(|(path, _)| Path::new(path).parent().map(Path::to_owned).unwrap_or_default())
    }

    /// The first link on the way to a folder of rules that the file names, or in one: it may lead anywhere.
    pub fn links(&self) -> Option<PathBuf> {
        let folder = self.folder()?;
        self.rules.iter().find_map(|rules| {
            let below = rules.strip_prefix(&folder).unwrap_or(rules);
            file::link_below(&folder, below).or_else(|| file::link_in(rules, DEEPEST))
        })
    }

    /// Checks what the file names against what there is.
    ///
    /// # Errors
    /// Unknown rules and formats, each with its place and the nearest name.
    pub fn check(&self, rules: &BTreeSet<&str>, formats: &BTreeSet<&str>) -> Result<(), Vec<Fault>> {
        let Some(named) = &self.named else { return Ok(()) };
        let mut faults = Vec::new();
        for (what, words, known) in [("rule", &named.rules, rules), ("format", &named.formats, formats)] {
            for word in words.iter().filter(|w| !known.contains(w.value.as_str())) {
                let fault = Fault::at(&named.file, word.span.clone(), format!("unknown {what} `{}`", word.value));
                faults.push(fault.with_help(suggestion(&word.value, known.iter().copied())));
            }
        }
        faults.sort_by_key(|f| f.span);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// Looks for `belie.toml` beside `start` (in it, where it is a folder) and in the folders above it. Second, the path as
/// shown: as `start` is written, so that it is the same on every machine. It is the way to the file from where belie runs.
pub fn discover(start: &Path) -> Option<(PathBuf, String)> {
    let file = upwards(start).map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())?;
    let shown = file.to_string_lossy().replace('\\', "/");
    Some((file, shown))
}

/// The folder of a path (itself, where it is one) and those above it, each as the way to it from where belie runs; the
/// current folder is the empty path.
pub fn upwards(start: &Path) -> impl Iterator<Item = PathBuf> {
    let folder = if start.is_dir() { Some(start) } else { start.parent() };
    let plain =
        |folder: &Path| -> PathBuf { folder.components().filter(|c| !matches!(c, Component::CurDir)).collect() };
    std::iter::successors(folder.map(plain), |folder| above(folder.clone()))
}

/// The folder above, as one writes it: `a` for `a/b`, and another `..` where names end, since `..` names no folder that could
/// be left out. `None` above the root.
fn above(mut folder: PathBuf) -> Option<PathBuf> {
    match folder.components().next_back() {
        Some(Component::Normal(_)) => {
            folder.pop();
            Some(folder)
        }
        Some(Component::RootDir | Component::Prefix(_)) => None,
        _ => {
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
            here.canonicalize().ok()?.parent()?;
            Some(folder.join(".."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_upwards_and_shown_as_written() {
        let root = std::env::temp_dir().join(format!("belie-config-{}", std::process::id()));
        let inner = root.join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(root.join(FILE_NAME), "fail-on = \"note\"\n").unwrap();
        let (file, shown) = discover(&inner.join("c.txt")).unwrap();
        assert_eq!(file, root.join(FILE_NAME));
        assert_eq!(Path::new(&shown), root.join(FILE_NAME));
        let config = Config::read(&file, "belie.toml").unwrap();
        assert_eq!(config.fail_on, Some(FailOn::Severity(Severity::Note)));
        let (path, hash) = config.file.unwrap();
        assert_eq!((path.as_str(), hash.len()), ("belie.toml", 64));
        std::fs::write(root.join(FILE_NAME), [0xff, 0xfe]).unwrap();
        assert!(Config::read(&file, "belie.toml").unwrap_err()[0].message.contains("UTF-8"));
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn folders_above() {
        let check = |folder: &str| above(folder.into()).map(|f| f.to_string_lossy().replace('\\', "/"));
        assert_eq!(check("a/b").as_deref(), Some("a"));
        assert_eq!(check("a").as_deref(), Some(""));
        assert_eq!(check("").as_deref(), Some(".."));
        assert_eq!(check("..").as_deref(), Some("../.."));
        assert_eq!(check("../b").as_deref(), Some(".."));
        assert_eq!(check("/a").as_deref(), Some("/"));
        assert_eq!(check("/"), None);
        // However far down this runs, the root is reached.
        let mut at = Some(PathBuf::new());
        while let Some(folder) = at {
            assert!(folder.components().count() < 1_000, "{folder:?}");
            at = above(folder);
        }
    }

    #[test]
    fn thresholds() {
        let reached = |word: &str| {
            let on = FailOn::parse(word).unwrap();
            [Severity::Note, Severity::Warning, Severity::Error].map(|s| on.reached_by(s))
        };
        assert_eq!(reached("error"), [false, false, true]);
        assert_eq!(reached("warning"), [false, true, true]);
        assert_eq!(reached("note"), [true; 3]);
        assert_eq!(reached("never"), [false; 3]);
        assert!(FailOn::WORDS.iter().all(|w| FailOn::parse(w).is_some()));
    }
}
