//! Quotations: pairs of double quotation marks within one paragraph, straight or curly.

use crate::text::Span;

/// Finds quotations in the part of `text` under `within`; spans are of the words inside the marks, without a comma or
/// full stop of house style at their end being cut off. Linear. An unclosed mark quotes nothing.
pub fn quotations(text: &str, within: Span) -> Vec<Span> {
    let part = within.of(text);
    let base = within.start as usize;
    let mut out = Vec::new();
    // Every mark is a straight one or no ASCII.
    if memchr::memchr(b'"', part.as_bytes()).is_none() && part.is_ascii() {
        return out;
    }
    let mut open: Option<(usize, char)> = None;
    for (at, c) in part.char_indices() {
        match (c, open) {
            // „…“: the mark that opens elsewhere closes.
            ('\u{201c}', Some((from, '\u{201e}'))) => {
                out.push(Span::new(base + from, base + at));
                open = None;
            }
            ('\u{201c}' | '\u{ab}' | '\u{201e}', _) => open = Some((at + c.len_utf8(), c)),
            ('\u{201d}' | '\u{bb}', Some((from, mark))) if mark != '"' && mark != '\u{2018}' => {
                out.push(Span::new(base + from, base + at));
                open = None;
            }
            ('"', Some((from, '"'))) => {
                out.push(Span::new(base + from, base + at));
                open = None;
            }
            // ‘…’: an apostrophe inside a word closes nothing.
            ('\u{2018}', None) => open = Some((at + c.len_utf8(), c)),
            ('\u{2019}', Some((from, '\u{2018}'))) if !part[at + c.len_utf8()..].starts_with(char::is_alphanumeric) => {
                out.push(Span::new(base + from, base + at));
                open = None;
            }
            // An inch mark follows a digit and opens nothing.
            ('"', None) if !part[..at].ends_with(|d: char| d.is_ascii_digit()) => open = Some((at + 1, '"')),
            ('\n', Some(_)) => open = None,
            _ => {}
        }
    }
    out.retain(|s| !s.of(text).trim().is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_only() {
        let text = "She said “it was, in all, fine,” and \"done\" with ‘Ann’s hat’. A 5\" pipe and an \"open end";
        let found: Vec<&str> = quotations(text, Span::new(0, text.len())).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["it was, in all, fine,", "done", "Ann’s hat"]);
    }
}
