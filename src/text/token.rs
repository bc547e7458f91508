//! Words, numbers and marks.
//!
//! Hyphens, dashes and possessive endings are tokens of their own, so that `two-day`, `two day` and
//! `co-founder`, `cofounder` can be treated alike by whoever matches tokens.

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
    let mut out = Vec::new();
    tokenise_into(text, within, &mut out);
    out
}

/// [`tokenise`], behind what stands in `out`.
pub fn tokenise_into(text: &str, within: Span, out: &mut Vec<Token>) {
    let part = within.of(text);
    let base = within.start as usize;
    let bytes = part.as_bytes();
    out.reserve(bytes.len() / 5 + 1);
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let (kind, end) = match CLASSES[usize::from(b)] {
            Class::Space => (None, at + 1),
            Class::Letter => (Some(TokenKind::Word), word_end(part, at + 1)),
            Class::Digit => (Some(TokenKind::Number), number_end(bytes, at + 1)),
            Class::Mark => (Some(TokenKind::Mark), at + 1),
            Class::Other => other(part, at),
        };
        if let Some(kind) = kind {
            out.push(Token { span: Span::new(base + at, base + end), kind });
        }
        at = end;
    }
}

/// What a byte tells of the token that begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    /// A character that is a token, whatever stands about it.
    Mark,
    /// An apostrophe, or a character that is no ASCII: [`other`] looks at it.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut out = [Class::Other; 256];
    let mut b = 0;
    while b < 128 {
        out[b] = match b as u8 {
            b'\t'..=b'\r' | b' ' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Other,
            _ => Class::Mark,
        };
        b += 1;
    }
    out
};

/// The token at a character of [`Class::Other`], and its end; no kind where it is white space.
fn other(part: &str, at: usize) -> (Option<TokenKind>, usize) {
    let Some(c) = part[at..].chars().next() else { return (None, part.len()) };
    let end = at + c.len_utf8();
    if c.is_whitespace() {
        (None, end)
    } else if c.is_alphabetic() {
        (Some(TokenKind::Word), word_end(part, end))
    } else if is_apostrophe(c) && possessive(&part[at..]) && at > 0 && !part[..at].ends_with(char::is_whitespace) {
        // The letter behind the apostrophe is an `s`.
        (Some(TokenKind::Possessive), end + 1)
    } else {
        (Some(TokenKind::Mark), end)
    }
}

/// Where a word ends of which something stands before `end`.
fn word_end(part: &str, mut end: usize) -> usize {
    let bytes = part.as_bytes();
    loop {
        match bytes.get(end).map(|b| CLASSES[usize::from(*b)]) {
            Some(Class::Letter | Class::Digit) => end += 1,
            Some(Class::Other) => {
                let Some(c) = part[end..].chars().next() else { return end };
                let behind = end + c.len_utf8();
                let inner =
                    || is_apostrophe(c) && part[behind..].starts_with(char::is_alphabetic) && !possessive(&part[end..]);
                if !c.is_alphanumeric() && !is_mark(c) && !inner() {
                    return end;
                }
                end = behind;
            }
            Some(Class::Space | Class::Mark) | None => return end,
        }
    }
}

/// Where a number ends of which a digit stands before `end`.
fn number_end(bytes: &[u8], mut end: usize) -> usize {
    loop {
        match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'0'..=b'9'), _) => end += 1,
            (Some(b'.' | b','), Some(b'0'..=b'9')) => end += 2,
            _ => return end,
        }
    }
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
