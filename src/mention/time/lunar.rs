//! Days of calendars that count by the moon, as Gregorian dates: the Hebrew and the Chinese one as `icu_calendar` reckons
//! them, the Islamic one by a table, from which that library differs by a day or two for some years before 1990.

use icu_calendar::cal::{ChineseTraditional, Hebrew};
use icu_calendar::types::Month;
use icu_calendar::{AsCalendar, Date as Day, Iso};
use jiff::ToSpan;
use jiff::civil::Date;

/// The years for which there is a Chinese New Year: those of the calendar of today.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// A day of the Hebrew calendar that falls into a Gregorian year; months are counted from Tishri, 6 is the Adar before
/// Nisan.
pub(super) fn hebrew(month: i8, day: i8, year: i16) -> Option<Date> {
    // Tishri to Kislev lie in autumn, what follows in the next Gregorian year.
    let of = i32::from(year) + if month <= 3 { 3761 } else { 3760 };
    gregorian(of, month, day, Hebrew)
}

/// Chinese New Year's Day in a Gregorian year.
pub(super) fn chinese_new_year(year: i16) -> Option<Date> {
    gregorian(year.into(), 1, 1, ChineseTraditional::new()).filter(|_| YEARS.contains(&year))
}

/// A day of a calendar as a Gregorian date.
fn gregorian(year: i32, month: i8, day: i8, calendar: impl AsCalendar) -> Option<Date> {
    let month = Month::new(month.try_into().ok()?);
    let day = Day::try_new(year.into(), month, day.try_into().ok()?, calendar).ok()?;
    let iso = day.to_calendar(Iso);
    let (year, month) = (iso.year().extended_year().try_into().ok()?, iso.month().ordinal as i8);
    Date::new(year, month, iso.day_of_month().0 as i8).ok()
}

/// First day of the first year of [`ISLAMIC`].
const ISLAMIC_START: (i16, i8, i8) = (1945, 12, 5);

/// Years 1365 to 1500 of the Umm al-Qura calendar of Saudi Arabia: bit 0 is Muharram, set for a month of thirty days.
/// After R. H. van Gent's tables. It is reckoned: where the crescent has to be seen, a month may begin a day later.
const ISLAMIC: [u16; 136] = [
    0xd55, 0x555, 0x555, 0xd55, 0x6d5, 0x555, 0xea5, 0xd2a, 0xaaa, 0xcd5, 0x655, 0x572, 0xda9, 0x555, 0xaaa, 0x555,
    0x52d, 0xa6d, 0x55a, 0x555, 0x74d, 0xd53, 0xd54, 0x556, 0xd55, 0x2d5, 0xd55, 0xd54, 0xd45, 0x655, 0x52d, 0xa5d,
    0x55a, 0xad5, 0x6aa, 0xd4b, 0x52a, 0xa57, 0x4ae, 0x976, 0x56c, 0xb55, 0xaaa, 0xa55, 0x4ad, 0x95d, 0x2da, 0x5d9,
    0xdb2, 0xba4, 0xb4a, 0xa55, 0x2b5, 0x575, 0xb6a, 0xbd2, 0xbc4, 0xb89, 0xa95, 0x52d, 0x5ad, 0xb6a, 0x6d4, 0xdc9,
    0xd92, 0xaa6, 0x956, 0x2ae, 0x56d, 0x36a, 0xb55, 0xaaa, 0x94d, 0x49d, 0x95d, 0x2ba, 0x5b5, 0x5aa, 0xd55, 0xa9a,
    0x92e, 0x26e, 0x55d, 0xada, 0x6d4, 0x6a5, 0x54b, 0xa97, 0x54e, 0xaae, 0x5ac, 0xba9, 0xd92, 0xb25, 0x64b, 0xcab,
    0x55a, 0xb55, 0x6d2, 0xea5, 0xe4a, 0xa95, 0x52d, 0xaad, 0x36c, 0x759, 0x6d2, 0x695, 0x52d, 0xa5b, 0x4ba, 0x9ba,
    0x3b4, 0xb69, 0xb52, 0xaa6, 0x4b6, 0x96d, 0x2ec, 0x6d9, 0xeb2, 0xd54, 0xd2a, 0xa56, 0x4ae, 0x96d, 0xd6a, 0xb54,
    0xb29, 0xa93, 0x52b, 0xa57, 0x536, 0xab5, 0x6aa, 0xe93,
];

/// All days of a Gregorian year that are the day of the Islamic calendar, with the length of its month: one or two, or
/// none outside the table.
pub(super) fn islamic(month: i8, day: i8, year: i16) -> Vec<(Date, i8)> {
    let (y, m, d) = ISLAMIC_START;
    let mut found = Vec::new();
    // The table covers its first year in part, and that year may hold the day once more.
    let Some(mut first) = Date::new(y, m, d).ok().filter(|_| year > y) else { return found };
    for months in ISLAMIC {
        for m in 1..=12 {
            let length = 29 + ((months >> (m - 1)) & 1) as i8;
            let at = first.saturating_add(i64::from(day - 1).days());
            if m == month && at.year() == year {
                found.push((at, length));
            }
            first = first.saturating_add(i64::from(length).days());
        }
        if first.year() > year {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn hebrew_days_fall_where_the_tables_say() {
        for (month, day, year, expected) in [
            (1, 1, 2018, date(2018, 9, 10)),
            (1, 1, 1999, date(1999, 9, 11)),
            (1, 10, 2023, date(2023, 9, 25)),
            (3, 25, 2016, date(2016, 12, 25)),
            (3, 25, 2021, date(2021, 11, 29)),
            (5, 15, 2024, date(2024, 1, 25)),
            (6, 14, 2024, date(2024, 3, 24)),
            (7, 15, 2024, date(2024, 4, 23)),
            (7, 15, 2019, date(2019, 4, 20)),
            (9, 6, 2025, date(2025, 6, 2)),
        ] {
            assert_eq!(hebrew(month, day, year), Some(expected), "{month}-{day} {year}");
        }
    }

    #[test]
    fn islamic_days_fall_where_the_tables_say() {
        for (month, day, year, expected) in [
            (9, 1, 2024, date(2024, 3, 11)),
            (10, 1, 2023, date(2023, 4, 21)),
            (12, 10, 2018, date(2018, 8, 21)),
            (1, 1, 2022, date(2022, 7, 30)),
        ] {
            assert_eq!(
                islamic(month, day, year).iter().map(|d| d.0).collect::<Vec<_>>(),
                [expected],
                "{month}-{day} {year}"
            );
        }
        assert_eq!(islamic(10, 1, 2000).len(), 2);
        assert_eq!(islamic(9, 1, 1066), []);
        assert_eq!(islamic(9, 1, 2099), []);
    }

    #[test]
    fn the_chinese_year_begins_where_the_tables_say() {
        for (year, expected) in [(1966, date(1966, 1, 21)), (1985, date(1985, 2, 20)), (2023, date(2023, 1, 22))] {
            assert_eq!(chinese_new_year(year), Some(expected));
        }
        assert_eq!((chinese_new_year(1899), chinese_new_year(2101)), (None, None));
    }
}
