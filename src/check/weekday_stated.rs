//! "He wrote on Tuesday", and elsewhere, or right beside it, the same thing has a date: the weekday fits it or not.

use jiff::civil::Date;

use crate::candidate::Stated;
use crate::claim::Claim;
use crate::graph::{Relation, Severity};
use crate::rule::{CheckCode, CheckRule};
use crate::value::Value;

use super::{Check, CheckContext, Checked, Checks};
use crate::text::one_line;

/// See the module.
pub(super) struct WeekdayStated;

/// Days between the date and the day that the weekday was taken for, within which both are of one week's news.
const NEAR: i32 = 3;

impl Check for WeekdayStated {
    fn code(&self) -> CheckCode {
        CheckCode::WeekdayStated
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        let (claims, merged) = (context.compare.claims, context.compare.merged);
        let dates = Stated::dates(claims, merged, |c| day(c).is_some());
        for (at, stated) in claims.iter().enumerate().filter(|(_, c)| !c.noise) {
            let Value::Time(time) = &stated.value else { continue };
            let Some(weekday) = time.weekday else { continue };
            // One that could not be worked out is one as well, where its date stands right beside it.
            let bare = time.relative || time.earliest.is_none();
            if let Some((beside, date)) = bare.then(|| beside(context, stated)).flatten() {
                let at = at as u32;
                let day = date.weekday();
                let because = format!("{date} is a {day:?}");
                let ends: [(&str, &[u32]); 2] = [("stated", &[at]), ("date", &[beside])];
                let fill = |template| context.fill(template, &ends, &format!("{weekday:?}"), &format!("{day:?}"));
                match &rule.holds_message {
                    Some(template) if day == weekday => {
                        found.holds(rule, claims, &[at, beside], fill(template), because);
                    }
                    _ if day == weekday => {}
                    _ => found.fails(rule, claims, &[at, beside], fill(&rule.message), because),
                }
                continue;
            }
            let Some(taken) = time.earliest.filter(|_| time.relative) else { continue };
            // "Tuesday, 8 August" has a date of its own, and is checked against that.
            if context.words(stated).contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            // A sentence that gives both gives two days, not one twice.
            let elsewhere = dates.elsewhere(stated, claims, merged);
            let dated = elsewhere.filter_map(|i| Some((i, day(context.claim(i))?)));
            let near = |(_, date): &(u32, Date)| taken.until(*date).is_ok_and(|s| s.get_days().abs() <= NEAR);
            let near: Vec<(u32, Date)> = dated.filter(near).collect();
            let Some(&(first, date)) = near.first() else { continue };
            if near.iter().any(|(_, d)| *d != date) {
                continue;
            }
            let at = at as u32;
            let fits = date.weekday() == weekday;
            let (relation, severity, template) = if fits {
                (Relation::DerivedConsistent, Severity::Note, rule.holds_message.as_ref())
            } else {
                (Relation::DerivedConflict, rule.severity, Some(&rule.message))
            };
            let Some(template) = template else { continue };
            let ends: [(&str, &[u32]); 2] = [("stated", &[at]), ("date", &[first])];
            let message = context.fill(template, &ends, &format!("{weekday:?}"), &format!("{:?}", date.weekday()));
            for &(other, _) in &near {
                let because = format!("{date} is a {:?}", date.weekday());
                found.link(rule, claims, relation, severity, &[at, other], message.clone(), because);
            }
            if fits {
                let claims = std::iter::once(at).chain(near.iter().map(|(i, _)| *i)).collect();
                found.checked.push(Checked { rule: rule.head.id.clone(), claims, message });
            }
        }
    }
}

/// The date that stands right beside a weekday and is the same day: "on Thursday (27 December)", "27 December, a Thursday".
fn beside(context: &CheckContext<'_>, stated: &Claim) -> Option<(u32, Date)> {
    let text = context.text(stated.source);
    let between = |a: &Claim, b: &Claim| text.get(a.value_span.end as usize..b.value_span.start as usize).map(one_line);
    let same = |date: &Claim| {
        let behind = matches!(between(stated, date).as_deref(), Some("(" | ", (" | "the" | ", the"));
        behind || matches!(between(date, stated).as_deref(), Some("(" | ", a" | ", the" | "(a"))
    };
    let plain = |i: &u32| !context.words(context.claim(*i)).to_lowercase().contains("day");
    context
        .of_segment(stated.source, stated.span.start)
        .filter(|&i| context.claim(i).span == stated.span && same(context.claim(i)))
        .filter(plain)
        .find_map(|i| Some((i, context.stated_day(context.claim(i))?)))
}

/// The one day that a claim gives as a date, not as a weekday worked out.
fn day(claim: &Claim) -> Option<Date> {
    match &claim.value {
        Value::Time(t) if t.earliest == t.latest && !(t.relative && t.weekday.is_some()) => t.earliest,
        _ => None,
    }
}
