//! Words as the treebank parts them: "don't" is "do" and "n't", "U.S." is one, hyphens stand alone.

use crate::text::{Span, TokenKind, tokenise};

/// Endings that are words of their own behind an apostrophe.
const CLITICS: [&str; 6] = ["ll", "re", "ve", "d", "m", "s"];

/// Endings of places in an order that are written in digits.
const ENDINGS: [&str; 4] = ["st", "nd", "rd", "th"];

/// Titles and shortenings whose full stop belongs to them.
const STOPPED: [&str; 22] = [
    "mr", "mrs", "ms", "dr", "st", "prof", "gen", "col", "capt", "lt", "sgt", "rev", "sen", "rep", "gov", "jr", "sr",
    "vs", "inc", "corp", "ltd", "co",
];

/// The words of a part of a text, in order.
pub(super) fn words(text: &str, within: Span) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for token in tokenise(text, within) {
        let (span, word) = (token.span, token.span.of(text));
        if word == "." && joins(text, &out, span) {
            if let Some(last) = out.last_mut() {
                last.end = span.end;
            }
            continue;
        }
        // "30th".
        if let Some(last) = out.last_mut()
            && ENDINGS.contains(&word)
            && last.end == span.start
            && last.of(text).ends_with(|c: char| c.is_ascii_digit())
        {
            last.end = span.end;
            continue;
        }
        // "U.S": the second letter of a shortening that is being put together.
        if let Some(last) = out.last_mut()
            && word.chars().count() == 1
            && word.chars().all(char::is_uppercase)
            && last.end == span.start
            && last.of(text).ends_with('.')
            && last.len() > 1
        {
            last.end = span.end;
            continue;
        }
        match split(word).filter(|_| token.kind == TokenKind::Word) {
            Some(at) => {
                let middle = span.start + at as u32;
                out.push(Span { start: span.start, end: middle });
                out.push(Span { start: middle, end: span.end });
            }
            None => out.push(span),
        }
    }
    out
}

/// Whether a full stop belongs to the word before it.
fn joins(text: &str, out: &[Span], stop: Span) -> bool {
    let Some(last) = out.last().filter(|l| l.end == stop.start) else { return false };
    let word = last.of(text);
    let initials =
        word.chars().next_back().is_some_and(char::is_uppercase) && (word.chars().count() == 1 || word.contains('.'));
    initials || STOPPED.contains(&word.to_lowercase().as_str())
}

/// Where a contraction is parted.
fn split(word: &str) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    if lower == "cannot" {
        return Some(3);
    }
    let (at, apostrophe) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '\u{2019}'))?;
    let behind = &lower[at + apostrophe.len_utf8()..];
    if behind == "t" && lower[..at].ends_with('n') && at > 1 {
        return Some(at - 1);
    }
    (at > 0 && CLITICS.contains(&behind)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let all = words(text, Span::new(0, text.len()));
        assert_eq!(all.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn parted_as_in_the_treebank() {
        check("They don't, can't and cannot.", "They do n't , ca n't and can not .");
        check("Mr. Orme’s U.S. firm: it’ll pay $3.5m.", "Mr. Orme ’s U.S. firm : it ’ll pay $ 3.5 m .");
        check("A two-year plan B.", "A two - year plan B.");
        check("The 30th of 2,000 th.", "The 30th of 2,000 th .");
    }
}
