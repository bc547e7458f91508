//! Markdown.

use super::{Markup, Reader, ReaderOutput, decode_with_front};
use crate::problem::Problem;
use crate::source::headline;

/// Reads Markdown with an optional front matter.
pub(super) struct Md;

impl Reader for Md {
    fn name(&self) -> &'static str {
        "md"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn help(&self) -> &'static str {
        "Markdown with tables; code is passed over; front matter as in plain text"
    }

    fn read(&self, bytes: &[u8], path: &str, problems: &mut Vec<Problem>) -> Option<ReaderOutput> {
        let mut reading = decode_with_front(bytes, path, Markup::Markdown, problems)?;
        if reading.front.title.is_none() {
            reading.front.title = headline::markdown(&reading.text, reading.front.end);
        }
        Some(reading)
    }
}
