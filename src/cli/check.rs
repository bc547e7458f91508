//! From what was typed to checked options: after this nobody validates again.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anstream::ColorChoice;
use anstream::stream::RawStream;

use crate::app::command::decide::Ruling;
use crate::app::pipeline::Settings;
use crate::app::{Against, Error, Options, Output};
use crate::config::{self, Config, FailOn, suggestion};
use crate::graph::Severity;
use crate::report::{FORMATS, Style, format};
use crate::rule::Rules;
use crate::source::{ReadOptions, WalkOptions, reader};
use crate::state::Choice;
use crate::store::Cache;
use crate::text::address;

use super::args::{self, Color, Common, Deciding, Walk};
use super::folder;

/// Fewest columns that a report is laid out for.
const NARROWEST: usize = 40;
/// Most columns: lines longer than this are hard to read.
const WIDEST: usize = 200;

/// Finds and reads the configuration, from `start` upwards, loads the rules, and settles every option. The command line
/// outranks the configuration.
///
/// # Errors
/// Faults of rule files and of the configuration; an unknown rule.
pub(super) fn options(common: &Common, walk: Walk, start: Option<&Path>, color_errors: bool) -> Result<Options, Error> {
    let config = match &common.config {
        Some(path) => Config::read(path, &path.to_string_lossy()).map_err(Error::Faults)?,
        // Without a path there is nothing beside which a configuration could lie.
        None => match start.filter(|_| !common.no_config).and_then(config::discover) {
            // What came with the sources may lead anywhere, and its faults show what stands there.
            Some((path, shown)) if path.is_symlink() => {
                let why = format!("{shown} is a link and was not read");
                return Err(Error::usage_with(why, "name it with --config, or ignore it with --no-config"));
            }
            Some((path, shown)) => Config::read(&path, &shown).map_err(Error::Faults)?,
            None => Config::default(),
        },
    };
    if let Some(link) = config.links() {
        let why = format!("{}: `rules` leads through a link, {}", config.shown(), link.display());
        return Err(Error::usage_with(why, "name the folder with --rules, if you trust it"));
    }
    let folders: Vec<PathBuf> = config.rules.iter().chain(&common.rules).cloned().collect();
    let rules = Rules::load_with(&folders, &config.attributes).map_err(Error::Faults)?;
    let known = rules.ids();
    for (option, ids) in [("--select", &common.select), ("--ignore", &common.ignore)] {
        if let Some(unknown) = ids.iter().find(|id| !known.contains(id.as_str())) {
            let help = suggestion(unknown, known.iter().copied());
            return Err(Error::usage_with(format!("{option}: no rule `{unknown}`"), help));
        }
    }
    config.check(&known, &FORMATS.iter().map(|f| f.name()).collect()).map_err(Error::Faults)?;
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let settings = Settings {
        min_confidence: common.min_confidence,
        as_of: common.as_of.or(config.as_of),
        jobs: common.jobs.map_or_else(cores, usize::from),
        select: common.select.clone(),
        ignore: common.ignore.clone(),
        severities: config.severities.clone(),
        config: config.file.clone(),
        aliases: config.aliases.clone(),
        ..Settings::default()
    };
    Ok(Options {
        rules,
        settings,
        cache: folder::cache(|name| std::env::var_os(name))
            .filter(|_| !common.no_cache)
            .map(|folder| Arc::new(Cache::new(folder))),
        walk: WalkOptions { no_ignore: walk.no_ignore, read: reading(common, &config) },
        strict: walk.strict,
        allow_empty: walk.allow_empty,
        against: Against::default(),
        style: Style {
            color: color(common.color, &std::io::stdout()),
            links: links(color(common.color, &std::io::stdout())),
            width: terminal_size::terminal_size()
                .map_or(Style::WIDTH, |(terminal_size::Width(w), _)| usize::from(w).clamp(NARROWEST, WIDEST)),
            verbose: common.verbose,
            quiet: common.quiet,
            fail_on: config.fail_on.unwrap_or(FailOn::Severity(Severity::Error)),
        },
        color_errors,
        config,
    })
}

/// What reading may cost, and how it is done.
fn reading(common: &Common, config: &Config) -> ReadOptions {
    let usual = ReadOptions::default();
    let format = common.input_format.as_deref().and_then(reader::by_name);
    ReadOptions {
        most_bytes: common.max_size.or(config.max_size).unwrap_or(usual.most_bytes),
        most_unpacked: common.max_unpacked.unwrap_or(usual.most_unpacked),
        most_ratio: common.max_ratio.unwrap_or(usual.most_ratio),
        most_depth: common.max_depth.unwrap_or(usual.most_depth),
        most_parts: common.max_parts.unwrap_or(usual.most_parts),
        most_time: common.max_time.map_or(usual.most_time, Duration::from_secs),
        input_format: format.map(|reader| reader.name()),
        data: usual.data,
        json: config.json.clone(),
    }
}

/// What findings are held against. The assumed date of documents is the day of the run as well.
pub(super) fn against(typed: args::Against, common: &Common) -> Against {
    let words = |paths: Vec<PathBuf>| paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    Against {
        snapshot: typed.snapshot,
        no_snapshot: typed.no_snapshot,
        accepted: typed.accepted,
        changed: typed.changed.map(words),
        today: common.as_of,
    }
}

/// A ruling; who decides may stand in the environment.
pub(super) fn ruling(choice: Choice, reason: String, typed: Deciding, common: &Common) -> Ruling {
    let author = typed.author.or_else(|| std::env::var("BELIE_AUTHOR").ok()).unwrap_or_default();
    Ruling { choice, reason, author, date: typed.date.or(common.as_of), until: typed.until }
}

/// Whether a stream takes colour: `NO_COLOR`, `CLICOLOR`, `TERM` and whether it is a terminal decide, unless the user
/// does.
pub(super) fn color(wanted: Color, stream: &impl RawStream) -> bool {
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(stream) != ColorChoice::Never,
    }
}

/// Whether a stream is a terminal that can be told to write over its line.
pub(super) fn steers(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// The current folder as an address, where standard output is a terminal that turns text into links, and colour is wanted.
fn links(color: bool) -> Option<&'static str> {
    if !color || !supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout) {
        return None;
    }
    let folder = std::env::current_dir().ok()?;
    // Once a run, for as long as it lasts.
    Some(Box::leak(format!("{}/", address(&folder.to_string_lossy())).into_boxed_str()))
}

/// The outputs of `check`: what was typed, or else what the configuration says.
///
/// # Errors
/// As of [`outputs`].
pub(super) fn checked(typed: &[String], options: &Options) -> Result<Vec<Output>, Error> {
    if !typed.is_empty() {
        return outputs(typed, "terminal");
    }
    let mut outputs = outputs(&options.config.formats, "terminal")?;
    for output in &mut outputs {
        output.within = options.config.folder();
    }
    Ok(outputs)
}

/// Reads `F` and `F=FILE`; `default` stands for none.
///
/// # Errors
/// An unknown format, an empty file name, or two formats on standard output.
pub(super) fn outputs(typed: &[String], default: &str) -> Result<Vec<Output>, Error> {
    outputs_of(typed, default, format, || FORMATS.iter().map(|f| f.name()))
}

/// The same of the formats that show claims.
///
/// # Errors
/// Also a format that tells of findings and not of claims.
pub(super) fn claim_outputs(typed: &[String]) -> Result<Vec<Output>, Error> {
    let outputs = outputs(typed, "table")?;
    match outputs.iter().find(|o| !o.format.shows_claims()) {
        None => Ok(outputs),
        Some(unfit) => {
            let fit: Vec<String> =
                FORMATS.iter().filter(|f| f.shows_claims()).map(|f| format!("`{}`", f.name())).collect();
            let why = format!("--format: `{}` reports findings, not claims", unfit.format.name());
            let help = format!("claims can be written as {}; `belie check` writes the others", fit.join(", "));
            Err(Error::usage_with(why, help))
        }
    }
}

/// The same of formats that `find` knows by the names that `all` lists.
pub(super) fn outputs_of<F, N: Iterator<Item = &'static str> + Clone>(
    typed: &[String],
    default: &str,
    find: impl Fn(&str) -> Option<F>,
    all: impl Fn() -> N,
) -> Result<Vec<Output<F>>, Error> {
    let default = [default.to_owned()];
    let typed = if typed.is_empty() { &default } else { typed };
    let mut outputs: Vec<Output<F>> = Vec::new();
    for word in typed {
        let (name, file) = word.split_once('=').map_or((word.as_str(), None), |(n, f)| (n, Some(f)));
        let Some(format) = find(name) else {
            let help = suggestion(name, all());
            return Err(Error::usage_with(format!("--format: no format `{name}`"), help));
        };
        let file = match file {
            Some("") => return Err(Error::usage(format!("--format: no file name after `{word}`"))),
            Some("-") | None => None,
            Some(file) => Some(PathBuf::from(file)),
        };
        // Said before the work is done.
        let folder = file.as_deref().and_then(Path::parent).filter(|f| !f.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|f| !f.is_dir()) {
            let why = format!("--format: `{word}` cannot be written: there is no folder {}", folder.display());
            return Err(Error::usage_with(why, "create the folder first; belie does not create it"));
        }
        if file.as_deref().is_some_and(Path::is_dir) {
            return Err(Error::usage(format!("--format: `{word}` cannot be written: it is a folder")));
        }
        if outputs.iter().any(|o| o.file == file) {
            let both = "--format: two formats for one output";
            return Err(Error::usage_with(both, "give all but one of them a file: --format json=report.json"));
        }
        outputs.push(Output { format, file, within: None });
    }
    Ok(outputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &[&str]) -> Result<Vec<(&'static str, Option<PathBuf>)>, String> {
        let typed: Vec<String> = typed.iter().map(|t| (*t).to_owned()).collect();
        let outputs = outputs(&typed, "terminal").map_err(|e| e.render(false))?;
        Ok(outputs.into_iter().map(|o| (o.format.name(), o.file)).collect())
    }

    #[test]
    fn formats() {
        assert_eq!(check(&[]), Ok(vec![("terminal", None)]));
        assert_eq!(check(&["json=a=b", "concise"]), Ok(vec![("json", Some("a=b".into())), ("concise", None)]));
        assert!(check(&["jsn"]).unwrap_err().contains("did you mean `json`?"));
        assert!(check(&["json", "concise"]).unwrap_err().contains("two formats"));
        assert!(check(&["json="]).unwrap_err().contains("no file name"));
        assert!(check(&["json=-", "concise"]).unwrap_err().contains("two formats"));
        assert!(check(&["json=a", "concise=a"]).unwrap_err().contains("two formats"));
        assert!(check(&["json=no/such/a"]).unwrap_err().contains("there is no folder no/such"));
        assert!(check(&["json=src"]).unwrap_err().contains("it is a folder"));
    }

    #[test]
    fn formats_of_claims() {
        let typed = |word: &str| claim_outputs(&[word.to_owned()]).map(|o| o[0].format.name());
        assert_eq!(typed("jsonl").ok(), Some("jsonl"));
        let stated = typed("sarif").unwrap_err().render(false);
        assert_eq!(
            stated,
            "error: --format: `sarif` reports findings, not claims\n  help: claims can be written as `json`, \
             `jsonl`, `json-schema`, `table`; `belie check` writes the others"
        );
    }
}
