//! "Ingrid Solberg, 34, was born in March 1976": an age against the birth and the date of the text that gives it.

use crate::claim::Claim;
use crate::value::{Bound, Interval, Value};

use super::CheckContext;
use super::age_then::years;
use super::equation::Equation;

const AGE: &str = "age";
const BORN: &str = "born date";
const DIED: &str = "die date";

/// The ages of a document that stand between commas, each with the only date of birth of the same person.
pub(super) fn equations(context: &CheckContext<'_>, source: u32) -> Vec<Equation<'static>> {
    let ages = context.of_document(source).filter(|&at| now(context, context.claim(at)));
    ages.filter_map(|at| equation(context, source, at)).collect()
}

fn equation(context: &CheckContext<'_>, source: u32, age: u32) -> Option<Equation<'static>> {
    let published = context.compare.documents[source as usize].published?;
    let own = context.subject(context.claim(age))?;
    let dates = |family: &'static str| {
        let event = family.trim_end_matches(" date");
        let of = move |at: &u32| {
            let claim = context.claim(*at);
            !claim.noise && context.subject(claim) == Some(own) && (claim.family == family || claim.family == event)
        };
        context.of_document(source).filter(of)
    };
    // "Since 2015" is the time of something else.
    let days = |at: u32| match &context.claim(at).value {
        Value::Time(t) if !t.relative && t.ends().is_none() => Some((at, t.earliest.zip(t.latest)?)),
        _ => None,
    };
    let mut born = dates(BORN).filter_map(days);
    // Two dates of birth: it is not guessed here which is meant.
    let (birth, from) = born.next().filter(|_| born.next().is_none() && dates(DIED).next().is_none())?;
    let Value::Quantity(stated) = &context.claim(age).value else { return None };
    let (least, most) = years(from, (published, published));
    let because =
        |right: &str| format!("on {published} somebody born {} is {right}", context.words(context.claim(birth)));
    let (made, right) = super::age_then::either(least, most);
    let stated = Interval::point(stated.number?.trunc());
    let fits = stated.overlaps(&made);
    // A text may give the age of the year before or of the next birthday.
    let near = stated.overlaps(&super::age_then::either(least - 1, most + 1).0);
    let because = because(&right);
    (fits || !near).then(|| Equation::new([("age", age), ("born", birth)], fits, right).because(because))
}

/// Whether an age is stated between commas, as that of the day on which the text was written.
fn now(context: &CheckContext<'_>, claim: &Claim) -> bool {
    let text = context.text(claim.source);
    let exact = matches!(&claim.value, Value::Quantity(q) if q.bound == Bound::Exact && &*q.unit.name == "year");
    let before = text.get(..claim.value_span.start as usize).unwrap_or_default();
    let behind = text.get(claim.value_span.end as usize..).unwrap_or_default();
    exact && !claim.noise && claim.family == AGE && before.ends_with(", ") && behind.starts_with(',')
}

#[cfg(test)]
mod tests {
    use crate::check::tests::outcome;

    #[test]
    fn ages_of_today() {
        let check = |text: &str, holds| {
            assert_eq!(outcome("age-now", &format!("---\ndate: 2021-03-01\n---\n\n{text}\n")), holds, "{text}");
        };
        check("Ingrid Solberg, 51, was born in January 1970.", Some(true));
        check("Ingrid Solberg, 50, was born in January 1970.", None);
        check("Ingrid Solberg, 61, was born in January 1970.", Some(false));
        check("Ingrid Solberg, 61, was born in January 1970 and died in 2020.", None);
        check("Ingrid Solberg was 61 and was born in January 1970.", None);
    }
}
