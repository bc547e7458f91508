//! One line on standard error for whoever waits at a terminal: how far a long run is.

use std::io::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::app::{Listener, Stage};

/// A run that is shorter says nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two lines.
const PAUSE: Duration = Duration::from_millis(100);

/// What has been reported of a run.
struct ProgressLine<W> {
    out: W,
    begun: Instant,
    /// When the line that stands there was written.
    last: Option<Instant>,
}

impl<W: Write> ProgressLine<W> {
    /// Writes the line anew, or takes it away. What cannot be written is not missed.
    fn tell(&mut self, stage: Stage, now: Instant) {
        let line = match stage {
            Stage::Done => {
                if self.last.take().is_some() {
                    let _ = write!(self.out, "\r\u{1b}[K").and_then(|()| self.out.flush());
                }
                return;
            }
            Stage::Extracting { done, total } => format!("read {done} of {total} documents"),
            Stage::Comparing => "comparing".to_owned(),
        };
        let recent = self.last.is_some_and(|last| now.saturating_duration_since(last) < PAUSE);
        if now.saturating_duration_since(self.begun) < PATIENCE || (recent && stage != Stage::Comparing) {
            return;
        }
        self.last = Some(now);
        let _ = write!(self.out, "\r\u{1b}[K{line} …").and_then(|()| self.out.flush());
    }
}

/// Tells standard error.
pub(super) fn listener() -> Listener {
    let stated = Mutex::new(ProgressLine { out: std::io::stderr(), begun: Instant::now(), last: None });
    Listener::new(move |stage| {
        if let Ok(mut stated) = stated.lock() {
            stated.tell(stage, Instant::now());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_at_a_time() {
        let begun = Instant::now();
        let mut stated = ProgressLine { out: Vec::new(), begun, last: None };
        let mut tell = |stage, ms| stated.tell(stage, begun + Duration::from_millis(ms));
        let read = |done| Stage::Extracting { done, total: 9 };
        // A short run says nothing, and has nothing to take away.
        tell(read(1), 900);
        tell(Stage::Done, 950);
        tell(read(2), 1000);
        tell(read(3), 1050);
        tell(read(4), 1100);
        tell(Stage::Comparing, 1110);
        tell(Stage::Done, 1200);
        tell(Stage::Done, 1300);
        let out = String::from_utf8(stated.out).unwrap().replace("\r\u{1b}[K", "|");
        assert_eq!(out, "|read 2 of 9 documents …|read 4 of 9 documents …|comparing …|");
    }
}
