//! Folding: texts that differ only in typography become equal.

/// Lower case, straight quotation marks, plain hyphens, single spaces. Used for keys and comparison, never for offsets.
pub fn fold(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_lowercase()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Folds a name: as [`fold`], and Latin letters lose their marks, since one writes "Özgür" and the other "Ozgur".
pub fn fold_name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in fold(text).chars() {
        match c {
            // A point above, which lower case leaves behind a capital "İ".
            '\u{300}'..='\u{36f}' => {}
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => {
                out.extend(deunicode::deunicode_char(c).unwrap_or_default().chars().map(|c| c.to_ascii_lowercase()));
            }
            c => out.push(c),
        }
    }
    out
}

/// Prefixes that English writes with or without a hyphen.
const PREFIXES: [&str; 8] = ["pre", "co", "re", "non", "anti", "multi", "sub", "over"];

/// The words of a text after folding: letters, digits, inner apostrophes, `&` and `%`. Hyphens part words, save
/// behind a prefix that is also written without one (`pre-training` is `pretraining`).
pub fn fold_words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut hyphen = false;
    for piece in fold(text).split_inclusive(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '&' | '%')) {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '&' | '%'));
        if !word.is_empty() {
            match out.last_mut() {
                Some(last) if hyphen && PREFIXES.contains(&last.as_str()) => last.push_str(word),
                _ => out.push(word.to_owned()),
            }
        }
        hyphen = piece.ends_with('-') && !word.is_empty();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_marks() {
        assert_eq!(fold_name("Özgür Łukasz İnönü"), "ozgur lukasz inonu");
        assert_eq!(fold_name("Ingrid Solberg"), "ingrid solberg");
    }

    #[test]
    fn typography_goes() {
        assert_eq!(fold("“I’ve —  seen”"), "\"i've - seen\"");
        assert_eq!(fold_words("R&D, pre-training’s two-day “run”"), ["r&d", "pretraining's", "two", "day", "run"]);
    }
}
