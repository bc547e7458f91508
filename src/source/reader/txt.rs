//! Plain text.

use super::{Input, Markup, Reader, ReaderOutput, decode_with_front};
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

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let mut read = decode_with_front(input, Markup::Plain, problems);
        for one in read.iter_mut().filter(|r| r.front.title.is_none()) {
            one.front.title = headline::plain(&one.text, one.front.end);
            one.front.stated_in.extend(one.front.title.is_some().then(|| ("title", "heading".to_owned())));
        }
        read.into_iter().collect()
    }
}
