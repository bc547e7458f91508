//! "Three independent sources": as many are named, or it cannot be told who they are.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::claim::Claim;
use crate::graph::Relation;
use crate::rule::{CheckCode, CheckRule};
use crate::text::fold;
use crate::value::Value;

use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct NamedSources;

impl Check for NamedSources {
    fn code(&self) -> CheckCode {
        CheckCode::NamedSources
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        let claims = context.compare.claims;
        // The origins on which documents say that they rest: by document, and by what the report is about. Outlets that
        // took one agency's text are one.
        let behind = |name: &str| context.origins.of_outlet(name).map_or_else(|| fold(name), fold);
        let mut own: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
        let mut about: BTreeMap<u32, Vec<(String, u32)>> = BTreeMap::new();
        for (at, reporter) in claims.iter().enumerate().filter(|(_, c)| c.family == "reporter") {
            let origin = behind(context.words(reporter));
            own.entry(reporter.source).or_default().insert(origin.clone());
            if let Some(subject) = context.subject(reporter).filter(|_| !reporter.noise) {
                about.entry(subject).or_default().push((origin, at as u32));
            }
        }
        for (at, count) in claims.iter().enumerate().filter(|(_, c)| !c.noise) {
            let (Some(number), Some(subject)) = (independent(context, count), context.subject(count)) else { continue };
            let fewer = |named: usize| Decimal::from(named) < number;
            if !fewer(own.get(&count.source).map_or(0, BTreeSet::len)) {
                continue;
            }
            // What the other documents rest on.
            let elsewhere = |(_, i): &&(String, u32)| context.claim(*i).source != count.source;
            let mut others: Vec<&(String, u32)> = about.get(&subject).into_iter().flatten().filter(elsewhere).collect();
            others.sort();
            let mut origins: Vec<&str> = others.iter().map(|(origin, _)| origin.as_str()).collect();
            origins.dedup();
            if !fewer(origins.len()) {
                continue;
            }
            let left = number.normalize().to_string();
            let message = context.fill(&rule.message, &[("count", &[at as u32])], &left, &origins.len().to_string());
            let because = format!("origins of the reports that the whole set names: {}", origins.len());
            for (_, other) in others {
                let ends = [at as u32, *other];
                found.link(rule, claims, Relation::SameOrigin, rule.severity, &ends, message.clone(), because.clone());
            }
        }
    }
}

/// How many sources a claim counts as independent, if more than one.
fn independent(context: &CheckContext<'_>, claim: &Claim) -> Option<Decimal> {
    let Value::Quantity(q) = &claim.value else { return None };
    let number = q.number.filter(|n| *n > Decimal::ONE && &*q.unit.dimension == "count:source")?;
    fold(claim.span.of(context.text(claim.source))).contains("independent").then_some(number)
}
