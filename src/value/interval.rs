//! Where a true value may lie, and how two such places compare.
//!
//! Comes in: ends, or a [`Quantity`](super::Quantity) as printed. Goes out: intervals, exact or a hair too wide, never
//! too narrow: whatever a decimal of 96 bits cannot hold is rounded away from the inside, and what overflows is
//! `None`. An interval is never empty.

mod arithmetic;
mod printed;

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The number, in base units.
    pub at: Decimal,
    /// Whether the number itself is left out.
    pub open: bool,
}

impl End {
    /// An end that belongs to the interval.
    pub fn closed(at: Decimal) -> End {
        End { at, open: false }
    }

    /// An end that does not.
    pub fn open(at: Decimal) -> End {
        End { at, open: true }
    }
}

/// A set of numbers between two ends; a missing end is infinite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: Option<End>,
    /// Upper end.
    pub high: Option<End>,
}

impl Interval {
    /// Every number.
    pub const ALL: Interval = Interval { low: None, high: None };

    /// One number.
    pub fn point(at: Decimal) -> Interval {
        Interval { low: Some(End::closed(at)), high: Some(End::closed(at)) }
    }

    /// All numbers from `a` to `b`, both included, in whichever order they are given.
    pub fn between(a: Decimal, b: Decimal) -> Interval {
        Interval { low: Some(End::closed(a.min(b))), high: Some(End::closed(a.max(b))) }
    }

    /// The number, if there is only one.
    pub fn as_point(&self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.at == high.at => Some(low.at),
            _ => None,
        }
    }

    /// Whether `number` lies inside.
    pub fn contains(&self, number: Decimal) -> bool {
        self.overlaps(&Interval::point(number))
    }

    /// Whether all of `other` lies inside.
    pub fn encloses(&self, other: &Interval) -> bool {
        low_order(self.low, other.low) != Ordering::Greater && high_order(self.high, other.high) != Ordering::Less
    }

    /// Whether some number lies in both.
    pub fn overlaps(&self, other: &Interval) -> bool {
        !self.below(other) && !other.below(self)
    }

    /// Whether every number of `self` is less than every number of `other`.
    pub fn below(&self, other: &Interval) -> bool {
        match (self.high, other.low) {
            (Some(high), Some(low)) => high.at < low.at || high.at == low.at && (high.open || low.open),
            _ => false,
        }
    }

    /// Whether every number of `self` is less than or equal to every number of `other`.
    pub fn not_above(&self, other: &Interval) -> bool {
        matches!((self.high, other.low), (Some(high), Some(low)) if high.at <= low.at)
    }

    /// The least interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        Interval {
            low: if low_order(self.low, other.low) == Ordering::Greater { other.low } else { self.low },
            high: if high_order(self.high, other.high) == Ordering::Less { other.high } else { self.high },
        }
    }

    /// What lies in both; `None` when nothing does.
    pub fn meet(&self, other: &Interval) -> Option<Interval> {
        self.overlaps(other).then(|| Interval {
            low: if low_order(self.low, other.low) == Ordering::Less { other.low } else { self.low },
            high: if high_order(self.high, other.high) == Ordering::Greater { other.high } else { self.high },
        })
    }

    /// The number with the fewest digits that lies inside: gives back "19.9" for what was printed so. `None` when an
    /// end is infinite.
    pub fn shortest(&self) -> Option<Decimal> {
        let (low, high) = (self.low?, self.high?);
        let two = Decimal::TWO;
        let middle = low.at.checked_div(two)?.checked_add(high.at.checked_div(two)?)?;
        let mut power = Decimal::ONE;
        while power.checked_mul(Decimal::TEN).is_some_and(|next| next <= high.at.abs().max(low.at.abs())) {
            power = power.checked_mul(Decimal::TEN)?;
        }
        while power > Decimal::ONE {
            let rounded = middle
                .checked_div(power)?
                .round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven)
                .checked_mul(power)?;
            if self.contains(rounded) {
                return Some(rounded.normalize());
            }
            power = power.checked_div(Decimal::TEN)?;
        }
        (0..=28)
            .map(|places| middle.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven))
            .find(|rounded| self.contains(*rounded))
            .map(|rounded| rounded.normalize())
    }
}

/// Order of lower ends: infinite first, closed before open at one number.
fn low_order(a: Option<End>, b: Option<End>) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => a.at.cmp(&b.at).then(a.open.cmp(&b.open)),
    }
}

/// Order of upper ends: infinite last, open before closed at one number.
fn high_order(a: Option<End>, b: Option<End>) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => a.at.cmp(&b.at).then(b.open.cmp(&a.open)),
    }
}

/// Mathematical notation: `[19.85, 19.95)`, `(3, ∞)`, `7`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(point) = self.as_point() {
            return write!(f, "{}", point.normalize());
        }
        match self.low {
            Some(End { at, open }) => write!(f, "{}{}, ", if open { '(' } else { '[' }, at.normalize())?,
            None => write!(f, "(-∞, ")?,
        }
        match self.high {
            Some(End { at, open }) => write!(f, "{}{}", at.normalize(), if open { ')' } else { ']' }),
            None => write!(f, "∞)"),
        }
    }
}

/// What a comparator says of two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    /// The same value, the same strength.
    Equal,
    /// One is the other at its own printed precision.
    Rounding,
    /// Both can hold: bounds, hedges or ranges overlap.
    Overlap,
    /// The second says the same and more (a finer date, a longer title).
    Finer,
    /// The first says the same and more.
    Coarser,
    /// Other words for one thing, both can hold.
    Compatible,
    /// Other words of another strength on one scale; both can hold, a reader should look.
    Strength,
    /// Quotations: the second leaves out the words that make the first an opinion.
    HedgeDropped,
    /// Quotations: the second ends in a full stop where the first goes on.
    ClosedEarly,
    /// Quotations: words within the second are left out and nothing marks it.
    Joined,
    /// Quotations: other words on which the sense hangs, in a sentence that is otherwise the same.
    Turned,
    /// Cannot both hold.
    Disjoint,
    /// Cannot be determined.
    Unknown,
}

impl Judgement {
    /// All judgements with their names in reports and rule files.
    pub const ALL: [(Judgement, &'static str); 13] = [
        (Judgement::Equal, "equal"),
        (Judgement::Rounding, "rounding"),
        (Judgement::Overlap, "overlap"),
        (Judgement::Finer, "finer"),
        (Judgement::Coarser, "coarser"),
        (Judgement::Compatible, "compatible"),
        (Judgement::Strength, "strength"),
        (Judgement::HedgeDropped, "hedge-dropped"),
        (Judgement::ClosedEarly, "closed-early"),
        (Judgement::Joined, "joined"),
        (Judgement::Turned, "turned"),
        (Judgement::Disjoint, "disjoint"),
        (Judgement::Unknown, "unknown"),
    ];

    /// The name in reports and rule files.
    pub fn name(self) -> &'static str {
        Judgement::ALL.iter().find(|(j, _)| *j == self).map_or("", |(_, n)| n)
    }

    /// The judgement of a name.
    pub fn parse(name: &str) -> Option<Judgement> {
        Judgement::ALL.iter().find(|(_, n)| *n == name).map(|(j, _)| *j)
    }
}
