//! Times of day, alone, in pairs and beside a date.

use super::Expression;
use super::date::date;
use super::grammar::Read;
use super::relative::day_word;
use crate::rule::measure::{Reading, word};
use crate::text::TokenKind;

/// "5-6 pm", "from 3:30 to 6 p.m.", "9 to 11 am": the half of the day is said once.
pub(super) fn clock_span(r: &Reading<'_>, at: usize) -> Read {
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

/// A clock time beside a date: "May 5, 2026 at 10:30 a.m.", "yesterday 5pm", "10:30 on Tuesday".
pub(super) fn with_clock(r: &Reading<'_>, e: Expression, end: usize) -> (Expression, usize) {
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

/// "10:30", "5pm", "5 p.m.", "10:30:15 am ET", "noon".
pub(super) fn clock(r: &Reading<'_>, at: usize) -> Read {
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
pub(super) fn half_day(r: &Reading<'_>, at: usize) -> (Option<bool>, usize) {
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
