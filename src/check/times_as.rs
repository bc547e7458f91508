//! "24 wins, twice as many as the Otters, who have 12", "$80 million, four times the $20 million planned": a figure, how
//! many times another it is, and that other.

use crate::value::{Quantity, Shape};

use super::CheckContext;
use super::equation::{Equation, rounded};
use super::figures::Sentence;
use super::words::Stretch;

/// Most words between the figure and the multiple, and between that and the other figure.
const APART: usize = 9;

/// A figure that is said to be so many times another.
pub(super) fn equation(_: &CheckContext<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Equation<'static>> {
    let [one, times, other] = sentence.figures.get(at..at + 3)? else { return None };
    let (a, b) = (&one.quantity.unit, &other.quantity.unit);
    // "900 litres a minute, three times as much as the old one with 300 litres": a rate and its amount have no base in common.
    let rate = a.dimension != b.dimension && a.dimension.contains('/');
    let own = |dimension: &str| dimension.rsplit_once('/').map_or(dimension, |(own, _)| own).to_owned();
    let alike = a.dimension == b.dimension
        || own(&a.dimension) == own(&b.dimension) && a.name.starts_with(&*b.name) && !b.name.is_empty()
        || one.counts() && other.counts() && &*b.dimension == "number";
    // "After 15 years he will be": a time and no figure of its own.
    let amount = !matches!(one.quantity.shape, Shape::Percent | Shape::Multiple | Shape::Ratio | Shape::Duration);
    let clean =
        |gap: Stretch<'_>| gap.one_statement(APART, &["as", "who", "which", "that"]) && !gap.has(&['(', ')', ':']);
    let (before, behind) = (sentence.between(one, times), sentence.between(times, other));
    let multiple = times.quantity.shape == Shape::Multiple && one.number().is_some() && other.number().is_some();
    if !(multiple && alike && amount && compared(behind) && clean(before) && clean(behind)) {
        return None;
    }
    let stated =
        if rate { Quantity { unit: b.clone(), ..one.quantity.clone() }.interval() } else { one.quantity.interval() };
    let made = times.quantity.interval().mul(&other.quantity.interval())?;
    let right = rounded(&stated.div(&other.quantity.interval())?, 2);
    let because = format!("{} is {right} times {}", one.text, other.text);
    let roles = [("times", times.at), ("one", one.at), ("other", other.at)];
    Some(Equation::new(roles, stated.overlaps(&made), right).because(because))
}

/// Whether the words behind a multiple say of what it is one: "as many as", "the $20 million planned".
fn compared(behind: Stretch<'_>) -> bool {
    let more = behind.head(3).any(&["more", "than", "less", "fewer"]);
    let of = match behind.first() {
        "as" => behind.slice(1, 4).any(&["as"]),
        word => matches!(word, "the" | "its" | "their" | "his" | "her" | "that" | "what"),
    };
    of && !more
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn multiples() {
        let cases = [
            ("The barn holds 90 goats, three times as many as the shed with 30.", Some(true)),
            ("The barn holds 90 goats, four times as many as the shed with 30.", Some(false)),
            ("The dike cost $90 million, four times the $30 million planned.", Some(false)),
            ("The pump moves 900 litres a minute, four times as much as the old one with 300 litres.", Some(false)),
            ("The barn holds 90 goats, four times more than the shed with 30.", None),
            ("The barn holds 90 goats; four times as many graze, as 30 people say.", None),
            ("After 15 years it will be four times as large as the shed with 30 goats.", None),
        ];
        check("times-as", &cases);
    }
}
