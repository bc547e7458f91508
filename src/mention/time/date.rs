//! Calendar dates in all their orders, and years that stand alone.

use jiff::civil::{Date, Weekday};

use super::Expression;
use super::grammar::Read;
use crate::mention::quantity::{counts_noun, ordinal_number};
use crate::rule::measure::{Guard, Reading, word};
use crate::text::TokenKind;

pub(super) fn weekday(n: Option<i8>) -> Option<Weekday> {
    Weekday::from_monday_one_offset(n?).ok()
}

/// Calendar dates in all their orders.
pub(super) fn date(r: &Reading<'_>, at: usize) -> Read {
    numeric(r, at).or_else(|| day_first(r, at)).or_else(|| month_first(r, at)).or_else(|| weekday_first(r, at))
}

pub(super) fn built(year: Option<i16>, month: i8, day: Option<i8>, weekday: Option<Weekday>) -> Option<Expression> {
    // A leap year stands in for a year that is not known.
    Date::new(year.unwrap_or(2024), month, day.unwrap_or(1)).ok()?;
    Some(Expression::Date { year, month: Some(month), day, weekday })
}

/// 2026-05-19, 5/19/2026, 19.05.2026, 2026-05.
pub(super) fn numeric(r: &Reading<'_>, at: usize) -> Read {
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
        // "on 5/12": without a year only where a day has to follow.
        let led = r.before(at) == word::ON && joint == word::SLASH && !r.glued(at + 3);
        let (month, day) = led.then(|| Some((raw.parse().ok()?, second.parse().ok()?))).flatten()?;
        return Some((built(None, month, Some(day), None)?, at + 3));
    }
    let (a, b): (i8, i8) = (raw.parse().ok()?, second.parse().ok()?);
    let year = short_year(r.raw(at + 4))?;
    // American order unless it cannot be.
    let (month, day) = if a > 12 { (b, a) } else { (a, b) };
    Some((built(Some(year), month, Some(day), None)?, at + 5))
}

pub(super) fn short_year(raw: &str) -> Option<i16> {
    let n = raw.parse::<i16>().ok()?;
    match raw.len() {
        4 => Some(n).filter(|n| (1000..2100).contains(n)),
        2 => Some(if n < 50 { 2000 + n } else { 1900 + n }),
        _ => None,
    }
}

/// The day of a month at a token: digits, "19th", "nineteenth".
pub(super) fn day_number(r: &Reading<'_>, at: usize) -> Option<(i8, usize, bool)> {
    if r.is_number(at) {
        let raw = r.raw(at);
        let day = raw.parse::<i8>().ok().filter(|d| raw.len() <= 2 && (1..=31).contains(d))?;
        let suffix = r.glued(at + 1) && matches!(r.word(at + 1), word::ST | word::ND | word::RD | word::TH);
        return Some((day, if suffix { at + 2 } else { at + 1 }, suffix));
    }
    let (n, end) = ordinal_number(r, at)?;
    Some((i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?, end, true))
}

/// The year behind month and day: "2026", ", 2026", "of 2026", "'26".
pub(super) fn year_behind(r: &Reading<'_>, at: usize) -> Option<(i16, usize)> {
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
pub(super) fn whole_year(r: &Reading<'_>, at: usize) -> Option<i16> {
    let raw = r.raw(at);
    let plain = r.is_number(at) && raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit());
    raw.parse::<i16>().ok().filter(|y| plain && (1000..2100).contains(y))
}

/// "19 May 2026", "the 19th of May", "5-7 May".
pub(super) fn day_first(r: &Reading<'_>, at: usize) -> Read {
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
pub(super) fn dotted(r: &Reading<'_>, at: usize, month: usize) -> usize {
    let short = r.raw(month).len() <= 4 && r.word(at) == word::DOT && r.glued(at);
    if short && (r.is_number(at + 1) || r.word(at + 1) == word::COMMA || r.is_word(at + 1) && !r.capital(at + 1)) {
        at + 1
    } else {
        at
    }
}

/// "May 19, 2026", "May 19th", "May 2025", "May".
pub(super) fn month_first(r: &Reading<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    let month = sense.month?;
    let mut end = dotted(r, at + 1, at);
    if r.word(end) == word::SLASH && r.glued(end) && r.glued(end + 1) {
        end += 1; // "Oct/2"
    }
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
pub(super) fn weekday_first(r: &Reading<'_>, at: usize) -> Read {
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
    let the = usize::from(r.word(next) == word::THE);
    if let Some((d, end, true)) = day_number(r, next + the) {
        return Some((Expression::Date { year: None, month: None, day: Some(d), weekday: Some(day) }, end));
    }
    if short && !(r.capital(at) && r.sense_before(at).slot.is_some()) {
        return None;
    }
    let end = if r.sense(end).role.daypart { end + 1 } else { end };
    Some((Expression::Date { year: None, month: None, day: None, weekday: Some(day) }, end))
}

/// A year that stands for itself: in a slot of time, or plausible and counting nothing.
pub(super) fn bare_year(r: &Reading<'_>, at: usize) -> Read {
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
    let measured = r.unit(next).is_some_and(|(a, _)| a.guard == Guard::Free)
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
    let noun = counts_noun(r, at + 1);
    let stands = if hedged && (!slot || noun) {
        false
    } else if slot {
        !noun || modern && (year >= 1990) && !r.raw(prev).eq_ignore_ascii_case("of")
    } else {
        modern && (!noun || determined)
    };
    stands.then_some((Expression::Date { year: Some(year), month: None, day: None, weekday: None }, at + 1))
}

pub(super) fn before_hyphen_slot(r: &Reading<'_>, hyphen: usize) -> bool {
    let i = hyphen.wrapping_sub(1);
    r.sense(i).part.is_some()
        || ["pre", "post"].iter().any(|p| r.raw(i).eq_ignore_ascii_case(p))
        || whole_year(r, i).is_some()
}
