//! `belie check`: claims, links, findings.

use std::path::PathBuf;

use crate::app::guard;
use crate::app::input::{self, Input};
use crate::app::pipeline::analyse;
use crate::app::project::Project;
use crate::app::{Console, Error, Exit, Options, Output};
use crate::claim::Extractor;
use crate::file;
use crate::finding::Analysis;
use crate::problem::Level;
use crate::report::{Style, Tally};
use crate::source::reader::READERS;

/// Reads, analyses, holds the findings against snapshot and decisions, prints every format, and says how it ends.
///
/// # Errors
/// When a report cannot be written, or a file of state not be read.
pub fn run(paths: &[PathBuf], outputs: &[Output], options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let held = Project::of(paths, options).held()?;
    let input = input::read(paths, options);
    guard::outputs(outputs, &input, options)?;
    let Input { documents, problems, settings, .. } = input;
    let mut analysis = analyse(documents, problems, &Extractor::new(&options.rules), &settings);
    held.settle(&mut analysis, paths, options);
    write(outputs, |format, style| format.render(&analysis, style), options, console)?;
    // A terminal report shows the problems itself.
    if !outputs.iter().any(|o| o.file.is_none() && o.format.name() == "terminal") {
        input::say(&analysis.problems, options, console);
    }
    // A path that is named and cannot be read has said so itself.
    let stated = analysis.documents.is_empty() && analysis.problems.iter().any(|p| p.level == Level::Error);
    if stated && !options.allow_empty {
        return Ok(Exit::Failed);
    }
    if let Some((why, help)) = nothing_to_check(&analysis).filter(|_| !options.allow_empty) {
        console.say(&format!("error: nothing to check: {why}\n  help: {help}; with --allow-empty this does not fail"));
        return Ok(Exit::Failed);
    }
    Ok(input::exit(&analysis.problems, options).max(verdict(&analysis, options)))
}

/// Prints in every format that was asked for what `render` makes of it.
pub(super) fn write<F>(
    outputs: &[Output<F>],
    render: impl Fn(&F, &Style) -> String,
    options: &Options,
    console: &mut Console<'_>,
) -> Result<(), Error> {
    for output in outputs {
        match &output.file {
            None => {
                console.print(&render(&output.format, &options.style))?;
                console.flush()?;
            }
            Some(path) => {
                // A file has no colours and no width of its own: it is the same on every machine.
                let style = Style { color: false, links: None, width: Style::WIDTH, ..options.style };
                let text = render(&output.format, &style);
                file::write(path, text).map_err(|source| Error::Write { path: path.clone(), source })?;
            }
        }
    }
    Ok(())
}

/// Why a run has nothing to show for itself, and what to do; `None` when something was compared or evaluated.
fn nothing_to_check(analysis: &Analysis) -> Option<(&'static str, String)> {
    let tally = Tally::new(analysis);
    if tally.sources.is_empty() {
        let known: Vec<String> = READERS.iter().flat_map(|r| r.extensions()).map(|e| format!(".{e}")).collect();
        Some(("no readable document", format!("files that are read in folders: {}", known.join(", "))))
    } else if tally.claims == 0 {
        Some(("no claim found in the documents", "`belie mentions` shows which values were seen".to_owned()))
    } else if tally.nothing_compared {
        let help = "`belie claims` shows what was read, `belie why FILE:LINE FILE:LINE` what keeps two places apart";
        Some(("no two claims could be compared", help.to_owned()))
    } else {
        None
    }
}

/// Findings that no snapshot knows and nobody has settled, at or above `--fail-on`.
fn verdict(analysis: &Analysis, options: &Options) -> Exit {
    let fails = analysis.findings.iter().any(|f| f.fails(options.style.fail_on));
    if fails { Exit::Findings } else { Exit::Clean }
}
