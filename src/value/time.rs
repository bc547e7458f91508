//! Dates and parts of dates.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::Bound;

/// A date, a part of one, or a stretch of dates, as the text gives it and as far as it could be resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    #[serde(with = "weekday")]
    pub weekday: Option<Weekday>,
    /// Bound of the words ("by the end of 2028": at most; "early 2025": approx).
    pub bound: Bound,
    /// Whether it was resolved against a date outside its own words.
    pub relative: bool,
}

impl TimeValue {
    /// The beginning and the end in EDTF; the same words twice for what is no stretch.
    pub(crate) fn edges(&self) -> (&str, &str) {
        self.edtf.split_once('/').unwrap_or((&self.edtf, &self.edtf))
    }

    /// First and last day of each end of a stretch that is stated by its ends: "from May 2025 to March 2026". `None` for
    /// anything else, and where an end is open.
    pub fn ends(&self) -> Option<((Date, Date), (Date, Date))> {
        let (from, to) = self.edtf.split_once('/')?;
        Some((days(from)?, days(to)?))
    }

    /// The time as a moment at which something held: "by 2021" is 2021. `None` where an end stays open.
    pub fn held_at(self) -> Option<TimeValue> {
        if self.earliest.is_some() && self.latest.is_some() {
            return Some(self);
        }
        let until = self.edtf.strip_prefix("../")?.to_owned();
        let (first, last) = days(&until)?;
        Some(TimeValue { edtf: until, earliest: Some(first), latest: Some(last), bound: Bound::Exact, ..self })
    }
}

/// Weekdays as numbers, Monday 1: jiff serialises dates only.
mod weekday {
    use jiff::civil::Weekday;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(day: &Option<Weekday>, to: S) -> Result<S::Ok, S::Error> {
        day.map(Weekday::to_monday_one_offset).serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<Weekday>, D::Error> {
        let number = Option::<i8>::deserialize(from)?;
        number.map(|n| Weekday::from_monday_one_offset(n).map_err(D::Error::custom)).transpose()
    }
}

/// First and last day of a year, month or day in EDTF.
fn days(edtf: &str) -> Option<(Date, Date)> {
    let mut parts = edtf.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let (month, day) = (parts.next(), parts.next());
    match (month, day) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(m), None) => {
            let first = Date::new(year, m.parse().ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(m), Some(d)) => {
            let day = Date::new(year, m.parse().ok()?, d.parse().ok()?).ok()?;
            Some((day, day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_has_two_ends() {
        let at = |s: &str| s.parse::<Date>().ok();
        assert_eq!(days("2024-02").map(|d| d.1), at("2024-02-29"));
        assert_eq!(days("2024").map(|d| d.0), at("2024-01-01"));
        assert_eq!(days("XXXX-02"), None);
    }
}
