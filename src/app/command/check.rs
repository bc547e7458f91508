//! `belie check`: claims, links, findings.

use std::fs;
use std::path::PathBuf;

use crate::app::input::{self, Input};
use crate::app::pipeline::analyse;
use crate::app::project::Project;
use crate::app::{Console, Error, Exit, Options, Output};
use crate::claim::Extractor;
use crate::finding::Analysis;
use crate::report::{Style, Tally};

/// Reads, analyses, holds the findings against snapshot and decisions, prints every format, and says how it ends.
///
/// # Errors
/// When a report cannot be written, or a file of state not be read.
pub fn run(paths: &[PathBuf], outputs: &[Output], options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let held = Project::of(paths, options).held()?;
    let Input { documents, problems, settings } = input::read(paths, options);
    let mut analysis = analyse(documents, problems, &Extractor::new(&options.rules), &settings);
    held.settle(&mut analysis, paths, options);
    write(outputs, |format, style| format.render(&analysis, style), options, console)?;
    // A terminal report shows the problems itself.
    if !outputs.iter().any(|o| o.file.is_none() && o.format.name() == "terminal") {
        input::say(&analysis.problems, options, console);
    }
    if let Some(why) = nothing_to_check(&analysis).filter(|_| !options.allow_empty) {
        console.say(&format!("error: nothing to check: {why}"));
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
                let style = Style { color: false, width: Style::WIDTH, ..options.style };
                let text = render(&output.format, &style);
                fs::write(path, text).map_err(|source| Error::Write { path: path.clone(), source })?;
            }
        }
    }
    Ok(())
}

/// Why a run has nothing to show for itself; `None` when something was compared or evaluated.
fn nothing_to_check(analysis: &Analysis) -> Option<&'static str> {
    let tally = Tally::new(analysis);
    if tally.sources.is_empty() {
        Some("no readable document")
    } else if tally.claims == 0 {
        Some("no claim in what was read")
    } else if tally.nothing_compared {
        Some("no two claims could be compared")
    } else {
        None
    }
}

/// Findings that no snapshot knows and nobody has settled, at or above `--fail-on`.
fn verdict(analysis: &Analysis, options: &Options) -> Exit {
    let fails = analysis.findings.iter().any(|f| f.fails(options.style.fail_on));
    if fails { Exit::Findings } else { Exit::Clean }
}
