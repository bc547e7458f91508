//! Text from sources, made harmless for a terminal.

use std::borrow::Cow;

/// The text with every character replaced by U+FFFD that could move the cursor, change colours, or reverse the
/// reading order; tabs and line breaks become spaces. One character stays one character, so columns hold.
pub fn safe(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(|c| safe_char(c) != c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(safe_char).collect())
}

/// Whether a text is printable ASCII, so that it is safe and has a column for every byte.
pub(crate) fn is_plain(text: &str) -> bool {
    // Without a way out in between, so that the compiler takes many bytes at once.
    text.bytes().fold(true, |plain, b| plain & (b' '..=b'~').contains(&b))
}

/// A character as [`safe`] shows it.
pub(crate) fn safe_char(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        // Bidirectional overrides and isolates reorder what follows; the zero-width ones hide.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_do_nothing() {
        assert_eq!(safe("plain “text” – é"), "plain “text” – é");
        assert_eq!(safe("a\u{1b}[31mred\u{7}\tb\u{202e}c\u{9b}m"), "a\u{fffd}[31mred\u{fffd} b\u{fffd}c\u{fffd}m");
        assert_eq!(safe("a\r\nb").chars().count(), 4);
    }
}
