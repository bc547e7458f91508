//! The unit or currency behind a number, its denominator, and smaller units that go on from it.

use rust_decimal::Decimal;

use super::noun;
use super::numeral::{Numeral, beside_warmth, numeral};
use super::sum::sum;
use crate::rule::measure::{Guard, LexedText, UnitEntry, word};
use crate::value::{Shape, Unit};

/// The unit or currency behind a number, hyphen and filler words ("two full days") included, the token behind it, and
/// what its spelling multiplies by.
pub(super) fn unit_behind(r: &LexedText<'_>, n: &Numeral) -> Option<(u32, usize, Decimal)> {
    if let Some(found) = money_behind(r, n) {
        return Some(found);
    }
    let at = r.past_hyphen(n.end);
    if let Some((unit, end)) = measure_at(r, n, at) {
        return Some((unit, end, Decimal::ONE));
    }
    if r.sense(at).role.filler && !r.sense(at).role.per {
        let (alias, end) = r.unit(at + 1)?;
        let duration = r.measures.units[alias.unit as usize].shape == Shape::Duration;
        return (alias.guard == Guard::Free && duration).then_some((alias.unit, end, Decimal::ONE));
    }
    None
}

/// The unit of measure at a token right behind a number.
pub(super) fn measure_at(r: &LexedText<'_>, n: &Numeral, at: usize) -> Option<(u32, usize)> {
    let (alias, end) = r.unit(at)?;
    let entry = &r.measures.units[alias.unit as usize];
    let tight = r.glued(at) && at == n.end;
    let fits = match alias.guard {
        Guard::Free => true,
        // A lone letter wants a word boundary behind it, and a number that is no year or label before it.
        Guard::Digits => n.digits && !(r.glued(end) && (r.is_word(end) || r.is_number(end))),
        // "2.5 A/cm2": the quotient shows the letter to be a unit.
        Guard::Tight => {
            let quotient = r.word(end) == word::SLASH && r.glued(end) && r.unit(end + 1).is_some();
            n.digits && (tight || quotient) && !(r.glued(end) && (r.is_word(end) || r.is_number(end)))
        }
    };
    // "300 K" is a temperature; "300K" and "300 K stores" are only beside another one.
    let thousand = r.raw(at) == "K"
        && !beside_warmth(r, at)
        && (tight || n.value < Decimal::TEN || noun::counted(r, end, false).is_some());
    if !fits || thousand {
        return None;
    }
    // "2018s", "her 30s", "under-16s" are plurals.
    let decade = n.plain && (n.value % Decimal::TEN).is_zero();
    let under = at >= 2 && r.hyphen(at - 2);
    if r.word(at) == word::S && n.plain && (n.value >= Decimal::ONE_THOUSAND || under || decade && lived(r, at - 1)) {
        return None;
    }
    // "35m of its users", "12.3m tonnes": a million, not metres.
    if tight && r.raw(at) == "m" && counts_million(r, end) {
        return None;
    }
    // "2 in 5", "the 5 m people": one-letter symbols and "in" never before a number, unless it goes on in a smaller unit.
    if alias.guard != Guard::Free && r.raw(at).len() <= 2 && !tight && r.is_number(end) && !part_of(r, entry, end) {
        return None;
    }
    // "20 seconds" but not "20 second-hand cars"; "a 5 point plan" stays.
    if r.word(at) == word::SECOND && (n.value != Decimal::ONE && at == n.end && !r.hyphen(n.end)) && r.hyphen(end) {
        return None;
    }
    if entry.shape == Shape::Multiple && r.is_number(end) && (r.word(at) == word::X || r.raw(at) == "×") {
        return None;
    }
    // "two million pounds": sums of that size are money.
    if n.scale >= Decimal::ONE_THOUSAND
        && end == at + 1
        && let Some(money) = r.measures.money_measured(r.word(at))
    {
        return Some((money, end));
    }
    Some((alias.unit, end))
}

/// "12 m 2 dm": digits with a smaller unit of the same dimension, none that is a word as well.
fn part_of(r: &LexedText<'_>, entry: &UnitEntry, digits: usize) -> bool {
    r.unit(digits + 1).is_some_and(|(alias, _)| {
        let part = &r.measures.units[alias.unit as usize].unit;
        part.dimension == entry.unit.dimension && part.factor < entry.unit.factor && alias.guard != Guard::Tight
    })
}

/// "in her 30s", "the late 20s": what stands before the digits makes them years of a life or a century.
fn lived(r: &LexedText<'_>, digits: usize) -> bool {
    let hyphen = usize::from(digits > 0 && r.hyphen(digits - 1));
    let Some(before) = digits.checked_sub(1 + hyphen) else { return false };
    let owned = ["her", "his", "their", "my", "our", "your"].iter().any(|w| r.raw(before).eq_ignore_ascii_case(w));
    owned || matches!(r.word(before), word::THE | word::ITS) || r.sense(before).part.is_some()
}

/// Whether what follows "35m" is counted: a unit, "of", a plural noun.
pub(super) fn counts_million(r: &LexedText<'_>, at: usize) -> bool {
    r.is_word(at)
        && !r.glued(at)
        // "35m of its users"; "250m of cable" is a length
        && (r.word(at) == word::OF && r.sense(at + 1).role.stop
            || r.unit(at).is_some_and(|(a, _)| a.guard == Guard::Free)
            || noun::counted(r, at, false).is_some()
            || noun::counted(r, at, true)
                .is_some_and(|n| r.word(n.head + 1) == word::AND && noun::counted(r, n.head + 2, false).is_some()))
}

/// The currency behind a number, the token behind it, and what its spelling multiplies by.
pub(super) fn money_behind(r: &LexedText<'_>, n: &Numeral) -> Option<(u32, usize, Decimal)> {
    let at = r.past_hyphen(n.end);
    let (alias, end) = r.money(at).filter(|(a, _)| a.after)?;
    let tight = r.glued(at);
    let fits = match alias.guard {
        Guard::Free => {
            // "5 $10 bills": a sign belongs to the digits behind it, unless signs stand behind their numbers here.
            let ahead = r.is_number(end) && (r.glued(end) || !tight) && r.word(end + 1) != r.word(at);
            r.is_word(end - 1) || !ahead
        }
        Guard::Digits if alias.scale > Decimal::ONE => !r.is_number(end),
        Guard::Digits => (n.digits || n.scale > Decimal::ONE) && !r.is_number(end) || in_cents(r, end),
        Guard::Tight => n.digits && tight && !(r.glued(end) && (r.is_word(end) || r.is_number(end))),
    };
    // "64 USD million"
    let raw = r.raw(end - 1);
    let code = raw.len() == 3 && raw.bytes().all(|b| b.is_ascii_uppercase()) && n.scale == Decimal::ONE;
    let (scale, end) = match r.sense(end).scale.filter(|_| code) {
        Some(by) => (by, end + 1),
        None => (alias.scale, end),
    };
    fits.then_some((alias.unit, end, scale))
}

/// "19 USD 75", "3 CHF 4 cents": two digits behind a code, and then nothing that they count but cents.
fn in_cents(r: &LexedText<'_>, at: usize) -> bool {
    let hundredth = |a: crate::rule::measure::MoneyAlias| r.measures.units[a.unit as usize].unit.factor < Decimal::ONE;
    if r.is_number(at) && r.money(at + 1).is_some_and(|(a, _)| a.after && hundredth(a)) {
        return true;
    }
    r.raw(at).len() == 2 && r.is_number(at) && !r.glued(at) && r.unit(at + 1).is_none() && !r.is_number(at + 1)
}

/// "aged 34", "ages 18 to 24", "Ann Smith, 45, said": years without the word.
pub(super) fn aged(r: &LexedText<'_>, n: &Numeral, first: usize) -> Option<u32> {
    let led = matches!(r.before(first), word::AGED | word::AGE | word::AGES);
    let aside = n.plain
        && (Decimal::ONE..=Decimal::from(115)).contains(&n.value)
        && r.before(first) == word::COMMA
        && r.word(n.end) == word::COMMA
        && first >= 2
        && r.capital(first - 2)
        && !r.sense(first - 2).role.stop;
    (led || aside).then(|| r.measures.unit_named("year of age")).flatten()
}

/// A quantity stated in several units, in the last of them (money: in the first).
pub(super) struct Whole {
    pub(super) value: Decimal,
    pub(super) unit: Unit,
    pub(super) step: Decimal,
    /// Token behind the last part.
    pub(super) end: usize,
}

/// "5 feet 2 inches", "1 hour and 15 minutes", "$20 and 43 cents": smaller units of the same dimension behind `first`.
pub(super) fn further(r: &LexedText<'_>, entry: &UnitEntry, first: &Numeral, end: usize) -> Option<Whole> {
    let mut whole = Whole { value: first.value, unit: entry.unit.clone(), step: Decimal::ONE, end };
    let money = entry.shape == Shape::Money;
    let mut found = false;
    if !money && !matches!(entry.shape, Shape::Duration | Shape::Measure) {
        return None;
    }
    for _ in 0..4 {
        let end = whole.end;
        let mut comma = false;
        let at = match r.word(end) {
            word::AND => end + 1,
            word::COMMA if !r.is_number(end.wrapping_sub(1)) => {
                comma = true;
                end + 1
            }
            _ => end,
        };
        // "an hour and a half", "one hour and half"
        if r.word(end) == word::AND {
            let half = end + 1 + usize::from(r.word(end + 1) == word::A);
            if r.word(half) == word::HALF && (half > end + 1 || !r.is_word(half + 1)) {
                let value = whole.value.checked_add(Decimal::new(5, 1))?;
                return Some(Whole { value, step: Decimal::new(1, 1), end: half + 1, ..whole });
            }
        }
        let Some((value, unit, step, after)) = smaller(r, entry, &whole, at) else { break };
        // A smaller part goes into the larger unit without rest. Where the units are no decimal parts of each other it
        // may be more than one of it: "2 yards, 7 feet".
        let times = whole.unit.factor.checked_div(unit.factor)?;
        let decimal = (times % Decimal::TEN).is_zero();
        let most = if decimal { times } else { times.checked_mul(Decimal::TEN)? };
        if value >= most || !times.fract().is_zero() || times <= Decimal::ONE || !whole.unit.offset.is_zero() {
            break;
        }
        // "5 km, 800 m and 200 m" is a list: parts of a whole do not repeat a unit.
        if comma && listed(r, &unit, after) {
            break;
        }
        if money {
            whole.value = whole.value.checked_add(value.checked_div(times)?)?;
            whole.step = unit.factor;
        } else {
            whole.value = whole.value.checked_mul(times)?.checked_add(value)?;
            (whole.unit, whole.step) = (unit, step);
        }
        whole.end = after;
        found = true;
    }
    if found {
        return Some(whole);
    }
    unnamed_part(r, entry, first, whole)
}

/// Whether the next value behind a comma or "and" is in the same unit.
fn listed(r: &LexedText<'_>, unit: &Unit, end: usize) -> bool {
    let comma = usize::from(r.word(end) == word::COMMA);
    let and = usize::from(r.word(end + comma) == word::AND);
    let next = sum(r, end + comma + and).filter(|_| comma + and > 0).and_then(|s| s.unit);
    next.is_some_and(|u| r.measures.units[u as usize].unit.name == unit.name)
}

/// The next part: its number, unit, step and the token behind it.
fn smaller(r: &LexedText<'_>, entry: &UnitEntry, whole: &Whole, at: usize) -> Option<(Decimal, Unit, Decimal, usize)> {
    let part = sum(r, at).filter(|s| !s.n.ordinal && s.n.high.is_none() && !s.n.value.is_sign_negative())?;
    let Some(unit) = part.unit.map(|u| &r.measures.units[u as usize].unit) else {
        // "5 ft 3 in": without the feet it would be the preposition.
        let inches = &*whole.unit.name == "foot" && r.raw(part.end) == "in" && part.n.digits;
        let inch = r.measures.unit_named("inch").filter(|_| inches)?;
        return Some((part.n.value, r.measures.units[inch as usize].unit.clone(), part.n.step, part.end + 1));
    };
    if unit.dimension == whole.unit.dimension {
        return Some((part.n.value, unit.clone(), part.n.step, part.end));
    }
    // "3 francs 4 cents": the hundredth of whatever the sum is in.
    let cents = entry.shape == Shape::Money && &*unit.name == "cent";
    cents.then(|| (part.n.value, Unit { factor: Decimal::new(1, 2), ..whole.unit.clone() }, part.n.step, part.end))
}

/// "19 dollars 75", "$3 and fourteen", "1 hour fifteen", "6 foot 2": the smaller unit is left out, and nothing else is counted.
fn unnamed_part(r: &LexedText<'_>, entry: &UnitEntry, first: &Numeral, whole: Whole) -> Option<Whole> {
    let and = r.word(whole.end) == word::AND;
    let (parts, smaller) = match (entry.shape, &*entry.unit.name) {
        (Shape::Money, _) if entry.unit.factor == Decimal::ONE => (Decimal::ONE_HUNDRED, None),
        (Shape::Duration, "hour") => (Decimal::from(60), Some("minute")),
        (Shape::Measure, "foot") if !and => (Decimal::from(12), Some("inch")),
        _ => return None,
    };
    let word_before = r.is_word(whole.end - 1);
    if !first.value.fract().is_zero() || first.scale > Decimal::ONE || !and && !word_before {
        return None;
    }
    let at = whole.end + usize::from(and);
    let part = numeral(r, at, false).filter(|p| !p.ordinal && p.high.is_none() && p.step == Decimal::ONE)?;
    let fits = part.value < parts && part.value > Decimal::ZERO && !part.fraction && part.scale == Decimal::ONE;
    let next = part.end;
    let marked = r.dash(next) || r.sign(next).is_some() || r.unit(next).is_some() || r.word(next) == word::SLASH;
    // A comma goes on with a list; what follows "more" is counted by all of it.
    let counts = r.glued(next) && r.is_word(next)
        || r.is_word(next) && (and || !r.sense(next).role.stop && !r.sense(next).role.comparison);
    if !fits || marked || counts || r.word(next) == word::COMMA && r.is_number(next + 1) {
        return None;
    }
    let Some(name) = smaller else {
        let step = Decimal::ONE.checked_div(parts)?;
        let value = whole.value.checked_add(part.value.checked_mul(step)?)?;
        return Some(Whole { value, step, end: part.end, ..whole });
    };
    let unit = r.measures.units[r.measures.unit_named(name)? as usize].unit.clone();
    let value = whole.value.checked_mul(parts)?.checked_add(part.value)?;
    Some(Whole { value, unit, step: Decimal::ONE, end: part.end })
}

/// "per share", "a month", "/kg" behind a unit.
pub(super) fn denominator(r: &LexedText<'_>, unit: &Unit, shape: Shape, end: usize) -> Option<(Unit, usize)> {
    let slash = r.word(end) == word::SLASH && r.glued(end);
    let per = r.word(end) == word::PER || matches!(r.word(end), word::EVERY) || slash;
    let article = matches!(r.word(end), word::A | word::AN);
    let below = unit.name.matches('/').count();
    let goes_on = below == 0 || below == 1 && (slash && r.unit(end + 1).is_some() || r.word(end) == word::PER);
    if !per && !article || !goes_on {
        return None;
    }
    let at = end + 1;
    let sense = r.sense(at);
    if per && let Some(found) = multiple_below(r, unit, at) {
        return Some(found);
    }
    let known = r.unit(at).filter(|_| per || sense.role.per);
    let (below, after) = match known {
        Some((alias, after)) => (r.measures.units[alias.unit as usize].unit.clone(), after),
        None if r.is_word(at) && (sense.role.per || per && !sense.role.stop && !slash) => {
            let noun = noun::singular_of(r, at);
            (Unit::plain(&noun, &noun), at + 1)
        }
        None => return None,
    };
    // What is counted is counted by the day, and by nothing else that an article could name.
    let period = known.is_some_and(|(alias, _)| {
        matches!(r.measures.units[alias.unit as usize].shape, Shape::Duration) && alias.guard == Guard::Free
    });
    let by = match shape {
        Shape::Money | Shape::Percent | Shape::Duration | Shape::Measure => true,
        Shape::Number => period,
        _ => false,
    };
    if article && !by {
        return None;
    }
    if article && elapsed(r, after) {
        return None;
    }
    // "18 months a year" is nothing; "40 hours a week" is.
    if article && shape == Shape::Duration && below.factor <= unit.factor {
        return None;
    }
    Some((
        Unit {
            name: format!("{}/{}", unit.name, below.name).into(),
            dimension: format!("{}/{}", unit.dimension, below.dimension).into(),
            factor: unit.factor.checked_div(below.factor)?,
            offset: Decimal::ZERO,
        },
        after,
    ))
}

/// "$50 million a year earlier", "5,000 a month on.": with what follows it is a time, and no denominator. "£30,000 a
/// year before tax" stays one: it has been left to the figure by the times.
fn elapsed(r: &LexedText<'_>, after: usize) -> bool {
    match r.word(after) {
        word::BEFORE | word::AFTER | word::ON => !r.is_word(after + 1),
        _ => r.sense(after).offset.is_some(),
    }
}

/// "kWh/100 km", "grams per 100 ml": so many of a unit below.
fn multiple_below(r: &LexedText<'_>, unit: &Unit, at: usize) -> Option<(Unit, usize)> {
    let n = numeral(r, at, false).filter(|n| r.is_number(at) && n.step >= Decimal::ONE && n.value > Decimal::ONE)?;
    let (index, end) = measure_at(r, &n, n.end)?;
    let entry = &r.measures.units[index as usize];
    // "200C/180C fan", "100 g/4 oz": of one dimension, it is the same once more.
    if !matches!(entry.shape, Shape::Measure | Shape::Duration) || entry.unit.dimension == unit.dimension {
        return None;
    }
    let below = &entry.unit;
    let whole = Unit {
        name: format!("{}/{} {}", unit.name, n.value.normalize(), below.name).into(),
        dimension: format!("{}/{}", unit.dimension, below.dimension).into(),
        factor: unit.factor.checked_div(below.factor.checked_mul(n.value)?)?,
        offset: Decimal::ZERO,
    };
    Some((whole, end))
}
