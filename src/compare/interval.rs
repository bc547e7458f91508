//! Quantities: intervals from bound, hedge and printed precision. No fixed tolerance.

use rust_decimal::Decimal;

use crate::value::{Bound, Interval, Judgement, Quantity};

use super::Finding;

/// Judges two quantities of one dimension.
pub fn judge(p: &Quantity, q: &Quantity) -> Finding {
    if p.unit.dimension != q.unit.dimension {
        return Finding::new(Judgement::Unknown, "other dimensions");
    }
    let (a, b) = (p.interval(), q.interval());
    let base = |x: &Quantity, n: Decimal| n.checked_mul(x.unit.factor).and_then(|n| n.checked_add(x.unit.offset));
    let points = (p.number.and_then(|n| base(p, n)), q.number.and_then(|n| base(q, n)));
    let equal = match points {
        (Some(m), Some(n)) => m == n,
        (None, None) => p.min == q.min && p.max == q.max && p.unit == q.unit,
        _ => false,
    };
    if equal && p.bound == q.bound {
        return Finding::new(Judgement::Equal, "the same number");
    }
    if equal {
        let because = format!("the same number, {} against {}", word(p.bound), word(q.bound));
        // Nobody who counts 96 says fewer than 96: a count has no rounding, unless it is a round number.
        let counted = |x: &Quantity| {
            let whole = |n: Decimal| n.is_integer() && n > Decimal::ONE && !(n % Decimal::TEN).is_zero();
            (matches!(&*x.unit.dimension, "number" | "count") || x.unit.dimension.starts_with("count:"))
                && x.number.is_some_and(whole)
        };
        let below = |x: &Quantity, y: &Quantity| x.bound == Bound::LessThan && y.bound == Bound::Exact && counted(y);
        if below(p, q) || below(q, p) {
            return Finding::new(Judgement::Disjoint, because).swapped(below(q, p));
        }
        let strict = |b: Bound| matches!(b, Bound::MoreThan | Bound::LessThan | Bound::Nearly);
        // "nearly 3 million" is less than 3 million: the hedge that one side drops changes the number.
        let dropped = (p.bound == Bound::Exact && strict(q.bound)) || (q.bound == Bound::Exact && strict(p.bound));
        return Finding::new(if dropped { Judgement::Strength } else { Judgement::Overlap }, because);
    }
    let exact = |x: &Quantity| x.bound == Bound::Exact && x.number.is_some();
    if exact(p) && exact(q) {
        // One is the other at the other's printed precision. "An hour" is no three quarters of one.
        let fifth = |m: Decimal, n: Decimal| {
            m.checked_sub(n).and_then(|d| d.abs().checked_mul(FIFTH)).is_some_and(|d| d <= m.abs().max(n.abs()))
        };
        let near = points.0.zip(points.1).is_some_and(|(m, n)| fifth(m, n));
        let rounds = |coarse: &Interval, fine: Option<Decimal>, steps: (Decimal, Decimal)| {
            near && steps.0 > steps.1 && fine.is_some_and(|n| coarse.contains(n))
        };
        let step = |x: &Quantity| x.step.checked_mul(x.unit.factor).unwrap_or(x.step);
        if rounds(&a, points.1, (step(p), step(q))) || rounds(&b, points.0, (step(q), step(p))) {
            return Finding::new(Judgement::Rounding, "equal at the printed precision of the coarser one");
        }
        if rounded(p, points.1) || rounded(q, points.0) {
            return Finding::new(Judgement::Rounding, "one of them may be a round number");
        }
        return Finding::new(Judgement::Disjoint, "the numbers differ at their printed precision").swapped(b.below(&a));
    }
    if a.overlaps(&b) {
        return Finding::new(Judgement::Overlap, "both can be true within their bounds");
    }
    Finding::new(Judgement::Disjoint, "the bounds leave no common value").swapped(b.below(&a))
}

/// A number printed with few digits stands for what is within a fifth of it, at most.
const FIFTH: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// Dimensions in which whoever measures rounds: 60 km may be 58, and 15,800 m² is 170,000 square feet.
const MEASURED: [&str; 5] = ["length", "area", "volume", "mass", "speed"];
/// A round number stands for what is within a twentieth of it, at most.
const TWENTIETH: u32 = 20;

/// Whether a measure printed with noughts at its end may be a rounded `point`, which is in the base unit: half a unit of
/// its last other digit off, and not more than a twentieth of it.
fn rounded(x: &Quantity, point: Option<Decimal>) -> bool {
    let (Some(number), Some(point)) = (x.number, point) else { return false };
    if !MEASURED.contains(&&*x.unit.dimension) || !number.is_integer() || number.is_zero() {
        return false;
    }
    let noughts = std::iter::successors(Some(number), |n| n.checked_div(Decimal::TEN))
        .take_while(|n| n.is_integer())
        .skip(1)
        .count();
    let half = (0..noughts).try_fold(Decimal::new(5, 1), |h, _| h.checked_mul(Decimal::TEN));
    let near = |half: Decimal| {
        let reach = half.min(number.abs() / Decimal::from(TWENTIETH)).checked_mul(x.unit.factor)?;
        let own = number.checked_mul(x.unit.factor)?.checked_add(x.unit.offset)?;
        Some(own.checked_sub(point)?.abs() <= reach)
    };
    noughts > 0 && half.and_then(near).unwrap_or(false)
}

/// Judges two stages of one running count: "at least 12" is what was known then, and bounds nothing that came later.
pub(super) fn stages(p: &Quantity, q: &Quantity) -> Finding {
    let known = |x: &Quantity| match x.bound {
        Bound::AtLeast | Bound::MoreThan => Quantity { bound: Bound::Exact, ..x.clone() },
        _ => x.clone(),
    };
    let found = judge(p, q);
    match judge(&known(p), &known(q)) {
        grown if grown.judgement == Judgement::Disjoint && found.judgement == Judgement::Overlap => {
            Finding { because: "two stages of one count".to_owned(), ..grown }
        }
        _ => found,
    }
}

fn word(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "unhedged",
        Bound::Approx => "about",
        Bound::Nearly => "nearly",
        Bound::AtLeast => "at least",
        Bound::AtMost => "at most",
        Bound::MoreThan => "more than",
        Bound::LessThan => "less than",
        Bound::Range => "a range",
    }
}
