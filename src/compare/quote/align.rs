//! Two quotations set beside each other: which stretches of words they share, in order.

use super::words::QuotedWord;

/// Words that stand in both, in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CommonRun {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) len: usize,
}

/// Fewest words of a run that may stand anywhere; a shorter one has to be near another.
const FREE: usize = 3;
/// Most words between a short run and its neighbour, on either side.
const NEAR: usize = 3;

/// A part of both texts, and whether a run stands on either side of it.
#[derive(Debug, Clone, Copy)]
struct Region {
    a: (usize, usize),
    b: (usize, usize),
    left: bool,
    right: bool,
}

/// The longest run, and on each side of it again the longest, as far as they go. Quadratic in the length of two
/// quotations, which is bounded.
pub(super) fn align(a: &[QuotedWord], b: &[QuotedWord]) -> Vec<CommonRun> {
    let mut out = Vec::new();
    let mut open = vec![Region { a: (0, a.len()), b: (0, b.len()), left: false, right: false }];
    while let Some(region) = open.pop() {
        let Some(run) = best(a, b, region) else { continue };
        out.push(run);
        let (from, to) = ((region.a.0, region.b.0), (run.a + run.len, run.b + run.len));
        open.push(Region { a: (from.0, run.a), b: (from.1, run.b), left: region.left, right: true });
        open.push(Region { a: (to.0, region.a.1), b: (to.1, region.b.1), left: true, right: region.right });
    }
    out.sort_by_key(|r| r.a);
    out
}

/// The longest run of a region that is long enough to stand there, or near enough to its edge.
fn best(a: &[QuotedWord], b: &[QuotedWord], region: Region) -> Option<CommonRun> {
    let run = longest(a, b, region.a, region.b)?;
    let whole = run.len == a.len().min(b.len());
    if run.len >= FREE || whole && !region.left && !region.right {
        return Some(run);
    }
    let head = |(from, to): (usize, usize)| (from, to.min(from + NEAR + 1));
    let tail = |(from, to): (usize, usize)| (from.max(to.saturating_sub(NEAR + 1)), to);
    let left = region.left.then(|| longest(a, b, head(region.a), head(region.b))).flatten();
    let right = region.right.then(|| longest(a, b, tail(region.a), tail(region.b))).flatten();
    left.into_iter().chain(right).max_by_key(|r| r.len)
}

/// The longest run of words within both ranges; of equals the first.
fn longest(a: &[QuotedWord], b: &[QuotedWord], within: (usize, usize), of: (usize, usize)) -> Option<CommonRun> {
    let mut best: Option<CommonRun> = None;
    let mut row = vec![0_usize; of.1.saturating_sub(of.0) + 1];
    let (a, b) = (a.get(within.0..within.1)?, b.get(of.0..of.1)?);
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            let len = if x.text == y.text { diagonal + 1 } else { 0 };
            row[j + 1] = len;
            if len > best.map_or(0, |r| r.len) {
                best = Some(CommonRun { a: within.0 + i + 1 - len, b: of.0 + j + 1 - len, len });
            }
            diagonal = above;
        }
    }
    best
}
