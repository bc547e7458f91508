//! "10 km (6.2 miles)", "€40 million ($44 million)": a figure and the same once more in another unit or currency.
//!
//! Units are held against each other by their exact factors. A rate of two currencies is not known here; where a document
//! gives several sums in both, they have to be of one rate.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::value::{Interval, Quantity, Shape, Value};

use super::CheckContext;
use super::equation::Equation;
use super::figures::{Figure, Sentence};

/// Hundredths by which a conversion may be off: figures are rounded to what is easily read ("50 km (30 miles)").
const ROUNDED: i64 = 12;
/// Hundredths by which two rates of one document may differ: rates move from year to year.
const RATES: i64 = 20;
/// Words before a rate among which it is called one.
const NEAR: usize = 5;
/// Degrees of the base scale by which a temperature may be off: "40 °C (100 °F)".
const DEGREES: Decimal = Decimal::from_parts(4, 0, 0, false, 0);
/// Bytes between a figure and the same again.
const APART: u32 = 24;

/// The figures of a document that stand beside the same in another unit, and those for which it states a rate.
pub(super) fn equations(context: &CheckContext<'_>, source: u32) -> Vec<Equation<'static>> {
    let mut out = Vec::new();
    let mut rates: BTreeMap<(&str, &str), Vec<(u32, u32)>> = BTreeMap::new();
    let all: Vec<(u32, &Quantity)> =
        context.of_document(source).filter_map(|at| Some((at, figure(context.claim(at))?))).collect();
    for pair in all.windows(2) {
        let ((a, p), (b, q)) = (pair[0], pair[1]);
        if !again(context, context.claim(a), context.claim(b)) || p.unit.name == q.unit.name {
            continue;
        }
        if p.shape == Shape::Money && q.shape == Shape::Money {
            rates.entry((&p.unit.name, &q.unit.name)).or_default().push((a, b));
        } else if p.unit.dimension == q.unit.dimension {
            let one_zero = p.unit.offset.is_zero() && q.unit.offset.is_zero();
            let fits = if one_zero { fits(&p.interval(), &q.interval(), ROUNDED) } else { degrees(p, q) };
            out.extend(fits.map(|fits| equation(context, (a, b), fits)));
        }
    }
    out.extend(rates.into_values().flat_map(|pairs| one_rate(context, &pairs)));
    out.extend(context.sentences(source).filter(|s| s.prose).filter_map(|s| stated(context, s)));
    out
}

/// A figure and the same again.
fn equation(context: &CheckContext<'_>, (a, b): (u32, u32), fits: bool) -> Equation<'static> {
    Equation::new([("figure", a), ("again", b)], fits, context.words(context.claim(b)).to_owned())
}

/// "At a rate of 1.25 dollars to the pound, the £8 million stadium cost $10 million": a rate that is stated, and the one sum in
/// either currency.
fn stated(context: &CheckContext<'_>, sentence: &Sentence<'_>) -> Option<Equation<'static>> {
    let money: Vec<&Figure<'_>> = sentence.figures.iter().filter(|f| f.quantity.shape == Shape::Money).collect();
    let is_rate = |f: &Figure<'_>| f.quantity.unit.name.contains('/') && sentence.before(f).tail(NEAR).any(&["rate"]);
    // The rate stands first, or last: "€5 million, at a rate of $1.11 to the euro".
    let (rate, one, other) = match money.as_slice() {
        [rate, one, other] if is_rate(rate) => (rate, one, other),
        [one, other, rate] if is_rate(rate) => (rate, one, other),
        _ => return None,
    };
    let (worth, of) = rate.quantity.unit.name.split_once('/')?;
    let (from, made) = if *one.quantity.unit.name == *of { (one, other) } else { (other, one) };
    let named = *from.quantity.unit.name == *of && *made.quantity.unit.name == *worth;
    if !named || [rate, one, other].iter().any(|f| f.number().is_none()) {
        return None;
    }
    let told = rate.quantity.interval().mul(&from.quantity.interval())?;
    Some(equation(context, (from.at, made.at), told.overlaps(&made.quantity.interval())))
}

/// Sums in two currencies: of two that are of two rates it is not known which is wrong, of more the one that differs from
/// all others is.
fn one_rate(context: &CheckContext<'_>, pairs: &[(u32, u32)]) -> Vec<Equation<'static>> {
    let rate = |(a, b): (u32, u32)| figure(context.claim(b))?.interval().div(&figure(context.claim(a))?.interval());
    let alike = |x: (u32, u32), y: (u32, u32)| fits(&rate(x)?, &rate(y)?, RATES);
    let judged = |(at, &pair): (usize, &(u32, u32))| {
        let others = || pairs.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, &other)| alike(pair, other));
        let fits = others().any(|fits| fits == Some(true));
        let differs = pairs.len() > 1 && others().all(|fits| fits == Some(false));
        (fits || differs).then(|| equation(context, pair, fits))
    };
    pairs.iter().enumerate().skip(usize::from(pairs.len() == 2)).filter_map(judged).collect()
}

/// Whether two intervals can be of one value, given so many hundredths of it; `None` where that cannot be computed.
fn fits(a: &Interval, b: &Interval, hundredths: i64) -> Option<bool> {
    let wide = Interval::between(Decimal::new(100 - hundredths, 2), Decimal::new(100 + hundredths, 2));
    Some(a.mul(&wide)?.overlaps(b) || b.mul(&wide)?.overlaps(a))
}

/// Whether two figures on scales that begin at different points can be of one temperature, or of one difference of two:
/// "a rise of 2 °C (3.6 °F)".
fn degrees(p: &Quantity, q: &Quantity) -> Option<bool> {
    let step =
        |q: &Quantity| Quantity { unit: crate::value::Unit { offset: Decimal::ZERO, ..q.unit.clone() }, ..q.clone() };
    let loose = Interval::between(-DEGREES, DEGREES);
    let near = p.interval().add(&loose)?.overlaps(&q.interval());
    Some(near || fits(&step(p).interval(), &step(q).interval(), ROUNDED)?)
}

fn figure(claim: &Claim) -> Option<&Quantity> {
    match &claim.value {
        Value::Quantity(q) if !claim.noise && q.number.is_some() => Some(q),
        _ => None,
    }
}

/// Whether the second figure says once more what the first says: it stands alone in brackets right behind it.
pub(super) fn again(context: &CheckContext<'_>, a: &Claim, b: &Claim) -> bool {
    let text = context.text(a.source);
    let cut = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
    if a.span != b.span || a.value_span.end > b.value_span.start || b.value_span.start - a.value_span.end > APART {
        return false;
    }
    let between = cut(a.value_span.end, b.value_span.start).trim();
    let hedge = between.strip_prefix('(').map(|h| h.trim().trim_end_matches('.').to_lowercase());
    // "40 litres a minute, which is 2,400 litres an hour".
    let rate = |c: &Claim| matches!(&c.value, Value::Quantity(q) if q.shape == Shape::Measure && q.unit.dimension.contains('/'));
    let same = matches!(between, ", which is" | ", that is" | ", or" | ", or about" | ", which makes");
    if same && rate(a) && rate(b) {
        return true;
    }
    let led = hedge.is_some_and(|h| {
        matches!(h.as_str(), "" | "about" | "approx" | "around" | "roughly" | "some" | "or" | "ca" | "c" | "=" | "~")
    });
    led && cut(b.value_span.end, b.span.end).trim_start_matches([' ', '.']).starts_with(')')
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn units() {
        let cases = [
            ("The dike is 20 km (12.4 miles) long.", Some(true)),
            ("The dike is 20 km (15.4 miles) long.", Some(false)),
            ("The water was 20 °C (68 °F) warm.", Some(true)),
            ("The water was 20 °C (98 °F) warm.", Some(false)),
            ("The pump moves 30 litres a minute, which is 1,800 litres an hour.", Some(true)),
            ("The dike is 20 km (and 15.4 miles) long.", None),
        ];
        check("converted", &cases);
    }

    #[test]
    fn currencies() {
        let cases = [
            ("At a rate of $1.25 to the pound, the £8 million dike cost $10 million.", Some(true)),
            ("At a rate of $1.25 to the pound, the £8 million dike cost $16 million.", Some(false)),
            ("The dike cost €40 million ($44 million).", None),
            ("The dike cost €40 million ($44 million), the gate €3.0 million ($5.1 million).", Some(false)),
        ];
        check("converted", &cases);
    }
}
