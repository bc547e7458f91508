//! "It closed on 2 May 2022. It was opened again on 23 May, three weeks later", "from 9.30 am to 11 am, an hour and a
//! half", "its 125th anniversary in 2014": a length of time stated beside both of its ends.
//!
//! Lengths that lead from one date to the next ("twenty days later") name a date themselves and are no claims of their own,
//! so they are read here, in sentences that hold a date. Which two dates are meant is decided by position: the length stands
//! right beside the later one, and the sentence, or the one before it, has exactly one other. Days are counted with and
//! without the first.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::mention::recognise;
use crate::rule::{Measures, days_between, months_between};
use crate::text::{Span, tokenise};
use crate::value::{Interval, Quantity, Shape, Value};

use super::CheckContext;
use super::clock::clocks;
use super::equation::Equation;
use super::figures::Sentence;
use super::words::Stretch;

/// Most words before "later" in which its length is looked for.
const REACH: usize = 12;
/// Most words between "later," and the date that it leads to.
const NEAR: usize = 3;
/// Words that say that a length runs from one date to the next.
const LATER: [&str; 3] = ["later", "afterwards", "afterward"];
/// Most words between "after" and the date that it leads back to.
const BACK: usize = 8;
/// A year without a leap day.
const YEAR: &str = "2001";
/// Seconds of a day, and of a minute.
const DAY: i64 = 86_400;
const MINUTE: i64 = 60;

/// First and last day that a date can mean, with its claim and where it stands.
#[derive(Clone, Copy)]
struct Day {
    at: u32,
    span: Span,
    days: (Date, Date),
}

/// A length of time, and the two ends it is stated for.
struct StatedLength {
    words: String,
    length: Quantity,
    from: Day,
    to: Day,
}

/// The lengths of time of a document that are stated beside both of their ends.
pub(super) fn equations(context: &CheckContext<'_>, source: u32) -> Vec<Equation<'static>> {
    let mut out = Vec::new();
    let mut before: Option<&Sentence<'_>> = None;
    for sentence in context.sentences(source) {
        let last = before.replace(sentence).filter(|_| sentence.goes_on);
        if sentence.prose {
            let stated = later(context, sentence, last).into_iter();
            let stated = stated.chain(those(context, sentence, last)).chain(stretch(context, sentence));
            out.extend(stated.filter_map(|s| between_days(&s)));
            out.extend(between_clocks(context, sentence));
        }
    }
    out
}

/// The dates that a sentence gives in numbers, each once, in order.
fn days(context: &CheckContext<'_>, sentence: &Sentence<'_>) -> Vec<Day> {
    let mut out: BTreeMap<Span, Day> = BTreeMap::new();
    for (at, claim, time) in sentence.times() {
        let numbered = context.is_numbered(claim) && !time.relative && !claim.noise;
        let days = match (time.earliest, time.latest) {
            (Some(first), Some(last)) if time.ends().is_none() => Some((first, last)),
            // "Since March 2020": the day it began.
            (Some(first), None) => opened(first, time.edtf.split('/').next().unwrap_or_default()),
            _ => None,
        };
        if let Some(days) = days.filter(|_| numbered) {
            out.entry(claim.value_span).or_insert(Day { at, span: claim.value_span, days });
        }
    }
    out.into_values().collect()
}

/// The days that the beginning of an open stretch can mean: all of its month, or of its year.
fn opened(first: Date, edtf: &str) -> Option<(Date, Date)> {
    match edtf.len() {
        10 => Some((first, first)),
        7 => Some((first, first.last_of_month())),
        4 => Some((first, first.last_of_year())),
        _ => None,
    }
}

/// Lengths that lead from one date to the next.
fn later(context: &CheckContext<'_>, sentence: &Sentence<'_>, last: Option<&Sentence<'_>>) -> Vec<StatedLength> {
    let lengths = lengths(context, sentence);
    let own = if lengths.is_empty() { Vec::new() } else { days(context, sentence) };
    let mut out = Vec::new();
    for (span, words, length, after) in lengths {
        // The date right before the length, or right behind "later".
        let only = |w: &&str| matches!(*w, "only" | "just" | "exactly" | "or");
        let leads = |w: &&str| matches!(*w, "in" | "on" | "by" | "and" | "early" | "late");
        let ends = |d: &&Day| d.span.end <= span.start && sentence.cut(d.span.end, span.start).lower().iter().all(only);
        let next = |d: &&Day| {
            let words = sentence.cut(span.end, d.span.start).lower();
            d.span.start >= span.end && words.len() <= NEAR && words.iter().all(leads)
        };
        let Some(to) = own.iter().rfind(ends).or_else(|| own.iter().find(next).filter(|_| after != After::Since))
        else {
            continue;
        };
        let others: Vec<&Day> = own.iter().filter(|d| d.span != to.span).collect();
        if matches!(after, After::Back | After::Ahead) {
            // "Closed in 1984, 12 years after it had been opened in 1972".
            let [other] = others.as_slice() else { continue };
            let gap = sentence.cut(span.end, other.span.start);
            let (from, to) = if after == After::Back { (**other, *to) } else { (*to, **other) };
            // "After opening under a 1960 law": a date of something else.
            let dated = matches!(gap.last(), "in" | "on" | "during");
            if !gap.has(&[',', ';', '.', ':']) && dated && gap.len() <= BACK && from.days.0 <= to.days.1 {
                out.push(StatedLength { words, length, from, to });
            }
            continue;
        }
        let from = match (others.as_slice(), last) {
            ([one], _) => Some(**one),
            ([], Some(last)) if after == After::Later => match days(context, last).as_slice() {
                [one] => Some(*one),
                _ => None,
            },
            _ => None,
        };
        // "After five years" says so of a stretch that was opened; otherwise other checks do.
        let open = |d: &Day| matches!(&context.claim(d.at).value, Value::Time(t) if t.latest.is_none());
        let Some(from) = from.filter(|d| d.span.end <= span.start.max(to.span.start)) else { continue };
        if after == After::Since && !open(&from) || from.days.0 > to.days.1 {
            continue;
        }
        out.push(StatedLength { words, length, from, to: *to });
    }
    out
}

/// "From 1949 until 1981, and his pupils of those 32 years": the only stretch stated before it, here or in the sentence before.
fn those(context: &CheckContext<'_>, sentence: &Sentence<'_>, last: Option<&Sentence<'_>>) -> Option<StatedLength> {
    let all = sentence.whole();
    let at = all.lower().iter().position(|w| matches!(*w, "those" | "these"))?;
    let start = all.slice(at, at + 1).span.end;
    let stated = sentence.cut(start, sentence.span.end).until(&[',', ';', '.', ')', ':']).head(NEAR);
    let (words, length) = (1..=stated.len()).rev().find_map(|n| {
        let words = stated.head(n).text();
        let (from, end, length) = length(words, context.compare.rules.measures())?;
        (from == 0 && end == words.len()).then(|| (words.to_owned(), length))
    })?;
    let stretches = |sentence: &Sentence<'_>| -> Vec<(Day, Day)> {
        let mut out: BTreeMap<Span, (Day, Day)> = BTreeMap::new();
        for (at, claim, time) in sentence.times() {
            let Some((from, to)) = time.ends().filter(|_| !time.relative && !claim.noise) else { continue };
            let day = |days| Day { at, span: claim.value_span, days };
            out.entry(claim.value_span).or_insert((day(from), day(to)));
        }
        out.into_values().collect()
    };
    let own = stretches(sentence);
    let (all, here) = if own.is_empty() { (last.map(stretches)?, false) } else { (own, true) };
    let [(from, to)] = all.as_slice() else { return None };
    (!here || to.span.end <= start).then_some(StatedLength { words, length, from: *from, to: *to })
}

/// "From 3 to 12 May, ten days in all": days of no year that is stated, with their length right behind.
fn stretch(context: &CheckContext<'_>, sentence: &Sentence<'_>) -> Option<StatedLength> {
    let mut open = sentence.times().filter_map(|(at, claim, time)| {
        // Any year without a leap day: what crosses one, or a new year, may be a day longer.
        let (from, to) = time.edtf.split_once('/')?;
        let day = |edtf: &str| edtf.replace("XXXX", YEAR).parse::<Date>().ok().filter(|_| edtf.starts_with("XXXX-"));
        Some((at, claim.value_span, day(from)?, day(to)?))
    });
    let (Some((at, span, from, to)), None) = (open.next(), open.next()) else { return None };
    let behind = sentence.cut(span.end, sentence.span.end);
    behind.text().strip_prefix(", ")?;
    let words = behind.bytes(2, behind.text().len()).until(&[',', ';', '.', ')']).text();
    let words =
        ["in all", "in total", "altogether", "long"].iter().fold(words, |w, end| w.trim_end().trim_end_matches(end));
    let words = words.trim_end();
    let (0, end, length) = length(words, context.compare.rules.measures())? else { return None };
    let day = |day: Date| Day { at, span, days: (day, day) };
    let days = &*length.unit.dimension != "duration-months";
    (end == words.len() && from < to && days).then(|| StatedLength {
        words: words.to_owned(),
        length,
        from: day(from),
        to: day(to),
    })
}

/// What leads from the length to the later date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Later,
    Since,
    /// "12 years after it had been opened in 1972": the earlier date stands behind.
    Back,
    /// "12 years before it was closed in 1984": the later one does.
    Ahead,
}

/// The lengths of a sentence, with the words that make them lead on.
fn lengths(context: &CheckContext<'_>, sentence: &Sentence<'_>) -> Vec<(Span, String, Quantity, After)> {
    let measures = context.compare.rules.measures();
    let all = sentence.whole();
    let mut out = Vec::new();
    for (at, lower) in all.lower().into_iter().enumerate() {
        let leads = match lower {
            w if LATER.contains(&w) => After::Later,
            "after" => After::Back,
            "before" => After::Ahead,
            "anniversary" => After::Since,
            _ => continue,
        };
        let word = all.slice(at, at + 1).span;
        let before = sentence.cut(sentence.span.start, word.start);
        let behind = sentence.cut(word.end, sentence.span.end).until(&[',', ';', ')', '.']);
        if lower == "anniversary" {
            if let Some((from, number)) = ordinal(before.text().trim_end().trim_end_matches("wedding"), measures)
                && let Some((.., year)) = length("1 year", measures)
            {
                let from = sentence.span.start + from as u32;
                let words = sentence.cut(from, word.end).text().to_owned();
                let span = Span { start: from, end: word.end };
                out.push((span, words, Quantity { number: Some(number), ..year }, After::Later));
            }
        } else if let Some((stated, quantity)) = length_at_end(before, measures) {
            let span = Span { start: stated.span.start, end: word.end };
            out.push((span, stated.text().trim().to_owned(), quantity, leads));
        } else if lower == "after" {
            let stated = behind.text().trim();
            if let Some((0, end, quantity)) = length(stated, measures)
                && end == stated.len()
            {
                let span = Span { start: word.start, end: behind.span.end };
                out.push((span, stated.to_owned(), quantity, After::Since));
            }
        }
    }
    out
}

/// The length that ends a text, in the words since the last mark.
fn length_at_end<'s>(before: Stretch<'s>, measures: &Measures) -> Option<(Stretch<'s>, Quantity)> {
    let near = before.since(&[',', ';', '(', '.']).tail(REACH);
    let (from, end, quantity) = length(near.text(), measures)?;
    (end == near.text().len()).then(|| (near.bytes(from, end), quantity))
}

/// The only amount of a text, where it is a length of time, with its ends; its bound ("more than") is part of it.
fn length(text: &str, measures: &Measures) -> Option<(usize, usize, Quantity)> {
    let tokens = tokenise(text, Span::new(0, text.len()));
    let (amounts, _) = recognise(text, &tokens, measures);
    let [one] = amounts.as_slice() else { return None };
    let span = one.bound_span.map_or(one.span, |b| b.join(one.span));
    let time = one.quantity.shape == Shape::Duration;
    time.then(|| (span.start as usize, span.end as usize, one.quantity.clone()))
}

/// The number that a text ends with, "the 125th ", "a 125th-" or "their fiftieth ", and where it begins.
fn ordinal(text: &str, measures: &Measures) -> Option<(usize, Decimal)> {
    let text = text.trim_end_matches([' ', '-']);
    let from = text.rfind(' ').map_or(0, |at| at + 1);
    // "Fiftieth" is fifty, "tenth" ten.
    let word = text[from..].strip_suffix("th").filter(|w| w.len() > 2 && w.chars().all(|c| c.is_ascii_lowercase()));
    let word = word.map(|w| w.strip_suffix("ie").map_or(w.to_owned(), |tens| format!("{tens}y")));
    if let Some((0, _, years)) = word.and_then(|w| length(&format!("{w} years"), measures)) {
        return Some((from, years.number?));
    }
    let stem = ["st", "nd", "rd", "th"].into_iter().find_map(|end| text.strip_suffix(end))?;
    let from = stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some((from, stem[from..].parse().ok()?))
}

/// A length of time against the days between its ends.
fn between_days(stated: &StatedLength) -> Option<Equation<'static>> {
    let (from, to) = (stated.from.days, stated.to.days);
    let months = &*stated.length.unit.dimension == "duration-months";
    let (made, unit) =
        if months { (months_between(from, to, 1)?, "months") } else { (days_between(from, to)?, "days") };
    let base = if months { made } else { made.mul(&Interval::point(Decimal::from(DAY)))? };
    let right = match made.as_point().or_else(|| made.shortest()) {
        Some(n) => format!("{} {unit}", n.round_dp(0).normalize()),
        None => format!("{made} {unit}"),
    };
    equation(&[stated.to.at, stated.from.at], &stated.length, &base, (&stated.words, right))
}

/// A length and what its ends make of it; that it holds of the ends of one claim is no second statement of it.
fn equation(
    claims: &[u32],
    length: &Quantity,
    made: &Interval,
    (words, right): (&str, String),
) -> Option<Equation<'static>> {
    let fits = length.interval().overlaps(made);
    let because = format!("“{words}” against {right}");
    let equation = Equation::new([], fits, right).stating(words).because(because).with("ends", claims.iter().copied());
    let two = claims.iter().any(|at| Some(at) != claims.first());
    (!claims.is_empty() && (two || !fits)).then_some(equation)
}

/// Two times of day and the length between them: "from 9.30 am to 11 am, an hour and a half", "started at 9:00 and ended at
/// 11:30, two and a half hours later".
fn between_clocks(context: &CheckContext<'_>, sentence: &Sentence<'_>) -> Option<Equation<'static>> {
    let lower = sentence.whole().text().to_ascii_lowercase();
    if !["hour", "minute"].iter().any(|w| lower.contains(w)) {
        return None;
    }
    let clocks = clocks(&lower);
    let [one, two] = clocks.as_slice() else { return None };
    let all = sentence.whole();
    let (before, between) = (all.bytes(0, one.start), all.bytes(one.end, two.start));
    let range =
        matches!((before.last(), &between.lower()[..]), ("from", ["to" | "until" | "till"]) | ("between", ["and"]));
    // Behind the second time nothing but a comma, or the words of a length that leads on.
    let rest = &all.text()[two.end..];
    let stated = rest.trim_start_matches(['.', ' ']).trim_start_matches([',', ':', '–', '—', '(', ' ']);
    let from = (lower.len() - stated.len()) as u32 + sentence.span.start;
    let stated = sentence.cut(from, sentence.span.end).until(&[',', ';', '.', ')']).text();
    let leads = LATER.iter().find_map(|w| stated.trim_end().strip_suffix(w));
    let words = leads.unwrap_or(stated).trim_end();
    let words = words.strip_prefix("or ").unwrap_or(words);
    // "Started at 08:40 and stopped at 11:10, after two and a half hours".
    let since = words.strip_prefix("after ");
    let (leads, words) = (leads.or(since), since.unwrap_or(words));
    let (start, stop, length) = length(words, context.compare.rules.measures())?;
    let apposed = rest.trim_start_matches(['.', ' ']).starts_with([',', ':', '–', '—', '(']);
    let alone = start == 0 && stop == words.len();
    if !apposed || !alone || !(range || leads.is_some()) || one.half != two.half {
        return None;
    }
    let minutes = (two.minutes - one.minutes).rem_euclid(24 * 60);
    let made = Decimal::from(minutes).checked_mul(Decimal::from(MINUTE))?;
    let right = match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    // The length where it is a claim, else the times.
    let own = sentence.claims().filter(|(_, claim)| match &claim.value {
        Value::Time(time) => time.edtf.starts_with('T'),
        Value::Quantity(q) => q.shape == Shape::Duration && claim.value_span.end > from,
        Value::Text(_) => false,
    });
    let claims: Vec<u32> = own.map(|(at, _)| at).collect();
    equation(&claims, &length, &Interval::point(made), (words, right))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::outcome;

    /// Whether the check holds of a text, or fails; nothing where it is silent.
    #[track_caller]
    fn check(text: &str, holds: Option<bool>) {
        assert_eq!(outcome("duration-stated", text), holds, "{text}");
    }

    #[test]
    fn between_two_dates() {
        let closed = "The pier was closed on 2 May 2022.";
        check(&format!("{closed} It was opened again on 23 May 2022, three weeks later."), Some(true));
        check(&format!("{closed} It was opened again on 23 May 2022, five weeks later."), Some(false));
        check(&format!("{closed}\n\nIt was opened again on 23 May 2022, five weeks later."), None);
        check("The pier, closed since March 2020, reopened in March 2023 after five years.", Some(false));
        check("Omar Lund was hired in 2001 and promoted in 2004; two years later, in 2007, he left.", None);
        check("Founded in 1889, the firm held its 135th anniversary in 2014.", Some(false));
        check("Closed in 1984, 15 years after it had been opened in 1972, the pier rotted.", Some(false));
        check("The pier opened in 1984, 15 years after work under a 1972 law.", None);
    }

    #[test]
    fn between_two_times_of_day() {
        check("The talk ran from 9.30 am to 11 am, an hour and a half.", Some(true));
        check("The talk ran from 9.30 am to 11 am, three hours.", Some(false));
        check("The doors open at 9:00 and the show starts at 11:30. It lasts four hours.", None);
    }
}
