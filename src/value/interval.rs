//! Where a true value may lie, and how two such places compare.

use rust_decimal::Decimal;

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The number, in base units.
    pub at: Decimal,
    /// Whether the number itself is left out.
    pub open: bool,
}

/// A set of numbers between two ends; a missing end is infinite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: Option<End>,
    /// Upper end.
    pub high: Option<End>,
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
    /// Cannot both hold.
    Disjoint,
    /// Cannot be told.
    Unknown,
}
