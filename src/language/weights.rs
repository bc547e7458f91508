//! A linear model as a table of bytes: feature hash to a row of small integers.

/// Gives each feature its row of weights. What a decision adds up.
///
/// The models under `models/` do so from bytes ([`Table`]); the program in `training/language` from what it is learning.
pub trait Weights<const N: usize> {
    /// Adds the row of a feature to `sums`; nothing where the feature is unknown.
    fn add(&self, feature: u64, sums: &mut [i32; N]);
}

/// Rows of `N` signed bytes in an open-addressing hash table. Integers alone: every machine gets the same sums.
///
/// Layout: for each of `2^bits` slots a check of two bytes (little endian, 0 = empty), then for each slot its row.
#[derive(Debug, Clone, Copy)]
pub struct Table<const N: usize> {
    bits: u32,
    checks: &'static [u8],
    rows: &'static [u8],
}

/// Farthest that a row lies from the slot of its hash.
const PROBES: usize = 16;

impl<const N: usize> Table<N> {
    /// The table in these bytes. A file of another length than some `2^bits * (N + 2)` gives an empty table; a test
    /// beside the models makes sure that none does.
    pub const fn new(bytes: &'static [u8]) -> Self {
        let slots = bytes.len() / (N + 2);
        if slots.is_power_of_two() && slots > 1 && slots * (N + 2) == bytes.len() {
            let (checks, rows) = bytes.split_at(slots * 2);
            Table { bits: slots.trailing_zeros(), checks, rows }
        } else {
            Table { bits: 0, checks: &[], rows: &[] }
        }
    }

    /// Whether it has rows at all.
    pub fn is_empty(&self) -> bool {
        self.bits == 0
    }

    /// The bytes of a table of these rows, each under its feature; `None` where a row finds no slot near its own, and more
    /// `bits` are needed.
    pub fn bytes(bits: u32, rows: &[(u64, [i8; N])]) -> Option<Vec<u8>> {
        let slots = 1usize << bits;
        let mut out = vec![0; slots * (N + 2)];
        for (feature, row) in rows {
            let (home, check) = place(*feature, bits);
            let free = (0..PROBES).map(|i| (home + i) & (slots - 1)).find(|s| out[s * 2..s * 2 + 2] == [0, 0])?;
            out[free * 2..free * 2 + 2].copy_from_slice(&check.to_le_bytes());
            for (i, w) in row.iter().enumerate() {
                out[slots * 2 + free * N + i] = *w as u8;
            }
        }
        Some(out)
    }
}

impl<const N: usize> Weights<N> for Table<N> {
    fn add(&self, feature: u64, sums: &mut [i32; N]) {
        if self.bits == 0 {
            return;
        }
        let (home, check) = place(feature, self.bits);
        let mask = (1usize << self.bits) - 1;
        for i in 0..PROBES {
            let slot = (home + i) & mask;
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
fn place(feature: u64, bits: u32) -> (usize, u16) {
    ((feature >> (64 - bits)) as usize, (feature as u16).max(1))
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
pub fn best<const N: usize>(sums: &[i32; N], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    (0..N).filter(|i| allowed(*i)).max_by(|a, b| sums[*a].cmp(&sums[*b]).then(b.cmp(a)))
}
