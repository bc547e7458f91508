//! Numbers as a spreadsheet shows them.

use jiff::Span;
use jiff::civil::Date;

/// Digits that a spreadsheet keeps of a number.
const DIGITS: i32 = 15;
/// Most decimal places that are shown.
const PLACES: usize = 30;
/// Days from the first to the last that a spreadsheet knows, the end of the year 9999.
const DAYS: f64 = 2_958_466.0;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// How a number is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// With as many digits as it has.
    General,
    /// As a day, a time or a stretch of time: the letters of its format.
    Time { letters: String, elapsed: bool },
    /// With so many decimal places.
    Number(Number),
}

/// How a number is shown that is neither a time nor shown as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Number {
    before: String,
    behind: String,
    least: usize,
    most: usize,
    grouped: bool,
    /// By how many places the point is shifted.
    shift: i32,
}

impl Format {
    /// The format of a code, as `#,##0.00 "kg"`. Of its parts for different numbers the first counts; what is shown as
    /// a fraction or with an exponent is shown as it is.
    pub(super) fn new(code: &str) -> Format {
        let (mut number, mut letters, mut elapsed) = (Number::default(), String::new(), false);
        let (mut digits, mut point, mut commas) = (false, false, 0);
        let mut rest = code.chars();
        while let Some(c) = rest.next() {
            let mut written = String::new();
            match c {
                ';' => break,
                '"' => written.extend(rest.by_ref().take_while(|c| *c != '"')),
                '\\' => written.extend(rest.next()),
                '_' | '*' => {
                    rest.next();
                }
                '[' => {
                    let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    if let Some(currency) = inside.strip_prefix('$') {
                        written.push_str(currency.split('-').next().unwrap_or_default());
                    } else if inside.starts_with(['<', '>', '=']) {
                        return Format::General;
                    } else if inside.chars().all(|c| "hmsHMS".contains(c)) {
                        letters.push_str(&inside.to_lowercase());
                        elapsed = true;
                    }
                }
                '0' | '#' | '?' => {
                    if !number.behind.is_empty() {
                        return if letters.is_empty() { Format::General } else { Format::Time { letters, elapsed } };
                    }
                    number.grouped |= commas > 0 && !point;
                    (digits, commas) = (true, 0);
                    number.most += usize::from(point);
                    number.least = if point && c != '#' { number.most } else { number.least };
                }
                '.' => (point, number.shift, commas) = (true, number.shift - 3 * commas, 0),
                ',' => commas += i32::from(digits),
                '%' => {
                    number.shift += 2;
                    written.push(c);
                }
                'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => letters.push(c.to_ascii_lowercase()),
                // Of morning and evening.
                'A' | 'a' if rest.as_str().get(..4).is_some_and(|r| r.eq_ignore_ascii_case("m/pm")) => {
                    rest.nth(3);
                }
                'G' | '@' | 'E' | 'e' => return Format::General,
                '/' if digits => return Format::General,
                other => written.push(other),
            }
            if digits { &mut number.behind } else { &mut number.before }.push_str(&written);
        }
        number.shift -= 3 * commas;
        number.most = number.most.min(PLACES);
        number.least = number.least.min(PLACES);
        match () {
            () if !letters.is_empty() => Format::Time { letters, elapsed },
            () if digits => Format::Number(number),
            () => Format::General,
        }
    }

    /// The format of a number that every workbook knows.
    pub(super) fn known(number: u32) -> Format {
        Format::new(match number {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 | 41 | 42 => "#,##0",
            4 | 39 | 40 | 43 | 44 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            14..=16 | 27..=31 | 34..=36 | 50..=58 => "yyyy-mm-dd",
            17 => "mmm-yy",
            18 | 20 | 32 => "h:mm",
            19 | 21 | 33 => "h:mm:ss",
            22 => "yyyy-mm-dd h:mm",
            45 | 47 => "mm:ss",
            46 => "[h]:mm:ss",
            _ => "General",
        })
    }

    /// A number as this format shows it; days are counted from 1904 in some workbooks.
    pub(super) fn shown(&self, value: f64, from_1904: bool) -> String {
        let shown = match self {
            Format::General => None,
            Format::Time { letters, elapsed: true } => elapsed(value, letters.contains('s')),
            Format::Time { letters, .. } => moment(value, from_1904).map(|at| at.shown(letters)),
            Format::Number(number) => Some(number.shown(value)),
        };
        shown.unwrap_or_else(|| general(value))
    }
}

impl Number {
    fn shown(&self, value: f64) -> String {
        let number = decimal(value, self.shift, (self.least, self.most), self.grouped);
        let negative = value < 0.0 && number.contains(|c: char| c.is_ascii_digit() && c != '0');
        // A sign may be written for numbers above zero, or brackets for all.
        let before = if negative { self.before.trim_start_matches(['+', '-', '(']) } else { &self.before };
        format!("{}{before}{number}{}", if negative { "-" } else { "" }, self.behind)
    }
}

/// A number with as many digits as it has.
fn general(value: f64) -> String {
    if value != 0.0 && !(1e-9..1e21).contains(&value.abs()) {
        return format!("{value:e}");
    }
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", decimal(value, 0, (0, PLACES), false))
}

/// A number without its sign, the point shifted, with so many decimal places at least and at most.
fn decimal(value: f64, shift: i32, (least, most): (usize, usize), grouped: bool) -> String {
    let written = format!("{:.*e}", DIGITS as usize - 1, value.abs());
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let mut digits: u64 = mantissa.replace('.', "").parse().unwrap_or_default();
    let mut exponent = exponent.parse::<i32>().unwrap_or_default() + 1 - DIGITS + shift;
    let surplus = -exponent - most as i32;
    if surplus > 0 {
        // Half is rounded up, as people do it.
        let unit = 10u64.checked_pow(surplus.unsigned_abs());
        digits = unit.map_or(0, |unit| (digits + unit / 2) / unit);
        exponent = -(most as i32);
    }
    let zeros = if digits > 0 { exponent.max(0) as usize } else { 0 };
    let places = (-exponent).max(0) as usize;
    let text = format!("{digits:0>width$}{}", "0".repeat(zeros), width = places + 1);
    let (whole, fraction) = text.split_at(text.len() - places);
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let fraction = format!("{:0<least$}", fraction.trim_end_matches('0'));
    if fraction.is_empty() { out } else { format!("{out}.{fraction}") }
}

/// A moment in time.
struct Moment {
    day: Date,
    seconds: i64,
}

/// The moment that a number of days stands for.
fn moment(value: f64, from_1904: bool) -> Option<Moment> {
    if !(0.0..DAYS).contains(&value) {
        return None;
    }
    let seconds = (value * DAY as f64).round() as i64;
    let days = seconds / DAY;
    let epoch = match days {
        _ if from_1904 => Date::new(1904, 1, 1),
        // Before March 1900, a year that spreadsheets take for a leap year.
        ..60 => Date::new(1899, 12, 31),
        _ => Date::new(1899, 12, 30),
    };
    let day = epoch.ok()?.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(Moment { day, seconds: seconds % DAY })
}

impl Moment {
    /// As a format of these letters shows it, days in ISO order.
    fn shown(&self, letters: &str) -> String {
        let has = |letter: char| letters.contains(letter);
        let clock = has('h') || has('s');
        let day = match () {
            () if has('d') => self.day.to_string(),
            () if has('y') && has('m') => self.day.strftime("%B %Y").to_string(),
            () if has('y') => self.day.year().to_string(),
            () if !clock => self.day.strftime("%B").to_string(),
            () => String::new(),
        };
        if !clock || !day.is_empty() && self.seconds == 0 {
            return day;
        }
        let (hours, minutes) = (self.seconds / 3600, self.seconds / 60 % 60);
        let seconds = if has('s') { format!(":{:02}", self.seconds % 60) } else { String::new() };
        format!("{day} {hours:02}:{minutes:02}{seconds}").trim_start().to_owned()
    }
}

/// A stretch of time, in hours and minutes.
fn elapsed(value: f64, with_seconds: bool) -> Option<String> {
    let seconds = if value.abs() < DAYS { (value.abs() * DAY as f64).round() as i64 } else { return None };
    let sign = if value < 0.0 && seconds > 0 { "-" } else { "" };
    let rest = if with_seconds { format!(":{:02}", seconds % 60) } else { String::new() };
    Some(format!("{sign}{}:{:02}{rest}", seconds / 3600, seconds / 60 % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, value: f64, expected: &str) {
        assert_eq!(Format::new(code).shown(value, false), expected, "{code} {value}");
    }

    #[test]
    fn numbers() {
        check("General", 4000.0, "4000");
        check("General", 0.1 + 0.2, "0.3");
        check("General", -12.5, "-12.5");
        check("General", 1e300, "1e300");
        check("General", 123_456_789_012.0, "123456789012");
        check("0%", 0.25, "25%");
        check("0.0%", 0.0755, "7.6%");
        check("0.00", 2.675, "2.68");
        check("0.0#", 1.5, "1.5");
        check("#,##0", 1_234_567.0, "1,234,567");
        check("#,##0", 999.6, "1,000");
        check("\"£\"#,##0.00;[Red]-\"£\"#,##0.00", -4000.5, "-£4,000.50");
        check("[$€-407]\\ #,##0", 38.0, "€ 38");
        check("_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", -1200.0, "-1,200");
        check("0.0,,\"M\"", 38_200_000.0, "38.2M");
        check("#,##0,", 38_200_000.0, "38,200");
        check("0\" kg\"", -0.2, "0 kg");
        check("# ?/?", 0.5, "0.5");
        check("[>=1000]0;0.0", 12.5, "12.5");
        check("000-0000", 12.0, "12");
        check("0.00", 0.0, "0.00");
        assert_eq!(Format::known(10).shown(0.075, false), "7.50%");
    }

    #[test]
    fn times() {
        check("dd/mm/yyyy", 47_919.0, "2031-03-12");
        check("d.m.yy h:mm", 47_919.5, "2031-03-12 12:00");
        check("d.m.yy h:mm", 47_919.0, "2031-03-12");
        check("mmmm yyyy", 47_919.0, "March 2031");
        check("yyyy", 47_919.0, "2031");
        check("h:mm AM/PM", 0.75, "18:00");
        check("mm:ss.0", 0.5, "12:00:00");
        check("[h]:mm", 1.5, "36:00");
        check("yyyy-mm-dd", 1.0, "1900-01-01");
        check("yyyy-mm-dd", 61.0, "1900-03-01");
        check("yyyy-mm-dd", -1.0, "-1");
        check("yyyy-mm-dd", 1e12, "1000000000000");
        assert_eq!(Format::known(14).shown(0.0, true), "1904-01-01");
    }

    #[test]
    fn any_code_and_number() {
        for code in [
            "",
            "\"",
            "[",
            "[$",
            "\\",
            "0.",
            ".0",
            "%%%%",
            ",,,",
            "0,,,,,,,,,,",
            "a",
            "é\"é",
            "_",
            ";",
            "0e",
            "[hé]",
            "mm]",
        ] {
            for value in
                [0.0, -0.0, 1.0, f64::MAX, f64::MIN_POSITIVE, -1e-300, 2_958_465.999_999_9, f64::NAN, f64::INFINITY]
            {
                Format::new(code).shown(value, true);
                Format::new(code).shown(value, false);
            }
        }
        Format::new(&"0.0".repeat(100_000)).shown(1.5, false);
        Format::new(&"%".repeat(100_000)).shown(1.5, false);
        Format::new(&("0".to_owned() + &"%".repeat(100_000))).shown(1.5, false);
        Format::new(&("0".to_owned() + &",".repeat(100_000))).shown(1.5, false);
    }
}
