//! Numbers in digits: grouping, points, fractions, powers. The number at one token, without scale words or unit.

use rust_decimal::Decimal;

use super::noun;
use super::numeral::Numeral;
use crate::rule::measure::{LexedText, word};

/// The number whose first token is digits, with an ordinal ending, a fraction or a power behind it.
pub(super) fn digits(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let raw = r.raw(at);
    let (value, step) = parse_digits(raw).or_else(|| decimal_comma(r, at))?;
    let mut n = Numeral::new(value, step, at + 1);
    n.digits = true;
    n.plain = raw.bytes().all(|b| b.is_ascii_digit());
    let worked = Numeral { plain: false, ..n };
    if let Some(part) = vulgar(r.raw(at + 1)) {
        return Some(Numeral { value: value.checked_add(part)?, step: part, end: at + 2, ..worked });
    }
    if ordinal_ending(r, at + 1, raw) {
        return Some(Numeral { ordinal: true, end: at + 2, ..worked });
    }
    // 1/2, and 10 1/2; 9/11 and 24/7 are none.
    if let Some((part, end)) = slashed(r, at) {
        return Some(Numeral { value: part, step: part, end, fraction: true, ..worked });
    }
    if n.plain
        && !r.glued(at + 1)
        && let Some((part, end)) = slashed(r, at + 1)
    {
        return Some(Numeral { value: value.checked_add(part)?, step: part, end, ..worked });
    }
    if let Some(found) = power(r, &n) {
        return found.map(|(value, step, end)| Numeral { value, step, end, ..worked });
    }
    // 1 234 567 with narrow spaces, or with plain ones where the groups cannot be numbers of their own.
    if let Some((value, end)) = spaced(r, at) {
        return Some(Numeral { value, end, ..worked });
    }
    // "one point five" written with digits
    if n.plain && r.word(at + 1) == word::POINT && !r.glued(at + 2) && r.raw(at + 2).len() < 9 {
        let part = r.raw(at + 2);
        if r.is_number(at + 2) && part.bytes().all(|b| b.is_ascii_digit()) {
            let step = Decimal::new(1, part.len() as u32);
            let part = Decimal::from(part.parse::<u32>().ok()?).checked_mul(step)?;
            return Some(Numeral { value: value.checked_add(part)?, step, end: at + 3, ..worked });
        }
    }
    Some(n)
}

/// `st`, `nd`, `rd`, `th` where they fit the digits that they adjoin.
fn ordinal_ending(r: &LexedText<'_>, at: usize, digits: &str) -> bool {
    let last = digits.as_bytes().last().copied().unwrap_or(b'0');
    let teen = digits.len() > 1 && digits.as_bytes()[digits.len() - 2] == b'1';
    r.glued(at)
        && !digits.contains('.')
        && match r.word(at) {
            word::ST => last == b'1' && !teen,
            word::ND => last == b'2' && !teen,
            word::RD => last == b'3' && !teen,
            word::TH => true,
            _ => false,
        }
}

/// ".5": the point stands at `at`, and nothing that it could belong to adjoins it.
pub(super) fn leading_point(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    if r.glued(at) && at > 0 && !matches!(r.before(at), word::OPEN | word::DOLLAR | word::HYPHEN) {
        return None;
    }
    let raw = r.raw(at + 1);
    let places = u32::try_from(raw.len()).ok().filter(|&n| n <= 28)?;
    let part = raw.bytes().all(|b| b.is_ascii_digit()).then(|| raw.parse::<u64>().ok()).flatten()?;
    let step = Decimal::new(1, places);
    Some(Numeral { digits: true, ..Numeral::new(Decimal::from(part).checked_mul(step)?, step, at + 2) })
}

/// Digits with grouping and point; the step is one in the last place. Groups are of three, or of two before the last
/// (12,34,567); with both marks, or with two points, the European way round is clear as well (1.234,5).
pub(super) fn parse_digits(raw: &str) -> Option<(Decimal, Decimal)> {
    if raw.len() > 40 {
        return None;
    }
    let commas = raw.bytes().filter(|&b| b == b',').count();
    let points = raw.bytes().filter(|&b| b == b'.').count();
    let (group, point) = match (commas, points) {
        (_, 0 | 1) if commas == 0 || raw.rfind(',') < raw.rfind('.') || points == 0 => (',', '.'),
        (1, 1..) if raw.rfind(',') > raw.rfind('.') => ('.', ','),
        // An address of a machine has four parts; a number of so many groups is written otherwise.
        (0, 2) => ('.', ','),
        _ => return None,
    };
    let whole = raw.split(point).next().unwrap_or_default();
    if !grouped(whole, group) {
        return None;
    }
    let (mut mantissa, mut places, mut behind) = (0i128, 0u32, false);
    for b in raw.bytes() {
        match b {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(b - b'0'))?;
                places += u32::from(behind);
            }
            b if b == point as u8 => behind = true,
            // Grouping marks end with the whole part.
            _ if behind => return None,
            _ => {}
        }
    }
    let value = Decimal::try_from_i128_with_scale(mantissa, places).ok()?;
    Some((value, Decimal::new(1, places)))
}

/// Whether the groups between the marks have the lengths of thousands, or of lakhs and crores.
fn grouped(whole: &str, mark: char) -> bool {
    if !whole.contains(mark) {
        return true;
    }
    let count = whole.split(mark).count();
    let inner = |len: usize| whole.split(mark).skip(1).take(count - 2).all(|g| g.len() == len);
    let (first, last) = (whole.split(mark).next().unwrap_or_default(), whole.rsplit(mark).next().unwrap_or_default());
    last.len() == 3 && (1..=3).contains(&first.len()) && first != "0" && (inner(3) || mark == ',' && inner(2))
}

/// "3,5 million", "2,5 %": a decimal comma where a scale or a unit shows that the digits are one number.
fn decimal_comma(r: &LexedText<'_>, at: usize) -> Option<(Decimal, Decimal)> {
    let (whole, part) = r.raw(at).split_once(',')?;
    let short = whole.len() <= 3 && (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !short || r.sense(at + 1).scale.is_none() && r.unit(at + 1).is_none() {
        return None;
    }
    let places = part.len() as u32;
    let digits = whole.parse::<i64>().ok()?.checked_mul(10i64.pow(places))?.checked_add(part.parse().ok()?)?;
    Some((Decimal::new(digits, places), Decimal::new(1, places)))
}

/// The fractions that are one character.
pub(super) fn vulgar(raw: &str) -> Option<Decimal> {
    let mut chars = raw.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let (a, b) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    };
    Decimal::from(a).checked_div(Decimal::from(b))
}

fn slashed(r: &LexedText<'_>, at: usize) -> Option<(Decimal, usize)> {
    let joined = r.is_number(at) && matches!(r.raw(at + 1), "/" | "⁄") && r.is_number(at + 2);
    if !joined || !r.glued(at + 1) || !r.glued(at + 2) || (r.word(at + 3) == word::SLASH && r.glued(at + 3)) {
        return None;
    }
    if at > 0 && r.glued(at) && r.before(at) == word::SLASH {
        return None;
    }
    let (a, b): (u32, u32) = (r.raw(at).parse().ok()?, r.raw(at + 2).parse().ok()?);
    let usual = matches!(b, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 12 | 16 | 20 | 32 | 64 | 100 | 128);
    if !usual && r.raw(at + 1) == "/" || a >= b || a == 0 {
        return None;
    }
    Some((Decimal::from(a).checked_div(Decimal::from(b))?, at + 3))
}

/// Digits in groups of three with spaces between them.
fn spaced(r: &LexedText<'_>, at: usize) -> Option<(Decimal, usize)> {
    let head = r.raw(at);
    if head.len() > 3 || head.starts_with('0') || !head.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut value: Decimal = Decimal::from(head.parse::<u32>().ok()?);
    // "40 050": a group that begins with a nought is no number of its own.
    let (mut i, mut narrow, mut nought) = (at + 1, true, false);
    while r.is_number(i) && i - at < 9 {
        let gap = r.gap(i);
        let raw = r.raw(i);
        let whole = raw.split('.').next().unwrap_or_default();
        let plain = gap == " ";
        if !plain && !matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}") || whole.len() != 3 || raw.contains(',') {
            break;
        }
        narrow &= !plain;
        nought |= raw.starts_with('0');
        value = value.checked_mul(Decimal::ONE_THOUSAND)?.checked_add(parse_digits(raw)?.0)?;
        i += 1;
        if raw.contains('.') {
            break;
        }
    }
    // "held 1 418 people": one plain group is one where something is counted and nothing is named by the first digits.
    let named = at > 0 && (r.capital(at - 1) && !r.opens(at - 1) || r.sense_before(at).role.label);
    let counts = || r.unit(i).is_some() || noun::counted(r, i, false).is_some();
    let groups = i - at - 1;
    (groups >= 2 || groups == 1 && (narrow || nought || at > 0 && r.sign(at - 1).is_some() || !named && counts()))
        .then_some((value, i))
}

/// What a power makes of a number: value, step, token behind.
type Power = (Decimal, Decimal, usize);

/// `x10^6`, `× 10^6`, `x 10^-3`, `×10−5`, `8x2^10`, `1e10`, `4e-3`, `2^10` behind a number. The inner `None` is one too
/// small or too large to be held.
fn power(r: &LexedText<'_>, n: &Numeral) -> Option<Option<Power>> {
    let times = |by: Decimal, end: usize| Some((n.value.checked_mul(by)?, n.step.checked_mul(by)?, end));
    let (mut i, raw) = (n.end, r.raw(n.end));
    if r.glued(i) && r.is_word(i) && raw.starts_with(['e', 'E']) {
        let (digits, minus, end) = match &raw[1..] {
            "" if matches!(r.word(i + 1), word::HYPHEN | word::MINUS_SIGN | word::PLUS) && r.glued(i + 1) => {
                (r.raw(i + 2), r.word(i + 1) != word::PLUS, i + 3)
            }
            tail => (tail, false, i + 1),
        };
        if !r.glued(end - 1) || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        return Some(raised(Decimal::TEN, digits, minus).and_then(|by| times(by, end)));
    }
    let mut base = None;
    if matches!(raw, "x" | "X" | "×" | "*" | "·") && r.is_number(i + 1) {
        (base, i) = (r.raw(i + 1).parse::<u32>().ok(), i + 2);
    } else if r.is_word(i) && raw.starts_with(['x', 'X']) {
        (base, i) = (raw[1..].parse().ok(), i + 1);
    }
    if base.is_none() && i > n.end {
        return None;
    }
    let caret = r.raw(i) == "^" && r.glued(i);
    i += usize::from(caret);
    let minus = matches!(r.word(i), word::HYPHEN | word::MINUS_SIGN) && r.glued(i);
    i += usize::from(minus);
    // `2-3` is no power, `10−5` behind a cross is one.
    if !caret && (!minus || base != Some(10)) || !r.is_number(i) || !r.glued(i) {
        return None;
    }
    Some(match base {
        Some(base) => raised(Decimal::from(base), r.raw(i), minus).and_then(|by| times(by, i + 1)),
        None => raised(n.value, r.raw(i), minus).map(|value| (value, n.step.min(Decimal::ONE), i + 1)),
    })
}

/// A number to a whole power. A negative one is exact only where the quotient has an end.
fn raised(base: Decimal, exponent: &str, minus: bool) -> Option<Decimal> {
    let exponent: u32 = exponent.parse().ok().filter(|e| *e <= 64)?;
    let mut by = Decimal::ONE;
    for _ in 0..exponent {
        by = by.checked_mul(base)?;
    }
    if minus { Decimal::ONE.checked_div(by).filter(|by| !by.is_zero()) } else { Some(by) }
}
