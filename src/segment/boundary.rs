//! Where marks and capitals show a sentence to end.
//!
//! Comes in: the text of one paragraph. Goes out: stretches that end in `.`, `!`, `?` or `…` before white space and what may
//! open a sentence. No abbreviation is known here. Linear in the text: of what stands before a mark two characters are
//! looked at, and what is no mark costs a search for the next one.

use std::ops::Range;

const ELLIPSIS: char = '\u{2026}';

/// Hands the stretches between the boundaries to `each`: ordered, disjoint, trimmed and never empty; what they leave out is
/// white space.
pub(super) fn boundaries(text: &str, mut each: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let ascii = text.is_ascii();
    let mut hand_on = |start: usize, end: usize| {
        let words = text[start..end].trim();
        if !words.is_empty() {
            let start = start + (text[start..end].len() - text[start..end].trim_start().len());
            each(start..start + words.len());
        }
    };
    let (mut start, mut from) = (0, 0);
    while let Some(mark) = next_mark(text, from, ascii) {
        let ellipsis = bytes[mark] >= 0x80;
        let mut end = mark + if ellipsis { ELLIPSIS.len_utf8() } else { 1 };
        end += bytes[end..].iter().take_while(|b| is_stop(**b)).count();
        if bytes[mark] == b'.' && end - mark == 1 && joins(text, mark) {
            from = end;
            continue;
        }
        end += text[end..].len() - text[end..].trim_start_matches(CLOSING).len();
        let gap = text[end..].len() - text[end..].trim_start().len();
        let next = text[end + gap..].chars().next();
        from = end;
        if next.is_none_or(|c| gap > 0 && opens(c)) {
            hand_on(start, end);
            (start, from) = (end + gap, end + gap);
        }
    }
    hand_on(start, text.len());
}

/// Marks behind the end of a sentence that belong to it.
const CLOSING: [char; 7] = ['"', '\'', ')', ']', '\u{201d}', '\u{2019}', '\u{bb}'];

fn is_stop(b: u8) -> bool {
    matches!(b, b'.' | b'!' | b'?')
}

/// The next mark that may end a sentence.
fn next_mark(text: &str, from: usize, ascii: bool) -> Option<usize> {
    let rest = text.get(from..)?;
    let found =
        if ascii { memchr::memchr3(b'.', b'!', b'?', rest.as_bytes()) } else { rest.find(['.', '!', '?', ELLIPSIS]) };
    found.map(|at| from + at)
}

/// Whether a character parts a word from what stands before it.
fn parts(c: &char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '[' | '\u{201c}' | '\u{2018}')
}

/// Whether a quotation ends right before a full stop, behind its last word: it was "in reverse".
fn ends_quotation(text: &str, stop: usize) -> bool {
    let quoted = text[..stop].strip_suffix(['"', '\'']).and_then(|quoted| quoted.chars().next_back());
    quoted.is_some_and(|c| !parts(&c))
}

/// Whether a full stop belongs to what it stands in: behind nothing, between digits, behind an initial. Behind a quotation it ends
/// the sentence.
fn joins(text: &str, stop: usize) -> bool {
    if ends_quotation(text, stop) {
        return false;
    }
    let mut before = text[..stop].chars().rev().take_while(|c| !parts(c));
    let Some(last) = before.next() else { return true };
    let figure = last.is_ascii_digit() && text.as_bytes().get(stop + 1).is_some_and(u8::is_ascii_digit);
    figure || last.is_uppercase() && before.next().is_none()
}

/// Whether a sentence may begin with a character.
fn opens(c: char) -> bool {
    c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '\'' | '(' | '[' | '\u{201c}' | '\u{2018}' | '\u{ab}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        boundaries(text, |r| out.push((r.start, r.end)));
        out
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(text).into_iter().map(|(a, b)| &text[a..b]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn marks_before_what_opens_a_sentence() {
        check(" It shut. Why?! \"Nobody\u{2026}\" He left. ", &["It shut.", "Why?!", "\"Nobody\u{2026}\"", "He left."]);
        check("At 3.5 m. J. Reed fell... and rose. ", &["At 3.5 m.", "J. Reed fell... and rose."]);
        check("It was \"good\". The end.", &["It was \"good\".", "The end."]);
        check(" \n", &[]);
        check(".x .", &[".x ."]);
    }

    proptest! {
        /// The crate `sentencize`, told no abbreviations, draws the same boundaries, but for those behind a quotation.
        #[test]
        fn as_another_program_does(text in "([a-zA-Z0-9 \n.!?…\"'()”’»“‘«é\u{a0}]|\\. |J\\. ){0,40}") {
            prop_assume!(!text.match_indices('.').any(|(stop, _)| ends_quotation(&text, stop)));
            let other = sentencize::Segmenter::new(std::iter::empty::<&str>());
            prop_assert_eq!(found(&text), other.spans(&text));
        }
    }
}
