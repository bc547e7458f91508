//! Units: a name, a dimension, and the exact way to the dimension's base.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::bits;

/// A unit of measure, of money, or the noun that is counted.
///
/// Two quantities can be compared when their dimensions are equal; `factor` takes both to the base unit
/// (base = number × factor). Money has one dimension a currency (`money:USD`), counted things one a noun
/// (`count:experiment`), a bare number the dimension `number`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Canonical name as reported: `USD`, `percent`, `percentage_point`, `month`, `km`, `USD/share`, `experiments`; empty for a bare number.
    pub name: Arc<str>,
    /// `money:USD`, `percent`, `percentage_point`, `multiple`, `duration`, `length`, `count:experiment`, `number`.
    pub dimension: Arc<str>,
    /// Exact factor to the base unit of the dimension. 1 where there is nothing to convert.
    #[serde(with = "bits")]
    pub factor: Decimal,
    /// Exact offset to the base unit, added after the factor (°F to °C). 0 for nearly all.
    #[serde(with = "bits")]
    pub offset: Decimal,
}

impl Unit {
    /// A bare number.
    pub fn none() -> Unit {
        Unit::plain("", "number")
    }

    /// A unit that needs no conversion.
    pub fn plain(name: &str, dimension: &str) -> Unit {
        Unit { name: name.into(), dimension: dimension.into(), factor: Decimal::ONE, offset: Decimal::ZERO }
    }
}
