//! Numbers that are no quantities: names, labels, ids, scores, phone numbers, pronouns.

use rust_decimal::Decimal;

use super::noun;
use super::numeral::{Numeral, numeral};
use super::sum::Sum;
use crate::rule::measure::{LexedText, word};
use crate::text::Span;

/// Longest chain that is taken for one id, in tokens: a limit for the cost, not for the language.
const RUN: usize = 32;

/// The token behind a chain of digits, marks and letters without spaces (`555-123-4567`, `3.1.4-rc2`).
pub(super) fn run_end(r: &LexedText<'_>, at: usize) -> usize {
    let mut i = at + 1;
    while i < at + RUN
        && r.glued(i)
        && (r.is_number(i) || r.is_number(i.saturating_sub(1)) && !r.is_word(i) || r.is_word(i) && !ends_clause(r, i))
    {
        i += 1;
    }
    // A mark at the end (a full stop, a bracket) is not part of the chain.
    while i > at + 1 && !r.is_number(i - 1) && !r.is_word(i - 1) {
        i -= 1;
    }
    i
}

fn ends_clause(r: &LexedText<'_>, at: usize) -> bool {
    matches!(r.word(at), word::COMMA | word::CLOSE)
}

/// Whether the number belongs to a name, an id or a reference, whatever follows; answers where to go on.
pub(super) fn refused(r: &LexedText<'_>, found: &Sum) -> Option<usize> {
    let (first, n) = (found.first, &found.n);
    if found.unit.is_some() {
        // "XK-12C", "KX-4 m"; but "sub-300 km" and "better-than-60%"
        // "13F filings": a form whose letter looks like a unit
        let letter = found.end == n.end + 1 && r.glued(n.end) && r.raw(n.end).len() == 1;
        let form = n.plain && letter && r.is_word(n.end) && r.sense(found.end).role.numbered;
        let name = form || compound(r, first, found.end);
        return (r.is_number(first) && name).then(|| run_end(r, first).max(found.end));
    }
    if let Some(end) = era(r, first, n) {
        return Some(end);
    }
    if n.high.is_some() || !n.digits {
        let hung = n.end == first + 1
            && hyphened(r, first).is_some_and(|i| r.is_word(i) && !prefix(r, i) && n.scale == Decimal::ONE);
        return (hung || labelled(r, first, n)).then_some(n.end);
    }
    let end = run_end(r, first).max(n.end);
    let refuse = adjoins(r, first)
        || referred(r, first, n)
        || chained(r, n)
        || house(r, n)
        || negative_name(r, first)
        || initial(r, first, n)
        || model(r, first, n)
        // "0401", "007": a code.
        || n.plain && r.raw(first).len() > 1 && r.raw(first).starts_with('0');
    if refuse {
        return Some(end);
    }
    if let Some(end) = telephone(r, first, n) {
        return Some(end);
    }
    (listed(r, first, n) || labelled(r, first, n)).then_some(n.end)
}

/// The word that a hyphen joins to the number behind it.
fn hyphened(r: &LexedText<'_>, first: usize) -> Option<usize> {
    let joined = first >= 2 && r.glued(first) && r.hyphen(first - 1) && r.glued(first - 1);
    joined.then(|| first - 2).filter(|&i| r.is_word(i) || r.is_number(i))
}

/// A number with unit that is the tail of a name: a capital or a digit stands before the hyphen, or the unit is a letter.
fn compound(r: &LexedText<'_>, first: usize, end: usize) -> bool {
    let Some(word) = hyphened(r, first).filter(|&i| !prefix(r, i) && r.sense(i).slot.is_none()) else { return false };
    let name = r.raw(word).bytes().any(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    name && !r.opens(word) || r.raw(end - 1).len() == 1 && r.is_word(end - 1)
}

/// "KX-4", "COVID-19", "#5", "/2", "v_3", "U.S.25", "X55,000"
fn adjoins(r: &LexedText<'_>, first: usize) -> bool {
    if first == 0 || !r.glued(first) {
        return false;
    }
    let before = first - 1;
    if hyphened(r, first).is_some_and(|i| r.sense(i).slot.is_none() && !prefix(r, i)) {
        return true;
    }
    let mark = matches!(r.word(before), word::HASH | word::UNDERSCORE | word::AT_SIGN | word::BACKSLASH | word::SLASH);
    let glued = r.glued(before) && matches!(r.word(before), word::DOT | word::COLON);
    let comma = r.glued(before) && r.word(before) == word::COMMA && first >= 2;
    mark || glued || comma && (r.is_word(first - 2) || r.is_number(first - 2)) || r.is_word(before)
}

/// "[12]", "8a3f", "4x4", "10-K": a reference, or letters joined to the digits that are neither unit nor suffix.
fn referred(r: &LexedText<'_>, first: usize, n: &Numeral) -> bool {
    if r.before(first) == word::BRACKET && r.word(n.end) == word::BRACKET_CLOSE {
        return true;
    }
    let letters = r.glued(n.end) && r.is_word(n.end);
    let form = r.hyphen(n.end) && r.raw(n.end + 1).len() <= 2 && r.is_word(n.end + 1) && r.capital(n.end + 1);
    n.plain && (letters || form)
}

/// "12." or "3)" at the head of a line is a list number.
fn listed(r: &LexedText<'_>, first: usize, n: &Numeral) -> bool {
    let leads = r.lex.get(first).is_some_and(|l| l.leads) && n.plain && n.value < Decimal::ONE_THOUSAND;
    let mark = matches!(r.word(n.end), word::DOT | word::CLOSE) && r.glued(n.end);
    leads && mark && !r.glued(n.end + 1) && r.lex.get(n.end + 1).is_some_and(|l| !l.leads)
}

/// "1:30", "555-123-4567", "12-34-56": numbers in a chain.
fn chained(r: &LexedText<'_>, n: &Numeral) -> bool {
    if r.word(n.end) == word::COLON && r.glued(n.end) && r.is_number(n.end + 1) && r.glued(n.end + 1) {
        return true;
    }
    let link = |i: usize| {
        matches!(r.word(i), word::HYPHEN | word::SLASH | word::DOT)
            && r.glued(i)
            && r.is_number(i + 1)
            && r.glued(i + 1)
    };
    n.plain && link(n.end) && (link(n.end + 2) || r.word(n.end) == word::SLASH)
}

/// "+44 20 7946 0123", "(555) 012-3456", "555-0123": groups of digits that make no number; answers where they end.
fn telephone(r: &LexedText<'_>, first: usize, n: &Numeral) -> Option<usize> {
    /// Groups and marks of the longest one.
    const REACH: usize = 12;
    let local = |i: usize| {
        let groups =
            r.raw(i).len() == 3 && r.is_number(i) && r.hyphen(i + 1) && r.is_number(i + 2) && r.raw(i + 2).len() == 4;
        groups && r.unit(i + 3).is_none() && noun::counted(r, i + 3, false).is_none()
    };
    let abroad = r.before(first) == word::PLUS && r.glued(first) && r.is_number(n.end) && r.gap(n.end) == " ";
    let area =
        r.before(first) == word::OPEN && r.raw(first).len() == 3 && r.word(n.end) == word::CLOSE && local(n.end + 1);
    if !n.plain || !abroad && !area && !local(first) {
        return None;
    }
    let group = |i: &usize| r.is_number(*i) || r.hyphen(*i) || matches!(r.word(*i), word::OPEN | word::CLOSE);
    let end = (n.end..n.end + REACH).take_while(group).last().map_or(n.end, |i| i + 1);
    Some(end)
}

/// "9 E 12th St", "49 Elm Park Road": a house in a street, whose last word is followed by no further name ("20 High
/// Court Cases" in a headline).
fn house(r: &LexedText<'_>, n: &Numeral) -> bool {
    /// Words that the name of a street may have.
    const REACH: usize = 4;
    // "16-18 Station Road"
    let at = if r.dash(n.end) && r.is_number(n.end + 1) { n.end + 2 } else { n.end };
    n.plain
        && r.capital(at)
        && (at + 1..=at + REACH)
            .take_while(|&i| r.capital(i) || r.is_number(i) || r.glued(i))
            .any(|i| r.capital(i) && r.sense(i).role.street && !r.capital(i + 1))
}

/// "COVID -19": a minus that hangs on a name in capitals.
fn negative_name(r: &LexedText<'_>, first: usize) -> bool {
    let minus = r.word(first) == word::HYPHEN && first > 0;
    minus
        && r.is_word(first - 1)
        && r.raw(first - 1).len() > 1
        && r.raw(first - 1).bytes().all(|b| b.is_ascii_uppercase())
}

/// "S&P 500", "Model S 75": a capital letter alone before the digits.
fn initial(r: &LexedText<'_>, first: usize, n: &Numeral) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let raw = r.raw(before);
    n.plain && !r.dash(n.end) && raw.len() == 1 && r.is_word(before) && r.capital(before) && !matches!(raw, "A" | "I")
}

/// "the 8088 chip", "the 90210 ZIP code", "two 737 jets": plain digits before what is named by a number. More than one
/// would want a plural, and what is counted has been counted by the word before.
fn model(r: &LexedText<'_>, first: usize, n: &Numeral) -> bool {
    let long = n.plain && n.end == first + 1 && n.value >= Decimal::ONE_HUNDRED;
    let counted = r.sense_before(first).cardinal.is_some() && !r.glued(first) && r.unit(n.end).is_none();
    // "the 486 is"
    let one = r.before(first) == word::THE && matches!(r.word(n.end), word::IS | word::WAS);
    long && (r.sense(n.end).role.numbered && !noun::plural(r, n.end) || counted || one)
}

/// "A.D. 1000", "AD 79 to 81", "between 500 and 300 BC", "44 B.C.": years by their era; answers where they end.
fn era(r: &LexedText<'_>, first: usize, n: &Numeral) -> Option<usize> {
    /// Tokens of "B.C.E."
    const REACH: usize = 6;
    let plain = |n: &Numeral| n.plain && n.value < Decimal::from(10_000);
    let name = |from: usize, to: usize| {
        let letters = (from..to).flat_map(|i| r.raw(i).chars()).filter(|c| *c != '.');
        ["AD", "BC", "BCE", "CE"].iter().any(|era| letters.clone().eq(era.chars()))
    };
    let capital = |i: usize| r.capital(i) || r.word(i) == word::DOT;
    let second = |at: usize| {
        let joined = matches!(r.word(at), word::AND | word::TO) || r.dash(at);
        joined.then(|| numeral(r, at + 1, false)).flatten().filter(plain)
    };
    if !plain(n) {
        return None;
    }
    if first > 0 && capital(first - 1) {
        let from = (first.saturating_sub(REACH)..first).rev().take_while(|&i| capital(i)).last()?;
        if (from..first).any(|i| name(i, first)) {
            return Some(second(n.end).map_or(n.end, |n| n.end));
        }
    }
    let behind = |at: usize| (at + 1..=at + REACH).rev().find(|&end| capital(at) && name(at, end));
    behind(n.end).or_else(|| behind(second(n.end)?.end))
}

/// "minus-5", "sub-300", "mid-20": the words that may adjoin a number by a hyphen.
fn prefix(r: &LexedText<'_>, at: usize) -> bool {
    matches!(r.word(at), word::MINUS | word::SUB | word::TO)
        || ["plus", "than", "over", "under", "nearly", "almost", "about", "pre", "mid", "top", "to"]
            .iter()
            .any(|p| r.raw(at).eq_ignore_ascii_case(p))
}

/// "Section 12", "page 5", "No. 7", "Formula 1".
fn labelled(r: &LexedText<'_>, first: usize, n: &Numeral) -> bool {
    if n.scale > Decimal::ONE || n.fraction || n.high.is_some() {
        return false;
    }
    let Some(mut before) = first.checked_sub(1) else { return false };
    if matches!(r.word(before), word::DOT | word::HASH) && before > 0 {
        before -= 1;
    }
    let role = r.sense(before).role;
    role.name || role.label || r.raw(before) == "No"
}

/// Whether a number without unit is a year or part of a name. `noun` is what it seems to count.
pub(super) fn bare_refused(
    r: &LexedText<'_>,
    found: &Sum,
    noun: Option<Span>,
    hedged: bool,
    end: usize,
) -> Option<usize> {
    let (first, n) = (found.first, &found.n);
    if !n.plain || hedged {
        return None;
    }
    // "the 2018 sales": so many things are counted in digits of that kind only when the number is round.
    let year =
        (Decimal::from(1950)..Decimal::from(2050)).contains(&n.value) && !(n.value % Decimal::from(50)).is_zero();
    if year && noun.is_some() {
        return Some(end);
    }
    let counts = noun.is_some_and(|s| n.value >= Decimal::ONE_HUNDRED || s.of(r.text).contains(char::is_uppercase));
    let before = first.checked_sub(1).filter(|_| !counts)?;
    // "Zephyr Watch 5": a capital in mid-sentence before a small number; headlines capitalise what they count as well.
    let raw = r.raw(before);
    let capital = r.is_word(before) && raw.chars().any(char::is_uppercase) && !r.sense(before).role.stop;
    let calendar = r.sense(before).month.is_some() || r.sense(before).weekday.is_some();
    let named = capital && !calendar && (!r.opens(before) || raw.chars().skip(1).any(char::is_uppercase));
    // "PA 23456"
    let post_code = named && raw.len() == 2 && raw.bytes().all(|b| b.is_ascii_uppercase()) && r.raw(first).len() == 5;
    let name = named && n.value < Decimal::from(10_000) && r.sense(before).cardinal.is_none();
    (name || post_code).then_some(end)
}

/// Whether a lone "one" counts: a noun has to follow, and no determiner may stand before it.
pub(super) fn counts_one(r: &LexedText<'_>, at: usize, end: usize) -> bool {
    let before = r.before(at);
    let determined = matches!(
        before,
        word::THE
            | word::NO
            | word::ANY
            | word::EVERY
            | word::EACH
            | word::THIS
            | word::THAT
            | word::WHICH
            | word::SOME
            | word::OTHER
    );
    let after = r.sense(end);
    let at_noun = r.past_hyphen(end);
    !determined && r.is_word(at_noun) && !after.role.stop && after.cardinal.is_none() && !r.raw(end).contains('\'')
}

/// Whether an ordinal word is a place in an order: "first" and "second" need a determiner.
pub(super) fn ordinal_stands(r: &LexedText<'_>, first: usize, n: &Numeral) -> bool {
    // "third-party", "first-class"
    if r.hyphen(n.end) {
        return false;
    }
    if !matches!(r.word(first), word::FIRST | word::SECOND) || n.end > first + 1 {
        return true;
    }
    let Some(before) = first.checked_sub(1) else { return false };
    if r.kind(before) == Some(crate::text::TokenKind::Possessive) {
        return true;
    }
    let raw = r.raw(before);
    ["the", "its", "his", "her", "their", "our", "my", "your", "a", "very"].iter().any(|d| raw.eq_ignore_ascii_case(d))
}
