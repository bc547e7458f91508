//! JSON with one value on each line.

use super::json::{self, Form};
use super::{Input, Reader, ReaderOutput};
use crate::problem::Problem;

/// Reads JSON lines.
pub(super) struct Jsonl;

impl Reader for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn help(&self) -> &'static str {
        "JSON with an object on each line: as in JSON each is a document, or all are the rows of a table; a broken line is reported and left out"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        json::are_lines(bytes)
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        json::read(input, Form::Lines, problems)
    }
}
