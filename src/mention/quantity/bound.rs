//! The words that limit a quantity, before it and behind it.

use crate::rule::measure::{BoundUse, LexedText, word};
use crate::value::Bound;

/// The bound in force and the first token of its phrase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) bound: Bound,
    pub(super) first: usize,
    /// Token behind the phrase.
    pub(super) last: usize,
}

/// What has been read between the bound and the counted thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    /// A duration.
    pub(super) duration: bool,
    /// Digits, a scale or a unit: no lone number word.
    pub(super) firm: bool,
}

/// The bound phrases that end where the number begins; of two ("up to about") the outer one counts unless it is a hedge.
pub(super) fn before(r: &LexedText<'_>, at: usize, beside: Beside) -> Option<Limit> {
    let mut end = at;
    // "better-than-60": a hyphen may stand between the phrase and the number.
    if end > 0 && r.hyphen(end - 1) {
        end -= 1;
    }
    let mut limit: Option<Limit> = None;
    for _ in 0..2 {
        let Some((found, first)) = r.phrase_before(&r.measures.bounds_before, end) else { break };
        if !allowed(found, beside) || !reads_as_bound(r, first, end) || beside.duration && during(r, first, end) {
            break;
        }
        let bound = match limit {
            Some(inner) if matches!(found.bound, Bound::Approx | Bound::Exact) => inner.bound,
            _ => found.bound,
        };
        limit = Some(Limit { bound, first, last: limit.map_or(end, |l| l.last) });
        end = first;
    }
    limit
}

/// The bound phrase that begins behind the number and its unit.
pub(super) fn after(r: &LexedText<'_>, at: usize, beside: Beside) -> Option<Limit> {
    let (found, last) = r.phrase(&r.measures.bounds_after, at, false)?;
    let first = at;
    let word = r.word(first);
    // "5000 or less than 6000" goes on with a bound of another number; "the 520 Max" is a name.
    if r.raw(last) == "than" {
        return None;
    }
    if r.capital(first) && !r.opens(first) {
        return None;
    }
    // "5+" and "70-plus" adjoin; "5 plus 3" is a sum.
    let joined = r.glued(first);
    if word == word::PLUS && (!joined || r.is_number(last)) {
        return None;
    }
    // So is "$5m plus $1m in costs", and "£50,000 plus a bonus", "20 plus VAT" go on as well.
    let adds = |at: usize| {
        let sense = r.sense(at);
        r.is_number(at) || r.sign(at).is_some() || sense.cardinal.is_some() || sense.role.stop || r.capital(at)
    };
    if r.raw(first).eq_ignore_ascii_case("plus") && !joined && adds(last) {
        return None;
    }
    allowed(found, beside).then_some(Limit { bound: found.bound, first, last })
}

fn allowed(found: BoundUse, beside: Beside) -> bool {
    (!found.duration || beside.duration) && (!found.weak || beside.firm)
}

/// "grew over three years": before a length of time, "over" says during, unless the length itself is spoken of.
fn during(r: &LexedText<'_>, first: usize, end: usize) -> bool {
    let spoken = matches!(
        r.before(first),
        word::FOR | word::TOOK | word::TAKES | word::LASTED | word::AFTER | word::OF | word::IS
    );
    r.word(first) == word::OVER && first + 1 == end && !spoken
}

/// The cases where the phrase keeps its own meaning.
fn reads_as_bound(r: &LexedText<'_>, first: usize, end: usize) -> bool {
    if first + 1 == end && matches!(r.raw(first), "<" | ">") {
        // No HTML tag, no arrow.
        let before = first.checked_sub(1);
        return before.is_none_or(|b| !r.dash(b) && r.raw(b) != "=");
    }
    true
}
