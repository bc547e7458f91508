//! Calendar dates stated with the name of a month or a weekday, in all their orders.

use jiff::civil::{Date, Weekday};

use super::Expression;
use super::clock::stands_free;
use super::grammar::Read;
use super::numeric::numeric;
use super::year::{spelled_year, two_digits, whole_year, year_behind, year_behind_day};
use crate::mention::quantity::ordinal_number;
use crate::rule::measure::{Guard, LexedText, Slot, word};
use crate::text::TokenKind;

pub(super) fn weekday(n: Option<i8>) -> Option<Weekday> {
    Weekday::from_monday_one_offset(n?).ok()
}

/// Calendar dates in all their orders.
pub(super) fn date(r: &LexedText<'_>, at: usize) -> Read {
    numeric(r, at)
        .or_else(|| day_first(r, at))
        .or_else(|| month_first(r, at))
        .or_else(|| weekday_first(r, at))
        .or_else(|| lone_day(r, at))
        .map(|(e, end)| weekday_behind(r, &e, end).unwrap_or((e, end)))
}

/// "18 July, Fri", "May 22 (Tuesday)": the weekday behind a day.
fn weekday_behind(r: &LexedText<'_>, e: &Expression, end: usize) -> Read {
    let Expression::Date { year, month: month @ Some(_), day: day @ Some(_), weekday: None } = *e else { return None };
    let opened = r.word(end) == word::OPEN;
    if !opened && r.word(end) != word::COMMA {
        return None;
    }
    let named = weekday(r.sense(end + 1).weekday.filter(|_| r.capital(end + 1)))?;
    let closed = if opened { r.word(end + 2) == word::CLOSE } else { stands_free(r, end + 2) };
    let end = end + 2 + usize::from(opened);
    closed.then_some((Expression::Date { year, month, day, weekday: Some(named) }, end))
}

/// "the 18th" behind "on", "by", "the week of": the day of a month that the words leave open.
fn lone_day(r: &LexedText<'_>, at: usize) -> Read {
    let before = r.sense_before(at);
    let week = r.before(at) == word::OF && at > 1 && r.word(at - 2) == word::WEEK;
    if r.before(at) != word::ON && !week && !before.slot.is_some_and(|s| s != Slot::At) {
        return None;
    }
    let (day, end, ordinal) = day_number(r, at + usize::from(r.word(at) == word::THE))?;
    // "on the 5th floor", "on the 1st and 2nd pages", "by the 3rd of them" count something else; in words, nearly
    // everything does.
    let open = matches!(r.word(end), word::OF | word::IN | word::AND | word::OR | word::TO);
    let closed = stands_free(r, end) || r.sense(end).role.stop && !open || r.dash(end) && !r.glued(end);
    let stated = if r.is_number(end - 1) || r.word(end - 1) == word::TH || end > at + 1 && r.glued(end - 1) {
        ordinal && closed
    } else {
        ordinal && alone(r, at, end)
    };
    stated.then_some((Expression::Date { year: None, month: None, day: Some(day), weekday: None }, end))
}

/// A date, if the calendar has it.
pub(super) fn built(year: Option<i16>, month: i8, day: Option<i8>) -> Option<Expression> {
    // A leap year stands in for a year that is not known.
    Date::new(year.unwrap_or(2024), month, day.unwrap_or(1)).ok()?;
    Some(Expression::Date { year, month: Some(month), day, weekday: None })
}

/// Whether a unit stands at a token behind a number: "12 km", but not "June 12 in Lowmere", where "in" does not adjoin it.
fn measured(r: &LexedText<'_>, at: usize) -> bool {
    r.unit(at).is_some_and(|(alias, _)| alias.guard != Guard::Tight || r.glued(at))
}

/// The day of a month at a token: digits, "19th", "nineteenth".
pub(super) fn day_number(r: &LexedText<'_>, at: usize) -> Option<(i8, usize, bool)> {
    if r.is_number(at) {
        let raw = r.raw(at);
        let day = raw.parse::<i8>().ok().filter(|d| raw.len() <= 2 && (1..=31).contains(d))?;
        let suffix = r.glued(at + 1) && matches!(r.word(at + 1), word::ST | word::ND | word::RD | word::TH);
        return Some((day, if suffix { at + 2 } else { at + 1 }, suffix));
    }
    let (n, end) = ordinal_number(r, at)?;
    Some((i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?, end, true))
}

/// "19 May 2026", "the 19th of May", "5-7 May".
pub(super) fn day_first(r: &LexedText<'_>, at: usize) -> Read {
    let the = usize::from(r.word(at) == word::THE);
    let (day, mut end, ordinal) = day_number(r, at + the).or_else(|| day_in_words(r, at))?;
    // "16. Nov. 2016"
    if !ordinal && r.word(end) == word::DOT && r.glued(end) && r.sense(end + 1).month.is_some() && r.capital(end + 1) {
        end += 1;
    }
    if r.glued(at) && at > 0 && r.kind(at - 1) != Some(TokenKind::Mark) {
        return None;
    }
    let mut until = None;
    let the_last = end + 1 + usize::from(r.word(end + 1) == word::THE);
    if (r.dash(end) || matches!(r.word(end), word::TO | word::AND | word::TILL | word::UNTIL | word::THROUGH))
        && let Some((last, after, _)) = day_number(r, the_last).filter(|(last, ..)| *last > day)
        && (r.sense(after).month.is_some() || r.word(after) == word::OF && r.sense(after + 1).month.is_some())
    {
        (until, end) = (Some(last), after);
    }
    if the == 1 && !ordinal && until.is_none() {
        return None;
    }
    let slash = r.word(end) == word::SLASH && r.glued(end) && r.glued(end + 1);
    let of = usize::from(r.word(end) == word::OF || r.hyphen(end) || slash);
    let i = end + of;
    let sense = r.sense(i);
    let month = sense.month?;
    if sense.role.ambiguous && !r.capital(i) && !ordinal && whole_year(r, i + 1).is_none() {
        return None;
    }
    let mut end = dotted(r, i + 1, i);
    if (r.hyphen(end) || slash && r.word(end) == word::SLASH)
        && let Some(year) = whole_year(r, end + 1)
    {
        return Some((built(Some(year), month, Some(day))?, end + 2));
    }
    let year = year_behind_day(r, end).map(|(year, after)| {
        end = after;
        year
    });
    let from = built(year, month, Some(day))?;
    match until {
        Some(last) => {
            let to = Box::new(built(year, month, Some(last))?);
            Some((Expression::Span { from: Box::new(from), to }, end))
        }
        None => Some((from, end)),
    }
}

/// Skips the full stop of an abbreviated month, unless it ends the sentence.
pub(super) fn dotted(r: &LexedText<'_>, at: usize, month: usize) -> usize {
    let short = r.raw(month).len() <= 4 && r.word(at) == word::DOT && r.glued(at);
    if short && (r.is_number(at + 1) || r.word(at + 1) == word::COMMA || r.is_word(at + 1) && !r.capital(at + 1)) {
        at + 1
    } else {
        at
    }
}

/// "fifteen" in "fifteen August 1993": a number of things unless a year stands behind the month.
fn day_in_words(r: &LexedText<'_>, at: usize) -> Option<(i8, usize, bool)> {
    let (day, end) = two_digits(r, at).filter(|(n, end)| (1..=31).contains(n) && r.sense(*end).month.is_some())?;
    year_behind(r, end + 1)?;
    Some((i8::try_from(day).ok()?, end, false))
}

/// "Dec31": the name of a month and a day in one token.
fn glued_day(r: &LexedText<'_>, at: usize) -> Option<(i8, i8)> {
    let raw = r.raw(at);
    let letters = raw.trim_end_matches(|c: char| c.is_ascii_digit());
    if !(3..=4).contains(&letters.len()) || !(1..=2).contains(&(raw.len() - letters.len())) || !raw.is_ascii() {
        return None;
    }
    let month = r.measures.sense(r.measures.id(&letters.to_ascii_lowercase())).month?;
    let day = raw[letters.len()..].parse().ok().filter(|d| (1..=31).contains(d))?;
    Some((month, day))
}

/// "May twenty-nine": a day in words that no suffix marks, where nothing follows that it could count.
fn spelled_day(r: &LexedText<'_>, at: usize) -> Option<(i8, usize, bool)> {
    let (day, end) = two_digits(r, at).filter(|(n, _)| (1..=31).contains(n))?;
    let free = stands_free(r, end) || spelled_year(r, end).is_some();
    free.then_some((i8::try_from(day).ok()?, end, true))
}

/// Whether the tokens from one to another are the whole text but for the words that lead to a time and the marks
/// behind it.
pub(super) fn alone(r: &LexedText<'_>, first: usize, end: usize) -> bool {
    first <= 3
        && (0..first).all(|i| r.sense(i).slot.is_some() || r.word(i) == word::THE)
        && end + 2 >= r.len()
        && (end..r.len()).all(|i| !r.is_word(i) && !r.is_number(i))
}

/// "May 19, 2026", "May 19th", "May 2025", "May".
pub(super) fn month_first(r: &LexedText<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    if sense.month.is_none()
        && let Some((month, day)) = glued_day(r, at)
    {
        let (year, end) = year_behind(r, at + 1).map_or((None, at + 1), |(year, end)| (Some(year), end));
        return Some((built(year, month, Some(day))?, end));
    }
    let month = sense.month?;
    let mut end = dotted(r, at + 1, at);
    if r.word(end) == word::SLASH && r.glued(end) && r.glued(end + 1) {
        end += 1; // "Oct/2"
    }
    let sure = !sense.role.ambiguous;
    let the = usize::from(r.word(end) == word::THE);
    if let Some(year) =
        whole_year(r, end + 1).filter(|_| (r.hyphen(end) || r.word(end - 1) == word::SLASH) && (sure || r.capital(at)))
    {
        return Some((built(Some(year), month, None)?, end + 2)); // "Sep-2012"
    }
    // "October, 1st"
    let comma = usize::from(r.word(end) == word::COMMA && day_number(r, end + 1).is_some_and(|(_, _, suffix)| suffix));
    if let Some((day, after, suffix)) = day_number(r, end + the + comma).or_else(|| spelled_day(r, end)) {
        // "May 5 people", "March 10%": digits that belong to what follows.
        let counts = !suffix && measured(r, after) && !r.word_is_to(after);
        let lower = !sure && !r.capital(at) && !suffix && year_behind(r, after).is_none() && !alone(r, at, after);
        if !counts && !lower && (the == 0 || suffix) {
            end = after;
            let mut until = None;
            if (r.dash(end) || r.word(end) == word::TO || r.word(end) == word::AND)
                && let Some((last, after, _)) = day_number(r, end + 1).filter(|(l, a, _)| *l > day && !measured(r, *a))
                && r.sense(after).month.is_none()
                && !(r.glued(after) && r.word(after) == word::COLON)
            {
                (until, end) = (Some(last), after);
            }
            let year = year_behind_day(r, end).map(|(year, after)| {
                end = after;
                year
            });
            let from = built(year, month, Some(day))?;
            return match until {
                Some(last) => {
                    let to = Box::new(built(year, month, Some(last))?);
                    Some((Expression::Span { from: Box::new(from), to }, end))
                }
                None => Some((from, end)),
            };
        }
    }
    if let Some((year, after)) =
        year_behind(r, end).filter(|_| sure || r.capital(at) || r.sense_before(at).slot.is_some())
    {
        return Some((built(Some(year), month, None)?, after));
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
    let stands = stands
        || alone(r, at, end) && (!sure || !abbreviated) && led
        || paired
        || !sure && r.capital(at) && r.word(at + 1) == word::AND && r.sense(at + 2).month.is_some();
    (stands && !(r.glued(at) && r.is_word(at.wrapping_sub(1))))
        .then(|| built(None, month, None))
        .flatten()
        .map(|e| (e, end.min(at + 1)))
}

/// "Tuesday", "Tuesday, May 19", "Tuesday the 19th of May", "Tuesday afternoon".
pub(super) fn weekday_first(r: &LexedText<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    let day = weekday(sense.weekday)?;
    let short = r.raw(at).len() <= 5 && sense.role.ambiguous;
    let mut next = at + 1;
    if r.raw(at).len() <= 5 && r.word(next) == word::DOT && r.glued(next) {
        next += 1;
    }
    let end = next;
    if r.word(next) == word::COMMA {
        next += 1;
    }
    if r.word(next) == word::ON || r.sense(next).daypart.is_some() && r.word(next + 1) == word::COMMA {
        next += if r.word(next) == word::ON { 1 } else { 2 };
    }
    // "he sat on the 4th bench"
    if short && !r.capital(at) && r.word(next - 1) == word::ON {
        return None;
    }
    let after = numeric(r, next).or_else(|| day_first(r, next)).or_else(|| month_first(r, next));
    if let Some((Expression::Date { year, month, day: Some(d), .. }, end)) = after {
        return Some((Expression::Date { year, month, day: Some(d), weekday: Some(day) }, end));
    }
    // "Tuesday the 19th"
    let the = usize::from(r.word(next) == word::THE);
    let day_behind =
        day_number(r, next + the).filter(|(_, end, suffix)| *suffix || next == at + 1 && stands_free(r, *end));
    if let Some((d, end, _)) = day_behind {
        return Some((Expression::Date { year: None, month: None, day: Some(d), weekday: Some(day) }, end));
    }
    // "Thu at 8"
    let timed = r.capital(at) && r.word(end) == word::AT && r.is_number(end + 1);
    let sure = r.capital(at) && r.sense_before(at).slot.is_some() || timed || alone(r, at, end);
    if short && !sure {
        return None;
    }
    Some((Expression::weekday(day), end))
}
