//! "50 litres per minute: 3,000 litres in an hour", "300 tickets at $15 each … took in $4,500": a rate, what it is
//! multiplied by, and what that comes to.

use rust_decimal::Decimal;

use crate::value::{Interval, Shape, Unit};

use super::CheckContext;
use super::equation::Equation;
use super::figures::{Figure, Sentence, base};
use super::proportion::proportion;

/// Most words between figures of one statement.
const APART: usize = 8;
/// Most words between an amount and what it is an amount in: "1,600 in eight hours".
const NEAR: usize = 4;
/// The lexicon of words between figures and what they come to.
pub(super) const RESULTS: &str = "results";
/// Words that alone lead from a rate to what it is multiplied by.
const JOINS: [&str; 9] = ["and", "for", "with", "in", "over", "so", "at", "or", "thus"];
/// Words that make a figure one of something else.
const MORE: [&str; 6] = ["another", "further", "next", "other", "additional", "extra"];

/// A rate, how often, and the total.
pub(super) struct StatedRate<'f, 'a> {
    pub(super) rate: &'f Figure<'a>,
    /// In the base unit of what the rate is per; with its claim, where it is one.
    pub(super) times: (Interval, Option<&'f Figure<'a>>),
    pub(super) total: &'f Figure<'a>,
}

/// A figure that is a rate, and the only two others that fit it.
pub(super) fn equation(context: &CheckContext<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Equation<'static>> {
    let of = || rate(context, sentence, at).or_else(|| each(sentence, at)).or_else(|| proportion(sentence, at));
    let StatedRate { rate, times: (many, times), total } = of()?;
    // A speed is converted by a factor that may be rounded: a thousandth more or less is let pass.
    let wide = Interval::between(Decimal::new(999, 3), Decimal::new(1001, 3));
    let made = rate.quantity.interval().mul(&many)?.mul(&wide)?;
    let part = if rate.quantity.shape == Shape::Percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let many = times.map_or(many.as_point(), |f| base(f.quantity))?;
    let right = base(rate.quantity)?.checked_div(part)?.checked_mul(many)?;
    let unit = &total.quantity.unit;
    let right = right.checked_div(unit.factor)?.round_dp(2).normalize();
    let right = if total.quantity.shape == Shape::Money { format!("{right} {}", unit.name) } else { right.to_string() };
    let because = format!("{} makes {right}", rate.text);
    let fits = made.overlaps(&total.quantity.interval());
    let equation = Equation::new([("total", total.at), ("rate", rate.at)], fits, right).because(because);
    Some(equation.with("times", times.map(|f| f.at)))
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
    let led = matches!(sentence.before(rate).last(), "at" | "with");
    let result = between.has(&[':']) || between.holds(RESULTS, None);
    let quiet = between.lower().iter().all(|w| JOINS.contains(w));
    // "Another 20 miles" are those of something else.
    let more = sentence.before(total).tail(3).any(&MORE);
    if more || !(led || result || quiet) || !between.one_statement(APART, &["and", "that", "so", "or"]) {
        return None;
    }
    let Some(times) = times else {
        let unit = unit_behind(context, sentence, total)?;
        let fits = *unit.dimension == *per && *unit.name != *per_name;
        return fits.then(|| StatedRate { rate, times: (Interval::point(unit.factor), None), total });
    };
    let joined = if times.span.start < total.span.start {
        let led = sentence.before(times).last();
        let gap = sentence.between(times, total);
        let prepared = matches!(led, "for" | "in" | "within" | "over" | "with" | "at" | "after");
        prepared && gap.len() <= NEAR && !gap.verb()
    } else {
        let gap = sentence.between(total, times);
        gap.len() <= NEAR && matches!(gap.last(), "in" | "within" | "every" | "for" | "over")
    };
    joined.then(|| StatedRate { rate, times: (times.quantity.interval(), Some(times)), total })
}

/// "3,000 litres in an hour": the unit behind a figure.
fn unit_behind<'c>(context: &CheckContext<'c>, sentence: &Sentence<'_>, figure: &Figure<'_>) -> Option<&'c Unit> {
    let words = sentence.behind(figure).lower();
    let one = |w: &&str| matches!(*w, "a" | "an" | "one" | "every" | "each");
    let at = words.iter().position(one).filter(|at| *at <= 2)?;
    let measures = context.compare.rules.measures();
    Some(&measures.units[measures.unit_named(words.get(at + 1)?)? as usize].unit)
}

/// The figure at a place as what each of so many costs, holds or gets: "300 tickets at $15 each".
fn each<'f, 'a>(sentence: &'f Sentence<'a>, at: usize) -> Option<StatedRate<'f, 'a>> {
    let share = &sentence.figures[at];
    share.number()?;
    let words = sentence.behind(share).until(&[',', ';', '.', ':', '(', ')']).lower();
    let stated = words.iter().position(|w| matches!(*w, "each" | "apiece")).filter(|p| *p <= 2)?;
    // "$5 million each for two of them", "5 minutes each time".
    let other = |w: &&str| matches!(*w, "for" | "of" | "time" | "other" | "year" | "month" | "day");
    if words.get(stated + 1).is_some_and(other) {
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
    let near = |a: &Figure<'_>, b: &Figure<'_>| sentence.between(a, b).one_statement(APART, &["and", "which", "who"]);
    let fits = if total.span.start < count.span.start {
        let over = ["to", "by", "among", "between", "amongst", "for", "over", "on"];
        sentence.between(total, count).any(&over) && near(total, count) && near(count, share)
    } else if total.span.start > share.span.start {
        let came = sentence.between(share, total).holds(RESULTS, None)
            || sentence.behind(total).holds("wholes", Some("together"));
        came && near(count, share) && near(share, total)
    } else {
        false
    };
    fits.then(|| StatedRate { rate: share, times: (count.quantity.interval(), Some(count)), total })
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn rates_and_totals() {
        let cases = [
            ("At 20 knots the boat covers 60 nautical miles in three hours.", Some(true)),
            ("At 20 knots the boat covers 90 nautical miles in three hours.", Some(false)),
            ("The pump moves 40 litres per minute: 9,400 litres in an hour.", Some(false)),
            ("The pump moves 40 litres per minute and another 9,400 litres in an hour.", None),
        ];
        check("rated", &cases);
    }

    #[test]
    fn each_of_so_many() {
        let cases = [
            ("The fair sold 200 mugs at $8 each and took in $1,600.", Some(true)),
            ("The fair sold 200 mugs at $8 each and took in $2,600.", Some(false)),
            ("They gave $6 million to three ports, $5 million each.", Some(false)),
            ("They gave $6 million to three ports, $3 million each for two of them.", None),
            ("The fair sold 200 mugs at $8 each time.", None),
        ];
        check("rated", &cases);
    }
}
