//! Markdown.

use super::{Input, Markup, Reader, ReaderOutput, decode_with_front};
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

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let mut read = decode_with_front(input, Markup::Markdown, problems);
        for one in read.iter_mut().filter(|r| r.front.title.is_none()) {
            one.front.title = headline::markdown(&one.text, one.front.end);
            one.front.stated_in.extend(one.front.title.is_some().then(|| ("title", "heading".to_owned())));
        }
        read.into_iter().collect()
    }
}
