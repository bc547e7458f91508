//! Heads: a transition parser with a linear model.
//!
//! Arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta 2011), greedy; trained with a dynamic oracle (Goldberg and
//! Nivre 2013). Trees are projective. The root of a sentence stands behind its last token.

use super::tag::{Seen, Tag};
use super::weights::{Weights, best, feature};

/// What the parser can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The next token goes on the stack.
    Shift,
    /// The next token is the head of the stack's top, which leaves it.
    Left,
    /// The token below the stack's top is its head; the top leaves the stack.
    Right,
}

/// All steps, in the order of the model's lanes.
pub const STEPS: [Step; 3] = [Step::Shift, Step::Left, Step::Right];

/// Lanes of the parser's model.
pub const LANES: usize = 4;

/// Where a parse stands.
#[derive(Debug, Clone)]
pub struct State {
    /// Tokens that wait for a head.
    pub stack: Vec<usize>,
    /// The next token; `heads.len()` is the root.
    pub next: usize,
    /// Heads found; the root's number for the sentence's own head.
    pub heads: Vec<Option<usize>>,
    /// Of each token, and of the root: first and last child on its left and right so far.
    children: Vec<Children>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Children {
    left: [Option<usize>; 2],
    right: [Option<usize>; 2],
    lefts: u8,
    rights: u8,
}

impl State {
    /// The beginning of a sentence of so many tokens.
    pub fn new(tokens: usize) -> State {
        State {
            stack: Vec::new(),
            next: 0,
            heads: vec![None; tokens],
            children: vec![Children::default(); tokens + 1],
        }
    }

    /// Whether every token has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.heads.len() && self.stack.is_empty()
    }

    /// Whether a step can be taken. The root takes one child alone: the last token of the stack.
    pub fn allows(&self, step: Step) -> bool {
        match step {
            Step::Shift => self.next < self.heads.len(),
            Step::Left => !self.stack.is_empty() && (self.next < self.heads.len() || self.stack.len() == 1),
            Step::Right => self.stack.len() > 1,
        }
    }

    /// Takes a step that is allowed.
    pub fn take(&mut self, step: Step) {
        match step {
            Step::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Step::Left => {
                if let Some(child) = self.stack.pop() {
                    self.heads[child] = Some(self.next);
                    let of = &mut self.children[self.next];
                    of.left = [Some(child), of.left[0]];
                    of.lefts = of.lefts.saturating_add(1).min(5);
                }
            }
            Step::Right => {
                if let Some(child) = self.stack.pop()
                    && let Some(head) = self.stack.last()
                {
                    self.heads[child] = Some(*head);
                    let of = &mut self.children[*head];
                    of.right = [Some(child), of.right[0]];
                    of.rights = of.rights.saturating_add(1).min(5);
                }
            }
        }
    }

    /// How many of the heads in `gold` a step makes unreachable (the dynamic oracle).
    pub fn cost(&self, step: Step, gold: &[usize]) -> usize {
        let (&[.., top] | &[top]) = self.stack.as_slice() else { return 0 };
        let below = self.stack.len().checked_sub(2).map(|i| self.stack[i]);
        let children_ahead = || (self.next..gold.len()).filter(|d| gold[*d] == top).count();
        match step {
            Step::Shift => {
                let under = &self.stack[..self.stack.len() - 1];
                usize::from(under.contains(&gold[self.next]))
                    + self.stack.iter().filter(|d| gold[**d] == self.next).count()
            }
            Step::Right => usize::from(gold[top] >= self.next) + children_ahead(),
            Step::Left => usize::from(Some(gold[top]) == below || gold[top] > self.next) + children_ahead(),
        }
    }
}

/// What the parser asks where it stands.
pub fn features(seen: &[Seen], tags: &[Tag], state: &State, mut emit: impl FnMut(u64)) {
    const ROOT: u64 = 90;
    let token = |i: usize| (i <= tags.len()).then_some(i);
    let stack = |i: usize| state.stack.len().checked_sub(i + 1).map(|i| state.stack[i]);
    let word = |i: Option<usize>| i.map_or(0, |i| seen.get(i).map_or(ROOT, |s| s.word));
    let tag = |i: Option<usize>| i.map_or(0, |i| tags.get(i).map_or(ROOT, |t| *t as u64 + 1));
    let of = |i: Option<usize>| i.map(|i| state.children[i]).unwrap_or_default();
    let (s0, s1, s2) = (stack(0), stack(1), stack(2));
    let (b0, b1, b2) = (token(state.next), token(state.next + 1), token(state.next + 2));
    let (c0, c1, cb) = (of(s0), of(s1), of(b0));
    let (s0w, s1w, b0w, b1w) = (word(s0), word(s1), word(b0), word(b1));
    let (s0t, s1t, s2t, b0t, b1t, b2t) = (tag(s0), tag(s1), tag(s2), tag(b0), tag(b1), tag(b2));
    let gap = |a: Option<usize>, b: Option<usize>| match (a, b) {
        (Some(a), Some(b)) => (b - a).min(9) as u64,
        _ => 0,
    };
    let (d0, d1) = (gap(s0, b0), gap(s1, s0));
    let (s0l, s0r, s1l, s1r, b0l) =
        (tag(c0.left[0]), tag(c0.right[0]), tag(c1.left[0]), tag(c1.right[0]), tag(cb.left[0]));
    let mut f = |template: u64, parts: &[u64]| emit(feature(100 + template, parts));
    // One token.
    f(1, &[s0w, s0t]);
    f(2, &[s0w]);
    f(3, &[s0t]);
    f(4, &[s1w, s1t]);
    f(5, &[s1w]);
    f(6, &[s1t]);
    f(7, &[b0w, b0t]);
    f(8, &[b0w]);
    f(9, &[b0t]);
    f(10, &[b1w, b1t]);
    f(11, &[b1t]);
    f(12, &[b2t, b1t]);
    // Two.
    f(13, &[s0w, s0t, b0w, b0t]);
    f(14, &[s0w, s0t, b0t]);
    f(15, &[s0t, b0w, b0t]);
    f(16, &[s0w, b0w]);
    f(17, &[s0t, b0t]);
    f(18, &[s1w, s1t, s0w, s0t]);
    f(19, &[s1w, s0w]);
    f(20, &[s1t, s0t]);
    f(21, &[s1t, s0w]);
    f(22, &[s1w, s0t]);
    f(23, &[b0t, b1t]);
    f(24, &[s1w, b0w]);
    f(25, &[s1t, b0t]);
    // Three.
    f(26, &[s0t, b0t, b1t]);
    f(27, &[b0t, b1t, b2t]);
    f(28, &[s1t, s0t, b0t]);
    f(29, &[s1t, s0t, b0w]);
    f(30, &[s1w, s0t, b0t]);
    f(31, &[s1t, s0w, b0t]);
    f(32, &[s2t, s1t, s0t]);
    f(33, &[s1t, s0t, b0t, b1t]);
    // Children.
    f(34, &[s0t, s0l, b0t]);
    f(35, &[s0t, s0r, b0t]);
    f(36, &[s0t, b0t, b0l]);
    f(37, &[s1t, s1r, s0t]);
    f(38, &[s1t, s0t, s0l]);
    f(39, &[s1t, s0t, s0r]);
    f(40, &[s1t, s1l, s0t]);
    f(41, &[s0t, s0r, tag(c0.right[1])]);
    f(42, &[b0t, b0l, tag(cb.left[1])]);
    f(43, &[word(c0.right[0]), s0t, b0t]);
    f(44, &[word(c0.left[0]), s0t, b0t]);
    f(45, &[word(c1.right[0]), s1t, s0t]);
    // Valency and distance.
    f(46, &[s0w, u64::from(c0.rights), u64::from(c0.lefts)]);
    f(47, &[s0t, u64::from(c0.rights), b0t]);
    f(48, &[b0w, u64::from(cb.lefts)]);
    f(49, &[s1t, u64::from(c1.rights), s0t]);
    f(50, &[s0t, b0t, d0]);
    f(51, &[s0w, d0]);
    f(52, &[s1t, s0t, d1]);
    f(53, &[s1w, s0t, d1]);
    f(54, &[b0w, s0t, d0]);
    f(55, &[s1t, s0t, b0t, s0r]);
    f(56, &[s0w, b0t, b1t]);
    f(57, &[s0t, b0w, b1t]);
}

/// The head of each token of a sentence; the number of tokens for the sentence's own head.
pub fn parse(seen: &[Seen], tags: &[Tag], weights: &impl Weights<LANES>) -> Vec<usize> {
    let mut state = State::new(tags.len());
    while !state.is_done() {
        let mut sums = [0; LANES];
        features(seen, tags, &state, |f| weights.add(f, &mut sums));
        match best(&sums, |i| i < STEPS.len() && state.allows(STEPS[i])) {
            Some(step) => state.take(STEPS[step]),
            None => break,
        }
    }
    state.heads.into_iter().map(|h| h.unwrap_or(tags.len())).collect()
}
