//! Text broken into lines of a terminal.

use unicode_width::UnicodeWidthStr as _;

/// The lines of a text that are at most `width` columns wide, broken at spaces; a word that is wider than a line has one
/// for itself. One line at least. Linear in the text.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    hanging(text, width, width)
}

/// The same with a width of its own for the first line: the others stand in.
pub(crate) fn hanging(text: &str, first: usize, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut columns = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        let width = if lines.len() == 1 { first } else { width };
        if columns > 0 && columns + 1 + wide > width {
            lines.push(String::new());
            columns = 0;
        }
        if let Some(line) = lines.last_mut() {
            if columns > 0 {
                line.push(' ');
                columns += 1;
            }
            line.push_str(word);
            columns += wide;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{hanging, wrapped};

    #[test]
    fn at_spaces() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("one extraordinary two", 7), ["one", "extraordinary", "two"]);
        assert_eq!(wrapped("日本 語の", 5), ["日本", "語の"]);
        assert_eq!(wrapped("  ", 5), [""]);
        assert_eq!(hanging("one two three four", 13, 5), ["one two three", "four"]);
    }
}
