//! "Born in 1962, Alma Reed was 28 when she became a judge in 1990": an age at a time, and the birth, in one sentence.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::rule::{CheckCode, CheckRule, Cue, pieces};
use crate::text::fold;
use crate::value::{Bound, Quantity, Shape, Value};

use super::beside::holds;
use super::figures::{Figure, Sentence, plain, sentences};
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct AgeThen;

/// Words right before a number that make it an age.
const AGED: [&str; 9] = ["turned", "turns", "was", "is", "aged", "at", "age", "only", "just"];
/// Words right behind it that a counted thing does not have.
const BEHIND: [&str; 8] = ["when", "in", "on", "as", "and", "that", "at", "by"];
/// The lexicon of words that bring in somebody else, whose age or birth may be meant.
const KIN: &str = "kin";
/// Most words between "born" and its date.
const NEAR: usize = 3;
/// No older than this is anybody.
const OLDEST: i64 = 120;

impl Check for AgeThen {
    fn code(&self) -> CheckCode {
        CheckCode::AgeThen
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for sentence in sentences(context, source) {
                for figure in sentence.figures.iter().filter(|f| is_age(&sentence, f)) {
                    judge(context, rule, figure, found);
                }
            }
        }
    }
}

/// Whether a number is stated as an age.
fn is_age(sentence: &Sentence<'_>, figure: &Figure<'_>) -> bool {
    let Quantity { shape, unit, bound, .. } = figure.quantity;
    let bare = *shape == Shape::Number || *shape == Shape::Duration && &*unit.name == "year";
    let years = figure.number().is_some_and(|n| n.fract().is_zero() && n <= Decimal::from(OLDEST));
    let before = plain(sentence.before(figure));
    let behind = sentence.behind(figure);
    let led = before.last().is_some_and(|w| {
        AGED.contains(&w.as_str()) || w == "of" && before.iter().rev().nth(1).is_some_and(|w| w == "age")
    });
    let next = pieces(behind);
    let marked = behind.trim_start().starts_with([',', '.', ';']) || behind.trim().is_empty();
    let free = marked || next.first().is_some_and(|w| BEHIND.contains(w) || *w == "years");
    bare && years && *bound == Bound::Exact && led && free
}

fn judge(context: &CheckContext<'_>, rule: &CheckRule, figure: &Figure<'_>, found: &mut Checks) {
    let claim = context.claim(figure.at);
    let text = context.text(claim.source);
    let kin = Cue { lexicon: KIN.to_owned(), class: None };
    if holds(context.compare.lookup, &kin, claim.span.of(text)) {
        return;
    }
    let mut dates: Vec<(u32, (Date, Date))> = Vec::new();
    for at in context.of_segment(claim.source, claim.span.start) {
        let date = context.claim(at);
        let Value::Time(t) = &date.value else { continue };
        let (Some(first), Some(last), None) = (t.earliest, t.latest, t.ends()) else { continue };
        let known = dates.last().is_some_and(|(b, _)| context.claim(*b).value_span == date.value_span);
        if !known && date.span == claim.span && !t.relative && !date.noise {
            dates.push((at, (first, last)));
        }
    }
    let born = |(at, _): &&(u32, (Date, Date))| {
        let before = context.cut(claim.source, claim.span.start, context.claim(*at).value_span.start);
        pieces(before).iter().rev().take(NEAR).any(|w| fold(w) == "born")
    };
    let (births, others): (Vec<_>, Vec<_>) = dates.iter().partition(born);
    // Exactly one birth and one other date: whose, and of what, is not guessed.
    let ([(birth, from)], [(then, to)]) = (births.as_slice(), others.as_slice()) else { return };
    let year = |d: Date| i64::from(d.year());
    let had = |day: Date, born: Date| i64::from((day.month(), day.day()) < (born.month(), born.day()));
    let (least, most) = (year(to.0) - year(from.1) - had(to.0, from.1), year(to.1) - year(from.0) - had(to.1, from.0));
    let Some(stated) = figure.number().and_then(|n| i64::try_from(n.trunc().mantissa()).ok()) else { return };
    if most < 0 {
        return;
    }
    let right = if least == most { least.to_string() } else { format!("{least} or {most}") };
    let order = [figure.at, *birth, *then];
    let ends: [(&str, &[u32]); 3] = [("age", &order[..1]), ("born", &order[1..2]), ("then", &order[2..])];
    let claims = context.compare.claims;
    let words = |at: u32| context.words(context.claim(at));
    let because = format!("born {}, {right} in {}", words(*birth), words(*then));
    match ((least..=most).contains(&stated), &rule.holds_message) {
        (true, Some(template)) => {
            found.holds(rule, claims, &order, context.fill(template, &ends, words(figure.at), &right), because);
        }
        (false, _) => {
            found.fails(rule, claims, &order, context.fill(&rule.message, &ends, words(figure.at), &right), because);
        }
        _ => {}
    }
}
