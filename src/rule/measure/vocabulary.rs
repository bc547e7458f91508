//! The words of the tables by number. Most words of a text stand in none, and are found to be so without being hashed.

use foldhash::{HashMap, HashMapExt};

/// Words in lower case, and symbols as written, to ids from 1.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    /// A bit for every [`print`] that some word has.
    prints: Box<[u64; PRINTS / 64]>,
}

/// Prints that are told apart: some twenty times the words of the tables, in 8 KiB.
const PRINTS: usize = 1 << 16;

impl Vocabulary {
    pub(super) fn new() -> Vocabulary {
        Vocabulary { ids: HashMap::new(), prints: Box::new([0; PRINTS / 64]) }
    }

    /// The id of a word, if it has one.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        let print = print(word);
        if self.prints[print / 64] >> (print % 64) & 1 == 0 {
            return None;
        }
        self.ids.get(word).copied()
    }

    /// Gives a word an id, in place of the one that it has.
    pub(super) fn insert(&mut self, word: &str, id: u32) {
        let print = print(word);
        self.prints[print / 64] |= 1 << (print % 64);
        self.ids.insert(word.into(), id);
    }

    /// The words of some ids with these, sorted.
    pub(super) fn sorted(&self, wanted: impl Fn(u32) -> bool) -> Vec<(Box<str>, u32)> {
        let wanted = self.ids.iter().filter(|(_, id)| wanted(**id));
        let mut words: Vec<(Box<str>, u32)> = wanted.map(|(word, id)| (word.clone(), *id)).collect();
        words.sort();
        words
    }
}

/// A number below [`PRINTS`] out of the length of a word and four of its bytes.
fn print(word: &str) -> usize {
    let bytes = word.as_bytes();
    let [first, .., last] = bytes else { return bytes.first().map_or(0, |b| usize::from(*b)) };
    let word = u32::from_le_bytes([*first, bytes[1], bytes[bytes.len() / 2], *last]);
    // Multiplied by an odd number without pattern, the upper bits hang on all of them.
    let mixed = (word ^ (bytes.len() as u32).wrapping_mul(0x0100_0193)).wrapping_mul(0x9e37_79b1);
    (mixed >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found() {
        let mut words = Vocabulary::new();
        for (id, word) in (1..).zip(["", "a", "ab", "€", "thirty-first", "per cent"]) {
            words.insert(word, id);
        }
        let found: Vec<Option<u32>> = ["", "a", "b", "ab", "ba", "€", "thirty-first"].map(|w| words.get(w)).into();
        assert_eq!(found, [Some(1), Some(2), None, Some(3), None, Some(4), Some(5)]);
        assert_eq!(
            words.sorted(|id| id != 3),
            [("".into(), 1), ("a".into(), 2), ("per cent".into(), 6), ("thirty-first".into(), 5), ("€".into(), 4)]
        );
    }
}
