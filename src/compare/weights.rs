//! What evidence weighs.
//!
//! Comes in: what is seen of two spots, feature by feature. Goes out: the logarithm of the odds that both are of one thing,
//! in thousandths. Two models, both learned by `training/evidence`: boosted trees (`models/evidence.json`) for values that exclude
//! each other; sums of weights, which are lexicons, for values that fit and for sentences. All of it is in integers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use foldhash::HashMap;
use serde::Deserialize;

use crate::rule::Rules;

/// Everything that can be seen of a candidate, as the models name it; `base` is seen of all.
pub(super) const FEATURES: [&str; 116] = [
    "arguments alone",
    "arguments other",
    "arguments same",
    "as many digits",
    "attribute other",
    "attribute same",
    "attributes told apart",
    "behind best",
    "beside same",
    "best partner",
    "beyond five times",
    "change on one side",
    "clause",
    "contrasts",
    "covered",
    "dated on one side",
    "dates apart",
    "dates shared",
    "day same",
    "denied",
    "digits shifted",
    "digits transposed",
    "documents of one day",
    "documents of other days",
    "documents of other days, moving",
    "entity other",
    "entity same",
    "figure",
    "figures apart",
    "figures around shared",
    "figures shared",
    "former on one side",
    "future on one side",
    "governor same",
    "kind same",
    "later is larger",
    "later is smaller",
    "lead",
    "limit on one side",
    "longer clause",
    "minute same",
    "modality other",
    "modality same",
    "month same",
    "name",
    "name on one side",
    "name other",
    "name same",
    "names apart",
    "names in one place",
    "narrowed on one side",
    "near",
    "noun other",
    "noun same",
    "nouns",
    "number in the other document",
    "number in the other sentence",
    "of clocks",
    "of counts",
    "of dates",
    "of durations",
    "of measures",
    "of money",
    "of percent",
    "one digit apart",
    "one is a name",
    "opposed",
    "opposite beside",
    "other values apart",
    "other values shared",
    "partners",
    "place",
    "polarity other",
    "precision same",
    "predicates same",
    "preposition other",
    "preposition same",
    "quoted",
    "role same",
    "scope other",
    "scope same",
    "sentences",
    "single sentences",
    "small",
    "sole",
    "sort other",
    "sort same",
    "spelt alike",
    "spot in the other document",
    "standard on one side",
    "stated both by others",
    "stated elsewhere",
    "stated elsewhere, likelier",
    "subject other",
    "subject same",
    "tag other",
    "then on one side",
    "time other",
    "time same",
    "tree",
    "unit other",
    "unit same",
    "values",
    "verb other",
    "verb same",
    "verbs",
    "whole",
    "wide",
    "within a double",
    "within a half",
    "within a tenth",
    "within an hour",
    "word",
    "word shared",
    "words",
    "year same",
];

/// That each of the two documents is a single sentence: nothing else is stated that could speak for or against one thing.
pub(super) const SINGLE: &str = "single sentences";

/// Names and sizes of features, none of them 0.
#[derive(Debug, Default)]
pub(super) struct Features(pub(super) Vec<(&'static str, i32)>);

impl Features {
    /// Adds to a feature.
    pub(super) fn put(&mut self, name: &'static str, size: i32) {
        debug_assert!(FEATURES.contains(&name), "{name}");
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some((_, sum)) => *sum += size,
            None if size != 0 => self.0.push((name, size)),
            None => {}
        }
    }
}

/// The size of a feature.
pub(super) fn size(seen: &[(&'static str, i32)], name: &str) -> i32 {
    seen.iter().find(|(n, _)| *n == name).map_or(0, |(_, size)| *size)
}

/// The size of a feature that tells how many there are: doublings, a quarter each.
pub(super) fn doublings(n: usize) -> i32 {
    n.checked_ilog2().map_or(0, |d| d as i32 * 250)
}

/// What one thing that is seen adds to the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is seen; `base` is what holds before anything is.
    pub name: String,
    /// What it adds to the logarithm of the odds, in thousandths.
    pub adds: i64,
}

/// The parts of a sum, the one that adds or takes away most first.
fn ranked(parts: impl IntoIterator<Item = (String, i64)>) -> Vec<Part> {
    let all = parts.into_iter().filter(|(_, adds)| *adds != 0);
    let mut all: Vec<Part> = all.map(|(name, adds)| Part { name, adds }).collect();
    all.sort_by_key(|part| (part.name != "base", std::cmp::Reverse(part.adds.abs())));
    all
}

/// Parts of the logarithm of the odds in which leaves are told.
const UNIT: i64 = 10_000;

/// What speaks for two values that exclude each other being of one thing.
pub(super) static TREES: LazyLock<Trees> = LazyLock::new(|| {
    let file = include_str!("../../models/evidence.json");
    Trees::new(serde_json::from_str(file).expect("a test reads the file"))
});

/// Names of features, and the nodes of each tree: `[value]` of a leaf, `[feature, most, low, high, value]` of a question.
#[derive(Deserialize)]
struct TreesWire {
    features: Vec<String>,
    trees: Vec<Vec<Vec<i32>>>,
}

/// Boosted trees, whose leaves add up.
#[derive(Debug)]
pub(super) struct Trees(Vec<Vec<Node>>);

/// A node of a tree.
#[derive(Debug, Clone, Copy)]
enum Node {
    /// Goes on at `low` if there is no more than `most` of the feature, else at `high`; `before` is what is known when it is asked.
    Question { feature: &'static str, most: i32, low: usize, high: usize, before: i32 },
    /// What is added.
    Leaf(i32),
}

impl Trees {
    fn new(wire: TreesWire) -> Trees {
        let known =
            |name: &String| FEATURES.into_iter().find(|f| f == name).expect("a test reads every name of the file");
        let features: Vec<&'static str> = wire.features.iter().map(known).collect();
        let node = |node: &Vec<i32>| match node[..] {
            [of, most, low, high, before] => {
                Node::Question { feature: features[of as usize], most, low: low as usize, high: high as usize, before }
            }
            _ => Node::Leaf(node[0]),
        };
        Trees(wire.trees.iter().map(|nodes| nodes.iter().map(node).collect()).collect())
    }

    /// What the leaves add up to for a candidate, in thousandths.
    pub(super) fn log_odds(&self, seen: &[(&'static str, i32)]) -> i64 {
        self.walk(seen, |_, _| ()) * 1000 / UNIT
    }

    /// What each feature adds: how much more, or less, is known behind the questions that are asked of it than before them.
    pub(super) fn parts(&self, seen: &[(&'static str, i32)]) -> Vec<Part> {
        let mut parts: BTreeMap<&'static str, i64> = BTreeMap::new();
        self.walk(seen, |name, adds| *parts.entry(name).or_default() += adds);
        // What is not there may speak as well.
        let shown = |name: &str| match name == "base" || size(seen, name) != 0 {
            true => name.to_owned(),
            false => format!("not: {name}"),
        };
        ranked(parts.into_iter().map(|(name, adds)| (shown(name), adds * 1000 / UNIT)))
    }

    /// Goes from the root of each tree to a leaf; tells what each question adds, and the sum of the leaves.
    fn walk(&self, seen: &[(&'static str, i32)], mut each: impl FnMut(&'static str, i64)) -> i64 {
        let seen: HashMap<&str, i32> = seen.iter().copied().collect();
        let mut sum = 0;
        for nodes in &self.0 {
            let (mut at, mut asked, mut known) = (0, "base", 0);
            loop {
                let value = match nodes[at] {
                    Node::Leaf(value) | Node::Question { before: value, .. } => i64::from(value),
                };
                each(asked, value - known);
                known = value;
                let Node::Question { feature, most, low, high, .. } = nodes[at] else { break };
                asked = feature;
                at = if seen.get(feature).copied().unwrap_or(0) <= most { low } else { high };
            }
            sum += known;
        }
        sum
    }
}

/// One row of a sum: what has to be seen, and what that adds.
#[derive(Debug, Clone)]
struct Weight {
    /// Names of features, each with how much of it there has to be. A feature alone counts by its size.
    seen: Vec<(String, Option<i32>)>,
    /// In thousandths of the natural logarithm of the odds.
    size: i64,
}

impl Weight {
    /// As its lexicon has it.
    fn name(&self) -> String {
        let condition = |(name, least): &(String, Option<i32>)| match least {
            Some(least) => format!("{name} >= {least}"),
            None => name.clone(),
        };
        self.seen.iter().map(condition).collect::<Vec<_>>().join(" & ")
    }

    /// What it adds for a candidate.
    fn adds(&self, seen: &[(&'static str, i32)]) -> i64 {
        let size = |name: &str| if name == "base" { 1000 } else { size(seen, name) };
        match self.seen.as_slice() {
            [(name, None)] => self.size * i64::from(size(name)) / 1000,
            all if all.iter().all(|(name, least)| size(name) >= least.unwrap_or(1)) => self.size,
            _ => 0,
        }
    }
}

/// A sum of weights.
#[derive(Debug, Clone, Default)]
pub(super) struct Sum(Vec<Weight>);

impl Sum {
    /// From the rows of a lexicon: "sole & tree >= 100" with its weight as rank.
    pub(super) fn new(rules: &Rules, lexicon: &str) -> Sum {
        let rows = rules.lexicons.get(lexicon).into_iter().flat_map(|l| l.rows.values());
        let weight = |(key, size): (&String, i64)| {
            let seen = key.split(" & ").map(|part| match part.split_once(" >= ") {
                Some((name, least)) => (name.to_owned(), least.parse().ok()),
                None => (part.to_owned(), None),
            });
            Weight { seen: seen.collect(), size }
        };
        Sum(rows.filter_map(|r| Some(weight((&r.key, r.rank?)))).collect())
    }

    /// What the rows add up to for a candidate.
    pub(super) fn log_odds(&self, seen: &[(&'static str, i32)]) -> i64 {
        self.0.iter().map(|row| row.adds(seen)).sum()
    }

    /// What each row adds.
    pub(super) fn parts(&self, seen: &[(&'static str, i32)]) -> Vec<Part> {
        ranked(self.0.iter().map(|row| (row.name(), row.adds(seen))))
    }
}

/// The logistic function in thousandths at each half, from 0 to 6: `1000 / (1 + exp(-x))`.
const LOGISTIC: [i64; 13] = [500, 622, 731, 818, 881, 924, 953, 971, 982, 989, 993, 996, 998];

/// The confidence for a sum of evidence, both in thousandths.
pub(super) fn logistic(sum: i64) -> u16 {
    let (at, rest) = ((sum.unsigned_abs() / 500) as usize, sum.abs() % 500);
    let here = LOGISTIC.get(at).copied().unwrap_or(999);
    let next = LOGISTIC.get(at + 1).copied().unwrap_or(999);
    let positive = here + (next - here) * rest / 500;
    (if sum < 0 { 1000 - positive } else { positive }) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_of_something_that_is_seen() {
        let rules = Rules::embedded().unwrap();
        for lexicon in ["agreement-evidence", "contrast-evidence"] {
            let sum = Sum::new(&rules, lexicon);
            assert!(sum.0.len() > 40, "{lexicon}");
            for (name, _) in sum.0.iter().flat_map(|w| &w.seen) {
                assert!(name == "base" || FEATURES.contains(&name.as_str()), "{lexicon}: {name}");
            }
        }
    }

    #[test]
    fn every_tree_ends_at_a_leaf() {
        assert!(TREES.0.len() > 100);
        for nodes in &TREES.0 {
            for (at, node) in nodes.iter().enumerate() {
                if let Node::Question { low, high, .. } = node {
                    assert!(*low > at && *high > at && *low.max(high) < nodes.len());
                }
            }
        }
    }

    #[test]
    fn leaves_add_up() {
        let leaf = |n| vec![n];
        let first = vec![vec![0, 250, 1, 2, 2000], leaf(-5000), leaf(12_000)];
        let trees = Trees::new(TreesWire { features: vec!["lead".into()], trees: vec![first, vec![leaf(1000)]] });
        assert_eq!(trees.log_odds(&[]), -400);
        assert_eq!(trees.log_odds(&[("lead", 250)]), -400);
        assert_eq!(trees.log_odds(&[("lead", 251)]), 1300);
        let part = |name: &str, adds| Part { name: name.to_owned(), adds };
        assert_eq!(trees.parts(&[("lead", 251)]), [part("base", 300), part("lead", 1000)]);
        assert_eq!(trees.parts(&[]), [part("base", 300), part("not: lead", -700)]);
    }

    #[test]
    fn a_row_counts_by_size_or_by_its_conditions() {
        let weights = Sum(vec![
            Weight { seen: vec![("base".into(), None)], size: -1000 },
            Weight { seen: vec![("lead".into(), None)], size: 500 },
            Weight { seen: vec![("sole".into(), None), ("near".into(), Some(300))], size: 70 },
        ]);
        let sum = |features: Vec<(&'static str, i32)>| weights.log_odds(&features);
        assert_eq!(sum(vec![]), -1000);
        assert_eq!(sum(vec![("lead", 2000)]), 0);
        assert_eq!(sum(vec![("sole", 1000), ("near", 299)]), -1000);
        assert_eq!(sum(vec![("sole", 1000), ("near", 300)]), -930);
    }

    #[test]
    fn confidence_grows_with_the_sum() {
        let all: Vec<u16> = (-80..=80).map(|n| logistic(n * 100)).collect();
        assert!(all.is_sorted(), "{all:?}");
        assert_eq!((logistic(0), logistic(1000), logistic(-1000)), (500, 731, 269));
    }
}
