//! Numbers that are no quantities: names, labels, ids, scores, phone numbers, pronouns.

use rust_decimal::Decimal;

use super::numeral::Numeral;
use crate::rule::measure::{Reading, word};

/// Longest chain that is taken for one id, in tokens: a limit for the cost, not for the language.
const RUN: usize = 32;

/// The token behind a chain of digits, marks and letters without spaces (`555-123-4567`, `3.1.4-rc2`).
pub(super) fn run_end(r: &Reading<'_>, at: usize) -> usize {
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

fn ends_clause(r: &Reading<'_>, at: usize) -> bool {
    matches!(r.word(at), word::COMMA | word::CLOSE)
}

/// Whether the digits belong to a name, an id or a reference, whatever follows; answers where to go on.
pub(super) fn refused(r: &Reading<'_>, first: usize, n: &Numeral) -> Option<usize> {
    if n.high.is_some() || !n.digits {
        return labelled(r, first, n).then_some(n.end);
    }
    let skip = Some(run_end(r, first).max(n.end));
    // "KX-4", "COVID-19", "#5", "/2", "v_3", "U.S.25"
    if r.glued(first) && first > 0 {
        let joined =
            r.hyphen(first - 1) && first >= 2 && r.glued(first - 1) && (r.is_word(first - 2) || r.is_number(first - 2));
        if joined && r.sense(first - 2).slot.is_none() && !prefix(r, first - 2) {
            return skip;
        }
        if matches!(r.word(first - 1), word::HASH | word::UNDERSCORE | word::AT_SIGN | word::BACKSLASH | word::SLASH)
            || (r.word(first - 1) == word::DOT && r.glued(first - 1))
            || (r.word(first - 1) == word::COLON && r.glued(first - 1))
        {
            return skip;
        }
        // "X55,000": a comma of an id.
        let tail = r.word(first - 1) == word::COMMA && r.glued(first - 1);
        if tail && first >= 2 && (r.is_word(first - 2) || r.is_number(first - 2)) || r.is_word(first - 1) {
            return skip;
        }
    }
    // "[12]"
    if r.before(first) == word::BRACKET && r.word(n.end) == word::BRACKET_CLOSE {
        return skip;
    }
    // "8a3f", "4x4", "10-K": letters joined to the digits that are neither unit nor suffix.
    if r.glued(n.end) && r.is_word(n.end) && n.plain {
        return skip;
    }
    if r.hyphen(n.end) && n.plain && r.raw(n.end + 1).len() <= 2 && r.is_word(n.end + 1) && r.capital(n.end + 1) {
        return skip;
    }
    // "12." or "3)" at the head of a line is a list number; "1:30" a time or ratio of its own kind.
    let leads = r.lex.get(first).is_some_and(|l| l.leads);
    if leads && n.plain && n.value < Decimal::ONE_THOUSAND {
        let mark = matches!(r.word(n.end), word::DOT | word::CLOSE) && r.glued(n.end);
        if mark && !r.glued(n.end + 1) && r.lex.get(n.end + 1).is_some_and(|l| !l.leads) {
            return Some(n.end);
        }
    }
    if r.word(n.end) == word::COLON && r.glued(n.end) && r.is_number(n.end + 1) && r.glued(n.end + 1) {
        return skip;
    }
    // "555-123-4567", "12-34-56": three numbers in a chain.
    let chained = |i: usize| {
        matches!(r.word(i), word::HYPHEN | word::SLASH | word::DOT)
            && r.glued(i)
            && r.is_number(i + 1)
            && r.glued(i + 1)
    };
    if n.plain && chained(n.end) && (chained(n.end + 2) || r.word(n.end) == word::SLASH) {
        return skip;
    }
    labelled(r, first, n).then_some(n.end)
}

/// "minus-5", "sub-300", "mid-20": the words that may adjoin a number by a hyphen.
fn prefix(r: &Reading<'_>, at: usize) -> bool {
    matches!(r.word(at), word::MINUS | word::SUB | word::TO)
        || ["plus", "than", "over", "under", "nearly", "almost", "about", "pre", "mid", "top", "to"]
            .iter()
            .any(|p| r.raw(at).eq_ignore_ascii_case(p))
}

/// "Section 12", "page 5", "No. 7", "Formula 1".
fn labelled(r: &Reading<'_>, first: usize, n: &Numeral) -> bool {
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

/// Whether a number with neither unit nor counted noun is part of a name.
pub(super) fn bare_refused(r: &Reading<'_>, first: usize, n: &Numeral, end: usize) -> Option<usize> {
    if !n.plain {
        return None;
    }
    let before = first.checked_sub(1)?;
    // "Zephyr Watch 5": a capital in mid-sentence before a small number.
    // A name with a small number in lower-case surroundings; headlines capitalise what they count as well.
    let named = r.is_word(before) && r.raw(before).chars().any(char::is_uppercase) && !r.sense(before).role.stop;
    let calendar = r.sense(before).month.is_some() || r.sense(before).weekday.is_some();
    let hedge = r.phrase_before(&r.measures.bounds_before, first).is_some();
    let named =
        named && !calendar && !hedge && (!r.opens(before) || r.raw(before).chars().skip(1).any(char::is_uppercase));
    if named && n.value < Decimal::from(10_000) && r.sense(before).cardinal.is_none() {
        return Some(end);
    }
    None
}

/// "3-1", "2-2": a score, if no unit follows and the numbers do not rise. Answers where to go on.
pub(super) fn score(r: &Reading<'_>, n: &Numeral, first: usize) -> Option<usize> {
    let whole = n.plain && n.value < Decimal::from(200);
    let dashed = r.dash(n.end) && r.glued(n.end) && r.is_number(n.end + 1) && r.glued(n.end + 1);
    (whole && dashed && first < n.end).then_some(n.end + 2)
}

/// Whether a lone "one" counts: a noun has to follow, and no determiner may stand before it.
pub(super) fn counts_one(r: &Reading<'_>, at: usize, end: usize) -> bool {
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
    let at_noun = if r.hyphen(end) { end + 1 } else { end };
    !determined && r.is_word(at_noun) && !after.role.stop && after.cardinal.is_none() && !r.raw(end).contains('\'')
}

/// Whether an ordinal word is a place in an order: "first" and "second" need a determiner.
pub(super) fn ordinal_stands(r: &Reading<'_>, first: usize, n: &Numeral) -> bool {
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
