//! Calendar dates as documents print them about themselves.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A written date. Figures alone count only in ISO order: 05/06/2026 is two different days.
const DATE: &str = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?P<date>\d{4}-\d\d-\d\d|(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?) \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)? (?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?),? \d{4})";

/// Lines on which a document dates itself: "Published May 19, 2026", a date alone, "By A. Name | May 19, 2026",
/// "LONDON, May 19, 2026 (Agency) — …".
static DATELINES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let clock = r"(?:,? (?:at )?\d{1,2}[:.]\d\d.{0,20})?";
    [
        format!(r"^(?i:(?:first )?(?:published|posted)(?: on)?:? {DATE})\b"),
        format!(r"^(?i:(?:date: ?)?{DATE}{clock})\.?$"),
        format!(r"^(?i:by) [^|·•—–]{{2,60}}[|·•—–,] ?(?i:{DATE})\b"),
        format!(r"^(?:\p{{Lu}}[\p{{Lu}} .'-]+(?:, [\p{{Lu}}][\w. ]{{1,20}})?,? )?(?i:{DATE}) ?(?:\([^)]{{1,40}}\) ?)?(?:[—–]|--? )"),
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^(?i:{DATE})")).ok());

/// The date at the start of a text: ISO (a time may follow), or with the month in words.
pub(super) fn parse(text: &str) -> Option<Date> {
    let found = WHOLE.as_ref()?.captures(text.trim())?;
    civil(found.name("date")?.as_str())
}

/// The date a line gives the document, if the line is unmistakably there for that.
pub(super) fn of_line(line: &str) -> Option<Date> {
    let line = line.trim().trim_matches(['*', '_', '[', ']']);
    let head = line.get(..line.char_indices().nth(160).map_or(line.len(), |(i, _)| i))?;
    DATELINES.iter().find_map(|r| civil(r.captures(head)?.name("date")?.as_str()))
}

/// Whether a line is nothing but a date.
pub(super) fn is_alone(line: &str) -> bool {
    DATELINES.get(1).is_some_and(|r| r.is_match(line.trim()))
}

fn civil(written: &str) -> Option<Date> {
    if written.as_bytes().get(4) == Some(&b'-') {
        return written.get(..10)?.parse().ok();
    }
    let (mut year, mut month, mut day) = (None, None, None);
    for word in written.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        match digits.len() {
            0 => month = MONTHS.iter().position(|m| word.to_ascii_lowercase().starts_with(m)),
            4 => year = digits.parse().ok(),
            _ => day = digits.parse().ok(),
        }
    }
    Date::new(year?, month? as i8 + 1, day?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<&str>) {
        assert_eq!(of_line(line).map(|d| d.to_string()).as_deref(), expected, "{line}");
    }

    #[test]
    fn lines_that_date_a_document() {
        check("Published May 19, 2026", Some("2026-05-19"));
        check("Posted on: 3 Sept. 2025 by staff", Some("2025-09-03"));
        check("Tuesday, 19 May 2026, 10:31 GMT", Some("2026-05-19"));
        check("2026-05-19", Some("2026-05-19"));
        check("May 19, 2026 — The mill shut", Some("2026-05-19"));
        check("OSLO, Norway, June 2, 2026 (Wire) -- The mill shut", Some("2026-06-02"));
        check("By Ada Quill | March 1st, 2024", Some("2024-03-01"));
    }

    #[test]
    fn dates_of_events_do_not() {
        check("On May 19, 2026 the mill shut", None);
        check("May 19, 2026 was a Tuesday", None);
        check("Updated May 19, 2026", None);
        check("05/06/2026", None);
        check("February 30, 2026", None);
    }
}
