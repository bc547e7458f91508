//! Years: behind a date, alone, in words.

use super::Expression;
use super::clock::stands_free;
use super::date::built;
use super::grammar::Read;
use crate::mention::quantity::{counts_noun, whole_number};
use crate::rule::measure::{Guard, LexedText, Slot, word};
use crate::text::TokenKind;

/// Two digits as a year of the hundred that is nearest to 2000, or four.
pub(super) fn short_year(raw: &str) -> Option<i16> {
    let n = raw.parse::<i16>().ok()?;
    match raw.len() {
        4 => Some(n).filter(|n| (1000..2100).contains(n)),
        2 => Some(if n < 50 { 2000 + n } else { 1900 + n }),
        _ => None,
    }
}

/// The year behind month and day: "2026", ", 2026", "of 2026", "'26".
pub(super) fn year_behind(r: &LexedText<'_>, at: usize) -> Option<(i16, usize)> {
    let next = if matches!(r.word(at), word::COMMA | word::OF | word::IN) { at + 1 } else { at };
    if let Some(year) = whole_year(r, next) {
        let glued_word = r.glued(next + 1) && r.is_word(next + 1);
        return (!glued_word).then_some((year, next + 1));
    }
    let short = matches!(r.raw(next), "'" | "\u{2019}" | "\u{2018}") && r.glued(next + 1) && r.raw(next + 1).len() == 2;
    if let Some(year) = short.then(|| short_year(r.raw(next + 1))).flatten() {
        return Some((year, next + 2));
    }
    spelled_year(r, next)
}

/// "nineteen eighty-six", "nineteen hundred and three", "two thousand and ten".
pub(super) fn spelled_year(r: &LexedText<'_>, at: usize) -> Option<(i16, usize)> {
    let century = r.sense(at).cardinal?;
    if century == 2 {
        let (n, end) = whole_number(r, at).filter(|(n, _)| (2000..2100).contains(n))?;
        return i16::try_from(n).ok().map(|y| (y, end));
    }
    let century = i16::try_from(century).ok().filter(|c| (13..=20).contains(c))?;
    let mut next = at + 1;
    let hundred = r.word(next) == word::HUNDRED;
    next += usize::from(hundred) + usize::from(hundred && r.word(next + 1) == word::AND);
    let (rest, end) = if hundred && r.sense(next).cardinal.is_none() {
        (0, next)
    } else {
        two_digits(r, next).filter(|(n, _)| (if hundred { 1 } else { 10 }..100).contains(n))?
    };
    Some((century * 100 + i16::try_from(rest).ok()?, end))
}

/// "eighty-six", "twelve" in words.
pub(super) fn two_digits(r: &LexedText<'_>, at: usize) -> Option<(u32, usize)> {
    let tens = r.sense(at).cardinal.filter(|n| *n < 100)?;
    let next = at + 1 + usize::from(r.hyphen(at + 1));
    match r.sense(next).cardinal.filter(|n| (1..10).contains(n) && tens >= 20 && tens % 10 == 0) {
        Some(ones) => Some((tens + ones, next + 1)),
        None => Some((tens, at + 1)),
    }
}

/// The year behind a day and a month: as [`year_behind`], or two digits that are no day and close the words ("9 Aug 96").
pub(super) fn year_behind_day(r: &LexedText<'_>, at: usize) -> Option<(i16, usize)> {
    era(r, at).or_else(|| year_behind(r, at)).or_else(|| {
        let next = at + usize::from(matches!(r.word(at), word::COMMA | word::OF));
        let raw = r.raw(next);
        let old = raw.len() == 2 && r.is_number(next) && raw.parse::<i16>().is_ok_and(|n| n > 31);
        (old && !r.glued(next) && stands_free(r, next + 1)).then(|| short_year(raw)).flatten().map(|y| (y, next + 1))
    })
}

/// "88 AD", "79 CE", "44 BC": the year 1 BC is 0, as in ISO 8601.
fn era(r: &LexedText<'_>, at: usize) -> Option<(i16, usize)> {
    let next = at + usize::from(r.word(at) == word::COMMA);
    let year = |i: usize| {
        r.raw(i).parse::<i16>().ok().filter(|n| r.is_number(i) && r.raw(i).len() <= 4 && (1..5000).contains(n))
    };
    // "AD 79"
    if let ("AD", Some(n)) = (r.raw(next), year(next + 1)) {
        return Some((n, next + 2));
    }
    match r.raw(next + 1) {
        "AD" | "CE" => Some((year(next)?, next + 2)),
        "BC" | "BCE" => Some((1 - year(next)?, next + 2)),
        _ => None,
    }
}

/// Four plain digits between 1000 and 2099.
pub(super) fn whole_year(r: &LexedText<'_>, at: usize) -> Option<i16> {
    let raw = r.raw(at);
    let plain = r.is_number(at) && raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit());
    raw.parse::<i16>().ok().filter(|y| plain && (1000..2100).contains(y))
}

/// A year behind words that make one of any four digits: "the end of 1066".
pub(super) fn year_alone(r: &LexedText<'_>, at: usize) -> Read {
    whole_year(r, at).map(|year| (Expression::year(year), at + 1))
}

/// A year that stands for itself: in a slot of time, or plausible and counting nothing.
pub(super) fn bare_year(r: &LexedText<'_>, at: usize) -> Read {
    if !r.is_number(at) {
        // "in nineteen twenty-eight"
        let led =
            matches!(r.sense_before(at).slot, Some(Slot::At | Slot::Since | Slot::By)) || r.before(at) == word::TO;
        let to = |end: usize| matches!(r.word(end), word::TO | word::UNTIL | word::TILL | word::THROUGH);
        let (year, end) = spelled_year(r, at).filter(|(_, end)| led && (stands_free(r, *end) || to(*end)))?;
        return Some((Expression::year(year), end));
    }
    let prev = at.wrapping_sub(1);
    let before = r.sense_before(at);
    // "Founded in 1049": an old year stands in a slot of time, with nothing behind it that could be counted.
    let old = || matches!(before.slot, Some(Slot::At | Slot::Since | Slot::By)) && stands_free(r, at + 1);
    let year = whole_year(r, at).filter(|y| *y >= 1500 || old())?;
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
    // "2024 Aug", "2017 April"
    let month = r.sense(at + 1).month.filter(|_| r.capital(at + 1) || !r.sense(at + 1).role.ambiguous);
    if let Some(month) = month.filter(|_| !r.glued(at) && !r.is_number(at + 2) && (1900..2100).contains(&year)) {
        return Some((built(Some(year), month, None)?, at + 2));
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
    // "June 31, 2022": no day of the calendar, and its year is no date of its own.
    if at > 2 && r.word(prev) == word::COMMA && r.is_number(at - 2) && r.sense(at - 3).month.is_some() {
        return None;
    }
    // "2015-32", "2012-1400", "2010-2015-86" are no years.
    if r.dash(at + 1) && r.glued(at + 1) && r.glued(at + 2) && r.is_number(at + 2) {
        let behind = r.raw(at + 2);
        let year_like = whole_year(r, at + 2).is_some_and(|to| to > year) || short_span(year, behind);
        if !year_like || r.dash(at + 3) && r.glued(at + 3) && r.glued(at + 4) && r.is_number(at + 4) {
            return None;
        }
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
    let paired =
        r.before(at) == word::AND && at > 2 && r.word(at - 3) == word::BETWEEN && whole_year(r, at - 2).is_some();
    let slot = before.slot.is_some() || r.before(at) == word::BETWEEN && whole_year(r, at + 2).is_some() || paired;
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
    stands.then_some((Expression::year(year), at + 1))
}

/// Whether two digits behind a year and a dash are the last ones of a later year: "2019–20".
fn short_span(year: i16, digits: &str) -> bool {
    let last = digits.parse::<i16>().ok().filter(|_| digits.len() == 2);
    last.is_some_and(|l| (1..=12).contains(&(l - year % 100)))
}

pub(super) fn before_hyphen_slot(r: &LexedText<'_>, hyphen: usize) -> bool {
    let i = hyphen.wrapping_sub(1);
    r.sense(i).part.is_some()
        || ["pre", "post"].iter().any(|p| r.raw(i).eq_ignore_ascii_case(p))
        || whole_year(r, i).is_some()
}
