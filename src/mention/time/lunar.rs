//! Days of the Hebrew, Islamic and Chinese calendars as Gregorian dates, as `icu_calendar` reckons them.

use icu_calendar::cal::hijri::UmmAlQura;
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri};
use icu_calendar::types::Month;
use icu_calendar::{AsCalendar, Date as Day, Iso};
use jiff::civil::Date;

/// The years for which there are days: all calendars are those of today.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// A day of the Hebrew calendar that falls into a Gregorian year; months are counted from Tishri, 6 is the Adar before
/// Nisan.
pub(super) fn hebrew(month: i8, day: i8, year: i16) -> Option<Date> {
    // Tishri to Kislev lie in autumn, what follows in the next Gregorian year.
    let of = i32::from(year) + if month <= 3 { 3761 } else { 3760 };
    Some(gregorian(of, month, day, Hebrew).filter(|_| YEARS.contains(&year))?.0)
}

/// All days of a Gregorian year that are the day of the Islamic calendar (Umm al-Qura), with the length of its month: one
/// or two. It is reckoned: where the crescent has to be seen, a month may begin a day later.
pub(super) fn islamic(month: i8, day: i8, year: i16) -> Vec<(Date, i8)> {
    let about = (i32::from(year) - 622) * 33 / 32;
    let all = (about - 1..=about + 2).filter_map(|of| gregorian(of, month, day, Hijri::<UmmAlQura>::default()));
    all.filter(|(day, _)| day.year() == year && YEARS.contains(&year)).collect()
}

/// Chinese New Year's Day in a Gregorian year.
pub(super) fn chinese_new_year(year: i16) -> Option<Date> {
    Some(gregorian(year.into(), 1, 1, ChineseTraditional::new()).filter(|_| YEARS.contains(&year))?.0)
}

/// A day of a calendar as a Gregorian date, with the length of its month.
fn gregorian(year: i32, month: i8, day: i8, calendar: impl AsCalendar) -> Option<(Date, i8)> {
    let month = Month::new(month.try_into().ok()?);
    let day = Day::try_new(year.into(), month, day.try_into().ok()?, calendar).ok()?;
    let iso = day.to_calendar(Iso);
    let (year, month) = (iso.year().extended_year().try_into().ok()?, iso.month().ordinal as i8);
    Some((Date::new(year, month, iso.day_of_month().0 as i8).ok()?, day.days_in_month() as i8))
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
        assert_eq!(islamic(9, 1, 2101), []);
    }

    #[test]
    fn the_chinese_year_begins_where_the_tables_say() {
        for (year, expected) in [(1966, date(1966, 1, 21)), (1985, date(1985, 2, 20)), (2023, date(2023, 1, 22))] {
            assert_eq!(chinese_new_year(year), Some(expected));
        }
        assert_eq!((chinese_new_year(1899), chinese_new_year(2101)), (None, None));
    }
}
