//! The files of state of a project: where they lie, and what a run is held against.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::finding::Analysis;
use crate::report::safe;
use crate::state::{self, ACCEPTED, Decisions, SNAPSHOT, Snapshot, State};

use super::{Error, Options};

/// Where a project keeps its state: beside its `belie.toml`; without one in the folder that is read first.
pub(super) struct Project {
    /// The snapshot; `None` when it is passed over.
    snapshot: Option<PathBuf>,
    accepted: PathBuf,
    /// Whether the user has named the snapshot, so that there must be one.
    named: bool,
}

/// What a run is held against.
pub(super) struct Held {
    snapshot: Option<(Snapshot, String)>,
    decisions: Decisions,
}

impl Project {
    /// The project of the paths of a run.
    pub(super) fn of(paths: &[PathBuf], options: &Options) -> Project {
        let folder = match &options.config.file {
            Some((config, _)) => Path::new(config).parent().map(Path::to_owned).unwrap_or_default(),
            None => match paths.first() {
                Some(first) if first.is_dir() => first.clone(),
                Some(first) => first.parent().map(Path::to_owned).unwrap_or_default(),
                None => PathBuf::new(),
            },
        };
        // `./x` and `x` are one file, and people write the second.
        let folder = folder.strip_prefix(".").map(Path::to_owned).unwrap_or(folder);
        let against = &options.against;
        Project {
            snapshot: (!against.no_snapshot).then(|| against.snapshot.clone().unwrap_or_else(|| folder.join(SNAPSHOT))),
            named: against.snapshot.is_some(),
            accepted: against.accepted.clone().unwrap_or_else(|| folder.join(ACCEPTED)),
        }
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
        let shown = shown(&self.accepted);
        let text = state::read(&self.accepted, &shown).map_err(|fault| Error::Faults(vec![fault]))?;
        let Some(text) = text else { return Ok(Default::default()) };
        let decisions = Decisions::parse(&text, &shown).map_err(Error::Faults)?;
        Ok((text, decisions))
    }

    /// Both.
    ///
    /// # Errors
    /// As of either; and when the user names a snapshot that is not there.
    pub(super) fn held(&self) -> Result<Held, Error> {
        let snapshot = self.snapshot()?.zip(self.snapshot.as_deref().map(shown));
        if let (true, None, Some(path)) = (self.named, &snapshot, &self.snapshot) {
            let help = "belie snapshot --file writes it";
            return Err(Error::usage_with(format!("there is no snapshot at {}", safe(&shown(path))), help));
        }
        Ok(Held { snapshot, decisions: self.decisions()?.1 })
    }
}

impl Held {
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

/// A path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
