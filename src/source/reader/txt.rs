//! Plain text.

use super::{Markup, Reader, ReaderOutput, decode_with_front};
use crate::problem::Problem;
use crate::source::headline;

/// Reads plain text with an optional front matter.
pub(super) struct Txt;

impl Reader for Txt {
    fn name(&self) -> &'static str {
        "txt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn help(&self) -> &'static str {
        "plain text; a `---` block at the top may give title, publisher, published, authors, url, language"
    }

    fn read(&self, bytes: &[u8], path: &str, problems: &mut Vec<Problem>) -> Option<ReaderOutput> {
        let mut reading = decode_with_front(bytes, path, Markup::Plain, problems)?;
        if reading.front.title.is_none() {
            reading.front.title = headline::plain(&reading.text, reading.front.end);
        }
        Some(reading)
    }
}
