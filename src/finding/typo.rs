//! What may have gone wrong where two values cannot both hold: a note for the reader of a card, never a ground of it.
//!
//! Comes in: the two claims of a conflict. Goes out: the first of the common typos that turns one value into
//! the other. Nothing is found here that was not found before, and no side is called wrong.

use foldhash::{HashMap, HashMapExt};
use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::compare::CompareContext;
use crate::value::{Quantity, Value, digits};

/// Powers of ten that a typo can shift a figure by, with what it is called.
const FACTORS: [(i64, &str); 4] = [(10, "ten"), (100, "a hundred"), (1_000, "a thousand"), (1_000_000, "a million")];
/// Of how many parts one may be missing for two figures to be a power of ten apart: figures are rounded.
const CLOSE: i64 = 200;
/// Fewest digits by which one figure is known again as another's.
const KNOWN: usize = 3;

/// The claims of a run with a figure, by what they are about and its number.
pub(super) struct Figures(HashMap<(u32, Decimal), Vec<u32>>);

impl Figures {
    pub(super) fn new(context: &CompareContext<'_>) -> Self {
        let mut all: HashMap<_, Vec<u32>> = HashMap::new();
        for (at, claim) in (0..).zip(context.claims).filter(|(_, c)| !c.noise) {
            if let (Some(subject), Value::Quantity(Quantity { number: Some(number), .. })) =
                (subject(context, claim), &claim.value)
            {
                all.entry((subject, *number)).or_default().push(at);
            }
        }
        Figures(all)
    }
}

fn subject(context: &CompareContext<'_>, claim: &Claim) -> Option<u32> {
    context.merged.global(claim.source, claim.subject.as_ref()?.entity?)
}

/// What may have turned one value into the other.
pub(super) fn likely(context: &CompareContext<'_>, figures: &Figures, a: &Claim, b: &Claim) -> Option<String> {
    match (&a.value, &b.value) {
        (Value::Quantity(p), Value::Quantity(q)) => {
            let elsewhere = |c, q| elsewhere(context, figures, c, q);
            written(p, q).or_else(|| elsewhere(a, p)).or_else(|| elsewhere(b, q))
        }
        (Value::Time(_), Value::Time(_)) => misnamed(a).or_else(|| misnamed(b)),
        _ => None,
    }
}

/// Typos that the digits show.
fn written(p: &Quantity, q: &Quantity) -> Option<String> {
    let (m, n) = (p.number?.abs(), q.number?.abs());
    let (x, y) = (digits(m), digits(n));
    if m == n && p.unit.name != q.unit.name && p.unit.dimension == q.unit.dimension {
        return Some("the same digits in another unit: one of the two may not have been converted".to_owned());
    }
    let base = |q: &Quantity, n: Decimal| n.checked_mul(q.unit.factor);
    let (low, high) = (base(p, m)?.min(base(q, n)?), base(p, m)?.max(base(q, n)?));
    let apart = |factor: i64| {
        let scaled = low.checked_mul(Decimal::from(factor))?;
        Some((scaled - high).abs().checked_mul(Decimal::from(CLOSE))? <= high)
    };
    if let Some((_, name)) = FACTORS.iter().find(|(f, _)| !low.is_zero() && apart(*f) == Some(true)) {
        return Some(format!(
            "a factor of {name} apart: a zero, a decimal point or a word like “million” is a likely typo"
        ));
    }
    if x.len() == y.len() && swapped(&x, &y) {
        return Some("two neighbouring digits are swapped: a likely typo".to_owned());
    }
    let (short, long) = if x.len() < y.len() { (&x, &y) } else { (&y, &x) };
    let dropped =
        short.len() + 1 == long.len() && long.len() >= KNOWN && (0..long.len()).any(|i| without(long, i) == **short);
    dropped.then(|| "one digit is missing in one of them, or doubled in the other: a likely typo".to_owned())
}

/// The figure of a claim as that of another attribute of the same subject, in another document.
fn elsewhere(context: &CompareContext<'_>, figures: &Figures, claim: &Claim, quantity: &Quantity) -> Option<String> {
    let number = quantity.number.filter(|n| digits(*n).len() >= KNOWN)?;
    let same = figures.0.get(&(subject(context, claim)?, number))?;
    let other = same.iter().map(|&at| &context.claims[at as usize]).find(|c| {
        let unit = matches!(&c.value, Value::Quantity(q) if q.unit == quantity.unit);
        unit && c.source != claim.source && c.family != claim.family
    })?;
    let words = claim.value_span.of(&context.documents[claim.source as usize].text);
    let document = &context.documents[other.source as usize].id;
    Some(format!(
        "“{}” is the figure for {} in {document}",
        words.trim(),
        context.rules.called.attribute(&other.attribute)
    ))
}

/// A weekday that does not fit the date it is named beside.
fn misnamed(claim: &Claim) -> Option<String> {
    let Value::Time(time) = &claim.value else { return None };
    let day = time.earliest.filter(|_| time.earliest == time.latest)?;
    let named = time.weekday.filter(|w| *w != day.weekday())?;
    Some(format!("{day} is a {:?}, not a {named:?}", day.weekday()))
}

fn swapped(x: &str, y: &str) -> bool {
    let (x, y) = (x.as_bytes(), y.as_bytes());
    let odd: Vec<usize> = (0..x.len()).filter(|&i| x[i] != y[i]).collect();
    matches!(odd[..], [i, j] if j == i + 1 && x[i] == y[j] && x[j] == y[i])
}

fn without(digits: &str, at: usize) -> String {
    digits.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Bound, Shape, Unit};

    #[track_caller]
    fn check(a: &str, b: &str, expected: &str) {
        let quantity = |number: &str| Quantity {
            number: number.parse().ok(),
            min: None,
            max: None,
            bound: Bound::Exact,
            step: Decimal::ONE,
            shape: Shape::Number,
            unit: Unit::none(),
        };
        let said = written(&quantity(a), &quantity(b)).unwrap_or_default();
        assert!(said.starts_with(expected) && expected.is_empty() == said.is_empty(), "{a} {b}: {said}");
    }

    #[test]
    fn typos_that_the_digits_show() {
        check("60.9", "609.22", "a factor of ten");
        check("12", "12000", "a factor of a thousand");
        check("1204", "1240", "two neighbouring digits");
        check("1472", "147", "a factor of ten");
        check("1472", "172", "one digit");
        check("1472", "1482", "");
        check("12", "19", "");
    }
}
