//! Options after checking: nobody validates again.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::report::{Format, Style};
use crate::rule::Rules;
use crate::source::WalkOptions;
use crate::store::Cache;

use super::pipeline::Settings;

/// All that a command needs to know beside its own arguments.
pub struct Options {
    /// The rules in force.
    pub rules: Rules,
    /// What the pipeline is given. Its rule ids exist, and `jobs` is at least 1.
    pub settings: Settings,
    /// The configuration, empty when none was read.
    pub config: Config,
    /// The cache, unless the user wants none. Documents of paths are kept there; texts on the command line and in lines of
    /// JSON are seen once.
    pub cache: Option<Arc<Cache>>,
    /// How folders are walked.
    pub walk: WalkOptions,
    /// Whether a walked file that cannot be read fails the run.
    pub strict: bool,
    /// Whether a run may have nothing to check.
    pub allow_empty: bool,
    /// What findings are held against.
    pub against: Against,
    /// How standard output looks, and from which severity on findings fail the run.
    pub style: Style,
    /// Whether standard error takes colour.
    pub color_errors: bool,
}

/// What findings are held against, as far as the user says so.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// The snapshot; else the one in the folder of the project.
    pub snapshot: Option<PathBuf>,
    /// Whether a snapshot is passed over.
    pub no_snapshot: bool,
    /// The decisions; else the ones in the folder of the project.
    pub accepted: Option<PathBuf>,
    /// Files that count as changed; `None` when the user does not say.
    pub changed: Option<Vec<String>>,
    /// The day of the run; else the clock's, which is looked at only when a decision has a last day.
    pub today: Option<Date>,
}

/// One `--format`: of an analysis, or of what else a command prints.
pub struct Output<F = &'static dyn Format> {
    /// The format.
    pub format: F,
    /// The file; `None` is standard output, which at most one output of a run has.
    pub file: Option<PathBuf>,
    /// The folder of the configuration that names the file; `None` when the user does. It came with the sources, so
    /// nothing outside is written, and nothing over what belie did not write.
    pub within: Option<PathBuf>,
}
