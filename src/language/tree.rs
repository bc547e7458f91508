//! Trees, heads and labels: a transition parser with a small neural network (see [`weights`]).
//!
//! Arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta 2011), greedy; trained with a dynamic oracle (Goldberg and
//! Nivre 2013). Trees are projective. The root of a sentence stands behind its last token.

use std::ops::Range;

use fearless_simd::{Level, dispatch};

use super::label::Label;
use super::tag::{Seen, Tag};
use super::weights::{self, best, feature};

/// What the parser can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The next token goes on the stack.
    Shift,
    /// The next token is the head of the stack's top, which leaves it.
    Left(Label),
    /// The token below the stack's top is its head; the top leaves the stack.
    Right(Label),
}

/// How many steps there are: one, and two for each label.
pub const STEPS: usize = 1 + 2 * Label::ALL.len();

impl Step {
    /// The step of this number.
    pub fn of(number: usize) -> Step {
        match number.checked_sub(1) {
            None => Step::Shift,
            Some(n) if n < Label::ALL.len() => Step::Left(Label::ALL[n]),
            Some(n) => Step::Right(Label::ALL[(n - Label::ALL.len()) % Label::ALL.len()]),
        }
    }
}

/// Tokens that the parser looks at in a state.
pub const PLACES: usize = 11;
/// Numbers that stand for a token in the network.
pub const TOKEN: usize = 64;
/// Numbers in the network's hidden layer.
pub const HIDDEN: usize = 160;

/// The parser's network.
pub type Net = weights::Net<TOKEN, HIDDEN, PLACES, STEPS>;

/// Where a parse stands.
#[derive(Debug, Clone)]
pub struct State {
    /// Tokens that wait for a head.
    pub stack: Vec<usize>,
    /// The next token; `heads.len()` is the root.
    pub next: usize,
    /// Heads and labels found; the root's number for the sentence's own head.
    pub arcs: Vec<Option<(usize, Label)>>,
    /// Of each token, and of the root: its children so far.
    children: Vec<Children>,
}

/// The last two children on each side and their number up to five.
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
        State { stack: Vec::new(), next: 0, arcs: vec![None; tokens], children: vec![Children::default(); tokens + 1] }
    }

    /// Whether every token has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.arcs.len() && self.stack.is_empty()
    }

    /// Whether a step can be taken. The root takes one child alone: the last token of the stack.
    pub fn allows(&self, step: Step) -> bool {
        let at_end = self.next == self.arcs.len();
        match step {
            Step::Shift => !at_end,
            Step::Left(label) if at_end => self.stack.len() == 1 && label == Label::Root,
            Step::Left(label) => !self.stack.is_empty() && label != Label::Root,
            Step::Right(label) => self.stack.len() > 1 && label != Label::Root,
        }
    }

    /// The numbers of the steps among which those that are allowed lie.
    fn open(&self) -> Range<usize> {
        let at_end = self.next == self.arcs.len();
        let labels = Label::ALL.len();
        match self.stack.len() {
            0 => 0..usize::from(!at_end),
            1 if at_end => 1..1 + labels,
            1 => 0..1 + labels,
            _ if at_end => 1 + labels..STEPS,
            _ => 0..STEPS,
        }
    }

    /// Takes a step that is allowed.
    pub fn take(&mut self, step: Step) {
        match step {
            Step::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Step::Left(label) => {
                if let Some(child) = self.stack.pop() {
                    self.arcs[child] = Some((self.next, label));
                    let of = &mut self.children[self.next];
                    of.left = [Some(child), of.left[0]];
                    of.lefts = (of.lefts + 1).min(5);
                }
            }
            Step::Right(label) => {
                if let Some(child) = self.stack.pop()
                    && let Some(head) = self.stack.last()
                {
                    self.arcs[child] = Some((*head, label));
                    let of = &mut self.children[*head];
                    of.right = [Some(child), of.right[0]];
                    of.rights = (of.rights + 1).min(5);
                }
            }
        }
    }

    /// How many of the heads in `gold` a step makes unreachable (the dynamic oracle).
    pub fn cost(&self, step: Step, gold: &[usize]) -> usize {
        let &[.., top] = self.stack.as_slice() else { return 0 };
        let below = self.stack.len().checked_sub(2).map(|i| self.stack[i]);
        let children_ahead = || (self.next..gold.len()).filter(|d| gold[*d] == top).count();
        match step {
            Step::Shift => {
                let under = &self.stack[..self.stack.len() - 1];
                usize::from(under.contains(&gold[self.next]))
                    + self.stack.iter().filter(|d| gold[**d] == self.next).count()
            }
            Step::Right(_) => usize::from(gold[top] >= self.next) + children_ahead(),
            Step::Left(_) => usize::from(Some(gold[top]) == below || gold[top] > self.next) + children_ahead(),
        }
    }

    fn on_stack(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).map(|i| self.stack[i])
    }

    /// The token so many after the next one.
    fn ahead(&self, by: usize) -> Option<usize> {
        (self.next + by <= self.arcs.len()).then_some(self.next + by)
    }

    fn children(&self, of: Option<usize>) -> Children {
        of.map(|i| self.children[i]).unwrap_or_default()
    }

    /// The tokens that the parser looks at; where there is none, the one after the root.
    pub fn places(&self) -> [usize; PLACES] {
        let (s0, s1, s2, b0) = (self.on_stack(0), self.on_stack(1), self.on_stack(2), self.ahead(0));
        let (c0, c1, cb) = (self.children(s0), self.children(s1), self.children(b0));
        let tokens = [
            s0,
            s1,
            s2,
            b0,
            self.ahead(1),
            self.ahead(2),
            c0.left[0],
            c0.right[0],
            c1.left[0],
            c1.right[0],
            cb.left[0],
        ];
        tokens.map(|token| token.unwrap_or(self.arcs.len() + 1))
    }
}

/// What stands for the root, and for no token at all, among tags and words.
const ROOT: u64 = 90;

/// The template of a word whose row comes from its vector.
pub const VECTOR: u64 = 149;

/// What the network is told of a token. After the last one comes the root, and after that what stands for no token.
pub fn token_features(seen: &[Seen], tags: &[Tag], at: usize, emit: &mut dyn FnMut(u64)) {
    let near = |by: isize| usize::try_from(at as isize + by).ok();
    let word = |by: isize| near(by).map_or(0, |i| seen.get(i).map_or(ROOT, |s| s.word));
    let ending = |by: isize| near(by).map_or(0, |i| seen.get(i).map_or(ROOT, |s| s.ending()));
    let tag = |by: isize| near(by).map_or(0, |i| tags.get(i).map_or(ROOT, |t| *t as u64 + 1));
    let mut f = |template: u64, parts: &[u64]| emit(feature(100 + template, parts));
    if at > tags.len() {
        return f(0, &[]);
    }
    f(VECTOR - 100, &[word(0)]);
    f(1, &[word(0)]);
    f(2, &[tag(0)]);
    if let Some(s) = seen.get(at) {
        s.parts(|kind, part| f(20 + kind, &[part]));
    }
    f(3, &[tag(-1)]);
    f(4, &[tag(1)]);
    f(5, &[word(-1)]);
    f(6, &[word(1)]);
    f(7, &[ending(-1)]);
    f(8, &[ending(1)]);
    f(9, &[tag(-1), tag(0)]);
    f(10, &[tag(0), tag(1)]);
    f(11, &[tag(-1), tag(0), tag(1)]);
    f(12, &[tag(-2), tag(-1)]);
    f(13, &[tag(1), tag(2)]);
}

/// What the network is told of a state besides its tokens.
pub fn state_features(tags: &[Tag], state: &State, emit: &mut dyn FnMut(u64)) {
    let tag = |i: Option<usize>| i.map_or(0, |i| tags.get(i).map_or(ROOT, |t| *t as u64 + 1));
    let label =
        |i: Option<usize>| i.and_then(|i| state.arcs.get(i).copied().flatten()).map_or(0, |(_, l)| l as u64 + 1);
    let (s0, s1, b0) = (state.on_stack(0), state.on_stack(1), state.ahead(0));
    let (c0, c1, cb) = (state.children(s0), state.children(s1), state.children(b0));
    let (s0t, s1t, b0t) = (tag(s0), tag(s1), tag(b0));
    let gap = |a: Option<usize>, b: Option<usize>| match (a, b) {
        (Some(a), Some(b)) => (b - a).min(9) as u64,
        _ => 0,
    };
    let (d0, d1) = (gap(s0, b0), gap(s1, s0));
    let mut f = |template: u64, parts: &[u64]| emit(feature(150 + template, parts));
    f(0, &[]);
    f(1, &[s0t, b0t]);
    f(2, &[s1t, s0t]);
    f(3, &[s1t, s0t, b0t]);
    f(4, &[s0t, b0t, d0]);
    f(5, &[s1t, s0t, d1]);
    f(6, &[s0t, u64::from(c0.lefts), u64::from(c0.rights)]);
    f(7, &[s1t, u64::from(c1.lefts), u64::from(c1.rights)]);
    f(8, &[b0t, u64::from(cb.lefts)]);
    f(9, &[state.stack.len().min(4) as u64, b0t]);
    let near = [
        c0.left[0],
        c0.left[1],
        c0.right[0],
        c0.right[1],
        c1.left[0],
        c1.right[0],
        c1.right[1],
        cb.left[0],
        cb.left[1],
    ];
    for (i, child) in near.into_iter().enumerate() {
        f(20 + i as u64, &[tag(child), label(child)]);
    }
}

/// Of each token its head, the number of tokens for the sentence's own head, and its label.
pub fn parse(seen: &[Seen], tags: &[Tag], net: &Net) -> Vec<(usize, Label)> {
    dispatch!(Level::new(), _ => parse_here(seen, tags, net))
}

/// The same, with whatever instructions the caller may use.
#[inline(always)]
fn parse_here(seen: &[Seen], tags: &[Tag], net: &Net) -> Vec<(usize, Label)> {
    let root = tags.len();
    let mut reading = net.read(root + 2, |at, emit| token_features(seen, tags, at, emit));
    let mut state = State::new(root);
    while !state.is_done() {
        let open = state.open();
        let mut scores = [0; STEPS];
        if open.len() > 1 {
            scores = reading.scores(state.places(), |add| state_features(tags, &state, add), open.clone());
        }
        match best(&scores, |i| open.contains(&i) && state.allows(Step::of(i))) {
            Some(step) => state.take(Step::of(step)),
            None => break,
        }
    }
    state.arcs.into_iter().map(|arc| arc.unwrap_or((root, Label::Dep))).collect()
}
