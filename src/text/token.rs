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
    let mut out = Vec::with_capacity(within.len() as usize / 5 + 1);
    tokenise_into(text, within, &mut out);
    out
}

/// [`tokenise`], behind what stands in `out`.
pub fn tokenise_into(text: &str, within: Span, out: &mut Vec<Token>) {
    let part = within.of(text);
    let base = within.start as usize;
    let bytes = part.as_bytes();
    let mut at = 0;
    // Nearly all text is ASCII: its runs are walked byte by byte, and only what they end at is looked at as a character.
    let run = |from: usize, goes_on: fn(&u8) -> bool| from + bytes[from..].iter().take_while(|b| goes_on(b)).count();
    while at < bytes.len() {
        let Some(c) = part[at..].chars().next() else { break };
        let mut end = at + c.len_utf8();
        if c.is_whitespace() {
            at = end;
            continue;
        }
        let kind = if c.is_alphabetic() {
            loop {
                end = run(end, u8::is_ascii_alphanumeric);
                let Some(d) = part[end..].chars().next() else { break };
                let behind = end + d.len_utf8();
                let inner =
                    || is_apostrophe(d) && part[behind..].starts_with(char::is_alphabetic) && !possessive(&part[end..]);
                if !d.is_alphanumeric() && !is_mark(d) && !inner() {
                    break;
                }
                end = behind;
            }
            TokenKind::Word
        } else if c.is_ascii_digit() {
            loop {
                end = run(end, u8::is_ascii_digit);
                let inner =
                    matches!(bytes.get(end), Some(b'.' | b',')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
                if !inner {
                    break;
                }
                end += 1;
            }
            TokenKind::Number
        } else if is_apostrophe(c) && possessive(&part[at..]) && at > 0 && !part[..at].ends_with(char::is_whitespace) {
            // The letter behind the apostrophe is an `s`.
            end += 1;
            TokenKind::Possessive
        } else {
            TokenKind::Mark
        };
        out.push(Token { span: Span::new(base + at, base + end), kind });
        at = end;
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
