//! Calendar dates as documents print them about themselves.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::bytes::{Regex, RegexBuilder};

use super::line::lines;
use crate::text::Span;

/// How many of the first lines may date a document.
const HEAD: usize = 10;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A written date. Figures alone count only in ISO order: 05/06/2026 is two different days.
///
/// Months are read in [`civil`]; here any word of that beginning will do.
const DATE: &str = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?P<date>\d{4}-\d\d-\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? \d{4})";

/// Lines on which a document dates itself: "Published May 19, 2026", a date alone, "By A. Name | May 19, 2026",
/// "LONDON, May 19, 2026 (Agency) — …".
static DATELINES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let clock = r"(?:,? (?:at )?\d{1,2}[:.]\d\d.*)?";
    [
        format!(r"^(?i:(?:first )?(?:published|posted)(?: on)?:? {DATE})\b"),
        format!(r"^(?i:(?:date: ?)?{DATE}{clock})\.?$"),
        format!(r"^(?i:by) [^|\d]+?(?:[|,]|·|•|—|–) ?(?i:{DATE})\b"),
        format!(
            r"^(?:[A-Z\x80-\xff][A-Z\x80-\xff .'-]+(?:, [A-Z][\w. ]+)?,? )?(?i:{DATE}) ?(?:\([^)]+\) ?)?(?:—|–|--? )"
        ),
    ]
    .iter()
    .filter_map(|pattern| compile(pattern))
    .collect()
});

static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| compile(&format!("^(?i:{DATE})")));

/// Without Unicode classes: these would cost more at start-up than everything else.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).unicode(false).build().ok()
}

/// The date at the start of a text: ISO (a time may follow), or with the month in words.
pub(super) fn parse(text: &str) -> Option<Date> {
    let found = WHOLE.as_ref()?.captures(text.trim().as_bytes())?;
    civil(std::str::from_utf8(found.name("date")?.as_bytes()).ok()?)
}

/// The date a line gives the document, if the line is unmistakably there for that.
pub(super) fn of_line(line: &str) -> Option<Date> {
    // No date is without a year in figures, one of which stands where every fourth byte is looked at.
    if !line.as_bytes().chunks_exact(4).any(|four| four[3].is_ascii_digit()) {
        return None;
    }
    let line = line.trim().trim_matches(['*', '_', '[', ']']);
    let head = line.get(..line.char_indices().nth(160).map_or(line.len(), |(i, _)| i))?;
    let read = |r: &Regex| civil(std::str::from_utf8(r.captures(head.as_bytes())?.name("date")?.as_bytes()).ok()?);
    DATELINES.iter().find_map(read)
}

/// The date that one of the first lines of a text gives it; `may` tells by its place which of them can.
pub(super) fn of_head(text: &str, body: Span, may: impl Fn(usize) -> bool) -> Option<Date> {
    let head = lines(text, body).filter(|(_, line)| !line.trim().is_empty()).take(HEAD);
    head.filter(|(at, _)| may(*at)).find_map(|(_, line)| of_line(line))
}

/// Whether a line is nothing but a date.
pub(super) fn is_alone(line: &str) -> bool {
    DATELINES.get(1).is_some_and(|r| r.is_match(line.trim().as_bytes()))
}

/// What a line says that holds dates and times of day, and nothing else than what they are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// When the document appeared or was changed: "Updated: 14:05 GMT, 3 March 2026".
    Named,
    /// A day with a time of it.
    Plain,
}

/// What of [`Stamp`] a line is, if it is one.
pub(super) fn stamp(line: &str) -> Option<Stamp> {
    const NAMED: [&str; 7] = ["published", "posted", "updated", "modified", "created", "edited", "revised"];
    const BESIDE: [&str; 9] = ["first", "last", "originally", "on", "at", "date", "time", "am", "pm"];
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let (mut named, mut day, mut clock) = (false, false, false);
    for word in line.split(|c: char| c.is_whitespace() || ",|·•();[]*_".contains(c)) {
        let word = word.trim_matches(['-', '–', '—', ':', '.', '/']);
        let lower = word.to_ascii_lowercase().replace('.', "");
        let begins = |all: &[&str]| lower.len() >= 3 && all.iter().any(|whole| whole.starts_with(&lower));
        match word.trim_start_matches(|c: char| c.is_ascii_digit()) {
            "" => {}
            // "14", "9.05pm", "2026-03-03", "3rd": with a colon a time of day.
            rest if rest.len() < word.len() => {
                let ends = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ":.-/".contains(c));
                let half = matches!(ends.to_ascii_lowercase().replace('.', "").as_str(), "am" | "pm");
                match ends {
                    _ if half => clock = true,
                    "" | "st" | "nd" | "rd" | "th" => {
                        clock |= rest.starts_with(':');
                        day |= rest.starts_with(['-', '/']);
                    }
                    _ => return None,
                }
            }
            _ if NAMED.contains(&&*lower) => named = true,
            _ if BESIDE.contains(&&*lower) || begins(&DAYS) => {}
            _ if begins(&MONTHS) => day = true,
            // A time zone: "CET", "GMT+05:00".
            _ if zone(word) => {}
            _ => return None,
        }
    }
    match (named, day, clock) {
        (true, true, _) | (true, _, true) => Some(Stamp::Named),
        (false, true, true) => Some(Stamp::Plain),
        _ => None,
    }
}

/// Whether a word is written as a time zone is, with or without what it is ahead or behind.
fn zone(word: &str) -> bool {
    let (name, shift) = word.split_at(word.find(['+', '-', '−']).unwrap_or(word.len()));
    let hours = shift.chars().skip(1).all(|c| c.is_ascii_digit() || c == ':');
    (2..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase()) && hours
}

fn civil(written: &str) -> Option<Date> {
    if written.as_bytes().get(4) == Some(&b'-') {
        return written.get(..10)?.parse().ok();
    }
    let (mut year, mut month, mut day) = (None, None, None);
    for word in written.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        match digits.len() {
            // In full or cut short: Mar, Sept.
            0 => month = MONTHS.iter().position(|m| word.len() >= 3 && m.starts_with(&word.to_ascii_lowercase())),
            4 => year = digits.parse().ok(),
            _ => day = digits.parse().ok(),
        }
    }
    Date::new(year?, month? as i8 + 1, day?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile() {
        assert!(DATELINES.len() == 4 && WHOLE.is_some());
    }

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
        check("Tue, 19 May 2026", Some("2026-05-19"));
    }

    #[test]
    fn stamps() {
        let check = |line: &str, expected| assert_eq!(stamp(line), expected, "{line}");
        check("Updated: 14:05 GMT, 3 March 2026", Some(Stamp::Named));
        check("PUBLISHED: TUESDAY, MARCH 3, 2026, 2:29 PM | UPDATED: 02:31 GMT, 12 March 2026", Some(Stamp::Named));
        check("3 March 2026 Last updated at 13:38 GMT", Some(Stamp::Named));
        check("Posted on 2026-03-03", Some(Stamp::Named));
        check("**Last updated** 13:26 14/09/2026", Some(Stamp::Named));
        check("Sun., Mar. 1, 2026 11:29 a.m. PDT", Some(Stamp::Plain));
        check("Sunday 1 March 2026 19.30pm", Some(Stamp::Plain));
        check("1 March 2026, 19:30 (GMT+02:00)", Some(Stamp::Plain));
        // A day alone may head what happened on it, a time alone an entry.
        check("3 March 2026", None);
        check("14:05 GMT", None);
        check("Updated", None);
        check("Posted 12 letters", None);
        check("Updated 3 March 2026 by the council", None);
        check("At 14:05 on 3 March the ferry left", None);
        check("", None);
    }

    #[test]
    fn dates_of_events_do_not() {
        check("On May 19, 2026 the mill shut", None);
        check("May 19, 2026 was a Tuesday", None);
        check("Updated May 19, 2026", None);
        check("05/06/2026", None);
        check("Mayor 12, 2026", None);
        check("February 30, 2026", None);
    }
}
