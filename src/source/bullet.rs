//! Marks that open a list item in plain text.

/// Number of bytes of the bullet at the start of a line, with the white space about it; 0 when the line is no list item.
///
/// A bullet may stand behind another ("• 🅐 text") or before a task box ("- [x] text").
pub(crate) fn bullet(line: &str) -> usize {
    let mut at = 0;
    for _ in 0..2 {
        match mark(&line[at..]) {
            0 => break,
            n => at += n,
        }
    }
    for task in ["[ ] ", "[x] ", "[X] "] {
        if at > 0 && line[at..].starts_with(task) {
            at += task.len();
        }
    }
    at
}

fn mark(line: &str) -> usize {
    let body = line.trim_start();
    let indent = line.len() - body.len();
    let Some(first) = body.chars().next() else { return 0 };
    let rest = &body[first.len_utf8()..];
    let (width, tight) = match first {
        '•' | '‣' | '◦' | '▪' | '●' | '○' | '■' | '□' | '►' | '▶' | '➤' | '✓' | '✔' | '✅' | '→' | '➔' => {
            (first.len_utf8(), true)
        }
        // Enclosed letters and figures: ①, Ⓐ, 🄰, 🅐.
        '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' => {
            (first.len_utf8(), true)
        }
        '-' | '*' | '+' | '–' | '—' | '·' | '»' | '›' => (first.len_utf8(), false),
        '0'..='9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            let closed = digits <= 3 && matches!(body.as_bytes().get(digits), Some(b'.' | b')'));
            (if closed { digits + 1 } else { 0 }, false)
        }
        'a'..='z' if rest.starts_with(')') => (2, false),
        '(' => {
            let inner = rest.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
            let label = rest.bytes().take(inner).all(|b| b.is_ascii_digit()) || inner == 1;
            (if inner > 0 && label && rest[inner..].starts_with(')') { inner + 2 } else { 0 }, false)
        }
        _ => (0, false),
    };
    let after = &body[width..];
    let gap = after.len() - after.trim_start().len();
    if width == 0 || (gap == 0 && !tight) || after.trim_start().is_empty() { 0 } else { indent + width + gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, rest: &str) {
        assert_eq!(&line[bullet(line)..], rest);
    }

    #[test]
    fn bullets_go() {
        check("  • 12 boats", "12 boats");
        check("•12 boats", "12 boats");
        check("* 🅐 Yes", "Yes");
        check("- [x] done", "done");
        check("12. Twelve", "Twelve");
        check("(b) second", "second");
        check("- [1]Paper", "[1]Paper");
    }

    #[test]
    fn prose_stays() {
        for line in
            ["-5 degrees", "2024. A year", "**bold** text", "1.5 million", "- ", "(see) it", "(UN) said", "A. Smith"]
        {
            check(line, line);
        }
    }
}
