//! Values: exact decimals with unit, bound and printed precision; partial dates; words.
//!
//! Comes in: numbers, units and calendar parts that a recogniser has read. Goes out: values that can be compared
//! exactly. Knows no document and no rule. Nothing here is ever rounded in silence.

mod bits;
mod bound;
mod interval;
mod quantity;
mod time;
mod unit;
mod words;

pub use bound::Bound;
pub use interval::{End, Interval, Judgement};
pub(crate) use quantity::digits;
pub use quantity::{Quantity, Shape};
pub use time::TimeValue;
pub use unit::Unit;
pub use words::{computed_words, quantity_words, time_words, value_words};
pub(crate) use words::{date_words, weekday_name};

use serde::{Deserialize, Serialize};

/// What a claim says of its subject's attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A number with unit, bound and precision.
    Quantity(Quantity),
    /// A date, a part of one, or a span of dates.
    Time(TimeValue),
    /// The least words that carry the value.
    Text(String),
}
