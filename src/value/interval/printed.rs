//! From a quantity as printed to the interval it stands for.
//!
//! There is no tolerance but what the words give. With `h` = half a unit of the last printed digit:
//!
//! | words | interval |
//! |---|---|
//! | 19.9 | `[19.85, 19.95)`: what rounds to it, away from zero |
//! | about 19.9 | one unit of the last significant digit to each side, half of one when that digit is the only one, never more than a quarter of the number nor less than `h`: about 45 is `[44, 46]`, about 30,000 is `[25000, 35000]`, about 100 is `[75, 125]`; half a unit is rounding, about 2 is `[1.5, 2.5)` |
//! | nearly 45 | the lower half of that: `[44, 45]` |
//! | at least, more than | `[n, ∞)`, `(n, ∞)` |
//! | at most, less than | `[0, n]`, `[0, n)` for what cannot be negative, otherwise from `-∞` |
//! | 2 to 3 | `[1.5, 3.5)` |
//! | 5 ± 2 | `[2.5, 7.5)` |

use rust_decimal::Decimal;

use super::{End, Interval};
use crate::value::{Bound, Quantity, Shape};

impl Quantity {
    /// Where the true value lies, in the base unit of the dimension. An end that no decimal can hold is infinite.
    pub fn interval(&self) -> Interval {
        let (Some(low), Some(high)) = (self.min.or(self.number), self.max.or(self.number)) else {
            return Interval::ALL;
        };
        let (low, high) = (low.min(high), low.max(high));
        let floor = (!low.is_sign_negative() && self.never_negative()).then(|| End::closed(Decimal::ZERO));
        let own = match self.bound {
            Bound::Exact | Bound::Range => {
                let half = self.step.abs() / Decimal::TWO;
                Interval {
                    low: low.checked_sub(half).map(|at| End { at, open: low.is_sign_negative() }),
                    high: high.checked_add(half).map(|at| End { at, open: !high.is_sign_negative() }),
                }
            }
            Bound::Approx => {
                let (below, above) = (self.slack(low), self.slack(high));
                // "About two" is what rounds to two, and no three.
                let rounds = above == self.step.abs() / Decimal::TWO;
                let end = if rounds { End::open } else { End::closed };
                Interval { low: low.checked_sub(below).map(End::closed), high: high.checked_add(above).map(end) }
            }
            // Nearly a negative number is a little above it.
            Bound::Nearly if high.is_sign_negative() => {
                Interval { low: Some(End::closed(low)), high: high.checked_add(self.slack(high)).map(End::closed) }
            }
            Bound::Nearly => {
                Interval { low: low.checked_sub(self.slack(low)).map(End::closed), high: Some(End::closed(high)) }
            }
            Bound::AtLeast => Interval { low: Some(End::closed(low)), high: None },
            Bound::MoreThan => Interval { low: Some(End::open(low)), high: None },
            Bound::AtMost => Interval { low: floor, high: Some(End::closed(high)) },
            // Less than nothing is nothing that can be: leave the floor out rather than make an empty interval.
            Bound::LessThan => Interval { low: floor.filter(|_| !high.is_zero()), high: Some(End::open(high)) },
        };
        self.to_base(own)
    }

    /// Counts, money and durations have no values below zero, unless one is written.
    fn never_negative(&self) -> bool {
        match self.shape {
            Shape::Money | Shape::Duration | Shape::Multiple | Shape::Ratio => true,
            Shape::Number => self.unit.dimension.starts_with("count:"),
            _ => false,
        }
    }

    /// How far a hedge reaches to one side of `number`.
    fn slack(&self, number: Decimal) -> Decimal {
        let (number, step) = (number.abs(), self.step.abs());
        let half = step / Decimal::TWO;
        let mut unit = step;
        // The place of the last digit that is not zero; zeros behind it are taken as filling.
        while !number.is_zero() && !unit.is_zero() {
            match unit.checked_mul(Decimal::TEN) {
                Some(next) if (number % next).is_zero() => unit = next,
                _ => break,
            }
        }
        let alone = unit.checked_mul(Decimal::TEN).is_none_or(|next| number < next);
        let reach = if alone { unit / Decimal::TWO } else { unit };
        if number.is_zero() { step } else { reach.min(number / Decimal::from(4)).max(half) }
    }

    /// Converts both ends, turning them round when the factor is negative.
    fn to_base(&self, own: Interval) -> Interval {
        let convert = |end: Option<End>| {
            end.and_then(|e| {
                let at = e.at.checked_mul(self.unit.factor)?.checked_add(self.unit.offset)?;
                Some(End { at, open: e.open })
            })
        };
        let (low, high) = (convert(own.low), convert(own.high));
        if self.unit.factor.is_sign_negative() { Interval { low: high, high: low } } else { Interval { low, high } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Unit;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn count(number: &str, step: &str, bound: Bound) -> Quantity {
        Quantity {
            shape: Shape::Number,
            number: Some(dec(number)),
            min: None,
            max: None,
            step: dec(step),
            unit: Unit::plain("experiments", "count:experiment"),
            bound,
        }
    }

    #[track_caller]
    fn check(quantity: &Quantity, expected: &str) {
        assert_eq!(quantity.interval().to_string(), expected);
    }

    #[test]
    fn printed_precision() {
        check(&count("19.9", "0.1", Bound::Exact), "[19.85, 19.95)");
        check(&count("30000", "1", Bound::Exact), "[29999.5, 30000.5)");
        check(&count("1500000000000", "100000000000", Bound::Exact), "[1450000000000, 1550000000000)");
        check(&count("-3.2", "0.1", Bound::Exact), "(-3.25, -3.15]");
    }

    #[test]
    fn own_precision_decides_what_fits() {
        let fits = |a: (&str, &str), b: (&str, &str)| {
            count(a.0, a.1, Bound::Exact).interval().overlaps(&count(b.0, b.1, Bound::Exact).interval())
        };
        assert!(fits(("19.9", "0.1"), ("20", "1")));
        assert!(!fits(("11.95", "0.01"), ("11.93", "0.01")));
        assert!(!fits(("3", "1"), ("4", "1")));
        assert!(!fits(("30000", "1"), ("30001", "1")));
    }

    #[test]
    fn hedges() {
        check(&count("45", "1", Bound::Approx), "[44, 46]");
        check(&count("30000", "1", Bound::Approx), "[25000, 35000]");
        check(&count("12000", "1", Bound::Approx), "[11000, 13000]");
        check(&count("100", "1", Bound::Approx), "[75, 125]");
        check(&count("19.9", "0.1", Bound::Approx), "[19.8, 20]");
        check(&count("3000000", "1000000", Bound::Approx), "[2500000, 3500000)");
        check(&count("3", "1", Bound::Approx), "[2.5, 3.5)");
        check(&count("0", "1", Bound::Approx), "[-1, 1]");
        check(&count("3000000", "1000000", Bound::Nearly), "[2500000, 3000000]");
        check(&count("45", "1", Bound::Nearly), "[44, 45]");
    }

    #[test]
    fn bounds() {
        check(&count("3", "1", Bound::AtLeast), "[3, ∞)");
        check(&count("3", "1", Bound::MoreThan), "(3, ∞)");
        check(&count("3", "1", Bound::AtMost), "[0, 3]");
        check(&count("3", "1", Bound::LessThan), "[0, 3)");
        check(&count("0", "1", Bound::LessThan), "(-∞, 0)");
        let percent = Quantity { shape: Shape::Percent, ..count("3", "1", Bound::AtMost) };
        check(&percent, "(-∞, 3]");
    }

    #[test]
    fn ranges_and_units() {
        let years = Unit { factor: dec("12"), ..Unit::plain("year", "duration-months") };
        let span = Quantity {
            shape: Shape::Duration,
            number: None,
            min: Some(dec("2")),
            max: Some(dec("3")),
            unit: years,
            ..count("0", "1", Bound::Range)
        };
        check(&span, "[18, 42)");
        check(&Quantity { bound: Bound::AtMost, ..span }, "[0, 36]");
        let spread = Quantity { min: Some(dec("3")), max: Some(dec("7")), ..count("5", "1", Bound::Range) };
        check(&spread, "[2.5, 7.5)");
        let nothing = Quantity { number: None, ..count("0", "1", Bound::Exact) };
        check(&nothing, "(-∞, ∞)");
    }

    #[test]
    fn shortest_gives_back_what_was_printed() {
        for (number, step) in [("19.9", "0.1"), ("30000", "1"), ("1500000000000", "100000000000"), ("0.05", "0.01")] {
            assert_eq!(count(number, step, Bound::Exact).interval().shortest(), Some(dec(number)));
        }
        assert_eq!(count("3", "1", Bound::AtLeast).interval().shortest(), None);
    }

    #[test]
    fn extremes_do_not_panic() {
        for bound in Bound::ALL {
            for number in [Decimal::MAX, Decimal::MIN, Decimal::ZERO] {
                for step in [Decimal::MAX, Decimal::ZERO, Decimal::new(1, 28)] {
                    let mut quantity = count("1", "1", bound);
                    quantity.number = Some(number);
                    quantity.step = step;
                    quantity.unit.factor = Decimal::MAX;
                    let _ = quantity.interval().shortest();
                }
            }
        }
    }
}
