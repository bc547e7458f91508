//! Two numbers that are one value, or share a unit: ranges, lists, ratios.

use rust_decimal::Decimal;

use super::numeral::numeral;
use super::unit::measure_at;
use super::{QuantityMention, Sum, sum, with_bound};
use crate::rule::measure::{Reading, UnitEntry, word};
use crate::value::{Bound, Quantity, Shape, Unit};

/// The second half of "5-7", "two to three", "from $3 to $4bn", "between 5 and 7", with the scale shared.
pub(super) fn pair(r: &Reading<'_>, low: Sum) -> Option<(Sum, Sum)> {
    if low.n.high.is_some() || low.n.ordinal {
        return None;
    }
    let lead = low.first.checked_sub(1);
    // "rose by 5 to 12": a change and where it led.
    if r.before(low.first) == word::BY && r.word(low.end) == word::TO {
        return None;
    }
    let between = lead.is_some_and(|i| r.word(i) == word::BETWEEN) || r.before(low.first) == word::FROM;
    let at = low.end;
    let next = match r.word(at) {
        word::TO if r.hyphen(at + 1) => at + 2,
        word::HYPHEN if r.glued(at) && r.word(at + 1) == word::TO => {
            if r.hyphen(at + 2) {
                at + 3
            } else {
                at + 2
            }
        }
        word::UP if r.word(at + 1) == word::TO && r.before(low.first) == word::FROM => at + 2,
        word::TO | word::THROUGH => at + 1,
        word::AND if between && r.before(low.first) == word::BETWEEN => at + 1,
        word::OR if low.unit.is_none() => at + 1,
        _ if r.dash(at) && (low.n.digits == r.is_number(at + 1) || low.unit.is_some() || !low.n.digits) => at + 1,
        _ => return None,
    };
    let or = r.word(at) == word::OR;
    // "between 5 and about 7"
    let hedged = r.phrase_before(&r.measures.bounds_before, next + 1).is_some_and(|(_, first)| first == next);
    let next = if hedged && !r.is_number(next) { next + 1 } else { next };
    let high = sum(r, next).filter(|h| !h.n.ordinal && h.n.high.is_none() && !(h.n.pronoun && h.unit.is_none()))?;
    if r.dash(at) && r.dash(high.end) && r.is_number(high.end + 1) && r.glued(high.end) {
        return None;
    }
    let (a, b) = (low.unit.map(|u| &r.measures.units[u as usize]), high.unit.map(|u| &r.measures.units[u as usize]));
    let mut low = low;
    match (a, b) {
        (Some(a), Some(b)) if a.unit.dimension != b.unit.dimension => return None,
        // "5 km to 7" is a change of subject more often than a range; "$3 to 4 billion" is not.
        (Some(a), None) if a.shape != Shape::Money || r.is_word(low.end.saturating_sub(1)) => return None,
        _ => {}
    }
    let mut high = high;
    if a.is_some_and(|a| a.shape == Shape::Money)
        && high.unit.is_none()
        && let Some(n) = numeral(r, next, true)
    {
        high = Sum { n, end: n.end, ..high };
    }
    if low.n.scale == Decimal::ONE && high.n.scale > Decimal::ONE && low.n.value < high.n.base() {
        low.n = low.n.scaled(high.n.scale)?;
    }
    let factor = |e: Option<&UnitEntry>| e.map_or(Decimal::ONE, |e| e.unit.factor);
    if let (Some(a), Some(b)) = (a, b)
        && a.unit.factor != b.unit.factor
    {
        low.n.value = low.n.value.checked_mul(factor(Some(a)))?.checked_div(factor(Some(b)))?;
    }
    if low.n.value >= high.n.value {
        return None;
    }
    // "two or three" and "five or six" are neighbours; "10 or 200" is a choice.
    let scaled = low.n.scale > Decimal::ONE && high.unit.is_none();
    if or && (scaled || low.n.value.is_sign_negative() || high.n.value > low.n.value.checked_mul(Decimal::TWO)?) {
        return None;
    }
    if let Some(unit) = low.unit.filter(|_| high.unit.is_none()) {
        high.unit = Some(unit);
    }
    Some((low, high))
}

/// The unit and scale that a number shares with the next one: "from 4.8 to 4.7 percent", "5, 10 and 15 km".
pub(super) fn borrowed(r: &Reading<'_>, low: &Sum) -> Option<(u32, Option<Decimal>)> {
    if low.n.high.is_some() || low.n.fraction || low.n.pronoun {
        return None;
    }
    let mut at = low.end;
    for _ in 0..4 {
        let next = match r.word(at) {
            word::TO | word::AND | word::OR => at + 1,
            word::COMMA if matches!(r.word(at + 1), word::AND | word::OR) => at + 2,
            word::COMMA => at + 1,
            _ => return None,
        };
        let following =
            sum(r, next).filter(|s| !s.n.ordinal && s.n.high.is_none() && s.first == next && r.sign(next).is_none())?;
        if let Some(unit) = following.unit {
            let near = low.n.value < following.n.base().checked_mul(Decimal::TEN)?;
            let scale = (low.n.scale == Decimal::ONE && following.n.scale > Decimal::ONE).then_some(following.n.scale);
            let shape = r.measures.units[unit as usize].shape;
            // "the 3 and 20 percent": only numbers of one kind share.
            let alike = low.n.digits == following.n.digits && shape != Shape::Multiple;
            return (alike && (scale.is_none() || near)).then_some((unit, scale.filter(|_| near)));
        }
        at = following.end;
    }
    None
}

/// "one in five", "7 out of 10".
pub(super) fn ratio(r: &Reading<'_>, low: &Sum) -> Option<QuantityMention> {
    if low.n.fraction || low.n.high.is_some() || low.n.scale > Decimal::ONE {
        return None;
    }
    let next = match r.word(low.end) {
        word::IN => low.end + 1,
        word::OUT if r.word(low.end + 1) == word::OF => low.end + 2,
        word::OF if r.word(low.end + 1) == word::EVERY => low.end + 2,
        _ => return None,
    };
    let next = if r.word(next) == word::EVERY { next + 1 } else { next };
    let whole = numeral(r, next, false)?;
    let counts =
        whole.value > low.n.value && low.n.value > Decimal::ZERO && whole.step >= Decimal::ONE && !whole.ordinal;
    if !counts || whole.plain && whole.value > Decimal::ONE_THOUSAND || measure_at(r, &whole, whole.end).is_some() {
        return None;
    }
    let number = low.n.value.checked_div(whole.value)?;
    let quantity = Quantity {
        shape: Shape::Ratio,
        number: Some(number),
        min: None,
        max: None,
        step: Decimal::ONE.checked_div(whole.value)?,
        unit: Unit::plain("", "ratio"),
        bound: Bound::Exact,
    };
    Some(with_bound(r, quantity, low.first, whole.end))
}
