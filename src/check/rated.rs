//! "50 litres per minute: 3,000 litres in an hour", "300 tickets at $15 each … took in $4,500": a rate, what it is
//! multiplied by, and what that comes to.

use rust_decimal::Decimal;

use crate::rule::{CheckCode, CheckRule};
use crate::value::{Interval, Shape};

use super::figures::{Figure, Sentence, plain, sentences};
use super::proportion::proportion;
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct Rated;

/// Most words between figures of one statement.
const APART: usize = 8;
/// Most words between an amount and what it is an amount in: "1,600 in eight hours".
const NEAR: usize = 4;
/// The lexicon of words between figures and what they come to.
const RESULTS: &str = "results";

/// Words that alone lead from a rate to what it is multiplied by.
const JOINS: [&str; 9] = ["and", "for", "with", "in", "over", "so", "at", "or", "thus"];
/// Words that make a figure one of something else.
const MORE: [&str; 6] = ["another", "further", "next", "other", "additional", "extra"];

impl Check for Rated {
    fn code(&self) -> CheckCode {
        CheckCode::Rated
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for sentence in sentences(context, source) {
                for at in 0..sentence.figures.len() {
                    if let Some(stated) = rate(context, &sentence, at)
                        .or_else(|| each(&sentence, at))
                        .or_else(|| proportion(&sentence, at))
                    {
                        say(context, rule, &stated, found);
                    }
                }
            }
        }
    }
}

/// A rate, how often, and the total.
pub(super) struct StatedRate<'f, 'a> {
    pub(super) rate: &'f Figure<'a>,
    /// In the base unit of what the rate is per; with its claim, where it is one.
    pub(super) times: (Interval, Option<&'f Figure<'a>>),
    pub(super) total: &'f Figure<'a>,
}

/// The figure at a place as a rate ("50 litres per minute") that the only two others which fit it are held against.
fn rate<'f, 'a>(context: &CheckContext<'_>, sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let rate = &sentence.figures[at];
    let (own, per) = rate.quantity.unit.dimension.rsplit_once('/')?;
    let per_name = rate.quantity.unit.name.rsplit_once('/').map_or("", |(_, per)| per);
    rate.number()?;
    let is_total = |f: &Figure<'_>| {
        *f.quantity.unit.dimension == *own
            || own.starts_with("count:") && f.counts() && &*f.quantity.unit.dimension == "number"
    };
    let is_times = |f: &Figure<'_>| {
        let counted = f.quantity.unit.dimension.strip_prefix("count:");
        *f.quantity.unit.dimension == *per || counted.is_some_and(|n| n == per_name || per == format!("count:{n}"))
    };
    let after = &sentence.figures[at + 1..];
    let one = |fits: &dyn Fn(&Figure<'_>) -> bool| {
        let mut all = after.iter().filter(|f| fits(f) && f.number().is_some());
        all.next().filter(|_| all.next().is_none())
    };
    let total = one(&is_total)?;
    let times = after.iter().any(is_times).then(|| one(&is_times)).flatten();
    let first = times.filter(|t| t.span.start < total.span.start).unwrap_or(total);
    // "At 12 knots", "200 an hour, that is", "$20 an hour and, for 40 hours,": nothing else is stated in between.
    let between = sentence.between(rate, first);
    let led = matches!(plain(sentence.before(rate)).last().map(String::as_str), Some("at" | "with"));
    let result = between.contains(':') || sentence.holds(RESULTS, None, between);
    let quiet = plain(between).iter().all(|w| JOINS.contains(&w.as_str()));
    // "Another 20 miles" are those of something else.
    let more = plain(sentence.before(total)).iter().rev().take(3).any(|w| MORE.contains(&w.as_str()));
    if more {
        return None;
    }
    if !(led || result || quiet) || !sentence.one_statement(between, APART, &["and", "that", "so", "or"]) {
        return None;
    }
    let Some(times) = times else {
        let unit = unit_behind(context, sentence, total).filter(|unit| unit.0 == per && unit.2 != per_name)?;
        return Some(StatedRate { rate, times: (Interval::point(unit.1), None), total });
    };
    let joined = if times.span.start < total.span.start {
        let led = plain(sentence.before(times));
        let gap = sentence.between(times, total);
        let prepared =
            matches!(led.last().map(String::as_str), Some("for" | "in" | "within" | "over" | "with" | "at" | "after"));
        prepared && plain(gap).len() <= NEAR && !verb(sentence, gap)
    } else {
        let gap = plain(sentence.between(total, times));
        let last = gap.last().map(String::as_str);
        gap.len() <= NEAR && matches!(last, Some("in" | "within" | "every" | "for" | "over"))
    };
    joined.then(|| StatedRate { rate, times: (times.quantity.interval(), Some(times)), total })
}

/// "3,000 litres in an hour": the unit behind a figure, with its factor.
fn unit_behind(
    context: &CheckContext<'_>,
    sentence: &Sentence<'_>,
    figure: &Figure<'_>,
) -> Option<(String, Decimal, String)> {
    let words = plain(sentence.behind(figure));
    let at =
        words.iter().position(|w| matches!(w.as_str(), "a" | "an" | "one" | "every" | "each")).filter(|at| *at <= 2)?;
    let measures = context.compare.rules.measures();
    let unit = &measures.units[measures.unit_named(words.get(at + 1)?)? as usize].unit;
    Some((unit.dimension.to_string(), unit.factor, unit.name.to_string()))
}

/// The figure at a place as what each of so many costs, holds or gets: "300 tickets at $15 each".
fn each<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let share = &sentence.figures[at];
    share.number()?;
    let behind = sentence.behind(share);
    let clause = behind.split([',', ';', '.', ':', '(', ')']).next().unwrap_or_default();
    let words = plain(clause);
    let stated = words.iter().position(|w| matches!(w.as_str(), "each" | "apiece")).filter(|p| *p <= 2)?;
    // "$5 million each for two of them", "5 minutes each time".
    if words
        .get(stated + 1)
        .is_some_and(|w| matches!(w.as_str(), "for" | "of" | "time" | "other" | "year" | "month" | "day"))
    {
        return None;
    }
    let same = |f: &Figure<'_>| f.quantity.unit.dimension == share.quantity.unit.dimension;
    let others = || sentence.figures.iter().enumerate().filter(move |(i, _)| *i != at).map(|(_, f)| f);
    let mut totals = others().filter(|f| same(f));
    let mut counts = others().filter(|f| f.counts() && !same(f));
    let (total, count) =
        (totals.next().filter(|_| totals.next().is_none())?, counts.next().filter(|_| counts.next().is_none())?);
    let many = count.number().is_some_and(|n| n > Decimal::ONE && n.fract().is_zero());
    if total.number().is_none() || !many || count.span.start > share.span.start {
        return None;
    }
    let near = |a: &Figure<'_>, b: &Figure<'_>| {
        sentence.one_statement(sentence.between(a, b), APART, &["and", "which", "who"])
    };
    let fits = if total.span.start < count.span.start {
        let gap = plain(sentence.between(total, count));
        let over =
            |w: &String| matches!(w.as_str(), "to" | "by" | "among" | "between" | "amongst" | "for" | "over" | "on");
        gap.iter().any(over) && near(total, count) && near(count, share)
    } else if total.span.start > share.span.start {
        let gap = sentence.between(share, total);
        let came =
            sentence.holds(RESULTS, None, gap) || sentence.holds("wholes", Some("together"), sentence.behind(total));
        came && near(count, share) && near(share, total)
    } else {
        false
    };
    fits.then(|| StatedRate { rate: share, times: (count.quantity.interval(), Some(count)), total })
}

/// Whether a verb stands among words.
fn verb(sentence: &Sentence<'_>, text: &str) -> bool {
    let past = |w: &String| w.len() > 4 && w.ends_with("ed");
    plain(text).iter().any(past)
        || ["auxiliaries", "irregular"].iter().any(|lexicon| sentence.holds(lexicon, None, text))
}

fn say(context: &CheckContext<'_>, rule: &CheckRule, stated: &StatedRate<'_, '_>, found: &mut Checks) {
    let total = stated.total.quantity;
    let Some(made) = stated.rate.quantity.interval().mul(&stated.times.0) else { return };
    // A speed is converted by a factor that may be rounded: a thousandth more or less is let pass.
    let wide = Interval::between(Decimal::new(999, 3), Decimal::new(1001, 3));
    let Some(made) = made.mul(&wide) else { return };
    let order: Vec<u32> =
        [Some(stated.total.at), Some(stated.rate.at), stated.times.1.map(|f| f.at)].into_iter().flatten().collect();
    let ends: [(&str, &[u32]); 3] = [("total", &order[..1]), ("rate", &order[1..2]), ("times", &order[2..])];
    let claims = context.compare.claims;
    let number = |at: Decimal| at.checked_div(total.unit.factor).map(|n| n.round_dp(2).normalize().to_string());
    let percent = stated.rate.quantity.shape == Shape::Percent;
    let middle = stated.rate.quantity.number.and_then(|n| {
        let base = n.checked_mul(stated.rate.quantity.unit.factor)?;
        let base = if percent { base.checked_div(Decimal::ONE_HUNDRED)? } else { base };
        base.checked_mul(
            stated
                .times
                .1
                .map_or(stated.times.0.as_point(), |f| f.quantity.number?.checked_mul(f.quantity.unit.factor))?,
        )
    });
    let Some(right) = middle.and_then(number) else { return };
    let left = context.words(context.claim(stated.total.at));
    let money = total.shape == Shape::Money;
    let right = if money { format!("{right} {}", total.unit.name) } else { right };
    let because = format!("{} makes {right}", context.words(context.claim(stated.rate.at)));
    match (made.overlaps(&total.interval()), &rule.holds_message) {
        (true, Some(template)) => {
            found.holds(rule, claims, &order, context.fill(template, &ends, left, &right), because);
        }
        (false, _) => found.fails(rule, claims, &order, context.fill(&rule.message, &ends, left, &right), because),
        _ => {}
    }
}
