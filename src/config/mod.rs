//! The configuration of a project: `belie.toml`.
//!
//! Comes in: the path that was named, or where to look upwards from. Goes out: a checked [`Config`] with the hash of the
//! file, or every fault of the file with its place. It says where further rules are, so it is read before them; whether the
//! rules and formats that it names are there is asked afterwards ([`Config::check`]). Nothing here is read from anywhere
//! else: no environment, no home folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::GlobMatcher;
use jiff::civil::Date;
use regex::Regex;
use sha2::{Digest, Sha256};

use crate::rule::{Fault, OwnAttribute, Placed, RuleFile, Severity};
use crate::text::hexadecimal;

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
    /// How `check` reports when it is not told: `F` or `F=FILE`, with the file as seen from where belie runs.
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
    /// Every fault of the file; or that it cannot be read, is no UTF-8, or is larger than a mebibyte.
    pub fn read(path: &Path, shown: &str) -> Result<Config, Vec<Fault>> {
        let whole = |message: String| vec![Fault::of_path(shown, message)];
        let bytes = match std::fs::metadata(path) {
            Ok(file) if file.len() > MOST_BYTES => return Err(whole("too large for a configuration".to_owned())),
            Ok(_) => std::fs::read(path).map_err(|e| whole(format!("cannot be read: {e}")))?,
            Err(e) => return Err(whole(format!("cannot be read: {e}"))),
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| whole("is not UTF-8".to_owned()))?;
        let mut config = Config::parse(shown, text)?;
        config.file = Some((shown.to_owned(), hexadecimal(&Sha256::digest(&bytes))));
        Ok(config)
    }

    /// Checks the text of a file. What it says of other files is relative to the folder of `shown`.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn parse(shown: &str, text: &str) -> Result<Config, Vec<Fault>> {
        parse::parse(shown, text)
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
/// shown: as `start` is written, so that it is the same on every machine.
pub fn discover(start: &Path) -> Option<(PathBuf, String)> {
    let folder = if start.is_dir() { start } else { start.parent()? };
    let whole = std::path::absolute(folder).ok()?;
    let mut shown: PathBuf = folder.components().filter(|c| !matches!(c, Component::CurDir)).collect();
    for ancestor in whole.ancestors() {
        let file = ancestor.join(FILE_NAME);
        if file.is_file() {
            return Some((file, shown.join(FILE_NAME).to_string_lossy().replace('\\', "/")));
        }
        match shown.components().next_back() {
            Some(Component::Normal(_)) => drop(shown.pop()),
            Some(Component::RootDir | Component::Prefix(_)) => {}
            _ => shown.push(".."),
        }
    }
    None
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
