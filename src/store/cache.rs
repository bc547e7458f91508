//! A folder of entries, and how it fared in a run.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use super::key::{Key, PROGRAM};
use super::{Contribution, entry, folder};
use crate::source::Document;

/// Most bytes of all entries together. An entry takes about eight times the bytes of its document, most of them
/// for shingles and trees, so this is room for more than sixty megabytes of sources.
const MOST: u64 = 512 << 20;
/// Subfolders, each with an equal share of the bytes.
const SHARDS: u64 = 16;
/// A smaller document is extracted anew. That takes a millisecond at most; an entry of it would take a block of the disk.
const SMALLEST: u64 = 512;

/// Contributions of earlier runs, in a folder. Shared by all threads of a run, and by runs at the same time.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// What wrote the entries that count.
    program: String,
    /// Most bytes of a subfolder.
    share: u64,
    fared: Mutex<Fared>,
}

/// What became of the documents of a run.
#[derive(Debug, Default)]
struct Fared {
    asked: usize,
    read: usize,
    written: usize,
    /// Too small, too large, or standard input.
    passed_over: usize,
    damaged: usize,
    /// Why nothing more is written.
    refused: Option<String>,
    /// Subfolders in which entries were written.
    grown: BTreeSet<PathBuf>,
}

impl Cache {
    /// A cache in a folder of its own, which is made when the first entry is written and told to version control as one
    /// to be ignored.
    pub fn new(folder: impl Into<PathBuf>) -> Cache {
        Cache::with(folder, PROGRAM, MOST / SHARDS)
    }

    pub(super) fn with(folder: impl Into<PathBuf>, program: &str, share: u64) -> Cache {
        Cache { folder: folder.into(), program: program.to_owned(), share, fared: Mutex::default() }
    }

    /// The contribution of a document under rules, by their hash, and an assumed date: that of an earlier run where
    /// there is one, else what `extract` gives, which is then kept.
    pub fn contribution(
        &self,
        document: &Document,
        rules: &str,
        as_of: Option<Date>,
        extract: impl FnOnce() -> Contribution,
    ) -> Contribution {
        self.fared().asked += 1;
        if document.bytes < SMALLEST || document.path == "-" {
            self.fared().passed_over += 1;
            return extract();
        }
        let key = Key::new(&self.program, document, rules, as_of);
        let path = folder::place(&self.folder, &key);
        match folder::read(&path, self.share) {
            Ok(None) => {}
            Ok(Some(bytes)) => match entry::open(&key, &bytes) {
                Some(contribution) => {
                    self.fared().read += 1;
                    return contribution;
                }
                None => self.fared().damaged += 1,
            },
            Err(_) => self.fared().damaged += 1,
        }
        let contribution = extract();
        self.keep(&key, &path, &contribution);
        contribution
    }

    fn keep(&self, key: &Key, path: &Path, contribution: &Contribution) {
        // A full disk or a folder that may not be written to is the same for every entry.
        if self.fared().refused.is_some() {
            return;
        }
        let Some(bytes) = entry::seal(key, contribution).filter(|b| b.len() as u64 <= self.share) else {
            self.fared().passed_over += 1;
            return;
        };
        let written: io::Result<()> = folder::write(&self.folder, path, &bytes);
        let mut fared = self.fared();
        match written {
            Ok(()) => {
                fared.written += 1;
                fared.grown.extend(path.parent().map(Path::to_path_buf));
            }
            Err(error) => fared.refused = Some(error.to_string()),
        }
    }

    /// Brings what this run has added to back under its bound, the oldest entries first. For the end of a first pass.
    pub fn trim(&self) {
        let grown = std::mem::take(&mut self.fared().grown);
        grown.iter().for_each(|shard| folder::trim(shard, self.share));
    }

    /// How the cache fared, for people: what was read and written, and what was wrong with it; `None` when it was asked
    /// for nothing. Lower case, no full stop.
    pub fn account(&self) -> Option<String> {
        let fared = self.fared();
        if fared.asked == 0 {
            return None;
        }
        let mut out = format!("{} of {} documents read from {}", fared.read, fared.asked, self.folder.display());
        for (count, what) in [
            (fared.written, "written to it"),
            (fared.damaged, "damaged there and extracted again"),
            (fared.passed_over, "not worth keeping"),
        ] {
            if count > 0 {
                out.push_str(&format!(", {count} {what}"));
            }
        }
        if let Some(why) = &fared.refused {
            out.push_str(&format!("; it cannot be written to: {why}"));
        }
        Some(out)
    }

    fn fared(&self) -> MutexGuard<'_, Fared> {
        // Counts are whole at any time, whatever a thread was doing when it stopped.
        self.fared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
