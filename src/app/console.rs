//! The one way out: standard output and standard error.

use std::io::{self, ErrorKind, Write};

/// Where a run speaks. A reader that has gone away (`belie … | head`) is no error: what follows is dropped.
pub struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    closed: bool,
}

impl<'a> Console<'a> {
    /// A console over two writers.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Console<'a> {
        Console { out, err, closed: false }
    }

    /// Writes a result to standard output.
    ///
    /// # Errors
    /// What the writer says, a closed pipe apart.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let written = self.out.write_all(text.as_bytes());
        self.settle(written)
    }

    /// Hands on what has been printed.
    ///
    /// # Errors
    /// What the writer says, a closed pipe apart.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.settle(flushed)
    }

    /// Writes a line about the run to standard error. When nobody can hear it, nothing can be done.
    pub fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Whether the reader of standard output has gone away.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    fn settle(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other,
        }
    }
}
