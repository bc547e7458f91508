//! Values in words, as a reader would write them.

use rust_decimal::Decimal;

use super::{Bound, Quantity, TimeValue, Value};

/// A value in words: "at least 700 experiments", "nearly 3 million", "34.4%", "1.5 trillion USD".
pub fn value_words(value: &Value) -> String {
    match value {
        Value::Quantity(quantity) => quantity_words(quantity),
        Value::Time(time) => time_words(time),
        Value::Text(text) => text.clone(),
    }
}

/// A quantity in words.
pub fn quantity_words(quantity: &Quantity) -> String {
    let unit = &*quantity.unit.name;
    let number = match (quantity.number, quantity.min, quantity.max) {
        (Some(n), Some(min), Some(max)) if min < max => {
            format!("{} ({} to {})", number_words(n), number_words(min), number_words(max))
        }
        (Some(n), _, _) => number_words(n),
        (None, Some(min), Some(max)) => format!("{} to {}", number_words(min), number_words(max)),
        (None, Some(n), None) | (None, None, Some(n)) => number_words(n),
        (None, None, None) => return "?".to_owned(),
    };
    let text = match unit {
        "" => number,
        "percent" => format!("{number}%"),
        "x" | "times" | "multiple" => format!("{number}x"),
        unit if unit.starts_with('/') => format!("{number}{unit}"),
        unit => {
            let one = quantity.number.is_some_and(|n| n.abs() == Decimal::ONE) && quantity.max == quantity.min;
            let counted = COUNTED.iter().any(|c| quantity.unit.dimension.starts_with(c));
            let unit = unit.replace('_', " ");
            let unit = match (one, unit.as_str()) {
                (true, "people") => "person".to_owned(),
                (true, _) => unit,
                _ if counted => unit,
                _ => plural(&unit),
            };
            format!("{number} {unit}")
        }
    };
    bounded(quantity.bound, text)
}

/// Dimensions whose units are no nouns of the unit table: codes of currencies, and what is counted as the text has it.
const COUNTED: [&str; 2] = ["money:", "count:"];

/// Units that are the same for one and for many.
const UNCHANGED: [&str; 13] =
    ["km", "m", "psi", "rpm", "ppm", "ppb", "horsepower", "lux", "stone", "hundredweight", "torr", "feet", "magnitude"];

/// The same, by their endings: what ends in "s" does not change either.
const ENDINGS: [&str; 3] = ["hertz", "molar", "poise"];

/// A unit as it stands behind a number that is not one: "metres", "miles/hour", "degrees Celsius", "barrels of oil
/// equivalent".
fn plural(unit: &str) -> String {
    let end = [" of ", "/", " Celsius", " Fahrenheit"].iter().filter_map(|mark| unit.find(mark)).min();
    let (head, rest) = unit.split_at(end.unwrap_or(unit.len()));
    let last = head.rsplit([' ', '-']).next().unwrap_or(head);
    let same = UNCHANGED.contains(&last) || ENDINGS.iter().any(|end| last.ends_with(end));
    let many = match last {
        _ if same || last.ends_with('s') => head.to_owned(),
        "foot" => format!("{}feet", head.trim_end_matches("foot")),
        "millennium" => "millennia".to_owned(),
        _ if last.ends_with("ch") => format!("{head}es"),
        _ if last.ends_with("ry") => format!("{}ies", head.trim_end_matches('y')),
        _ => format!("{head}s"),
    };
    many + rest
}

/// A date or a part of one in words: "Tuesday 19 May 2026", "May", "until 31 December 2028", "January to April 2024".
/// What has no words here (clock times, sets) is shown in EDTF.
pub fn time_words(time: &TimeValue) -> String {
    let edtf = time.edtf.as_str();
    let text = match edtf.split_once('/') {
        _ if edtf.is_empty() => time.weekday.map_or("?", weekday_name).to_owned(),
        Some(("" | "..", end)) => format!("until {}", date_words(end)),
        Some((start, "" | "..")) => format!("from {}", date_words(start)),
        Some((start, end)) => format!("{} to {}", date_words(start), date_words(end)),
        None => date_words(edtf),
    };
    let text = match time.weekday {
        Some(day) if !edtf.is_empty() => format!("{} {text}", weekday_name(day)),
        _ => text,
    };
    // An open interval says its bound itself.
    if edtf.starts_with("..") || edtf.ends_with("..") { text } else { bounded(time.bound, text) }
}

/// One EDTF date in words; an open year is left out.
pub(crate) fn date_words(edtf: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const PARTS: [(&str, &str); 8] = [
        ("21", "spring"),
        ("22", "summer"),
        ("23", "autumn"),
        ("24", "winter"),
        ("33", "first quarter"),
        ("34", "second quarter"),
        ("35", "third quarter"),
        ("36", "fourth quarter"),
    ];
    let mut parts = edtf.split('-');
    let (Some(year), month, day, None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return edtf.to_owned();
    };
    let known = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let year = if year == "XXXX" && month.is_some() { String::new() } else { year.to_owned() };
    let words = match (month, day) {
        (None, _) => return year,
        (Some(month), day) if known(month) => {
            let name = month.parse::<usize>().ok().and_then(|m| MONTHS.get(m.wrapping_sub(1)));
            match (name, day) {
                (Some(name), None) => format!("{name} {year}"),
                (Some(name), Some(day)) if known(day) => format!("{} {name} {year}", day.trim_start_matches('0')),
                (None, None) => match PARTS.iter().find(|(code, _)| *code == month) {
                    Some((_, part)) => format!("{part} {year}"),
                    None => return edtf.to_owned(),
                },
                _ => return edtf.to_owned(),
            }
        }
        _ => return edtf.to_owned(),
    };
    words.trim_end().to_owned()
}

/// The English name of a weekday.
pub(crate) fn weekday_name(day: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday::*;
    match day {
        Monday => "Monday",
        Tuesday => "Tuesday",
        Wednesday => "Wednesday",
        Thursday => "Thursday",
        Friday => "Friday",
        Saturday => "Saturday",
        Sunday => "Sunday",
    }
}

fn bounded(bound: Bound, text: String) -> String {
    match bound {
        Bound::Exact | Bound::Range => text,
        Bound::Approx => format!("about {text}"),
        Bound::Nearly => format!("nearly {text}"),
        Bound::AtLeast => format!("at least {text}"),
        Bound::AtMost => format!("at most {text}"),
        Bound::MoreThan => format!("more than {text}"),
        Bound::LessThan => format!("less than {text}"),
    }
}

/// Places behind the point from which on a number is taken for a quotient that no decimal ends. None that is written out
/// comes near: the smallest unit of a table has a factor of 24.
const UNENDING: u32 = 24;

/// A computed number as a reader would write it: "60.6 billion", "4500". Up to four digits it may be a year.
pub fn computed_words(number: Decimal) -> String {
    if number.abs() < Decimal::from(10_000) { number.normalize().to_string() } else { number_words(number) }
}

/// "2.5 million", "30,000", "0.05": the exact number, shortened by a scale word only where no digit is lost. A third or
/// a seventh has no last digit: six significant ones are shown.
fn number_words(number: Decimal) -> String {
    let number = if number.normalize().scale() > UNENDING { number.round_sf(6).unwrap_or(number) } else { number };
    for (zeros, word) in [(12, "trillion"), (9, "billion"), (6, "million")] {
        let scale = Decimal::from(10_u64.pow(zeros));
        if number.abs() >= scale {
            let scaled = (number / scale).normalize();
            // Three decimals at most: 1.234 million reads well, 1.234567 million does not.
            if scaled.scale() <= 3 && scaled.checked_mul(scale) == Some(number) {
                return format!("{} {word}", grouped(scaled));
            }
        }
    }
    grouped(number.normalize())
}

fn grouped(number: Decimal) -> String {
    let text = number.to_string();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |r| ("-", r));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: &str, expected: &str) {
        assert_eq!(number_words(number.parse().unwrap()), expected);
    }

    #[test]
    fn numbers() {
        check("30000", "30,000");
        check("1500000000000", "1.5 trillion");
        check("3000000", "3 million");
        check("1234567", "1,234,567");
        check("-1234.50", "-1,234.5");
        check("0.05", "0.05");
        check("999", "999");
        check("0.3333333333333333333333333333", "0.333333");
        check("1.7777777777777777777777777778", "1.77778");
    }

    #[test]
    fn units() {
        let check = |unit: &str, expected: &str| assert_eq!(plural(unit), expected);
        check("metre", "metres");
        check("square foot", "square feet");
        check("foot/second", "feet/second");
        check("inch", "inches");
        check("century", "centuries");
        check("millennium", "millennia");
        check("gray", "grays");
        check("km/hour", "km/hour");
        check("mile/hour", "miles/hour");
        check("degree Celsius", "degrees Celsius");
        check("millimetre of mercury", "millimetres of mercury");
        check("barrel of oil equivalent", "barrels of oil equivalent");
        check("atmosphere", "atmospheres");
        check("gram", "grams");
        check("millisiemens", "millisiemens");
        check("gigahertz", "gigahertz");
        check("billion cubic feet", "billion cubic feet");
        check("percentage point", "percentage points");
        check("rpm", "rpm");
        check("twenty-foot equivalent unit", "twenty-foot equivalent units");
    }

    #[test]
    fn dates() {
        let check = |edtf: &str, weekday, bound, expected: &str| {
            let parts = (None, None, None);
            let edtf = edtf.to_owned();
            let time = TimeValue { edtf, earliest: None, latest: None, parts, weekday, bound, relative: false };
            assert_eq!(time_words(&time), expected);
        };
        let tuesday = Some(jiff::civil::Weekday::Tuesday);
        check("2026-05-19", tuesday, Bound::Exact, "Tuesday 19 May 2026");
        check("XXXX-05-09", None, Bound::Exact, "9 May");
        check("XXXX-02", None, Bound::Exact, "February");
        check("2024-01/2024-04", None, Bound::Approx, "about January 2024 to April 2024");
        check("../2028-12-31", None, Bound::AtMost, "until 31 December 2028");
        check("2026-33", None, Bound::Exact, "first quarter 2026");
        check("199X", None, Bound::Exact, "199X");
        check("", tuesday, Bound::Exact, "Tuesday");
        check("2026-05-19T14:00", None, Bound::Exact, "2026-05-19T14:00");
        check("", None, Bound::Exact, "?");
    }
}
