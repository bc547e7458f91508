//! "Born in 1962, Alma Reed was 28 when she became a judge in 1990": an age at a time, and the birth, in one sentence.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::value::{Bound, Interval, Shape};

use super::CheckContext;
use super::equation::Equation;
use super::figures::{Figure, Sentence};

/// Words right before a number that make it an age.
const AGED: [&str; 9] = ["turned", "turns", "was", "is", "aged", "at", "age", "only", "just"];
/// Words right behind it that a counted thing does not have.
const BEHIND: [&str; 9] = ["when", "in", "on", "as", "and", "that", "at", "by", "years"];
/// The lexicon of words that bring in somebody else, whose age or birth may be meant.
const KIN: &str = "kin";
/// Most words between "born" and its date.
const NEAR: usize = 3;
/// No older than this is anybody.
const OLDEST: i64 = 120;

/// First and last day that a date can mean.
type Days = (Date, Date);

/// A figure that is an age, with the only birth and the only other date of its sentence.
pub(super) fn equation(context: &CheckContext<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Equation<'static>> {
    let age = &sentence.figures[at];
    if !is_age(sentence, age) || sentence.whole().holds(KIN, None) {
        return None;
    }
    let mut dates: Vec<(u32, Days)> = Vec::new();
    for (at, date, time) in sentence.times() {
        let (Some(first), Some(last), None) = (time.earliest, time.latest, time.ends()) else { continue };
        let known = dates.last().is_some_and(|(b, _)| context.claim(*b).value_span == date.value_span);
        if !known && date.span == sentence.span && !time.relative && !date.noise {
            dates.push((at, (first, last)));
        }
    }
    let before = |at: u32| sentence.cut(sentence.span.start, context.claim(at).value_span.start);
    let (births, others): (Vec<_>, Vec<_>) = dates.iter().partition(|(at, _)| before(*at).tail(NEAR).any(&["born"]));
    // Exactly one birth and one other date: whose, and of what, is not guessed.
    let ([(birth, from)], [(then, to)]) = (births.as_slice(), others.as_slice()) else { return None };
    let (least, most) = years(*from, *to);
    let (made, right) = either(least, most);
    let words = |at: u32| context.words(context.claim(at));
    let because = format!("born {}, {right} in {}", words(*birth), words(*then));
    let fits = Interval::point(age.number()?).overlaps(&made);
    let roles = [("age", age.at), ("born", *birth), ("then", *then)];
    (most >= 0).then(|| Equation::new(roles, fits, right).because(because))
}

/// How old, at least and at most, somebody born on one day is on another.
pub(super) fn years(born: Days, then: Days) -> (i64, i64) {
    let between = |born: Date, then: Date| {
        let had = (then.month(), then.day()) >= (born.month(), born.day());
        i64::from(then.year()) - i64::from(born.year()) - i64::from(!had)
    };
    (between(born.1, then.0), between(born.0, then.1))
}

/// An age of at least and at most so many years, with its words.
pub(super) fn either(least: i64, most: i64) -> (Interval, String) {
    let words = if least == most { least.to_string() } else { format!("{least} or {most}") };
    (Interval::between(Decimal::from(least), Decimal::from(most)), words)
}

/// Whether a number is stated as an age.
fn is_age(sentence: &Sentence<'_>, figure: &Figure<'_>) -> bool {
    let quantity = figure.quantity;
    let bare = quantity.shape == Shape::Number || quantity.shape == Shape::Duration && &*quantity.unit.name == "year";
    let years = figure.number().is_some_and(|n| n.fract().is_zero() && n <= Decimal::from(OLDEST));
    let before = sentence.before(figure);
    let led = AGED.contains(&before.last()) || matches!(before.lower()[..], [.., "age", "of"]);
    let behind = sentence.behind(figure);
    let free = behind.text().trim().is_empty() || behind.opens(&[',', '.', ';']) || BEHIND.contains(&behind.first());
    bare && years && quantity.bound == Bound::Exact && led && free
}

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn ages() {
        let cases = [
            ("Born in 1950, Ingrid Solberg was 40 when she sold the mill in 1990.", Some(true)),
            ("Born in 1950, Ingrid Solberg was 39 when she sold the mill in 1990.", Some(true)),
            ("Born in 1950, Ingrid Solberg was 44 when she sold the mill in 1990.", Some(false)),
            ("Born on 3 May 1950, Ingrid Solberg turned 41 on 3 May 1990.", Some(false)),
            ("Born in 1950, Ingrid Solberg was 44 when her sister sold the mill in 1990.", None),
            ("Born in 1950, Ingrid Solberg owned 44 when she sold the mill in 1990.", None),
        ];
        check("age-then", &cases);
    }
}
