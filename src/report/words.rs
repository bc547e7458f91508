//! Values in words, as a reader would write them.

use rust_decimal::Decimal;

use crate::value::{Bound, Quantity, TimeValue, Value};

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
        (Some(n), _, _) => number_words(n),
        (None, Some(min), Some(max)) => format!("{} to {}", number_words(min), number_words(max)),
        (None, Some(n), None) | (None, None, Some(n)) => number_words(n),
        (None, None, None) => return "?".to_owned(),
    };
    let text = match unit {
        "" => number,
        "percent" => format!("{number}%"),
        "x" | "times" | "multiple" => format!("{number}x"),
        unit => format!("{number} {}", unit.replace('_', " ")),
    };
    bounded(quantity.bound, text)
}

/// A date or a part of one in words: its EDTF, with the weekday that stands beside it.
pub fn time_words(time: &TimeValue) -> String {
    let text = match (time.edtf.as_str(), time.weekday) {
        ("", Some(day)) => weekday_name(day).to_owned(),
        ("", None) => "?".to_owned(),
        (edtf, Some(day)) => format!("{} {edtf}", weekday_name(day)),
        (edtf, None) => edtf.to_owned(),
    };
    // An open interval says its bound itself.
    if time.edtf.contains("..") { text } else { bounded(time.bound, text) }
}

/// The English name of a weekday.
pub(super) fn weekday_name(day: jiff::civil::Weekday) -> &'static str {
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

/// "2.5 million", "30,000", "0.05": the exact number, shortened by a scale word only where no digit is lost.
fn number_words(number: Decimal) -> String {
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
    }
}
