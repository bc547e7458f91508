//! Two numbers that are one value, or share a unit: ranges, lists, ratios.

use rust_decimal::Decimal;

use super::QuantityMention;
use super::amount::with_bound;
use super::bound::{self, Beside};
use super::numeral::{Numeral, numeral};
use super::sum::{Sum, sum};
use super::unit::measure_at;
use crate::rule::measure::{LexedText, UnitEntry, word};
use crate::value::{Bound, Quantity, Shape, Unit};

/// The second half of "5-7", "two to three", "from $3 to $4bn", "between 5 and 7", with the scale shared.
pub(super) fn pair(r: &LexedText<'_>, low: Sum) -> Option<(Sum, Sum)> {
    if low.n.high.is_some() || low.n.ordinal {
        return None;
    }
    let lead = low.first.checked_sub(1);
    // "rose by 5 to 12", "up 3 points to 105": a change and where it led.
    let to = r.word(low.end) == word::TO;
    let by = to && r.before(low.first) == word::BY;
    if to && low.unit.is_some() && (by || r.sense_before(low.first).role.change) {
        return None;
    }
    let between = lead.is_some_and(|i| r.word(i) == word::BETWEEN) || r.before(low.first) == word::FROM;
    let at = low.end;
    let next = match r.word(at) {
        word::HYPHEN if r.glued(at) && r.word(at + 1) == word::TO => r.past_hyphen(at + 2),
        word::UP if r.word(at + 1) == word::TO && r.before(low.first) == word::FROM => at + 2,
        word::TO => r.past_hyphen(at + 1),
        word::THROUGH => at + 1,
        word::AND if between && r.before(low.first) == word::BETWEEN => at + 1,
        word::OR if low.unit.is_none() => at + 1,
        // "30~90"
        word::TILDE if r.glued(at) && r.glued(at + 1) => at + 1,
        _ if r.dash(at) => at + 1,
        _ => return None,
    };
    let or = r.word(at) == word::OR;
    let next = if or { next } else { hedge_end(r, next) };
    let high = sum(r, next).filter(|h| !h.n.ordinal && h.n.high.is_none() && !(h.n.pronoun && h.unit.is_none()))?;
    // "by 40 to 60 per cent" is one change, stated by both its ends.
    if by && (high.unit.is_none() || high.end == high.n.end) {
        return None;
    }
    // "5 – two of them": a dash between digits and words is one of the sentence.
    if r.dash(at) && low.n.digits && !high.n.digits && low.unit.is_none() {
        return None;
    }
    // "from 24 to 33-35 billion", "1-2-3": what follows is a range of its own, or a chain.
    if r.dash(high.end) && r.is_number(high.end + 1) && r.glued(high.end) {
        return None;
    }
    let (low, high) = millions(r, low, high);
    let (a, b) = (low.unit.map(|u| &r.measures.units[u as usize]), high.unit.map(|u| &r.measures.units[u as usize]));
    let mut low = low;
    match (a, b) {
        (Some(a), Some(b)) if a.unit.dimension != b.unit.dimension => return None,
        // "5 km to 7" is a change of subject more often than a range; "$3 to 4 billion" is not.
        (Some(a), None) if a.shape != Shape::Money || low.end > low.n.end => return None,
        _ => {}
    }
    // "10 cents to $2.24": a change stated in the small unit leads to a level stated in the large one.
    if let (Some(a), Some(b)) = (a, b)
        && a.shape == Shape::Money
        && a.unit.factor != b.unit.factor
        && !between
    {
        return None;
    }
    let mut high = high;
    if a.is_some_and(|a| a.shape == Shape::Money)
        && high.unit.is_none()
        && let Some(n) = numeral(r, next, true)
    {
        high = Sum { n, end: n.end, ..high };
    }
    let own_scale = low.n.scale > Decimal::ONE;
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
    let scaled = own_scale && high.unit.is_none();
    if or && (scaled || low.n.value.is_sign_negative() || high.n.value > low.n.value.checked_mul(Decimal::TWO)?) {
        return None;
    }
    if let Some(unit) = low.unit.filter(|_| high.unit.is_none()) {
        high.unit = Some(unit);
    }
    Some((low, high))
}

/// "€10m–15m", "1.2m to 1.5m people": "m" is a million at both ends when it is at one of them.
fn millions(r: &LexedText<'_>, low: Sum, high: Sum) -> (Sum, Sum) {
    let metres = |s: &Sum| s.unit.is_some() && s.end == s.n.end + 1 && r.glued(s.n.end) && r.raw(s.n.end) == "m";
    let million = |s: &Sum| s.n.scale == Decimal::from(1_000_000) && !metres(s);
    let again = |s: Sum| match numeral(r, s.first, true) {
        Some(n) => Sum { n, unit: None, end: n.end, ..s },
        None => s,
    };
    match () {
        () if metres(&low) && million(&high) => (again(low), high),
        () if metres(&high) && million(&low) => (low, again(high)),
        () => (low, high),
    }
}

/// Behind the hedge of the second number: "between 5 and about 7", "3 - ~8".
fn hedge_end(r: &LexedText<'_>, at: usize) -> usize {
    if r.is_number(at) {
        return at;
    }
    let ends = |end: &usize| r.phrase_before(&r.measures.bounds_before, *end).is_some_and(|(_, first)| first == at);
    (at + 1..at + 4).find(ends).filter(|&end| r.is_number(end) || r.sign(end).is_some() || end == at + 1).unwrap_or(at)
}

/// A range stated by two bounds.
pub(super) struct Closed {
    pub(super) ends: (Decimal, Decimal),
    pub(super) unit: Unit,
    pub(super) end: usize,
}

/// "more than 5 and less than 10", "at most 100 but at least 20": the second bound, behind a value with the first.
pub(super) fn both_sides(r: &LexedText<'_>, value: Decimal, unit: &Unit, bound: Bound, end: usize) -> Option<Closed> {
    /// Words that a bound may have.
    const REACH: usize = 8;
    let floor = |b: Bound| matches!(b, Bound::AtLeast | Bound::MoreThan);
    let ceiling = |b: Bound| matches!(b, Bound::AtMost | Bound::LessThan);
    if !floor(bound) && !ceiling(bound) {
        return None;
    }
    let comma = usize::from(r.word(end) == word::COMMA);
    let and = usize::from(matches!(r.word(end + comma), word::AND | word::BUT));
    let from = end + comma + and;
    if from == end {
        return None;
    }
    let beside = Beside { duration: false, firm: true };
    let (limit, at) = (from + 1..from + REACH)
        .filter(|&at| {
            let article = matches!(r.word(at), word::A | word::AN) && r.sense(at + 1).fraction.is_some();
            r.is_number(at) || r.sense(at).cardinal.is_some() || r.sign(at).is_some() || article
        })
        .find_map(|at| bound::before(r, at, beside).filter(|l| l.first == from).map(|l| (l, at)))?;
    let opposite = floor(bound) && ceiling(limit.bound) || ceiling(bound) && floor(limit.bound);
    let other = sum(r, at).filter(|s| opposite && !s.n.ordinal && s.n.high.is_none())?;
    let other_unit = other.unit.map(|u| &r.measures.units[u as usize].unit);
    let unit = match other_unit {
        None => unit.clone(),
        Some(o) if *o == *unit || &*unit.dimension == "number" => o.clone(),
        Some(_) => return None,
    };
    // A comma alone also stands between the bounds of two things.
    if and == 0 && (r.is_word(other.end) || r.word(other.end) == word::OPEN) {
        return None;
    }
    let (low, high) = if floor(bound) { (value, other.n.value) } else { (other.n.value, value) };
    (low < high).then_some(Closed { ends: (low, high), unit, end: other.end })
}

/// The unit and scale that a number shares with the next one: "from 4.8 to 4.7 percent", "5, 10 and 15 km".
pub(super) fn borrowed(r: &LexedText<'_>, low: &Sum) -> Option<(u32, Option<Decimal>)> {
    if low.n.high.is_some() || low.n.fraction || low.n.pronoun {
        return None;
    }
    let mut at = low.end;
    let mut sides = false;
    // Two numbers with nothing but a comma between are no list: "10,000, 25 percent more".
    let mut bare = true;
    for step in 0..4 {
        bare &= step == 0 && r.word(at) == word::COMMA && !matches!(r.word(at + 1), word::AND | word::OR);
        let next = match r.word(at) {
            word::TO | word::AND | word::OR => at + 1,
            _ if crosses(r, at) => {
                sides = true;
                at + 1
            }
            _ if r.hyphen(at) && at > low.end => at + 1,
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
            if bare || sides && !is_side(r, low, &following, unit) {
                return None;
            }
            return (alike && (scale.is_none() || near)).then_some((unit, scale.filter(|_| near)));
        }
        at = following.end;
    }
    None
}

/// "x", "×" or "by" between the sides of a thing: "30 x 20 cm", "12 by 15 feet".
fn crosses(r: &LexedText<'_>, at: usize) -> bool {
    matches!(r.word(at), word::X | word::BY) || r.raw(at) == "×"
}

/// Whether a number goes with the next one as two sides of a thing. A relay ("4 x 100 m", "4 x 10 km") is none: it
/// counts runs, which are few, of long distances.
fn is_side(r: &LexedText<'_>, low: &Sum, next: &Sum, unit: u32) -> bool {
    /// How much longer the next side may be.
    const LONGER: Decimal = Decimal::from_parts(4, 0, 0, false, 0);
    let unit = &r.measures.units[unit as usize].unit;
    let near = low.n.value.checked_mul(LONGER).is_some_and(|most| most >= next.n.value);
    &*unit.dimension == "length" && unit.factor < Decimal::ONE_THOUSAND && near
}

/// "3:1", "1:200": two whole numbers that are neither a clock time nor a verse ("Mark 3:1").
pub(super) fn odds(r: &LexedText<'_>, low: &Sum) -> Option<QuantityMention> {
    let (at, end) = (low.end, low.end + 2);
    let glued = r.word(at) == word::COLON && r.glued(at) && r.glued(at + 1) && r.is_number(at + 1);
    let named = low.first > 0 && r.capital(low.first - 1) && !r.opens(low.first - 1);
    let joined = r.glued(low.first) && low.first > 0 && r.before(low.first) != word::OPEN;
    let goes_on = r.glued(end) && (r.is_word(end) || r.is_number(end) || r.is_number(end + 1) && r.glued(end + 1));
    if !glued || !low.n.plain || low.unit.is_some() || named || joined || goes_on {
        return None;
    }
    let whole = r.raw(at + 1);
    // Two digits are minutes where the first number may be an hour.
    let clock = whole.len() == 2 && low.n.value <= Decimal::from(24);
    let second = whole.parse::<u32>().ok().filter(|&s| s > 0 && !clock && !whole.starts_with('0'))?;
    Some(with_bound(r, parts(low.n.value, Decimal::from(second))?, low.first, end))
}

/// So many for every `whole`.
fn parts(value: Decimal, whole: Decimal) -> Option<Quantity> {
    Some(Quantity {
        shape: Shape::Ratio,
        number: Some(value.checked_div(whole)?),
        min: None,
        max: None,
        step: Decimal::ONE.checked_div(whole)?,
        unit: Unit::plain("", "ratio"),
        bound: Bound::Exact,
    })
}

/// "5 ± 2 mm", "5 mm ± 2 mm": the middle, and how far it may be off to either side, in the unit of the middle.
pub(super) fn spread(r: &LexedText<'_>, low: &Sum) -> Option<(Sum, Decimal)> {
    let at = low.end;
    let wide = r.word(at) == word::PLUS && r.word(at + 1) == word::SLASH && r.dash(at + 2);
    let next = if r.word(at) == word::PLUS_MINUS { at + 1 } else { wide.then_some(at + 3)? };
    let plain = |s: &Sum| !s.n.ordinal && !s.n.fraction && s.n.high.is_none();
    let off = sum(r, next).filter(|s| plain(s) && plain(low) && s.n.digits && !s.n.value.is_sign_negative())?;
    let alike = low.unit.is_none() || off.unit.is_none() || low.unit == off.unit;
    let mut n = Numeral { plain: false, ..low.n };
    // "1.2 ± 0.1 million"
    if n.scale == Decimal::ONE && off.n.scale > Decimal::ONE {
        n = n.scaled(off.n.scale)?;
    }
    alike.then_some((Sum { n, unit: low.unit.or(off.unit), first: low.first, end: off.end }, off.n.value))
}

/// "one in five", "7 out of 10", "3 per 1,000".
pub(super) fn ratio(r: &LexedText<'_>, low: &Sum) -> Option<QuantityMention> {
    if low.n.fraction || low.n.high.is_some() || low.n.scale > Decimal::ONE {
        return None;
    }
    let next = match r.word(low.end) {
        word::IN => low.end + 1,
        word::OUT if r.word(low.end + 1) == word::OF => low.end + 2,
        word::OF if r.word(low.end + 1) == word::EVERY => low.end + 2,
        word::PER => low.end + 1,
        _ => return None,
    };
    // "3 per 1,000", but "3 in 2,000" may be a year
    let per = r.word(low.end) == word::PER;
    let next = if r.word(next) == word::EVERY { next + 1 } else { next };
    let whole = numeral(r, next, false)?;
    let counts =
        whole.value > low.n.value && low.n.value > Decimal::ZERO && whole.step >= Decimal::ONE && !whole.ordinal;
    if !counts
        || !per && whole.plain && whole.value > Decimal::ONE_THOUSAND
        || measure_at(r, &whole, whole.end).is_some()
    {
        return None;
    }
    Some(with_bound(r, parts(low.n.value, whole.value)?, low.first, whole.end))
}
