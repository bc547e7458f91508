//! Names that may be one name misspelt. A candidate for a reader, never a merge.

use crate::text::fold_name;

/// Letters of two names, taken together, below which one typo makes another name, and below which two do.
const ONE_TYPO: usize = 9;
const TWO_TYPOS: usize = 13;

/// Whether two names of several words differ as one misspelt name would: by one typo, or two in a long name,
/// with their parts in any order, joined or apart. A name that lacks a part of the other one is short, not misspelt.
pub fn spelt_alike(a: &str, b: &str) -> bool {
    // Most names are told apart by their letters alone: a typo changes which there are by two at most.
    if let (Some(p), Some(q)) = (letters(a), letters(b))
        && (p ^ q).count_ones() > 2 * TYPOS
    {
        return false;
    }
    let parts = |name: &str| -> Vec<String> {
        let folded = fold_name(name);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 1);
        words.map(str::to_owned).collect()
    };
    let (a, b) = (parts(a), parts(b));
    let digits = |name: &[String]| name.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()));
    if a.len() < 2 || b.len() < 2 || a.len().max(b.len()) > PARTS || digits(&a) || digits(&b) {
        return false;
    }
    let other = b.concat();
    let typos = |turn: usize| {
        let turned = [&a[turn..], &a[..turn]].concat();
        strsim::damerau_levenshtein(&turned.concat(), &other)
    };
    let least = (0..a.len()).map(typos).min().unwrap_or(usize::MAX);
    let short = a.concat().chars().count().min(other.chars().count());
    let allowed = usize::from(short >= ONE_TYPO) + usize::from(short >= TWO_TYPOS);
    // The same letters in the same order are the same name, initials and all.
    typos(0) > 0 && least <= allowed
}

/// Most typos of one name.
const TYPOS: u32 = 2;

/// The letters of a name, a bit each, its initials left out; `None` where letters have marks or words other signs.
fn letters(name: &str) -> Option<u32> {
    let mut all = 0;
    for word in name.split([' ', '-', '.']).filter(|w| w.len() > 1) {
        for byte in word.bytes() {
            all |= 1 << byte.is_ascii_alphabetic().then(|| byte.to_ascii_lowercase() - b'a')?;
        }
    }
    Some(all)
}

/// Most parts of a name that is looked at.
const PARTS: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_misspelt() {
        assert!(spelt_alike("Ingrid Solberg", "Ingrid Solburg"));
        assert!(spelt_alike("Ingrid Solberg", "Ingird Solberg"));
        assert!(spelt_alike("Ingrid Holverk", "Ingrad Holvork"), "two typos");
        assert!(spelt_alike("Solberg Ingrid", "Ingrid Solberg"));
        assert!(spelt_alike("Anders Magnus Solberg", "Solberg Andersmagnus"));
    }

    #[test]
    fn two_names() {
        assert!(!spelt_alike("Ingrid Solberg", "Ingrid Solberg"));
        assert!(!spelt_alike("Ingrid Solberg", "Ingrid M. Solberg"), "an initial more");
        assert!(!spelt_alike("Ingrid Solberg", "Solberg"), "a short name");
        assert!(!spelt_alike("Ada Lund", "Ida Lund"), "too short to tell");
        assert!(!spelt_alike("Ingrid Solberg", "Astrid Solberg"));
        assert!(!spelt_alike("Tern B200", "Tern B250"), "numbers part things");
    }
}
