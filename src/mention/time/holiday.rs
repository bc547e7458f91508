//! Holidays and commemorations: names from the calendar lexicon, days by rule.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::count::{counted, onward};
use super::expression::Expression;
use super::grammar::Read;
use super::lunar::{chinese_new_year, hebrew, islamic};
use super::lunisolar::{entered, hindu};
use super::relative::relative;
use super::year::year_behind;
use crate::rule::measure::{Grain, Holiday, LexedText, word};

/// A holiday at a token, with its year: "Easter Monday", "Thanksgiving 2017", "Christmas of 2020".
pub(super) fn holiday(r: &LexedText<'_>, at: usize) -> Read {
    let at = at + usize::from(r.word(at) == word::THE);
    if !r.sense(at).role.holiday {
        return None;
    }
    let (holiday, end) = r.phrase(&r.measures.holidays, at, false)?;
    // "may day by day" is no holiday.
    if r.sense(at).role.ambiguous && !r.capital(at) {
        return None;
    }
    // "Easter weekend", "the Labor Day 2021 weekend"
    let (year, after) = year_behind(r, end).map_or((None, end), |(year, end)| (Some(year), end));
    if r.sense(after).grain == Some(Grain::Weekend) {
        return Some((Expression::WeekendOf(Box::new(Expression::Holiday { holiday, year, of: None })), after + 1));
    }
    if let Some((year, end)) = year_behind(r, end) {
        return Some((Expression::Holiday { holiday, year: Some(year), of: None }, end));
    }
    let next = end + usize::from(matches!(r.word(end), word::OF | word::IN));
    let of = relative(r, next)
        .or_else(|| counted(r, next))
        .or_else(|| if r.word(end) == word::IN { onward(r, next) } else { None })
        .filter(|(e, _)| years(e));
    Some(match of {
        Some((of, end)) => (Expression::Holiday { holiday, year: None, of: Some(Box::new(of)) }, end),
        None => (Expression::Holiday { holiday, year: None, of: None }, end),
    })
}

/// Whether an expression tells a year: "last year", "in five years", "three months ago".
fn years(e: &Expression) -> bool {
    match e {
        Expression::Shift { grain, .. } => *grain == Grain::Year,
        Expression::Offset { grain, from: None, .. } => *grain >= Grain::Month,
        Expression::Elapsed { length, from: None, .. } => length.months > 0,
        _ => false,
    }
}

/// First and last day of a holiday in a year. It can fall twice into one, and outside the years of its table it has no
/// day. Holidays of the Hebrew calendar begin on the eve.
pub(super) fn days_of(holiday: Holiday, year: i16) -> Vec<(Date, Date)> {
    let lasting = |first: Date, days: i8| Some((first, first.checked_add(i64::from(days - 1).days()).ok()?));
    let on = |first: Date, plus: i16| first.checked_add(i64::from(plus).days()).ok();
    let one = |first: Option<Date>, plus: i16, days: i8| {
        first.and_then(|d| on(d, plus)).and_then(|d| lasting(d, days)).into_iter().collect()
    };
    match holiday {
        Holiday::Fixed { month, day } => one(Date::new(year, month, day).ok(), 0, 1),
        Holiday::Nth { month, weekday, place, plus } => one(nth(month, weekday, place, year), plus, 1),
        Holiday::Easter { plus, orthodox } => one(if orthodox { julian_easter(year) } else { easter(year) }, plus, 1),
        Holiday::Hebrew { month, day, days } => one(hebrew(month, day, year), -1, days + 1),
        Holiday::Chinese { plus } => one(chinese_new_year(year), plus, 1),
        Holiday::Sign { sign, plus } => one(entered(sign, year), plus, 1),
        Holiday::Islamic { month, day, days } => {
            let found = islamic(month, day, year).into_iter();
            found.filter_map(|(first, length)| lasting(first, days.unwrap_or(length))).collect()
        }
        Holiday::Hindu { month, tithi, hour, plus, days } => {
            let found = hindu(month, tithi, hour, year).into_iter();
            found.filter_map(|first| lasting(on(first, plus)?, days)).collect()
        }
    }
}

fn nth(month: i8, weekday: i8, place: i8, year: i16) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(place, weekday).ok()
}

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm, as in J. Meeus, Astronomical Algorithms (2nd
/// edition, 1998), chapter 8.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok().filter(|_| year > 1582)
}

/// Easter Sunday of the Julian calendar as a Gregorian date: Meeus, same chapter; the difference between the
/// calendars is that of the century.
fn julian_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok().filter(|_| year > 1582)?;
    julian.checked_add(i64::from(y / 100 - y / 400 - 2).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_where_the_tables_say() {
        for (year, western, eastern) in [
            (1900, date(1900, 4, 15), date(1900, 4, 22)),
            (1954, date(1954, 4, 18), date(1954, 4, 25)),
            (2000, date(2000, 4, 23), date(2000, 4, 30)),
            (2024, date(2024, 3, 31), date(2024, 5, 5)),
            (2025, date(2025, 4, 20), date(2025, 4, 20)),
            (2038, date(2038, 4, 25), date(2038, 4, 25)),
        ] {
            assert_eq!((easter(year), julian_easter(year)), (Some(western), Some(eastern)), "{year}");
        }
    }

    #[test]
    fn movable_holidays_keep_their_weekday() {
        let first = |holiday, year| days_of(holiday, year).first().map(|d| d.0);
        let fourth = Holiday::Nth { month: 11, weekday: 4, place: 4, plus: 1 };
        assert_eq!(first(fourth, 2023), Some(date(2023, 11, 24)));
        let last = Holiday::Nth { month: 5, weekday: 1, place: -1, plus: 0 };
        assert_eq!(first(last, 2024), Some(date(2024, 5, 27)));
        assert_eq!(first(Holiday::Fixed { month: 2, day: 29 }, 2023), None);
    }
}
