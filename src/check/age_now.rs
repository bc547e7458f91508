//! "Ingrid Solberg, 34, was born in March 1976": an age against the birth and the date of the text that gives it.

use jiff::civil::Date;

use crate::claim::Claim;
use crate::rule::{CheckCode, CheckRule};
use crate::value::{Bound, Value};

use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct AgeNow;

const AGE: &str = "age";
const BORN: &str = "born date";
const DIED: &str = "die date";

impl Check for AgeNow {
    fn code(&self) -> CheckCode {
        CheckCode::AgeNow
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            let Some(published) = context.compare.documents[source as usize].published else { continue };
            let all: Vec<u32> = context.of_document(source).filter(|&i| !context.claim(i).noise).collect();
            for &age in all.iter().filter(|&&i| now(context, context.claim(i))) {
                let own = context.subject(context.claim(age));
                let dates = |family: &str| {
                    let of =
                        |i: &&u32| context.subject(context.claim(**i)) == own && context.claim(**i).family == family;
                    all.iter().filter(of).copied().collect::<Vec<u32>>()
                };
                let family = |attribute: &str| attribute.trim_end_matches(" date").to_owned();
                let mut born: Vec<u32> = dates(&family(BORN)).into_iter().chain(dates(BORN)).collect();
                // "Since 2015" is the time of something else.
                born.retain(|&i| matches!(&context.claim(i).value, Value::Time(t) if !t.relative && t.ends().is_none() && t.earliest.is_some() && t.latest.is_some()));
                let dead = !dates(&family(DIED)).is_empty() || !dates(DIED).is_empty();
                // Two dates of birth: it is not guessed here which is meant.
                let [born] = born.as_slice() else { continue };
                if own.is_some() && !dead {
                    judge(context, rule, (age, *born), published, found);
                }
            }
        }
    }
}

/// Whether an age is stated between commas, as that of the day on which the text was written.
fn now(context: &CheckContext<'_>, claim: &Claim) -> bool {
    let text = context.text(claim.source);
    let exact = matches!(&claim.value, Value::Quantity(q) if q.bound == Bound::Exact && &*q.unit.name == "year");
    let before = text.get(..claim.value_span.start as usize).unwrap_or_default();
    let behind = text.get(claim.value_span.end as usize..).unwrap_or_default();
    exact && claim.family == AGE && before.ends_with(", ") && behind.starts_with(',')
}

fn judge(context: &CheckContext<'_>, rule: &CheckRule, (age, born): (u32, u32), published: Date, found: &mut Checks) {
    let (Value::Quantity(years), Value::Time(birth)) = (&context.claim(age).value, &context.claim(born).value) else {
        return;
    };
    let (Some(first), Some(last), Some(stated)) = (birth.earliest, birth.latest, years.number) else { return };
    let at = |day: Date| {
        let had = (published.month(), published.day()) >= (day.month(), day.day());
        i64::from(published.year()) - i64::from(day.year()) - i64::from(!had)
    };
    let (least, most) = (at(last), at(first));
    let stated_years = rust_decimal::prelude::ToPrimitive::to_i64(&stated).unwrap_or_default();
    let right = if least == most { least.to_string() } else { format!("{least} or {most}") };
    let order = [age, born];
    let ends: [(&str, &[u32]); 2] = [("age", &order[..1]), ("born", &order[1..])];
    let claims = context.compare.claims;
    let left = context.words(context.claim(age));
    let because = format!("on {published} somebody born {} is {right}", context.words(context.claim(born)));
    match ((least..=most).contains(&stated_years), &rule.holds_message) {
        (true, Some(template)) => {
            found.holds(rule, claims, &order, context.fill(template, &ends, left, &right), because);
        }
        // A text may give the age of the year before or of the next birthday.
        (false, _) if stated_years + 1 < least || stated_years > most + 1 => {
            found.fails(rule, claims, &order, context.fill(&rule.message, &ends, left, &right), because);
        }
        _ => {}
    }
}
