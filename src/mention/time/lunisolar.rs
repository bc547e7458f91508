//! Days of the Hindu calendar as Gregorian dates, from the places of the sun and the moon.
//!
//! A month runs from new moon to new moon and bears the name of the sign that the sun enters in it; one in which it
//! enters none is put in and keeps no holidays. A thirtieth of the moon's way round the sun is a *tithi*, and a holiday
//! falls on the day on which its tithi rules at the hour of the holiday. Sun and moon after J. Meeus, Astronomical
//! Algorithms (2nd edition, 1998), chapters 25 and 47, cut to a hundredth of a degree, two minutes of a tithi; signs by
//! the ayanamsa of Lahiri, hours for Ujjain. Traditions and places differ by a day here and there, so every date is
//! approximate.
//!
//! The only floating point behind a value: it ends in whole days, which the last bits of a sine cannot move.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::rule::measure::Hour;

/// The years for which the cut series are good and the rules are those of today.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Degrees that the moon gains on the sun in a day, on average.
const GAIN: f64 = 12.190_749;

/// Degrees that the sun goes in a day, on average.
const PACE: f64 = 0.985_65;

/// Degrees of a tithi.
const TITHI: f64 = 12.0;

/// Longitude of Ujjain, and a latitude between north and south, in degrees.
const PLACE: (f64, f64) = (75.77, 25.0);

/// Where the moon is, in degrees, as a sum of sines: factor, and multiples of the arguments D, M, M' and F.
const MOON: [(f64, [i8; 4]); 24] = [
    (6.288_774, [0, 0, 1, 0]),
    (1.274_027, [2, 0, -1, 0]),
    (0.658_314, [2, 0, 0, 0]),
    (0.213_618, [0, 0, 2, 0]),
    (-0.185_116, [0, 1, 0, 0]),
    (-0.114_332, [0, 0, 0, 2]),
    (0.058_793, [2, 0, -2, 0]),
    (0.057_066, [2, -1, -1, 0]),
    (0.053_322, [2, 0, 1, 0]),
    (0.045_758, [2, -1, 0, 0]),
    (-0.040_923, [0, 1, -1, 0]),
    (-0.034_720, [1, 0, 0, 0]),
    (-0.030_383, [0, 1, 1, 0]),
    (0.015_327, [2, 0, 0, -2]),
    (-0.012_528, [0, 0, 1, 2]),
    (0.010_980, [0, 0, 1, -2]),
    (0.010_675, [4, 0, -1, 0]),
    (0.010_034, [0, 0, 3, 0]),
    (0.008_548, [4, 0, -2, 0]),
    (-0.007_888, [2, 1, -1, 0]),
    (-0.006_766, [2, 1, 0, 0]),
    (-0.005_163, [1, 0, -1, 0]),
    (0.004_987, [1, 1, 0, 0]),
    (0.004_036, [2, -1, 1, 0]),
];

/// The days of a Gregorian year on which a tithi rules at an hour; months from 1, Chaitra, each from new moon to new
/// moon, tithis from 1 to 30, the new moon. Two at most.
pub(super) fn hindu(month: i8, tithi: i8, hour: Hour, year: i16) -> Vec<Date> {
    if !YEARS.contains(&year) {
        return Vec::new();
    }
    let sign = (i32::from(month) + 10) % 12;
    // Only a month that begins in December can have a day of the year that follows.
    let found = [year - 1, year].into_iter().filter_map(|y| ruled(month_start(sign, y)?, tithi, hour));
    found.filter(|d| d.year() == year).collect()
}

/// The day of a Gregorian year on which the sun enters a sign of the fixed stars; 0 is Aries. After sunset the next day
/// counts.
pub(super) fn entered(sign: i8, year: i16) -> Option<Date> {
    let when = YEARS.contains(&year).then(|| entry(i32::from(sign), year))??;
    let day = date((when + 0.5 + PLACE.0 / 360.0).floor())?;
    if when > instant(number(day)?, Hour::Sunset) { day.tomorrow().ok() } else { Some(day) }
}

/// The new moon that begins the month in which the sun leaves a sign.
fn month_start(sign: i32, year: i16) -> Option<f64> {
    let first = new_moon_after(entry(sign, year)?);
    let second = new_moon_after(first + 25.0);
    // Two new moons in one sign: the first begins a month that is put in.
    let put_in = fixed_sun(second).rem_euclid(360.0).div_euclid(30.0) == f64::from(sign);
    Some(if put_in { second } else { first })
}

/// The day of a month on which a tithi rules at an hour; where it rules at none, the last day before its end.
fn ruled(start: f64, tithi: i8, hour: Hour) -> Option<Date> {
    let middle = f64::from(tithi) - 0.5;
    let about = (start + middle * TITHI / GAIN + 0.5).floor();
    let distance = |n: f64| turned(elongation(instant(n, hour)) - TITHI * middle) / TITHI;
    let days = || (-2..=2).map(|d| about + f64::from(d));
    let rules = days().find(|n| (-0.5..0.5).contains(&distance(*n)));
    date(rules.or_else(|| days().rfind(|n| distance(*n) < -0.5))?)
}

/// When the sun enters a sign in a Gregorian year, in days from noon (UT) of the first day of 2000.
fn entry(sign: i32, year: i16) -> Option<f64> {
    let start = number(Date::new(year, 1, 1).ok()?)?;
    // Aries is entered in the middle of April, the last three signs before that.
    let about = start + 103.0 + 30.44 * f64::from(sign) - if sign >= 9 { 365.25 } else { 0.0 };
    Some((0..5).fold(about, |n, _| n - turned(fixed_sun(n) - 30.0 * f64::from(sign)) / PACE))
}

fn new_moon_after(n: f64) -> f64 {
    let nearest = |about: f64| (0..5).fold(about, |n, _| n - turned(elongation(n)) / GAIN);
    let found = nearest(n + (-elongation(n)).rem_euclid(360.0) / GAIN);
    if found < n { nearest(found + 29.53) } else { found }
}

/// An hour of a day: the day by its noon (UT), sunrise and sunset as the sun stands at noon.
fn instant(day: f64, hour: Hour) -> f64 {
    let noon = day - PLACE.0 / 360.0;
    let declination = (23.44_f64.to_radians().sin() * sun(noon).to_radians().sin()).asin();
    let half_day = (-PLACE.1.to_radians().tan() * declination.tan()).acos().to_degrees() / 360.0;
    noon + match hour {
        Hour::Dawn => -half_day,
        Hour::Forenoon => -0.4 * half_day,
        Hour::Noon => 0.0,
        Hour::Afternoon => 0.4 * half_day,
        Hour::Sunset => half_day,
        // The middle of the tenth of a day behind sunset.
        Hour::Evening => half_day + 0.05,
        Hour::Midnight => 0.5,
    }
}

/// How far the moon is ahead of the sun.
fn elongation(n: f64) -> f64 {
    let t = n / 36_525.0;
    let place = 218.316_447_7 + 481_267.881_234_21 * t;
    let arguments = [
        297.850_192_1 + 445_267.111_403_4 * t,
        357.529_11 + 35_999.050_29 * t,
        134.963_396_4 + 477_198.867_505_5 * t + 0.008_741_4 * t * t,
        93.272_095 + 483_202.017_523_3 * t,
    ];
    let sine = |by: &[i8; 4]| {
        let sum: f64 = arguments.iter().zip(by).map(|(a, n)| a * f64::from(*n)).sum();
        sum.to_radians().sin()
    };
    place + MOON.iter().map(|(factor, by)| factor * sine(by)).sum::<f64>() - sun(n)
}

/// The apparent longitude of the sun from the equinox.
fn sun(n: f64) -> f64 {
    let t = n / 36_525.0;
    let anomaly = (357.529_11 + 35_999.050_29 * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
        + 0.019_993 * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    280.466_46 + 36_000.769_83 * t + centre - 0.005_69
}

/// The longitude of the sun among the fixed stars.
fn fixed_sun(n: f64) -> f64 {
    sun(n) - (23.857 + 1.396_9 * n / 36_525.0)
}

/// An angle as one from -180 to 180 degrees.
fn turned(angle: f64) -> f64 {
    (angle + 180.0).rem_euclid(360.0) - 180.0
}

/// Days from the first day of 2000 to another.
fn number(day: Date) -> Option<f64> {
    Date::new(2000, 1, 1).ok()?.until(day).ok().map(|s| f64::from(s.get_days()))
}

fn date(n: f64) -> Option<Date> {
    Date::new(2000, 1, 1).ok()?.checked_add((n as i64).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(month: i8, tithi: i8, hour: Hour, year: i16) -> String {
        hindu(month, tithi, hour, year).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn holidays_fall_where_calendars_have_them() {
        // Diwali
        for stated in ["2015-11-11", "2017-10-19", "2020-11-14", "2022-10-24", "2024-10-31", "2025-10-20"] {
            assert_eq!(days(7, 30, Hour::Evening, stated[..4].parse().unwrap()), stated);
        }
        // Maha Shivaratri
        for stated in ["2018-02-13", "2021-03-11", "2023-02-18", "2025-02-26"] {
            assert_eq!(days(11, 29, Hour::Midnight, stated[..4].parse().unwrap()), stated);
        }
        // Ugadi
        for stated in ["2019-04-06", "2020-03-25", "2021-04-13", "2024-04-09"] {
            assert_eq!(days(1, 1, Hour::Dawn, stated[..4].parse().unwrap()), stated);
        }
    }

    #[test]
    fn a_month_that_is_put_in_keeps_no_holidays() {
        // Two months of Ashvin in 2020, two of Shravana in 2023.
        assert_eq!(days(7, 10, Hour::Forenoon, 2020), "2020-10-25");
        assert_eq!(days(5, 15, Hour::Noon, 2023), "2023-08-30");
    }

    #[test]
    fn a_day_of_midwinter_can_fall_twice_into_a_year_or_not_at_all() {
        assert_eq!(days(10, 7, Hour::Dawn, 2022), "2022-01-09 2022-12-29");
        assert_eq!(days(10, 7, Hour::Dawn, 2023), "");
        assert_eq!(days(10, 7, Hour::Dawn, 1066), "");
    }

    #[test]
    fn the_sun_enters_capricorn_in_the_middle_of_january() {
        let stated = |year| entered(9, year).map(|d| d.day());
        assert_eq!([2018, 2019, 2021, 2024].map(stated), [Some(14), Some(15), Some(14), Some(15)]);
        assert_eq!(stated(1800), None);
    }
}
