//! The token grammar of times: what may begin one, spans, parts and periods. Each function takes a token index and
//! answers an expression and the next index; dates, clock times and relative times have files of their own.

use super::attach::joined;
use super::clock::{Stretch, clock, in_daypart, lasting, range};
use super::count::counted;
use super::date::{date, day_number};
use super::holiday::holiday;
use super::numeric::numeric_span;
use super::relative::{closest, ends_of, in_year, nth, relative, singular_grain, week};
use super::repeat::repeat;
use super::year::{bare_year, short_year, year_alone, year_behind};
use super::{Anchor, Expression};
use crate::mention::quantity::ordinal_number;
use crate::rule::measure::{Grain, Lex, LexedText, Part, Sense, Slot, word};
use crate::text::TokenKind;

/// What a rule of the grammar answers: an expression and the token behind it.
pub(super) type Read = Option<(Expression, usize)>;

/// Whether a token is a number or a word that holds one: "Dec31", "Q1".
pub(super) fn numbered(r: &LexedText<'_>, lex: &Lex) -> bool {
    let last = || lex.span.of(r.text).as_bytes().last().copied();
    lex.kind == TokenKind::Number || lex.kind == TokenKind::Word && last().is_some_and(|b| b.is_ascii_digit())
}

/// Whether a time may begin at a word, by what the tables say of it; other words only where they are [`numbered`].
pub(in crate::mention) fn begins(word: u32, sense: &Sense) -> bool {
    sense.month.is_some()
        || sense.weekday.is_some()
        || sense.season.is_some()
        || sense.day.is_some()
        || sense.shift.is_some()
        || sense.part.is_some()
        || sense.ordinal.is_some()
        || sense.cardinal.is_some()
        || sense.decade.is_some()
        || sense.daypart.is_some()
        || sense.every.is_some()
        || sense.edge.is_some()
        || sense.about.is_some()
        || sense.role.holiday
        || matches!(
            word,
            word::THE
                | word::A
                | word::AN
                | word::NOON
                | word::NOONISH
                | word::MIDNIGHT
                | word::MIDDAY
                | word::APOSTROPHE
                | word::QUOTE
                | word::SAME
                | word::THAT
                | word::REST
                | word::REMAINDER
                | word::FY
                | word::FISCAL
                | word::NOW
                | word::DATE
                | word::EVERY
                | word::EACH
                | word::ANY
                | word::ONCE
                | word::TWICE
                | word::HALF
                | word::QUARTER
                | word::WEEK
                | word::DAY
                | word::YEAR
                | word::COUPLE
                | word::FEW
                | word::ANOTHER
                | word::IN
                | word::DURING
        )
}

/// The time at a token at which one may begin, with its first and next token.
pub(super) fn time(r: &LexedText<'_>, at: usize) -> Option<(Expression, usize, usize)> {
    if idle(r, at) {
        return None;
    }
    let (expression, end) = span_of(r, at)?;
    Some((expression, at, end))
}

/// Whether an article stands before a word that no table knows, or "in" before what is no part of the day: no time begins
/// there, and most of them go here.
fn idle(r: &LexedText<'_>, at: usize) -> bool {
    match r.word(at) {
        word::THE | word::A | word::AN => r.word(at + 1) == 0 && r.is_word(at + 1),
        word::IN | word::DURING => in_daypart(r, at).is_none(),
        _ => false,
    }
}

/// Puts the preposition before a time to work, and the words behind it: "since May", "later than 5 pm", "2018 or later".
pub(super) fn bounded(r: &LexedText<'_>, first: usize, end: usize, expression: Expression) -> (Expression, usize) {
    let limited = |slot, end| (Expression::Bounded { slot, of: Box::new(expression.clone()) }, end);
    if matches!(expression, Expression::Repeat { .. } | Expression::Run { .. } | Expression::Bounded { .. }) {
        return (expression, end);
    }
    let mut before = first.wrapping_sub(1);
    while matches!(r.word(before), word::THE | word::AROUND | word::ABOUT) {
        before = before.wrapping_sub(1);
    }
    let slot = r.sense(before).slot.filter(|_| r.is_word(before));
    // "on or before 3 May", "not before noon", "not until Monday"
    let joined_on = before > 1 && r.before(before) == word::OR && matches!(r.word(before - 2), word::ON | word::AT);
    let denied = r.before(before) == word::NOT;
    match slot {
        Some(Slot::Before) if joined_on => return limited(Slot::By, end),
        Some(Slot::After) if joined_on => return limited(Slot::Since, end),
        Some(Slot::Before) if denied => return limited(Slot::Since, end),
        Some(Slot::By) if denied && r.word(before) != word::BY => return limited(Slot::Since, end),

        Some(slot) if slot != Slot::At => return limited(slot, end),
        // "starting on Monday", "beginning in May"
        Some(_) if matches!(r.before(before), word::STARTING | word::BEGINNING) => return limited(Slot::Since, end),
        _ => {}
    }
    let no = before > 1 && r.word(before - 2) == word::NO;
    match (r.word(before), r.before(before)) {
        // "no later than Friday"
        (word::THAN, word::LATER) if no => return limited(Slot::By, end),
        (word::THAN, word::EARLIER) if no => return limited(Slot::Since, end),
        (word::THAN, word::LATER) => return limited(Slot::After, end),
        (word::THAN, word::EARLIER) | (word::TO, word::PRIOR) => return limited(Slot::Before, end),
        _ => {}
    }
    // "2018 or later", "on 1 May and after", but not "or later than 2020", "or before May".
    let joint = usize::from(matches!(r.word(end), word::OR | word::AND));
    let open = !r.is_word(end + 2) && !r.is_number(end + 2) || r.sense(end + 2).role.stop;
    let closes = joint == 1 && open && r.word(end + 2) != word::THAN && r.sense(end + 2).month.is_none();
    match r.word(end + joint) {
        word::LATER | word::AFTER | word::ONWARD | word::ONWARDS if closes => {
            // "3 pm or later on Monday"
            let (of, end) = joined(r, expression, end + 2);
            (Expression::Bounded { slot: Slot::Since, of: Box::new(of) }, end)
        }
        word::ONWARD | word::ONWARDS => limited(Slot::Since, end + 1),
        word::EARLIER | word::BEFORE if closes => limited(Slot::By, end + 2),
        _ => (expression, end),
    }
}

/// A time, or two joined by "to", "and", a dash.
fn span_of(r: &LexedText<'_>, at: usize) -> Read {
    if let Some(found) = repeat(r, at) {
        return Some(found);
    }
    if let Some(found) = days_of_month(r, at) {
        return Some(found);
    }
    if let Some(found) = clocks(r, at).or_else(|| numeric_span(r, at)) {
        return Some(found);
    }
    let (from, end) = centuries(r, at).or_else(|| parted(r, at))?;
    let spaced = r.dash(end) && !r.glued(end) && !r.glued(end + 1);
    let linked = match r.word(end) {
        word::TO | word::THROUGH | word::UNTIL | word::TILL | word::TIL | word::TILDE => true,
        word::AND => r.before(at) == word::BETWEEN || month_only(&from) || matches!(from, Expression::Century { .. }),
        _ => r.dash(end),
    };
    let linked = linked
        && (from.anchor() == Anchor::Own
            || matches!(r.before(at), word::FROM | word::BETWEEN)
            || matches!(from, Expression::Clock { .. })
            || spaced && from.is_day());
    if linked && !matches!(from, Expression::Clock { .. }) {
        let next = if r.word(end + 1) == word::THE { end + 2 } else { end + 1 };
        if let Some((from, to, end)) = parted(r, next).and_then(|(to, end)| Some((same_year(&from, &to)?, to, end))) {
            return Some((Expression::Span { from: Box::new(from), to: Box::new(to) }, end));
        }
        // "2019–20"
        if let (Expression::Date { year: Some(year), month: None, .. }, true) = (&from, r.dash(end) && r.glued(end + 1))
        {
            let raw = r.raw(end + 1);
            let last = raw.parse::<i16>().ok().filter(|_| raw.len() == 2 && r.is_number(end + 1));
            if let Some(to) = last.map(|l| year - year % 100 + l).filter(|t| *t > *year && *t - *year <= 12) {
                let to = Box::new(Expression::year(to));
                return Some((Expression::Span { from: Box::new(from), to }, end + 2));
            }
        }
    }
    if linked
        && matches!(from, Expression::Clock { .. })
        && let Some((to, end)) = parted(r, end + 1).filter(|(to, _)| matches!(to, Expression::Clock { .. }))
    {
        return Some((Expression::Span { from: Box::new(from), to: Box::new(to) }, end));
    }
    Some((from, end))
}

/// "from 4 to 22 this month", "the 3rd to the 9th of next month".
fn days_of_month(r: &LexedText<'_>, at: usize) -> Read {
    let the = |i: usize| usize::from(r.word(i) == word::THE);
    let (first, end, ordinal) = day_number(r, at + the(at))?;
    let joint = r.word_is_to(end) || matches!(r.word(end), word::AND | word::UNTIL | word::TILL | word::THROUGH);
    if !joint {
        return None;
    }
    let (last, end, _) = day_number(r, end + 1 + the(end + 1)).filter(|(last, ..)| *last > first)?;
    let of = end + usize::from(r.word(end) == word::OF);
    let led = ordinal || of > end || matches!(r.before(at), word::FROM | word::BETWEEN);
    r.sense(of).shift.filter(|_| led)?;
    let (month, end) = relative(r, of).filter(|(e, _)| matches!(e, Expression::Shift { grain: Grain::Month, .. }))?;
    let day = |place: i8| {
        Box::new(Expression::Nth { place: place.into(), grain: Grain::Day, weekday: None, of: Box::new(month.clone()) })
    };
    Some((Expression::Span { from: day(first), to: day(last) }, end))
}

/// Two times of day, with the day that they lie on: "from 3 to 5 pm", "between 3 and 5 on Tuesday".
fn clocks(r: &LexedText<'_>, at: usize) -> Read {
    let found = range(r, at);
    let Stretch { from, to, end, free } = match found {
        Some(stretch) if stretch.free => stretch,
        found => lasting(r, at).or(found)?,
    };
    let clock = |time| Box::new(Expression::Clock { time, date: None });
    let (e, after) = joined(r, Expression::Span { from: clock(from), to: clock(to) }, end);
    // Bare numbers need a day.
    (free || after > end).then_some((e, after))
}

fn month_only(e: &Expression) -> bool {
    matches!(e, Expression::Date { year: None, month: Some(_), day: None, weekday: None })
}

/// "the 12th" of "the 12th to the 14th century": an ordinal before another that names the century.
fn centuries(r: &LexedText<'_>, at: usize) -> Read {
    let (n, end) = ordinal_number(r, at + usize::from(r.word(at) == word::THE))?;
    let joint = matches!(r.word(end), word::TO | word::AND | word::THROUGH) || r.dash(end);
    let next = end + 1 + usize::from(r.word(end + 1) == word::THE);
    let later = joint.then(|| period(r, next)).flatten();
    let Some((Expression::Century { number }, _)) = later else { return None };
    let first = i8::try_from(n).ok().filter(|n| (1..number).contains(n))?;
    Some((Expression::Century { number: first }, end))
}

/// The first of two joined times, with the year that only the second names; `None` if the two are of different kinds.
fn same_year(from: &Expression, to: &Expression) -> Option<Expression> {
    match (from, to) {
        // "Monday to Friday"
        (
            Expression::Date { year: None, month: None, day: None, weekday: Some(_) },
            Expression::Date { year: None, month: None, day: None, weekday: Some(_) },
        ) => Some(from.clone()),
        // "from 2015 to May 5, 2017": each has its year.
        (Expression::Date { year: Some(a), .. }, Expression::Date { year: Some(b), .. }) if a <= b => {
            Some(from.clone())
        }
        (Expression::Date { year, month, day, weekday }, Expression::Date { year: later, month: m, day: d, .. })
            if day.is_some() == d.is_some()
                && month.is_some() == m.is_some()
                && (month.is_some() || year.is_some()) =>
        {
            // "November to February 2017" begins in the year before.
            let turns = year.is_none() && (*month, *day) > (*m, *d) && month != m;
            let year = year.or(if turns { later.and_then(|y| y.checked_sub(1)) } else { *later });
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
        (from, to) if from.is_day() && to.is_day() => {
            (!matches!((from, to), (Expression::Date { .. }, Expression::Date { .. }))).then(|| from.clone())
        }
        (_, later) if later.anchor() == Anchor::Document || from.anchor() == Anchor::Document => Some(from.clone()),
        _ => None,
    }
}

/// "early 2024", "mid-May", "the end of 2028", "late last year", or a plain time.
fn parted(r: &LexedText<'_>, at: usize) -> Read {
    let the = usize::from(r.word(at) == word::THE);
    // "EOY": written small it may be another word.
    let capitals = r.raw(at + the).bytes().all(|b| b.is_ascii_uppercase());
    if let Some((part, grain)) = r.sense(at + the).edge.filter(|(_, g)| capitals || *g == Grain::Day) {
        let of = Box::new(Expression::Shift { grain, by: 0, anchor: Anchor::Document });
        return Some((Expression::Part { part, of }, at + the + 1));
    }
    let Some(part) = r.sense(at + the).part else { return single(r, at) };
    let mut next = at + the + 1;
    // "early in the morning"
    if let (Part::Early | Part::Late, Some((day, end))) = (part, in_daypart(r, next)) {
        let e = Expression::Daypart { part: day, portion: Some(part), date: None };
        return Some(joined(r, e, end));
    }
    let noun = matches!(part, Part::Start | Part::End) || r.raw(at + the).eq_ignore_ascii_case("middle");
    if r.word(next) == word::OF || !noun && (r.word(next) == word::IN || r.word(next) == word::ON) || r.hyphen(next) {
        next += 1;
    } else if noun {
        return None;
    }
    let skip = usize::from(r.word(next) == word::THE);
    // "early in the day": no time that can be named
    // "the end of the year", "end of month"
    let this = noun.then(|| singular_grain(r, next + skip)).flatten().filter(|g| *g > Grain::Weekend);
    if let Some(grain) = this.filter(|_| r.word(next - 1) == word::OF && !r.hyphen(next + skip + 1)) {
        let of = Box::new(Expression::Shift { grain, by: 0, anchor: Anchor::Document });
        return Some((Expression::Part { part, of }, next + skip + 1));
    }
    let (of, end) = single(r, next).or_else(|| single(r, next + skip)).or_else(|| year_alone(r, next + skip))?;
    let weekday =
        matches!(of, Expression::Date { year: None, month: None, .. } | Expression::Clock { .. } | Expression::Day(_));
    // "late on Tuesday afternoon", "early tomorrow morning"
    if let Expression::Daypart { part: day, portion: None, date } = of {
        return Some((Expression::Daypart { part: day, portion: Some(part), date }, end));
    }
    // "the end of tomorrow"
    let whole_day = matches!((part, &of), (Part::End, Expression::Day(_)));
    if weekday && !whole_day {
        return Some((of, end));
    }
    Some((Expression::Part { part, of: Box::new(of) }, end))
}

fn single(r: &LexedText<'_>, at: usize) -> Read {
    let (expression, end) = closest(r, at)
        .or_else(|| ends_of(r, at))
        .or_else(|| nth(r, at))
        .or_else(|| counted(r, at))
        .or_else(|| relative(r, at))
        .or_else(|| clock(r, at))
        .or_else(|| holiday(r, at))
        .or_else(|| date(r, at))
        .or_else(|| week(r, at))
        .or_else(|| daypart(r, at))
        .or_else(|| period(r, at))
        .or_else(|| bare_year(r, at))?;
    let (expression, end) = in_year(r, expression, end);
    Some(joined(r, expression, end))
}

/// A part of the day without its day: "in the evening", "early morning at 3", "the morning of 15 May".
fn daypart(r: &LexedText<'_>, at: usize) -> Read {
    if let Some((part, end)) = in_daypart(r, at) {
        let portion = match r.before(at) {
            word::LATER => Some(Part::Late),
            word::EARLIER => Some(Part::Early),
            _ => None,
        };
        return Some((Expression::Daypart { part, portion, date: None }, end));
    }
    let i = at + usize::from(r.word(at) == word::THE);
    let part = r.sense(i).daypart?;
    let day = matches!(r.word(i + 1), word::OF | word::AT | word::AT_SIGN);
    let alone = Expression::Daypart { part, portion: None, date: None };
    let (e, end) = joined(r, alone.clone(), i + 1);
    (day && end > i + 1 || r.sense_before(at).part.is_some() && !r.sense(i + 1).role.stop && !r.is_word(i + 1))
        .then_some((e, end))
}

fn quarter_word(raw: &str) -> bool {
    matches!(raw.as_bytes(), [b'Q' | b'q', b'1'..=b'4'] | [b'H', b'1' | b'2'])
}

/// "Q1 2026", "the third quarter of 2025", "first half", "summer 2024", "the 1990s", "the 19th century".
pub(super) fn period(r: &LexedText<'_>, at: usize) -> Read {
    let raw = r.raw(at);
    // "18Q4"
    if let [b'Q' | b'q', n @ b'1'..=b'4'] = r.raw(at + 1).as_bytes()
        && r.is_number(at)
        && raw.len() == 2
        && r.glued(at + 1)
    {
        return Some((Expression::Quarter { year: short_year(raw), quarter: (n - b'0') as i8 }, at + 2));
    }
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
    if let Some(found) = fiscal_year(r, at) {
        return Some(found);
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
    let (n, end) = ordinal_number(r, i)?;
    let next = if r.hyphen(end) { end + 1 } else { end };
    if r.sense(next).grain == Some(Grain::Century) {
        return Some((
            Expression::Century { number: i8::try_from(n).ok().filter(|n| (1..=21).contains(n))? },
            next + 1,
        ));
    }
    let fiscal = usize::from(matches!(r.word(next), word::FISCAL | word::CALENDAR));
    let quarter = r.sense(next + fiscal).grain == Some(Grain::Quarter) && (1..=4).contains(&n);
    let half = r.word(next + fiscal) == word::HALF && (1..=2).contains(&n);
    if !quarter && !half {
        return None;
    }
    let (year, end) = year_of(r, next + fiscal + 1);
    let n = i8::try_from(n).ok()?;
    // "the first half" may be that of a match.
    let stated = || in_year(r, Expression::Half { year, half: n }, end).1 > end;
    if half && year.is_none() && !stated() {
        return None;
    }
    Some((if quarter { Expression::Quarter { year, quarter: n } } else { Expression::Half { year, half: n } }, end))
}

/// "fiscal 2026", "FY 2025", "FY25", "fiscal year 2026": stated by the year that the books give it.
fn fiscal_year(r: &LexedText<'_>, at: usize) -> Read {
    let raw = r.raw(at);
    let digits = raw.strip_prefix("FY").filter(|d| matches!(d.len(), 2 | 4) && d.bytes().all(|b| b.is_ascii_digit()));
    if let Some(year) = digits.and_then(short_year) {
        return Some((Expression::year(year), at + 1));
    }
    let mut next = match r.word(at) {
        word::FISCAL => at + 1 + usize::from(r.hyphen(at + 1)),
        word::FY if raw == "FY" => at + 1,
        _ => return None,
    };
    next += usize::from(r.word(next) == word::YEAR);
    let year = (r.is_number(next) && (r.word(at) == word::FISCAL || r.raw(next).len() == 4 || r.glued(next)))
        .then(|| short_year(r.raw(next)))
        .flatten()?;
    Some((Expression::year(year), next + 1))
}

/// The year behind a period: "2026", "of 2026", "of fiscal 2026", "FY2026".
fn year_of(r: &LexedText<'_>, at: usize) -> (Option<i16>, usize) {
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
fn decade(r: &LexedText<'_>, at: usize) -> Read {
    // "the nineteen seventies", "the twenty-tens"
    let hundred = r.sense(at).cardinal.and_then(|n| i16::try_from(n).ok()).filter(|n| (15..=20).contains(n));
    let next = at + 1 + usize::from(r.hyphen(at + 1));
    if let (Some(hundred), Some(start)) = (hundred, r.sense(next).decade) {
        return Some((Expression::Decade { start: 100 * hundred + start }, next + 1));
    }
    if let Some(start) = r.sense(at).decade.filter(|start| *start > 10) {
        let the = matches!(r.before(at), word::THE | word::IN)
            || r.sense_before(at).part.is_some()
            || r.hyphen(at.wrapping_sub(1));
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
        2 if short || matches!(r.before(at), word::THE | word::IN) => 1900 + n,
        _ => return None,
    };
    Some((Expression::Decade { start }, i + 2))
}
