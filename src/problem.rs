//! What went wrong with an input without stopping the run.
//!
//! Comes in: a place and what was done about it. Goes out: a line for people. Nothing here decides exit codes.

use std::fmt;

/// How much a problem costs the run. Ordered: a note is least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The input was read, and the reader should know how.
    Note,
    /// A part of the input was left out or doubted.
    Warning,
    /// The input was not read.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        })
    }
}

/// Something that went wrong with an input but does not stop the run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The path as shown to users; `-` is standard input.
    pub path: String,
    /// Line from 1, where one is to blame.
    pub line: Option<u32>,
    /// How much it costs.
    pub level: Level,
    /// Lower case, no full stop: what is wrong and what was done.
    pub message: String,
    /// Whether the user named this very path; an error on a named path decides the exit code.
    pub named: bool,
}

impl Problem {
    /// A problem of a path.
    pub fn new(level: Level, path: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { path: path.into(), line: None, level, message: message.into(), named: false }
    }

    /// Places it on a line, counted from 1.
    #[must_use]
    pub fn at(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// Says whether the user named the path.
    #[must_use]
    pub fn named(mut self, named: bool) -> Self {
        self.named = named;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.level, self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_place_and_message() {
        let problem = Problem::new(Level::Warning, "a/b.md", "no colon, line ignored").at(3);
        assert_eq!(problem.to_string(), "warning: a/b.md:3: no colon, line ignored");
        assert!(Level::Note < Level::Error);
    }
}
