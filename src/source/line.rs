//! Lines of a text with their places.

use crate::text::Span;

/// The lines under a span with their offsets, without their line breaks.
pub(crate) fn lines(text: &str, within: Span) -> impl Iterator<Item = (usize, &str)> {
    let mut at = within.start as usize;
    within.of(text).split_inclusive('\n').map(move |raw| {
        let start = at;
        at += raw.len();
        (start, raw.trim_end_matches(['\n', '\r']))
    })
}

/// Whether a line ends as a sentence does; quotation marks, brackets and emphasis behind the mark do not count.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_' | ' ');
    line.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。'])
}
