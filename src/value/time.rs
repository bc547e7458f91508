//! Dates and parts of dates.

use jiff::civil::{Date, Weekday};

use super::Bound;

/// A date, a part of one, or a stretch of dates, as the text gives it and as far as it could be resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeValue {
    /// Extended Date/Time Format (ISO 8601-2): `2026-05-19`, `2026-05`, `XXXX-05-19`, `2025-01/2025-04`, `../2028-12-31`.
    pub edtf: String,
    /// First day it can mean; `None` when open or unresolved.
    pub earliest: Option<Date>,
    /// Last day it can mean; `None` when open or unresolved.
    pub latest: Option<Date>,
    /// Year, month, day as far as they are known, for values with an open year.
    pub parts: (Option<i16>, Option<i8>, Option<i8>),
    /// The weekday named beside it or in its place.
    pub weekday: Option<Weekday>,
    /// Bound of the words ("by the end of 2028": at most; "early 2025": approx).
    pub bound: Bound,
    /// Whether it was resolved against a date outside its own words.
    pub relative: bool,
}
