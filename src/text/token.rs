//! Words, numbers and marks.
//!
//! Hyphens, dashes and possessive endings are tokens of their own, so that `two-day`, `two day` and
//! `co-founder`, `cofounder` can be told alike by whoever matches tokens.

use super::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Begins with a letter: letters, digits, inner apostrophes (`can’t`), no hyphen.
    Word,
    /// Begins with a digit: digits with inner `.` or `,` between digits. A letter ends it: `24h` is two tokens.
    Number,
    /// `'s` or `’s` after a word.
    Possessive,
    /// One character that is none of these.
    Mark,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// Cuts the part of `text` under `within` into tokens; white space is dropped. Linear in the length.
pub fn tokenise(text: &str, within: Span) -> Vec<Token> {
    let part = within.of(text);
    let base = within.start as usize;
    let mut out = Vec::with_capacity(part.len() / 5 + 1);
    let mut rest = part.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = at + c.len_utf8();
        let kind = if c.is_alphabetic() {
            while let Some(&(i, d)) = rest.peek() {
                let inner = is_apostrophe(d)
                    && part[i + d.len_utf8()..].starts_with(char::is_alphabetic)
                    && !possessive(&part[i..]);
                if !d.is_alphanumeric() && !inner && !is_mark(d) {
                    break;
                }
                end = i + d.len_utf8();
                rest.next();
            }
            TokenKind::Word
        } else if c.is_ascii_digit() {
            while let Some(&(i, d)) = rest.peek() {
                let inner = matches!(d, '.' | ',') && part[i + 1..].starts_with(|e: char| e.is_ascii_digit());
                if !d.is_ascii_digit() && !inner {
                    break;
                }
                end = i + 1;
                rest.next();
            }
            TokenKind::Number
        } else if is_apostrophe(c) && possessive(&part[at..]) && at > 0 && !part[..at].ends_with(char::is_whitespace) {
            if let Some((i, s)) = rest.next() {
                end = i + s.len_utf8();
            }
            TokenKind::Possessive
        } else {
            TokenKind::Mark
        };
        out.push(Token { span: Span::new(base + at, base + end), kind });
    }
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether the text, which begins with an apostrophe, goes on with `s` and then no letter or digit.
fn possessive(from: &str) -> bool {
    let mut rest = from.chars().skip(1);
    matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokenise(text, Span::new(0, text.len())).iter().map(|t| t.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_numbers_marks() {
        check("A two-day run’s 3,500.5km", &["A", "two", "-", "day", "run", "’s", "3,500.5", "km"]);
        check("I’ve can't B200 24h, $1.5bn.", &["I’ve", "can't", "B200", "24", "h", ",", "$", "1.5", "bn", "."]);
        check("‘vibe’ 's x", &["‘", "vibe", "’", "'", "s", "x"]);
    }
}
