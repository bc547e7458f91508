//! "He wrote on Tuesday", and elsewhere the same thing has a date: the weekday fits it or not.

use jiff::civil::Date;

use crate::claim::Claim;
use crate::finding::Checked;
use crate::graph::{Relation, Severity};
use crate::value::Value;

use super::{Check, Checks, Scene, link};

/// See the module.
pub(super) struct WeekdayTold;

/// Days between the date and the day that the weekday was taken for, within which both are of one week's news.
const NEAR: i32 = 3;

impl Check for WeekdayTold {
    fn id(&self) -> &'static str {
        "weekday-told"
    }

    fn summary(&self) -> &'static str {
        "a weekday told of an event fits the date that is given for it elsewhere"
    }

    fn run(&self, scene: &Scene<'_>, found: &mut Checks) {
        let claims = scene.frozen.claims;
        let subject =
            |c: &Claim| c.subject.as_ref().and_then(|s| s.entity).and_then(|e| scene.frozen.merged.global(c.source, e));
        let day = |c: &Claim| match &c.value {
            Value::Time(t) if t.earliest == t.latest && !(t.relative && t.weekday.is_some()) => t.earliest,
            _ => None,
        };
        for (at, told) in claims.iter().enumerate().filter(|(_, c)| !c.noise) {
            let Value::Time(time) = &told.value else { continue };
            let (Some(weekday), true, Some(taken)) = (time.weekday, time.relative, time.earliest) else { continue };
            let Some(who) = subject(told) else { continue };
            let dated: Vec<(u32, Date)> = claims
                .iter()
                .enumerate()
                .filter(|(_, c)| !c.noise && c.family == told.family && subject(c) == Some(who))
                .filter_map(|(i, c)| Some((i as u32, day(c)?)))
                .filter(|(_, d)| taken.until(*d).is_ok_and(|s| s.get_days().abs() <= NEAR))
                .collect();
            let Some(&(_, date)) = dated.first() else { continue };
            if dated.iter().any(|(_, d)| *d != date) {
                continue;
            }
            let words = |c: &Claim| c.value_span.of(&scene.frozen.documents[c.source as usize].text).to_owned();
            let fits = date.weekday() == weekday;
            let mut members = vec![at as u32];
            members.extend(dated.iter().map(|(i, _)| *i));
            let message = if fits {
                format!("{date} is a {weekday:?}, as told (“{}”)", words(told))
            } else {
                format!("{date} is a {:?}, not a {weekday:?} (“{}”)", date.weekday(), words(told))
            };
            let (relation, severity) = if fits {
                (Relation::DerivedConsistent, Severity::Note)
            } else {
                (Relation::DerivedConflict, Severity::Warning)
            };
            for &(other, _) in &dated {
                found.links.extend(link(
                    claims,
                    self.id(),
                    relation,
                    severity,
                    &[at as u32, other],
                    message.clone(),
                    "the calendar".to_owned(),
                ));
            }
            if fits {
                found.checked.push(Checked { rule: self.id().to_owned(), claims: members, message });
            }
        }
    }
}
