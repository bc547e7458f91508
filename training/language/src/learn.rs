//! How a network learns: its weights as rows of floating-point numbers, Adam (Kingma and Ba 2015), dropout.
//!
//! One thread, a generator with a fixed seed, and no function but sums, products and roots: the same input gives the same
//! bytes on every machine.

use std::collections::{HashMap, HashSet};

use crate::weights::{POINT, Table};

/// Weights stay within what a byte can hold.
const LIMIT: f32 = 127.0 / (1 << POINT) as f32;

/// `y += a * x`.
fn add(y: &mut [f32], a: f32, x: &[f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

/// The inner product, in sixteen sums for the machine's vectors; always in this order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; 16];
    for (a, b) in a.chunks(16).zip(b.chunks(16)) {
        for ((s, a), b) in sums.iter_mut().zip(a).zip(b) {
            *s += a * b;
        }
    }
    sums.iter().sum()
}

/// About `e^x`, for an x of at most zero.
fn exp(x: f32) -> f32 {
    (0..10).fold(1.0 + x.max(-80.0) / 1024.0, |y, _| y * y)
}

/// A weight as the product has it.
fn byte(weight: f32) -> i8 {
    (weight * (1 << POINT) as f32).round() as i8
}

/// A block of weights in rows, with what Adam keeps of each.
struct Block {
    width: usize,
    values: Vec<f32>,
    grads: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    /// How often each row was used.
    uses: Vec<u32>,
    touched: Vec<usize>,
    is_touched: Vec<bool>,
}

impl Block {
    fn new(width: usize) -> Self {
        let (values, grads, first, second) = (vec![], vec![], vec![], vec![]);
        Block { width, values, grads, first, second, uses: vec![], touched: vec![], is_touched: vec![] }
    }

    /// A block of so many rows.
    fn full(rows: usize, width: usize, spread: f32, random: &mut Random) -> Self {
        let mut out = Block::new(width);
        for _ in 0..rows {
            out.push(spread, random);
        }
        out
    }

    /// A further row of weights between `-spread` and `spread`; its number.
    fn push(&mut self, spread: f32, random: &mut Random) -> usize {
        self.values.extend((0..self.width).map(|_| (random.unit() * 2.0 - 1.0) * spread));
        for part in [&mut self.grads, &mut self.first, &mut self.second] {
            part.resize(self.values.len(), 0.0);
        }
        self.uses.push(0);
        self.is_touched.push(false);
        self.uses.len() - 1
    }

    fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.width..(i + 1) * self.width]
    }

    /// A row as the product has it.
    fn bytes(&self, i: usize) -> impl Iterator<Item = i8> {
        self.row(i).iter().map(|w| byte(*w))
    }

    /// Adds `a * x` to the gradient of a row.
    fn blame(&mut self, i: usize, a: f32, x: &[f32]) {
        if !self.is_touched[i] {
            self.is_touched[i] = true;
            self.touched.push(i);
        }
        add(&mut self.grads[i * self.width..(i + 1) * self.width], a, x);
    }

    /// One step of Adam on the rows that have a gradient.
    fn step(&mut self, rate: f32) {
        for i in self.touched.drain(..) {
            self.is_touched[i] = false;
            let range = i * self.width..(i + 1) * self.width;
            let (values, grads) = (&mut self.values[range.clone()], &mut self.grads[range.clone()]);
            let (first, second) = (&mut self.first[range.clone()], &mut self.second[range]);
            for (((v, g), m), s) in values.iter_mut().zip(grads).zip(first).zip(second) {
                *m += 0.1 * (*g - *m);
                *s += 0.001 * (*g * *g - *s);
                *v = (*v - rate * *m / (s.sqrt() + 1e-6)).clamp(-LIMIT, LIMIT);
                *g = 0.0;
            }
        }
    }
}

/// Rows under features.
struct Rows {
    block: Block,
    index: HashMap<u64, usize, std::hash::BuildHasherDefault<Same>>,
}

impl Rows {
    fn new(width: usize) -> Self {
        Rows { block: Block::new(width), index: HashMap::default() }
    }

    /// The row of a feature; a new one where the feature is new.
    fn row(&mut self, feature: u64, random: &mut Random) -> usize {
        let i = *self.index.entry(feature).or_insert_with(|| self.block.push(0.05, random));
        self.block.uses[i] += 1;
        i
    }

    /// How many slots a table needs, and the table, of the rows that were used at least so often and some more.
    fn table<const N: usize>(&self, least: u32, more: impl Iterator<Item = (u64, [i8; N])>) -> (u32, Vec<u8>) {
        let used = self.index.iter().filter(|(_, i)| self.block.uses[**i] >= least);
        let mut rows: Vec<(u64, [i8; N])> = used
            .map(|(feature, i)| {
                let mut bytes = self.block.bytes(*i);
                (*feature, std::array::from_fn(|_| bytes.next().unwrap_or(0)))
            })
            .chain(more)
            .collect();
        rows.sort_unstable_by_key(|(feature, _)| *feature);
        let mut slots = rows.len() * 8 / 7 + 64;
        loop {
            if let Some(bytes) = Table::bytes(slots, &rows) {
                return (slots as u32, bytes);
            }
            slots += slots / 20;
        }
    }
}

/// What can be set for a network.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How often the training goes over all sentences.
    pub passes: usize,
    /// Features of tokens that occur less often than this are not learned.
    pub rare: u32,
    /// Rows of states that the training uses less often than this, over all its passes, are left out.
    pub least: u32,
    /// Part of the hidden numbers left out at each step of the training.
    pub drop: f32,
    /// Part of the numbers of each token left out.
    pub drop_token: f32,
    /// Part of the features of each token left out.
    pub forget: f32,
    /// The length of Adam's steps at the beginning; it falls to zero.
    pub rate: f32,
}

/// A network that learns; its sizes are those of [`crate::weights::Net`].
pub struct Learner<const TOKEN: usize, const HIDDEN: usize, const PLACES: usize, const OUT: usize> {
    settings: Settings,
    /// Features of tokens that are learned.
    known: HashSet<u64>,
    tokens: Rows,
    /// Features of words that have a vector, each with its number.
    vectors: HashMap<u64, usize>,
    /// Their vectors.
    words: &'static [Vec<f32>],
    /// For each number of a token: its weights over a vector.
    projection: Block,
    states: Rows,
    /// For each place, for each number of a token: its weights for the hidden numbers.
    places: Block,
    /// For each answer: its weights over the hidden numbers.
    out: Block,
    random: Random,
}

/// A sentence from which a network learns.
pub struct Lesson<const TOKEN: usize, const HIDDEN: usize, const PLACES: usize, const OUT: usize> {
    rows: Vec<Vec<usize>>,
    vectors: Vec<Option<usize>>,
    tokens: Vec<[f32; TOKEN]>,
    added: Vec<Option<Box<[f32; HIDDEN]>>>,
    asked: Vec<Asked<HIDDEN, PLACES, OUT>>,
}

/// A question, until the sentence's end.
struct Asked<const HIDDEN: usize, const PLACES: usize, const OUT: usize> {
    places: [usize; PLACES],
    rows: Vec<usize>,
    hidden: [f32; HIDDEN],
    grads: [f32; OUT],
}

impl<const TOKEN: usize, const HIDDEN: usize, const PLACES: usize, const OUT: usize>
    Learner<TOKEN, HIDDEN, PLACES, OUT>
{
    /// A network that knows nothing yet. `features` are those of the tokens of all sentences, `words` the vectors of words,
    /// `vectors` the features under which they are asked for.
    pub fn new<'a>(
        settings: Settings,
        features: impl Iterator<Item = &'a u64>,
        words: &'static [Vec<f32>],
        vectors: impl Iterator<Item = u64>,
    ) -> Self {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for feature in features {
            *counts.entry(*feature).or_default() += 1;
        }
        let known = counts.into_iter().filter(|(_, n)| *n >= settings.rare).map(|(f, _)| f).collect();
        let mut random = Random::new(1);
        let spread = |inputs: usize, outputs: usize| (6.0 / (inputs + outputs) as f32).sqrt();
        let places = Block::full(PLACES * TOKEN, HIDDEN, spread(PLACES * TOKEN, HIDDEN), &mut random);
        let out = Block::full(OUT, HIDDEN, spread(HIDDEN, OUT), &mut random);
        let width = words.first().map_or(0, Vec::len);
        let projection = Block::full(TOKEN, width, spread(width, TOKEN), &mut random);
        let vectors = vectors.enumerate().map(|(i, f)| (f, i)).collect();
        let (tokens, states) = (Rows::new(TOKEN), Rows::new(HIDDEN));
        Learner { settings, known, tokens, vectors, words, projection, states, places, out, random }
    }

    /// Leaves out what is below zero and a part of the rest; what stays grows so that the sum is about the same.
    fn drop(&mut self, numbers: &mut [f32], part: f32) {
        for x in numbers {
            *x = if *x > 0.0 && self.random.unit() >= part { *x / (1.0 - part) } else { 0.0 };
        }
    }

    /// What the vector of a word adds to its token.
    fn projected(&self, word: usize) -> [f32; TOKEN] {
        std::array::from_fn(|k| dot(self.projection.row(k), &self.words[word]))
    }

    /// Begins a sentence of these tokens with their features.
    pub fn begin(&mut self, features: &[Vec<u64>]) -> Lesson<TOKEN, HIDDEN, PLACES, OUT> {
        let (mut rows, mut tokens, mut vectors) = (Vec::new(), Vec::new(), Vec::new());
        for of in features {
            let mut vector = None;
            let mut mine = Vec::with_capacity(of.len());
            let mut numbers = [0.0; TOKEN];
            for f in of {
                if let Some(i) = self.vectors.get(f) {
                    if self.random.unit() >= self.settings.forget {
                        let projected = self.projected(*i);
                        add(&mut numbers, 1.0 / (1.0 - self.settings.forget), &projected);
                        vector = Some(*i);
                    }
                } else if self.known.contains(f) && self.random.unit() >= self.settings.forget {
                    let row = self.tokens.row(*f, &mut self.random);
                    add(&mut numbers, 1.0 / (1.0 - self.settings.forget), self.tokens.block.row(row));
                    mine.push(row);
                }
            }
            self.drop(&mut numbers, self.settings.drop_token);
            rows.push(mine);
            vectors.push(vector);
            tokens.push(numbers);
        }
        Lesson { added: vec![None; tokens.len() * PLACES], rows, vectors, tokens, asked: Vec::new() }
    }

    /// The scores of the answers.
    pub fn ask(
        &mut self,
        lesson: &mut Lesson<TOKEN, HIDDEN, PLACES, OUT>,
        places: [usize; PLACES],
        features: &[u64],
    ) -> [f32; OUT] {
        let mut hidden = [0.0; HIDDEN];
        let rows: Vec<usize> = features.iter().map(|f| self.states.row(*f, &mut self.random)).collect();
        for row in &rows {
            add(&mut hidden, 1.0, self.states.block.row(*row));
        }
        for (place, token) in places.into_iter().enumerate() {
            let added = lesson.added[token * PLACES + place].get_or_insert_with(|| {
                let mut out = Box::new([0.0; HIDDEN]);
                for (k, x) in lesson.tokens[token].iter().enumerate().filter(|(_, x)| **x != 0.0) {
                    add(&mut out[..], *x, self.places.row(place * TOKEN + k));
                }
                out
            });
            add(&mut hidden, 1.0, &added[..]);
        }
        self.drop(&mut hidden, self.settings.drop);
        let scores = std::array::from_fn(|answer| dot(&hidden, self.out.row(answer)));
        lesson.asked.push(Asked { places, rows, hidden, grads: [0.0; OUT] });
        scores
    }

    /// Tells which of the answers that were allowed to the last question are good.
    pub fn teach(
        &self,
        lesson: &mut Lesson<TOKEN, HIDDEN, PLACES, OUT>,
        scores: &[f32; OUT],
        allowed: &[usize],
        good: &[usize],
    ) {
        let Some(asked) = lesson.asked.last_mut() else { return };
        let top = allowed.iter().map(|a| scores[*a]).fold(f32::MIN, f32::max);
        let sum: f32 = allowed.iter().map(|a| exp(scores[*a] - top)).sum();
        let good_sum: f32 = good.iter().map(|a| exp(scores[*a] - top)).sum::<f32>().max(1e-20);
        for a in allowed {
            asked.grads[*a] = exp(scores[*a] - top) / sum;
        }
        for a in good {
            asked.grads[*a] -= exp(scores[*a] - top) / good_sum;
        }
    }

    /// Ends a sentence: adds up the gradients of all that was asked.
    pub fn end(&mut self, lesson: Lesson<TOKEN, HIDDEN, PLACES, OUT>) {
        let mut backs: Vec<Option<Box<[f32; HIDDEN]>>> = vec![None; lesson.added.len()];
        for asked in &lesson.asked {
            let mut back = [0.0; HIDDEN];
            for (answer, grad) in asked.grads.iter().enumerate().filter(|(_, g)| g.abs() > 1e-5) {
                add(&mut back, *grad, self.out.row(answer));
                self.out.blame(answer, *grad, &asked.hidden);
            }
            for (b, h) in back.iter_mut().zip(&asked.hidden) {
                *b = if *h > 0.0 { *b / (1.0 - self.settings.drop) } else { 0.0 };
            }
            for row in &asked.rows {
                self.states.block.blame(*row, 1.0, &back);
            }
            for (place, token) in asked.places.iter().enumerate() {
                add(&mut backs[token * PLACES + place].get_or_insert_with(|| Box::new([0.0; HIDDEN]))[..], 1.0, &back);
            }
        }
        for (token, (numbers, rows)) in lesson.tokens.iter().zip(&lesson.rows).enumerate() {
            let mut back = [0.0; TOKEN];
            for (place, sum) in backs[token * PLACES..(token + 1) * PLACES].iter().enumerate() {
                let Some(sum) = sum else { continue };
                for (k, x) in numbers.iter().enumerate().filter(|(_, x)| **x > 0.0) {
                    back[k] += dot(self.places.row(place * TOKEN + k), &sum[..]) / (1.0 - self.settings.drop_token);
                    self.places.blame(place * TOKEN + k, *x, &sum[..]);
                }
            }
            for row in rows {
                self.tokens.block.blame(*row, 1.0 / (1.0 - self.settings.forget), &back);
            }
            if let Some(word) = lesson.vectors[token] {
                for (k, b) in back.iter().enumerate().filter(|(_, b)| **b != 0.0) {
                    self.projection.blame(k, b / (1.0 - self.settings.forget), &self.words[word]);
                }
            }
        }
    }

    /// Takes a step along the gradients; `left` is the part of the training that is still to come.
    pub fn step(&mut self, left: f32) {
        let rows = [&mut self.tokens.block, &mut self.states.block];
        for block in rows.into_iter().chain([&mut self.projection, &mut self.places, &mut self.out]) {
            block.step(self.settings.rate * left);
        }
    }

    /// The network as the product reads it.
    pub fn bytes(&self) -> Vec<u8> {
        let of_word = |(f, i): (&u64, &usize)| (*f, self.projected(*i).map(|w| byte(w.clamp(-LIMIT, LIMIT))));
        let (token_slots, tokens) = self.tokens.table::<TOKEN>(1, self.vectors.iter().map(of_word));
        let (state_slots, states) = self.states.table::<HIDDEN>(self.settings.least, std::iter::empty());
        let mut out = [&token_slots.to_le_bytes()[..], &state_slots.to_le_bytes(), &tokens, &states].concat();
        for place in 0..PLACES {
            let rows: Vec<Vec<i8>> = (0..TOKEN).map(|k| self.places.bytes(place * TOKEN + k).collect()).collect();
            out.extend((0..HIDDEN).flat_map(|h| rows.iter().map(move |row| row[h] as u8)));
        }
        out.extend((0..OUT).flat_map(|answer| self.out.bytes(answer)).map(|w| w as u8));
        out
    }
}

/// Features are hashes already.
#[derive(Default)]
struct Same(u64);

impl std::hash::Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, feature: u64) {
        self.0 = feature;
    }
}

/// A generator with a fixed seed (xorshift64*; Vigna 2016).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(0x2545_f491_4f6c_dd1d ^ (seed << 32))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }

    /// From zero up to one.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub fn shuffle(&mut self, items: &mut [usize]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
