//! An averaged perceptron over hashed features.

use std::collections::HashMap;

use crate::weights::{Weights, best};

/// What is learned: for each feature a row of weights.
pub struct Learner<const N: usize> {
    rows: HashMap<u64, Row<N>>,
    steps: i64,
}

#[derive(Clone)]
struct Row<const N: usize> {
    now: [i32; N],
    /// Sum of the weights over all steps up to `since`.
    total: [i64; N],
    since: [i64; N],
    /// Averaged, as the product will have them.
    last: [i8; N],
}

impl<const N: usize> Learner<N> {
    pub fn new() -> Self {
        Learner { rows: HashMap::new(), steps: 0 }
    }

    pub fn sums(&self, features: &[u64]) -> [i32; N] {
        let mut sums = [0; N];
        for row in features.iter().filter_map(|f| self.rows.get(f)) {
            for (s, w) in sums.iter_mut().zip(&row.now) {
                *s += w;
            }
        }
        sums
    }

    pub fn best(&self, features: &[u64], allowed: impl Fn(usize) -> bool) -> usize {
        best(&self.sums(features), allowed).unwrap_or(0)
    }

    /// One step: the features speak for `gold` and not for `told`.
    pub fn update(&mut self, features: &[u64], gold: usize, told: usize) {
        self.steps += 1;
        if gold == told {
            return;
        }
        for f in features {
            let row = self.rows.entry(*f).or_insert_with(|| Row { now: [0; N], total: [0; N], since: [0; N], last: [0; N] });
            for (lane, by) in [(gold, 1), (told, -1)] {
                row.total[lane] += i64::from(row.now[lane]) * (self.steps - row.since[lane]);
                row.since[lane] = self.steps;
                row.now[lane] += by;
            }
        }
    }

    /// Begins anew from nothing, and keeps what was learned so far: the average of several runs, each with its sentences in
    /// another order, errs less than one.
    pub fn restart(&mut self) {
        for row in self.rows.values_mut() {
            for lane in 0..N {
                row.total[lane] += i64::from(row.now[lane]) * (self.steps - row.since[lane]);
                row.since[lane] = self.steps;
                row.now[lane] = 0;
            }
        }
    }

    /// Ends the learning: from here on the weights are those of all steps, scaled to bytes.
    pub fn average(&mut self) {
        let steps = self.steps.max(1);
        let mut greatest: Vec<i64> = Vec::new();
        for row in self.rows.values_mut() {
            for lane in 0..N {
                row.total[lane] += i64::from(row.now[lane]) * (steps - row.since[lane]);
                row.since[lane] = steps;
            }
            greatest.push(row.total.iter().map(|t| t.abs()).max().unwrap_or(0));
        }
        // One in a thousand rows is cut off at the ends of a byte.
        greatest.sort_unstable();
        let top = greatest.get(greatest.len().saturating_sub(greatest.len() / 1000 + 1)).copied().unwrap_or(1).max(1);
        for row in self.rows.values_mut() {
            for lane in 0..N {
                let scaled = (i128::from(row.total[lane]) * 254 / i128::from(top) + row.total[lane].signum() as i128) / 2;
                row.last[lane] = scaled.clamp(-127, 127) as i8;
            }
        }
    }

    /// The rows with a weight of at least `least`, in the order of their features.
    pub fn rows(&self, least: i8) -> Vec<(u64, [i8; N])> {
        let mut rows: Vec<_> =
            self.rows.iter().filter(|(_, r)| r.last.iter().any(|w| w.abs() >= least)).map(|(f, r)| (*f, r.last)).collect();
        rows.sort_unstable_by_key(|(f, _)| *f);
        rows
    }
}

impl<const N: usize> Weights<N> for Learner<N> {
    fn add(&self, feature: u64, sums: &mut [i32; N]) {
        if let Some(row) = self.rows.get(&feature) {
            for (s, w) in sums.iter_mut().zip(&row.last) {
                *s += i32::from(*w);
            }
        }
    }
}

/// A generator with a fixed seed (xorshift64*; Vigna 2016).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(0x2545_f491_4f6c_dd1d ^ (seed << 32))
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }

    pub fn shuffle(&mut self, items: &mut [usize]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
