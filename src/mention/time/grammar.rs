//! The token grammar of times. Each function takes a token index and answers an expression and the next index.

use jiff::civil::{Date, Weekday};

use super::{Anchor, Expression};
use crate::mention::quantity::whole_number;
use crate::rule::measure::{Grain, Part, Reading, Slot, word};
use crate::text::TokenKind;

type Read = Option<(Expression, usize)>;

/// The time at a token, with its first and next token; `None` for nearly every token, after a cheap test.
pub(super) fn time(r: &Reading<'_>, at: usize) -> Option<(Expression, usize, usize)> {
    let sense = r.sense(at);
    let number = r.is_number(at);
    let other = sense.month.is_some()
        || sense.weekday.is_some()
        || sense.season.is_some()
        || sense.day.is_some()
        || sense.shift.is_some()
        || sense.part.is_some()
        || sense.ordinal.is_some()
        || sense.cardinal.is_some()
        || sense.decade.is_some()
        || matches!(
            r.word(at),
            word::THE | word::A | word::AN | word::NOON | word::MIDNIGHT | word::APOSTROPHE | word::QUOTE | word::SAME
        );
    if !number && !other && !quarter_word(r.raw(at)) {
        return None;
    }
    let (expression, end) = span_of(r, at)?;
    Some((expression, at, end))
}

/// "the first Monday of October", "the last week of 2016", "Friday of next week".
fn nth(r: &Reading<'_>, at: usize) -> Read {
    let the = usize::from(r.word(at) == word::THE);
    let i = at + the;
    let (place, next) = if r.word(i) == word::LAST {
        (-1, i + 1)
    } else if r.sense(i).weekday.is_some() {
        (1, i)
    } else {
        let (n, end) = crate::mention::quantity::ordinal_number(r, i)?;
        (i32::try_from(n).ok().filter(|n| (1..=60).contains(n))?, end)
    };
    let day = weekday(r.sense(next).weekday);
    let grain = match day {
        Some(_) => Grain::Day,
        None => {
            singular_grain(r, next).filter(|g| matches!(g, Grain::Day | Grain::Week | Grain::Weekend | Grain::Month))?
        }
    };
    if !matches!(r.word(next + 1), word::OF | word::IN) {
        return None;
    }
    let plain = next == i; // "Friday of next week": only weeks hold one Friday
    let (of, end) =
        relative(r, next + 2).or_else(|| date(r, next + 2)).or_else(|| period(r, next + 2)).or_else(|| {
            let year = whole_year(r, next + 2)?;
            Some((Expression::Date { year: Some(year), month: None, day: None, weekday: None }, next + 3))
        })?;
    let holds = match &of {
        Expression::Shift { grain: Grain::Week, .. } => day.is_some(),
        Expression::Shift { grain, .. } => !plain && *grain > Grain::Weekend,
        Expression::Date { day: None, weekday: None, .. } | Expression::Quarter { .. } => !plain,
        _ => false,
    };
    holds.then(|| (Expression::Nth { place, grain, weekday: day, of: Box::new(of) }, end))
}

/// Puts the preposition before a time to work.
pub(super) fn bounded(r: &Reading<'_>, first: usize, expression: Expression) -> Expression {
    let mut before = first.wrapping_sub(1);
    if r.word(before) == word::THE {
        before = before.wrapping_sub(1);
    }
    match r.sense(before).slot {
        Some(slot) if slot != Slot::At && r.is_word(before) => Expression::Bounded { slot, of: Box::new(expression) },
        _ => expression,
    }
}

/// "5-6 pm", "from 3:30 to 6 p.m.", "9 to 11 am": the half of the day is said once.
fn clock_span(r: &Reading<'_>, at: usize) -> Read {
    let raw = r.raw(at);
    let hour = raw.parse::<i8>().ok().filter(|h| (1..=12).contains(h) && raw.len() <= 2 && r.is_number(at))?;
    let minutes =
        (r.word(at + 1) == word::COLON && r.raw(at + 2).len() == 2).then(|| r.raw(at + 2).parse::<i8>().ok()).flatten();
    let end = if minutes.is_some() { at + 3 } else { at + 1 };
    if !r.word_is_to(end) || r.glued(at) && at > 0 && r.word(at - 1) != word::OPEN {
        return None;
    }
    let (to, after) = clock(r, end + 1)?;
    let Expression::Clock { hour: last, .. } = to else { return None };
    half_day(r, after.checked_sub(1)?).0.or_else(|| half_day(r, after.checked_sub(4)?).0)?;
    let afternoon = last >= 12 && hour != 12 && hour + 12 <= last.max(13) || last > 12 && hour == 12;
    let hour = if afternoon && hour != 12 { hour + 12 } else { hour };
    let from = Expression::Clock { hour, minute: minutes.unwrap_or(0), second: 0, date: None };
    Some((Expression::Span { from: Box::new(from), to: Box::new(to) }, after))
}

/// A time, or two joined by "to", "and", a dash.
fn span_of(r: &Reading<'_>, at: usize) -> Read {
    if let Some(found) = clock_span(r, at) {
        return Some(found);
    }
    let (from, end) = parted(r, at)?;
    let joined = match r.word(end) {
        word::TO | word::THROUGH | word::UNTIL => true,
        word::AND => r.before(at) == word::BETWEEN || month_only(&from),
        _ => r.dash(end),
    };
    let joined = joined && (from.anchor() == Anchor::Own || matches!(r.before(at), word::FROM | word::BETWEEN));
    if joined && !matches!(from, Expression::Clock { .. }) {
        let next = if r.word(end + 1) == word::THE { end + 2 } else { end + 1 };
        if let Some((from, to, end)) = parted(r, next).and_then(|(to, end)| Some((same_year(&from, &to)?, to, end))) {
            return Some((Expression::Span { from: Box::new(from), to: Box::new(to) }, end));
        }
        // "2019–20"
        if let (Expression::Date { year: Some(year), month: None, .. }, true) = (&from, r.dash(end) && r.glued(end + 1))
        {
            let raw = r.raw(end + 1);
            let last = raw.parse::<i16>().ok().filter(|_| raw.len() == 2 && r.is_number(end + 1));
            if let Some(to) = last.map(|l| year - year % 100 + l).filter(|t| t > year) {
                let to = Box::new(Expression::Date { year: Some(to), month: None, day: None, weekday: None });
                return Some((Expression::Span { from: Box::new(from), to }, end + 2));
            }
        }
    }
    if joined
        && matches!(from, Expression::Clock { .. })
        && let Some((to @ Expression::Clock { .. }, end)) = parted(r, end + 1)
    {
        return Some((Expression::Span { from: Box::new(from), to: Box::new(to) }, end));
    }
    Some((from, end))
}

fn month_only(e: &Expression) -> bool {
    matches!(e, Expression::Date { year: None, month: Some(_), day: None, weekday: None })
}

/// The first of two joined times, with the year that only the second names; `None` if the two are of different kinds.
fn same_year(from: &Expression, to: &Expression) -> Option<Expression> {
    match (from, to) {
        (Expression::Date { year, month, day, weekday }, Expression::Date { year: later, month: m, day: d, .. })
            if day.is_some() == d.is_some()
                && month.is_some() == m.is_some()
                && (month.is_some() || year.is_some()) =>
        {
            let year = year.or(*later);
            Some(Expression::Date { year, month: *month, day: *day, weekday: *weekday })
        }
        (Expression::Part { .. } | Expression::Date { .. }, Expression::Part { .. } | Expression::Date { .. })
        | (Expression::Decade { .. }, Expression::Decade { .. })
        | (Expression::Century { .. }, Expression::Century { .. })
        | (Expression::Clock { .. }, Expression::Clock { .. }) => {
            (!matches!((from, to), (Expression::Date { .. }, Expression::Date { .. }))).then(|| from.clone())
        }
        (Expression::Quarter { year, quarter }, Expression::Quarter { year: later, .. }) => {
            Some(Expression::Quarter { year: year.or(*later), quarter: *quarter })
        }
        (_, later) if later.anchor() == Anchor::Document || from.anchor() == Anchor::Document => Some(from.clone()),
        _ => None,
    }
}

/// "early 2024", "mid-May", "the end of 2028", "late last year", or a plain time.
fn parted(r: &Reading<'_>, at: usize) -> Read {
    let the = usize::from(r.word(at) == word::THE);
    let Some(part) = r.sense(at + the).part else { return single(r, at) };
    let mut next = at + the + 1;
    let noun = matches!(part, Part::Start | Part::End) || r.raw(at + the).eq_ignore_ascii_case("middle");
    if r.word(next) == word::OF || !noun && (r.word(next) == word::IN || r.word(next) == word::ON) || r.hyphen(next) {
        next += 1;
    } else if noun {
        return None;
    }
    let skip = usize::from(r.word(next) == word::THE);
    // "early in the day": no time that can be named
    // "the end of the year", "end of month"
    let this =
        noun.then(|| singular_grain(r, next + skip)).flatten().filter(|g| *g > Grain::Weekend && *g != Grain::Half);
    if let Some(grain) = this.filter(|_| r.word(next - 1) == word::OF && !r.hyphen(next + skip + 1)) {
        let of = Box::new(Expression::Shift { grain, by: 0, anchor: Anchor::Document });
        return Some((Expression::Part { part, of }, next + skip + 1));
    }
    let (of, end) = single(r, next).or_else(|| single(r, next + skip)).or_else(|| {
        let year = whole_year(r, next + skip)?;
        Some((Expression::Date { year: Some(year), month: None, day: None, weekday: None }, next + skip + 1))
    })?;
    let weekday =
        matches!(of, Expression::Date { year: None, month: None, .. } | Expression::Clock { .. } | Expression::Day(_));
    if weekday {
        return Some((of, end));
    }
    Some((Expression::Part { part, of: Box::new(of) }, end))
}

fn single(r: &Reading<'_>, at: usize) -> Read {
    let (expression, end) = nth(r, at)
        .or_else(|| relative(r, at))
        .or_else(|| clock(r, at))
        .or_else(|| date(r, at))
        .or_else(|| period(r, at))
        .or_else(|| bare_year(r, at))?;
    Some(with_clock(r, expression, end))
}

/// A clock time beside a date: "May 5, 2026 at 10:30 a.m.", "yesterday 5pm", "10:30 on Tuesday".
fn with_clock(r: &Reading<'_>, e: Expression, end: usize) -> (Expression, usize) {
    let mut next = end;
    if r.word(next) == word::COMMA {
        next += 1;
    }
    let clocked = matches!(e, Expression::Clock { date: None, .. });
    let joint = if clocked { word::ON } else { word::AT };
    if r.word(next) == joint || clocked && r.word(next) == word::OF {
        next += 1;
    }
    if r.lex.get(next).is_some_and(|l| l.leads) {
        return (e, end);
    }
    match (&e, clocked) {
        (Expression::Clock { hour, minute, second, .. }, true) => match date(r, next).or_else(|| day_word(r, next)) {
            Some((d, end)) => {
                (Expression::Clock { hour: *hour, minute: *minute, second: *second, date: Some(Box::new(d)) }, end)
            }
            None => (e, end),
        },
        (Expression::Date { .. } | Expression::Day(_) | Expression::Named { .. }, false) => {
            let day = !matches!(e, Expression::Date { day: None, weekday: None, .. });
            match clock(r, next).filter(|_| day) {
                Some((Expression::Clock { hour, minute, second, .. }, end)) => {
                    (Expression::Clock { hour, minute, second, date: Some(Box::new(e)) }, end)
                }
                _ => (e, end),
            }
        }
        _ => (e, end),
    }
}

fn day_word(r: &Reading<'_>, at: usize) -> Read {
    let by = r.sense(at).day?;
    Some((Expression::Day(by), at + 1))
}

/// "yesterday", "last Thursday", "this quarter", "the same month", "two weeks ago".
fn relative(r: &Reading<'_>, at: usize) -> Read {
    if let Some((day, mut end)) = day_word(r, at) {
        if r.sense(end).role.daypart {
            end += 1;
        }
        return Some((day, end));
    }
    let the = usize::from(r.word(at) == word::THE);
    let i = at + the;
    if r.word(i) == word::SAME {
        let grain = singular_grain(r, i + 1).filter(|g| *g != Grain::Half)?;
        return (the == 1).then_some((Expression::Shift { grain, by: 0, anchor: Anchor::Text }, i + 2));
    }
    if let Some(by) = r.sense(i).shift {
        let next = if matches!(r.word(i + 1), word::FISCAL | word::CALENDAR) { i + 2 } else { i + 1 };
        if let Some(grain) = singular_grain(r, next) {
            // "the past year" is a length of time; so are "this day" and "last half".
            let length = r.word(i) == word::PAST || matches!(grain, Grain::Half | Grain::Century);
            let day = grain == Grain::Day && the == 0;
            if length || day || r.hyphen(next + 1) {
                return None;
            }
            let raw = r.raw(i);
            let told = ["following", "preceding", "prior", "previous"].iter().any(|w| raw.eq_ignore_ascii_case(w));
            let anchor =
                if told || the == 1 && by == 1 || grain == Grain::Day { Anchor::Text } else { Anchor::Document };
            return Some((Expression::Shift { grain, by, anchor }, next + 1));
        }
        // "this afternoon", "last night"
        let of = r.sense(next);
        if of.role.daypart && by <= 0 && the == 0 {
            return Some((Expression::Day(by), next + 1));
        }
        let named = if let Some(day) = weekday(of.weekday.filter(|_| !of.role.ambiguous || r.capital(next))) {
            Expression::Date { year: None, month: None, day: None, weekday: Some(day) }
        } else if let Some(month) = of.month.filter(|_| r.capital(next) || !of.role.ambiguous) {
            if whole_number(r, next + 1).is_some() {
                return None;
            }
            Expression::Date { year: None, month: Some(month), day: None, weekday: None }
        } else if let Some(season) = of.season {
            Expression::Season { year: None, season }
        } else {
            return None;
        };
        let mut end = next + 1;
        if r.sense(end).role.daypart {
            end += 1;
        }
        return Some((Expression::Named { by, of: Box::new(named) }, end));
    }
    ago(r, at)
}

/// "two weeks ago", "a year earlier", "a few days before".
fn ago(r: &Reading<'_>, at: usize) -> Read {
    let (amount, next) = if matches!(r.word(at), word::A | word::AN) {
        if r.raw(at + 1).eq_ignore_ascii_case("few") { (None, at + 2) } else { (Some(1), at + 1) }
    } else {
        let (n, end) = whole_number(r, at)?;
        (Some(i32::try_from(n).ok().filter(|n| *n < 5000)?), end)
    };
    let next = if r.hyphen(next) { next + 1 } else { next };
    let grain = r.sense(next).grain.filter(|g| !matches!(g, Grain::Half | Grain::Quarter))?;
    let i = next + 1;
    let (direction, anchor, end) = match r.word(i) {
        word::AGO => (-1, Anchor::Document, i + 1),
        word::FROM if r.word(i + 1) == word::NOW => (1, Anchor::Document, i + 2),
        word::AFTER | word::BEFORE if r.word(i + 1) == word::NOW => return None,
        word::AFTER | word::BEFORE | word::FROM => {
            let direction = if r.word(i) == word::BEFORE { -1 } else { 1 };
            let day = day_word(r, i + 1).or_else(|| date(r, i + 1)).or_else(|| relative_day(r, i + 1));
            match day {
                Some((from, end)) => {
                    let anchor = from.anchor();
                    return Some((
                        Expression::Offset { amount, direction, grain, anchor, from: Some(Box::new(from)) },
                        end,
                    ));
                }
                None if r.word(i) == word::FROM => return None,
                // "lasted less than a year before stepping down" is a length.
                None if r.raw(i + 1).ends_with("ing") || r.phrase_before(&r.measures.bounds_before, at).is_some() => {
                    return None;
                }
                None => (direction, Anchor::Text, i + 1),
            }
        }
        _ => (r.sense(i).offset?, Anchor::Text, i + 1),
    };
    Some((Expression::Offset { amount, direction, grain, anchor, from: None }, end))
}

/// "last Friday", "next May": a named day or month, not a count of days.
fn relative_day(r: &Reading<'_>, at: usize) -> Read {
    r.sense(at).shift?;
    relative(r, at).filter(|(e, _)| matches!(e, Expression::Named { .. }))
}

fn singular_grain(r: &Reading<'_>, at: usize) -> Option<Grain> {
    r.sense(at).grain.filter(|_| !r.raw(at).ends_with(['s', 'S']))
}

fn weekday(n: Option<i8>) -> Option<Weekday> {
    Weekday::from_monday_one_offset(n?).ok()
}

/// Calendar dates in all their orders.
fn date(r: &Reading<'_>, at: usize) -> Read {
    numeric(r, at).or_else(|| day_first(r, at)).or_else(|| month_first(r, at)).or_else(|| weekday_first(r, at))
}

fn built(year: Option<i16>, month: i8, day: Option<i8>, weekday: Option<Weekday>) -> Option<Expression> {
    // A leap year stands in for a year that is not known.
    Date::new(year.unwrap_or(2024), month, day.unwrap_or(1)).ok()?;
    Some(Expression::Date { year, month: Some(month), day, weekday })
}

/// 2026-05-19, 5/19/2026, 19.05.2026, 2026-05.
fn numeric(r: &Reading<'_>, at: usize) -> Read {
    if !r.is_number(at) || r.glued(at) && (r.is_word(at.wrapping_sub(1)) || r.sense_or_mark_joins(at)) {
        return None;
    }
    let raw = r.raw(at);
    if raw.matches('.').count() == 2 {
        let mut parts = raw.split('.');
        let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
        let year = (y.len() == 4).then(|| y.parse().ok()).flatten().filter(|y| (1500..2100).contains(y))?;
        return Some((built(Some(year), m.parse().ok()?, Some(d.parse().ok()?), None)?, at + 1));
    }
    let joint = r.word(at + 1);
    // 2019-Aug-01
    let chained = |i: usize| r.word(i) == joint && r.glued(i) && r.glued(i + 1);
    if let (Some(year), Some(month)) = (whole_year(r, at), r.sense(at + 2).month)
        && matches!(joint, word::HYPHEN | word::SLASH)
        && chained(at + 1)
        && chained(at + 3)
    {
        let (day, end, _) = day_number(r, at + 4)?;
        return Some((built(Some(year), month, Some(day), None)?, end));
    }
    if !matches!(joint, word::HYPHEN | word::SLASH) || !r.glued(at + 1) || !r.is_number(at + 2) || !r.glued(at + 2) {
        return None;
    }
    let second = r.raw(at + 2);
    let third = r.word(at + 3) == joint && r.glued(at + 3) && r.is_number(at + 4) && r.glued(at + 4);
    if raw.len() == 4 {
        let year = raw.parse::<i16>().ok().filter(|y| (1500..2100).contains(y))?;
        let month = second.parse().ok().filter(|_| second.len() <= 2)?;
        if third {
            let day = r.raw(at + 4).parse().ok().filter(|_| r.raw(at + 4).len() <= 2)?;
            return Some((built(Some(year), month, Some(day), None)?, at + 5));
        }
        let iso = second.len() == 2 && joint == word::HYPHEN && month <= 12;
        return iso.then(|| built(Some(year), month, None, None)).flatten().map(|e| (e, at + 3));
    }
    if !third {
        return None;
    }
    let (a, b): (i8, i8) = (raw.parse().ok()?, second.parse().ok()?);
    let year = short_year(r.raw(at + 4))?;
    // American order unless it cannot be.
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    Some((built(Some(year), month, Some(day), None)?, at + 5))
}

fn short_year(raw: &str) -> Option<i16> {
    let n = raw.parse::<i16>().ok()?;
    match raw.len() {
        4 => Some(n).filter(|n| (1000..2100).contains(n)),
        2 => Some(if n < 50 { 2000 + n } else { 1900 + n }),
        _ => None,
    }
}

/// The day of a month at a token: digits, "19th", "nineteenth".
fn day_number(r: &Reading<'_>, at: usize) -> Option<(i8, usize, bool)> {
    if r.is_number(at) {
        let raw = r.raw(at);
        let day = raw.parse::<i8>().ok().filter(|d| raw.len() <= 2 && (1..=31).contains(d))?;
        let suffix = r.glued(at + 1) && matches!(r.word(at + 1), word::ST | word::ND | word::RD | word::TH);
        return Some((day, if suffix { at + 2 } else { at + 1 }, suffix));
    }
    let (n, end) = crate::mention::quantity::ordinal_number(r, at)?;
    Some((i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?, end, true))
}

/// The year behind month and day: "2026", ", 2026", "of 2026", "'26".
fn year_behind(r: &Reading<'_>, at: usize) -> Option<(i16, usize)> {
    let next = if matches!(r.word(at), word::COMMA | word::OF | word::IN) { at + 1 } else { at };
    if let Some(year) = whole_year(r, next) {
        let glued_word = r.glued(next + 1) && r.is_word(next + 1);
        return (!glued_word).then_some((year, next + 1));
    }
    let short = matches!(r.raw(next), "'" | "\u{2019}" | "\u{2018}") && r.glued(next + 1) && r.raw(next + 1).len() == 2;
    let year = short.then(|| short_year(r.raw(next + 1))).flatten()?;
    Some((year, next + 2))
}

/// Four plain digits between 1000 and 2099.
fn whole_year(r: &Reading<'_>, at: usize) -> Option<i16> {
    let raw = r.raw(at);
    let plain = r.is_number(at) && raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit());
    raw.parse::<i16>().ok().filter(|y| plain && (1000..2100).contains(y))
}

/// "19 May 2026", "the 19th of May", "5-7 May".
fn day_first(r: &Reading<'_>, at: usize) -> Read {
    let the = usize::from(r.word(at) == word::THE);
    let (day, mut end, ordinal) = day_number(r, at + the)?;
    if the == 1 && !ordinal {
        return None;
    }
    if r.glued(at) && at > 0 && r.kind(at - 1) != Some(TokenKind::Mark) {
        return None;
    }
    let mut until = None;
    if (r.dash(end) || r.word(end) == word::TO || r.word(end) == word::AND)
        && let Some((last, after, _)) = day_number(r, end + 1).filter(|(last, ..)| *last > day)
        && r.sense(after).month.is_some()
    {
        (until, end) = (Some(last), after);
    }
    let of = usize::from(r.word(end) == word::OF || r.hyphen(end));
    let i = end + of;
    let sense = r.sense(i);
    let month = sense.month?;
    if sense.role.ambiguous && !r.capital(i) && !ordinal && whole_year(r, i + 1).is_none() {
        return None;
    }
    let mut end = dotted(r, i + 1, i);
    if r.hyphen(end)
        && let Some(year) = whole_year(r, end + 1)
    {
        return Some((built(Some(year), month, Some(day), None)?, end + 2));
    }
    let year = year_behind(r, end).map(|(year, after)| {
        end = after;
        year
    });
    let from = built(year, month, Some(day), None)?;
    match until {
        Some(last) => {
            let to = Box::new(built(year, month, Some(last), None)?);
            Some((Expression::Span { from: Box::new(from), to }, end))
        }
        None => Some((from, end)),
    }
}

/// Skips the full stop of an abbreviated month, unless it ends the sentence.
fn dotted(r: &Reading<'_>, at: usize, month: usize) -> usize {
    let short = r.raw(month).len() <= 4 && r.word(at) == word::DOT && r.glued(at);
    if short && (r.is_number(at + 1) || r.word(at + 1) == word::COMMA || r.is_word(at + 1) && !r.capital(at + 1)) {
        at + 1
    } else {
        at
    }
}

/// "May 19, 2026", "May 19th", "May 2025", "May".
fn month_first(r: &Reading<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    let month = sense.month?;
    let mut end = dotted(r, at + 1, at);
    let sure = !sense.role.ambiguous;
    let the = usize::from(r.word(end) == word::THE);
    if let Some((day, after, suffix)) = day_number(r, end + the) {
        // "May 5 people", "March 10%": digits that belong to what follows.
        let counts = !suffix && r.unit(after).is_some() && !r.word_is_to(after);
        let lower = !sure && !r.capital(at) && !suffix && year_behind(r, after).is_none();
        if !counts && !lower && (the == 0 || suffix) {
            end = after;
            let mut until = None;
            if (r.dash(end) || r.word(end) == word::TO || r.word(end) == word::AND)
                && let Some((last, after, _)) =
                    day_number(r, end + 1).filter(|(l, a, _)| *l > day && r.unit(*a).is_none())
                && r.sense(after).month.is_none()
                && !(r.glued(after) && r.word(after) == word::COLON)
            {
                (until, end) = (Some(last), after);
            }
            let year = year_behind(r, end).map(|(year, after)| {
                end = after;
                year
            });
            let from = built(year, month, Some(day), None)?;
            return match until {
                Some(last) => {
                    let to = Box::new(built(year, month, Some(last), None)?);
                    Some((Expression::Span { from: Box::new(from), to }, end))
                }
                None => Some((from, end)),
            };
        }
    }
    if let Some((year, after)) =
        year_behind(r, end).filter(|_| sure || r.capital(at) || r.sense_before(at).slot.is_some())
    {
        return Some((built(Some(year), month, None, None)?, after));
    }
    // Alone: "May" needs a capital and a word of time before it, "march" in small letters is a walk.
    let before = r.sense_before(at);
    let led = before.slot.is_some()
        || before.part.is_some()
        || matches!(r.before(at), word::AND | word::OR | word::TO)
        || r.dash(at.wrapping_sub(1));
    let abbreviated = r.raw(at).len() <= 4 && !matches!(month, 5..=7);
    let named = if sure { r.capital(at) || !abbreviated } else { r.capital(at) };
    let stands = if sure { named && (!abbreviated || led) } else { named && led && !r.opens(at) };
    let paired = abbreviated && r.capital(at) && r.dash(at + 1) && r.sense(at + 2).month.is_some();
    let stands =
        stands || paired || !sure && r.capital(at) && r.word(at + 1) == word::AND && r.sense(at + 2).month.is_some();
    (stands && !(r.glued(at) && r.is_word(at.wrapping_sub(1))))
        .then(|| built(None, month, None, None))
        .flatten()
        .map(|e| (e, end.min(at + 1)))
}

/// "Tuesday", "Tuesday, May 19", "Tuesday the 19th of May", "Tuesday afternoon".
fn weekday_first(r: &Reading<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    // "every Monday" is a set of days.
    if matches!(r.before(at), word::EVERY | word::EACH) {
        return None;
    }
    let day = weekday(sense.weekday)?;
    let short = r.raw(at).len() <= 5 && sense.role.ambiguous;
    let mut next = at + 1;
    if short && r.word(next) == word::DOT && r.glued(next) {
        next += 1;
    }
    let end = next;
    if r.word(next) == word::COMMA {
        next += 1;
    }
    if r.word(next) == word::ON || r.sense(next).role.daypart && r.word(next + 1) == word::COMMA {
        next += if r.word(next) == word::ON { 1 } else { 2 };
    }
    let after = numeric(r, next).or_else(|| day_first(r, next)).or_else(|| month_first(r, next));
    if let Some((Expression::Date { year, month, day: Some(d), .. }, end)) = after {
        return Some((Expression::Date { year, month, day: Some(d), weekday: Some(day) }, end));
    }
    // "Tuesday the 19th"
    if r.word(next) == word::THE
        && let Some((d, end, true)) = day_number(r, next + 1)
    {
        return Some((Expression::Date { year: None, month: None, day: Some(d), weekday: Some(day) }, end));
    }
    if short && !(r.capital(at) && r.sense_before(at).slot.is_some()) {
        return None;
    }
    let end = if r.sense(end).role.daypart { end + 1 } else { end };
    Some((Expression::Date { year: None, month: None, day: None, weekday: Some(day) }, end))
}

fn quarter_word(raw: &str) -> bool {
    matches!(raw.as_bytes(), [b'Q' | b'q', b'1'..=b'4'] | [b'H', b'1' | b'2'])
}

/// "Q1 2026", "the third quarter of 2025", "first half", "summer 2024", "the 1990s", "the 19th century".
fn period(r: &Reading<'_>, at: usize) -> Read {
    let raw = r.raw(at);
    if quarter_word(raw) {
        let n = (raw.as_bytes()[1] - b'0') as i8;
        let (year, end) = year_of(r, at + 1);
        return Some((
            if raw.starts_with('H') {
                Expression::Half { year, half: n }
            } else {
                Expression::Quarter { year, quarter: n }
            },
            end,
        ));
    }
    let the = usize::from(r.word(at) == word::THE);
    let i = at + the;
    if let Some(season) = r.sense(i).season {
        let (year, end) = year_of(r, i + 1);
        let led = r.sense_before(at).slot == Some(Slot::At) || the == 1 && r.word(i + 1) == word::OF;
        let sure = !r.sense(i).role.ambiguous && !raw.eq_ignore_ascii_case("fall");
        return (year.is_some() || led && sure).then_some((Expression::Season { year, season }, end));
    }
    if let Some(found) = decade(r, i) {
        return Some(found);
    }
    let (n, end) = crate::mention::quantity::ordinal_number(r, i)?;
    let next = if r.hyphen(end) { end + 1 } else { end };
    if r.word(next) == word::CENTURY {
        return Some((
            Expression::Century { number: i8::try_from(n).ok().filter(|n| (1..=21).contains(n))? },
            next + 1,
        ));
    }
    let fiscal = usize::from(matches!(r.word(next), word::FISCAL | word::CALENDAR));
    let quarter = r.word(next + fiscal) == word::QUARTER && (1..=4).contains(&n);
    let half = r.word(next + fiscal) == word::HALF && (1..=2).contains(&n);
    if !quarter && !half {
        return None;
    }
    let (year, end) = year_of(r, next + fiscal + 1);
    let n = i8::try_from(n).ok()?;
    if half && year.is_none() {
        return None;
    }
    Some((if quarter { Expression::Quarter { year, quarter: n } } else { Expression::Half { year, half: n } }, end))
}

/// The year behind a period: "2026", "of 2026", "of fiscal 2026", "FY2026".
fn year_of(r: &Reading<'_>, at: usize) -> (Option<i16>, usize) {
    let mut next = at;
    while matches!(r.word(next), word::OF | word::FISCAL | word::CALENDAR | word::THE | word::YEAR) && next < at + 4 {
        next += 1;
    }
    match year_behind(r, next).filter(|_| r.word(next) != word::OF) {
        Some((year, end)) => (Some(year), end),
        None => (None, at),
    }
}

/// "1990s", "'90s", "nineties".
fn decade(r: &Reading<'_>, at: usize) -> Read {
    if let Some(start) = r.sense(at).decade {
        let the = r.before(at) == word::THE || r.sense_before(at).part.is_some() || r.hyphen(at.wrapping_sub(1));
        return the.then_some((Expression::Decade { start: 1900 + start }, at + 1));
    }
    let short = matches!(r.raw(at), "'" | "\u{2019}" | "\u{2018}");
    let i = at + usize::from(short);
    let raw = r.raw(i);
    let plural = r.is_number(i)
        && raw.ends_with('0')
        && r.glued(i + 1)
        && (r.word(i + 1) == word::S || r.kind(i + 1) == Some(TokenKind::Possessive));
    if !plural || short && !r.glued(i) {
        return None;
    }
    let n = raw.parse::<i16>().ok()?;
    let start = match raw.len() {
        4 if (1000..2100).contains(&n) => n,
        2 if short => 1900 + n,
        _ => return None,
    };
    Some((Expression::Decade { start }, i + 2))
}

/// A year that stands for itself: in a slot of time, or plausible and counting nothing.
fn bare_year(r: &Reading<'_>, at: usize) -> Read {
    let year = whole_year(r, at).filter(|y| *y >= 1500)?;
    let prev = at.wrapping_sub(1);
    let before = r.sense_before(at);
    // "2017 Q1", "2017-Q1"
    let behind = if r.dash(at + 1) { at + 2 } else { at + 1 };
    if let [kind @ (b'Q' | b'q' | b'H'), n @ b'1'..=b'4'] = r.raw(behind).as_bytes() {
        let (n, half) = ((n - b'0') as i8, *kind == b'H');
        let year = Some(year);
        if !half {
            return Some((Expression::Quarter { year, quarter: n }, behind + 1));
        } else if n <= 2 {
            return Some((Expression::Half { year, half: n }, behind + 1));
        }
    }
    if r.glued(at) && at > 0 {
        let mark = r.word(prev);
        let opened = matches!(mark, word::OPEN | word::BRACKET) || matches!(r.raw(prev), "“" | "\"" | "‘" | "'" | "—");
        let hyphenated = r.dash(prev) && (before_hyphen_slot(r, prev) || r.raw(prev) == "–");
        if !opened && !hyphenated {
            return None;
        }
    }
    if r.glued(at + 1) && (r.is_word(at + 1) || matches!(r.raw(at + 1), "$" | "€" | "£" | "/" | ":" | "_" | "@")) {
        return None;
    }
    if r.money(prev).is_some_and(|(a, e)| a.before && e == at) || before.role.label || before.cardinal.is_some() {
        return None;
    }
    let next = if r.hyphen(at + 1) { at + 2 } else { at + 1 };
    let measured = r.unit(next).is_some_and(|(a, _)| a.guard == crate::rule::measure::Guard::Free)
        || r.money(next).is_some_and(|(a, _)| a.after)
        || r.sense(next).scale.is_some();
    if measured && r.word(next) != word::IN {
        return None;
    }
    let hedged = r.phrase_before(&r.measures.bounds_before, at).is_some();
    let modern = (1900..2040).contains(&year);
    let slot = before.slot.is_some();
    let determined =
        matches!(r.before(at), word::THE | word::ITS | word::THIS) || r.kind(prev) == Some(TokenKind::Possessive);
    let noun = crate::mention::quantity::counts_noun(r, at + 1);
    let stands = if hedged && (!slot || noun) {
        false
    } else if slot {
        !noun || modern && (year >= 1990) && !r.raw(prev).eq_ignore_ascii_case("of")
    } else {
        modern && (!noun || determined)
    };
    stands.then_some((Expression::Date { year: Some(year), month: None, day: None, weekday: None }, at + 1))
}

fn before_hyphen_slot(r: &Reading<'_>, hyphen: usize) -> bool {
    let i = hyphen.wrapping_sub(1);
    r.sense(i).part.is_some()
        || ["pre", "post"].iter().any(|p| r.raw(i).eq_ignore_ascii_case(p))
        || whole_year(r, i).is_some()
}

/// "10:30", "5pm", "5 p.m.", "10:30:15 am ET", "noon".
fn clock(r: &Reading<'_>, at: usize) -> Read {
    let plain = |hour, minute, second| Expression::Clock { hour, minute, second, date: None };
    match r.word(at) {
        word::NOON if r.before(at) == word::AT || r.before(at) == word::BY => return Some((plain(12, 0, 0), at + 1)),
        word::MIDNIGHT => return Some((plain(0, 0, 0), at + 1)),
        _ => {}
    }
    if !r.is_number(at) || r.glued(at) && at > 0 && r.kind(at - 1) != Some(TokenKind::Mark) {
        return None;
    }
    let raw = r.raw(at);
    let (head, tail) = raw.split_once('.').unwrap_or((raw, ""));
    let hour = head.parse::<i8>().ok().filter(|h| head.len() <= 2 && (0..=24).contains(h))?;
    let (mut minute, mut second, mut end) = (0, 0, at + 1);
    let colon = |i: usize| {
        r.word(i) == word::COLON && r.glued(i) && r.is_number(i + 1) && r.glued(i + 1) && r.raw(i + 1).len() >= 2
    };
    let mut colons = false;
    if tail.is_empty() && colon(end) {
        if r.raw(end + 1).len() > 2 {
            return None;
        }
        minute = r.raw(end + 1).parse::<i8>().ok().filter(|m| *m < 60)?;
        end += 2;
        colons = true;
        if colon(end) {
            let seconds = r.raw(end + 1).split('.').next().unwrap_or_default();
            second = seconds.parse::<i8>().ok().filter(|s| *s < 60)?;
            end += 2;
        }
    } else if tail.len() == 2 {
        minute = tail.parse::<i8>().ok().filter(|m| *m < 60)?;
    } else if !tail.is_empty() {
        return None;
    }
    let (half, after) = half_day(r, end);
    let oclock = r.word(end) == word::O_CLOCK;
    if half.is_none() && !colons && !oclock {
        return None;
    }
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ if hour == 24 => return None,
        _ => hour,
    };
    let mut end = if oclock { end + 1 } else { after };
    if r.sense(end).role.zone && r.raw(end).bytes().all(|b| b.is_ascii_uppercase()) {
        end += 1;
    }
    Some((plain(hour, minute, second), end))
}

/// "am", "pm", "a.m.", "p.m." at a token: whether it is the second half of the day, and the next token.
fn half_day(r: &Reading<'_>, at: usize) -> (Option<bool>, usize) {
    match r.word(at) {
        word::AM => (Some(false), at + 1),
        word::PM => (Some(true), at + 1),
        letter @ (word::A | word::P) if r.word(at + 1) == word::DOT && r.word(at + 2) == word::M && r.glued(at + 2) => {
            let end = if r.word(at + 3) == word::DOT && r.glued(at + 3) { at + 4 } else { at + 3 };
            (Some(letter == word::P), end)
        }
        _ => (None, at),
    }
}
