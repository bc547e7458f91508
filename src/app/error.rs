//! What stops a run.

use std::io;
use std::path::PathBuf;

use crate::rule::Fault;
use crate::text::safe;

/// Why a command could not do its work. Every one of them ends the run with exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The arguments ask for something that cannot be.
    #[error("{message}")]
    Usage {
        /// Lower case, no full stop.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// Rule files or the configuration are wrong.
    #[error("{} faults in rules or configuration", .0.len())]
    Faults(Vec<Fault>),
    /// A file of results could not be written.
    #[error("{} cannot be written: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Standard output could not be written, or standard input not be read.
    #[error("standard input or output failed: {0}")]
    Console(#[from] io::Error),
}

impl Error {
    /// Bad usage.
    pub fn usage(message: impl Into<String>) -> Error {
        Error::Usage { message: message.into(), help: None }
    }

    /// Bad usage, with a way out.
    pub fn usage_with(message: impl Into<String>, help: impl Into<String>) -> Error {
        Error::Usage { message: message.into(), help: Some(help.into()) }
    }

    /// The error as it is shown on standard error, without its last line break. Whatever was typed or stands in a file is
    /// made harmless.
    pub fn render(&self, color: bool) -> String {
        match self {
            Error::Faults(faults) => faults.iter().map(|f| f.render(color)).collect::<Vec<_>>().join("\n\n"),
            Error::Usage { message, help } => {
                let help = help.as_ref().map(|h| format!("\n  help: {}", safe(h))).unwrap_or_default();
                format!("error: {}{help}", safe(message))
            }
            other => format!("error: {}", safe(&other.to_string())),
        }
    }
}
