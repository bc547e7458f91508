//! What was typed. Nothing is checked here but that words can be read; `check.rs` does the rest.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::app::Named;
use crate::config::FailOn;
use crate::file::parse_size;
use crate::graph::Severity;
use crate::network::FORMS;
use crate::report::{FORMATS, VerdictFormat};
use crate::source::reader::READERS;

/// Cross-checks claims: links what several documents agree on, flags what they contradict, and says why.
#[derive(Debug, Parser)]
#[command(name = "belie", version, about, max_term_width = 100, after_help = EXIT)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

const EXIT: &str = "Exit codes: 0 nothing at or above --fail-on; 1 findings (verify: contradicted or disputed); 2 bad usage, configuration or rule, a named \
    path that cannot be read, or nothing to check. belie never uses the network.";

/// Options of every command.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Folder with more rule files; may be given several times
    #[arg(long, value_name = "DIR", global = true, help_heading = "Rules and configuration")]
    pub rules: Vec<PathBuf>,
    /// The configuration [default: belie.toml beside the first path or above it]
    #[arg(long, value_name = "FILE", global = true, help_heading = "Rules and configuration")]
    pub config: Option<PathBuf>,
    /// Read no configuration, whatever lies beside the paths
    #[arg(long, global = true, conflicts_with = "config", help_heading = "Rules and configuration")]
    pub no_config: bool,
    /// Run only these rules; may be given several times, or as a list with commas
    #[arg(long, value_name = "RULE", value_delimiter = ',', global = true, help_heading = "Rules and configuration")]
    pub select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', global = true, help_heading = "Rules and configuration")]
    pub ignore: Vec<String>,
    /// Show the conflicts that are as sure as this, from 0 to 1: 0.9 for fewer, 0.5 for more [default: as the rules say]
    #[arg(long, value_name = "N", value_parser = confidence, global = true, help_heading = "Rules and configuration")]
    pub min_confidence: Option<u16>,
    /// Assumed date of documents that have none, as 2026-05-19
    #[arg(long, value_name = "DATE", value_parser = date, global = true, help_heading = "Rules and configuration")]
    pub as_of: Option<Date>,
    /// Largest file, and most of standard input, that is read, as 16M [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = size, global = true, help_heading = "Reading")]
    pub max_size: Option<u64>,
    /// Format of standard input [default: recognised by its bytes]
    #[arg(long, value_name = "F", value_parser = input_formats(), global = true, help_heading = "Reading")]
    pub input_format: Option<String>,
    /// Most bytes that one file may unpack to, as 512M [default: 1G]
    #[arg(long, value_name = "SIZE", value_parser = size, global = true, help_heading = "Reading")]
    pub max_unpacked: Option<u64>,
    /// How many times its packed size a part of a file may unpack to [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), global = true, help_heading = "Reading")]
    pub max_ratio: Option<u64>,
    /// How deep archives, elements and lists may lie in one another [default: 64]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000), global = true, help_heading = "Reading")]
    pub max_depth: Option<u32>,
    /// Most pages of a file, and most documents in one [default: 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), global = true, help_heading = "Reading")]
    pub max_parts: Option<u32>,
    /// Seconds that taking one file apart may last [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..), global = true, help_heading = "Reading")]
    pub max_time: Option<u64>,
    /// Number of threads; the result does not depend on it [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), global = true)]
    pub jobs: Option<u16>,
    /// Extract every document again, and keep nothing for the next run (the cache is in $BELIE_CACHE_DIR, else in the
    /// user's cache folder; the result does not depend on it)
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Colour on the terminal
    #[arg(long, alias = "colour", value_name = "WHEN", value_enum, default_value_t = Color::Auto, global = true)]
    pub color: Color,
    /// Only findings and totals; of the problems only errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show notes as full cards, what stayed unresolved, and what the cache did
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How paths are read.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Walk {
    /// Also read what .gitignore and .ignore exclude
    #[arg(long)]
    pub no_ignore: bool,
    /// Exit with 2 when a file found in a folder cannot be read
    #[arg(long)]
    pub strict: bool,
    /// Do not fail when there is nothing to check
    #[arg(long)]
    pub allow_empty: bool,
}

/// What findings are held against.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Snapshot and decisions")]
pub(super) struct Against {
    /// The snapshot to compare with [default: snapshots/belie.snapshot.json beside belie.toml, or in the folder of the
    /// first path]
    #[arg(long, value_name = "FILE")]
    pub snapshot: Option<PathBuf>,
    /// Treat every finding that nobody has decided on as new
    #[arg(long, conflicts_with = "snapshot")]
    pub no_snapshot: bool,
    /// The file of decisions [default: belie.accepted.toml beside belie.toml, or in the folder of the first path]
    #[arg(long, value_name = "FILE")]
    pub accepted: Option<PathBuf>,
    /// Files whose findings count as new; without a snapshot, all others count as known. Takes any number of files
    #[arg(long, value_name = "FILE", num_args = 0..)]
    pub changed: Option<Vec<PathBuf>>,
}

/// Who decides, and for how long.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Snapshot and decisions")]
pub(super) struct Deciding {
    /// Who decides [default: $BELIE_AUTHOR]
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// The day of the decision, as 2026-05-19, or `today` [default: that of --as-of, else none is written]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
    /// The last day on which the decision holds
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
}

/// A decision on one finding.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Decide {
    /// Id of the finding, or the start of it
    #[arg(value_name = "FINDING")]
    pub finding: String,
    /// The paths it was found in [default: .]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub deciding: Deciding,
    /// The file of decisions [default: belie.accepted.toml beside belie.toml, or in the folder of the first path]
    #[arg(long, value_name = "FILE", help_heading = "Snapshot and decisions")]
    pub accepted: Option<PathBuf>,
    #[command(flatten)]
    pub walk: Walk,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find what documents agree on and where they contradict one another, or themselves
    Check {
        /// Files and folders; - is standard input [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How to report, and where; may be given several times [default: terminal]
        #[arg(long, value_name = "F[=FILE]", help = format_help("terminal"))]
        format: Vec<String>,
        /// The lowest severity that makes the run exit with 1: error, warning, note, never [default: error]
        #[arg(long, value_name = "SEVERITY", value_enum)]
        fail_on: Option<Threshold>,
        #[command(flatten)]
        against: Against,
        #[command(flatten)]
        walk: Walk,
    },
    /// Record what is found, so that later runs fail only on new findings
    Snapshot {
        /// Files and folders; - is standard input [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Write nothing; list what has changed, claim by claim, and exit with 1 if anything has
        #[arg(long)]
        check: bool,
        /// Write it, even over a snapshot that cannot be read
        #[arg(long, conflicts_with = "check")]
        accept: bool,
        /// Where to keep it [default: snapshots/belie.snapshot.json beside belie.toml, or in the folder of the first path]
        #[arg(long, value_name = "FILE", alias = "file")]
        snapshot: Option<PathBuf>,
        #[command(flatten)]
        walk: Walk,
    },
    /// Go through new and changed findings one by one and decide on each
    Review {
        /// Files and folders [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        against: Against,
        #[command(flatten)]
        deciding: Deciding,
        #[command(flatten)]
        walk: Walk,
    },
    /// Accept a finding: it is right, and no run fails on it until one of its sentences changes
    Accept(Decide),
    /// Dismiss a finding as wrong, until one of its sentences changes
    Dismiss(Decide),
    /// List the claims of documents
    Claims {
        /// Files and folders; - is standard input [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[arg(long, value_name = "F[=FILE]", help = format_help("table"))]
        format: Vec<String>,
        #[command(flatten)]
        walk: Walk,
    },
    /// Draw sources, claims, entities and origins, and the links between them
    Graph {
        /// Files and folders; - is standard input [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[arg(long, value_name = "F[=FILE]", help = form_help())]
        format: Vec<String>,
        /// Only the claims about this subject and what they are linked to; part of the name is enough
        #[arg(long, value_name = "SUBJECT")]
        around: Option<String>,
        #[command(flatten)]
        walk: Walk,
    },
    /// Underline the values in documents, each with how it was read
    Mentions {
        /// Files and folders; - is standard input [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Answer JSON lines: {"id","text","ref_date"} in, {"id","mentions"} out
        #[arg(long, conflicts_with = "paths")]
        jsonl: bool,
        #[command(flatten)]
        walk: Walk,
    },
    /// Compare two texts
    Compare {
        /// A file, or the text itself
        #[arg(required_unless_present = "jsonl")]
        a: Option<String>,
        /// A file, or the text itself
        #[arg(required_unless_present = "jsonl")]
        b: Option<String>,
        /// Answer JSON lines: {"id","premise","hypothesis"} in, {"id","relation","rule","because"} out
        #[arg(long, conflicts_with_all = ["a", "b"])]
        jsonl: bool,
    },
    /// Say whether documents support or contradict a statement, and where
    Verify {
        /// The statement; with --file or --jsonl, the first path instead
        #[arg(value_name = "TEXT")]
        text: Option<OsString>,
        /// The sources: files and folders; - is standard input [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Check the text of a file; every sentence gets its own verdict
        #[arg(long, value_name = "FILE", conflicts_with = "jsonl")]
        file: Option<PathBuf>,
        /// Answer JSON lines: {"id","text"} in, optionally with "sources":[{"id","text"}] in place of the paths;
        /// {"id","text","verdict","evidence","relations"} out
        #[arg(long)]
        jsonl: bool,
        /// Also exit with 1 when nothing in the sources supports a sentence of the statement
        #[arg(long)]
        require_support: bool,
        /// Also show, gate by gate, how the statement compares with what the sources say at a place
        #[arg(long, value_name = "FILE:LINE[:COLUMN]", value_parser = place, conflicts_with = "jsonl")]
        why: Option<Named>,
        #[arg(long, value_name = "F[=FILE]", conflicts_with = "jsonl", help = verdict_help())]
        format: Vec<String>,
        #[command(flatten)]
        walk: Walk,
    },
    /// Say what links two places, or what keeps them apart
    Why {
        /// One place
        #[arg(value_name = "FILE:LINE[:COLUMN]", value_parser = place)]
        a: Named,
        /// The other place
        #[arg(value_name = "FILE:LINE[:COLUMN]", value_parser = place)]
        b: Named,
        /// What to read [default: the two files]; other documents may settle what a name stands for
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        walk: Walk,
    },
    /// Explain what a rule is for, or what a finding rests on
    Explain {
        /// Id of a rule or of a finding; the start of an id is enough
        #[arg(value_name = "RULE|FINDING")]
        name: String,
        /// The paths the finding was found in
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        walk: Walk,
    },
    /// List, show and test rules
    Rules {
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Check again whenever a document, a rule or the configuration changes; Ctrl-C ends it
    Watch {
        /// Files and folders [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[arg(long, value_name = "F[=FILE]", help = format_help("terminal"))]
        format: Vec<String>,
        /// End after so many runs, with the exit code of the last
        #[arg(long, value_name = "N", hide = true, value_parser = clap::value_parser!(u32).range(1..))]
        runs: Option<u32>,
        #[command(flatten)]
        walk: Walk,
    },
    /// Write a belie.toml with every key commented out
    Init {
        /// The folder
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Print completions for a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page, or write the pages of all commands
    Man {
        /// Folder to write belie.1, belie-check.1 and the others into
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List every rule with its summary
    List,
    /// Show a rule with its examples
    Show {
        /// Id of the rule
        id: String,
    },
    /// Run the examples of rules
    Test {
        /// Id of the rule [default: all]
        id: Option<String>,
    },
    /// Print the JSON Schemas of rule files
    Schema,
    /// Write a page of Markdown for every rule, and a list of them
    Book {
        /// The folder; made if it is missing
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Threshold {
    /// What cannot both hold
    Error,
    /// What a reader should look at, and errors
    Warning,
    /// Anything at all
    Note,
    /// Nothing
    Never,
}

impl From<Threshold> for FailOn {
    fn from(threshold: Threshold) -> FailOn {
        match threshold {
            Threshold::Error => FailOn::Severity(Severity::Error),
            Threshold::Warning => FailOn::Severity(Severity::Warning),
            Threshold::Note => FailOn::Severity(Severity::Note),
            Threshold::Never => FailOn::Never,
        }
    }
}

impl Command {
    /// The paths to read; the current folder where a command that reads folders names none.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let here = || vec![PathBuf::from(".")];
        match self {
            Command::Check { paths, .. }
            | Command::Snapshot { paths, .. }
            | Command::Review { paths, .. }
            | Command::Accept(Decide { paths, .. })
            | Command::Dismiss(Decide { paths, .. })
            | Command::Claims { paths, .. }
            | Command::Graph { paths, .. }
            | Command::Watch { paths, .. }
            | Command::Mentions { paths, jsonl: false, .. } => {
                if paths.is_empty() {
                    here()
                } else {
                    paths.clone()
                }
            }
            Command::Verify { text, paths, file, jsonl, .. } => {
                let first = text.iter().filter(|_| file.is_some() || *jsonl).map(PathBuf::from);
                let all: Vec<PathBuf> = first.chain(paths.iter().cloned()).collect();
                // Lines of JSON may bring their own sources.
                if all.is_empty() && !jsonl { here() } else { all }
            }
            Command::Mentions { paths, .. } | Command::Explain { paths, .. } => paths.clone(),
            Command::Why { a, paths, .. } if paths.is_empty() => vec![a.file.clone()],
            Command::Why { paths, .. } => paths.clone(),
            Command::Compare { .. }
            | Command::Rules { .. }
            | Command::Init { .. }
            | Command::Completions { .. }
            | Command::Man { .. } => Vec::new(),
        }
    }

    /// Where the search for a configuration starts: at the first path; of what tells of rules alone, here. `compare` and
    /// lines of JSON have no place beside which one could lie.
    pub(super) fn start(&self) -> Option<PathBuf> {
        // Standard input lies nowhere.
        let first = self.paths().into_iter().find(|path| path.as_os_str() != "-");
        let here = || matches!(self, Command::Rules { .. } | Command::Explain { .. }).then(|| PathBuf::from("."));
        first.or_else(here)
    }

    /// How to read them.
    pub(super) fn walk(&self) -> Walk {
        match self {
            Command::Check { walk, .. }
            | Command::Snapshot { walk, .. }
            | Command::Review { walk, .. }
            | Command::Accept(Decide { walk, .. })
            | Command::Dismiss(Decide { walk, .. })
            | Command::Claims { walk, .. }
            | Command::Graph { walk, .. }
            | Command::Mentions { walk, .. }
            | Command::Verify { walk, .. }
            | Command::Why { walk, .. }
            | Command::Watch { walk, .. }
            | Command::Explain { walk, .. } => walk.clone(),
            Command::Compare { .. }
            | Command::Rules { .. }
            | Command::Init { .. }
            | Command::Completions { .. }
            | Command::Man { .. } => Walk::default(),
        }
    }
}

/// The help of `--format`: the table of formats is the one place that lists them.
fn format_help(default: &str) -> String {
    listed("How to report", default, FORMATS.iter().map(|f| (f.name(), f.help())))
}

/// The same of `graph`, which has forms of its own.
fn form_help() -> String {
    listed("How to draw", "dot", FORMS.iter().map(|f| (f.name(), f.help())))
}

fn listed(what: &str, default: &str, formats: impl Iterator<Item = (&'static str, &'static str)>) -> String {
    let mut out = format!("{what}, and where; may be given several times [default: {default}]\n");
    for (name, help) in formats {
        out.push_str(&format!("- {name}: {help}\n"));
    }
    out
}

/// The same of the formats of a verdict.
fn verdict_help() -> String {
    let mut out = "How to report, and where; may be given several times [default: terminal]\n".to_owned();
    for (_, name, help) in VerdictFormat::ALL {
        out.push_str(&format!("- {name}: {help}\n"));
    }
    out
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write it like 2026-05-19".to_owned())
}

/// A confidence from 0 to 1 in thousandths.
fn confidence(text: &str) -> Result<u16, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&number) { Ok((number * 1000.0).round() as u16) } else { Err("not from 0 to 1".to_owned()) }
}

/// The names of the readers.
fn input_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(READERS.iter().map(|r| r.name()))
}

fn size(text: &str) -> Result<u64, String> {
    let wanted = || "write it like 500K, 16M or 1G, below 4G".to_owned();
    parse_size(text).filter(|n| *n < u64::from(u32::MAX)).ok_or_else(wanted)
}

/// A date, or that of the clock, in Greenwich.
fn day(text: &str) -> Result<Date, String> {
    match text {
        "today" => Ok(Timestamp::now().to_zoned(TimeZone::UTC).date()),
        _ => date(text).map_err(|e| format!("{e}, or `today`")),
    }
}

fn place(text: &str) -> Result<Named, String> {
    Named::parse(text).map_err(|e| format!("{e}: write FILE:LINE, or FILE:LINE:COLUMN"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_sound() {
        Args::command().debug_assert();
    }
}
