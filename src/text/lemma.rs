//! Regular English inflection, undone.

/// Calls `found` with every word of which `word` (lower case) may be a regular form, itself first.
///
/// Over-generates on purpose: the caller looks the candidates up among words it knows. Irregular forms are data
/// (`rules/lexicon/irregular.toml`).
pub fn lemmas(word: &str, mut found: impl FnMut(&str)) {
    found(word);
    if !word.is_ascii() || word.len() < 4 {
        return;
    }
    let cut = |n: usize| &word[..word.len() - n];
    if word.ends_with("ies") || word.ends_with("ied") {
        found(&format!("{}y", cut(3)));
    }
    if word.ends_with('s') && !word.ends_with("ss") {
        found(cut(1));
        if word.ends_with("es") {
            found(cut(2));
        }
    }
    for end in ["ed", "ing"] {
        if let Some(stem) = word.strip_suffix(end).filter(|s| s.len() >= 2) {
            found(stem);
            found(&format!("{stem}e"));
            let mut tail = stem.bytes().rev();
            if let (Some(a), Some(b)) = (tail.next(), tail.next())
                && a == b
            {
                found(&stem[..stem.len() - 1]);
            }
        }
    }
}

/// The shortest word of three letters or more of which `word` (lower case) may be a regular form: for comparing words with
/// each other only, since it need not be a word.
pub fn content_lemma(word: &str) -> String {
    let mut best = word.to_owned();
    lemmas(word, |l| {
        if l.len() < best.len() && l.len() > 2 {
            best = l.to_owned();
        }
    });
    best
}

#[cfg(test)]
mod tests {
    fn check(word: &str, lemma: &str) {
        let mut all = Vec::new();
        super::lemmas(word, |l| all.push(l.to_owned()));
        assert!(all.iter().any(|l| l == lemma), "{word}: {all:?}");
    }

    #[test]
    fn regular_forms() {
        check("valued", "value");
        check("running", "run");
        check("companies", "company");
        check("crosses", "cross");
        check("joining", "join");
    }
}
