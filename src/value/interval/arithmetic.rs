//! Sums, products and quotients of intervals.
//!
//! Every result holds all results of its operands' numbers. Where a decimal had to be rounded, the end moves outwards
//! by one unit of its last place and is open; where it overflows, the answer is `None` and nothing is guessed.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{End, Interval, high_order, low_order};

impl Interval {
    /// The numbers with their signs turned.
    pub fn neg(&self) -> Interval {
        let turn = |end: Option<End>| end.map(|e| End { at: -e.at, open: e.open });
        Interval { low: turn(self.high), high: turn(self.low) }
    }

    /// All sums. `None` on overflow.
    pub fn add(&self, other: &Interval) -> Option<Interval> {
        let end = |a: Option<End>, b: Option<End>, up: bool| match (a, b) {
            (Some(a), Some(b)) => {
                let at = a.at.checked_add(b.at)?;
                let exact = at.scale() >= a.at.scale().max(b.at.scale());
                Some(Some(outward(at, exact, a.open || b.open, up)?))
            }
            _ => Some(None),
        };
        Some(Interval { low: end(self.low, other.low, false)?, high: end(self.high, other.high, true)? })
    }

    /// All differences. `None` on overflow.
    pub fn sub(&self, other: &Interval) -> Option<Interval> {
        self.add(&other.neg())
    }

    /// All products. `None` on overflow.
    pub fn mul(&self, other: &Interval) -> Option<Interval> {
        let corner = |a: Edge, b: Edge, up: bool| match (a, b) {
            (Edge::At(a), Edge::At(b)) => {
                let at = a.at.checked_mul(b.at)?;
                let exact = at.scale() == a.at.scale() + b.at.scale() || a.at.is_zero() || b.at.is_zero();
                // A zero that belongs to its interval makes the product zero whatever the other end is.
                let attained = a.at.is_zero() && !a.open || b.at.is_zero() && !b.open;
                Some(Some(Edge::At(outward(at, exact, (a.open || b.open) && !attained, up)?)))
            }
            (Edge::At(e), endless) | (endless, Edge::At(e)) if e.at.is_zero() => {
                let _ = endless;
                Some(Some(Edge::At(e)))
            }
            (a, b) => Some(Some(if a.sign() * b.sign() < 0 { Edge::Below } else { Edge::Above })),
        };
        corners(self, other, corner)
    }

    /// All quotients. `None` on overflow, and when zero lies in the divisor.
    pub fn div(&self, other: &Interval) -> Option<Interval> {
        if other.contains(Decimal::ZERO) {
            return None;
        }
        // The divisor lies on one side of zero; an (open) end at zero counts with that side's sign.
        let side = if other.below(&Interval::point(Decimal::ZERO)) { -1 } else { 1 };
        let corner = |a: Edge, b: Edge, up: bool| match (a, b) {
            (Edge::At(a), Edge::At(b)) if b.at.is_zero() => {
                Some(if a.at.is_zero() { None } else { Some(Edge::endless(Edge::At(a).sign() * side)) })
            }
            (Edge::At(a), Edge::At(b)) => {
                let at = a.at.checked_div(b.at)?;
                let exact = at.checked_mul(b.at).is_some_and(|back| back == a.at);
                let attained = a.at.is_zero() && !a.open;
                Some(Some(Edge::At(outward(at, exact, (a.open || b.open) && !attained, up)?)))
            }
            (Edge::At(a), _) => Some(Some(Edge::At(End { at: Decimal::ZERO, open: !a.at.is_zero() || a.open }))),
            (a, Edge::At(_)) => Some(Some(Edge::endless(a.sign() * side))),
            _ => Some(None),
        };
        corners(self, other, corner)
    }

    /// The numbers without their signs.
    pub fn abs(&self) -> Interval {
        let zero = Interval::point(Decimal::ZERO);
        if !self.contains(Decimal::ZERO) {
            return if self.below(&zero) { self.neg() } else { *self };
        }
        let turned = self.neg();
        let high = if high_order(self.high, turned.high) == Ordering::Less { turned.high } else { self.high };
        Interval { low: Some(End::closed(Decimal::ZERO)), high }
    }

    /// The lesser of each pair of numbers.
    pub fn min(&self, other: &Interval) -> Interval {
        Interval {
            low: if low_order(self.low, other.low) == Ordering::Greater { other.low } else { self.low },
            high: if high_order(self.high, other.high) == Ordering::Greater { other.high } else { self.high },
        }
    }

    /// The greater of each pair of numbers.
    pub fn max(&self, other: &Interval) -> Interval {
        self.neg().min(&other.neg()).neg()
    }

    /// Cuts a finite interval into `parts` of equal width that together hold all of it; otherwise gives it back whole.
    pub fn split(&self, parts: u32) -> Vec<Interval> {
        let cut = || {
            let (low, high) = (self.low?, self.high?);
            let width = high.at.checked_sub(low.at)?;
            let mut out = Vec::with_capacity(parts as usize);
            let mut from = low;
            for part in 1..parts {
                let share = width.checked_mul(Decimal::from(part))?.checked_div(Decimal::from(parts))?;
                let at = End::closed(low.at.checked_add(share)?);
                out.push(Interval { low: Some(from), high: Some(at) });
                from = at;
            }
            out.push(Interval { low: Some(from), high: Some(high) });
            Some(out)
        };
        if parts < 2 || self.as_point().is_some() { vec![*self] } else { cut().unwrap_or_else(|| vec![*self]) }
    }
}

/// An end, or one of the two infinities.
#[derive(Clone, Copy)]
enum Edge {
    Below,
    At(End),
    Above,
}

impl Edge {
    fn sign(self) -> i8 {
        match self {
            Edge::Below => -1,
            Edge::Above => 1,
            Edge::At(e) if e.at.is_zero() => 0,
            Edge::At(e) => {
                if e.at.is_sign_negative() {
                    -1
                } else {
                    1
                }
            }
        }
    }

    fn endless(sign: i8) -> Edge {
        if sign < 0 { Edge::Below } else { Edge::Above }
    }
}

/// The hull of a monotone operation at the four pairs of ends. `corner` answers `None` on overflow and `Some(None)`
/// where the pair has no limit of its own; its last argument says which way to round.
fn corners(a: &Interval, b: &Interval, corner: impl Fn(Edge, Edge, bool) -> Option<Option<Edge>>) -> Option<Interval> {
    let edges = |i: &Interval| [i.low.map_or(Edge::Below, Edge::At), i.high.map_or(Edge::Above, Edge::At)];
    let mut low = Some(Edge::Above);
    let mut high = Some(Edge::Below);
    for x in edges(a) {
        for y in edges(b) {
            if let Some(edge) = corner(x, y, false)? {
                low = match (low, edge) {
                    (None, _) | (_, Edge::Below) => None,
                    (Some(Edge::At(old)), Edge::At(new)) => {
                        Some(Edge::At(if low_order(Some(new), Some(old)) == Ordering::Less { new } else { old }))
                    }
                    (Some(_), Edge::At(new)) => Some(Edge::At(new)),
                    (old, Edge::Above) => old,
                };
            }
            if let Some(edge) = corner(x, y, true)? {
                high = match (high, edge) {
                    (None, _) | (_, Edge::Above) => None,
                    (Some(Edge::At(old)), Edge::At(new)) => {
                        Some(Edge::At(if high_order(Some(new), Some(old)) == Ordering::Greater { new } else { old }))
                    }
                    (Some(_), Edge::At(new)) => Some(Edge::At(new)),
                    (old, Edge::Below) => old,
                };
            }
        }
    }
    let end = |edge: Option<Edge>| match edge {
        Some(Edge::At(end)) => Some(end),
        _ => None,
    };
    Some(Interval { low: end(low), high: end(high) })
}

/// An end moved outwards by one unit of its last place when the number is not exact.
fn outward(at: Decimal, exact: bool, open: bool, up: bool) -> Option<End> {
    if exact {
        return Some(End { at, open });
    }
    let last = Decimal::new(1, at.scale());
    let at = if up { at.checked_add(last)? } else { at.checked_sub(last)? };
    Some(End { at, open: true })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// Reads `[1, 2)`, `(-inf, 3]`, `5`.
    fn iv(text: &str) -> Interval {
        let Some((low, high)) = text.split_once(',') else { return Interval::point(dec(text)) };
        let end = |number: &str, open: bool| {
            let number = number.trim();
            (!number.contains("inf")).then(|| End { at: dec(number), open })
        };
        Interval { low: end(&low[1..], low.starts_with('(')), high: end(&high[..high.len() - 1], high.ends_with(')')) }
    }

    #[track_caller]
    fn check(result: Option<Interval>, expected: &str) {
        assert_eq!(result.map_or("none".to_owned(), |i| i.to_string()), expected);
    }

    #[test]
    fn sums_and_differences() {
        check(iv("[1,2)").add(&iv("[10,20]")), "[11, 22)");
        check(iv("[1,2)").sub(&iv("[10,20]")), "[-19, -8)");
        check(iv("(3,inf)").add(&iv("[1,2]")), "(4, ∞)");
        check(iv("(3,inf)").sub(&iv("(3,inf)")), "(-∞, ∞)");
    }

    #[test]
    fn products() {
        check(iv("[-2,3]").mul(&iv("[4,5)")), "(-10, 15)");
        check(iv("[0,inf)").mul(&iv("[2,3]")), "[0, ∞)");
        check(iv("[0,inf)").mul(&iv("[-2,3]")), "(-∞, ∞)");
        check(iv("(0,1]").mul(&iv("[2,3]")), "(0, 3]");
        check(iv("[0,0]").mul(&iv("(1,inf)")), "0");
    }

    #[test]
    fn quotients() {
        check(iv("[10,20]").div(&iv("[2,5]")), "[2, 10]");
        check(iv("[10,20]").div(&iv("[-1,5]")), "none");
        check(iv("[10,20]").div(&iv("[0,5]")), "none");
        check(iv("[10,20]").div(&iv("(0,5]")), "[2, ∞)");
        check(iv("[10,20]").div(&iv("[-5,0)")), "(-∞, -2]");
        check(iv("[10,20]").div(&iv("[2,inf)")), "(0, 10]");
        check(iv("(1,inf)").div(&iv("(1,inf)")), "(0, ∞)");
        check(iv("6").div(&iv("3")), "2");
        let third = iv("1").div(&iv("3")).unwrap();
        assert!(third.mul(&iv("3")).unwrap().contains(Decimal::ONE), "rounded outwards: {third}");
    }

    #[test]
    fn overflow_is_no_answer() {
        let most = Interval::point(Decimal::MAX);
        check(most.add(&most), "none");
        check(most.mul(&most), "none");
        check(most.div(&iv("0.0001")), "none");
    }

    #[test]
    fn signs_and_extremes() {
        check(Some(iv("[-3,2)").abs()), "[0, 3]");
        check(Some(iv("(-3,-2)").abs()), "(2, 3)");
        check(Some(iv("[1,5]").min(&iv("[2,3)"))), "[1, 3)");
        check(Some(iv("[1,5]").max(&iv("[2,3)"))), "[2, 5]");
    }

    fn finite() -> impl Strategy<Value = (Interval, Decimal)> {
        (-1000i64..1000, 0i64..500, 0i64..=100).prop_map(|(low, width, share)| {
            let (low, width) = (Decimal::new(low, 1), Decimal::new(width, 1));
            (Interval::between(low, low + width), low + width * Decimal::new(share, 2))
        })
    }

    proptest! {
        #[test]
        fn results_hold_the_results_of_inner_points((a, x) in finite(), (b, y) in finite()) {
            prop_assert!(a.contains(x) && b.contains(y));
            prop_assert!(a.add(&b).unwrap().contains(x + y));
            prop_assert!(a.sub(&b).unwrap().contains(x - y));
            prop_assert!(a.mul(&b).unwrap().contains(x * y));
            prop_assert!(a.abs().contains(x.abs()));
            prop_assert!(a.min(&b).contains(x.min(y)) && a.max(&b).contains(x.max(y)));
            if let Some(quotient) = a.div(&b) {
                prop_assert!(quotient.contains(x / y));
            }
            prop_assert!(a.split(7).iter().any(|part| part.contains(x)));
            prop_assert!(a.hull(&b).encloses(&a) && a.hull(&b).encloses(&b));
            prop_assert_eq!(a.overlaps(&b), a.meet(&b).is_some());
        }
    }
}
