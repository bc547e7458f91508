//! "did you mean".

/// The known word nearest to `word`: at most two typos away, or alike by Jaro and Winkler at 0.85.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // Similarity is quadratic; nobody mistypes a word of hundreds of letters.
    if word.len() > 100 {
        return None;
    }
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(word, k), strsim::jaro_winkler(word, k), k))
        .filter(|(typos, alike, _)| *typos <= most_typos(word) || *alike >= 0.85)
        .min_by(|a, b| (a.0, -a.1, a.2).partial_cmp(&(b.0, -b.1, b.2)).unwrap_or(std::cmp::Ordering::Equal))
        .map(|(_, _, k)| k)
}

/// Two typos in a word of four letters make another word.
fn most_typos(word: &str) -> usize {
    (word.chars().count() / 3).clamp(1, 2).min(word.chars().count() / 2)
}

/// "did you mean `…`?", or the list of what is known where nothing is near.
pub fn suggestion<'w>(word: &str, known: impl IntoIterator<Item = &'w str> + Clone) -> String {
    if let Some(near) = nearest(word, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let known: Vec<String> = known.into_iter().map(|k| format!("`{k}`")).collect();
    if known.is_empty() {
        return "there is none to choose from".to_owned();
    }
    let dots = if known.len() > 16 { ", …" } else { "" };
    format!("known: {}{dots}", known.get(..16).unwrap_or(&known).join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos() {
        let known = ["severity", "sources", "aliases"];
        assert_eq!(nearest("severty", known), Some("severity"));
        assert_eq!(nearest("source", known), Some("sources"));
        assert_eq!(nearest("x", known), None);
        assert_eq!(suggestion("zzz", ["a", "b"]), "known: `a`, `b`");
        assert_eq!(suggestion("zzz", []), "there is none to choose from");
    }
}
