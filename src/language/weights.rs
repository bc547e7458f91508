//! A small neural network as a table of bytes, in integers alone: every machine gets the same sums.
//!
//! Each token of a sentence becomes `TOKEN` numbers: the sum of the rows of its features, nothing below zero. For a
//! question, a few tokens in their `PLACES` and the rows of some more features become `HIDDEN` numbers in the same way, and
//! these a score for each of `OUT` answers (after Chen and Manning 2014).

use std::ops::Range;

/// Rows of `N` signed bytes in an open-addressing hash table.
///
/// Layout: for each slot a check of two bytes (little endian, 0 = empty), then for each slot its row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table<const N: usize> {
    slots: usize,
    checks: &'static [u8],
    rows: &'static [u8],
}

/// Farthest that a row lies from the slot of its hash.
const PROBES: usize = 32;

impl<const N: usize> Table<N> {
    /// The table of so many slots at the beginning of these bytes, and the bytes behind it.
    fn split(slots: usize, bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (checks, bytes) = bytes.split_at_checked(slots.checked_mul(2)?)?;
        let (rows, rest) = bytes.split_at_checked(slots.checked_mul(N)?)?;
        Some((Table { slots, checks, rows }, rest))
    }

    /// The bytes of a table of these rows, each under its feature; `None` where a row finds no slot near its own, and more
    /// slots are needed.
    pub fn bytes(slots: usize, rows: &[(u64, [i8; N])]) -> Option<Vec<u8>> {
        let mut out = vec![0; slots * (N + 2)];
        for (feature, row) in rows {
            let (home, check) = place(*feature, slots);
            let free = (0..PROBES).map(|i| (home + i) % slots).find(|s| out[s * 2..s * 2 + 2] == [0, 0])?;
            out[free * 2..free * 2 + 2].copy_from_slice(&check.to_le_bytes());
            for (i, w) in row.iter().enumerate() {
                out[slots * 2 + free * N + i] = *w as u8;
            }
        }
        Some(out)
    }

    /// Adds the row of a feature to `sums`; nothing where the feature is unknown.
    #[inline(always)]
    fn add(&self, feature: u64, sums: &mut [i32; N]) {
        let (home, check) = place(feature, self.slots);
        for slot in (home..self.slots).chain(0..home).take(PROBES) {
            let here = u16::from_le_bytes([self.checks[slot * 2], self.checks[slot * 2 + 1]]);
            if here == check {
                for (sum, w) in sums.iter_mut().zip(&self.rows[slot * N..(slot + 1) * N]) {
                    *sum += i32::from(*w as i8);
                }
                return;
            }
            if here == 0 {
                return;
            }
        }
    }
}

/// The slot that a feature begins to look at, and its check.
fn place(feature: u64, slots: usize) -> (usize, u16) {
    ((((feature >> 32) * slots as u64) >> 32) as usize, (feature as u16).max(1))
}

/// Weights are integers with so many binary places.
pub const POINT: u32 = 7;

/// Numbers between layers: nothing below zero, and none so great that a sum could overflow.
fn squash(sum: i32) -> i16 {
    sum.clamp(0, 4095) as i16
}

/// The sums of one layer, with `2 * POINT` binary places; all zero where there are no weights.
#[inline(always)]
fn layer<const IN: usize, const OUT: usize>(weights: &[[i16; IN]], input: &[i16; IN]) -> [i32; OUT] {
    let mut out = [0; OUT];
    for (sum, row) in out.iter_mut().zip(weights) {
        *sum = product(row, input);
    }
    out
}

#[inline(always)]
fn product<const N: usize>(weights: &[i16; N], input: &[i16; N]) -> i32 {
    weights.iter().zip(input).map(|(w, x)| i32::from(*w) * i32::from(*x)).sum()
}

/// Rows of weights, each in two bytes as the machine multiplies them fastest.
fn widen<const IN: usize>(bytes: &[u8]) -> Vec<[i16; IN]> {
    bytes.chunks_exact(IN).map(|row| std::array::from_fn(|i| i16::from(row[i] as i8))).collect()
}

/// A network. The answers to a question are numbered; `PLACES` tokens are looked at for each.
///
/// Layout: the number of slots of the two tables, four bytes each (little endian); the table of the tokens; the table of
/// the states; of each place, of each hidden number, the weights over a token; of each answer the weights over the hidden
/// numbers.
#[derive(Debug, Clone)]
pub struct Net<const TOKEN: usize, const HIDDEN: usize, const PLACES: usize, const OUT: usize> {
    tokens: Table<TOKEN>,
    states: Table<HIDDEN>,
    places: Vec<[i16; TOKEN]>,
    out: Vec<[i16; HIDDEN]>,
}

impl<const TOKEN: usize, const HIDDEN: usize, const PLACES: usize, const OUT: usize> Net<TOKEN, HIDDEN, PLACES, OUT> {
    /// The network in these bytes. Bytes of another length than a network's give an empty one; a test beside the models
    /// makes sure that none is.
    pub fn new(bytes: &'static [u8]) -> Self {
        let nothing = || Net { tokens: Table::default(), states: Table::default(), places: vec![], out: vec![] };
        Self::split(bytes).unwrap_or_else(nothing)
    }

    /// Whether it has no weights: every score is zero.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    fn split(bytes: &'static [u8]) -> Option<Self> {
        let (tokens, bytes) = bytes.split_first_chunk()?;
        let (states, bytes) = bytes.split_first_chunk()?;
        let (tokens, bytes) = Table::split(u32::from_le_bytes(*tokens) as usize, bytes)?;
        let (states, bytes) = Table::split(u32::from_le_bytes(*states) as usize, bytes)?;
        let (places, out) = bytes.split_at_checked(PLACES * TOKEN * HIDDEN)?;
        (out.len() == HIDDEN * OUT).then(|| Net { tokens, states, places: widen(places), out: widen(out) })
    }

    /// Begins a sentence of so many tokens, with the features of each.
    #[inline(always)]
    pub fn read(
        &self,
        tokens: usize,
        features: impl Fn(usize, &mut dyn FnMut(u64)),
    ) -> Reading<'_, TOKEN, HIDDEN, PLACES, OUT> {
        let mut seen = Vec::new();
        let mut all: Vec<[i16; TOKEN]> = Vec::with_capacity(tokens);
        for at in 0..tokens {
            seen.clear();
            features(at, &mut |f| seen.push(f));
            let mut sums = [0; TOKEN];
            for f in &seen {
                self.tokens.add(*f, &mut sums);
            }
            all.push(sums.map(squash));
        }
        let places = vec![None; all.len() * PLACES];
        Reading { net: self, tokens: all, places, added: Vec::new(), seen }
    }
}

/// A sentence that a network reads.
#[derive(Debug)]
pub struct Reading<'a, const TOKEN: usize, const HIDDEN: usize, const PLACES: usize, const OUT: usize> {
    net: &'a Net<TOKEN, HIDDEN, PLACES, OUT>,
    tokens: Vec<[i16; TOKEN]>,
    /// Of each token in each place: which of `added` is its, once it has been asked for.
    places: Vec<Option<u32>>,
    /// What tokens in their places add to the hidden layer.
    added: Vec<[i32; HIDDEN]>,
    /// The features of the last question.
    seen: Vec<u64>,
}

impl<const TOKEN: usize, const HIDDEN: usize, const PLACES: usize, const OUT: usize>
    Reading<'_, TOKEN, HIDDEN, PLACES, OUT>
{
    /// The scores of some of the answers, for these tokens in their places and these features; the others have none, which is
    /// zero.
    #[inline(always)]
    pub fn scores(
        &mut self,
        places: [usize; PLACES],
        features: impl FnOnce(&mut dyn FnMut(u64)),
        answers: Range<usize>,
    ) -> [i32; OUT] {
        self.seen.clear();
        features(&mut |f| self.seen.push(f));
        let mut sums = [0; HIDDEN];
        for f in &self.seen {
            self.net.states.add(*f, &mut sums);
        }
        let mut sums = sums.map(|s| s << POINT);
        for ((place, token), weights) in places.into_iter().enumerate().zip(self.net.places.chunks_exact(HIDDEN)) {
            let at = match self.places[token * PLACES + place] {
                Some(at) => at,
                None => {
                    let at = self.added.len() as u32;
                    self.added.push(layer(weights, &self.tokens[token]));
                    self.places[token * PLACES + place] = Some(at);
                    at
                }
            };
            for (sum, part) in sums.iter_mut().zip(&self.added[at as usize]) {
                *sum += part;
            }
        }
        let mut scores = [0; OUT];
        let hidden = sums.map(|s| squash(s >> POINT));
        let weights = self.net.out.get(answers.clone()).unwrap_or_default();
        for (score, row) in scores[answers].iter_mut().zip(weights) {
            *score = product(row, &hidden);
        }
        scores
    }
}

/// A hash of a word.
pub fn hash(word: &str) -> u64 {
    word.bytes().fold(SEED, |h, b| mix(h, u64::from(b)))
}

/// A feature: a template and the hashes or numbers that fill it, in their order.
pub fn feature(template: u64, parts: &[u64]) -> u64 {
    let h = parts.iter().fold(mix(SEED, template), |h, p| mix(h, *p));
    // The high bits choose the slot: let every part reach them.
    let h = (h ^ (h >> 32)).wrapping_mul(MULTIPLIER);
    h ^ (h >> 29)
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Of FxHash, as in rustc.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

fn mix(h: u64, v: u64) -> u64 {
    (h.rotate_left(5) ^ v).wrapping_mul(MULTIPLIER)
}

/// The first of the greatest.
pub fn best<const N: usize>(scores: &[i32; N], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    (0..N).filter(|i| allowed(*i)).max_by(|a, b| scores[*a].cmp(&scores[*b]).then(b.cmp(a)))
}
