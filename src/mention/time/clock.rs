//! Times of day: faces of the clock in digits and words, halves of the day, zones, and two of them as a stretch.

use super::count::seconds;
use super::expression::{ClockTime, Expression};
use super::grammar::Read;
use crate::rule::measure::{Daypart, Grain, LexedText, Part, word};
use crate::text::TokenKind;

/// A time of day that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub(super) time: ClockTime,
    /// The token behind it.
    pub(super) end: usize,
    /// Whether it is one wherever it stands ("5 pm", "10:30", "half past five"); "5" is one only behind "at".
    pub(super) strong: bool,
    /// Whether it is stated with a sign of the clock of its own, so that its hour may lend its half of the day.
    halved: bool,
    /// Whether minutes are stated.
    paired: bool,
}

/// The hour from which on a stretch of the day in bare digits may begin.
const EARLY: i8 = 7;

/// How the digits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "10:30", "15h30".
    Marked,
    /// "6.45", "1030", "3 15", "three thirty".
    Pair,
    /// "5", "five".
    Bare,
}

/// "10:30", "5pm", "5 p.m.", "10:30:15 am ET", "noon", "half past five", and "at 5".
pub(super) fn clock(r: &LexedText<'_>, at: usize) -> Read {
    let face = face(r, at).filter(|f| {
        let packed = r.is_number(at) && r.raw(at).len() > 2;
        let led = led(r, at) || f.paired && held(r, at) || !packed && shortly(r, at);
        f.strong || led && stands_free(r, f.end)
    })?;
    Some((Expression::Clock { time: face.time, date: None }, face.end))
}

/// The tokens of a time of day within a longer time: "6:42 a.m." of "6:42 a.m. on 17 October", both ends of a stretch.
pub(super) fn tokens_of(r: &LexedText<'_>, first: usize, last: usize, time: ClockTime) -> Option<(usize, usize)> {
    let dial = |t: ClockTime| (t.hour % 12, t.minute, t.second);
    let faces = (first..last).filter_map(|at| face(r, at).map(|f| (at, f)));
    let own = faces.filter(|(_, f)| f.end <= last && dial(f.time) == dial(time));
    // The first of them, with all its words.
    own.max_by_key(|(at, f)| (f.strong, led(r, *at), std::cmp::Reverse(*at))).map(|(at, f)| (at, f.end))
}

/// Whether a word stands before a token that makes a bare number a time of day.
fn led(r: &LexedText<'_>, at: usize) -> bool {
    matches!(r.before(at), word::AT | word::AT_SIGN)
        || matches!(r.before(at), word::AROUND | word::ABOUT) && at > 1 && r.word(at - 2) == word::AT
}

/// Whether something is said to last up to a token: "until 11.25".
fn held(r: &LexedText<'_>, at: usize) -> bool {
    matches!(r.before(at), word::UNTIL | word::TILL)
}

/// "shortly after", "just before", "a little past" before a token.
fn shortly(r: &LexedText<'_>, at: usize) -> bool {
    let few = || at > 2 && r.word(at - 3) == word::FEW && r.sense(at - 2).grain == Some(Grain::Minute);
    let near =
        at > 1 && matches!(r.word(at - 2), word::SHORTLY | word::JUST | word::SOON | word::LITTLE | word::BIT) || few();
    near && matches!(r.before(at), word::AFTER | word::BEFORE | word::PAST)
}

/// Whether nothing follows that a number before it would count, measure or be listed with.
pub(super) fn stands_free(r: &LexedText<'_>, end: usize) -> bool {
    let sense = r.sense(end);
    let closed = matches!(r.word(end), word::DOT | word::CLOSE | word::BRACKET_CLOSE)
        || matches!(r.raw(end), "?" | "!" | ";" | "\"" | "”")
        || r.word(end) == word::COMMA && !r.is_number(end + 1);
    end >= r.len()
        || closed && !(r.glued(end + 1) && r.is_number(end + 1))
        || r.word(end) == word::ON
        || sense.weekday.is_some()
        || sense.day.is_some()
        || sense.shift.is_some()
}

/// A time of day at a token; a bare number is one too, but not `strong`.
pub(super) fn face(r: &LexedText<'_>, at: usize) -> Option<Face> {
    let plain = |hour, minute, end| {
        let time = ClockTime { hour, minute, second: 0, sure: true, zone: None };
        Some(Face { time, end, strong: true, halved: true, paired: false })
    };
    match r.word(at) {
        word::NOON | word::MIDDAY | word::NOONISH => return plain(12, 0, at + 1),
        word::MIDNIGHT => return plain(0, 0, at + 1),
        _ => {}
    }
    if !r.is_number(at) && r.sense(at).cardinal.is_none() && !matches!(r.word(at), word::HALF | word::QUARTER | word::A)
    {
        return None;
    }
    past(r, at).or_else(|| digits(r, at))
}

/// "half past five", "a quarter to six", "20 minutes past eight", "15 to noon".
fn past(r: &LexedText<'_>, at: usize) -> Option<Face> {
    let a = usize::from(r.word(at) == word::A);
    let (minutes, mut next) = match r.word(at + a) {
        word::HALF => (30, at + a + 1),
        word::QUARTER => (15, at + a + 1),
        _ if a == 1 => return None,
        _ => small(r, at).filter(|(n, _)| (1..60).contains(n))?,
    };
    let stated = r.sense(next).grain == Some(Grain::Minute);
    next += usize::from(stated);
    let before = match r.word(next) {
        word::PAST => false,
        word::AFTER | word::FROM if stated || r.word(at + a) == word::QUARTER => false,
        word::TO | word::BEFORE | word::OF | word::TILL => true,
        _ => return None,
    };
    let face = face_behind(r, next + 1)?;
    // "9 to 5" is a stretch; "10 to noon" and "ten minutes to six" are times of day.
    let noon = face.halved && face.time.hour % 12 == 0 && minutes % 5 == 0;
    // "at twenty to eight", but "from twenty to thirty"
    let told = led(r, at) || held(r, at) || shortly(r, at);
    let words = !r.is_number(at) && (minutes % 15 == 0 || minutes % 5 == 0 && told && stands_free(r, face.end));
    let sure = r.word(next) == word::PAST || stated || noon || words;
    if !sure || face.time.minute != 0 && face.strong && !face.halved {
        return None;
    }
    let total = i32::from(face.time.hour) * 60 + if before { -minutes } else { minutes };
    let total = total.rem_euclid(24 * 60);
    let time = ClockTime { hour: (total / 60) as i8, minute: (total % 60) as i8, ..face.time };
    Some(Face { time, strong: true, ..face })
}

/// The full hour behind "past".
fn face_behind(r: &LexedText<'_>, at: usize) -> Option<Face> {
    match r.word(at) {
        word::NOON | word::MIDDAY | word::MIDNIGHT => face(r, at),
        _ => digits(r, at),
    }
}

/// A number below 100 in digits or words, and the token behind it.
fn small(r: &LexedText<'_>, at: usize) -> Option<(i32, usize)> {
    if r.is_number(at) {
        let raw = r.raw(at);
        return raw.parse().ok().filter(|_| raw.len() <= 2).map(|n| (n, at + 1));
    }
    let tens = r.sense(at).cardinal.and_then(|n| i32::try_from(n).ok()).filter(|n| *n < 100)?;
    let next = if r.hyphen(at + 1) { at + 2 } else { at + 1 };
    let ones = r.sense(next).cardinal.and_then(|n| i32::try_from(n).ok()).filter(|n| (1..10).contains(n));
    match ones.filter(|_| tens >= 20 && tens % 10 == 0 && r.is_word(next)) {
        Some(ones) => Some((tens + ones, next + 1)),
        None => Some((tens, at + 1)),
    }
}

/// The digits of a clock with all that follows them.
fn digits(r: &LexedText<'_>, at: usize) -> Option<Face> {
    let (hour, minute, second, form, end) = dial(r, at)?;
    let (half, end, stated) = half_of_day(r, end, form == Form::Marked);
    let packed = form == Form::Pair && r.is_number(at) && r.raw(at).len() >= 3 && !r.raw(at).contains('.');
    let led = led(r, at);
    // "at 1030" and "0730" are times of day; 2015 is a year.
    let clear = half.is_some() || r.raw(at).starts_with('0') || led && !(18..21).contains(&hour);
    if packed && !clear {
        return None;
    }
    let dotted = form == Form::Pair && r.raw(at).contains('.');
    if half.is_some() && hour > 12 && form == Form::Bare {
        return None; // "14PM"
    }
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let hour = if hour == 24 && minute == 0 { 0 } else { hour };
    if hour > 23 || (dotted && half.is_none() && !led && !held(r, at)) && r.is_word(end) && !r.sense(end).role.stop {
        return None;
    }
    let sure = half.is_some() || hour > 12 || hour == 0 || r.raw(at).starts_with('0');
    let strong = half.is_some() || form == Form::Marked || stated;
    let time = ClockTime { hour, minute, second, sure, zone: None };
    let mut face = Face { time, end, strong, halved: half.is_some(), paired: form != Form::Bare };
    face.end = zone_in_words(r, face.end, strong).unwrap_or(face.end);
    let sense = r.sense(face.end);
    let upper = r.raw(face.end).bytes().all(|b| b.is_ascii_uppercase());
    // "at 8 gmt": most zones are no other word, whatever their case.
    if sense.role.zone && (upper && (strong || led) || sense.zone.is_some() && !sense.role.ambiguous) {
        (face.time.zone, face.end) = (sense.zone, face.end + 1);
        face.strong = true;
    }
    Some(face)
}

/// "local time", "Eastern Daylight Time" behind a time of day: the place's own time, which adds nothing to it.
fn zone_in_words(r: &LexedText<'_>, at: usize, strong: bool) -> Option<usize> {
    let named = usize::from(r.word(at) == word::LOCAL || r.sense(at).role.zone && r.raw(at).len() > 4);
    let kind = usize::from(matches!(r.word(at + named), word::STANDARD | word::DAYLIGHT | word::SUMMER));
    let end = at + named + kind;
    (strong && named == 1 && r.word(end) == word::TIME).then_some(end + 1)
}

/// Hour, minute, second, how they are written, and the token behind them.
fn dial(r: &LexedText<'_>, at: usize) -> Option<(i8, i8, i8, Form, usize)> {
    if !r.is_number(at) {
        let (hour, end) = small(r, at).filter(|(n, end)| (1..=12).contains(n) && *end == at + 1)?;
        let minutes = r.is_word(end).then(|| small(r, end)).flatten().filter(|(n, _)| (10..60).contains(n));
        let hour = hour as i8;
        return Some(match minutes {
            Some((m, end)) => (hour, m as i8, 0, Form::Pair, end),
            None => (hour, 0, 0, Form::Bare, end),
        });
    }
    if r.glued(at)
        && at > 0
        && (r.kind(at - 1) != Some(TokenKind::Mark) || matches!(r.raw(at - 1), "." | "$" | "€" | "£" | "#" | "/"))
    {
        return None;
    }
    let raw = r.raw(at);
    let sixty = |s: &str| s.parse::<i8>().ok().filter(|m| s.len() == 2 && *m < 60);
    if let Some((head, tail)) = raw.split_once('.') {
        let hour = head.parse::<i8>().ok().filter(|h| head.len() <= 2 && (0..=24).contains(h))?;
        return Some((hour, sixty(tail)?, 0, Form::Pair, at + 1));
    }
    if matches!(raw.len(), 3 | 4) && raw.bytes().all(|b| b.is_ascii_digit()) {
        let (head, tail) = raw.split_at(raw.len() - 2);
        return Some((head.parse().ok().filter(|h| *h <= 24)?, sixty(tail)?, 0, Form::Pair, at + 1));
    }
    let hour = raw.parse::<i8>().ok().filter(|h| raw.len() <= 2 && (0..=24).contains(h))?;
    let next = at + 1;
    let colon = |i: usize| r.word(i) == word::COLON && r.glued(i) && r.is_number(i + 1) && r.glued(i + 1);
    if colon(next) {
        let minute = sixty(r.raw(next + 1))?;
        if colon(next + 2) {
            let second = sixty(r.raw(next + 3).split('.').next().unwrap_or_default())?;
            return Some((hour, minute, second, Form::Marked, next + 4));
        }
        return Some((hour, minute, 0, Form::Marked, next + 2));
    }
    if let Some(tail) = r.raw(next).strip_prefix(['h', 'H']).filter(|_| r.glued(next)) {
        // "15h30"; "15h" may be a length, "2h30" is one.
        if tail.is_empty() {
            return Some((hour, 0, 0, Form::Bare, next + 1));
        }
        return sixty(tail).filter(|_| hour > 4 || led(r, at)).map(|m| (hour, m, 0, Form::Marked, next + 1));
    }
    let pair = led(r, at) && r.is_number(next) && !r.glued(next);
    match sixty(r.raw(next)).filter(|_| pair) {
        Some(minute) => Some((hour, minute, 0, Form::Pair, next + 1)),
        None => Some((hour, 0, 0, Form::Bare, next)),
    }
}

/// "am", "p.m.", "o'clock", "in the morning" behind the digits: whether it is the second half of the day, the next
/// token, and whether the words make a time of day of the number before them.
fn half_of_day(r: &LexedText<'_>, at: usize, marked: bool) -> (Option<bool>, usize, bool) {
    let mut end = if r.glued(at) && r.word(at) == word::ISH { at + 1 } else { at };
    let stated = matches!(r.word(end), word::O_CLOCK | word::O_CLOCK_PLAIN);
    end += usize::from(stated);
    let (half, after) = half_day(r, end);
    if half.is_some() {
        return (half, after, true);
    }
    // "9:00a", "3p"
    let single = r.glued(end) && !r.is_word(end + 1) || r.glued(end) && !r.glued(end + 1);
    match r.raw(end) {
        "p" | "P" if single && !stated => return (Some(true), end + 1, true),
        "a" | "A" if single && marked => return (Some(false), end + 1, true),
        _ => {}
    }
    if let Some((part, after)) = in_daypart(r, end) {
        return (Some(!matches!(part, Daypart::Morning)), after, true);
    }
    (None, end, stated || end > at)
}

/// "in the morning", "in afternoon", "at night", "in the PM".
pub(super) fn in_daypart(r: &LexedText<'_>, at: usize) -> Option<(Daypart, usize)> {
    let the = usize::from(r.word(at + 1) == word::THE);
    let sense = r.sense(at + 1 + the);
    match r.word(at) {
        // "in the early morning", "during the late-afternoon"
        word::IN | word::DURING if matches!(sense.part, Some(Part::Early | Part::Mid | Part::Late)) => {
            let day = at + 2 + the + usize::from(r.hyphen(at + 2 + the));
            r.sense(day).daypart.map(|part| (part, day + 1))
        }
        word::IN | word::DURING => match (sense.daypart, r.word(at + 2)) {
            (Some(part), _) if part != Daypart::Noon => Some((part, at + 2 + the)),
            (_, word::AM) if the == 1 => Some((Daypart::Morning, at + 3)),
            (_, word::PM) if the == 1 => Some((Daypart::Afternoon, at + 3)),
            _ => None,
        },
        word::AT if the == 0 && sense.daypart == Some(Daypart::Night) => Some((Daypart::Night, at + 2)),
        _ => None,
    }
}

/// "am", "pm", "a.m.", "p.m.", "a m" at a token: whether it is the second half of the day, and the next token.
pub(super) fn half_day(r: &LexedText<'_>, at: usize) -> (Option<bool>, usize) {
    let at = if r.word(at) == word::DOT && r.glued(at) && r.glued(at + 1) { at + 1 } else { at };
    match r.word(at) {
        word::AM => (Some(false), at + 1),
        word::PM => (Some(true), at + 1),
        letter @ (word::A | word::P) if r.word(at + 1) == word::DOT && r.word(at + 2) == word::M && r.glued(at + 2) => {
            let end = if r.word(at + 3) == word::DOT && r.glued(at + 3) { at + 4 } else { at + 3 };
            (Some(letter == word::P), end)
        }
        letter @ (word::A | word::P) if r.word(at + 1) == word::M => (Some(letter == word::P), at + 2),
        _ => (None, at),
    }
}

/// Two times of day, and the token behind them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) from: ClockTime,
    pub(super) to: ClockTime,
    pub(super) end: usize,
    /// Whether they are times of day wherever they stand; bare numbers are only beside a day.
    pub(super) free: bool,
}

/// "5-6 pm", "from 3:30 to 6 p.m.", "9 to 11 am", "10:30 till 12".
pub(super) fn range(r: &LexedText<'_>, at: usize) -> Option<Stretch> {
    let cut = r.glued(at) && at > 0 && !matches!(r.word(at - 1), word::OPEN | word::COMMA);
    let from = face(r, at)?;
    // "from 2 pm for two hours"
    if r.word(from.end) == word::FOR {
        let (length, end) = seconds(r, from.end + 1)?;
        let free = !cut && (from.strong || r.before(at) == word::FROM);
        return Some(Stretch { from: from.time, to: on(from.time, length), end, free });
    }
    let between = r.before(at) == word::BETWEEN;
    let joined = match r.word(from.end) {
        word::TO | word::TILL | word::TIL | word::UNTIL | word::TILDE | word::THROUGH => true,
        word::AND => between,
        _ => r.dash(from.end),
    };
    if !joined {
        return None;
    }
    let skip = usize::from(matches!(r.word(from.end + 1), word::AT | word::AROUND | word::ABOUT));
    let to = face(r, from.end + 1 + skip)?;
    let led = between || r.before(at) == word::FROM;
    // "2-1 on Saturday" is a score; a shop that opens at ten may close at four.
    let bare = |f: &Face| !f.strong && !f.paired;
    if !led && r.glued(from.end) && bare(&from) && bare(&to) && from.time.hour < EARLY && to.time.hour <= from.time.hour
    {
        return None;
    }
    let stated = from.strong && (to.strong || led || from.halved || r.word_is_to(from.end))
        || to.halved
        || led && (to.strong || from.paired && to.paired);
    let closed = to.strong || led && from.paired || stands_free(r, to.end);
    let (a, b) = halves(from, to);
    Some(Stretch { from: a, to: b, end: to.end, free: !cut && stated && closed })
}

/// "two hours from 2 pm" behind "for": a stretch of the day by its length and its beginning.
pub(super) fn lasting(r: &LexedText<'_>, at: usize) -> Option<Stretch> {
    if r.before(at) != word::FOR {
        return None;
    }
    let (length, end) = seconds(r, at)?;
    let from = face(r, end + 1).filter(|f| r.word(end) == word::FROM && (f.strong || stands_free(r, f.end)))?;
    Some(Stretch { from: from.time, to: on(from.time, length), end: from.end, free: true })
}

/// A time of day so many seconds on, over midnight if need be.
fn on(time: ClockTime, seconds: i64) -> ClockTime {
    let start = i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second);
    let end = (start + seconds).rem_euclid(86_400);
    ClockTime { hour: (end / 3600) as i8, minute: (end / 60 % 60) as i8, second: (end % 60) as i8, ..time }
}

/// Gives each end the half of the day that the other one tells: a stretch runs forward and, stated by halves, not over
/// half a day.
fn halves(from: Face, to: Face) -> (ClockTime, ClockTime) {
    let (mut a, mut b) = (from.time, to.time);
    let minutes = |t: ClockTime| i32::from(t.hour) * 60 + i32::from(t.minute);
    let later = |t: ClockTime| ClockTime { hour: (t.hour + 12) % 24, ..t };
    let zone = a.zone.or(b.zone);
    (a.zone, b.zone) = (zone, zone);
    match (a.sure, b.sure) {
        (false, true) => {
            let noon = if a.hour == 12 { a } else { later(a) };
            // "from 11 to 3 am" begins before midnight.
            if b.hour >= 12 && minutes(noon) <= minutes(b) || b.hour < 12 && minutes(a) > minutes(b) && a.hour < 12 {
                a = noon;
            }
            a.sure = true;
        }
        (true, false) => {
            // "8am until 6", but "11 pm to 3" runs over midnight.
            if minutes(b) <= minutes(a) && b.hour < 12 && minutes(later(b)) > minutes(a) {
                b = later(b);
            }
            b.sure = true;
        }
        (false, false) if minutes(b) < minutes(a) && b.hour < 12 => b = later(b),
        _ => {}
    }
    (a, b)
}

/// A time of day in the half of the day that a part of it names: "this evening at 8".
pub(super) fn within(time: ClockTime, part: Daypart) -> ClockTime {
    let hour = match part {
        _ if time.sure => time.hour,
        Daypart::Morning if time.hour == 12 => 0,
        Daypart::Afternoon | Daypart::Evening | Daypart::Noon if time.hour < 12 => time.hour + 12,
        Daypart::Night if (6..12).contains(&time.hour) => time.hour + 12,
        Daypart::Night if time.hour == 12 => 0,
        _ => time.hour,
    };
    ClockTime { hour, sure: true, ..time }
}

/// "T23:45:00.487+01:00" glued to a date.
pub(super) fn iso(r: &LexedText<'_>, at: usize) -> Option<(ClockTime, usize)> {
    let hour = r.raw(at).strip_prefix(['T', 't']).filter(|h| h.len() == 2 && r.glued(at))?.parse::<i8>().ok()?;
    let sixty = |i: usize| {
        let raw = r.raw(i).split('.').next().unwrap_or_default();
        raw.parse::<i8>().ok().filter(|m| raw.len() == 2 && *m < 60 && r.glued(i))
    };
    let colon = |i: usize| r.word(i) == word::COLON && r.glued(i);
    let (mut minute, mut second, mut end) = (0, 0, at + 1);
    if let Some(m) = sixty(end + 1).filter(|_| colon(end)) {
        (minute, end) = (m, end + 2);
        if let Some(s) = sixty(end + 1).filter(|_| colon(end)) {
            (second, end) = (s, end + 2);
        }
    }
    let mut zone = None;
    if r.word(end) == word::Z && r.glued(end) {
        (zone, end) = (Some(0), end + 1);
    } else if matches!(r.word(end), word::PLUS | word::HYPHEN) && r.glued(end) {
        let hours = r.raw(end + 1).parse::<i16>().ok().filter(|h| r.raw(end + 1).len() == 2 && *h < 24);
        if let Some(hours) = hours {
            let minutes = sixty(end + 3).filter(|_| colon(end + 2)).map(i16::from);
            let sign = if r.word(end) == word::PLUS { 1 } else { -1 };
            zone = Some(sign * (hours * 60 + minutes.unwrap_or(0)));
            end += if minutes.is_some() { 4 } else { 2 };
        }
    }
    (0..24).contains(&hour).then_some((ClockTime { hour, minute, second, sure: true, zone }, end))
}
