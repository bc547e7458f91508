//! The files of state of a project: where they lie, and what a run is held against.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::config::upwards;
use crate::file;
use crate::finding::Analysis;
use crate::report::safe;
use crate::state::{self, ACCEPTED, Decisions, Lock, SNAPSHOT, Snapshot, State};

use super::{Error, Options};

/// Where a project keeps its state: beside its `belie.toml`, where there is none below it on the way to what is read;
/// without one in the folder that is read first.
pub(super) struct Project {
    /// The snapshot; `None` when it is passed over.
    snapshot: Option<PathBuf>,
    accepted: PathBuf,
    /// Whether the user has named the snapshot, so that there must be one.
    named: bool,
    /// Whether the user has named the decisions.
    named_accepted: bool,
}

/// What a run is held against.
pub(super) struct Baseline {
    snapshot: Option<(Snapshot, String)>,
    decisions: Decisions,
}

/// That no link stands on the way to a file that nobody has named, from the folder in which it lies `below`: it came with
/// the sources, and may lead anywhere.
fn no_link(named: bool, path: &Path, below: &str, option: &str) -> Result<(), Error> {
    let below = Path::new(below);
    let folder = path.ancestors().nth(below.components().count()).unwrap_or(Path::new(""));
    match file::link_below(folder, below).filter(|_| !named) {
        None => Ok(()),
        Some(link) => {
            let why = format!("{} is a link and was not followed", safe(&shown(&link)));
            Err(Error::usage_with(why, format!("{option} names the file, wherever it is")))
        }
    }
}

impl Project {
    /// The project of the paths of a run.
    pub(super) fn of(paths: &[PathBuf], options: &Options) -> Project {
        let way: Vec<PathBuf> = paths.first().into_iter().flat_map(|first| upwards(first)).collect();
        let first = way.first().cloned().unwrap_or_default();
        let (folder, below) = match &options.config.file {
            Some((config, _)) => {
                let folder = upwards(Path::new(config)).next().unwrap_or_default();
                let at = way.iter().position(|above| is_one(above, &folder)).unwrap_or_default();
                (folder, &way[..at])
            }
            None => (first, &[][..]),
        };
        // What was kept before there was a configuration further up stays in force where it is.
        let place = |file: &str| {
            let kept = std::iter::once(&folder).chain(below).map(|f| f.join(file)).find(|path| path.exists());
            kept.unwrap_or_else(|| folder.join(file))
        };
        let against = &options.against;
        Project {
            snapshot: (!against.no_snapshot).then(|| against.snapshot.clone().unwrap_or_else(|| place(SNAPSHOT))),
            named: against.snapshot.is_some(),
            accepted: against.accepted.clone().unwrap_or_else(|| place(ACCEPTED)),
            named_accepted: against.accepted.is_some(),
        }
    }

    /// The project of a folder.
    #[cfg(test)]
    pub(super) fn in_folder(folder: &Path) -> Project {
        let (snapshot, accepted) = (Some(folder.join(SNAPSHOT)), folder.join(ACCEPTED));
        Project { snapshot, accepted, named: false, named_accepted: false }
    }

    /// The snapshot's file, whether it is there or not.
    pub(super) fn snapshot_file(&self) -> PathBuf {
        self.snapshot.clone().unwrap_or_default()
    }

    /// The file of decisions, whether it is there or not.
    pub(super) fn accepted_file(&self) -> &Path {
        &self.accepted
    }

    /// The snapshot; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is none that this belie reads.
    pub(super) fn snapshot(&self) -> Result<Option<Snapshot>, Error> {
        let Some(path) = &self.snapshot else { return Ok(None) };
        no_link(self.named, path, SNAPSHOT, "--snapshot")?;
        let shown = shown(path);
        let text = state::read(path, &shown).map_err(|fault| Error::Faults(vec![fault]))?;
        let snapshot = text.map(|text| Snapshot::parse(&text, &shown)).transpose();
        snapshot.map_err(|fault| Error::Faults(vec![fault]))
    }

    /// The text of the file of decisions, empty when there is none, and what it holds.
    ///
    /// # Errors
    /// When it cannot be read, or has faults.
    pub(super) fn decisions(&self) -> Result<(String, Decisions), Error> {
        no_link(self.named_accepted, &self.accepted, ACCEPTED, "--accepted")?;
        let shown = shown(&self.accepted);
        let text = state::read(&self.accepted, &shown).map_err(|fault| Error::Faults(vec![fault]))?;
        let Some(text) = text else { return Ok(Default::default()) };
        let decisions = Decisions::parse(&text, &shown).map_err(Error::Faults)?;
        Ok((text, decisions))
    }

    /// Changes the file of decisions: `change` has its text as it stands now, and gives the one that it should have, or none
    /// where no file should be. Nobody else writes meanwhile.
    ///
    /// # Errors
    /// When it cannot be read, has faults, or cannot be written; it is then what it was.
    pub(super) fn change_decisions(
        &self,
        change: impl FnOnce(&str) -> Result<Option<String>, Error>,
    ) -> Result<(), Error> {
        let path = &self.accepted;
        let failed = |source| Error::Write { path: path.clone(), source };
        let _lock = Lock::take(path).map_err(failed)?;
        // It may have been written since it was read.
        let (text, _) = self.decisions()?;
        match change(&text)? {
            Some(new) if new == text => Ok(()),
            Some(new) => file::write(path, &new).map_err(failed),
            None => file::remove(path).map_err(failed),
        }
    }

    /// Both.
    ///
    /// # Errors
    /// As of either; and when the user names a snapshot that is not there.
    pub(super) fn held(&self) -> Result<Baseline, Error> {
        let snapshot = self.snapshot()?.zip(self.snapshot.as_deref().map(shown));
        if let (true, None, Some(path)) = (self.named, &snapshot, &self.snapshot) {
            let help = "belie snapshot --snapshot FILE writes it";
            return Err(Error::usage_with(format!("there is no snapshot at {}", safe(&shown(path))), help));
        }
        Ok(Baseline { snapshot, decisions: self.decisions()?.1 })
    }
}

impl Baseline {
    /// Gives the findings of a run their status.
    pub(super) fn settle(self, analysis: &mut Analysis, paths: &[PathBuf], options: &Options) {
        let settings = &options.settings;
        let ran = |rule: &str| {
            let among = |rules: &[String]| rules.iter().any(|r| r == rule);
            let off = matches!(settings.severities.get(rule), Some(None));
            (settings.select.is_empty() || among(&settings.select)) && !among(&settings.ignore) && !off
        };
        let state = State {
            snapshot: self.snapshot,
            decisions: self.decisions,
            changed: options.against.changed.clone(),
            whole: paths.iter().all(|p| p.is_dir()),
            ran: &ran,
            today: &|| today(options),
        };
        state::settle(analysis, &state);
    }
}

/// The day of the run: the one that the user gives, else that of the clock, in Greenwich, so that it is one day on
/// every machine.
fn today(options: &Options) -> Date {
    let clock = || jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    options.against.today.unwrap_or_else(clock)
}

/// Whether two ways lead to one folder; the empty one leads to where belie runs.
fn is_one(a: &Path, b: &Path) -> bool {
    let whole = |path: &Path| Path::new(".").join(path).canonicalize().ok();
    a == b || whole(a).is_some_and(|a| Some(a) == whole(b))
}

/// A path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
