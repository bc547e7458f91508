//! Times that are counted from another: yesterday, last Thursday, two weeks ago, the first Monday of October.

use super::date::{date, day_first, month_first, weekday};
use super::grammar::{Read, period};
use super::holiday::holiday;
use super::numeric::numeric;
use super::year::year_alone;
use super::{Anchor, Expression};
use crate::mention::quantity::{ordinal_number, whole_number};
use crate::rule::measure::{Grain, LexedText, word};
use jiff::civil::Weekday;

/// "the first Monday of October", "the last week of 2016", "Friday of next week".
pub(super) fn nth(r: &LexedText<'_>, at: usize) -> Read {
    let the = usize::from(r.word(at) == word::THE);
    let i = at + the;
    let (place, next) = if r.word(i) == word::LAST {
        (-1, i + 1)
    } else if r.sense(i).weekday.is_some() {
        (1, i)
    } else {
        let plain = || whole_number(r, i).filter(|_| r.word(i + 1) == word::OF && r.is_number(i));
        let (n, end) = ordinal_number(r, i).or_else(plain)?;
        let n = i32::try_from(n).ok().filter(|n| (1..=60).contains(n))?;
        if r.word(end) == word::LAST { (-n, end + 1) } else { (n, end) }
    };
    let day = weekday(r.sense(next).weekday);
    let plain = next == i; // "Friday of next week": only weeks hold one Friday
    if day.is_none() && !plain {
        // "the 20th of next month", "the 21st this month"
        let of = next + usize::from(r.word(next) == word::OF);
        if let Some((of @ Expression::Shift { grain: Grain::Month, .. }, end)) = relative(r, of).filter(|_| place > 0) {
            return Some((Expression::Nth { place, grain: Grain::Day, weekday: None, of: Box::new(of) }, end));
        }
    }
    // "the first Monday evening of next month"
    if let (Some(_), Some(part), word::OF) = (day, r.sense(next + 1).daypart, r.word(next + 2)) {
        let (of, end) = relative(r, next + 3).or_else(|| date(r, next + 3))?;
        let date = Box::new(Expression::Nth { place, grain: Grain::Day, weekday: day, of: Box::new(of) });
        return Some((Expression::Daypart { part, portion: None, date: Some(date) }, end));
    }
    let grain = match day {
        Some(_) => Grain::Day,
        None => {
            singular_grain(r, next).filter(|g| matches!(g, Grain::Day | Grain::Week | Grain::Weekend | Grain::Month))?
        }
    };
    let mut of = next + 1;
    if day.is_some() && plain && r.word(of) == word::COMMA {
        of += 1;
    }
    let joint = matches!(r.word(of), word::OF | word::IN) || r.word(of) == word::FROM && plain;
    // "Friday next week"
    let week = || plain && r.sense(of).shift.is_some() && r.sense(of + 1).grain == Some(Grain::Week);
    if !joint && !week() {
        return None;
    }
    of += usize::from(joint);
    // "The third Thursday of every month".
    if let (true, Some(weekday), word::EVERY | word::EACH) = (joint, day, r.word(of)) {
        let grain = singular_grain(r, of + 1).filter(|g| matches!(g, Grain::Month | Grain::Quarter | Grain::Year))?;
        return Some((
            Expression::Repeat { count: 1, grain, of: Some(Box::new(Expression::weekday(weekday))) },
            of + 2,
        ));
    }
    let this = || {
        let the = usize::from(r.word(of) == word::THE);
        let grain = singular_grain(r, of + the).filter(|g| *g > Grain::Weekend && the == 1)?;
        Some((Expression::Shift { grain, by: 0, anchor: Anchor::Text }, of + 2))
    };
    let (of, end) = relative(r, of)
        .or_else(|| date(r, of))
        .or_else(|| period(r, of))
        .or_else(this)
        .or_else(|| year_alone(r, of))?;
    let holds = match &of {
        Expression::Shift { grain: Grain::Week, .. } => day.is_some(),
        Expression::Shift { grain, .. } => !plain && *grain > Grain::Weekend,
        Expression::Date { day: None, weekday: None, .. } | Expression::Quarter { .. } => !plain,
        _ => false,
    };
    holds.then(|| (Expression::Nth { place, grain, weekday: day, of: Box::new(of) }, end))
}

/// "the first ten days of last year", "the last three weeks of May".
pub(super) fn ends_of(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + usize::from(r.word(at) == word::THE);
    let last = r.word(i) == word::LAST;
    if !last && r.word(i) != word::FIRST {
        return None;
    }
    let (n, end) = whole_number(r, i + 1).filter(|(n, _)| (2..=60).contains(n))?;
    let n = i32::try_from(n).ok()?;
    let grain = r.sense(end).grain.filter(|g| matches!(g, Grain::Day | Grain::Week | Grain::Month))?;
    let (of, after) = whole(r, end + 1)?;
    let nth = |place| Box::new(Expression::Nth { place, grain, weekday: None, of: Box::new(of.clone()) });
    let (from, to) = if last { (-n, -1) } else { (1, n) };
    Some((Expression::Span { from: nth(from), to: nth(to) }, after))
}

/// "of last year", "in May 2024", "of 2019": the month, quarter or year that something is a part of.
fn whole(r: &LexedText<'_>, at: usize) -> Read {
    if !matches!(r.word(at), word::OF | word::IN) {
        return None;
    }
    let at = at + 1;
    let (of, end) = relative(r, at).or_else(|| date(r, at)).or_else(|| period(r, at)).or_else(|| year_alone(r, at))?;
    let holds = match &of {
        Expression::Shift { grain, .. } => *grain > Grain::Weekend,
        Expression::Date { day: None, weekday: None, .. } | Expression::Quarter { .. } | Expression::Half { .. } => {
            true
        }
        _ => false,
    };
    holds.then_some((of, end))
}

/// "the closest Monday to 5 October", "the second nearest Easter to today".
pub(super) fn closest(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + usize::from(r.word(at) == word::THE);
    let near = |i: usize| matches!(r.word(i), word::CLOSEST | word::NEAREST);
    let (place, next) = if near(i) {
        (1, i + 1)
    } else {
        let (n, end) = r.sense(i).ordinal.and_then(|_| ordinal_number(r, i)).filter(|(_, end)| near(*end))?;
        (usize::try_from(n).ok().filter(|n| (1..=50).contains(n))?, end + 1)
    };
    let (of, end) = match weekday(r.sense(next).weekday) {
        Some(day) => (Expression::weekday(day), next + 1),
        None => holiday(r, next).filter(|(e, _)| matches!(e, Expression::Holiday { year: None, of: None, .. }))?,
    };
    let to = end + 1;
    let (to, end) =
        day_word(r, to).or_else(|| holiday(r, to)).or_else(|| date(r, to)).filter(|_| r.word(end) == word::TO)?;
    to.is_day().then(|| (Expression::Closest { place, of: Box::new(of), to: Box::new(to) }, end))
}

/// "Friday after next", "the March before last".
fn after_next(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + usize::from(r.word(at) == word::THE);
    let sense = r.sense(i);
    let two = match (r.word(i + 1), r.word(i + 2)) {
        (word::AFTER, word::NEXT) => 2,
        (word::BEFORE, word::LAST) => -2,
        _ => return None,
    };
    if r.is_word(i + 3) && !r.sense(i + 3).role.stop {
        return None;
    }
    // "the night before last"
    if let Some(part) = sense.daypart.filter(|_| two < 0) {
        let date = Some(Box::new(Expression::Day(two)));
        return Some((Expression::Daypart { part, portion: None, date }, i + 3));
    }
    if let Some(day) = weekday(sense.weekday) {
        return Some((Expression::Weekdays { count: two, day }, i + 3));
    }
    let month = sense.month.filter(|_| two > 0 && (!sense.role.ambiguous || r.capital(i)))?;
    let of = Expression::month(month);
    Some((Expression::Named { by: two, of: Box::new(of) }, i + 3))
}

/// "yesterday", "tonight".
pub(super) fn day_word(r: &LexedText<'_>, at: usize) -> Read {
    let sense = r.sense(at);
    let day = Expression::Day(sense.day?);
    Some(match sense.daypart {
        Some(part) => (Expression::Daypart { part, portion: None, date: Some(Box::new(day)) }, at + 1),
        None => (day, at + 1),
    })
}

/// "week 27", "week 3 of 2027".
pub(super) fn week(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + usize::from(r.word(at) == word::THE);
    if r.word(i) == word::WEEK && matches!(r.word(i + 1), word::OF | word::BEGINNING | word::STARTING) {
        let day = i + 2 + usize::from(r.word(i + 2) == word::ON);
        let (of, end) = date(r, day).or_else(|| holiday(r, day)).filter(|(e, _)| e.is_day())?;
        return Some((Expression::WeekOf(Box::new(of)), end));
    }
    let raw = r.raw(i + 1);
    if r.word(i) != word::WEEK || !r.is_number(i + 1) || raw.len() > 2 {
        return None;
    }
    let number = raw.parse::<i8>().ok().filter(|n| (1..=53).contains(n))?;
    let of = (r.word(i + 2) == word::OF).then(|| {
        year_alone(r, i + 3)
            .or_else(|| relative(r, i + 3).filter(|(e, _)| matches!(e, Expression::Shift { grain: Grain::Year, .. })))
    });
    Some(match of.flatten() {
        Some((of, end)) => (Expression::Week { number, of: Some(Box::new(of)) }, end),
        None => (Expression::Week { number, of: None }, i + 2),
    })
}

/// "the day after tomorrow", "the week before Easter", "the week after next", "the year before last".
fn neighbour(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + usize::from(r.word(at) == word::THE);
    let grain = singular_grain(r, i).filter(|g| *g >= Grain::Day)?;
    let direction = match r.word(i + 1) {
        word::AFTER => 1,
        word::BEFORE => -1,
        _ => return None,
    };
    // "the week after next", "the weekend after the next"
    let two = i + 2 + usize::from(r.word(i + 2) == word::THE);
    match (r.word(two), direction) {
        (word::NEXT, 1) | (word::LAST, -1) if !r.is_word(two + 1) || r.sense(two + 1).role.stop => {
            return Some((Expression::Shift { grain, by: 2 * direction, anchor: Anchor::Document }, two + 1));
        }
        _ => {}
    }
    if let (Grain::Day, Some((Expression::Day(by), end))) = (grain, day_word(r, i + 2)) {
        return Some((Expression::Day(by + direction), end));
    }
    let (from, end) =
        relative_day(r, i + 2).or_else(|| holiday(r, i + 2)).or_else(|| date(r, i + 2).filter(|(e, _)| e.is_day()))?;
    let anchor = from.anchor();
    Some((Expression::Offset { amount: 1, direction, grain, anchor, from: Some(Box::new(from)) }, end))
}

/// "now", "right now", "at the moment".
fn now(r: &LexedText<'_>, at: usize) -> Read {
    if let Some(way) = r.sense(at).about {
        return Some((Expression::Vague(way), at + 1));
    }
    match r.word(at) {
        // "The best year to date.", and not "to date the walls".
        word::DATE if r.before(at) == word::TO && !r.is_word(at + 1) => Some((Expression::Vague(0), at + 1)),
        word::NOW => Some((Expression::Now, at + 1)),
        word::THE if r.before(at) == word::AT && matches!(r.word(at + 1), word::MOMENT | word::MINUTE) => {
            Some((Expression::Now, at + 2))
        }
        word::THIS if r.before(at) == word::AT && r.word(at + 1) == word::TIME => Some((Expression::Now, at + 2)),
        _ => None,
    }
}

/// "the year to date": from its first day to today.
fn to_date(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + usize::from(r.word(at) == word::THE);
    let grain = singular_grain(r, i).filter(|g| matches!(g, Grain::Month | Grain::Quarter | Grain::Year))?;
    let hyphen = usize::from(r.hyphen(i + 1));
    let to = i + 1 + hyphen;
    let date = to + 1 + hyphen;
    if r.word(to) != word::TO || r.word(date) != word::DATE {
        return None;
    }
    let of = Box::new(Expression::Shift { grain, by: 0, anchor: Anchor::Document });
    let from = Box::new(Expression::Nth { place: 1, grain: Grain::Day, weekday: None, of });
    Some((Expression::Span { from, to: Box::new(Expression::Day(0)) }, date + 1))
}

/// "yesterday", "last Thursday", "this quarter", "the same month", "two weeks ago".
pub(super) fn relative(r: &LexedText<'_>, at: usize) -> Read {
    if let Some(found) = day_word(r, at)
        .or_else(|| now(r, at))
        .or_else(|| neighbour(r, at))
        .or_else(|| after_next(r, at))
        .or_else(|| to_date(r, at))
    {
        return Some(found);
    }
    let the = usize::from(r.word(at) == word::THE);
    let i = at + the;
    if let Some(found) = rest(r, i).or_else(|| that(r, at)) {
        return Some(found);
    }
    if r.word(i) == word::SAME {
        let grain = singular_grain(r, i + 1)?;
        return (the == 1).then_some((Expression::Shift { grain, by: 0, anchor: Anchor::Text }, i + 2));
    }
    if let Some(by) = r.sense(i).shift {
        let next = if matches!(r.word(i + 1), word::FISCAL | word::CALENDAR) { i + 2 } else { i + 1 };
        if let Some(grain) = singular_grain(r, next) {
            // "the past year" is a length of time, "past year" as in a caption is the last one; "this day" is a length as
            // well.
            let length =
                r.word(i) == word::PAST && (the == 1 || !led(r, at)) || grain == Grain::Century || grain < Grain::Day;
            let day = grain == Grain::Day && the == 0;
            if length || day || r.hyphen(next + 1) {
                return None;
            }
            let raw = r.raw(i);
            let stated = ["following", "preceding", "prior", "previous"].iter().any(|w| raw.eq_ignore_ascii_case(w));
            let anchor =
                if stated || the == 1 && by == 1 || grain == Grain::Day { Anchor::Text } else { Anchor::Document };
            let shift = Expression::Shift { grain, by, anchor };
            // "next week from Tuesday to Friday"
            if let (Grain::Week, Some((from, to, end))) = (grain, weekdays_from(r, next + 1)) {
                let of = Box::new(shift);
                let day = |weekday| Box::new(Expression::Nth { place: 1, grain: Grain::Day, weekday, of: of.clone() });
                return Some((Expression::Span { from: day(from), to: day(to) }, end));
            }
            // "next week Wednesday", "next week on Tuesday"
            let on = next + 1 + usize::from(r.word(next + 1) == word::ON || r.dash(next + 1));
            if let (Grain::Week, Some(day)) = (grain, weekday(r.sense(on).weekday.filter(|_| r.capital(on)))) {
                let of = Box::new(shift);
                return Some((Expression::Nth { place: 1, grain: Grain::Day, weekday: Some(day), of }, on + 1));
            }
            return Some((shift, next + 1));
        }
        // "this afternoon", "last night"
        let of = r.sense(next);
        if let Some(part) = of.daypart.filter(|_| the == 0) {
            let date = Some(Box::new(Expression::Day(by)));
            return Some((Expression::Daypart { part, portion: None, date }, next + 1));
        }
        // "this past Wednesday"
        let (by, next) = match of.shift.filter(|_| by == 0) {
            Some(by) => (by, next + 1),
            None => (by, next),
        };
        let of = r.sense(next);
        if let Some((named @ Expression::Holiday { year: None, of: None, .. }, end)) = holiday(r, next) {
            return Some((Expression::Named { by, of: Box::new(named) }, end));
        }
        // "next 5/12", "this 6th of April"
        let stated = numeric(r, next).or_else(|| day_first(r, next));
        if let Some((date @ Expression::Date { year: None, month: Some(_), day: Some(_), .. }, end)) = stated {
            return Some((Expression::Named { by, of: Box::new(date) }, end));
        }
        if let Some(stated) = weekday(of.weekday).and_then(|day| dated(r, next + 1, day)) {
            return Some(stated);
        }
        let named = if let Some(day) = weekday(of.weekday.filter(|_| !of.role.ambiguous || r.capital(next))) {
            Expression::weekday(day)
        } else if let Some(month) = of.month.filter(|_| r.capital(next) || !of.role.ambiguous) {
            if whole_number(r, next + 1).is_some() {
                return None;
            }
            Expression::month(month)
        } else if let Some(season) = of.season {
            Expression::Season { year: None, season }
        } else {
            return None;
        };
        return Some((Expression::Named { by, of: Box::new(named) }, next + 1));
    }
    None
}

/// "this Friday 15 June", "next Friday (Jun-15)": a weekday with its date, which says more than "this".
fn dated(r: &LexedText<'_>, at: usize, weekday: Weekday) -> Read {
    let opened = r.word(at) == word::OPEN;
    let i = at + usize::from(opened || r.word(at) == word::COMMA);
    let stated = numeric(r, i).or_else(|| day_first(r, i)).or_else(|| month_first(r, i));
    let (Expression::Date { year, month: month @ Some(_), day: day @ Some(_), .. }, end) = stated? else { return None };
    let closed = !opened || r.word(end) == word::CLOSE;
    let date = Expression::Date { year, month, day, weekday: Some(weekday) };
    closed.then(|| (date, end + usize::from(opened)))
}

/// "the rest of the week", "the remainder of this year": from the document's day to the end of the unit.
fn rest(r: &LexedText<'_>, at: usize) -> Read {
    if !matches!(r.word(at), word::REST | word::REMAINDER) || r.word(at + 1) != word::OF {
        return None;
    }
    let i = at + 2 + usize::from(r.word(at + 2) == word::THE || r.sense(at + 2).shift == Some(0));
    let grain = singular_grain(r, i).filter(|g| i > at + 2 && *g > Grain::Day && !r.hyphen(i + 1))?;
    let unit = Box::new(Expression::Shift { grain, by: 0, anchor: Anchor::Document });
    let last = Expression::Nth { place: -1, grain: Grain::Day, weekday: None, of: unit };
    Some((Expression::Span { from: Box::new(Expression::Day(0)), to: Box::new(last) }, i + 1))
}

/// "that day", "that same year", where no clause follows: the one mentioned before.
fn that(r: &LexedText<'_>, at: usize) -> Read {
    let i = at + 1 + usize::from(r.word(at + 1) == word::SAME);
    let grain = singular_grain(r, i).filter(|g| r.word(at) == word::THAT && *g >= Grain::Day)?;
    let clause = r.is_word(i + 1) && !r.sense(i + 1).role.stop && !r.sense(i + 1).role.gone;
    (!clause && !r.hyphen(i + 1)).then_some((Expression::Shift { grain, by: 0, anchor: Anchor::Text }, i + 1))
}

/// "from Tuesday to Friday", "between Mon and Wed": two weekdays and the token behind them.
fn weekdays_from(r: &LexedText<'_>, at: usize) -> Option<(Option<Weekday>, Option<Weekday>, usize)> {
    if !matches!(r.word(at), word::FROM | word::BETWEEN) || !(r.word_is_to(at + 2) || r.word(at + 2) == word::AND) {
        return None;
    }
    let (from, to) = (weekday(r.sense(at + 1).weekday), weekday(r.sense(at + 3).weekday));
    (from.is_some() && to.is_some()).then_some((from, to, at + 4))
}

/// The year behind a date without one, where it is stated by its place: "June next year", "5 March of last year".
pub(super) fn in_year(r: &LexedText<'_>, e: Expression, end: usize) -> (Expression, usize) {
    let open = matches!(
        e,
        Expression::Date { year: None, month: Some(_), .. }
            | Expression::Quarter { year: None, .. }
            | Expression::Half { year: None, .. }
            | Expression::Season { year: None, .. }
    );
    if !open {
        return (e, end);
    }
    let next = end + usize::from(matches!(r.word(end), word::OF | word::COMMA | word::IN));
    let next = next + usize::from(r.word(next) == word::THE);
    if r.sense(next).shift.is_none() || r.sense(next + 1).grain != Some(Grain::Year) || r.lex[next].leads {
        return (e, end);
    }
    match relative(r, next) {
        Some((year @ Expression::Shift { .. }, end)) => {
            (Expression::InYear { date: Box::new(e), year: Box::new(year) }, end)
        }
        _ => (e, end),
    }
}

/// "last Friday", "next May": a named day or month, not a count of days.
pub(super) fn relative_day(r: &LexedText<'_>, at: usize) -> Read {
    r.sense(at).shift?;
    relative(r, at).filter(|(e, _)| matches!(e, Expression::Named { .. }))
}

/// Whether nothing stands before a token, or a word that leads to a part, a length or a time.
fn led(r: &LexedText<'_>, at: usize) -> bool {
    r.opens(at) || matches!(r.before(at), word::OF | word::FOR)
}

pub(super) fn singular_grain(r: &LexedText<'_>, at: usize) -> Option<Grain> {
    r.sense(at).grain.filter(|_| !r.raw(at).ends_with(['s', 'S']))
}
