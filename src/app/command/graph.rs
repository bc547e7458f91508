//! `belie graph`: sources, claims, entities and origins, and what joins them.

use std::path::PathBuf;

use crate::app::guard;
use crate::app::input::{self, Input};
use crate::app::pipeline::examine;
use crate::app::{Console, Error, Exit, Options, Output};
use crate::claim::Extractor;
use crate::network::{Form, Unclear};
use crate::report::safe;

/// Most names that an error lists.
const LISTED: usize = 8;

/// Reads, analyses, and writes the network, or the part around a name, in every form that was asked for.
///
/// # Errors
/// When nobody is called so, several are, or a file cannot be written.
pub fn run(
    paths: &[PathBuf],
    around: Option<&str>,
    outputs: &[Output<&'static dyn Form>],
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    let input = input::read(paths, options);
    guard::outputs(outputs, &input, options)?;
    let Input { documents, problems, settings, .. } = input;
    let extractor = Extractor::new(&options.rules);
    let examined = examine(documents, problems, &extractor, &settings);
    let problems = &examined.analysis.problems;
    input::say(problems, options, console);
    let whole = examined.network();
    if whole.is_empty() && !options.allow_empty {
        console.say("error: nothing to draw: no readable document");
        return Ok(Exit::Failed);
    }
    let network = match around {
        Some(name) => whole.around(name).map_err(|why| unclear(name, &why))?,
        None => whole,
    };
    super::check::write(outputs, |form, _| form.render(&network), options, console)?;
    Ok(input::exit(problems, options))
}

fn unclear(name: &str, why: &Unclear) -> Error {
    let listed = |names: &[String]| {
        let some: Vec<String> = names.iter().take(LISTED).map(|n| format!("`{}`", safe(n))).collect();
        format!("{}{}", some.join(", "), if names.len() > LISTED { ", …" } else { "" })
    };
    let name = safe(name);
    match why {
        Unclear::Unknown(near) if near.is_empty() => Error::usage_with(
            format!("--around: no claim is about `{name}`"),
            "the graph without --around, and `belie claims`, list what claims are about",
        ),
        Unclear::Unknown(near) => Error::usage_with(
            format!("--around: no claim is about `{name}`"),
            format!("did you mean {}?", listed(near)),
        ),
        Unclear::Several(names) => Error::usage_with(
            format!("--around: `{name}` is part of several names"),
            format!("choose from {}", listed(names)),
        ),
    }
}
