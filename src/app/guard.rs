//! Where a run may write.
//!
//! Comes in: the files that outputs name. Goes out: nothing, or why one of them is not written. Asked before the work is
//! done. Whatever the user says, no source is written over; what a configuration says holds in its own folder alone, and
//! only over what belie has written itself.

use std::path::Path;

use crate::file::{self, Refused, truth};
use crate::report::safe;
use crate::source::own;

use super::input::Input;
use super::project::shown;
use super::{Error, Options, Output};

/// Largest report that is looked at to tell whether belie wrote it.
const MOST_BYTES: u64 = 1 << 30;

/// Refuses outputs that would cost the user a file.
///
/// # Errors
/// When one is a source or the configuration; or, where a configuration names it, lies elsewhere or is somebody else's.
pub(super) fn outputs<F>(outputs: &[Output<F>], input: &Input, options: &Options) -> Result<(), Error> {
    for output in outputs {
        let Some(path) = &output.file else { continue };
        written("--format", path, input, options)?;
        if let Some(folder) = &output.within {
            let below = path.strip_prefix(folder).unwrap_or(path);
            let stated = |why: &str| {
                let shown = safe(&shown(path)).into_owned();
                let config = safe(options.config.shown()).into_owned();
                Error::usage_with(
                    format!("{config}: {shown} {why}"),
                    "--format on the command line writes where you say",
                )
            };
            if file::link_below(folder, below).is_some() {
                return Err(stated("leads through a link, and a configuration writes in its own folder alone"));
            }
            if !ours(path) {
                return Err(stated("already exists and was not written by belie"));
            }
        }
    }
    Ok(())
}

/// Refuses a file that is a source or the configuration; `option` is what names it.
///
/// # Errors
/// When it is one.
pub(super) fn written(option: &str, path: &Path, input: &Input, options: &Options) -> Result<(), Error> {
    let place = truth(path);
    let what = if input.places.contains(&place) {
        "one of the sources"
    } else if options.config.file.as_ref().is_some_and(|(config, _)| truth(Path::new(config)) == place) {
        "the configuration"
    } else {
        return Ok(());
    };
    let why = format!("{option}: {} is {what} and was left unchanged", safe(&shown(path)));
    Err(Error::usage_with(why, "name another file"))
}

/// Whether nothing of anybody else's is lost when a file is written: there is none, it is empty, or belie wrote it.
pub(super) fn ours(path: &Path) -> bool {
    match file::read(path, MOST_BYTES) {
        Ok(bytes) => bytes.is_empty() || own(&String::from_utf8_lossy(&bytes)).is_some(),
        Err(why) => matches!(why, Refused::Missing),
    }
}
