//! "24 wins, twice as many as the Otters, who have 12", "$80 million, four times the $20 million planned": a figure, how
//! many times another it is, and that other.

use crate::rule::{CheckCode, CheckRule};
use crate::value::Shape;

use super::figures::{Figure, Sentence, plain, sentences};
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct TimesAs;

/// Most words between the figure and the multiple, and between that and the other figure.
const APART: usize = 9;

impl Check for TimesAs {
    fn code(&self) -> CheckCode {
        CheckCode::TimesAs
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for sentence in sentences(context, source) {
                for three in sentence.figures.windows(3) {
                    if stated(&sentence, &three[0], &three[1], &three[2]) {
                        say(context, rule, &three[0], &three[1], &three[2], found);
                    }
                }
            }
        }
    }
}

/// Whether the first of three figures is said to be so many times the last.
fn stated(sentence: &Sentence<'_>, one: &Figure<'_>, times: &Figure<'_>, other: &Figure<'_>) -> bool {
    if times.quantity.shape != Shape::Multiple || one.number().is_none() || other.number().is_none() {
        return false;
    }
    let (a, b) = (&one.quantity.unit, &other.quantity.unit);
    // "900 litres a minute, three times as much as the old one with 300 litres".
    let own = |dimension: &str| dimension.rsplit_once('/').map_or(dimension, |(own, _)| own).to_owned();
    let alike = a.dimension == b.dimension
        || own(&a.dimension) == own(&b.dimension) && a.name.starts_with(&*b.name) && !b.name.is_empty()
        || one.counts() && other.counts() && &*b.dimension == "number";
    let ratio = matches!(one.quantity.shape, Shape::Percent | Shape::Multiple | Shape::Ratio);
    let (before, behind) = (sentence.between(one, times), sentence.between(times, other));
    let words = plain(behind);
    let compared = match words.first().map(String::as_str) {
        Some("as") => words.iter().skip(1).take(3).any(|w| w == "as"),
        Some("the" | "its" | "their" | "his" | "her" | "that" | "what") => true,
        _ => false,
    };
    let more = words.iter().take(3).any(|w| matches!(w.as_str(), "more" | "than" | "less" | "fewer"));
    let clean = |text: &str| {
        sentence.one_statement(text, APART, &["as", "who", "which", "that"]) && !text.contains(['(', ')', ':'])
    };
    // "After 15 years he will be": a time and no figure of its own.
    let time = one.quantity.shape == Shape::Duration;
    alike && !time && !ratio && compared && !more && clean(before) && clean(behind)
}

fn say(
    context: &CheckContext<'_>,
    rule: &CheckRule,
    one: &Figure<'_>,
    times: &Figure<'_>,
    other: &Figure<'_>,
    found: &mut Checks,
) {
    // In the unit of the other: a rate and its amount have no base in common.
    let Some(made) = times.quantity.interval().mul(&other.quantity.interval()) else { return };
    let rated =
        one.quantity.unit.dimension != other.quantity.unit.dimension && one.quantity.unit.dimension.contains('/');
    let own = if rated {
        let unit = other.quantity.unit.clone();
        crate::value::Quantity { unit, ..one.quantity.clone() }.interval()
    } else {
        one.quantity.interval()
    };
    let order = [times.at, one.at, other.at];
    let ends: [(&str, &[u32]); 3] = [("times", &order[..1]), ("one", &order[1..2]), ("other", &order[2..])];
    let claims = context.compare.claims;
    let right = own.div(&other.quantity.interval()).and_then(|n| n.shortest());
    let Some(right) = right.map(|n| n.round_dp(2).normalize().to_string()) else { return };
    let left = context.words(context.claim(times.at));
    let because =
        format!("{} is {right} times {}", context.words(context.claim(one.at)), context.words(context.claim(other.at)));
    match (own.overlaps(&made), &rule.holds_message) {
        (true, Some(template)) => {
            found.holds(rule, claims, &order, context.fill(template, &ends, left, &right), because);
        }
        (false, _) => found.fails(rule, claims, &order, context.fill(&rule.message, &ends, left, &right), because),
        _ => {}
    }
}
