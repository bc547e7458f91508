//! Quantities as written: number or range, unit, bound, printed precision.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Bound, Unit, bits};

/// The closed set of shapes a value can have (DESIGN section 7). Which comparator reads a value depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// Money of a known or ambiguous currency.
    Money,
    /// A count of things, or a bare number.
    Number,
    /// Per cent, percentage points, basis points.
    Percent,
    /// "3x", "threefold", "doubled".
    Multiple,
    /// "one in five", "7 out of 10", "3-1".
    Ratio,
    /// A length of time.
    Duration,
    /// A date, or a part of one.
    Date,
    /// Any other physical unit.
    Measure,
    /// Words.
    Text,
    /// Quoted words.
    Quote,
}

impl Shape {
    /// All shapes with their names in reports and rule files.
    pub const ALL: [(Shape, &'static str); 10] = [
        (Shape::Money, "money"),
        (Shape::Number, "number"),
        (Shape::Percent, "percent"),
        (Shape::Multiple, "multiple"),
        (Shape::Ratio, "ratio"),
        (Shape::Duration, "duration"),
        (Shape::Date, "date"),
        (Shape::Measure, "measure"),
        (Shape::Text, "text"),
        (Shape::Quote, "quote"),
    ];

    /// The name in reports and rule files.
    pub fn name(self) -> &'static str {
        Shape::ALL.iter().find(|(s, _)| *s == self).map_or("", |(_, n)| n)
    }

    /// The shape of a name.
    pub fn parse(name: &str) -> Option<Shape> {
        Shape::ALL.iter().find(|(_, n)| *n == name).map(|(s, _)| *s)
    }
}

/// A quantity as the text states it: `number`, or `min` and `max`, or all three: a middle with the ends that are stated
/// for it ("5 ± 2"), and an equality that is stated ("equal to 20"), whose ends are the number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Which shape the words gave it; never `Date`, `Text` or `Quote`.
    pub shape: Shape,
    /// The number, scale words resolved ("$1.5 trillion" is 1500000000000), in `unit`.
    #[serde(with = "bits::optional")]
    pub number: Option<Decimal>,
    /// Lower end of a stated range, in `unit`.
    #[serde(with = "bits::optional")]
    pub min: Option<Decimal>,
    /// Upper end of a stated range, in `unit`.
    #[serde(with = "bits::optional")]
    pub max: Option<Decimal>,
    /// One unit of the last printed digit after scaling: 0.1 for "19.9", 100000000000 for "$1.5 trillion", 1000 for
    /// "7,000 or so" is still 1: trailing zeros of a plain integer count as printed.
    #[serde(with = "bits")]
    pub step: Decimal,
    /// The unit.
    pub unit: Unit,
    /// The bound that the words give it.
    pub bound: Bound,
}

impl Quantity {
    /// The same whatever is counted: counts and bare numbers are of one dimension, percentages, ratios and parts of one of
    /// another. All else stays as it is.
    pub(crate) fn broadly(&self) -> Quantity {
        let dimension = &*self.unit.dimension;
        let counted = dimension == "number" || dimension.starts_with("count:") && !dimension.contains('/');
        let part = || self.number.is_some_and(|n| n > Decimal::ZERO && n < Decimal::ONE);
        let unit = match () {
            () if dimension == "percent" => {
                Unit { factor: self.unit.factor / Decimal::ONE_HUNDRED, ..Unit::plain("", "share") }
            }
            () if dimension == "ratio" || counted && part() => Unit::plain("", "share"),
            () if counted => Unit::plain("", "count"),
            () => return self.clone(),
        };
        Quantity { unit, ..self.clone() }
    }
}

/// The digits of a number without sign and decimal point; zeros behind the point are left out.
pub(crate) fn digits(number: Decimal) -> String {
    number.normalize().mantissa().unsigned_abs().to_string()
}
