//! What evidence weighs.
//!
//! Comes in: what is seen of two spots, feature by feature. Goes out: the logarithm of the odds that both are of one thing,
//! in thousandths. Three models, boosted trees in `models/evidence.json`, learned by `training/evidence`; all of it is in integers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::align::{Feature, Features};

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

/// What is learned of each question.
pub(super) static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let file = include_str!("../../models/evidence.json");
    Models::new(serde_json::from_str(file).expect("a test reads the file"))
});

/// The file, model by model.
#[derive(Deserialize)]
struct ModelsWire {
    apart: TreesWire,
    fit: TreesWire,
    contrasts: TreesWire,
}

/// Names of features, and the nodes of each tree: `[value]` of a leaf, `[feature, most, low, high, value]` of a question.
#[derive(Deserialize)]
struct TreesWire {
    features: Vec<String>,
    trees: Vec<Vec<Vec<i32>>>,
}

/// What is learned of each question.
#[derive(Debug)]
pub(super) struct Models {
    /// Whether two values that exclude each other are of one thing.
    pub(super) apart: Trees,
    /// The same of two values that fit each other.
    pub(super) fit: Trees,
    /// Whether two sentences that differ in one spot are of one thing.
    pub(super) contrasts: Trees,
}

impl Models {
    fn new(wire: ModelsWire) -> Models {
        let [apart, fit, contrasts] = [wire.apart, wire.fit, wire.contrasts].map(Trees::new);
        Models { apart, fit, contrasts }
    }

    /// The one for two values, by whether they exclude each other.
    pub(super) fn of_values(&self, apart: bool) -> &Trees {
        if apart { &self.apart } else { &self.fit }
    }
}

/// Boosted trees, whose leaves add up.
#[derive(Debug)]
pub(super) struct Trees(Vec<Vec<Node>>);

/// A node of a tree.
#[derive(Debug, Clone, Copy)]
enum Node {
    /// Goes on at `low` if there is no more than `most` of the feature, else at `high`; `before` is what is known when it is asked.
    Question { feature: Feature, low: u8, high: u8, most: i32, before: i32 },
    /// What is added.
    Leaf(i32),
}

impl Trees {
    fn new(wire: TreesWire) -> Trees {
        let known = |name: &String| Feature::of(name).expect("a test reads every name of the file");
        let features: Vec<Feature> = wire.features.iter().map(known).collect();
        let node = |node: &Vec<i32>| match node[..] {
            [of, most, low, high, before] => {
                let node = |at: i32| u8::try_from(at).expect("a test reads the file");
                Node::Question { feature: features[of as usize], low: node(low), high: node(high), most, before }
            }
            _ => Node::Leaf(node[0]),
        };
        Trees(wire.trees.iter().map(|nodes| nodes.iter().map(node).collect()).collect())
    }

    /// What the leaves add up to for a candidate, in thousandths.
    pub(super) fn log_odds(&self, seen: &Features) -> i64 {
        let leaf = |nodes: &Vec<Node>| {
            let mut at = 0;
            loop {
                match nodes[at] {
                    Node::Leaf(value) => return i64::from(value),
                    Node::Question { feature, low, high, most, .. } => {
                        at = usize::from(if seen.size(feature) <= most { low } else { high });
                    }
                }
            }
        };
        self.0.iter().map(leaf).sum::<i64>() * 1000 / UNIT
    }

    /// What each feature adds: how much more, or less, is known behind the questions that are asked of it than before them.
    pub(super) fn parts(&self, seen: &Features) -> Vec<Part> {
        let mut parts: BTreeMap<Option<Feature>, i64> = BTreeMap::new();
        self.questions(seen, |asked, adds| *parts.entry(asked).or_default() += adds);
        // What is not there may speak as well.
        let shown = |asked: Option<Feature>| match asked {
            None => BASE.to_owned(),
            Some(feature) if seen.size(feature) != 0 => feature.name().to_owned(),
            Some(feature) => format!("not: {}", feature.name()),
        };
        ranked(parts.into_iter().map(|(asked, adds)| (shown(asked), adds * 1000 / UNIT)))
    }

    /// Goes from the root of each tree to a leaf; says what each question adds, and before any what holds of all.
    fn questions(&self, seen: &Features, mut each: impl FnMut(Option<Feature>, i64)) {
        for nodes in &self.0 {
            let (mut at, mut asked, mut known) = (0, None, 0);
            loop {
                let value = match nodes[at] {
                    Node::Leaf(value) | Node::Question { before: value, .. } => i64::from(value),
                };
                each(asked, value - known);
                known = value;
                let Node::Question { feature, low, high, most, .. } = nodes[at] else { break };
                asked = Some(feature);
                at = usize::from(if seen.size(feature) <= most { low } else { high });
            }
        }
    }
}

/// What holds of all that is weighed.
const BASE: &str = "base";

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

    fn seen(all: &[(Feature, i32)]) -> Features {
        let mut out = Features::default();
        all.iter().for_each(|(feature, size)| out.put(*feature, *size));
        out
    }

    #[test]
    fn every_tree_ends_at_a_leaf() {
        let Models { apart, fit, contrasts } = &*MODELS;
        for trees in [apart, fit, contrasts] {
            assert!(trees.0.len() > 100);
            for nodes in &trees.0 {
                for (at, node) in nodes.iter().enumerate() {
                    if let Node::Question { low, high, .. } = node {
                        let (low, high) = (usize::from(*low), usize::from(*high));
                        assert!(low > at && high > at && low.max(high) < nodes.len());
                    }
                }
            }
        }
    }

    #[test]
    fn leaves_add_up() {
        let leaf = |n| vec![n];
        let first = vec![vec![0, 250, 1, 2, 2000], leaf(-5000), leaf(12_000)];
        let trees = Trees::new(TreesWire { features: vec!["lead".into()], trees: vec![first, vec![leaf(1000)]] });
        assert_eq!(trees.log_odds(&seen(&[])), -400);
        assert_eq!(trees.log_odds(&seen(&[(Feature::Lead, 250)])), -400);
        assert_eq!(trees.log_odds(&seen(&[(Feature::Lead, 251)])), 1300);
        let part = |name: &str, adds| Part { name: name.to_owned(), adds };
        assert_eq!(trees.parts(&seen(&[(Feature::Lead, 251)])), [part("base", 300), part("lead", 1000)]);
        assert_eq!(trees.parts(&seen(&[])), [part("base", 300), part("not: lead", -700)]);
    }

    #[test]
    fn confidence_grows_with_the_sum() {
        let all: Vec<u16> = (-80..=80).map(|n| logistic(n * 100)).collect();
        assert!(all.is_sorted(), "{all:?}");
        assert_eq!((logistic(0), logistic(1000), logistic(-1000)), (500, 731, 269));
    }
}
