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
use crate::rule::{CheckCode, CheckRule, Measures, days_between, months_between, pieces};
use crate::segment::{Segment, SegmentKind};
use crate::text::{Span, tokenise};
use crate::value::{Interval, Quantity, Shape, Value};

use super::clock::clocks;
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct DurationStated;

/// Most bytes before "later" in which its length is looked for.
const REACH: usize = 60;
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

impl Check for DurationStated {
    fn code(&self) -> CheckCode {
        CheckCode::DurationStated
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            let mut before: Option<&Segment> = None;
            for segment in &context.segments[source as usize] {
                if !matches!(segment.kind, SegmentKind::Sentence | SegmentKind::ListItem | SegmentKind::Standfirst)
                    || segment.noise
                {
                    before = None;
                    continue;
                }
                let last = before.filter(|b| b.block == segment.block);
                for stated in later(context, source, segment, last) {
                    say(context, rule, &stated, found);
                }
                if let Some(stated) = those(context, source, segment, last) {
                    say(context, rule, &stated, found);
                }
                if let Some(stated) = stretch(context, source, segment) {
                    say(context, rule, &stated, found);
                }
                clock(context, rule, source, segment, found);
                before = Some(segment);
            }
        }
    }
}

/// The dates that a sentence gives in numbers, each once, in order.
fn days(context: &CheckContext<'_>, source: u32, segment: &Segment) -> Vec<Day> {
    let mut out: BTreeMap<Span, Day> = BTreeMap::new();
    for at in context.of_segment(source, segment.span.start) {
        let claim = context.claim(at);
        let Value::Time(time) = &claim.value else { continue };
        let numbered = context.words(claim).contains(|c: char| c.is_ascii_digit()) && !time.relative && !claim.noise;
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
fn later(context: &CheckContext<'_>, source: u32, segment: &Segment, last: Option<&Segment>) -> Vec<StatedLength> {
    let text = segment.span.of(context.text(source));
    let marks = |w: &&str| LATER.contains(w) || matches!(*w, "anniversary" | "after" | "before");
    if !pieces(text).iter().any(marks) {
        return Vec::new();
    }
    let own = days(context, source, segment);
    let mut out = Vec::new();
    for (span, words, length, after) in lengths(context, source, segment) {
        // The date right before the length, or right behind "later".
        let between =
            |a: u32, b: u32| pieces(context.cut(source, a, b)).iter().map(|w| w.to_lowercase()).collect::<Vec<_>>();
        let leads = |w: &String| matches!(w.as_str(), "in" | "on" | "by" | "and" | "early" | "late");
        let only = |w: &String| matches!(w.as_str(), "only" | "just" | "exactly" | "or");
        let ends = |d: &&Day| d.span.end <= span.start && between(d.span.end, span.start).iter().all(only);
        let next = |d: &&Day| {
            let words = if d.span.start >= span.end { between(span.end, d.span.start) } else { return false };
            words.len() <= NEAR && words.iter().all(leads)
        };
        let Some(to) = own.iter().rfind(ends).or_else(|| own.iter().find(next).filter(|_| after != After::Since))
        else {
            continue;
        };
        let others: Vec<&Day> = own.iter().filter(|d| d.span != to.span).collect();
        if matches!(after, After::Back | After::Ahead) {
            // "Closed in 1984, 12 years after it had been opened in 1972".
            let [other] = others.as_slice() else { continue };
            let gap = if other.span.start >= span.end { context.cut(source, span.end, other.span.start) } else { "," };
            let (from, to) = if after == After::Back { (**other, *to) } else { (*to, **other) };
            // "After opening under a 1960 law": a date of something else.
            let dated = pieces(gap).last().is_some_and(|w| matches!(*w, "in" | "on" | "during"));
            if !gap.contains([',', ';', '.', ':']) && dated && pieces(gap).len() <= BACK && from.days.0 <= to.days.1 {
                out.push(StatedLength { words, length, from, to });
            }
            continue;
        }
        let from = match (others.as_slice(), last) {
            ([one], _) => Some(**one),
            ([], Some(last)) if after == After::Later => match days(context, source, last).as_slice() {
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
fn those(context: &CheckContext<'_>, source: u32, segment: &Segment, last: Option<&Segment>) -> Option<StatedLength> {
    let text = segment.span.of(context.text(source));
    let lower = text.to_ascii_lowercase();
    let (at, word) = ["those ", "these "].iter().find_map(|w| Some((lower.find(w)?, *w)))?;
    let rest = &text[at + word.len()..];
    let stated = &rest[..rest.find([',', ';', '.', ')', ':']).unwrap_or(rest.len())];
    let words: Vec<&str> = pieces(stated).into_iter().take(NEAR).collect();
    let (words, length) = (1..=words.len()).rev().find_map(|n| {
        let words = words[..n].join(" ");
        match length(&words, context.compare.rules.measures()) {
            Some((0, end, length)) if end == words.len() => Some((words, length)),
            _ => None,
        }
    })?;
    let free = at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric();
    let stretches = |segment: &Segment| -> Vec<(Day, Day)> {
        let all = context.of_segment(source, segment.span.start).map(|at| (at, context.claim(at)));
        let mut out: BTreeMap<Span, (Day, Day)> = BTreeMap::new();
        for (at, claim) in all {
            let Value::Time(time) = &claim.value else { continue };
            let Some((from, to)) = time.ends().filter(|_| !time.relative && !claim.noise) else { continue };
            let day = |days| Day { at, span: claim.value_span, days };
            out.entry(claim.value_span).or_insert((day(from), day(to)));
        }
        out.into_values().collect()
    };
    let own = stretches(segment);
    let (all, here) = if own.is_empty() { (last.map(stretches)?, false) } else { (own, true) };
    let [(from, to)] = all.as_slice() else { return None };
    let before = !here || (to.span.end as usize) <= segment.span.start as usize + at;
    (free && before).then_some(StatedLength { words, length, from: *from, to: *to })
}

/// "From 3 to 12 May, ten days in all": days of no year that is stated, with their length right behind.
fn stretch(context: &CheckContext<'_>, source: u32, segment: &Segment) -> Option<StatedLength> {
    let mut open = context.of_segment(source, segment.span.start).filter_map(|at| {
        let claim = context.claim(at);
        let Value::Time(time) = &claim.value else { return None };
        // Any year without a leap day: what crosses one, or a new year, may be a day longer.
        let (from, to) = time.edtf.split_once('/')?;
        let day = |edtf: &str| edtf.replace("XXXX", YEAR).parse::<Date>().ok().filter(|_| edtf.starts_with("XXXX-"));
        Some((at, claim.value_span, day(from)?, day(to)?))
    });
    let (Some((at, span, from, to)), None) = (open.next(), open.next()) else { return None };
    let text = context.cut(source, span.end, segment.span.end).strip_prefix(", ")?;
    let words = &text[..text.find([',', ';', '.', ')']).unwrap_or(text.len())];
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
fn lengths(context: &CheckContext<'_>, source: u32, segment: &Segment) -> Vec<(Span, String, Quantity, After)> {
    let text = segment.span.of(context.text(source));
    let measures = context.compare.rules.measures();
    let start = segment.span.start;
    let abs = |from: usize, to: usize| Span::new(start as usize + from, start as usize + to);
    let mut out = Vec::new();
    let offset = |w: &str| w.as_ptr() as usize - text.as_ptr() as usize;
    let all = pieces(text);
    for word in &all {
        let here = offset(word);
        let lower = word.to_lowercase();
        let leads = match lower.as_str() {
            w if LATER.contains(&w) => Some(After::Later),
            "after" => Some(After::Back),
            "before" => Some(After::Ahead),
            _ => None,
        };
        if let Some((leads, (cut, from, quantity))) =
            leads.and_then(|l| Some((l, length_before(text, here, measures)?)))
        {
            let words = text[cut + from..here].trim().to_owned();
            out.push((abs(cut + from, here + word.len()), words, quantity, leads));
        } else if lower == "after" {
            let rest = &text[here + word.len()..];
            let end = rest.find([',', ';', ')', '.']).unwrap_or(rest.len());
            let stated = rest[..end].trim();
            if let Some((0, end_of, quantity)) = length(stated, measures)
                && end_of == stated.len()
            {
                out.push((abs(here, here + word.len() + end), stated.to_owned(), quantity, After::Since));
            }
        } else if lower == "anniversary"
            && let Some((from, number)) = ordinal(text[..here].trim_end().trim_end_matches("wedding"), measures)
            && let Some((.., year)) = length("1 year", measures)
        {
            let words = text[from..here + word.len()].to_owned();
            out.push((abs(from, here + word.len()), words, Quantity { number: Some(number), ..year }, After::Later));
        }
    }
    out
}

/// The length that ends right before a place, in the words since the last mark: where these begin, and it in them.
fn length_before(text: &str, here: usize, measures: &Measures) -> Option<(usize, usize, Quantity)> {
    let mut low = here.saturating_sub(REACH);
    while !text.is_char_boundary(low) {
        low += 1;
    }
    let cut = text[low..here].rfind([',', ';', '(', '.']).map_or(low, |i| low + i + 1);
    let stated = text[cut..here].trim_end();
    let (from, end, quantity) = length(stated, measures)?;
    (end == stated.len()).then_some((cut, from, quantity))
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

fn say(context: &CheckContext<'_>, rule: &CheckRule, stated: &StatedLength, found: &mut Checks) {
    let (from, to) = (stated.from.days, stated.to.days);
    let months = &*stated.length.unit.dimension == "duration-months";
    let seconds = |n: i64| Interval::point(Decimal::from(n));
    let made = if months { months_between(from, to, 1) } else { days_between(from, to) };
    let Some(made) = made else { return };
    let base = if months { Some(made) } else { made.mul(&seconds(DAY)) };
    let Some(base) = base else { return };
    let unit = if months { "months" } else { "days" };
    let right = match made.as_point().or_else(|| made.shortest()) {
        Some(n) => format!("{} {unit}", n.round_dp(0).normalize()),
        None => format!("{made} {unit}"),
    };
    let mut order = vec![stated.to.at, stated.from.at];
    order.dedup();
    let fits = stated.length.interval().overlaps(&base);
    report(context, rule, &order, (&stated.words, &right), fits, found);
}

fn report(
    context: &CheckContext<'_>,
    rule: &CheckRule,
    order: &[u32],
    (words, right): (&str, &str),
    fits: bool,
    found: &mut Checks,
) {
    let claims = context.compare.claims;
    let because = format!("“{words}” against {right}");
    match (fits, &rule.holds_message) {
        (true, Some(template)) if order.len() > 1 => {
            found.holds(rule, claims, order, context.fill(template, &[], words, right), because);
        }
        (false, _) => found.fails(rule, claims, order, context.fill(&rule.message, &[], words, right), because),
        _ => {}
    }
}

/// Two times of day and the length between them: "from 9.30 am to 11 am, an hour and a half", "started at 9:00 and ended at
/// 11:30, two and a half hours later".
fn clock(context: &CheckContext<'_>, rule: &CheckRule, source: u32, segment: &Segment, found: &mut Checks) {
    let text = segment.span.of(context.text(source));
    let lower = text.to_ascii_lowercase();
    if !["hour", "minute"].iter().any(|w| lower.contains(w)) {
        return;
    }
    let clocks = clocks(&lower);
    let [one, two] = clocks.as_slice() else { return };
    let before = pieces(&lower[..one.start]);
    let between = pieces(&lower[one.end..two.start]);
    let range = matches!(
        (before.last().copied(), between.as_slice()),
        (Some("from"), ["to" | "until" | "till"]) | (Some("between"), ["and"])
    );
    // Behind the second time nothing but a comma, or the words of a length that leads on.
    let rest = &text[two.end..];
    let stated = rest.trim_start_matches(['.', ' ']).trim_start_matches([',', ':', '–', '—', '(', ' ']);
    let end = stated.find([',', ';', '.', ')']).unwrap_or(stated.len());
    let measures = context.compare.rules.measures();
    let leads = LATER.iter().find_map(|w| stated[..end].trim_end().strip_suffix(w));
    let words = leads.unwrap_or(&stated[..end]).trim_end();
    let words = words.strip_prefix("or ").unwrap_or(words);
    // "Started at 08:40 and stopped at 11:10, after two and a half hours".
    let since = words.strip_prefix("after ");
    let (leads, words) = (leads.or(since), since.unwrap_or(words));
    let Some((from, stop, length)) = length(words, measures) else { return };
    let alone = from == 0 && stop == words.len();
    let apposed = rest.trim_start_matches(['.', ' ']).starts_with([',', ':', '–', '—', '(']) && alone;
    if !apposed || !(range || leads.is_some()) || one.half != two.half {
        return;
    }
    let minutes = (two.minutes - one.minutes).rem_euclid(24 * 60);
    let Some(made) = Decimal::from(minutes).checked_mul(Decimal::from(MINUTE)) else { return };
    let right = match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    let fits = length.interval().overlaps(&Interval::point(made));
    // The length where it is a claim, else the times.
    let start = segment.span.start + (words.as_ptr() as usize - text.as_ptr() as usize) as u32;
    let all = context.of_segment(source, segment.span.start);
    let own = |at: &u32| {
        let claim = context.claim(*at);
        let clock = matches!(&claim.value, Value::Time(t) if t.edtf.starts_with('T'));
        clock
            || matches!(&claim.value, Value::Quantity(q) if q.shape == Shape::Duration) && claim.value_span.end > start
    };
    let order: Vec<u32> = all.filter(own).collect();
    if !order.is_empty() {
        report(context, rule, &order, (words, &right), fits, found);
    }
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
