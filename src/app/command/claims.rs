//! `belie claims`: what a document claims, before anything is compared.

use std::path::PathBuf;

use crate::app::guard;
use crate::app::input::{self, Input};
use crate::app::pipeline::analyse;
use crate::app::{Console, Error, Exit, Options, Output};
use crate::claim::Extractor;

/// Prints the claims of all documents.
///
/// # Errors
/// When they cannot be written.
pub fn run(paths: &[PathBuf], outputs: &[Output], options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let input = input::read(paths, options);
    guard::outputs(outputs, &input, options)?;
    let Input { documents, problems, settings, .. } = input;
    let analysis = analyse(documents, problems, &Extractor::new(&options.rules), &settings);
    super::check::write(outputs, |format, style| format.render(&analysis, style), options, console)?;
    input::say(&analysis.problems, options, console);
    if analysis.claims.is_empty() && !options.allow_empty {
        console.say("error: no claim found in the documents");
        return Ok(Exit::Failed);
    }
    Ok(input::exit(&analysis.problems, options))
}
