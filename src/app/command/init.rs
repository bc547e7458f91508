//! `belie init`: a configuration to begin with.

use std::io::ErrorKind;
use std::path::Path;

use crate::app::{Console, Error, Exit};
use crate::config::{FILE_NAME, TEMPLATE};
use crate::file;
use crate::report::safe;

/// Writes a commented `belie.toml` into a folder. One that is there stays as it is.
///
/// # Errors
/// When there is one, or it cannot be written.
pub fn run(folder: &Path, console: &mut Console<'_>) -> Result<Exit, Error> {
    // "./belie.toml" is what nobody calls it.
    let path = if folder == Path::new(".") { FILE_NAME.into() } else { folder.join(FILE_NAME) };
    let shown = path.to_string_lossy().into_owned();
    if !folder.is_dir() {
        let folder = folder.to_string_lossy();
        let why = format!("{} cannot be written: there is no folder {}", safe(&shown), safe(&folder));
        return Err(Error::usage_with(why, "create the folder first; belie does not create it"));
    }
    match file::create(&path, TEMPLATE) {
        Ok(()) => {
            console.print(&format!("wrote {}; all of its keys are commented out\n", safe(&shown)))?;
            console.flush()?;
            Ok(Exit::Clean)
        }
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            let help = "edit it, or move it away first; docs/configuration.md describes every key";
            Err(Error::usage_with(format!("{} already exists and was left unchanged", safe(&shown)), help))
        }
        Err(e) if e.kind() == ErrorKind::NotFound => {
            let folder = folder.to_string_lossy();
            let why = format!("{} cannot be written: there is no folder {}", safe(&shown), safe(&folder));
            Err(Error::usage_with(why, "create the folder first; belie does not create it"))
        }
        Err(source) => Err(Error::Write { path, source }),
    }
}
