//! Numbers as written: sign, digits or words, scale. A token index goes in, a value and the next index come out.

use rust_decimal::Decimal;

use super::digits::{digits, leading_point, vulgar};
use super::fraction::{and_part, of_what, over};
use super::noun;
use super::words::{cardinal, words};
use crate::rule::measure::{LexedText, word};

/// A number that has been read, without unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// The number, scale included; for "tens of thousands" the lower end.
    pub(super) value: Decimal,
    /// The upper end of a vague plural.
    pub(super) high: Option<Decimal>,
    /// One unit of the last place as written, after scaling.
    pub(super) step: Decimal,
    /// What scale words multiplied it by; 1 when there were none.
    pub(super) scale: Decimal,
    /// Token behind it.
    pub(super) end: usize,
    /// "third", "3rd".
    pub(super) ordinal: bool,
    /// The last token is digits, or a suffix that adjoins them.
    pub(super) digits: bool,
    /// A whole number in plain digits, without grouping, sign, point or scale.
    pub(super) plain: bool,
    /// A half, two thirds: no count.
    pub(super) fraction: bool,
    /// The single word "one".
    pub(super) pronoun: bool,
}

impl Numeral {
    pub(super) fn new(value: Decimal, step: Decimal, end: usize) -> Self {
        Numeral {
            value,
            high: None,
            step,
            scale: Decimal::ONE,
            end,
            ordinal: false,
            digits: false,
            plain: false,
            fraction: false,
            pronoun: false,
        }
    }

    /// The number before its scale words.
    pub(super) fn base(&self) -> Decimal {
        self.value.checked_div(self.scale).unwrap_or(self.value)
    }

    /// Takes over a scale that was written once, behind the other end of a range.
    pub(super) fn scaled(mut self, scale: Decimal) -> Option<Self> {
        self.value = self.value.checked_mul(scale)?;
        self.step = self.step.checked_mul(scale)?;
        self.scale = self.scale.checked_mul(scale)?;
        Some(self)
    }
}

/// The number that begins at a token, with its scale. `money` allows the suffixes that only sums take.
pub(super) fn numeral(r: &LexedText<'_>, at: usize, money: bool) -> Option<Numeral> {
    let signed = match r.word(at) {
        word::HYPHEN | word::MINUS_SIGN | word::EN_DASH if r.is_number(at + 1) && r.glued(at + 1) => {
            let apart = !r.glued(at) || matches!(r.before(at), word::OPEN | word::DOLLAR | word::BRACKET);
            apart.then_some(at + 1)
        }
        word::MINUS | word::NEGATIVE => Some(if r.hyphen(at + 1) { at + 2 } else { at + 1 }),
        _ => None,
    };
    let mut n = unsigned(r, signed.unwrap_or(at), money)?;
    if let Some(whole) = over(r, &n, |at| bare(r, at)) {
        n = whole;
    }
    if signed.is_some() {
        if n.high.is_some() || n.ordinal {
            return None;
        }
        n.value = -n.value;
        n.plain = false;
        n.pronoun = false;
    }
    Some(n)
}

fn unsigned(r: &LexedText<'_>, at: usize, money: bool) -> Option<Numeral> {
    if let Some(n) = vague(r, at) {
        return Some(n);
    }
    let n = match () {
        () if r.is_number(at) => digits(r, at)?,
        () if r.word(at) == word::DOT && r.is_number(at + 1) && r.glued(at + 1) => leading_point(r, at)?,
        () => match vulgar(r.raw(at)) {
            Some(part) => Numeral { digits: true, fraction: true, ..Numeral::new(part, part, at + 1) },
            None => words(r, at)?,
        },
    };
    let n = and_part(r, n).map_or(n, |n| of_what(r, n));
    let n = if n.fraction && n.digits { of_what(r, n) } else { n };
    let n = scales(r, n, money);
    Some(restated(r, &n).map_or(n, |end| Numeral { end, ..n }))
}

/// Digits or cardinal words alone: what stands below a fraction, or in brackets.
fn bare(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    if r.is_number(at) { digits(r, at) } else { cardinal(r, at, None, usize::MAX) }
}

/// "forty-five (45)", "45 (forty-five)": the same number once in words and once in digits.
fn restated(r: &LexedText<'_>, n: &Numeral) -> Option<usize> {
    if r.word(n.end) != word::OPEN || n.ordinal || r.is_number(n.end + 1) == n.digits {
        return None;
    }
    let again = bare(r, n.end + 1)?;
    (again.value == n.value && r.word(again.end) == word::CLOSE).then_some(again.end + 1)
}

/// Scale words and suffixes behind a number.
fn scales(r: &LexedText<'_>, n: Numeral, money: bool) -> Numeral {
    let mut n = n;
    if n.ordinal {
        return n;
    }
    for _ in 0..3 {
        let j = r.past_hyphen(n.end);
        let Some(by) = scale_at(r, &n, j, money) else { break };
        let (Some(value), Some(step)) = (n.value.checked_mul(by), n.step.checked_mul(by)) else { break };
        let scale = n.scale.checked_mul(by).unwrap_or(by);
        n = Numeral { value, step, scale, end: j + 1, plain: false, pronoun: false, ..n };
    }
    if n.scale > Decimal::ONE && !n.fraction {
        return and_part(r, n).or_else(|| composed(r, &n)).unwrap_or(n);
    }
    n
}

/// The scale word at a token, or the suffix of digits before it.
fn scale_at(r: &LexedText<'_>, n: &Numeral, at: usize, money: bool) -> Option<Decimal> {
    let word = r.sense(at).scale.or_else(|| (r.word(at) == word::HUNDRED && n.digits).then_some(Decimal::ONE_HUNDRED));
    if word.is_some() {
        return word.filter(|_| !n.fraction || n.digits);
    }
    let (raw, tight) = (r.raw(at), r.glued(at));
    let long = raw.len() > 1;
    if n.scale != Decimal::ONE || !n.digits && (!long || tight) {
        return None;
    }
    let sense = r.measures.sense(r.lex.get(at).map_or(0, |l| l.exact));
    // A letter apart from the digits may be a name: a small "k" never is, others count what follows.
    let stands = tight || long || money || raw == "k" || n.digits && noun::counted(r, at + 1, false).is_some();
    let kelvin = raw == "K" && !money && (n.value < Decimal::TEN && n.plain || beside_warmth(r, at));
    sense.suffix.filter(|_| stands && !kelvin).or(sense.money_suffix.filter(|_| money && n.digits))
}

/// "(572 °F, 573.15K)", "293K (20 °C)": whether a degree stands so near that a K at the token is one as well.
pub(super) fn beside_warmth(r: &LexedText<'_>, at: usize) -> bool {
    /// "°F", a mark or "or", and the number itself.
    const BACK: usize = 5;
    let degree = |i: usize| r.raw(i).starts_with(['°', '℃', '℉']);
    let ahead = matches!(r.word(at + 1), word::OPEN | word::OR | word::SLASH) && r.is_number(at + 2);
    ahead && degree(at + 3) || (at.saturating_sub(BACK)..at).any(degree)
}

/// "4 hundred and 12", "2 million 300 thousand", "5 lakh 20 thousand": digits that go on behind a scale.
fn composed(r: &LexedText<'_>, n: &Numeral) -> Option<Numeral> {
    if !n.digits {
        return None;
    }
    let and = r.word(n.end) == word::AND;
    let at = n.end + usize::from(and);
    let more = bare(r, at).filter(|m| !m.ordinal && m.value < n.scale && m.value.fract().is_zero())?;
    let by = r.sense(more.end).scale;
    let hundred = n.scale == Decimal::ONE_HUNDRED && and && r.word(more.end) != word::HUNDRED;
    if by.is_none_or(|by| by >= n.scale) && (by.is_some() || !hundred) {
        return None;
    }
    let (by, end) = by.map_or((Decimal::ONE, more.end), |by| (by, more.end + 1));
    let value = n.value.checked_add(more.value.checked_mul(by)?)?;
    Some(Numeral { value, step: by.min(n.step), scale: by, end, ..*n })
}

/// "tens of thousands", "tens or hundreds of millions", "dozens of", "millions".
fn vague(r: &LexedText<'_>, at: usize) -> Option<Numeral> {
    let mut low = r.sense(at).vague?;
    let (mut high, mut i) = (low, at + 1);
    if matches!(r.word(i), word::OR | word::TO | word::AND)
        && let Some(second) = r.sense(i + 1).vague.filter(|&s| s > low)
    {
        (high, i) = (second, i + 2);
    }
    high = high.checked_mul(Decimal::TEN)?;
    let mut scale = Decimal::ONE;
    let mut times = false;
    for _ in 0..3 {
        if r.word(i) != word::OF {
            break;
        }
        let Some(by) = r.sense(i + 1).vague.filter(|&v| v > Decimal::TEN) else { break };
        (low, high, scale) = (low.checked_mul(by)?, high.checked_mul(by)?, scale.checked_mul(by)?);
        i += 2;
        times = true;
    }
    // A bare "tens" or "thousands" counts something: an "of" or a noun has to follow, no "the thousands".
    if !times && (matches!(r.before(at), word::THE | word::HYPHEN) || r.word(i) == 0 && !r.is_word(i)) {
        return None;
    }
    if !times && low < Decimal::from(50) && low != Decimal::from(12) && r.word(i) != word::OF {
        return None; // "he scores", "tens"
    }
    let step = low;
    Some(Numeral { high: Some(high), scale, ..Numeral::new(low, step, i) })
}
