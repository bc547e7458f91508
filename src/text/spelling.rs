//! Words that are one in two spellings.

/// What the British and the American spelling of a word have in common: "centre" and "center", "labour" and "labor". Comes in: a
/// word in lower case. What comes out need not be a word.
pub(crate) fn spelling(word: &str) -> String {
    const ENDS: [(&str, &str); 9] = [
        ("tre", "ter"),
        ("bre", "ber"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("isation", "ization"),
        ("ogue", "og"),
        ("ence", "ense"),
        ("amme", "am"),
        ("dgement", "dgment"),
    ];
    const SHORTEST: usize = 5;
    let word = match word.find("our") {
        // "Hour" and "four" have one spelling.
        Some(at) if word[..at].contains(['a', 'e', 'i', 'o', 'u']) => word.replacen("our", "or", 1),
        _ => word.to_owned(),
    };
    let end =
        ENDS.iter().filter(|_| word.len() >= SHORTEST).find_map(|(own, other)| Some((word.strip_suffix(own)?, other)));
    end.map_or(word.clone(), |(stem, other)| format!("{stem}{other}"))
}

/// Whether of two words in lower case one stands for the other: "mt" for "mount", "calif" for "california".
pub(crate) fn abbreviates(p: &str, q: &str) -> bool {
    let (short, long) = if p.len() < q.len() { (p, q) } else { (q, p) };
    let short = short.trim_end_matches('.');
    let mut rest = long.chars();
    let letters =
        short.len() >= 2 && short.chars().next() == long.chars().next() && short.chars().all(|c| rest.any(|d| d == c));
    let cut = || short.len() * 2 <= long.len() && long.starts_with(short);
    let drawn_together = || {
        short.len() == 2 && long.len() >= 5
            || short.len() == 3 && long.len() >= 6 && short.chars().last() == long.chars().last()
    };
    letters && (cut() || drawn_together())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (p, q) in [
            ("centre", "center"),
            ("labour", "labor"),
            ("organise", "organize"),
            ("defence", "defense"),
            ("programme", "program"),
            ("harbourmaster", "harbormaster"),
        ] {
            assert_eq!(spelling(p), spelling(q), "{p} {q}");
        }
        for (p, q) in [("four", "for"), ("hour", "hor"), ("tree", "ter"), ("rise", "rize"), ("marsh", "march")] {
            assert_ne!(spelling(p), spelling(q), "{p} {q}");
        }
    }

    #[test]
    fn abbreviations() {
        for (p, q) in [
            ("mt", "mount"),
            ("st", "street"),
            ("calif", "california"),
            ("missouri", "mo"),
            ("ltd", "limited"),
            ("alex", "alexandra"),
        ] {
            assert!(abbreviates(p, q), "{p} {q}");
        }
        for (p, q) in [
            ("jon", "john"),
            ("marc", "marcus"),
            ("north", "south"),
            ("berg", "bergen"),
            ("a", "anna"),
            ("lund", "lindqvist"),
        ] {
            assert!(!abbreviates(p, q), "{p} {q}");
        }
    }
}
