//! Days of calendars that count by the moon, as Gregorian dates: the Hebrew one by its rule, the Islamic and the
//! Chinese one by the tables that are kept for them. Outside the years of a table there is no answer.

use jiff::ToSpan;
use jiff::civil::Date;

/// A day of the Hebrew calendar that falls into a Gregorian year; months are counted from Tishri, 6 is the Adar before
/// Nisan. The arithmetic of the fixed calendar, as in Reingold and Dershowitz, Calendrical Calculations (4th edition,
/// 2018), chapter 8.
pub(super) fn hebrew(month: i8, day: i8, year: i16) -> Option<Date> {
    // Tishri to Kislev lie in autumn, what follows in the next Gregorian year.
    let year = i64::from(year) + if month <= 3 { 3761 } else { 3760 };
    let start = hebrew_new_year(year);
    let length = hebrew_new_year(year + 1) - start;
    let leap = length > 380;
    let long_heshvan = length % 10 == 5;
    let short_kislev = length % 10 == 3;
    let before: i64 = (1..month)
        .map(|m| match m {
            2 if !long_heshvan => 29,
            3 if short_kislev => 29,
            4 | 6 | 8 | 10 | 12 => 29,
            _ => 30,
        })
        .sum();
    let first_adar = if leap && month >= 6 { 30 } else { 0 };
    day_number(start + before + first_adar + i64::from(day) - 1)
}

/// The first of Tishri of a Hebrew year, in days of which 1 is 1 January of the year 1.
fn hebrew_new_year(year: i64) -> i64 {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        day + i64::from((3 * (day + 1)).rem_euclid(7) < 3)
    };
    let (last, this, next) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let late = if next - this == 356 { 2 } else { i64::from(this - last == 382) };
    -1_373_427 + this + late
}

fn day_number(n: i64) -> Option<Date> {
    Date::new(1, 1, 1).ok()?.checked_add((n - 1).days()).ok()
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

/// The first year of [`CHINESE`].
const CHINESE_START: i16 = 1929;

/// Chinese New Year from 1929, when the calendar took the time of 120° east, to 2099: days behind 21 January. As in the
/// tables of the Hong Kong Observatory.
const CHINESE: [u8; 171] = [
    20, 9, 27, 16, 5, 24, 14, 3, 21, 10, 29, 18, 6, 25, 15, 4, 23, 12, 1, 20, 8, 27, 16, 6, 24, 13, 3, 22, 10, 28, 18,
    7, 25, 15, 4, 23, 12, 0, 19, 9, 27, 16, 6, 25, 13, 2, 21, 10, 28, 17, 7, 26, 15, 4, 23, 12, 30, 19, 8, 27, 16, 6,
    25, 14, 2, 20, 10, 29, 17, 7, 26, 15, 3, 22, 11, 1, 19, 8, 28, 17, 5, 24, 13, 2, 20, 10, 29, 18, 7, 26, 15, 4, 22,
    11, 1, 20, 8, 27, 16, 5, 23, 13, 2, 21, 10, 29, 18, 7, 25, 14, 3, 22, 11, 1, 20, 9, 27, 16, 5, 24, 12, 2, 21, 11,
    29, 18, 7, 25, 14, 3, 22, 12, 0, 19, 8, 27, 15, 5, 24, 13, 2, 21, 10, 29, 17, 6, 25, 15, 3, 22, 12, 1, 19, 8, 27,
    16, 5, 24, 13, 3, 20, 9, 28, 17, 6, 25, 15, 4, 22, 11, 0,
];

/// Chinese New Year's Day in a Gregorian year.
pub(super) fn chinese_new_year(year: i16) -> Option<Date> {
    let days = *CHINESE.get(usize::try_from(year.checked_sub(CHINESE_START)?).ok()?)?;
    Date::new(year, 1, 21).ok()?.checked_add(i64::from(days).days()).ok()
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
        assert_eq!((chinese_new_year(1928), chinese_new_year(2100)), (None, None));
    }
}
