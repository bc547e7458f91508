//! Sentences that may tell of one thing.
//!
//! Comes in: the sentences of related documents as vectors of their words. Goes out: pairs of sentences, each with the
//! likest of every related document, found through an index of their words.

use std::collections::BTreeSet;

use foldhash::HashMap;

use crate::align::Passages;

/// Sentences of a document that a sentence is set beside.
const LIKEST: usize = 3;
/// How alike two sentences are at least, in thousandths.
const ALIKE: i32 = 100;
/// A word that stands in more sentences of a document than this brings none of them together.
const COMMON: usize = 40;

/// Two sentences, each by document and place, that may tell of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    /// The one of the earlier document.
    pub a: (u32, usize),
    /// The other.
    pub b: (u32, usize),
    /// For how many of the two the other is the likest of its document.
    pub best: u8,
    /// How alike they are, in thousandths.
    pub alike: i32,
}

/// The sentences that are set beside each other: of each sentence the likest of every related document. Sorted.
pub(crate) fn sentences(passages: &Passages, related: &[(u32, u32)], worth: impl Fn(u32, usize) -> bool) -> Vec<Met> {
    let mut out = Vec::new();
    for &(a, b) in related {
        let (own, others) = (passages.vectors(a), passages.vectors(b));
        let mut holders: HashMap<u32, Vec<usize>> = HashMap::default();
        for (n, vector) in others.iter().enumerate().filter(|(n, _)| worth(b, *n)) {
            vector.parts().iter().for_each(|(key, _)| holders.entry(*key).or_default().push(n));
        }
        let mut all: Vec<(i32, usize, usize)> = Vec::new();
        for (m, vector) in own.iter().enumerate().filter(|(m, _)| worth(a, *m)) {
            let held = vector.parts().iter().filter_map(|(key, _)| holders.get(key));
            let met = held.filter(|all| all.len() <= COMMON).flatten().copied();
            // Within a document each pair once.
            let met: BTreeSet<usize> = met.filter(|n| a != b || m < *n).collect();
            all.extend(met.into_iter().map(|n| (vector.alike(&others[n]), m, n)).filter(|(alike, ..)| *alike >= ALIKE));
        }
        all.sort_unstable_by_key(|(alike, m, n)| (std::cmp::Reverse(*alike), *m, *n));
        // How alike the likest is, and how many have come.
        let first = if a == b { 0 } else { own.len() };
        let mut partners = vec![(0, 0); first + others.len()];
        for (alike, m, n) in all {
            let sides = [m, first + n];
            if sides.iter().any(|at| partners[*at].1 < LIKEST) {
                let mut best = 0;
                for at in sides {
                    let (most, count) = &mut partners[at];
                    *most = alike.max(*most);
                    best += u8::from(*most == alike);
                    *count += 1;
                }
                out.push(Met { a: (a, m), b: (b, n), best, alike });
            }
        }
    }
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::given::EXTRACTOR;
    use crate::entity::merge;
    use crate::source::Document;

    /// The sentences of two documents that meet, by place, each with for how many of the two the other is the likest.
    fn met(texts: [&str; 2], worth: impl Fn(u32, usize) -> bool) -> Vec<(usize, usize, u8)> {
        met_of(texts, (0, 1), worth)
    }

    fn met_of(texts: [&str; 2], related: (u32, u32), worth: impl Fn(u32, usize) -> bool) -> Vec<(usize, usize, u8)> {
        let documents = texts.map(|text| Document::from_text("a", text));
        let read: Vec<_> = documents.iter().map(|d| EXTRACTOR.extract(d, None)).collect();
        let known: Vec<_> = read.iter().map(|r| r.known.clone()).collect();
        let passages = read.into_iter().map(|r| r.passages).collect();
        let merged = merge(&known, &[], EXTRACTOR.lookup());
        let passages = Passages::new(passages, &[related], &documents, &merged, EXTRACTOR.lookup());
        sentences(&passages, &[related], worth).into_iter().map(|m| (m.a.1, m.b.1, m.best)).collect()
    }

    #[test]
    fn the_likest_meet() {
        let all = |_, _| true;
        let a = "The storm sank twelve boats. The keeper painted the gate.";
        assert_eq!(met([a, "The gate was painted by the keeper. A choir sang."], all), [(1, 0, 2)]);
        assert_eq!(met([a, "A choir sang an old hymn."], all), []);
        let twice = "The keeper painted the gate. The keeper painted the long wall of the yard.";
        assert_eq!(met([a, twice], all), [(1, 0, 2), (1, 1, 1)]);
        assert_eq!(met([a, twice], |document, at| document == 0 || at == 1), [(1, 1, 2)]);
    }

    #[test]
    fn sentences_of_one_document_meet_once() {
        let text = "The keeper painted the gate. It rained. The gate was painted by the sailor.";
        assert_eq!(met_of([text, ""], (0, 0), |_, _| true), [(0, 2, 2)]);
    }

    #[test]
    fn each_has_so_many_partners_at_most() {
        let a = "The keeper painted the gate.";
        let b = [
            "The keeper painted the gate.",
            "The keeper shut the gate.",
            "The keeper oiled the gate.",
            "The gate fell.",
        ];
        assert_eq!(met([a, &b.join(" ")], |_, _| true).len(), b.len(), "each of them has one");
        let a = [a; LIKEST + 2].join(" ");
        let b = [b[0]; LIKEST + 2].join(" ");
        assert!(met([&a, &b], |_, _| true).len() < (LIKEST + 2) * (LIKEST + 2));
    }
}
